//! Krippendorff's alpha: agreement beyond chance between coders of the same units, α = 1 − Dₒ / Dₑ (Krippendorff 2004, *Content Analysis*, chapter 11; the
//! computation by coincidences as in Krippendorff 2011, *Computing Krippendorff's Alpha-Reliability*).

/// How far apart two codes of a unit are taken to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Equal or not.
    Nominal,
    /// By how many codes lie between them.
    Ordinal,
    /// By the square of their difference.
    Interval,
}

impl Metric {
    /// The word used in results.
    pub fn word(self) -> &'static str {
        match self {
            Metric::Nominal => "nominal",
            Metric::Ordinal => "ordinal",
            Metric::Interval => "interval",
        }
    }
}

/// Krippendorff's alpha over units, each with the codes its coders gave it. 1 is perfect agreement, 0 what chance alone would give; less is systematic
/// disagreement. Units that fewer than two coders coded do not count. `None` where no unit counts or all codes are the same: then there is nothing to agree on.
pub fn krippendorff_alpha(units: &[Vec<f64>], metric: Metric) -> Option<f64> {
    let mut codes: Vec<f64> = units.iter().filter(|unit| unit.len() > 1).flatten().copied().collect();
    codes.sort_by(f64::total_cmp);
    codes.dedup();
    if codes.len() < 2 {
        return None;
    }
    // Per code, how often it stands in a unit that counts.
    let mut totals = vec![0.0; codes.len()];
    let position = |code: f64| codes.partition_point(|other| other.total_cmp(&code).is_lt());
    for code in units.iter().filter(|unit| unit.len() > 1).flatten() {
        totals[position(*code)] += 1.0;
    }
    let below: Vec<f64> = totals
        .iter()
        .scan(0.0, |sum, total| {
            let before = *sum;
            *sum += total;
            Some(before)
        })
        .collect();
    let distance = |one: usize, other: usize| -> f64 {
        if one == other {
            return 0.0;
        }
        match metric {
            Metric::Nominal => 1.0,
            Metric::Interval => (codes[one] - codes[other]) * (codes[one] - codes[other]),
            Metric::Ordinal => {
                // The codes from one to the other, the ends by half.
                let (low, high) = (one.min(other), one.max(other));
                let between = below[high] + totals[high] - below[low] - f64::midpoint(totals[low], totals[high]);
                between * between
            }
        }
    };
    let mut observed = 0.0;
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let places: Vec<usize> = unit.iter().map(|code| position(*code)).collect();
        let mut apart = 0.0;
        for (index, one) in places.iter().enumerate() {
            for other in &places[index + 1..] {
                apart += 2.0 * distance(*one, *other);
            }
        }
        observed += apart / (unit.len() as f64 - 1.0);
    }
    let all: f64 = totals.iter().sum();
    let expected = expected_apart(&codes, &totals, metric, &distance) / (all - 1.0);
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

/// Σ over all ordered pairs of codes that stand anywhere of how far they are apart.
fn expected_apart(codes: &[f64], totals: &[f64], metric: Metric, distance: &impl Fn(usize, usize) -> f64) -> f64 {
    let all: f64 = totals.iter().sum();
    match metric {
        // By sums rather than by pairs, which may be many.
        Metric::Nominal => all * all - totals.iter().map(|total| total * total).sum::<f64>(),
        Metric::Interval => {
            let mean = codes.iter().zip(totals).map(|(code, total)| code * total).sum::<f64>() / all;
            2.0 * all * codes.iter().zip(totals).map(|(code, total)| total * (code - mean) * (code - mean)).sum::<f64>()
        }
        Metric::Ordinal => {
            let mut sum = 0.0;
            for one in 0..codes.len() {
                for other in one + 1..codes.len() {
                    sum += 2.0 * totals[one] * totals[other] * distance(one, other);
                }
            }
            sum
        }
    }
}
