//! `winset import`: another program's scenario as a case.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde_json::json;
use winset::exchange::{Options, import};
use winset::files::{read_scenario_files, scenario_title};
use winset::{Severity, report, words};

use crate::{Exit, output};

/// Turn a GENIUS, NegMAS or GeniusWeb scenario into a case file, exactly, with every mistake in its files named at its line
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder with one domain and its profiles, or those files
    #[arg(required = true)]
    source: Vec<PathBuf>,
    /// Write the case to this file, which must not exist yet; without it, to standard output
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    output: Option<PathBuf>,
    /// Of an issue with infinitely many values, or too many, keep this many evenly spaced ones
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(2..=64))]
    steps: Option<u8>,
    /// The date of the case, such as 2017-12-12; the files carry none
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Print one JSON document and nothing else
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let files = match read_scenario_files(&arguments.source) {
        Ok(files) => files,
        Err(message) => return output::usage(&message),
    };
    if let Some(day) = &arguments.as_of
        && !is_day(day)
    {
        return output::usage(&format!("`{day}` is not a date; write it as 2017-12-12"));
    }
    let options = Options {
        steps: arguments.steps.map(usize::from),
        title: scenario_title(&arguments.source),
        as_of: arguments.as_of.clone(),
    };
    let imported = import(&files, &options);
    let count = |severity| imported.findings.iter().filter(|finding| finding.severity == severity).count() as u64;
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if let (Some(text), Some(file)) = (&imported.text, &arguments.output)
        && let Err(exit) = write_new(file, text)
    {
        return exit;
    }
    if arguments.json {
        output::json(&json!({
            "created": imported.text.as_ref().and(arguments.output.as_ref()).map(|file| file.display().to_string()),
            "case": imported.text,
            "findings": report::json::findings(&imported.files, &imported.findings),
        }));
    } else {
        output::message(&report::findings(&imported.files, &imported.findings, output::width()));
        match (&imported.text, &arguments.output) {
            (None, _) => {
                let (errors, warnings) = (words::counted(errors, "error"), words::counted(warnings, "warning"));
                output::message(&format!("{errors} and {warnings}: nothing was imported.\n"));
            }
            (Some(text), None) => output::result(text),
            (Some(_), Some(file)) => {
                let file = file.display();
                let notes =
                    if warnings == 0 { String::new() } else { format!(", {}", words::counted(warnings, "warning")) };
                output::result(&format!("Created {file}{notes}.\nNext: winset settle {file}\n"));
            }
        }
    }
    if imported.text.is_some() { Exit::Done } else { Exit::Wrong }
}

/// Whether a text has the form of a date; whether there is such a day is for the case to say.
fn is_day(text: &str) -> bool {
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    matches!(parts.as_slice(), [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2))
}

/// Writes the case, but never over a file that is there.
fn write_new(file: &Path, text: &str) -> Result<(), Exit> {
    let shown = file.display();
    let written = OpenOptions::new().write(true).create_new(true).open(file);
    written.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            output::usage(&format!("`{shown}` exists already and is left as it is; choose another name"))
        }
        _ => output::usage(&format!("`{shown}` cannot be written: {error}")),
    })
}
