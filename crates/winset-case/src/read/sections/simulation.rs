//! `[simulation]`.

use super::super::Reader;
use super::super::fragment::Fragment;
use super::super::names::Kind;
use super::super::place::Place;
use super::super::table::{Field, Section, word};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::format;
use crate::model::{
    ActorId, Decimal, Dynamics, Evidence, FutureEvent, LeverId, Parameter, Policy, PolicyWord, RoundLength, TieId,
    TrackId,
};

impl Reader {
    /// `[simulation]`, once everything it speaks of has been read.
    pub(super) fn simulation(&mut self, root: &mut Section<'_>, as_of: &str) -> Dynamics {
        let mut dynamics = Dynamics::default();
        let Some(field) = root.take("simulation") else { return dynamics };
        let mut section = field.body("[simulation]".to_owned(), &mut self.report);
        dynamics.given = true;
        dynamics.evidence = self.evidence(&mut section);
        let evidence = dynamics.evidence.clone();
        let length = section.take("round_length").and_then(|field| field.text(&mut self.report));
        let length = length.and_then(|text| {
            word(&text, "length of a round", RoundLength::WORDS, RoundLength::from_word, &mut self.report)
        });
        dynamics.round_length = length.unwrap_or(dynamics.round_length);
        for (key, place) in [("horizon", &mut dynamics.horizon), ("patience", &mut dynamics.patience)] {
            let rounds = section.take(key).and_then(|field| self.rounds(&field));
            *place = rounds.unwrap_or(*place);
        }
        let whole = [
            Parameter::NoiseOfResponses,
            Parameter::NoiseOfBeliefs,
            Parameter::Bound,
            Parameter::Distrust,
            Parameter::Recovery,
            Parameter::Wear,
            Parameter::CorrelationOfFailures,
        ];
        self.parameters(&mut dynamics, &mut section, &whole, &evidence);
        for (id, mut body, own) in self.things(&mut section, "actor", Kind::Actor, &evidence) {
            let actor = ActorId(id);
            let numbers = [
                Parameter::Shock(actor),
                Parameter::Drift(actor),
                Parameter::Fatigue(actor),
                Parameter::Correlation(actor),
                Parameter::Collapse(actor),
            ];
            self.parameters(&mut dynamics, &mut body, &numbers, &own);
            self.against(&mut dynamics, actor, &mut body);
            body.finish(&format::SIMULATED_ACTOR, &mut self.report);
        }
        for (id, mut body, own) in self.things(&mut section, "tie", Kind::Tie, &evidence) {
            if !self.names.patronages[id] {
                let message = format!("`{}` is no patron's tie, so nobody supports anybody", body.name);
                self.report.error(Code::NotAllowedHere, body.span.clone(), message, "name a tie of the kind `patron`");
            }
            self.parameters(&mut dynamics, &mut body, &[Parameter::Support(TieId(id))], &own);
            body.finish(&format::SIMULATED_TIE, &mut self.report);
        }
        for (id, mut body, own) in self.things(&mut section, "track", Kind::Track, &evidence) {
            let track = TrackId(id);
            let numbers = [
                Parameter::Meets(track),
                Parameter::Fails(track),
                Parameter::Hazard(track),
                Parameter::Enforcement(track),
            ];
            self.parameters(&mut dynamics, &mut body, &numbers, &own);
            let field = body.take("proposes");
            if let Some(mut weights) = field.and_then(|field| field.table("proposes".to_owned(), &mut self.report)) {
                for field in weights.rest() {
                    if let Some(actor) = self.find(Kind::Actor, field.key, field.key_span.clone()) {
                        self.parameter(&mut dynamics, &field, Parameter::Proposes(track, ActorId(actor)), &own);
                    }
                }
            }
            for (actor, mut sponsor, own) in self.things(&mut body, "sponsors", Kind::Actor, &own) {
                let actor = ActorId(actor);
                let numbers = [Parameter::Leaving(track, actor), Parameter::Staying(track, actor)];
                let before = dynamics.numbers.len();
                self.parameters(&mut dynamics, &mut sponsor, &numbers, &own);
                if dynamics.numbers.len() == before {
                    let message = format!("`{}` says neither what leaving nor what staying means to it", sponsor.name);
                    let help = "add `leaving = …`: what leaving would cost it";
                    let span = sponsor.span.clone();
                    self.report.absence(Diagnostic::error(Code::MissingKey, span, message, help));
                }
                sponsor.finish(&format::SPONSOR, &mut self.report);
            }
            body.finish(&format::SIMULATED_TRACK, &mut self.report);
        }
        for (id, mut body, own) in self.things(&mut section, "lever", Kind::Lever, &evidence) {
            self.parameters(&mut dynamics, &mut body, &[Parameter::Effort(LeverId(id))], &own);
            if let Some(policy) = self.policy(&mut body) {
                dynamics.policies.insert(LeverId(id), policy);
            }
            body.finish(&format::SIMULATED_LEVER, &mut self.report);
        }
        self.future(&mut dynamics, &mut section, as_of, &evidence);
        section.finish(&format::SIMULATION, &mut self.report);
        dynamics
    }

    /// A number of rounds.
    fn rounds(&mut self, field: &Field<'_>) -> Option<u32> {
        let rounds = field.whole_number(&mut self.report)?;
        if !(1..=Dynamics::MOST_ROUNDS).contains(&rounds) {
            let message = format!("`{}` must be from 1 to {} rounds, not {rounds}", field.key, Dynamics::MOST_ROUNDS);
            let help = "choose a longer `round_length` to reach further ahead";
            self.report.error(Code::OutOfRange, field.span.clone(), message, help);
            return None;
        }
        u32::try_from(rounds).ok()
    }

    /// The tables under a key whose own keys are names of things of a kind, with the evidence that counts in each.
    fn things<'a>(
        &mut self,
        section: &mut Section<'a>,
        key: &'static str,
        kind: Kind,
        evidence: &Evidence,
    ) -> Vec<(usize, Section<'a>, Evidence)> {
        let name = section.name.trim_end_matches(']').to_owned();
        let Some(field) = section.take(key) else { return Vec::new() };
        let Some(mut table) = field.table(format!("{name}.{key}]"), &mut self.report) else { return Vec::new() };
        let mut things = Vec::new();
        for field in table.rest() {
            let Some(id) = self.find(kind, field.key, field.key_span.clone()) else { continue };
            let mut body = field.body(format!("{name}.{key}.{}]", field.key), &mut self.report);
            let own = self.evidence(&mut body).or(evidence);
            things.push((id, body, own));
        }
        things
    }

    fn parameters(
        &mut self,
        dynamics: &mut Dynamics,
        section: &mut Section<'_>,
        parameters: &[Parameter],
        evidence: &Evidence,
    ) {
        for &parameter in parameters {
            if let Some(field) = section.take(parameter.key()) {
                self.parameter(dynamics, &field, parameter, evidence);
            }
        }
    }

    fn parameter(&mut self, dynamics: &mut Dynamics, field: &Field<'_>, parameter: Parameter, evidence: &Evidence) {
        if let Some(quantity) = self.quantity(field, parameter.bounds(), evidence) {
            dynamics.numbers.insert(parameter, quantity);
        }
    }

    /// Whom an actor fares badly with when it fares well.
    fn against(&mut self, dynamics: &mut Dynamics, actor: ActorId, section: &mut Section<'_>) {
        let field = section.get("against").map(|field| field.span.clone());
        let adversary = self.reference(section, "against", Kind::Actor).map(|(other, _)| ActorId(other));
        let (Some(adversary), Some(span)) = (adversary, field) else {
            if let Some(field) = section.get("correlation").filter(|_| section.get("against").is_none()) {
                let help = "add `against`: the adversary whose gain is this actor's loss";
                let message = "this says how closely two adversaries are tied, and not which";
                self.report.absence(Diagnostic::error(Code::MissingKey, field.key_span.clone(), message, help));
            }
            return;
        };
        dynamics.against.push((actor, adversary));
        // Each is moved after the one it moves against.
        let next = |of: ActorId| dynamics.against.iter().find(|(from, _)| *from == of).map(|(_, to)| *to);
        let mut at = Some(adversary);
        for _ in 0..=dynamics.against.len() {
            if at == Some(actor) {
                self.adversary_circle(span);
                dynamics.against.pop();
                return;
            }
            at = at.and_then(next);
        }
    }

    fn adversary_circle(&mut self, span: Span) {
        let message = "these adversaries lead back to where they start";
        self.report.error(Code::Circle, span, message, "say it of one of the two: the other moves by itself");
    }

    fn policy(&mut self, section: &mut Section<'_>) -> Option<Policy> {
        let when = section.take("when").and_then(|field| field.text(&mut self.report));
        let condition = when.as_ref().and_then(|text| self.condition(*text, Place::Policy));
        let text = section.take("policy").and_then(|field| field.text(&mut self.report));
        let given = text.as_ref().map(Fragment::span);
        let policy = match text {
            Some(text) => Some(word(&text, "policy", PolicyWord::WORDS, PolicyWord::from_word, &mut self.report)?),
            None => when.is_some().then_some(PolicyWord::When),
        };
        match (policy, &when) {
            (Some(PolicyWord::When), None) => {
                let help = "add `when = \"…\"`: the condition under which it is used";
                let message = "this policy has no condition";
                let span = given.unwrap_or_else(|| section.span.clone());
                self.report.absence(Diagnostic::error(Code::MissingKey, span, message, help));
            }
            (Some(policy), Some(when)) if policy != PolicyWord::When => {
                let message = format!("`when` has no place beside the policy `{}`", policy.word());
                self.report.error(
                    Code::NotAllowedHere,
                    when.span(),
                    message,
                    "write `policy = \"when\"`, or leave it out",
                );
            }
            _ => {}
        }
        Some(match policy? {
            PolicyWord::Never => Policy::Never,
            PolicyWord::Always => Policy::Always,
            PolicyWord::BestResponse => Policy::BestResponse,
            PolicyWord::When => Policy::When(condition?),
        })
    }

    /// What is to happen after the day of the case.
    fn future(&mut self, dynamics: &mut Dynamics, section: &mut Section<'_>, as_of: &str, evidence: &Evidence) {
        let table =
            section.take("event").and_then(|field| field.table("[simulation.event]".to_owned(), &mut self.report));
        for field in table.map(|mut table| table.rest()).unwrap_or_default() {
            self.id(field.key, field.key_span.clone());
            let mut body = field.body(format!("[simulation.event.{}]", field.key), &mut self.report);
            let own = self.evidence(&mut body);
            let date = body.require("date", &mut self.report);
            let span = date.as_ref().map(|field| field.span.clone());
            let date = date.and_then(|field| self.day(&field)).unwrap_or_default();
            if let Some(span) = span.filter(|_| !as_of.is_empty() && !date.is_empty() && date.as_str() <= as_of) {
                let message = format!("this is to happen on {date}, not after the date of the case ({as_of})");
                let help = "what happened before belongs in `[[event]]`, and what it changed in the case itself";
                self.report.error(Code::BadDate, span, message, help);
            }
            let text = body.require("text", &mut self.report).and_then(|field| field.words(&mut self.report));
            let texts = body.require("edits", &mut self.report).and_then(|field| field.texts(&mut self.report));
            let edits = self.edits(texts.unwrap_or_default()).into_iter().map(|(edit, _)| edit).collect();
            let chance = Parameter::Chance(dynamics.events.len());
            self.parameters(dynamics, &mut body, &[chance], &own.clone().or(evidence));
            body.finish(&format::FUTURE_EVENT, &mut self.report);
            let id = field.key.to_owned();
            dynamics.events.push(FutureEvent { id, text: text.unwrap_or_default(), date, edits, evidence: own });
        }
        if dynamics.events.len() > Dynamics::MOST_EVENTS {
            let message = format!("more than {} events are to happen", Dynamics::MOST_EVENTS);
            self.report.error(Code::TooLarge, section.span.clone(), message, "keep those that matter");
        }
    }
}

impl Dynamics {
    /// The most rounds a run may have.
    pub const MOST_ROUNDS: i64 = 1200;
    /// The most events that may be to happen.
    pub const MOST_EVENTS: usize = 16;
    /// The share of a bounded number after an edit: held within its range.
    pub(crate) fn held(parameter: Parameter, value: Decimal) -> Decimal {
        match parameter.bounds() {
            format::Bounds::Any => value,
            format::Bounds::NotNegative | format::Bounds::Positive => value.max(Decimal::ZERO),
            format::Bounds::Value | format::Bounds::Probability => value.max(Decimal::ZERO).min(Decimal::ONE),
        }
    }
}
