//! The words of a `.nfg` file.

use winset_case::Span;

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A text in quotes.
    Text(String),
    /// Anything else: a number, mostly.
    Word,
}

/// A word with its place.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// The words of a text, white space and commas left out; or where a quote is not closed.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Span> {
    let mut found = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, character)) = rest.next() {
        let kind = match character {
            ',' => continue,
            _ if character.is_whitespace() => continue,
            '{' => Kind::Open,
            '}' => Kind::Close,
            '"' => {
                let mut said = String::new();
                loop {
                    match rest.next() {
                        Some((_, '"')) => break,
                        Some((_, '\\')) if matches!(rest.peek(), Some((_, '"' | '\\'))) => {
                            said.extend(rest.next().map(|(_, escaped)| escaped));
                        }
                        Some((_, other)) => said.push(other),
                        None => return Err(start..text.len()),
                    }
                }
                Kind::Text(said)
            }
            _ => {
                let ends = |other: char| other.is_whitespace() || ",{}\"".contains(other);
                while rest.next_if(|(_, other)| !ends(*other)).is_some() {}
                Kind::Word
            }
        };
        let end = rest.peek().map_or(text.len(), |(end, _)| *end);
        found.push(Token { kind, span: start..end });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_commas() {
        let text = r#"NFG 1 "a \"b\" {" {1,-2/3}"#;
        let found = tokens(text).unwrap();
        let kinds: Vec<&Kind> = found.iter().map(|token| &token.kind).collect();
        let said = Kind::Text("a \"b\" {".to_owned());
        assert_eq!(kinds, [&Kind::Word, &Kind::Word, &said, &Kind::Open, &Kind::Word, &Kind::Word, &Kind::Close]);
        assert_eq!(&text[found[5].span.clone()], "-2/3");
        assert_eq!(tokens("NFG \"open").unwrap_err(), 4..9);
    }
}
