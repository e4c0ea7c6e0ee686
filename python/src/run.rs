//! Work that takes its time: other threads of Python go on, and an interrupt ends the wait.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// How often Python is asked whether someone interrupted.
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// As much as a program's first thread has.
const STACK: usize = 8 << 20;

/// Does work on a thread of its own, without holding the interpreter's lock, and waits for it.
///
/// # Errors
///
/// What a signal's handler raises: after Ctrl-C it is `KeyboardInterrupt`, and comes at once. The thread then ends by itself, later, and what it
/// computed is thrown away. [`work_until`] ends sooner.
pub(crate) fn work<T, F>(py: Python<'_>, work: F) -> PyResult<T>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    work_until(py, |_| work())
}

/// The same for work that asks now and then whether anybody still waits for it: the flag is set when nobody does.
pub(crate) fn work_until<T, F>(py: Python<'_>, work: F) -> PyResult<T>
where
    T: Send + 'static,
    F: FnOnce(&AtomicBool) -> T + Send + 'static,
{
    watch(py, work, &mut |_| Ok(()), false)
}

/// The same for work that leaves something behind where it is cut off: after an interrupt it is waited for until it has made an end, unless one comes
/// again. `look` is called now and then, and what it raises ends the work as well.
pub(crate) fn work_to_the_end<T, F>(
    py: Python<'_>,
    work: F,
    look: &mut dyn FnMut(Python<'_>) -> PyResult<()>,
) -> PyResult<T>
where
    T: Send + 'static,
    F: FnOnce(&AtomicBool) -> T + Send + 'static,
{
    watch(py, work, look, true)
}

fn watch<T, F>(
    py: Python<'_>,
    work: F,
    look: &mut dyn FnMut(Python<'_>) -> PyResult<()>,
    to_the_end: bool,
) -> PyResult<T>
where
    T: Send + 'static,
    F: FnOnce(&AtomicBool) -> T + Send + 'static,
{
    let given_up = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&given_up);
    let (sender, mut results) = channel();
    let started = thread::Builder::new().name("winset".to_owned()).stack_size(STACK).spawn(move || {
        // Nobody waits any more after an interrupt.
        let _ = sender.send(work(&seen));
    });
    let thread = started.map_err(|error| PyRuntimeError::new_err(format!("no thread could be started: {error}")))?;
    let mut raised: Option<PyErr> = None;
    loop {
        // A receiver belongs to one thread at a time, so it goes along.
        let (back, result) = py.detach(move || {
            let result = results.recv_timeout(BETWEEN_LOOKS);
            (results, result)
        });
        results = back;
        match result {
            Ok(result) => return raised.map_or(Ok(result), Err),
            Err(RecvTimeoutError::Timeout) => {
                let looked = py.check_signals().and_then(|()| if raised.is_none() { look(py) } else { Ok(()) });
                if let Err(error) = looked {
                    given_up.store(true, Ordering::Relaxed);
                    if !to_the_end || raised.is_some() {
                        return Err(error);
                    }
                    raised = Some(error);
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                let reason = thread.join().err();
                let text = reason.as_ref().and_then(|reason| {
                    reason.downcast_ref::<String>().map(String::as_str).or_else(|| reason.downcast_ref().copied())
                });
                let text = text.unwrap_or("no reason was given");
                return Err(PyRuntimeError::new_err(format!("this is a mistake in winset, please report it: {text}")));
            }
        }
    }
}
