//! Tables made from a seed, the same on every machine.

use winset_settle::large::{Condition, Formula, WorthTable};

/// `SplitMix64` (Steele, Lea & Flood 2014).
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
pub enum Wants {
    /// Values of 0 to 10,000 for every option at random, every issue counting the same: the largest frontiers.
    Even,
    /// The same with a weight from 1 to 1,000 for each issue, at random; everything at once is worth about 1,000,000.
    Random,
    /// As `Random`, but on every issue each player is for the one end or the other, nine parts of ten.
    Opposed,
}

/// What a table is made of.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// What players want.
    pub wants: Wants,
    /// How many players.
    pub players: usize,
    /// How many issues.
    pub issues: usize,
    /// How many options each issue has.
    pub options: usize,
    /// What each player requires, in percent of the best it can imagine.
    pub required: i64,
}

/// A table without conditions.
pub fn table(shape: Shape, seed: u64) -> WorthTable {
    let Shape { wants, players, issues, options, required } = shape;
    let mut random = Random(seed);
    let (mut worth, mut reservation) = (Vec::new(), Vec::new());
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
                    Wants::Even | Wants::Random => drawn,
                };
                row.push(if wants == Wants::Even { value } else { 100 * weight * value / total } as i64);
            }
            rows.push(row);
        }
        let best: i64 = rows.iter().map(|row| row.iter().max().copied().unwrap_or(0)).sum();
        reservation.push(best * required / 100);
        worth.push(rows);
    }
    WorthTable { options: vec![options; issues], worth, reservation, conditions: Vec::new() }
}

/// The same table with red lines (one or two options of two issues together are refused) and linkages (worth that hangs on two or three issues).
#[must_use]
pub fn with_conditions(mut table: WorthTable, red_lines: u64, linkages: u64, seed: u64) -> WorthTable {
    let mut random = Random(seed ^ 0xC0);
    let issues = table.options.len() as u64;
    let players = table.worth.len() as u64;
    for number in 0..red_lines + linkages {
        let count = if number < red_lines { 2 } else { 2 + random.below(2) };
        let parts: Vec<(usize, u128)> = (0..count)
            .map(|_| (random.below(issues) as usize, 1 << random.below(10) | 1 << random.below(10)))
            .collect();
        let condition = if number < red_lines {
            let refused = parts.iter().map(|&(issue, options)| Formula::In(issue, !options));
            Condition { when: Formula::Or(refused.collect()), adds: Vec::new(), demanded: true }
        } else {
            let adds = vec![(random.below(players) as usize, random.below(100_000) as i64 - 30_000)];
            let when = parts.into_iter().map(|(issue, options)| Formula::In(issue, options)).collect();
            Condition { when: Formula::And(when), adds, demanded: false }
        };
        table.conditions.push(condition);
    }
    table
}

/// A table on the knife's edge: all require the best worst worth there is, or this much more.
pub fn at_the_edge(shape: Shape, above: i64, seed: u64) -> WorthTable {
    let mut table = table(Shape { required: 0, ..shape }, seed);
    let best = table.egalitarian().expect("where nothing is required something is acceptable");
    let worth =
        |rows: &Vec<Vec<i64>>| -> i64 { rows.iter().zip(&best.packages[0]).map(|(row, &option)| row[option]).sum() };
    let worst = table.worth.iter().map(worth).min().unwrap_or(0);
    table.reservation = vec![worst + above; shape.players];
    table
}
