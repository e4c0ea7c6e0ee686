//! One thread's part of the work: it puts draws to questions.

use winset_case::{ActorId, Case, Decimal};
use winset_settle::{ActorNumbers, Amount, Desk, Refusal, WalkDesk, gain_ratio};
use winset_worth::NotComputable;

use super::bases::Values;
use super::question::{Prepared, Quantity, Question, Questions};
use crate::evaluate;

/// Everything that changes from draw to draw.
pub(crate) struct Worker<'q> {
    questions: &'q Questions<'q>,
    /// Per situation, its case with the numbers last put into it.
    cases: Vec<Case>,
    /// Per base, the draw's numbers.
    pub(crate) values: Vec<Values>,
    /// Per source, what came of it and in which draw.
    numbers: Vec<(u64, Result<Option<ActorNumbers>, NotComputable>)>,
    draw: u64,
    desks: Vec<Desk>,
    empties: Vec<(u64, Option<bool>)>,
    packages_desk: Desk,
    walks: Vec<Option<WalkDesk<'q>>>,
    walked: Vec<(u64, Vec<Option<bool>>)>,
}

impl<'q> Worker<'q> {
    pub(crate) fn new(questions: &'q Questions<'q>) -> Self {
        let desk = |walk: &'q Option<Prepared<winset_settle::PreparedWalk>>| {
            walk.as_ref().and_then(|walk| walk.body.desk().ok())
        };
        Worker {
            cases: questions.situations.iter().map(|situation| situation.case.clone()).collect(),
            values: questions.bases.iter().map(super::bases::Base::point).collect(),
            numbers: questions.sources.iter().map(|_| (0, Ok(None))).collect(),
            draw: 0,
            desks: questions.tables.iter().map(|_| Desk::default()).collect(),
            empties: vec![(0, None); questions.tables.len()],
            packages_desk: Desk::default(),
            walks: questions.walks.iter().map(desk).collect(),
            walked: vec![(0, Vec::new()); questions.walks.len()],
            questions,
        }
    }

    /// Says that the values have changed.
    pub(crate) fn turn(&mut self) {
        self.draw += 1;
    }

    /// Moves one number of the case in force.
    pub(crate) fn move_to(&mut self, number: usize, value: Decimal) {
        self.values[0].numbers[number] = value;
        self.turn();
    }

    /// Works out the numbers something needs, unless this draw has them.
    fn prepare<T>(&mut self, prepared: &Prepared<T>) {
        for &(_, source) in &prepared.sources {
            self.work_out(source);
        }
        if let Some(source) = prepared.rules {
            self.work_out(source);
        }
    }

    fn work_out(&mut self, source: usize) {
        if self.numbers[source].0 != self.draw {
            let body = &self.questions.sources[source];
            let situation = &self.questions.situations[body.situation];
            let values = &self.values[situation.base];
            let numbers = situation.numbers(body, values, &mut self.cases[body.situation]);
            self.numbers[source] = (self.draw, numbers);
        }
    }

    /// The answer at the point values.
    pub(crate) fn answer_at_points(mut self, question: &'q Question) -> Option<bool> {
        self.turn();
        self.answer(question)
    }

    /// The answer to a question; `None` where it cannot be decided.
    pub(crate) fn answer(&mut self, question: &'q Question) -> Option<bool> {
        match question {
            Question::Fixed(answer) => *answer,
            Question::Empty(table) => self.empty(*table),
            Question::Compare(left, comparison, right) => {
                Some(comparison.holds(self.amount(left)?.cmp(&self.amount(right)?)))
            }
            Question::Accepts(package) => {
                let package = &self.questions.packages[*package];
                self.prepare(package);
                let numbers = given(&self.numbers, &package.sources, self.questions)?;
                Some(package.body.accepted(&numbers, &mut self.packages_desk))
            }
            Question::Breaks(package, line) => {
                let package = &self.questions.packages[*package];
                self.prepare(package);
                let numbers = given(&self.numbers, &package.sources, self.questions)?;
                let mut broken = package.body.broken(&numbers);
                Some(match line {
                    Some(line) => broken.any(|other| other == line.0),
                    None => broken.next().is_some(),
                })
            }
            Question::Blocks(table, constraints) => {
                let body = &self.questions.tables[*table];
                self.prepare(body);
                let numbers = given(&self.numbers, &body.sources, self.questions)?;
                body.body.blocks(constraints, &self.cases[body.situation], &numbers, &mut self.desks[*table]).ok()
            }
            Question::NoUnlock { families, slow } => {
                let mut open = false;
                for (table, admissible) in families {
                    if !self.empty(*table)? {
                        if *admissible {
                            return Some(false);
                        }
                        open = true;
                    }
                }
                if open { self.answer(slow) } else { Some(true) }
            }
            Question::Walk(walk, question) => {
                let body = self.questions.walks[*walk].as_ref()?;
                if self.walked[*walk].0 != self.draw {
                    self.prepare(body);
                    let numbers = given(&self.numbers, &body.sources, self.questions)?;
                    let desk = self.walks[*walk].as_mut()?;
                    let answers = desk.answer(&self.cases[body.situation], &numbers).ok()?;
                    self.walked[*walk] = (self.draw, answers);
                }
                self.walked[*walk].1[*question]
            }
            Question::Whole { situation, source, check } => {
                self.work_out(*source);
                evaluate::verdict_alone(&self.cases[*situation], check)
            }
            Question::Not(inner) => self.answer(inner).map(|holds| !holds),
            Question::All(parts) => self.join(parts, false),
            Question::Any(parts) => self.join(parts, true),
        }
    }

    fn join(&mut self, parts: &'q [Question], decisive: bool) -> Option<bool> {
        let mut whole = Some(!decisive);
        for part in parts {
            match self.answer(part) {
                Some(answer) if answer == decisive => return Some(decisive),
                Some(_) => {}
                None => whole = None,
            }
        }
        whole
    }

    fn empty(&mut self, table: usize) -> Option<bool> {
        if self.empties[table].0 != self.draw {
            let body = &self.questions.tables[table];
            self.prepare(body);
            let empty = given(&self.numbers, &body.sources, self.questions).and_then(|numbers| {
                body.body.is_empty(&self.cases[body.situation], &numbers, &mut self.desks[table]).ok()
            });
            self.empties[table] = (self.draw, empty);
        }
        self.empties[table].1
    }

    fn amount(&mut self, quantity: &Quantity) -> Option<Amount> {
        match quantity {
            Quantity::Number(number) => Some(Amount::from(*number)),
            Quantity::Count(table) => self.count(*table).map(|(count, _)| Amount::from(count)),
            Quantity::Durable(table) => self.count(*table).map(|(_, durable)| Amount::from(durable)),
            Quantity::Margin(package) => self.margin(*package),
            Quantity::Distance(package) => self.margin(*package).map(|margin| margin.shortfall()),
            Quantity::Terms(package, table, actor) => {
                let (package, table_body) = (&self.questions.packages[*package], &self.questions.tables[*table]);
                self.prepare(package);
                self.prepare(table_body);
                let numbers = given(&self.numbers, &package.sources, self.questions)?;
                let gain = package.body.gain(&numbers, &mut self.packages_desk);
                let numbers = given(&self.numbers, &table_body.sources, self.questions)?;
                let case = &self.cases[table_body.situation];
                let desk = &mut self.desks[*table];
                let (accepted, any) = table_body.body.best_gain(case, *actor, &numbers, desk).ok()?;
                Some(Amount::from(gain_ratio(gain, accepted.or(any).unwrap_or(0))))
            }
        }
    }

    fn count(&mut self, table: usize) -> Option<(u64, u64)> {
        let body = &self.questions.tables[table];
        self.prepare(body);
        let numbers = given(&self.numbers, &body.sources, self.questions)?;
        let counted: Result<_, Refusal> =
            body.body.count(&self.cases[body.situation], &numbers, &mut self.desks[table]);
        counted.ok()
    }

    fn margin(&mut self, package: usize) -> Option<Amount> {
        let package = &self.questions.packages[package];
        self.prepare(package);
        let numbers = given(&self.numbers, &package.sources, self.questions)?;
        let unit = package.body.unit(&numbers);
        let margin = package.body.margin(&numbers, &mut self.packages_desk);
        Some(margin.map_or(Amount::MinusInfinity, |margin| Amount::of_units(margin, unit)))
    }
}

/// The numbers of the actors something needs, by actor; `None` where some cannot be computed exactly.
fn given<'n>(
    numbers: &'n [(u64, Result<Option<ActorNumbers>, NotComputable>)],
    sources: &[(ActorId, usize)],
    questions: &Questions<'_>,
) -> Option<Vec<Option<&'n ActorNumbers>>> {
    let mut given = vec![None; questions.actors()];
    for &(actor, source) in sources {
        given[actor.0] = numbers[source].1.as_ref().ok()?.as_ref();
    }
    Some(given)
}
