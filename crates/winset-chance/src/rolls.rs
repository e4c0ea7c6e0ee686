//! Random words by name and round, many rounds at a time.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::stream::{Name, key};

/// Rounds whose words are made together: four blocks of `ChaCha8`.
pub const BATCH: usize = 64;

/// The luck of one run after the other, by name and round.
///
/// A word is a function of (model version, seed, run, name, round) alone: `ChaCha8` keyed by SHA-256 of model version and seed, with the run as its
/// stream; the name says at which block its words begin, and the round which word it is from there. So it does not matter who else draws, in which
/// order, or whether at all.
#[derive(Debug, Clone)]
pub struct Rolls(ChaCha8Rng);

impl Rolls {
    /// The luck of all runs of a seed.
    pub fn new(seed: u64) -> Self {
        Rolls(ChaCha8Rng::from_seed(key(seed)))
    }

    /// Turns to another run.
    pub fn turn_to(&mut self, run: u64) {
        self.0.set_stream(run);
    }

    /// The words of a name for the rounds `batch * BATCH` and after.
    pub fn words(&mut self, name: Name, batch: u32, words: &mut [u32; BATCH]) {
        let block = u128::from(name.0) + u128::from(batch) * (BATCH as u128 / 16);
        self.0.set_word_pos((block & u128::from(u64::MAX)) << 4);
        let mut bytes = [0; BATCH * 4];
        self.0.fill_bytes(&mut bytes);
        for (word, bytes) in words.iter_mut().zip(bytes.as_chunks().0) {
            *word = u32::from_le_bytes(*bytes);
        }
    }
}
