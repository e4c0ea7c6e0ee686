//! What the person asks for, and how it turns the values of issues into options.

use num_traits::{Signed, ToPrimitive, Zero};

use crate::finding::{Code, Findings, Place};
use crate::number::{Number, decimal, exactly, label, short, whole};
use crate::scenario::Issue;

/// Options of one issue that a case can hold.
pub(crate) const OPTION_LIMIT: usize = 64;

/// How to import.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How many evenly spaced values to keep of an issue that has infinitely many, or more than a case can hold; 2 or more.
    pub steps: Option<usize>,
    /// The case's title; the domain's name if left out.
    pub title: Option<String>,
    /// The case's date, `2017-12-12`. The files carry none.
    pub as_of: Option<String>,
}

/// The ends of a numeric issue.
pub(crate) struct Bounds {
    pub(crate) low: Number,
    pub(crate) high: Number,
    pub(crate) place: Place,
}

impl Options {
    /// An issue with these values.
    pub(crate) fn listed(name: String, options: Vec<String>, place: Place, findings: &mut Findings) -> Option<Issue> {
        if options.is_empty() {
            let message = format!("`{name}` has no values");
            findings.error(Code::Missing, place, message, "list its values, or delete the issue in every file");
            return None;
        }
        if options.len() > OPTION_LIMIT {
            let message =
                format!("`{name}` has {} values; an issue of a case holds at most {OPTION_LIMIT}", options.len());
            findings.error(Code::TooLarge, place, message, "merge values that make no difference, in every file");
            return None;
        }
        Some(Issue { name, options, numbers: None })
    }

    /// An issue whose values are the numbers between two bounds: whole ones, or all.
    pub(crate) fn numeric(
        &self,
        name: String,
        bounds: &Bounds,
        integer: bool,
        findings: &mut Findings,
    ) -> Option<Issue> {
        let Bounds { low, high, place } = bounds;
        let steps = self.steps.filter(|steps| *steps >= 2);
        if integer && !(low.is_integer() && high.is_integer()) {
            let message = format!("the bounds of `{name}` are not whole numbers, but its type is integer");
            findings.error(Code::BadNumber, place.clone(), message, "write whole numbers, or make the type `real`");
            return None;
        }
        if low > high {
            let message = format!("the lower bound of `{name}` is above its upper bound");
            findings.error(Code::BadNumber, place.clone(), message, "exchange the two, in every file");
            return None;
        }
        let width = high - low;
        let count = if integer { width.to_integer().to_usize().and_then(|width| width.checked_add(1)) } else { None };
        if let Some(count) = count.filter(|count| *count <= OPTION_LIMIT) {
            let numbers: Vec<Number> = (0..count).map(|step| low + whole(step as i64)).collect();
            return Some(numbered(name, numbers));
        }
        if width.is_zero() {
            return Some(numbered(name, vec![low.clone()]));
        }
        let kind = if integer { "more values than a case can hold" } else { "infinitely many values" };
        let Some(steps) = steps else {
            let message = format!("`{name}` runs from {} to {}: {kind}", short(low), short(high));
            let help = "import with `--steps 11` to keep eleven evenly spaced values, ends included";
            let code = if integer { Code::TooLarge } else { Code::NotSupported };
            findings.error(code, place.clone(), message, help);
            return None;
        };
        // A value has to be a decimal to be named, and a whole number where the issue is of whole numbers.
        let nearest = |number: Number| {
            if integer { Some(number.round()) } else { decimal(&number).map(exactly) }
        };
        let last = whole(steps.min(OPTION_LIMIT) as i64 - 1);
        let numbers = (0..steps.min(OPTION_LIMIT)).map(|step| nearest(low + &width * whole(step as i64) / &last));
        let Some(mut numbers) = numbers.collect::<Option<Vec<Number>>>().filter(|numbers| numbers.iter().all(fits))
        else {
            let message = format!("the bounds of `{name}` are too large for a case");
            findings.error(Code::TooLarge, place.clone(), message, "count it in a larger unit, in every file");
            return None;
        };
        numbers.dedup();
        let message = format!("of `{name}`, which has {kind}, {} evenly spaced ones were kept", numbers.len());
        findings.warning(
            Code::Differs,
            place.clone(),
            message,
            "deals between them are not looked at; more steps look closer",
        );
        Some(numbered(name, numbers))
    }
}

fn fits(number: &Number) -> bool {
    number.abs() <= whole(1_000_000_000_000)
}

/// An issue of these numbers.
pub(crate) fn numbered(name: String, numbers: Vec<Number>) -> Issue {
    Issue { name, options: numbers.iter().map(label).collect(), numbers: Some(numbers) }
}
