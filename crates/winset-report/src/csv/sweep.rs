//! Sweeps as tables.

use super::{Cell, Table, count, number, text};
use crate::sweep::{SweepView, share, value};

/// The tables of `winset sweep reduce --csv`: `shares` and `means` of every point, `points` (what was varied), and `benchmarks` by round.
pub fn sweep(view: &SweepView<'_>) -> Vec<Table> {
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
    let bounds = [number("share"), number("low"), number("high")];
    let mut counted = vec![count("point"), text("measure"), text("of"), count("runs")];
    counted.extend(bounds);
    vec![
        Table { name: "shares", columns: counted, rows: shares },
        Table {
            name: "means",
            columns: vec![count("point"), text("measure"), text("of"), number("mean")],
            rows: means,
        },
        Table {
            name: "points",
            columns: vec![count("point"), text("path"), text("value"), text("edit")],
            rows: points,
        },
        Table {
            name: "benchmarks",
            columns: vec![count("point"), text("benchmark"), count("round"), count("first_filled")],
            rows: rounds,
        },
    ]
}
