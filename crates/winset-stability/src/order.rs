//! Every row of a decision maker from its best state to its worst.

use crate::cube::Block;

/// The order of the states in every row of a decision maker, best first.
pub(crate) struct Order {
    /// Row by row: the position in the row, and [`Order::WORSE`] where the state is strictly worse than the one before.
    entries: Vec<u16>,
    bits: u32,
}

impl Order {
    /// Set where a state is worse than the one before, and not tied with it.
    pub(crate) const WORSE: u16 = 1 << 15;
    /// The most options whose rows are held this way.
    pub(crate) const MOST_BITS: u32 = 15;

    pub(crate) fn new(ranks: &[u32], block: Block) -> Self {
        let size = block.size();
        let mut entries = vec![0_u16; ranks.len()];
        let mut keys = vec![0_u64; size];
        for (row, entries) in entries.chunks_mut(size).enumerate() {
            for (value, key) in keys.iter_mut().enumerate() {
                // Best first, and among equals the first first.
                *key = u64::from(!ranks[block.insert(row, value)]) << 16 | value as u64;
            }
            keys.sort_unstable();
            let mut before = keys[0] >> 16;
            for (entry, key) in entries.iter_mut().zip(&keys) {
                let worse = if key >> 16 == before { 0 } else { Self::WORSE };
                *entry = *key as u16 | worse;
                before = key >> 16;
            }
        }
        Order { entries, bits: block.bits }
    }

    /// A row's states, best first.
    pub(crate) fn row(&self, row: usize) -> &[u16] {
        &self.entries[row << self.bits..(row + 1) << self.bits]
    }
}
