//! What stands in a file, with every comment and the blank lines between.

use toml_parser::Source;
use toml_parser::decoder::Encoding;
use toml_parser::parser::{Event, EventKind, parse_document};

/// A file.
pub(super) struct Document {
    /// Which line ends it has.
    pub(super) newline: &'static str,
    /// Comments before everything else, and about the whole.
    pub(super) head: Vec<Line>,
    pub(super) sections: Vec<Section>,
    /// Comments after everything else.
    pub(super) foot: Vec<Line>,
}

/// A line that holds no content.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Line {
    Blank,
    Comment(String),
}

/// What stands under a header, or before the first.
#[derive(Default)]
pub(super) struct Section {
    /// What stands above the header, and belongs to it.
    pub(super) lead: Vec<Line>,
    pub(super) header: Option<Header>,
    pub(super) body: Vec<Item<Pair>>,
}

pub(super) struct Header {
    pub(super) keys: Vec<String>,
    /// Whether it is written `[[…]]`.
    pub(super) is_list: bool,
    pub(super) comment: Option<String>,
}

/// An entry of a section, a list or a table in braces, or a line between two.
pub(super) enum Item<T> {
    Line(Line),
    Entry { entry: T, comment: Option<String> },
}

pub(super) struct Pair {
    pub(super) keys: Vec<String>,
    pub(super) value: Value,
}

pub(super) enum Value {
    /// As it is to be written.
    Plain(String),
    List(Vec<Item<Value>>),
    /// A table in braces, and whether it stands on several lines.
    Table(Vec<Item<Pair>>, bool),
}

/// Every comment of a text, without what trails it.
pub(super) fn comments(text: &str) -> Vec<String> {
    let comment = |event: &Event| text[event.span().start()..event.span().end()].trim_end().to_owned();
    events(text).iter().filter(|event| event.kind() == EventKind::Comment).map(comment).collect()
}

/// Reads a valid text.
pub(super) fn document(text: &str) -> Document {
    let mut tree = Tree { text, events: events(text), position: 0 };
    let mut document = Document {
        newline: if text.find('\n').is_some_and(|at| text[..at].ends_with('\r')) { "\r\n" } else { "\n" },
        head: Vec::new(),
        sections: Vec::new(),
        foot: Vec::new(),
    };
    let mut section = Section { lead: tree.lines(), ..Section::default() };
    // What is parted by a blank line from what follows is about the whole file, as are words to editors (`#:schema`).
    let is_about_all = |line: &Line| match line {
        Line::Blank => true,
        Line::Comment(comment) => comment.starts_with("#:"),
    };
    if let Some(last) = section.lead.iter().rposition(is_about_all) {
        let rest = section.lead.split_off(last + 1);
        document.head = std::mem::replace(&mut section.lead, rest);
    }
    while let Some(kind) = tree.kind() {
        if kind == EventKind::SimpleKey {
            let entry = tree.pair();
            let comment = tree.comment_beside();
            section.body.push(Item::Entry { entry, comment });
        } else {
            let header = tree.header();
            if section.header.is_some() || !section.body.is_empty() {
                let next = leading(&mut section.body);
                document.sections.push(std::mem::take(&mut section));
                section.lead = next;
            }
            section.header = Some(header);
        }
        section.body.extend(tree.lines().into_iter().map(Item::Line));
    }
    document.foot = parted(&mut section.body).into_iter().skip_while(|line| *line == Line::Blank).collect();
    if section.header.is_none() && section.body.is_empty() {
        document.head.extend(section.lead);
    } else {
        document.sections.push(section);
    }
    document
}

/// Takes the lines at the end of a section that belong to what follows it: those after the first blank line.
fn parted(body: &mut Vec<Item<Pair>>) -> Vec<Line> {
    let entries = body.iter().rposition(|item| matches!(item, Item::Entry { .. })).map_or(0, |last| last + 1);
    let blank = body[entries..].iter().position(|item| matches!(item, Item::Line(Line::Blank)));
    lines_from(body, blank.map_or(body.len(), |blank| entries + blank))
}

/// The same, or all of them where none is blank.
fn leading(body: &mut Vec<Item<Pair>>) -> Vec<Line> {
    let parted = parted(body);
    if !parted.is_empty() {
        return parted.into_iter().skip_while(|line| *line == Line::Blank).collect();
    }
    let entries = body.iter().rposition(|item| matches!(item, Item::Entry { .. })).map_or(0, |last| last + 1);
    lines_from(body, entries)
}

fn lines_from(body: &mut Vec<Item<Pair>>, start: usize) -> Vec<Line> {
    let lines = body.split_off(start).into_iter().filter_map(|item| match item {
        Item::Line(line) => Some(line),
        Item::Entry { .. } => None,
    });
    lines.collect()
}

/// The events of a text, without the space between.
fn events(text: &str) -> Vec<Event> {
    let tokens = Source::new(text).lex().into_vec();
    let mut events = Vec::new();
    let mut receive = |event: Event| {
        if event.kind() != EventKind::Whitespace {
            events.push(event);
        }
    };
    parse_document(&tokens, &mut receive, &mut ());
    events
}

struct Tree<'t> {
    text: &'t str,
    events: Vec<Event>,
    position: usize,
}

impl Tree<'_> {
    fn kind(&self) -> Option<EventKind> {
        self.events.get(self.position).map(Event::kind)
    }

    fn next(&mut self) -> Option<Event> {
        let event = self.events.get(self.position).copied();
        self.position += 1;
        event
    }

    fn written(&self, event: &Event) -> &str {
        &self.text[event.span().start()..event.span().end()]
    }

    /// Lines without content, from the beginning of a line on.
    fn lines(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        loop {
            match self.kind() {
                Some(EventKind::Newline) => {
                    self.position += 1;
                    lines.push(Line::Blank);
                }
                Some(EventKind::Comment) => lines.push(Line::Comment(self.comment())),
                _ => return lines,
            }
        }
    }

    /// A comment, to the end of its line.
    fn comment(&mut self) -> String {
        let event = self.events[self.position];
        self.position += 1;
        let comment = self.written(&event).trim_end().to_owned();
        self.end_of_line();
        comment
    }

    /// The comment that stands on the line after what was just read, to the end of the line.
    fn comment_beside(&mut self) -> Option<String> {
        if self.kind() == Some(EventKind::Comment) {
            return Some(self.comment());
        }
        self.end_of_line();
        None
    }

    fn end_of_line(&mut self) {
        if self.kind() == Some(EventKind::Newline) {
            self.position += 1;
        }
    }

    fn header(&mut self) -> Header {
        let is_list = self.next().is_some_and(|event| event.kind() == EventKind::ArrayTableOpen);
        let keys = self.keys(&[EventKind::StdTableClose, EventKind::ArrayTableClose]);
        Header { keys, is_list, comment: self.comment_beside() }
    }

    /// The parts of a key, up to and over what ends it.
    fn keys(&mut self, ends: &[EventKind]) -> Vec<String> {
        let mut keys = Vec::new();
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::SimpleKey => keys.push(key(self.written(&event), event.encoding())),
                kind if ends.contains(&kind) => break,
                _ => {}
            }
        }
        keys
    }

    fn pair(&mut self) -> Pair {
        let keys = self.keys(&[EventKind::KeyValSep]);
        Pair { keys, value: self.value() }
    }

    fn value(&mut self) -> Value {
        let Some(event) = self.next() else { return Value::Plain(String::new()) };
        match event.kind() {
            EventKind::ArrayOpen => Value::List(self.items(EventKind::ArrayClose, Self::value).0),
            EventKind::InlineTableOpen => {
                let (items, on_lines) = self.items(EventKind::InlineTableClose, Self::pair);
                Value::Table(items, on_lines)
            }
            _ => Value::Plain(plain(self.written(&event), event.encoding())),
        }
    }

    /// The entries up to and over what closes them, and whether they stand on several lines.
    fn items<T>(&mut self, close: EventKind, read: impl Fn(&mut Self) -> T) -> (Vec<Item<T>>, bool) {
        let mut items: Vec<Item<T>> = Vec::new();
        let mut newlines = 0;
        let mut on_lines = false;
        while let Some(kind) = self.kind() {
            match kind {
                EventKind::Newline => {
                    self.position += 1;
                    newlines += 1;
                    on_lines = true;
                    if newlines == 2 && !items.is_empty() {
                        items.push(Item::Line(Line::Blank));
                    }
                }
                EventKind::Comment => {
                    let text = self.comment();
                    match items.last_mut() {
                        Some(Item::Entry { comment: beside @ None, .. }) if newlines == 0 => *beside = Some(text),
                        _ => items.push(Item::Line(Line::Comment(text))),
                    }
                    newlines = 1;
                    on_lines = true;
                }
                EventKind::ValueSep => self.position += 1,
                kind if kind == close => {
                    self.position += 1;
                    break;
                }
                _ => {
                    let entry = read(self);
                    items.push(Item::Entry { entry, comment: None });
                    newlines = 0;
                }
            }
        }
        (items, on_lines)
    }
}

/// A part of a key: without quotes where it needs none.
fn key(written: &str, encoding: Option<Encoding>) -> String {
    let Some(inner) = encoding.and(written.get(1..written.len() - 1)) else { return written.to_owned() };
    let is_bare = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    if !inner.is_empty() && inner.chars().all(is_bare) { inner.to_owned() } else { plain(written, encoding) }
}

/// A value as it is to be written: text in double quotes, unless it holds some and nothing else that needs a backslash.
fn plain(written: &str, encoding: Option<Encoding>) -> String {
    let inner = || written.get(1..written.len() - 1).unwrap_or("");
    match encoding {
        Some(Encoding::LiteralString) if !inner().contains(['"', '\\']) => format!("\"{}\"", inner()),
        Some(Encoding::BasicString) if inner().contains('\\') => {
            let read = inner().replace("\\\"", "\"");
            // Whatever backslash is left stood for something else, or before one that did.
            if read.contains(['\\', '\'']) { written.to_owned() } else { format!("'{read}'") }
        }
        _ => written.to_owned(),
    }
}
