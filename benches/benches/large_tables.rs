//! How long tables too large to list take. Run with `cargo bench -p winset-benches --bench large_tables`; every sample is another table,
//! generated from seeds 1, 2, …, so the median is over tables. `max alloc` is the most memory held at once.

use std::sync::atomic::{AtomicU64, Ordering};

use divan::{AllocProfiler, Bencher};
use winset_settle::large::{Condition, Existence, Formula, WorthTable};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// Worth of everything at once, for each player.
const WHOLE: u64 = 10_000;

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// What players want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wants {
    /// Weights and values at random.
    Random,
    /// The same weight for every issue and values at random: the largest frontiers.
    Even,
    /// On every issue each player is for the one end or the other, nine parts of ten.
    Opposed,
}

fn table(wants: Wants, players: usize, issues: usize, options: usize, reservation: i64, seed: u64) -> WorthTable {
    let mut random = Random(seed);
    let mut worth = Vec::new();
    for _ in 0..players {
        let weights: Vec<u64> =
            (0..issues).map(|_| if wants == Wants::Even { 1 } else { 1 + random.below(1000) }).collect();
        let total: u64 = weights.iter().sum();
        let mut rows = Vec::new();
        for weight in &weights {
            let rising = random.below(2) == 0;
            let mut row = Vec::new();
            for option in 0..options as u64 {
                let drawn = random.below(10_001);
                let end = 10_000 * option / (options as u64 - 1).max(1);
                let value = match wants {
                    Wants::Opposed => (9 * if rising { end } else { 10_000 - end } + drawn) / 10,
                    _ => drawn,
                };
                row.push((WHOLE * weight * value / total / 10_000) as i64);
            }
            rows.push(row);
        }
        worth.push(rows);
    }
    WorthTable {
        options: vec![options; issues],
        worth,
        reservation: vec![reservation; players],
        conditions: Vec::new(),
    }
}

/// The same with red lines (one or two options together, demanded not to be) and linkages over two or three issues.
fn with_conditions(mut table: WorthTable, red_lines: u64, linkages: u64, seed: u64) -> WorthTable {
    let mut random = Random(seed ^ 0xC0);
    let issues = table.options.len() as u64;
    let players = table.worth.len() as u64;
    for number in 0..red_lines + linkages {
        let count = if number < red_lines { 2 } else { 2 + random.below(2) };
        let parts: Vec<(usize, u128)> = (0..count)
            .map(|_| (random.below(issues) as usize, 1_u128 << random.below(10) | 1_u128 << random.below(10)))
            .collect();
        let condition = if number < red_lines {
            let refused = parts.iter().map(|&(issue, options)| Formula::In(issue, !options));
            Condition { when: Formula::Or(refused.collect()), adds: Vec::new(), demanded: true }
        } else {
            let adds = vec![(random.below(players) as usize, random.below(1_000) as i64 - 300)];
            Condition {
                when: Formula::And(parts.into_iter().map(|(issue, options)| Formula::In(issue, options)).collect()),
                adds,
                demanded: false,
            }
        };
        table.conditions.push(condition);
    }
    table
}

/// Another seed at every call.
fn seeds(make: impl Fn(u64) -> WorthTable + Sync) -> impl Fn() -> WorthTable + Sync {
    let seed = AtomicU64::new(1);
    move || make(seed.fetch_add(1, Ordering::Relaxed))
}

/// The exact frontier, 3 players, ten options an issue: 10^n packages, no reservation.
#[divan::bench(args = [6, 7, 12, 30], consts = [0, 1], sample_count = 11, sample_size = 1)]
fn frontier_3_players<const EVEN: usize>(bencher: Bencher<'_, '_>, issues: usize) {
    let wants = if EVEN == 1 { Wants::Even } else { Wants::Random };
    bencher.with_inputs(seeds(|seed| table(wants, 3, issues, 10, 0, seed))).bench_refs(|table| table.frontier(1));
}

/// The exact frontier, 2 players, 10^n packages.
#[divan::bench(args = [12, 30, 50], sample_count = 11, sample_size = 1)]
fn frontier_2_players(bencher: Bencher<'_, '_>, issues: usize) {
    bencher
        .with_inputs(seeds(|seed| table(Wants::Random, 2, issues, 10, 0, seed)))
        .bench_refs(|table| table.frontier(1));
}

/// The exact frontier, 5 players at 10^6 with a reservation of one half.
#[divan::bench(sample_count = 11, sample_size = 1)]
fn frontier_5_players_million(bencher: Bencher<'_, '_>) {
    bencher
        .with_inputs(seeds(|seed| table(Wants::Random, 5, 6, 10, WHOLE as i64 / 2, seed)))
        .bench_refs(|table| table.frontier(1));
}

/// A frontier within a twentieth of the whole, 5 players at 10^n, reservation one half.
#[divan::bench(args = [8, 10], sample_count = 5, sample_size = 1)]
fn frontier_5_players_within_5_percent(bencher: Bencher<'_, '_>, issues: usize) {
    bencher
        .with_inputs(seeds(|seed| table(Wants::Random, 5, issues, 10, WHOLE as i64 / 2, seed)))
        .bench_refs(|table| table.frontier_within(&[WHOLE as i64 / 20; 5], 1));
}

/// Nash point, 8 players at 10^30.
#[divan::bench(sample_count = 11, sample_size = 1)]
fn nash_8_players(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(seeds(|seed| table(Wants::Random, 8, 30, 10, 0, seed))).bench_refs(|table| table.nash());
}

/// Egalitarian point, 8 players at 10^30.
#[divan::bench(sample_count = 15, sample_size = 1)]
fn egalitarian_8_players(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(seeds(|seed| table(Wants::Random, 8, 30, 10, 0, seed))).bench_refs(|table| table.egalitarian());
}

/// Egalitarian point, 8 players, opposed, this many options in each of 30 issues.
#[divan::bench(args = [6, 10], sample_count = 15, sample_size = 1)]
fn egalitarian_8_players_opposed(bencher: Bencher<'_, '_>, options: usize) {
    bencher
        .with_inputs(seeds(|seed| table(Wants::Opposed, 8, 30, options, 0, seed)))
        .bench_refs(|table| table.egalitarian());
}

/// Existence on the knife's edge, 8 players at 10^30: all reservations at the best worst worth, or this much above it.
#[divan::bench(args = [0, 1], sample_count = 11, sample_size = 1)]
fn existence_at_the_edge(bencher: Bencher<'_, '_>, above: i64) {
    let edge = |seed| {
        let mut table = table(Wants::Random, 8, 30, 10, 0, seed);
        let best = table.egalitarian().expect("something is acceptable where nothing is demanded");
        let worth = |player: usize| -> i64 {
            table.worth[player].iter().zip(&best.packages[0]).map(|(row, &option)| row[option]).sum()
        };
        let worst = (0..8).map(worth).min().unwrap_or(0);
        table.reservation = vec![worst + above; 8];
        table
    };
    bencher.with_inputs(seeds(edge)).bench_refs(|table| table.existence());
}

/// Existence, 8 players at 10^30, every reservation this share of the whole (percent).
#[divan::bench(args = [50, 60, 65, 70], sample_count = 11, sample_size = 1)]
fn existence_8_players(bencher: Bencher<'_, '_>, percent: i64) {
    bencher
        .with_inputs(seeds(|seed| table(Wants::Random, 8, 30, 10, WHOLE as i64 * percent / 100, seed)))
        .bench_refs(|table| table.existence());
}

/// 10^14 packages, 6 players, 8 red lines, 15 linkages: existence, at reservations of so many percent.
#[divan::bench(args = [60, 70, 80], sample_count = 11, sample_size = 1)]
fn existence_with_conditions(bencher: Bencher<'_, '_>, percent: i64) {
    bencher.with_inputs(seeds(|seed| entangled(percent, seed))).bench_refs(|table| table.existence());
}

/// The same: all minimal blocking sets.
#[divan::bench(args = [70, 80], sample_count = 5, sample_size = 1)]
fn blockers_with_conditions(bencher: Bencher<'_, '_>, percent: i64) {
    bencher.with_inputs(seeds(|seed| entangled(percent, seed))).bench_refs(|table| {
        let blocked = table.blocking_sets();
        assert!(blocked.is_ok() || matches!(table.existence(), Existence::Undecided(_)));
    });
}

fn entangled(percent: i64, seed: u64) -> WorthTable {
    with_conditions(table(Wants::Random, 6, 14, 10, WHOLE as i64 * percent / 100, seed), 8, 15, seed)
}
