//! One number at a time: what questions answer when a number alone is moved to an end of its range.

use winset_case::Decimal;

use super::bases::Spread;
use super::question::{Question, Questions};
use super::worker::Worker;

/// An answer that one number changes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Turn {
    /// The number's place among those of the case.
    pub(crate) number: usize,
    /// The end of its range that it was moved to.
    pub(crate) end: Decimal,
    /// The question's place in the list.
    pub(crate) question: usize,
    /// What it answers then.
    pub(crate) becomes: Option<bool>,
}

/// The answers at the point values, and every answer that changes when one number with a range is moved to an end of it: by number, end and question.
pub(crate) fn turns(questions: &Questions<'_>, list: &[&Question], threads: usize) -> (Vec<Option<bool>>, Vec<Turn>) {
    let mut worker = Worker::new(questions);
    worker.turn();
    let points: Vec<Option<bool>> = list.iter().map(|question| worker.answer(question)).collect();
    // Per number, the questions whose answers hang on it.
    let numbers = &questions.bases[0].numbers;
    let mut hanging = vec![Vec::new(); numbers.len()];
    for (position, question) in list.iter().enumerate() {
        questions.reads(question).into_iter().for_each(|number| hanging[number].push(position));
    }
    let moved: Vec<usize> = (0..numbers.len()).filter(|number| numbers[*number].varies(Spread::Given)).collect();
    // Each number is asked about by itself, so it does not matter who asks.
    let workers = threads.clamp(1, moved.len().max(1));
    let ask = |first: usize| {
        let mut worker = Worker::new(questions);
        let mut found = Vec::new();
        for &number in moved.iter().skip(first).step_by(workers) {
            let (low, high) = numbers[number].given.range();
            for end in [low, high].into_iter().filter(|end| *end != numbers[number].point) {
                worker.move_to(number, end);
                for &question in &hanging[number] {
                    let becomes = worker.answer(list[question]);
                    if becomes != points[question] {
                        found.push(Turn { number, end, question, becomes });
                    }
                }
            }
            worker.move_to(number, numbers[number].point);
        }
        found
    };
    let mut found: Vec<Turn> = std::thread::scope(|scope| {
        let ask = &ask;
        let running: Vec<_> = (1..workers).map(|first| scope.spawn(move || ask(first))).collect();
        let mut found = ask(0);
        found.extend(running.into_iter().flat_map(|thread| thread.join().expect("no answer panics")));
        found
    });
    found.sort_unstable();
    (points, found)
}
