//! `<negotiation_template>`: what is negotiated about.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::xml::Page;
use crate::finding::{Code, Findings};
use crate::options::{Bounds, Options};
use crate::scenario::{Domain, Issue};
use crate::values::value_name;

/// What kind of values an issue has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Discrete,
    Integer,
    Real,
}

/// The type of an issue; `type` counts before `etype` and `vtype`, and none means discrete.
pub(crate) fn type_of(page: &Page<'_>, issue: Node<'_, '_>, findings: &mut Findings) -> Option<Type> {
    let Some(name) = ["type", "etype", "vtype"].into_iter().find(|name| issue.attribute(*name).is_some()) else {
        return Some(Type::Discrete);
    };
    let word = issue.attribute(name).unwrap_or("").trim();
    match word.to_ascii_lowercase().as_str() {
        "discrete" => Some(Type::Discrete),
        "integer" => Some(Type::Integer),
        "real" => Some(Type::Real),
        _ => {
            let message = format!("{} is of the type `{word}`, which cannot be imported", Page::called(issue));
            let help = "list its values in the domain as `discrete`, or give bounds as `integer`, and its evaluation in every profile";
            findings.error(Code::NotSupported, page.attribute_place(issue, name), message, help);
            None
        }
    }
}

/// The bounds of a numeric issue: attributes, or a `<range>` below it.
pub(crate) fn bounds(page: &Page<'_>, issue: Node<'_, '_>, findings: &mut Findings) -> Option<Bounds> {
    let range = issue.children().find(|child| child.has_tag_name("range"));
    let at = if issue.has_attribute("lowerbound") { issue } else { range.unwrap_or(issue) };
    let low = page.number(at, "lowerbound", findings);
    let high = page.number(at, "upperbound", findings);
    Some(Bounds { low: low?, high: high?, place: page.place(at) })
}

/// Reads the domain, and under which index GENIUS knows each issue.
pub(crate) fn read_domain(
    page: &Page<'_>,
    options: &Options,
    findings: &mut Findings,
) -> (Domain, BTreeMap<u32, usize>) {
    let objective = page.document.descendants().find(|node| node.has_tag_name("objective"));
    let name = objective.and_then(|objective| objective.attribute("name")).unwrap_or("").trim().to_owned();
    let mut found: BTreeMap<u32, Issue> = BTreeMap::new();
    for node in page.in_objectives("issue") {
        let Some(index) = page.index(node, findings) else { continue };
        let name = node.attribute("name").map_or_else(|| format!("issue {index}"), |name| name.trim().to_owned());
        // One that cannot be read keeps its place, so that the profiles are still looked at.
        let unread = Issue { name: name.clone(), options: Vec::new(), numbers: None };
        let issue = read_issue(page, node, name, options, findings).unwrap_or(unread);
        if found.insert(index, issue).is_some() {
            let message = format!("there are two issues with the index {index}");
            findings.error(
                Code::Duplicate,
                page.attribute_place(node, "index"),
                message,
                "number the issues from 1, each once",
            );
        }
    }
    if found.is_empty() {
        let message = "this domain has no issues";
        let help = "give the domain file, the one with `<negotiation_template>` and an `<issue …>` for each issue";
        findings.error(Code::Missing, page.place(page.document.root_element()), message, help);
    }
    let indices = found.keys().copied().enumerate().map(|(at, index)| (index, at)).collect();
    (Domain { name, file: page.file, issues: found.into_values().collect() }, indices)
}

fn read_issue(
    page: &Page<'_>,
    node: Node<'_, '_>,
    name: String,
    options: &Options,
    findings: &mut Findings,
) -> Option<Issue> {
    let kind = type_of(page, node, findings)?;
    if kind != Type::Discrete {
        let bounds = bounds(page, node, findings)?;
        return options.numeric(name, &bounds, kind == Type::Integer, findings);
    }
    let mut values: Vec<String> = Vec::new();
    for item in node.children().filter(|child| child.has_tag_name("item")) {
        let Some(value) = page.require(item, "value", findings) else { continue };
        let value = value_name(value);
        if values.contains(&value) {
            let message = format!("the value `{value}` of `{name}` stands here once more, and was left out");
            let help = "GENIUS takes equal values for one; delete one of them if that is meant";
            findings.warning(Code::Repaired, page.attribute_place(item, "value"), message, help);
        } else {
            values.push(value);
        }
    }
    Options::listed(name, values, page.place(node), findings)
}
