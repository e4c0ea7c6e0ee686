//! Work that takes its time: other threads of Python go on, and an interrupt ends the wait.

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
/// computed is thrown away.
pub(crate) fn work<T, F>(py: Python<'_>, work: F) -> PyResult<T>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let (sender, mut results) = channel();
    let started = thread::Builder::new().name("winset".to_owned()).stack_size(STACK).spawn(move || {
        // Nobody waits any more after an interrupt.
        let _ = sender.send(work());
    });
    let thread = started.map_err(|error| PyRuntimeError::new_err(format!("no thread could be started: {error}")))?;
    loop {
        // A receiver belongs to one thread at a time, so it goes along.
        let (back, result) = py.detach(move || {
            let result = results.recv_timeout(BETWEEN_LOOKS);
            (results, result)
        });
        results = back;
        match result {
            Ok(result) => return Ok(result),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
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
