//! JSON and YAML as one tree, with every text as it stands in the file: numbers are never read through floating point.

use std::rc::Rc;

use winset_case::Span;

use crate::finding::{Code, Findings};
use crate::number::{Number, Written, read};

/// How deep a file may nest.
pub(crate) const DEPTH_LIMIT: usize = 60;

/// How many values a file may hold.
pub(crate) const NODE_LIMIT: usize = 1_000_000;

/// A value with its place.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

#[derive(Debug)]
pub(crate) enum Kind {
    /// A text; `plain` if no quotes say that it is one.
    Scalar {
        text: String,
        plain: bool,
    },
    Sequence(Vec<Rc<Node>>),
    /// In the order of the file.
    Mapping(Vec<(Rc<Node>, Rc<Node>)>),
}

impl Node {
    /// The value of a key; the last, where it stands twice.
    pub(crate) fn get(&self, key: &str) -> Option<&Rc<Node>> {
        let Kind::Mapping(entries) = &self.kind else { return None };
        entries.iter().rev().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    pub(crate) fn entries(&self) -> Option<&[(Rc<Node>, Rc<Node>)]> {
        match &self.kind {
            Kind::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    pub(crate) fn items(&self) -> Option<&[Rc<Node>]> {
        match &self.kind {
            Kind::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// `null`, `~` or nothing at all.
    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Scalar { text, plain: true } if ["null", "Null", "NULL", "~", ""].contains(&text.as_str()))
    }
}

/// A tree with the file it is from and the place to report to.
pub(crate) struct Reading<'f> {
    pub(crate) file: usize,
    pub(crate) findings: &'f mut Findings,
}

impl Reading<'_> {
    pub(crate) fn error(&mut self, code: Code, node: &Node, message: impl Into<String>, help: impl Into<String>) {
        self.findings.error(code, (self.file, node.span.clone()), message, help);
    }

    /// What has to stand under a key.
    pub(crate) fn require<'n>(&mut self, node: &'n Node, key: &str, help: &str) -> Option<&'n Rc<Node>> {
        let found = node.get(key);
        if found.is_none() {
            let start = node.span.start..node.span.start + usize::from(!node.span.is_empty());
            self.findings.error(Code::Missing, (self.file, start), format!("`{key}` is missing here"), help);
        }
        found
    }

    /// A number.
    pub(crate) fn number(&mut self, node: &Node, what: &str) -> Option<Number> {
        match node.text().map(read) {
            Some(Written::Number(number)) => Some(number),
            _ => {
                let shown = node.text().map_or_else(|| "this".to_owned(), |text| format!("`{text}`"));
                let message = format!("{what} must be a number, and {shown} is none");
                self.error(Code::BadNumber, node, message, "write it in decimal digits, such as 0.25");
                None
            }
        }
    }

    /// A list.
    pub(crate) fn items<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Rc<Node>]> {
        let found = node.items();
        if found.is_none() {
            self.error(Code::NotWellFormed, node, format!("{what} must be a list"), "write it as `[…, …]`");
        }
        found
    }

    /// A table of keys, none of them twice.
    pub(crate) fn entries<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [(Rc<Node>, Rc<Node>)]> {
        let Some(entries) = node.entries() else {
            self.error(
                Code::NotWellFormed,
                node,
                format!("{what} must be a table of names and values"),
                "write it as `{…: …}`",
            );
            return None;
        };
        let mut seen = std::collections::BTreeSet::new();
        for (key, _) in entries {
            if !key.text().is_some_and(|text| seen.insert(text)) {
                let message = format!("`{}` stands twice in {what}", key.text().unwrap_or("…"));
                self.error(Code::Duplicate, key, message, "delete one of the two");
            }
        }
        Some(entries)
    }
}
