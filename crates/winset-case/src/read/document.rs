//! What a file says before anything is made of it: tables, lists and plain values, each with its place.
//!
//! A document owns its content, so that several files, and a file with a reading laid over it, can be put together into one.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Span;

/// A value with its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) content: Content,
    pub(crate) span: Span,
    /// Whether it stands in lines of its own under a header, which is all its span covers.
    pub(crate) is_section: bool,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    Text(String),
    /// A whole number, and whether it is written in decimal digits.
    Integer(String, bool),
    Float(String),
    Flag(bool),
    Date(String),
    List(Vec<Node>),
    Table(Table),
}

/// Keys with their values.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// In the order of the file.
    pub(crate) entries: Vec<Entry>,
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) node: Node,
}

impl Table {
    /// The document of a parsed file whose first byte stands at `start`.
    pub(crate) fn of_file(table: &DeTable<'_>, text: &str, start: usize) -> Self {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_span: shifted(&key.span(), start),
                node: node(value, text, start),
            })
            .collect();
        entries.sort_by_key(|entry| (entry.key_span.start, entry.key_span.end));
        Table { entries }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.key == key)
    }

    /// Takes an entry out.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Entry> {
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at))
    }
}

impl Node {
    pub(crate) fn as_table(&self) -> Option<&Table> {
        match &self.content {
            Content::Table(table) => Some(table),
            _ => None,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A text of its own, as a cell of a table in another file.
    pub(crate) fn text(text: String, span: Span) -> Self {
        Node { content: Content::Text(text), span, is_section: false }
    }
}

fn shifted(span: &Span, start: usize) -> Span {
    span.start + start..span.end + start
}

fn node(value: &Spanned<DeValue<'_>>, text: &str, start: usize) -> Node {
    let is_braced = text.get(value.span()).is_some_and(|written| written.starts_with('{'));
    let content = match value.get_ref() {
        DeValue::String(text) => Content::Text(text.to_string()),
        DeValue::Integer(number) => Content::Integer(number.as_str().to_owned(), number.radix() == 10),
        DeValue::Float(number) => Content::Float(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Content::Flag(*flag),
        DeValue::Datetime(date) => Content::Date(date.to_string()),
        DeValue::Array(items) => Content::List(items.iter().map(|item| node(item, text, start)).collect()),
        DeValue::Table(table) => Content::Table(Table::of_file(table, text, start)),
    };
    let is_section = match &content {
        Content::Table(_) => !is_braced,
        Content::List(items) => items.first().is_some_and(|first| first.as_table().is_some() && first.is_section),
        _ => false,
    };
    Node { content, span: shifted(&value.span(), start), is_section }
}
