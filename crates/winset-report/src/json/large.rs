//! Tables too large to list, as JSON: the same fields as for others, with `null` for what was not computed and `not_found` to say why.

use serde_json::{Map, Value, json};
use winset_brief::large;
use winset_case::Case;
use winset_settle::large::{Asked, Found, LargeSettlement, LargeSolution, Open, Proof};
use winset_settle::{Amount, BigUint, Refusal};

use crate::json::{Numbers, package, seating};

/// Points of a frontier that are written out.
const LISTED: usize = 1_000;

/// The answers about one table.
pub(crate) fn settled(case: &Case, large: &LargeSettlement) -> Map<String, Value> {
    let applied = case.with_levers();
    let numbers = Numbers::new(case, &applied);
    let mut entry = seating(case, large.deals, &large.players, &large.not_recognised);
    let mut not_found: Map<String, Value> = Map::new();
    entry.insert("packages".into(), count(&large.packages));
    entry.insert("ways".into(), json!(large.ways));
    match &large.found {
        Found::Open(open) => entry.extend(open_table(case, large, open, &numbers, &mut not_found)),
        Found::Blocked { proofs, reasons } => {
            entry.insert("acceptable_count".into(), json!(0));
            entry.insert("proofs".into(), proofs_list(case, proofs));
            match reasons {
                Ok(reasons) => {
                    entry.extend(numbers.blocked(Some(&reasons.blocked)));
                    if let Some(sets) = entry.get_mut("blocking_sets").and_then(Value::as_array_mut) {
                        for (set, proofs) in sets.iter_mut().zip(&reasons.proofs) {
                            set["proofs"] = proofs_list(case, proofs);
                        }
                    }
                }
                Err(refusal) => {
                    not_found.insert("blockers".into(), json!(refusal.to_string()));
                }
            }
        }
        Found::Undecided(refusal) => {
            not_found.insert("acceptable_count".into(), json!(refusal.to_string()));
        }
    }
    entry.insert("not_found".into(), Value::Object(not_found));
    entry
}

fn open_table(
    case: &Case,
    large: &LargeSettlement,
    open: &Open,
    numbers: &Numbers<'_>,
    not_found: &mut Map<String, Value>,
) -> Map<String, Value> {
    let mut entry = Map::new();
    entry.insert("acceptable_package".into(), package(case, &open.package));
    let acceptable = noted("acceptable_count", &open.acceptable_count, not_found);
    entry.insert("acceptable_count".into(), acceptable.map_or(Value::Null, count));
    if let Some(frontier) = noted("frontier", &open.frontier, not_found) {
        entry.insert("frontier_count".into(), json!(frontier.points.len()));
        let within = frontier.within.clone().map(|within| Amount::from(within).to_f64());
        entry.insert("frontier_within".into(), json!(within));
        let points = frontier.points.iter().take(LISTED).map(|point| {
            json!({
                "worth": numbers.per_player(&large.players, &point.worth),
                "packages": [package(case, &point.package)],
                "package_count": point.packages.as_ref().map(count),
            })
        });
        entry.insert("frontier".into(), points.collect());
    }
    let solutions = &open.solutions;
    let mut all = Map::new();
    let mut ties = Map::new();
    let named = [
        ("nash", &solutions.nash),
        ("kalai_smorodinsky", &solutions.kalai_smorodinsky),
        ("egalitarian", &solutions.egalitarian),
        ("utilitarian", &solutions.utilitarian),
    ];
    for (name, found) in named {
        let found: Option<&LargeSolution> = noted(name, found, not_found).and_then(Option::as_ref);
        let points = found.map(|found| numbers.solution(&large.players, &open.behind, &found.solution));
        all.insert(name.into(), points.unwrap_or(Value::Null));
        ties.insert(name.into(), json!(found.map(|found| json!({ "counted": found.ties, "more": found.more }))));
    }
    let without = noted("without_range", &solutions.without_range, not_found);
    let without = without.map(|all| all.iter().map(|actor| case.actors[actor.0].id.clone()).collect::<Vec<_>>());
    all.insert("without_range".into(), json!(without));
    all.insert("ties".into(), Value::Object(ties));
    entry.insert("solutions".into(), Value::Object(all));
    entry.extend(numbers.blocked(None));
    entry
}

/// What was found; else why not is noted.
fn noted<'f, T>(name: &str, found: &'f Result<T, Refusal>, not_found: &mut Map<String, Value>) -> Option<&'f T> {
    found.as_ref().map_err(|refusal| not_found.insert(name.to_owned(), json!(refusal.to_string()))).ok()
}

/// A count: a number, or its digits as text beyond what a JSON number is read exactly as everywhere.
fn count(count: &BigUint) -> Value {
    match u64::try_from(count) {
        Ok(small) if small <= 1 << 53 => json!(small),
        _ => json!(count.to_string()),
    }
}

fn proofs_list(case: &Case, proofs: &[Proof]) -> Value {
    let proof = |proof: &Proof| match proof {
        Proof::Conditions => json!({ "kind": "conditions" }),
        Proof::Exhausted(nodes) => json!({ "kind": "search", "partial_packages": nodes }),
        Proof::Weights(certificate) => {
            let weights = certificate.weights.iter().map(|(actor, weight, asked)| {
                json!({
                    "actor": case.actors[actor.0].id,
                    "weight": Amount::from(weight.clone()).to_f64(),
                    "exactly": weight.to_string(),
                    "asked": match asked {
                        Asked::Accepts => "accepts",
                        Asked::Presses => "presses",
                        Asked::Prices => "prices",
                    },
                })
            });
            json!({
                "kind": "weights",
                "weights": weights.collect::<Vec<_>>(),
                "missing": Amount::from(certificate.missing.clone()).to_f64(),
                "missing_exactly": certificate.missing.to_string(),
                "in_words": large::certificate(case, certificate),
            })
        }
    };
    proofs.iter().map(proof).collect()
}
