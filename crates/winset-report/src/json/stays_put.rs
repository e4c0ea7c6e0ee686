//! What stays put, in the document of `winset brief --json`.

use serde_json::{Map, Value, json};
use winset_brief::Brief;
use winset_brief::game::Leaving;
use winset_case::Case;

use super::game::{ids, number, unit_range};

/// Whether today's choice of levers stays put, and who would leave it how; null where nobody can use a lever.
pub(super) fn stays_put(brief: &Brief<'_>) -> Value {
    let case = brief.case;
    match &brief.stays {
        None => Value::Null,
        Some(Err(refusal)) => json!({ "undecided": refusal.to_string() }),
        Some(Ok(stays)) => {
            let today = &stays.today;
            let concepts: Map<String, Value> =
                stays.concepts.iter().map(|(concept, stays)| (concept.word().to_owned(), json!(stays))).collect();
            json!({
                "levers": ids(case, &today.levers),
                "choices_looked_at": today.looked_at,
                "states_of_rest_today": today.resting,
                "lever_cost_unit": today.unit.to_f64(),
                "concepts": concepts,
                "leaving": today.leaving.iter().map(|leaving| one(case, leaving)).collect::<Vec<_>>(),
                "leaving_if_levers_cost_nothing": today.leaving_if_free.iter().map(|leaving| one(case, leaving)).collect::<Vec<_>>(),
                "nobody_gains_where_unit": today.units.as_ref().map(unit_range),
                "undecided": stays.undecided.as_ref().map(ToString::to_string),
            })
        }
    }
}

fn one(case: &Case, leaving: &Leaving) -> Value {
    json!({
        "actor": case.actors[leaving.owner.0].id,
        "uses": ids(case, &leaving.taken), "gives_up": ids(case, &leaving.given_up), "gain": number(&leaving.gain),
    })
}
