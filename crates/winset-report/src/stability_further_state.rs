//! One state under the further concepts: for whom it is stable, and which groups would leave it.

use winset_brief::words;
use winset_stability::{Coalitions, Concept, Model, Refusal, StateSet, members};

use crate::layout::Page;
use crate::stability::state_words;

/// How many states a group would leave for are listed.
const LISTED: usize = 12;

/// The concepts as asked of groups.
const CONCEPTS: [(Concept, &str); 4] =
    [(Concept::Nash, "CNash"), (Concept::Gmr, "CGMR"), (Concept::Smr, "CSMR"), (Concept::Seq, "CSEQ")];

/// Why a state holds against which groups, or who would leave it together for what.
pub fn stability_coalitions_state(
    title: &str,
    model: &Model,
    coalitions: &Coalitions<'_>,
    state: usize,
    width: usize,
) -> String {
    let mut page = Page::new(width);
    head(&mut page, title, "when groups move together", model, state);
    let gaining = coalitions.groups().filter(|group| coalitions.improvements(*group, state).count() > 0);
    let mut any = false;
    for group in gaining {
        any = true;
        let names: Vec<&str> = members(group).map(|maker| model.called(maker)).collect();
        let better = coalitions.improvements(group, state);
        let (stable, unstable): (Vec<_>, Vec<_>) =
            CONCEPTS.into_iter().partition(|(concept, _)| coalitions.stable(*concept, group).contains(state));
        let shown: Vec<String> = better.iter().take(LISTED).map(|other| (other + 1).to_string()).collect();
        let more = better.count() - shown.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let noun = if better.count() == 1 { "state" } else { "states" };
        let (gain, can) = match names.as_slice() {
            [_] => ("would gain", "it"),
            _ => ("would all gain", "they"),
        };
        let text = format!(
            "{} {gain} in {noun} {}{more}, to which {can} can lead: {}.",
            words::capital(&words::list(&names)),
            words::list(&shown),
            split(&stable, &unstable)
        );
        page.item("  ", &text);
    }
    if any {
        page.item("  ", "No other group can lead to a state that all its members prefer.");
        page.blank();
        page.note(0, "Stable against a group that gains: after each of its improvements, the rest can answer so that a member does not gain (CGMR), and the group cannot escape for the better (CSMR), or the rest gain by every step of that answer (CSEQ).");
    } else {
        page.paragraph(0, "No group can lead to a state that all its members prefer: it holds against every group, under all four concepts.");
    }
    page.finish()
}

fn split(stable: &[(Concept, &str)], unstable: &[(Concept, &str)]) -> String {
    let names = |concepts: &[(Concept, &str)]| {
        words::list(&concepts.iter().map(|(_, name)| (*name).to_owned()).collect::<Vec<_>>())
    };
    match (stable.is_empty(), unstable.is_empty()) {
        (true, _) => "unstable under all four concepts".to_owned(),
        (_, true) => "stable under all four concepts".to_owned(),
        _ => format!("stable under {}, unstable under {}", names(stable), names(unstable)),
    }
}

/// For whom a state is stable under each concept beyond the five. Each entry has a set per decision maker, or one for all where the concept is about all together.
pub fn stability_more_state(
    title: &str,
    model: &Model,
    found: &[(String, Result<Vec<StateSet>, Refusal>)],
    state: usize,
    width: usize,
) -> String {
    let mut page = Page::new(width);
    head(&mut page, title, "under further concepts", model, state);
    let makers = model.decision_makers();
    for (name, sets) in found {
        let text = match sets {
            Ok(sets) if sets.len() == makers.len() => {
                let (stable, unstable): (Vec<usize>, Vec<usize>) =
                    (0..makers.len()).partition(|maker| sets[*maker].contains(state));
                let list = |those: &[usize]| {
                    words::list(&those.iter().map(|maker| makers[*maker].as_str()).collect::<Vec<_>>())
                };
                match (stable.is_empty(), unstable.is_empty()) {
                    (_, true) => "stable for everyone: an equilibrium".to_owned(),
                    (true, _) => "stable for nobody".to_owned(),
                    _ => format!("stable for {}, left by {}", list(&stable), list(&unstable)),
                }
            }
            Ok(sets) if sets.iter().all(|set| set.contains(state)) => "an equilibrium".to_owned(),
            Ok(_) => "no equilibrium".to_owned(),
            Err(refusal) => refusal.to_string(),
        };
        page.item(&format!("  {name}: "), &text);
    }
    page.finish()
}

fn head(page: &mut Page, title: &str, what: &str, model: &Model, state: usize) {
    page.heading(&format!("{title} — state {} {what}", state + 1));
    page.paragraph(0, &format!("{}: {}.", model.states().pattern(state), state_words(model, state)));
}
