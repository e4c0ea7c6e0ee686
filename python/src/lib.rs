//! The Python package `winset`, as far as it is written in Rust: `winset._native`.
//!
//! What a person in Python meets is the package in `package/winset`. This module gives it cases, questions, and answers as plain objects:
//! documents (those of `--json`), text, pages, and tables as the columns of Arrow.

mod answer;
mod answers;
mod case;
mod columns;
mod document;
mod errors;
mod model;
mod run;
mod sweep;
mod tools;

use pyo3::prelude::*;

/// `winset._native`.
#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::answer::Answer;
    #[pymodule_export]
    use crate::case::Case;
    #[pymodule_export]
    use crate::model::GraphModel;
    #[pymodule_export]
    use crate::sweep::{Plan, open_sweep, read_plan};
    #[pymodule_export]
    use crate::tools::{check, import_scenario, lay_out, load, load_graph_model, read, schema, starter};

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
