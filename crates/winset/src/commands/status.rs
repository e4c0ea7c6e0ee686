//! `winset status`: where the process stood on a day.

use winset::{ProcessStatus, day_named, report};

use crate::input::CaseArguments;
use crate::{Exit, output};

/// Print where the process stood: per track the rounds held, the last event and what was agreed
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    case: CaseArguments,
    /// The day, such as 2017-09-15; the date of the case if left out
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let case = match arguments.case.load() {
        Ok(case) => case,
        Err(exit) => return exit,
    };
    let as_of = match day_named(&case, arguments.as_of.as_deref()) {
        Ok(as_of) => as_of,
        Err(mistake) => return output::mistake(&mistake),
    };
    let status = ProcessStatus::of(&case, as_of);
    if let Some(name) = &arguments.case.csv {
        return output::csv(&report::csv::status(&case, &status), name);
    }
    if arguments.case.json {
        output::json(&report::json::status(&case, &status));
    } else {
        output::result(&report::status(&case, &status, output::width()));
    }
    Exit::Done
}
