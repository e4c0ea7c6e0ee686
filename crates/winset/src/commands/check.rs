//! `winset check`: is a case well formed.

use std::path::PathBuf;

use winset::{Severity, influences, report};

use crate::input::{processors, read_case};
use crate::{Exit, output};

/// Name every mistake in a case file at its line, with how to mend it
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A case file, a folder that holds case.toml, or - for standard input
    case: PathBuf,
    /// List what the case rests on: first the numbers that change an answer by themselves within their ranges
    #[arg(long)]
    evidence: bool,
    /// Print one JSON document and nothing else
    #[arg(long)]
    json: bool,
    /// Print one table as CSV and nothing else: the mistakes; --csv=numbers every number and what it rests on
    #[arg(long, value_name = "TABLE", num_args = 0..=1, require_equals = true, default_missing_value = "", conflicts_with = "json")]
    csv: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let reading = match read_case(&arguments.case) {
        Ok(reading) => reading,
        Err(exit) => return exit,
    };
    let name = &reading.files[0].name;
    let of = |severity| reading.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count() as u64;
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    if let Some(name) = &arguments.csv {
        let tables = report::csv::check(&reading.files, &reading.diagnostics, reading.case.as_ref());
        return match output::csv(&tables, name) {
            Exit::Done if errors > 0 => Exit::Wrong,
            exit => exit,
        };
    }
    if arguments.json {
        let mut document = report::json::diagnostics(&reading.files, &reading.diagnostics);
        if let Some(case) = reading.case.as_ref().filter(|_| arguments.evidence) {
            document["evidence"] = report::json::evidence(case, &influences(case, processors()));
        }
        output::json(&document);
    } else {
        output::message(&report::diagnostics(&reading.files, &reading.diagnostics, output::width()));
        output::result(&match &reading.case {
            Some(case) if errors == 0 => {
                let counted = winset::words::counted;
                let notes = if warnings == 0 { String::new() } else { format!(", {}", counted(warnings, "warning")) };
                format!(
                    "{name}: well formed ({}, {}, {}, {}{notes}).\n",
                    counted(case.actors.len() as u64, "actor"),
                    counted(case.issues.len() as u64, "issue"),
                    counted(case.tracks.len() as u64, "track"),
                    counted(case.claims.len() as u64, "claim"),
                )
            }
            _ => format!(
                "{name}: {} and {}.\n",
                winset::words::counted(errors, "error"),
                winset::words::counted(warnings, "warning")
            ),
        });
    }
    if let Some(case) = reading.case.as_ref().filter(|_| arguments.evidence && !arguments.json) {
        output::result(&report::evidence(case, &influences(case, processors()), output::width()));
    }
    if errors == 0 { Exit::Done } else { Exit::Wrong }
}
