//! What goes wrong, as the exceptions of `winset.errors`.

use pyo3::prelude::*;
use serde_json::Value;
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
