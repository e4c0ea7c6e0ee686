//! Checks of claims: from text to [`Check`].

use super::Reader;
use super::fragment::Fragment;
use super::lexer::Token;
use super::names::Kind;
use super::parser::{Name, Parsed, Parser};
use super::place::Place;
use super::unsupported::missing_analysis;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::edit::Edit;
use crate::model::{Check, Value};

/// The checks, with how each is written and the numbers of arguments it takes.
const CHECKS: &[(&str, &str, std::ops::RangeInclusive<usize>)] = &[
    ("empty", "empty(TRACK)", 1..=1),
    ("count", "count(TRACK) >= 3", 1..=1),
    ("durable", "durable(TRACK) >= 1", 1..=1),
    ("passes", "passes(PACKAGE, TRACK)", 2..=2),
    ("imposed", "imposed(ACTOR, PACKAGE, TRACK)", 3..=3),
    ("accepts", "accepts(ACTOR, PACKAGE, TRACK)", 3..=3),
    ("breaks", "breaks(ACTOR, PACKAGE, TRACK, RED-LINE)", 3..=4),
    ("blocks", "blocks(TRACK, ID, …)", 2..=usize::MAX),
    ("margin", "margin(ACTOR, PACKAGE, TRACK) < 0", 3..=3),
    ("no_unlock", "no_unlock(TRACK)", 1..=1),
    ("unlocked_by", "unlocked_by(TRACK, LEVER, …)", 2..=usize::MAX),
    ("terms", "terms(ACTOR, PACKAGE, TRACK) > 0", 3..=3),
    ("satisfies", "satisfies(PACKAGE, FRAMEWORK, BENCHMARK)", 2..=4),
    ("distance", "distance(ACTOR, PACKAGE, TRACK) > 0", 3..=3),
    ("delivers", "delivers(TRACK, BENCHMARK)", 2..=2),
    ("stable", "stable(levers(today), nash)", 2..=3),
    ("aspiration", "aspiration(ACTOR) < 1", 1..=2),
    ("dominant", "dominant(ACTOR)", 1..=1),
    (REACHABLE, "reachable(CONDITION)", 1..=1),
    (SHARE, "share(CONDITION) > 0.5", 1..=1),
    ("ends", "ends(deadlock) > 0.5", 1..=1),
    ("fate", "fate(TRACK, dead) > 0.5", 2..=2),
];

/// The checks whose arguments are conditions.
const REACHABLE: &str = "reachable";
const SHARE: &str = "share";

/// A part of a mandate that a check names. Whether it exists is known only when all edits around it are.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) track: usize,
    pub(super) number: usize,
    pub(super) span: Span,
}

/// What a check is made of before it is compared.
pub(super) enum Operand {
    Check(Check),
    Value(Value),
    /// An analysis that is missing.
    Missing(String),
    /// Something with a mistake in it, which was reported.
    Unreadable,
}

/// An argument: `NAME`, `NAME.NAME`, `KIND:NAME.NAME` or `concluding(NAME)`.
pub(super) struct Argument<'a> {
    pub(super) names: Vec<Name<'a>>,
    /// Whether a `:` stands after the first name.
    pub(super) constraint: bool,
    /// What stands in brackets after the name.
    pub(super) inner: Option<Vec<Argument<'a>>>,
    pub(super) span: Span,
}

/// What stands for a check with a mistake in it, which was reported.
fn unreadable() -> Check {
    Check::Undecidable(String::new())
}

impl Reader {
    /// A check; nothing after a mistake in it, which is reported.
    pub(super) fn check(&mut self, fragment: Fragment<'_>) -> Option<Check> {
        let before = self.report.count();
        let mut parser = Parser::new(self, fragment);
        let check = parser.either().ok()?;
        parser.end("`and`, `or`, `with` or the end", "join checks with `and` or `or`").ok()?;
        (self.report.count() == before).then_some(check)
    }

    /// Reports parts of mandates that no edit around a claim makes exist.
    pub(super) fn mandate_parts(&mut self) {
        for part in std::mem::take(&mut self.parts) {
            let count = self.mandates.get(&part.track).copied().unwrap_or(0);
            if part.number == 0 || part.number > count {
                let track = self.names.of(Kind::Track).id(part.track);
                let message = format!("the mandate of `{track}` has no part {}", part.number);
                let help = match count {
                    0 => format!("`{track}` has no mandate"),
                    1 => format!("it has one part: `mandate:{track}.1`"),
                    _ => format!("its parts are `mandate:{track}.1` to `mandate:{track}.{count}`"),
                };
                self.report.absence(Diagnostic::error(Code::BadCheck, part.span, message, help));
            }
        }
    }
}

impl<'a> Parser<'_, 'a> {
    fn either(&mut self) -> Parsed<Check> {
        let mut checks = vec![self.both()?];
        while self.accept_word("or") {
            checks.push(self.both()?);
        }
        Ok(if checks.len() == 1 { checks.remove(0) } else { Check::Or(checks) })
    }

    fn both(&mut self) -> Parsed<Check> {
        let mut checks = vec![self.negation()?];
        while self.accept_word("and") {
            checks.push(self.negation()?);
        }
        Ok(if checks.len() == 1 { checks.remove(0) } else { Check::And(checks) })
    }

    fn negation(&mut self) -> Parsed<Check> {
        if self.accept_word("not") {
            return Ok(Check::Not(Box::new(self.deeper(Self::negation)?)));
        }
        let check = if self.accept("(") {
            let check = self.deeper(Self::either)?;
            self.expect(")", "close the bracket")?;
            check
        } else {
            self.comparison_or_check()?
        };
        let edits = self.with()?;
        Ok(if edits.is_empty() { check } else { Check::With(Box::new(check), edits) })
    }

    /// The edits after `with`, if it is next.
    fn with(&mut self) -> Parsed<Vec<Edit>> {
        if self.accept_word("with") { self.edit_list() } else { Ok(Vec::new()) }
    }

    fn comparison_or_check(&mut self) -> Parsed<Check> {
        let start = self.tokens.range().start;
        let left = self.operand()?;
        let left = if matches!(left, Operand::Check(_)) { left } else { self.under_edits(left)? };
        let end = self.tokens.last_range().end;
        let span = self.tokens.fragment.part(start..end);
        let operator_span = self.tokens.span();
        let Some(comparison) = self.comparison() else {
            return Ok(match left {
                Operand::Check(check) => check,
                Operand::Missing(analysis) => Check::Undecidable(analysis),
                Operand::Unreadable => unreadable(),
                Operand::Value(_) => {
                    let help = "write `>= 3` after it, or another comparison";
                    self.error(Code::BadCheck, span, "a number alone is neither true nor false", help);
                    unreadable()
                }
            });
        };
        let right = self.operand()?;
        Ok(match (left, right) {
            (Operand::Value(left), Operand::Value(right)) => Check::Compare(left, comparison, right),
            (Operand::Check(_), _) | (_, Operand::Check(_)) => {
                let help = "compare `count(…)`, `durable(…)`, `margin(…)`, `terms(…)`, `distance(…)`, `aspiration(…)`, `share(…)` and numbers";
                self.error(Code::BadCheck, operator_span, "only numbers can be compared", help);
                unreadable()
            }
            (Operand::Missing(analysis), _) | (_, Operand::Missing(analysis)) => Check::Undecidable(analysis),
            _ => unreadable(),
        })
    }

    fn under_edits(&mut self, operand: Operand) -> Parsed<Operand> {
        let edits = self.with()?;
        Ok(match operand {
            operand if edits.is_empty() => operand,
            Operand::Value(value) => Operand::Value(Value::With(Box::new(value), edits)),
            Operand::Check(check) => Operand::Check(Check::With(Box::new(check), edits)),
            other => other,
        })
    }

    fn operand(&mut self) -> Parsed<Operand> {
        if self.at_number() {
            return Ok(self.number()?.map_or(Operand::Unreadable, |number| Operand::Value(Value::Number(number))));
        }
        let name = self.name("a check")?;
        let known = CHECKS.iter().find(|(check, ..)| *check == name.text);
        let missing = missing_analysis(name.text);
        if known.is_none() && missing.is_none() {
            let help = self.reader.report.suggest(name.text, CHECKS.iter().map(|(check, ..)| *check), "");
            self.error(Code::UnknownWord, name.span, format!("`{}` is not a check", name.text), help);
            if self.accept("(") {
                self.skip_arguments()?;
            }
            return Ok(Operand::Unreadable);
        }
        let usage = known.map_or_else(|| format!("{}(…)", name.text), |(_, usage, _)| (*usage).to_owned());
        self.expect("(", &format!("write `{usage}`"))?;
        if let Some(analysis) = missing {
            self.skip_arguments()?;
            return Ok(Operand::Missing(analysis.to_owned()));
        }
        if name.text == REACHABLE {
            let condition = self.condition_inside(Place::Reachable)?;
            let edits = self.with()?;
            self.expect(")", "close the bracket")?;
            let check = Check::Reachable(condition);
            return Ok(Operand::Check(if edits.is_empty() { check } else { Check::With(Box::new(check), edits) }));
        }
        if name.text == SHARE {
            let condition = self.condition_inside(Place::Share)?;
            let among = if self.accept_word("among") { Some(self.condition_inside(Place::Share)?) } else { None };
            let edits = self.with()?;
            self.expect(")", "close the bracket, or write `among` and a second condition")?;
            let value = Value::Share(condition, among);
            return Ok(Operand::Value(if edits.is_empty() { value } else { Value::With(Box::new(value), edits) }));
        }
        let (arguments, edits) = self.arguments()?;
        let span = name.span.start..self.tokens.fragment.part(self.tokens.last_range()).end.max(name.span.end);
        let Some((check, usage, counts)) = known else { return Ok(Operand::Unreadable) };
        if !counts.contains(&arguments.len()) {
            let message = format!("`{check}` does not take {}", arguments_in_words(arguments.len()));
            self.error(Code::BadCheck, span, message, format!("write `{usage}`"));
            return Ok(Operand::Unreadable);
        }
        let operand = self.known_check(check, usage, &arguments).unwrap_or(Operand::Unreadable);
        Ok(match (operand, edits) {
            (operand, edits) if edits.is_empty() => operand,
            (Operand::Value(value), edits) => Operand::Value(Value::With(Box::new(value), edits)),
            (Operand::Check(check), edits) => Operand::Check(Check::With(Box::new(check), edits)),
            (operand, _) => operand,
        })
    }

    /// Arguments up to the closing bracket, and the edits after `with` in the same brackets.
    fn arguments(&mut self) -> Parsed<(Vec<Argument<'a>>, Vec<Edit>)> {
        let mut arguments = Vec::new();
        if self.accept(")") {
            return Ok((arguments, Vec::new()));
        }
        loop {
            arguments.push(self.argument()?);
            if !self.accept(",") {
                break;
            }
        }
        let edits = self.with()?;
        self.expect(")", "close the bracket, with commas between what is inside")?;
        Ok((arguments, edits))
    }

    fn argument(&mut self) -> Parsed<Argument<'a>> {
        let start = self.tokens.range().start;
        let mut names = vec![self.name("a name")?];
        let mut inner = None;
        let constraint = self.accept(":");
        if constraint {
            names.push(self.name("a name")?);
            while self.accept(".") {
                names.push(self.name("a name or number")?);
            }
        } else if self.tokens.peek() == Token::Symbol("(") {
            self.tokens.advance();
            let at = self.tokens.span();
            let (arguments, edits) = self.deeper(Self::arguments)?;
            if !edits.is_empty() {
                self.error(Code::BadCheck, at, "`with` may not stand here", "write it after the inner bracket");
            }
            inner = Some(arguments);
        } else if self.accept(".") {
            names.push(self.name("a name")?);
        }
        let span = self.tokens.fragment.part(start..self.tokens.last_range().end);
        Ok(Argument { names, constraint, inner, span })
    }
}

fn arguments_in_words(count: usize) -> String {
    match count {
        0 => "empty brackets".to_owned(),
        1 => "one argument".to_owned(),
        count => format!("{count} arguments"),
    }
}
