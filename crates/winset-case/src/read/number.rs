//! Numbers with their distributions.

use super::Reader;
use super::document::Content;
use super::fragment::Fragment;
use super::report::Report;
use super::table::{Field, Section};
use super::unsupported::unsupported_shape;
use crate::diagnostic::{Code, Span};
use crate::model::{Decimal, Distribution, Evidence, Quantity};

/// The range a number has to lie in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bounds {
    /// Any number.
    Any,
    /// 0 or more.
    NotNegative,
    /// A value of an option: from 0 to 1.
    Value,
    /// A probability: from 0 to 1.
    Probability,
}

impl Bounds {
    fn holds(self, number: Decimal) -> bool {
        match self {
            Bounds::Any => true,
            Bounds::NotNegative => number >= Decimal::ZERO,
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
        let unsupported = section.get("shape").and_then(Field::as_text).and_then(|shape| unsupported_shape(shape.text));
        if unsupported.is_none() {
            section.finish("number", &mut self.report);
        }
        let distribution = distribution?;
        Some(Quantity { value: distribution.point(), distribution, evidence })
    }

    fn distribution(&mut self, section: &mut Section<'_>, bounds: Bounds) -> Option<Distribution> {
        let pert = match section.take("shape").and_then(|field| field.text(&mut self.report)) {
            Some(shape) => Some((self.shape(shape)?, shape.span())),
            None => None,
        };
        let fields = ["value", "low", "mode", "high"].map(|key| section.take(key));
        let present = [0, 1, 2, 3].map(|index| fields[index].is_some());
        let keys: Vec<_> = fields.iter().flatten().map(|field| field.key_span.clone()).collect();
        let count = keys.len();
        // A number with its evidence is still called by its own name.
        let name = |field: &Field<'_>| if field.key == "value" { section.name.clone() } else { field.key.to_owned() };
        let numbers: Vec<_> =
            fields.iter().flatten().filter_map(|field| self.bounded(field, &name(field), bounds)).collect();
        let span = section.span.clone();
        let help = "write `{ value = … }`, `{ low = …, high = … }` or `{ low = …, mode = …, high = … }`";
        let contradiction = match present {
            [true, false, false, false] | [false, true, false, true] if pert.is_some() => {
                Some("a PERT distribution needs `low`, `mode` and `high`".to_owned())
            }
            [true, false, false, false] | [false, true, _, true] => None,
            [false, false, false, false] => Some("this number has no value".to_owned()),
            [true, ..] => Some("`value` stands beside a range".to_owned()),
            [false, true, _, false] => Some("this range has no `high`".to_owned()),
            [false, false, _, _] => Some("this range has no `low`".to_owned()),
        };
        if let Some(message) = contradiction {
            if !self.report.is_incomplete() {
                self.report.error(Code::BadDistribution, span, message, help);
            }
            return None;
        }
        if numbers.len() < count {
            return None;
        }
        match (numbers.as_slice(), pert) {
            (&[value], _) => Some(Distribution::Point(value)),
            (&[low, high], _) => {
                self.ascending(&[("low", low), ("high", high)], &keys)?;
                Some(Distribution::Uniform { low, high })
            }
            (&[low, mode, high], pert) => {
                self.ascending(&[("low", low), ("mode", mode), ("high", high)], &keys)?;
                Some(match pert {
                    Some(_) => Distribution::Pert { low, mode, high },
                    None => Distribution::Triangular { low, mode, high },
                })
            }
            _ => None,
        }
    }

    /// `pert`; every other shape follows from which keys there are, or is refused.
    fn shape(&mut self, shape: Fragment<'_>) -> Option<()> {
        if shape.text == "pert" {
            return Some(());
        }
        let (code, message, help) = match unsupported_shape(shape.text) {
            Some(help) => {
                (Code::NotSupportedYet, format!("the shape `{}` is not supported in this version", shape.text), help)
            }
            None => (
                Code::UnknownWord,
                format!("`{}` is not a shape", shape.text),
                "write `pert`, or leave `shape` out for a triangle or an even spread",
            ),
        };
        self.report.error(code, shape.span(), message, help);
        None
    }

    fn ascending(&mut self, numbers: &[(&str, Decimal)], keys: &[Span]) -> Option<()> {
        let wrong = (1..numbers.len()).find(|&at| numbers[at].1 < numbers[at - 1].1);
        let Some(at) = wrong else { return Some(()) };
        let ((low, low_value), (high, high_value)) = (numbers[at - 1], numbers[at]);
        let message = format!("`{high}` ({high_value}) is below `{low}` ({low_value})");
        self.report.error(Code::BadDistribution, keys[at].clone(), message, "order them: low, mode, high");
        None
    }

    /// A plain number within bounds.
    fn bounded(&mut self, field: &Field<'_>, name: &str, bounds: Bounds) -> Option<Decimal> {
        let value = self.plain_number(field)?;
        if bounds.holds(value) {
            return Some(value);
        }
        let (range, help) = match bounds {
            Bounds::Value => ("from 0 to 1", "rescale it: 0 is the worst option and 1 the best"),
            Bounds::Probability => ("from 0 to 1", "divide percentages by 100"),
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
