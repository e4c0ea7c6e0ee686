//! Conditions: from text to [`Expression`], by recursive descent.
//!
//! ```text
//! iff     := implies [ "iff" iff ]
//! implies := or [ "implies" implies | "if" or ]
//! or      := and { "or" and }
//! and     := not { "and" not }
//! not     := "not" not | primary
//! primary := "(" iff ")" | "true" | "false" | NAME
//!          | ISSUE ( "=" | "!=" ) OPTION | ISSUE "in" "{" OPTION { "," OPTION } "}"
//!          | PREDICATE "(" [ arguments ] ")"
//! ```

use super::Reader;
use super::fragment::Fragment;
use super::lexer::Token;
use super::names::Kind;
use super::parser::{Name, Parsed, Parser, RESERVED, Stop};
use super::place::{Class, Place};
use super::predicates::PREDICATES;
use crate::diagnostic::Code;
use crate::model::{Condition, DefineId, Expression, IssueId};

/// What may follow a complete part of a condition.
const JOINED: &str =
    "join conditions with `and`, `or`, `implies`, `if` or `iff`, and put options of several words in quotes";

/// A part of a condition, and whether it is a group in parentheses.
struct Part {
    expression: Expression,
    grouped: bool,
}

impl Part {
    fn joined(expression: Expression) -> Part {
        Part { expression, grouped: false }
    }
}

/// What stands for a condition with a mistake in it, which was reported.
pub(super) const UNREADABLE: Expression = Expression::Constant(false);

impl Reader {
    /// A condition; nothing after a mistake in it, which is reported.
    pub(super) fn condition(&mut self, fragment: Fragment<'_>, place: Place) -> Option<Condition> {
        let before = self.report.count();
        let expression = Parser::new(self, fragment).whole_condition(place).ok()?;
        let condition = Condition { text: fragment.text.trim().to_owned(), expression };
        (self.report.count() == before).then_some(condition)
    }
}

impl<'a> Parser<'_, 'a> {
    fn whole_condition(&mut self, place: Place) -> Parsed<Expression> {
        let part = self.iff(place)?;
        self.end("`and`, `or` or the end", JOINED)?;
        Ok(match part {
            // A group stays one part, also if it is all there is.
            Part { expression: group @ Expression::And(_), grouped: true } => Expression::And(vec![group]),
            Part { expression, .. } => expression,
        })
    }

    /// A condition that ends where something else goes on, as inside a check.
    pub(super) fn condition_inside(&mut self, place: Place) -> Parsed<Expression> {
        Ok(self.iff(place)?.expression)
    }

    /// `iff` may be grouped either way, since it means the same.
    fn iff(&mut self, place: Place) -> Parsed<Part> {
        let left = self.implies(place)?;
        if !self.accept_word("iff") {
            return Ok(left);
        }
        let right = self.deeper(|parser| parser.iff(place))?;
        Ok(Part::joined(Expression::Iff(Box::new(left.expression), Box::new(right.expression))))
    }

    fn implies(&mut self, place: Place) -> Parsed<Part> {
        let left = self.or(place)?;
        if self.accept_word("if") {
            let right = self.or(place)?;
            return Ok(Part::joined(Expression::Implies(Box::new(right.expression), Box::new(left.expression))));
        }
        if !self.accept_word("implies") {
            return Ok(left);
        }
        let right = self.deeper(|parser| parser.implies(place))?;
        Ok(Part::joined(Expression::Implies(Box::new(left.expression), Box::new(right.expression))))
    }

    fn or(&mut self, place: Place) -> Parsed<Part> {
        let first = self.and(place)?;
        let mut rest = Vec::new();
        while self.accept_word("or") {
            rest.push(self.and(place)?.expression);
        }
        Ok(Self::chain(first, rest, Expression::Or))
    }

    fn and(&mut self, place: Place) -> Parsed<Part> {
        let first = self.not(place)?;
        let mut rest = Vec::new();
        while self.accept_word("and") {
            rest.push(self.not(place)?.expression);
        }
        Ok(Self::chain(first, rest, Expression::And))
    }

    fn chain(first: Part, mut rest: Vec<Expression>, join: fn(Vec<Expression>) -> Expression) -> Part {
        if rest.is_empty() {
            return first;
        }
        rest.insert(0, first.expression);
        Part::joined(join(rest))
    }

    fn not(&mut self, place: Place) -> Parsed<Part> {
        if !self.accept_word("not") {
            return self.primary(place);
        }
        let inner = self.deeper(|parser| parser.not(place))?;
        Ok(Part::joined(Expression::Not(Box::new(inner.expression))))
    }

    fn primary(&mut self, place: Place) -> Parsed<Part> {
        if self.accept("(") {
            let inner = self.deeper(|parser| parser.iff(place))?;
            self.expect(")", "close the bracket")?;
            return Ok(Part { grouped: true, ..inner });
        }
        let Token::Word(word) = self.tokens.peek() else {
            return self.stop("a condition", "write a condition such as `ISSUE = OPTION`");
        };
        if word == "true" || word == "false" {
            self.tokens.advance();
            return Ok(Part::joined(Expression::Constant(word == "true")));
        }
        if RESERVED.contains(&word) {
            return self.stop("a condition", "write a condition such as `ISSUE = OPTION`");
        }
        let name = self.name("a condition")?;
        let expression = match self.tokens.peek() {
            Token::Symbol("(") => self.call(&name, place)?,
            Token::Symbol("=" | "!=") | Token::Word("in") => self.choice(&name, place)?,
            Token::Symbol("<" | "<=" | ">" | ">=") => {
                let help = format!("write `{word} in {{a, b}}`: options have no order");
                return self.stop("`=`, `!=` or `in`", &help);
            }
            Token::End | Token::Symbol(")") => self.defined(&name, place),
            Token::Word(word) if RESERVED.contains(&word) => self.defined(&name, place),
            _ => return self.stop("`=`, `in`, `and`, `or` or the end", JOINED),
        };
        Ok(Part::joined(expression))
    }

    fn defined(&mut self, name: &Name<'_>, place: Place) -> Expression {
        if self.reader.names.of(Kind::Define).get(name.text).is_none() {
            if self.reader.names.of(Kind::Issue).get(name.text).is_some() {
                let message = format!("`{}` is an issue, not a condition", name.text);
                let help = format!("write `{0} = OPTION` or `changed({0})`", name.text);
                self.error(Code::UnknownName, name.span.clone(), message, help);
                return UNREADABLE;
            }
            if PREDICATES.contains(&name.text) {
                let help = format!("write `{}(…)`", name.text);
                self.error(Code::BadExpression, name.span.clone(), format!("`{}` lacks its brackets", name.text), help);
                return UNREADABLE;
            }
        }
        let Some(define) = self.reader.find(Kind::Define, name.text, name.span.clone()) else { return UNREADABLE };
        self.reader.named(place, DefineId(define), name.span.clone());
        Expression::Defined(DefineId(define))
    }

    /// `= OPTION`, `!= OPTION` or `in {OPTION, …}` after the name of an issue.
    fn choice(&mut self, name: &Name<'_>, place: Place) -> Parsed<Expression> {
        let issue = self.reader.find(Kind::Issue, name.text, name.span.clone()).map(IssueId);
        self.reader.predicate(place, Class::Outcome, name.text, name.span.clone());
        let negated = self.tokens.peek() == Token::Symbol("!=");
        let set = self.tokens.peek() == Token::Word("in");
        self.tokens.advance();
        let mut written = Vec::new();
        if set {
            self.expect("{", "write the options as `{a, b}`")?;
            loop {
                written.push(self.option_name()?);
                if !self.accept(",") {
                    break;
                }
            }
            self.expect("}", "close the options with `}`, with commas between")?;
        } else {
            written.push(self.option_name()?);
        }
        let Some(issue) = issue else { return Ok(UNREADABLE) };
        let mut options = Vec::new();
        for option in written {
            let Some(index) = self.reader.option(issue, option.text, option.span.clone()) else { continue };
            if options.contains(&index) {
                let message = format!("`{}` stands twice in the same `{{…}}`", option.text);
                self.error(Code::Duplicate, option.span, message, "keep one of them");
            } else {
                options.push(index);
            }
        }
        options.sort_unstable();
        if negated {
            let all = self.reader.names.options[issue.0].as_ref().map_or(0, Vec::len);
            options = (0..all).filter(|option| !options.contains(option)).collect();
        }
        Ok(Expression::OneOf(issue, options))
    }

    /// An option, which needs quotes unless it is one plain word.
    fn option_name(&mut self) -> Parsed<Name<'a>> {
        let start = self.tokens.range().start;
        let name = self.name("an option")?;
        if name.quoted {
            return Ok(name);
        }
        if RESERVED.contains(&name.text) {
            let help = format!("write `\"{}\"` if that is the option", name.text);
            self.error(Code::BadExpression, name.span, format!("`{}` stands where an option should", name.text), help);
            return Err(Stop);
        }
        let mut range = start..self.tokens.last_range().end;
        let joined = [".", ":"].map(Token::Symbol).contains(&self.tokens.peek());
        if joined || matches!(self.tokens.peek(), Token::Word(word) if !RESERVED.contains(&word)) {
            while matches!(self.tokens.peek(), Token::Word(word) if !RESERVED.contains(&word))
                || matches!(self.tokens.peek(), Token::Symbol("." | ":"))
            {
                range.end = self.tokens.range().end;
                self.tokens.advance();
            }
            let text = &self.tokens.fragment.text[range.clone()];
            let span = self.tokens.fragment.part(range);
            let message = format!("`{text}` is not one plain word");
            self.error(
                Code::BadExpression,
                span,
                message,
                format!("put the option in quotes: `\"{text}\"` or `'{text}'`"),
            );
            return Err(Stop);
        }
        Ok(name)
    }
}
