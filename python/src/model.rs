//! Graph models, from a case or from a `.gmcr` file.

use std::sync::Arc;

use pyo3::prelude::*;
use winset::exchange::{GmcrImport, import_gmcr};
use winset::stability::SanctionRule;
use winset::{report, words};

use crate::answer::Answer;
use crate::answers::{Stays, Strategic};
use crate::errors::{self, WIDTH, plain};
use crate::run::work;

/// A graph model that was read from a `.gmcr` file.
#[pyclass(frozen, module = "winset._native")]
pub(crate) struct GraphModel(Strategic);

impl GraphModel {
    /// The model in a file.
    pub(crate) fn of(py: Python<'_>, path: &std::path::Path) -> PyResult<Self> {
        let file = winset::files::read_gmcr_file(path).map_err(|message| errors::unreadable(py, &message))?;
        let GmcrImport { model, findings, files, .. } = work(py, move || import_gmcr(&file))?;
        let Some(model) = model else {
            let text = plain(&report::findings(&files, &findings, WIDTH));
            return Err(errors::foreign(py, &text, &report::json::findings(&files, &findings)));
        };
        Ok(GraphModel(Strategic {
            title: path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned()),
            summary: None,
            model: Arc::new(model),
            rule: SanctionRule::Legal,
            today: None,
        }))
    }
}

#[pymethods]
impl GraphModel {
    /// What the model is called.
    #[getter]
    fn title(&self) -> &str {
        &self.0.title
    }

    /// The names of the decision makers.
    #[getter]
    fn decision_makers(&self) -> Vec<String> {
        self.0.model.decision_makers().to_vec()
    }

    /// How many states there are.
    #[getter]
    fn states(&self) -> usize {
        self.0.model.states().len()
    }

    /// `winset stability`. States are numbered from 1.
    fn stability(
        &self,
        py: Python<'_>,
        rule: Option<&str>,
        start: Option<usize>,
        state: Option<usize>,
    ) -> PyResult<Answer> {
        let rule = rule.map(|rule| sanction_rule(py, rule)).transpose()?;
        stays(py, self.0.clone(), rule, start, state)
    }
}

/// How opponents may answer.
pub(crate) fn sanction_rule(py: Python<'_>, word: &str) -> PyResult<SanctionRule> {
    SanctionRule::from_word(word).ok_or_else(|| {
        let known = words::list(&SanctionRule::ALL.map(SanctionRule::word));
        errors::usage(py, &format!("there is no sanction rule `{word}`; there are {known}"))
    })
}

/// What stays put.
pub(crate) fn stays(
    py: Python<'_>,
    mut about: Strategic,
    rule: Option<SanctionRule>,
    start: Option<usize>,
    state: Option<usize>,
) -> PyResult<Answer> {
    let states = about.model.states().len();
    for (name, number) in [("start", start), ("state", state)] {
        if number.is_some_and(|number| !(1..=states).contains(&number)) {
            let text = format!("`{name}` takes the number of a state, from 1 to {states}");
            return Err(errors::usage(py, &text));
        }
    }
    about.rule = rule.unwrap_or(about.rule);
    about.today = start.map(|number| number - 1).or(about.today);
    let found =
        work(py, move || Stays::of(about, state.map(|number| number - 1)).map_err(|refusal| refusal.to_string()))?;
    found.map(Answer::of).map_err(|refusal| errors::refused(py, &refusal))
}
