//! The settlement analysis written out from its definitions, slowly: exact rationals, every package, every subset of constraints, every
//! subset of levers.
//!
//! It is the independent half of a comparison. It shares the data model of a case with the engine and nothing else: no arithmetic, no
//! evaluation of conditions, no search. Section numbers are those of the model page.

mod acceptance;
mod conditions;
mod settlement;
mod solutions;
mod unlocking;

use num_rational::BigRational;
use winset_case::Decimal;

pub(crate) use acceptance::{Checker, Deal, Judged, Situation};
pub(crate) use settlement::{Missing, Table};
pub(crate) use solutions::{Bargain, Point};
pub(crate) use unlocking::{Levers, admissible, combination, with};

/// An exact number.
pub(crate) type Q = BigRational;

/// A decimal of the case, exactly.
pub(crate) fn q(decimal: Decimal) -> Q {
    Q::new(decimal.billionths().into(), Decimal::UNIT.into())
}

/// A whole number of units, as a worth.
pub(crate) fn units(count: i128, unit: i128) -> Q {
    Q::new(count.into(), unit.into())
}
