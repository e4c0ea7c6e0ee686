//! Sweeps: plans, their units, and the folders they are computed into.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};
use serde_json::Value;
use winset::report::csv::{self, Table};
use winset::simulation::Progress;
use winset::simulation::sweep::PointResult;
use winset::sweeps::{Fault, Planned, Processes, State, Sweep, Verified};
use winset::{report, sweep_view, verified_in_words};

use crate::answer::{Answer, Forms};
use crate::columns::columns_of_runs;
use crate::document::to_python;
use crate::errors;
use crate::run::{work, work_to_the_end, work_until};

/// Points whose preparations are kept, for units computed one by one.
const KEPT: usize = 4;

/// A plan, and the folder it stands in where it does in one. It never changes.
#[pyclass(frozen, module = "winset._native")]
pub(crate) struct Plan {
    planned: Arc<Planned>,
    processes: Arc<Processes>,
    folder: Option<PathBuf>,
}

impl Plan {
    pub(crate) fn in_folder(planned: Arc<Planned>, folder: Option<PathBuf>) -> Self {
        Plan { planned, processes: Arc::new(Processes::new(KEPT)), folder }
    }

    /// The sweep in the folder of the plan.
    fn sweep(&self, py: Python<'_>) -> PyResult<Sweep> {
        let Some(folder) = &self.folder else {
            return Err(errors::usage(py, "this plan stands in no folder; write it into one with `plan.into(folder)`"));
        };
        Ok(Sweep::known_at(folder, Arc::clone(&self.planned)))
    }

    /// Work on the folder that counts what it has done, tells it now and then, and stops when nobody waits any more.
    #[expect(clippy::needless_pass_by_value, reason = "it is handed on as Python hands it over")]
    fn watched<T: Send + 'static>(
        &self,
        py: Python<'_>,
        whole: impl FnOnce(&Sweep) -> u64,
        progress: Option<Py<PyAny>>,
        ask: impl FnOnce(&Sweep, &Counted<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> PyResult<T> {
        let sweep = self.sweep(py)?;
        let (whole, count) = (whole(&sweep), Arc::new(AtomicU64::new(0)));
        let counted = Arc::clone(&count);
        let mut told = None;
        let mut tell = |py: Python<'_>| {
            let done = count.load(Ordering::Relaxed);
            match &progress {
                Some(progress) if told != Some(done) => {
                    told = Some(done);
                    progress.call1(py, (done, whole)).map(|_| ())
                }
                _ => Ok(()),
            }
        };
        let work = move |given_up: &AtomicBool| ask(&sweep, &Counted { given_up, count: &counted });
        let found = work_to_the_end(py, work, &mut tell)?;
        let found = found.map_err(|fault| errors::fault(py, &fault))?;
        tell(py)?;
        Ok(found)
    }
}

/// Counts what is done, and stops when nobody waits any more.
struct Counted<'w> {
    given_up: &'w AtomicBool,
    count: &'w AtomicU64,
}

impl Progress for Counted<'_> {
    fn done(&self, count: u64) {
        self.count.fetch_max(count, Ordering::Relaxed);
    }

    fn stop(&self) -> bool {
        self.given_up.load(Ordering::Relaxed)
    }
}

#[pymethods]
impl Plan {
    /// The text of `plan.json`.
    #[getter]
    fn text(&self) -> &str {
        self.planned.text()
    }

    /// SHA-256 of the text.
    #[getter]
    fn id(&self) -> &str {
        self.planned.id()
    }

    /// The folder it stands in.
    #[getter]
    fn folder(&self) -> Option<PathBuf> {
        self.folder.clone()
    }

    /// How many units there are.
    #[getter]
    fn units(&self) -> u64 {
        self.planned.plan.units()
    }

    /// The line of a unit in `units.jsonl`.
    fn unit<'py>(&self, py: Python<'py>, index: u64) -> PyResult<Bound<'py, PyAny>> {
        let unit = self.planned.plan.unit(index).map_err(|fault| errors::fault(py, &fault))?;
        to_python(py, &unit.document())
    }

    /// The same plan in a folder, which is made where there is none.
    fn into(&self, py: Python<'_>, folder: PathBuf) -> PyResult<Plan> {
        let planned = Arc::clone(&self.planned);
        let sweep = work(py, move || Sweep::at(&folder, planned).map(|_| folder))?;
        let folder = sweep.map_err(|fault| errors::fault(py, &fault))?;
        Ok(Plan::in_folder(Arc::clone(&self.planned), Some(folder)))
    }

    /// Units whose file is not there.
    fn missing(&self, py: Python<'_>) -> PyResult<Vec<u64>> {
        let sweep = self.sweep(py)?;
        Ok(py.detach(|| sweep.missing()))
    }

    /// The rows of a unit.
    fn rows<'py>(&self, py: Python<'py>, index: u64) -> PyResult<(&'static str, usize, Bound<'py, PyList>)> {
        let (planned, processes) = (Arc::clone(&self.planned), Arc::clone(&self.processes));
        let rows = alone(py, move |progress| planned.rows(index, &processes, progress))?;
        Ok(("runs", rows.len(), columns_of_runs(py, &rows)?))
    }

    /// The file of a unit.
    fn file<'py>(&self, py: Python<'py>, index: u64) -> PyResult<Bound<'py, PyBytes>> {
        let (planned, processes) = (Arc::clone(&self.planned), Arc::clone(&self.processes));
        let content = alone(py, move |progress| planned.file(index, &processes, progress))?;
        Ok(PyBytes::new(py, &content))
    }

    /// Takes the file of a unit that was made elsewhere. Whether it was not there.
    fn take(&self, py: Python<'_>, index: u64, content: Vec<u8>) -> PyResult<bool> {
        let sweep = self.sweep(py)?;
        let taken = work(py, move || sweep.take(index, &content))?;
        taken.map(|state| state == State::Computed).map_err(|fault| errors::fault(py, &fault))
    }

    /// `winset sweep unit`. Whether it was not there.
    fn compute_unit(&self, py: Python<'_>, index: u64) -> PyResult<bool> {
        let processes = Arc::clone(&self.processes);
        let state =
            self.watched(py, |_| 1, None, move |sweep, progress| sweep.compute_one(index, &processes, progress))?;
        Ok(state == State::Computed)
    }

    /// `winset sweep run`. How many units were computed.
    fn compute(&self, py: Python<'_>, threads: NonZero<usize>, progress: Option<Py<PyAny>>) -> PyResult<u64> {
        let missing = self.missing(py)?;
        let whole = missing.len() as u64;
        self.watched(py, |_| whole, progress, move |sweep, progress| sweep.compute(&missing, threads.get(), progress))
    }

    /// `winset sweep reduce`.
    fn reduce(&self, py: Python<'_>, threads: NonZero<usize>, progress: Option<Py<PyAny>>) -> PyResult<Answer> {
        let points =
            self.watched(py, points, progress, move |sweep, progress| sweep.reduce(threads.get(), progress))?;
        Ok(Answer::of(Reduced { planned: Arc::clone(&self.planned), points }))
    }

    /// `winset sweep verify`.
    fn verify(&self, py: Python<'_>, threads: NonZero<usize>, progress: Option<Py<PyAny>>) -> PyResult<Answer> {
        let found = self.watched(py, points, progress, move |sweep, progress| sweep.verify(threads.get(), progress))?;
        Ok(Answer::of(Found(found)))
    }
}

/// Work without a folder, that stops when nobody waits any more.
fn alone<T: Send + 'static>(
    py: Python<'_>,
    ask: impl FnOnce(&Counted<'_>) -> Result<T, Fault> + Send + 'static,
) -> PyResult<T> {
    let work = move |given_up: &AtomicBool| ask(&Counted { given_up, count: &AtomicU64::new(0) });
    work_until(py, work)?.map_err(|fault| errors::fault(py, &fault))
}

fn points(sweep: &Sweep) -> u64 {
    sweep.planned.plan.points.len() as u64
}

/// The plan in a folder.
#[pyfunction]
pub(crate) fn open_sweep(py: Python<'_>, folder: PathBuf) -> PyResult<Plan> {
    let opened = work(py, move || Sweep::open(&folder).map(|sweep| (sweep.planned, folder)))?;
    let (planned, folder) = opened.map_err(|fault| errors::fault(py, &fault))?;
    Ok(Plan::in_folder(planned, Some(folder)))
}

/// The plan that a text is.
#[pyfunction]
pub(crate) fn read_plan(py: Python<'_>, text: String, folder: Option<PathBuf>) -> PyResult<Plan> {
    let planned = work(py, move || Planned::read(text))?.map_err(|fault| errors::fault(py, &fault))?;
    Ok(Plan::in_folder(Arc::new(planned), folder))
}

/// Of `winset sweep reduce`.
struct Reduced {
    planned: Arc<Planned>,
    points: Vec<PointResult>,
}

impl Forms for Reduced {
    fn document(&self) -> Value {
        report::json::sweep(&sweep_view(&self.planned.plan, &self.points))
    }

    fn text(&self, width: usize) -> String {
        report::sweep(&sweep_view(&self.planned.plan, &self.points), width)
    }

    fn tables(&self) -> Vec<Table> {
        csv::sweep(&sweep_view(&self.planned.plan, &self.points))
    }
}

/// Of `winset sweep verify`.
struct Found(Verified);

impl Forms for Found {
    fn document(&self) -> Value {
        self.0.document()
    }

    fn text(&self, _: usize) -> String {
        let (wrong, right) = verified_in_words(&self.0);
        wrong + &right
    }
}
