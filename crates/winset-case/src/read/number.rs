//! Numbers with their distributions.

use std::collections::BTreeMap;

use super::Reader;
use super::document::Content;
use super::report::Report;
use super::table::{Field, Section, word};
use crate::diagnostic::{Code, Span};
pub(super) use crate::format::Bounds;
use crate::format::{NUMBER, first_names};
use crate::model::{Decimal, Distribution, Evidence, Quantity, Shape};

/// The keys of a number that hold numbers.
pub(super) const PARTS: [&str; 8] = first_names(NUMBER.keys);

impl Bounds {
    fn holds(self, number: Decimal) -> bool {
        match self {
            Bounds::Any => true,
            Bounds::NotNegative => number >= Decimal::ZERO,
            Bounds::Positive => number > Decimal::ZERO,
            Bounds::Value | Bounds::Probability => (Decimal::ZERO..=Decimal::ONE).contains(&number),
        }
    }
}

impl Reader {
    /// A number in any of the ways it may be written; `table` is the evidence of the table it stands in.
    pub(super) fn quantity(&mut self, field: &Field<'_>, bounds: Bounds, table: &Evidence) -> Option<Quantity> {
        if field.is_broken() {
            return None;
        }
        let Some(mut section) = field.as_table(field.key.to_owned()) else {
            let value = self.bounded(field, field.key, bounds)?;
            return Some(Quantity { value, distribution: Distribution::Point(value), evidence: table.clone() });
        };
        let distribution = self.distribution(&mut section, bounds);
        let evidence = self.evidence(&mut section).or(table);
        section.finish(&NUMBER, &mut self.report);
        let distribution = distribution?;
        Some(Quantity { value: distribution.point(), distribution, evidence })
    }

    fn distribution(&mut self, section: &mut Section<'_>, bounds: Bounds) -> Option<Distribution> {
        let shape = match section.take("shape").and_then(|field| field.text(&mut self.report)) {
            Some(shape) => Some(word(&shape, "shape", Shape::WORDS, Shape::from_word, &mut self.report)?),
            None => None,
        };
        let fields = PARTS.map(|key| section.take(key));
        let keys: Vec<&str> = fields.iter().flatten().map(|field| field.key).collect();
        if let Some((message, help)) = contradiction(&keys, shape) {
            if !self.report.is_incomplete() {
                self.report.error(Code::BadDistribution, section.span.clone(), message, help);
            }
            return None;
        }
        let mut numbers: BTreeMap<&str, (Decimal, Span)> = BTreeMap::new();
        for field in fields.iter().flatten() {
            // A number with its evidence is still called by its own name.
            let name = if field.key == "value" { section.name.as_str() } else { field.key };
            let bounds = match field.key {
                "mean" => Bounds::Any,
                "sd" | "alpha" | "beta" => Bounds::NotNegative,
                _ => bounds,
            };
            if let Some(number) = self.bounded(field, name, bounds) {
                numbers.insert(field.key, (number, field.key_span.clone()));
            }
        }
        if numbers.len() < keys.len() {
            return None;
        }
        for key in ["sd", "alpha", "beta"] {
            if let Some((number, span)) = numbers.get(key).filter(|(number, _)| *number == Decimal::ZERO) {
                let message = format!("`{key}` must be above 0, not {number}");
                let help = "write a point value if there is no doubt about the number";
                self.report.error(Code::BadDistribution, span.clone(), message, help);
                return None;
            }
        }
        self.ascending(&numbers)?;
        let number = |key: &str, default: Decimal| numbers.get(key).map_or(default, |(number, _)| *number);
        let (low, high) = (number("low", Decimal::ZERO), number("high", Decimal::ONE));
        let get = |key: &str| number(key, Decimal::ZERO);
        if keys.contains(&"alpha") && high < low {
            let message = format!("a beta distribution from {low} to {high} has no room");
            let help = "give both `low` and `high`; they are 0 and 1 where they are left out";
            self.report.error(Code::BadDistribution, section.span.clone(), message, help);
            return None;
        }
        Some(match (keys.as_slice(), shape) {
            (["value"], _) => Distribution::Point(get("value")),
            (keys, _) if keys.contains(&"mean") => Distribution::Normal { mean: get("mean"), sd: get("sd"), low, high },
            (keys, _) if keys.contains(&"alpha") => {
                Distribution::Beta { alpha: get("alpha"), beta: get("beta"), low, high }
            }
            (_, Some(Shape::Pert)) => Distribution::Pert { low, mode: get("mode"), high },
            (keys, _) if keys.contains(&"mode") => Distribution::Triangular { low, mode: get("mode"), high },
            _ => Distribution::Uniform { low, high },
        })
    }

    fn ascending(&mut self, numbers: &BTreeMap<&str, (Decimal, Span)>) -> Option<()> {
        let ordered: Vec<_> =
            ["low", "mode", "high"].into_iter().filter_map(|key| Some((key, numbers.get(key)?))).collect();
        let wrong = (1..ordered.len()).find(|&at| ordered[at].1.0 < ordered[at - 1].1.0);
        let Some(at) = wrong else { return Some(()) };
        let ((low, (low_value, _)), (high, (high_value, span))) = (ordered[at - 1], ordered[at]);
        let message = format!("`{high}` ({high_value}) is below `{low}` ({low_value})");
        self.report.error(Code::BadDistribution, span.clone(), message, "order them: low, mode, high");
        None
    }

    /// A plain number within bounds.
    pub(super) fn bounded(&mut self, field: &Field<'_>, name: &str, bounds: Bounds) -> Option<Decimal> {
        let value = self.plain_number(field)?;
        if bounds.holds(value) {
            return Some(value);
        }
        let (range, help) = match bounds {
            Bounds::Value => ("from 0 to 1", "rescale it: 0 is the worst option and 1 the best"),
            Bounds::Probability => ("from 0 to 1", "divide percentages by 100"),
            Bounds::Positive => ("above 0", "write how many points make a worth of 1, or leave it out"),
            _ => ("0 or more", "write a number that is not negative"),
        };
        let message = format!("`{name}` must be {range}, not {value}");
        self.report.error(Code::OutOfRange, field.span.clone(), message, help);
        None
    }

    fn plain_number(&mut self, field: &Field<'_>) -> Option<Decimal> {
        if field.is_broken() {
            return None;
        }
        match field.content {
            Content::Integer(number, true) | Content::Float(number) => self.decimal(number, field.span.clone()),
            Content::Integer(..) => {
                let help = "write it in decimal digits";
                self.report.error(Code::WrongType, field.span.clone(), "numbers are written in decimal digits", help);
                None
            }
            _ => {
                field.not_a_number(&mut self.report);
                None
            }
        }
    }
}

/// What contradicts itself in a number with these keys, and how to mend it.
fn contradiction(keys: &[&str], shape: Option<Shape>) -> Option<(String, &'static str)> {
    const HELP: &str = "write `{ value = … }`, `{ low = …, high = … }` or `{ low = …, mode = …, high = … }`";
    const NORMAL: &str = "write `{ mean = …, sd = …, low = …, high = … }`";
    const BETA: &str = "write `{ alpha = …, beta = …, low = …, high = … }`, or without the last two from 0 to 1";
    let has = |key: &str| keys.contains(&key);
    let family = |key: &str| matches!(key, "mean" | "sd" | "alpha" | "beta");
    let stray = |allowed: &[&str]| keys.iter().find(|key| !allowed.contains(key)).copied();
    let normal = has("mean") || has("sd");
    let beta = has("alpha") || has("beta");
    let missing = |needed: &[&'static str]| needed.iter().find(|key| !has(key)).copied();
    let lacks = |what: &str, key: &str| format!("{what} has no `{key}`");
    match shape {
        Some(Shape::Pert) if missing(&["low", "mode", "high"]).is_some() || keys.iter().any(|key| family(key)) => {
            return Some(("a PERT distribution needs `low`, `mode` and `high`".to_owned(), HELP));
        }
        Some(Shape::Normal | Shape::TruncatedNormal) if !normal => {
            return Some(("a normal distribution needs `mean`, `sd`, `low` and `high`".to_owned(), NORMAL));
        }
        Some(Shape::Beta) if !beta => return Some(("a beta distribution needs `alpha` and `beta`".to_owned(), BETA)),
        _ => {}
    }
    if normal || beta {
        let (what, needed, allowed, help): (_, &[&'static str], &[&str], _) = if normal {
            ("this normal distribution", &["mean", "sd", "low", "high"], &["mean", "sd", "low", "high"], NORMAL)
        } else {
            ("this beta distribution", &["alpha", "beta"], &["alpha", "beta", "low", "high"], BETA)
        };
        let wrong_shape = matches!(
            (shape, normal),
            (Some(Shape::Beta), true) | (Some(Shape::Normal | Shape::TruncatedNormal), false)
        );
        if let Some(key) = stray(allowed) {
            return Some((format!("`{key}` has no place in {what}"), help));
        }
        if wrong_shape {
            return Some((format!("{what} calls itself by another shape"), help));
        }
        return missing(needed).map(|key| (lacks(what, key), help));
    }
    match (has("value"), has("low"), has("mode"), has("high")) {
        (true, false, false, false) | (false, true, _, true) => None,
        (false, false, false, false) => Some(("this number has no value".to_owned(), HELP)),
        (true, ..) => Some(("`value` stands beside a range".to_owned(), HELP)),
        (false, true, _, false) => Some((lacks("this range", "high"), HELP)),
        (false, false, _, _) => Some((lacks("this range", "low"), HELP)),
    }
}

impl Field<'_> {
    /// A grade within a range of whole numbers.
    pub(super) fn grade(&self, low: i64, high: i64, report: &mut Report) -> Option<u8> {
        let grade = self.whole_number(report)?;
        if !(low..=high).contains(&grade) {
            let message = format!("`{}` must be from {low} to {high}, not {grade}", self.key);
            let help = "the Admiralty grades of information run from 1 (confirmed) to 6 (cannot be judged)";
            report.error(Code::OutOfRange, self.span.clone(), message, help);
            return None;
        }
        u8::try_from(grade).ok()
    }
}
