//! One track in session: the packages it can decide, the constraints that bind, and each judge's view of each package.

use std::ops::ControlFlow;

use winset_case::{ActorId, Case, Expression, Status, TrackId};
use winset_worth::{Judgement, Sitting, State, Valuation, holds};

use crate::constraint::Constraint;
use crate::refusal::Refusal;
use crate::space::Space;

/// Which deals of a track a question is about (the model, section 2: conclusion).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    /// The seats whose consent is required: the players of the bargaining solutions.
    pub(crate) players: Vec<ActorId>,
    /// Where each player's judgement stands.
    pub(crate) player_positions: Vec<usize>,
    /// The actors those seats answer to, each once, with where its judgement stands.
    pub(crate) judges: Vec<(ActorId, usize)>,
    /// Everything that binds here.
    pub(crate) constraints: Vec<Constraint>,
    /// The conditions every deal must meet, with the position of their constraint.
    conditions: Vec<(usize, Expression)>,
    /// Per judge: the bit of its fallback, if it has one of its own, and the bit of each of its red lines by number.
    judge_bits: Vec<(Option<usize>, Vec<usize>)>,
}

/// Whether a track can make deals at all: it is not closed, and someone sits there whose consent makes a deal.
pub(crate) fn can_meet(case: &Case, track: TrackId) -> bool {
    let track = &case.tracks[track.0];
    track.status != Status::Closed && track.required().next().is_some()
}

impl<'v> Table<'v> {
    pub(crate) fn new(
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
        let space = Space::new(case, base, &here.agenda)?;
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

    /// Calls `visit` with the number of every package all required seats accept, and whether it concludes the framework, until it says to
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
            let accepted = self.unmet(outcome) == 0 && self.is_accepted(outcome, &mut judgements);
            if accepted { visit(number, self.concludes(outcome)) } else { ControlFlow::Continue(()) }
        });
        examined
    }

    /// As [`Table::each_accepted`], among packages known to meet the mandate or benchmarks.
    pub(crate) fn each_accepted_among(&self, numbers: &[u64], mut visit: impl FnMut(u64, bool) -> ControlFlow<()>) {
        let mut judgements = Vec::new();
        let mut outcome = self.space.outcome(0);
        for &number in numbers {
            self.space.write(number, &mut outcome);
            let accepted = self.is_deal(&outcome) && self.is_accepted(&outcome, &mut judgements);
            if accepted && visit(number, self.concludes(&outcome)).is_break() {
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

    /// Whether what the mandate or benchmarks ask depends on what stands before the deal.
    pub(crate) fn asks_for_touch(&self) -> bool {
        let mut found = false;
        for (_, condition) in &self.conditions {
            condition.walk(&mut |part| found |= matches!(part, Expression::Touched(_)));
        }
        found
    }

    /// Whether every required seat accepts the deal to this outcome.
    fn is_accepted(&self, outcome: &[usize], judgements: &mut Vec<Judgement>) -> bool {
        let concludes = self.concludes(outcome);
        let outright = |&(_, position): &(ActorId, usize)| self.sitting.refuses_outright(position, outcome, concludes);
        if self.judges.iter().any(outright) {
            return false;
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

    /// Whether every required seat accepts.
    pub(crate) fn accepted(&self, judgements: &[Judgement]) -> bool {
        (0..self.judges.len()).all(|judge| self.accepts(judge, judgements))
    }

    /// Whether this judge accepts.
    pub(crate) fn accepts(&self, judge: usize, judgements: &[Judgement]) -> bool {
        self.sitting.accepts(self.judges[judge].1, judgements)
    }

    /// The minimal sets of constraints to drop, as bits, so that this judge accepts.
    pub(crate) fn corrections(&self, judge: usize, judgement: &Judgement) -> Vec<u128> {
        let (actor, _) = self.judges[judge];
        let (fallback, lines) = &self.judge_bits[judge];
        let worth = self.valuation.actor(actor).expect("judges have preferences");
        let broken = worth.red_lines.iter().filter(|line| judgement.breaks(line.id));
        let (priced, unpriced): (Vec<_>, Vec<_>) = broken.partition(|line| line.price.is_some());
        let mut must = unpriced.iter().fold(0_u128, |bits, line| bits | 1 << lines[line.id.0]);
        let mut surplus = judgement.surplus();
        if surplus < 0 {
            must |= fallback.map_or(0, |bit| 1 << bit);
            surplus = 0;
        }
        // Which priced lines to drop so that the prices of the others fit into the surplus: minimal sets.
        let mut minimal = crate::hitting::Minimal::default();
        for dropped in 0..1_u64 << priced.len() {
            let price: i128 = priced
                .iter()
                .enumerate()
                .filter(|(index, _)| dropped >> index & 1 == 0)
                .map(|(_, line)| line.price.unwrap_or(0))
                .sum();
            if price <= surplus {
                let bits = priced.iter().enumerate().filter(|(index, _)| dropped >> index & 1 == 1);
                minimal.insert(must | bits.fold(0_u128, |bits, (_, line)| bits | 1 << lines[line.id.0]));
            }
        }
        minimal.sorted()
    }
}
