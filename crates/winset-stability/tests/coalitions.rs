//! Groups that move together: what an independent program computed, and what the literature proves.

mod common;

use common::cases::all;
use common::random::{Kind, model};
use proptest::prelude::*;
use serde_json::Value;
use winset_stability::{Coalitions, Concept, Group, SanctionRule, members, stability};

fn concept(key: &str) -> Concept {
    Concept::from_word(&key[1..].to_lowercase()).unwrap()
}

#[test]
fn published_models() {
    let mut compared = 0;
    for case in all() {
        let equilibria = &case.file["equilibria"];
        let Some(expected) = equilibria.get("coalitional").and_then(Value::as_object) else { continue };
        let coalitions = Coalitions::new(&case.model).unwrap();
        for (key, labels) in expected {
            let found: Vec<usize> = coalitions.equilibria(concept(key)).iter().collect();
            assert_eq!(found, case.labelled(labels), "{} {key}", case.name);
            compared += 1;
        }
        for (key, groups) in equilibria["coalition_unstable"].as_object().unwrap() {
            for group in coalitions.groups() {
                let names: Vec<&str> =
                    members(group).map(|maker| case.model.decision_makers()[maker].as_str()).collect();
                let stable = coalitions.stable(concept(key), group);
                let unstable: Vec<usize> = (0..stable.universe()).filter(|state| !stable.contains(*state)).collect();
                let known = groups.get(names.join(",")).map_or_else(Vec::new, |labels| case.labelled(labels));
                assert_eq!(unstable, known, "{} {key} {names:?}", case.name);
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

/// Elmira: the delayed appeal is an equilibrium, and the ministry and Uniroyal together leave it for the modified order accepted (Kilgour, Hipel, Fang & Peng
/// 2001).
#[test]
fn elmira_is_vulnerable_where_the_literature_says() {
    let case = all().into_iter().find(|case| case.name == "elmira_gmcrplus_12").unwrap();
    let coalitions = Coalitions::new(&case.model).unwrap();
    let equilibria = stability(&case.model, SanctionRule::Legal).unwrap().equilibria(Concept::Nash);
    let found: Vec<(usize, Group, usize)> =
        coalitions.vulnerable(&equilibria).iter().map(|each| (each.state + 1, each.group, each.to + 1)).collect();
    assert_eq!(found, [(7, 0b011, 10)]);
}

const SMALL: Kind = Kind { one_way: true, infeasible: true, players: (1, 4), most_options: 5 };

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// A decision maker alone is a group of one.
    #[test]
    fn single_members(model in model(SMALL)) {
        let coalitions = Coalitions::new(&model).unwrap();
        let result = stability(&model, SanctionRule::Legal).unwrap();
        for concept in [Concept::Nash, Concept::Gmr, Concept::Smr] {
            for maker in 0..model.decision_makers().len() {
                prop_assert_eq!(&coalitions.stable(concept, 1 << maker), result.stable(concept, maker));
            }
        }
    }

    /// Where every choice of options is a state, a state is unstable against a group under GMR exactly if the group can secure more for all its members
    /// whatever the others do, and under SMR exactly if the others cannot keep it from having more: the alpha- and the beta-core (Aumann 1959, 1961).
    #[test]
    fn the_cores(model in model(Kind { one_way: false, infeasible: false, ..SMALL })) {
        let coalitions = Coalitions::new(&model).unwrap();
        let states = model.states().len();
        for group in coalitions.groups() {
            let own = members(group).fold(0, |own, maker| own | model.holding(maker) as usize);
            let gains = |state: usize, end: usize| members(group).all(|maker| model.ranks(maker)[end] > model.ranks(maker)[state]);
            let outcome = |choice: usize, others: usize| choice & own | others & !own;
            let (gmr, smr) = (coalitions.stable(Concept::Gmr, group), coalitions.stable(Concept::Smr, group));
            for state in 0..states {
                let secured = (0..states).any(|choice| (0..states).all(|others| gains(state, outcome(choice, others))));
                let left = (0..states).all(|others| (0..states).any(|choice| gains(state, outcome(choice, others))));
                prop_assert_eq!(gmr.contains(state), !secured);
                prop_assert_eq!(smr.contains(state), !left);
            }
        }
    }
}
