//! Where a process comes to rest: the states it cannot leave for good (the model, section 4).
//!
//! Deals lead from state to state; two states between which deals lead there and back are in one strongly connected component (Tarjan 1972). A
//! component no deal leads out of is terminal: once there, the process stays there.

use winset_case::Case;
use winset_worth::State;

use crate::lever_walks::{Between, LeverWalks};
use crate::refusal::Refusal;

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
    LeverWalks::new(case, &[]).ways(case, Between::only(0))
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
