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
    /// A package that reaches every floor; floors may be higher from then on. Says whether to stop.
    fn found(&mut self, package: &[usize]) -> bool;

    /// What a weighing must reach for a package to be of use.
    fn floor(&self, weighing: &Weighing) -> i128;

    /// Weighings worth asking beside those for the rows, where what is left to settle is this.
    fn more(&self, _diagram: &Diagram) -> Vec<Weighing> {
        Vec::new()
    }

    /// Whether packages whose weighted sums are at most these are of no use. They are in the order of the weighings.
    fn hopeless(&self, _most: &[i128]) -> bool {
        false
    }

    /// Whether [`Visit::hopeless`] is worth asking.
    const ASKS: bool = false;

    /// Forgets the packages found after so many, since they will be found again.
    fn forget(&mut self, mark: Mark);

    /// How much was found so far.
    fn mark(&self) -> Mark;
}

/// How much was found at some time: how often something better was, and how many that tie with it since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Mark {
    /// How often what was found was better than all before.
    pub(crate) better: u64,
    /// How many tie.
    pub(crate) ties: u64,
    /// How many of them are listed.
    pub(crate) listed: usize,
    /// Whether there are more.
    pub(crate) more: bool,
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

/// Looks at every package that reaches every floor, the most promising first, up to so many nodes. `None` where the sums could not be held.
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
    let floor = |weighing: &Weighing| visit.floor(weighing).checked_abs();
    let size = |weighing: &Weighing| weighing.size(sums)?.checked_add(floor(weighing)?);
    let size = weighings.iter().try_fold(0_i128, |most, weighing| Some(most.max(size(weighing)?)))?;
    if size < i128::from(i64::MAX >> 3) {
        Some(Run::<i64>::new(sums, diagram, binding, weighings, visit)?.run(node_limit, visit))
    } else if size < i128::MAX >> 3 {
        Some(Run::<i128>::new(sums, diagram, binding, weighings, visit)?.run(node_limit, visit))
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
    /// The node packages start from.
    start: usize,
}

impl Outlook {
    pub(crate) fn new(sums: &Sums, diagram: &Diagram, binding: u128, weighing: &Weighing) -> Self {
        let mut outlook =
            Outlook { steps: Vec::new(), decisions: Vec::new(), most: Vec::new(), base: 0, start: diagram.start };
        outlook.weigh(sums, diagram, weighing);
        outlook.look(diagram, binding);
        outlook
    }

    fn weigh(&mut self, sums: &Sums, diagram: &Diagram, weighing: &Weighing) {
        let added = |adds: &[(usize, i128)]| {
            weighing.sum(|row| adds.iter().filter(|(to, _)| *to == row).map(|(_, amount)| amount).sum::<i128>())
        };
        self.steps = diagram.levels.iter().map(|level| vec![0; level.options]).collect();
        for &(row, weight) in &weighing.weights {
            for (steps, level) in self.steps.iter_mut().zip(&diagram.levels) {
                for (step, value) in steps.iter_mut().zip(&sums.rows[row].table[level.issue]) {
                    *step += weight * value;
                }
            }
        }
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
        Some(self.most[0][self.start]? + self.base)
    }

    /// A package that reaches the most.
    pub(crate) fn package(&self, diagram: &Diagram, binding: u128) -> Option<Vec<usize>> {
        let mut package = diagram.settled.clone();
        let mut node = diagram.start;
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
    weighings: &'a [Weighing],
    diagram: &'a Diagram,
    binding: u128,
    width: usize,
    floors: Vec<T>,
    /// Per issue: by option, then weighing.
    steps: Vec<Vec<T>>,
    /// By decision, then weighing.
    decisions: Vec<T>,
    /// Per issue: by way on, then weighing, the most that can still be added through it.
    through: Vec<Vec<T>>,
    /// What every package can still reach from the start.
    most: Vec<T>,
    alive: Vec<Vec<bool>>,
    /// What weighings must still be given, by issue, then weighing.
    least: Vec<T>,
    /// Sums so far: by issue, then weighing.
    sums: Vec<T>,
    package: Vec<usize>,
    nodes: u64,
    node_limit: u64,
    /// How often floors have risen.
    raised: u64,
    bests: Vec<i128>,
    /// The weighing by which options are tried in order: the last.
    guide: usize,
    /// Per issue, the options worth trying, with what the guide says of them.
    open: Vec<Vec<(T, u8)>>,
}

impl<'a, T: Whole> Run<'a, T> {
    fn new(
        sums: &Sums,
        diagram: &'a Diagram,
        binding: u128,
        weighings: &'a [Weighing],
        visit: &impl Visit,
    ) -> Option<Self> {
        let width = weighings.len();
        let outlooks: Vec<Outlook> =
            weighings.iter().map(|weighing| Outlook::new(sums, diagram, binding, weighing)).collect();
        let levels = diagram.levels.len();
        let across = |length: usize, get: &dyn Fn(usize, usize) -> i128| -> Option<Vec<T>> {
            (0..length * width).map(|at| T::of(get(at / width, at % width))).collect()
        };
        let mut run = Run {
            weighings,
            diagram,
            binding,
            width,
            floors: weighings.iter().map(|weighing| T::of(visit.floor(weighing))).collect::<Option<_>>()?,
            steps: Vec::new(),
            decisions: across(diagram.decisions.len(), &|decision, weighing| outlooks[weighing].decisions[decision])?,
            through: Vec::new(),
            most: Vec::new(),
            alive: Vec::new(),
            least: vec![T::default(); (levels + 1) * width],
            sums: vec![T::default(); (levels + 1) * width],
            package: diagram.settled.clone(),
            nodes: 0,
            node_limit: 0,
            raised: 0,
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
            run.alive.push(match outlooks.first() {
                Some(outlook) => outlook.most[number].iter().map(Option::is_some).collect(),
                None => vec![true; nodes],
            });
        }
        let reach = |outlook: &Outlook, number: usize, at: usize| -> i128 {
            let level = &diagram.levels[number];
            let arc = level.arcs[at];
            let on = outlook.most[number + 1][arc.to as usize].unwrap_or(0);
            outlook.steps[number][at % level.options] + outlook.decisions[arc.decides as usize] + on
        };
        for number in 0..levels {
            let arcs = diagram.levels[number].arcs.len();
            run.through.push(across(arcs, &|at, weighing| reach(&outlooks[weighing], number, at))?);
        }
        run.most = across(1, &|_, weighing| outlooks[weighing].most[0][diagram.start].unwrap_or(0))?;
        for (sum, outlook) in run.sums.iter_mut().zip(&outlooks) {
            *sum = T::of(outlook.base)?;
        }
        Some(run)
    }

    fn run(mut self, node_limit: u64, visit: &mut impl Visit) -> End {
        self.node_limit = node_limit;
        let start = self.diagram.start;
        if !self.alive[0][start] {
            return End::Exhausted(0);
        }
        let promising = (0..self.width).all(|at| self.sums[at] + self.most[at] >= self.floors[at]);
        if !promising {
            return End::Exhausted(0);
        }
        match self.below(0, start, visit) {
            Some(true) => End::Stopped,
            Some(false) => End::Exhausted(self.nodes),
            None => End::GivenUp(self.nodes),
        }
    }

    /// Looks below a node; whether to stop, or nothing if given up.
    fn below<V: Visit>(&mut self, level: usize, node: usize, visit: &mut V) -> Option<bool> {
        let width = self.width;
        if level == self.diagram.levels.len() {
            let known = visit.mark();
            let stop = visit.found(&self.package);
            let now = visit.mark();
            if (now.better, now.more) != (known.better, known.more) {
                self.raised += 1;
                for (floor, weighing) in self.floors.iter_mut().zip(self.weighings) {
                    // A floor too high to be held is left as it is, which only rules out less.
                    *floor = T::of(visit.floor(weighing)).unwrap_or(*floor);
                }
            }
            return Some(stop);
        }
        self.nodes += 1;
        if self.nodes > self.node_limit {
            return None;
        }
        let mut open = std::mem::take(&mut self.open[level]);
        open.clear();
        let diagram = self.diagram;
        let ways = diagram.ways(level, node);
        let first = node * diagram.levels[level].options;
        self.require(level);
        for (option, &arc) in ways.iter().enumerate() {
            if diagram.open(arc, self.binding) && self.alive[level + 1][arc.to as usize] {
                let through = &self.through[level][(first + option) * width..][..width];
                if suffices(through, &self.least[level * width..][..width]) {
                    open.push((through.get(self.guide).copied().unwrap_or_default(), option as u8));
                }
            }
        }
        open.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut floors = self.raised;
        for &(_, option) in &open {
            let option = usize::from(option);
            let arc = ways[option];
            let at = (first + option) * width;
            // Floors may have risen since.
            if floors != self.raised {
                self.require(level);
                floors = self.raised;
            }
            if !suffices(&self.through[level][at..][..width], &self.least[level * width..][..width]) {
                continue;
            }
            if V::ASKS {
                for number in 0..width {
                    self.bests[number] = (self.sums[level * width + number] + self.through[level][at + number]).wide();
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

    /// Notes what weighings must still be given before an issue.
    fn require(&mut self, level: usize) {
        let here = level * self.width..(level + 1) * self.width;
        for ((least, floor), sum) in self.least[here.clone()].iter_mut().zip(&self.floors).zip(&self.sums[here]) {
            *least = *floor - *sum;
        }
    }
}

/// Whether what can still be added is enough for every weighing; the last are the ones that rule out most.
fn suffices<T: Whole>(through: &[T], least: &[T]) -> bool {
    through.iter().zip(least).rev().all(|(through, least)| through >= least)
}
