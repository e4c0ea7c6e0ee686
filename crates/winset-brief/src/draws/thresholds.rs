//! Thresholds: the number that, moved alone from its point value, first turns a verdict.

use winset_case::Decimal;

use super::alone::turns;
use super::question::{Question, Questions};
use super::situation::Situation;
use super::worker::Worker;

/// Halvings of the way from a number's point value to the end of its range.
const HALVINGS: u32 = 20;

/// Where a verdict turns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    /// Which number, as edits name it.
    pub path: String,
    /// Its place among the numbers of the case.
    pub place: crate::NumberPlace,
    /// Its point value.
    pub from: Decimal,
    /// The first value found beyond which the verdict is another: exact to a millionth of the way to the end of the range.
    pub at: Decimal,
    /// The end of the range in this direction.
    pub end: Decimal,
}

impl Threshold {
    /// How much of the way to the end of the range it takes, in millionths.
    fn way(&self) -> i128 {
        let distance = |to: Decimal| (i128::from(to.billionths()) - i128::from(self.from.billionths())).abs();
        distance(self.at) * 1_000_000 / distance(self.end).max(1)
    }
}

/// Per question, the number that first turns its answer: the one that has to go the smallest part of the way to the end of its range. Not looked for
/// where a question asks what deals can lead to one after the other, nor where it has no answer.
///
/// Only what turns at the end of the range is looked for: a verdict that turns and turns back is not found.
pub(crate) fn thresholds(questions: &Questions<'_>, list: &[&Question], threads: usize) -> Vec<Option<Threshold>> {
    let places: Vec<usize> = (0..list.len()).filter(|place| !list[*place].walks()).collect();
    let asked: Vec<&Question> = places.iter().map(|place| list[*place]).collect();
    let (points, turns) = turns(questions, &asked, threads);
    let mut worker = Worker::new(questions);
    let mut first: Vec<Option<Threshold>> = vec![None; list.len()];
    for turn in turns {
        let (Some(point), Some(_)) = (points[turn.question], turn.becomes) else { continue };
        let number = &questions.bases[0].numbers[turn.number];
        let (mut stays, mut turned) = (number.point, turn.end);
        for _ in 0..HALVINGS {
            let middle = stays.midpoint(turned);
            if middle == stays || middle == turned {
                break;
            }
            worker.move_to(turn.number, middle);
            match worker.answer(asked[turn.question]) {
                Some(answer) if answer != point => turned = middle,
                _ => stays = middle,
            }
        }
        worker.move_to(turn.number, number.point);
        let (path, place) = (number.path.clone(), number.place);
        let threshold = Threshold { path, place, from: number.point, at: turned, end: turn.end };
        let known = &mut first[places[turn.question]];
        if known.as_ref().is_none_or(|known| threshold.way() < known.way()) {
            *known = Some(threshold);
        }
    }
    first
}

impl Questions<'_> {
    /// The numbers of the case in force that an answer hangs on.
    pub(crate) fn reads(&self, question: &Question) -> Vec<usize> {
        let mut found = Vec::new();
        self.collect(question, &mut |source: usize| {
            let source = &self.sources[source];
            if self.situations[source.situation].base == 0 {
                found.extend(Situation::reads(source));
            }
        });
        found.sort_unstable();
        found.dedup();
        found
    }
}
