//! Preferences over states, as whole-number ranks: the larger, the better; equal ranks are ties.

use crate::formula::Formula;
use crate::states::States;

/// How a decision maker's preference is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Preference {
    /// The states, best first; those in one group are tied. Every state stands in exactly one group.
    Ranking(Vec<Vec<usize>>),
    /// Statements, the most important first. A state is better when it makes the first statement true on which two states differ (Fang, Hipel &
    /// Kilgour 1993; Peng, Hipel & Kilgour 1997).
    Statements(Vec<Formula>),
    /// A weight per option, in any unit; a state is worth the sum of the weights of the options taken in it.
    Weights(Vec<i64>),
    /// What each state is worth, in any unit.
    Worth(Vec<i128>),
    /// A rank per state: the larger, the better.
    Ranks(Vec<u32>),
}

impl Preference {
    /// The ranks, one per state, without gaps from 0; or what is wrong with the ranking.
    pub(crate) fn ranks(self, states: &States) -> Result<Vec<u32>, String> {
        match self {
            Preference::Ranking(groups) => ranking(&groups, states.len()),
            Preference::Statements(statements) => Ok(lexicographic(&statements, states)),
            Preference::Weights(weights) => {
                let worth = (0..states.len()).map(|state| {
                    let key = states.key(state);
                    let taken = weights.iter().enumerate().filter(|(option, _)| key >> option & 1 == 1);
                    taken.map(|(_, weight)| i128::from(*weight)).sum()
                });
                Ok(dense(&worth.collect::<Vec<i128>>()))
            }
            Preference::Worth(worth) if worth.len() != states.len() => {
                Err(format!("has {} values for {} states", worth.len(), states.len()))
            }
            Preference::Worth(worth) => Ok(dense(&worth)),
            Preference::Ranks(ranks) if ranks.len() != states.len() => {
                Err(format!("has {} ranks for {} states", ranks.len(), states.len()))
            }
            // Searches count up to the largest rank.
            Preference::Ranks(ranks) if ranks.iter().all(|rank| (*rank as usize) < states.len()) => Ok(ranks),
            Preference::Ranks(ranks) => Ok(dense(&ranks)),
        }
    }
}

fn ranking(groups: &[Vec<usize>], states: usize) -> Result<Vec<u32>, String> {
    let mut ranks = vec![u32::MAX; states];
    for (place, group) in groups.iter().rev().enumerate() {
        for &state in group {
            let rank = ranks.get_mut(state).ok_or_else(|| {
                format!("names state {}, and the states are numbered 1 to {states}", state.wrapping_add(1))
            })?;
            if *rank != u32::MAX {
                return Err(format!("names state {} twice", state + 1));
            }
            *rank = place as u32;
        }
    }
    let missing: Vec<String> =
        (0..states).filter(|state| ranks[*state] == u32::MAX).map(|state| (state + 1).to_string()).collect();
    if missing.is_empty() {
        return Ok(ranks);
    }
    let shown = missing[..missing.len().min(5)].join(", ");
    let more = if missing.len() > 5 { format!(" and {} more", missing.len() - 5) } else { String::new() };
    Err(format!("leaves out state{} {shown}{more}", if missing.len() == 1 { "" } else { "s" }))
}

/// Statement by statement in chunks of 32: what the statements before say, then what these say.
fn lexicographic(statements: &[Formula], states: &States) -> Vec<u32> {
    let mut ranks = vec![0_u32; states.len()];
    for chunk in statements.chunks(32) {
        let keys: Vec<u64> = (0..states.len())
            .map(|state| {
                let key = states.key(state);
                let said = chunk.iter().fold(0_u64, |said, statement| said << 1 | u64::from(statement.holds(key)));
                u64::from(ranks[state]) << 32 | said
            })
            .collect();
        ranks = dense(&keys);
    }
    ranks
}

/// Ranks without gaps in the order of the values.
pub(crate) fn dense<T: Copy + Ord>(values: &[T]) -> Vec<u32> {
    let mut levels = values.to_vec();
    levels.sort_unstable();
    levels.dedup();
    values.iter().map(|value| levels.partition_point(|level| level < value) as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_count_in_their_order() {
        let states = States::feasible(2, &[]).unwrap();
        // First that option 1 is not taken, then that option 0 is.
        let statements = Preference::Statements(vec![Formula::option(1).negated(), Formula::option(0)]);
        assert_eq!(statements.ranks(&states).unwrap(), [2, 3, 0, 1]);
        let weights = Preference::Weights(vec![1, -2]);
        assert_eq!(weights.ranks(&states).unwrap(), [2, 3, 0, 1]);
    }

    #[test]
    fn more_statements_than_fit_a_word() {
        let states = States::feasible(2, &[]).unwrap();
        let mut statements = vec![Formula::Constant(true); 70];
        statements.push(Formula::option(0));
        assert_eq!(Preference::Statements(statements).ranks(&states).unwrap(), [0, 1, 0, 1]);
    }

    #[test]
    fn a_ranking_is_one_place_for_every_state() {
        let states = States::feasible(2, &[]).unwrap();
        let ranks = |groups: &[&[usize]]| {
            Preference::Ranking(groups.iter().map(|group| group.to_vec()).collect()).ranks(&states)
        };
        assert_eq!(ranks(&[&[3], &[0, 1], &[2]]).unwrap(), [1, 1, 0, 2]);
        assert_eq!(ranks(&[&[3], &[0]]).unwrap_err(), "leaves out states 2, 3");
        assert_eq!(ranks(&[&[3], &[0, 3]]).unwrap_err(), "names state 4 twice");
        assert_eq!(ranks(&[&[4]]).unwrap_err(), "names state 5, and the states are numbered 1 to 4");
    }
}
