//! How a profile evaluates the values of one issue.

use num_traits::{One, Zero};
use roxmltree::Node;

use super::domain::{Type, bounds, type_of};
use super::xml::Page;
use crate::finding::quoted_list;
use crate::finding::{Code, Findings};
use crate::number::{Number, clamped, parse};
use crate::scenario::Issue;

/// The evaluation of every option of an issue, between 0 and 1 if the profile is sound; `None` after an error.
pub(crate) fn evaluations(
    page: &Page<'_>,
    node: Node<'_, '_>,
    issue: &Issue,
    findings: &mut Findings,
) -> Option<Vec<Number>> {
    match type_of(page, node, findings)? {
        Type::Discrete => discrete(page, node, issue, findings),
        kind => numeric(page, node, issue, kind, findings),
    }
}

/// Evaluations divided by the largest of the issue; all 0 where that is next to nothing.
fn discrete(page: &Page<'_>, node: Node<'_, '_>, issue: &Issue, findings: &mut Findings) -> Option<Vec<Number>> {
    let before = findings.count();
    let mut found: Vec<Option<Number>> = vec![None; issue.options.len()];
    let mut bad = vec![false; issue.options.len()];
    for item in node.children().filter(|child| child.has_tag_name("item")) {
        let Some(value) = page.require(item, "value", findings) else { continue };
        let named = if value.trim().is_empty() { "(nothing)" } else { value };
        let Some(option) = issue.option(named).or_else(|| issue.option(&crate::write::without_both_quotes(named)))
        else {
            let message = format!("the domain has no value `{}` of `{}`", value.trim(), issue.name);
            let help =
                format!("add it to the domain, or delete it here; the domain has {}", quoted_list(&issue.options));
            findings.error(Code::NotInDomain, page.attribute_place(item, "value"), message, help);
            continue;
        };
        let evaluation = page.number(item, "evaluation", findings);
        bad[option] |= evaluation.is_none();
        if let (Some(first), Some(second)) = (&found[option], &evaluation)
            && first != second
        {
            let message = format!("`{}` of `{}` has two evaluations", issue.options[option], issue.name);
            findings.error(Code::Duplicate, page.place(item), message, "delete one of the two items");
        }
        found[option] = evaluation.or(found[option].take());
    }
    let missing = |option: &usize| found[*option].is_none() && !bad[*option];
    let missing: Vec<String> = (0..found.len()).filter(missing).map(|option| issue.options[option].clone()).collect();
    if !missing.is_empty() && findings.count() == before {
        let message = format!("{} has no evaluation of {}", Page::called(node), quoted_list(&missing));
        let help = "write an `<item value=\"…\" evaluation=\"…\"/>` for every value of the domain";
        findings.error(Code::Missing, page.place(node), message, help);
    }
    let found: Vec<Number> = found.into_iter().collect::<Option<_>>()?;
    let most = found.iter().max().cloned().unwrap_or_else(Number::zero);
    let nothing = parse("0.00001").unwrap_or_else(Number::zero);
    Some(found.into_iter().map(|evaluation| if most < nothing { Number::zero() } else { evaluation / &most }).collect())
}

/// The evaluator of a numeric issue at every option.
fn numeric(
    page: &Page<'_>,
    node: Node<'_, '_>,
    issue: &Issue,
    kind: Type,
    findings: &mut Findings,
) -> Option<Vec<Number>> {
    let Some(numbers) = issue.as_numbers() else {
        let message = format!("the values of `{}` are no numbers in the domain, but its type here is", issue.name);
        let help = "give the issue the same type in the domain and in every profile";
        findings.error(Code::NotInDomain, page.place(node), message, help);
        return None;
    };
    // Profiles may leave the bounds to the domain.
    let given = node.has_attribute("lowerbound") || node.children().any(|child| child.has_tag_name("range"));
    let own = if given { Some(bounds(page, node, findings)?) } else { None };
    let (low, high) = (numbers.first()?, numbers.last()?);
    if let Some(own) = own.as_ref().filter(|own| own.low != *low || own.high != *high) {
        let message =
            format!("the bounds of `{}` are not those of the domain; the domain's values were kept", issue.name);
        let help = "give the issue the same bounds in the domain and in every profile";
        findings.warning(Code::Repaired, own.place.clone(), message, help);
    }
    let low = own.map_or_else(|| low.clone(), |own| own.low);
    let Some(evaluator) = node.children().find(|child| child.has_tag_name("evaluator")) else {
        let message = format!("{} has no `<evaluator>`", Page::called(node));
        let help = "write `<evaluator ftype=\"linear\" slope=\"…\" offset=\"…\"/>` into it";
        findings.error(Code::Missing, page.place(node), message, help);
        return None;
    };
    let at =
        |function: &dyn Fn(&Number) -> Number| Some(numbers.iter().map(|number| clamped(function(number))).collect());
    let ftype = page.require(evaluator, "ftype", findings)?.trim().to_ascii_lowercase();
    let mut get = |name: &str| page.number(evaluator, name, findings);
    match ftype.as_str() {
        // Integer issues count from their lower bound.
        "linear" if kind == Type::Integer && evaluator.has_attribute("slope") => {
            let (slope, offset) = (get("slope"), get("offset"));
            let (slope, offset) = (slope?, offset?);
            at(&|number| &slope * (number - &low) + &offset)
        }
        "linear" => {
            let (offset, slope) = (get("parameter0"), get("parameter1"));
            let (offset, slope) = (offset?, slope?);
            at(&|number| &slope * number + &offset)
        }
        "constant" => {
            let constant = get("parameter0")?;
            Some(vec![constant; numbers.len()])
        }
        "triangular" => {
            let (low, high, top) = (get("parameter0"), get("parameter1"), get("parameter2"));
            let (low, high, top) = (low?, high?, top?);
            at(&|number| {
                if *number == top {
                    Number::one()
                } else if *number < low || *number > high {
                    Number::zero()
                } else if *number < top {
                    (number - &low) / (&top - &low)
                } else {
                    Number::one() - (number - &top) / (&high - &top)
                }
            })
        }
        other => {
            let message = format!("evaluators of the type `{other}` cannot be imported");
            let help = "GENIUS has `linear`, `constant` and `triangular`; write the issue as discrete, with one evaluation per value";
            findings.error(Code::NotSupported, page.attribute_place(evaluator, "ftype"), message, help);
            None
        }
    }
}
