//! How much of a case rests on what.

use std::collections::BTreeMap;

use winset_case::{Case, Evidence, Fallback, Quantity, Tie};

/// How many numbers of a case rest on each basis.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvidenceCount {
    /// Per basis word (`assumption` where none is given), how many numbers.
    pub by_basis: BTreeMap<&'static str, usize>,
    /// How many numbers there are.
    pub numbers: usize,
    /// How many of them were given as a range.
    pub ranges: usize,
}

/// Counts the numbers of a case by what they rest on.
pub fn count_evidence(case: &Case) -> EvidenceCount {
    let mut count = EvidenceCount::default();
    let mut add = |quantity: &Quantity, evidence: &Evidence| {
        count.numbers += 1;
        let (low, high) = quantity.distribution.range();
        count.ranges += usize::from(low < high);
        *count.by_basis.entry(evidence.basis.map_or("assumption", winset_case::Basis::word)).or_default() += 1;
    };
    for quantity in quantities(case) {
        add(quantity, &quantity.evidence);
    }
    count
}

/// Every number an actor, a tie or a track has, in the order of the file's sections.
fn quantities(case: &Case) -> impl Iterator<Item = &Quantity> {
    let actors = case.actors.iter().flat_map(|actor| {
        let fallback: Vec<&Quantity> = match &actor.fallback {
            Some(Fallback::Worth(number) | Fallback::CostOfGoingOn(number)) => vec![number],
            Some(Fallback::War { win, lose, probability, cost }) => vec![win, lose, probability, cost],
            None => Vec::new(),
        };
        let weights = actor.weights.iter().flatten();
        let values = actor.values.iter().flatten();
        let prices = actor.red_lines.iter().filter_map(|line| line.price.as_ref());
        let bonuses = actor.linkages.iter().map(|linkage| &linkage.bonus);
        fallback.into_iter().chain(weights).chain(values).chain(prices).chain(bonuses)
    });
    let ties = case.ties.iter().filter_map(Tie::quantity);
    actors.chain(ties).chain(case.tracks.iter().flat_map(|track| track.voting.quantities()))
}
