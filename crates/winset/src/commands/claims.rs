//! `winset claims`: does the case imply what its author says.

use winset::{ClaimStatus, decide_all, decide_all_with_draws, report};

use crate::input::{CaseArguments, DrawArguments};
use crate::{Exit, output};

/// Decide every claim of a case, each with its negative control; exits with 1 when a claim fails
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    case: CaseArguments,
    #[command(flatten)]
    draws: DrawArguments,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let case = match arguments.case.load() {
        Ok(case) => case,
        Err(exit) => return exit,
    };
    let results = match arguments.draws.settings() {
        Some(settings) if !case.claims.is_empty() => decide_all_with_draws(&case, settings),
        _ => decide_all(&case),
    };
    if let Some(name) = &arguments.case.csv {
        if let Exit::Usage = output::csv(&report::csv::claims(&case, &results), name) {
            return Exit::Usage;
        }
    } else if arguments.case.json {
        output::json(&report::json::claims(&case, &results));
    } else if results.is_empty() {
        output::result("The case makes no claims. Add one with [[claim]].\n");
    } else {
        output::result(&report::claims(&case, &results, output::width()));
    }
    if results.iter().any(|result| result.status == ClaimStatus::Fails) { Exit::Wrong } else { Exit::Done }
}
