//! Checks a certificate that nothing is acceptable, apart from the engine that found it.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::Signed;

use super::formula::Formula;
use super::sums::Sums;

/// By how much the weighted sum of every package that meets the binding conditions misses the weighted floors, with these weights by row; `None`
/// where one reaches them, so that the weights prove nothing. It is 0 where no package meets the conditions.
///
/// Written from the definition: one issue after the other, conditions as they stand, numbers of any length. It shares no search and no bound with
/// the engine, only the order of the issues, which decides how many states there are.
pub(crate) fn missing(
    sums: &Sums,
    order: impl Iterator<Item = usize>,
    binding: u128,
    weights: &[(usize, i128)],
    floors: &[(usize, i128)],
) -> Option<BigInt> {
    let floor_of = |row: usize| floors.iter().filter(|(of, _)| *of == row).map(|(_, floor)| *floor).max();
    if weights.iter().any(|&(row, weight)| weight < 0 || floor_of(row).is_none()) {
        return None;
    }
    let weigh = |of: &dyn Fn(usize) -> i128| -> BigInt {
        weights.iter().map(|&(row, weight)| BigInt::from(weight) * of(row)).sum()
    };
    let needed = weigh(&|row| floor_of(row).unwrap_or(0));
    let mut states: BTreeMap<Vec<Formula>, BigInt> =
        BTreeMap::from([(sums.conditions.iter().map(|condition| condition.formula.clone()).collect(), BigInt::ZERO)]);
    for issue in order {
        let steps: Vec<BigInt> =
            (0..sums.options[issue]).map(|option| weigh(&|row| sums.rows[row].table[issue][option])).collect();
        let mut next: BTreeMap<Vec<Formula>, BigInt> = BTreeMap::new();
        for (state, sum) in &states {
            for (option, step) in steps.iter().enumerate() {
                let left = state.iter().map(|formula| formula.settled(issue, option, &sums.options)).collect();
                let more = sum + step;
                let known = next.entry(left).or_insert_with(|| more.clone());
                if *known < more {
                    *known = more;
                }
            }
        }
        states = next;
    }
    let mut most: Option<BigInt> = None;
    for (state, mut sum) in states {
        let mut allowed = true;
        for (condition, left) in sums.conditions.iter().zip(state) {
            if left == Formula::Constant(true) {
                sum += weigh(&|row| condition.adds.iter().filter(|(to, _)| *to == row).map(|(_, add)| add).sum());
            } else {
                allowed &= condition.violated_if_false & binding == 0;
            }
        }
        if allowed {
            most = most.max(Some(sum));
        }
    }
    match most {
        None => Some(BigInt::ZERO),
        Some(most) => Some(needed - most).filter(BigInt::is_positive),
    }
}
