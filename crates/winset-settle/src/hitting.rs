//! Families of sets of constraints, as bit masks: minimal sets, and the minimal sets that hit them all.
//!
//! Minimal blocking sets are the minimal hitting sets of the minimal correction sets (Reiter 1987; Liffiton & Sakallah 2008).

/// A family of sets none of which contains another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Minimal {
    sets: Vec<u128>,
}

impl Minimal {
    /// Adds a set, unless one inside it is there already; drops those around it.
    pub(crate) fn insert(&mut self, set: u128) {
        if self.sets.iter().any(|&other| within(other, set)) {
            return;
        }
        self.sets.retain(|&other| !within(set, other));
        self.sets.push(set);
    }

    /// The sets, smallest first, then by their members.
    pub(crate) fn sorted(mut self) -> Vec<u128> {
        self.sets.sort_unstable_by_key(|set| (set.count_ones(), set.reverse_bits().wrapping_neg()));
        self.sets
    }
}

/// The minimal sets that share a member with each of `sets` (Berge 1989), or `None` if there are more than `limit` on the way.
pub(crate) fn minimal_hitting_sets(sets: &[u128], limit: usize) -> Option<Minimal> {
    let mut hitting = Minimal { sets: vec![0] };
    for &set in sets {
        let mut next = Minimal::default();
        for &partial in &hitting.sets {
            if partial & set != 0 {
                next.insert(partial);
            }
        }
        for &partial in &hitting.sets {
            if partial & set == 0 {
                for member in members(set) {
                    next.insert(partial | 1 << member);
                }
            }
        }
        if next.sets.len() > limit {
            return None;
        }
        hitting = next;
    }
    Some(hitting)
}

/// Whether every member of `inner` is in `outer`.
fn within(inner: u128, outer: u128) -> bool {
    inner & !outer == 0
}

/// The positions of the bits set, ascending.
pub(crate) fn members(set: u128) -> impl Iterator<Item = usize> {
    (0..128).filter(move |position| set >> position & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hits(candidate: u128, sets: &[u128]) -> bool {
        sets.iter().all(|set| set & candidate != 0)
    }

    proptest! {
        /// Against the definition, over every subset of ten elements.
        #[test]
        fn hitting_sets_are_those_of_the_definition(sets in prop::collection::vec(1_u128..1024, 0..8)) {
            let mut expected: Vec<u128> = (0..1024_u128)
                .filter(|&candidate| hits(candidate, &sets) && members(candidate).all(|member| !hits(candidate & !(1 << member), &sets)))
                .collect();
            let mut found = minimal_hitting_sets(&sets, 10_000).unwrap().sorted();
            expected.sort_unstable();
            found.sort_unstable();
            prop_assert_eq!(found, expected);
        }

        /// The hitting sets of the hitting sets are the minimal sets one began with.
        #[test]
        fn hitting_twice_gives_back_the_minimal_sets(sets in prop::collection::vec(1_u128..1024, 1..8)) {
            let mut minimal = Minimal::default();
            sets.iter().for_each(|&set| minimal.insert(set));
            let once = minimal_hitting_sets(&sets, 10_000).unwrap().sorted();
            let twice = minimal_hitting_sets(&once, 10_000).unwrap().sorted();
            prop_assert_eq!(twice, minimal.sorted());
        }
    }

    #[test]
    fn too_many_is_said() {
        let sets: Vec<u128> = (0..12).map(|pair| 0b11 << (2 * pair)).collect();
        assert!(minimal_hitting_sets(&sets, 100).is_none());
    }
}
