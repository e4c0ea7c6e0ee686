//! Words, numbers and signs of conditions, edits and checks.

use super::fragment::Fragment;
use super::names::is_id_character;
use crate::diagnostic::Span;

/// One sign of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Letters, digits, `-` and `_`: a name, a keyword, or a number without a point.
    Word(&'a str),
    /// Text between quotes, without them.
    Quoted(&'a str),
    /// Punctuation.
    Symbol(&'static str),
    /// A quote that is never closed.
    Unclosed,
    /// A character the language does not have.
    Stray(char),
    /// The end of the text.
    End,
}

/// Longer symbols before those they start with.
const SYMBOLS: &[&str] = &[
    "==", "!=", "<=", ">=", "<>", "+=", "-=", "*=", "&&", "||", "=", "<", ">", "(", ")", "{", "}", "[", "]", ",", ".",
    ";", ":", "!",
];

/// The tokens of a fragment, read one by one.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'a> {
    pub(super) fragment: Fragment<'a>,
    list: Vec<(Token<'a>, Span)>,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(fragment: Fragment<'a>) -> Self {
        let text = fragment.text;
        let mut list = Vec::new();
        let mut at = 0;
        while let Some(character) = text[at..].chars().next() {
            if character.is_whitespace() {
                at += character.len_utf8();
                continue;
            }
            let (token, length) = token(&text[at..], character);
            list.push((token, at..at + length));
            at += length;
        }
        list.push((Token::End, text.trim_end().len()..text.len()));
        Tokens { fragment, list, at: 0 }
    }

    /// Whether there are no tokens at all.
    pub(super) fn is_empty(&self) -> bool {
        self.list.len() == 1
    }

    /// The next token.
    pub(super) fn peek(&self) -> Token<'a> {
        self.peek_at(0)
    }

    /// The token `ahead` places after the next.
    pub(super) fn peek_at(&self, ahead: usize) -> Token<'a> {
        self.list.get(self.at + ahead).map_or(Token::End, |(token, _)| *token)
    }

    /// Where the next token stands in the fragment.
    pub(super) fn range(&self) -> Span {
        self.list[self.at].1.clone()
    }

    /// Where the next token stands in the file.
    pub(super) fn span(&self) -> Span {
        match (self.peek(), self.at) {
            // At the end there is nothing to point at but what stands before it.
            (Token::End, 0) => self.fragment.span(),
            (Token::End, _) => self.fragment.part(self.last_range()),
            _ => self.fragment.part(self.range()),
        }
    }

    /// Where the token before stands in the fragment.
    pub(super) fn last_range(&self) -> Span {
        self.list[self.at.saturating_sub(1)].1.clone()
    }

    /// Goes on to the next token.
    pub(super) fn advance(&mut self) {
        self.at = (self.at + 1).min(self.list.len() - 1);
    }

    /// Whether the token `ahead` follows the one before it without a gap.
    pub(super) fn touches(&self, ahead: usize) -> bool {
        let end = |at: usize| self.list.get(at).map(|(_, range)| range.end);
        let start = |at: usize| self.list.get(at).map(|(_, range)| range.start);
        self.at + ahead > 0 && end(self.at + ahead - 1) == start(self.at + ahead)
    }
}

/// The token a text starts with, and its length in bytes.
fn token(text: &str, first: char) -> (Token<'_>, usize) {
    if is_word_start(text, first) {
        let mut end = 0;
        for (at, character) in text.char_indices() {
            // In `leverage-=0.1` the operator ends the word.
            if !is_id_character(character) || text[at..].starts_with("-=") {
                break;
            }
            end = at + character.len_utf8();
        }
        return (Token::Word(&text[..end]), end);
    }
    if matches!(first, '"' | '\'') {
        return match text[1..].find(first) {
            Some(end) => (Token::Quoted(&text[1..=end]), end + 2),
            None => (Token::Unclosed, text.trim_end().len()),
        };
    }
    match SYMBOLS.iter().find(|symbol| text.starts_with(**symbol)) {
        Some(symbol) => (Token::Symbol(symbol), symbol.len()),
        None => (Token::Stray(first), first.len_utf8()),
    }
}

fn is_word_start(text: &str, first: char) -> bool {
    is_id_character(first) && !text.starts_with("-=")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token<'_>> {
        Tokens::new(Fragment::whole(text)).list.into_iter().map(|(token, _)| token).collect()
    }

    #[test]
    fn operators_end_words_with_or_without_a_gap() {
        use Token::{End, Symbol, Word};
        let expected = [Word("tie"), Symbol("."), Word("a-b"), Symbol("-="), Word("0"), Symbol("."), Word("1"), End];
        assert_eq!(tokens("tie.a-b-=0.1"), expected);
        assert_eq!(tokens("tie.a-b -= 0.1"), expected);
        assert_eq!(tokens("a=-0.25"), [Word("a"), Symbol("="), Word("-0"), Symbol("."), Word("25"), End]);
        assert_eq!(tokens("x>=1e-3"), [Word("x"), Symbol(">="), Word("1e-3"), End]);
    }

    #[test]
    fn texts_end_at_their_own_quote() {
        assert_eq!(tokens("a = \"it's\""), [Token::Word("a"), Token::Symbol("="), Token::Quoted("it's"), Token::End]);
        assert_eq!(tokens("a = 'b"), [Token::Word("a"), Token::Symbol("="), Token::Unclosed, Token::End]);
    }
}
