//! Inverse analysis: what a decision maker would have to prefer for a state to be stable (Kinsara, Kilgour & Hipel 2015; Wang, Hipel, Fang & Dang 2018).
//!
//! Whether a state is stable for a decision maker depends on one thing about its ranking: which states it holds no better than that state. Of each of its moves
//! it must hold that the end, or an answer to it, is among them.

use std::collections::BTreeSet;

use crate::concept::{Concept, SanctionRule};
use crate::graph::Graph;
use crate::model::Model;
use crate::refusal::Refusal;

/// How many states are analysed.
const LIMIT: usize = 1 << 12;

/// How many choices are tried for the smallest change.
const TRIES: usize = 1 << 22;

/// What one move asks for: one of these sets of states, held no better than the state in question. The first is the end of the move itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// Where the move leads.
    pub to: usize,
    /// The sets, each without states that are held no better already.
    pub any_of: Vec<Vec<usize>>,
}

/// What would make a state stable for a decision maker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inverse {
    /// What its moves ask for, those that ask for nothing left out; empty if the state is stable as it is.
    pub demands: Vec<Demand>,
    /// A smallest set of states that, held no better than this one, make it stable; `None` where the search gave up.
    pub smallest: Option<Vec<usize>>,
    /// The ranking nearest to its own under which the state is stable.
    pub nearest: Nearest,
}

/// A ranking nearest to a decision maker's own under which a state is stable: as few pairs of states as can be stand to each other otherwise (Kendall 1938).
///
/// It is the own one with the state raised. All states that end up no better than it must fall below those that stay better: each state now between the two
/// changes places with one of them or with it, and raising it changes no other pair.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Nearest {
    /// The states whose level it rises to; empty if it is stable as it is.
    pub level: Vec<usize>,
    /// How many pairs of states stand to each other otherwise: Kendall's tau distance, ties counted as a relation of their own.
    pub pairs: usize,
}

/// What would make a state stable for a decision maker under a concept, everyone else's preferences as they are.
pub fn inverse(
    model: &Model,
    concept: Concept,
    decision_maker: usize,
    state: usize,
    rule: SanctionRule,
) -> Result<Inverse, Refusal> {
    let graph = Graph::new(model)?;
    if graph.len() > LIMIT {
        return Err(Refusal::TooLarge { analysis: "inverse analysis", limit: format!("{LIMIT} states") });
    }
    let ranks = graph.ranks(decision_maker);
    let better = |states: &BTreeSet<usize>| -> Vec<usize> {
        states.iter().copied().filter(|other| ranks[*other] > ranks[state]).collect()
    };
    let mut demands = Vec::new();
    for to in graph.moves(decision_maker, state) {
        let mut any_of = vec![better(&BTreeSet::from([to]))];
        if concept != Concept::Nash {
            for end in ends(&graph, concept, decision_maker, to, rule) {
                let mut asked = BTreeSet::from([end]);
                if concept.is_symmetric() {
                    asked.extend(graph.moves(decision_maker, end));
                }
                // The state itself is no better than itself, whatever it is held for.
                asked.remove(&state);
                any_of.push(better(&asked));
            }
        }
        if any_of.iter().all(|asked| !asked.is_empty()) {
            let own = any_of.remove(0);
            any_of.sort_by_key(|asked| (asked.len(), asked.clone()));
            any_of.dedup();
            let mut kept: Vec<Vec<usize>> = vec![own];
            for asked in any_of {
                if !kept.iter().any(|other| other.iter().all(|state| asked.contains(state))) {
                    kept.push(asked);
                }
            }
            demands.push(Demand { to, any_of: kept });
        }
    }
    let mut search = Smallest { demands: &demands, best: None, tries: TRIES };
    search.choose(0, &BTreeSet::new());
    let smallest = if search.tries == 0 { None } else { search.best.map(|best| best.into_iter().collect()) };
    let nearest = Nearest::of(&demands, ranks, state);
    Ok(Inverse { demands, smallest, nearest })
}

impl Nearest {
    /// Rises to the lowest level from which every move has one of the sets it asks for no better.
    fn of(demands: &[Demand], ranks: &[u32], state: usize) -> Self {
        let level = |asked: &Vec<usize>| asked.iter().map(|state| ranks[*state]).max();
        let Some(level) = demands.iter().filter_map(|demand| demand.any_of.iter().filter_map(level).min()).max() else {
            return Nearest::default();
        };
        let others = || (0..ranks.len()).filter(|other| *other != state);
        Nearest {
            level: others().filter(|other| ranks[*other] == level).collect(),
            // It passes or joins those above, and leaves those it was tied with behind.
            pairs: others().filter(|other| (ranks[state]..=level).contains(&ranks[*other])).count(),
        }
    }
}

/// Where the opponents can lead to from the end of a move.
fn ends(graph: &Graph<'_>, concept: Concept, target: usize, from: usize, rule: SanctionRule) -> BTreeSet<usize> {
    let mut seen: BTreeSet<(usize, u32)> = BTreeSet::new();
    // The movers barred from going next: whoever moved last, or all who have moved.
    let mut open = vec![(from, 0_u32)];
    let mut first = true;
    while let Some((at, barred)) = open.pop() {
        if rule == SanctionRule::Single && !first {
            continue;
        }
        first = false;
        for mover in (0..graph.decision_makers()).filter(|mover| *mover != target && barred >> mover & 1 == 0) {
            let ranks = graph.ranks(mover);
            graph.each_move(mover, at, |to| {
                let next = if rule == SanctionRule::EachOnce { barred | 1 << mover } else { 1 << mover };
                if (!concept.is_credible() || ranks[to] > ranks[at]) && seen.insert((to, next)) {
                    open.push((to, next));
                }
            });
        }
    }
    seen.into_iter().map(|(state, _)| state).collect()
}

struct Smallest<'d> {
    demands: &'d [Demand],
    best: Option<BTreeSet<usize>>,
    tries: usize,
}

impl Smallest<'_> {
    fn choose(&mut self, at: usize, chosen: &BTreeSet<usize>) {
        if self.tries == 0 || self.best.as_ref().is_some_and(|best| best.len() <= chosen.len()) {
            return;
        }
        self.tries -= 1;
        let Some(demand) = self.demands.get(at) else {
            self.best = Some(chosen.clone());
            return;
        };
        if demand.any_of.iter().any(|asked| asked.iter().all(|state| chosen.contains(state))) {
            self.choose(at + 1, chosen);
            return;
        }
        for asked in &demand.any_of {
            let mut more = chosen.clone();
            more.extend(asked);
            self.choose(at + 1, &more);
        }
    }
}
