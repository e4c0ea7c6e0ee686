//! Krippendorff's alpha against worked values that others published.

use winset_brief::{Metric, krippendorff_alpha};

/// Alpha to three decimals, as published.
fn alpha(units: &[Vec<f64>], metric: Metric) -> String {
    format!("{:.3}", krippendorff_alpha(units, metric).expect("there is something to agree on"))
}

/// Rows of coders, a dot for a missing code, as units.
fn units(coders: &[&str]) -> Vec<Vec<f64>> {
    let rows: Vec<Vec<&str>> = coders.iter().map(|row| row.split(' ').collect()).collect();
    let code = |text: &str| {
        text.parse().ok().or_else(|| {
            text.chars().next().filter(|letter| letter.is_alphabetic()).map(|letter| f64::from(letter as u32))
        })
    };
    (0..rows[0].len()).map(|unit| rows.iter().filter_map(|row| code(row[unit])).collect()).collect()
}

/// Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example A: two observers, binary data.
#[test]
fn binary_data_of_two_observers() {
    let units = units(&["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"]);
    assert_eq!(alpha(&units, Metric::Nominal), "0.095");
    assert_eq!(alpha(&units, Metric::Nominal), alpha(&units, Metric::Interval), "binary data have one metric");
}

/// The same, example B: two observers, nominal data.
#[test]
fn nominal_data_of_two_observers() {
    let units = units(&["a a b b d c c c e d d a", "b a b b b c c c e d d d"]);
    assert_eq!(alpha(&units, Metric::Nominal), "0.692");
}

/// The same, examples C and D: four observers, missing data, every metric.
#[test]
fn any_number_of_observers_missing_data_and_every_metric() {
    let units = units(&[
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    ]);
    assert_eq!(alpha(&units, Metric::Nominal), "0.743");
    assert_eq!(alpha(&units, Metric::Ordinal), "0.815");
    assert_eq!(alpha(&units, Metric::Interval), "0.849");
}

/// The worked example of the encyclopedia article on the coefficient: three coders, fifteen units.
#[test]
fn three_coders_of_fifteen_units() {
    let units =
        units(&[". . . . . 3 4 1 2 1 1 3 3 . 3", "1 . 2 1 3 3 4 3 . . . . . . .", ". . 2 1 3 4 4 . 2 1 1 3 3 . 4"]);
    assert_eq!(alpha(&units, Metric::Nominal), "0.691");
    assert_eq!(alpha(&units, Metric::Interval), "0.811");
}

#[test]
fn there_must_be_something_to_agree_on() {
    assert_eq!(krippendorff_alpha(&[], Metric::Nominal), None);
    assert_eq!(krippendorff_alpha(&[vec![1.0], vec![2.0]], Metric::Interval), None, "nobody coded a unit twice");
    assert_eq!(krippendorff_alpha(&[vec![1.0, 1.0], vec![1.0, 1.0]], Metric::Ordinal), None, "all codes are the same");
    assert_eq!(krippendorff_alpha(&[vec![1.0, 1.0], vec![2.0, 2.0]], Metric::Ordinal), Some(1.0));
    // Systematic disagreement is worse than chance.
    assert!(krippendorff_alpha(&[vec![1.0, 2.0], vec![2.0, 1.0]], Metric::Nominal).unwrap() < 0.0);
}
