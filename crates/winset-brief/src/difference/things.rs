//! The things a case declares, each with what the case says of it.

use std::collections::BTreeMap;

use winset_case::{
    Actor, ActorKind, Case, Condition, Edit, Event, Evidence, Fallback, Quantity, StateOrder, Tie, TieKind, Track,
};

use super::fact::{Fact, FactKind, Says};
use super::meaning::Meanings;
use crate::numbers::{NumberPlace, numbers};

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
    fn new(path: String, name: &str) -> Self {
        Thing { facts: Vec::new(), name: name.to_owned(), path }
    }

    fn add(&mut self, key: &str, kind: FactKind, says: Says) {
        self.facts.push(Fact { path: format!("{}.{key}", self.path), kind, says });
    }

    fn words(&mut self, key: &str, kind: FactKind, words: impl Into<String>) {
        self.add(key, kind, Says::words(words));
    }

    fn maybe(&mut self, key: &str, kind: FactKind, words: Option<impl Into<String>>) {
        if let Some(words) = words {
            self.words(key, kind, words);
        }
    }

    fn named(&mut self) {
        let name = self.name.clone();
        self.words("name", FactKind::Text, name);
    }
}

/// Lists what a case declares.
struct Lister<'c> {
    case: &'c Case,
    meanings: Meanings<'c>,
    things: Vec<Thing>,
    /// What each thing rests on, where its section says so.
    rests: Vec<Option<&'c Evidence>>,
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
            thing.named();
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
        thing.named();
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
        thing.named();
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
            thing.named();
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
            thing.named();
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
            thing.maybe("reading", FactKind::Word, option.reading.map(|reading| case.readings[reading.0].id.as_str()));
            thing.maybe("levers", FactKind::List, levers(&option.levers));
            thing.maybe("edits", FactKind::List, edits(&option.edits));
            self.vouched(thing, &option.evidence);
        }
    }

    fn strategic_game(&mut self) {
        let case = self.case;
        for one in &case.moves {
            let mut thing = Thing::new(format!("move.{}", one.id), &one.name);
            thing.named();
            thing.words("actor", FactKind::Word, &case.actors[one.actor.0].id);
            thing.words("reversible", FactKind::Word, one.reversible.to_string());
            thing.words("resumable", FactKind::Word, one.resumable.to_string());
            thing.words("today", FactKind::Option, one.today.to_string());
            for (issue, option) in &one.settles {
                let issue = &case.issues[issue.0];
                thing.words(&format!("settles.{}", issue.id), FactKind::Option, &issue.options[*option]);
            }
            self.vouched(thing, &one.evidence);
        }
        if case.moves.is_empty() {
            return;
        }
        let mut game = Thing::new("stability".to_owned(), "stability");
        game.words("sanction_rule", FactKind::Word, case.game.sanction_rule.word());
        for (key, conditions) in
            [("infeasible", &case.game.infeasible), ("indistinguishable", &case.game.indistinguishable)]
        {
            let mut meanings: Vec<String> =
                conditions.iter().map(|condition| self.meanings.meaning(&condition.expression)).collect();
            meanings.sort_unstable();
            game.maybe(key, FactKind::List, Some(meanings.join("; ")).filter(|meanings| !meanings.is_empty()));
        }
        self.take_up(game, None);
        for preference in &case.game.preferences {
            let actor = &case.actors[preference.actor.0];
            let mut thing = Thing::new(format!("stability.preference.{}", actor.id), &actor.name);
            thing.words("order", FactKind::List, self.order(&preference.order));
            self.vouched(thing, &preference.evidence);
        }
    }

    /// A preference over states, in words.
    fn order(&self, order: &StateOrder) -> String {
        let case = self.case;
        match order {
            StateOrder::Ranking(groups) => {
                format!("ranking: {}", groups.iter().map(|tied| tied.join(" ~ ")).collect::<Vec<_>>().join(" > "))
            }
            StateOrder::Statements(statements) => {
                let meanings = statements.iter().map(|statement| self.meanings.meaning(&statement.expression));
                format!("statements: {}", meanings.collect::<Vec<_>>().join("; "))
            }
            StateOrder::Weights(weights) => {
                let weights =
                    weights.iter().map(|(one, weight)| format!("{} = {}", case.moves[one.0].id, number_words(weight)));
                format!("weights: {}", weights.collect::<Vec<_>>().join(", "))
            }
            StateOrder::Worth => "worth".to_owned(),
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

    /// Every number, with the innermost thing it belongs to.
    fn numbers(&mut self) {
        let case = self.case;
        let places: BTreeMap<String, usize> =
            self.things.iter().enumerate().map(|(index, thing)| (thing.path.clone(), index)).collect();
        for place in numbers(case) {
            let path = place.path(case);
            let mut within = path.as_str();
            let mut owner = None;
            while let (None, Some((head, _))) = (owner, within.rsplit_once('.')) {
                (owner, within) = (places.get(head), head);
            }
            let Some(&owner) = owner else { continue };
            let (thing, rests) = (&mut self.things[owner], self.rests[owner]);
            let number = place.of(case);
            let says = match share(case, place) {
                Some(value) => Says::Number { value, shown: number_words(number) },
                None => Says::number(number.value, number_words(number)),
            };
            thing.facts.push(Fact { path: path.clone(), kind: number_kind(place), says });
            // Evidence of the table around it is said there.
            if rests != Some(&number.evidence) {
                thing.facts.extend(evidence_facts(case, &path, &number.evidence));
            }
        }
    }

    fn condition(&self, thing: &mut Thing, key: &str, condition: &Condition) {
        let shown: Vec<&str> = condition.text.split_whitespace().collect();
        let says =
            Says::Words { shown: shown.join(" "), meaning: self.meanings.meaning(&condition.expression), rank: None };
        thing.add(key, FactKind::Condition, says);
    }

    /// Takes a thing up with what it rests on.
    fn vouched(&mut self, mut thing: Thing, evidence: &'c Evidence) {
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

    fn take_up(&mut self, thing: Thing, rests: Option<&'c Evidence>) {
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

/// A number with its range, if it has one.
fn number_words(number: &Quantity) -> String {
    let (low, high) = number.distribution.range();
    if low < high { format!("{} ({low} to {high})", number.value) } else { number.value.to_string() }
}

/// A weight as a share of the actor's weights: only the shares mean something, unless the actor counts in points.
fn share(case: &Case, place: NumberPlace) -> Option<f64> {
    let NumberPlace::Weight(actor, issue) = place else { return None };
    let actor = &case.actors[actor.0];
    let sum =
        |total: f64, weight: &Option<Quantity>| total + weight.as_ref().map_or(0.0, |weight| weight.value.to_f64());
    let all = actor.out_of.map_or_else(|| actor.weights.iter().fold(0.0, sum), winset_case::Decimal::to_f64);
    let own = actor.weights[issue.0].as_ref()?.value.to_f64();
    Some(if all > 0.0 { own / all } else { 0.0 })
}

fn number_kind(place: NumberPlace) -> FactKind {
    match place {
        NumberPlace::Fallback(..) => FactKind::Fallback,
        NumberPlace::Weight(..) => FactKind::Weight,
        NumberPlace::Value(..) => FactKind::Value,
        NumberPlace::Price(..) => FactKind::Price,
        NumberPlace::Bonus(..) => FactKind::Bonus,
        NumberPlace::Tie(_) => FactKind::Tie,
        NumberPlace::Quota(_) | NumberPlace::Votes(..) | NumberPlace::Tolerance(..) | NumberPlace::Share(..) => {
            FactKind::Votes
        }
        NumberPlace::Cost(_) | NumberPlace::Intensity(_) => FactKind::Lever,
    }
}

/// What something rests on, field by field.
fn evidence_facts(case: &Case, path: &str, evidence: &Evidence) -> Vec<Fact> {
    let fact = |key: &str, kind, says| Fact { path: format!("{path} ({key})"), kind, says };
    let mut facts = Vec::new();
    if !evidence.sources.is_empty() {
        let mut cited: Vec<String> = evidence
            .sources
            .iter()
            .map(|citation| format!("{} {}", case.sources[citation.source.0].id, citation.place).trim().to_owned())
            .collect();
        cited.sort_unstable();
        facts.push(fact("source", FactKind::Source, Says::words(cited.join(", "))));
    }
    if let Some(basis) = evidence.basis {
        facts.push(fact("basis", FactKind::Basis, Says::words(basis.word())));
    }
    if let Some(grade) = evidence.credibility {
        facts.push(fact("credibility", FactKind::Grade, Says::ranked(grade.to_string(), grade)));
    }
    if let Some(likelihood) = evidence.likelihood {
        facts.push(fact("likelihood", FactKind::Likelihood, Says::ranked(likelihood.word(), likelihood as u8)));
    }
    if let Some(who) = &evidence.asserted_by {
        facts.push(fact("asserted by", FactKind::Source, Says::words(who)));
    }
    if let Some(bears_on) = evidence.bears_on {
        facts.push(fact("bears on", FactKind::Word, Says::words(bears_on.word())));
    }
    if let Some(note) = &evidence.note {
        facts.push(fact("note", FactKind::Text, Says::words(note)));
    }
    facts
}
