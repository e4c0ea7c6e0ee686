//! All packages of a table as paths: issues one after the other, with partial packages kept apart only as far as a condition still to come
//! can tell them apart.
//!
//! Between two issues stands one node for every combination of *what is left to decide* of the conditions (bucket elimination, Dechter 1999;
//! exact decision diagrams, Bergman, Cire, van Hoeve & Hooker 2016). Without conditions there is one node, and worth simply adds up.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::formula::Formula;
use super::sums::Sums;

/// Ways from nodes over options, all issues together, that are kept.
const ARC_LIMIT: usize = 1_000_000;

/// One way on from a node: an option of the next issue.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arc {
    /// The node it leads to.
    pub(crate) to: u32,
    /// What it decides: a position in [`Diagram::decisions`].
    pub(crate) decides: u32,
}

/// What the conditions decided on one arc do.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Decision {
    /// What they add, by row.
    pub(crate) adds: Vec<(usize, i128)>,
    /// The constraints they violate, one bit each.
    pub(crate) violates: u128,
}

/// One issue.
#[derive(Debug)]
pub(crate) struct Level {
    /// Its place on the agenda.
    pub(crate) issue: usize,
    /// Its options.
    pub(crate) options: usize,
    /// Per node before it and option, in this order.
    pub(crate) arcs: Vec<Arc>,
}

/// All packages of a table as paths.
#[derive(Debug)]
pub(crate) struct Diagram {
    /// The issues in the order in which they are settled.
    pub(crate) levels: Vec<Rc<Level>>,
    /// How many nodes stand before each issue, and after the last.
    pub(crate) nodes: Vec<usize>,
    /// The node paths start from.
    pub(crate) start: usize,
    /// What arcs decide; the first is nothing.
    pub(crate) decisions: Rc<Vec<Decision>>,
    /// What is decided, and added by what is settled, before the first of the issues.
    pub(crate) at_once: Decision,
    /// A package to write over: settled already where the issues say nothing.
    pub(crate) settled: Vec<usize>,
}

impl Diagram {
    /// The diagram of a table; `None` where conditions tie too many issues together.
    pub(crate) fn new(sums: &Sums, first: First) -> Option<Self> {
        let counts = &sums.options;
        let mut builder = Builder { sums, formulas: Vec::new(), ids: BTreeMap::new(), settled: BTreeMap::new() };
        let mut at_once = Decision::default();
        let mut start: State = Vec::new();
        for (number, condition) in sums.conditions.iter().enumerate() {
            let id = builder.id(condition.formula.clone());
            match builder.formulas[id as usize] {
                Formula::Constant(value) => effect(sums, number, value, &mut at_once),
                _ => start.push((number as u32, id)),
            }
        }
        at_once.tidy();
        let mut decisions = vec![Decision::default()];
        let mut decision_ids = BTreeMap::from([(Decision::default(), 0_u32)]);
        let (mut levels, mut nodes) = (Vec::new(), vec![1]);
        let mut here = vec![start];
        let mut arc_count = 0;
        for issue in order(sums, first) {
            let options = counts[issue];
            arc_count += here.len() * options;
            if arc_count > ARC_LIMIT {
                return None;
            }
            let mut ids: BTreeMap<State, u32> = BTreeMap::new();
            let mut next: Vec<State> = Vec::new();
            let mut arcs = Vec::with_capacity(here.len() * options);
            for state in &here {
                for option in 0..options {
                    let mut decision = Decision::default();
                    let mut left: State = Vec::with_capacity(state.len());
                    for &(number, formula) in state {
                        let after = builder.settled(formula, issue, option);
                        match builder.formulas[after as usize] {
                            Formula::Constant(value) => effect(sums, number as usize, value, &mut decision),
                            _ => left.push((number, after)),
                        }
                    }
                    decision.tidy();
                    let decides = *decision_ids.entry(decision).or_insert_with_key(|decision| {
                        decisions.push(decision.clone());
                        decisions.len() as u32 - 1
                    });
                    let to = *ids.entry(left).or_insert_with_key(|left| {
                        next.push(left.clone());
                        next.len() as u32 - 1
                    });
                    arcs.push(Arc { to, decides });
                }
            }
            levels.push(Rc::new(Level { issue, options, arcs }));
            nodes.push(next.len());
            here = next;
        }
        let settled = vec![0; counts.len()];
        Some(Diagram { levels, nodes, start: 0, decisions: Rc::new(decisions), at_once, settled })
    }

    /// What is left once the first issue is settled at this option.
    pub(crate) fn below(&self, sums: &Sums, option: usize) -> Self {
        let level = &self.levels[0];
        let arc = self.ways(0, self.start)[option];
        let decided = &self.decisions[arc.decides as usize];
        let mut at_once = self.at_once.clone();
        at_once.violates |= decided.violates;
        at_once.adds.extend(&decided.adds);
        at_once.adds.extend(sums.rows.iter().enumerate().map(|(row, values)| (row, values.table[level.issue][option])));
        at_once.tidy();
        let mut settled = self.settled.clone();
        settled[level.issue] = option;
        Diagram {
            levels: self.levels[1..].to_vec(),
            nodes: self.nodes[1..].to_vec(),
            start: arc.to as usize,
            decisions: Rc::clone(&self.decisions),
            at_once,
            settled,
        }
    }

    /// How many ways on there are in all.
    pub(crate) fn size(&self) -> usize {
        self.levels.iter().map(|level| level.arcs.len()).sum()
    }

    /// Whether an arc can be taken with these constraints binding.
    pub(crate) fn open(&self, arc: Arc, binding: u128) -> bool {
        self.decisions[arc.decides as usize].violates & binding == 0
    }

    /// Whether what is decided before any issue is settled rules everything out.
    pub(crate) fn hopeless(&self, binding: u128) -> bool {
        self.at_once.violates & binding != 0
    }

    /// The ways on from a node before an issue.
    pub(crate) fn ways(&self, level: usize, node: usize) -> &[Arc] {
        let Level { options, arcs, .. } = &*self.levels[level];
        &arcs[node * options..(node + 1) * options]
    }
}

/// Which issues come first, as far as conditions do not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum First {
    /// Those with the fewest options: so that few partial packages are compared for long.
    Small,
    /// Those with the most at stake: so that what cannot be reached shows early.
    Weighty,
}

/// What is left to decide: per condition that is not decided, by its number, the formula left.
type State = Vec<(u32, u32)>;

struct Builder<'s> {
    sums: &'s Sums,
    formulas: Vec<Formula>,
    ids: BTreeMap<Formula, u32>,
    settled: BTreeMap<(u32, usize, usize), u32>,
}

impl Builder<'_> {
    fn id(&mut self, formula: Formula) -> u32 {
        *self.ids.entry(formula).or_insert_with_key(|formula| {
            self.formulas.push(formula.clone());
            self.formulas.len() as u32 - 1
        })
    }

    fn settled(&mut self, formula: u32, issue: usize, option: usize) -> u32 {
        if let Some(&known) = self.settled.get(&(formula, issue, option)) {
            return known;
        }
        let after = self.formulas[formula as usize].settled(issue, option, &self.sums.options);
        let after = self.id(after);
        self.settled.insert((formula, issue, option), after);
        after
    }
}

/// Adds what a decided condition does.
fn effect(sums: &Sums, number: usize, value: bool, decision: &mut Decision) {
    let condition = &sums.conditions[number];
    if value {
        decision.adds.extend(&condition.adds);
    } else {
        decision.violates |= condition.violated_if_false;
    }
}

impl Decision {
    /// One entry per row, in order.
    fn tidy(&mut self) {
        self.adds.sort_unstable();
        let mut tidy: Vec<(usize, i128)> = Vec::with_capacity(self.adds.len());
        for &(row, amount) in &self.adds {
            match tidy.last_mut() {
                Some((last, sum)) if *last == row => *sum += amount,
                _ => tidy.push((row, amount)),
            }
        }
        tidy.retain(|(_, amount)| *amount != 0);
        self.adds = tidy;
    }
}

/// The issues in the order in which they are settled: next is what leaves the fewest conditions half read.
fn order(sums: &Sums, first: First) -> Vec<usize> {
    let rank: Vec<i128> = (0..sums.options.len())
        .map(|issue| match first {
            First::Small => sums.options[issue] as i128,
            First::Weighty => -sums.stake(issue),
        })
        .collect();
    let scopes: Vec<_> = sums.conditions.iter().map(|condition| condition.formula.reads()).collect();
    let mut left: Vec<usize> = (0..sums.options.len()).collect();
    let mut done = vec![false; sums.options.len()];
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let half_read = |next: usize| {
            let read = |issue: &usize| done[*issue] || *issue == next;
            scopes.iter().filter(|scope| scope.iter().any(read) && !scope.iter().all(read)).count()
        };
        let best = (0..left.len()).min_by_key(|&at| (half_read(left[at]), rank[left[at]], left[at]));
        let issue = left.remove(best.unwrap_or(0));
        done[issue] = true;
        order.push(issue);
    }
    order
}
