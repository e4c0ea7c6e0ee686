//! The files a case is made of, put together into one text and one document.
//!
//! Their texts stand one after the other with one byte between, and spans count through all of them. This crate reads no disk: what a path
//! holds is said by whoever asks for the case.

use toml::de::DeTable;

use super::csv::{Sheet, sheet};
use super::document::{Content, Table};
use super::fragment::Fragment;
use super::limits;
use super::report::Report;
use super::syntax;
use crate::diagnostic::{Code, Diagnostic, SourceText, Span};

/// Gives the text of a file of the case by its path within the case's folder, or says in a few words why it cannot be had.
pub type Load<'l> = dyn FnMut(&str) -> Result<String, String> + 'l;

/// The files read so far.
pub(super) struct Files<'l> {
    pub(super) sources: Vec<SourceText>,
    /// How many of them are TOML.
    pub(super) documents: usize,
    /// All texts, one after the other; lines the parser cannot get past are blank.
    pub(super) text: String,
    /// Where something is not valid, in order.
    pub(super) errors: Vec<Span>,
    load: &'l mut Load<'l>,
}

impl<'l> Files<'l> {
    pub(super) fn new(load: &'l mut Load<'l>) -> Self {
        Files { sources: Vec::new(), documents: 0, text: String::new(), errors: Vec::new(), load }
    }

    /// A TOML file of the case. Nothing if it is too large; that is reported.
    pub(super) fn document(&mut self, source: SourceText, found: &mut Vec<Diagnostic>) -> Option<Table> {
        if self.text.len() + source.text.len() > limits::FILE {
            let message =
                format!("the case has {} bytes, more than this version can hold", self.text.len() + source.text.len());
            let help = format!("keep it below {} bytes", limits::FILE);
            found.push(Diagnostic::error(Code::TooLarge, 0..0, message, help));
            return None;
        }
        let readable = syntax::readable(&source.text);
        let start = self.add(source, &readable.text);
        self.documents += 1;
        let table = Table::of_file(DeTable::parse_recoverable(&readable.text).0.get_ref(), &readable.text, start);
        let shift = |span: &Span| span.start + start..span.end + start;
        self.errors.extend(readable.errors.iter().map(shift));
        found.extend(readable.diagnostics.into_iter().map(|mut diagnostic| {
            diagnostic.span = shift(&diagnostic.span);
            diagnostic.labels.iter_mut().for_each(|label| label.span = shift(&label.span));
            diagnostic
        }));
        Some(table)
    }

    /// Adds a file; gives the place of its first byte.
    fn add(&mut self, source: SourceText, readable: &str) -> usize {
        if !self.sources.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(readable);
        self.sources.push(source);
        start
    }

    /// The text of a file the case names, or a mistake.
    fn fetch(&mut self, path: &str, span: &Span) -> Result<SourceText, Diagnostic> {
        let refuse = |why: &str, help: &str| {
            Err(Diagnostic::error(Code::BadFile, span.clone(), format!("`{path}` {why}"), help))
        };
        let parts: Vec<&str> = path.split('/').collect();
        if path.starts_with('/')
            || path.contains(['\\', ':'])
            || parts.iter().any(|part| ["", ".", ".."].contains(part))
        {
            return refuse(
                "is not a path within the case's folder",
                "name it from the folder of the case down, as in `data/rounds.csv`",
            );
        }
        if self.sources.iter().any(|known| known.name == path) {
            return refuse("is read already", "name every file once");
        }
        match (self.load)(path) {
            Ok(text) if self.text.len() + text.len() <= limits::FILE => Ok(SourceText { name: path.to_owned(), text }),
            Ok(_) => refuse("is more than this version can hold", "keep all files of a case together below 16 MiB"),
            Err(why) => refuse(&why, "every file a case names stands in its own folder, as UTF-8 text"),
        }
    }

    /// The files `[case]` lists, joined with the first into one document.
    pub(super) fn listed(&mut self, document: &mut Table, found: &mut Vec<Diagnostic>) {
        let Some(Content::Table(case)) = document.get("case").map(|entry| &entry.node.content) else { return };
        let Some(Content::List(items)) = case.get("files").map(|entry| &entry.node.content) else { return };
        let paths: Vec<(String, Span)> =
            items.iter().filter_map(|item| Some((item.as_text()?.to_owned(), item.span.clone()))).collect();
        for (path, span) in paths {
            match self.fetch(&path, &span) {
                Ok(source) => {
                    if let Some(more) = self.document(source, found) {
                        join(document, more, "", found);
                    }
                }
                Err(diagnostic) => found.push(diagnostic),
            }
        }
    }

    /// A table of cells the case names.
    pub(super) fn sheet(&mut self, path: Fragment<'_>, report: &mut Report) -> Option<Sheet> {
        match self.fetch(path.text, &path.span()) {
            Ok(source) => {
                let text = source.text.clone();
                let start = self.add(source, &text);
                sheet(&text, start, report)
            }
            Err(diagnostic) => {
                report.push(diagnostic);
                None
            }
        }
    }
}

/// Adds what another file declares. What both declare is reported.
fn join(document: &mut Table, more: Table, path: &str, found: &mut Vec<Diagnostic>) {
    for entry in more.entries {
        let name = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
        let Some(known) = document.get_mut(&entry.key) else {
            document.entries.push(entry);
            continue;
        };
        match (&mut known.node.content, entry.node.content) {
            (Content::Table(known), Content::Table(more)) if path.is_empty() => join(known, more, &name, found),
            (Content::List(known), Content::List(more)) if path.is_empty() => known.extend(more),
            _ => {
                let message = format!("`{name}` stands in two files");
                let diagnostic =
                    Diagnostic::error(Code::Duplicate, entry.key_span, message, "keep one of them, or rename one");
                found.push(diagnostic.label(known.key_span.clone(), "first here"));
            }
        }
    }
}
