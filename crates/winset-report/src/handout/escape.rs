//! Text of a case in HTML: whoever wrote it, it stays text.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escape("<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
        assert_eq!(escape("a\u{202e}b\u{0}"), "a[U+202E]b[U+0000]");
    }
}
