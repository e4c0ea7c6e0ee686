//! The values of an issue as the files of GENIUS, GeniusWeb and NegMAS name them, and a number for each.

use crate::finding::{Code, quoted_list};
use crate::number::Number;
use crate::scenario::Issue;
use crate::tree::{Node, Reading};
use crate::write::without_both_quotes;

/// What the option of a value is called: a case cannot hold an empty name, nor one with both kinds of quotes.
pub(crate) fn value_name(text: &str) -> String {
    match text.trim() {
        "" => "(nothing)".to_owned(),
        text => without_both_quotes(text),
    }
}

/// What a table of numbers is called in messages.
pub(crate) struct Table<'t> {
    /// The key it stands under.
    pub(crate) key: &'t str,
    /// What a number in it is: `utility`.
    pub(crate) number: &'t str,
}

/// A table that gives a number for each value of an issue. `check` looks at every number; `missing` reports the values that have none, unless something else is
/// wrong with the table.
pub(crate) fn number_per_value(
    table: &Node,
    called: &Table<'_>,
    issue: &Issue,
    reading: &mut Reading<'_>,
    check: impl Fn(&Number, &Node, &mut Reading<'_>),
    missing: impl FnOnce(&str, &mut Reading<'_>),
) -> Option<Vec<Number>> {
    let mut found: Vec<Option<Number>> = vec![None; issue.options.len()];
    let before = reading.findings.count();
    for (key, value) in reading.entries(table, &format!("`{}`", called.key))? {
        let name = key.text().unwrap_or("…");
        match issue.option(&value_name(name)) {
            Some(option) => {
                found[option] = reading.number(value, &format!("the {} of `{name}`", called.number));
                found[option].iter().for_each(|number| check(number, value, reading));
            }
            None => {
                let message = format!("the domain has no value `{name}` of `{}`", issue.name);
                let help =
                    format!("add it to the domain, or delete it here; the domain has {}", quoted_list(&issue.options));
                reading.error(Code::NotInDomain, key, message, help);
            }
        }
    }
    let without = issue.options.iter().zip(&found).filter(|(_, found)| found.is_none());
    let without: Vec<String> = without.map(|(option, _)| option.clone()).collect();
    if !without.is_empty() && reading.findings.count() == before {
        missing(&quoted_list(&without), reading);
    }
    found.into_iter().collect()
}
