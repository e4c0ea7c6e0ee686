//! From text to TOML: what is not valid is reported, and the rest is read as far as possible.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::diagnostic::{Code, Diagnostic, Span};

/// How often a line that stops the parser is skipped to read what follows it.
const SKIPPED_LINES: usize = 32;

/// How many syntax errors are reported: who has more needs another kind of help.
const REPORTED: usize = 100;

/// A text with the lines taken out that the parser cannot get past, and what is wrong with it.
pub(crate) struct Readable {
    /// As long as the file, byte for byte; spans into it are spans into the file.
    pub(crate) text: String,
    /// What is not valid, each mistake once.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Every place where something is not valid, in order.
    pub(crate) errors: Vec<Span>,
}

/// Finds what can be read of a file.
pub(crate) fn readable(file: &str) -> Readable {
    let mut text = file.to_owned();
    let mut found: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for _ in 0..=SKIPPED_LINES {
        let (_, errors) = DeTable::parse_recoverable(&text);
        let stop = errors.iter().find(|error| error.message().starts_with("key with no value")).and_then(Error::span);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            found.entry((span.start, span.end)).or_insert_with(|| error.message().to_owned());
        }
        match stop {
            Some(span) => blank_line(&mut text, span.start),
            None => break,
        }
    }
    if found.is_empty() {
        return Readable { text, diagnostics: Vec::new(), errors: Vec::new() };
    }
    let found: Vec<(Span, String)> = found.into_iter().map(|((start, end), message)| (start..end, message)).collect();
    let unclosed = unclosed(&text, DeTable::parse_recoverable(&text).0.get_ref());
    let mut diagnostics = mistakes(file, &found, unclosed.as_ref());
    diagnostics.extend(unclosed.map(|span| {
        let (what, close) = if file[span.clone()].starts_with('[') { ("list", "]") } else { ("table", "}") };
        let message = format!("this {what} is never closed");
        Diagnostic::error(Code::Syntax, span.start..span.start + 1, message, format!("close it with `{close}`"))
    }));
    Readable { text, diagnostics, errors: found.into_iter().map(|(span, _)| span).collect() }
}

/// Replaces the line around an offset by spaces, so that all spans stay.
fn blank_line(text: &mut String, offset: usize) {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    text.replace_range(start..end, &" ".repeat(end - start));
}

/// The first error on each line, since the parser stumbles on over one mistake; none in a list or table that is never
/// closed, since there that is the mistake.
fn mistakes(file: &str, found: &[(Span, String)], unclosed: Option<&Span>) -> Vec<Diagnostic> {
    let line_ends: Vec<usize> = file.match_indices('\n').map(|(at, _)| at).collect();
    let mut last_line = None;
    let mut diagnostics = Vec::new();
    for (span, message) in found {
        if diagnostics.len() == REPORTED {
            break;
        }
        let line = line_ends.partition_point(|&end| end < span.start);
        let inside = unclosed.is_some_and(|unclosed| unclosed.start < span.start && span.start <= unclosed.end);
        if last_line != Some(line) && !inside {
            diagnostics.push(explain(file, span.clone(), message));
        }
        last_line = Some(line);
    }
    diagnostics
}

/// The first list or table in braces that swallowed what follows because it is never closed.
fn unclosed(text: &str, table: &DeTable<'_>) -> Option<Span> {
    table.iter().filter_map(|(_, value)| unclosed_value(text, value)).min_by_key(|span| span.start)
}

fn unclosed_value(text: &str, value: &Spanned<DeValue<'_>>) -> Option<Span> {
    let span = value.span();
    let written = &text[span.clone()];
    let (inner, last_end) = match value.get_ref() {
        DeValue::Array(items) => {
            let inner = items.iter().filter_map(|item| unclosed_value(text, item)).min_by_key(|span| span.start);
            (inner, items.iter().map(|item| item.span().end).max())
        }
        DeValue::Table(table) => (unclosed(text, table), table.iter().map(|(_, value)| value.span().end).max()),
        _ => return None,
    };
    // The span of a section is its header, and that of a list of sections the header of the first.
    let is_section = |value: &Spanned<DeValue<'_>>| value.get_ref().is_table() && !text[value.span()].starts_with('{');
    let close = match value.get_ref() {
        DeValue::Array(items) if !items.first().is_some_and(is_section) => ']',
        DeValue::Table(_) if !is_section(value) => '}',
        _ => return inner,
    };
    let closed = written.len() > 1 && written.ends_with(close) && last_end.is_none_or(|end| end < span.end);
    if closed { inner } else { Some(span) }
}

/// Puts a parser's message into plain words, with a way to mend it.
fn explain(file: &str, span: Span, message: &str) -> Diagnostic {
    let text = file.get(span.clone()).unwrap_or("");
    let at = |code, message: &str, help: &str| Diagnostic::error(code, span.clone(), message, help);
    if message.starts_with("duplicate key") {
        return duplicate(file, &span, text);
    }
    if message.starts_with("invalid date") || message.starts_with("invalid time") {
        return at(Code::BadDate, &format!("`{text}` is not a date of the calendar"), "write it as `2017-12-12`");
    }
    if message.starts_with("key with no value") {
        return at(Code::Syntax, "this key has no value", "write `key = value`, or start the line with `#`");
    }
    if message.starts_with("unclosed table") || message.starts_with("unclosed array table") {
        let rest = file[span.start..].lines().next().unwrap_or("");
        if let Some(end) = rest.find(']').filter(|_| !rest.starts_with(['[', '='])) {
            let message = format!("`{}` may not stand in a section name", rest[..end].trim());
            let help = "ids are letters, digits, `-` and `_`; a `name` may be any text";
            let start = span.start + rest.len() - rest.trim_start().len();
            return Diagnostic::error(Code::Syntax, start..span.start + end, message, help);
        }
        return at(Code::Syntax, "this section name is never closed", "close it with `]`");
    }
    if message.starts_with("invalid boolean") || message.starts_with("string values must be quoted") {
        if text.is_empty() {
            return at(Code::Syntax, "a value is missing", "write a value after the `=`, or delete the line");
        }
        return at(Code::Syntax, &format!("`{text}` is not in quotes"), &format!("write `\"{text}\"`"));
    }
    if message.contains("unquoted key") {
        let help = "keys are letters, digits, `-` and `_`; put any other key in quotes";
        return at(Code::Syntax, &format!("`{text}` cannot be a key"), help);
    }
    if message.contains("string") {
        let message = "this text is not closed";
        return at(
            Code::Syntax,
            message,
            "end it with the quote it starts with; a quote inside needs the other kind around",
        );
    }
    if message.contains("escape") {
        return at(
            Code::Syntax,
            "this is no character",
            "write `\\\\` for a backslash, or put the text in single quotes",
        );
    }
    if message.starts_with("unexpected key or value") {
        let help = "start a new line; text with quotes inside needs the other kind of quotes around it";
        return at(Code::Syntax, "nothing may follow the value on its line", help);
    }
    at(Code::Syntax, message, "see https://toml.io for how a value is written")
}

fn duplicate(file: &str, span: &Span, key: &str) -> Diagnostic {
    let line_start = file[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = file[line_start..].lines().next().unwrap_or("").trim();
    let is_header = line.starts_with('[');
    // The first one stands before, in the same section unless it is a section itself.
    let from = if is_header { 0 } else { file[..line_start].rfind("\n[").unwrap_or(0) };
    let mut offset = from;
    let mut first = None;
    for other in file[from..line_start].split_inclusive('\n') {
        let trimmed = other.trim_start();
        let rest = trimmed.strip_prefix(key).map(str::trim_start);
        let same = if is_header { trimmed.trim_end() == line } else { rest.is_some_and(|rest| rest.starts_with('=')) };
        if same {
            let start = offset + (other.len() - trimmed.len());
            first = Some(start..start + if is_header { line.len() } else { key.len() });
        }
        offset += other.len();
    }
    let message =
        if is_header { format!("the section `{line}` stands twice") } else { format!("`{key}` stands twice") };
    let diagnostic = Diagnostic::error(Code::Duplicate, span.clone(), message, "keep one of them, or rename one");
    match first {
        Some(first) => diagnostic.label(first, "first here"),
        None => diagnostic,
    }
}
