//! Simultaneous sanctions (Fraser & Hipel 1979, 1984): several decision makers improve at once, and what comes of it together is no better than where they
//! began.

use crate::concept::{Concept, SanctionRule};
use crate::graph::Graph;
use crate::model::Model;
use crate::refusal::Refusal;
use crate::set::StateSet;
use crate::stability::stability;

/// How many combinations of simultaneous moves are looked at.
const COMBINATION_LIMIT: u64 = 1 << 32;

/// Per decision maker the states where every improvement can be met by improvements the others make from the same state at the same time (SIM).
///
/// Needs option form: what moves come to together is that each of them changes its options.
pub fn simultaneous(model: &Model) -> Result<Vec<StateSet>, Refusal> {
    let everyone = vec![true; model.decision_makers().len()];
    sanctioned(model, |_| everyone.clone())
}

/// Fraser and Hipel's own rule: a state is stable for a decision maker if it is so under `concept`, or if it and someone else are both unstable there and
/// every improvement of it can be met by simultaneous improvements of those who are unstable as well.
pub fn with_simultaneous(model: &Model, concept: Concept, rule: SanctionRule) -> Result<Vec<StateSet>, Refusal> {
    let result = stability(model, rule)?;
    let decision_makers = model.decision_makers().len();
    let unstable = |state: usize| -> Vec<bool> {
        (0..decision_makers).map(|mover| !result.stable(concept, mover).contains(state)).collect()
    };
    let met = sanctioned(model, unstable)?;
    let sets = met.iter().enumerate().map(|(decision_maker, met)| {
        StateSet::from_fn(model.states().len(), |state| {
            let stable = result.stable(concept, decision_maker).contains(state);
            stable || unstable(state).iter().filter(|unstable| **unstable).count() >= 2 && met.contains(state)
        })
    });
    Ok(sets.collect())
}

/// The states where every improvement is met by simultaneous improvements of the others who take part there.
fn sanctioned(model: &Model, taking_part: impl Fn(usize) -> Vec<bool>) -> Result<Vec<StateSet>, Refusal> {
    if model.states().is_merged() {
        return Err(Refusal::OptionForm { analysis: "simultaneous sanctioning" });
    }
    let graph = Graph::new(model)?;
    let holding: Vec<u64> = (0..graph.decision_makers()).map(|mover| model.holding(mover)).collect();
    let mut sets = vec![StateSet::empty(graph.len()); graph.decision_makers()];
    let mut budget = COMBINATION_LIMIT;
    for state in 0..graph.len() {
        let taking_part = taking_part(state);
        let improvements: Vec<Vec<u64>> = (0..graph.decision_makers())
            .map(|mover| graph.improvements(mover, state).into_iter().map(|target| graph.key(target)).collect())
            .collect();
        for (decision_maker, set) in sets.iter_mut().enumerate() {
            let others: Vec<(u64, &[u64])> = (0..graph.decision_makers())
                .filter(|other| *other != decision_maker && taking_part[*other])
                .map(|other| (holding[other], improvements[other].as_slice()))
                .collect();
            let ranks = graph.ranks(decision_maker);
            let no_better = |key: u64| model.states().find(key).is_some_and(|end| ranks[end] <= ranks[state]);
            let mut all = true;
            for &key in &improvements[decision_maker] {
                all &= any_combination(&others, key, &no_better, &mut budget);
                if budget == 0 {
                    let limit = format!("{COMBINATION_LIMIT} combinations of moves");
                    return Err(Refusal::TooLarge { analysis: "simultaneous sanctioning", limit });
                }
            }
            if all {
                set.insert(state);
            }
        }
    }
    Ok(sets)
}

/// Whether some choice of one improvement or none for each of the others leads to where the test holds.
fn any_combination(others: &[(u64, &[u64])], key: u64, test: &impl Fn(u64) -> bool, budget: &mut u64) -> bool {
    *budget = budget.saturating_sub(1);
    let Some(((holding, improvements), rest)) = others.split_first() else { return test(key) };
    any_combination(rest, key, test, budget)
        || improvements
            .iter()
            .any(|improved| *budget > 0 && any_combination(rest, key & !holding | improved & holding, test, budget))
}
