//! The analysis by decision diagrams against that of listed states, on random models under every sanction rule; and counts that can be worked out by hand where
//! states cannot be listed.

use proptest::prelude::*;
use winset_stability::{
    Budget, CompactModel, Concept, Direction, Formula, Model, ModelOption, OptionForm, Order, Preference, Refusal,
    SanctionRule, StateSet, SymbolicStability, count_states, stability, symbolic_stability,
};

const LEGAL: SanctionRule = SanctionRule::Legal;

fn option(owner: usize) -> ModelOption {
    ModelOption { name: format!("of {owner}"), owner, direction: Direction::Both }
}

fn form(owners: &[usize], infeasible: Vec<Formula>) -> OptionForm {
    let players = owners.iter().max().map_or(0, |last| last + 1);
    OptionForm {
        decision_makers: (0..players).map(|player| format!("D{player}")).collect(),
        options: owners.iter().map(|owner| option(*owner)).collect(),
        infeasible,
        merged: Vec::new(),
    }
}

/// A condition over some options.
fn formula(options: usize) -> impl Strategy<Value = Formula> {
    let leaf = (0..1_u64 << options, 0..1_u64 << options)
        .prop_map(|(mask, value)| Formula::Pattern { mask, value: value & mask });
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(Formula::negated),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Formula::All),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Formula::Any),
            (inner.clone(), inner).prop_map(|(left, right)| Formula::Iff(Box::new(left), Box::new(right))),
        ]
    })
}

/// What a decision maker prefers, in any of the three ways. Groups are those of a first condition, of a second, and the rest.
fn order(options: usize) -> impl Strategy<Value = Order> {
    prop_oneof![
        3 => prop::collection::vec(formula(options), 0..6).prop_map(Order::Statements),
        1 => prop::collection::vec(-6..7_i64, options).prop_map(Order::Weights),
        1 => (formula(options), formula(options)).prop_map(|(first, second)| {
            let rest = Formula::All(vec![first.clone().negated(), second.clone().negated()]);
            Order::Groups(vec![first.clone(), Formula::All(vec![second, first.negated()]), rest])
        }),
    ]
}

/// One to seven options held by one to four decision makers, not in the order of who holds them. With `one_way`, half of the options change one way only.
fn model(infeasible: usize, hidden: usize, one_way: bool) -> impl Strategy<Value = CompactModel> {
    let ways = if one_way {
        [Direction::Both, Direction::Both, Direction::OnlyOn, Direction::OnlyOff]
    } else {
        [Direction::Both; 4]
    };
    let direction = move || prop::sample::select(ways.to_vec());
    (1..5_usize).prop_flat_map(|players| (Just(players), prop::collection::vec(0..players, 0..4))).prop_flat_map(
        move |(players, more)| {
            let owners: Vec<usize> = more.into_iter().chain(0..players).collect();
            let options = owners.len();
            (
                (Just(owners), prop::collection::vec(direction(), options)),
                prop::collection::vec(formula(options), 0..=infeasible),
                prop::collection::vec(order(options), players),
                prop::collection::vec(prop::collection::vec(formula(options), 0..=hidden), players),
            )
                .prop_map(|((owners, directions), infeasible, orders, hidden)| {
                    let mut form = form(&owners, infeasible);
                    form.options.iter_mut().zip(directions).for_each(|(option, way)| option.direction = way);
                    CompactModel { form, orders, hidden }
                })
        },
    )
}

/// The same model with its states listed; `None` if there is none.
fn listed(compact: &CompactModel) -> Option<Model> {
    let states = compact.form.states().ok()?;
    let preferences: Vec<Preference> = compact
        .orders
        .iter()
        .map(|order| match order {
            Order::Statements(statements) => Preference::Statements(statements.clone()),
            Order::Weights(weights) => Preference::Weights(weights.clone()),
            Order::Groups(groups) => Preference::Ranking(
                groups
                    .iter()
                    .map(|group| (0..states.len()).filter(|state| group.holds(states.key(*state))).collect())
                    .collect(),
            ),
        })
        .collect();
    let mut model = Model::new(compact.form.clone(), states, preferences).ok()?;
    for (player, hidden) in compact.hidden.iter().enumerate() {
        let states = model.states();
        let set = StateSet::from_fn(states.len(), |state| hidden.iter().any(|each| each.holds(states.key(state))));
        model.hide(player, set);
    }
    Some(model)
}

/// Both ways of analysing agree. Whether there was a state to be analysed.
fn compare(compact: &CompactModel, rule: SanctionRule) -> Result<bool, TestCaseError> {
    let Some(model) = listed(compact) else {
        prop_assert!(matches!(symbolic_stability(compact, rule, Budget::default()), Err(Refusal::NoStates)));
        return Ok(false);
    };
    let result = stability(&model, rule).unwrap();
    let mut symbolic = symbolic_stability(compact, rule, Budget::default()).unwrap();
    let states = model.states();
    prop_assert_eq!(symbolic.states(), states.len() as u64);
    prop_assert_eq!(count_states(&compact.form, Budget::default()).unwrap(), states.len() as u64);
    for concept in SymbolicStability::CONCEPTS {
        for player in 0..model.decision_makers().len() {
            let set = result.stable(concept, player);
            prop_assert_eq!(symbolic.stable_count(concept, player), Some(set.count() as u64));
            for state in 0..states.len() {
                let stable = symbolic.is_stable(concept, player, states.key(state));
                prop_assert_eq!(stable, Some(set.contains(state)), "{} for {} at {}", concept, player, state);
            }
        }
        let equilibria = result.equilibria(concept);
        prop_assert_eq!(symbolic.equilibrium_count(concept), Some(equilibria.count() as u64));
        let expected: Vec<(u64, u64)> =
            equilibria.iter().map(|state| (state as u64, states.key(state))).take(5).collect();
        prop_assert_eq!(symbolic.first_equilibria(concept, 5).unwrap(), Some(expected));
    }
    prop_assert_eq!(symbolic.stable_count(Concept::Seq, 0), None);
    Ok(true)
}

fn rule() -> impl Strategy<Value = SanctionRule> {
    prop::sample::select(&SanctionRule::ALL[..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_choice_a_state(compact in model(0, 0, false)) {
        compare(&compact, LEGAL)?;
    }

    #[test]
    fn options_that_change_one_way(compact in model(0, 0, true)) {
        compare(&compact, LEGAL)?;
    }

    #[test]
    fn options_that_change_one_way_among_infeasible_and_unseen_states(compact in model(3, 1, true)) {
        compare(&compact, LEGAL)?;
    }

    #[test]
    fn every_sanction_rule(compact in model(2, 1, true), rule in rule()) {
        compare(&compact, rule)?;
    }

    /// With little room, intermediate results are forgotten on the way: either the answers are the same, or the analysis is refused.
    #[test]
    fn little_room(compact in model(2, 1, true), rule in rule(), nodes in 20..400_usize) {
        let Ok(roomy) = symbolic_stability(&compact, rule, Budget::default()) else { return Ok(()) };
        match symbolic_stability(&compact, rule, Budget { nodes, ..Budget::default() }) {
            Ok(narrow) => {
                for concept in SymbolicStability::CONCEPTS {
                    for player in 0..compact.orders.len() {
                        for key in 0..1 << compact.form.options.len() {
                            let [one, other] = [&roomy, &narrow].map(|result| result.is_stable(concept, player, key));
                            prop_assert_eq!(one, other, "{} for {} at {}", concept, player, key);
                        }
                    }
                }
            }
            Err(refusal) => prop_assert!(matches!(refusal, Refusal::TooLarge { .. }), "{}", refusal),
        }
    }

    #[test]
    fn infeasible_and_unseen_states(compact in model(3, 1, false)) {
        compare(&compact, LEGAL)?;
    }
}

/// Each holds twenty options and wants its own first one taken, and the other's first one even more: a prisoner's dilemma within 2^40 states.
#[test]
fn counts_beyond_what_can_be_listed() {
    let owners: Vec<usize> = (0..40).map(|option| option / 20).collect();
    let orders = vec![
        Order::Statements(vec![Formula::option(20), Formula::option(0).negated()]),
        Order::Statements(vec![Formula::option(0), Formula::option(20).negated()]),
    ];
    let compact = CompactModel { form: form(&owners, Vec::new()), orders, hidden: Vec::new() };
    assert_eq!(compact.form.states(), Err(Refusal::TooManyStates));
    let mut result = symbolic_stability(&compact, LEGAL, Budget::default()).unwrap();
    assert_eq!(result.states(), 1 << 40);
    // Neither takes what the other wants: Nash. Both do: stable as long as each fears the answer.
    assert_eq!(result.equilibrium_count(Concept::Nash), Some(1 << 38));
    assert_eq!(result.equilibrium_count(Concept::Gmr), Some(1 << 39));
    assert_eq!(result.equilibrium_count(Concept::Smr), Some(1 << 39));
    let first = result.first_equilibria(Concept::Nash, 3).unwrap().unwrap();
    assert_eq!(first, [(0, 0), (2, 2), (4, 4)]);
}

/// The same dilemma, in which neither can take back its first option once taken: nobody gains by a move where both have taken theirs, and no threat to take it is
/// ever withdrawn.
#[test]
fn counts_with_options_that_cannot_be_taken_back() {
    let owners: Vec<usize> = (0..40).map(|option| option / 20).collect();
    let orders = vec![
        Order::Statements(vec![Formula::option(20), Formula::option(0).negated()]),
        Order::Statements(vec![Formula::option(0), Formula::option(20).negated()]),
    ];
    let mut compact = CompactModel { form: form(&owners, Vec::new()), orders, hidden: Vec::new() };
    let mut count = |directions: [Direction; 2], concept| {
        compact.form.options[0].direction = directions[0];
        compact.form.options[20].direction = directions[1];
        symbolic_stability(&compact, LEGAL, Budget::default()).unwrap().equilibrium_count(concept).unwrap()
    };
    // Who has taken its option stays, and who has not does not want to: everything stays.
    let taken = [Direction::OnlyOn; 2];
    assert_eq!(count(taken, Concept::Nash), 1 << 40);
    // Both would give theirs up and cannot be answered, unless the other still has its own to give up.
    let given = [Direction::OnlyOff; 2];
    assert_eq!(count(given, Concept::Nash), 1 << 38);
    assert_eq!(count(given, Concept::Smr), 1 << 39);
    // Of two that have taken theirs, each fears the other; once the first has given up its own for good, it has nothing left to deter the second with.
    assert_eq!(count([Direction::OnlyOff, Direction::Both], Concept::Nash), 1 << 38);
    assert_eq!(count([Direction::OnlyOff, Direction::Both], Concept::Gmr), 1 << 39);
}

/// Weights in billionths, of which the common part does not matter; and of sixty options only those in which exactly one of the last two is taken are states.
#[test]
fn numbers_of_states_skip_what_is_infeasible() {
    let owners: Vec<usize> = (0..60).map(|option| option / 15).collect();
    let same = Formula::Iff(Box::new(Formula::option(58)), Box::new(Formula::option(59)));
    let weights = |owner: usize| {
        let weight = |option: usize| if option / 15 == owner { 1_000_000_000 * (option as i64 % 3 + 1) } else { 0 };
        Order::Weights((0..60).map(weight).collect())
    };
    let orders = (0..4).map(weights).collect();
    let compact = CompactModel { form: form(&owners, vec![same]), orders, hidden: Vec::new() };
    let mut result = symbolic_stability(&compact, LEGAL, Budget::default()).unwrap();
    assert_eq!(result.states(), 1 << 59);
    // Everyone takes all it can: option 58 weighs 2 and option 59 weighs 3, so the last one it is.
    assert_eq!(result.equilibrium_count(Concept::Nash), Some(1));
    let all = (1_u64 << 58) - 1;
    let expected = (1_u64 << 58) + all;
    assert_eq!(result.first_equilibria(Concept::Nash, 9).unwrap(), Some(vec![(expected, all | 1 << 59)]));
}

#[test]
fn what_is_refused() {
    let refused = |compact: &CompactModel, budget| symbolic_stability(compact, LEGAL, budget).unwrap_err();
    let orders = vec![Order::Statements(vec![Formula::option(0)])];
    let mut compact = CompactModel { form: form(&[0, 0, 0], Vec::new()), orders, hidden: Vec::new() };
    compact.form.merged = vec![Formula::option(0)];
    assert!(matches!(refused(&compact, Budget::default()), Refusal::OptionForm { .. }));
    compact.form.merged.clear();
    for budget in [Budget { nodes: 2, ..Budget::default() }, Budget { steps: 0, ..Budget::default() }] {
        compact.orders = vec![Order::Statements(vec![Formula::Pattern { mask: 7, value: 2 }])];
        assert!(matches!(refused(&compact, budget), Refusal::TooLarge { .. }));
    }
    compact.orders = vec![Order::Groups(vec![Formula::option(0)])];
    assert_eq!(refused(&compact, Budget::default()).to_string(), "the ranking of D0 leaves out 4 states");
    compact.orders = vec![Order::Groups(vec![Formula::option(0), Formula::Constant(true)])];
    let refusal = refused(&compact, Budget::default()).to_string();
    assert!(refusal.contains("has 4 states in place 2"), "{refusal}");
}
