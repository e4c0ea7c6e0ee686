//! Reading cases, and what is asked without one.

use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use winset::exchange::{Options, import};
use winset::files::{read_case_file, read_scenario_files, scenario_title};
use winset::{SourceText, read_files, report};

use crate::answer::Answer;
use crate::answers::Checked;
use crate::case::Case;
use crate::document::to_python;
use crate::errors::{self, WIDTH, plain};
use crate::model::GraphModel;
use crate::run::work;

fn reading_of_file(py: Python<'_>, path: PathBuf) -> PyResult<winset::Reading> {
    work(py, move || read_case_file(&path))?.map_err(|message| errors::unreadable(py, &message))
}

fn reading_of_text(py: Python<'_>, text: String, name: String) -> PyResult<winset::Reading> {
    work(py, move || {
        let alone = |_: &str| Err("cannot be read here, since the case is not a file in a folder".to_owned());
        read_files(SourceText { name, text }, &mut |file| alone(file))
    })
}

/// The case in a file or folder.
#[pyfunction]
pub(crate) fn load(py: Python<'_>, path: PathBuf) -> PyResult<Case> {
    let reading = reading_of_file(py, path)?;
    Case::of(py, reading)
}

/// The case that a text is.
#[pyfunction]
pub(crate) fn read(py: Python<'_>, text: String, name: String) -> PyResult<Case> {
    let reading = reading_of_text(py, text, name)?;
    Case::of(py, reading)
}

/// `winset check`.
#[pyfunction]
pub(crate) fn check(py: Python<'_>, path: PathBuf) -> PyResult<Answer> {
    Ok(Answer::of(Checked(reading_of_file(py, path)?)))
}

/// The graph model in a `.gmcr` file.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "what Python hands over is owned")]
pub(crate) fn load_graph_model(py: Python<'_>, path: PathBuf) -> PyResult<GraphModel> {
    GraphModel::of(py, Path::new(&path))
}

/// `winset import`: the text of the case, and what was found.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "what Python hands over is owned")]
pub(crate) fn import_scenario(
    py: Python<'_>,
    sources: Vec<PathBuf>,
    steps: Option<usize>,
    title: Option<String>,
    as_of: Option<String>,
) -> PyResult<(String, Bound<'_, PyAny>)> {
    if let Some(day) = as_of.as_ref().filter(|day| !winset::is_day(day)) {
        return Err(errors::usage(py, &format!("`{day}` is not a day; write it as 2017-12-12")));
    }
    if steps.is_some_and(|steps| !(2..=64).contains(&steps)) {
        return Err(errors::usage(py, "`steps` is how many values to keep of an issue, from 2 to 64"));
    }
    let files = read_scenario_files(&sources).map_err(|message| errors::unreadable(py, &message))?;
    let title = title.or_else(|| scenario_title(&sources));
    let imported = work(py, move || import(&files, &Options { steps, title, as_of }))?;
    let findings = report::json::findings(&imported.files, &imported.findings);
    match imported.text {
        Some(text) => Ok((text, to_python(py, &findings)?)),
        None => {
            let text = plain(&report::findings(&imported.files, &imported.findings, WIDTH));
            Err(errors::foreign(py, &text, &findings))
        }
    }
}

/// `winset fmt`: a text in the canonical layout.
#[pyfunction]
pub(crate) fn lay_out(py: Python<'_>, text: &str) -> PyResult<String> {
    winset::lay_out(text).map_err(|found| {
        let source = SourceText { name: "case.toml".to_owned(), text: text.to_owned() };
        errors::mistake(py, &winset::Mistake::Text(source, found))
    })
}

/// `winset schema`.
#[pyfunction]
pub(crate) fn schema(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    to_python(py, &report::json_schema())
}

/// The case `winset new` starts with.
#[pyfunction]
pub(crate) fn starter() -> &'static str {
    winset::STARTER
}
