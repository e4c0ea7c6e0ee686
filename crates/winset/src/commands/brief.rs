//! `winset brief`: everything about a case in one go.

use winset::{Brief, report};

use crate::input::CaseArguments;
use crate::{Exit, output};

/// Print the brief: which tracks have a deal, who blocks the others and why, what would unlock them, on whose terms, and which claims hold
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    case: CaseArguments,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let case = match arguments.case.load() {
        Ok(case) => case,
        Err(exit) => return exit,
    };
    let brief = Brief::of(&case);
    if let Some(name) = &arguments.case.csv {
        return output::csv(report::csv::brief(&brief, name), name);
    }
    if arguments.case.json {
        output::json(&report::json::brief(&brief));
    } else {
        output::result(&report::brief(&brief, output::width()));
    }
    Exit::Done
}
