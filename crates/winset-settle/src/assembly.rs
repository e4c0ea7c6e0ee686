//! Assembly: what tracks can settle one after the other, and whether the parts can be put together (the model, section 2).
//!
//! The process moves from state to state: a track takes a state to any state its win-set there leads to. [`explore`] walks everything that can
//! be reached from today, breadth first, so that the route it remembers to each state is a shortest one.

use std::collections::BTreeMap;

use winset_case::{BenchmarkId, Case, Expression, FrameworkId, IssueId, Outcome, TrackId};
use winset_worth::{Sitting, State, Valuation, View, holds};

use crate::lookup::Lookup;
use crate::refusal::Refusal;
use crate::table::{Deals, can_meet};
use crate::walk::{Variant, Walk, WalkMemo};

/// States that are walked; beyond, the walk is cut off and says so.
pub const STATE_LIMIT: usize = 20_000;

/// Packages looked at over all states; beyond, the walk is cut off and says so.
pub(crate) const LOOK_LIMIT: u64 = 30_000_000;

/// One deal on a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Where it is made.
    pub track: TrackId,
    /// What stands before it; `None` for no agreement.
    pub before: Option<Outcome>,
    /// What stands after it.
    pub after: Outcome,
    /// Whether it concludes the track's framework.
    pub concludes: bool,
}

/// Everything that can be reached from today by deals.
#[derive(Debug)]
pub struct Reach {
    /// The states, today first, each no farther from today than those after it.
    pub states: Vec<State>,
    /// Per state, the state before it on a shortest route and the deal between; `None` for today.
    parents: Vec<Option<(usize, TrackId, bool)>>,
    /// Per framework, benchmark and track: the first state from which the track can deliver the benchmark.
    delivered: BTreeMap<(FrameworkId, BenchmarkId, TrackId), usize>,
    /// Whether the walk was cut off: what was not found may exist all the same.
    pub cut_off: bool,
    /// How many packages were looked at on the way: what the walk cost.
    pub looked: u64,
}

impl Reach {
    /// The deals of a shortest route to a state.
    pub fn route(&self, state: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut current = state;
        while let Some((before, track, concludes)) = self.parents[current] {
            steps.push(Step {
                track,
                before: self.states[before].outcome.clone(),
                after: self.states[current].outcome.clone().unwrap_or_default(),
                concludes,
            });
            current = before;
        }
        steps.reverse();
        steps
    }

    /// The states on a shortest route, today first.
    pub fn states_to(&self, state: usize) -> Vec<usize> {
        let mut states = vec![state];
        while let Some((before, ..)) = self.parents[states[states.len() - 1]] {
            states.push(before);
        }
        states.reverse();
        states
    }

    /// The state from which a track can first deliver a benchmark: make a deal after which it holds though it did not before.
    pub fn delivers(&self, framework: FrameworkId, benchmark: BenchmarkId, track: TrackId) -> Option<usize> {
        self.delivered.get(&(framework, benchmark, track)).copied()
    }

    /// The first state in which a condition holds.
    pub fn first(&self, mut holds: impl FnMut(&State) -> bool) -> Option<usize> {
        (0..self.states.len()).find(|&state| holds(&self.states[state]))
    }

    /// How many different outcomes there are among the states.
    pub fn outcome_count(&self) -> usize {
        let mut outcomes: Vec<&Option<Outcome>> = self.states.iter().map(|state| &state.outcome).collect();
        outcomes.sort_unstable();
        outcomes.dedup();
        outcomes.len()
    }
}

/// Whether a condition over what is agreed and concluded holds in a state. Where there is no agreement, nothing does.
pub fn holds_in(case: &Case, state: &State, expression: &Expression) -> bool {
    state.outcome.as_deref().is_some_and(|outcome| {
        holds(expression, &View { case, outcome: Some(outcome), concluded: &state.concluded, deal: None })
    })
}

/// The tracks that can make deals: open or planned ones where someone's consent makes one.
pub(crate) fn meeting_tracks(case: &Case) -> Vec<TrackId> {
    (0..case.tracks.len()).map(TrackId).filter(|&track| can_meet(case, track)).collect()
}

/// Walks everything that deals can reach from today, with the levers in use carried out: deals at these tracks, or at every track that meets.
///
/// # Errors
///
/// Where a table is larger than this version lists, or numbers cannot be computed exactly.
pub fn explore(case: &Case, tracks: Option<&[TrackId]>) -> Result<Reach, Refusal> {
    let case = &case.with_levers();
    let meeting = meeting_tracks(case);
    let tracks = tracks.unwrap_or(&meeting);
    let valuation = Valuation::new(case)?;
    let today = State::today(case);
    let all: Vec<(FrameworkId, BenchmarkId)> = benchmarks(case).collect();
    let holding = |state: &State| -> Vec<bool> {
        all.iter()
            .map(|(framework, benchmark)| holds_in(case, state, &benchmark_expression(*framework, *benchmark)))
            .collect()
    };
    let mut known: Lookup<State, usize> = Lookup::default();
    known.insert(today.clone(), 0);
    // Per state, which benchmarks hold there.
    let mut held = vec![holding(&today)];
    let mut reach =
        Reach { states: vec![today], parents: vec![None], delivered: BTreeMap::new(), cut_off: false, looked: 0 };
    let mut memo = WalkMemo::default();
    let mut walk = Walk::new(&valuation, &mut memo, vec![Variant::default(); case.tracks.len()]);
    let fillable: Vec<Vec<usize>> = case
        .tracks
        .iter()
        .map(|track| (0..all.len()).filter(|of| is_about(case, all[*of], &track.agenda)).collect())
        .collect();
    let mut position = 0;
    while position < reach.states.len() {
        let state = reach.states[position].clone();
        for &track in tracks {
            for deals in [Deals::Mandate, Deals::Concluding] {
                let open = case.tracks[track.0].concludes.is_some_and(|framework| !state.concluded[framework.0]);
                if deals == Deals::Concluding && !open {
                    continue;
                }
                // What the track cannot fill, or was found to deliver from a nearer state, need not be asked.
                let asked = |of: &usize| {
                    !held[position][*of] && !reach.delivered.contains_key(&(all[*of].0, all[*of].1, track))
                };
                let mut unmet: Vec<usize> = fillable[track.0].iter().copied().filter(asked).collect();
                if reach.cut_off && unmet.is_empty() {
                    // No state is added any more, so there is nothing left to find out here.
                    continue;
                }
                let accepted = walk.accepted(track, deals, &state, None)?;
                let sitting = Sitting::new(&valuation, track, &state, &[]);
                for &made in accepted.iter() {
                    let next = sitting.state_after(&walk.outcome(track, &state, made)?, made.concludes);
                    let place = known.get(&next).copied();
                    let new = if place.is_none() { holding(&next) } else { Vec::new() };
                    let there = place.map_or(&new, |place| &held[place]);
                    unmet.retain(|&of| {
                        if there[of] {
                            reach.delivered.insert((all[of].0, all[of].1, track), position);
                        }
                        !there[of]
                    });
                    if place.is_none() {
                        if reach.states.len() == STATE_LIMIT {
                            reach.cut_off = true;
                            break;
                        }
                        known.insert(next.clone(), reach.states.len());
                        held.push(new);
                        reach.states.push(next);
                        reach.parents.push(Some((position, track, made.concludes)));
                    }
                }
            }
        }
        if walk.looked > LOOK_LIMIT {
            reach.cut_off = true;
            break;
        }
        position += 1;
    }
    reach.looked = walk.looked;
    Ok(reach)
}

/// A benchmark under its framework's own reading, as a condition.
pub(crate) fn benchmark_expression(framework: FrameworkId, benchmark: BenchmarkId) -> Expression {
    Expression::Benchmark(framework, benchmark, None)
}

/// Whether a benchmark, under its framework's own reading, is about some of these issues.
fn is_about(case: &Case, (framework, benchmark): (FrameworkId, BenchmarkId), issues: &[IssueId]) -> bool {
    let framework = &case.frameworks[framework.0];
    let mut expressions = vec![&framework.benchmarks[benchmark.0].under(framework.reading).expression];
    // The first agreement settles everything.
    let mut found = case.no_agreement_today;
    // Definitions are free of circles, and each is followed once.
    let mut followed = vec![false; case.defines.len()];
    while let Some(expression) = expressions.pop() {
        expression.walk(&mut |part| match part {
            Expression::OneOf(issue, _) | Expression::Changed(issue) => found |= issues.contains(issue),
            Expression::Defined(define) if !followed[define.0] => {
                followed[define.0] = true;
                expressions.push(&case.defines[define.0].condition.expression);
            }
            _ => {}
        });
    }
    found
}

/// Every benchmark that stands, framework by framework.
pub(crate) fn benchmarks(case: &Case) -> impl Iterator<Item = (FrameworkId, BenchmarkId)> + '_ {
    case.frameworks.iter().enumerate().flat_map(|(framework, body)| {
        let standing = body.benchmarks.iter().enumerate().filter(|(_, benchmark)| benchmark.on);
        standing.map(move |(benchmark, _)| (FrameworkId(framework), BenchmarkId(benchmark)))
    })
}
