//! The case as others read it: the same questions under every reading.

use winset_case::{Case, ReadingId};

use crate::answers::Answers;
use crate::compare::all_answers;

/// The answers under one reading.
#[derive(Debug)]
pub struct RivalReading {
    /// Which reading.
    pub reading: ReadingId,
    /// The answers.
    pub answers: Answers,
}

/// The answers under every reading but the one in force, on so many threads: no answer depends on how many. Levers in use and edits stay.
pub fn rival_readings(case: &Case, threads: usize) -> Vec<RivalReading> {
    let others: Vec<ReadingId> =
        (0..case.readings.len()).map(ReadingId).filter(|reading| case.reading != Some(*reading)).collect();
    let cases = others.iter().map(|reading| {
        let mut case = case.clone();
        case.read_as(*reading);
        case
    });
    let answers = all_answers(cases.collect(), threads);
    others.into_iter().zip(answers).map(|(reading, answers)| RivalReading { reading, answers }).collect()
}
