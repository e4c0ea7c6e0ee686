//! `winset sweep`: many runs over many variations of a case, in units that any machine can compute.

use std::path::{Path, PathBuf};

use serde_json::json;
use winset::simulation::Progress;
use winset::simulation::sweep::Design;
use winset::sweeps::{Fault, Sweep};
use winset::{SweepAsked, computed_in_words, plan_of, report, sweep_view, verified_in_words, words};

use super::simulate::Watch;
use crate::input::{CaseArguments, processors};
use crate::{Exit, output};

/// Run a case at many points: plan it, compute its units here or on many machines, count what they come to, check what is there
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    step: Step,
}

#[derive(clap::Subcommand)]
enum Step {
    Plan(PlanArguments),
    Unit(UnitArguments),
    Run(RunArguments),
    Reduce(ReduceArguments),
    Verify(VerifyArguments),
}

/// Write a plan into a folder: plan.json says everything, units.jsonl has a line for every unit of work
#[derive(clap::Args)]
struct PlanArguments {
    #[command(flatten)]
    case: CaseArguments,
    /// The folder of the sweep
    #[arg(short = 'o', long = "output", value_name = "DIR")]
    output: PathBuf,
    /// How many runs of every point
    #[arg(short = 'n', long = "runs", value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000_000))]
    runs: u64,
    /// How many runs a unit has; what the runs come to does not depend on it
    #[arg(long, value_name = "M", default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    shard: u64,
    /// What to vary: 'PATH = a, b, c' or 'PATH = low..high', where PATH is the left side of any edit (may be given several times)
    #[arg(long, value_name = "WHAT")]
    vary: Vec<String>,
    /// How points are chosen
    #[arg(long, value_name = "DESIGN", default_value = "grid", value_parser = ["grid", "latin-hypercube", "sobol"])]
    design: String,
    /// How many points to draw; for a grid, into how many points each range is divided
    #[arg(long, value_name = "K")]
    points: Option<usize>,
    /// The seed: the same seed gives the same points and runs, on any machine
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// How many rounds a run has at most; what the case says if left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1200))]
    rounds: Option<u32>,
}

/// Compute one unit, or a few: what a job array calls with the number of its task
#[derive(clap::Args)]
struct UnitArguments {
    /// The folder of the sweep
    folder: PathBuf,
    /// Which unit, counted from 0; or A..B for those from A to before B
    #[arg(long, value_name = "N")]
    index: String,
}

/// Compute every unit that is not there yet; after a stop or a failure, run it again
#[derive(clap::Args)]
struct RunArguments {
    /// The folder of the sweep
    folder: PathBuf,
    /// On how many threads; as many as the machine has processors if left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// Print what the runs of every point come to
#[derive(clap::Args)]
struct ReduceArguments {
    /// The folder of the sweep
    folder: PathBuf,
    /// On how many threads; as many as the machine has processors if left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print one JSON document and nothing else
    #[arg(long)]
    json: bool,
    /// Print one table as CSV and nothing else; --csv=TABLE another one
    #[arg(long, value_name = "TABLE", num_args = 0..=1, require_equals = true, default_missing_value = "", conflicts_with = "json")]
    csv: Option<String>,
}

/// Check every unit: that it is there, complete and unchanged; and print one digest, the same however the work was cut and wherever it was done
#[derive(clap::Args)]
struct VerifyArguments {
    /// The folder of the sweep
    folder: PathBuf,
    /// On how many threads; as many as the machine has processors if left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print one JSON document and nothing else
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    match &arguments.step {
        Step::Plan(arguments) => plan(arguments),
        Step::Unit(arguments) => unit(arguments),
        Step::Run(arguments) => compute(arguments),
        Step::Reduce(arguments) => reduce(arguments),
        Step::Verify(arguments) => verify(arguments),
    }
}

/// Says what went wrong, with an exit code that tells a job array whether to try again.
pub(crate) fn failed(fault: &Fault) -> Exit {
    let exit = match fault {
        Fault::Refused { point: None, .. } | Fault::Damaged { .. } | Fault::Foreign { .. } | Fault::Missing { .. } => {
            Exit::Wrong
        }
        Fault::Refused { point: Some(_), .. } => Exit::Failed,
        Fault::File { .. } | Fault::Plan(_) | Fault::NoSuchUnit { .. } => Exit::Usage,
        Fault::Stopped => {
            output::message("Stopped; what was finished is kept.\n");
            return Exit::Stopped;
        }
    };
    output::message(&format!("error: {fault}\n"));
    exit
}

fn threads(given: Option<u16>) -> usize {
    given.map_or_else(processors, usize::from)
}

fn plan(arguments: &PlanArguments) -> Exit {
    if arguments.case.csv.is_some() {
        return output::usage("a plan is no table; `winset sweep reduce --csv` prints what its runs come to");
    }
    if arguments.case.case == Path::new("-") {
        return output::usage("a plan holds the case's files, so name the case; standard input has none beside it");
    }
    let (case, files) = match arguments.case.load_with_files() {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let asked = SweepAsked {
        vary: arguments.vary.clone(),
        design: Design::named(&arguments.design).unwrap_or(Design::Grid),
        points: arguments.points,
        runs: arguments.runs,
        shard: arguments.shard,
        seed: arguments.seed,
        rounds: arguments.rounds,
    };
    let plan = match plan_of(&files, &arguments.case.changes(), &case, asked, "--vary") {
        Ok(plan) => plan,
        Err(mistakes) => {
            let exits = mistakes.iter().map(output::mistake).collect::<Vec<_>>();
            return exits.into_iter().next().unwrap_or(Exit::Usage);
        }
    };
    let (units, count) = (plan.units(), plan.points.len());
    if let Err(fault) = Sweep::plan(&arguments.output, plan) {
        return failed(&fault);
    }
    if arguments.case.json {
        output::json(&json!({ "folder": arguments.output.display().to_string(), "points": count, "units": units }));
    } else {
        let folder = arguments.output.display();
        output::result(&format!(
            "{folder}: {} of {} each, in {}.\nCompute them here with `winset sweep run {folder}`, or one by one anywhere with `winset sweep unit {folder} --index N`.\n",
            words::counted(count as u64, "point"),
            words::counted(arguments.runs, "run"),
            words::counted(units, "unit"),
        ));
    }
    Exit::Done
}

fn unit(arguments: &UnitArguments) -> Exit {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let range = match arguments.index.split_once("..") {
        Some((from, to)) => number(from).zip(number(to)),
        None => number(&arguments.index).map(|index| (index, index.saturating_add(1))),
    };
    let Some((from, to)) = range.filter(|(from, to)| from < to) else {
        return output::usage(&format!(
            "`{}` is no unit: write its number, counted from 0, or A..B for those from A to before B",
            arguments.index
        ));
    };
    let sweep = match Sweep::open(&arguments.folder) {
        Ok(sweep) => sweep,
        Err(fault) => return failed(&fault),
    };
    if let Err(fault) = sweep.planned.plan.unit(to - 1) {
        return failed(&fault);
    }
    compute_units(&sweep, &(from..to).collect::<Vec<_>>(), 1)
}

fn compute(arguments: &RunArguments) -> Exit {
    match Sweep::open(&arguments.folder) {
        Ok(sweep) => compute_units(&sweep, &sweep.missing(), threads(arguments.threads)),
        Err(fault) => failed(&fault),
    }
}

fn compute_units(sweep: &Sweep, units: &[u64], threads: usize) -> Exit {
    let watch = Watch::new(units.len() as u64, "units");
    let computed = sweep.compute(units, threads, &watch);
    watch.clear();
    match computed {
        Ok(computed) => {
            output::message(&computed_in_words(sweep, computed));
            Exit::Done
        }
        Err(fault) => failed(&fault),
    }
}

fn reduce(arguments: &ReduceArguments) -> Exit {
    let sweep = match Sweep::open(&arguments.folder) {
        Ok(sweep) => sweep,
        Err(fault) => return failed(&fault),
    };
    let watch = Watch::new(sweep.planned.plan.points.len() as u64, "points");
    let reduced = sweep.reduce(threads(arguments.threads), &watch);
    watch.clear();
    let points = match reduced {
        Ok(points) => points,
        Err(fault) => return failed(&fault),
    };
    let view = sweep_view(&sweep.planned.plan, &points);
    if let Some(name) = &arguments.csv {
        return output::csv(&report::csv::sweep(&view), name);
    }
    if arguments.json {
        output::json(&report::json::sweep(&view));
    } else {
        output::result(&report::sweep(&view, output::width()));
    }
    Exit::Done
}

fn verify(arguments: &VerifyArguments) -> Exit {
    let sweep = match Sweep::open(&arguments.folder) {
        Ok(sweep) => sweep,
        Err(fault) => return failed(&fault),
    };
    let watch = Watch::new(sweep.planned.plan.points.len() as u64, "points");
    let verified = sweep.verify(threads(arguments.threads), &watch);
    watch.clear();
    let found = match verified {
        Ok(found) => found,
        Err(fault) => return failed(&fault),
    };
    let whole = found.digest.is_some();
    if arguments.json {
        output::json(&found.document());
    } else {
        let (wrong, right) = verified_in_words(&found);
        output::message(&wrong);
        output::result(&right);
    }
    if watch.stop() {
        return Exit::Stopped;
    }
    if whole { Exit::Done } else { Exit::Wrong }
}
