//! JSON as a tree. `serde_json` decides whether the text is JSON; what is left is to note where everything stands.

use std::rc::Rc;

use crate::finding::{Code, Findings};
use crate::tree::{DEPTH_LIMIT, Kind, NODE_LIMIT, Node};

/// The tree of a JSON text.
pub(crate) fn read(text: &str, file: usize, findings: &mut Findings) -> Option<Rc<Node>> {
    read_up_to(NODE_LIMIT, text, file, findings)
}

/// The tree of a JSON text that holds at most so many values.
pub(crate) fn read_up_to(limit: usize, text: &str, file: usize, findings: &mut Findings) -> Option<Rc<Node>> {
    // Every value but the first follows a comma, a colon or a bracket.
    if text.bytes().filter(|byte| b",:[{".contains(byte)).count() > limit {
        let message = format!("this file has more than {limit} values");
        findings.error(Code::TooLarge, (file, 0..0), message, "no file of its kind is that large");
        return None;
    }
    if let Err(error) = serde_json::from_str::<serde_json::Value>(text) {
        let line = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let mut at = (line + error.column().saturating_sub(1)).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or("").to_owned();
        let help = "write the file again with the program it comes from, or mend it here";
        findings.error(Code::NotWellFormed, (file, at..at), format!("this is not JSON: {reason}"), help);
        return None;
    }
    let mut reader = Reader { text, at: 0, too_deep: None };
    let node = reader.value(0);
    if let Some(at) = reader.too_deep {
        let message = format!("this nests more than {DEPTH_LIMIT} deep");
        findings.error(Code::Refused, (file, at..at + 1), message, "no domain or profile nests like this");
        return None;
    }
    Some(Rc::new(node))
}

/// A reader of text that is known to be JSON.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    too_deep: Option<usize>,
}

impl Reader<'_> {
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(b'}')
    }

    fn skip(&mut self, skipped: &[u8]) {
        while skipped.contains(&self.byte()) && self.at < self.text.len() {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Node {
        self.skip(b" \t\r\n");
        let start = self.at;
        if depth > DEPTH_LIMIT {
            self.too_deep.get_or_insert(start);
            self.at = self.text.len();
            return Node { span: start..start, kind: Kind::Sequence(Vec::new()) };
        }
        let kind = match self.byte() {
            b'{' => {
                self.at += 1;
                let mut entries = Vec::new();
                loop {
                    self.skip(b" \t\r\n,");
                    if self.byte() == b'}' {
                        break;
                    }
                    let key = Rc::new(self.value(depth + 1));
                    self.skip(b" \t\r\n:");
                    entries.push((key, Rc::new(self.value(depth + 1))));
                }
                self.at += 1;
                Kind::Mapping(entries)
            }
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.skip(b" \t\r\n,");
                    if matches!(self.byte(), b']' | b'}') {
                        break;
                    }
                    items.push(Rc::new(self.value(depth + 1)));
                }
                self.at += 1;
                Kind::Sequence(items)
            }
            b'"' => {
                self.at += 1;
                while self.byte() != b'"' {
                    self.at += if self.byte() == b'\\' { 2 } else { 1 };
                }
                self.at += 1;
                let text = serde_json::from_str(&self.text[start..self.at]).unwrap_or_default();
                Kind::Scalar { text, plain: false }
            }
            _ => {
                while !b" \t\r\n,]}".contains(&self.byte()) {
                    self.at += 1;
                }
                Kind::Scalar { text: self.text[start..self.at].to_owned(), plain: true }
            }
        };
        self.at = self.at.min(self.text.len());
        Node { span: start..self.at, kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_its_place_and_numbers_their_digits() {
        let text = "{\n \"é\": [0.50000620591183125, \"a\\\"}\\u00e9\", null, {}, []],\n\t\"b\":{\"c\":-1e-3}}";
        let mut findings = Findings::default();
        let node = read(text, 0, &mut findings).unwrap();
        let items = node.get("é").unwrap().items().unwrap();
        assert_eq!(items[0].text(), Some("0.50000620591183125"));
        assert_eq!(&text[items[0].span.clone()], "0.50000620591183125");
        assert_eq!(items[1].text(), Some("a\"}é"));
        assert!(items[2].is_null());
        assert_eq!(node.get("b").unwrap().get("c").unwrap().text(), Some("-1e-3"));
        assert_eq!(node.span, 0..text.len());
    }
}
