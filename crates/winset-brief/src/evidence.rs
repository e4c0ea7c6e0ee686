//! How much of a case rests on what.

use std::collections::BTreeMap;

use winset_case::{Case, Evidence, Quantity};

use crate::numbers::numbers;

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
    for number in numbers(case) {
        let quantity = number.of(case);
        add(quantity, &quantity.evidence);
    }
    count
}
