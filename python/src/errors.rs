//! What goes wrong, as the exceptions of `winset.errors`.

use pyo3::prelude::*;
use serde_json::Value;
use winset::sweeps::Fault;
use winset::{Mistake, Reading, report};

use crate::document::to_python;

/// How wide messages are where nobody says: as the command prints them to a file.
pub(crate) const WIDTH: usize = 100;

/// Text without the colours of a terminal.
pub(crate) fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

/// A case that cannot be used.
pub(crate) fn wrong_case(py: Python<'_>, reading: &Reading) -> PyErr {
    let text = report::wrong_case(&reading.files, &reading.diagnostics, WIDTH);
    let document = report::json::diagnostics(&reading.files, &reading.diagnostics);
    of_kind(py, "CaseError", &plain(&text), Some(&document["diagnostics"]))
}

/// Words that name nothing, or a text that cannot be read.
pub(crate) fn mistake(py: Python<'_>, mistake: &Mistake) -> PyErr {
    match mistake {
        Mistake::Usage(text) => usage(py, text),
        Mistake::Text(source, diagnostics) => {
            let text = report::diagnostics(source, diagnostics, WIDTH);
            let document = report::json::diagnostics(source, diagnostics);
            of_kind(py, "CaseError", &plain(&text), Some(&document["diagnostics"]))
        }
    }
}

/// The same of several; at least one.
pub(crate) fn mistakes(py: Python<'_>, all: &[Mistake]) -> PyErr {
    let (mut texts, mut found) = (Vec::new(), Vec::new());
    for each in all {
        match each {
            Mistake::Usage(text) if all.len() == 1 => return usage(py, &as_in_python(text)),
            Mistake::Usage(text) => texts.push(format!("error: {}", as_in_python(text))),
            Mistake::Text(source, diagnostics) => {
                texts.push(plain(&report::diagnostics(source, diagnostics, WIDTH)).trim_end().to_owned());
                let document = report::json::diagnostics(source, diagnostics);
                found.extend(document["diagnostics"].as_array().cloned().unwrap_or_default());
            }
        }
    }
    let text = texts.join("\n\n");
    if found.is_empty() { usage(py, &text) } else { of_kind(py, "CaseError", &text, Some(&Value::Array(found))) }
}

/// What went wrong with a sweep.
pub(crate) fn fault(py: Python<'_>, fault: &Fault) -> PyErr {
    let kind = match fault {
        Fault::File { .. } => "FileError",
        Fault::Plan(_) | Fault::NoSuchUnit { .. } => "UsageError",
        Fault::Refused { .. } => "NotComputed",
        Fault::Damaged { .. } | Fault::Foreign { .. } | Fault::Missing { .. } | Fault::Stopped => "SweepError",
    };
    of_kind(py, kind, &as_in_python(&fault.to_string()), None)
}

/// A message that names options and commands as they are called in Python.
fn as_in_python(text: &str) -> String {
    let mut text = text.to_owned();
    for option in ["vary", "points", "design", "shard"] {
        text = text.replace(&format!("--{option}"), &format!("`{option}`"));
    }
    text.replace("`winset sweep run`", "`winset.sweep.run`")
}

/// A question that cannot be put so.
pub(crate) fn usage(py: Python<'_>, text: &str) -> PyErr {
    of_kind(py, "UsageError", text, None)
}

/// A question that was refused, with the reason.
pub(crate) fn refused(py: Python<'_>, text: &str) -> PyErr {
    of_kind(py, "NotComputed", text, None)
}

/// A file that cannot be read.
pub(crate) fn unreadable(py: Python<'_>, text: &str) -> PyErr {
    of_kind(py, "FileError", text, None)
}

/// Files of another program that cannot be used, with what was found.
pub(crate) fn foreign(py: Python<'_>, text: &str, findings: &Value) -> PyErr {
    of_kind(py, "ScenarioError", text, Some(findings))
}

fn of_kind(py: Python<'_>, name: &str, text: &str, found: Option<&Value>) -> PyErr {
    let made = || {
        let kind = py.import("winset.errors")?.getattr(name)?;
        let text = text.trim_end();
        match found {
            Some(found) => kind.call1((text, to_python(py, found)?)),
            None => kind.call1((text,)),
        }
    };
    made().map_or_else(|error| error, PyErr::from_value)
}
