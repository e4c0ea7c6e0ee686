//! Sweeps as tables.

use super::{Cell, Table, choose};
use crate::sweep::{SweepView, share, value};

/// The tables of `winset sweep reduce --csv`: `shares` and `means` of every point, `points` (what was varied), and `benchmarks` by round.
///
/// # Errors
///
/// The names of the tables, where there is none of the name asked for.
pub fn sweep(view: &SweepView<'_>, name: &str) -> Result<String, Vec<&'static str>> {
    let (mut shares, mut means, mut points, mut rounds) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let paths = view.paths();
    for (at, point) in view.points.iter().enumerate() {
        let at = Cell::Whole(at as u64);
        let summary = &point.summary;
        for (path, edit) in paths.iter().zip(&point.edits) {
            let value = value(edit).parse().map_or_else(|_| Cell::from(value(edit)), Cell::Number);
            points.push(vec![at.clone(), Cell::from(path.clone()), value, Cell::from(edit.clone())]);
        }
        for (measure, of, runs) in summary.counts() {
            let counted = share(runs, summary.runs);
            let (low, high) = counted.interval().unwrap_or((0.0, 1.0));
            let mut row = vec![at.clone(), Cell::from(measure), Cell::from(of), Cell::Whole(runs)];
            row.extend([Cell::number(counted.share()), Cell::Number(low), Cell::Number(high)]);
            shares.push(row);
        }
        for (measure, of, mean) in summary.means() {
            means.push(vec![at.clone(), Cell::from(measure), Cell::from(of), Cell::Number(mean)]);
        }
        for (benchmark, round, runs) in summary.filled_by_round() {
            rounds.push(vec![at.clone(), Cell::from(benchmark), Cell::Whole(u64::from(round)), Cell::Whole(runs)]);
        }
    }
    choose(
        &[
            Table { name: "shares", header: &["point", "measure", "of", "runs", "share", "low", "high"], rows: shares },
            Table { name: "means", header: &["point", "measure", "of", "mean"], rows: means },
            Table { name: "points", header: &["point", "path", "value", "edit"], rows: points },
            Table { name: "benchmarks", header: &["point", "benchmark", "round", "first_filled"], rows: rounds },
        ],
        name,
    )
}
