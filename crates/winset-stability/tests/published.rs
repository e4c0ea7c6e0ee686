//! Published models: what is printed in the literature, and what independent computation of the definitions gave. Sources stand in the files.

mod common;

use common::cases::{Published, all, folder};
use serde_json::Value;
use winset_stability::{
    Concept, Direction, Model, ModelOption, OptionForm, Preference, SanctionRule, StateSet, simultaneous, stability,
    with_simultaneous,
};

fn intersection(sets: &[StateSet]) -> Vec<usize> {
    let mut all = sets[0].clone();
    sets[1..].iter().for_each(|set| all.intersect(set));
    all.iter().collect()
}

fn union(left: &[StateSet], right: &[StateSet]) -> Vec<StateSet> {
    let either = |(left, right): (&StateSet, &StateSet)| {
        StateSet::from_fn(left.universe(), |state| left.contains(state) || right.contains(state))
    };
    left.iter().zip(right).map(either).collect()
}

fn concept(key: &str) -> Option<Concept> {
    Concept::from_word(&key.to_lowercase())
}

#[test]
fn only_the_blog_words_moves_that_are_no_option_form() {
    for case in all() {
        assert_eq!(case.model.is_option_form(), case.name != "us_nk_irreversible_invasion", "{}", case.name);
    }
}

#[test]
fn who_is_stable_where() {
    let mut compared = 0;
    for case in all() {
        let result = stability(&case.model, SanctionRule::Legal).unwrap();
        let together = case.model.is_option_form().then(|| simultaneous(&case.model).unwrap());
        for (key, players) in case.file["stability"].as_object().unwrap() {
            for (player, name) in case.model.decision_makers().iter().enumerate() {
                let set = match (concept(key), &together) {
                    (Some(concept), _) => result.stable(concept, player),
                    (None, Some(together)) if key == "SIM" => &together[player],
                    _ => continue,
                };
                let found: String =
                    case.states.iter().map(|state| if set.contains(*state) { '1' } else { '0' }).collect();
                assert_eq!(Some(found.as_str()), players[name].as_str(), "{} {key} {name}", case.name);
                compared += 1;
            }
        }
    }
    assert!(compared > 150, "{compared}");
}

fn check_equilibria(case: &Published, rule: SanctionRule, expected: &Value) -> usize {
    let result = stability(&case.model, rule).unwrap();
    let mut compared = 0;
    for (key, labels) in expected.as_object().unwrap() {
        let Some(concept) = concept(key) else { continue };
        let found: Vec<usize> = result.equilibria(concept).iter().collect();
        assert_eq!(found, case.labelled(labels), "{} {key} {rule:?}", case.name);
        compared += 1;
    }
    compared
}

#[test]
fn equilibria_under_every_rule() {
    let mut compared = 0;
    for case in all() {
        let equilibria = &case.file["equilibria"];
        compared += check_equilibria(&case, SanctionRule::Legal, equilibria);
        for (rule, key) in
            [(SanctionRule::EachOnce, "gmcrpy_once_rule"), (SanctionRule::Single, "single_opponent_rule")]
        {
            if equilibria.get(key).is_some() {
                compared += check_equilibria(&case, rule, &equilibria[key]);
            }
        }
    }
    assert!(compared > 60, "{compared}");
}

#[test]
fn equilibria_with_simultaneous_sanctions() {
    let mut compared = 0;
    for case in all() {
        let result = stability(&case.model, SanctionRule::Legal).unwrap();
        let together = simultaneous(&case.model).unwrap();
        let stable = |concept| -> Vec<StateSet> {
            (0..case.model.decision_makers().len()).map(|player| result.stable(concept, player).clone()).collect()
        };
        for (key, labels) in case.file["equilibria"].as_object().unwrap() {
            let found = match key.as_str() {
                "SIM" => intersection(&together),
                "SEQ_or_SIM" => intersection(&union(&stable(Concept::Seq), &together)),
                "SMR_or_SIM" => intersection(&union(&stable(Concept::Smr), &together)),
                "SEQ_plus_SIM_FH" => {
                    intersection(&with_simultaneous(&case.model, Concept::Seq, SanctionRule::Legal).unwrap())
                }
                "SMR_plus_SIM_FH" => {
                    intersection(&with_simultaneous(&case.model, Concept::Smr, SanctionRule::Legal).unwrap())
                }
                _ => continue,
            };
            assert_eq!(found, case.labelled(labels), "{} {key}", case.name);
            compared += 1;
        }
    }
    assert!(compared > 30, "{compared}");
}

/// What the literature prints, by itself.
#[test]
fn what_is_printed() {
    let mut compared = 0;
    for case in all() {
        let Some(published) = case.file.get("published").and_then(Value::as_object) else { continue };
        for (key, printed) in published {
            let (rule, key) = match key.strip_prefix("single_opponent_rule/") {
                Some(key) => (SanctionRule::Single, key),
                None => (SanctionRule::Legal, key.as_str()),
            };
            let found = match (concept(key), key) {
                (Some(concept), _) => stability(&case.model, rule).unwrap().equilibria(concept).iter().collect(),
                (None, "SIM") => intersection(&simultaneous(&case.model).unwrap()),
                (None, "SEQ_plus_SIM_FH") => intersection(&with_simultaneous(&case.model, Concept::Seq, rule).unwrap()),
                (None, "SMR_plus_SIM_FH") => intersection(&with_simultaneous(&case.model, Concept::Smr, rule).unwrap()),
                _ => panic!("{} prints {key}, which is not compared", case.name),
            };
            let what = format!("{} {key}", case.name);
            if printed.is_array() {
                assert_eq!(found, case.labelled(printed), "{what}");
            }
            if let Some(equilibria) = printed.get("equilibria") {
                let shown = case.labelled(&printed["subset_of_states"]);
                let found: Vec<usize> = found.iter().copied().filter(|state| shown.contains(state)).collect();
                assert_eq!(found, case.labelled(equilibria), "{what}");
            }
            if let Some(contained) = printed.get("must_contain") {
                assert!(case.labelled(contained).iter().all(|state| found.contains(state)), "{what}");
            }
            if let Some(absent) = printed.get("must_not_contain") {
                assert!(!case.labelled(absent).iter().any(|state| found.contains(state)), "{what}");
            }
            compared += 1;
        }
    }
    assert!(compared > 30, "{compared}");
}

/// The 78 strict ordinal games of two by two (Rapoport & Guyer 1966).
#[test]
fn all_two_by_two_games() {
    let text = std::fs::read_to_string(folder().join("rapoport_guyer_78.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let games = file["games"].as_array().unwrap();
    assert_eq!(games.len(), 78);
    for game in games {
        let option = |owner| ModelOption { name: String::new(), owner, direction: Direction::Both };
        let form = OptionForm {
            decision_makers: vec!["Row".to_owned(), "Column".to_owned()],
            // A later option is the more significant one, so that states stand row by row.
            options: vec![option(1), option(0)],
            ..OptionForm::default()
        };
        let worth = |key: &str| {
            Preference::Worth(
                game[key].as_array().unwrap().iter().map(|worth| worth.as_i64().unwrap().into()).collect(),
            )
        };
        let states = form.states().unwrap();
        let model = Model::new(form, states, [worth("payoffs_row"), worth("payoffs_column")]).unwrap();
        let result = stability(&model, SanctionRule::Legal).unwrap();
        let together = simultaneous(&model).unwrap();
        for (key, players) in game["stability"].as_object().unwrap() {
            for (player, name) in ["Row", "Column"].into_iter().enumerate() {
                let set = concept(key).map_or(&together[player], |concept| result.stable(concept, player));
                let found: String = (0..4).map(|state| if set.contains(state) { '1' } else { '0' }).collect();
                assert_eq!(Some(found.as_str()), players[name].as_str(), "{key} {name} {}", game["albrecht_name"]);
            }
        }
    }
}
