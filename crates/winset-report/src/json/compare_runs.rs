//! The document of `winset compare --runs N --json`.

use serde_json::{Value, json};
use winset_brief::unfold::{Beside, Estimate, Measure, RunComparison};

use super::header;

/// The document of `winset compare --runs N --json`.
pub fn compare_runs(comparison: &RunComparison) -> Value {
    let case = comparison.today.case();
    let measure = |row: &Beside| {
        let (measure, of) = row.measure.names(case);
        let mut value = json!({
            "measure": measure,
            "of": of,
            "today": estimate(row.today),
            "with_option": estimate(row.with),
            "difference": estimate(row.difference),
            "told_apart": row.is_told_apart(),
        });
        if matches!(row.measure, Measure::Filled(..)) {
            value["half_by_round"] = json!({ "today": row.half.0, "with_option": row.half.1 });
        }
        value
    };
    let today = comparison.today().into_iter().map(|row| {
        let (measure, of) = row.measure.names(case);
        let mut value = json!({ "measure": measure, "of": of, "today": estimate(row.today) });
        if matches!(row.measure, Measure::Filled(..)) {
            value["half_by_round"] = json!(row.half.0);
        }
        value
    });
    let options = comparison.options.iter().enumerate().map(|(number, (option, process))| {
        json!({
            "id": if option.id.is_empty() { None } else { Some(&option.id) },
            "name": option.name,
            "actor": option.actor.map(|actor| case.actors[actor.0].id.as_str()),
            "levers": option.levers.iter().map(|lever| case.levers[lever.0].id.as_str()).collect::<Vec<_>>(),
            "reading": option.reading.map(|reading| case.readings[reading.0].id.as_str()),
            "edits": option.edits.iter().map(|edit| edit.text.as_str()).collect::<Vec<_>>(),
            "not_run": process.as_ref().err().map(ToString::to_string),
            "measures": comparison.beside(number).iter().map(measure).collect::<Vec<_>>(),
        })
    });
    json!({
        "case": header(case),
        "runs": comparison.runs,
        "seed": comparison.seed,
        "rounds": comparison.today.horizon(),
        "round_length": case.dynamics.round_length.word(),
        "today": today.collect::<Vec<_>>(),
        "options": options.collect::<Vec<_>>(),
    })
}

fn estimate(estimate: Option<Estimate>) -> Value {
    estimate
        .map_or(Value::Null, |estimate| json!({ "value": estimate.value, "low": estimate.low, "high": estimate.high }))
}
