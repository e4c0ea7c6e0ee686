//! Which predicates may stand in which conditions.

use std::collections::BTreeMap;

use super::Reader;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{Condition, DefineId, Expression};

/// Where a condition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Define,
    RedLine,
    Mandate,
    Linkage,
    Ends,
    Aspiration,
    Benchmark,
    /// Inside `reachable(…)`.
    Reachable,
    /// Under which a lever is used in a simulated round.
    Policy,
    /// Inside `share(…)`.
    Share,
    /// Over states of the strategic game.
    State,
}

/// What a predicate is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// The outcome: options and what changed.
    Outcome,
    /// The benchmarks of a framework.
    Framework,
    /// What has been concluded.
    Concluded,
    /// Levers in use.
    Lever,
    /// The deal itself: where it is made, by whom, and what it touches.
    Deal,
    /// Moves taken in the strategic game.
    Move,
}

impl Place {
    fn allows(self, class: Class) -> bool {
        match self {
            Place::Define => true,
            Place::RedLine | Place::Mandate => class != Class::Move,
            Place::Linkage | Place::Reachable | Place::Policy | Place::Share => {
                !matches!(class, Class::Deal | Class::Move)
            }
            Place::Ends | Place::Aspiration => matches!(class, Class::Outcome | Class::Framework | Class::Concluded),
            Place::Benchmark => class == Class::Outcome,
            Place::State => class == Class::Move,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Place::Define => "a named condition",
            Place::RedLine => "a red line",
            Place::Mandate => "a mandate",
            Place::Linkage => "a linkage",
            Place::Ends => "`ends`",
            Place::Aspiration => "an aspiration",
            Place::Benchmark => "a benchmark",
            Place::Reachable => "`reachable(…)`",
            Place::Policy => "the policy of a lever",
            Place::Share => "`share(…)`",
            Place::State => "a condition over states",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Place::Linkage => {
                "what is worth more must show in the outcome, not in the deal that brings it: use options, `concluded(…)` or `lever(…)`"
            }
            Place::Ends | Place::Aspiration => "use options, `changed`, `benchmark`, `satisfied` or `concluded`",
            Place::Benchmark => "use options and `changed`: a benchmark is about the outcome alone",
            Place::Reachable | Place::Policy | Place::Share => {
                "it is about where the process stands, not about a deal: use options, `benchmark`, `satisfied` or `concluded`"
            }
            Place::State => "states are choices of moves: use `move(…)`",
            Place::RedLine | Place::Mandate => {
                "moves belong to the strategic game: a deal is about options, `lever(…)` and who sits where"
            }
            Place::Define => "everything may stand here",
        }
    }
}

impl Class {
    /// What a predicate is about, and its word; nothing for what is no predicate.
    fn of(expression: &Expression) -> Option<(Class, &'static str)> {
        Some(match expression {
            Expression::OneOf(..) | Expression::Changed(_) => (Class::Outcome, "changed"),
            Expression::Benchmark(..) => (Class::Framework, "benchmark"),
            Expression::Satisfied(..) => (Class::Framework, "satisfied"),
            Expression::Concluded(_) => (Class::Concluded, "concluded"),
            Expression::Lever(_) => (Class::Lever, "lever"),
            Expression::Touched(_) => (Class::Deal, "touched"),
            Expression::At(_) => (Class::Deal, "at"),
            Expression::Auspices(_) => (Class::Deal, "auspices"),
            Expression::Seated(_) => (Class::Deal, "seated"),
            Expression::Parties(..) => (Class::Deal, "parties"),
            Expression::Move(_) => (Class::Move, "move"),
            Expression::Constant(_)
            | Expression::Defined(_)
            | Expression::Not(_)
            | Expression::And(_)
            | Expression::Or(_)
            | Expression::Implies(..)
            | Expression::Iff(..) => return None,
        })
    }
}

/// The first predicate of each class that a named condition uses, itself or through others.
pub(super) type Uses = BTreeMap<Class, (Span, String)>;

impl Reader {
    /// Notes a predicate, and reports it if it may not stand in this place.
    pub(super) fn predicate(&mut self, place: Place, class: Class, word: &str, span: Span) {
        if !place.allows(class) {
            let message = format!("`{word}` may not stand in {}", place.words());
            self.report.error(Code::NotAllowedHere, span, message, place.help());
        } else if place == Place::Define {
            self.predicates.entry(class).or_insert((span, word.to_owned()));
        }
    }

    /// Notes a named condition of a case that was read before.
    pub(super) fn note_define(&mut self, condition: &Condition) {
        condition.expression.walk(&mut |part| {
            if let Some((class, word)) = Class::of(part) {
                self.predicates.entry(class).or_insert((0..0, word.to_owned()));
            } else if let Expression::Defined(define) = part {
                self.mentions.push((define.0, 0..0));
            }
        });
        self.finish_define();
    }

    /// Notes the use of a named condition, and reports it if it may not stand in this place for what it says.
    pub(super) fn named(&mut self, place: Place, define: DefineId, span: Span) {
        let name = self.names.of(super::names::Kind::Define).id(define.0);
        if place == Place::Define {
            self.mentions.push((define.0, span));
            return;
        }
        let Some(uses) = self.defines.get(define.0) else { return };
        let offending = uses.iter().find(|(class, _)| !place.allows(**class));
        if let Some((_, (defined, word))) = offending {
            let message = format!("`{name}` may not stand in {}, since it uses `{word}`", place.words());
            self.report.push(
                Diagnostic::error(Code::NotAllowedHere, span, message, place.help())
                    .label(defined.clone(), format!("`{word}` is used here")),
            );
        }
    }
}
