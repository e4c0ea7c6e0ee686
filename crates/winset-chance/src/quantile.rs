//! The quantile functions of the distributions a case may give a number (the model, section 1).
//!
//! One random number makes one draw, by inversion, so that draws stay comparable when a distribution is changed.

use winset_case::{Decimal, Distribution};

/// The value below which a share `u` in [0, 1) of the distribution lies, rounded to nine places and never outside its range.
pub fn quantile(distribution: Distribution, u: f64) -> Decimal {
    let number = Decimal::to_f64;
    let (low, high) = distribution.range();
    let value = match distribution {
        Distribution::Point(value) => return value,
        Distribution::Uniform { low, high } => number(low) + u * (number(high) - number(low)),
        Distribution::Triangular { low, mode, high } => triangular(number(low), number(mode), number(high), u),
        Distribution::Pert { low, mode, high } => {
            let (low, mode, high) = (number(low), number(mode), number(high));
            let width = high - low;
            if width <= 0.0 {
                return distribution.point();
            }
            // Malcolm, Roseboom, Clark & Fazar 1959: a beta distribution with mean (low + 4·mode + high) / 6.
            let alpha = 1.0 + 4.0 * (mode - low) / width;
            let beta = 1.0 + 4.0 * (high - mode) / width;
            low + width * beta_quantile(alpha, beta, u)
        }
        Distribution::Normal { mean, sd, low, high } => {
            let (mean, sd) = (number(mean), number(sd));
            let (from, to) = (normal_share((number(low) - mean) / sd), normal_share((number(high) - mean) / sd));
            mean + sd * normal_quantile(from + u * (to - from))
        }
        Distribution::Beta { alpha, beta, low, high } => {
            number(low) + (number(high) - number(low)) * beta_quantile(number(alpha), number(beta), u)
        }
    };
    let billionths = libm::rint(value * Decimal::UNIT as f64);
    // Also where a tail is so thin that its quantile is not a number.
    let billionths = if billionths.is_nan() { distribution.point().billionths() } else { billionths as i64 };
    Decimal::from_billionths(billionths.clamp(low.billionths(), high.billionths()))
}

fn triangular(low: f64, mode: f64, high: f64, u: f64) -> f64 {
    let width = high - low;
    if width <= 0.0 {
        return mode;
    }
    if u < (mode - low) / width {
        low + libm::sqrt(u * width * (mode - low))
    } else {
        high - libm::sqrt((1.0 - u) * width * (high - mode))
    }
}

/// Φ: the share of a standard normal distribution below `z`.
fn normal_share(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

/// Φ⁻¹ by bisection of [`normal_share`]: slow and plain, with no table of constants to get wrong. Held within 40 standard deviations.
fn normal_quantile(share: f64) -> f64 {
    bisect(-40.0, 40.0, |z| normal_share(z) < share)
}

/// The quantile of a beta distribution on [0, 1], by bisection of its distribution function.
fn beta_quantile(alpha: f64, beta: f64, u: f64) -> f64 {
    bisect(0.0, 1.0, |x| beta_share(alpha, beta, x) < u)
}

/// The border below which `below` holds.
fn bisect(mut low: f64, mut high: f64, below: impl Fn(f64) -> bool) -> f64 {
    // Beyond nine places nothing is kept: 60 halvings of 80 are far below that.
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// `I_x(α, β)`, the regularised incomplete beta function, by its continued fraction (Abramowitz & Stegun 1964, 26.5.8; evaluated as Lentz 1976).
fn beta_share(alpha: f64, beta: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    // The fraction converges fast on one side of the mean; on the other, look from the other end.
    if x > (alpha + 1.0) / (alpha + beta + 2.0) {
        return 1.0 - beta_share_near_zero(beta, alpha, 1.0 - x);
    }
    beta_share_near_zero(alpha, beta, x)
}

fn beta_share_near_zero(alpha: f64, beta: f64, x: f64) -> f64 {
    let front = libm::exp(
        libm::lgamma(alpha + beta) - libm::lgamma(alpha) - libm::lgamma(beta)
            + alpha * libm::log(x)
            + beta * libm::log1p(-x),
    );
    let tiny = 1e-300;
    let away = |value: f64| if value.abs() < tiny { tiny } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (alpha + beta) * x / (alpha + 1.0));
    let mut fraction = d;
    for step in 1..500 {
        let m = f64::from(step);
        let even = m * (beta - m) * x / ((alpha + 2.0 * m - 1.0) * (alpha + 2.0 * m));
        let odd = -(alpha + m) * (alpha + beta + m) * x / ((alpha + 2.0 * m) * (alpha + 2.0 * m + 1.0));
        for term in [even, odd] {
            d = 1.0 / away(1.0 + term * d);
            c = away(1.0 + term / c);
            fraction *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-15 {
            break;
        }
    }
    front * fraction / alpha
}
