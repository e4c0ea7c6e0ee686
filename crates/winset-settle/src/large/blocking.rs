//! Why nothing is acceptable: every minimal set of demands that cannot hold together, asked of an engine that decides one set at a time.
//!
//! Candidates are the minimal hitting sets of the correction sets known so far. One that cannot hold is minimal, since each of its proper
//! subsets leaves some known correction out; one that can hold is grown to a largest such set, whose complement is a new correction set
//! (dualize and advance, Gunopulos et al. 2003; MARCO, Liffiton et al. 2016, walks the same lattice).

use std::collections::BTreeSet;

use super::best::NotKnown;
use crate::hitting::{Minimal, members, minimal_hitting_sets};

/// Sets listed.
pub(crate) const SET_LIMIT: usize = 2_000;

/// Why nothing is acceptable; each set by the numbers of its demands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Blocking {
    /// Every minimal set that cannot hold together, smallest first.
    pub blocking: Vec<Vec<usize>>,
    /// Every minimal set whose dropping leaves an acceptable package, smallest first. The empty set alone: nothing blocks. No set: there is
    /// no package at all.
    pub corrections: Vec<Vec<usize>>,
    /// How many sets the engine decided.
    pub decided: u64,
}

/// All minimal blocking and correction sets of these demands. `holds` says whether a set can hold together, and then which demands hold with it.
pub(crate) fn blocking(
    demands: u128,
    mut holds: impl FnMut(u128) -> Result<Option<u128>, NotKnown>,
) -> Result<Blocking, NotKnown> {
    let mut found = Blocking::default();
    let mut decide = |kept: u128, decided: &mut u64| {
        *decided += 1;
        holds(kept)
    };
    let mut corrections: Vec<u128> = Vec::new();
    let mut blocked: BTreeSet<u128> = BTreeSet::new();
    let hitting = 'all: loop {
        let hitting = minimal_hitting_sets(&corrections, SET_LIMIT).ok_or(NotKnown::TooLarge)?.sorted();
        for &kept in hitting.iter().filter(|kept| !blocked.contains(kept)).collect::<Vec<_>>() {
            let Some(mut holding) = decide(kept, &mut found.decided)? else {
                if kept == 0 {
                    return Ok(found);
                }
                blocked.insert(kept);
                continue;
            };
            for demand in members(demands & !holding) {
                if holding >> demand & 1 == 0
                    && let Some(more) = decide(holding | 1 << demand, &mut found.decided)?
                {
                    holding = more;
                }
            }
            corrections.push(demands & !holding);
            if corrections.len() > SET_LIMIT {
                return Err(NotKnown::TooLarge);
            }
            continue 'all;
        }
        break hitting;
    };
    let mut minimal = Minimal::default();
    corrections.into_iter().for_each(|set| minimal.insert(set));
    found.blocking = hitting.into_iter().map(|set| members(set).collect()).collect();
    found.corrections = minimal.sorted().into_iter().map(|set| members(set).collect()).collect();
    Ok(found)
}
