//! The feasible states of a model: which choices of options are possible.

use crate::formula::Formula;
use crate::refusal::Refusal;

/// The most options a model may have.
pub const OPTION_LIMIT: usize = 60;

/// The most states a model may have.
pub const STATE_LIMIT: usize = 1 << 27;

/// How many partial states are looked at while listing the feasible ones.
const SEARCH_LIMIT: usize = 1 << 31;

/// The states of a model, numbered from 0 in ascending order of their keys. A key has bit `j` set when option `j` is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct States {
    options: usize,
    /// Ascending; `None` where every choice of options is a state.
    keys: Option<Vec<u64>>,
    /// Where states were merged: every key with the state it is part of, ascending by key.
    parts: Option<Vec<(u64, u32)>>,
}

impl States {
    /// Every choice of options that none of the infeasible conditions holds for.
    pub fn feasible(options: usize, infeasible: &[Formula]) -> Result<Self, Refusal> {
        if options > OPTION_LIMIT {
            return Err(Refusal::TooManyOptions { options });
        }
        if infeasible.iter().all(|condition| *condition == Formula::Constant(false)) {
            if 1_usize << options > STATE_LIMIT {
                return Err(Refusal::TooManyStates);
            }
            return Ok(States { options, keys: None, parts: None });
        }
        // Options are decided from the last to the first, so that states come out in order; a part of the tree in which a condition
        // certainly holds is left out as a whole.
        let mut keys = Vec::new();
        let mut looked_at = 0_usize;
        let mut open = vec![(options, 0_u64)];
        while let Some((undecided, key)) = open.pop() {
            looked_at += 1;
            let known = !((1_u64 << undecided) - 1);
            if infeasible.iter().any(|condition| condition.holds_partly(key, known) == Some(true)) {
                continue;
            }
            if undecided == 0 {
                keys.push(key);
            } else {
                open.push((undecided - 1, key | 1 << (undecided - 1)));
                open.push((undecided - 1, key));
            }
            if keys.len() > STATE_LIMIT || looked_at > SEARCH_LIMIT {
                return Err(Refusal::TooManyStates);
            }
        }
        if keys.is_empty() {
            return Err(Refusal::NoStates);
        }
        let keys = (keys.len() != 1 << options).then_some(keys);
        Ok(States { options, keys, parts: None })
    }

    /// How many there are.
    #[expect(clippy::len_without_is_empty, reason = "a model always has a state")]
    pub fn len(&self) -> usize {
        self.keys.as_ref().map_or(1 << self.options, Vec::len)
    }

    /// The number of options.
    pub fn options(&self) -> usize {
        self.options
    }

    /// Whether every choice of options is a state.
    pub fn is_cube(&self) -> bool {
        self.keys.is_none()
    }

    /// The key of a state; of a merged one, that of its first part.
    pub fn key(&self, state: usize) -> u64 {
        self.keys.as_ref().map_or(state as u64, |keys| keys[state])
    }

    /// The state with this key, or that it is part of.
    pub fn find(&self, key: u64) -> Option<usize> {
        if let Some(parts) = &self.parts {
            let at = parts.binary_search_by_key(&key, |part| part.0).ok()?;
            return Some(parts[at].1 as usize);
        }
        match &self.keys {
            Some(keys) => keys.binary_search(&key).ok(),
            None => (key < 1 << self.options).then_some(key as usize),
        }
    }

    /// Whether states were merged.
    pub fn is_merged(&self) -> bool {
        self.parts.is_some()
    }

    /// Every key that is part of a state.
    pub fn parts(&self, state: usize) -> Vec<u64> {
        match &self.parts {
            Some(parts) => parts.iter().filter(|part| part.1 as usize == state).map(|part| part.0).collect(),
            None => vec![self.key(state)],
        }
    }

    /// The choice of options as text, `Y` and `N` per option, the first option first; `-` where the parts of a merged state differ.
    pub fn pattern(&self, state: usize) -> String {
        let parts = self.parts(state);
        let (any, all) = parts.iter().fold((0, u64::MAX), |(any, all), key| (any | key, all & key));
        (0..self.options)
            .map(|option| match (any >> option & 1, all >> option & 1) {
                (1, 1) => 'Y',
                (0, _) => 'N',
                _ => '-',
            })
            .collect()
    }

    /// The same states with those that cannot be told apart made one: all that a condition holds for become one state, numbered where the first of
    /// them stood. Gives for every state before the one it is now.
    pub(crate) fn merge(&self, conditions: &[Formula]) -> (States, Vec<u32>) {
        let mut first_of: Vec<Option<u32>> = vec![None; conditions.len()];
        let mut now = Vec::with_capacity(self.len());
        let (mut keys, mut parts) = (Vec::new(), Vec::new());
        for state in 0..self.len() {
            let key = self.key(state);
            let condition = conditions.iter().position(|condition| condition.holds(key));
            let known = condition.and_then(|condition| first_of[condition]);
            let merged = known.unwrap_or_else(|| {
                keys.push(key);
                keys.len() as u32 - 1
            });
            if let Some(condition) = condition {
                first_of[condition] = Some(merged);
            }
            now.push(merged);
            parts.push((key, merged));
        }
        (States { options: self.options, keys: Some(keys), parts: Some(parts) }, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_ascend_and_are_found_again() {
        let never_both = Formula::Pattern { mask: 0b11, value: 0b11 };
        let states = States::feasible(3, &[never_both]).unwrap();
        let keys: Vec<u64> = (0..states.len()).map(|state| states.key(state)).collect();
        assert_eq!(keys, [0, 1, 2, 4, 5, 6]);
        assert_eq!(states.find(5), Some(4));
        assert_eq!(states.find(7), None);
        assert_eq!(states.pattern(4), "YNY");
        assert_eq!(States::feasible(2, &[Formula::Constant(true)]), Err(Refusal::NoStates));
    }

    #[test]
    fn a_large_space_with_few_states_is_listed() {
        // Fifty options of which at most the first two may be taken.
        let infeasible: Vec<Formula> = (2..50).map(Formula::option).collect();
        assert_eq!(States::feasible(50, &infeasible).unwrap().len(), 4);
        assert_eq!(States::feasible(40, &[]), Err(Refusal::TooManyStates));
    }

    #[test]
    fn merged_states_keep_their_parts() {
        let states = States::feasible(2, &[]).unwrap();
        let (merged, now) = states.merge(&[Formula::option(1)]);
        assert_eq!(now, [0, 1, 2, 2]);
        assert_eq!((merged.len(), merged.find(3)), (3, Some(2)));
        assert_eq!(merged.pattern(2), "-Y");
    }
}
