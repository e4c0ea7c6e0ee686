//! The order of sections.

use crate::format::SECTIONS;

use super::tree::{Document, Line, Section};

/// Puts kinds of sections in order, each with the comments above it. Within a kind nothing moves: which comes first is part of what a case says.
pub(super) fn put_in_order(document: &mut Document) {
    if !document.sections.iter().any(has_heading) && !ends_with_remark(document) {
        document.sections.sort_by_key(place);
    }
}

fn place(section: &Section) -> usize {
    match section.header.as_ref().and_then(|header| header.keys.first()) {
        // Keys before every section cannot stand anywhere else.
        None => 0,
        // What the reference does not have comes last.
        Some(kind) => 1 + SECTIONS.iter().position(|section| section.table.name == kind).unwrap_or(SECTIONS.len()),
    }
}

/// Whether a comment stands by itself above the section: it may be about all that follows.
fn has_heading(section: &Section) -> bool {
    section.lead.iter().any(|line| matches!(line, Line::Blank))
}

/// Whether a comment stands by itself at the end of the file.
fn ends_with_remark(document: &Document) -> bool {
    !document.foot.is_empty()
}
