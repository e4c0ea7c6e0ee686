//! Which numbers the answers hang on: every number with a range is moved to either end of it, alone, and what then changes is listed.
//!
//! The answers are whether each track has a deal, under its mandate and to conclude, and whether each claim holds. This is exact, and it is one at
//! a time: numbers that change an answer only together are not found (Saltelli et al. 2008, *Global Sensitivity Analysis*, chapter 2).

use std::collections::BTreeSet;

use winset_case::{Case, Decimal, Status as TrackState, TrackId};
use winset_settle::{Deals, explore};

use super::alone::turns;
use super::bases::Spread;
use super::question::{Question, Questions};
use crate::claims::Status;
use crate::numbers::NumberPlace;

/// Packages looked at over all moves up to which claims about what deals can lead to are asked again.
const WALK_LIMIT: u64 = 20_000_000;

/// An answer that may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// Whether a track has a deal.
    Deal(TrackId, Deals),
    /// Whether a claim holds: its index in [`Case::claims`].
    Claim(usize),
}

/// An answer that changes at one end of a number's range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// The value the number was moved to.
    pub at: Decimal,
    /// Which answer.
    pub answer: Answer,
    /// What it becomes: whether there is a deal, or whether the claim holds; `None` if undecided.
    pub becomes: Option<bool>,
}

/// A number that changes an answer by itself.
#[derive(Debug)]
pub struct Influence {
    /// Which number.
    pub number: NumberPlace,
    /// What it changes.
    pub flips: Vec<Flip>,
}

/// The numbers that change an answer by themselves.
#[derive(Debug)]
pub struct Influences {
    /// How many numbers have a range, and so were moved.
    pub moved: usize,
    /// Claims left out, by their index in [`Case::claims`]: they ask what deals can lead to one after the other or what stays put, and to ask that
    /// again for every move would take too long.
    pub left_out: Vec<usize>,
    /// Those that change most answers first.
    pub found: Vec<Influence>,
}

/// Moves every number with a range to either end, alone, on so many threads: no answer depends on how many.
pub fn influences(case: &Case, threads: usize) -> Influences {
    let mut questions = Questions::new(case);
    let here = questions.place(&[]);
    let mut asked: Vec<(Answer, Question)> = Vec::new();
    for (index, track) in case.tracks.iter().enumerate().filter(|(_, track)| track.status != TrackState::Closed) {
        let concluding = track.concludes.map(|_| Deals::Concluding);
        for deals in std::iter::once(Deals::Mandate).chain(concluding) {
            let empty = questions.empty(&here, TrackId(index), deals);
            asked.push((Answer::Deal(TrackId(index), deals), Question::Not(Box::new(empty))));
        }
    }
    // Runs are made at the point values only.
    let decided = case.claims.iter().enumerate().filter(|(_, claim)| !claim.check.is_simulated());
    for (index, claim) in decided {
        let place = questions.place(&claim.with);
        asked.push((Answer::Claim(index), questions.ask(&place, &claim.check)));
    }
    let moved = questions.bases[0].numbers.iter().filter(|number| number.varies(Spread::Given)).count();
    let walks = asked.iter().any(|(_, question)| question.walks()) && can_walk(case, moved);
    let (asked, left_out): (Vec<_>, Vec<_>) =
        asked.into_iter().partition(|(_, question)| (walks || !question.walks()) && !question.is_open());
    if walks {
        questions.prepare_walks();
    }
    let list: Vec<&Question> = asked.iter().map(|(_, question)| question).collect();
    let (_, turns) = turns(&questions, &list, threads);
    let mut found: Vec<Influence> = turns
        .chunk_by(|one, other| one.number == other.number)
        .map(|turns| Influence {
            number: questions.bases[0].numbers[turns[0].number].place,
            flips: turns
                .iter()
                .map(|turn| Flip { at: turn.end, answer: asked[turn.question].0, becomes: turn.becomes })
                .collect(),
        })
        .collect();
    let answers = |influence: &Influence| influence.flips.iter().map(|flip| flip.answer).collect::<BTreeSet<_>>().len();
    found.sort_by_key(|influence| std::cmp::Reverse(answers(influence)));
    let claim = |answer: &Answer| match answer {
        Answer::Claim(claim) => Some(*claim),
        Answer::Deal(..) => None,
    };
    Influences { moved, left_out: left_out.iter().filter_map(|(answer, _)| claim(answer)).collect(), found }
}

/// Whether what deals can lead to is small enough to be walked again for either end of so many ranges.
fn can_walk(case: &Case, moved: usize) -> bool {
    explore(case, None).is_ok_and(|reach| reach.looked.saturating_mul(2 * moved as u64) <= WALK_LIMIT)
}

impl Flip {
    /// What the answer becomes, as a claim's status.
    pub fn status(&self) -> Status {
        Status::of(self.becomes)
    }
}
