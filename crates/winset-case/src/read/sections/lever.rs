//! `[lever]`.

use super::super::Reader;
use super::super::names::Kind;
use super::super::number::Bounds;
use super::super::table::{Field, Section, word};
use crate::diagnostic::{Code, Span};
use crate::edit::Edit;
use crate::format;
use crate::model::{ActorId, Channel, Decimal, Lever, LeverId, Quantity};

impl Reader {
    pub(super) fn lever(&mut self, id: &str, index: usize, mut section: Section<'_>) -> Lever {
        let name = self.name(&mut section, id);
        let owner = self.reference(&mut section, "owner", Kind::Actor).map(|(actor, _)| ActorId(actor));
        let evidence = self.evidence(&mut section);
        let [cost, intensity] = ["cost", "intensity"].map(|key| {
            let field = section.take(key)?;
            self.quantity(&field, Bounds::NotNegative, &evidence)
        });
        let available = section.take("available").and_then(|field| field.flag(&mut self.report)).unwrap_or(true);
        let [requires, excludes] = ["requires", "excludes"].map(|key| {
            let field = section.take(key);
            self.other_levers(index, field)
        });
        let edits = section.take("edits");
        let edits = self.lever_edits(index, edits.as_ref());
        let channel = section.take("channel").and_then(|field| {
            let channel = self.channel_word(&field);
            if channel.is_none() {
                self.spans.unsound_levers.insert(index);
            }
            channel
        });
        self.spans.channels.push(channel.clone());
        section.finish(&format::LEVER, &mut self.report);
        Lever {
            id: id.to_owned(),
            name,
            owner,
            cost: cost.unwrap_or_else(|| Quantity::point(Decimal::ZERO)),
            available,
            on: false,
            requires,
            excludes,
            intensity: intensity.unwrap_or_else(|| Quantity::point(Decimal::ONE)),
            edits,
            // What the declared channel is worth is known once all conditions are.
            channel: channel.map_or(Channel::Worth, |(channel, _)| channel),
            evidence,
        }
    }

    /// Levers a lever requires or excludes.
    fn other_levers(&mut self, index: usize, field: Option<Field<'_>>) -> Vec<LeverId> {
        let span = field.as_ref().map_or(0..0, |field| field.span.clone());
        let mut levers: Vec<_> = self.references(field, Kind::Lever).into_iter().map(LeverId).collect();
        levers.sort_unstable();
        if levers.contains(&LeverId(index)) {
            let message = "a lever can neither require nor exclude itself";
            self.report.error(Code::BadLever, span, message, "take it out of its own list");
        }
        levers
    }

    fn lever_edits(&mut self, index: usize, field: Option<&Field<'_>>) -> Vec<Edit> {
        let before = self.report.count();
        let texts = field.and_then(|field| field.texts(&mut self.report)).unwrap_or_default();
        let edits = self.edits(texts);
        for (edit, span) in &edits {
            if edit.change.channel().is_none() {
                let message = "this edit is for claims and comparisons: no lever can make it";
                let help = "edit what an actor can change, such as a fallback, a price, a seat or a mandate";
                self.report.error(Code::BadEdit, span.clone(), message, help);
            }
        }
        if self.report.count() > before {
            self.spans.unsound_levers.insert(index);
        }
        let (edits, spans) = edits.into_iter().unzip();
        self.spans.lever_edits.push(spans);
        edits
    }

    fn channel_word(&mut self, field: &Field<'_>) -> Option<(Channel, Span)> {
        let text = field.text(&mut self.report)?;
        if text.text == "information" {
            let help = "this version has complete information: change what the news would change, such as a fallback";
            let message = "levers that act through information are not supported in this version";
            self.report.error(Code::NotSupportedYet, text.span(), message, help);
            return None;
        }
        let channel = word(&text, "channel", Channel::WORDS, Channel::from_word, &mut self.report)?;
        Some((channel, text.span()))
    }
}
