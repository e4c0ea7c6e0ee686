//! The canonical layout of a case file: the same content and the same comments, laid out the one way.
//!
//! What is decided here and nowhere else: one blank line between sections and at most one within them; `key = value` with single spaces and nothing
//! aligned; keys without quotes where they need none, text in double quotes unless it holds some; lists on one line where they fit, else one entry a
//! line; tables in braces on the line or lines their author gave them; numbers and texts of several lines as they are written. Sections stand in the
//! order of the reference, if no comment stands by itself between them: such comments are headings, and what they head is the author's to say.

mod order;
mod tree;
mod write;

use toml::de::DeTable;

use crate::diagnostic::Diagnostic;
use crate::read::document::{Content, Table};
use crate::read::syntax;

/// A case file in the canonical layout. Laying it out again changes nothing.
///
/// It says the same: the same content in the same order within each kind of section, and every comment. A file with mistakes in its TOML is refused with
/// what is wrong, and nothing else about it matters: it need not be a whole case.
///
/// # Errors
///
/// What is not valid TOML; spans are byte ranges of `text`.
pub fn lay_out(text: &str) -> Result<String, Vec<Diagnostic>> {
    let mistakes = syntax::readable(text).diagnostics;
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let mut document = tree::document(text);
    order::put_in_order(&mut document);
    let laid_out = write::document(&document);
    // No text is known that this changes; should there be one, it is better left as it is.
    Ok(if says_the_same(text, &laid_out) { laid_out } else { text.to_owned() })
}

/// Whether two texts have the same content and the same comments.
fn says_the_same(before: &str, after: &str) -> bool {
    let parsed = |text: &str| {
        let (table, errors) = DeTable::parse_recoverable(text);
        errors.is_empty().then(|| Table::of_file(table.get_ref(), text, 0))
    };
    let comments = |text: &str| {
        let mut comments = tree::comments(text);
        comments.sort_unstable();
        comments
    };
    let (Some(first), Some(second)) = (parsed(before), parsed(after)) else { return false };
    // Kinds of sections may change places; within each the order is what it was.
    let same_content = first.entries.len() == second.entries.len()
        && first
            .entries
            .iter()
            .all(|entry| second.get(&entry.key).is_some_and(|other| same(&entry.node.content, &other.node.content)));
    same_content && comments(before) == comments(after)
}

fn same(first: &Content, second: &Content) -> bool {
    match (first, second) {
        (Content::Text(a), Content::Text(b))
        | (Content::Float(a), Content::Float(b))
        | (Content::Date(a), Content::Date(b)) => a == b,
        (Content::Integer(a, decimal), Content::Integer(b, other)) => (a, decimal) == (b, other),
        (Content::Flag(a), Content::Flag(b)) => a == b,
        (Content::List(a), Content::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.content, &b.content))
        }
        (Content::Table(a), Content::Table(b)) => {
            a.entries.len() == b.entries.len()
                && a.entries
                    .iter()
                    .zip(&b.entries)
                    .all(|(a, b)| a.key == b.key && same(&a.node.content, &b.node.content))
        }
        _ => false,
    }
}
