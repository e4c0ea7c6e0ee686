//! Graph models, from a case or from another program's file.

use std::path::Path;

use pyo3::prelude::*;
use winset::stability::SanctionRule;
use winset::strategic::{ImportedGame, LargeGame, ListedGame, ModelFile, StrategicGame, game_of_file};
use winset::{report, words};

use crate::answer::Answer;
use crate::answers::{Stays, StaysLarge};
use crate::errors::{self, WIDTH, plain};
use crate::run::work;

/// A graph model that was read from another program's file.
#[pyclass(frozen, module = "winset._native")]
pub(crate) struct GraphModel(StrategicGame);

impl GraphModel {
    /// The model in a file.
    pub(crate) fn of(py: Python<'_>, path: &Path) -> PyResult<Self> {
        let Some(kind) = ModelFile::of(path) else {
            let shown = path.display();
            return Err(errors::usage(
                py,
                &format!("`{shown}` is no file of a graph model: those end in .gmcr or .nfg"),
            ));
        };
        let path = path.to_owned();
        let imported = work(py, move || game_of_file(&path, kind, None, None))?;
        let ImportedGame { game, files, findings } = imported.map_err(|message| errors::unreadable(py, &message))?;
        game.map(GraphModel).ok_or_else(|| {
            let text = plain(&report::findings(&files, &findings, WIDTH));
            errors::foreign(py, &text, &report::json::findings(&files, &findings))
        })
    }
}

#[pymethods]
impl GraphModel {
    /// What the model is called.
    #[getter]
    fn title(&self) -> &str {
        match &self.0 {
            StrategicGame::Listed(ListedGame { title, .. }) | StrategicGame::Large(LargeGame { title, .. }) => title,
        }
    }

    /// The names of the decision makers.
    #[getter]
    fn decision_makers(&self) -> Vec<String> {
        match &self.0 {
            StrategicGame::Listed(game) => game.model.decision_makers().to_vec(),
            StrategicGame::Large(game) => game.model.form.decision_makers.clone(),
        }
    }

    /// `winset stability`. States are numbered from 1.
    fn stability(
        &self,
        py: Python<'_>,
        rule: Option<&str>,
        start: Option<usize>,
        state: Option<usize>,
        first: usize,
    ) -> PyResult<Answer> {
        let mut game = self.0.clone();
        if let Some(asked) = rule.map(|rule| sanction_rule(py, rule)).transpose()? {
            match &mut game {
                StrategicGame::Listed(ListedGame { rule, .. }) | StrategicGame::Large(LargeGame { rule, .. }) => {
                    *rule = asked;
                }
            }
        }
        stays(py, game, start, state, first)
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
    game: StrategicGame,
    start: Option<usize>,
    state: Option<usize>,
    first: usize,
) -> PyResult<Answer> {
    let answer = match game {
        StrategicGame::Listed(mut game) => {
            let states = game.model.states().len();
            for (name, number) in [("start", start), ("state", state)] {
                if number.is_some_and(|number| !(1..=states).contains(&number)) {
                    let text = format!("`{name}` takes the number of a state, from 1 to {states}");
                    return Err(errors::usage(py, &text));
                }
            }
            game.today = start.map(|number| number - 1).or(game.today);
            let state = state.map(|number| number - 1);
            work(py, move || Stays::of(game, state).map(Answer::of).map_err(|refusal| refusal.to_string()))?
        }
        StrategicGame::Large(game) => {
            if start.is_some() || state.is_some() {
                let text = "`start` and `state` need the states one by one, and there are too many to list them";
                return Err(errors::usage(py, text));
            }
            work(py, move || StaysLarge::of(&game, first).map(Answer::of))?
        }
    };
    answer.map_err(|refusal| errors::refused(py, &refusal))
}
