//! Is there any package that reaches every floor, and if not, how is that known?

use super::diagram::Diagram;
use super::parts::{Whole, floor_of, search_in_parts};
use super::search::{End, Mark, Outlook, Visit, Weighing};
use super::sums::Sums;
use super::weights::{Row, once, weigh};

/// Weighings tried before a search.
const STEPS: usize = 200;
/// Nodes after which a search is given up.
pub(crate) const NODE_LIMIT: u64 = 20_000_000;

/// A table with what must hold in it.
#[derive(Clone, Copy)]
pub(crate) struct Demanded<'a> {
    pub(crate) sums: &'a Sums,
    pub(crate) diagram: &'a Diagram,
    /// Constraints that must hold, one bit each.
    pub(crate) binding: u128,
    /// Rows and what they must reach.
    pub(crate) floors: &'a [(usize, i128)],
}

/// Whether there is a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Exists {
    /// This one, checked.
    Yes(Vec<usize>),
    /// None.
    No(Proof),
    /// Not known after so many nodes.
    Undecided(u64),
}

/// Why there is no package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Proof {
    /// The conditions contradict each other.
    Conditions,
    /// The weighted sum cannot reach the weighted floors: row and weight.
    Weights(Vec<(usize, i128)>),
    /// Everything was looked at or ruled out: so many nodes.
    Exhausted(u64),
}

/// Whether any package reaches every floor.
pub(crate) fn exists(demanded: &Demanded<'_>) -> Exists {
    exists_within(demanded, NODE_LIMIT)
}

/// The same, given up after so many nodes.
pub(crate) fn exists_within(demanded: &Demanded<'_>, node_limit: u64) -> Exists {
    let &Demanded { sums, diagram, binding, floors } = demanded;
    if diagram.hopeless(binding) {
        return Exists::No(Proof::Conditions);
    }
    // What every package reaches need not be asked.
    let asked =
        floors.iter().filter(|&&(row, floor)| least(sums, diagram, binding, row).is_none_or(|least| least < floor));
    let rows: Vec<Row> = once(asked.copied());
    if rows.is_empty() {
        let outlook = Outlook::new(sums, diagram, binding, &Weighing { weights: Vec::new(), floor: 0 });
        return outlook.package(diagram, binding).map_or(Exists::No(Proof::Conditions), Exists::Yes);
    }
    let weighed = weigh(sums, diagram, binding, &rows, STEPS);
    let Some(package) = weighed.package else { return Exists::No(Proof::Conditions) };
    if accepted(demanded, &package) {
        return Exists::Yes(package);
    }
    if weighed.most_above < 0 {
        let weights = rows.iter().map(|row| row.row).zip(weighed.weights).filter(|(_, weight)| *weight > 0);
        let weights: Vec<(usize, i128)> = weights.collect();
        return Exists::No(Proof::Weights(weights));
    }
    let mut first = First { rows: &rows, package: None };
    let whole = Whole { sums, binding, rows: &rows };
    match search_in_parts(whole, diagram, &weighed.weights, &weighed.shares, node_limit, &mut first) {
        Some(End::Exhausted(nodes)) => Exists::No(Proof::Exhausted(nodes)),
        Some(End::GivenUp(nodes)) => Exists::Undecided(nodes),
        // A package that does not stand the check would be a defect; it is not passed on.
        Some(End::Stopped) => match first.package.filter(|package| accepted(demanded, package)) {
            Some(package) => Exists::Yes(package),
            None => Exists::Undecided(0),
        },
        None => Exists::Undecided(0),
    }
}

/// The least a row comes to; `None` where there is no package.
pub(crate) fn least(sums: &Sums, diagram: &Diagram, binding: u128, row: usize) -> Option<i128> {
    let negative = Weighing { weights: vec![(row, -1)], floor: 0 };
    Some(-Outlook::new(sums, diagram, binding, &negative).best()?)
}

/// Whether a package meets what binds and reaches every floor, counted from the sums alone.
pub(crate) fn accepted(demanded: &Demanded<'_>, package: &[usize]) -> bool {
    let &Demanded { sums, binding, floors, .. } = demanded;
    sums.conditions.iter().all(|condition| condition.allows(binding, package))
        && floors.iter().all(|&(row, floor)| sums.value(row, package) >= floor)
}

struct First<'r> {
    rows: &'r [Row],
    package: Option<Vec<usize>>,
}

impl Visit for First<'_> {
    fn found(&mut self, package: &[usize]) -> bool {
        self.package = Some(package.to_vec());
        true
    }

    fn floor(&self, weighing: &Weighing) -> i128 {
        floor_of(self.rows, weighing)
    }

    fn forget(&mut self, _: Mark) {}

    fn mark(&self) -> Mark {
        Mark::default()
    }
}
