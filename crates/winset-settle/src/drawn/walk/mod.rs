//! What deals can reach from today, prepared: the walk of [`crate::explore`] for yes-or-no questions, draw after draw.
//!
//! States are whole numbers, conditions are looked up rather than judged, and what a table makes of a state is shared between all states that
//! look alike to it: those that agree on its agenda, on what its conditions read, and leave its clients' patrons all their leverage.

mod desk;
mod large;
mod lookups;
mod scenes;

use winset_case::{ActorId, BenchmarkId, Case, Expression, FrameworkId, Outcome, Rule, TrackId};
use winset_worth::{NotComputable, State, Valuation};

use super::table::PREPARED_LIMIT;
use crate::assembly::meeting_tracks;
use crate::reading::Reading;
use crate::refusal::Refusal;
use crate::seating::Seating;
use crate::table::{Deals, Table};
pub use desk::WalkDesk;
use large::Large;

/// Outcomes of a case that are numbered; with more, the walk is not prepared.
const OUTCOME_LIMIT: u128 = 1 << 20;
/// Tables with more packages than this are walked to last.
const LARGE: usize = 500;

/// A question about what deals can reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WalkQuestion {
    /// Whether a state is reached where the condition holds.
    Reaches(Expression),
    /// Whether a track can make a deal after which the benchmark holds though it did not before.
    Delivers(TrackId, FrameworkId, BenchmarkId),
}

/// Everything about a walk that depends on no number.
#[derive(Debug)]
pub struct PreparedWalk {
    case: Case,
    questions: Vec<WalkQuestion>,
    /// Per issue, what one step of its option adds to the number of an outcome.
    strides: Vec<u32>,
    outcomes: u32,
    /// As bits: the actors with preferences whose `ends` is the default.
    ends_by_default: u128,
    /// The actors with a condition of their own.
    ends: Vec<(ActorId, Expression)>,
    tables: Vec<WalkTable>,
}

/// A table the walk passes by, as it is at every state.
#[derive(Debug)]
struct WalkTable {
    track: TrackId,
    deals: Deals,
    players: Vec<ActorId>,
    voters: Vec<Vec<usize>>,
    judges: Vec<usize>,
    unanimous: bool,
    seating: Seating,
    agenda: Vec<usize>,
    /// The issues on its agenda or read by a condition there.
    reads: Vec<usize>,
    /// Frameworks whose conclusion a condition there reads, and its own.
    frameworks: Vec<usize>,
    /// Its packages, where there are many and they are the same from every state.
    large: Option<Large>,
}

impl PreparedWalk {
    /// Prepares the walk of a case whose levers have been carried out; `None` where it has no status quo or too many outcomes to number.
    ///
    /// # Errors
    ///
    /// Where a table is larger than is listed, or numbers cannot be computed exactly.
    pub fn new(case: &Case, questions: Vec<WalkQuestion>) -> Result<Option<Self>, Refusal> {
        Self::with_large_tables(case, questions, LARGE)
    }

    /// The same, with tables of more than so many packages walked to last: no answer depends on it.
    ///
    /// # Errors
    ///
    /// As for [`PreparedWalk::new`].
    pub fn with_large_tables(case: &Case, questions: Vec<WalkQuestion>, large: usize) -> Result<Option<Self>, Refusal> {
        let outcomes = match case.outcome_count() {
            Some(count) if count <= OUTCOME_LIMIT && !case.no_agreement_today => count as u32,
            _ => return Ok(None),
        };
        if case.actors.len() > 128 || case.frameworks.len() > 32 {
            return Ok(None);
        }
        let mut strides = vec![0; case.issues.len()];
        let mut stride = 1;
        for (issue, body) in case.issues.iter().enumerate().rev() {
            strides[issue] = stride;
            stride *= body.options.len() as u32;
        }
        let valuation = Valuation::new(case)?;
        let (mut ends, mut ends_by_default) = (Vec::new(), 0);
        for actor in (0..case.actors.len()).map(ActorId) {
            match valuation.actor(actor).map(|worth| worth.ends) {
                Some(Some(condition)) => ends.push((actor, condition.expression.clone())),
                Some(None) => ends_by_default |= 1 << actor.0,
                None => {}
            }
        }
        let today = State::today(case);
        let mut tables = Vec::new();
        for track in meeting_tracks(case) {
            for deals in [Deals::Mandate, Deals::Concluding] {
                if deals == Deals::Concluding && case.tracks[track.0].concludes.is_none() {
                    continue;
                }
                let table = Table::new(&valuation, track, deals, &today)?;
                if table.space.size() > PREPARED_LIMIT {
                    return Ok(None);
                }
                tables.push(WalkTable::new(case, &valuation, &table, large));
            }
        }
        Ok(Some(PreparedWalk { case: case.clone(), questions, strides, outcomes, ends_by_default, ends, tables }))
    }

    /// The actors whose numbers it needs.
    pub fn actors(&self) -> Vec<ActorId> {
        let mut actors: Vec<ActorId> = self.tables.iter().flat_map(|table| table.seating.actors()).collect();
        actors.sort_unstable();
        actors.dedup();
        actors
    }

    /// Whether a rule anywhere depends on numbers of its own.
    pub fn is_unanimous(&self) -> bool {
        self.tables.iter().all(|table| table.unanimous)
    }

    /// A place to walk, kept between draws.
    ///
    /// # Errors
    ///
    /// Where numbers cannot be computed exactly.
    pub fn desk(&self) -> Result<WalkDesk<'_>, NotComputable> {
        Ok(WalkDesk::new(self, Valuation::new(&self.case)?))
    }

    fn outcome(&self, mut number: u32) -> Outcome {
        let digit = |stride: &u32| {
            let option = number / stride;
            number %= stride;
            option as usize
        };
        self.strides.iter().map(digit).collect()
    }

    fn number(&self, outcome: &[usize]) -> u32 {
        outcome.iter().zip(&self.strides).map(|(option, stride)| *option as u32 * stride).sum()
    }

    fn option(&self, outcome: u32, issue: usize) -> usize {
        (outcome / self.strides[issue]) as usize % self.case.issues[issue].options.len()
    }
}

impl WalkTable {
    fn new(case: &Case, valuation: &Valuation<'_>, table: &Table<'_>, large: usize) -> Self {
        let track = table.track;
        let judging: Vec<ActorId> = table.judges.iter().map(|(judge, _)| *judge).collect();
        let seating = Seating::new(valuation, track, &judging);
        let place = |actor: &ActorId| seating.position(*actor);
        let agenda: Vec<usize> = case.tracks[track.0].agenda.iter().map(|issue| issue.0).collect();
        // What conditions here read beyond the agenda.
        let mut reading = Reading::new(&agenda);
        let own: Vec<Expression> = table.asked().cloned().collect();
        own.iter().for_each(|condition| reading.of(case, condition));
        let fixed = reading.is_of(agenda.len());
        for member in &seating.members {
            member.conditions().for_each(|condition| reading.of(case, condition));
        }
        if let Some(framework) = case.tracks[track.0].concludes {
            reading.of(case, &Expression::Satisfied(framework, None));
            reading.frameworks.push(framework.0);
        }
        reading.frameworks.sort_unstable();
        reading.frameworks.dedup();
        let rule = case.tracks[track.0].rule;
        let judges: Vec<usize> = judging.iter().filter_map(place).collect();
        let unanimous = matches!(rule, Rule::Consensus | Rule::PartiesOnly);
        let large_table = (fixed && unanimous && table.space.size() > large as u64)
            .then(|| Large::new(case, table, &seating, &judges, &agenda))
            .filter(|table| table.size() > large);
        WalkTable {
            track,
            deals: table.deals,
            players: table.players.clone(),
            voters: table.voters().map(|judges| judges.iter().filter_map(place).collect()).collect(),
            judges,
            unanimous,
            seating,
            agenda,
            reads: reading.issues,
            frameworks: reading.frameworks,
            large: large_table,
        }
    }
}
