//! An answer to one question, in every form it can be looked at.

use pyo3::prelude::*;
use pyo3::types::PyList;
use serde_json::Value;
use winset::report::csv::{Table, choose};
use winset::report::handout::Picture;
use winset::words;

use crate::columns::columns;
use crate::document::to_python;
use crate::errors::{plain, usage};

/// What a question came to. Whoever computes it implements this; Python sees [`Answer`].
pub(crate) trait Forms: Send + Sync {
    /// The document of `--json`.
    fn document(&self) -> Value;

    /// The text the command prints.
    fn text(&self, width: usize) -> String;

    /// The tables of `--csv`.
    fn tables(&self) -> Vec<Table> {
        Vec::new()
    }

    /// A page to hand out.
    fn html(&self) -> Option<String> {
        None
    }

    /// The same as Markdown.
    fn markdown(&self) -> Option<String> {
        None
    }

    /// Its figures.
    fn figures(&self) -> Vec<Picture> {
        Vec::new()
    }
}

/// What a question came to.
#[pyclass(frozen, module = "winset._native")]
pub(crate) struct Answer(pub(crate) Box<dyn Forms>);

impl Answer {
    pub(crate) fn of(forms: impl Forms + 'static) -> Self {
        Answer(Box::new(forms))
    }
}

#[pymethods]
impl Answer {
    /// The document of `--json`.
    fn document<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let document = py.detach(|| self.0.document());
        to_python(py, &document)
    }

    /// The text the command prints, without colours.
    fn text(&self, py: Python<'_>, width: usize) -> String {
        py.detach(|| plain(&self.0.text(width)))
    }

    /// The names of the tables.
    fn table_names(&self, py: Python<'_>) -> Vec<&'static str> {
        py.detach(|| self.0.tables().iter().map(|table| table.name).collect())
    }

    /// A table: its name, its number of rows, and its columns. The first where none is named.
    fn table<'py>(&self, py: Python<'py>, name: &str) -> PyResult<(&'static str, usize, Bound<'py, PyList>)> {
        let tables = py.detach(|| self.0.tables());
        match choose(&tables, name) {
            Ok(table) => Ok((table.name, table.rows.len(), columns(py, table)?)),
            Err(names) if names.is_empty() => Err(usage(py, "this answer has no tables")),
            Err(names) => {
                let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
                let there_is = words::list(&names);
                Err(usage(py, &format!("there is no table `{name}` here; there is {there_is}")))
            }
        }
    }

    /// A page to hand out, where there is one.
    fn html(&self, py: Python<'_>) -> Option<String> {
        py.detach(|| self.0.html())
    }

    /// The same as Markdown, where there is one.
    fn markdown(&self, py: Python<'_>) -> Option<String> {
        py.detach(|| self.0.markdown())
    }

    /// Its figures: what each shows, how to read it, and the picture as SVG.
    fn figures(&self, py: Python<'_>) -> Vec<(String, String, String)> {
        let figures = py.detach(|| self.0.figures());
        figures.into_iter().map(|figure| (figure.title, figure.describe, figure.svg)).collect()
    }
}
