//! Where a process comes to rest: the states it cannot leave for good (the model, section 4).
//!
//! Deals lead from state to state; two states between which deals lead there and back are in one strongly connected component (Tarjan 1972). A
//! component no deal leads out of is terminal: once there, the process stays there.

use winset_case::{Case, LeverId, TrackId};
use winset_worth::State;

use crate::assembly::{Asked, Variant, WalkMemo, explore_ways};
use crate::refusal::Refusal;
use crate::relevance::{changing_mandate, changing_table, may_judge, touching_judge};

/// Ways kept of one walk; beyond, it is cut off.
const WAY_LIMIT: usize = 20_000_000;

/// Everything that deals can reach, with the ways between.
#[derive(Debug, PartialEq, Eq)]
pub struct Ways {
    /// The states, today first, each no farther from today than those after it.
    pub states: Vec<State>,
    /// Per state, ascending, the states one deal leads to; those a deal leads back to itself are left out.
    pub deals: Vec<Vec<u32>>,
    /// Whether the walk was cut off: then it is not known where the process comes to rest.
    pub cut_off: bool,
}

/// Walks everything that deals can reach from today, with the levers in use carried out, and keeps the ways.
///
/// # Errors
///
/// As for [`crate::explore`].
pub fn ways(case: &Case) -> Result<Ways, Refusal> {
    walk(case, &mut WalkMemo::default(), &|_| Variant::default())
}

/// Walks one case under many choices of levers. What a table makes of a state is found out once for all choices that do not differ there.
pub struct LeverWalks {
    memo: WalkMemo,
    /// Per track, the levers that change its mandate, and all that matter there, as bits of a choice.
    variants: Vec<Variant>,
}

impl LeverWalks {
    /// For choices of these levers: bit 0 of a choice is the first.
    pub fn new(case: &Case, levers: &[LeverId]) -> Self {
        let bits = |wanted: &[LeverId]| {
            let chosen = levers.iter().enumerate().filter(|(_, lever)| wanted.contains(lever));
            chosen.fold(0, |bits, (place, _)| bits | 1 << place)
        };
        let variants = (0..case.tracks.len()).map(TrackId).map(|track| {
            let table = changing_table(case, track, levers);
            let mandate = bits(&table) | bits(&changing_mandate(case, track, levers));
            let judging = may_judge(case, track, &table);
            let all = judging.iter().fold(mandate, |all, judge| all | bits(&touching_judge(case, *judge, levers)));
            Variant { mandate, all, wider: all }
        });
        LeverWalks { memo: WalkMemo::default(), variants: variants.collect() }
    }

    /// As [`ways`], of the case with exactly these of the levers in use. Under the choice `wider` every table makes every deal from every state that it
    /// makes under this one; where it was walked before, only its deals are looked at. A walk is cut off no earlier than by itself.
    ///
    /// # Errors
    ///
    /// As for [`ways`].
    pub fn ways(&mut self, case: &Case, choice: usize, wider: usize) -> Result<Ways, Refusal> {
        let variants = &self.variants;
        let variant = |track: TrackId| Variant {
            mandate: variants[track.0].mandate & choice,
            all: variants[track.0].all & choice,
            wider: variants[track.0].all & wider,
        };
        walk(case, &mut self.memo, &variant)
    }
}

fn walk(case: &Case, memo: &mut WalkMemo, variant: &dyn Fn(TrackId) -> Variant) -> Result<Ways, Refusal> {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let mut full = false;
    let asked = Asked { memo, variant, deliveries: false };
    let reach = explore_ways(case, None, asked, &mut |from, to| {
        if from != to {
            full |= pairs.len() >= WAY_LIMIT;
            if !full {
                pairs.push((from as u32, to as u32));
            }
        }
    })?;
    pairs.sort_unstable();
    pairs.dedup();
    let mut deals = vec![Vec::new(); reach.states.len()];
    pairs.into_iter().for_each(|(from, to)| deals[from as usize].push(to));
    Ok(Ways { states: reach.states, deals, cut_off: reach.cut_off || full })
}

impl Ways {
    /// The states of the terminal components, nearest first: where the process comes to rest. Never none.
    pub fn resting(&self) -> Vec<usize> {
        let components = self.components();
        let mut left = vec![false; self.states.len()];
        for (state, deals) in self.deals.iter().enumerate() {
            left[components[state]] |= deals.iter().any(|&next| components[next as usize] != components[state]);
        }
        (0..self.states.len()).filter(|&state| !left[components[state]]).collect()
    }

    /// Per state, a number of its strongly connected component (Tarjan 1972, without recursion).
    fn components(&self) -> Vec<usize> {
        const NONE: usize = usize::MAX;
        let states = self.states.len();
        let (mut order, mut low, mut component) = (vec![NONE; states], vec![NONE; states], vec![NONE; states]);
        let (mut open, mut next_order, mut components) = (Vec::new(), 0, 0);
        for root in 0..states {
            if order[root] != NONE {
                continue;
            }
            // Where the search stands: a state, and how many of its deals it has followed.
            let mut path = vec![(root, 0)];
            while let Some((state, followed)) = path.last_mut() {
                let state = *state;
                if *followed == 0 {
                    order[state] = next_order;
                    low[state] = next_order;
                    next_order += 1;
                    open.push(state);
                }
                if let Some(&next) = self.deals[state].get(*followed) {
                    *followed += 1;
                    let next = next as usize;
                    if order[next] == NONE {
                        path.push((next, 0));
                    } else if component[next] == NONE {
                        low[state] = low[state].min(order[next]);
                    }
                    continue;
                }
                path.pop();
                if let Some((before, _)) = path.last() {
                    low[*before] = low[*before].min(low[state]);
                }
                if low[state] == order[state] {
                    while let Some(member) = open.pop() {
                        component[member] = components;
                        if member == state {
                            break;
                        }
                    }
                    components += 1;
                }
            }
        }
        component
    }
}
