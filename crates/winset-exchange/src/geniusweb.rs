//! GeniusWeb JSON: a domain of values, and profiles that are linear additive utility spaces.
//!
//! Weights sum to 1 and utilities are from 0 to 1, as decimals. The reservation is a bid: no agreement is worth what that bid is worth, and 0 without one.

use std::collections::BTreeSet;
use std::rc::Rc;

use num_traits::{One, Signed, Zero};

use crate::finding::{Code, quoted_list};
use crate::number::{Number, short, whole};
use crate::options::{OPTION_LIMIT, Options, numbered};
use crate::scenario::{Domain, Issue, Profile, Reservation, Worth};
use crate::tree::{Node, Reading};
use crate::values::{Table, number_per_value, value_name};
use crate::write::without_both_quotes;

/// The one kind of profile that is imported.
const SPACE: &str = "LinearAdditiveUtilitySpace";

/// What a file is.
pub(crate) enum Sort<'n> {
    Domain,
    Profile(&'n Rc<Node>),
    /// A profile of a kind that is not imported, by name.
    Other(&'n str),
}

/// What the file is, going by its keys.
pub(crate) fn sort(root: &Node) -> Option<Sort<'_>> {
    if root.get("issuesValues").is_some() {
        return Some(Sort::Domain);
    }
    if let Some(space) = root.get(SPACE) {
        return Some(Sort::Profile(space));
    }
    let named = |name: &&str| name.ends_with("Space") || name.ends_with("Ordering") || name.ends_with("Profile");
    match root.entries()? {
        [(key, value)] if value.entries().is_some() => key.text().filter(named).map(Sort::Other),
        _ => (root.get("reservationValue").is_some() && root.get("issueWeights").is_some())
            .then_some(Sort::Other("NegoLog profile")),
    }
}

/// Reads a domain.
pub(crate) fn read_domain(root: &Node, reading: &mut Reading<'_>) -> Domain {
    let name = root.get("name").and_then(|name| name.text()).unwrap_or("").to_owned();
    let mut issues = Vec::new();
    if let Some(table) = reading.require(root, "issuesValues", "list the issues with their values") {
        for (key, values) in reading.entries(table, "`issuesValues`").unwrap_or_default() {
            let name = key.text().unwrap_or("").trim().to_owned();
            let unread = Issue { name: name.clone(), options: Vec::new(), numbers: None };
            issues.push(issue(values, name, reading).unwrap_or(unread));
        }
        if issues.is_empty() {
            reading.error(Code::Missing, table, "this domain has no issues", "list the issues with their values");
        }
    }
    Domain { name, file: reading.file, issues }
}

fn issue(node: &Node, name: String, reading: &mut Reading<'_>) -> Option<Issue> {
    if let Some(range) = node.get("range") {
        return steps(range, name, reading);
    }
    let list = reading.require(node, "values", "list the values, as `\"values\": [\"…\", \"…\"]`")?;
    let mut texts = Vec::new();
    for value in reading.items(list, "`values`")? {
        let text = value_name(value.text().unwrap_or(""));
        if texts.contains(&text) {
            reading.error(Code::Duplicate, value, format!("the value `{text}` stands twice"), "delete one of the two");
        }
        texts.push(text);
    }
    Options::listed(name, texts, (reading.file, list.span.clone()), reading.findings)
}

/// A range `[from, to, step]`.
fn steps(range: &Node, name: String, reading: &mut Reading<'_>) -> Option<Issue> {
    let Some([low, high, step]) = range.items() else {
        reading.error(Code::NotWellFormed, range, "a range is three numbers", "write `[\"from\", \"to\", \"step\"]`");
        return None;
    };
    let numbers = (reading.number(low, "a bound"), reading.number(high, "a bound"), reading.number(step, "the step"));
    let (low, high, step) = (numbers.0?, numbers.1?, numbers.2?);
    if !step.is_positive() || high < low {
        reading.error(
            Code::BadNumber,
            range,
            "this range has no values",
            "write the smaller bound first, and a step above 0",
        );
        return None;
    }
    let count = ((&high - &low) / &step).floor() + whole(1);
    if count > whole(OPTION_LIMIT as i64) {
        let message = format!("`{name}` has {} values; an issue of a case holds at most {OPTION_LIMIT}", short(&count));
        reading.error(Code::TooLarge, range, message, "write a larger step, in every file");
        return None;
    }
    let mut numbers = Vec::new();
    let mut number = low;
    while number <= high {
        numbers.push(number.clone());
        number += &step;
    }
    Some(numbered(name, numbers))
}

/// Reads a profile.
pub(crate) fn read_profile(root: &Rc<Node>, stem: &str, reading: &mut Reading<'_>, domain: &Domain) -> Profile {
    let name = root.get("name").and_then(|name| name.text()).filter(|name| !name.trim().is_empty()).unwrap_or(stem);
    let mut profile = Profile {
        name: name.to_owned(),
        place: (reading.file, root.span.start..root.span.start + usize::from(!root.span.is_empty())),
        issues: domain.issues.iter().map(|issue| Worth::none(issue.options.len())).collect(),
        constant: Number::zero(),
        rectangles: Vec::new(),
        points: None,
        reservation: Reservation::Worth(Number::zero()),
    };
    if let Some(own) = root.get("domain").filter(|own| own.entries().is_some()) {
        same_domain(own, reading, domain);
    }
    let before = reading.findings.count();
    let weights = reading.require(root, "issueWeights", "give each issue a weight; they sum to 1");
    let mut sum = Number::zero();
    for (index, weight) in weights.map(|node| by_issue(node, "`issueWeights`", reading, domain)).unwrap_or_default() {
        let Some(found) = reading.number(weight, "a weight") else { continue };
        if found.is_negative() {
            reading.error(Code::BadNumber, weight, "a weight is 0 or more", "turn the utilities around instead");
        }
        sum += &found;
        profile.issues[index].weight = found;
    }
    if let Some(node) = weights.filter(|_| reading.findings.count() == before && sum != Number::one()) {
        let message = format!("the weights sum to {}, not to 1; GeniusWeb refuses such a profile", short(&sum));
        reading.error(Code::BadNumber, node, message, "divide each by their sum");
    }
    let utilities = reading.require(root, "issueUtilities", "give a utility for each value of each issue");
    for (index, node) in utilities.map(|node| by_issue(node, "`issueUtilities`", reading, domain)).unwrap_or_default() {
        if let Some(values) = self::utilities(node, &domain.issues[index], reading) {
            profile.issues[index].values = values;
        }
    }
    if let Some(bid) = root.get("reservationBid").filter(|bid| !bid.is_null()) {
        profile.reservation = Reservation::Worth(reservation(bid, &profile, reading, domain));
    }
    profile
}

/// The entries of a table of issues, with the number of each issue.
fn by_issue<'n>(node: &'n Node, what: &str, reading: &mut Reading<'_>, domain: &Domain) -> Vec<(usize, &'n Rc<Node>)> {
    let mut found = Vec::new();
    for (key, value) in reading.entries(node, what).unwrap_or_default() {
        let name = key.text().unwrap_or("").trim();
        match domain.issues.iter().position(|issue| issue.name == name) {
            Some(issue) => found.push((issue, value)),
            None => {
                let message = format!("the domain has no issue `{name}`");
                reading.error(Code::NotInDomain, key, message, "write the name as the domain has it");
            }
        }
    }
    let said: BTreeSet<usize> = found.iter().map(|(issue, _)| *issue).collect();
    let missing = domain.issues.iter().enumerate().filter(|(issue, _)| !said.contains(issue));
    let missing: Vec<String> = missing.map(|(_, issue)| issue.name.clone()).collect();
    if !missing.is_empty() {
        let message = format!("{what} says nothing of {}", quoted_list(&missing));
        let start = node.span.start..node.span.start + usize::from(!node.span.is_empty());
        reading.findings.error(Code::Missing, (reading.file, start), message, "every issue of the domain needs one");
    }
    found
}

fn utilities(node: &Node, issue: &Issue, reading: &mut Reading<'_>) -> Option<Vec<Number>> {
    if issue.options.is_empty() {
        return None;
    }
    let check = |number: &Number, node: &Node, reading: &mut Reading<'_>| {
        if number.is_negative() || *number > Number::one() {
            let message = format!("a utility is from 0 to 1, not {}", short(number));
            reading.error(Code::BadNumber, node, message, "divide the utilities of the issue by the largest");
        }
    };
    if let Some(line) = node.get("numberutils") {
        let mut get = |key: &str| {
            let node =
                reading.require(line, key, "a line needs `lowValue`, `lowUtility`, `highValue` and `highUtility`")?;
            let number = reading.number(node, &format!("`{key}`"))?;
            if key.ends_with("Utility") {
                check(&number, node, reading);
            }
            Some(number)
        };
        let (low, high) = ((get("lowValue"), get("lowUtility")), (get("highValue"), get("highUtility")));
        let ((low, at_low), (high, at_high)) = ((low.0?, low.1?), (high.0?, high.1?));
        let numbers = issue.as_numbers().filter(|_| high > low);
        let Some(numbers) = numbers else {
            let message = format!("a line cannot be drawn through the values of `{}`", issue.name);
            reading.error(Code::NotInDomain, node, message, "give a utility for each value, as `discreteutils`");
            return None;
        };
        let at = |number: &Number| &at_low + (number - &low) * (&at_high - &at_low) / (&high - &low);
        return Some(numbers.iter().map(|number| crate::number::clamped(at(number))).collect());
    }
    let Some(table) = node.get("discreteutils") else {
        let what = node
            .entries()
            .and_then(|entries| entries.first())
            .and_then(|(key, _)| key.text())
            .unwrap_or("…")
            .to_owned();
        let message = format!("utilities of the kind `{what}` cannot be imported");
        reading.error(Code::NotSupported, node, message, "give a utility for each value, as `discreteutils`");
        return None;
    };
    let table = reading.require(table, "valueUtilities", "give a utility for each value")?;
    let called = Table { key: "valueUtilities", number: "utility" };
    number_per_value(table, &called, issue, reading, check, |missing, reading| {
        let message = format!("there is no utility of {missing} of `{}`", issue.name);
        reading.error(Code::Missing, table, message, "give a utility for every value of the domain");
    })
}

/// What the reservation bid is worth. A bid that leaves issues open is none, as in GeniusWeb.
fn reservation(bid: &Node, profile: &Profile, reading: &mut Reading<'_>, domain: &Domain) -> Number {
    let empty = || Number::zero();
    let Some(values) = reading.require(bid, "issuevalues", "give a value of every issue, or leave the bid out") else {
        return empty();
    };
    let mut package = vec![None; domain.issues.len()];
    let mut sound = true;
    for (key, value) in reading.entries(values, "`issuevalues`").unwrap_or_default() {
        let issue = domain.issues.iter().position(|issue| Some(issue.name.as_str()) == key.text().map(str::trim));
        let option = issue.and_then(|issue| domain.issues[issue].option(&without_both_quotes(value.text()?)));
        match (issue, option) {
            (Some(issue), Some(option)) => package[issue] = Some(option),
            (Some(issue), None) if domain.issues[issue].options.is_empty() => sound = false,
            _ => {
                sound = false;
                let what = if issue.is_some() { value } else { key };
                let message = format!("the domain has no `{}`", what.text().unwrap_or("…"));
                reading.error(Code::NotInDomain, what, message, "write issues and values as the domain has them");
            }
        }
    }
    if let Some(package) = package.iter().copied().collect::<Option<Vec<usize>>>() {
        return profile.additive(&package);
    }
    if sound {
        let open: Vec<String> = domain
            .issues
            .iter()
            .zip(&package)
            .filter(|(_, option)| option.is_none())
            .map(|(issue, _)| issue.name.clone())
            .collect();
        let message = format!("the reservation bid leaves {} open, so there is none", quoted_list(&open));
        let help = "its fallback is 0, as in GeniusWeb; name a value of every issue if it is meant";
        let place = (reading.file, bid.span.clone());
        reading.findings.warning(Code::Differs, place, message, help);
    }
    empty()
}

/// Whether the domain a profile carries is the one it is read against.
fn same_domain(own: &Node, reading: &mut Reading<'_>, domain: &Domain) {
    let Some(issues) = own.get("issuesValues").and_then(|node| node.entries()) else { return };
    for (key, values) in issues {
        let name = key.text().unwrap_or("").trim();
        let Some(issue) = domain.issues.iter().find(|issue| issue.name == name) else {
            let message = format!("this profile's own domain has an issue `{name}`, and the domain has none");
            reading.error(Code::NotInDomain, key, message, "give the files of one scenario");
            continue;
        };
        let texts = values.get("values").and_then(|values| values.items()).unwrap_or_default();
        let unknown = texts.iter().find(|value| {
            let text = value.text().unwrap_or("");
            !issue.options.is_empty() && issue.option(&value_name(text)).is_none()
        });
        if let Some(value) = unknown {
            let message = format!(
                "this profile's own domain has a value `{}` of `{name}`, and the domain has not",
                value.text().unwrap_or("…")
            );
            reading.error(Code::NotInDomain, value, message, "give the files of one scenario");
        }
    }
}
