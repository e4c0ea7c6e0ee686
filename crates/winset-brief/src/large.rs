//! Answers about tables too large to list, in sentences.

use winset_case::Case;
use winset_settle::large::{Asked, Certificate, Found, LargeSettlement, Proof};
use winset_settle::{Amount, BigUint};

use crate::called;
use crate::words::{counted, number};

/// A count of any length: with thousands set apart, or rounded to two figures where it has more than 15 digits.
pub fn big(count: &BigUint) -> String {
    let digits = count.to_string();
    if digits.len() <= 15 {
        return number(digits.parse().unwrap_or(u64::MAX));
    }
    let power = digits.len() - 1;
    let leading: u32 = digits[..3].parse().unwrap_or(100);
    let (figures, power) = match (leading + 5) / 10 {
        100 => (10, power + 1),
        figures => (figures, power),
    };
    let exact = digits[2..].bytes().all(|digit| digit == b'0');
    let about = if exact { "" } else { "about " };
    match (figures / 10, figures % 10) {
        (1, 0) => format!("{about}10^{power}"),
        (whole, 0) => format!("{about}{whole} × 10^{power}"),
        (whole, tenths) => format!("{about}{whole}.{tenths} × 10^{power}"),
    }
}

/// How many packages are acceptable, as a clause: `12 of 10^30 packages are acceptable`.
pub fn how_many(large: &LargeSettlement) -> String {
    let all = big(&large.packages);
    match &large.found {
        Found::Open(open) => match &open.acceptable_count {
            Ok(count) => format!("{} of {all} packages would be accepted", big(count)),
            Err(_) => format!("some of {all} packages would be accepted; how many is not counted"),
        },
        Found::Blocked { .. } => format!("none of {all} packages is acceptable"),
        Found::Undecided(_) => format!("whether any of {all} packages is acceptable was not found out"),
    }
}

/// Certificates that are written out.
const SHOWN: usize = 3;

/// Why there is no deal, as one sentence for each proof that differs.
pub fn proofs(case: &Case, proofs: &[Proof]) -> Vec<String> {
    let mut weighed: Vec<&Certificate> = Vec::new();
    let (mut contradictions, mut searches, mut nodes) = (0_u64, 0_u64, 0_u64);
    for proof in proofs {
        match proof {
            Proof::Conditions => contradictions += 1,
            Proof::Exhausted(looked) => {
                searches += 1;
                nodes += looked;
            }
            Proof::Weights(certificate) if !weighed.contains(&certificate) => weighed.push(certificate),
            Proof::Weights(_) => {}
        }
    }
    let several = proofs.len() > 1;
    let mut sentences: Vec<String> =
        weighed.iter().take(SHOWN).map(|proof| format!("{}.", certificate(case, proof))).collect();
    if weighed.len() > SHOWN {
        sentences.push(format!("And {} more such proofs for other ways to make a deal.", weighed.len() - SHOWN));
    }
    if contradictions > 0 {
        let ways =
            if several { format!(" (in {} to make a deal)", counted(contradictions, "way")) } else { String::new() };
        sentences.push(format!("No package meets its conditions{ways}."));
    }
    if searches > 0 {
        sentences.push(format!(
            "No single weighing proves {}; a search that looked at {} and ruled out the rest by bounds found none.",
            if several { "the rest" } else { "it" },
            counted(nodes, "partial package")
        ));
    }
    sentences
}

/// A certificate as a sentence without its full stop.
pub fn certificate(case: &Case, certificate: &Certificate) -> String {
    let weight = |(actor, weight, asked): &(winset_case::ActorId, winset_settle::BigRational, Asked)| {
        let what = match asked {
            Asked::Accepts => "",
            Asked::Presses => " (as one who would press)",
            Asked::Prices => " (prices of its red lines)",
        };
        format!("{} {}{what}", Amount::from(weight.clone()).figures(), called::actor(case, *actor))
    };
    let weights: Vec<String> = certificate.weights.iter().map(weight).collect();
    match weights.as_slice() {
        [_] => format!(
            "However issues are traded, the best for {} alone stays {} below what it requires",
            called::actor(case, certificate.weights[0].0),
            Amount::from(certificate.missing.clone()).figures()
        ),
        _ => format!(
            "However issues are traded, {} stays {} below what they require together",
            weights.join(" + "),
            Amount::from(certificate.missing.clone()).figures()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_rounded_to_two_figures() {
        let ten = |power: u32| BigUint::from(10_u32).pow(power);
        assert_eq!(big(&BigUint::from(4_000_000_u32)), "4,000,000");
        assert_eq!(big(&ten(30)), "10^30");
        assert_eq!(big(&(ten(30) - 1_u32)), "about 10^30");
        assert_eq!(big(&(ten(30) * 5_u32)), "5 × 10^30");
        assert_eq!(big(&(ten(20) * 1_234_u32)), "about 1.2 × 10^23");
    }
}
