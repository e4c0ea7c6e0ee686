//! The engine against the definitions, on random models; and what the literature proves about the concepts.

mod common;

use common::definitions::Reference;
use common::random::{Kind, model};
use proptest::prelude::*;
use winset_stability::{Concept, Model, SanctionRule, Stability, stability};

const FREE: Kind = Kind { one_way: false, infeasible: true, players: (1, 4), most_options: 6 };
const ONE_WAY: Kind = Kind { one_way: true, infeasible: true, players: (1, 4), most_options: 5 };

fn digits(result: &Stability, concept: Concept, player: usize) -> String {
    let set = result.stable(concept, player);
    (0..set.universe()).map(|state| if set.contains(state) { '1' } else { '0' }).collect()
}

fn compare(model: &Model, reference: &Reference) -> Result<(), TestCaseError> {
    for rule in SanctionRule::ALL {
        let result = stability(model, rule).unwrap();
        for concept in Concept::ALL {
            for player in 0..reference.players() {
                let expected = reference.stable(concept, player, rule);
                prop_assert_eq!(digits(&result, concept, player), expected, "{:?} {} for {}", rule, concept, player);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn free_options(model in model(FREE)) {
        compare(&model, &Reference::new(&model))?;
    }

    #[test]
    fn one_way_options(model in model(ONE_WAY)) {
        compare(&model, &Reference::new(&model))?;
    }

    /// Moves listed one by one, not transitive.
    #[test]
    fn listed_moves(model in model(FREE), arcs in prop::collection::vec((0..4_usize, 0..64_usize, 0..64_usize), 0..150)) {
        let mut model = model;
        let mut reference = Reference::new(&model);
        let states = reference.keys.len();
        reference.moves = vec![vec![std::collections::BTreeSet::new(); states]; reference.players()];
        for (mover, from, to) in arcs {
            let (mover, from, to) = (mover % reference.players(), from % states, to % states);
            if from != to {
                reference.moves[mover][from].insert(to);
            }
        }
        for mover in 0..reference.players() {
            let lists = reference.moves[mover].iter().map(|targets| targets.iter().map(|to| *to as u32).collect());
            model.set_moves(mover, lists.collect()).unwrap();
        }
        compare(&model, &reference)?;
    }

    /// States a decision maker does not see: it moves neither from nor to them.
    #[test]
    fn hidden_states(model in model(ONE_WAY), hidden in prop::collection::vec((0..4_usize, 0..64_usize), 0..8)) {
        let mut model = model;
        let (players, states) = (model.decision_makers().len(), model.states().len());
        for player in 0..players {
            let set = winset_stability::StateSet::from_fn(states, |state| hidden.contains(&(player, state)));
            model.hide(player, set);
        }
        compare(&model, &Reference::new(&model))?;
    }

    /// Nash implies SSEQ implies SEQ and SMR, and these imply GMR (Fang, Hipel & Kilgour 1993; Rêgo & Vieira 2017).
    #[test]
    fn inclusions(model in model(ONE_WAY)) {
        for rule in SanctionRule::ALL {
            let result = stability(&model, rule).unwrap();
            for player in 0..model.decision_makers().len() {
                let within = |inner, outer| result.stable(inner, player).is_subset(result.stable(outer, player));
                prop_assert!(within(Concept::Nash, Concept::Sseq));
                prop_assert!(within(Concept::Sseq, Concept::Seq) && within(Concept::Sseq, Concept::Smr));
                prop_assert!(within(Concept::Seq, Concept::Gmr) && within(Concept::Smr, Concept::Gmr));
            }
        }
    }

    /// A wider rule for sanctions makes no stable state unstable.
    #[test]
    fn wider_rules_stabilise(model in model(ONE_WAY)) {
        let [legal, once, single] = SanctionRule::ALL.map(|rule| stability(&model, rule).unwrap());
        for concept in Concept::ALL {
            for player in 0..model.decision_makers().len() {
                prop_assert!(single.stable(concept, player).is_subset(once.stable(concept, player)));
                prop_assert!(once.stable(concept, player).is_subset(legal.stable(concept, player)));
            }
        }
    }

    /// Where every choice of options is a state, GMR and SMR are two numbers per decision maker: what it can secure whatever the others do, and what
    /// the others cannot keep it from (Howard 1971).
    #[test]
    fn howards_two_numbers(model in model(Kind { infeasible: false, ..FREE })) {
        let result = stability(&model, SanctionRule::Legal).unwrap();
        let states = model.states().len();
        for player in 0..model.decision_makers().len() {
            let (own, ranks) = (model.holding(player), model.ranks(player));
            let outcome = |own_choice: usize, others: usize| ranks[own_choice & own as usize | others & !own as usize];
            let secured = (0..states).map(|a| (0..states).map(|b| outcome(a, b)).min().unwrap()).max().unwrap();
            let left = (0..states).map(|b| (0..states).map(|a| outcome(a, b)).max().unwrap()).min().unwrap();
            prop_assert!(secured <= left);
            for (state, rank) in ranks.iter().enumerate() {
                prop_assert_eq!(result.stable(Concept::Gmr, player).contains(state), *rank >= secured);
                prop_assert_eq!(result.stable(Concept::Smr, player).contains(state), *rank >= left);
            }
        }
    }
}

/// What is said about ways and answers.
mod explained {
    use std::collections::BTreeMap;

    use super::*;
    use winset_stability::{Paths, Step, explain};

    /// Whether a way can be gone, nobody twice in a row, by improvements where these are asked for.
    fn can_be_gone(reference: &Reference, from: usize, way: &[Step], improvements: bool) -> bool {
        let mut at = from;
        let mut last = usize::MAX;
        way.iter().all(|step| {
            let steps = if improvements {
                reference.improvements(step.mover, at)
            } else {
                reference.moves[step.mover][at].clone()
            };
            let fits = step.mover != last && steps.contains(&step.to);
            (at, last) = (step.to, step.mover);
            fits
        })
    }

    /// After how many moves at least each state can be come to by each last mover: all sequences of one more move, until there are no new ends.
    fn shortest(reference: &Reference, from: usize, improvements: bool) -> BTreeMap<(usize, usize), usize> {
        let mut found = BTreeMap::new();
        let mut ends = vec![(from, usize::MAX)];
        for moves in 1.. {
            let mut next = Vec::new();
            for (at, last) in ends {
                for mover in (0..reference.players()).filter(|mover| *mover != last) {
                    let gains = |to: &usize| !improvements || reference.ranks[mover][*to] > reference.ranks[mover][at];
                    next.extend(reference.moves[mover][at].iter().filter(|to| gains(to)).map(|to| (*to, mover)));
                }
            }
            next.sort_unstable();
            next.dedup();
            next.retain(|end| !found.contains_key(end));
            if next.is_empty() {
                break;
            }
            found.extend(next.iter().map(|end| (*end, moves)));
            ends = next;
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

        /// A state is stable exactly if every improvement has a sanction, and the sanctions shown can be carried out and deter.
        #[test]
        fn explanations_are_proofs(model in model(ONE_WAY)) {
            let reference = Reference::new(&model);
            for rule in SanctionRule::ALL {
                let result = stability(&model, rule).unwrap();
                for (player, concept) in (0..reference.players()).flat_map(|player| Concept::ALL.map(|concept| (player, concept))) {
                    for state in 0..reference.keys.len() {
                        let explanation = explain(&model, concept, player, state, rule).unwrap();
                        prop_assert_eq!(explanation.is_stable(), result.stable(concept, player).contains(state));
                        for improvement in &explanation.improvements {
                            let Some(way) = &improvement.sanction else { continue };
                            prop_assert!(can_be_gone(&reference, improvement.to, way, concept.is_credible()));
                            let end = way.last().unwrap().to;
                            prop_assert!(reference.ranks[player][end] <= reference.ranks[player][state]);
                            prop_assert!(way.iter().all(|step| step.mover != player));
                        }
                    }
                }
            }
        }

        /// The ways from a state lead to what legal sequences of everyone reach, and can be gone; none is shorter, and whoever can move last is known.
        #[test]
        fn ways_lead_where_sequences_do(model in model(ONE_WAY)) {
            let reference = Reference::new(&model);
            let everyone: Vec<usize> = (0..reference.players()).collect();
            for improvements in [false, true] {
                let reached = reference.reach(&everyone, 0, improvements, SanctionRule::Legal);
                let paths = Paths::from(&model, 0, improvements).unwrap();
                let shortest = shortest(&reference, 0, improvements);
                for state in 1..reference.keys.len() {
                    prop_assert_eq!(paths.distance(state).is_some(), reached.contains(&state));
                    let ends = shortest.keys().filter(|(end, _)| *end == state);
                    prop_assert_eq!(paths.last_movers(state), ends.map(|(_, mover)| *mover).collect::<Vec<_>>());
                    if let Some(way) = paths.to(state) {
                        let least = shortest.iter().filter(|((end, _), _)| *end == state).map(|(_, moves)| *moves).min();
                        prop_assert_eq!((Some(way.len()), paths.distance(state)), (least, Some(way.len() as u32)));
                        prop_assert_eq!(way.last().unwrap().to, state);
                        prop_assert!(can_be_gone(&reference, 0, &way, improvements));
                    }
                }
            }
        }
    }
}
