//! Conditions, demands and numbers in plain words, linked to where they stand.

use winset_brief::draws::Threshold;
use winset_brief::{NumberPlace, figures, words};
use winset_case::{Case, Condition, Decimal};
use winset_settle::Constraint;

use winset_brief::plain::quoted;
pub(crate) use winset_brief::plain::{changes, edit};

use super::anchor;
use super::part::{LINK_START, LINK_TEXT, link};

fn linked(define: &str) -> String {
    link(&anchor::anchor(&format!("define:{define}")), &quoted(define))
}

/// A condition as a clause, with what has a name of its own linked.
pub(crate) fn condition(case: &Case, condition: &Condition) -> String {
    winset_brief::plain::condition_naming(case, condition, linked)
}

/// A constraint as a clause, with its figures and what has a name of its own linked.
pub(crate) fn demand(case: &Case, constraint: Constraint) -> String {
    let price = |path: &str, shown: &str| link(&anchor::anchor(path), shown);
    winset_brief::plain::demand_naming(case, constraint, linked, &price)
}

/// A demand by what it is called, linked to where it stands.
pub(crate) fn demand_name(case: &Case, constraint: Constraint) -> String {
    to_demand(case, constraint, &winset_brief::plain::demand_name(case, constraint))
}

/// Demands that cannot hold together, each linked.
pub(crate) fn demand_names(case: &Case, demands: &[Constraint]) -> String {
    winset_brief::plain::demand_names(case, demands, &|constraint, name| to_demand(case, constraint, name))
}

fn to_demand(case: &Case, constraint: Constraint, name: &str) -> String {
    link(&anchor::anchor(&constraint.id(case)), name)
}

/// The first letter of a text in upper case, where the text may begin with a link.
pub(crate) fn capital(text: &str) -> String {
    match text.strip_prefix(LINK_START).and_then(|_| text.split_once(LINK_TEXT)) {
        Some((start, shown)) => format!("{start}{LINK_TEXT}{}", words::capital(shown)),
        None => words::capital(text),
    }
}

/// A number in words, linked to where it stands; by its path where there are no plain words for it.
pub(crate) fn number_words(case: &Case, place: NumberPlace) -> String {
    link(&anchor::number(case, place), &winset_brief::plain::number_words(case, place))
}

/// The number that turns a verdict, and where.
pub(crate) fn threshold(case: &Case, threshold: &Threshold) -> String {
    let shown = |value: Decimal| figures::parameter(value.to_f64());
    format!(
        "{}: {} would do (it is {}, and may be {})",
        number_words(case, threshold.place),
        shown(threshold.at),
        shown(threshold.from),
        shown(threshold.end)
    )
}
