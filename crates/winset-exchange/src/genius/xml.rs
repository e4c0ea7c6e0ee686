//! XML as it is found: with text before its declaration, and with places for every complaint.

use roxmltree::{Document, Error, Node, ParsingOptions};

use crate::finding::{Code, Findings, Place};
use crate::number::{Number, parse};

/// The most elements, attributes and texts of one file.
const NODE_LIMIT: u32 = 1_000_000;
/// How deep elements may nest.
const DEPTH_LIMIT: usize = 200;

/// How many attributes an element may have.
const ATTRIBUTE_LIMIT: usize = 1000;

/// What a file is, going by its outermost element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Root {
    Domain,
    Profile,
}

/// A parsed file.
pub(crate) struct Page<'t> {
    pub(crate) file: usize,
    /// Bytes of the file before the XML.
    offset: usize,
    pub(crate) document: Document<'t>,
}

/// Parses a file of a GENIUS scenario; what stands before the XML is left out with a warning.
pub(crate) fn open<'t>(text: &'t str, file: usize, findings: &mut Findings) -> Option<Page<'t>> {
    let offset = text.find("<?xml").or_else(|| text.find('<')).unwrap_or(0);
    if !text[..offset].trim().is_empty() {
        let start = text.len() - text.trim_start().len();
        let end = start + text[start..offset].lines().next().unwrap_or("").len();
        findings.warning(
            Code::Repaired,
            (file, start..end),
            "text before the XML was left out",
            "if it says something, keep it in a `note` of the case",
        );
    }
    let body = &text[offset..];
    if let Some((at, what)) = too_much(body) {
        let message = format!("{what}: this file is made to take long");
        let at = offset + at;
        findings.error(Code::Refused, (file, at..at + 1), message, "no domain or profile looks like this");
        return None;
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODE_LIMIT, ..ParsingOptions::default() };
    match Document::parse_with_options(body, options) {
        Ok(document) => Some(Page { file, offset, document }),
        Err(Error::DtdDetected) => {
            let at = offset + body.find("<!DOCTYPE").unwrap_or(0);
            let message = "a document type declaration is refused: entities it declares can expand without end";
            let help = "delete the `<!DOCTYPE …>`; no domain or profile needs one";
            findings.error(Code::Refused, (file, at..(at + 9).min(text.len())), message, help);
            None
        }
        Err(Error::NodesLimitReached) => {
            let message = format!("this file has more than {NODE_LIMIT} elements");
            findings.error(Code::TooLarge, (file, 0..0), message, "no domain or profile is that large");
            None
        }
        Err(error) => {
            let position = error.pos();
            let start: usize =
                body.split_inclusive('\n').take(position.row.saturating_sub(1) as usize).map(str::len).sum();
            let column = position.col.saturating_sub(1) as usize;
            let at = body[start..].char_indices().nth(column).map_or(body.len(), |(at, _)| start + at);
            let reason = error.to_string();
            let reason = reason.rsplit_once(" at ").map_or(reason.as_str(), |(reason, _)| reason);
            let message = format!("this is not well formed XML: {reason}");
            let help = "mend the line; a `&` in a text is written `&amp;`, a `<` is written `&lt;`";
            findings.error(Code::NotWellFormed, (file, offset + at..offset + at), message, help);
            None
        }
    }
}

/// Where elements nest too deep or have too many attributes, going by the signs alone: whoever writes such a file is not to decide how much room and
/// time parsing takes.
fn too_much(text: &str) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    // Equals signs since the last element began. No `<` may stand in an attribute.
    let (mut start, mut signs, mut in_element) = (0, 0_usize, false);
    for (at, &byte) in bytes.iter().enumerate() {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        if byte == b'<' {
            (start, signs, in_element) = (at, 0, !matches!(next, b'!' | b'?'));
        }
        match byte {
            b'<' if next == b'/' => depth = depth.saturating_sub(1),
            b'<' if in_element => depth += 1,
            b'>' if at > 0 && bytes[at - 1] == b'/' => depth = depth.saturating_sub(1),
            b'=' if in_element => signs += 1,
            _ => {}
        }
        if depth > DEPTH_LIMIT {
            return Some((at, format!("elements nest more than {DEPTH_LIMIT} deep")));
        }
        if signs > ATTRIBUTE_LIMIT {
            return Some((start, format!("this element has more than {ATTRIBUTE_LIMIT} attributes")));
        }
    }
    None
}

impl<'t> Page<'t> {
    /// What the file is; `None` if it is nothing of GENIUS's.
    pub(crate) fn root(&self) -> Option<Root> {
        match self.document.root_element().tag_name().name() {
            "negotiation_template" => Some(Root::Domain),
            "utility_space" => Some(Root::Profile),
            _ => None,
        }
    }

    /// Where an element begins: its opening tag.
    pub(crate) fn place(&self, node: Node<'_, '_>) -> Place {
        let range = node.range();
        let text = &self.document.input_text()[range.clone()];
        let length = text.find('>').map_or(text.len(), |at| at + 1);
        (self.file, self.offset + range.start..self.offset + range.start + length)
    }

    /// Where an attribute stands.
    pub(crate) fn attribute_place(&self, node: Node<'_, '_>, name: &str) -> Place {
        match node.attribute_node(name) {
            Some(attribute) => {
                let range = attribute.range();
                (self.file, self.offset + range.start..self.offset + range.end)
            }
            None => self.place(node),
        }
    }

    /// An attribute that has to be there.
    pub(crate) fn require<'a>(&self, node: Node<'a, 't>, name: &str, findings: &mut Findings) -> Option<&'a str> {
        let found = node.attribute(name);
        if found.is_none() {
            let message = format!("`{name}` is missing at this `<{}>`", node.tag_name().name());
            findings.error(Code::Missing, self.place(node), message, format!("write `{name}=\"…\"` into it"));
        }
        found
    }

    /// A number that has to be there.
    pub(crate) fn number(&self, node: Node<'_, 't>, name: &str, findings: &mut Findings) -> Option<Number> {
        let text = self.require(node, name, findings)?;
        let number = parse(text);
        if number.is_none() {
            let message = format!("`{name}` must be a number, and `{text}` is none");
            let help = "write it in decimal digits, such as 0.25";
            findings.error(Code::BadNumber, self.attribute_place(node, name), message, help);
        }
        number
    }

    /// The number of an issue: its index, from 1.
    pub(crate) fn index(&self, node: Node<'_, 't>, findings: &mut Findings) -> Option<u32> {
        let text = self.require(node, "index", findings)?;
        let index = text.trim().parse().ok();
        if index.is_none() {
            let message = format!("`index` must be a whole number, and `{text}` is none");
            let help = "write the number of the issue in the domain, such as 1";
            findings.error(Code::BadNumber, self.attribute_place(node, "index"), message, help);
        }
        index
    }

    /// Elements that stand in the objectives, in the order of the file; not what stands inside of issues.
    pub(crate) fn in_objectives<'a>(&'a self, name: &'static str) -> impl Iterator<Item = Node<'a, 't>> {
        self.document.descendants().filter(move |node| {
            node.has_tag_name(name) && node.parent().is_some_and(|parent| parent.has_tag_name("objective"))
        })
    }

    /// The name under which a text of GENIUS knows an issue, for messages.
    pub(crate) fn called(node: Node<'_, '_>) -> String {
        match (node.attribute("name"), node.attribute("index")) {
            (Some(name), _) => format!("`{}`", name.trim()),
            (None, Some(index)) => format!("issue {index}"),
            _ => "this issue".to_owned(),
        }
    }
}
