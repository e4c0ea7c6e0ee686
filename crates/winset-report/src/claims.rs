//! Claims for the terminal.

use winset_brief::draws::words;
use winset_brief::{ClaimResult, Status};
use winset_case::Case;

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
            page.item("  - ", finding);
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
                page.item("  - ", finding);
            }
        }
    }
    page.blank();
    page.paragraph(0, &tally(results));
    page.finish()
}

/// The claims as a list, with what was found for those that do not hold.
pub(crate) fn summary(page: &mut Page, case: &Case, results: &[ClaimResult]) {
    let longest = case.claims.iter().map(|claim| claim.id.chars().count()).max().unwrap_or(0);
    for result in results {
        let claim = &case.claims[result.claim];
        let control = control_note(result).map_or_else(String::new, |note| format!(" [{note}]"));
        let robust = result.robustness.as_ref();
        let robust = robust.map_or_else(String::new, words::robustness_in_short);
        let robust = if robust.is_empty() { robust } else { format!(" ({robust})") };
        page.item(
            &format!("  {:<9} {:<longest$}  ", result.status.word(), claim.id),
            &format!("{}{robust}{control}", claim.says),
        );
        if result.status != Status::Holds {
            page.note(14 + longest, &result.findings.join("; "));
        }
    }
    page.blank();
    page.paragraph(2, &tally(results));
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
