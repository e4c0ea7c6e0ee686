//! `winset fmt`: the canonical layout of a case.

use std::path::{Path, PathBuf};

use serde_json::json;
use winset::{Code, SourceText, lay_out, report};

use crate::input::{read_case, read_text};
use crate::{Exit, output};

/// Lay out the files of a case in the one canonical way, with every comment and the same meaning
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A case file, a folder that holds case.toml, or - to read standard input and print the result
    case: PathBuf,
    /// Change nothing: show which lines would change, and exit with 1 if any would
    #[arg(long)]
    check: bool,
    /// Print one JSON document and nothing else
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let is_input = arguments.case == Path::new("-");
    let files = match files(arguments, is_input) {
        Ok(files) => files,
        Err(exit) => return exit,
    };
    let mut laid_out = Vec::new();
    let mut refused = false;
    for file in &files {
        match lay_out(&file.text) {
            Ok(text) => laid_out.push(text),
            Err(_) if arguments.json => return refuse_as_json(file),
            Err(mistakes) => {
                output::message(&report::diagnostics(file, &mistakes, output::width()));
                refused = true;
            }
        }
    }
    if refused {
        output::message("Nothing is changed.\n");
        return Exit::Wrong;
    }
    let changed: Vec<(&SourceText, &String)> =
        files.iter().zip(&laid_out).filter(|(file, text)| file.text != **text).collect();
    if !arguments.check && !is_input {
        for (file, text) in &changed {
            if let Err(error) = output::write_whole(Path::new(&file.name), text.as_bytes()) {
                return output::usage(&format!("`{}` cannot be written: {error}", file.name));
            }
        }
    }
    if arguments.json {
        let names: Vec<&str> = changed.iter().map(|(file, _)| file.name.as_str()).collect();
        output::json(&json!({ "files": files.len(), "changed": names, "written": !arguments.check && !is_input }));
    } else if arguments.check {
        for (file, text) in &changed {
            output::result(&report::difference(&file.name, &file.text, text));
        }
        output::result(&summary(files.len(), changed.len(), "would change"));
    } else if is_input {
        laid_out.iter().for_each(|text| output::result(text));
    } else {
        for (file, _) in &changed {
            output::result(&format!("{}\n", file.name));
        }
        output::result(&summary(files.len(), changed.len(), "laid out anew"));
    }
    if arguments.check && !changed.is_empty() { Exit::Wrong } else { Exit::Done }
}

/// The files of the case, without its sheets.
fn files(arguments: &Arguments, is_input: bool) -> Result<Vec<SourceText>, Exit> {
    if is_input {
        return Ok(vec![read_text(&arguments.case)?]);
    }
    let mut reading = read_case(&arguments.case)?;
    let unread: Vec<_> =
        reading.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::BadFile).cloned().collect();
    if reading.documents == 0 || !unread.is_empty() {
        let shown = if unread.is_empty() { &reading.diagnostics } else { &unread };
        if arguments.json {
            output::json(&report::json::diagnostics(&reading.files, shown));
        } else {
            output::message(&report::diagnostics(&reading.files, shown, output::width()));
            output::message("Nothing is changed.\n");
        }
        return Err(Exit::Wrong);
    }
    reading.files.truncate(reading.documents);
    Ok(reading.files)
}

fn refuse_as_json(file: &SourceText) -> Exit {
    let mistakes = lay_out(&file.text).err().unwrap_or_default();
    output::json(&report::json::diagnostics(file, &mistakes));
    Exit::Wrong
}

fn summary(files: usize, changed: usize, what: &str) -> String {
    let files = winset::words::counted(files as u64, "file");
    format!("{files}, {} {what}.\n", if changed == 0 { "none".to_owned() } else { changed.to_string() })
}
