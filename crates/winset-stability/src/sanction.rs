//! What opponents can bring about: per state the least of a value they can lead to from there, by whatever moves the sanction rule allows them.
//!
//! A state itself counts as brought about: that is harmless for every concept (see `stability`).

use crate::concept::SanctionRule;
use crate::graph::{Graph, Mover};
use crate::refusal::Refusal;

const UNSET: u32 = u32::MAX;

/// How many numbers the rule that lets each opponent move once may keep.
const ONCE_LIMIT: usize = 1 << 28;

/// The least of `value` that the opponents of `target` can bring about from each state; `credible`: by improvements of whoever moves.
pub(crate) fn least(
    graph: &Graph<'_>,
    target: usize,
    value: &[u32],
    credible: bool,
    rule: SanctionRule,
) -> Result<Vec<u32>, Refusal> {
    let opponents: Vec<usize> = (0..graph.decision_makers()).filter(|mover| *mover != target).collect();
    match rule {
        SanctionRule::Legal if graph.is_listed() => Ok(least_by_sequences(graph, &opponents, value, credible)),
        SanctionRule::Legal => Ok(least_by_closure(graph, &opponents, value, credible)),
        SanctionRule::Single => {
            let mut least = value.to_vec();
            for &mover in &opponents {
                least_in_one(graph, mover, value, credible, &mut least);
            }
            Ok(least)
        }
        SanctionRule::EachOnce => least_each_once(graph, &opponents, value, credible),
    }
}

/// Changes of options are transitive, so that nobody gains by moving twice in a row, and the legal sequences reach what any sequences do. States are
/// searched backwards from the least value; the first value that arrives stays. The members of a group stand from the worst to the best, and whoever
/// is reached at one of them has reached all that are worse: each member is passed once.
fn least_by_closure(graph: &Graph<'_>, opponents: &[usize], value: &[u32], credible: bool) -> Vec<u32> {
    let mut least = vec![UNSET; graph.len()];
    let mut next: Vec<Vec<u32>> = opponents
        .iter()
        .map(|mover| match &graph.movers[*mover] {
            Mover::Free(groups) => groups.starts[..groups.count()].to_vec(),
            _ => Vec::new(),
        })
        .collect();
    let mut open = Vec::new();
    for root in ascending(value) {
        if least[root as usize] != UNSET {
            continue;
        }
        let found = value[root as usize];
        least[root as usize] = found;
        open.push(root);
        while let Some(at) = open.pop() {
            let at = at as usize;
            for (&mover, next) in opponents.iter().zip(&mut next) {
                let ranks = graph.ranks(mover);
                if let Mover::Free(groups) = &graph.movers[mover] {
                    let number = groups.group_of[at] as usize;
                    let end = groups.starts[number + 1];
                    while next[number] < end {
                        let member = groups.members[next[number] as usize] as usize;
                        if credible && ranks[member] >= ranks[at] {
                            break;
                        }
                        next[number] += 1;
                        if least[member] == UNSET {
                            least[member] = found;
                            open.push(member as u32);
                        }
                    }
                } else {
                    graph.each_move_back(mover, at, |from| {
                        if least[from] == UNSET && (!credible || ranks[from] < ranks[at]) {
                            least[from] = found;
                            open.push(from as u32);
                        }
                    });
                }
            }
        }
    }
    least
}

/// Who moves first in a sequence; `NOBODY` in the empty one, which anyone may move before.
const NOBODY: u32 = u32::MAX;

/// Arcs need not be transitive, so the rule against moving twice in a row matters. Of every state the least value is kept, and the least one by a
/// sequence that somebody else begins: what a third sequence could add, one of these two already does.
fn least_by_sequences(graph: &Graph<'_>, opponents: &[usize], value: &[u32], credible: bool) -> Vec<u32> {
    let mut first = vec![(UNSET, NOBODY); graph.len()];
    let mut second = vec![false; graph.len()];
    let mut open: Vec<(u32, u32)> = Vec::new();
    for root in ascending(value) {
        let found = value[root as usize];
        open.push((root, NOBODY));
        while let Some((at, begins)) = open.pop() {
            let at = at as usize;
            // Which movers this sequence can be put behind, that no sequence before it could.
            let only = if first[at].0 == UNSET {
                first[at] = (found, begins);
                None
            } else if !second[at] && first[at].1 != NOBODY && first[at].1 != begins {
                second[at] = true;
                Some(first[at].1)
            } else {
                continue;
            };
            for &mover in opponents {
                let number = mover as u32;
                let follows = only.map_or(number != begins, |only| number == only);
                if follows {
                    let ranks = graph.ranks(mover);
                    graph.each_move_back(mover, at, |from| {
                        if !credible || ranks[from] < ranks[at] {
                            open.push((from as u32, number));
                        }
                    });
                }
            }
        }
    }
    first.into_iter().map(|(value, _)| value).collect()
}

/// The least by one move of one opponent, into `least`, which holds what there is without it.
fn least_in_one(graph: &Graph<'_>, mover: usize, value: &[u32], credible: bool, least: &mut [u32]) {
    let ranks = graph.ranks(mover);
    if let Mover::Free(groups) = &graph.movers[mover] {
        for number in 0..groups.count() {
            // From the best down: what is strictly better than a member has been passed before it.
            let group = groups.group(number);
            let all = group.iter().map(|state| value[*state as usize]).min().unwrap_or(UNSET);
            if credible {
                let mut better = UNSET;
                for tied in group.chunk_by(|left, right| ranks[*left as usize] == ranks[*right as usize]).rev() {
                    for &state in tied {
                        least[state as usize] = least[state as usize].min(better);
                    }
                    better = tied.iter().fold(better, |better, state| better.min(value[*state as usize]));
                }
            } else {
                group.iter().for_each(|state| least[*state as usize] = least[*state as usize].min(all));
            }
        }
        return;
    }
    for state in 0..value.len() {
        graph.each_move(mover, state, |target| {
            if !credible || ranks[target] > ranks[state] {
                least[state] = least[state].min(value[target]);
            }
        });
    }
}

/// The least by moves of opponents each of whom moves at most once, in any order: for every group of opponents from the groups that are one smaller.
fn least_each_once(graph: &Graph<'_>, opponents: &[usize], value: &[u32], credible: bool) -> Result<Vec<u32>, Refusal> {
    let groups =
        1_usize.checked_shl(opponents.len() as u32).filter(|groups| groups.saturating_mul(value.len()) <= ONCE_LIMIT);
    let Some(groups) = groups else {
        let limit = format!("{ONCE_LIMIT} numbers in memory");
        return Err(Refusal::TooLarge { analysis: "the sanction rule each-once", limit });
    };
    let mut by_group = vec![value.to_vec()];
    for members in 1..groups {
        let mut least = value.to_vec();
        for (bit, &mover) in opponents.iter().enumerate().filter(|(bit, _)| members >> bit & 1 == 1) {
            least_in_one(graph, mover, &by_group[members & !(1 << bit)], credible, &mut least);
        }
        by_group.push(least);
    }
    Ok(by_group.swap_remove(groups - 1))
}

/// The states from the least value to the most.
fn ascending(value: &[u32]) -> Vec<u32> {
    let levels = value.iter().max().map_or(0, |most| *most as usize + 1);
    let mut starts = vec![0_u32; levels + 1];
    value.iter().for_each(|value| starts[*value as usize + 1] += 1);
    for level in 0..levels {
        starts[level + 1] += starts[level];
    }
    let mut states = vec![0; value.len()];
    for (state, value) in value.iter().enumerate() {
        let next = &mut starts[*value as usize];
        states[*next as usize] = state as u32;
        *next += 1;
    }
    states
}
