//! Edits: `PATH OPERATOR VALUE`, where the path is where the thing stands in the file.

use super::Reader;
use super::fragment::Fragment;
use super::lexer::Token;
use super::parser::{Name, Parsed, Parser};
use super::place::Place;
use super::report::list;
use crate::diagnostic::{Code, Span};
use crate::edit::{Change, Edit, NumberTarget, Operator};
use crate::model::{Condition, Decimal};

pub(super) const SET: &[Operator] = &[Operator::Set];
const NUMBER: &[Operator] = &[Operator::Set, Operator::Add, Operator::Subtract, Operator::Multiply];

/// What stands after the operator.
pub(super) enum Value<'a> {
    One(Operand<'a>),
    List(Vec<Name<'a>>),
}

/// One word, number or text.
pub(super) struct Operand<'a> {
    pub(super) name: Name<'a>,
    /// Where its content stands in the fragment.
    pub(super) range: Span,
}

/// An edit being read.
pub(super) struct Draft<'a> {
    pub(super) path: Vec<Name<'a>>,
    /// The path as written.
    pub(super) target: &'a str,
    pub(super) operator: Operator,
    pub(super) operator_span: Span,
    pub(super) value: Value<'a>,
    pub(super) value_span: Span,
    pub(super) span: Span,
}

impl Reader {
    /// One edit, and where it stands; nothing after a mistake in it, which is reported.
    pub(super) fn edit(&mut self, fragment: Fragment<'_>) -> Option<(Edit, Span)> {
        let mut parser = Parser::new(self, fragment);
        let edit = parser.edit().ok()?;
        parser.end("the end", "one edit changes one thing: write the next as an entry of its own").ok()?;
        edit
    }

    /// A list of edits, each with its place.
    pub(super) fn edits(&mut self, texts: Vec<Fragment<'_>>) -> Vec<(Edit, Span)> {
        texts.into_iter().filter_map(|text| self.edit(text)).collect()
    }
}

impl<'a> Parser<'_, 'a> {
    /// `[edit; edit]` after `with`.
    pub(super) fn edit_list(&mut self) -> Parsed<Vec<Edit>> {
        self.expect("[", "write the edits as `with [EDIT; EDIT]`")?;
        let mut edits = Vec::new();
        loop {
            edits.extend(self.edit()?.map(|(edit, _)| edit));
            if !self.accept(";") {
                break;
            }
        }
        self.expect("]", "close the edits with `]`, with `;` between")?;
        Ok(edits)
    }

    /// An edit. Nothing after a mistake in the grammar, nothing inside after any other.
    pub(super) fn edit(&mut self) -> Parsed<Option<(Edit, Span)>> {
        let draft = self.draft()?;
        let before = self.reader.report.count();
        let change = self.change(&draft);
        let text = self.tokens.fragment.text[draft.span.clone()].to_owned();
        let span = self.tokens.fragment.part(draft.span);
        let change = change.filter(|_| self.reader.report.count() == before);
        if change.is_none() {
            self.skip_edit();
        }
        Ok(change.map(|change| {
            self.reader.note_change(&change, &span);
            (Edit { text, change }, span)
        }))
    }

    /// Goes on to the end of an edit with a mistake, so that what is left of it is not reported as well.
    fn skip_edit(&mut self) {
        let mut open = 0_usize;
        loop {
            match self.tokens.peek() {
                Token::End => return,
                Token::Symbol(";" | "]") if open == 0 => return,
                Token::Symbol("(" | "[" | "{") => open += 1,
                Token::Symbol(")" | "]" | "}") => open = open.saturating_sub(1),
                _ => {}
            }
            self.tokens.advance();
        }
    }

    fn draft(&mut self) -> Parsed<Draft<'a>> {
        let start = self.tokens.range().start;
        let mut path = vec![self.name("the path of what to change")?];
        while self.accept(".") {
            path.push(self.name("the next part of the path")?);
        }
        let target = &self.tokens.fragment.text[start..self.tokens.last_range().end];
        let operator_span = self.tokens.span();
        let operator = match self.tokens.peek() {
            Token::Symbol("=") => Operator::Set,
            Token::Symbol("+=") => Operator::Add,
            Token::Symbol("-=") => Operator::Subtract,
            Token::Symbol("*=") => Operator::Multiply,
            _ => return self.stop("`=`, `+=`, `-=` or `*=`", "write an edit as `PATH = VALUE`"),
        };
        self.tokens.advance();
        let from = self.tokens.range().start;
        let value = self.value()?;
        let end = self.tokens.last_range().end;
        let value_span = self.tokens.fragment.part(from..end);
        Ok(Draft { path, target, operator, operator_span, value, value_span, span: start..end })
    }

    fn value(&mut self) -> Parsed<Value<'a>> {
        if self.at_number() {
            let range = self.number_range();
            let text = &self.tokens.fragment.text[range.clone()];
            let name = Name { text, span: self.tokens.fragment.part(range.clone()), quoted: false };
            return Ok(Value::One(Operand { name, range }));
        }
        if !self.accept("[") {
            let outer = self.tokens.range();
            let name = self.name("a value")?;
            let range = if name.quoted { outer.start + 1..outer.end - 1 } else { outer };
            return Ok(Value::One(Operand { name, range }));
        }
        let mut names = Vec::new();
        loop {
            names.push(self.name("a role")?);
            if !self.accept(",") {
                break;
            }
        }
        self.expect("]", "close the list with `]`, with commas between")?;
        Ok(Value::List(names))
    }

    pub(super) fn operator(&mut self, draft: &Draft<'a>, allowed: &[Operator]) -> Option<()> {
        if allowed.contains(&draft.operator) {
            return Some(());
        }
        let message = format!("`{}` cannot be changed with `{}`", draft.target, sign(draft.operator));
        let signs: Vec<_> = allowed.iter().map(|operator| sign(*operator)).collect();
        let help = format!("use {}", list(signs.into_iter()));
        self.error(Code::BadEdit, draft.operator_span.clone(), message, help);
        None
    }

    pub(super) fn single<'d>(
        &mut self,
        draft: &'d Draft<'a>,
        operators: &[Operator],
        what: &str,
    ) -> Option<&'d Operand<'a>> {
        self.operator(draft, operators)?;
        match &draft.value {
            Value::One(operand) => Some(operand),
            Value::List(_) => {
                let message = format!("`{}` takes one value, not a list", draft.target);
                self.error(Code::BadEdit, draft.value_span.clone(), message, format!("write {what}"));
                None
            }
        }
    }

    pub(super) fn amount(&mut self, draft: &Draft<'a>, operators: &[Operator]) -> Option<Decimal> {
        let operand = self.single(draft, operators, "a number")?;
        let text = operand.name.text;
        if operand.name.quoted || Decimal::parse(text) == Err(crate::model::DecimalError::NotANumber) {
            let message = format!("`{}` takes a number, not `{text}`", draft.target);
            self.error(Code::BadEdit, draft.value_span.clone(), message, "write a number such as `0.3`");
            return None;
        }
        self.reader.decimal(text, operand.name.span.clone())
    }

    pub(super) fn number_change(&mut self, draft: &Draft<'a>, target: NumberTarget) -> Option<Change> {
        let operand = self.amount(draft, NUMBER)?;
        Some(Change::Number(target, draft.operator, operand))
    }

    pub(super) fn word<T>(
        &mut self,
        draft: &Draft<'a>,
        what: &str,
        words: &[&str],
        from_word: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let operand = self.single(draft, SET, "one word")?;
        let found = from_word(operand.name.text);
        if found.is_none() {
            let message = format!("`{}` is not a {what}", operand.name.text);
            let help = format!("write one of {}", list(words.iter().copied()));
            self.error(Code::UnknownWord, operand.name.span.clone(), message, help);
        }
        found
    }

    pub(super) fn on_or_off(&mut self, draft: &Draft<'a>) -> Option<bool> {
        let switch = |word: &str| match word {
            "on" => Some(true),
            "off" => Some(false),
            _ => None,
        };
        self.word(draft, "switch", &["on", "off"], switch)
    }

    pub(super) fn condition(&mut self, draft: &Draft<'a>, place: Place) -> Option<Condition> {
        let operand = self.single(draft, SET, "a condition in quotes")?;
        if !operand.name.quoted {
            let message = format!("`{}` takes a condition in quotes", draft.target);
            let help = "write `= \"CONDITION\"`, with the other kind of quotes around the whole edit";
            self.error(Code::BadEdit, draft.value_span.clone(), message, help);
            return None;
        }
        let fragment = self.tokens.fragment.slice(operand.range.clone());
        self.reader.condition(fragment, place)
    }
}

/// Whether an edit takes away what it names.
pub(super) fn clears(draft: &Draft<'_>) -> bool {
    draft.operator == Operator::Set && is_none(&draft.value)
}

pub(super) fn is_none(value: &Value<'_>) -> bool {
    matches!(value, Value::One(operand) if operand.name.text == "none" && !operand.name.quoted)
}

fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Set => "=",
        Operator::Add => "+=",
        Operator::Subtract => "-=",
        Operator::Multiply => "*=",
    }
}
