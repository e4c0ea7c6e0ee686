//! YAML as a tree. Only texts, lists and tables are read: a tag that asks for anything else is refused by name before what stands under it is looked at.

use std::collections::BTreeMap;
use std::rc::Rc;

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use winset_case::Span;

use crate::finding::{Code, Findings};
use crate::tree::{DEPTH_LIMIT, Kind, NODE_LIMIT, Node};

/// A list or table that is still being read.
struct Open {
    start: usize,
    anchor: usize,
    kind: Kind,
    /// The key whose value comes next.
    key: Option<Rc<Node>>,
}

/// The tree of the first document of a YAML text.
pub(crate) fn read(text: &str, file: usize, findings: &mut Findings) -> Option<Rc<Node>> {
    let bytes = Bytes::of(text);
    let before = findings.count();
    let mut anchors: BTreeMap<usize, Rc<Node>> = BTreeMap::new();
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for (count, event) in Parser::new_from_str(text).enumerate() {
        if count > NODE_LIMIT {
            let message = format!("this file has more than {NODE_LIMIT} values");
            findings.error(Code::TooLarge, (file, 0..0), message, "no domain or profile is that large");
            return None;
        }
        let (event, span) = match event {
            Ok((event, span)) => (event, bytes.at(span.start.index())..bytes.at(span.end.index())),
            Err(error) => {
                let at = bytes.at(error.marker().index());
                let help = "write the file again with the program it comes from, or mend it here";
                let message = format!("this is not YAML: {}", error.info());
                findings.error(Code::NotWellFormed, (file, at..at), message, help);
                return None;
            }
        };
        let (done, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                refuse(tag.as_deref(), file, &span, findings);
                let kind = Kind::Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain };
                (Node { span, kind }, anchor)
            }
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) if open.len() >= DEPTH_LIMIT => {
                let _ = (anchor, tag);
                let message = format!("this nests more than {DEPTH_LIMIT} deep");
                findings.error(Code::Refused, (file, span), message, "no domain or profile nests like this");
                return None;
            }
            Event::SequenceStart(anchor, tag) => {
                refuse(tag.as_deref(), file, &span, findings);
                open.push(Open { start: span.start, anchor, kind: Kind::Sequence(Vec::new()), key: None });
                continue;
            }
            Event::MappingStart(anchor, tag) => {
                refuse(tag.as_deref(), file, &span, findings);
                open.push(Open { start: span.start, anchor, kind: Kind::Mapping(Vec::new()), key: None });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(Open { start, anchor, kind, .. }) = open.pop() else { continue };
                (Node { span: start..span.end.max(start), kind }, anchor)
            }
            Event::Alias(anchor) => {
                // What is named once more is shared, not copied: it takes no room.
                let Some(node) = anchors.get(&anchor) else {
                    let message = "this refers to what it stands in itself";
                    findings.error(Code::Refused, (file, span), message, "write out what is meant");
                    return None;
                };
                let node = Rc::clone(node);
                place(node, &mut open, &mut root);
                continue;
            }
            Event::DocumentEnd => break,
            _ => continue,
        };
        let node = Rc::new(done);
        if anchor > 0 {
            anchors.insert(anchor, Rc::clone(&node));
        }
        place(node, &mut open, &mut root);
    }
    root.filter(|_| findings.count() == before)
}

fn place(node: Rc<Node>, open: &mut [Open], root: &mut Option<Rc<Node>>) {
    match open.last_mut() {
        None => *root = Some(node),
        Some(Open { kind: Kind::Mapping(entries), key, .. }) => match key.take() {
            None => *key = Some(node),
            Some(name) => entries.push((name, node)),
        },
        Some(Open { kind: Kind::Sequence(items), .. }) => items.push(node),
        Some(_) => {}
    }
}

/// Refuses a tag that asks for more than texts, numbers, lists and tables.
fn refuse(tag: Option<&Tag>, file: usize, span: &Span, findings: &mut Findings) {
    let Some(tag) = tag else { return };
    let name = if tag.handle == "tag:yaml.org,2002:" {
        format!("!!{}", tag.suffix)
    } else {
        format!("{}{}", tag.handle, tag.suffix)
    };
    if ["!!str", "!!int", "!!float", "!!null", "!!bool", "!!seq", "!!map", "!"].contains(&name.as_str()) {
        return;
    }
    let message = match name.as_str() {
        "!!binary" => "`!!binary` is refused: it can carry a Python program, and is not decoded".to_owned(),
        python if python.starts_with("!!python") => {
            format!("`{python}` is refused: it asks for a Python object to be made")
        }
        other => format!("the tag `{other}` is refused: it is not plain data"),
    };
    let help = "write the values out as a table (in NegMAS, a `TableFun`) and save the scenario again";
    let end = span.end.min(span.start + 1).max(span.start);
    findings.error(Code::Refused, (file, span.start..end), message, help);
}

/// From counted characters to bytes.
enum Bytes {
    Same(usize),
    Table(Vec<u32>),
}

impl Bytes {
    fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Bytes::Same(text.len());
        }
        Bytes::Table(text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect())
    }

    fn at(&self, character: usize) -> usize {
        match self {
            Bytes::Same(length) => character.min(*length),
            Bytes::Table(table) => table[character.min(table.len() - 1)] as usize,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bytes_and_words_are_never_turned_into_something_else() {
        let text = "é: No\nb: &x [1.10, 'y']\nc: *x\n";
        let mut findings = Findings::default();
        let node = read(text, 0, &mut findings).unwrap();
        assert_eq!(node.get("é").unwrap().text(), Some("No"));
        let items = node.get("c").unwrap().items().unwrap();
        assert_eq!(items[0].text(), Some("1.10"));
        assert_eq!(&text[items[0].span.clone()], "1.10");
    }
}
