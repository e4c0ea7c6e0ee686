//! `rule` and the keys of `[track]` that say how votes are counted: `quota`, `votes`, `blocs`, `share`, `veto`, `abstains`.

use super::super::Reader;
use super::super::document::Content;
use super::super::names::Kind;
use super::super::number::Bounds;
use super::super::table::{Field, Section, word};
use super::super::whole::VotingKey;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ActorId, Bloc, Decimal, Evidence, Quantity, Rule, Voting};

/// The keys that only some rules read, with those rules.
const KEYS: [(&str, &[Rule]); 6] = [
    ("quota", &[Rule::Quota, Rule::Council]),
    ("votes", &[Rule::Quota, Rule::Council, Rule::SufficientConsensus]),
    ("blocs", &[Rule::SufficientConsensus]),
    ("share", &[Rule::SufficientConsensus]),
    ("veto", &[Rule::Council]),
    ("abstains", &[Rule::Council]),
];

impl Reader {
    /// The rule of a track, and how it counts votes.
    pub(super) fn voting(&mut self, track: usize, section: &mut Section<'_>, evidence: &Evidence) -> (Rule, Voting) {
        let rule = section.take("rule").and_then(|field| field.text(&mut self.report));
        let written = rule.is_some();
        let rule = rule.and_then(|text| word(&text, "rule", Rule::WORDS, Rule::from_word, &mut self.report));
        // Of a misspelt rule the misspelling is the mistake.
        let known = rule.is_some() || !written;
        let rule = rule.unwrap_or(Rule::Consensus);
        let mut fields = Vec::new();
        for (key, rules) in KEYS {
            let span = section.get(key).map(|field| field.key_span.clone());
            let field = section.take(key);
            if let (Some(span), true) = (span, known) {
                self.spans.voting.push(VotingKey { track, key, span, rules });
            }
            fields.push(field);
        }
        let [quota, votes, blocs, share, veto, abstains] = <[_; 6]>::try_from(fields).expect("one field for each key");
        if let (None, Some(share)) = (section.get("blocs"), &share) {
            // Without blocs it means nothing, but is to be written well all the same.
            self.shares(share, &mut [], evidence);
        }
        let voting = Voting {
            quota: quota.and_then(|field| self.above_zero(&field, evidence)),
            votes: votes.map(|field| self.by_actor(track, "votes", &field, evidence)).unwrap_or_default(),
            blocs: blocs.map(|field| self.blocs(track, &field, share.as_ref(), evidence)).unwrap_or_default(),
            veto: self.voters(track, "veto", veto),
            abstains: abstains.map(|field| self.by_actor(track, "abstains", &field, evidence)).unwrap_or_default(),
        };
        let required: &[&'static str] = match rule {
            Rule::Consensus | Rule::PartiesOnly => &[],
            Rule::Quota | Rule::Council => &["quota"],
            Rule::SufficientConsensus => &["blocs", "share"],
        };
        for &key in required.iter().filter(|key| section.get(key).is_none()) {
            let help = match key {
                "quota" => "add `quota = …`: how many votes a deal needs",
                "blocs" => "add `blocs = { ID = [\"actor\", …] }`: whose consent is asked, group by group",
                _ => "add `share = …`: from 0 to 1, how much of a bloc must say yes",
            };
            let message = format!("the rule `{}` needs `{key}`", rule.word());
            self.report.absence(Diagnostic::error(Code::MissingKey, section.span.clone(), message, help));
        }
        (rule, voting)
    }

    fn above_zero(&mut self, field: &Field<'_>, evidence: &Evidence) -> Option<Quantity> {
        let quantity = self.quantity(field, Bounds::NotNegative, evidence)?;
        if quantity.distribution.range().0 <= Decimal::ZERO {
            let message = format!("`{}` must be above 0", field.key);
            let help = "a deal needs somebody's consent: write how many votes";
            self.report.error(Code::OutOfRange, field.span.clone(), message, help);
            return None;
        }
        Some(quantity)
    }

    /// A table actor = number, 0 or more.
    fn by_actor(
        &mut self,
        track: usize,
        key: &'static str,
        field: &Field<'_>,
        evidence: &Evidence,
    ) -> Vec<(ActorId, Quantity)> {
        let Some(mut section) = field.table(field.key.to_owned(), &mut self.report) else { return Vec::new() };
        let keys = self.evidence_keys(&section, |names, key| names.of(Kind::Actor).get(key).is_some());
        let evidence = self.evidence_under(&mut section, &keys).or(evidence);
        let mut numbers = Vec::new();
        for field in section.rest() {
            let actor = self.find(Kind::Actor, field.key, field.key_span.clone());
            let number = self.quantity(&field, Bounds::NotNegative, &evidence);
            if let (Some(actor), Some(number)) = (actor, number) {
                self.spans.voters.push((track, actor, key, field.key_span));
                numbers.push((ActorId(actor), number));
            }
        }
        numbers
    }

    /// A list of actors, each once.
    fn voters(&mut self, track: usize, key: &'static str, field: Option<Field<'_>>) -> Vec<ActorId> {
        let items = field.as_ref().map(Field::items).unwrap_or_default();
        for item in &items {
            let actor = item.as_text().and_then(|text| self.names.of(Kind::Actor).get(text.text));
            self.spans.voters.extend(actor.map(|actor| (track, actor, key, item.span.clone())));
        }
        self.references(field, Kind::Actor).into_iter().map(ActorId).collect()
    }

    fn blocs(&mut self, track: usize, field: &Field<'_>, share: Option<&Field<'_>>, evidence: &Evidence) -> Vec<Bloc> {
        let Some(mut section) = field.table("blocs".to_owned(), &mut self.report) else { return Vec::new() };
        let mut blocs = Vec::new();
        let fields = section.rest();
        if fields.is_empty() {
            let help = "name at least one: `blocs = { ID = [\"actor\", …] }`";
            self.report.error(Code::OutOfRange, section.span.clone(), "there is no bloc", help);
        }
        for field in fields {
            self.id(field.key, field.key_span.clone());
            let members = self.voters(track, "blocs", Some(field.clone()));
            if matches!(field.content, Content::List(_)) && field.items().is_empty() {
                let message = format!("the bloc `{}` has no members", field.key);
                self.report.error(Code::OutOfRange, field.span, message, "name who belongs to it, or delete it");
            }
            blocs.push(Bloc { id: field.key.to_owned(), members, share: Quantity::point(Decimal::ONE) });
        }
        if let Some(share) = share {
            self.shares(share, &mut blocs, evidence);
        }
        blocs
    }

    /// One share for all blocs, or a table bloc = share.
    fn shares(&mut self, field: &Field<'_>, blocs: &mut [Bloc], evidence: &Evidence) {
        const NUMBER: [&str; 5] = ["value", "low", "mode", "high", "shape"];
        let names_bloc = |section: &Section<'_>| {
            let mut keys = section.fields().map(|field| field.key);
            let any_bloc = section.fields().any(|field| blocs.iter().any(|bloc| bloc.id == field.key));
            any_bloc || !keys.any(|key| NUMBER.contains(&key))
        };
        let Some(mut section) = field.as_table("share".to_owned()).filter(names_bloc) else {
            let share = self.share(field, evidence);
            blocs.iter_mut().for_each(|bloc| bloc.share = share.clone().unwrap_or_else(|| bloc.share.clone()));
            return;
        };
        let keys = self.evidence_keys(&section, |_, key| blocs.iter().any(|bloc| bloc.id == key));
        let evidence = self.evidence_under(&mut section, &keys).or(evidence);
        let mut given = vec![false; blocs.len()];
        for field in section.rest() {
            let Some(at) = blocs.iter().position(|bloc| bloc.id == field.key) else {
                let message = format!("there is no bloc `{}`", field.key);
                let help = self.report.suggest(field.key, blocs.iter().map(|bloc| bloc.id.as_str()), "");
                self.report.error(Code::UnknownName, field.key_span, message, help);
                given.fill(true);
                continue;
            };
            given[at] = true;
            if let Some(share) = self.share(&field, &evidence) {
                blocs[at].share = share;
            }
        }
        if let Some(at) = given.iter().position(|given| !given) {
            let message = format!("`share` says nothing of the bloc `{}`", blocs[at].id);
            let help = "give every bloc a share, or write one number for all";
            self.report.absence(Diagnostic::error(Code::MissingKey, section.span.clone(), message, help));
        }
    }

    fn share(&mut self, field: &Field<'_>, evidence: &Evidence) -> Option<Quantity> {
        let share = self.quantity(field, Bounds::Probability, evidence)?;
        if share.distribution.range().0 <= Decimal::ZERO {
            let help = "write more than 0 and at most 1; leave a bloc out whose consent is not asked";
            self.report.error(Code::OutOfRange, field.span.clone(), "a share must be above 0", help);
            return None;
        }
        Some(share)
    }
}
