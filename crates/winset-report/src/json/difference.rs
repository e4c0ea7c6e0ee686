//! The document of `winset diff --json`.

use serde_json::{Value, json};
use winset_brief::{Agreement, Changed, Difference, Thing};

use super::compare::measures;
use super::header;

/// The document of `winset diff --json`.
pub fn difference(difference: &Difference) -> Value {
    json!({
        "first": { "case": header(&difference.before.case), "measures": measures(&difference.before) },
        "second": { "case": header(&difference.after.case), "measures": measures(&difference.after) },
        "added": difference.added.iter().map(thing).collect::<Vec<_>>(),
        "removed": difference.removed.iter().map(thing).collect::<Vec<_>>(),
        "changed": difference.changed.iter().map(change).collect::<Vec<_>>(),
        "answers": difference.answers.iter().map(change).collect::<Vec<_>>(),
        "agreement": difference.agreement.iter().map(agreement).collect::<Vec<_>>(),
        "agreement_on_answers": difference.verdicts.iter().map(agreement).collect::<Vec<_>>(),
    })
}

fn thing(thing: &Thing) -> Value {
    json!({ "path": thing.path, "name": thing.name })
}

fn change(change: &Changed) -> Value {
    json!({ "path": change.path, "kind": change.kind.word(), "first": change.before, "second": change.after })
}

fn agreement(entry: &Agreement) -> Value {
    json!({
        "kind": entry.kind.word(),
        "compared": entry.compared,
        "equal": entry.equal,
        "said_by_one": entry.one_sided,
        "mean_difference": entry.mean_difference,
        "alpha": entry.alpha,
        "metric": entry.kind.metric().map(winset_brief::Metric::word),
    })
}
