//! A normal variate from one random word.

/// The quantile of a standard normal distribution at the middle of the word's interval, (word + 1/2) / 2³², to seven digits.
///
/// Wichura, M. J. (1988), Algorithm AS 241: The percentage points of the normal distribution, *Applied Statistics* 37(3), 477–484, function PPND7. Two
/// of three draws need a ratio of polynomials and no more.
pub fn normal(word: u32) -> f64 {
    let share = (f64::from(word) + 0.5) / 4_294_967_296.0;
    let q = share - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        let above = ((59.109_374_720 * r + 159.291_132_02) * r + 50.434_271_938) * r + 3.387_132_717_9;
        let below = ((67.187_563_600 * r + 78.757_757_664) * r + 17.895_169_469) * r + 1.0;
        return q * above / below;
    }
    let tail = if q < 0.0 { share } else { 1.0 - share };
    let r = libm::sqrt(-libm::log(tail));
    let size = if r <= 5.0 {
        let r = r - 1.6;
        let above = ((0.170_238_211_03 * r + 1.306_728_481_6) * r + 2.756_815_390_0) * r + 1.423_437_277_7;
        above / ((0.120_211_329_75 * r + 0.737_001_642_50) * r + 1.0)
    } else {
        let r = r - 5.0;
        let above = ((0.017_337_203_997 * r + 0.428_682_943_37) * r + 3.081_226_386_0) * r + 6.657_905_115_0;
        above / ((0.012_258_202_635 * r + 0.241_978_942_25) * r + 1.0)
    };
    if q < 0.0 { -size } else { size }
}

/// The share of a standard normal distribution below `z`.
#[cfg(test)]
fn share_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverts_the_normal_distribution() {
        for word in (0..=4096_u32).map(|step| step.wrapping_mul(1_048_573)) {
            let share = (f64::from(word) + 0.5) / 4_294_967_296.0;
            assert!((share_below(normal(word)) - share).abs() < 2e-7, "{word}");
        }
        assert!((normal(1 << 31)).abs() < 1e-9);
        assert!((normal(4_187_593_114) - 1.959_964).abs() < 1e-5);
    }
}
