//! Dates of the calendar.

use super::Reader;
use super::document::Content;
use super::table::Field;
use crate::diagnostic::Code;

impl Reader {
    /// A day, as a TOML date or as text.
    pub(super) fn day(&mut self, field: &Field<'_>) -> Option<String> {
        self.date(field, &[3], "write it as `2017-12-12`")
    }

    /// A day, or a month or year where no more is known.
    pub(super) fn rough_date(&mut self, field: &Field<'_>) -> Option<String> {
        self.date(field, &[1, 2, 3], "write it as `2017-12-12`, `\"2017-12\"` or `\"2017\"`")
    }

    fn date(&mut self, field: &Field<'_>, parts: &[usize], help: &str) -> Option<String> {
        let written = match field.content {
            Content::Date(date) => date.clone(),
            Content::Text(text) => text.trim().to_owned(),
            _ => {
                let message = format!("`{}` must be a date", field.key);
                self.report.error(Code::WrongType, field.span.clone(), message, help);
                return None;
            }
        };
        if is_date(&written, parts) {
            return Some(written);
        }
        let message = format!("`{written}` is not a date of the calendar");
        self.report.error(Code::BadDate, field.span.clone(), message, help);
        None
    }
}

/// Whether a text is a day of the calendar, as `2017-12-12`.
pub fn is_day(text: &str) -> bool {
    is_date(text, &[3])
}

/// Whether a text is a year, a month or a day that exists, with as many parts as allowed.
fn is_date(text: &str, allowed: &[usize]) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths = [4, 2, 2];
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if !allowed.contains(&parts.len()) || !parts.iter().zip(lengths).all(|(part, length)| digits(part, length)) {
        return false;
    }
    let number = |index: usize| parts.get(index).and_then(|part| part.parse::<u32>().ok()).unwrap_or(1);
    let (year, month, day) = (number(0), number(1), number(2));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    (1..=12).contains(&month) && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        for date in ["2017-12-12", "2016-02-29", "2000-02-29"] {
            assert!(is_date(date, &[3]), "{date}");
        }
        for date in ["2017-02-29", "1900-02-29", "2017-13-01", "2017-04-31", "2017-1-1", "2017", "12.12.2017", ""] {
            assert!(!is_date(date, &[3]), "{date}");
        }
        assert!(is_date("2017", &[1, 2, 3]) && is_date("2017-12", &[1, 2, 3]));
    }
}
