//! `winset import`: another program's scenario as a case.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use serde_json::json;
use winset::exchange::{FILE_LIMIT, InputFile, Options, import};
use winset::{Severity, report, words};

use crate::{Exit, output};

/// Files of one scenario.
const FILES: usize = 1000;
/// Bytes of all files of one scenario together.
const TOGETHER: usize = 64 << 20;

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
    let files = match gather(&arguments.source) {
        Ok(files) => files,
        Err(exit) => return exit,
    };
    if let Some(day) = &arguments.as_of
        && !is_day(day)
    {
        return output::usage(&format!("`{day}` is not a date; write it as 2017-12-12"));
    }
    let title = arguments.source.first().filter(|first| first.is_dir()).and_then(|folder| folder.canonicalize().ok());
    let options = Options {
        steps: arguments.steps.map(usize::from),
        title: title.and_then(|folder| Some(folder.file_name()?.to_string_lossy().into_owned())),
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

/// The files named, and those in the folders named, by name. No more than the limits is ever read.
fn gather(sources: &[PathBuf]) -> Result<Vec<InputFile>, Exit> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for source in sources {
        if !source.is_dir() {
            paths.push(source.clone());
            continue;
        }
        let cannot = |error: &std::io::Error| output::usage(&format!("`{}` cannot be read: {error}", source.display()));
        let mut found = Vec::new();
        for entry in std::fs::read_dir(source).map_err(|error| cannot(&error))? {
            let path = entry.map_err(|error| cannot(&error))?.path();
            let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
            if path.is_file() && ["xml", "yml", "yaml", "json"].contains(&ending.as_deref().unwrap_or("")) {
                found.push(path);
            }
            if found.len() > FILES {
                return Err(output::usage(&format!(
                    "`{}` has more than {FILES} files; name those of one scenario",
                    source.display()
                )));
            }
        }
        found.sort();
        paths.append(&mut found);
    }
    let mut files = Vec::new();
    let mut together = 0;
    for path in &paths {
        let bytes =
            read(path).map_err(|error| output::usage(&format!("`{}` cannot be read: {error}", path.display())))?;
        together += bytes.len();
        if together > TOGETHER {
            let limit = TOGETHER >> 20;
            return Err(output::usage(&format!(
                "the files are larger than {limit} MiB together; name those of one scenario"
            )));
        }
        let name =
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        files.push(InputFile { name, bytes });
    }
    Ok(files)
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(FILE_LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
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
