//! `[tie]`.

use super::super::Reader;
use super::super::circles::Link;
use super::super::names::Kind;
use super::super::number::Bounds;
use super::super::table::{Section, word};
use super::super::unsupported::unsupported_tie;
use crate::diagnostic::{Code, Span};
use crate::format;
use crate::model::{ActorId, Decimal, Evidence, Quantity, Tie, TieKind, TieWord};

impl Reader {
    pub(super) fn tie(&mut self, id: &str, index: usize, mut section: Section<'_>) -> Tie {
        let evidence = self.evidence(&mut section);
        let Some(kind) = self.kind_of_tie(&mut section) else {
            // Its other keys may belong to another kind of tie.
            return Tie {
                id: id.to_owned(),
                from: ActorId(0),
                to: ActorId(0),
                on: true,
                kind: TieKind::NonRecognition,
                evidence,
            };
        };
        let [from, to] = ["from", "to"].map(|key| {
            let text = section.require(key, &mut self.report)?.text(&mut self.report)?;
            let actor = self.find(Kind::Actor, text.text, text.span())?;
            Some((actor, text.span()))
        });
        let carried = match kind {
            TieWord::Patron => self.patronage(index, &mut section, from.as_ref(), to.as_ref(), &evidence),
            TieWord::NonRecognition => {
                self.two_actors(from.as_ref(), to.as_ref(), "no actor refuses to sit with itself");
                TieKind::NonRecognition
            }
            TieWord::Constituency => self.people(index, &mut section, from.as_ref(), to.as_ref(), &evidence),
        };
        let table = match kind {
            TieWord::Patron => &format::PATRON,
            TieWord::NonRecognition => &format::NON_RECOGNITION,
            TieWord::Constituency => &format::CONSTITUENCY,
        };
        section.finish(table, &mut self.report);
        let actor = |end: Option<(usize, Span)>| ActorId(end.map_or(0, |(actor, _)| actor));
        Tie { id: id.to_owned(), from: actor(from), to: actor(to), kind: carried, on: true, evidence }
    }

    fn kind_of_tie(&mut self, section: &mut Section<'_>) -> Option<TieWord> {
        let kind = section.require("kind", &mut self.report)?.text(&mut self.report)?;
        if let Some(help) = unsupported_tie(kind.text) {
            let message = format!("ties of the kind `{}` are not supported in this version", kind.text);
            self.report.error(Code::NotSupportedYet, kind.span(), message, help);
            return None;
        }
        word(&kind, "kind of tie", TieWord::WORDS, TieWord::from_word, &mut self.report)
    }

    fn patronage(
        &mut self,
        index: usize,
        section: &mut Section<'_>,
        from: Option<&(usize, Span)>,
        to: Option<&(usize, Span)>,
        evidence: &Evidence,
    ) -> TieKind {
        let leverage = section.require("leverage", &mut self.report);
        let leverage = leverage.and_then(|field| self.quantity(&field, Bounds::NotNegative, evidence));
        if let (Some((from, _)), Some((to, span))) = (from, to) {
            self.links.entry(Link::Patron).or_default().push((*from, *to, span.clone()));
        }
        if let Some((patron, span)) = from {
            let id = self.names.of(Kind::Tie).id(index);
            let why = format!("as a patron in `{id}` it is asked whether it gains");
            self.need(*patron, span.clone(), why);
        }
        TieKind::Patron(leverage.unwrap_or_else(|| Quantity::point(Decimal::ZERO)))
    }

    fn people(
        &mut self,
        index: usize,
        section: &mut Section<'_>,
        from: Option<&(usize, Span)>,
        to: Option<&(usize, Span)>,
        evidence: &Evidence,
    ) -> TieKind {
        let binding = section.take("binding").and_then(|field| self.quantity(&field, Bounds::Probability, evidence));
        self.two_actors(from, to, "no actor is its own constituency");
        if let Some((people, span)) = to {
            let id = self.names.of(Kind::Tie).id(index);
            let why = format!("as a constituency in `{id}` it is asked whether it would accept");
            self.need(*people, span.clone(), why);
        }
        TieKind::Constituency(binding)
    }

    /// Reports a tie of an actor to itself.
    fn two_actors(&mut self, from: Option<&(usize, Span)>, to: Option<&(usize, Span)>, message: &str) {
        if let (Some((from, _)), Some((to, span))) = (from, to)
            && from == to
        {
            self.report.error(Code::Circle, span.clone(), message, "name another actor at one of its ends");
        }
    }
}
