//! `<utility_space>`: what one party makes of the packages.

use std::collections::BTreeMap;

use num_traits::{One, Signed, Zero};
use roxmltree::Node;

use super::evaluator::evaluations;
use super::rectangles;
use super::xml::Page;
use crate::finding::{Code, Findings};
use crate::number::{Number, short};
use crate::scenario::{Domain, Profile, Reservation, Worth};

/// A profile over a domain, or `None` if it is another domain's. Errors are reported; what could not be read counts nothing.
pub(crate) fn read_profile(
    page: &Page<'_>,
    name: &str,
    domain: &Domain,
    indices: &BTreeMap<u32, usize>,
    findings: &mut Findings,
) -> Option<Profile> {
    let root = page.document.root_element();
    let issues: Vec<Node<'_, '_>> = page.in_objectives("issue").collect();
    let index_of = |node: Node<'_, '_>| node.attribute("index").and_then(|index| index.trim().parse::<u32>().ok());
    let describes = |node: &Node<'_, '_>| {
        let issue = index_of(*node).and_then(|index| indices.get(&index)).map(|&issue| &domain.issues[issue]);
        issue.is_some_and(|issue| node.attribute("name").is_none_or(|name| same(name, &issue.name)))
    };
    if !issues.is_empty() && !issues.iter().any(describes) {
        let message = "this profile has no issue in common with the domain, and was left out";
        let help = "if it belongs here, give its issues the indices and names of the domain";
        findings.warning(Code::LeftOut, page.place(root), message, help);
        return None;
    }
    let nonlinear = page.document.descendants().find(|node| node.has_tag_name("utility"));
    let mut worth: Vec<Worth> = domain.issues.iter().map(|issue| Worth::none(issue.options.len())).collect();
    let mut seen = vec![false; domain.issues.len()];
    for node in issues {
        let Some(index) = page.index(node, findings) else { continue };
        let Some(&issue) = indices.get(&index) else {
            let message = format!("the domain has no issue {index}, which is {} here", Page::called(node));
            let help = "delete it, or add it to the domain and to every profile";
            findings.error(Code::NotInDomain, page.place(node), message, help);
            continue;
        };
        if !describes(&node) {
            let message = format!(
                "issue {index} is {} here, and `{}` in the domain",
                Page::called(node),
                domain.issues[issue].name
            );
            findings.error(
                Code::NotInDomain,
                page.place(node),
                message,
                "give it the same name, if it is the same issue",
            );
            continue;
        }
        if std::mem::replace(&mut seen[issue], true) {
            let message = format!("{} stands twice", Page::called(node));
            findings.error(Code::Duplicate, page.place(node), message, "delete one of the two");
        } else if nonlinear.is_none() && !domain.issues[issue].options.is_empty() {
            worth[issue].values =
                evaluations(page, node, &domain.issues[issue], findings).unwrap_or_else(|| worth[issue].values.clone());
        }
    }
    let mut profile = Profile {
        name: name.to_owned(),
        place: page.place(root),
        issues: worth,
        constant: Number::zero(),
        rectangles: Vec::new(),
        points: None,
        reservation: Reservation::Worth(reservation(page, findings)),
    };
    discount(page, findings);
    match nonlinear {
        Some(utility) => rectangles::read(page, utility, domain, indices, &mut profile, findings),
        None => {
            for (issue, _) in seen.iter().enumerate().filter(|(_, seen)| !**seen) {
                let message = format!("this profile says nothing of the issue `{}`", domain.issues[issue].name);
                let help = "copy the issue from the domain, with an evaluation of every value, and give it a weight";
                findings.error(Code::Missing, page.place(root), message, help);
            }
            weights(page, domain, indices, &mut profile, findings);
        }
    }
    Some(profile)
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

fn weights(
    page: &Page<'_>,
    domain: &Domain,
    indices: &BTreeMap<u32, usize>,
    profile: &mut Profile,
    findings: &mut Findings,
) {
    let mut seen = vec![false; domain.issues.len()];
    for node in page.in_objectives("weight") {
        let Some(index) = page.index(node, findings) else { continue };
        let Some(&issue) = indices.get(&index) else {
            let message = format!("this is a weight of {index}, and the domain has no issue {index}");
            let help = "weights of objectives cannot be imported: delete it, and multiply the weights of its issues by it if it counts";
            findings.error(Code::NotSupported, page.place(node), message, help);
            continue;
        };
        let twice = std::mem::replace(&mut seen[issue], true);
        let Some(weight) = page.number(node, "value", findings) else { continue };
        if weight.is_negative() {
            let message = "a weight is 0 or more";
            findings.error(
                Code::BadNumber,
                page.attribute_place(node, "value"),
                message,
                "turn the evaluations around instead",
            );
        } else if twice && profile.issues[issue].weight != weight {
            let message = format!("`{}` has two weights", domain.issues[issue].name);
            findings.error(Code::Duplicate, page.place(node), message, "delete one of the two");
        }
        profile.issues[issue].weight = weight;
    }
    let missing = seen.iter().enumerate().filter(|(_, seen)| !**seen);
    for (issue, _) in missing {
        let message =
            format!("`{}` has no weight, and GENIUS cannot evaluate a package without", domain.issues[issue].name);
        let help = "write `<weight index=\"…\" value=\"…\"/>` below the issues, 0 if it does not matter";
        findings.error(Code::Missing, page.place(page.document.root_element()), message, help);
    }
    let most = profile.range().1;
    if most > Number::one() + small() {
        let message = format!("this profile reaches {}, and GENIUS counts everything above 1 as 1", short(&most));
        let help = "the case does not: packages above 1 are told apart there; divide the weights by their sum if that is meant";
        findings.warning(Code::Differs, page.place(page.document.root_element()), message, help);
    }
}

/// What floating point leaves of sums that are meant to be 1.
fn small() -> Number {
    crate::number::power_of_ten(-9)
}

/// What no agreement is worth: 0 unless the profile says otherwise.
fn reservation(page: &Page<'_>, findings: &mut Findings) -> Number {
    let node = page.document.descendants().find(|node| node.has_tag_name("reservation"));
    node.and_then(|node| page.number(node, "value", findings)).unwrap_or_else(Number::zero)
}

/// Time is not part of a case: a discount is named and left out.
fn discount(page: &Page<'_>, findings: &mut Findings) {
    let Some(node) = page.document.descendants().find(|node| node.has_tag_name("discount_factor")) else { return };
    let Some(discount) = page.number(node, "value", findings) else { return };
    if discount.is_positive() && discount < Number::one() {
        let message = format!("the discount factor {} is left out", short(&discount));
        let help = "a case is settled at one moment: worth and reservation value are those of the start";
        findings.warning(Code::Ignored, page.place(node), message, help);
    }
}
