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
    ActorAttitudes, ActorId, AnswerRule, Attitude, Case, Condition, Evidence, Game, GameView, IssueId, Move,
    StateOrder, StatePreference,
};

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
                let ranking = body.get("ranking").cloned();
                let before = self.report.count();
                let preference = self.state_preference(ActorId(actor), &field, body, moves);
                let sound = self.report.count() == before;
                if let (true, Some(ranking)) = (sound, ranking)
                    && let Some(all) = AllStates::of(case, &game)
                {
                    self.every_state_once(&all, &ranking);
                }
                game.preferences.extend(preference);
            }
            game.attitudes = self.attitudes(&mut section, moves);
            game.views = self.views(&mut section, moves);
            section.finish(&format::STABILITY, &mut self.report);
        }
        self.everyone_prefers(moves, asked);
        game
    }

    pub(super) fn state_conditions(&mut self, field: Option<Field<'_>>) -> Vec<Condition> {
        let texts = field.and_then(|field| field.texts(&mut self.report)).unwrap_or_default();
        texts.into_iter().filter_map(|text| self.condition(text, Place::State)).collect()
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

    /// `[stability.attitude.ACTOR]`.
    fn attitudes(&mut self, section: &mut Section<'_>, moves: &[Move]) -> Vec<ActorAttitudes> {
        let mut attitudes = Vec::new();
        for (actor, field, mut body) in self.for_actors(section, "attitude", moves) {
            let evidence = self.evidence(&mut body);
            let given = body.require("towards", &mut self.report);
            let missing = given.is_none();
            let table = given.and_then(|field| field.table("towards".to_owned(), &mut self.report));
            body.finish(&format::ATTITUDE, &mut self.report);
            let mut towards = Vec::new();
            for other in table.map(|mut table| table.rest()).unwrap_or_default() {
                let id = self.find(Kind::Actor, other.key, other.key_span.clone()).map(ActorId);
                let text = if other.is_broken() { None } else { other.text(&mut self.report) };
                let attitude = text.and_then(|text| {
                    word(&text, "kind of attitude", Attitude::WORDS, Attitude::from_word, &mut self.report)
                });
                if let Some(id) = id {
                    self.needs_a_move(id, &other, moves);
                    towards.extend(attitude.map(|attitude| (id, attitude)));
                }
            }
            if towards.is_empty() && !missing && !field.is_broken() {
                let message = format!("the attitudes of `{}` say nothing", field.key);
                let help =
                    "say towards whom it is `positive`, `neutral` or `negative`: `towards = { south = \"negative\" }`";
                self.report.absence(Diagnostic::error(Code::MissingKey, field.key_span.clone(), message, help));
            }
            attitudes.push(ActorAttitudes { actor, towards, evidence });
        }
        attitudes
    }

    /// `[stability.view.ACTOR]`.
    fn views(&mut self, section: &mut Section<'_>, moves: &[Move]) -> Vec<GameView> {
        let mut views = Vec::new();
        for (actor, field, mut body) in self.for_actors(section, "view", moves) {
            let evidence = self.evidence(&mut body);
            let unseen = body.take("unseen");
            let unseen = self.state_conditions(unseen);
            let table =
                body.take("preference").and_then(|field| field.table("preference".to_owned(), &mut self.report));
            body.finish(&format::VIEW, &mut self.report);
            let mut preferences = Vec::new();
            for other in table.map(|mut table| table.rest()).unwrap_or_default() {
                let Some(id) = self.find(Kind::Actor, other.key, other.key_span.clone()) else { continue };
                let name = format!("[stability.view.{}.preference.{}]", field.key, other.key);
                let body = other.body(name, &mut self.report);
                let read = self.state_preference(ActorId(id), &other, body, moves);
                if let Some(StatePreference { order: StateOrder::Partial { .. }, .. }) = &read {
                    let message = "what somebody thinks that another prefers is a whole preference";
                    let help = "use `statements`, `ranking`, `weights` or `worth = true`";
                    self.report.error(Code::NotSupportedYet, other.key_span.clone(), message, help);
                }
                preferences.extend(read);
            }
            if unseen.is_empty() && preferences.is_empty() && !field.is_broken() {
                let message = format!("the view of `{}` says nothing", field.key);
                let help =
                    "say what it does not know of in `unseen`, or what it thinks that others prefer in `preference`";
                self.report.absence(Diagnostic::error(Code::MissingKey, field.key_span.clone(), message, help));
            }
            views.push(GameView { actor, unseen, preferences, evidence });
        }
        views
    }

    /// The tables under a key of `[stability]` that are about one actor each.
    fn for_actors<'a>(
        &mut self,
        section: &mut Section<'a>,
        key: &'static str,
        moves: &[Move],
    ) -> Vec<(ActorId, Field<'a>, Section<'a>)> {
        let table = section.take(key);
        let table = table.and_then(|field| field.table(format!("[stability.{key}]"), &mut self.report));
        let mut found = Vec::new();
        for field in table.map(|mut table| table.rest()).unwrap_or_default() {
            let Some(actor) = self.find(Kind::Actor, field.key, field.key_span.clone()).map(ActorId) else { continue };
            self.needs_a_move(actor, &field, moves);
            let body = field.body(format!("[stability.{key}.{}]", field.key), &mut self.report);
            found.push((actor, field, body));
        }
        found
    }

    pub(super) fn needs_a_move(&mut self, actor: ActorId, field: &Field<'_>, moves: &[Move]) {
        if !moves.iter().any(|entry| entry.actor == actor) && !moves.is_empty() {
            let message = format!("`{}` holds no move, so it is no decision maker", field.key);
            let help = "give it a move, or leave this out";
            self.report.error(Code::NotAllowedHere, field.key_span.clone(), message, help);
        }
    }
}
