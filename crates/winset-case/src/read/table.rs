//! A typed walk over one TOML table: each key is asked for once, and what nobody asked for is reported.

use super::document::{Content, Node, Table};
use super::fragment::{File, Fragment};
use super::report::{Report, closest, list};
use super::unsupported::unsupported_key;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::format;

/// A table of the case file.
#[derive(Debug)]
pub(super) struct Section<'a> {
    file: File<'a>,
    /// How messages name it, such as `[actor.government]`.
    pub(super) name: String,
    pub(super) span: Span,
    /// In the order of the file, and whether somebody asked for it.
    fields: Vec<(Field<'a>, bool)>,
    /// What was asked for.
    asked: Vec<&'static str>,
    /// Whether there is no table at all, which was reported where that was found.
    hollow: bool,
}

/// A key of a table with its value.
#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    file: File<'a>,
    pub(super) key: &'a str,
    pub(super) key_span: Span,
    pub(super) content: &'a Content,
    pub(super) span: Span,
    is_section: bool,
}

impl<'a> Section<'a> {
    pub(super) fn new(file: File<'a>, name: String, table: &'a Table, span: Span) -> Self {
        let fields = table.entries.iter().map(|entry| {
            let Node { content, span, is_section } = &entry.node;
            let (key_span, span) = (entry.key_span.clone(), span.clone());
            (Field { file, key: &entry.key, key_span, content, span, is_section: *is_section }, false)
        });
        Section { file, name, span, fields: fields.collect(), asked: Vec::new(), hollow: false }
    }

    /// What stands where a table should: it lacks everything, and nobody is told so again.
    pub(super) fn hollow(file: File<'a>, name: String, span: Span) -> Self {
        Section { file, name, span, fields: Vec::new(), asked: Vec::new(), hollow: true }
    }

    /// The value of a key, unless it is absent or broken.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Field<'a>> {
        self.asked.push(key);
        let (field, taken) = self.fields.iter_mut().find(|(field, _)| field.key == key)?;
        *taken = true;
        (!field.is_broken()).then(|| field.clone())
    }

    /// The value of a key that has to be there.
    pub(super) fn require(&mut self, key: &'static str, report: &mut Report) -> Option<Field<'a>> {
        let field = self.take(key);
        if field.is_none() && !self.hollow {
            report.absence(Diagnostic::error(
                Code::MissingKey,
                self.span.clone(),
                format!("`{}` has no `{key}`", self.name),
                format!("add a line `{key} = …`"),
            ));
        }
        field
    }

    /// Every field nobody asked for yet, broken ones included; they count as asked for from now on.
    pub(super) fn rest(&mut self) -> Vec<Field<'a>> {
        let open = self.fields.iter_mut().filter(|(_, taken)| !taken);
        open.map(|(field, taken)| {
            *taken = true;
            field.clone()
        })
        .collect()
    }

    /// The part of the table under these keys, as a table of its own; they count as asked for here.
    pub(super) fn split(&mut self, keys: &[&str]) -> Section<'a> {
        let mut part = Section::hollow(self.file, self.name.clone(), self.span.clone());
        for (field, taken) in self.fields.iter_mut().filter(|(field, _)| keys.contains(&field.key)) {
            *taken = true;
            part.fields.push((field.clone(), false));
        }
        part
    }

    /// A field without asking for it.
    pub(super) fn get(&self, key: &str) -> Option<&Field<'a>> {
        self.fields.iter().map(|(field, _)| field).find(|field| field.key == key)
    }

    /// All fields without asking for them.
    pub(super) fn fields(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().map(|(field, _)| field)
    }

    /// Reports every key nobody asked for. `table` says which keys there are: only those are to be asked for.
    pub(super) fn finish(mut self, table: &'static format::Table, report: &mut Report) {
        let unlisted = self.asked.iter().find(|asked| !table.names().any(|name| name == **asked));
        debug_assert_eq!(unlisted, None, "a key of `{}` that its description lacks", table.name);
        let known: Vec<&str> = table.names().collect();
        for field in self.rest() {
            report.unknown_key(table.name, &self.name, &field, &known);
        }
    }
}

impl Report {
    /// Reports a key the format does not have, or this version does not support.
    pub(super) fn unknown_key(&mut self, table: &str, name: &str, field: &Field<'_>, known: &[&str]) {
        if field.has_broken_key() {
            return;
        }
        let (code, message, help) = match unsupported_key(table, field.key) {
            Some(help) => (
                Code::NotSupportedYet,
                format!("`{}` in `{name}` is not supported in this version", field.key),
                help.to_owned(),
            ),
            None => (
                Code::UnknownKey,
                format!("`{name}` has no key `{}`", field.key),
                self.suggest(field.key, known.iter().copied(), "delete it"),
            ),
        };
        self.error(code, field.key_span.clone(), message, help);
    }
}

impl<'a> Field<'a> {
    /// Whether its value was not read as it was meant.
    pub(super) fn is_broken(&self) -> bool {
        !self.is_section && self.file.is_broken(&self.span)
    }

    /// Whether its key was not read as it was meant.
    pub(super) fn has_broken_key(&self) -> bool {
        self.file.is_broken(&self.key_span)
    }

    fn wrong_type(&self, expected: &str, help: &str, report: &mut Report) {
        let found = plain_type(self.content);
        let message = format!("`{}` must be {expected}, not {found}", self.key);
        report.error(Code::WrongType, self.span.clone(), message, help);
    }

    /// The value as text.
    pub(super) fn text(&self, report: &mut Report) -> Option<Fragment<'a>> {
        let text = self.as_text();
        if text.is_none() {
            self.wrong_type("text", "put it in quotes: `\"…\"`", report);
        }
        text
    }

    /// The value as text if it is one.
    pub(super) fn as_text(&self) -> Option<Fragment<'a>> {
        match self.content {
            Content::Text(text) => Some(self.file.fragment(text, self.span.clone())),
            _ => None,
        }
    }

    /// The value as text that says something.
    pub(super) fn words(&self, report: &mut Report) -> Option<String> {
        let text = self.text(report)?;
        if text.text.trim().is_empty() {
            let message = format!("`{}` is empty", self.key);
            report.error(Code::WrongType, self.span.clone(), message, "write it out in a few words");
            return None;
        }
        Some(text.text.to_owned())
    }

    /// The value as a list of texts.
    pub(super) fn texts(&self, report: &mut Report) -> Option<Vec<Fragment<'a>>> {
        let Content::List(_) = self.content else {
            self.wrong_type("a list", &format!("write `{} = [\"…\", \"…\"]`", self.key), report);
            return None;
        };
        Self::all_texts(&self.items(), report)
    }

    /// The value as one text or a list of texts.
    pub(super) fn one_or_more(&self, report: &mut Report) -> Option<Vec<Fragment<'a>>> {
        match self.content {
            Content::Text(_) => self.as_text().map(|text| vec![text]),
            Content::List(_) => Self::all_texts(&self.items(), report),
            _ => {
                self.wrong_type("text or a list of texts", "put each in quotes: `\"…\"`", report);
                None
            }
        }
    }

    fn all_texts(items: &[Field<'a>], report: &mut Report) -> Option<Vec<Fragment<'a>>> {
        let expected = items.len();
        let texts: Vec<_> = items.iter().filter_map(|item| item.text(report)).collect();
        (texts.len() == expected).then_some(texts)
    }

    /// The entries of a list, as fields under the same key; nothing if it is no list.
    pub(super) fn items(&self) -> Vec<Field<'a>> {
        let Content::List(items) = self.content else { return Vec::new() };
        let field = |node: &'a Node| Field {
            content: &node.content,
            span: node.span.clone(),
            is_section: node.is_section,
            ..self.clone()
        };
        items.iter().map(field).collect()
    }

    /// The value as true or false.
    pub(super) fn flag(&self, report: &mut Report) -> Option<bool> {
        let flag = match self.content {
            Content::Flag(flag) => Some(*flag),
            _ => None,
        };
        if flag.is_none() {
            self.wrong_type("`true` or `false`", "write `true` or `false` without quotes", report);
        }
        flag
    }

    /// The value as a table, which messages call `name`.
    pub(super) fn table(&self, name: String, report: &mut Report) -> Option<Section<'a>> {
        let table = self.as_table(name);
        if table.is_none() {
            self.wrong_type("a table", "give it a section of its own, or write `{ … }`", report);
        }
        table
    }

    /// The value as a table if it is one.
    pub(super) fn as_table(&self, name: String) -> Option<Section<'a>> {
        match self.content {
            Content::Table(table) => Some(Section::new(self.file, name, table, self.span.clone())),
            _ => None,
        }
    }

    /// The value as a table; where it is none, that is reported and a table without content returned.
    pub(super) fn body(&self, name: String, report: &mut Report) -> Section<'a> {
        let hollow = Section::hollow(self.file, name.clone(), self.span.clone());
        if self.is_broken() { hollow } else { self.table(name, report).unwrap_or(hollow) }
    }

    /// The value as a list of tables; `header` is how one of them starts.
    pub(super) fn tables(&self, header: &str, report: &mut Report) -> Vec<Section<'a>> {
        let help = format!("start each entry with `[[{header}]]`");
        let Content::List(_) = self.content else {
            self.wrong_type("a list of tables", &help, report);
            return Vec::new();
        };
        let mut sections = Vec::new();
        for item in self.items() {
            match item.as_table(format!("[[{header}]]")) {
                Some(section) => sections.push(section),
                None => {
                    item.wrong_type("a list of tables", &help, report);
                    sections.push(Section::hollow(self.file, format!("[[{header}]]"), item.span.clone()));
                }
            }
        }
        sections
    }

    /// A whole number as it is written, or an error.
    pub(super) fn whole_number(&self, report: &mut Report) -> Option<i64> {
        match self.content {
            Content::Integer(number, true) => number.parse().ok(),
            _ => {
                self.wrong_type("a whole number", "write it in digits without quotes", report);
                None
            }
        }
    }

    /// Reports that the value is no number.
    pub(super) fn not_a_number(&self, report: &mut Report) {
        let help = "write a number such as `0.3`, or a range such as `{ low = 0.1, mode = 0.3, high = 0.6 }`";
        self.wrong_type("a number", help, report);
    }
}

/// Reads a word from a closed list.
pub(super) fn word<T>(
    text: &Fragment<'_>,
    what: &str,
    words: &[&str],
    from_word: impl Fn(&str) -> Option<T>,
    report: &mut Report,
) -> Option<T> {
    let found = from_word(text.text);
    if found.is_none() {
        let help = match closest(text.text, words.iter().copied()) {
            Some(word) => format!("did you mean `{word}`?"),
            None => format!("write one of {}", list(words.iter().copied())),
        };
        report.error(Code::UnknownWord, text.span(), format!("`{}` is not a {what}", text.text), help);
    }
    found
}

/// The type of a value in plain words.
fn plain_type(content: &Content) -> &'static str {
    match content {
        Content::Text(_) => "text",
        Content::Integer(..) | Content::Float(_) => "a number",
        Content::Flag(_) => "true or false",
        Content::Date(_) => "a date",
        Content::List(_) => "a list",
        Content::Table(_) => "a table",
    }
}
