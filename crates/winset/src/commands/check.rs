//! `winset check`: is a case well formed.

use std::path::PathBuf;

use winset::{Severity, report};

use crate::input::read_case;
use crate::{Exit, output};

/// Name every mistake in a case file at its line, with how to mend it
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A case file, a folder that holds case.toml, or - for standard input
    case: PathBuf,
    /// Print one JSON document and nothing else
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let reading = match read_case(&arguments.case) {
        Ok(reading) => reading,
        Err(exit) => return exit,
    };
    let name = &reading.files[0].name;
    let of = |severity| reading.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count() as u64;
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    if arguments.json {
        output::json(&report::json::diagnostics(&reading.files, &reading.diagnostics));
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
    if errors == 0 { Exit::Done } else { Exit::Wrong }
}
