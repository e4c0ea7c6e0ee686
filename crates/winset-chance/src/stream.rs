//! Named streams of random numbers.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// What the key is made of besides the seed: raised when the meaning of a draw changes, so that results of two versions are not mixed up.
pub const MODEL_VERSION: u32 = 1;

/// The place of one number in every stream: the first eight bytes of the SHA-256 of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(pub(crate) u64);

impl Name {
    /// The place of the number with this name, such as `number actor.government.fallback`.
    pub fn new(name: &str) -> Self {
        let digest: [u8; 32] = Sha256::digest(name.as_bytes()).into();
        Name(u64::from_le_bytes(std::array::from_fn(|byte| digest[byte])))
    }
}

/// The key of a seed: SHA-256 of (model version, seed).
pub(crate) fn key(seed: u64) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"winset model ");
    hash.update(MODEL_VERSION.to_le_bytes());
    hash.update(seed.to_le_bytes());
    hash.finalize().into()
}

/// The luck of one draw or one run: `ChaCha8` keyed by SHA-256 of (model version, seed), with the index of the draw as its stream.
#[derive(Debug, Clone)]
pub struct Luck(ChaCha8Rng);

impl Luck {
    /// The luck of the draw with this index.
    pub fn new(seed: u64, draw: u64) -> Self {
        let mut generator = ChaCha8Rng::from_seed(key(seed));
        generator.set_stream(draw);
        Luck(generator)
    }

    /// The same seed, another draw.
    pub fn turn_to(&mut self, draw: u64) {
        self.0.set_stream(draw);
    }

    /// A number evenly spread over [0, 1), 53 bits of it, that belongs to this name.
    pub fn of(&mut self, name: Name) -> f64 {
        // Sixteen words to a block; the block is the name's, so nothing drawn before matters.
        self.0.set_word_pos(u128::from(name.0) << 4);
        (self.0.next_u64() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }
}
