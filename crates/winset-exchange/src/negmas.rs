//! NegMAS scenarios: one outcome space and one utility function per negotiator, as YAML or JSON.
//!
//! Worth is bias + Σ weight · value, neither normalised nor capped. Value functions that are Python programs are refused by name.

use std::rc::Rc;

use num_traits::{One, Zero};

use crate::finding::Code;
use crate::number::{Number, Written, label, parse, read, whole};
use crate::options::{Bounds, Options};
use crate::scenario::{Domain, Issue, Profile, Reservation, Worth};
use crate::tree::{Node, Reading};
use crate::values::{Table, number_per_value, value_name};
use crate::write::without_both_quotes;

/// What a file of a scenario is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Domain,
    Profile,
}

/// What the file is, going by its `type`.
pub(crate) fn sort(root: &Node) -> Option<Sort> {
    let name = type_of(root)?;
    if name.contains("OutcomeSpace") {
        Some(Sort::Domain)
    } else if name.to_ascii_lowercase().contains("fun") {
        Some(Sort::Profile)
    } else {
        None
    }
}

/// The class a table stands for, without the module it is in.
fn type_of(node: &Node) -> Option<&str> {
    let name = node.get("type").or_else(|| node.get("__python_class__"))?.text()?;
    Some(name.rsplit('.').next().unwrap_or(name))
}

/// Reads the outcome space.
pub(crate) fn read_domain(root: &Node, reading: &mut Reading<'_>, options: &Options) -> Domain {
    let name = root.get("name").and_then(|name| name.text()).unwrap_or("").to_owned();
    let mut issues = Vec::new();
    let kind = type_of(root).unwrap_or_default();
    if !["DiscreteCartesianOutcomeSpace", "CartesianOutcomeSpace"].contains(&kind) {
        let message = format!("outcome spaces of the type `{kind}` cannot be imported");
        reading.error(Code::NotSupported, root, message, "give one made of issues: a `CartesianOutcomeSpace`");
    } else if let Some(list) = reading.require(root, "issues", "list the issues, each with `name`, `type` and `values`")
    {
        for (index, node) in reading.items(list, "`issues`").unwrap_or_default().iter().enumerate() {
            let name = node
                .get("name")
                .and_then(|name| name.text())
                .map_or_else(|| format!("issue {}", index + 1), str::to_owned);
            let unread = Issue { name: name.clone(), options: Vec::new(), numbers: None };
            issues.push(issue(node, name, reading, options).unwrap_or(unread));
        }
    }
    Domain { name, file: reading.file, issues }
}

fn issue(node: &Node, name: String, reading: &mut Reading<'_>, options: &Options) -> Option<Issue> {
    let values = reading.require(node, "values", "list the values, or give the two bounds")?;
    let place = (reading.file, values.span.clone());
    match type_of(node).unwrap_or("CategoricalIssue") {
        "CategoricalIssue" | "DiscreteCategoricalIssue" | "OrdinalIssue" | "DiscreteOrdinalIssue" | "CardinalIssue" => {
            let mut texts = Vec::new();
            for value in reading.items(values, "`values`")? {
                let Some(text) = value.text() else {
                    reading.error(
                        Code::NotSupported,
                        value,
                        "a value must be a text or a number",
                        "write it as a text",
                    );
                    continue;
                };
                let text = value_name(text);
                if texts.contains(&text) {
                    reading.error(
                        Code::Duplicate,
                        value,
                        format!("the value `{text}` stands twice"),
                        "delete one of the two",
                    );
                }
                texts.push(text);
            }
            let numbers = texts.iter().map(|text| parse(text)).collect();
            Options::listed(name, texts, place, reading.findings).map(|issue| Issue { numbers, ..issue })
        }
        kind @ ("ContiguousIssue" | "ContinuousIssue") => {
            let (low, high) = match values.items() {
                Some([low, high]) => (reading.number(low, "a bound"), reading.number(high, "a bound")),
                // One number n stands for 0 to n − 1.
                None if kind == "ContiguousIssue" => {
                    (Some(Number::zero()), reading.number(values, "`values`").map(|count| count - whole(1)))
                }
                _ => {
                    reading.error(
                        Code::NotWellFormed,
                        values,
                        "the values must be two bounds",
                        "write `values: [0, 10]`",
                    );
                    return None;
                }
            };
            let bounds = Bounds { low: low?, high: high?, place };
            options.numeric(name, &bounds, kind == "ContiguousIssue", reading.findings)
        }
        other => {
            let message = format!("`{name}` is of the type `{other}`, which cannot be imported");
            reading.error(Code::NotSupported, node, message, "list its values as a `CategoricalIssue`");
            None
        }
    }
}

/// Reads a utility function.
pub(crate) fn read_profile(root: &Rc<Node>, stem: &str, reading: &mut Reading<'_>, domain: &Domain) -> Option<Profile> {
    let name = root.get("name").and_then(|name| name.text()).filter(|name| !name.trim().is_empty()).unwrap_or(stem);
    // Discounts wrap what they discount. The reservation value is the inner one's: the outer one's is minus infinity.
    let mut inner = root;
    for _ in 0..8 {
        let kind = type_of(inner).unwrap_or("");
        if !(kind.ends_with("DiscountedUFun") || kind.ends_with("DiscountedUtilityFunction")) {
            break;
        }
        let message = format!("the discount `{kind}` is left out");
        let help = "a case is settled at one moment: worth and reservation value are those of the start";
        let place = (reading.file, inner.span.start..inner.span.start + usize::from(!inner.span.is_empty()));
        reading.findings.warning(Code::Ignored, place, message, help);
        inner = reading.require(inner, "ufun", "give the utility function that is discounted")?;
    }
    let mut profile = Profile {
        name: name.to_owned(),
        place: (reading.file, root.span.start..root.span.start + usize::from(!root.span.is_empty())),
        issues: domain.issues.iter().map(|issue| Worth::none(issue.options.len())).collect(),
        constant: Number::zero(),
        rectangles: Vec::new(),
        points: None,
        reservation: Reservation::None,
    };
    if let Some(bias) = inner.get("bias").filter(|bias| !bias.is_null()) {
        profile.constant = reading.number(bias, "`bias`").unwrap_or_else(Number::zero);
    }
    match type_of(inner).unwrap_or("") {
        "LinearAdditiveUtilityFunction" | "LinearUtilityAggregationFunction" => {
            weights(inner, &mut profile, reading, domain);
            values(inner, &mut profile, reading, domain);
        }
        "AffineUtilityFunction" | "LinearUtilityFunction" => {
            weights(inner, &mut profile, reading, domain);
            for (issue, worth) in domain.issues.iter().zip(&mut profile.issues) {
                match issue.as_numbers() {
                    Some(numbers) => worth.values = numbers,
                    None => no_numbers(inner, issue, reading),
                }
            }
        }
        "HyperRectangleUtilityFunction" => {
            let message = "a `HyperRectangleUtilityFunction` cannot be imported from NegMAS: its file does not say whether `[1, 3]` is a list or a range";
            let help = "import the GENIUS XML of the scenario instead, which says it";
            reading.error(Code::NotSupported, first_line(inner), message, help);
            return None;
        }
        other => {
            let message = format!("utility functions of the type `{other}` cannot be imported");
            let help = "give it as a `LinearAdditiveUtilityFunction`: weights, and a table of values per issue";
            reading.error(Code::NotSupported, first_line(inner), message, help);
            return None;
        }
    }
    profile.reservation = reservation(root, inner, &profile, reading, domain);
    Some(profile)
}

/// The node that says what sort of thing this is, or else itself.
fn first_line(node: &Node) -> &Node {
    node.get("type").map_or(node, |found| found)
}

fn no_numbers(node: &Node, issue: &Issue, reading: &mut Reading<'_>) {
    if !issue.options.is_empty() {
        let message = format!("the values of `{}` are no numbers, so they cannot be multiplied", issue.name);
        reading.error(Code::NotInDomain, node, message, "give a `TableFun` with a number for each value");
    }
}

/// Lists in the order of the issues, or tables by their names.
fn per_issue<'n>(node: &'n Node, what: &str, reading: &mut Reading<'_>, domain: &Domain) -> Option<Vec<&'n Rc<Node>>> {
    if node.entries().is_some() {
        let entries = reading.entries(node, what)?;
        for (key, _) in entries {
            if !domain.issues.iter().any(|issue| Some(issue.name.as_str()) == key.text()) {
                let message = format!("the domain has no issue `{}`", key.text().unwrap_or("…"));
                reading.error(Code::NotInDomain, key, message, "write the name as the domain has it");
            }
        }
        return domain
            .issues
            .iter()
            .map(|issue| reading.require(node, &issue.name, "give one for every issue of the domain"))
            .collect();
    }
    let items = reading.items(node, what)?;
    if items.len() != domain.issues.len() {
        let message = format!("{what} has {} entries, and the domain has {} issues", items.len(), domain.issues.len());
        reading.error(Code::NotInDomain, node, message, "give one for every issue of the domain, in its order");
        return None;
    }
    Some(items.iter().collect())
}

fn weights(node: &Node, profile: &mut Profile, reading: &mut Reading<'_>, domain: &Domain) {
    let Some(list) = node.get("weights").filter(|weights| !weights.is_null()) else {
        profile.issues.iter_mut().for_each(|issue| issue.weight = Number::one());
        return;
    };
    for (index, weight) in per_issue(list, "`weights`", reading, domain).unwrap_or_default().into_iter().enumerate() {
        profile.issues[index].weight = reading.number(weight, "a weight").unwrap_or_else(Number::zero);
    }
}

fn values(node: &Node, profile: &mut Profile, reading: &mut Reading<'_>, domain: &Domain) {
    let Some(list) = reading.require(node, "values", "give one value function per issue") else { return };
    for (index, function) in per_issue(list, "`values`", reading, domain).unwrap_or_default().into_iter().enumerate() {
        let issue = &domain.issues[index];
        if let Some(values) = value_function(function, issue, reading).filter(|_| !issue.options.is_empty()) {
            profile.issues[index].values = values;
        }
    }
}

fn value_function(node: &Node, issue: &Issue, reading: &mut Reading<'_>) -> Option<Vec<Number>> {
    let mut number = |key: &str, default: Option<i64>| match (node.get(key), default) {
        (Some(found), _) => reading.number(found, &format!("`{key}`")),
        (None, Some(default)) => Some(whole(default)),
        (None, None) => {
            reading.require(node, key, "every number of the function has to be there");
            None
        }
    };
    let (slope, bias) = match type_of(node).unwrap_or("") {
        "TableFun" => return table(node, issue, reading),
        "AffineFun" => (number("slope", None), number("bias", Some(0))),
        "LinearFun" => (number("slope", None), Some(Number::zero())),
        "IdentityFun" => (Some(Number::one()), Some(Number::zero())),
        "ConstFun" => {
            let bias = number("bias", None)?;
            return Some(vec![bias; issue.options.len()]);
        }
        kind => {
            let (code, message) = match kind {
                "LambdaFun" | "LambdaMultiFun" => {
                    (Code::Refused, format!("a `{kind}` is refused: it is a Python program, and is not decoded"))
                }
                "" => (Code::Missing, "this value function has no `type`".to_owned()),
                _ => (Code::NotSupported, format!("value functions of the type `{kind}` cannot be imported")),
            };
            let help = format!("write it out as a `TableFun` with a number for each value of `{}`", issue.name);
            reading.error(code, first_line(node), message, help);
            return None;
        }
    };
    let (slope, bias) = (slope?, bias?);
    let Some(numbers) = issue.as_numbers() else {
        no_numbers(first_line(node), issue, reading);
        return None;
    };
    Some(numbers.iter().map(|number| &slope * number + &bias).collect())
}

fn table(node: &Node, issue: &Issue, reading: &mut Reading<'_>) -> Option<Vec<Number>> {
    let mapping = match node.get("mapping").or_else(|| node.get("d")) {
        Some(mapping) => mapping,
        None => reading.require(node, "mapping", "give a number for each value")?,
    };
    if issue.options.is_empty() {
        return None;
    }
    let called = Table { key: "mapping", number: "value" };
    let any = |_: &Number, _: &Node, _: &mut Reading<'_>| {};
    number_per_value(mapping, &called, issue, reading, any, |missing, reading| {
        let message = format!("this table has no number for {missing} of `{}`", issue.name);
        reading.error(Code::Missing, first_line(node), message, "give a number for every value of the domain");
    })
}

/// What no agreement is worth: `reserved_value`, or the worth of `reserved_outcome`. Minus infinity, or nothing: less than any package.
fn reservation(
    root: &Node,
    inner: &Node,
    profile: &Profile,
    reading: &mut Reading<'_>,
    domain: &Domain,
) -> Reservation {
    let given = |node: &Node| node.get("reserved_value").filter(|value| !value.is_null()).cloned();
    let value = given(inner).or_else(|| given(root));
    if let Some(value) = value {
        match value.text().map(read) {
            Some(Written::Number(worth)) => return Reservation::Worth(worth),
            Some(Written::Infinite { negative: true }) => {}
            _ => {
                let message =
                    format!("`reserved_value` must be a number or `-.inf`, not `{}`", value.text().unwrap_or("…"));
                reading.error(Code::BadNumber, &value, message, "write what no agreement is worth, such as 0.3");
                return Reservation::None;
            }
        }
    }
    let outcome =
        [inner, root].into_iter().find_map(|node| node.get("reserved_outcome").filter(|outcome| !outcome.is_null()));
    if let Some(items) = outcome.and_then(|outcome| outcome.items()) {
        let package: Option<Vec<usize>> = domain
            .issues
            .iter()
            .zip(items)
            .map(|(issue, item)| issue.option(&without_both_quotes(item.text()?)))
            .collect();
        if let Some(package) = package.filter(|package| package.len() == domain.issues.len()) {
            return Reservation::Worth(profile.additive(&package));
        }
    }
    let message = "this party has no reservation value: to it, no agreement is worse than any package";
    let help = format!(
        "its fallback is put at the least a package can be worth to it, {}, so that it accepts every package",
        label(&profile.range().0)
    );
    let place = (reading.file, profile.place.1.clone());
    reading.findings.warning(Code::Differs, place, message, help);
    Reservation::None
}
