//! How far the memory would let an analysis go (the roofline of Williams, Waterman & Patterson 2009): how fast this machine reads and copies, measured in the same
//! run and on one thread as the analyses are, and how many bytes an analysis has to read and write.

use winset::stability::Concept;

use crate::timed;

/// A gigabyte, as memory is sold by and measured.
pub(crate) const GIGABYTE: f64 = 1e9;

/// How often memory is read through; the best counts.
const PASSES: usize = 7;

/// The size of the last-level cache in bytes, where the system says it; else that of a usual server.
pub(crate) fn last_level_cache() -> usize {
    let size = |index: usize| {
        let text = std::fs::read_to_string(format!("/sys/devices/system/cpu/cpu0/cache/index{index}/size")).ok()?;
        Some(text.trim().strip_suffix('K')?.parse::<usize>().ok()? << 10)
    };
    (0..5).filter_map(size).max().unwrap_or(32 << 20)
}

/// The bytes a second at which an array of so many bytes is read from one end to the other.
pub(crate) fn read_speed(bytes: usize) -> f64 {
    let array = vec![1_u64; bytes.div_ceil(8)];
    // Several sums, so that none waits for the one before.
    speed(bytes, || {
        array.as_chunks::<16>().0.iter().fold([0_u64; 16], |mut sums, part| {
            sums.iter_mut().zip(part).for_each(|(sum, word)| *sum ^= word);
            sums
        })
    })
}

/// The bytes a second at which an array of so many bytes is copied to another one; those read and those written are counted both.
pub(crate) fn copy_speed(bytes: usize) -> f64 {
    let from = vec![1_u8; bytes];
    let mut to = vec![0_u8; bytes];
    speed(2 * bytes, || to.copy_from_slice(std::hint::black_box(&from)))
}

/// The most of several passes. What takes no longer than the clock can tell is done many times over.
fn speed<T>(bytes: usize, mut pass: impl FnMut() -> T) -> f64 {
    let times = (1_usize << 26).div_ceil(bytes);
    let seconds = (0..PASSES).map(|_| {
        let many = || (0..times).for_each(|_| drop(std::hint::black_box(pass())));
        timed(many).0
    });
    (bytes * times) as f64 / seconds.fold(f64::INFINITY, f64::min)
}

/// The bytes that the analysis of a model with every choice of options streams from and to its arrays, at least: what the loops of
/// `crates/winset-stability/src/cube.rs`, `order.rs` and `slice.rs` pass through, whichever cache it comes from. `bits` holds the number of options of every
/// decision maker. Slices are swept once for every opponent at least, and often more: how often depends on the preferences and is not counted.
pub(crate) fn bytes(bits: &[u32], concepts: &[Concept]) -> u64 {
    /// A rank, or a least value: 32 bits.
    const NUMBER: u64 = 4;
    /// Two values of a state in a slice.
    const VALUES: u64 = 2 * NUMBER;
    /// A place in the order of a row.
    const ENTRY: u64 = 2;
    let states = 1_u64 << bits.iter().sum::<u32>();
    let credible = concepts.iter().any(|concept| concept.is_credible());
    let per_row = concepts.iter().filter(|concept| !matches!(concept, Concept::Gmr | Concept::Smr)).count() as u64;
    let of_maker = |own: &u32| {
        let rows = states >> own;
        // The best of each row and what can be secured; then the comparison, ranks being read once for all concepts, a bit of a set written for each.
        let plain = NUMBER * (states + rows) + NUMBER * (states + per_row * rows) + concepts.len() as u64 * states / 8;
        if !credible {
            return plain;
        }
        let opponents = bits.len() as u64 - 1;
        // Rows are sorted. Slices are filled with ranks and the best of rows; swept for every opponent, values being read and written and the order read; and
        // give their values to the thresholds.
        let sorted = NUMBER * states + ENTRY * states;
        let filled = 2 * NUMBER * states + VALUES * states;
        let swept = opponents * (2 * VALUES + ENTRY) * states;
        let given = VALUES * states + NUMBER * states + 2 * VALUES * states;
        plain + sorted + filled + swept + given
    };
    bits.iter().map(of_maker).sum()
}
