//! A check taken apart into questions that can be asked of one draw after the other.

use std::collections::BTreeMap;

use winset_case::{
    ActorId, BenchmarkId, Case, Check, Comparison, Decimal, Edit, Expression, FrameworkId, LeverId, PackageId,
    ReadingId, RedLineId, TrackId, Value,
};
use winset_settle::{Constraint, Deals, PreparedPackage, PreparedTable, PreparedWalk, WalkQuestion, lever_families};

use super::bases::Base;
use super::situation::{Part, Situation, Source};
use crate::evaluate;

/// What one draw is asked.
#[derive(Debug)]
pub(crate) enum Question {
    /// The same in every draw.
    Fixed(Option<bool>),
    Empty(usize),
    Compare(Quantity, Comparison, Quantity),
    Accepts(usize),
    Breaks(usize, Option<RedLineId>),
    Blocks(usize, Vec<Constraint>),
    /// No combination of levers opens it: each family's table, and whether its combination can be used; and where they leave it open, the
    /// situation in which each combination is tried.
    NoUnlock {
        families: Vec<(usize, bool)>,
        slow: Box<Question>,
    },
    Walk(usize, usize),
    /// Asked of the whole case under the draw's numbers.
    Whole {
        situation: usize,
        source: usize,
        check: Check,
    },
    Not(Box<Question>),
    All(Vec<Question>),
    Any(Vec<Question>),
}

impl Question {
    /// Whether it asks what deals can lead to one after the other.
    pub(crate) fn walks(&self) -> bool {
        match self {
            Question::Walk(..) => true,
            Question::Not(inner) => inner.walks(),
            Question::All(parts) | Question::Any(parts) => parts.iter().any(Question::walks),
            _ => false,
        }
    }
}

impl Question {
    /// Whether a part of it is not asked of moved numbers at all: what stays put, and what is hoped for where the process comes to rest.
    pub(crate) fn is_open(&self) -> bool {
        match self {
            Question::Fixed(verdict) => verdict.is_none(),
            Question::Not(inner) => inner.is_open(),
            Question::All(parts) | Question::Any(parts) => parts.iter().any(Question::is_open),
            _ => false,
        }
    }
}

/// Whether a number asks what an actor hopes for and where the process comes to rest.
fn hopes(value: &Value) -> bool {
    match value {
        Value::Aspiration(..) => true,
        Value::With(inner, _) => hopes(inner),
        _ => false,
    }
}

/// A number one draw is asked for.
#[derive(Debug)]
pub(crate) enum Quantity {
    Number(Decimal),
    Count(usize),
    Durable(usize),
    Margin(usize),
    Distance(usize),
    /// The package, the table over which the most is looked for, and for whom.
    Terms(usize, usize, ActorId),
}

/// A prepared thing with the sources of the numbers it needs, by actor.
#[derive(Debug)]
pub(crate) struct Prepared<T> {
    pub(crate) situation: usize,
    pub(crate) sources: Vec<(ActorId, usize)>,
    /// Where rules have numbers of their own: what puts them into the case.
    pub(crate) rules: Option<usize>,
    pub(crate) body: T,
}

/// A situation, a table, another actor judged there, and whether every package is kept.
type TableKey = (usize, TrackId, Deals, Option<ActorId>, bool);

/// Everything questions are asked of.
pub(crate) struct Questions<'c> {
    case: &'c Case,
    pub(crate) bases: Vec<Base>,
    base_of: BTreeMap<Option<usize>, usize>,
    pub(crate) situations: Vec<Situation>,
    situation_of: BTreeMap<(Vec<String>, Option<Vec<LeverId>>), usize>,
    pub(crate) sources: Vec<Source>,
    source_of: BTreeMap<(usize, Part, Vec<String>), usize>,
    pub(crate) tables: Vec<Prepared<PreparedTable>>,
    table_of: BTreeMap<TableKey, Option<usize>>,
    pub(crate) packages: Vec<Prepared<PreparedPackage>>,
    package_of: BTreeMap<(usize, ActorId, PackageId, TrackId), Option<usize>>,
    /// Per situation, what is asked of its walk; and the walks, once all is known.
    asked: Vec<(usize, Vec<WalkQuestion>)>,
    pub(crate) walks: Vec<Option<Prepared<PreparedWalk>>>,
}

/// Where a check is asked: a situation, with the edits that made it.
#[derive(Clone)]
pub(crate) struct Place {
    situation: usize,
    edits: Vec<Edit>,
}

impl<'c> Questions<'c> {
    pub(crate) fn new(case: &'c Case) -> Self {
        Questions {
            case,
            bases: Vec::new(),
            base_of: BTreeMap::new(),
            situations: Vec::new(),
            situation_of: BTreeMap::new(),
            sources: Vec::new(),
            source_of: BTreeMap::new(),
            tables: Vec::new(),
            table_of: BTreeMap::new(),
            packages: Vec::new(),
            package_of: BTreeMap::new(),
            asked: Vec::new(),
            walks: Vec::new(),
        }
    }

    /// How many actors the case has.
    pub(crate) fn actors(&self) -> usize {
        self.case.actors.len()
    }

    /// The case under edits.
    pub(crate) fn place(&mut self, edits: &[Edit]) -> Place {
        Place { situation: self.situation(edits, None), edits: edits.to_vec() }
    }

    fn under(&mut self, place: &Place, edits: &[Edit]) -> Place {
        let all: Vec<Edit> = place.edits.iter().chain(edits).cloned().collect();
        self.place(&all)
    }

    fn situation(&mut self, edits: &[Edit], levers: Option<&[LeverId]>) -> usize {
        let key = (edits.iter().map(|edit| edit.text.clone()).collect(), levers.map(<[LeverId]>::to_vec));
        if let Some(known) = self.situation_of.get(&key) {
            return *known;
        }
        let mut situation = Situation::new(self.case, edits, levers, 0);
        situation.base = self.base(situation.case.reading);
        self.situations.push(situation);
        self.situation_of.insert(key, self.situations.len() - 1);
        self.situations.len() - 1
    }

    /// The numbers a situation starts from: those of the reading in force.
    fn base(&mut self, reading: Option<ReadingId>) -> usize {
        let key = reading.map(|reading| reading.0);
        if let Some(known) = self.base_of.get(&key) {
            return *known;
        }
        let base = match reading {
            Some(reading) if self.case.reading != Some(reading) => Base::of(&self.case.readings[reading.0].case),
            _ => Base::of(self.case),
        };
        let mut base = base;
        if let Some(first) = self.bases.first() {
            base.share_with(first);
        }
        self.bases.push(base);
        self.base_of.insert(key, self.bases.len() - 1);
        self.bases.len() - 1
    }

    /// The source of numbers in a situation; an actor's are shared with every situation where they are the same.
    fn source(&mut self, situation: usize, part: Part) -> usize {
        let body = &self.situations[situation];
        let signature = match part {
            Part::Actor(actor) => body.signature(actor),
            Part::Rules | Part::Everything => vec![situation.to_string()],
        };
        let key = (body.base, part, signature);
        if let Some(known) = self.source_of.get(&key) {
            return *known;
        }
        let source = body.source(situation, &self.bases[body.base], part);
        self.sources.push(source);
        self.source_of.insert(key, self.sources.len() - 1);
        self.sources.len() - 1
    }

    fn sources_of(&mut self, situation: usize, actors: impl Iterator<Item = ActorId>) -> Vec<(ActorId, usize)> {
        actors.map(|actor| (actor, self.source(situation, Part::Actor(actor)))).collect()
    }

    /// A prepared table; `None` where it is too large to prepare, or cannot be made.
    pub(crate) fn table(
        &mut self,
        situation: usize,
        track: TrackId,
        deals: Deals,
        other: Option<ActorId>,
        all: bool,
    ) -> Option<usize> {
        let key = (situation, track, deals, other, all);
        if let Some(known) = self.table_of.get(&key) {
            return *known;
        }
        let others: Vec<ActorId> = other.into_iter().collect();
        let prepared = PreparedTable::new(&self.situations[situation].case, track, deals, &others, all);
        let place = prepared.ok().map(|body| {
            let sources = self.sources_of(situation, body.actors());
            let rules = (!body.is_unanimous()).then(|| self.source(situation, Part::Rules));
            self.tables.push(Prepared { situation, sources, rules, body });
            self.tables.len() - 1
        });
        self.table_of.insert(key, place);
        place
    }

    fn package(&mut self, situation: usize, actor: ActorId, package: PackageId, track: TrackId) -> Option<usize> {
        let key = (situation, actor, package, track);
        if let Some(known) = self.package_of.get(&key) {
            return *known;
        }
        let prepared = PreparedPackage::new(&self.situations[situation].case, actor, package, track);
        let place = prepared.ok().flatten().map(|body| {
            let sources = self.sources_of(situation, body.actors());
            self.packages.push(Prepared { situation, sources, rules: None, body });
            self.packages.len() - 1
        });
        self.package_of.insert(key, place);
        place
    }

    fn walk(&mut self, situation: usize, question: WalkQuestion) -> Question {
        let walk = self.asked.iter().position(|(other, _)| *other == situation).unwrap_or_else(|| {
            self.asked.push((situation, Vec::new()));
            self.asked.len() - 1
        });
        let questions = &mut self.asked[walk].1;
        let place = questions.iter().position(|other| *other == question).unwrap_or_else(|| {
            questions.push(question);
            questions.len() - 1
        });
        Question::Walk(walk, place)
    }

    /// Prepares the walks, once every question has been put.
    pub(crate) fn prepare_walks(&mut self) {
        for (situation, questions) in self.asked.clone() {
            let prepared = PreparedWalk::new(&self.situations[situation].case, questions).ok().flatten();
            let walk = prepared.map(|body| {
                let sources = self.sources_of(situation, body.actors().into_iter());
                let rules = (!body.is_unanimous()).then(|| self.source(situation, Part::Rules));
                Prepared { situation, sources, rules, body }
            });
            self.walks.push(walk);
        }
    }

    /// Whether a condition can be reached.
    pub(crate) fn reaches(&mut self, place: &Place, condition: Expression) -> Question {
        self.walk(place.situation, WalkQuestion::Reaches(condition))
    }

    /// Whether a table is empty.
    pub(crate) fn empty(&mut self, place: &Place, track: TrackId, deals: Deals) -> Question {
        self.table(place.situation, track, deals, None, false).map_or(Question::Fixed(None), Question::Empty)
    }

    /// Whether no combination of levers opens a table.
    pub(crate) fn no_unlock(&mut self, place: &Place, table: winset_case::Table) -> Question {
        let deals = if table.concluding { Deals::Concluding } else { Deals::Mandate };
        let slow = Box::new(self.whole(place, Check::NoUnlock(table)));
        let families = lever_families(&self.situations[place.situation].before_levers, table.track, deals);
        let Ok(Some(families)) = families else { return *slow };
        let mut prepared = Vec::new();
        for family in families {
            let mut levers = family.levers;
            // Levers in use that do not touch the table stay in use.
            let before = &self.situations[place.situation].before_levers.levers;
            levers.extend((0..before.len()).map(LeverId).filter(|lever| before[lever.0].on));
            levers.sort_unstable();
            levers.dedup();
            let situation = self.situation(&place.edits, Some(&levers));
            match self.table(situation, table.track, deals, None, false) {
                Some(table) => prepared.push((table, family.admissible)),
                None => return *slow,
            }
        }
        Question::NoUnlock { families: prepared, slow }
    }

    fn whole(&mut self, place: &Place, check: Check) -> Question {
        let source = self.source(place.situation, Part::Everything);
        Question::Whole { situation: place.situation, source, check }
    }

    /// Takes a check apart.
    pub(crate) fn ask(&mut self, place: &Place, check: &Check) -> Question {
        let situation = place.situation;
        match check {
            Check::Empty(table) => self.empty(place, table.track, evaluate::deals(*table)),
            Check::Compare(left, _, right) if hopes(left) || hopes(right) => Question::Fixed(None),
            // Runs are made at the point values only.
            Check::Compare(left, _, right) if left.is_simulated() || right.is_simulated() => Question::Fixed(None),
            Check::Compare(left, comparison, right) => {
                match (self.quantity(place, left), self.quantity(place, right)) {
                    (Some(left), Some(right)) => Question::Compare(left, *comparison, right),
                    _ => self.whole(place, check.clone()),
                }
            }
            Check::Accepts(actor, package, track) => match self.package(situation, *actor, *package, *track) {
                Some(package) => Question::Accepts(package),
                None => self.whole(place, check.clone()),
            },
            Check::Breaks(actor, package, track, line) => match self.package(situation, *actor, *package, *track) {
                Some(package) => Question::Breaks(package, *line),
                None => self.whole(place, check.clone()),
            },
            Check::Blocks(table, ids) => self.blocks(place, *table, ids, check),
            Check::NoUnlock(table) => self.no_unlock(place, *table),
            Check::UnlockedBy(table, levers) => {
                let deals = evaluate::deals(*table);
                let situation = self.situation(&place.edits, Some(levers));
                match self.table(situation, table.track, deals, None, false) {
                    Some(table) => Question::Not(Box::new(Question::Empty(table))),
                    None => Question::Fixed(None),
                }
            }
            Check::Reachable(condition) => self.reaches(place, condition.clone()),
            Check::Delivers(track, framework, benchmark) => self.delivers(place, *track, *framework, *benchmark),
            // No number enters them.
            Check::Satisfies(..) | Check::Undecidable(_) => {
                Question::Fixed(evaluate::verdict_alone(&self.situations[situation].case, check))
            }
            // Walked and played for many choices: decided at the point values only, and of a draw nothing is known.
            Check::Stable(..) | Check::Dominant(_) => Question::Fixed(None),
            Check::Passes(..) | Check::Imposed(..) => self.whole(place, check.clone()),
            Check::With(inner, edits) => {
                let place = self.under(place, edits);
                self.ask(&place, inner)
            }
            Check::Not(inner) => Question::Not(Box::new(self.ask(place, inner))),
            Check::And(parts) => Question::All(parts.iter().map(|part| self.ask(place, part)).collect()),
            Check::Or(parts) => Question::Any(parts.iter().map(|part| self.ask(place, part)).collect()),
        }
    }

    fn delivers(&mut self, place: &Place, track: TrackId, framework: FrameworkId, benchmark: BenchmarkId) -> Question {
        self.walk(place.situation, WalkQuestion::Delivers(track, framework, benchmark))
    }

    fn blocks(&mut self, place: &Place, table: winset_case::Table, ids: &[String], check: &Check) -> Question {
        let deals = evaluate::deals(table);
        let Some(prepared) = self.table(place.situation, table.track, deals, None, true) else {
            return self.whole(place, check.clone());
        };
        let body = &self.tables[prepared].body;
        let case = &self.situations[place.situation].case;
        match ids.iter().map(|id| body.constraint(case, id)).collect::<Option<Vec<Constraint>>>() {
            Some(constraints) => Question::Blocks(prepared, constraints),
            None => Question::Fixed(Some(false)),
        }
    }

    /// A number; `None` where only the whole case can tell it.
    fn quantity(&mut self, place: &Place, value: &Value) -> Option<Quantity> {
        let situation = place.situation;
        match value {
            Value::Number(number) => Some(Quantity::Number(*number)),
            Value::Count(table) => {
                let table = self.table(situation, table.track, evaluate::deals(*table), None, false);
                table.map(Quantity::Count)
            }
            Value::Durable(table) => {
                let table = self.table(situation, table.track, evaluate::deals(*table), None, false);
                let unanimous = table.filter(|table| self.tables[*table].body.is_unanimous());
                unanimous.map(Quantity::Durable)
            }
            Value::Margin(actor, package, track) => {
                self.package(situation, *actor, *package, *track).map(Quantity::Margin)
            }
            Value::Distance(actor, package, track) => {
                self.package(situation, *actor, *package, *track).map(Quantity::Distance)
            }
            Value::Terms(actor, package, track) => {
                let package = self.package(situation, *actor, *package, *track)?;
                let concludes = self.packages[package].body.concludes;
                let deals = if concludes { Deals::Concluding } else { Deals::Mandate };
                let table = self.table(situation, *track, deals, Some(*actor), false)?;
                Some(Quantity::Terms(package, table, *actor))
            }
            Value::Aspiration(..) | Value::Share(..) | Value::Ends(_) | Value::Fate(..) => None,
            Value::With(inner, edits) => {
                let place = self.under(place, edits);
                self.quantity(&place, inner)
            }
        }
    }

    /// Calls `visit` with the sources an answer comes from.
    pub(crate) fn collect(&self, question: &Question, visit: &mut impl FnMut(usize)) {
        fn all<T>(prepared: &Prepared<T>, visit: &mut impl FnMut(usize)) {
            prepared.sources.iter().map(|(_, source)| *source).chain(prepared.rules).for_each(visit);
        }
        let quantity = |quantity: &Quantity, visit: &mut _| match quantity {
            Quantity::Number(_) => {}
            Quantity::Count(table) | Quantity::Durable(table) => all(&self.tables[*table], visit),
            Quantity::Margin(package) | Quantity::Distance(package) => all(&self.packages[*package], visit),
            Quantity::Terms(package, table, _) => {
                all(&self.packages[*package], visit);
                all(&self.tables[*table], visit);
            }
        };
        match question {
            Question::Fixed(_) => {}
            Question::Empty(table) | Question::Blocks(table, _) => all(&self.tables[*table], visit),
            Question::Compare(left, _, right) => {
                quantity(left, visit);
                quantity(right, visit);
            }
            Question::Accepts(package) | Question::Breaks(package, _) => all(&self.packages[*package], visit),
            Question::NoUnlock { families, .. } => {
                families.iter().for_each(|(table, _)| all(&self.tables[*table], visit));
            }
            Question::Walk(walk, _) => {
                if let Some(walk) = &self.walks[*walk] {
                    all(walk, visit);
                }
            }
            Question::Whole { source, .. } => visit(*source),
            Question::Not(inner) => self.collect(inner, visit),
            Question::All(parts) | Question::Any(parts) => parts.iter().for_each(|part| self.collect(part, visit)),
        }
    }
}
