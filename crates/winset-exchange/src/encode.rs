//! A profile's numbers as a case file can hold them: exactly where that is possible, and with the largest error where not.
//!
//! A case file holds decimals with nine places. Worth such as 7/9 is none, so weights are multiplied by what they are out of (`out_of`): values are scaled up to
//! decimals, each issue by a factor of its own, the weights take the factors back, and all weights and bonuses are multiplied by a common number that leaves
//! them whole decimals.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};
use winset_case::Decimal;

use crate::number::{Number, beyond_decimal, decimal, decimal_below, exactly, is_held, power_of_ten, whole};
use crate::scenario::{Profile, Reservation};

/// How large a number common to all parts may be and leave room for the digits of weights.
const COMMON_LIMIT: i64 = 10_000;

/// A profile as decimals.
#[derive(Debug)]
pub(crate) struct Encoded {
    /// `None` where the weights sum to it and there are no bonuses, so that a case file need not say it.
    pub(crate) out_of: Option<Decimal>,
    /// Per issue.
    pub(crate) weights: Vec<Decimal>,
    /// Per issue and option, from 0 to 1.
    pub(crate) values: Vec<Vec<Decimal>>,
    /// What every package is worth beside, in points.
    pub(crate) constant: Decimal,
    /// Per rectangle, in points.
    pub(crate) bonuses: Vec<Decimal>,
    pub(crate) fallback: Decimal,
    /// The most by which worth, less fallback, differs from the profile's.
    pub(crate) error: Number,
}

/// Values of one issue brought between 0 and 1, with what that takes from the constant and puts into the weight.
struct Scaled {
    weight: Number,
    values: Vec<Number>,
    constant: Number,
}

/// The profile as decimals; `None` where its numbers are too large for a case file.
pub(crate) fn encode(profile: &Profile) -> Option<Encoded> {
    let mut issues: Vec<Scaled> = profile.issues.iter().map(|issue| scale(&issue.weight, &issue.values)).collect();
    let constant = issues.iter().fold(profile.constant.clone(), |sum, issue| sum + &issue.constant);
    let points = loop {
        let parts = issues
            .iter()
            .map(|issue| &issue.weight)
            .chain(profile.rectangles.iter().map(|rectangle| &rectangle.worth))
            .chain([&constant]);
        let parts: Vec<&Number> = parts.filter(|part| !part.is_zero()).collect();
        if let Some(points) = points(&parts, profile.points.as_ref()) {
            break points;
        }
        let rounded = largest(&parts);
        // Only long decimals are in the way, or no common number is small enough: then give up exactness on the issue that asks for most.
        if common(&parts) <= whole(COMMON_LIMIT) {
            break rounded?;
        }
        let worst = issues.iter_mut().max_by_key(|issue| beyond_decimal(&issue.weight))?;
        if beyond_decimal(&worst.weight).is_one() {
            break rounded?;
        }
        let weight = worst.values.iter().max().cloned().unwrap_or_else(Number::zero);
        let values = worst.values.iter().map(|value| value / &weight).collect();
        *worst = Scaled { weight: &worst.weight * weight, values, constant: Number::zero() };
        if !beyond_decimal(&worst.weight).is_one() {
            worst.weight = exactly(decimal(&worst.weight)?);
        }
    };

    let in_points = |worth: &Number| decimal(&(worth * &points));
    let weights: Vec<Decimal> = issues.iter().map(|issue| in_points(&issue.weight)).collect::<Option<_>>()?;
    let values: Vec<Vec<Decimal>> =
        issues.iter().map(|issue| issue.values.iter().map(decimal).collect()).collect::<Option<_>>()?;
    let bonuses: Vec<Decimal> =
        profile.rectangles.iter().map(|rectangle| in_points(&rectangle.worth)).collect::<Option<_>>()?;
    let held = Held { points: &points, constant: in_points(&constant)?, weights: &weights, values: &values };

    // What each part comes to, against what it should.
    let offset = issues.iter().map(|issue| &issue.constant).fold(Number::zero(), |sum, part| sum + part);
    let mut error = (held.constant() - &profile.constant - offset).abs();
    for (issue, worth) in profile.issues.iter().enumerate() {
        let wrong = |(option, value): (usize, &Number)| {
            (held.part(issue, option) + &issues[issue].constant - &worth.weight * value).abs()
        };
        error += worth.values.iter().enumerate().map(wrong).max().unwrap_or_else(Number::zero);
    }
    for (rectangle, bonus) in profile.rectangles.iter().zip(&bonuses) {
        error += (exactly(*bonus) / &points - &rectangle.worth).abs();
    }
    let fallback = match &profile.reservation {
        Reservation::Worth(worth) => {
            let fallback = decimal(worth)?;
            error += (exactly(fallback) - worth).abs();
            fallback
        }
        // At or just below the least a package can be worth, so that none is refused.
        Reservation::None => decimal_below(&(profile.range().0 - &error))?,
    };

    let sum = weights.iter().fold(Number::zero(), |sum, weight| sum + exactly(*weight));
    let plain = sum == points && held.constant == Decimal::ZERO && bonuses.is_empty();
    let constant = held.constant;
    let out_of = if plain { None } else { Some(decimal(&points)?) };
    Some(Encoded { out_of, weights, values, constant, bonuses, fallback, error })
}

/// What the decimals of an encoding come to.
struct Held<'a> {
    points: &'a Number,
    constant: Decimal,
    weights: &'a [Decimal],
    values: &'a [Vec<Decimal>],
}

impl Held<'_> {
    fn part(&self, issue: usize, option: usize) -> Number {
        exactly(self.weights[issue]) * exactly(self.values[issue][option]) / self.points
    }

    fn constant(&self) -> Number {
        exactly(self.constant) / self.points
    }
}

/// Brings values between 0 and 1, as decimals if a factor does it.
fn scale(weight: &Number, values: &[Number]) -> Scaled {
    let (mut weight, mut values, mut constant) = (weight.clone(), values.to_vec(), Number::zero());
    if weight.is_negative() {
        values.iter_mut().for_each(|value| *value = -value.clone());
        weight = -weight;
    }
    let least = values.iter().min().cloned().unwrap_or_else(Number::zero);
    if least.is_negative() {
        constant = &weight * &least;
        values.iter_mut().for_each(|value| *value -= &least);
    }
    let most = values.iter().max().cloned().unwrap_or_else(Number::zero);
    if most.is_zero() {
        return Scaled { weight, values, constant };
    }
    // The smallest factor that makes decimals of them all, and then as many powers of ten as bring them to 1 or below.
    let common = values.iter().fold(BigInt::one(), |common, value| common.lcm(&beyond_decimal(value)));
    let mut factor = Number::from(common);
    while &most * &factor > Number::one() {
        factor *= power_of_ten(-1);
    }
    let scaled: Vec<Number> = values.iter().map(|value| value * &factor).collect();
    if scaled.iter().all(is_held) {
        return Scaled { weight: weight / factor, values: scaled, constant };
    }
    // Too many digits: at least the best value is exact.
    let scaled = if most > Number::one() { values.iter().map(|value| value / &most).collect() } else { values };
    let weight = if most > Number::one() { weight * most } else { weight };
    Scaled { weight, values: scaled, constant }
}

/// What the parts can be out of so that all of them are held exactly.
fn points(parts: &[&Number], natural: Option<&Number>) -> Option<Number> {
    let exact = |points: &Number| is_held(points) && parts.iter().all(|part| is_held(&(*part * points)));
    if let Some(natural) = natural.filter(|natural| exact(natural)) {
        return Some(natural.clone());
    }
    let common = common(parts);
    (0..=6).chain((-9..0).rev()).map(|power| &common * power_of_ten(power)).find(|points| exact(points))
}

/// What the parts can be out of so that as many of their digits as possible are held.
fn largest(parts: &[&Number]) -> Option<Number> {
    let fits = |points: &Number| {
        let size = |number: &Number| number.abs() <= whole(1_000_000);
        size(points) && is_held(points) && parts.iter().all(|part| size(&(*part * points)))
    };
    let bases = [common(parts), Number::one()];
    bases.iter().find_map(|base| (-9..=6).rev().map(|power| base * power_of_ten(power)).find(&fits))
}

fn common(parts: &[&Number]) -> Number {
    Number::from(parts.iter().fold(BigInt::one(), |common, part| common.lcm(&beyond_decimal(part))))
}

#[cfg(test)]
mod tests {
    use num_traits::ToPrimitive;

    use super::*;
    use crate::number::parse;
    use crate::scenario::Worth;

    fn profile(issues: &[(&str, &[&str], &str)]) -> Profile {
        let number = |text: &str| parse(text).unwrap();
        let worth = |(weight, values, out_of): &(&str, &[&str], &str)| Worth {
            weight: number(weight),
            values: values.iter().map(|value| number(value) / number(out_of)).collect(),
        };
        Profile {
            name: "a".to_owned(),
            place: (0, 0..0),
            issues: issues.iter().map(worth).collect(),
            constant: Number::zero(),
            rectangles: Vec::new(),
            points: None,
            reservation: Reservation::None,
        }
    }

    #[test]
    fn short_numbers_stay_as_they_are() {
        let encoded = encode(&profile(&[("0.3", &["0.25", "1"], "1"), ("0.7", &["1", "0"], "1")])).unwrap();
        assert_eq!(encoded.out_of, None);
        assert_eq!(encoded.weights.iter().map(ToString::to_string).collect::<Vec<_>>(), ["0.3", "0.7"]);
        assert!(encoded.error.is_zero());
    }

    #[test]
    fn ninths_and_sevenths_are_exact() {
        let encoded = encode(&profile(&[("0.3", &["5", "9"], "9"), ("0.7", &["7", "2"], "7")])).unwrap();
        assert!(encoded.error.is_zero());
        assert_eq!(encoded.out_of, Decimal::from_whole(3));
    }

    #[test]
    fn what_is_too_long_is_off_by_next_to_nothing() {
        let encoded = encode(&profile(&[("0.5000620591183125", &["5", "9"], "9")])).unwrap();
        assert!(!encoded.error.is_zero());
        assert!(encoded.error.to_f64().unwrap() < 1e-14, "{}", encoded.error);
    }

    #[test]
    fn values_below_0_are_moved_into_the_constant() {
        let encoded = encode(&profile(&[("-0.5", &["2", "-4"], "1")])).unwrap();
        assert!(encoded.error.is_zero());
        assert_eq!((encoded.constant.to_string().as_str(), encoded.out_of), ("-1", Some(Decimal::ONE)));
    }

    proptest::proptest! {
        /// Evaluations in whole numbers, divided by the largest, under weights of a few decimals: nothing is rounded, and nothing leaves 0 to 1.
        #[test]
        fn short_sources_are_exact(issues in proptest::collection::vec((0_u32..10_000, proptest::collection::vec(0_u32..13, 1..5)), 1..4)) {
            let mut profile = profile(&[]);
            for (weight, evaluations) in &issues {
                let most = i64::from(*evaluations.iter().max().unwrap()).max(1);
                let values = evaluations.iter().map(|value| whole(i64::from(*value)) / whole(most)).collect();
                profile.issues.push(Worth { weight: whole(i64::from(*weight)) * power_of_ten(-4), values });
            }
            profile.reservation = Reservation::Worth(Number::zero());
            let encoded = encode(&profile).unwrap();
            proptest::prop_assert!(encoded.error.is_zero());
            let points = encoded.out_of.map_or_else(|| encoded.weights.iter().map(|weight| exactly(*weight)).sum(), exactly);
            for (issue, worth) in profile.issues.iter().enumerate() {
                for (option, value) in worth.values.iter().enumerate() {
                    let held = encoded.values[issue][option];
                    proptest::prop_assert!((Decimal::ZERO..=Decimal::ONE).contains(&held));
                    proptest::prop_assert_eq!(exactly(encoded.weights[issue]) * exactly(held) / &points, &worth.weight * value);
                }
            }
        }
    }
}
