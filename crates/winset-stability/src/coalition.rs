//! Stability against groups that move together (Kilgour, Hipel, Fang & Peng 2001; Inohara & Hipel 2008).

use crate::concept::Concept;
use crate::graph::Graph;
use crate::model::Model;
use crate::refusal::Refusal;
use crate::set::StateSet;

/// How many bits are kept: for every group and state, the states the group can reach.
const BIT_LIMIT: usize = 1 << 32;

/// A group of decision makers, one bit each.
pub type Group = u32;

/// The analysis of all groups, the single decision makers included.
#[derive(Debug)]
pub struct Coalitions<'m> {
    graph: Graph<'m>,
    /// Per group and state: where the group can lead to by legal sequences of its members.
    reach: Vec<Vec<StateSet>>,
    /// Per group and state: those of them that every member prefers.
    improvements: Vec<Vec<StateSet>>,
}

/// An equilibrium that a group would leave for another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vulnerable {
    /// The equilibrium.
    pub state: usize,
    /// Who would leave it together.
    pub group: Group,
    /// The equilibrium they reach and all of them prefer.
    pub to: usize,
}

impl<'m> Coalitions<'m> {
    /// What every group can reach.
    pub fn new(model: &'m Model) -> Result<Self, Refusal> {
        let graph = Graph::new(model)?;
        let (makers, states) = (graph.decision_makers(), graph.len());
        let bits = 1_usize.checked_shl(makers as u32 + 1).and_then(|groups| groups.checked_mul(states * states));
        if makers > 12 || bits.is_none_or(|bits| bits > BIT_LIMIT) {
            let limit = format!("{BIT_LIMIT} pairs of states for all groups together");
            return Err(Refusal::TooLarge { analysis: "the analysis of coalitions", limit });
        }
        let reach: Vec<Vec<StateSet>> = (0..1_u32 << makers)
            .map(|group| (0..states).map(|state| reached(&graph, group, state)).collect())
            .collect();
        let improvements = (0..1_u32 << makers).map(|group| {
            let better = |state: usize, to: usize| {
                members(group).all(|maker| {
                    let ranks = graph.ranks(maker);
                    ranks[to] > ranks[state]
                })
            };
            (0..states)
                .map(|state| {
                    let mut set = StateSet::empty(states);
                    reach[group as usize][state].iter().filter(|to| better(state, *to)).for_each(|to| set.insert(to));
                    set
                })
                .collect()
        });
        let improvements = improvements.collect();
        Ok(Coalitions { graph, reach, improvements })
    }

    /// Every group, from the single decision makers on.
    pub fn groups(&self) -> impl Iterator<Item = Group> {
        let mut groups: Vec<Group> = (1..1 << self.graph.decision_makers()).collect();
        groups.sort_by_key(|group| group.count_ones());
        groups.into_iter()
    }

    /// Where a group can lead to together that every member prefers.
    pub fn improvements(&self, group: Group, state: usize) -> &StateSet {
        &self.improvements[group as usize][state]
    }

    /// The states stable against a group: `CNash`, CGMR, CSMR and CSEQ. SSEQ is answered as CSEQ with CSMR's condition.
    pub fn stable(&self, concept: Concept, group: Group) -> StateSet {
        let states = self.graph.len();
        let others = ((1 << self.graph.decision_makers()) - 1) & !group;
        let mut answers: Vec<Option<StateSet>> = vec![None; states];
        let mut set = StateSet::empty(states);
        for state in 0..states {
            // Some member holds it no better.
            let deters = |end: usize| {
                members(group).any(|maker| {
                    let ranks = self.graph.ranks(maker);
                    ranks[end] <= ranks[state]
                })
            };
            let holds = self.improvements[group as usize][state].iter().all(|to| {
                if concept == Concept::Nash {
                    return false;
                }
                let ends = answers[to].get_or_insert_with(|| {
                    if concept.is_credible() {
                        self.by_groups(others, to)
                    } else {
                        self.reach[others as usize][to].clone()
                    }
                });
                ends.iter().any(|end| {
                    deters(end) && (!concept.is_symmetric() || self.reach[group as usize][end].iter().all(deters))
                })
            });
            if holds {
                set.insert(state);
            }
        }
        set
    }

    /// The states stable against every group.
    pub fn equilibria(&self, concept: Concept) -> StateSet {
        let mut all = StateSet::full(self.graph.len());
        self.groups().for_each(|group| all.intersect(&self.stable(concept, group)));
        all
    }

    /// The equilibria a group would leave for another one that all its members prefer: the first test of Kilgour, Hipel, Fang & Peng (2001).
    pub fn vulnerable(&self, equilibria: &StateSet) -> Vec<Vulnerable> {
        let mut found = Vec::new();
        for state in equilibria.iter() {
            for group in self.groups().filter(|group| group.count_ones() > 1) {
                let reached = self.improvements[group as usize][state].iter().filter(|to| equilibria.contains(*to));
                found.extend(reached.map(|to| Vulnerable { state, group, to }));
            }
        }
        found
    }

    /// Where subgroups of `others` can lead to by improvements of each subgroup, none of which moves twice in a row.
    fn by_groups(&self, others: Group, from: usize) -> StateSet {
        let states = self.graph.len();
        let mut ends = StateSet::empty(states);
        let mut seen = vec![StateSet::empty(states); others as usize + 1];
        let mut open = vec![(from, 0)];
        while let Some((at, last)) = open.pop() {
            let subgroups = (1..=others).filter(|group| group & !others == 0 && *group != last);
            for group in subgroups {
                for to in self.improvements[group as usize][at].iter() {
                    if !seen[group as usize].contains(to) {
                        seen[group as usize].insert(to);
                        ends.insert(to);
                        open.push((to, group));
                    }
                }
            }
        }
        ends
    }
}

/// The members of a group.
pub fn members(group: Group) -> impl Iterator<Item = usize> {
    (0..Group::BITS as usize).filter(move |maker| group >> maker & 1 == 1)
}

/// Where a group can lead to from a state by legal sequences of its members.
fn reached(graph: &Graph<'_>, group: Group, from: usize) -> StateSet {
    let mut ends = StateSet::empty(graph.len());
    let mut seen = vec![StateSet::empty(graph.len()); graph.decision_makers()];
    let mut open = vec![(from, usize::MAX)];
    while let Some((at, last)) = open.pop() {
        for mover in members(group).filter(|mover| *mover != last) {
            graph.each_move(mover, at, |to| {
                if !seen[mover].contains(to) {
                    seen[mover].insert(to);
                    ends.insert(to);
                    open.push((to, mover));
                }
            });
        }
    }
    ends
}
