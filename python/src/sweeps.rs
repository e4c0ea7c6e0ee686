//! Units of sweeps, computed and checked from Python.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use pyo3::prelude::*;
use winset::simulation::Quiet;
use winset::sweeps::{Fault, Sweep};
use winset::{report, sweep_view};

use crate::document::to_python;
use crate::errors;
use crate::run::work;

/// Makes the names of unfinished files differ within a process: work that was interrupted may still go on.
static STARTED: AtomicU64 = AtomicU64::new(0);

fn raised(py: Python<'_>, fault: &Fault) -> PyErr {
    let text = fault.to_string();
    match fault {
        Fault::File { .. } | Fault::Damaged { .. } => errors::unreadable(py, &text),
        Fault::Plan(_) | Fault::NoSuchUnit { .. } => errors::usage(py, &text),
        Fault::Refused { .. } | Fault::Missing { .. } | Fault::Stopped => errors::refused(py, &text),
    }
}

fn opened<T, F>(py: Python<'_>, folder: PathBuf, ask: F) -> PyResult<T>
where
    T: Send + 'static,
    F: FnOnce(&Sweep) -> Result<T, Fault> + Send + 'static,
{
    work(py, move || Sweep::open(&folder).and_then(|sweep| ask(&sweep)))?.map_err(|fault| raised(py, &fault))
}

/// Units whose file is not there.
#[pyfunction]
pub(crate) fn sweep_missing(py: Python<'_>, folder: PathBuf) -> PyResult<Vec<u64>> {
    opened(py, folder, |sweep| Ok(sweep.missing()))
}

/// Computes units on so many threads; how many were not there before.
#[pyfunction]
pub(crate) fn sweep_compute(py: Python<'_>, folder: PathBuf, units: Vec<u64>, threads: usize) -> PyResult<u64> {
    let mark = format!("{}-{}", std::process::id(), STARTED.fetch_add(1, Ordering::Relaxed));
    opened(py, folder, move |sweep| sweep.compute(&units, threads, &mark, &Quiet))
}

/// `winset sweep reduce --json`.
#[pyfunction]
pub(crate) fn sweep_reduce(py: Python<'_>, folder: PathBuf, threads: usize) -> PyResult<Py<PyAny>> {
    let document = opened(py, folder, move |sweep| Ok(report::json::sweep(&sweep_view(sweep, &sweep.reduce(threads, &Quiet)?))))?;
    to_python(py, &document)
}

/// `winset sweep verify --json`.
#[pyfunction]
pub(crate) fn sweep_verify(py: Python<'_>, folder: PathBuf, threads: usize) -> PyResult<Py<PyAny>> {
    let document = opened(py, folder, move |sweep| Ok(sweep.verify(threads, &Quiet)?.document()))?;
    to_python(py, &document)
}
