//! Exact amounts of worth and shares, on their way to a reader.

use num_bigint::BigInt;
pub use num_bigint::BigUint;
pub use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use winset_case::Decimal;

/// An exact amount, or minus infinity (an unpriced red line is broken).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Amount {
    /// Less than any number.
    MinusInfinity,
    /// This much.
    Exactly(BigRational),
    /// More than any number: the distance to what an unpriced red line forbids.
    Infinity,
}

impl Amount {
    /// So many units of a worth of 1.
    pub fn of_units(units: i128, unit: i128) -> Self {
        Amount::Exactly(BigRational::new(BigInt::from(units), BigInt::from(unit)))
    }

    /// How far below zero it is; 0 if it is not. Minus infinity is infinitely far.
    #[must_use]
    pub fn shortfall(&self) -> Self {
        match self {
            Amount::Exactly(value) if value.is_negative() => Amount::Exactly(-value),
            Amount::Exactly(_) => Amount::of_units(0, 1),
            Amount::MinusInfinity | Amount::Infinity => Amount::Infinity,
        }
    }

    /// The nearest floating-point number, for printing; `None` for the infinities.
    pub fn to_f64(&self) -> Option<f64> {
        match self {
            Amount::MinusInfinity | Amount::Infinity => None,
            Amount::Exactly(value) => Some(nearest(value)),
        }
    }

    /// The amount in figures: three decimals, rounded toward zero only where it would otherwise print as nothing.
    pub fn figures(&self) -> String {
        match self {
            Amount::MinusInfinity => "minus infinity".to_owned(),
            Amount::Infinity => "infinity".to_owned(),
            Amount::Exactly(value) if value.is_zero() => "0".to_owned(),
            Amount::Exactly(value) => {
                let shown = format!("{:.3}", nearest(value));
                // A knife edge must not look like nothing.
                if shown.trim_start_matches('-') == "0.000" { format!("{:.1e}", nearest(value)) } else { shown }
            }
        }
    }
}

impl From<Decimal> for Amount {
    fn from(value: Decimal) -> Self {
        Amount::of_units(i128::from(value.billionths()), i128::from(Decimal::UNIT))
    }
}

impl From<u64> for Amount {
    fn from(value: u64) -> Self {
        Amount::Exactly(BigRational::from(BigInt::from(value)))
    }
}

impl From<BigRational> for Amount {
    fn from(value: BigRational) -> Self {
        Amount::Exactly(value)
    }
}

/// The largest whole number of units that is no more than an amount of worth.
pub(crate) fn units_within(amount: Decimal, unit: i128) -> i128 {
    let units = BigInt::from(amount.billionths()) * BigInt::from(unit) / BigInt::from(Decimal::UNIT);
    // An amount is at most a million, and a unit leaves that much room.
    i128::try_from(units).unwrap_or(i128::MAX >> 1)
}

/// The nearest number to twelve decimals: the same on every platform, since only whole numbers are divided.
fn nearest(value: &BigRational) -> f64 {
    let scale = BigInt::from(1_000_000_000_000_i64);
    let scaled: BigInt = (value.abs() * BigRational::from(scale)).round().to_integer();
    let size = scaled.to_f64().unwrap_or(f64::INFINITY) / 1e12;
    if value.is_negative() { -size } else { size }
}
