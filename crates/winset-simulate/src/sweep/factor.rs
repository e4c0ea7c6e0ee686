//! What a sweep varies: the left side of an edit, and the values it is to take.

use winset_case::Decimal;

/// One thing that a sweep varies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// The path of the edit, such as `simulation.track.geneva.meets`.
    pub path: String,
    /// Its operator: `=`, `+=`, `-=` or `*=`.
    pub operator: &'static str,
    /// The values.
    pub levels: Levels,
}

/// The values a factor takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Levels {
    /// These, as they are written.
    Listed(Vec<String>),
    /// Numbers of a range, its ends included.
    Range(Decimal, Decimal),
}

/// Why no points can be made of what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unplannable {
    /// No `=` between a path and its values.
    NoOperator(String),
    /// Nothing before the `=`.
    NoPath(String),
    /// A value is missing between two commas, or there is none.
    NoValue(String),
    /// A range that ends where it begins, or before.
    EmptyRange(String),
    /// The same path twice.
    Twice(String),
    /// A design that draws, and nothing to draw.
    NothingVaried(&'static str),
    /// A range, or a design that draws, without a number of points.
    PointsMissing(&'static str),
    /// A number of points where nothing would use it.
    PointsUnused,
    /// A range is divided into fewer than two points.
    TooFewPoints(String),
    /// More points than a sweep may have.
    TooManyPoints {
        /// How many it may have.
        limit: usize,
    },
    /// More factors than there are Sobol dimensions.
    TooManyFactors {
        /// How many.
        factors: usize,
        /// How many there may be.
        limit: usize,
    },
}

impl std::fmt::Display for Unplannable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unplannable::NoOperator(text) => {
                write!(f, "`{text}` has no `=`; write a path and its values, such as 'lever.aid = on, off'")
            }
            Unplannable::NoPath(text) => write!(f, "`{text}` names nothing before its `=`"),
            Unplannable::NoValue(text) => {
                write!(f, "`{text}` lacks a value; write values with commas between them, or low..high")
            }
            Unplannable::EmptyRange(text) => write!(f, "`{text}` is a range that does not rise; write low..high"),
            Unplannable::Twice(path) => write!(f, "`{path}` is varied twice; give all its values at once"),
            Unplannable::NothingVaried(design) => {
                write!(f, "a {design} design draws values of what is varied, and nothing is; add --vary")
            }
            Unplannable::PointsMissing(design) => {
                write!(f, "a {design} design over this needs a number of points; add --points")
            }
            Unplannable::PointsUnused => f.write_str(
                "--points says into how many points ranges are divided, and nothing here is a range low..high",
            ),
            Unplannable::TooFewPoints(path) => {
                write!(f, "a grid takes both ends of the range of `{path}`, so it needs --points 2 or more")
            }
            Unplannable::TooManyPoints { limit } => {
                write!(f, "that is more than {limit} points; vary less, or draw fewer points with --design")
            }
            Unplannable::TooManyFactors { factors, limit } => {
                write!(f, "a Sobol design varies up to {limit} things, not {factors}; use --design latin-hypercube")
            }
        }
    }
}

impl std::error::Error for Unplannable {}

impl Factor {
    /// Reads `PATH = a, b, c` or `PATH = low..high`; the operator may also be `+=`, `-=` or `*=`.
    ///
    /// Whether the path and the values mean anything in a case is for the reader of edits to say.
    ///
    /// # Errors
    ///
    /// Where it is neither.
    pub fn parse(text: &str) -> Result<Self, Unplannable> {
        let at = text.find('=').ok_or_else(|| Unplannable::NoOperator(text.to_owned()))?;
        let (before, after) = (&text[..at], &text[at + 1..]);
        let (path, operator) = match before.chars().last() {
            Some('+') => (&before[..at - 1], "+="),
            Some('-') => (&before[..at - 1], "-="),
            Some('*') => (&before[..at - 1], "*="),
            _ => (before, "="),
        };
        let path = path.trim().to_owned();
        if path.is_empty() {
            return Err(Unplannable::NoPath(text.to_owned()));
        }
        if let Some((low, high)) = after.split_once("..")
            && let (Ok(low), Ok(high)) = (Decimal::parse(low.trim()), Decimal::parse(high.trim()))
        {
            if low >= high {
                return Err(Unplannable::EmptyRange(text.to_owned()));
            }
            return Ok(Factor { path, operator, levels: Levels::Range(low, high) });
        }
        let values: Vec<String> = parts(after).into_iter().map(|value| value.trim().to_owned()).collect();
        if values.iter().any(String::is_empty) {
            return Err(Unplannable::NoValue(text.to_owned()));
        }
        Ok(Factor { path, operator, levels: Levels::Listed(values) })
    }

    /// The edit that sets it to a value.
    pub fn edit(&self, value: &str) -> String {
        format!("{} {} {value}", self.path, self.operator)
    }

    /// The value at `near` of `whole` equal steps through its levels, `near` at most `whole`; numbers are rounded to six places.
    pub(crate) fn value(&self, near: u64, whole: u64) -> String {
        match &self.levels {
            Levels::Listed(values) => {
                let place = u128::from(near) * values.len() as u128 / u128::from(whole.max(1));
                values[(place as usize).min(values.len() - 1)].clone()
            }
            Levels::Range(low, high) => {
                let way = i128::from(high.billionths()) - i128::from(low.billionths());
                let billionths = i128::from(low.billionths()) + way * i128::from(near) / i128::from(whole.max(1));
                let millionths = (billionths + 500).div_euclid(1000);
                // A range narrower than the rounding stays within its ends.
                let rounded = (millionths * 1000).clamp(i128::from(low.billionths()), i128::from(high.billionths()));
                Decimal::from_billionths(rounded as i64).to_string()
            }
        }
    }
}

/// The parts of a list between commas that stand in no quotes and no brackets.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_i32, None);
    for (at, sign) in text.char_indices() {
        match (quote, sign) {
            (Some(open), sign) if sign == open => quote = None,
            (None, '"' | '\'') => quote = Some(sign),
            (None, '[' | '{' | '(') => depth += 1,
            (None, ']' | '}' | ')') => depth -= 1,
            (None, ',') if depth <= 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_ranges_are_told_apart() {
        let levels = |text| Factor::parse(text).unwrap().levels;
        let listed = |values: &[&str]| Levels::Listed(values.iter().map(|&value| value.to_owned()).collect());
        assert_eq!(levels("lever.aid = on, off"), listed(&["on", "off"]));
        assert_eq!(levels("track.t.mandate = \"a in {x, y}\", none"), listed(&["\"a in {x, y}\"", "none"]));
        assert_eq!(levels("track.t.seats.a = [party, voter], none"), listed(&["[party, voter]", "none"]));
        let (low, high) = (Decimal::parse("0.1").unwrap(), Decimal::parse("0.5").unwrap());
        assert_eq!(levels("simulation.track.t.meets = 0.1..0.5"), Levels::Range(low, high));
        let factor = Factor::parse("actor.a.fallback += 0.1, -0.1").unwrap();
        assert_eq!(factor.edit("0.1"), "actor.a.fallback += 0.1");
    }

    #[test]
    fn what_is_neither_is_refused() {
        for (text, expected) in [
            ("lever.aid", "has no `=`"),
            ("= on", "names nothing"),
            ("lever.aid = on,", "lacks a value"),
            ("lever.aid =", "lacks a value"),
            ("actor.a.fallback = 0.5..0.1", "does not rise"),
        ] {
            let message = Factor::parse(text).unwrap_err().to_string();
            assert!(message.contains(expected), "{text}: {message}");
        }
    }

    #[test]
    fn values_stand_at_exact_places_of_a_range() {
        let factor = Factor::parse("x = 0.1..0.2").unwrap();
        let values: Vec<String> = (0..=4).map(|near| factor.value(near, 4)).collect();
        assert_eq!(values, ["0.1", "0.125", "0.15", "0.175", "0.2"]);
        assert_eq!(factor.value(1, 3), "0.133333");
    }
}
