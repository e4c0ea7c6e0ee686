//! The case a command works on: read, checked, with the edits and levers of the command line.

use std::io::Read;
use std::path::{Path, PathBuf};

use winset::files::{CASE_FILE_LIMIT, case_file_text, decode, read_case_file};
use winset::{Case, Changes, DrawSettings, Reading, Severity, SourceText, read_files, report};

use crate::{Exit, output};

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
    /// What to change before the question is asked.
    pub(crate) fn changes(&self) -> Changes {
        Changes {
            reading: self.reading.clone(),
            levers: self.levers.clone(),
            edits: self.edits.clone(),
            strict_recognition: self.strict_recognition,
        }
    }

    /// Reads the case. Warnings are printed; errors are printed and end the command.
    pub(crate) fn load(&self) -> Result<Case, Exit> {
        self.load_with_files().map(|(case, _)| case)
    }

    /// The same, and the texts it was read from.
    pub(crate) fn load_with_files(&self) -> Result<(Case, Vec<SourceText>), Exit> {
        let reading = read_case(&self.case)?;
        let errors = reading.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        let Some(mut case) = reading.case.filter(|_| errors == 0) else {
            if self.json {
                output::json(&report::json::diagnostics(&reading.files, &reading.diagnostics));
            } else {
                output::message(&report::wrong_case(&reading.files, &reading.diagnostics, output::width()));
            }
            return Err(Exit::Wrong);
        };
        if !self.json && !reading.diagnostics.is_empty() {
            output::message(&format!("{} warnings; `winset check` shows them\n", reading.diagnostics.len()));
        }
        self.changes().apply(&mut case, "--edit").map_err(|mistake| output::mistake(&mistake))?;
        Ok((case, reading.files))
    }
}

/// Reads a case and the files it names.
pub(crate) fn read_case(path: &Path) -> Result<Reading, Exit> {
    if path == Path::new("-") {
        let alone = |_: &str| Err("cannot be read, since the case comes from standard input".to_owned());
        return Ok(read_files(read_text(path)?, &mut |name| alone(name)));
    }
    read_case_file(path).map_err(|message| output::usage(&message))
}

/// The text of a case file.
pub(crate) fn read_text(path: &Path) -> Result<SourceText, Exit> {
    let text = if path == Path::new("-") {
        let mut bytes = Vec::new();
        let read = std::io::stdin().take(CASE_FILE_LIMIT + 1).read_to_end(&mut bytes);
        read.map_err(|error| format!("standard input cannot be read: {error}"))
            .and_then(|_| decode("standard input".to_owned(), bytes))
    } else {
        case_file_text(path)
    };
    text.map_err(|message| output::usage(&message))
}
