//! `winset new`: a small commented case to start from, and what editors need to know of it.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::json;
use winset::{STARTER, report};

use crate::{Exit, output};

/// Start a new case: a folder with a small commented case.toml that passes `winset check`, and beside it the schema editors
/// complete it with
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
    let schema = arguments.folder.join("case.schema.json");
    match write_new(&arguments.folder, &file, &schema) {
        Ok(()) => {
            let shown = file.display().to_string();
            if arguments.json {
                output::json(&json!({ "created": shown, "schema": schema.display().to_string() }));
            } else {
                let folder = arguments.folder.display();
                output::result(&format!(
                    "Created {shown}, and beside it case.schema.json for editors.\nNext: winset brief {folder}, then change the case and run it again.\n"
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

/// Writes the starter, but never over a file that is there. A schema that is there may be kept on purpose, and is left.
fn write_new(folder: &Path, file: &Path, schema: &Path) -> std::io::Result<()> {
    let create = |file: &Path| OpenOptions::new().write(true).create_new(true).open(file);
    std::fs::create_dir_all(folder)?;
    create(file)?.write_all(STARTER.as_bytes())?;
    match create(schema) {
        Ok(mut schema) => schema.write_all(format!("{:#}\n", report::json_schema()).as_bytes()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}
