//! What an actor prefers among the states of the strategic game.

use super::super::Reader;
use super::super::names::Kind;
use super::super::number::Bounds;
use super::super::place::Place;
use super::super::table::{Field, Section};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::format;
use crate::model::{ActorId, Move, MoveId, StateOrder, StatePreference};

/// The ways to say what an actor prefers.
const ORDERS: [&str; 5] = ["ranking", "statements", "weights", "worth", "preferred"];

/// What stands in a preference between what is much better and the rest.
const MUCH: &str = ">>";

impl Reader {
    /// `[stability.preference.ACTOR]`, or what somebody else thinks of it.
    pub(super) fn state_preference(
        &mut self,
        actor: ActorId,
        field: &Field<'_>,
        mut section: Section<'_>,
        moves: &[Move],
    ) -> Option<StatePreference> {
        self.needs_a_move(actor, field, moves);
        let evidence = self.evidence(&mut section);
        let equal = section.take("equal");
        let given: Vec<(&str, Field<'_>)> =
            ORDERS.into_iter().filter_map(|key| section.take(key).map(|field| (key, field))).collect();
        section.finish(&format::STATE_PREFERENCE, &mut self.report);
        let (key, value) = match given.as_slice() {
            [only] => only.clone(),
            [_, (_, second), ..] => {
                let message = format!("the preference of `{}` is given in two ways", field.key);
                let span = second.key_span.clone();
                self.report.error(
                    Code::Duplicate,
                    span,
                    message,
                    "keep one of `ranking`, `statements`, `weights`, `worth` and `preferred`",
                );
                return None;
            }
            [] => {
                let message = format!("the preference of `{}` says nothing", field.key);
                let help = "give it one of `statements`, `ranking`, `weights`, `worth = true` and `preferred`";
                self.report.absence(Diagnostic::error(Code::MissingKey, field.key_span.clone(), message, help));
                return None;
            }
        };
        if let Some(equal) = equal.as_ref().filter(|_| key != "preferred") {
            let message = format!("`equal` stands beside `{key}`, which says of all states what is equal");
            let help =
                "take it out, or say with `preferred` what is known of a preference that is not known as a whole";
            self.report.error(Code::NotAllowedHere, equal.key_span.clone(), message, help);
        }
        let mut strong = Vec::new();
        let order = match key {
            "ranking" => {
                let (groups, marks) = self.state_ranking(&value, moves);
                strong = marks;
                StateOrder::Ranking(groups)
            }
            "statements" => {
                let mut texts = value.texts(&mut self.report).unwrap_or_default();
                if let Some(at) = texts.iter().position(|text| text.text.trim() == MUCH) {
                    self.mark(&texts[at].span(), at, texts.len());
                    strong.push(at);
                    texts.remove(at);
                }
                let conditions = texts.into_iter().filter_map(|text| self.condition(text, Place::State));
                StateOrder::Statements(conditions.collect())
            }
            "preferred" => StateOrder::Partial {
                preferred: self.state_pairs(&value, moves),
                equal: equal.map(|equal| self.state_pairs(&equal, moves)).unwrap_or_default(),
            },
            "weights" => {
                let table = value.table("weights".to_owned(), &mut self.report)?;
                let mut weights = Vec::new();
                for field in { table }.rest() {
                    let held = self.find(Kind::Move, field.key, field.key_span.clone()).map(MoveId);
                    let weight = self.quantity(&field, Bounds::Any, &evidence);
                    weights.extend(held.zip(weight));
                }
                StateOrder::Weights(weights)
            }
            _ => {
                if value.flag(&mut self.report) == Some(false) {
                    let help = "write `worth = true`, or another way to say what it prefers";
                    self.report.error(Code::OutOfRange, value.span, "`worth = false` says nothing", help);
                }
                self.need(actor.0, field.key_span.clone(), "its worth ranks the states".to_owned());
                StateOrder::Worth
            }
        };
        Some(StatePreference { actor, order, strong, evidence })
    }

    /// A list of states or of lists of tied states; and how many places stand before each mark.
    fn state_ranking(&mut self, field: &Field<'_>, moves: &[Move]) -> (Vec<Vec<String>>, Vec<usize>) {
        let mut groups = Vec::new();
        let mut marks = Vec::new();
        let items = field.items();
        for (at, item) in items.iter().enumerate() {
            if item.as_text().is_some_and(|text| text.text.trim() == MUCH) {
                let last = marks.last() == Some(&groups.len());
                self.mark(&item.span, if last { 0 } else { at }, items.len());
                marks.push(groups.len());
                continue;
            }
            let group = if item.as_text().is_some() { vec![item.clone()] } else { item.items() };
            groups.push(group.iter().filter_map(|state| self.state(state, moves)).collect());
        }
        if groups.is_empty() {
            let help =
                "list the states, best first, those that are tied in a list of their own: `[\"YN\", [\"NN\", \"YY\"]]`";
            self.report.error(Code::WrongType, field.span.clone(), "this is no ranking of states", help);
        }
        (groups, marks)
    }

    /// A mark stands between two things.
    fn mark(&mut self, span: &Span, at: usize, of: usize) {
        if at == 0 || at + 1 == of {
            let message = "`>>` has nothing to stand between";
            let help = "put it once between what is much better and the rest, or take it out";
            self.report.error(Code::WrongType, span.clone(), message, help);
        }
    }

    /// A state, or all that fit a text.
    fn state(&mut self, state: &Field<'_>, moves: &[Move]) -> Option<String> {
        let text = state.text(&mut self.report)?;
        let letters = text.text.chars().all(|letter| "YN-".contains(letter));
        if !letters || text.text.chars().count() != moves.len() {
            let message = format!("`{}` is not a state", text.text);
            let help = format!(
                "write one letter for each of the {} moves in their order in the file: Y (taken), N (not), - (either)",
                moves.len()
            );
            self.report.error(Code::WrongType, text.span(), message, help);
        }
        Some(text.text.to_owned())
    }

    /// Pairs of states.
    fn state_pairs(&mut self, field: &Field<'_>, moves: &[Move]) -> Vec<[String; 2]> {
        let items = field.items();
        if items.is_empty() {
            let message = "these are no pairs of states";
            let help = "list pairs, each in a list of its own: `[[\"YN\", \"NN\"], [\"YY\", \"NY\"]]`";
            self.report.error(Code::WrongType, field.span.clone(), message, help);
        }
        let mut pairs = Vec::new();
        for item in items {
            let states: Vec<String> = item.items().iter().filter_map(|state| self.state(state, moves)).collect();
            match <[String; 2]>::try_from(states) {
                Ok(pair) => pairs.push(pair),
                Err(states) => {
                    let message = format!("this names {} states, and a pair is two", states.len());
                    let help = "write a pair as `[\"YN\", \"NN\"]`";
                    self.report.error(Code::WrongType, item.span.clone(), message, help);
                }
            }
        }
        pairs
    }
}
