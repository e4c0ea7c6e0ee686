//! Units of work, and the names of their files.

use std::ops::Range;

use serde_json::{Value, json};

/// A part of a sweep that is computed at once: some runs at one point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its number.
    pub index: u64,
    /// Its point.
    pub point: usize,
    /// Which runs, by their numbers.
    pub runs: Range<u64>,
}

impl Unit {
    /// The folder of its file within the folder of the data.
    pub fn folder(&self) -> String {
        format!("point={:05}", self.point)
    }

    /// The name of its file: it follows from the unit alone.
    pub fn name(&self) -> String {
        format!("runs-{:012}-{:012}.parquet", self.runs.start, self.runs.end)
    }

    /// How many runs.
    pub fn len(&self) -> u64 {
        self.runs.end - self.runs.start
    }

    /// Whether it has no runs, which no unit of a plan is.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// It as a document: its line in `units.jsonl`.
    pub fn document(&self) -> Value {
        json!({
            "unit": self.index,
            "point": self.point,
            "from": self.runs.start,
            "to": self.runs.end,
            "file": format!("data/{}/{}", self.folder(), self.name()),
        })
    }
}
