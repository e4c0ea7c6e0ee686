//! A reading laid over the case: the same document with what the reading changes in its place.
//!
//! A reading changes what the case has, and adds nothing that could be named elsewhere, so that every id means the same thing under every
//! reading. Tables are merged key by key, red lines and linkages by their ids; everything else takes the place of what stood there. Evidence
//! given in a reading counts for what the reading changes, and for nothing else.

use super::document::{Content, Entry, Node, Table};
use super::evidence;
use super::names::Kind;
use super::number::PARTS;
use super::report::Report;
use crate::diagnostic::{Code, Span};
use crate::format;

/// What a reading may change.
fn changeable() -> impl Iterator<Item = Kind> + Clone {
    Kind::ALL.into_iter().filter(|kind| format::Section::of(kind.word()).is_some_and(|section| section.in_readings))
}

/// Whether a reading takes away the value of this key by writing `"none"`.
fn is_removable(table: &str, key: &str) -> bool {
    let table = match table {
        "red_line" => Some(&format::RED_LINE),
        "linkage" => Some(&format::LINKAGE),
        section => format::Section::of(section).map(|section| section.table),
    };
    table.and_then(|table| table.key(key)).is_some_and(|key| key.removable)
}

/// Keys that hold one number each.
const NUMBERS: [&str; 7] = ["fallback", "price", "bonus", "leverage", "cost", "intensity", "lever_cost_unit"];

/// The ways to say what an actor prefers among states: a reading that uses one puts it in the place of another.
const ORDERS: [&str; 5] = ["ranking", "statements", "weights", "worth", "preferred"];

/// The section of the strategic game.
const STABILITY: &str = "stability";

/// The one section without ids that a reading may change.
const SIMULATION: &str = "simulation";

/// The case as one reading has it.
pub(super) struct Laid {
    pub(super) document: Table,
    /// Where the reading is declared.
    pub(super) span: Span,
    /// The id of the reading.
    pub(super) id: String,
    /// Every place of the reading, keys and values.
    places: Vec<Span>,
}

impl Laid {
    /// Whether a place stands in the reading.
    pub(super) fn covers(&self, span: &Span) -> bool {
        self.places.iter().any(|place| place.start <= span.start && span.end <= place.end)
    }
}

/// The case under each of its readings, in the order of the file.
pub(super) fn lay_all(case: &Table, report: &mut Report) -> Vec<Laid> {
    let Some(readings) = case.get(Kind::Reading.word()).and_then(|entry| entry.node.as_table()) else {
        return Vec::new();
    };
    readings.entries.iter().map(|reading| lay(case, reading, report)).collect()
}

fn lay(case: &Table, reading: &Entry, report: &mut Report) -> Laid {
    let mut laid = Laid {
        document: case.clone(),
        span: reading.key_span.clone(),
        id: reading.key.clone(),
        places: vec![reading.key_span.clone()],
    };
    let Some(table) = reading.node.as_table() else { return laid };
    places(table, &mut laid.places);
    let mut evidence = own_evidence(table);
    if evidence.is_empty() {
        // A number nobody vouches for is an assumption, whatever the number it replaces rests on.
        let node = Node::text("assumption".to_owned(), reading.key_span.clone());
        evidence.push(Entry { key: "basis".to_owned(), key_span: reading.key_span.clone(), node });
    }
    let mut laying = Laying { report, reading: &reading.key };
    for entry in table.entries.iter().filter(|entry| !is_head(entry)) {
        if entry.key == STABILITY {
            laying.stability(&mut laid.document, entry, &evidence);
            continue;
        }
        if entry.key == SIMULATION {
            laying.simulation(&mut laid.document, entry, &evidence);
            continue;
        }
        let Some(kind) = changeable().find(|kind| kind.word() == entry.key) else {
            laying.not_changeable(entry);
            continue;
        };
        let target = laid.document.get_mut(&entry.key).map(|entry| &mut entry.node.content);
        let empty = &mut Table::default();
        let target = if let Some(Content::Table(target)) = target { target } else { empty };
        let Some(changes) = entry.node.as_table() else {
            let message = format!("`{}` is not written as sections", entry.key);
            let help = format!("start each with `[reading.{}.{}.ID]`", reading.key, entry.key);
            laying.report.error(Code::WrongType, entry.key_span.clone(), message, help);
            continue;
        };
        for change in &changes.entries {
            laying.thing(kind, target, change, &evidence);
        }
    }
    laid
}

/// Whether an entry of a reading is about the reading itself.
fn is_head(entry: &Entry) -> bool {
    entry.key == "name" || evidence::KEYS.contains(&entry.key.as_str()) && entry.node.as_table().is_none()
}

/// The evidence a table gives.
fn own_evidence(table: &Table) -> Vec<Entry> {
    table.entries.iter().filter(|entry| evidence::KEYS.contains(&entry.key.as_str())).cloned().collect()
}

fn places(table: &Table, into: &mut Vec<Span>) {
    for entry in &table.entries {
        into.push(entry.key_span.clone());
        node_places(&entry.node, into);
    }
}

fn node_places(node: &Node, into: &mut Vec<Span>) {
    into.push(node.span.clone());
    match &node.content {
        Content::Table(table) => places(table, into),
        Content::List(items) => items.iter().for_each(|item| node_places(item, into)),
        _ => {}
    }
}

/// What stands under a key of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Number,
    Numbers,
    Seats,
    Words,
}

impl Inside {
    fn of(key: &str) -> Self {
        match key {
            "weights" | "values" => Inside::Numbers,
            "seats" => Inside::Seats,
            key if NUMBERS.contains(&key) => Inside::Number,
            _ => Inside::Words,
        }
    }
}

struct Laying<'r> {
    report: &'r mut Report,
    /// The id of the reading.
    reading: &'r str,
}

impl Laying<'_> {
    fn not_changeable(&mut self, entry: &Entry) {
        let message = format!("a reading cannot change `{}`", entry.key);
        let help = match entry.key.as_str() {
            "claim" => format!("ask a claim under it with `with = [\"reading = {}\"]`", self.reading),
            "option" => {
                format!("an option is looked at under it with `reading = \"{}\"` in its own section", self.reading)
            }
            "source" => "declare sources in the case; a reading may cite them".to_owned(),
            key => self.report.suggest(key, changeable().map(Kind::word).chain([STABILITY, SIMULATION]), ""),
        };
        self.report.error(Code::BadReading, entry.key_span.clone(), message, help);
    }

    /// Reports something a reading changes, but the case does not have.
    fn added<'c>(&mut self, what: &str, entry: &str, span: Span, known: impl Iterator<Item = &'c str> + Clone) {
        let message =
            format!("the reading `{}` changes the {what} `{entry}`, which the case does not have", self.reading);
        let meant = super::report::closest(entry, known);
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "a reading changes what is there and adds nothing: declare it in the case first".to_owned(),
        };
        self.report.absence(crate::diagnostic::Diagnostic::error(Code::BadReading, span, message, help));
    }

    /// Changes of how the process moves: numbers take the place of numbers, and there are no new events.
    fn simulation(&mut self, document: &mut Table, entry: &Entry, evidence: &[Entry]) {
        let Some(changes) = entry.node.as_table() else {
            let message = format!("`{}` is not written as a section", entry.key);
            let help = format!("start it with `[reading.{}.{SIMULATION}]`", self.reading);
            self.report.error(Code::WrongType, entry.key_span.clone(), message, help);
            return;
        };
        if document.get(SIMULATION).is_none() {
            let node = Node { content: Content::Table(Table::default()), ..entry.node.clone() };
            document.entries.push(Entry { node, ..entry.clone() });
        }
        let Some(Content::Table(target)) = document.get_mut(SIMULATION).map(|entry| &mut entry.node.content) else {
            return;
        };
        if let Some(events) = changes.get("event").and_then(|entry| entry.node.as_table()) {
            let known = target.get("event").and_then(|entry| entry.node.as_table());
            let known: Vec<String> =
                known.iter().flat_map(|table| &table.entries).map(|entry| entry.key.clone()).collect();
            for event in events.entries.iter().filter(|event| !known.contains(&event.key)) {
                self.added("event to come", &event.key, event.key_span.clone(), known.iter().map(String::as_str));
            }
        }
        Self::nested(target, changes, evidence);
    }

    /// Lays tables within tables over one another; every number is vouched for by the evidence nearest to it.
    fn nested(target: &mut Table, changes: &Table, outer: &[Entry]) {
        let own = own_evidence(changes);
        let evidence = if own.is_empty() { outer } else { &own };
        for change in changes.entries.iter().filter(|change| !evidence::KEYS.contains(&change.key.as_str())) {
            let deeper = change.node.as_table().filter(|table| !is_one_number(table));
            if let Some(changes) = deeper {
                if target.get(&change.key).is_none() {
                    let node = Node { content: Content::Table(Table::default()), ..change.node.clone() };
                    target.entries.push(Entry { node, ..change.clone() });
                }
                if let Some(Content::Table(target)) = target.get_mut(&change.key).map(|entry| &mut entry.node.content) {
                    Self::nested(target, changes, evidence);
                    continue;
                }
            }
            let mut entry = change.clone();
            let whole = matches!(change.key.as_str(), "horizon" | "patience");
            if !whole {
                vouch(&mut entry.node, evidence);
            }
            match target.get_mut(&change.key) {
                Some(place) => *place = entry,
                None => target.entries.push(entry),
            }
        }
    }

    /// Changes to one thing of a kind.
    fn thing(&mut self, kind: Kind, things: &mut Table, change: &Entry, evidence: &[Entry]) {
        if things.get(&change.key).is_none() {
            let ids: Vec<String> = things.entries.iter().map(|entry| entry.key.clone()).collect();
            self.added(kind.noun(), &change.key, change.key_span.clone(), ids.iter().map(String::as_str));
            return;
        }
        let Some(thing) = things.get_mut(&change.key) else { return };
        match (&mut thing.node.content, change.node.as_table()) {
            (Content::Table(thing), Some(changes)) => self.body(kind.word(), thing, changes, evidence),
            (_, Some(_)) => {}
            // A named condition, or what should have been a table: that is said when it is read.
            (_, None) => thing.node = change.node.clone(),
        }
    }

    /// Changes within the section of one thing.
    fn body(&mut self, kind: &str, thing: &mut Table, changes: &Table, outer: &[Entry]) {
        let own = own_evidence(changes);
        let evidence = if own.is_empty() { outer } else { &own };
        if !own.is_empty() && kind != "actor" {
            replace_evidence(thing, &own);
        }
        for change in changes.entries.iter().filter(|change| !evidence::KEYS.contains(&change.key.as_str())) {
            match (kind, change.key.as_str()) {
                ("issue", "options") => {
                    let help = "every reading needs the same options: add the new one to the issue itself";
                    let message = "a reading cannot change which options there are";
                    self.report.error(Code::BadReading, change.key_span.clone(), message, help);
                }
                ("actor", "red_line" | "linkage") => self.listed(thing, change, evidence),
                (STABILITY, "preference") => self.state_preferences(thing, change, evidence),
                ("framework", "benchmarks") => self.benchmarks(thing, change, evidence),
                (table, key) if is_removable(table, key) && change.node.as_text() == Some("none") => {
                    thing.remove(key);
                }
                (_, key) => self.merge(thing, change, evidence, Inside::of(key)),
            }
        }
    }

    /// Changes to `[stability]`, which a case need not have to say what a unit of lever cost is worth.
    fn stability(&mut self, document: &mut Table, change: &Entry, evidence: &[Entry]) {
        let Some(changes) = change.node.as_table() else {
            let help = format!("write `[reading.{}.{STABILITY}]`, and below it what changes", self.reading);
            let message = format!("`{STABILITY}` is not written as a section");
            self.report.error(Code::WrongType, change.key_span.clone(), message, help);
            return;
        };
        if document.get(STABILITY).is_none() {
            let mut empty = change.clone();
            empty.node.content = Content::Table(Table::default());
            document.entries.push(empty);
        }
        if let Some(Content::Table(game)) = document.get_mut(STABILITY).map(|entry| &mut entry.node.content) {
            self.body(STABILITY, game, changes, evidence);
        }
    }

    /// What actors prefer among states, each as the case has it but for what changes.
    fn state_preferences(&mut self, game: &mut Table, change: &Entry, evidence: &[Entry]) {
        let none = &mut Table::default();
        let known = match game.get_mut(&change.key).map(|entry| &mut entry.node.content) {
            Some(Content::Table(known)) => known,
            _ => none,
        };
        for entry in change.node.as_table().iter().flat_map(|table| &table.entries) {
            let ids: Vec<String> = known.entries.iter().map(|entry| entry.key.clone()).collect();
            let body = known.get_mut(&entry.key).map(|entry| &mut entry.node.content);
            match (body, entry.node.as_table()) {
                (Some(Content::Table(body)), Some(changes)) => {
                    if let Some(order) = ORDERS.iter().find(|order| changes.get(order).is_some()) {
                        ORDERS.iter().filter(|other| *other != order).for_each(|other| {
                            body.remove(other);
                        });
                    }
                    self.body(&change.key, body, changes, evidence);
                }
                (Some(_), _) => {}
                (None, _) => {
                    self.added("preference of", &entry.key, entry.key_span.clone(), ids.iter().map(String::as_str));
                }
            }
        }
    }

    /// Red lines or linkages, each found by its id.
    fn listed(&mut self, actor: &mut Table, change: &Entry, evidence: &[Entry]) {
        let what = change.key.replace('_', " ");
        let Content::List(changes) = &change.node.content else {
            let help = format!(
                "start each with `[[reading.{}.actor.ID.{}]]`, and below it its `id`",
                self.reading, change.key
            );
            let message = format!("`{}` must be a list of tables", change.key);
            self.report.error(Code::WrongType, change.key_span.clone(), message, help);
            return;
        };
        let mut none = Vec::new();
        let entries = match actor.get_mut(&change.key).map(|entry| &mut entry.node.content) {
            Some(Content::List(entries)) => entries,
            _ => &mut none,
        };
        for item in changes {
            let Some(table) = item.as_table() else { continue };
            let id = table.get("id").and_then(|id| Some((id.node.as_text()?, id.node.span.clone())));
            let Some((id, span)) = id else {
                let message = format!("this {what} has no `id`, so nobody knows which one it changes");
                self.report.error(Code::MissingKey, item.span.clone(), message, "add the `id` it has in the case");
                continue;
            };
            let id_of = |node: &Node| node.as_table()?.get("id")?.node.as_text().map(str::to_owned);
            let known: Vec<String> = entries.iter().filter_map(id_of).collect();
            match entries.iter_mut().find(|entry| id_of(entry).as_deref() == Some(id)).map(|entry| &mut entry.content) {
                Some(Content::Table(target)) => self.body(&change.key, target, table, evidence),
                _ => self.added(&what, id, span, known.iter().map(String::as_str)),
            }
        }
    }

    fn benchmarks(&mut self, framework: &mut Table, change: &Entry, evidence: &[Entry]) {
        let Some(Content::Table(benchmarks)) = framework.get_mut("benchmarks").map(|entry| &mut entry.node.content)
        else {
            return;
        };
        for entry in change.node.as_table().iter().flat_map(|table| &table.entries) {
            if benchmarks.get(&entry.key).is_none() {
                let known: Vec<String> = benchmarks.entries.iter().map(|entry| entry.key.clone()).collect();
                self.added("benchmark", &entry.key, entry.key_span.clone(), known.iter().map(String::as_str));
                continue;
            }
            self.merge(benchmarks, entry, evidence, Inside::Words);
        }
    }

    /// One key: tables are merged, everything else takes the place of what stood there.
    fn merge(&mut self, table: &mut Table, change: &Entry, evidence: &[Entry], inside: Inside) {
        let one_number = change.node.as_table().is_some_and(is_one_number);
        let whole = inside == Inside::Number || one_number;
        if let (Some(Content::Table(target)), Some(changes), false) =
            (table.get_mut(&change.key).map(|entry| &mut entry.node.content), change.node.as_table(), whole)
        {
            self.inner(target, changes, evidence, inside);
            return;
        }
        let mut entry = change.clone();
        match &mut entry.node.content {
            Content::Table(numbers) if inside == Inside::Numbers && !one_number => {
                numbers.entries.iter_mut().for_each(|number| vouch(&mut number.node, evidence));
            }
            _ if matches!(inside, Inside::Number | Inside::Numbers) => vouch(&mut entry.node, evidence),
            _ => {}
        }
        match table.get_mut(&change.key) {
            Some(place) => *place = entry,
            None => table.entries.push(entry),
        }
    }

    /// A table within a section: weights, values, seats, content or a benchmark.
    fn inner(&mut self, target: &mut Table, changes: &Table, outer: &[Entry], inside: Inside) {
        let is_name = |entry: &Entry| match target.get(&entry.key).map(|known| &known.node.content) {
            Some(Content::Integer(..) | Content::Float(_) | Content::Table(_)) => true,
            Some(_) | None => matches!(inside, Inside::Seats | Inside::Number),
        };
        let own: Vec<Entry> = own_evidence(changes).into_iter().filter(|entry| !is_name(entry)).collect();
        let evidence = if own.is_empty() { outer } else { &own };
        if !own.is_empty() && inside == Inside::Words {
            replace_evidence(target, &own);
        }
        let is_own = |change: &Entry| own.iter().any(|entry| entry.key == change.key);
        for change in changes.entries.iter().filter(|change| !is_own(change)) {
            if inside == Inside::Seats && change.node.as_text() == Some("none") {
                target.remove(&change.key);
            } else {
                self.merge(target, change, evidence, inside);
            }
        }
    }
}

/// Whether a table is one number with its range or its evidence.
fn is_one_number(table: &Table) -> bool {
    let is_part = |entry: &Entry| PARTS.contains(&entry.key.as_str()) || entry.key == "shape";
    table.entries.iter().any(|entry| is_part(entry) && entry.node.as_table().is_none())
}

/// Gives a number the evidence of the reading, unless it has its own.
pub(super) fn vouch(number: &mut Node, evidence: &[Entry]) {
    match &mut number.content {
        Content::Integer(..) | Content::Float(_) => {
            let value = Node { is_section: false, ..number.clone() };
            let key_span = number.span.clone();
            let mut entries = vec![Entry { key: "value".to_owned(), key_span, node: value }];
            entries.extend(evidence.iter().cloned());
            number.content = Content::Table(Table { entries });
        }
        Content::Table(table) if own_evidence(table).is_empty() => table.entries.extend(evidence.iter().cloned()),
        _ => {}
    }
}

/// Puts a reading's evidence in the place of a table's; the numbers it had keep theirs.
fn replace_evidence(table: &mut Table, evidence: &[Entry]) {
    let before = own_evidence(table);
    table.entries.retain(|entry| !evidence::KEYS.contains(&entry.key.as_str()));
    if !before.is_empty() {
        let numbers = table.entries.iter_mut().filter(|entry| NUMBERS.contains(&entry.key.as_str()));
        numbers.for_each(|number| vouch(&mut number.node, &before));
    }
    table.entries.extend(evidence.iter().cloned());
}
