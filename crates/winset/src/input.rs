//! The case a command works on: read, checked, with the edits and levers of the command line.

use std::io::Read;
use std::path::{Path, PathBuf};

use winset::{Case, DrawSettings, Reading, Severity, SourceText, read_edit, read_files, report};

use crate::{Exit, output};

/// A case file larger than this is not a case file.
const SIZE_LIMIT: u64 = 16 << 20;

/// Which case, and what to change in it before the question is asked.
#[derive(Clone, clap::Args)]
pub(crate) struct CaseArguments {
    /// A case file, a folder that holds case.toml, or - for standard input
    pub(crate) case: PathBuf,
    /// Read the case as this reading has it
    #[arg(long, value_name = "READING")]
    pub(crate) reading: Option<String>,
    /// Put a lever in use (may be given several times)
    #[arg(long = "with", value_name = "LEVER")]
    pub(crate) levers: Vec<String>,
    /// Change one thing in the case, such as 'track.geneva.mandate = none' (may be given several times)
    #[arg(long = "edit", value_name = "EDIT")]
    pub(crate) edits: Vec<String>,
    /// A track meets only if nobody there refuses to sit with another (ties of the kind non-recognition)
    #[arg(long = "strict-recognition")]
    pub(crate) strict_recognition: bool,
    /// Print one JSON document and nothing else
    #[arg(long)]
    pub(crate) json: bool,
    /// Print one table as CSV and nothing else; --csv=TABLE another one
    #[arg(long, value_name = "TABLE", num_args = 0..=1, require_equals = true, default_missing_value = "", conflicts_with = "json")]
    pub(crate) csv: Option<String>,
}

/// How many threads to work on. The library is told: it does not ask the machine.
#[expect(clippy::disallowed_methods, reason = "this is the command line")]
pub(crate) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// How to draw numbers from the ranges of the case.
#[derive(clap::Args)]
pub(crate) struct DrawArguments {
    /// Draw the case's numbers from their ranges this many times; 0: point values only
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u64).range(0..=1_000_000))]
    draws: u64,
    /// The seed of the draws: the same seed gives the same draws, on any machine
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

impl DrawArguments {
    /// How to draw; `None` for point values only.
    pub(crate) fn settings(&self) -> Option<DrawSettings> {
        (self.draws > 0).then_some(DrawSettings { draws: self.draws, seed: self.seed, threads: processors() })
    }
}

impl CaseArguments {
    /// Whether the question is about anything but the case as it stands.
    pub(crate) fn changes_anything(&self) -> bool {
        self.reading.is_some() || !self.levers.is_empty() || !self.edits.is_empty() || self.strict_recognition
    }

    /// Reads the case. Warnings are printed; errors are printed and end the command.
    pub(crate) fn load(&self) -> Result<Case, Exit> {
        let reading = read_case(&self.case)?;
        let errors = reading.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        let Some(mut case) = reading.case.filter(|_| errors == 0) else {
            if self.json {
                output::json(&report::json::diagnostics(&reading.files, &reading.diagnostics));
            } else {
                output::message(&report::diagnostics(&reading.files, &reading.diagnostics, output::width()));
                let plural = if errors == 1 { "" } else { "s" };
                output::message(&format!("The case has {errors} error{plural}, so there is nothing to compute.\n"));
            }
            return Err(Exit::Wrong);
        };
        if !self.json && !reading.diagnostics.is_empty() {
            output::message(&format!("{} warnings; `winset check` shows them\n", reading.diagnostics.len()));
        }
        if let Some(reading) = &self.reading {
            let Some(id) = case.reading_id(reading) else {
                let known: Vec<&str> = case.readings.iter().map(|reading| reading.id.as_str()).collect();
                let known = if known.is_empty() { "none".to_owned() } else { winset::words::list(&known) };
                return Err(output::usage(&format!("there is no reading `{reading}`; the case has {known}")));
            };
            case.read_as(id);
        }
        case.strict_recognition = self.strict_recognition;
        for lever in &self.levers {
            let Some(id) = case.lever_id(lever) else {
                let known: Vec<&str> = case.levers.iter().map(|lever| lever.id.as_str()).collect();
                return Err(output::usage(&format!(
                    "there is no lever `{lever}`; the case has {}",
                    winset::words::list(&known)
                )));
            };
            case.levers[id.0].on = true;
        }
        for text in &self.edits {
            match read_edit(text, &case) {
                Ok(edit) => case.apply(&[edit]),
                Err(diagnostics) => {
                    let source = SourceText { name: "--edit".to_owned(), text: text.clone() };
                    output::message(&report::diagnostics(&source, &diagnostics, output::width()));
                    return Err(Exit::Usage);
                }
            }
        }
        Ok(case)
    }
}

/// Reads a case and the files it names.
pub(crate) fn read_case(path: &Path) -> Result<Reading, Exit> {
    let first = read_text(path)?;
    let folder = if path == Path::new("-") {
        None
    } else if path.is_dir() {
        Some(path.to_owned())
    } else {
        // A bare file name stands in the folder one is in.
        Some(path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new(".")).to_owned())
    };
    let mut reading = read_files(first, &mut |name| match &folder {
        Some(folder) => beside(folder, name),
        None => Err("cannot be read, since the case comes from standard input".to_owned()),
    });
    if let Some(folder) = folder {
        reading.files.iter_mut().skip(1).for_each(|file| file.name = folder.join(&file.name).display().to_string());
    }
    Ok(reading)
}

/// The text of a file within the case's folder. A link that leads out of it is not followed.
fn beside(folder: &Path, name: &str) -> Result<String, String> {
    let cannot = |error: std::io::Error| format!("cannot be read: {error}");
    let file = folder.join(name).canonicalize().map_err(cannot)?;
    if !file.starts_with(folder.canonicalize().map_err(cannot)?) {
        return Err("leads out of the case's folder".to_owned());
    }
    if !file.is_file() {
        return Err("is not a file".to_owned());
    }
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(&file).map_err(cannot)?;
    opened.take(SIZE_LIMIT + 1).read_to_end(&mut bytes).map_err(cannot)?;
    let text = String::from_utf8(bytes).map_err(|_| "is not UTF-8 text".to_owned())?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The text of a case file.
pub(crate) fn read_text(path: &Path) -> Result<SourceText, Exit> {
    if path == Path::new("-") {
        let mut text = Vec::new();
        let read = std::io::stdin().take(SIZE_LIMIT + 1).read_to_end(&mut text);
        return match read {
            Ok(_) => decode("standard input".to_owned(), text),
            Err(error) => Err(output::usage(&format!("standard input cannot be read: {error}"))),
        };
    }
    let file = if path.is_dir() { path.join("case.toml") } else { path.to_owned() };
    let name = file.display().to_string();
    let opened = std::fs::File::open(&file).and_then(|opened| {
        let mut text = Vec::new();
        opened.take(SIZE_LIMIT + 1).read_to_end(&mut text)?;
        Ok(text)
    });
    match opened {
        Ok(text) => decode(name, text),
        Err(error) => Err(output::usage(&format!("`{name}` cannot be read: {error}"))),
    }
}

fn decode(name: String, bytes: Vec<u8>) -> Result<SourceText, Exit> {
    if bytes.len() as u64 > SIZE_LIMIT {
        return Err(output::usage(&format!("{name} is larger than 16 MiB; a case file is a few pages of text")));
    }
    match String::from_utf8(bytes) {
        // Editors on some systems put a mark at the beginning.
        Ok(text) => Ok(SourceText { name, text: text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text) }),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(output::usage(&format!(
                "{name} is not UTF-8 text: line {line} has a byte that is none; save it as UTF-8"
            )))
        }
    }
}
