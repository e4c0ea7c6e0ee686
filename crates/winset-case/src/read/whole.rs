//! What only the case as a whole can show, noted while it is read: whose preferences are needed, and where.

use std::collections::BTreeSet;

use super::Reader;
use super::names::{FallbackForm, Kind};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::edit::{Change, NumberTarget};
use crate::model::{ActorId, Channel, Condition, Role, Rule, Track, TrackId};

/// An actor whose preferences something needs.
#[derive(Debug)]
pub(super) struct Need {
    actor: usize,
    span: Span,
    why: String,
}

/// A party or guarantor that has no vote under the rule of its track.
#[derive(Debug)]
pub(super) struct Unasked {
    track: TrackId,
    actor: ActorId,
    party: bool,
}

/// A key that only some rules read.
#[derive(Debug)]
pub(super) struct VotingKey {
    pub(super) track: usize,
    pub(super) key: &'static str,
    pub(super) span: Span,
    pub(super) rules: &'static [Rule],
}

/// Where things stand that are looked at when everything has been read.
#[derive(Debug, Default)]
pub(super) struct Spans {
    /// The edits of each lever.
    pub(super) lever_edits: Vec<Vec<Span>>,
    /// The channel each lever declares.
    pub(super) channels: Vec<Option<(Channel, Span)>>,
    /// Levers with a mistake in their edits.
    pub(super) unsound_levers: BTreeSet<usize>,
    /// The condition of each red line, by actor.
    pub(super) red_lines: Vec<Vec<Span>>,
    /// The `ends` of each actor.
    pub(super) ends: Vec<Span>,
    /// The levers of each option to compare.
    pub(super) options: Vec<Span>,
    /// The keys of tracks that only some rules read.
    pub(super) voting: Vec<VotingKey>,
    /// Actors named in those keys, by track and key.
    pub(super) voters: Vec<(usize, usize, &'static str, Span)>,
}

impl Reader {
    /// Notes that an actor's preferences are needed.
    pub(super) fn need(&mut self, actor: usize, span: Span, why: String) {
        self.needs.push(Need { actor, span, why });
    }

    /// Notes what a track needs, and what edits may make it need; `spans` is where its seats stand.
    pub(super) fn note_track(&mut self, id: TrackId, track: &Track, spans: &[Span]) {
        self.rules.insert((id.0, track.rule));
        self.vetoes.extend(track.voting.veto.iter().map(|holder| (id.0, holder.0)));
        for (index, seat) in track.seats.iter().enumerate() {
            let span = spans.get(index).cloned().unwrap_or(0..0);
            let party = seat.roles.contains(&Role::Party);
            if party || seat.roles.contains(&Role::Guarantor) {
                self.seated.insert((id.0, seat.actor.0));
            }
            if track.needs(seat) {
                if !spans.is_empty() {
                    self.need(seat.actor.0, span, format!("`{}` needs its consent", track.id));
                }
            } else if party || seat.roles.contains(&Role::Guarantor) {
                self.unasked.push(Unasked { track: id, actor: seat.actor, party });
            }
        }
        self.on_agenda.extend(track.agenda.iter().map(|issue| issue.0));
        if let Some(mandate) = &track.mandate {
            self.note_mandate(id, mandate);
        }
    }

    fn note_mandate(&mut self, track: TrackId, mandate: &Condition) {
        let count = self.mandates.entry(track.0).or_default();
        *count = mandate.conjuncts().len().max(*count);
    }

    /// Notes that a mandate could not be read, so that nobody knows its parts.
    pub(super) fn unread_mandate(&mut self, track: TrackId) {
        self.mandates.insert(track.0, usize::MAX);
    }

    /// Notes what an edit makes possible or needs.
    pub(super) fn note_change(&mut self, change: &Change, span: &Span) {
        let needed: Vec<ActorId> = match change {
            Change::Mandate(track, Some(mandate)) => {
                self.note_mandate(*track, mandate);
                return;
            }
            Change::Agenda(_, issue, true) => {
                self.on_agenda.insert(issue.0);
                return;
            }
            Change::Seat(track, actor, roles) => {
                self.revoted.insert(track.0);
                let party = roles.contains(&Role::Party);
                if !party && !roles.contains(&Role::Guarantor) {
                    return;
                }
                self.seated.insert((track.0, actor.0));
                if !party && self.rules.contains(&(track.0, Rule::PartiesOnly)) {
                    self.unasked.push(Unasked { track: *track, actor: *actor, party });
                    return;
                }
                vec![*actor]
            }
            Change::Rule(track, rule) => {
                self.revoted.insert(track.0);
                self.rules.insert((track.0, *rule));
                let asked =
                    |unasked: &&Unasked| unasked.track == *track && (unasked.party || *rule != Rule::PartiesOnly);
                self.unasked.iter().filter(asked).map(|unasked| unasked.actor).collect()
            }
            Change::Veto(track, actor, add) => {
                self.revoted.insert(track.0);
                if *add {
                    self.vetoes.insert((track.0, actor.0));
                }
                self.unasked_there(*track, *actor)
            }
            Change::Number(NumberTarget::Votes(track, actor), ..) => {
                self.revoted.insert(track.0);
                self.unasked_there(*track, *actor)
            }
            Change::Number(NumberTarget::Quota(track), ..) => {
                self.revoted.insert(track.0);
                return;
            }
            _ => return,
        };
        for actor in needed {
            self.need(actor.0, span.clone(), "this edit makes its consent needed".to_owned());
        }
    }

    fn unasked_there(&self, track: TrackId, actor: ActorId) -> Vec<ActorId> {
        let there = |unasked: &&Unasked| unasked.track == track && unasked.actor == actor;
        self.unasked.iter().filter(there).map(|unasked| unasked.actor).collect()
    }

    /// Reports actors whose preferences are needed and nowhere to be found, each once.
    pub(super) fn preferences(&mut self) {
        let mut needs = std::mem::take(&mut self.needs);
        needs.sort_by_key(|need| need.span.start);
        let mut asked = BTreeSet::new();
        let mut reported = BTreeSet::new();
        for Need { actor, span, why } in needs {
            if !asked.insert(actor) {
                continue;
            }
            let Some((lacking, what)) = self.lacking(actor) else { continue };
            if !reported.insert(lacking) {
                continue;
            }
            let actors = self.names.of(Kind::Actor);
            let id = actors.id(lacking);
            let (message, help) = match what {
                "weights" => (
                    format!("`{id}` has no weights, and {why}"),
                    format!("give it `[actor.{id}.weights]` and values, or a `principal` that has them"),
                ),
                _ => (
                    format!("`{id}` has no fallback, and {why}"),
                    format!("give `{id}` or its principal a `fallback`: what no agreement is worth to it"),
                ),
            };
            let declared = actors.span(lacking);
            let diagnostic = Diagnostic::error(Code::MissingPreferences, span, message, help);
            self.report.absence(diagnostic.label(declared, format!("`{id}` is declared here")));
        }
    }

    /// The first actor among an actor and its principals that cannot be judged, and what it lacks.
    fn lacking(&self, actor: usize) -> Option<(usize, &'static str)> {
        let mut chain = vec![actor];
        while let Some(next) = chain.last().and_then(|&last| self.names.actors[last].principal) {
            if chain.len() > self.names.actors.len() {
                return None;
            }
            chain.push(next);
        }
        if chain.last().is_some_and(|&last| self.names.actors[last].unread_principal) {
            return None;
        }
        let judged: Vec<usize> = (0..chain.len()).filter(|&at| self.names.actors[chain[at]].weights).collect();
        let Some(&outermost) = judged.last() else { return Some((actor, "weights")) };
        // A principal's red lines always bind, so they must be weighed by someone.
        if let Some(at) =
            (outermost + 1..chain.len()).find(|&at| self.names.actors[chain[at]].red_lines.iter().next().is_some())
        {
            return Some((chain[at], "weights"));
        }
        // Without weights of its own an actor is judged by its principal's, and by its own fallback if it has one. Every
        // principal that has weights must accept as well.
        for at in std::iter::once(0).chain(judged) {
            let has_fallback = |&member: &usize| self.names.actors[member].fallback != FallbackForm::None;
            if !chain[at..].iter().any(has_fallback) {
                return Some((chain[at], "fallback"));
            }
        }
        None
    }
}
