//! Conditions over the choice of options.

/// A condition over states: which options are chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// Always or never.
    Constant(bool),
    /// The options of `mask` stand exactly as in `value`: a conjunction of options taken and not taken.
    Pattern {
        /// The options it speaks of, one bit each.
        mask: u64,
        /// Those of them that are taken.
        value: u64,
    },
    /// Not.
    Not(Box<Formula>),
    /// All of them.
    All(Vec<Formula>),
    /// Any of them.
    Any(Vec<Formula>),
    /// Both or neither.
    Iff(Box<Formula>, Box<Formula>),
}

impl Formula {
    /// The option is taken.
    pub fn option(option: usize) -> Self {
        Formula::Pattern { mask: 1 << option, value: 1 << option }
    }

    /// The opposite.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Formula::Constant(holds) => Formula::Constant(!holds),
            Formula::Pattern { mask, value } if mask.is_power_of_two() => {
                Formula::Pattern { mask, value: value ^ mask }
            }
            Formula::Not(inner) => *inner,
            other => Formula::Not(Box::new(other)),
        }
    }

    /// The options it speaks of, one bit each.
    pub(crate) fn options(&self) -> u64 {
        match self {
            Formula::Constant(_) => 0,
            Formula::Pattern { mask, .. } => *mask,
            Formula::Not(inner) => inner.options(),
            Formula::All(parts) | Formula::Any(parts) => parts.iter().fold(0, |all, part| all | part.options()),
            Formula::Iff(left, right) => left.options() | right.options(),
        }
    }

    /// Whether it holds at a state.
    pub fn holds(&self, key: u64) -> bool {
        match self {
            Formula::Constant(holds) => *holds,
            Formula::Pattern { mask, value } => key & mask == *value,
            Formula::Not(inner) => !inner.holds(key),
            Formula::All(parts) => parts.iter().all(|part| part.holds(key)),
            Formula::Any(parts) => parts.iter().any(|part| part.holds(key)),
            Formula::Iff(left, right) => left.holds(key) == right.holds(key),
        }
    }

    /// What is certain when only the options of `known` have been decided.
    pub(crate) fn holds_partly(&self, key: u64, known: u64) -> Option<bool> {
        match self {
            Formula::Constant(holds) => Some(*holds),
            Formula::Pattern { mask, value } => {
                if (key ^ value) & mask & known != 0 {
                    Some(false)
                } else {
                    (mask & !known == 0).then_some(true)
                }
            }
            Formula::Not(inner) => inner.holds_partly(key, known).map(|holds| !holds),
            Formula::All(parts) => {
                let mut certain = Some(true);
                for part in parts {
                    match part.holds_partly(key, known) {
                        Some(false) => return Some(false),
                        Some(true) => {}
                        None => certain = None,
                    }
                }
                certain
            }
            Formula::Any(parts) => {
                let mut certain = Some(false);
                for part in parts {
                    match part.holds_partly(key, known) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => certain = None,
                    }
                }
                certain
            }
            Formula::Iff(left, right) => Some(left.holds_partly(key, known)? == right.holds_partly(key, known)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Formula::{All, Any, Iff};

    #[test]
    fn what_is_certain_early_stays_so() {
        let formulas = [
            All(vec![Formula::option(0), Formula::option(2).negated()]),
            Any(vec![Formula::option(1), Formula::option(2)]),
            Iff(Box::new(Formula::option(0)), Box::new(Formula::option(1))),
            Formula::Not(Box::new(Formula::Pattern { mask: 5, value: 4 })),
        ];
        for formula in &formulas {
            for known in 0..8 {
                for key in 0..8 {
                    if let Some(certain) = formula.holds_partly(key & known, known) {
                        assert_eq!(formula.holds(key), certain, "{formula:?} {known:b} {key:b}");
                    }
                }
            }
        }
    }
}
