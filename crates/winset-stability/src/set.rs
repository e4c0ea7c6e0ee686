//! Sets of states, one bit each.

/// A set of states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateSet {
    words: Vec<u64>,
    len: usize,
}

impl StateSet {
    /// None of `len` states.
    pub fn empty(len: usize) -> Self {
        StateSet { words: vec![0; len.div_ceil(64)], len }
    }

    /// All of `len` states.
    pub fn full(len: usize) -> Self {
        Self::from_fn(len, |_| true)
    }

    /// The states a test holds for.
    pub fn from_fn(len: usize, test: impl Fn(usize) -> bool) -> Self {
        let mut set = Self::empty(len);
        for (at, word) in set.words.iter_mut().enumerate() {
            let states = at * 64..(at * 64 + 64).min(len);
            *word = states.rev().fold(0, |word, state| word << 1 | u64::from(test(state)));
        }
        set
    }

    /// Says of some states from 64 times `at` on, 64 at a time, which are in it: 1 for those that are, 0 for the others.
    pub(crate) fn put(&mut self, at: usize, holds: &[[u8; 64]]) {
        self.words[at..].iter_mut().zip(holds).for_each(|(word, holds)| *word = word_of(holds));
    }

    /// How many states there are in all, in the set or not.
    pub fn universe(&self) -> usize {
        self.len
    }

    /// Whether a state is in it.
    pub fn contains(&self, state: usize) -> bool {
        self.words[state / 64] >> (state % 64) & 1 == 1
    }

    /// Adds a state.
    pub fn insert(&mut self, state: usize) {
        self.words[state / 64] |= 1 << (state % 64);
    }

    /// How many states are in it.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Keeps the states that are in the other set as well.
    pub fn intersect(&mut self, other: &StateSet) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
    }

    /// Whether every state of this set is in the other.
    pub fn is_subset(&self, other: &StateSet) -> bool {
        self.words.iter().zip(&other.words).all(|(word, other)| word & !other == 0)
    }

    /// The states in it, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                rest &= rest.wrapping_sub(1);
                (bit < 64).then_some(at * 64 + bit as usize)
            })
        })
    }
}

/// Bytes of 0 and 1 as bits. Eight at a time, where one after the other would wait for the one before: the product has byte `i` at bit 56 + `i`, and no two of
/// its terms at one bit.
fn word_of(holds: &[u8; 64]) -> u64 {
    let (eights, _) = holds.as_chunks::<8>();
    let bits = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |word, eight| word << 8 | bits(eight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_lists_what_it_holds() {
        let set = StateSet::from_fn(130, |state| state % 64 == 63 || state == 129);
        assert_eq!(set.iter().collect::<Vec<_>>(), [63, 127, 129]);
        assert_eq!(set.count(), 3);
        assert!(set.is_subset(&StateSet::full(130)) && !StateSet::full(130).is_subset(&set));
    }

    #[test]
    fn every_state_has_a_bit_of_its_own() {
        for state in 0..64 {
            let mut holds = [0; 64];
            holds[state] = 1;
            assert_eq!(word_of(&holds), 1 << state);
            assert_eq!(word_of(&holds.map(|holds| 1 - holds)), !(1 << state));
        }
    }
}
