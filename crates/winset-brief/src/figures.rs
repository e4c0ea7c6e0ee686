//! Figures as people read them: no more exact than what they rest on. Documents for programs keep every digit.

use winset_settle::Amount;

/// An amount of worth: two decimals.
pub fn worth(amount: &Amount) -> String {
    match amount.to_f64() {
        None => amount.figures(),
        Some(worth) => hundredths(worth),
    }
}

/// A worth computed in floating point: two decimals.
pub(crate) fn hundredths(value: f64) -> String {
    let text = format!("{value:.2}");
    match text.as_str() {
        "0.00" | "-0.00" if value > 0.0 => "less than 0.01".to_owned(),
        "0.00" | "-0.00" if value < 0.0 => "between \u{2212}0.01 and 0".to_owned(),
        "0.00" | "-0.00" => "0".to_owned(),
        _ => text,
    }
}

/// A share from 0 to 1 in whole per cent. What is not quite none or all is never shown as that.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 1.0 {
        "under 1%".to_owned()
    } else if percent > 99.0 && percent < 100.0 {
        "over 99%".to_owned()
    } else {
        format!("{:.0}%", libm::rint(percent))
    }
}

/// The two ends of an interval of a share, in whole per cent and rounded outwards: `69 to 75%`.
pub fn interval(low: f64, high: f64) -> String {
    format!("{:.0} to {:.0}%", down(low * 100.0), up(high * 100.0))
}

// What is whole but for how numbers are written in binary stays what it is.
fn down(value: f64) -> f64 {
    libm::floor(value + 1e-9)
}

fn up(value: f64) -> f64 {
    libm::ceil(value - 1e-9)
}

/// A number of the case, to two digits after the noughts: `0.26`, `0.032`.
pub fn parameter(value: f64) -> String {
    // One place more for every nought behind the point.
    let noughts = (0..10).take_while(|noughts| value != 0.0 && value.abs() < libm::pow(10.0, -f64::from(noughts + 1)));
    let places = 2 + noughts.count();
    let text = format!("{value:.places$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if matches!(text, "" | "-" | "-0") { "0".to_owned() } else { text.to_owned() }
}

/// A text with its figures rounded so: amounts with three decimals, and shares with one. What stands between backticks stays.
pub fn rounded(text: &str) -> String {
    let mut rounded = String::with_capacity(text.len());
    for (number, piece) in text.split('`').enumerate() {
        rounded.push_str(if number == 0 { "" } else { "`" });
        if number % 2 == 1 {
            rounded.push_str(piece);
            continue;
        }
        let mut rest = piece;
        while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
            let before = rest[..start].chars().next_back();
            let run = &rest[start..];
            let end = run.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(run.len());
            let token = run[..end].trim_end_matches('.');
            let after = &run[token.len()..];
            let apart = before.is_none_or(|letter| !letter.is_alphanumeric() && !matches!(letter, '-' | '_' | ','));
            let goes_on = after.starts_with(|letter: char| letter.is_alphanumeric() || letter == '-');
            let decimals = token.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let value: f64 = token.parse().unwrap_or(0.0);
            rounded.push_str(&rest[..start]);
            rest = after;
            // The lower end of an interval carries no sign of its own: `25.3 to 28.0%`.
            let upper = after.strip_prefix(" to ").and_then(|after| {
                let end = after.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
                after[end..].starts_with('%').then_some(())
            });
            let ends_interval = rounded.ends_with(" to ");
            match decimals {
                3 if apart && !goes_on => rounded.push_str(&hundredths(value)),
                1 if apart && upper.is_some() => rounded.push_str(&format!("{:.0}", down(value))),
                1 if apart && ends_interval && after.starts_with('%') => {
                    rounded.push_str(&format!("{:.0}", up(value)));
                }
                1 if apart && after.starts_with('%') => rounded.push_str(percent(value / 100.0).trim_end_matches('%')),
                _ => rounded.push_str(token),
            }
        }
        rounded.push_str(rest);
    }
    rounded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_shown_as_none_or_all_unless_it_is() {
        let shown = [0.0, 0.001, 0.0099, 0.01, 0.5, 0.715, 0.99, 0.9901, 0.999, 1.0].map(percent);
        assert_eq!(shown, ["0%", "under 1%", "under 1%", "1%", "50%", "72%", "99%", "over 99%", "over 99%", "100%"]);
        assert_eq!(interval(0.0063, 0.0196), "0 to 2%");
        assert_eq!(interval(0.55, 0.8), "55 to 80%");
    }

    #[test]
    fn a_parameter_keeps_two_digits() {
        let shown = [0.259, 0.0324, 0.0048, 0.4, 12.5, 0.0, -0.126, 1.0].map(parameter);
        assert_eq!(shown, ["0.26", "0.032", "0.0048", "0.4", "12.5", "0", "-0.13", "1"]);
    }

    #[test]
    fn figures_in_a_text_are_rounded() {
        assert_eq!(rounded("0.759 short, 1.004; P3 0.25"), "0.76 short, 1.00; P3 0.25");
        assert_eq!(rounded("(0.016 below), 12.345."), "(0.02 below), 12.35.");
        assert_eq!(rounded("0.002 of `0.123` a0.123 0.1234"), "less than 0.01 of `0.123` a0.123 0.1234");
        assert_eq!(rounded("2,915 packages of 2017-12-12"), "2,915 packages of 2017-12-12");
        assert_eq!(rounded("in 27.2% of runs (25.3 to 28.0%), 0.7%"), "in 27% of runs (25 to 28%), under 1%");
    }
}
