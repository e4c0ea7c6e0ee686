//! Nonlinear spaces: hyper-rectangles that pay within their bounds (`INCLUDES`) or outside of them (`EXCLUDES`).

use std::collections::BTreeMap;

use num_traits::{One, Signed, Zero};
use roxmltree::Node;

use super::xml::Page;
use crate::finding::{Code, Findings};
use crate::number::{Number, short};
use crate::scenario::{Domain, Profile, Rectangle};

/// Rectangles that one actor of a case can hold.
const RECTANGLE_LIMIT: usize = 999;

/// Reads `<utility maxutility="…"><ufun …><hyperRectangle …>…` into a profile.
pub(crate) fn read(
    page: &Page<'_>,
    utility: Node<'_, '_>,
    domain: &Domain,
    indices: &BTreeMap<u32, usize>,
    profile: &mut Profile,
    findings: &mut Findings,
) {
    let Some(most) = page.number(utility, "maxutility", findings) else { return };
    if !most.is_positive() {
        let message = "`maxutility` is what worth is divided by: it must be above 0";
        findings.error(Code::BadNumber, page.attribute_place(utility, "maxutility"), message, "write the largest sum");
        return;
    }
    let functions: Vec<Node<'_, '_>> = utility.descendants().filter(|node| node.has_tag_name("ufun")).collect();
    for function in &functions {
        let summed = function.attribute("aggregation").is_none_or(|word| word.trim().eq_ignore_ascii_case("sum"));
        let weighted =
            function.attribute("weight").is_some_and(|weight| crate::number::parse(weight) != Some(Number::one()));
        if !summed || weighted || functions.len() > 1 {
            let what = match (summed, weighted) {
                (false, _) => format!("the aggregation `{}`", function.attribute("aggregation").unwrap_or("")),
                (true, true) => "a `ufun` with a weight other than 1".to_owned(),
                (true, false) => "more than one `ufun`".to_owned(),
            };
            let message = format!("{what} cannot be imported");
            let help = "only sums of hyper-rectangles can: one `<ufun aggregation=\"sum\" weight=\"1\">`";
            findings.error(Code::NotSupported, page.place(*function), message, help);
            return;
        }
    }
    let nodes: Vec<Node<'_, '_>> = utility.descendants().filter(|node| node.has_tag_name("hyperRectangle")).collect();
    if nodes.len() > RECTANGLE_LIMIT {
        let message = format!("this profile has {} hyper-rectangles; a case holds {RECTANGLE_LIMIT}", nodes.len());
        findings.error(Code::TooLarge, page.place(utility), message, "merge those that pay the same");
        return;
    }
    for node in nodes {
        if let Some(rectangle) = rectangle(page, node, &most, domain, indices, findings) {
            if rectangle.bounds.is_empty() {
                profile.constant += rectangle.worth;
            } else {
                profile.rectangles.push(rectangle);
            }
        }
    }
    profile.points = Some(most);
    let reached = profile.range().1;
    if reached > Number::one() {
        let message = format!(
            "all positive rectangles together are worth {}; GENIUS counts everything above 1 as 1",
            short(&reached)
        );
        let help = "if some package reaches that, the case tells packages above 1 apart where GENIUS does not";
        findings.warning(Code::Differs, page.place(utility), message, help);
    }
}

/// One rectangle, if it ever pays. Without bounds it always does.
fn rectangle(
    page: &Page<'_>,
    node: Node<'_, '_>,
    most: &Number,
    domain: &Domain,
    indices: &BTreeMap<u32, usize>,
    findings: &mut Findings,
) -> Option<Rectangle> {
    let utility = page.number(node, "utility", findings);
    let weight = if node.has_attribute("weight") { page.number(node, "weight", findings)? } else { Number::one() };
    let worth = utility? * weight / most;
    let children: Vec<Node<'_, '_>> = node.children().filter(Node::is_element).collect();
    let outside = children.iter().any(|child| child.has_tag_name("EXCLUDES"));
    let mut bounds: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for child in &children {
        let name = child.tag_name().name();
        if !["INCLUDES", "EXCLUDES"].contains(&name) || (name == "EXCLUDES") != outside {
            let message = format!("`<{name}>` cannot be imported here");
            let help = "a rectangle is a list of `<INCLUDES …/>` or a list of `<EXCLUDES …/>`";
            findings.error(Code::NotSupported, page.place(*child), message, help);
            return None;
        }
        let index = page.index(*child, findings)?;
        let Some(&issue) = indices.get(&index) else {
            let message = format!("the domain has no issue {index}");
            findings.error(
                Code::NotInDomain,
                page.attribute_place(*child, "index"),
                message,
                "number it as the domain does",
            );
            return None;
        };
        let (low, high) = (page.number(*child, "min", findings)?, page.number(*child, "max", findings)?);
        let Some(numbers) = &domain.issues[issue].numbers else {
            let name = &domain.issues[issue].name;
            if !domain.issues[issue].options.is_empty() {
                let message = format!("bounds on `{name}`, whose values are no numbers, cannot be imported");
                findings.error(
                    Code::NotSupported,
                    page.place(*child),
                    message,
                    "make the issue an integer issue in every file",
                );
            }
            return None;
        };
        let (first, last) = (numbers.first()?, numbers.last()?);
        if low < *first || high > *last {
            let message =
                format!("these bounds reach beyond `{}`; what is beyond was left out", domain.issues[issue].name);
            let help = format!("the domain runs from {} to {}", short(first), short(last));
            findings.warning(Code::Repaired, page.place(*child), message, help);
        }
        let within = |option: &usize| low <= numbers[*option] && numbers[*option] <= high;
        let options = bounds.entry(issue).or_insert_with(|| (0..numbers.len()).collect());
        options.retain(within);
    }
    if worth.is_zero() {
        return None;
    }
    // Bounds that hold for every option say nothing; a bound no option meets settles all.
    if bounds.values().any(Vec::is_empty) {
        return outside.then_some(Rectangle { bounds: Vec::new(), outside: false, worth });
    }
    bounds.retain(|issue, options| options.len() < domain.issues[*issue].options.len());
    if bounds.is_empty() && outside {
        return None;
    }
    Some(Rectangle { bounds: bounds.into_iter().collect(), outside, worth })
}
