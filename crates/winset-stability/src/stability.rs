//! Which states are stable for whom, under each of the five concepts.
//!
//! With `u` the best rank a decision maker can reach from a state by one move or none, and `X` the states its opponents can bring about (by any moves, or by
//! improvements of whoever moves), a state `s` is stable for it when its rank is at least
//!
//! > `W(s)` = max over `t` in reach of `s` of min( rank of `t`, min over `x` in `X(t)` of `y(x)` ),
//!
//! where `y` is its rank for GMR and SEQ, `u` for SMR and SSEQ, and the inner minimum is left out for Nash. For a state is unstable when some `t` is
//! better, and no `x` has `y(x)` at most the rank of `s`. Counting `t` itself among `X(t)`, and `s` among what is in reach of `s`, changes nothing.

use crate::concept::{Concept, SanctionRule};
use crate::cube;
use crate::graph::Graph;
use crate::model::Model;
use crate::refusal::Refusal;
use crate::sanction::least;
use crate::set::StateSet;

/// Which states are stable for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stability {
    /// Per concept, in the order of [`Concept::ALL`], and decision maker: its stable states. Empty for concepts that were not asked for.
    stable: Vec<Vec<StateSet>>,
}

impl Stability {
    /// The states stable for a decision maker, under a concept that was asked for.
    pub fn stable(&self, concept: Concept, decision_maker: usize) -> &StateSet {
        &self.stable[concept as usize][decision_maker]
    }

    /// The states stable for everyone, under a concept that was asked for.
    pub fn equilibria(&self, concept: Concept) -> StateSet {
        let mut sets = self.stable[concept as usize].iter();
        let first = sets.next().cloned().unwrap_or_else(|| StateSet::empty(0));
        sets.fold(first, |mut all, set| {
            all.intersect(set);
            all
        })
    }
}

/// Analyses a model under all five concepts.
pub fn stability(model: &Model, rule: SanctionRule) -> Result<Stability, Refusal> {
    stability_under(model, rule, &Concept::ALL)
}

/// Analyses a model under some of the concepts.
pub fn stability_under(model: &Model, rule: SanctionRule, concepts: &[Concept]) -> Result<Stability, Refusal> {
    match cube::blocks(model) {
        Some(blocks) if rule == SanctionRule::Legal => {
            Ok(Stability { stable: cube::analyse(model, &blocks, concepts) })
        }
        _ => by_search(model, rule, concepts),
    }
}

/// The analysis for every kind of model, in time close to linear in states and moves.
pub(crate) fn by_search(model: &Model, rule: SanctionRule, concepts: &[Concept]) -> Result<Stability, Refusal> {
    let graph = Graph::new(model)?;
    let mut stable = vec![Vec::new(); Concept::ALL.len()];
    for decision_maker in 0..graph.decision_makers() {
        let ranks = graph.ranks(decision_maker);
        let best = graph.most_in_reach(decision_maker, ranks);
        for &concept in concepts {
            let threshold = if concept == Concept::Nash {
                best.clone()
            } else {
                let value = if concept.is_symmetric() { &best } else { ranks };
                let mut worth = least(&graph, decision_maker, value, concept.is_credible(), rule)?;
                worth.iter_mut().zip(ranks).for_each(|(worth, rank)| *worth = (*worth).min(*rank));
                graph.most_in_reach(decision_maker, &worth)
            };
            let set = StateSet::from_fn(ranks.len(), |state| ranks[state] >= threshold[state]);
            stable[concept as usize].push(set);
        }
    }
    Ok(Stability { stable })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Direction, ModelOption, OptionForm};
    use crate::preference::Preference;

    /// Numbers that look random.
    fn next(seed: &mut u64) -> u64 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *seed >> 33
    }

    #[test]
    fn both_ways_of_analysing_agree_where_both_fit() {
        let mut seed = 1;
        for blocks in [&[3, 2][..], &[2, 3, 3], &[1, 0, 4, 2], &[5, 5, 1], &[2, 2, 2, 2, 1], &[4], &[6, 6]] {
            for levels in [2, 7, 1 << 30] {
                let owners = blocks.iter().enumerate().flat_map(|(owner, bits)| std::iter::repeat_n(owner, *bits));
                let option = |owner| ModelOption { name: String::new(), owner, direction: Direction::Both };
                let form = OptionForm {
                    decision_makers: vec![String::new(); blocks.len()],
                    options: owners.map(option).collect(),
                    ..OptionForm::default()
                };
                let states = form.states().unwrap();
                let preferences: Vec<Preference> = (0..blocks.len())
                    .map(|_| {
                        Preference::Worth((0..states.len()).map(|_| i128::from(next(&mut seed) % levels)).collect())
                    })
                    .collect();
                let model = Model::new(form, states, preferences).unwrap();
                assert!(cube::blocks(&model).is_some());
                let fast = stability(&model, SanctionRule::Legal).unwrap();
                assert!(fast == by_search(&model, SanctionRule::Legal, &Concept::ALL).unwrap(), "{blocks:?} {levels}");
            }
        }
    }
}
