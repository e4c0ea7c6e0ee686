//! Printing: results to standard output, messages to standard error.

use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::Value;
use winset::report::csv::{Table, choose, write};
use winset::{Mistake, report};

use crate::Exit;

/// How wide the terminal is; 100 columns where there is none.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0))
}

/// Prints a result. A reader that has gone away is no error.
pub(crate) fn result(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// Prints one JSON document.
pub(crate) fn json(document: &Value) {
    result(&format!("{document:#}\n"));
}

/// Prints a table as CSV, or says which tables there are.
pub(crate) fn csv(tables: &[Table], name: &str) -> Exit {
    match choose(tables, name) {
        Ok(table) => {
            result(&write(table));
            Exit::Done
        }
        Err(names) => {
            let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
            usage(&format!("there is no table `{name}` here; there is {}", winset::words::list(&names)))
        }
    }
}

/// Prints a message.
pub(crate) fn message(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Says why a command could not be carried out as it was typed.
pub(crate) fn usage(text: &str) -> Exit {
    message(&format!("error: {text}\n"));
    Exit::Usage
}

/// Says what is wrong with the words a command was given.
pub(crate) fn mistake(mistake: &Mistake) -> Exit {
    match mistake {
        Mistake::Usage(text) => usage(text),
        Mistake::Text(source, diagnostics) => {
            message(&report::diagnostics(source, diagnostics, width()));
            Exit::Usage
        }
    }
}

/// Writes a file, new or in the place of another: all of it or nothing, since it takes its name only when it is complete.
pub(crate) fn write_whole(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // What a link leads to is changed, not the link.
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let beside = file.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let mut new = fs::OpenOptions::new().write(true).create_new(true).open(&beside)?;
    let written = (|| {
        new.write_all(bytes)?;
        new.sync_all()?;
        if let Ok(old) = fs::metadata(&file) {
            fs::set_permissions(&beside, old.permissions())?;
        }
        fs::rename(&beside, &file)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}
