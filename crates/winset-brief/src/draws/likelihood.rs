//! Words of estimative probability (Intelligence Community Directive 203, 2015).

use winset_case::Likelihood;

/// From which share to which share a word reaches. The outermost reach to 0 and 1, which the directive leaves out.
pub fn band(word: Likelihood) -> (f64, f64) {
    match word {
        Likelihood::AlmostNoChance => (0.0, 0.05),
        Likelihood::VeryUnlikely => (0.05, 0.20),
        Likelihood::Unlikely => (0.20, 0.45),
        Likelihood::RoughlyEven => (0.45, 0.55),
        Likelihood::Likely => (0.55, 0.80),
        Likelihood::VeryLikely => (0.80, 0.95),
        Likelihood::AlmostCertain => (0.95, 1.0),
    }
}

/// The word for a share; one on the border of two takes the stronger.
pub fn likelihood_of(share: f64) -> Likelihood {
    match share {
        share if share <= 0.05 => Likelihood::AlmostNoChance,
        share if share <= 0.20 => Likelihood::VeryUnlikely,
        share if share < 0.45 => Likelihood::Unlikely,
        share if share <= 0.55 => Likelihood::RoughlyEven,
        share if share < 0.80 => Likelihood::Likely,
        share if share < 0.95 => Likelihood::VeryLikely,
        _ => Likelihood::AlmostCertain,
    }
}

/// The middle of the directive's band: the probability that goes with the word.
pub(crate) fn midpoint(word: Likelihood) -> f64 {
    match word {
        Likelihood::AlmostNoChance => 0.03,
        Likelihood::VeryUnlikely => 0.125,
        Likelihood::Unlikely => 0.325,
        Likelihood::RoughlyEven => 0.5,
        Likelihood::Likely => 0.675,
        Likelihood::VeryLikely => 0.875,
        Likelihood::AlmostCertain => 0.97,
    }
}
