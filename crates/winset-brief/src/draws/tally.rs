//! What draws come to: shares with their intervals.

use winset_case::Likelihood;

use super::likelihood::{band, likelihood_of};

/// In how many draws something held. A share of draws is a share of draws: not a probability of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Draws in which it held.
    pub holds: u64,
    /// Draws in which it did not.
    pub fails: u64,
    /// Draws in which it could not be decided.
    pub undecided: u64,
}

impl Share {
    /// How many draws there were.
    pub fn draws(&self) -> u64 {
        self.holds + self.fails + self.undecided
    }

    /// The share of decided draws in which it held, from 0 to 1; `None` where none was decided.
    pub fn share(&self) -> Option<f64> {
        let decided = self.holds + self.fails;
        (decided > 0).then(|| self.holds as f64 / decided as f64)
    }

    /// Its Monte Carlo interval: 95 %, by the score method (Wilson 1927).
    pub fn interval(&self) -> Option<(f64, f64)> {
        let decided = (self.holds + self.fails) as f64;
        let share = self.share()?;
        let z = 1.959_963_984_540_054;
        let z2 = z * z / decided;
        let centre = share + z2 / 2.0;
        let half = z * libm::sqrt(share * (1.0 - share) / decided + z2 / (4.0 * decided));
        // At the ends the formula gives 0 and 1 but for rounding.
        let low = if self.holds == 0 { 0.0 } else { ((centre - half) / (1.0 + z2)).max(0.0) };
        let high = if self.fails == 0 { 1.0 } else { ((centre + half) / (1.0 + z2)).min(1.0) };
        Some((low, high))
    }

    /// The word for it (ICD 203); `None` where it held in all decided draws or in none, which is said as it is.
    pub fn word(&self) -> Option<Likelihood> {
        if self.holds == 0 || self.fails == 0 { None } else { Some(likelihood_of(self.share()?)) }
    }

    /// Whether it falls in the band of a hedge.
    pub fn is_within(&self, hedge: Likelihood) -> Option<bool> {
        let (low, high) = band(hedge);
        self.share().map(|share| (low..=high).contains(&share))
    }

    pub(crate) fn note(&mut self, verdict: Option<bool>) {
        match verdict {
            Some(true) => self.holds += 1,
            Some(false) => self.fails += 1,
            None => self.undecided += 1,
        }
    }

    pub(crate) fn add(&mut self, other: &Share) {
        self.holds += other.holds;
        self.fails += other.fails;
        self.undecided += other.undecided;
    }
}

/// Whether a claim hangs on the numbers that rest on assumption alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tuning {
    /// True in nearly all draws over everything those numbers could be.
    Structural,
    /// True in few of them.
    Tuned,
    /// In between.
    Between,
}

impl Tuning {
    /// Nearly all is 95 % and more, few is less than 45 %: the ends of the bands of "almost certain" and of "unlikely".
    pub fn of(share: &Share) -> Option<Self> {
        let share = share.share()?;
        Some(if share >= 0.95 {
            Tuning::Structural
        } else if share < 0.45 {
            Tuning::Tuned
        } else {
            Tuning::Between
        })
    }

    /// The word used in results.
    pub fn word(self) -> &'static str {
        match self {
            Tuning::Structural => "structural",
            Tuning::Tuned => "tuned",
            Tuning::Between => "between",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611.
        let share = Share { holds: 81, fails: 182, undecided: 0 };
        let (low, high) = share.interval().unwrap();
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
        let (low, high) = Share { holds: 0, fails: 20, undecided: 0 }.interval().unwrap();
        assert!(low == 0.0 && (high - 0.1611).abs() < 5e-5, "{low} {high}");
    }

    #[test]
    fn all_and_none_have_no_word() {
        assert_eq!(Share { holds: 10, fails: 0, undecided: 0 }.word(), None);
        assert_eq!(Share { holds: 0, fails: 10, undecided: 0 }.word(), None);
        assert_eq!(Share { holds: 7, fails: 3, undecided: 0 }.word(), Some(Likelihood::Likely));
    }
}
