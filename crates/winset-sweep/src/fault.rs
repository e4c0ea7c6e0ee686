//! What can go wrong with a sweep.

use std::path::{Path, PathBuf};

use winset_simulate::Refusal;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A file or folder cannot be read or written.
    File {
        /// Which.
        path: PathBuf,
        /// Why, as the system says.
        why: String,
    },
    /// The plan is none, or belongs to another version of the model.
    Plan(String),
    /// The case of a plan cannot be simulated at a point: computing it again ends the same way.
    Refused {
        /// Which point; `None` where there is no plan.
        point: Option<usize>,
        /// Why.
        refusal: Refusal,
    },
    /// A file of runs is not what its unit gives.
    Damaged {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// What was handed over as the file of a unit is not what the unit gives.
    Foreign {
        /// Which unit.
        unit: u64,
        /// What is wrong with it.
        why: String,
    },
    /// Units have not been computed yet.
    Missing {
        /// How many.
        missing: u64,
        /// Of how many.
        units: u64,
    },
    /// There is no unit of this number.
    NoSuchUnit {
        /// The number asked for.
        index: u64,
        /// How many there are.
        units: u64,
    },
    /// It was asked to stop.
    Stopped,
}

impl Fault {
    pub(crate) fn file(path: &Path, error: &std::io::Error) -> Self {
        Fault::File { path: path.to_owned(), why: error.to_string() }
    }

    pub(crate) fn damaged(path: &Path, why: impl Into<String>) -> Self {
        Fault::Damaged { path: path.to_owned(), why: why.into() }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fault::File { path, why } => write!(f, "`{}`: {why}", path.display()),
            Fault::Plan(why) => f.write_str(why),
            Fault::Refused { point: None, refusal } => refusal.fmt(f),
            Fault::Refused { point: Some(point), refusal } => {
                write!(f, "point {point} cannot be simulated, and would not be if it were tried again: {refusal}")
            }
            Fault::Damaged { path, why } => write!(
                f,
                "`{}` is damaged: {why}; delete it and compute it again with `winset sweep run`",
                path.display()
            ),
            Fault::Foreign { unit, why } => write!(f, "what was handed over as the file of unit {unit} is none: {why}"),
            Fault::Missing { missing, units } => {
                write!(f, "{missing} of {units} units are still to be computed; `winset sweep run` computes them")
            }
            Fault::NoSuchUnit { index, units } => {
                write!(f, "there is no unit {index}; the plan has {units}, counted from 0")
            }
            Fault::Stopped => f.write_str("stopped"),
        }
    }
}

impl std::error::Error for Fault {}
