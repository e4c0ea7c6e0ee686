//! Why a state is stable for a decision maker, or who leaves it how.

use std::collections::BTreeSet;

use crate::concept::{Concept, SanctionRule};
use crate::graph::Graph;
use crate::model::Model;
use crate::refusal::Refusal;

/// One move on a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Who moves.
    pub mover: usize,
    /// Where to.
    pub to: usize,
}

/// An improvement of a decision maker, and how the others can answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Improvement {
    /// Where it leads.
    pub to: usize,
    /// A shortest answer after which it has not paid; `None` if there is none, and the state is unstable.
    pub sanction: Option<Vec<Step>>,
}

/// Why a state is stable for a decision maker under a concept: every improvement has a sanction. Or why it is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Its improvements from there, by where they lead.
    pub improvements: Vec<Improvement>,
}

impl Explanation {
    /// Whether the state is stable.
    pub fn is_stable(&self) -> bool {
        self.improvements.iter().all(|improvement| improvement.sanction.is_some())
    }
}

/// Explains one state for one decision maker under one concept.
pub fn explain(
    model: &Model,
    concept: Concept,
    decision_maker: usize,
    state: usize,
    rule: SanctionRule,
) -> Result<Explanation, Refusal> {
    let graph = Graph::new(model)?;
    let search = Search { graph: &graph, concept, decision_maker, state, rule };
    let improvements = graph
        .improvements(decision_maker, state)
        .into_iter()
        .map(|to| Improvement { to, sanction: if concept == Concept::Nash { None } else { search.sanction(to) } });
    Ok(Explanation { improvements: improvements.collect() })
}

/// A state on the way of an answer: who may not move next.
type Place = (usize, BTreeSet<usize>);

struct Search<'g> {
    graph: &'g Graph<'g>,
    concept: Concept,
    decision_maker: usize,
    state: usize,
    rule: SanctionRule,
}

impl Search<'_> {
    /// A shortest answer to the improvement that leads to `from`.
    fn sanction(&self, from: usize) -> Option<Vec<Step>> {
        let mut seen: BTreeSet<Place> = BTreeSet::new();
        let mut found: Vec<(Place, Option<usize>, Step)> =
            vec![((from, BTreeSet::new()), None, Step { mover: self.decision_maker, to: from })];
        let mut next = 0;
        while next < found.len() {
            let (place, ..) = found[next].clone();
            for mover in (0..self.graph.decision_makers()).filter(|mover| *mover != self.decision_maker) {
                let barred = match self.rule {
                    SanctionRule::Single => next > 0,
                    SanctionRule::EachOnce | SanctionRule::Legal => place.1.contains(&mover),
                };
                if barred {
                    continue;
                }
                let ranks = self.graph.ranks(mover);
                for to in self.graph.moves(mover, place.0) {
                    if self.concept.is_credible() && ranks[to] <= ranks[place.0] {
                        continue;
                    }
                    let mut barred =
                        if self.rule == SanctionRule::EachOnce { place.1.clone() } else { BTreeSet::new() };
                    barred.insert(mover);
                    if !seen.insert((to, barred.clone())) {
                        continue;
                    }
                    found.push(((to, barred), Some(next), Step { mover, to }));
                    if self.deters(to) {
                        return Some(way(&found));
                    }
                }
            }
            next += 1;
        }
        None
    }

    /// Whether ending here, the decision maker would rather not have moved.
    fn deters(&self, end: usize) -> bool {
        let ranks = self.graph.ranks(self.decision_maker);
        let mut best = ranks[end];
        if self.concept.is_symmetric() {
            self.graph.each_move(self.decision_maker, end, |target| best = best.max(ranks[target]));
        }
        best <= ranks[self.state]
    }
}

/// The steps to the place found last.
fn way(found: &[(Place, Option<usize>, Step)]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = found.len() - 1;
    while let (_, Some(before), step) = &found[at] {
        steps.push(*step);
        at = *before;
    }
    steps.reverse();
    steps
}
