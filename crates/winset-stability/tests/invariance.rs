//! What leaves answers as they are: the names and order of things, how a ranking is numbered; and what more moves of others do.

mod common;

use common::random::{Kind, model};
use proptest::prelude::*;
use winset_stability::{Concept, Formula, Model, ModelOption, OptionForm, Preference, SanctionRule, stability};

const KIND: Kind = Kind { one_way: true, infeasible: true, players: (1, 4), most_options: 5 };

/// The same model with option `j` standing at `options[j]` and decision maker `i` at `makers[i]`.
fn relabelled(model: &Model, options: &[usize], makers: &[usize]) -> Model {
    let moved =
        |key: u64| (0..options.len()).filter(|j| key >> j & 1 == 1).fold(0, |moved, j| moved | 1_u64 << options[j]);
    let mut placed: Vec<Option<ModelOption>> = vec![None; options.len()];
    for (j, option) in model.options().iter().enumerate() {
        placed[options[j]] = Some(ModelOption { owner: makers[option.owner], ..option.clone() });
    }
    let mut names = vec![String::new(); makers.len()];
    model.decision_makers().iter().enumerate().for_each(|(i, name)| names[makers[i]].clone_from(name));
    let infeasible = model.infeasible().iter().map(|condition| match condition {
        Formula::Pattern { mask, value } => Formula::Pattern { mask: moved(*mask), value: moved(*value) },
        other => panic!("random models have patterns only, not {other:?}"),
    });
    let form = OptionForm {
        decision_makers: names,
        options: placed.into_iter().flatten().collect(),
        infeasible: infeasible.collect(),
        merged: Vec::new(),
    };
    let states = form.states().unwrap();
    let mut preferences = vec![Preference::Worth(vec![0; states.len()]); makers.len()];
    for (i, &place) in makers.iter().enumerate() {
        let mut worth = vec![0; states.len()];
        for state in 0..states.len() {
            let there = states.find(moved(model.states().key(state))).unwrap();
            worth[there] = i128::from(model.ranks(i)[state]);
        }
        preferences[place] = Preference::Worth(worth);
    }
    Model::new(form, states, preferences).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Neither the order of options nor that of decision makers matters.
    #[test]
    fn order_does_not_matter(
        (model, options, makers) in model(KIND).prop_flat_map(|model| {
            let options: Vec<usize> = (0..model.options().len()).collect();
            let makers: Vec<usize> = (0..model.decision_makers().len()).collect();
            (Just(model), Just(options).prop_shuffle(), Just(makers).prop_shuffle())
        })
    ) {
        let other = relabelled(&model, &options, &makers);
        let moved = |key: u64| (0..options.len()).filter(|j| key >> j & 1 == 1).fold(0, |moved, j| moved | 1_u64 << options[j]);
        for rule in SanctionRule::ALL {
            let (before, after) = (stability(&model, rule).unwrap(), stability(&other, rule).unwrap());
            for (concept, state) in Concept::ALL.into_iter().flat_map(|concept| (0..model.states().len()).map(move |state| (concept, state))) {
                let there = other.states().find(moved(model.states().key(state))).unwrap();
                for (maker, &place) in makers.iter().enumerate() {
                    prop_assert_eq!(before.stable(concept, maker).contains(state), after.stable(concept, place).contains(there));
                }
            }
        }
    }

    /// Only the order of worth matters, not its size.
    #[test]
    fn size_of_worth_does_not_matter(model in model(KIND), steps in prop::collection::vec(1..1000_i128, 64)) {
        let mut stretched = model.clone();
        for maker in 0..model.decision_makers().len() {
            let worth = |rank: &u32| steps.iter().take(*rank as usize + 1).sum::<i128>() - 500;
            stretched.set_preference(maker, Preference::Worth(model.ranks(maker).iter().map(worth).collect())).unwrap();
        }
        let (before, after) = (stability(&model, SanctionRule::Legal).unwrap(), stability(&stretched, SanctionRule::Legal).unwrap());
        for concept in Concept::ALL {
            for maker in 0..model.decision_makers().len() {
                prop_assert_eq!(before.stable(concept, maker), after.stable(concept, maker));
            }
        }
    }

    /// A further move of one makes no state unstable for another: it can only be one more answer. And listing the moves changes nothing.
    #[test]
    fn further_moves_of_others_deter(model in model(KIND), mover in 0..4_usize, from in 0..32_usize, to in 0..32_usize) {
        let makers = model.decision_makers().len();
        let (mover, from, to) = (mover % makers, from % model.states().len(), to % model.states().len());
        prop_assume!(from != to);
        let mut listed = model.clone();
        let moves: Vec<Vec<Vec<usize>>> = (0..makers).map(|maker| model.moves(maker).unwrap()).collect();
        let arcs = |lists: &[Vec<usize>]| -> Vec<Vec<u32>> {
            lists.iter().map(|targets| targets.iter().map(|to| *to as u32).collect()).collect()
        };
        (0..makers).for_each(|maker| listed.set_moves(maker, arcs(&moves[maker])).unwrap());
        let mut further = listed.clone();
        let mut more = moves[mover].clone();
        if !more[from].contains(&to) {
            more[from].push(to);
            more[from].sort_unstable();
        }
        further.set_moves(mover, arcs(&more)).unwrap();
        for rule in SanctionRule::ALL {
            let found = [&model, &listed, &further].map(|model| stability(model, rule).unwrap());
            for (concept, maker) in Concept::ALL.into_iter().flat_map(|concept| (0..makers).map(move |maker| (concept, maker))) {
                prop_assert_eq!(found[0].stable(concept, maker), found[1].stable(concept, maker));
                if maker != mover {
                    prop_assert!(found[1].stable(concept, maker).is_subset(found[2].stable(concept, maker)));
                }
            }
        }
    }
}
