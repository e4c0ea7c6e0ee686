//! Draws: golden values, and quantiles against values known in closed form or from published tables.

use winset_case::{Decimal, Distribution};
use winset_chance::{Luck, Name, quantile};

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn near(distribution: Distribution, u: f64, expected: f64) {
    let found = quantile(distribution, u).to_f64();
    assert!((found - expected).abs() < 2e-9, "{distribution:?} at {u}: {found}, expected {expected}");
}

#[test]
fn quantiles_known_in_closed_form() {
    let (low, mode, high) = (decimal("1"), decimal("2"), decimal("4"));
    let triangle = Distribution::Triangular { low, mode, high };
    near(triangle, 0.0, 1.0);
    near(triangle, 1.0 / 3.0, 2.0);
    near(triangle, 1.0 / 12.0, 1.5);
    near(triangle, 5.0 / 6.0, 3.0);
    near(Distribution::Uniform { low, high }, 0.25, 1.75);
    // Beta(1, 1) is even, Beta(2, 1) has the share x² below x, Beta(1, 3) has 1 − (1 − x)³.
    let beta = |alpha: &str, beta: &str| Distribution::Beta {
        alpha: decimal(alpha),
        beta: decimal(beta),
        low: Decimal::ZERO,
        high: Decimal::ONE,
    };
    near(beta("1", "1"), 0.3, 0.3);
    near(beta("2", "1"), 0.49, 0.7);
    near(beta("1", "3"), 1.0 - 0.125, 0.5);
    // The arcsine distribution: sin²(πu/2).
    near(beta("0.5", "0.5"), 1.0 / 3.0, 0.25);
    // A PERT with its mode in the middle is Beta(3, 3), whose median is the middle.
    near(Distribution::Pert { low, mode: decimal("2.5"), high }, 0.5, 2.5);
}

#[test]
fn normal_quantiles_of_printed_tables() {
    // 1.959964 and 2.326348 standard deviations (Abramowitz & Stegun 1964, table 26.5).
    let bell = Distribution::Normal { mean: Decimal::ZERO, sd: Decimal::ONE, low: decimal("-30"), high: decimal("30") };
    for (share, deviations) in [(0.975, 1.959_963_985), (0.99, 2.326_347_874), (0.5, 0.0), (0.025, -1.959_963_985)] {
        near(bell, share, deviations);
    }
    // Cut at one standard deviation on both sides, it stays within.
    let cut = Distribution::Normal { mean: Decimal::ZERO, sd: Decimal::ONE, low: decimal("-1"), high: decimal("1") };
    near(cut, 0.5, 0.0);
    near(cut, 0.0, -1.0);
    // A window far out in a tail is no accident.
    let far = Distribution::Normal { mean: Decimal::ZERO, sd: decimal("0.01"), low: decimal("5"), high: decimal("6") };
    let drawn = quantile(far, 0.5);
    assert!(drawn >= decimal("5") && drawn <= decimal("6"));
}

#[test]
fn a_range_of_no_width_is_a_point() {
    let two = decimal("2");
    for distribution in [
        Distribution::Point(two),
        Distribution::Uniform { low: two, high: two },
        Distribution::Triangular { low: two, mode: two, high: two },
        Distribution::Pert { low: two, mode: two, high: two },
    ] {
        assert_eq!(quantile(distribution, 0.7), two);
    }
}

#[test]
fn luck_is_a_function_of_seed_draw_and_name_alone() {
    let (north, south) = (Name::new("number actor.north.fallback"), Name::new("number actor.south.fallback"));
    let mut first = Luck::new(7, 3);
    let mut second = Luck::new(7, 0);
    second.of(north);
    second.turn_to(3);
    let value = first.of(south);
    first.of(north);
    assert_eq!(value.to_bits(), second.of(south).to_bits());
    assert_eq!(value.to_bits(), first.of(south).to_bits());
    assert_ne!(value.to_bits(), Luck::new(8, 3).of(south).to_bits());
    assert_ne!(value.to_bits(), Luck::new(7, 4).of(south).to_bits());
}

#[test]
fn golden_values() {
    // Computed apart, from RFC 8439 with eight rounds and Python's SHA-256. If these change, every published share of draws does: raise the model version.
    let mut luck = Luck::new(1, 0);
    let drawn: Vec<String> = ["a", "b"].iter().map(|name| format!("{:.15}", luck.of(Name::new(name)))).collect();
    assert_eq!(drawn, ["0.045631178930859", "0.289512540356893"]);
}

#[test]
fn draws_spread_as_the_distribution_says() {
    // 20,000 draws: a share of p has a standard error of at most 0.0036.
    let triangle = Distribution::Triangular { low: Decimal::ZERO, mode: decimal("0.2"), high: Decimal::ONE };
    let name = Name::new("number x");
    let mut luck = Luck::new(11, 0);
    let mut below = 0;
    for draw in 0..20_000 {
        luck.turn_to(draw);
        below += usize::from(quantile(triangle, luck.of(name)) < decimal("0.2"));
    }
    assert!((f64::from(u32::try_from(below).unwrap()) / 20_000.0 - 0.2).abs() < 0.015, "{below}");
}
