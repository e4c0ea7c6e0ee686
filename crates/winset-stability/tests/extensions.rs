//! Preferences that are more, or less, than rankings; attitudes, misperception, and what would make a state stable.

mod common;

use common::cases::all;
use common::random::{Kind, model};
use proptest::prelude::*;
use serde_json::Value;
use winset_stability::{
    Attitude, Concept, Extension, Model, PartialPreference, Preference, SanctionRule, StateSet, inverse, limited_move,
    non_myopic, relationally_stable, stability, stable_as_seen, stable_under_unknown, strongly_stable,
};

fn digits(set: &StateSet, states: &[usize]) -> String {
    states.iter().map(|state| if set.contains(*state) { '1' } else { '0' }).collect()
}

/// Lake Gisborne with a province nobody knows the preference of (Li, Hamouda, Kilgour & Hipel 2004).
#[test]
fn unknown_preference() {
    let case = all().into_iter().find(|case| case.name == "gisborne_unknown_preference").unwrap();
    let label = |value: &Value| case.by_label[&value.as_u64().unwrap()];
    let partial: Vec<Option<PartialPreference>> = case
        .model
        .decision_makers()
        .iter()
        .map(|name| {
            let pairs = case.file["unknown"].get(name)?["preferred_pairs"].as_array()?;
            let preferred = pairs.iter().map(|pair| (label(&pair[0]), label(&pair[1]))).collect();
            Some(PartialPreference { preferred, equal: Vec::new() })
        })
        .collect();
    let mut compared = 0;
    for (key, players) in case.file["stability"].as_object().unwrap() {
        let (concept, extension) = key.split_once('_').unwrap();
        let concept = Concept::from_word(&concept.to_lowercase()).unwrap();
        let extension = match extension {
            "a" => Extension::A,
            "b" => Extension::B,
            "c" => Extension::C,
            _ => Extension::D,
        };
        let found = stable_under_unknown(&case.model, &partial, concept, extension).unwrap();
        for (set, name) in found.iter().zip(case.model.decision_makers()) {
            assert_eq!(Some(digits(set, &case.states).as_str()), players[name].as_str(), "{key} {name}");
            compared += 1;
        }
    }
    assert_eq!(compared, 48);
}

/// The sustainable development conflict with two degrees of preference (Hamouda, Kilgour & Hipel 2004, 2006).
#[test]
fn strength_of_preference() {
    let case = all().into_iter().find(|case| case.name == "sustainable_development").unwrap();
    let degrees: Vec<Vec<u32>> = case
        .model
        .decision_makers()
        .iter()
        .map(|name| {
            let blocks = case.file["degree_ranking"][name].as_array().unwrap();
            let mut degrees = vec![0; case.states.len()];
            for (place, block) in blocks.iter().rev().enumerate() {
                case.labelled(block).into_iter().for_each(|state| degrees[state] = place as u32);
            }
            degrees
        })
        .collect();
    for (key, known) in case.file["computed_three_degree"].as_object().unwrap() {
        let concept = Concept::from_word(&key.trim_start_matches("STRONG_").to_lowercase()).unwrap();
        let found: Vec<StateSet> = if key.starts_with("STRONG_") {
            strongly_stable(&case.model, &degrees, concept).unwrap()
        } else {
            let result = stability(&case.model, SanctionRule::Legal).unwrap();
            (0..2).map(|maker| result.stable(concept, maker).clone()).collect()
        };
        for (set, name) in found.iter().zip(case.model.decision_makers()) {
            assert_eq!(Some(digits(set, &case.states).as_str()), known["stability"][name].as_str(), "{key} {name}");
        }
    }
}

const SMALL: Kind = Kind { one_way: true, infeasible: true, players: (1, 3), most_options: 4 };

/// The same model with rankings without ties: of tied states the one with the lower number is better.
fn without_ties(model: &Model) -> Model {
    let mut strict = model.clone();
    for maker in 0..model.decision_makers().len() {
        let order: Vec<Vec<usize>> = model.ranking(maker).into_iter().flatten().map(|state| vec![state]).collect();
        strict.set_preference(maker, Preference::Ranking(order)).unwrap();
    }
    strict
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whoever cares for itself and for nobody else is stable where the usual concepts say, if no states are tied (Inohara & Hipel 2009).
    #[test]
    fn attitudes_of_the_selfish(model in model(SMALL)) {
        let model = without_ties(&model);
        let makers = model.decision_makers().len();
        let attitude = |maker, other| if maker == other { Attitude::Positive } else { Attitude::Neutral };
        let attitudes: Vec<Vec<Attitude>> = (0..makers).map(|maker| (0..makers).map(|other| attitude(maker, other)).collect()).collect();
        let result = stability(&model, SanctionRule::Legal).unwrap();
        for concept in Concept::ALL {
            let found = relationally_stable(&model, &attitudes, concept).unwrap();
            for (maker, set) in found.iter().enumerate() {
                prop_assert_eq!(set, result.stable(concept, maker), "{}", concept);
            }
        }
    }

    /// The same where opponents can lead back to where it began, which moves that change options cannot; and, with nothing but neutral attitudes,
    /// relational Nash stability is relational symmetric metarationality, relational general metarationality is relational sequential stability (the
    /// same place).
    #[test]
    fn attitudes_and_moves_back(model in model(SMALL), arcs in prop::collection::vec((0..3_usize, 0..16_usize, 0..16_usize), 0..60)) {
        let mut model = without_ties(&model);
        let (makers, states) = (model.decision_makers().len(), model.states().len());
        for maker in 0..makers {
            let mut lists = vec![Vec::new(); states];
            for (_, from, to) in arcs.iter().filter(|(mover, ..)| mover % makers == maker) {
                if from % states != to % states {
                    lists[from % states].push((to % states) as u32);
                }
            }
            model.set_moves(maker, lists).unwrap();
        }
        let towards = |other| (0..makers).map(|maker| (0..makers).map(|to| if maker == to { other } else { Attitude::Neutral }).collect()).collect();
        let selfish: Vec<Vec<Attitude>> = towards(Attitude::Positive);
        let result = stability(&model, SanctionRule::Legal).unwrap();
        for concept in Concept::ALL {
            let found = relationally_stable(&model, &selfish, concept).unwrap();
            for (maker, set) in found.iter().enumerate() {
                prop_assert_eq!(set, result.stable(concept, maker), "{}", concept);
            }
        }
        let neutral: Vec<Vec<Attitude>> = towards(Attitude::Neutral);
        let stable = |concept| relationally_stable(&model, &neutral, concept).unwrap();
        prop_assert_eq!(stable(Concept::Nash), stable(Concept::Smr));
        prop_assert_eq!(stable(Concept::Gmr), stable(Concept::Seq));
    }

    /// With one degree only, or nothing unknown, nothing is new.
    #[test]
    fn nothing_more_than_rankings(model in model(SMALL)) {
        let result = stability(&model, SanctionRule::Legal).unwrap();
        let makers = model.decision_makers().len();
        for concept in Concept::ALL {
            for extension in [Extension::A, Extension::B, Extension::C, Extension::D] {
                let found = stable_under_unknown(&model, &vec![None; makers], concept, extension).unwrap();
                prop_assert!(found.iter().enumerate().all(|(maker, set)| set == result.stable(concept, maker)));
            }
            let seen = stable_as_seen(&model, &vec![model.clone(); makers], concept, SanctionRule::Legal).unwrap();
            prop_assert!(seen.iter().enumerate().all(|(maker, set)| set == result.stable(concept, maker)));
            let degrees: Vec<Vec<u32>> = (0..makers).map(|maker| model.ranks(maker).to_vec()).collect();
            let strong = strongly_stable(&model, &degrees, concept).unwrap();
            prop_assert!(strong.iter().enumerate().all(|(maker, set)| set.is_subset(result.stable(concept, maker))));
        }
    }

    /// A state is stable exactly if nothing is asked for; and with what is asked for granted, it is.
    #[test]
    fn what_would_make_a_state_stable(model in model(SMALL), state in 0..16_usize) {
        let state = state % model.states().len();
        for rule in SanctionRule::ALL {
            let result = stability(&model, rule).unwrap();
            for (maker, concept) in (0..model.decision_makers().len()).flat_map(|maker| Concept::ALL.map(|concept| (maker, concept))) {
                let found = inverse(&model, concept, maker, state, rule).unwrap();
                prop_assert_eq!(found.demands.is_empty(), result.stable(concept, maker).contains(state));
                let Some(smallest) = &found.smallest else { continue };
                let with = |lowered: &[usize]| {
                    let mut changed = model.clone();
                    let rank = |other: usize| {
                        let lowered = lowered.contains(&other);
                        i128::from(if lowered { model.ranks(maker)[state] } else { model.ranks(maker)[other] })
                    };
                    let worth = (0..model.states().len()).map(rank).collect();
                    changed.set_preference(maker, Preference::Worth(worth)).unwrap();
                    stability(&changed, rule).unwrap().stable(concept, maker).contains(state)
                };
                prop_assert!(with(smallest), "{:?}", found);
                if !smallest.is_empty() {
                    prop_assert!(!with(&smallest[1..]), "{:?}", found);
                }
            }
        }
    }
}

/// Every weak order of so many states, as ranks.
fn weak_orders(states: usize) -> Vec<Vec<u32>> {
    let mut all: Vec<Vec<u32>> = vec![Vec::new()];
    for _ in 0..states {
        all = all
            .iter()
            .flat_map(|order| (0..states as u32).map(move |rank| [order.as_slice(), &[rank]].concat()))
            .collect();
    }
    all.retain(|order| (0..=order.iter().copied().max().unwrap_or(0)).all(|rank| order.contains(&rank)));
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// Of all rankings under which a state is stable, none is nearer than the one found, and none asks fewer states to fall.
    #[test]
    fn no_ranking_that_makes_a_state_stable_is_nearer(model in model(SMALL), state in 0..16_usize) {
        let states = model.states().len();
        prop_assume!(states <= 5);
        let state = state % states;
        let maker = state % model.decision_makers().len();
        let own = model.ranks(maker).to_vec();
        let pairs = || (0..states).flat_map(|one| (0..one).map(move |other| (one, other)));
        for concept in Concept::ALL {
            let found = inverse(&model, concept, maker, state, SanctionRule::Legal).unwrap();
            let (mut nearest, mut fewest) = (usize::MAX, usize::MAX);
            for order in weak_orders(states) {
                let mut changed = model.clone();
                changed.set_preference(maker, Preference::Ranks(order.clone())).unwrap();
                if stability(&changed, SanctionRule::Legal).unwrap().stable(concept, maker).contains(state) {
                    let differ = |(one, other): &(usize, usize)| own[*one].cmp(&own[*other]) != order[*one].cmp(&order[*other]);
                    nearest = nearest.min(pairs().filter(differ).count());
                    let falls = |other: &usize| own[*other] > own[state] && order[*other] <= order[state];
                    fewest = fewest.min((0..states).filter(falls).count());
                }
            }
            prop_assert_eq!(found.nearest.pairs, nearest, "{:?} {:?} {:?}", concept, own, &found);
            prop_assert_eq!(found.smallest.map(|smallest| smallest.len()), Some(fewest));
        }
    }
}

/// Where play ends when the mover has so many moves of foresight, word for word (Kilgour 1985).
fn anticipated(model: &Model, graph: &[Vec<Vec<usize>>], horizon: usize, mover: usize, state: usize) -> usize {
    let ranks = model.ranks(mover);
    if horizon == 0 || graph[mover][state].is_empty() {
        return state;
    }
    let ends = graph[mover][state].iter().map(|to| anticipated(model, graph, horizon - 1, 1 - mover, *to));
    let best = ends.max_by_key(|end| ranks[*end]).unwrap();
    if ranks[state] >= ranks[best] { state } else { best }
}

/// Non-myopic equilibria as printed: in chicken and in the prisoner's dilemma (Brams & Wittman 1981).
#[test]
fn non_myopic_equilibria_of_known_games() {
    for (name, labels) in [("chicken", &[1_u64][..]), ("prisoners_dilemma", &[1, 4])] {
        let case = all().into_iter().find(|case| case.name == name).unwrap();
        let sets = non_myopic(&case.model).unwrap();
        let mut expected: Vec<usize> = labels.iter().map(|label| case.by_label[label]).collect();
        expected.sort_unstable();
        let found: Vec<usize> = sets[0].iter().filter(|state| sets[1].contains(*state)).collect();
        assert_eq!(found, expected, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn foresight_is_what_it_is_defined_to_be(model in model(Kind { players: (2, 2), ..SMALL })) {
        let model = without_ties(&model);
        let moves: Vec<_> = (0..2).map(|maker| model.moves(maker).unwrap()).collect();
        for horizon in 1..5 {
            let found = limited_move(&model, horizon).unwrap();
            for (maker, set) in found.iter().enumerate() {
                for state in 0..model.states().len() {
                    let stays = anticipated(&model, &moves, horizon, maker, state) == state;
                    prop_assert_eq!(set.contains(state), stays, "{} {} {}", horizon, maker, state);
                }
            }
        }
        let nash = stability(&model, SanctionRule::Legal).unwrap();
        let one = limited_move(&model, 1).unwrap();
        prop_assert!((0..2).all(|maker| &one[maker] == nash.stable(Concept::Nash, maker)));
        let far = non_myopic(&model).unwrap();
        let long = limited_move(&model, 200).unwrap();
        prop_assert!((0..2).all(|maker| far[maker].is_subset(&long[maker])));
    }
}
