//! Checks a certificate that nothing is acceptable, apart from the engine that found it.

use std::collections::BTreeMap;

use num_bigint::BigInt;

use super::formula::Formula;
use super::sums::Sums;

/// Whether, with these weights by row, the weighted sum of no package that meets the binding conditions reaches the weighted floors.
///
/// Written from the definition: issues in the order of the agenda, conditions as they stand, numbers of any length. It shares no search, order
/// or bound with the engine. States are what is left of all conditions, so it is for checking, not for speed.
pub(crate) fn confirms(sums: &Sums, binding: u128, weights: &[(usize, i128)], floors: &[(usize, i128)]) -> bool {
    let floor_of = |row: usize| floors.iter().filter(|(of, _)| *of == row).map(|(_, floor)| *floor).max();
    if weights.iter().any(|&(row, weight)| weight < 0 || floor_of(row).is_none()) {
        return false;
    }
    let weigh = |of: &dyn Fn(usize) -> i128| -> BigInt {
        weights.iter().map(|&(row, weight)| BigInt::from(weight) * of(row)).sum()
    };
    let needed = weigh(&|row| floor_of(row).unwrap_or(0));
    let mut states: BTreeMap<Vec<Formula>, BigInt> =
        BTreeMap::from([(sums.conditions.iter().map(|condition| condition.formula.clone()).collect(), BigInt::ZERO)]);
    for (issue, &options) in sums.options.iter().enumerate() {
        let mut next: BTreeMap<Vec<Formula>, BigInt> = BTreeMap::new();
        for (state, sum) in &states {
            for option in 0..options {
                let left = state.iter().map(|formula| formula.settled(issue, option, &sums.options)).collect();
                let more = sum + weigh(&|row| sums.rows[row].table[issue][option]);
                let known = next.entry(left).or_insert_with(|| more.clone());
                if *known < more {
                    *known = more;
                }
            }
        }
        states = next;
    }
    states.into_iter().all(|(state, sum)| {
        let mut sum = sum;
        for (condition, left) in sums.conditions.iter().zip(state) {
            if left == Formula::Constant(true) {
                sum += weigh(&|row| condition.adds.iter().filter(|(to, _)| *to == row).map(|(_, add)| add).sum());
            } else if condition.violated_if_false & binding != 0 {
                return true;
            }
        }
        sum < needed
    })
}
