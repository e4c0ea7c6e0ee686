//! `winset status`: where the process stood on a day.

use winset::{ProcessStatus, is_day, report};

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
    let as_of = arguments.as_of.as_deref().unwrap_or(&case.as_of);
    if !is_day(as_of) {
        return output::usage(&format!("`{as_of}` is not a day; write it as 2017-12-12"));
    }
    if as_of > case.as_of.as_str() {
        return output::usage(&format!(
            "the case ends on {}; it cannot say where the process stood on {as_of}",
            case.as_of
        ));
    }
    let status = ProcessStatus::of(&case, as_of);
    if let Some(name) = &arguments.case.csv {
        return output::csv(report::csv::status(&case, &status, name), name);
    }
    if arguments.case.json {
        output::json(&report::json::status(&case, &status));
    } else {
        output::result(&report::status(&case, &status, output::width()));
    }
    Exit::Done
}
