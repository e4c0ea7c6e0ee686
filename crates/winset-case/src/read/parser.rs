//! What the parsers of conditions, edits and checks share.

use super::Reader;
use super::fragment::Fragment;
use super::lexer::{Token, Tokens};
use super::names::Kind;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{BenchmarkReading, Comparison, Decimal, DecimalError, IssueId};

/// How deep a text may be nested: deep enough for people, and safe for every walk over what was read.
const DEPTH: usize = 64;

/// The words that cannot be names.
pub(super) const RESERVED: [&str; 11] =
    ["not", "and", "or", "implies", "if", "iff", "in", "true", "false", "with", "among"];

/// A mistake in the grammar, which was reported: what follows in the text cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stop;

/// What was read, unless there is a mistake in the grammar.
pub(super) type Parsed<T> = Result<T, Stop>;

/// A parser over one text of the file.
///
/// A mistake in the grammar stops it. A mistake in a name is reported and read over, so that all wrong names of a text
/// are found at once.
pub(super) struct Parser<'r, 'a> {
    pub(super) reader: &'r mut Reader,
    pub(super) tokens: Tokens<'a>,
    depth: usize,
}

/// A name with its place.
#[derive(Debug, Clone)]
pub(super) struct Name<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
    /// Whether it was written in quotes.
    pub(super) quoted: bool,
}

impl<'r, 'a> Parser<'r, 'a> {
    pub(super) fn new(reader: &'r mut Reader, fragment: Fragment<'a>) -> Self {
        Parser { reader, tokens: Tokens::new(fragment), depth: 0 }
    }

    pub(super) fn error(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.reader.report.error(code, span, message, help);
    }

    /// Reports a mistake in the grammar at the next token.
    pub(super) fn stop<T>(&mut self, expected: &str, help: &str) -> Parsed<T> {
        let span = self.tokens.span();
        let (message, help) = match self.tokens.peek() {
            Token::Unclosed => ("this quote is never closed".to_owned(), "end the quoted text with the same quote"),
            Token::Symbol("==") => ("`==` is not an operator here".to_owned(), "write `=`"),
            Token::Symbol("&&") => ("`&&` is not an operator here".to_owned(), "write `and`"),
            Token::Symbol("||") => ("`||` is not an operator here".to_owned(), "write `or`"),
            Token::Symbol("!") => ("`!` is not an operator here".to_owned(), "write `not`"),
            Token::Symbol("<>") => ("`<>` is not an operator here".to_owned(), "write `!=`"),
            Token::End if self.tokens.is_empty() => (format!("nothing stands where {expected} should"), help),
            Token::End => (format!("the text ends where {expected} should follow"), help),
            token => (format!("{} stands where {expected} should", describe(token)), help),
        };
        self.error(Code::BadExpression, span, message, help);
        Err(Stop)
    }

    /// Goes on over a symbol if it is next.
    pub(super) fn accept(&mut self, symbol: &str) -> bool {
        let next = matches!(self.tokens.peek(), Token::Symbol(found) if found == symbol);
        if next {
            self.tokens.advance();
        }
        next
    }

    /// Goes on over a keyword if it is next.
    pub(super) fn accept_word(&mut self, word: &str) -> bool {
        let next = matches!(self.tokens.peek(), Token::Word(found) if found == word);
        if next {
            self.tokens.advance();
        }
        next
    }

    /// Goes on over a symbol that has to be next.
    pub(super) fn expect(&mut self, symbol: &str, help: &str) -> Parsed<()> {
        if self.accept(symbol) { Ok(()) } else { self.stop(&format!("`{symbol}`"), help) }
    }

    /// A name, in quotes or not.
    pub(super) fn name(&mut self, what: &str) -> Parsed<Name<'a>> {
        let span = self.tokens.span();
        let (text, quoted) = match self.tokens.peek() {
            Token::Word(text) => (text, false),
            Token::Quoted(text) => (text, true),
            _ => return self.stop(what, &format!("write {what} here")),
        };
        self.tokens.advance();
        Ok(Name { text, span, quoted })
    }

    /// Reads what is nested in what is being read, up to a limit.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == DEPTH {
            let message = format!("this is nested more than {DEPTH} deep");
            self.error(
                Code::TooLarge,
                self.tokens.span(),
                message,
                "name parts of it in `[define]`, and use the names",
            );
            return Err(Stop);
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// An operator that compares, if one is next.
    pub(super) fn comparison(&mut self) -> Option<Comparison> {
        let Token::Symbol(symbol) = self.tokens.peek() else { return None };
        let comparison = Comparison::from_word(symbol)?;
        self.tokens.advance();
        Some(comparison)
    }

    /// Whether a number is next.
    pub(super) fn at_number(&self) -> bool {
        let Token::Word(word) = self.tokens.peek() else { return false };
        word.trim_start_matches('-').starts_with(|character: char| character.is_ascii_digit())
    }

    /// The range in the fragment of the number that is next, its point and decimals included.
    pub(super) fn number_range(&mut self) -> Span {
        let mut range = self.tokens.range();
        let fraction =
            matches!(self.tokens.peek_at(2), Token::Word(word) if word.starts_with(|c: char| c.is_ascii_digit()));
        let point = self.tokens.peek_at(1) == Token::Symbol(".") && self.tokens.touches(1) && self.tokens.touches(2);
        self.tokens.advance();
        if point && fraction {
            self.tokens.advance();
            range.end = self.tokens.range().end;
            self.tokens.advance();
        }
        range
    }

    /// A number.
    pub(super) fn number(&mut self) -> Parsed<Option<Decimal>> {
        if !self.at_number() {
            return self.stop("a number", "write a number such as `0.3`");
        }
        let range = self.number_range();
        let text = &self.tokens.fragment.text[range.clone()];
        let span = self.tokens.fragment.part(range);
        Ok(self.reader.decimal(text, span))
    }

    /// Skips to the bracket that closes the one just read.
    pub(super) fn skip_arguments(&mut self) -> Parsed<()> {
        let mut open = 1_usize;
        loop {
            match self.tokens.peek() {
                Token::Symbol("(" | "[" | "{") => open += 1,
                Token::Symbol(")" | "]" | "}") => open -= 1,
                Token::End | Token::Unclosed => return self.stop("`)`", "close the bracket"),
                _ => {}
            }
            self.tokens.advance();
            if open == 0 {
                return Ok(());
            }
        }
    }

    /// The end of the text, which has to be next.
    pub(super) fn end(&mut self, expected: &str, help: &str) -> Parsed<()> {
        if self.tokens.peek() == Token::End { Ok(()) } else { self.stop(expected, help) }
    }

    /// A reading of benchmarks.
    pub(super) fn reading(&mut self, name: &Name<'_>) -> Option<BenchmarkReading> {
        let reading = BenchmarkReading::from_word(name.text);
        if reading.is_none() {
            let help = "a reading is `nominal` or `strict`";
            self.error(Code::UnknownWord, name.span.clone(), format!("`{}` is not a reading", name.text), help);
        }
        reading
    }
}

/// A token in words.
fn describe(token: Token<'_>) -> String {
    match token {
        Token::Word(word) => format!("`{word}`"),
        Token::Quoted(text) => format!("the text `\"{text}\"`"),
        Token::Symbol(symbol) => format!("`{symbol}`"),
        Token::Unclosed => "a quote".to_owned(),
        Token::Stray(character) => format!("`{character}`"),
        Token::End => "nothing".to_owned(),
    }
}

impl Reader {
    /// A number from its text, exactly.
    pub(super) fn decimal(&mut self, text: &str, span: Span) -> Option<Decimal> {
        let (code, message, help) = match Decimal::parse(text) {
            Ok(decimal) => return Some(decimal),
            Err(DecimalError::TooManyDecimals) => (
                Code::TooPrecise,
                format!("`{text}` has more than {} decimals", Decimal::PLACES),
                "round it: no estimate is that precise",
            ),
            Err(DecimalError::TooLarge) => (
                Code::TooPrecise,
                format!("`{text}` is larger than {}", Decimal::LIMIT),
                "use a smaller scale: only proportions matter",
            ),
            Err(DecimalError::NotANumber) => {
                (Code::OutOfRange, format!("`{text}` is not a number"), "write digits such as `0.3`")
            }
        };
        self.report.error(code, span, message, help);
        None
    }

    /// Something that is declared, by its id.
    pub(super) fn find(&mut self, kind: Kind, name: &str, span: Span) -> Option<usize> {
        let found = self.names.of(kind).get(name);
        match found {
            Some(index) => {
                self.used.insert((kind, index));
            }
            None => self.unknown(kind.noun(), name, span, |names| names.of(kind).iter().collect()),
        }
        found
    }

    /// Reports a name that is not declared.
    pub(super) fn unknown(
        &mut self,
        what: &str,
        name: &str,
        span: Span,
        candidates: impl Fn(&super::names::Names) -> Vec<&str>,
    ) {
        if self.names.may_be_unread(name) {
            return;
        }
        let candidates = candidates(&self.names);
        let help = self.report.suggest(name, candidates.into_iter(), &format!("this case declares no {what}"));
        let message = format!("no {what} is called `{name}`");
        self.report.push(Diagnostic::error(Code::UnknownName, span, message, help));
    }

    /// An option of an issue.
    pub(super) fn option(&mut self, issue: IssueId, option: &str, span: Span) -> Option<usize> {
        let options = self.names.options[issue.0].as_ref()?;
        let found = options.iter().position(|candidate| candidate == option);
        if found.is_none() {
            let what = format!("option of `{}`", self.names.of(Kind::Issue).id(issue.0));
            self.unknown(&what, option, span, |names| {
                names.options[issue.0].iter().flatten().map(String::as_str).collect()
            });
        }
        found
    }
}
