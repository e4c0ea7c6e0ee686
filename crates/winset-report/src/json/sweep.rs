//! Sweeps as documents.

use serde_json::{Value, json};

use crate::sweep::{SweepView, share};

/// The document of `winset sweep reduce --json`. Shares are of the runs of a point, each with its interval (95 %, Wilson 1927).
pub fn sweep(view: &SweepView<'_>) -> Value {
    let points: Vec<Value> = view
        .points
        .iter()
        .enumerate()
        .map(|(at, point)| {
            let summary = &point.summary;
            let shares: Vec<Value> = summary
                .counts()
                .into_iter()
                .map(|(measure, of, runs)| {
                    let counted = share(runs, summary.runs);
                    let (low, high) = counted.interval().unwrap_or((0.0, 1.0));
                    json!({ "measure": measure, "of": of, "runs": runs, "share": counted.share(), "low": low, "high": high })
                })
                .collect();
            let means: Vec<Value> = summary
                .means()
                .into_iter()
                .map(|(measure, of, mean)| json!({ "measure": measure, "of": of, "mean": mean }))
                .collect();
            let rounds: Vec<Value> = summary
                .filled_by_round()
                .into_iter()
                .map(|(benchmark, round, runs)| json!({ "benchmark": benchmark, "round": round, "first_filled": runs }))
                .collect();
            json!({
                "point": at,
                "edits": point.edits,
                "runs": summary.runs,
                "shares": shares,
                "means": means,
                "benchmarks_by_round": rounds,
            })
        })
        .collect();
    json!({
        "title": view.title,
        "design": view.design,
        "vary": view.vary,
        "seed": view.seed,
        "runs": view.runs,
        "points": points,
    })
}
