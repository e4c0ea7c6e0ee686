//! Exact numbers, as other programs write them.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use winset_case::Decimal;

/// A number, exactly.
pub(crate) type Number = BigRational;

/// The most characters, and the largest exponent, a number may have: whatever a program prints is far below.
const LONGEST: usize = 400;

/// What a text says where a number should stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Written {
    Number(Number),
    /// `inf`, `.inf`, `Infinity`: the sign says which.
    Infinite {
        negative: bool,
    },
    Nothing,
}

/// Reads `-12.5`, `1.0E-4`, `.inf` and the like.
pub(crate) fn read(text: &str) -> Written {
    let text = text.trim();
    let (negative, size) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if ["inf", "infinity"].contains(&size.trim_start_matches('.').to_ascii_lowercase().as_str()) {
        return Written::Infinite { negative };
    }
    match finite(size) {
        Some(number) => Written::Number(if negative { -number } else { number }),
        None => Written::Nothing,
    }
}

/// The number a text is, if it is one.
pub(crate) fn parse(text: &str) -> Option<Number> {
    match read(text) {
        Written::Number(number) => Some(number),
        _ => None,
    }
}

fn finite(text: &str) -> Option<Number> {
    if text.len() > LONGEST {
        return None;
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) || exponent.unsigned_abs() > 400 {
        return None;
    }
    let digits: BigInt = digits.parse().ok()?;
    Some(Number::from(digits) * power_of_ten(exponent - i32::try_from(fraction.len()).ok()?))
}

/// 10ⁿ.
pub(crate) fn power_of_ten(power: i32) -> Number {
    let size = Number::from(num_traits::pow(BigInt::from(10), power.unsigned_abs() as usize));
    if power < 0 { size.recip() } else { size }
}

/// A whole number.
pub(crate) fn whole(number: i64) -> Number {
    Number::from(BigInt::from(number))
}

/// Nearest decimal a case file holds, ties to even; `None` where it is too large. Exact where the difference is zero.
pub(crate) fn decimal(number: &Number) -> Option<Decimal> {
    let scaled = number * whole(Decimal::UNIT);
    let floor = scaled.floor();
    let rest = &scaled - &floor;
    let half = Number::new(BigInt::one(), BigInt::from(2));
    let floor = floor.to_integer();
    let up = rest > half || (rest == half && floor.is_odd());
    held(&if up { floor + 1 } else { floor })
}

/// The largest decimal a case file holds that is not above the number.
pub(crate) fn decimal_below(number: &Number) -> Option<Decimal> {
    held(&(number * whole(Decimal::UNIT)).floor().to_integer())
}

fn held(billionths: &BigInt) -> Option<Decimal> {
    let billionths = billionths.to_i64()?;
    (billionths.abs() <= Decimal::LIMIT.billionths()).then(|| Decimal::from_billionths(billionths))
}

/// The decimal as a number.
pub(crate) fn exactly(decimal: Decimal) -> Number {
    Number::new(BigInt::from(decimal.billionths()), BigInt::from(Decimal::UNIT))
}

/// Whether a case file holds it as it is.
pub(crate) fn is_held(number: &Number) -> bool {
    decimal(number).is_some_and(|decimal| exactly(decimal) == *number)
}

/// What is left of a denominator when every factor 2 and 5 is taken out: 1 for numbers that are decimals.
pub(crate) fn beyond_decimal(number: &Number) -> BigInt {
    let mut rest = number.denom().clone();
    for prime in [2, 5] {
        let prime = BigInt::from(prime);
        loop {
            let (quotient, remainder) = rest.div_rem(&prime);
            if !remainder.is_zero() {
                break;
            }
            rest = quotient;
        }
    }
    rest
}

/// The number in a few digits, for messages.
pub(crate) fn short(number: &Number) -> String {
    match number.to_f64() {
        Some(0.0) => "0".to_owned(),
        Some(float) if float.is_infinite() => "more than can be counted".to_owned(),
        Some(float) if float.abs() < 1e-3 || float.abs() >= 1e7 => format!("{float:.1e}"),
        Some(float) => {
            let text = format!("{float:.4}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        None => number.to_string(),
    }
}

/// The number as a label: a decimal with nothing at its end, if it is one with at most nine places.
pub(crate) fn label(number: &Number) -> String {
    decimal(number).filter(|_| is_held(number)).map_or_else(|| number.to_string(), |decimal| decimal.to_string())
}

/// 0 or the number, whichever is larger, and at most 1.
pub(crate) fn clamped(number: Number) -> Number {
    if number.is_negative() {
        Number::zero()
    } else if number > Number::one() {
        Number::one()
    } else {
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_programs_print() {
        let held = |text: &str| parse(text).map(|number| label(&number));
        for (text, number) in
            [("0.3", "0.3"), (" -12.50", "-12.5"), ("1.0E-4", "0.0001"), ("2e2", "200"), (".5", "0.5")]
        {
            assert_eq!(held(text).as_deref(), Some(number), "{text}");
        }
        for text in ["s", "", ".", "null", "NaN", "1e999999999", "0x10", "1,5"] {
            assert_eq!(read(text), Written::Nothing, "{text}");
        }
        assert_eq!(read("-.inf"), Written::Infinite { negative: true });
    }

    #[test]
    fn the_ninth_decimal_is_rounded_half_to_even() {
        let rounded = |text: &str| decimal(&parse(text).unwrap()).unwrap().to_string();
        assert_eq!(rounded("0.0000000005"), "0");
        assert_eq!(rounded("0.0000000015"), "0.000000002");
        assert_eq!(rounded("-0.0000000015"), "-0.000000002");
        assert_eq!(rounded("0.00000000051"), "0.000000001");
        assert!(decimal(&parse("1000000.1").unwrap()).is_none());
    }

    #[test]
    fn what_is_beyond_decimal_is_what_no_power_of_ten_divides() {
        let beyond = |numerator: i64, denominator: i64| {
            beyond_decimal(&Number::new(BigInt::from(numerator), BigInt::from(denominator)))
        };
        assert_eq!(beyond(1, 8), BigInt::from(1));
        assert_eq!(beyond(7, 12), BigInt::from(3));
        assert_eq!(beyond(9, 12), BigInt::from(1));
        assert_eq!(beyond(1, 1316), BigInt::from(329));
    }
}
