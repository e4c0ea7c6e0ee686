//! Claims for the terminal.

use winset_brief::draws::{Tuning, words};
use winset_brief::figures::rounded;
use winset_brief::{ClaimResult, Status, plain};
use winset_case::{Case, Likelihood};

use crate::layout::Page;

/// Every claim with what was found.
pub fn claims(case: &Case, results: &[ClaimResult], width: usize) -> String {
    let mut page = Page::new(width);
    for result in results {
        let claim = &case.claims[result.claim];
        page.heading(&format!("{}  {}", claim.id, result.status.word()));
        page.paragraph(2, &claim.says);
        page.note(2, &format!("check: {}", claim.check_text));
        for finding in &result.findings {
            page.item("  - ", &rounded(finding));
        }
        if let Some(robustness) = &result.robustness {
            let said = words::robustness(robustness).join(" ");
            if !said.is_empty() {
                page.paragraph(2, &said);
            }
        }
        if let Some(control) = &result.control {
            let hedged = result.robustness.as_ref().is_some_and(|robustness| robustness.hedge.is_some());
            let control_words = if hedged { control_words_at_points } else { control_words };
            page.paragraph(2, control_words(result.status, control.breaks));
            for finding in &control.findings {
                page.item("  - ", &rounded(finding));
            }
        }
    }
    page.blank();
    page.paragraph(0, &tally(results));
    page.finish()
}

/// The claims as a list, with what was found for those that do not hold. Of more than `most`, those that hold are named by how robust they are.
pub(crate) fn summary(page: &mut Page, case: &Case, results: &[ClaimResult], most: usize) {
    let listed: Vec<&ClaimResult> =
        results.iter().filter(|result| results.len() <= most || result.status != Status::Holds).collect();
    if listed.len() < results.len() {
        for (how, ids) in by_robustness(case, results) {
            page.item("  ", &format!("{how}: {}.", ids.join(", ")));
        }
    }
    for result in listed {
        let claim = &case.claims[result.claim];
        let control = control_note(result).map_or_else(String::new, |note| format!(" [{note}]"));
        let robust = result.robustness.as_ref();
        let number = |place| plain::number_words(case, place);
        let robust = robust.map_or_else(String::new, |robust| words::robustness_in_short(robust, &number));
        let robust = if robust.is_empty() { robust } else { format!(" ({robust})") };
        let found = match result.status {
            Status::Holds => String::new(),
            _ => format!(" Found: {}", rounded(&what_decides(result))),
        };
        page.item("  - ", &format!("{} {}: {}{robust}{control}{found}", claim.id, result.status.word(), claim.says));
    }
    page.paragraph(2, &tally(results));
    if results.len() > most {
        page.note(2, "`winset claims` has the rest. Starred: structural, holding nearly whatever was assumed.");
    }
}

/// Of what was found, what decides: the first of it, and how it compares with the hedge. `winset claims` has the rest.
pub(crate) fn what_decides(result: &ClaimResult) -> String {
    let (first, rest) = result.findings.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    let hedged = result.robustness.as_ref().is_some_and(|robust| robust.hedge.is_some());
    match rest.last().filter(|_| hedged) {
        Some(last) => format!("{first} {last}"),
        None => first.to_owned(),
    }
}

/// The claims that hold, by in how many draws they do.
fn by_robustness(case: &Case, results: &[ClaimResult]) -> Vec<(&'static str, Vec<String>)> {
    let mut groups: Vec<(&'static str, Vec<String>)> = [
        "Hold in all draws",
        "Hold almost certainly (95% of draws and more)",
        "Hold very likely (80 to 95%)",
        "Hold likely (55 to 80%)",
        "Hold in fewer draws than that",
        "Hold, not drawn",
    ]
    .map(|how| (how, Vec::new()))
    .to_vec();
    for result in results.iter().filter(|result| result.status == Status::Holds) {
        let share = result.robustness.as_ref().map(|robust| robust.given).filter(|given| given.share().is_some());
        let group = match share.map(|share| (share.word(), share.fails)) {
            None => 5,
            Some((None, 0)) => 0,
            Some((Some(Likelihood::AlmostCertain), _)) => 1,
            Some((Some(Likelihood::VeryLikely), _)) => 2,
            Some((Some(Likelihood::Likely), _)) => 3,
            Some(_) => 4,
        };
        let tuned = result.robustness.as_ref().and_then(winset_brief::draws::ClaimRobustness::tuning);
        let mark = if tuned == Some(Tuning::Structural) { "*" } else { "" };
        groups[group].1.push(format!("{}{mark}", case.claims[result.claim].id));
    }
    groups.retain(|(_, ids)| !ids.is_empty());
    groups
}

/// A hedged claim is decided by its share of draws, its control at the point values.
fn control_words_at_points(_: Status, breaks: Option<bool>) -> &'static str {
    match breaks {
        None => "its control is undecided:",
        Some(true) => "under its control the check fails at the point values, as it should:",
        Some(false) => "under its control the check holds at the point values, so it is true by construction:",
    }
}

/// What there is to say against a claim because of its control, if anything.
pub(crate) fn control_note(result: &ClaimResult) -> Option<&'static str> {
    match (result.status, result.control.as_ref().map(|control| control.breaks)) {
        (Status::Holds, Some(Some(false))) => Some("true by construction: its control does not break it"),
        (Status::Holds, None) => Some("no control"),
        (_, Some(None)) => Some("its control is undecided"),
        _ => None,
    }
}

fn control_words(status: Status, breaks: Option<bool>) -> &'static str {
    match (status, breaks) {
        (_, None) => "its control is undecided:",
        (Status::Holds, Some(true)) => "its control breaks it, as it should:",
        (Status::Holds, Some(false)) => "its control does not break it, so it is true by construction:",
        (_, Some(true)) => "under its control it fails as well:",
        (_, Some(false)) => "under its control it holds:",
    }
}

pub(crate) fn tally(results: &[ClaimResult]) -> String {
    let of = |status| results.iter().filter(|result| result.status == status).count();
    let constructed = results
        .iter()
        .filter(|result| {
            result.status == Status::Holds
                && result.control.as_ref().is_some_and(|control| control.breaks == Some(false))
        })
        .count();
    let constructed = if constructed == 0 {
        String::new()
    } else {
        format!(" ({constructed} of those by construction: their control does not break them)")
    };
    let (holds, fails) = (of(Status::Holds), of(Status::Fails));
    let verb = |count, one: &'static str, many: &'static str| if count == 1 { one } else { many };
    format!(
        "{holds} {}{constructed}, {fails} {}, {} undecided.",
        verb(holds, "holds", "hold"),
        verb(fails, "fails", "fail"),
        of(Status::Undecided)
    )
}
