//! Stability as documents.

use serde_json::{Map, Value, json};
use winset_stability::{
    Analysed, Analysis, CompactModel, Concept, Explanation, Model, Paths, Refusal, Stability, StateSet, Step,
    SymbolicStability,
};

use crate::stability_symbolic::NOT_SEQUENTIAL;

/// The document of `winset stability --json`. States are numbered from 1, as in `.gmcr` files.
pub fn stability(model: &Model, result: &Stability) -> Value {
    let concepts: Map<String, Value> = Concept::ALL
        .into_iter()
        .map(|concept| {
            let equilibria: Vec<usize> = result.equilibria(concept).iter().map(|state| state + 1).collect();
            let makers = 0..model.decision_makers().len();
            let stable: Vec<usize> = makers.map(|maker| result.stable(concept, maker).count()).collect();
            let entry = json!({ "equilibria": equilibria, "equilibrium_count": equilibria.len(), "stable": stable });
            (concept.word().to_owned(), entry)
        })
        .collect();
    let mut document = json!({
        "states": model.states().len(),
        "decision_makers": model.decision_makers(),
        "engine": "explicit",
        "concepts": concepts,
    });
    let unseen = |maker| model.hidden(maker).map(|hidden| hidden.iter().map(|state| state + 1).collect::<Vec<usize>>());
    let unseen: Vec<Option<Vec<usize>>> = (0..model.decision_makers().len()).map(unseen).collect();
    if unseen.iter().any(Option::is_some) {
        document["unseen"] = json!(unseen.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>());
    }
    document
}

/// The document where preferences are known in part only: nothing under the five concepts, since everyone's ranking would be needed.
pub fn stability_partly_known(model: &Model) -> Value {
    let nothing = |concept: Concept| {
        let reason = "a preference is known in part only; see `unknown_preference`";
        (concept.word().to_owned(), json!({ "not_computed": reason }))
    };
    let concepts: Map<String, Value> = Concept::ALL.into_iter().map(nothing).collect();
    json!({
        "states": model.states().len(),
        "decision_makers": model.decision_makers(),
        "engine": "explicit",
        "concepts": concepts,
    })
}

/// What the further analyses of a case add to a document: `unknown_preference` (by extension), `strength`, `attitudes` and `misperception`, each with
/// the concepts.
pub fn stability_beyond(document: &mut Value, analysed: &[Analysed]) {
    let numbers = |set: &StateSet| set.iter().map(|state| state + 1).collect::<Vec<usize>>();
    for each in analysed {
        let concepts: Map<String, Value> = Concept::ALL
            .into_iter()
            .map(|concept| {
                let stable: Vec<Vec<usize>> = each.stable[concept as usize].iter().map(numbers).collect();
                let entry = json!({ "equilibria": numbers(&each.equilibria(concept)), "stable": stable });
                (concept.word().to_owned(), entry)
            })
            .collect();
        let concepts = Value::Object(concepts);
        match each.analysis {
            Analysis::Unknown(extension) => document["unknown_preference"][extension.word()] = concepts,
            Analysis::Strong => document["strength"] = concepts,
            Analysis::Relational => document["attitudes"] = concepts,
            Analysis::AsSeen => document["misperception"] = concepts,
        }
    }
}

/// The document of `winset stability --json` where states are not listed, with the first equilibria under each concept.
pub fn stability_symbolic(
    model: &CompactModel,
    result: &mut SymbolicStability,
    first: usize,
) -> Result<Value, Refusal> {
    let mut concepts = Map::new();
    for concept in Concept::ALL {
        let entry = match result.first_equilibria(concept, first)? {
            Some(found) => {
                let makers = 0..model.form.decision_makers.len();
                let stable = makers.map(|maker| count(result.stable_count(concept, maker).unwrap_or_default()));
                json!({
                    "equilibria": found.iter().map(|(number, _)| count(number + 1)).collect::<Vec<Value>>(),
                    "equilibrium_count": count(result.equilibrium_count(concept).unwrap_or_default()),
                    "stable": stable.collect::<Vec<Value>>(),
                })
            }
            None => json!({ "not_computed": NOT_SEQUENTIAL }),
        };
        concepts.insert(concept.word().to_owned(), entry);
    }
    Ok(json!({
        "states": count(result.states()),
        "decision_makers": model.form.decision_makers,
        "engine": "symbolic",
        "concepts": concepts,
    }))
}

/// A count; beyond 2^53 as text, since not every reader of JSON keeps all digits there.
fn count(count: u64) -> Value {
    if count <= 1 << 53 { json!(count) } else { json!(count.to_string()) }
}

/// What `winset stability --json` adds where it is known which state stands today: that state, and for every equilibrium the ways there.
pub fn stability_today(model: &Model, result: &Stability, today: usize, moves: &Paths, improvements: &Paths) -> Value {
    let way = |paths: &Paths, state| paths.to(state).map(|way| steps_list(model, &way));
    let any = (0..model.states().len())
        .filter(|state| Concept::ALL.into_iter().any(|concept| result.equilibria(concept).contains(*state)));
    let ways: Vec<Value> = any
        .map(
            |state| json!({ "state": state + 1, "moves": way(moves, state), "improvements": way(improvements, state) }),
        )
        .collect();
    json!({ "today": today + 1, "ways": ways })
}

/// What `winset stability --state --json` adds: per decision maker and concept whether the state is stable, its improvements and their sanctions.
pub fn stability_state(model: &Model, state: usize, explained: &[Vec<Explanation>]) -> Value {
    let makers: Vec<Value> = explained
        .iter()
        .enumerate()
        .map(|(maker, explained)| {
            let concepts: Map<String, Value> = Concept::ALL
                .into_iter()
                .map(|concept| {
                    let explanation = &explained[concept as usize];
                    let improvements: Vec<Value> = explanation
                        .improvements
                        .iter()
                        .map(|improvement| {
                            let sanction = improvement.sanction.as_ref().map(|way| steps_list(model, way));
                            json!({ "to": improvement.to + 1, "sanction": sanction })
                        })
                        .collect();
                    let entry = json!({ "stable": explanation.is_stable(), "improvements": improvements });
                    (concept.word().to_owned(), entry)
                })
                .collect();
            json!({ "decision_maker": model.decision_makers()[maker], "concepts": concepts })
        })
        .collect();
    json!({ "state": state + 1, "options": model.states().pattern(state), "decision_makers": makers })
}

fn steps_list(model: &Model, way: &[Step]) -> Value {
    way.iter().map(|step| json!({ "mover": model.decision_makers()[step.mover], "to": step.to + 1 })).collect()
}
