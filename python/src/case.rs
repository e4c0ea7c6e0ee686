//! A case, and the questions that can be put to it.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::prelude::*;
use pyo3::types::PyList;
use serde_json::{Map, Value, json};
use winset::simulation::sweep::Design;
use winset::simulation::{Batch, Process, Progress};
use winset::stability::SanctionRule;
use winset::strategic::game_of_case;
use winset::sweeps::Sweep;
use winset::{
    Brief, Changes, Comparison, Difference, DrawSettings, Reading, SourceText, SweepAsked, TrackBrief, assembly_of,
    day_named, decide_all, decide_all_with_draws_unless, influences, options_named, plan_of, report, tracks_named,
};

use crate::answer::Answer;
use crate::answers::{Briefed, Decided, Differing, Rests, Settled, Simulated, Stood};
use crate::columns::columns_of_runs;
use crate::document::to_python;
use crate::errors;
use crate::model::{sanction_rule, stays};
use crate::run::{work, work_until};
use crate::sweep::Plan;

/// A case that has been read and checked. It never changes.
#[pyclass(frozen, module = "winset._native")]
pub(crate) struct Case {
    body: Arc<winset::Case>,
    /// What the case is called where two are compared.
    name: String,
    /// The warnings, as in the document of `check`.
    warnings: Value,
    /// The texts it was read from.
    files: Arc<Vec<SourceText>>,
    /// Everything that has been laid over it since.
    changes: Changes,
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
        let (files, changes) = (Arc::new(reading.files), Changes::default());
        Ok(Case { body: Arc::new(case), name, warnings, files, changes })
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
        let mut all = self.changes.clone();
        // A reading is what edits start from, wherever it stands among them; levers and edits stay in their order.
        all.reading = changes.reading.or(all.reading);
        all.strict_recognition |= changes.strict_recognition;
        all.edits.extend(changes.levers.iter().map(|lever| format!("lever.{lever} = on")).chain(changes.edits));
        let (name, warnings, files) = (self.name.clone(), self.warnings.clone(), Arc::clone(&self.files));
        Ok(Case { body: Arc::new(case), name, warnings, files, changes: all })
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
        let case = Arc::clone(&self.body);
        let answer = work_until(py, move |given_up| {
            let stop = || given_up.load(Ordering::Relaxed);
            let results = match settings {
                Some(settings) if !case.claims.is_empty() => decide_all_with_draws_unless(&case, settings, &stop)?,
                _ => decide_all(&case),
            };
            Some(Answer::of(Decided { case, results }))
        })?;
        Ok(answer.expect("only what nobody waits for is given up"))
    }

    /// `winset brief`.
    fn brief(&self, py: Python<'_>, draws: u64, seed: u64, threads: NonZero<usize>) -> PyResult<Answer> {
        let settings = settings(draws, seed, threads);
        let case = Arc::clone(&self.body);
        let answer = work_until(py, move |given_up| {
            let stop = || given_up.load(Ordering::Relaxed);
            let brief = Briefed::new(&case, |case| match settings {
                Some(settings) => Brief::with_draws_unless(case, settings, &stop),
                None => Some(Brief::of(case)),
            });
            brief.map(Answer::of)
        })?;
        Ok(answer.expect("only what nobody waits for is given up"))
    }

    /// `winset simulate`.
    fn simulate(
        &self,
        py: Python<'_>,
        runs: u64,
        seed: u64,
        rounds: Option<u32>,
        threads: NonZero<usize>,
    ) -> PyResult<Answer> {
        let case = Arc::clone(&self.body);
        let found = work_until(py, move |given_up| {
            let process = process(&case, rounds)?;
            let tally = process.simulate(&Batch::of(seed, runs, threads.get()), &Waiting(given_up))?;
            Ok(Answer::of(Simulated { process, tally, seed }))
        })?;
        found.map_err(|refusal: winset::simulation::Refusal| errors::refused(py, &refusal.to_string()))
    }

    /// `winset simulate --csv=runs`.
    fn runs<'py>(
        &self,
        py: Python<'py>,
        runs: u64,
        seed: u64,
        rounds: Option<u32>,
    ) -> PyResult<(&'static str, usize, Bound<'py, PyList>)> {
        let case = Arc::clone(&self.body);
        let found = work(py, move || process(&case, rounds)?.run_unit(seed, 0..runs))?;
        let (rows, _) = found.map_err(|refusal| errors::refused(py, &refusal.to_string()))?;
        Ok(("runs", rows.len(), columns_of_runs(py, &rows)?))
    }

    /// `winset sweep plan`.
    #[expect(clippy::too_many_arguments, reason = "each is an option of the command")]
    fn plan(
        &self,
        py: Python<'_>,
        folder: PathBuf,
        vary: Vec<String>,
        design: &str,
        points: Option<usize>,
        runs: u64,
        shard: u64,
        seed: u64,
        rounds: Option<u32>,
    ) -> PyResult<Plan> {
        let Some(design) = Design::named(design) else {
            let known = "there is `grid`, `latin-hypercube` and `sobol`";
            return Err(errors::usage(py, &format!("there is no design `{design}`; {known}")));
        };
        let asked = SweepAsked { vary, design, points, runs, shard, seed, rounds };
        let (case, files, changes) = (Arc::clone(&self.body), Arc::clone(&self.files), self.changes.clone());
        let plan = work(py, move || plan_of(&files, &changes, &case, asked, "vary"))?;
        let plan = plan.map_err(|mistakes| errors::mistakes(py, &mistakes))?;
        let planned = work(py, move || Sweep::plan(&folder, plan).map(|sweep| (sweep.planned, folder)))?;
        let (planned, folder) = planned.map_err(|fault| errors::fault(py, &fault))?;
        Ok(Plan::in_folder(planned, Some(folder)))
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

/// The process of a case.
fn process(case: &winset::Case, rounds: Option<u32>) -> Result<Process, winset::simulation::Refusal> {
    let process = Process::new(case)?;
    Ok(match rounds {
        Some(rounds) => process.with_horizon(rounds),
        None => process,
    })
}

/// Stops runs when nobody waits for them any more.
struct Waiting<'w>(&'w AtomicBool);

impl Progress for Waiting<'_> {
    fn done(&self, _: u64) {}

    fn stop(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

fn settings(draws: u64, seed: u64, threads: NonZero<usize>) -> Option<DrawSettings> {
    (draws > 0).then_some(DrawSettings { draws, seed, threads: threads.get() })
}
