//! What a case rests on, for the terminal.

use std::collections::BTreeMap;

use winset_brief::{Answer, Flip, Influence, Influences, NumberPlace, numbers, sources_never_cited, words};
use winset_case::{Basis, Case, Evidence};

use crate::layout::Page;

/// Which numbers the answers hang on, and what every number rests on.
pub fn evidence(case: &Case, influences: &Influences, width: usize) -> String {
    let mut page = Page::new(width);
    if let Some(reading) = case.reading_in_force() {
        page.paragraph(0, &format!("Read as: {}.", reading.name));
    }
    page.heading("WHAT THE ANSWERS HANG ON");
    page.paragraph(
        2,
        &format!(
            "{} with a range were moved to either end of it, one at a time. {}: whether a track has a deal, or whether a claim holds.",
            words::counted(influences.moved as u64, "number"),
            match influences.found.len() {
                0 => "None changes an answer by itself".to_owned(),
                1 => "One changes an answer by itself".to_owned(),
                found => format!("{found} change an answer by themselves"),
            }
        ),
    );
    if !influences.left_out.is_empty() {
        let ids: Vec<&str> = influences.left_out.iter().map(|claim| case.claims[*claim].id.as_str()).collect();
        page.paragraph(
            2,
            &format!(
                "Left out: {}. What deals can lead to one after the other, or what stays put, is too much here to be asked again for every move.",
                words::list(&ids)
            ),
        );
    }
    if !influences.found.is_empty() {
        page.table(
            &["Number", "Now", "Basis", "Moved to", "Then"],
            influences.found.iter().map(|influence| row(case, influence)).collect(),
        );
    }
    page.heading("WHAT EVERY NUMBER RESTS ON");
    by_basis(&mut page, case);
    let unsourced: Vec<NumberPlace> =
        numbers(case).into_iter().filter(|number| number.of(case).evidence.sources.is_empty()).collect();
    page.heading("NUMBERS WITHOUT A SOURCE");
    if unsourced.is_empty() {
        page.paragraph(2, "None.");
    } else {
        grouped(&mut page, case, &unsourced);
    }
    page.heading("SOURCES NEVER CITED");
    let never = sources_never_cited(case);
    page.paragraph(2, &if never.is_empty() { "None.".to_owned() } else { words::list(&never) });
    page.finish()
}

/// The word for what a number rests on.
pub(crate) fn basis(evidence: &Evidence) -> &'static str {
    evidence.basis.unwrap_or(Basis::Assumption).word()
}

fn row(case: &Case, influence: &Influence) -> Vec<String> {
    let quantity = influence.number.of(case);
    let mut ends: Vec<(String, Vec<String>)> = Vec::new();
    for flip in &influence.flips {
        let at = flip.at.to_string();
        match ends.last_mut().filter(|(end, _)| *end == at) {
            Some((_, changes)) => changes.push(flip_words(case, flip)),
            None => ends.push((at, vec![flip_words(case, flip)])),
        }
    }
    let (at, then): (Vec<String>, Vec<String>) = ends
        .into_iter()
        .map(|(at, changes)| (format!("{at}{}", "\n".repeat(changes.len() - 1)), changes.join("\n")))
        .unzip();
    vec![
        format!("{}\n{}", influence.number.owner(case), influence.number.key(case)),
        quantity.value.to_string(),
        basis(&quantity.evidence).to_owned(),
        at.join("\n"),
        then.join("\n"),
    ]
}

/// What a flip means, in few words.
fn flip_words(case: &Case, flip: &Flip) -> String {
    match flip.answer {
        Answer::Deal(track, deals) => {
            let becomes = match flip.becomes {
                Some(true) => "has a deal",
                Some(false) => "has no deal",
                None => "cannot be computed",
            };
            format!("{} {becomes}", words::table_name(case, track, deals))
        }
        Answer::Claim(claim) => format!("{} {}", case.claims[claim].id, flip.status().word()),
    }
}

fn by_basis(page: &mut Page, case: &Case) {
    let mut groups: BTreeMap<Basis, Vec<NumberPlace>> = BTreeMap::new();
    for number in numbers(case) {
        groups.entry(number.of(case).evidence.basis.unwrap_or(Basis::Assumption)).or_default().push(number);
    }
    // The weakest first.
    for (basis, group) in groups.into_iter().rev() {
        page.paragraph(
            2,
            &format!("{}: {}", words::capital(basis.word()), words::counted(group.len() as u64, "number")),
        );
        grouped(page, case, &group);
    }
}

/// Numbers under what they are numbers of, each with its value.
fn grouped(page: &mut Page, case: &Case, group: &[NumberPlace]) {
    let mut owners: Vec<(String, Vec<String>)> = Vec::new();
    for number in group {
        let owner = number.owner(case);
        let text = format!("{} {}", number.key(case), number.of(case).value);
        match owners.last_mut().filter(|(last, _)| *last == owner) {
            Some((_, keys)) => keys.push(text),
            None => owners.push((owner, vec![text])),
        }
    }
    for (owner, keys) in owners {
        page.item("    ", &format!("{owner}: {}", keys.join(", ")));
    }
}
