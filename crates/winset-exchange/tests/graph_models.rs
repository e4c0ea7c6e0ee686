//! Graph models as `.gmcr` files: their answers against those of a definition-level program in another language, and files there and back.

mod common;

use std::path::{Path, PathBuf};

use serde_json::Value;
use winset_exchange::{GmcrModel, InputFile, Listing, export_gmcr, import_gmcr, import_gmcr_as};
use winset_stability::{
    Budget, Concept, Model, SanctionRule, StateSet, SymbolicStability, simultaneous, stability, symbolic_stability,
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/graph-models")
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn imported(bytes: Vec<u8>) -> Model {
    let import = import_gmcr(&InputFile { name: "model.gmcr".to_owned(), bytes });
    assert!(import.findings.is_empty(), "{:?}", import.findings);
    import.model.expect("no errors")
}

fn digits(set: &StateSet) -> String {
    (0..set.universe()).map(|state| if set.contains(state) { '1' } else { '0' }).collect()
}

fn check(model: &Model, expected: &Value, name: &str) {
    assert_eq!(expected["states"], model.states().len(), "{name}");
    let result = stability(model, SanctionRule::Legal).unwrap();
    let players = 0..model.decision_makers().len();
    for (key, known) in expected["equilibria"].as_object().unwrap() {
        let concept = Concept::from_word(&key.to_lowercase()).unwrap();
        let equilibria: Vec<usize> = result.equilibria(concept).iter().map(|state| state + 1).collect();
        assert_eq!(known["count"], equilibria.len(), "{name} {key}");
        let first = known["first"].as_array().unwrap();
        assert!(equilibria.iter().zip(first).all(|(found, known)| known == found), "{name} {key}");
        let sets: Vec<&StateSet> = players.clone().map(|player| result.stable(concept, player)).collect();
        let counts: Vec<usize> = sets.iter().map(|set| set.count()).collect();
        assert_eq!(known["stable_per_dm"], serde_json::json!(counts), "{name} {key}");
        let texts: Vec<String> = sets.iter().map(|set| format!("\"{}\"", digits(set))).collect();
        let hash = common::sha256(format!("[{}]", texts.join(", ")).as_bytes());
        assert_eq!(known["sha256_16_of_per_dm_bitstrings"], hash[..16], "{name} {key}");
    }
}

fn check_folder(place: &Path) -> usize {
    let expected = json(&folder().join("expected.json"));
    let mut compared = 0;
    for entry in std::fs::read_dir(place).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "gmcr") {
            let name = path.file_stem().unwrap().to_str().unwrap();
            check(&imported(std::fs::read(&path).unwrap()), &expected[name], name);
            compared += 1;
        }
    }
    compared
}

#[test]
fn random_models() {
    assert_eq!(check_folder(&folder()), 27);
}

#[test]
fn larger_random_models() {
    #[expect(clippy::disallowed_methods, reason = "tests may be told where data is that cannot be part of the project")]
    let Ok(external) = std::env::var("WINSET_EXTERNAL_DATA") else {
        println!("not run: larger_random_models (WINSET_EXTERNAL_DATA names no folder)");
        return;
    };
    assert_eq!(check_folder(&Path::new(&external).join("oracles/stability/random")), 34);
}

/// The same answers without listing the states, for the models with statements.
#[test]
fn random_models_by_decision_diagrams() {
    let expected = json(&folder().join("expected.json"));
    let names = ["prio_k4_n3", "prio_k6_n3", "prio_k8_n3", "prio_k10_n3", "prio_k12_n3"];
    for name in names {
        let bytes = std::fs::read(folder().join(format!("{name}.gmcr"))).unwrap();
        let import = import_gmcr_as(&InputFile { name: name.to_owned(), bytes }, Listing::Never);
        let Some(GmcrModel::Compact(model)) = import.model else { panic!("{name}: {:?}", import.findings) };
        let mut result = symbolic_stability(&model, SanctionRule::Legal, Budget::default()).unwrap();
        assert_eq!(expected[name]["states"], result.states());
        for (key, known) in expected[name]["equilibria"].as_object().unwrap() {
            let concept = Concept::from_word(&key.to_lowercase()).unwrap();
            if !SymbolicStability::CONCEPTS.contains(&concept) {
                continue;
            }
            assert_eq!(known["count"], result.equilibrium_count(concept).unwrap(), "{name} {key}");
            let first = known["first"].as_array().unwrap();
            let found = result.first_equilibria(concept, first.len()).unwrap().unwrap();
            assert!(found.iter().zip(first).all(|((number, _), known)| *known == number + 1), "{name} {key}");
            let players = 0..model.form.decision_makers.len();
            let counts: Vec<u64> = players.map(|player| result.stable_count(concept, player).unwrap()).collect();
            assert_eq!(known["stable_per_dm"], serde_json::json!(counts), "{name} {key}");
        }
    }
}

#[test]
fn what_is_not_listed_is_not_ranked_by_hand() {
    let text = MIXED.replace("\"useManualPreferenceRanking\": false", "\"useManualPreferenceRanking\": true");
    let file = InputFile { name: "model.gmcr".to_owned(), bytes: text.into_bytes() };
    let import = import_gmcr_as(&file, Listing::Never);
    assert!(import.model.is_none());
    let message = &import.findings[0].message;
    assert_eq!(message, "the ranking of A names states one by one, and here they are not listed");
    let file = InputFile { name: "model.gmcr".to_owned(), bytes: MIXED.as_bytes().to_vec() };
    let Some(GmcrModel::Compact(model)) = import_gmcr_as(&file, Listing::Never).model else { panic!("no model") };
    assert_eq!(model.hidden[1].len(), 1);
    assert!(matches!(import_gmcr_as(&file, Listing::WherePossible).model, Some(GmcrModel::Listed(_))));
}

/// Models on which one move per opponent is not enough for a sanction that is there, or on which simultaneous sanctions were skipped.
#[test]
fn where_programs_differ_from_the_definitions() {
    for entry in json(&folder().join("counterexamples.json")).as_array().unwrap() {
        let model = imported(serde_json::to_vec(&entry["model"]).unwrap());
        let player = model.decision_makers().iter().position(|name| entry["dm"] == name.as_str()).unwrap();
        let state = entry["state"].as_u64().unwrap() as usize - 1;
        let key = entry["concept"].as_str().unwrap();
        match Concept::from_word(&key.to_lowercase()) {
            None => assert!(simultaneous(&model).unwrap()[player].contains(state), "{key}"),
            Some(concept) => {
                let stable = |rule| stability(&model, rule).unwrap().stable(concept, player).contains(state);
                assert!(stable(SanctionRule::Legal), "{key}");
                assert!(!stable(SanctionRule::EachOnce), "{key}");
            }
        }
    }
}

#[test]
fn what_is_written_is_read_again() {
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "gmcr") {
            let model = imported(std::fs::read(&path).unwrap());
            let again = imported(serde_json::to_vec(&export_gmcr(&model).unwrap()).unwrap());
            assert_eq!((model.states(), model.options()), (again.states(), again.options()));
            for player in 0..model.decision_makers().len() {
                assert_eq!(model.ranking(player), again.ranking(player), "{}", path.display());
            }
        }
    }
}

/// A model whose options do not stand in the order of their owners, with statements, alternatives and misperceptions.
const MIXED: &str = r#"{
    "program": "gmcr-py", "version": "0.4.1", "useManualPreferenceRanking": false,
    "options": [{"name": "b"}, {"name": "a", "permittedDirection": "fwd"}, {"name": "c", "permittedDirection": "both"}],
    "decisionMakers": [
        {"name": "A", "options": [1], "preferences": [[[0, "Y"], [2, "N"]], {"compound": true, "members": [[[1, "Y"]], [[2, "Y"]]]}]},
        {"name": "B", "options": [0, 2], "preferences": [], "misperceptions": [[[1, "Y"]]]}
    ],
    "infeasibles": [[[0, "Y"], [2, "Y"]]],
    "coalitions": [0, 1], "something": {"else": true}
}"#;

#[test]
fn options_are_put_in_the_order_of_their_owners() {
    let model = imported(MIXED.as_bytes().to_vec());
    let names: Vec<&str> = model.options().iter().map(|option| option.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    let patterns: Vec<String> = (0..model.states().len()).map(|state| model.states().pattern(state)).collect();
    assert_eq!(patterns, ["NNN", "YNN", "NYN", "YYN", "NNY", "YNY"]);
    assert_eq!(model.ranking(0), [vec![3], vec![2], vec![1, 4, 5], vec![0]]);
    assert_eq!(model.ranking(1), [vec![0, 1, 2, 3, 4, 5]]);
    // B does not see the states with `a`, so it has no move there.
    assert_eq!(model.moves(1).unwrap(), [vec![2, 4], vec![], vec![0, 4], vec![], vec![0, 2], vec![]]);
    assert_eq!(model.moves(0).unwrap(), [vec![1], vec![], vec![3], vec![], vec![5], vec![]]);
}

/// What is said about files that are wrong, or that mean something the program would do otherwise.
#[test]
fn what_is_wrong_is_named_where_it_stands() {
    let changed = |from: &str, to: &str| {
        assert!(MIXED.contains(from), "`{from}` is not there to change");
        MIXED.replacen(from, to, 1).into_bytes()
    };
    let by_hand = |first: &str| {
        let text = MIXED.replace("\"useManualPreferenceRanking\": false", "\"useManualPreferenceVectors\": true");
        let text = text.replace("\"misperceptions\"", "\"preferenceVector\": [1, [2, 3], 4, 5, 6], \"misperceptions\"");
        text.replacen("{\"name\": \"A\",", &format!("{{\"name\": \"A\", {first}"), 1).into_bytes()
    };
    let examples: Vec<(&str, Vec<u8>)> = vec![
        ("pickle", vec![0x80, 2, b'}', b'q', 0]),
        ("text-pickle", b"(dp0\nS'name'\n".to_vec()),
        ("no-json", b"{\"options\": [".to_vec()),
        ("no-model", b"[1, 2]".to_vec()),
        ("no-options", b"{\"decisionMakers\": []}".to_vec()),
        (
            "no-decision-makers",
            b"{\"options\": [], \"decisionMakers\": [], \"useManualPreferenceRanking\": false}".to_vec(),
        ),
        ("unowned-option", changed("\"options\": [0, 2]", "\"options\": [0]")),
        ("shared-option", changed("\"options\": [0, 2]", "\"options\": [0, 1, 2]")),
        ("option-twice", changed("\"options\": [0, 2]", "\"options\": [0, 2, 2]")),
        ("unlisted-option", changed("\"options\": [0, 2]", "\"options\": [0, 2, 7]")),
        ("unknown-direction", changed("fwd", "forward")),
        ("condition-on-nothing", changed("[[[1, \"Y\"]], [[2, \"Y\"]]]", "[[[9, \"Y\"]]]")),
        ("condition-on-a-name", changed("[[[1, \"Y\"]], [[2, \"Y\"]]]", "[[[\"a\", \"Y\"]]]")),
        ("condition-without-choice", changed("[[[1, \"Y\"]], [[2, \"Y\"]]]", "[[[1, \"maybe\"]], [[1]]]")),
        ("small-letter", changed("[[[1, \"Y\"]], [[2, \"Y\"]]]", "[[[1, \"y\"]], [[2, \"Y\"]]]")),
        ("nothing-feasible", changed("[[[0, \"Y\"], [2, \"Y\"]]]", "[[]]")),
        (
            "alternatives-in-infeasibles",
            changed("[[[0, \"Y\"], [2, \"Y\"]]]", "[{\"compound\": true, \"members\": [[[0, \"Y\"]]]}]"),
        ),
        ("merged-players", changed("\"coalitions\": [0, 1]", "\"coalitions\": [[0, 1]]")),
        ("no-way-of-ranking", changed("\"useManualPreferenceRanking\": false,", "")),
        ("no-ranking", by_hand("")),
        ("ranking-leaves-out", by_hand("\"preferenceRanking\": [1, 2, 3],")),
        ("ranking-twice", by_hand("\"preferenceRanking\": [1, 2, 3, 3, 4, 5, 6],")),
        ("ranking-beyond", by_hand("\"preferenceRanking\": [1, 2, 3, [4, 5], 6, 7],")),
        ("earlier-key", by_hand("\"preferenceRanking\": [1, 2, 3, [4, 5], 6],")),
    ];
    let mut text = String::new();
    for (name, bytes) in examples {
        let import = import_gmcr(&InputFile { name: format!("{name}.gmcr"), bytes });
        text.push_str(&format!("{name}: {}\n", if import.model.is_some() { "a model" } else { "no model" }));
        for finding in &import.findings {
            let place = finding.place.as_ref().map_or_else(String::new, |(file, span)| {
                let source = &import.files[*file];
                format!(" {:?} `{}`", source.line_and_column(span.start), &source.text[span.clone()])
            });
            text.push_str(&format!(
                "  {}{place}: {}\n    help: {}\n",
                finding.code.as_str(),
                finding.message,
                finding.help
            ));
        }
    }
    insta::assert_snapshot!("graph_models", text);
}
