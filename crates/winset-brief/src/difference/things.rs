//! The things a case declares, each with what the case says of it.

use std::collections::BTreeMap;

use winset_case::{Actor, ActorKind, Case, Condition, Edit, Event, Evidence, Fallback, Tie, TieKind, Track};

use super::fact::{Fact, FactKind, Says};
use super::meaning::Meanings;
use super::rests::evidence_facts;

/// A thing a case declares.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// Where it is declared, as edits name it: `actor.government`.
    pub path: String,
    /// What people read.
    pub name: String,
    /// What the case says of it.
    pub facts: Vec<Fact>,
}

impl Thing {
    pub(super) fn new(path: String, name: &str) -> Self {
        Thing { facts: Vec::new(), name: name.to_owned(), path }
    }

    fn add(&mut self, key: &str, kind: FactKind, says: Says) {
        self.facts.push(Fact { path: format!("{}.{key}", self.path), kind, says });
    }

    pub(super) fn words(&mut self, key: &str, kind: FactKind, words: impl Into<String>) {
        self.add(key, kind, Says::words(words));
    }

    pub(super) fn maybe(&mut self, key: &str, kind: FactKind, words: Option<impl Into<String>>) {
        if let Some(words) = words {
            self.words(key, kind, words);
        }
    }

    pub(super) fn named(&mut self) {
        let name = self.name.clone();
        self.words("name", FactKind::Text, name);
    }

    /// The same of a thing that may be called otherwise within a sentence.
    pub(super) fn named_in_sentence(&mut self, in_sentence: &str) {
        self.named();
        self.maybe("in_sentence", FactKind::Text, (in_sentence != self.name).then_some(in_sentence));
    }
}

/// Lists what a case declares.
pub(super) struct Lister<'c> {
    pub(super) case: &'c Case,
    pub(super) meanings: Meanings<'c>,
    pub(super) things: Vec<Thing>,
    /// What each thing rests on, where its section says so.
    pub(super) rests: Vec<Option<&'c Evidence>>,
}

/// Everything a case declares, in the order of its sections.
pub(crate) fn things(case: &Case) -> Vec<Thing> {
    let mut lister = Lister { case, meanings: Meanings::new(case), things: Vec::new(), rests: Vec::new() };
    lister.head();
    lister.sources_issues_and_defines();
    case.actors.iter().for_each(|actor| lister.actor(actor));
    case.ties.iter().for_each(|tie| lister.tie(tie));
    case.tracks.iter().for_each(|track| lister.track(track));
    lister.frameworks();
    lister.levers_packages_and_options();
    lister.strategic_game();
    lister.claims_and_events();
    lister.numbers();
    lister.things
}

impl<'c> Lister<'c> {
    fn head(&mut self) {
        let case = self.case;
        let mut head = Thing::new("case".to_owned(), &case.title);
        head.words("title", FactKind::Text, &case.title);
        head.words("as_of", FactKind::Word, &case.as_of);
        head.maybe("summary", FactKind::Text, case.summary.as_ref());
        head.words(
            "today",
            FactKind::Word,
            if case.no_agreement_today { "no-agreement" } else { "an option of every issue" },
        );
        self.take_up(head, None);
    }

    fn sources_issues_and_defines(&mut self) {
        let case = self.case;
        for source in &case.sources {
            let mut thing = Thing::new(format!("source.{}", source.id), &source.title);
            thing.words("title", FactKind::Text, &source.title);
            thing.maybe("author", FactKind::Text, source.author.as_ref());
            thing.maybe("date", FactKind::Text, source.date.as_ref());
            thing.maybe("url", FactKind::Text, source.url.as_ref());
            thing.maybe("note", FactKind::Text, source.note.as_ref());
            if let Some(grade) = source.reliability {
                let rank = u8::try_from(u32::from(grade) - u32::from('A')).unwrap_or(0);
                thing.add("reliability", FactKind::Grade, Says::ranked(grade, rank));
            }
            self.take_up(thing, None);
        }
        for issue in &case.issues {
            let mut thing = Thing::new(format!("issue.{}", issue.id), &issue.name);
            thing.named_in_sentence(&issue.in_sentence);
            thing.words("options", FactKind::List, issue.options.join(", "));
            if !case.no_agreement_today {
                thing.words("today", FactKind::Option, &issue.options[issue.today]);
            }
            self.vouched(thing, &issue.evidence);
        }
        for define in &case.defines {
            let mut thing = Thing::new(format!("define.{}", define.id), &define.id);
            self.condition(&mut thing, "condition", &define.condition);
            self.take_up(thing, None);
        }
    }

    fn actor(&mut self, actor: &'c Actor) {
        let case = self.case;
        let id = |actor: winset_case::ActorId| case.actors[actor.0].id.as_str();
        let mut thing = Thing::new(format!("actor.{}", actor.id), &actor.name);
        thing.named_in_sentence(&actor.in_sentence);
        thing.maybe("kind", FactKind::Word, actor.kind.map(ActorKind::word));
        thing.maybe("part_of", FactKind::Word, actor.part_of.map(id));
        thing.maybe("principal", FactKind::Word, actor.principal.map(id));
        thing.maybe("out_of", FactKind::Text, actor.out_of.map(|points| points.to_string()));
        let form = actor.fallback.as_ref().map(|fallback| match fallback {
            Fallback::Worth(_) => "a worth",
            Fallback::CostOfGoingOn(_) => "a cost of going on",
            Fallback::War { .. } => "a war",
        });
        thing.maybe("fallback (as)", FactKind::Word, form);
        if let Some(ends) = &actor.ends {
            self.condition(&mut thing, "ends", ends);
        }
        for hope in &actor.aspirations {
            self.condition(&mut thing, &format!("aspirations.{}", hope.id), &hope.when);
        }
        self.vouched(thing, &actor.evidence);
        for line in &actor.red_lines {
            let mut thing = Thing::new(format!("actor.{}.red_line.{}", actor.id, line.id), &line.id);
            self.condition(&mut thing, "when", &line.when);
            thing.words(
                "price (is)",
                FactKind::Word,
                if line.price.is_some() { "named" } else { "none: no price moves it" },
            );
            thing.words("stands", FactKind::Word, on_or_off(line.on));
            self.within(thing, &line.evidence, &actor.evidence);
        }
        for linkage in &actor.linkages {
            let mut thing = Thing::new(format!("actor.{}.linkage.{}", actor.id, linkage.id), &linkage.id);
            self.condition(&mut thing, "when", &linkage.when);
            thing.words("stands", FactKind::Word, on_or_off(linkage.on));
            self.within(thing, &linkage.evidence, &actor.evidence);
        }
    }

    fn tie(&mut self, tie: &'c Tie) {
        let case = self.case;
        let mut thing = Thing::new(format!("tie.{}", tie.id), &tie.id);
        let kind = match tie.kind {
            TieKind::Patron(_) => "patron",
            TieKind::NonRecognition => "non-recognition",
            TieKind::Constituency(_) => "constituency",
        };
        thing.words("kind", FactKind::Word, kind);
        thing.words("from", FactKind::Word, &case.actors[tie.from.0].id);
        thing.words("to", FactKind::Word, &case.actors[tie.to.0].id);
        thing.words("stands", FactKind::Word, on_or_off(tie.on));
        self.vouched(thing, &tie.evidence);
    }

    fn track(&mut self, track: &'c Track) {
        let case = self.case;
        let mut thing = Thing::new(format!("track.{}", track.id), &track.name);
        thing.named_in_sentence(&track.in_sentence);
        thing.words("rule", FactKind::Word, track.rule.word());
        thing.words("status", FactKind::Word, track.status.word());
        thing.maybe(
            "concludes",
            FactKind::Word,
            track.concludes.map(|framework| case.frameworks[framework.0].id.as_str()),
        );
        if let Some(mandate) = &track.mandate {
            self.condition(&mut thing, "mandate", mandate);
        }
        let sorted = |mut ids: Vec<&str>| {
            ids.sort_unstable();
            ids.join(", ")
        };
        let feeds = sorted(track.feeds.iter().map(|other| case.tracks[other.0].id.as_str()).collect());
        thing.maybe("feeds", FactKind::List, Some(feeds).filter(|feeds| !feeds.is_empty()));
        for issue in &track.agenda {
            thing.words(&format!("agenda.{}", case.issues[issue.0].id), FactKind::Agenda, "on it");
        }
        for seat in &track.seats {
            let mut roles: Vec<&str> = seat.roles.iter().map(|role| role.word()).collect();
            roles.sort_unstable();
            thing.words(&format!("seats.{}", case.actors[seat.actor.0].id), FactKind::Seat, roles.join(" and "));
        }
        let veto = sorted(track.voting.veto.iter().map(|actor| case.actors[actor.0].id.as_str()).collect());
        thing.maybe("veto", FactKind::List, Some(veto).filter(|veto| !veto.is_empty()));
        for bloc in &track.voting.blocs {
            let members = sorted(bloc.members.iter().map(|actor| case.actors[actor.0].id.as_str()).collect());
            thing.words(&format!("blocs.{}", bloc.id), FactKind::List, members);
        }
        self.vouched(thing, &track.evidence);
    }

    fn frameworks(&mut self) {
        for framework in &self.case.frameworks {
            let mut thing = Thing::new(format!("framework.{}", framework.id), &framework.name);
            thing.named_in_sentence(&framework.in_sentence);
            thing.words("reading", FactKind::Word, framework.reading.word());
            self.vouched(thing, &framework.evidence);
            for benchmark in &framework.benchmarks {
                let path = format!("framework.{}.benchmarks.{}", framework.id, benchmark.id);
                let mut thing = Thing::new(path, &benchmark.id);
                self.condition(&mut thing, "nominal", &benchmark.nominal);
                self.condition(&mut thing, "strict", &benchmark.strict);
                thing.words("stands", FactKind::Word, on_or_off(benchmark.on));
                self.within(thing, &benchmark.evidence, &framework.evidence);
            }
        }
    }

    fn levers_packages_and_options(&mut self) {
        let case = self.case;
        let levers = |levers: &[winset_case::LeverId]| {
            let mut ids: Vec<&str> = levers.iter().map(|lever| case.levers[lever.0].id.as_str()).collect();
            ids.sort_unstable();
            Some(ids.join(", ")).filter(|ids| !ids.is_empty())
        };
        let actor = |actor: winset_case::ActorId| case.actors[actor.0].id.as_str();
        for lever in &case.levers {
            let mut thing = Thing::new(format!("lever.{}", lever.id), &lever.name);
            thing.named();
            thing.maybe("owner", FactKind::Word, lever.owner.map(actor));
            thing.words("available", FactKind::Word, lever.available.to_string());
            thing.words("in use", FactKind::Word, on_or_off(lever.on));
            thing.maybe("requires", FactKind::List, levers(&lever.requires));
            thing.maybe("excludes", FactKind::List, levers(&lever.excludes));
            thing.maybe("edits", FactKind::List, edits(&lever.edits));
            self.vouched(thing, &lever.evidence);
        }
        for package in &case.packages {
            let mut thing = Thing::new(format!("package.{}", package.id), &package.name);
            thing.named_in_sentence(&package.in_sentence);
            for (issue, option) in &package.content {
                let issue = &case.issues[issue.0];
                thing.words(&format!("content.{}", issue.id), FactKind::Option, &issue.options[*option]);
            }
            self.vouched(thing, &package.evidence);
        }
        for option in &case.options {
            let mut thing = Thing::new(format!("option.{}", option.id), &option.name);
            thing.named();
            thing.maybe("actor", FactKind::Word, option.actor.map(actor));
            // Under a reading a case has no readings of its own.
            let reading = option.reading.and_then(|reading| case.readings.get(reading.0));
            thing.maybe("reading", FactKind::Word, reading.map(|reading| reading.id.as_str()));
            thing.maybe("levers", FactKind::List, levers(&option.levers));
            thing.maybe("edits", FactKind::List, edits(&option.edits));
            self.vouched(thing, &option.evidence);
        }
    }

    fn claims_and_events(&mut self) {
        let case = self.case;
        for claim in &case.claims {
            let mut thing = Thing::new(format!("claim.{}", claim.id), &claim.id);
            thing.words("says", FactKind::Text, &claim.says);
            let check: Vec<&str> = claim.check_text.split_whitespace().collect();
            thing.words("check", FactKind::List, check.join(" "));
            thing.maybe("with", FactKind::List, edits(&claim.with));
            thing.maybe("control", FactKind::List, edits(&claim.control));
            self.vouched(thing, &claim.evidence);
        }
        // Entries of the record have no ids: what happened on a day, by its text.
        let mut same: BTreeMap<String, usize> = BTreeMap::new();
        for event in &case.events {
            let head = format!("event.{} {}", event.date, event.text);
            let count = same.entry(head.clone()).or_default();
            *count += 1;
            let path = if *count == 1 { head } else { format!("{head} ({count})") };
            self.event(path, event);
        }
        for reading in case.readings.iter() {
            let mut thing = Thing::new(format!("reading.{}", reading.id), &reading.name);
            thing.named();
            self.vouched(thing, &reading.evidence);
        }
    }

    fn event(&mut self, path: String, event: &'c Event) {
        let case = self.case;
        let mut thing = Thing::new(path, &event.text);
        thing.maybe("end", FactKind::Text, event.end.as_ref());
        thing.maybe("track", FactKind::Word, event.track.map(|track| case.tracks[track.0].id.as_str()));
        let mut kinds: Vec<&str> = event.kinds.iter().map(|kind| kind.word()).collect();
        kinds.sort_unstable();
        thing.words("kind", FactKind::Word, kinds.join(" and "));
        thing.maybe("result", FactKind::Text, event.result.as_ref());
        self.vouched(thing, &event.evidence);
    }

    fn condition(&self, thing: &mut Thing, key: &str, condition: &Condition) {
        let shown: Vec<&str> = condition.text.split_whitespace().collect();
        let says =
            Says::Words { shown: shown.join(" "), meaning: self.meanings.meaning(&condition.expression), rank: None };
        thing.add(key, FactKind::Condition, says);
    }

    /// Takes a thing up with what it rests on.
    pub(super) fn vouched(&mut self, mut thing: Thing, evidence: &'c Evidence) {
        thing.facts.extend(evidence_facts(self.case, &thing.path, evidence));
        self.take_up(thing, Some(evidence));
    }

    /// Takes up a thing within another. What the whole rests on is said there.
    fn within(&mut self, thing: Thing, evidence: &'c Evidence, around: &'c Evidence) {
        if evidence == around {
            self.take_up(thing, Some(evidence));
        } else {
            self.vouched(thing, evidence);
        }
    }

    pub(super) fn take_up(&mut self, thing: Thing, rests: Option<&'c Evidence>) {
        self.things.push(thing);
        self.rests.push(rests);
    }
}

fn on_or_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

/// Edits as one text, in any order that comes to the same where they are a lever's.
fn edits(edits: &[Edit]) -> Option<String> {
    let texts: Vec<String> =
        edits.iter().map(|edit| edit.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    Some(texts.join("; ")).filter(|texts| !texts.is_empty())
}
