//! A number estimated from runs, with its interval.

use crate::draws::Share;

/// A number estimated from runs, with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

impl Estimate {
    /// A share of runs, by Wilson's interval.
    pub fn of_share(share: &Share) -> Option<Self> {
        let ((low, high), value) = (share.interval()?, share.share()?);
        Some(Estimate { value, low, high })
    }

    /// A mean over runs, given the mean of the squares: by the normal distribution.
    pub fn of_mean(count: u64, mean: f64, of_squares: f64) -> Self {
        let count = count as f64;
        let variance = (of_squares - mean * mean).max(0.0) * count / (count - 1.0).max(1.0);
        let half = Z * libm::sqrt(variance / count);
        Estimate { value: mean, low: mean - half, high: mean + half }
    }
}

/// The difference of two shares of the same runs, by Wald's interval for matched pairs after half a run is added to each of the four kinds of pairs (Agresti
/// & Min 2005): given how many runs there are, and in how many something is so on the first side alone, and on the second alone.
pub fn difference_of_shares(runs: u64, first_alone: u64, second_alone: u64) -> Option<Estimate> {
    if runs == 0 {
        return None;
    }
    let (first, second, all) = (first_alone as f64 + 0.5, second_alone as f64 + 0.5, runs as f64 + 2.0);
    let centre = (second - first) / all;
    let half = Z * libm::sqrt(((first + second) / all - centre * centre) / all);
    let value = (second_alone as f64 - first_alone as f64) / runs as f64;
    // With as few as no run that differs, the difference found is still within.
    Some(Estimate { value, low: (centre - half).clamp(-1.0, value), high: (centre + half).clamp(value, 1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Approval of the prime minister by the same 1600 people in two surveys (794, 150, 86, 570): down by 0.04, from 0.02 to 0.06 (Agresti 2002, table 10.1).
    #[test]
    fn a_paired_difference_is_that_of_the_literature() {
        let found = difference_of_shares(1600, 150, 86).unwrap();
        assert!((found.value + 0.04).abs() < 1e-12);
        assert!((found.low + 0.0587).abs() < 5e-4 && (found.high + 0.0212).abs() < 5e-4, "{found:?}");
    }

    #[test]
    fn runs_that_agree_leave_little_room() {
        let found = difference_of_shares(10_000, 0, 0).unwrap();
        assert!(found.value == 0.0 && found.low < 0.0 && found.high > 0.0 && found.high < 3e-4, "{found:?}");
        assert_eq!(difference_of_shares(0, 0, 0), None);
        let all = difference_of_shares(4, 0, 4).unwrap();
        assert!(all.value > 0.999_999 && all.high > 0.999_999, "{all:?}");
    }

    #[test]
    fn a_mean_has_the_interval_of_its_standard_error() {
        // 1, 2, 3, 4: mean 2.5, variance 5/3.
        let found = Estimate::of_mean(4, 2.5, 7.5);
        assert!((found.high - 2.5 - 1.96 * libm::sqrt(5.0 / 12.0)).abs() < 1e-3, "{found:?}");
    }
}
