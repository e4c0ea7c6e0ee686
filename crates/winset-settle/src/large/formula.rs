//! What is left to decide of a condition while issues are settled one after the other.

use std::collections::BTreeSet;

/// A condition over the issues of an agenda, by their place on it, in a form that is the same for the same remainder wherever that is cheap
/// to see: negation stands at the options, nested lists are one list, sorted and without doubles, and each issue stands once in a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Formula {
    /// Always or never.
    Constant(bool),
    /// The issue is settled at one of these options, one bit each.
    In(usize, u128),
    /// All.
    And(Vec<Formula>),
    /// Any.
    Or(Vec<Formula>),
}

impl Formula {
    /// The issue is settled at one of these options, of so many.
    fn within(issue: usize, options: u128, count: usize) -> Self {
        let all = every(count);
        match options & all {
            0 => Formula::Constant(false),
            some if some == all => Formula::Constant(true),
            some => Formula::In(issue, some),
        }
    }

    /// The same condition in the form this module keeps; issues and options that do not exist count as not met.
    pub(crate) fn tidy(&self, counts: &[usize]) -> Self {
        match self {
            Formula::Constant(value) => Formula::Constant(*value),
            Formula::In(issue, options) => match counts.get(*issue) {
                Some(&count) => Formula::within(*issue, *options, count),
                None => Formula::Constant(false),
            },
            Formula::And(parts) => Formula::all(parts.iter().map(|part| part.tidy(counts)), counts),
            Formula::Or(parts) => Formula::any(parts.iter().map(|part| part.tidy(counts)), counts),
        }
    }

    /// All of these.
    pub(crate) fn all(parts: impl IntoIterator<Item = Formula>, counts: &[usize]) -> Self {
        joined(parts, true, counts)
    }

    /// Any of these.
    pub(crate) fn any(parts: impl IntoIterator<Item = Formula>, counts: &[usize]) -> Self {
        joined(parts, false, counts)
    }

    /// What is left to decide once the issue is settled at this option.
    pub(crate) fn settled(&self, issue: usize, option: usize, counts: &[usize]) -> Self {
        match self {
            Formula::In(read, options) if *read == issue => Formula::Constant(options >> option & 1 == 1),
            Formula::And(parts) => Formula::all(parts.iter().map(|part| part.settled(issue, option, counts)), counts),
            Formula::Or(parts) => Formula::any(parts.iter().map(|part| part.settled(issue, option, counts)), counts),
            other => other.clone(),
        }
    }

    /// The opposite.
    pub(crate) fn negated(&self, counts: &[usize]) -> Self {
        match self {
            Formula::Constant(value) => Formula::Constant(!value),
            Formula::In(issue, options) => Formula::within(*issue, !options, counts[*issue]),
            Formula::And(parts) => Formula::any(parts.iter().map(|part| part.negated(counts)), counts),
            Formula::Or(parts) => Formula::all(parts.iter().map(|part| part.negated(counts)), counts),
        }
    }

    /// The issues it reads.
    pub(crate) fn reads(&self) -> BTreeSet<usize> {
        match self {
            Formula::Constant(_) => BTreeSet::new(),
            Formula::In(issue, _) => BTreeSet::from([*issue]),
            Formula::And(parts) | Formula::Or(parts) => parts.iter().flat_map(Formula::reads).collect(),
        }
    }
}

/// Options of one issue that conditions tell apart: one bit each.
pub const OPTION_LIMIT: usize = 128;

/// One bit for each of so many options.
fn every(count: usize) -> u128 {
    if count >= OPTION_LIMIT { u128::MAX } else { (1 << count) - 1 }
}

/// A conjunction (`neutral` true) or disjunction (false).
fn joined(parts: impl IntoIterator<Item = Formula>, neutral: bool, counts: &[usize]) -> Formula {
    let mut issues: Vec<(usize, u128)> = Vec::new();
    let mut others: BTreeSet<Formula> = BTreeSet::new();
    let mut waiting: Vec<Formula> = parts.into_iter().collect();
    while let Some(part) = waiting.pop() {
        match part {
            Formula::Constant(value) if value == neutral => {}
            Formula::Constant(_) => return Formula::Constant(!neutral),
            Formula::In(issue, options) => match issues.iter_mut().find(|(other, _)| *other == issue) {
                Some((_, known)) if neutral => *known &= options,
                Some((_, known)) => *known |= options,
                None => issues.push((issue, options)),
            },
            Formula::And(parts) if neutral => waiting.extend(parts),
            Formula::Or(parts) if !neutral => waiting.extend(parts),
            other => {
                others.insert(other);
            }
        }
    }
    for (issue, options) in issues {
        match Formula::within(issue, options, counts[issue]) {
            Formula::Constant(value) if value == neutral => {}
            Formula::Constant(_) => return Formula::Constant(!neutral),
            other => {
                others.insert(other);
            }
        }
    }
    let mut parts: Vec<Formula> = others.into_iter().collect();
    match parts.len() {
        0 => Formula::Constant(neutral),
        1 => parts.swap_remove(0),
        _ if neutral => Formula::And(parts),
        _ => Formula::Or(parts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_remainder_looks_the_same() {
        let counts = [3, 3];
        let first = Formula::within(0, 0b001, 3);
        let second = Formula::within(1, 0b010, 3);
        let both = Formula::all([first.clone(), second.clone()], &counts);
        assert_eq!(both, Formula::all([second.clone(), both.clone(), first.clone()], &counts));
        assert_eq!(both.settled(0, 0, &counts), second);
        assert_eq!(both.settled(0, 1, &counts), Formula::Constant(false));
        assert_eq!(Formula::any([first, Formula::In(0, 0b110)], &counts), Formula::Constant(true));
        assert_eq!(Formula::And(vec![Formula::In(0, 0b111), second.clone()]).tidy(&counts), second);
        assert_eq!(Formula::In(7, 1).tidy(&counts), Formula::Constant(false));
    }
}
