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
use crate::graph::Graph;
use crate::model::Model;
use crate::refusal::Refusal;
use crate::sanction::least;
use crate::set::StateSet;

/// Which states are stable for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stability {
    /// Per concept, in the order of [`Concept::ALL`], and decision maker: its stable states.
    stable: Vec<Vec<StateSet>>,
}

impl Stability {
    /// The states stable for a decision maker.
    pub fn stable(&self, concept: Concept, decision_maker: usize) -> &StateSet {
        &self.stable[concept as usize][decision_maker]
    }

    /// The states stable for everyone.
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
    by_search(model, rule)
}

/// The analysis for every kind of model, in time close to linear in states and moves.
pub(crate) fn by_search(model: &Model, rule: SanctionRule) -> Result<Stability, Refusal> {
    let graph = Graph::new(model)?;
    let mut stable = vec![Vec::new(); Concept::ALL.len()];
    for decision_maker in 0..graph.decision_makers() {
        let ranks = graph.ranks(decision_maker);
        let best = graph.most_in_reach(decision_maker, ranks);
        for concept in Concept::ALL {
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
