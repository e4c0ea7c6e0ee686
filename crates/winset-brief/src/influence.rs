//! Which numbers the answers hang on: every number with a range is moved to either end of it, alone, and what then changes is listed.
//!
//! The answers are whether each track has a deal, under its mandate and to conclude, and whether each claim holds. This is exact, and it is one at
//! a time: numbers that change an answer only together are not found (Saltelli et al. 2008, *Global Sensitivity Analysis*, chapter 2).

use std::collections::BTreeSet;
use std::thread::ScopedJoinHandle;

use winset_case::edit::Change;
use winset_case::{
    ActorId, Case, Check, Claim, Decimal, Edit, Evidence, LeverId, Status as TrackState, Table, TrackId, Value,
};
use winset_settle::{Deals, explore, winset_is_empty};

use crate::claims::Status;
use crate::evaluate::{Reaches, Situation, verdict};
use crate::numbers::{NumberPlace, numbers};

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
    /// Claims left out, by their index in [`Case::claims`]: they ask what deals can lead to one after the other, and to walk that again for every
    /// move would take too long.
    pub left_out: Vec<usize>,
    /// Those that change most answers first.
    pub found: Vec<Influence>,
}

/// The flips of numbers, each with its place among those moved.
type Flips = Vec<(usize, Vec<Flip>)>;

/// Moves every number with a range to either end, alone, on so many threads: no answer depends on how many.
pub fn influences(case: &Case, threads: usize) -> Influences {
    let bare = bare(case);
    let ranged = |number: &NumberPlace| {
        let (low, high) = number.of(case).distribution.range();
        low < high
    };
    let moved: Vec<NumberPlace> = numbers(case).into_iter().filter(ranged).collect();
    let (asked, left_out): (Vec<Question>, Vec<Question>) = questions(case)
        .into_iter()
        .partition(|question| !question.plays && (!question.walks || can_walk(&bare, moved.len())));
    let questions = asked;
    let now = answers(&bare, &case.claims, &questions.iter().collect::<Vec<_>>());
    // Each number is asked about by itself, so it does not matter who asks.
    let workers = threads.clamp(1, moved.len().max(1));
    let mut flips: Flips = std::thread::scope(|scope| {
        let (moved, questions, now, bare) = (&moved, &questions, &now, &bare);
        let work = (0..workers).map(|worker| {
            scope.spawn(move || {
                let mut changed = bare.clone();
                let mine = moved.iter().enumerate().skip(worker).step_by(workers);
                mine.map(|(index, number)| (index, flips_of(case, &mut changed, *number, questions, now))).collect()
            })
        });
        let work: Vec<ScopedJoinHandle<'_, Flips>> = work.collect();
        work.into_iter().flat_map(|worker| worker.join().expect("no answer panics")).collect()
    });
    flips.sort_by_key(|(index, _)| *index);
    let mut found: Vec<Influence> = flips
        .into_iter()
        .filter(|(_, flips)| !flips.is_empty())
        .map(|(index, flips)| Influence { number: moved[index], flips })
        .collect();
    let answers = |influence: &Influence| influence.flips.iter().map(|flip| flip.answer).collect::<BTreeSet<_>>().len();
    found.sort_by_key(|influence| std::cmp::Reverse(answers(influence)));
    let claim = |question: &Question| match question.answer {
        Answer::Claim(claim) => Some(claim),
        Answer::Deal(..) => None,
    };
    Influences { moved: moved.len(), left_out: left_out.iter().filter_map(claim).collect(), found }
}

/// Whether what deals can lead to is small enough to be walked again for either end of so many ranges.
fn can_walk(case: &Case, moved: usize) -> bool {
    explore(case, None).is_ok_and(|reach| reach.looked.saturating_mul(2 * moved as u64) <= WALK_LIMIT)
}

/// What changes when one number is moved to either end of its range.
fn flips_of(
    case: &Case,
    changed: &mut Case,
    number: NumberPlace,
    questions: &[Question],
    now: &[Option<bool>],
) -> Vec<Flip> {
    let quantity = number.of(case);
    let (low, high) = quantity.distribution.range();
    let mut flips = Vec::new();
    let hanging = questions.iter().zip(now).filter(|(question, _)| question.hangs_on(case, number));
    let (asked, before): (Vec<&Question>, Vec<Option<bool>>) = hanging.unzip();
    for at in [low, high].into_iter().filter(|end| *end != quantity.value) {
        number.set(changed, at);
        let becomes = answers(changed, &case.claims, &asked);
        for ((question, before), becomes) in asked.iter().zip(&before).zip(becomes) {
            if becomes != *before {
                flips.push(Flip { at, answer: question.answer, becomes });
            }
        }
    }
    number.set(changed, quantity.value);
    flips
}

/// The case without what no answer is computed from, since it is copied for every answer.
fn bare(case: &Case) -> Case {
    let mut bare = case.clone();
    for number in numbers(case) {
        if let Some(quantity) = number.of_mut(&mut bare) {
            quantity.evidence = Evidence::default();
        }
    }
    bare.claims.clear();
    bare.sources.clear();
    bare.events.clear();
    bare
}

/// What these questions come to, each in turn.
fn answers(case: &Case, claims: &[Claim], questions: &[&Question]) -> Vec<Option<bool>> {
    let reaches = Reaches::default();
    let situation = Situation::new(case, &reaches);
    let answer = |question: &&Question| match question.answer {
        Answer::Deal(track, deals) => winset_is_empty(case, track, deals).ok().map(|empty| !empty),
        Answer::Claim(index) => verdict(&situation.under(&claims[index].with), &claims[index].check),
    };
    questions.iter().map(answer).collect()
}

impl Flip {
    /// What the answer becomes, as a claim's status.
    pub fn status(&self) -> Status {
        Status::of(self.becomes)
    }
}

/// An answer with what it can hang on.
struct Question {
    answer: Answer,
    /// Whose numbers.
    actors: BTreeSet<ActorId>,
    /// Which tracks' counting of votes.
    tracks: BTreeSet<TrackId>,
    /// Which levers' strength.
    levers: BTreeSet<LeverId>,
    /// Whether it asks what deals can lead to.
    walks: bool,
    /// Whether it asks so under many choices.
    plays: bool,
}

impl Question {
    fn new(answer: Answer) -> Self {
        Question {
            answer,
            actors: BTreeSet::new(),
            tracks: BTreeSet::new(),
            levers: BTreeSet::new(),
            walks: false,
            plays: false,
        }
    }

    fn hangs_on(&self, case: &Case, number: NumberPlace) -> bool {
        match number {
            NumberPlace::Fallback(actor, _)
            | NumberPlace::Weight(actor, _)
            | NumberPlace::Value(actor, ..)
            | NumberPlace::Price(actor, _)
            | NumberPlace::Bonus(actor, _) => self.actors.contains(&actor),
            NumberPlace::Quota(track)
            | NumberPlace::Votes(track, _)
            | NumberPlace::Tolerance(track, _)
            | NumberPlace::Share(track, _) => self.tracks.contains(&track),
            // How far a signature binds is shown, and enters no verdict.
            NumberPlace::Tie(tie) => {
                let tie = &case.ties[tie.0];
                tie.leverage().is_some() && self.actors.contains(&tie.to)
            }
            // Costs only compare levers.
            NumberPlace::Cost(_) | NumberPlace::LeverCostUnit | NumberPlace::MoveWeight(..) => false,
            NumberPlace::Intensity(lever) => self.levers.contains(&lever),
        }
    }

    /// An actor's judgement, and that of everyone behind it.
    fn judged_by(&mut self, case: &Case, actor: ActorId) {
        if self.actors.insert(actor) {
            let patrons = case.ties.iter().filter(|tie| tie.presses(actor)).map(|tie| tie.from);
            let behind: Vec<ActorId> = patrons.chain(case.actors[actor.0].principal).collect();
            behind.into_iter().for_each(|other| self.judged_by(case, other));
        }
    }

    /// What is decided at a track.
    fn seated_at(&mut self, case: &Case, track: TrackId) {
        self.tracks.insert(track);
        for seat in &case.tracks[track.0].seats {
            self.judged_by(case, seat.actor);
        }
    }

    /// What can be decided anywhere, and what everyone makes of it.
    fn everything(&mut self, case: &Case) {
        self.actors.extend((0..case.actors.len()).map(ActorId));
        self.tracks.extend((0..case.tracks.len()).map(TrackId));
    }

    /// Something asked under edits: of the case as they leave it. Nothing asked under a reading hangs on a number of the case's own.
    fn under(&mut self, case: &Case, edits: &[Edit], ask: impl FnOnce(&mut Self, &Case)) {
        if edits.iter().any(|edit| matches!(edit.change, Change::Under(_))) {
            return;
        }
        let mut edited = case.clone();
        edited.apply(edits);
        for lever in (0..edited.levers.len()).filter(|&lever| edited.levers[lever].on) {
            self.levers.insert(LeverId(lever));
        }
        edited.carry_out_levers();
        ask(self, &edited);
    }

    fn every_lever(&mut self, case: &Case) {
        for (index, lever) in case.levers.iter().enumerate() {
            self.levers.insert(LeverId(index));
            for edit in &lever.edits {
                if let Change::Seat(_, actor, _) = edit.change {
                    self.judged_by(case, actor);
                }
            }
        }
    }

    fn check(&mut self, case: &Case, check: &Check) {
        match check {
            Check::Empty(Table { track, .. }) | Check::Blocks(Table { track, .. }, _) | Check::Passes(_, track) => {
                self.seated_at(case, *track);
            }
            Check::NoUnlock(Table { track, .. }) | Check::UnlockedBy(Table { track, .. }, _) => {
                self.seated_at(case, *track);
                self.every_lever(case);
            }
            Check::Accepts(actor, ..) | Check::Breaks(actor, ..) => self.judged_by(case, *actor),
            Check::Imposed(actor, _, track) => {
                self.judged_by(case, *actor);
                self.seated_at(case, *track);
            }
            Check::Compare(left, _, right) => {
                self.value(case, left);
                self.value(case, right);
            }
            Check::Reachable(_) | Check::Delivers(..) => {
                self.walks = true;
                self.everything(case);
            }
            Check::With(inner, edits) => self.under(case, edits, |question, edited| question.check(edited, inner)),
            Check::Not(inner) => self.check(case, inner),
            Check::And(parts) | Check::Or(parts) => parts.iter().for_each(|part| self.check(case, part)),
            // What it hangs on is everything, and to play it again for every number would take too long.
            Check::Stable(..) | Check::Dominant(_) => {
                self.plays = true;
                self.everything(case);
                self.every_lever(case);
            }
            Check::Satisfies(..) | Check::Undecidable(_) => {}
        }
    }

    fn value(&mut self, case: &Case, value: &Value) {
        match value {
            Value::Number(_) => {}
            Value::Aspiration(..) => {
                self.plays = true;
                self.everything(case);
            }
            Value::Count(Table { track, .. }) => self.seated_at(case, *track),
            Value::Durable(_) => self.everything(case),
            Value::Margin(actor, ..) | Value::Distance(actor, ..) => self.judged_by(case, *actor),
            Value::Terms(actor, _, track) => {
                self.judged_by(case, *actor);
                self.seated_at(case, *track);
            }
            Value::With(inner, edits) => self.under(case, edits, |question, edited| question.value(edited, inner)),
        }
    }
}

fn questions(case: &Case) -> Vec<Question> {
    let mut questions = Vec::new();
    for (index, track) in case.tracks.iter().enumerate().filter(|(_, track)| track.status != TrackState::Closed) {
        let concluding = track.concludes.map(|_| Deals::Concluding);
        for deals in std::iter::once(Deals::Mandate).chain(concluding) {
            let mut question = Question::new(Answer::Deal(TrackId(index), deals));
            question.under(case, &[], |question, applied| question.seated_at(applied, TrackId(index)));
            questions.push(question);
        }
    }
    for (index, Claim { with, check, .. }) in case.claims.iter().enumerate() {
        let mut question = Question::new(Answer::Claim(index));
        question.under(case, with, |question, edited| question.check(edited, check));
        questions.push(question);
    }
    questions
}
