//! A case, and the questions that can be put to it.

use std::num::NonZero;
use std::sync::Arc;

use pyo3::prelude::*;
use serde_json::{Map, Value, json};
use winset::stability::SanctionRule;
use winset::strategic::game_of_case;
use winset::{
    Brief, Changes, Comparison, Difference, DrawSettings, Reading, TrackBrief, assembly_of, day_named, decide_all,
    decide_all_with_draws, influences, options_named, report, tracks_named,
};

use crate::answer::Answer;
use crate::answers::{Briefed, Decided, Differing, Rests, Settled, Stood};
use crate::document::to_python;
use crate::errors;
use crate::model::{sanction_rule, stays};
use crate::run::work;

/// A case that has been read and checked. It never changes.
#[pyclass(frozen, module = "winset._native")]
pub(crate) struct Case {
    body: Arc<winset::Case>,
    /// What the case is called where two are compared.
    name: String,
    /// The warnings, as in the document of `check`.
    warnings: Value,
}

impl Case {
    /// The case that was read.
    ///
    /// # Errors
    ///
    /// `CaseError` if there is none.
    pub(crate) fn of(py: Python<'_>, reading: Reading) -> PyResult<Self> {
        let mut found = report::json::diagnostics(&reading.files, &reading.diagnostics);
        if found["valid"] != json!(true) || reading.case.is_none() {
            return Err(errors::wrong_case(py, &reading));
        }
        let name = reading.files.first().map_or_else(String::new, |file| file.name.clone());
        let warnings = found["diagnostics"].take();
        let case = reading.case.expect("there is one");
        Ok(Case { body: Arc::new(case), name, warnings })
    }

    fn answer(
        &self,
        py: Python<'_>,
        answer: impl FnOnce(Arc<winset::Case>) -> Answer + Send + 'static,
    ) -> PyResult<Answer> {
        let case = Arc::clone(&self.body);
        work(py, move || answer(case))
    }
}

#[pymethods]
impl Case {
    /// What the case is about: its title, and what stands in it by id and name.
    fn outline<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let case = &self.body;
        macro_rules! names {
            ($all:expr) => {
                Value::Object($all.iter().map(|one| (one.id.clone(), json!(one.name))).collect::<Map<_, _>>())
            };
        }
        let claims = case.claims.iter().map(|claim| (claim.id.clone(), json!(claim.says)));
        let document = json!({
            "title": case.title,
            "as_of": case.as_of,
            "summary": case.summary,
            "reading": case.reading_in_force().map(|reading| reading.id.as_str()),
            "levers_in_use":
                case.levers.iter().filter(|lever| lever.on).map(|lever| lever.id.as_str()).collect::<Vec<_>>(),
            "strict_recognition": case.strict_recognition,
            "issues": names!(case.issues),
            "actors": names!(case.actors),
            "tracks": names!(case.tracks),
            "frameworks": names!(case.frameworks),
            "levers": names!(case.levers),
            "readings": names!(case.readings),
            "options": names!(case.options),
            "claims": Value::Object(claims.collect()),
        });
        to_python(py, &document)
    }

    /// What the case is called where two are compared.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// The warnings, as in the document of `check`.
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.warnings)
    }

    /// The case with changes laid over it.
    fn what_if(
        &self,
        py: Python<'_>,
        reading: Option<String>,
        levers: Vec<String>,
        edits: Vec<String>,
        strict_recognition: bool,
    ) -> PyResult<Case> {
        let mut case = (*self.body).clone();
        let changes = Changes { reading, levers, edits, strict_recognition };
        changes.apply(&mut case, "the edit").map_err(|mistake| errors::mistake(py, &mistake))?;
        Ok(Case { body: Arc::new(case), name: self.name.clone(), warnings: self.warnings.clone() })
    }

    /// `winset settle`.
    fn settle(&self, py: Python<'_>, tracks: Vec<String>) -> PyResult<Answer> {
        let chosen = tracks_named(&self.body, &tracks).map_err(|mistake| errors::mistake(py, &mistake))?;
        self.answer(py, move |case| {
            // One track alone is asked about for itself.
            let assembly = if tracks.is_empty() { assembly_of(&case) } else { None };
            let tracks = chosen.into_iter().map(|track| TrackBrief::of(&case, track)).collect();
            Answer::of(Settled { case, tracks, assembly })
        })
    }

    /// `winset claims`.
    fn claims(&self, py: Python<'_>, draws: u64, seed: u64, threads: NonZero<usize>) -> PyResult<Answer> {
        let settings = settings(draws, seed, threads);
        self.answer(py, move |case| {
            let results = match settings {
                Some(settings) if !case.claims.is_empty() => decide_all_with_draws(&case, settings),
                _ => decide_all(&case),
            };
            Answer::of(Decided { case, results })
        })
    }

    /// `winset brief`.
    fn brief(&self, py: Python<'_>, draws: u64, seed: u64, threads: NonZero<usize>) -> PyResult<Answer> {
        let settings = settings(draws, seed, threads);
        self.answer(py, move |case| {
            Answer::of(Briefed::new(&case, |case| match settings {
                Some(settings) => Brief::with_draws(case, settings),
                None => Brief::of(case),
            }))
        })
    }

    /// `winset compare`.
    #[expect(clippy::needless_pass_by_value, reason = "what Python hands over is owned")]
    fn compare(&self, py: Python<'_>, options: Vec<String>, threads: NonZero<usize>) -> PyResult<Answer> {
        let options = options_named(&self.body, &options).map_err(|mistake| errors::mistake(py, &mistake))?;
        self.answer(py, move |case| Answer::of(Comparison::of(&case, &options, threads.get())))
    }

    /// `winset diff`.
    fn diff(&self, py: Python<'_>, other: &Case) -> PyResult<Answer> {
        let names = [self.name.clone(), other.name.clone()];
        let other = (*other.body).clone();
        self.answer(py, move |case| {
            let difference = Difference::between((*case).clone(), other);
            Answer::of(Differing { difference, names })
        })
    }

    /// `winset status`.
    fn status(&self, py: Python<'_>, as_of: Option<&str>) -> PyResult<Answer> {
        let as_of = day_named(&self.body, as_of).map_err(|mistake| errors::mistake(py, &mistake))?;
        Ok(Answer::of(Stood { case: Arc::clone(&self.body), as_of: as_of.to_owned() }))
    }

    /// `winset check --evidence`.
    fn evidence(&self, py: Python<'_>, threads: NonZero<usize>) -> PyResult<Answer> {
        self.answer(py, move |case| {
            let influences = influences(&case, threads.get());
            Answer::of(Rests { case, influences })
        })
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
        let rule: Option<SanctionRule> = rule.map(|rule| sanction_rule(py, rule)).transpose()?;
        let case = Arc::clone(&self.body);
        let game = work(py, move || game_of_case(&case, None, rule))?;
        stays(py, game.map_err(|refusal| errors::refused(py, &refusal))?, start, state, first)
    }
}

fn settings(draws: u64, seed: u64, threads: NonZero<usize>) -> Option<DrawSettings> {
    (draws > 0).then_some(DrawSettings { draws, seed, threads: threads.get() })
}
