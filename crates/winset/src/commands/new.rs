//! `winset new`: a small commented case to start from.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::{Exit, output};

const STARTER: &str = include_str!("../../templates/starter.toml");

/// Start a new case: a folder with a small commented case.toml that passes `winset check`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder to make
    folder: PathBuf,
    /// Print one JSON document and nothing else
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let file = arguments.folder.join("case.toml");
    match write_new(&arguments.folder, &file) {
        Ok(()) => {
            let shown = file.display().to_string();
            if arguments.json {
                output::json(&json!({ "created": shown }));
            } else {
                let folder = arguments.folder.display();
                output::result(&format!(
                    "Created {shown}.\nNext: winset brief {folder}, then change the case and run it again.\n"
                ));
            }
            Exit::Done
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            output::usage(&format!("`{}` exists already and is left as it is; choose another name", file.display()))
        }
        Err(error) => output::usage(&format!("`{}` cannot be written: {error}", file.display())),
    }
}

/// Writes the starter, but never over a file that is there.
fn write_new(folder: &Path, file: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    OpenOptions::new().write(true).create_new(true).open(file)?.write_all(STARTER.as_bytes())
}
