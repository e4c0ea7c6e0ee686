//! Writing a file out again.

use super::tree::{Document, Header, Item, Line, Pair, Section, Value};

/// Columns within which a list stands on one line.
const WIDTH: usize = 140;

/// What stands before each entry of a list or table on several lines.
const INDENT: &str = "    ";

pub(super) fn document(document: &Document) -> String {
    let mut writer = Writer { text: String::new(), newline: document.newline };
    writer.block(&document.head);
    for section in &document.sections {
        writer.section(section);
    }
    writer.block(&document.foot);
    while writer.text.ends_with(['\n', '\r']) {
        writer.text.pop();
    }
    if !writer.text.is_empty() {
        writer.text.push_str(document.newline);
    }
    writer.text
}

struct Writer {
    text: String,
    newline: &'static str,
}

impl Writer {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push_str(self.newline);
    }

    /// One blank line, unless there is one or nothing stands before it.
    fn part(&mut self) {
        let blank = [self.newline, self.newline].concat();
        if !self.text.is_empty() && !self.text.ends_with(&blank) {
            self.text.push_str(self.newline);
        }
    }

    /// Comments with a blank line around them.
    fn block(&mut self, lines: &[Line]) {
        self.part();
        self.lines(lines);
        self.part();
    }

    fn lines(&mut self, lines: &[Line]) {
        for line in lines {
            match line {
                Line::Blank => self.part(),
                Line::Comment(comment) => self.line(comment),
            }
        }
    }

    fn section(&mut self, section: &Section) {
        self.part();
        self.lines(&section.lead);
        if let Some(Header { keys, is_list, comment }) = &section.header {
            let name = keys.join(".");
            let header = if *is_list { format!("[[{name}]]") } else { format!("[{name}]") };
            self.line(&beside(header, comment.as_ref()));
        }
        // A blank line parts entries from each other, not from their header.
        let mut after_entry = section.header.is_none();
        for item in &section.body {
            match item {
                Item::Line(Line::Blank) if !after_entry => {}
                Item::Line(Line::Blank) => self.part(),
                Item::Line(Line::Comment(comment)) => {
                    self.line(comment);
                    after_entry = true;
                }
                Item::Entry { entry, comment } => {
                    let written = self.pair(entry, 0, false);
                    self.line(&beside(written, comment.as_ref()));
                    after_entry = true;
                }
            }
        }
    }

    fn pair(&self, pair: &Pair, depth: usize, in_braces: bool) -> String {
        let start = format!("{} = ", pair.keys.join("."));
        let room =
            if in_braces { usize::MAX } else { WIDTH.saturating_sub(depth * INDENT.len() + start.chars().count()) };
        let value = self.value(&pair.value, depth, room);
        start + &value
    }

    /// A value, where its line has so many columns left.
    fn value(&self, value: &Value, depth: usize, room: usize) -> String {
        match value {
            Value::Plain(text) => text.clone(),
            Value::List(items) => {
                let entries = items.iter().filter(|item| matches!(item, Item::Entry { .. })).count();
                match on_one_line(items) {
                    Some(line) if entries < 2 || line.chars().count() <= room => line,
                    _ => self.on_lines('[', items, depth, ']', |entry, depth| {
                        self.value(entry, depth, WIDTH.saturating_sub(depth * INDENT.len()))
                    }),
                }
            }
            Value::Table(items, true) => {
                self.on_lines('{', items, depth, '}', |pair, depth| self.pair(pair, depth, false))
            }
            Value::Table(items, false) => {
                let entries = items.iter().filter_map(|item| match item {
                    Item::Entry { entry, .. } => Some(self.pair(entry, depth, true)),
                    Item::Line(_) => None,
                });
                let entries: Vec<String> = entries.collect();
                if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
            }
        }
    }

    /// One entry a line.
    fn on_lines<T>(
        &self,
        open: char,
        items: &[Item<T>],
        depth: usize,
        close: char,
        write: impl Fn(&T, usize) -> String,
    ) -> String {
        let indent = INDENT.repeat(depth + 1);
        let mut text = format!("{open}{}", self.newline);
        let last = items.iter().rposition(|item| !matches!(item, Item::Line(Line::Blank)));
        for item in items.iter().take(last.map_or(0, |last| last + 1)) {
            match item {
                Item::Line(Line::Blank) => {}
                Item::Line(Line::Comment(comment)) => text += &format!("{indent}{comment}"),
                Item::Entry { entry, comment } => {
                    text += &beside(format!("{indent}{},", write(entry, depth + 1)), comment.as_ref());
                }
            }
            text.push_str(self.newline);
        }
        text + &INDENT.repeat(depth) + &close.to_string()
    }
}

/// What is written with the comment that stands beside it.
fn beside(written: String, comment: Option<&String>) -> String {
    match comment {
        Some(comment) => format!("{written}  {comment}"),
        None => written,
    }
}

/// A list on one line, if no comment stands in it and nothing in it needs more.
fn on_one_line(items: &[Item<Value>]) -> Option<String> {
    let entry = |item: &Item<Value>| match item {
        Item::Line(Line::Blank) => None,
        Item::Line(Line::Comment(_)) | Item::Entry { comment: Some(_), .. } => Some(None),
        Item::Entry { entry, comment: None } => Some(match entry {
            Value::List(items) => on_one_line(items),
            value => {
                let line = Writer { text: String::new(), newline: "\n" }.value(value, 0, usize::MAX);
                (!line.contains('\n')).then_some(line)
            }
        }),
    };
    let entries: Option<Vec<String>> = items.iter().filter_map(entry).collect();
    Some(format!("[{}]", entries?.join(", ")))
}
