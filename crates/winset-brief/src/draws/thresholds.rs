//! Thresholds: the number that, moved alone from its point value, first turns a verdict.

use winset_case::Decimal;

use super::bases::Spread;
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
/// where a question asks what deals can lead to one after the other.
pub(crate) fn thresholds(questions: &Questions<'_>, list: &[&Question]) -> Vec<Option<Threshold>> {
    let mut worker = Worker::new(questions);
    worker.turn();
    let points: Vec<Option<bool>> = list.iter().map(|question| worker.answer(question)).collect();
    let reads: Vec<Vec<usize>> = list.iter().map(|question| questions.reads(question)).collect();
    let mut first: Vec<Option<Threshold>> = vec![None; list.len()];
    let base = &questions.bases[0];
    for (index, number) in base.numbers.iter().enumerate().filter(|(_, number)| number.varies(Spread::Given)) {
        let (low, high) = number.given.range();
        for end in [low, high].into_iter().filter(|end| *end != number.point) {
            for (position, question) in list.iter().enumerate() {
                if points[position].is_none() || question.walks() || !reads[position].contains(&index) {
                    continue;
                }
                let mut turned = |value: Decimal| {
                    worker.values[0].numbers[index] = value;
                    worker.turn();
                    let answer = worker.answer(question);
                    answer.is_some() && answer != points[position]
                };
                // Only what turns at the end of the range is looked for: a verdict that turns and turns back is not found.
                if turned(end) {
                    let (mut stays, mut turns) = (number.point, end);
                    for _ in 0..HALVINGS {
                        let middle = stays.midpoint(turns);
                        if middle == stays || middle == turns {
                            break;
                        }
                        if turned(middle) {
                            turns = middle;
                        } else {
                            stays = middle;
                        }
                    }
                    let threshold = Threshold {
                        path: number.path.clone(),
                        place: number.place,
                        from: number.point,
                        at: turns,
                        end,
                    };
                    if first[position].as_ref().is_none_or(|known| threshold.way() < known.way()) {
                        first[position] = Some(threshold);
                    }
                }
                worker.values[0].numbers[index] = number.point;
            }
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
