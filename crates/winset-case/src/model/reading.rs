//! Readings: the same case as someone else sees it (model, section 1). They are compared, never averaged.

use std::sync::Arc;

use super::{Case, Evidence, ReadingId};

/// The same case as someone else sees it, whole and checked like the case itself.
#[derive(Debug, Clone)]
pub struct CaseReading {
    /// Its id.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// What it rests on.
    pub evidence: Evidence,
    /// The case under this reading. It has the same things under the same indices as the case it belongs to, and no readings of its own.
    pub case: Case,
}

impl Case {
    /// Takes up a reading of the case. What edits and levers did before is done again on top of it: a reading is what edits start from,
    /// wherever it stands among them.
    pub fn read_as(&mut self, reading: ReadingId) {
        let readings = Arc::clone(&self.readings);
        let mut case = readings[reading.0].case.clone();
        for (lever, before) in case.levers.iter_mut().zip(&self.levers) {
            lever.on = before.on;
        }
        case.readings = readings;
        case.reading = Some(reading);
        case.strict_recognition = self.strict_recognition;
        let applied = std::mem::take(&mut self.applied);
        *self = case;
        self.apply(&applied);
    }

    /// The reading in force; none where the case is read as its author reads it.
    pub fn reading_in_force(&self) -> Option<&CaseReading> {
        self.reading.map(|reading| &self.readings[reading.0])
    }
}
