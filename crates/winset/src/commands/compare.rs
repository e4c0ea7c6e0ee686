//! `winset compare`: options side by side.

use winset::{Comparison, options_named, report};

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
