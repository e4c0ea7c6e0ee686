//! What every format comes to: a domain, and profiles over it, in exact numbers.

use num_traits::{Signed, Zero};

use crate::finding::Place;
use crate::number::{Number, parse};

/// What is negotiated about.
#[derive(Debug)]
pub(crate) struct Domain {
    pub(crate) name: String,
    pub(crate) file: usize,
    pub(crate) issues: Vec<Issue>,
}

/// One issue and its values, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Issue {
    pub(crate) name: String,
    /// What people read.
    pub(crate) options: Vec<String>,
    /// The same as numbers, where the issue is numeric.
    pub(crate) numbers: Option<Vec<Number>>,
}

impl Issue {
    /// The option a text names: as it stands, without blanks at its ends, or as the same number.
    pub(crate) fn option(&self, text: &str) -> Option<usize> {
        let trimmed = text.trim();
        let same = self.options.iter().position(|option| option == text || option == trimmed);
        same.or_else(|| {
            let number = parse(trimmed)?;
            self.options.iter().position(|option| parse(option).as_ref() == Some(&number))
        })
    }

    /// The options as numbers, if all of them are.
    pub(crate) fn as_numbers(&self) -> Option<Vec<Number>> {
        self.numbers.clone().or_else(|| self.options.iter().map(|option| parse(option)).collect())
    }
}

/// What one party makes of the packages: constant + Σ weight · value + Σ of the rectangles that hold.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) place: Place,
    /// Per issue of the domain.
    pub(crate) issues: Vec<Worth>,
    pub(crate) constant: Number,
    pub(crate) rectangles: Vec<Rectangle>,
    /// What the numbers are naturally out of, so that they can stand in the case as they stand in the file.
    pub(crate) points: Option<Number>,
    pub(crate) reservation: Reservation,
}

/// Weight and values on one issue.
#[derive(Debug, Clone)]
pub(crate) struct Worth {
    pub(crate) weight: Number,
    pub(crate) values: Vec<Number>,
}

impl Worth {
    /// No interest in an issue with this many options.
    pub(crate) fn none(options: usize) -> Self {
        Worth { weight: Number::zero(), values: vec![Number::zero(); options] }
    }

    /// What each option adds.
    fn parts(&self) -> impl Iterator<Item = Number> {
        self.values.iter().map(|value| &self.weight * value)
    }
}

/// What a part of the space adds.
#[derive(Debug)]
pub(crate) struct Rectangle {
    /// The issues it reads, and the options within its bounds.
    pub(crate) bounds: Vec<(usize, Vec<usize>)>,
    /// Paid outside of the bounds instead of within.
    pub(crate) outside: bool,
    pub(crate) worth: Number,
}

/// What no agreement is worth.
#[derive(Debug)]
pub(crate) enum Reservation {
    Worth(Number),
    /// Less than anything: every package is accepted.
    None,
}

impl Profile {
    /// Bounds of what any package can be worth.
    pub(crate) fn range(&self) -> (Number, Number) {
        let mut low = self.constant.clone();
        let mut high = self.constant.clone();
        for issue in &self.issues {
            low += issue.parts().min().unwrap_or_else(Number::zero);
            high += issue.parts().max().unwrap_or_else(Number::zero);
        }
        for rectangle in &self.rectangles {
            if rectangle.worth.is_negative() { low += &rectangle.worth } else { high += &rectangle.worth }
        }
        (low, high)
    }

    /// What a package is worth without rectangles.
    pub(crate) fn additive(&self, package: &[usize]) -> Number {
        let parts = self.issues.iter().zip(package).map(|(issue, &option)| &issue.weight * &issue.values[option]);
        parts.fold(self.constant.clone(), |sum, part| sum + part)
    }
}
