//! Weights that bound best: the more of a weighing nobody can reach, the more it rules out.
//!
//! For any weights that are not negative, no package brings every row `goal` units above its floor unless the weighted sum can be brought that
//! far. The weights for which that says most are found by subgradient steps (Held & Karp 1971), in whole numbers; whatever weights come out,
//! what they rule out is ruled out.

use super::diagram::Diagram;
use super::search::{Outlook, Weighing};
use super::sums::Sums;

/// A row that must reach a floor, and how much it counts to be above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "a row is what it is about")]
pub(crate) struct Row {
    /// Which row.
    pub(crate) row: usize,
    /// What it must reach.
    pub(crate) floor: i128,
    /// Units that count as one step above the floor; 0 where being above it brings nothing.
    pub(crate) unit: i128,
}

/// What weighing has found out.
#[derive(Debug)]
pub(crate) struct Weighed {
    /// Weights by position of the row: those that bound best.
    pub(crate) weights: Vec<i128>,
    /// The least that was found of the most the weighted sum can be above the weighted floors.
    pub(crate) most_above: i128,
    /// The weights as shares, to begin with elsewhere.
    pub(crate) shares: Vec<i128>,
    /// A package in which the worst row is as far above its floor as was met with, in steps; `None` where there is no package at all.
    pub(crate) package: Option<Vec<usize>>,
}

/// One, in the fixed-point numbers of weights.
const ONE: i128 = 1 << 16;
/// One, in the fixed-point numbers of distances from floors.
const FINE: i128 = 1 << 20;
/// Distances beyond this count as this.
const LONGEST: i128 = 1 << 40;

/// Finds weights.
pub(crate) fn weigh(sums: &Sums, diagram: &Diagram, binding: u128, rows: &[Row], steps: usize) -> Weighed {
    let even = vec![ONE / (rows.len() as i128).max(1); rows.len()];
    weigh_from(sums, diagram, binding, rows, steps, even)
}

/// The same, beginning with these shares.
pub(crate) fn weigh_from(
    sums: &Sums,
    diagram: &Diagram,
    binding: u128,
    rows: &[Row],
    steps: usize,
    mut shares: Vec<i128>,
) -> Weighed {
    let count = rows.len() as i128;
    // Rows that only have to be reached are measured by their range.
    let unit: Vec<i128> =
        rows.iter().map(|row| if row.unit > 0 { row.unit } else { sums.size(row.row).unwrap_or(1).max(1) }).collect();
    let widest = unit.iter().copied().max().unwrap_or(1);
    let goals = rows.iter().any(|row| row.unit > 0);
    let whole = |shares: &[i128]| -> Vec<i128> {
        shares.iter().zip(&unit).map(|(share, unit)| (share * (widest / unit).max(1)).max(0)).collect()
    };
    let mut best = Weighed { weights: whole(&shares), most_above: i128::MAX, shares: shares.clone(), package: None };
    let mut best_bound = i128::MAX;
    let mut worst_met = -2 * LONGEST;
    let mut pace = FINE;
    let mut since = 0;
    for _ in 0..steps {
        let weights = whole(&shares);
        let weighing = weighing(rows, &weights);
        let outlook = Outlook::new(sums, diagram, binding, &weighing);
        let (Some(most), Some(package)) = (outlook.best(), outlook.package(diagram, binding)) else {
            return Weighed { most_above: i128::MIN, package: None, ..best };
        };
        // Bounds compare by what they say of the steps every row could be above its floor.
        let divisor: i128 = rows
            .iter()
            .zip(&weights)
            .zip(&unit)
            .filter(|((row, _), _)| row.unit > 0 || !goals)
            .map(|((_, w), u)| w * u)
            .sum();
        let above = most - weighing.floor;
        let bound = if divisor > 0 { above.saturating_mul(FINE) / divisor } else { i128::MAX };
        let distances: Vec<i128> = rows
            .iter()
            .zip(&unit)
            .map(|(row, unit)| {
                let distance = (sums.value(row.row, &package) - row.floor).saturating_mul(FINE) / unit;
                distance.clamp(-LONGEST, LONGEST)
            })
            .collect();
        let required_met = rows.iter().zip(&distances).all(|(row, distance)| row.unit > 0 || !goals || *distance >= 0);
        let worst = rows
            .iter()
            .zip(&distances)
            .filter(|(row, _)| row.unit > 0 || !goals)
            .map(|(_, distance)| *distance)
            .min()
            .unwrap_or(0);
        let worst = if required_met { worst } else { -LONGEST };
        if best.package.is_none() || worst > worst_met {
            worst_met = worst;
            best.package = Some(package);
        }
        if bound < best_bound {
            best_bound = bound;
            best.most_above = above;
            best.weights = weights;
            best.shares.clone_from(&shares);
            since = 0;
        } else {
            since += 1;
            if since >= 8 {
                pace = pace * 3 / 4;
                since = 0;
            }
        }
        if best_bound < 0 && !goals {
            break;
        }
        // A step against the distances: what is far above its floor needs less weight, what is below it more (Polyak 1969).
        // Rows without weight that are not behind stay out of it.
        let mut moving: Vec<bool> = rows.iter().map(|_| true).collect();
        let mut mean = 0;
        for _ in 0..3 {
            let moved = || distances.iter().zip(&moving).filter(|(_, moving)| **moving).map(|(distance, _)| *distance);
            mean = moved().sum::<i128>() / (moved().count() as i128).max(1);
            moving = shares.iter().zip(&distances).map(|(share, distance)| *share > 0 || *distance < mean).collect();
        }
        let direction: Vec<i128> =
            distances.iter().zip(&moving).map(|(distance, moving)| if *moving { distance - mean } else { 0 }).collect();
        let length: i128 = direction.iter().map(|part| part * part).sum();
        if length == 0 {
            break;
        }
        let gap = (bound - worst_met).clamp(FINE / 4096, LONGEST);
        for (share, part) in shares.iter_mut().zip(&direction) {
            let step = gap * part / (length / ONE).max(1);
            *share = (*share - step.clamp(-ONE, ONE) * pace / FINE).max(0);
        }
        let total: i128 = shares.iter().sum();
        if total == 0 {
            shares.fill(ONE / count.max(1));
        } else {
            shares.iter_mut().for_each(|share| *share = *share * ONE / total);
        }
    }
    best
}

/// The weighings to search with: each row alone, then others that lean toward one row each, for where that row has fallen behind, and last the
/// one that bounds best from the start.
pub(crate) fn weighings(rows: &[Row], weights: &[i128]) -> Vec<Weighing> {
    let mut all: Vec<Weighing> = rows.iter().map(|row| Weighing::row(row.row, row.floor)).collect();
    if rows.len() > 2 {
        for at in (0..rows.len()).filter(|&at| weights[at] > 0) {
            let mut leaning: Vec<i128> = weights.iter().map(|weight| weight * 2).collect();
            leaning[at] = weights[at] * 3;
            all.push(weighing(rows, &leaning));
        }
    }
    if rows.len() > 1 {
        all.push(weighing(rows, weights));
    }
    all
}

/// Each row once, with the highest of its floors; nothing counts for being above.
pub(crate) fn once(floors: impl IntoIterator<Item = (usize, i128)>) -> Vec<Row> {
    let mut once: Vec<Row> = Vec::new();
    for (row, floor) in floors {
        match once.iter_mut().find(|other| other.row == row) {
            Some(other) => other.floor = other.floor.max(floor),
            None => once.push(Row { row, floor, unit: 0 }),
        }
    }
    once
}

/// The weighing of these rows with these weights; its floor is that of the rows.
pub(crate) fn weighing(rows: &[Row], weights: &[i128]) -> Weighing {
    let used = rows.iter().zip(weights).filter(|(_, weight)| **weight > 0);
    Weighing {
        weights: used.clone().map(|(row, weight)| (row.row, *weight)).collect(),
        floor: used.map(|(row, weight)| row.floor * weight).sum(),
    }
}
