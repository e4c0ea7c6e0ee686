//! Text of a case in HTML: whoever wrote it, it stays text.

use std::collections::BTreeMap;

/// Text as it may stand between tags, in an attribute in double quotes, and in SVG. Characters that turn the direction of writing, and other control characters, are shown by number.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => push_visible(&mut escaped, letter),
        }
    }
    escaped
}

/// Adds a letter, or its number in brackets where it would not be seen for what it is.
pub(crate) fn push_visible(text: &mut String, letter: char) {
    let turns =
        matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if turns || letter.is_control() && !matches!(letter, '\n' | '\t') {
        text.push_str(&format!("[U+{:04X}]", letter as u32));
    } else {
        text.push(letter);
    }
}

/// Where the numbers of a case stand in the annex, by path.
pub(crate) struct Links(pub(crate) BTreeMap<String, String>);

impl Links {
    /// Running text: escaped, what stands between backticks as code, paths of numbers linked, lines broken where it breaks them.
    pub(crate) fn text(&self, text: &str) -> String {
        let pieces: Vec<&str> = text.split('`').collect();
        let paired = pieces.len() % 2 == 1;
        let mut html = String::new();
        for (number, piece) in pieces.iter().enumerate() {
            let linked = self.linked(piece);
            if !paired {
                html.push_str(if number == 0 { "" } else { "`" });
                html.push_str(&linked);
            } else if number % 2 == 1 {
                html.push_str(&format!("<code>{linked}</code>"));
            } else {
                html.push_str(&linked);
            }
        }
        html.replace('\n', "<br>")
    }

    fn linked(&self, text: &str) -> String {
        let mut html = String::new();
        let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-');
        let mut rest = text;
        while let Some(start) = rest.find(is_part) {
            html.push_str(&escape(&rest[..start]));
            let run = &rest[start..];
            let end = run.find(|letter| !is_part(letter)).unwrap_or(run.len());
            let word = run[..end].trim_end_matches('.');
            match self.0.get(word) {
                Some(anchor) => html.push_str(&format!("<a href=\"#{anchor}\">{}</a>", escape(word))),
                None => html.push_str(&escape(word)),
            }
            html.push_str(&run[word.len()..end]);
            rest = &run[end..];
        }
        html.push_str(&escape(rest));
        html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escape("<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
        assert_eq!(escape("a\u{202e}b\u{0}"), "a[U+202E]b[U+0000]");
    }

    #[test]
    fn a_path_is_linked_and_its_full_stop_is_not() {
        let links = Links(BTreeMap::from([("tie.a.leverage".to_owned(), "n1".to_owned())]));
        assert_eq!(
            links.text("by tie.a.leverage. `<b>`"),
            "by <a href=\"#n1\">tie.a.leverage</a>. <code>&lt;b&gt;</code>"
        );
        assert_eq!(links.text("tie.a.leverages"), "tie.a.leverages");
        assert_eq!(links.text("one ` <tick>"), "one ` &lt;tick&gt;");
    }
}
