//! How large a case may be, checked before anything is built from it.

use super::report::Report;
use super::table::{Field, Section};
use crate::diagnostic::{Code, Span};

/// Bytes of a case file.
pub(super) const FILE: usize = 16 << 20;
/// Entries of one kind: issues, actors, red lines of one actor, …
const ENTRIES: usize = 1000;
/// Moves: each doubles the states of the strategic game.
const MOVES: usize = 60;
/// Options of one issue.
const OPTIONS: usize = 64;
/// Readings: each is a case of its own.
const READINGS: usize = 32;
/// Edits of all levers together: each is compared with each.
const LEVER_EDITS: usize = 4000;

/// Reports what is too large to be held.
pub(super) fn check(root: &Section<'_>, report: &mut Report) {
    for field in root.fields() {
        let count = entries(field);
        let limit = if field.key == "reading" { READINGS } else { ENTRIES };
        at_most(limit, count, &format!("`[{}]` entries", field.key), &field.key_span, report);
    }
    for actor in bodies(root, "actor") {
        for key in ["red_line", "linkage"] {
            list(&actor, key, ENTRIES, "", report);
        }
    }
    for issue in bodies(root, "issue") {
        list(&issue, "options", OPTIONS, " of one issue", report);
    }
    for framework in bodies(root, "framework") {
        list(&framework, "benchmarks", ENTRIES, " of one framework", report);
    }
    if let Some(moves) = root.get("move") {
        at_most(MOVES, entries(moves), "`[move]` entries", &moves.key_span, report);
    }
    let mut lever_edits = 0;
    for lever in bodies(root, "lever") {
        if let Some(edits) = lever.get("edits") {
            lever_edits += entries(edits);
            if lever_edits > LEVER_EDITS {
                at_most(LEVER_EDITS, lever_edits, "`edits` of all levers together", &edits.key_span, report);
                break;
            }
        }
    }
    for option in bodies(root, "option") {
        list(&option, "levers", ENTRIES, " of one option", report);
        list(&option, "edits", ENTRIES, " of one option", report);
    }
    for claim in root.get("claim").map(Field::items).unwrap_or_default() {
        if let Some(claim) = claim.as_table(String::new()) {
            list(&claim, "with", ENTRIES, " of one claim", report);
            list(&claim, "control", ENTRIES, " of one claim", report);
        }
    }
}

fn bodies<'a>(root: &Section<'a>, key: &str) -> Vec<Section<'a>> {
    let Some(table) = root.get(key).and_then(|field| field.as_table(String::new())) else { return Vec::new() };
    table.fields().filter_map(|field| field.as_table(String::new())).collect()
}

fn entries(field: &Field<'_>) -> usize {
    match field.as_table(String::new()) {
        Some(table) => table.fields().count(),
        None => field.items().len(),
    }
}

fn list(section: &Section<'_>, key: &str, limit: usize, of: &str, report: &mut Report) {
    if let Some(field) = section.get(key) {
        at_most(limit, entries(field), &format!("`{key}`{of}"), &field.key_span, report);
    }
}

fn at_most(limit: usize, count: usize, what: &str, span: &Span, report: &mut Report) {
    if count > limit {
        let message = format!("{count} {what} are more than this version can hold");
        report.error(
            Code::TooLarge,
            span.clone(),
            message,
            format!("use at most {limit}, for instance by merging some"),
        );
    }
}
