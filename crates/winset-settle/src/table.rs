//! One track in session: the packages it can decide, the constraints that bind, and each judge's view of each package.

use std::ops::ControlFlow;

use winset_case::{ActorId, Case, Expression, TrackId};
use winset_worth::{Judgement, Sitting, State, Valuation, holds};

use crate::amount::units_within;
use crate::constraint::Constraint;
use crate::refusal::Refusal;
use winset_worth::Space;
use winset_worth::{Ballot, no_meeting};

/// Which deals of a track a question is about (the model, section 2: conclusion).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deals {
    /// Deals under the track's own mandate.
    Mandate,
    /// Deals that conclude the track's framework: its benchmarks, under its own reading, take the mandate's place.
    Concluding,
}

/// Constraints that one track may have: one bit each.
const CONSTRAINT_LIMIT: usize = 128;
/// Priced red lines that one judge may have: their subsets are tried.
const PRICED_LINE_LIMIT: usize = 16;

pub(crate) struct Table<'v> {
    pub(crate) valuation: &'v Valuation<'v>,
    pub(crate) sitting: Sitting<'v>,
    pub(crate) state: &'v State,
    pub(crate) track: TrackId,
    pub(crate) deals: Deals,
    pub(crate) space: Space,
    /// The seats that vote: the players of the bargaining solutions.
    pub(crate) players: Vec<ActorId>,
    /// The rule over them.
    pub(crate) ballot: Ballot,
    /// Per player, the judges its consent stands for, by their place in the list of judges, and how far below what it demands each may be
    /// where the player abstains instead of vetoing; `None` for players without a veto.
    pub(crate) voters: Vec<(Vec<usize>, Option<Vec<i128>>)>,
    /// Where each player's judgement stands.
    pub(crate) player_positions: Vec<usize>,
    /// The actors those seats answer to, each once, with where its judgement stands.
    pub(crate) judges: Vec<(ActorId, usize)>,
    /// Everything that binds here.
    pub(crate) constraints: Vec<Constraint>,
    /// The conditions every deal must meet, with the position of their constraint.
    pub(crate) conditions: Vec<(usize, Expression)>,
    /// Per judge: the bit of its fallback, if it has one of its own, and the bit of each of its red lines by number.
    pub(crate) judge_bits: Vec<(Option<usize>, Vec<usize>)>,
}

/// Whether a track can make deals at all.
pub(crate) fn can_meet(case: &Case, track: TrackId) -> bool {
    no_meeting(case, track).is_none()
}

impl<'v> Table<'v> {
    /// The table, if its packages can be listed.
    pub(crate) fn new(
        valuation: &'v Valuation<'v>,
        track: TrackId,
        deals: Deals,
        state: &'v State,
    ) -> Result<Self, Refusal> {
        let table = Table::of_any_size(valuation, track, deals, state)?;
        Space::new(valuation.case(), table.space.base().clone(), &valuation.case().tracks[track.0].agenda)?;
        Ok(table)
    }

    /// The table, whether or not its packages can be listed.
    pub(crate) fn of_any_size(
        valuation: &'v Valuation<'v>,
        track: TrackId,
        deals: Deals,
        state: &'v State,
    ) -> Result<Self, Refusal> {
        let case = valuation.case();
        let here = &case.tracks[track.0];
        if deals == Deals::Concluding && here.concludes.is_none() {
            return Err(Refusal::ConcludesNothing);
        }
        let base = state.outcome.clone().unwrap_or_else(|| vec![0; case.issues.len()]);
        let space = Space::of_any_size(case, base, &here.agenda);
        let players: Vec<ActorId> = here.required().filter(|player| valuation.actor(*player).is_some()).collect();
        let mut judges: Vec<ActorId> = Vec::new();
        for player in &players {
            for judge in valuation.judges(*player) {
                if valuation.actor(judge).is_some() && !judges.contains(&judge) {
                    judges.push(judge);
                }
            }
        }
        let everyone: Vec<ActorId> = judges.iter().chain(&players).copied().collect();
        let sitting = Sitting::new(valuation, track, state, &everyone);
        let position = |actor: ActorId| sitting.position(actor).expect("admitted above");
        let ballot = Ballot::of(case, track, &players)?;
        let voters = players.iter().enumerate().map(|(player, &actor)| {
            let own = valuation.judges(actor).into_iter();
            let own: Vec<usize> = own.filter_map(|judge| judges.iter().position(|other| *other == judge)).collect();
            let slack = ballot.tolerance(player).map(|tolerance| {
                let unit = |judge: &usize| valuation.actor(judges[*judge]).map_or(1, |worth| worth.unit);
                own.iter().map(|judge| units_within(tolerance, unit(judge))).collect()
            });
            (own, slack)
        });
        let voters = voters.collect();
        let judges: Vec<(ActorId, usize)> = judges.into_iter().map(|judge| (judge, position(judge))).collect();
        let player_positions = players.iter().map(|&player| position(player)).collect();

        let mut constraints = Vec::new();
        let mut conditions = Vec::new();
        match deals {
            Deals::Mandate => {
                for (number, part) in here.mandate.iter().flat_map(|mandate| mandate.conjuncts()).enumerate() {
                    conditions.push((constraints.len(), sitting.fixed(part)));
                    constraints.push(Constraint::Mandate(track, number));
                }
            }
            Deals::Concluding => {
                let id = here.concludes.ok_or(Refusal::ConcludesNothing)?;
                let framework = &case.frameworks[id.0];
                for (number, benchmark) in framework.benchmarks.iter().enumerate().filter(|(_, benchmark)| benchmark.on)
                {
                    conditions.push((constraints.len(), sitting.fixed(&benchmark.under(framework.reading).expression)));
                    constraints.push(Constraint::Benchmark(id, winset_case::BenchmarkId(number)));
                }
            }
        }
        let mut judge_bits = Vec::new();
        for &(judge, _) in &judges {
            let fallback = valuation.has_own_fallback(judge).then(|| {
                constraints.push(Constraint::Fallback(judge));
                constraints.len() - 1
            });
            let first = constraints.len();
            let lines = case.actors[judge.0].red_lines.len();
            constraints.extend((0..lines).map(|line| Constraint::RedLine(judge, winset_case::RedLineId(line))));
            judge_bits.push((fallback, (first..first + lines).collect()));
        }
        if constraints.len() > CONSTRAINT_LIMIT {
            return Err(Refusal::TooManyConstraints { constraints: constraints.len(), limit: CONSTRAINT_LIMIT });
        }
        let priced = |judge: ActorId| {
            case.actors[judge.0].red_lines.iter().filter(|line| line.on && line.price.is_some()).count()
        };
        let most = judges.iter().map(|&(judge, _)| priced(judge)).max().unwrap_or(0);
        if most > PRICED_LINE_LIMIT {
            return Err(Refusal::TooManyConstraints { constraints: most, limit: PRICED_LINE_LIMIT });
        }
        Ok(Table {
            valuation,
            sitting,
            state,
            track,
            deals,
            space,
            players,
            ballot,
            voters,
            player_positions,
            judges,
            constraints,
            conditions,
            judge_bits,
        })
    }

    pub(crate) fn case(&self) -> &'v Case {
        self.valuation.case()
    }

    /// All constraints, one bit each.
    pub(crate) fn all_constraints(&self) -> u128 {
        if self.constraints.len() == CONSTRAINT_LIMIT { u128::MAX } else { (1 << self.constraints.len()) - 1 }
    }

    /// Per player, the judges its consent stands for.
    pub(crate) fn voters(&self) -> impl Iterator<Item = Vec<ActorId>> + '_ {
        self.voters.iter().map(|(judges, _)| judges.iter().map(|judge| self.judges[*judge].0).collect())
    }

    /// Whether the outcome is a deal at all here: something changes, unless it only concludes.
    pub(crate) fn is_deal(&self, outcome: &[usize]) -> bool {
        self.deals == Deals::Concluding || self.state.outcome.as_deref() != Some(outcome)
    }

    /// Whether a deal to this outcome counts as concluding the framework.
    pub(crate) fn concludes(&self, outcome: &[usize]) -> bool {
        match self.deals {
            // Every deal asked about here is one that concludes; the benchmarks are constraints on it.
            Deals::Concluding => self.sitting.framework().is_some(),
            Deals::Mandate => self.sitting.concludes(outcome),
        }
    }

    /// Calls `visit` with the number of every package the seats make a deal of, and whether it concludes the framework, until it says to
    /// stop. Returns how many packages are deals at all; nothing is visited where the track cannot meet.
    pub(crate) fn each_accepted(&self, mut visit: impl FnMut(u64, bool) -> ControlFlow<()>) -> u64 {
        let mut examined = 0;
        if !can_meet(self.case(), self.track) {
            return examined;
        }
        let mut judgements = Vec::new();
        self.space.each(|number, outcome| {
            if !self.is_deal(outcome) {
                return ControlFlow::Continue(());
            }
            examined += 1;
            let concludes = self.concludes(outcome);
            let accepted = self.unmet(outcome) == 0 && self.is_accepted(outcome, concludes, &mut judgements);
            if accepted { visit(number, concludes) } else { ControlFlow::Continue(()) }
        });
        examined
    }

    /// As [`Table::each_accepted`], among packages known to meet the mandate or benchmarks.
    pub(crate) fn each_accepted_among(&self, numbers: &[u64], mut visit: impl FnMut(u64, bool) -> ControlFlow<()>) {
        let mut judgements = Vec::new();
        let mut outcome = self.space.outcome(0);
        for &number in numbers {
            self.space.write(number, &mut outcome);
            if !self.is_deal(&outcome) {
                continue;
            }
            let concludes = self.concludes(&outcome);
            if self.is_accepted(&outcome, concludes, &mut judgements) && visit(number, concludes).is_break() {
                return;
            }
        }
    }

    /// The numbers of the packages that meet the mandate or benchmarks.
    pub(crate) fn met(&self) -> Vec<u64> {
        let mut numbers = Vec::new();
        self.space.each(|number, outcome| {
            if self.unmet(outcome) == 0 {
                numbers.push(number);
            }
            ControlFlow::Continue(())
        });
        numbers
    }

    /// The conditions every deal must meet.
    pub(crate) fn asked(&self) -> impl Iterator<Item = &Expression> {
        self.conditions.iter().map(|(_, condition)| condition)
    }

    /// Whether every required seat accepts the deal to this outcome.
    pub(crate) fn is_accepted(&self, outcome: &[usize], concludes: bool, judgements: &mut Vec<Judgement>) -> bool {
        // Those who refuse however hard they are pressed: without their votes, can it pass at all?
        let mut possible = self.ballot.everyone();
        for (judge, &(_, position)) in self.judges.iter().enumerate() {
            if self.sitting.refuses_outright(position, outcome, concludes) {
                let stands_for = |(player, _): &(usize, _)| self.voters[*player].0.contains(&judge);
                let lost =
                    self.voters.iter().enumerate().filter(stands_for).fold(0, |seats, (player, _)| seats | 1 << player);
                possible &= !lost;
                if !self.ballot.has_the_votes(possible) {
                    return false;
                }
            }
        }
        self.sitting.judge(outcome, concludes, judgements);
        self.accepted(judgements)
    }

    /// The mandate's conjuncts or benchmarks it does not meet, as bits.
    pub(crate) fn unmet(&self, outcome: &[usize]) -> u128 {
        let view = self.sitting.view(outcome, self.concludes(outcome));
        self.conditions
            .iter()
            .filter(|(_, condition)| !holds(condition, &view))
            .fold(0, |bits, (bit, _)| bits | 1 << bit)
    }
}
