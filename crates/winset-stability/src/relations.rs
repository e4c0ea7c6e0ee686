//! Stability where preferences are more, or less, than rankings: the same four definitions with other words for "improves", "deters" and "goes along".
//!
//! Everything else that is stated over relations is one of these: [`unknown`](crate::unknown), [`strength`](crate::strength) and
//! [`attitudes`](crate::attitudes).

use std::collections::BTreeSet;

use crate::concept::Concept;
use crate::graph::Graph;
use crate::model::Model;
use crate::refusal::Refusal;
use crate::set::StateSet;

/// How many states are analysed this way: it looks at every pair.
const LIMIT: usize = 1 << 12;

/// What a definition of stability asks about pairs of states. Each takes the decision maker, where it begins, and another state.
pub(crate) trait Relations {
    /// Whether going there is worth considering.
    fn improves(&self, decision_maker: usize, from: usize, to: usize) -> bool;
    /// Whether ending there, it would rather not have moved.
    fn deters(&self, decision_maker: usize, from: usize, end: usize) -> bool;
    /// Whether an opponent may take this step in an answer that has to be credible.
    fn goes_along(&self, opponent: usize, from: usize, to: usize) -> bool;
}

/// The stable states per decision maker, under Nash, GMR, SMR and SEQ, and SSEQ in the same manner.
pub(crate) fn stable(model: &Model, concept: Concept, relations: &impl Relations) -> Result<Vec<StateSet>, Refusal> {
    let graph = Graph::new(model)?;
    if graph.len() > LIMIT {
        let limit = format!("{LIMIT} states");
        return Err(Refusal::TooLarge { analysis: "stability by relations", limit });
    }
    let makers = 0..graph.decision_makers();
    let sets = makers.map(|decision_maker| {
        // What can be brought about from a state does not depend on where the decision maker began.
        let mut answers: Vec<Option<BTreeSet<usize>>> = vec![None; graph.len()];
        let mut set = StateSet::empty(graph.len());
        for state in 0..graph.len() {
            let deters = |end: &usize| relations.deters(decision_maker, state, *end);
            let holds = graph.moves(decision_maker, state).into_iter().all(|to| {
                if !relations.improves(decision_maker, state, to) {
                    return true;
                }
                if concept == Concept::Nash {
                    return false;
                }
                let ends = answers[to].get_or_insert_with(|| reach(&graph, decision_maker, to, concept, relations));
                ends.iter().any(|end| {
                    deters(end) && (!concept.is_symmetric() || graph.moves(decision_maker, *end).iter().all(deters))
                })
            });
            if holds {
                set.insert(state);
            }
        }
        set
    });
    Ok(sets.collect())
}

/// Where the opponents can lead to from a state by legal sequences.
fn reach(
    graph: &Graph<'_>,
    target: usize,
    from: usize,
    concept: Concept,
    relations: &impl Relations,
) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let mut open = vec![(from, usize::MAX)];
    while let Some((at, last)) = open.pop() {
        for mover in (0..graph.decision_makers()).filter(|mover| *mover != target && *mover != last) {
            for to in graph.moves(mover, at) {
                let goes = !concept.is_credible() || relations.goes_along(mover, at, to);
                if goes && seen.insert((to, mover)) {
                    open.push((to, mover));
                }
            }
        }
    }
    seen.into_iter().map(|(state, _)| state).collect()
}
