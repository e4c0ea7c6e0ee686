//! Branch and bound over packages: is there one whose weighted sums all reach their floors, and which is best.
//!
//! A weighing is a sum of rows with weights that are not negative. The most it can still reach from a node is one look-up, since it adds up over
//! issues; where that misses the weighing's floor, nothing below the node can help (surrogate bounds, Glover 1968). Everything is compared in
//! whole numbers.

use super::diagram::{Arc, Diagram};
use super::dominance::Whole;
use super::sums::Sums;

/// One weighing: weights by row, and what it must reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Weighing {
    /// Row and weight.
    pub(crate) weights: Vec<(usize, i128)>,
    /// What the weighted sum must reach.
    pub(crate) floor: i128,
}

impl Weighing {
    /// One row alone.
    pub(crate) fn row(row: usize, floor: i128) -> Self {
        Weighing { weights: vec![(row, 1)], floor }
    }

    /// What a decision or an option adds.
    fn sum(&self, mut of: impl FnMut(usize) -> i128) -> i128 {
        self.weights.iter().map(|&(row, weight)| weight * of(row)).sum()
    }

    fn size(&self, sums: &Sums) -> Option<i128> {
        self.weights.iter().try_fold(self.floor.checked_abs()?, |sum, &(row, weight)| {
            sum.checked_add(sums.size(row)?.checked_mul(weight)?)
        })
    }
}

/// What is done with the packages that reach every floor.
pub(crate) trait Visit {
    /// A package that reaches every floor, with its weighted sums. May raise floors. Says whether to stop.
    fn found(&mut self, package: &[usize], sums: &[i128], floors: &mut dyn FnMut(usize, i128)) -> bool;

    /// Whether packages whose weighted sums are at most these are of no use. They are in the order of the weighings.
    fn hopeless(&self, _most: &[i128]) -> bool {
        false
    }

    /// Whether [`Visit::hopeless`] is worth asking.
    const ASKS: bool = false;
}

/// How a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// The visitor said to stop.
    Stopped,
    /// Everything was looked at or ruled out: so many nodes.
    Exhausted(u64),
    /// Given up after so many nodes.
    GivenUp(u64),
}

/// Looks at every package that reaches every floor, the most promising first. `None` where the sums could not be held.
pub(crate) fn search(
    sums: &Sums,
    diagram: &Diagram,
    binding: u128,
    weighings: &[Weighing],
    node_limit: u64,
    visit: &mut impl Visit,
) -> Option<End> {
    if diagram.hopeless(binding) {
        return Some(End::Exhausted(0));
    }
    let size = weighings.iter().try_fold(0_i128, |most, weighing| Some(most.max(weighing.size(sums)?)))?;
    if size < i128::from(i64::MAX >> 3) {
        Some(Run::<i64>::new(sums, diagram, binding, weighings)?.run(node_limit, visit))
    } else if size < i128::MAX >> 3 {
        Some(Run::<i128>::new(sums, diagram, binding, weighings)?.run(node_limit, visit))
    } else {
        None
    }
}

/// A weighing over a whole diagram: what it can still reach from each node, or nothing where there is no way on.
pub(crate) struct Outlook {
    /// Per issue and option.
    pub(crate) steps: Vec<Vec<i128>>,
    /// Per decision.
    pub(crate) decisions: Vec<i128>,
    /// Per issue, and at the end, and node: the most that can be added.
    pub(crate) most: Vec<Vec<Option<i128>>>,
    /// What every package has.
    pub(crate) base: i128,
}

impl Outlook {
    pub(crate) fn new(sums: &Sums, diagram: &Diagram, binding: u128, weighing: &Weighing) -> Self {
        let mut outlook = Outlook { steps: Vec::new(), decisions: Vec::new(), most: Vec::new(), base: 0 };
        outlook.weigh(sums, diagram, weighing);
        outlook.look(diagram, binding);
        outlook
    }

    fn weigh(&mut self, sums: &Sums, diagram: &Diagram, weighing: &Weighing) {
        let added = |adds: &[(usize, i128)]| {
            weighing.sum(|row| adds.iter().filter(|(to, _)| *to == row).map(|(_, amount)| amount).sum::<i128>())
        };
        self.steps = diagram
            .levels
            .iter()
            .map(|level| {
                (0..level.options).map(|option| weighing.sum(|row| sums.rows[row].table[level.issue][option])).collect()
            })
            .collect();
        self.decisions = diagram.decisions.iter().map(|decision| added(&decision.adds)).collect();
        self.base = added(&diagram.at_once.adds);
    }

    fn look(&mut self, diagram: &Diagram, binding: u128) {
        let levels = diagram.levels.len();
        let mut all: Vec<Vec<Option<i128>>> = vec![vec![Some(0); diagram.nodes[levels]]];
        for (number, level) in diagram.levels.iter().enumerate().rev() {
            let next = &all[all.len() - 1];
            let steps = &self.steps[number];
            let here = level
                .arcs
                .chunks(level.options)
                .map(|ways| {
                    let open = ways.iter().zip(steps).filter(|(arc, _)| diagram.open(**arc, binding));
                    open.filter_map(|(arc, step)| {
                        Some(step + self.decisions[arc.decides as usize] + next[arc.to as usize]?)
                    })
                    .max()
                })
                .collect();
            all.push(here);
        }
        all.reverse();
        self.most = all;
    }

    /// The most any package reaches; `None` where there is none.
    pub(crate) fn best(&self) -> Option<i128> {
        Some(self.most[0][0]? + self.base)
    }

    /// A package that reaches the most.
    pub(crate) fn package(&self, diagram: &Diagram, binding: u128) -> Option<Vec<usize>> {
        let mut package = vec![0; diagram.levels.len()];
        let mut node = 0;
        for (number, level) in diagram.levels.iter().enumerate() {
            let through = |option: usize, arc: Arc| {
                diagram.open(arc, binding).then_some(())?;
                let on = self.most[number + 1][arc.to as usize]?;
                Some(self.steps[number][option] + self.decisions[arc.decides as usize] + on)
            };
            let ways = diagram.ways(number, node).iter().enumerate();
            let (option, to, _) = ways
                .filter_map(|(option, &arc)| Some((option, arc.to, through(option, arc)?)))
                .max_by_key(|&(option, _, reach)| (reach, std::cmp::Reverse(option)))?;
            package[level.issue] = option;
            node = to as usize;
        }
        Some(package)
    }
}

struct Run<'a, T> {
    diagram: &'a Diagram,
    binding: u128,
    width: usize,
    floors: Vec<T>,
    /// Per issue: by option, then weighing.
    steps: Vec<Vec<T>>,
    /// By decision, then weighing.
    decisions: Vec<T>,
    /// Per issue and at the end: by node, then weighing.
    most: Vec<Vec<T>>,
    alive: Vec<Vec<bool>>,
    /// Sums so far: by issue, then weighing.
    sums: Vec<T>,
    package: Vec<usize>,
    nodes: u64,
    node_limit: u64,
    bests: Vec<i128>,
    /// The weighing by which options are tried in order: the last.
    guide: usize,
    /// Per issue, the options worth trying, with what the guide says of them.
    open: Vec<Vec<(T, u8)>>,
}

impl<'a, T: Whole> Run<'a, T> {
    fn new(sums: &Sums, diagram: &'a Diagram, binding: u128, weighings: &[Weighing]) -> Option<Self> {
        let width = weighings.len();
        let outlooks: Vec<Outlook> =
            weighings.iter().map(|weighing| Outlook::new(sums, diagram, binding, weighing)).collect();
        let levels = diagram.levels.len();
        let across = |length: usize, get: &dyn Fn(usize, usize) -> i128| -> Option<Vec<T>> {
            (0..length * width).map(|at| T::of(get(at / width, at % width))).collect()
        };
        let mut run = Run {
            diagram,
            binding,
            width,
            floors: weighings.iter().map(|weighing| T::of(weighing.floor)).collect::<Option<_>>()?,
            steps: Vec::new(),
            decisions: across(diagram.decisions.len(), &|decision, weighing| outlooks[weighing].decisions[decision])?,
            most: Vec::new(),
            alive: Vec::new(),
            sums: vec![T::default(); (levels + 1) * width],
            package: vec![0; levels],
            nodes: 0,
            node_limit: 0,
            bests: vec![0; width],
            guide: width.saturating_sub(1),
            open: vec![Vec::new(); levels],
        };
        for number in 0..levels {
            let options = diagram.levels[number].options;
            run.steps.push(across(options, &|option, weighing| outlooks[weighing].steps[number][option])?);
        }
        for number in 0..=levels {
            let nodes = diagram.nodes[number];
            run.most.push(across(nodes, &|node, weighing| outlooks[weighing].most[number][node].unwrap_or(0))?);
            run.alive.push(match outlooks.first() {
                Some(outlook) => outlook.most[number].iter().map(Option::is_some).collect(),
                None => vec![true; nodes],
            });
        }
        for (sum, outlook) in run.sums.iter_mut().zip(&outlooks) {
            *sum = T::of(outlook.base)?;
        }
        Some(run)
    }

    fn run(mut self, node_limit: u64, visit: &mut impl Visit) -> End {
        self.node_limit = node_limit;
        if !self.alive[0][0] {
            return End::Exhausted(0);
        }
        let promising = (0..self.width).all(|at| self.sums[at] + self.most[0][at] >= self.floors[at]);
        if !promising {
            return End::Exhausted(0);
        }
        match self.below(0, 0, visit) {
            Some(true) => End::Stopped,
            Some(false) => End::Exhausted(self.nodes),
            None => End::GivenUp(self.nodes),
        }
    }

    /// Looks below a node; whether to stop, or nothing if given up.
    fn below<V: Visit>(&mut self, level: usize, node: usize, visit: &mut V) -> Option<bool> {
        let width = self.width;
        if level == self.diagram.levels.len() {
            let sums: Vec<i128> = self.sums[level * width..(level + 1) * width].iter().map(|sum| sum.wide()).collect();
            let floors = &mut self.floors;
            let stop = visit.found(&self.package, &sums, &mut |weighing, floor| {
                // A floor too high to be held is never reached.
                floors[weighing] = T::of(floor).unwrap_or(floors[weighing]);
            });
            return Some(stop);
        }
        self.nodes += 1;
        if self.nodes > self.node_limit {
            return None;
        }
        let mut open = std::mem::take(&mut self.open[level]);
        open.clear();
        let ways = self.diagram.ways(level, node);
        for (option, &arc) in ways.iter().enumerate() {
            if self.diagram.open(arc, self.binding) && self.alive[level + 1][arc.to as usize] {
                let reach = |at: usize| self.reach(level, option, arc, at);
                if (0..width).rev().all(|at| reach(at) >= self.floors[at]) {
                    open.push((if width > 0 { reach(self.guide) } else { T::default() }, option as u8));
                }
            }
        }
        open.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        for &(_, option) in &open {
            let option = usize::from(option);
            let arc = ways[option];
            // Floors may have risen since.
            if (0..width).rev().any(|at| self.reach(level, option, arc, at) < self.floors[at]) {
                continue;
            }
            if V::ASKS {
                for at in 0..width {
                    self.bests[at] = self.reach(level, option, arc, at).wide();
                }
                if visit.hopeless(&self.bests) {
                    continue;
                }
            }
            for at in 0..width {
                self.sums[(level + 1) * width + at] = self.sums[level * width + at]
                    + self.steps[level][option * width + at]
                    + self.decisions[arc.decides as usize * width + at];
            }
            self.package[self.diagram.levels[level].issue] = option;
            if self.below(level + 1, arc.to as usize, visit)? {
                return Some(true);
            }
        }
        self.open[level] = open;
        Some(false)
    }

    /// The most a weighing can still reach through an option.
    fn reach(&self, level: usize, option: usize, arc: Arc, at: usize) -> T {
        self.sums[level * self.width + at]
            + self.steps[level][option * self.width + at]
            + self.decisions[arc.decides as usize * self.width + at]
            + self.most[level + 1][arc.to as usize * self.width + at]
    }
}
