//! Draws as documents.

use serde_json::{Value, json};
use winset_brief::draws::{ClaimRobustness, EnsembleResult, Share, Threshold, Tuning};
use winset_case::{Case, Likelihood};
use winset_settle::Deals;

/// In how many draws something held.
fn share(share: &Share) -> Value {
    json!({
        "draws": share.draws(),
        "holds": share.holds,
        "undecided": share.undecided,
        "share": share.share(),
        "interval": share.interval().map(|(low, high)| [low, high]),
        "likelihood": share.word().map(Likelihood::word),
    })
}

/// How robust a claim is.
pub(super) fn robustness(robustness: &ClaimRobustness) -> Value {
    json!({
        "given_ranges": share(&robustness.given),
        "admissible_ranges": share(&robustness.admissible),
        "tuning": robustness.tuning().map(Tuning::word),
        "hedge": robustness.hedge.map(|(hedge, within)| json!({ "likelihood": hedge.word(), "holds": within })),
        "first_turned_by": robustness.threshold.as_ref().map(threshold),
    })
}

/// The number that first turns a verdict.
fn threshold(threshold: &Threshold) -> Value {
    json!({
        "path": threshold.path,
        "value": threshold.from.to_f64(),
        "turns_at": threshold.at.to_f64(),
        "end_of_range": threshold.end.to_f64(),
    })
}

/// Everything draws come to, claims aside.
pub(super) fn ensemble(case: &Case, result: &EnsembleResult) -> Value {
    let tables: Vec<Value> = result
        .tables
        .iter()
        .map(|shares| {
            json!({
                "track": case.tracks[shares.track.0].id,
                "deals": match shares.deals { Deals::Mandate => "mandate", Deals::Concluding => "concluding" },
                "has_deal": share(&shares.open),
                "opened_by_levers": shares.opened_by_levers.as_ref().map(share),
                "first_turned_by": shares.threshold.as_ref().map(threshold),
            })
        })
        .collect();
    let frameworks: Vec<Value> = result
        .frameworks
        .iter()
        .map(|shares| {
            let framework = &case.frameworks[shares.framework.0];
            let standing = framework.benchmarks.iter().filter(|benchmark| benchmark.on);
            let benchmarks: serde_json::Map<String, Value> = standing
                .zip(&shares.benchmarks)
                .map(|(benchmark, found)| (benchmark.id.clone(), share(found)))
                .collect();
            json!({ "framework": framework.id, "concluded": share(&shares.concluded), "reached": benchmarks })
        })
        .collect();
    let influential: Vec<Value> = result
        .influential
        .iter()
        .map(|influential| {
            let quantity = influential.place.of(case);
            json!({
                "path": influential.path,
                "basis": crate::evidence::basis(&quantity.evidence),
                "moves": influential.verdict,
                "share_when_low": influential.shares.0,
                "share_when_high": influential.shares.1,
                "verdicts_moved": influential.moved,
            })
        })
        .collect();
    json!({
        "draws": result.settings.draws,
        "seed": result.settings.seed,
        "numbers_drawn": result.drawn,
        "tables": tables,
        "frameworks": frameworks,
        "influential": influential,
    })
}
