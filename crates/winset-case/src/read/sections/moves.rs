//! `[move]` and `[stability]`.

use super::super::Reader;
use super::super::names::Kind;
use super::super::number::Bounds;
use super::super::place::Place;
use super::super::ranking::AllStates;
use super::super::table::{Field, Section, word};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::format;
use crate::model::{
    ActorId, AnswerRule, Case, Condition, Evidence, Game, IssueId, Move, MoveId, StateOrder, StatePreference,
};

/// The ways to say what an actor prefers.
const ORDERS: [&str; 4] = ["ranking", "statements", "weights", "worth"];

impl Reader {
    pub(super) fn move_(&mut self, id: &str, _: usize, mut section: Section<'_>) -> Move {
        let name = self.name(&mut section, id);
        section.require("actor", &mut self.report);
        let actor = self.reference(&mut section, "actor", Kind::Actor);
        let [reversible, resumable] = ["reversible", "resumable"].map(|key| {
            let field = section.take(key);
            field.map(|field| (field.flag(&mut self.report), field.span))
        });
        if let (Some((Some(false), _)), Some((Some(false), span))) = (&reversible, &resumable) {
            let help = "a move that can change in neither direction is none: leave one of the two out";
            let message = format!("`{id}` could be neither given up nor taken again");
            self.report.error(Code::OutOfRange, span.clone(), message, help);
        }
        let [reversible, resumable] =
            [reversible, resumable].map(|flag| flag.and_then(|(flag, _)| flag).unwrap_or(true));
        let today = section.take("today").and_then(|field| field.flag(&mut self.report)).unwrap_or(false);
        let mut settles = Vec::new();
        let table = section.take("settles").and_then(|field| field.table("settles".to_owned(), &mut self.report));
        for field in table.map(|mut table| table.rest()).unwrap_or_default() {
            let issue = self.find(Kind::Issue, field.key, field.key_span.clone()).map(IssueId);
            let text = if field.is_broken() { None } else { field.text(&mut self.report) };
            if let (Some(issue), Some(text)) = (issue, text) {
                settles.extend(self.option(issue, text.text, text.span()).map(|option| (issue, option)));
                self.on_agenda.insert(issue.0);
            }
        }
        let evidence = self.evidence(&mut section);
        section.finish(&format::MOVE, &mut self.report);
        let actor = ActorId(actor.map_or(0, |(actor, _)| actor));
        Move { id: id.to_owned(), name, actor, reversible, resumable, today, settles, evidence }
    }

    /// `[stability]`, once moves and actors have been read.
    pub(super) fn game(&mut self, root: &mut Section<'_>, case: &Case) -> Game {
        let moves = case.moves.as_slice();
        let mut game = Game::default();
        let mut asked: Vec<usize> = Vec::new();
        let field = root.take("stability");
        if let Some(field) = field {
            let mut section = field.body("[stability]".to_owned(), &mut self.report);
            let unit = section.take("lever_cost_unit");
            if let Some(unit) = &unit {
                let read = self.quantity(unit, Bounds::NotNegative, &Evidence::default());
                game.lever_cost_unit = read.unwrap_or(game.lever_cost_unit);
                if self.names.of(Kind::Lever).len() == 0 {
                    let help = "declare what actors can do as `[lever.ID]`, or leave this out";
                    let message = "there is no lever in this case whose cost this could measure";
                    let span = unit.key_span.clone();
                    self.report.absence(Diagnostic::error(Code::MissingKey, span, message, help));
                }
            }
            let about_moves = section.fields().any(|field| field.key != "lever_cost_unit") || unit.is_none();
            if about_moves && moves.is_empty() && self.names.of(Kind::Move).len() == 0 {
                let help = "declare what actors can do as `[move.ID]`";
                let message = "there is no move in this case, so there is no game";
                self.report.absence(Diagnostic::error(Code::MissingKey, field.key_span, message, help));
            }
            let [infeasible, indistinguishable] = ["infeasible", "indistinguishable"].map(|key| {
                let field = section.take(key);
                self.state_conditions(field)
            });
            game.infeasible = infeasible;
            game.indistinguishable = indistinguishable;
            let rule = section.take("sanction_rule").and_then(|field| field.text(&mut self.report));
            let rule = rule.and_then(|text| {
                word(&text, "sanction rule", AnswerRule::WORDS, AnswerRule::from_word, &mut self.report)
            });
            game.sanction_rule = rule.unwrap_or_default();
            let preferences = section.take("preference");
            let preferences =
                preferences.and_then(|field| field.table("[stability.preference]".to_owned(), &mut self.report));
            for field in preferences.map(|mut table| table.rest()).unwrap_or_default() {
                let Some(actor) = self.find(Kind::Actor, field.key, field.key_span.clone()) else { continue };
                asked.push(actor);
                let body = field.body(format!("[stability.preference.{}]", field.key), &mut self.report);
                let preference = self.state_preference(ActorId(actor), &field, body, case, &game);
                game.preferences.extend(preference);
            }
            section.finish(&format::STABILITY, &mut self.report);
        }
        self.everyone_prefers(moves, asked);
        game
    }

    fn state_conditions(&mut self, field: Option<Field<'_>>) -> Vec<Condition> {
        let texts = field.and_then(|field| field.texts(&mut self.report)).unwrap_or_default();
        texts.into_iter().filter_map(|text| self.condition(text, Place::State)).collect()
    }

    fn state_preference(
        &mut self,
        actor: ActorId,
        field: &Field<'_>,
        mut section: Section<'_>,
        case: &Case,
        game: &Game,
    ) -> Option<StatePreference> {
        let moves = case.moves.as_slice();
        if !moves.iter().any(|entry| entry.actor == actor) && !moves.is_empty() {
            let message = format!("`{}` holds no move, so it is no decision maker", field.key);
            let help = "give it a move, or leave its preference out";
            self.report.error(Code::NotAllowedHere, field.key_span.clone(), message, help);
        }
        let evidence = self.evidence(&mut section);
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
                    "keep one of `ranking`, `statements`, `weights` and `worth`",
                );
                return None;
            }
            [] => {
                let message = format!("the preference of `{}` says nothing", field.key);
                let help = "give it one of `statements`, `ranking`, `weights` and `worth = true`";
                self.report.absence(Diagnostic::error(Code::MissingKey, field.key_span.clone(), message, help));
                return None;
            }
        };
        let order = match key {
            "ranking" => StateOrder::Ranking(self.state_ranking(&value, case, game)),
            "statements" => StateOrder::Statements(self.state_conditions(Some(value))),
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
        Some(StatePreference { actor, order, evidence })
    }

    /// A list of states or of lists of tied states.
    fn state_ranking(&mut self, field: &Field<'_>, case: &Case, game: &Game) -> Vec<Vec<String>> {
        let moves = case.moves.as_slice();
        let before = self.report.count();
        let mut groups = Vec::new();
        let mut places = Vec::new();
        for item in field.items() {
            let group = if item.as_text().is_some() { vec![item] } else { item.items() };
            let mut states = Vec::new();
            for state in group {
                let Some(text) = state.text(&mut self.report) else { continue };
                let letters = text.text.chars().all(|letter| "YN-".contains(letter));
                if !letters || text.text.chars().count() != moves.len() {
                    let message = format!("`{}` is not a state", text.text);
                    let help = format!(
                        "write one letter for each of the {} moves in their order in the file: Y (taken), N (not), - (either)",
                        moves.len()
                    );
                    self.report.error(Code::WrongType, text.span(), message, help);
                }
                places.push((text.text.to_owned(), text.span()));
                states.push(text.text.to_owned());
            }
            groups.push(states);
        }
        if groups.is_empty() {
            let help =
                "list the states, best first, those that are tied in a list of their own: `[\"YN\", [\"NN\", \"YY\"]]`";
            self.report.error(Code::WrongType, field.span.clone(), "this is no ranking of states", help);
        }
        if self.report.count() == before
            && let Some(all) = AllStates::of(case, game)
        {
            self.every_state_once(&all, field, &places);
        }
        groups
    }

    /// Whoever moves has to prefer something; `known` are those of whom it was said what.
    fn everyone_prefers(&mut self, moves: &[Move], mut known: Vec<usize>) {
        for (index, held) in moves.iter().enumerate() {
            let ids = self.names.of(Kind::Actor);
            let ActorId(actor) = held.actor;
            if known.contains(&actor) || actor >= ids.len() {
                continue;
            }
            known.push(actor);
            let id = ids.id(actor).to_owned();
            let span: Span = self.names.of(Kind::Move).span(index);
            let message = format!("`{id}` holds this move, and nothing says which states it prefers");
            let help =
                format!("add `[stability.preference.{id}]` with `statements`, `ranking`, `weights` or `worth = true`");
            self.report.absence(Diagnostic::error(Code::MissingPreferences, span, message, help));
        }
    }
}
