//! `winset brief`: everything about a case in one go.

use std::path::{Path, PathBuf};

use winset::{Brief, report};

use crate::input::{CaseArguments, DrawArguments};
use crate::{Exit, output};

/// Print the brief: which tracks have a deal, who blocks the others and why, what would unlock them, on whose terms, and which claims hold
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    case: CaseArguments,
    #[command(flatten)]
    draws: DrawArguments,
    /// Write the brief to this file instead: one page to hand out (.html), or Markdown (.md)
    #[arg(short = 'o', long = "output", value_name = "FILE", conflicts_with_all = ["json", "csv"])]
    output: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    // A file that cannot be written is said before anything is computed.
    let file = match arguments.output.as_deref().map(Handout::of).transpose() {
        Ok(file) => file,
        Err(exit) => return exit,
    };
    let case = match arguments.case.load() {
        Ok(case) => case,
        Err(exit) => return exit,
    };
    let brief = match arguments.draws.settings() {
        Some(settings) => Brief::with_draws(&case, settings),
        None => Brief::of(&case),
    };
    if let Some(file) = file {
        return file.write(&brief);
    }
    if let Some(name) = &arguments.case.csv {
        return output::csv(&report::csv::brief(&brief), name);
    }
    if arguments.case.json {
        output::json(&report::json::brief(&brief));
    } else {
        output::result(&report::brief(&brief, output::width()));
    }
    Exit::Done
}

/// A file to hand out.
struct Handout<'a> {
    file: &'a Path,
    page: fn(&Brief<'_>) -> String,
}

impl<'a> Handout<'a> {
    fn of(file: &'a Path) -> Result<Self, Exit> {
        let shown = file.display();
        if file.is_dir() {
            return Err(output::usage(&format!("`{shown}` is a folder; name a file in it, such as brief.html")));
        }
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_lowercase();
        let page = match ending.as_str() {
            "html" | "htm" => report::handout::html,
            "md" | "markdown" => report::handout::markdown,
            _ => {
                return Err(output::usage(&format!(
                    "what to write to `{shown}` is told by its ending: name it .html for a page to hand out, or .md for Markdown"
                )));
            }
        };
        Ok(Handout { file, page })
    }

    fn write(&self, brief: &Brief<'_>) -> Exit {
        let text = (self.page)(brief);
        let shown = self.file.display();
        match output::write_whole(self.file, text.as_bytes()) {
            Ok(()) => {
                output::message(&format!("Wrote {shown} ({} kB).\n", text.len().div_ceil(1000)));
                Exit::Done
            }
            Err(error) => output::usage(&format!("`{shown}` cannot be written: {error}")),
        }
    }
}
