//! Exact decimal numbers, as people write them.

use std::fmt;

/// An exact decimal with up to nine places, held as a whole number of billionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Decimal(i64);

impl Decimal {
    /// Zero.
    pub const ZERO: Decimal = Decimal(0);
    /// One.
    pub const ONE: Decimal = Decimal(Self::UNIT);
    /// Billionths in one.
    pub const UNIT: i64 = 1_000_000_000;
    /// Decimal places held.
    pub const PLACES: u32 = 9;
    /// The largest size a number in a case may have.
    pub const LIMIT: Decimal = Decimal(1_000_000 * Self::UNIT);

    /// The decimal that is this many billionths.
    pub const fn from_billionths(billionths: i64) -> Self {
        Decimal(billionths)
    }

    /// A whole number, if it is within [`Decimal::LIMIT`].
    pub fn from_whole(whole: i64) -> Option<Self> {
        whole.checked_mul(Self::UNIT).map(Decimal).filter(|value| value.0.abs() <= Self::LIMIT.0)
    }

    /// How many billionths.
    pub const fn billionths(self) -> i64 {
        self.0
    }

    /// Reads `-12.5`, `1e-3` and the like, with `_` between digits as TOML allows.
    pub fn parse(text: &str) -> Result<Self, DecimalError> {
        let text: String = text.chars().filter(|character| *character != '_').collect();
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| DecimalError::NotANumber)?),
            None => (text.as_str(), 0),
        };
        let (negative, mantissa) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(DecimalError::NotANumber);
        }
        let significant = digits.trim_start_matches('0').trim_end_matches('0');
        if significant.is_empty() {
            return Ok(Self::ZERO);
        }
        let trailing = (digits.len() - digits.trim_end_matches('0').len()) as i64;
        // value = significant · 10^power
        let power = i64::from(exponent) - fraction.len() as i64 + trailing;
        if power < -i64::from(Self::PLACES) {
            return Err(DecimalError::TooManyDecimals);
        }
        if significant.len() as i64 + power > 7 {
            return Err(DecimalError::TooLarge);
        }
        let value = significant.parse::<i64>().map_err(|_| DecimalError::TooManyDecimals)?;
        let billionths = value * 10_i64.pow((power + i64::from(Self::PLACES)).unsigned_abs() as u32);
        if billionths > Self::LIMIT.0 {
            return Err(DecimalError::TooLarge);
        }
        Ok(Decimal(if negative { -billionths } else { billionths }))
    }

    /// The sum, held within [`Decimal::LIMIT`].
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Decimal((self.0 + other.0).clamp(-Self::LIMIT.0, Self::LIMIT.0))
    }

    /// The negative.
    #[must_use]
    pub fn negated(self) -> Self {
        Decimal(-self.0)
    }

    /// The product, rounded half to even at nine places and held within [`Decimal::LIMIT`].
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let product = i128::from(self.0) * i128::from(other.0);
        let unit = i128::from(Self::UNIT);
        let (mut whole, rest) = (product.div_euclid(unit), product.rem_euclid(unit));
        if rest * 2 > unit || (rest * 2 == unit && whole % 2 != 0) {
            whole += 1;
        }
        let limit = i128::from(Self::LIMIT.0);
        Decimal(whole.clamp(-limit, limit) as i64)
    }

    /// Half way between two decimals, rounded toward zero at the ninth place.
    #[must_use]
    pub fn midpoint(self, other: Self) -> Self {
        Decimal(i64::midpoint(self.0, other.0))
    }

    /// What divides the way from here to `high` as `near` to `far`, rounded half to even at the ninth place. Both are above 0.
    #[must_use]
    pub fn between(self, high: Self, near: Self, far: Self) -> Self {
        let whole = i128::from(near.0) + i128::from(far.0);
        let way = (i128::from(high.0) - i128::from(self.0)) * i128::from(near.0);
        let (mut part, rest) = (way.div_euclid(whole), way.rem_euclid(whole));
        if rest * 2 > whole || (rest * 2 == whole && part % 2 != 0) {
            part += 1;
        }
        Decimal((i128::from(self.0) + part) as i64)
    }

    /// The nearest floating-point number, for printing and drawing only.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / Self::UNIT as f64
    }
}

/// Why a text is not a decimal this program can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalError {
    /// Not a number at all (also infinities and NaN).
    NotANumber,
    /// More than nine places.
    TooManyDecimals,
    /// Larger than [`Decimal::LIMIT`].
    TooLarge,
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.unsigned_abs();
        let unit = Self::UNIT.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let fraction = format!("{:09}", size % unit);
        let fraction = fraction.trim_end_matches('0');
        if fraction.is_empty() {
            write!(f, "{sign}{}", size / unit)
        } else {
            write!(f, "{sign}{}.{fraction}", size / unit)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write_exactly() {
        for (text, billionths) in [
            ("0.3", 300_000_000),
            ("-12.5", -12_500_000_000),
            ("1e-3", 1_000_000),
            ("1_000.50", 1_000_500_000_000),
            ("0", 0),
            ("2E2", 200_000_000_000),
            ("0.000000001", 1),
        ] {
            assert_eq!(Decimal::parse(text), Ok(Decimal::from_billionths(billionths)), "{text}");
        }
    }

    #[test]
    fn refuses_what_it_cannot_hold() {
        assert_eq!(Decimal::parse("0.0000000001"), Err(DecimalError::TooManyDecimals));
        assert_eq!(Decimal::parse("1000001"), Err(DecimalError::TooLarge));
        assert_eq!(Decimal::parse("1e300"), Err(DecimalError::TooLarge));
        assert_eq!(Decimal::parse("1e-300"), Err(DecimalError::TooManyDecimals));
        for text in ["inf", "nan", "", ".", "1e", "0x10", "1.2.3"] {
            assert_eq!(Decimal::parse(text), Err(DecimalError::NotANumber), "{text}");
        }
    }

    #[test]
    fn prints_back_what_it_read() {
        for text in ["0.3", "-12.5", "1000", "0.000000001", "-0.25"] {
            assert_eq!(Decimal::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_part_of_the_way_is_rounded_half_to_even() {
        let whole = |number| Decimal::from_whole(number).unwrap();
        assert_eq!(whole(1).between(whole(4), whole(1), whole(2)), whole(2));
        assert_eq!(Decimal::ZERO.between(whole(1), whole(1), whole(2)), Decimal::parse("0.333333333").unwrap());
        assert_eq!(Decimal::ZERO.between(Decimal::from_billionths(1), whole(1), whole(1)), Decimal::ZERO);
        assert_eq!(Decimal::ZERO.between(Decimal::from_billionths(3), whole(1), whole(1)), Decimal::from_billionths(2));
        assert_eq!(whole(-1).between(whole(1), whole(3), whole(1)), Decimal::parse("0.5").unwrap());
    }

    #[test]
    fn products_round_half_to_even() {
        let third = Decimal::from_billionths(1);
        let half = Decimal::parse("0.5").unwrap();
        assert_eq!(third.times(half), Decimal::ZERO);
        assert_eq!(Decimal::from_billionths(3).times(half), Decimal::from_billionths(2));
    }
}
