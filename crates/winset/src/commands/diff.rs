//! `winset diff`: two versions of a case, or two coders of one.

use std::path::PathBuf;

use winset::{Difference, report};

use crate::input::CaseArguments;
use crate::{Exit, output};

/// Print what changed between two versions of a case and what it changed in the answers; and how far two coders of one case agree
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    first: CaseArguments,
    /// The other version, or the other coder's case
    #[arg(value_name = "OTHER")]
    second: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let other = CaseArguments { case: arguments.second.clone(), ..arguments.first.clone() };
    if [&arguments.first.case, &other.case].iter().all(|path| path.as_os_str() == "-") {
        return output::usage("only one of the two can come from standard input");
    }
    let (first, second) = match (arguments.first.load(), other.load()) {
        (Ok(first), Ok(second)) => (first, second),
        (Err(exit), _) | (_, Err(exit)) => return exit,
    };
    let difference = Difference::between(first, second);
    if let Some(name) = &arguments.first.csv {
        return output::csv(&report::csv::versions(&difference), name);
    }
    if arguments.first.json {
        output::json(&report::json::difference(&difference));
    } else {
        let names = [&arguments.first.case, &other.case].map(|path| path.display().to_string());
        output::result(&report::versions(&difference, [&names[0], &names[1]], output::width()));
    }
    Exit::Done
}
