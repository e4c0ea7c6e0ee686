//! `winset compare`: options side by side.

use winset::simulation::Batch;
use winset::unfold::RunComparison;
use winset::{Case, PolicyOption};
use winset::{Comparison, options_named, report};

use super::simulate::{Watch, announce_stop, refused};
use crate::input::{CaseArguments, processors};
use crate::{Exit, output};

/// Print an options memo: what each option buys, who gains and loses, what it costs and what stays unmet, side by side with what stands today
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    case: CaseArguments,
    /// What to compare: the id of an option, a lever or a reading of the case, or a new option as 'NAME: PART; PART', where a part is such an id or
    /// an edit. Without any: every option of the case, or where it has none, each lever alone and each reading
    #[arg(value_name = "OPTION")]
    named: Vec<String>,
    /// The same, spelled out (may be given several times)
    #[arg(long = "option", value_name = "OPTION")]
    options: Vec<String>,
    /// Compare by simulation instead: so many runs of today and of each option, with the same luck
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000_000_000))]
    runs: Option<u64>,
    /// The seed of the runs
    #[arg(long, value_name = "S", default_value_t = 1, requires = "runs")]
    seed: u64,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let case = match arguments.case.load() {
        Ok(case) => case,
        Err(exit) => return exit,
    };
    let texts: Vec<String> = arguments.named.iter().chain(&arguments.options).cloned().collect();
    let options = match options_named(&case, &texts) {
        Ok(options) => options,
        Err(mistake) => return output::mistake(&mistake),
    };
    if let Some(runs) = arguments.runs {
        return by_runs(arguments, &case, &options, runs);
    }
    let comparison = Comparison::of(&case, &options, processors());
    if let Some(name) = &arguments.case.csv {
        return output::csv(&report::csv::compare(&comparison), name);
    }
    if arguments.case.json {
        output::json(&report::json::compare(&comparison));
    } else {
        output::result(&report::compare(&comparison, output::width()));
    }
    Exit::Done
}

/// Options side by side by simulation.
fn by_runs(arguments: &Arguments, case: &Case, options: &[PolicyOption], runs: u64) -> Exit {
    let watch = Watch::new(runs, "runs");
    let batch = Batch::of(arguments.seed, runs, processors());
    let compared = RunComparison::of(case, options, &batch, &watch);
    watch.clear();
    let comparison = match compared {
        Ok(comparison) => comparison,
        Err(refusal) => return refused(&refusal),
    };
    if !announce_stop(comparison.runs, runs) {
        return Exit::Usage;
    }
    if let Some(name) = &arguments.case.csv {
        return output::csv(&report::csv::compare_runs(&comparison), name);
    }
    if arguments.case.json {
        output::json(&report::json::compare_runs(&comparison));
    } else {
        output::result(&report::compare_runs(&comparison, output::width()));
    }
    Exit::Done
}
