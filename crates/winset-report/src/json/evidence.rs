//! What a case rests on, as a document.

use serde_json::{Value, json};
use winset_brief::{Answer, Flip, Influences, NumberPlace, numbers, sources_never_cited};
use winset_case::Case;

use super::deals_word;

/// What `winset check --evidence --json` adds to its document as `evidence`.
pub fn evidence(case: &Case, influences: &Influences) -> Value {
    let flips = |number: NumberPlace| -> Vec<Value> {
        let found = influences.found.iter().find(|influence| influence.number == number);
        found.into_iter().flat_map(|influence| &influence.flips).map(|flip| flip_object(case, flip)).collect()
    };
    // Those that change most answers first, as they are found; then the rest in the order of the case.
    let mut order: Vec<NumberPlace> = influences.found.iter().map(|influence| influence.number).collect();
    order.extend(numbers(case).into_iter().filter(|number| flips(*number).is_empty()));
    let list: Vec<Value> = order
        .into_iter()
        .map(|number| {
            let quantity = number.of(case);
            let (low, high) = quantity.distribution.range();
            let sources = quantity.evidence.sources.iter();
            json!({
                "path": number.path(case),
                "value": quantity.value.to_f64(),
                "low": low.to_f64(),
                "high": high.to_f64(),
                "basis": crate::evidence::basis(&quantity.evidence),
                "sources": sources.map(|citation| case.sources[citation.source.0].id.as_str()).collect::<Vec<_>>(),
                "flips": flips(number),
            })
        })
        .collect();
    let left_out: Vec<&str> = influences.left_out.iter().map(|claim| case.claims[*claim].id.as_str()).collect();
    json!({
        "moved": influences.moved,
        "left_out": left_out,
        "numbers": list,
        "sources_never_cited": sources_never_cited(case),
    })
}

fn flip_object(case: &Case, flip: &Flip) -> Value {
    let mut object = json!({ "at": flip.at.to_f64() });
    match flip.answer {
        Answer::Deal(track, deals) => {
            object["track"] = json!(case.tracks[track.0].id);
            object["deals"] = json!(deals_word(deals));
            object["has_deal"] = json!(flip.becomes);
        }
        Answer::Claim(claim) => {
            object["claim"] = json!(case.claims[claim].id);
            object["status"] = json!(flip.status().word());
        }
    }
    object
}
