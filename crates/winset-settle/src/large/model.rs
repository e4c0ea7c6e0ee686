//! A table of a case in sums: rows for what everyone who judges there is worth, gains and misses, and conditions for everything that depends on
//! several issues at once.

use std::collections::BTreeMap;

use winset_case::ActorId;
use winset_worth::{Deal, Ends, Terms};

use super::diagram::{Diagram, First};
use super::exists::Demanded;
use super::formula::{Formula, OPTION_LIMIT};
use super::reading::Reading;
use super::sums::{Row, Sums, When};
use crate::refusal::Refusal;
use crate::table::{Deals, Table};

/// A number every package has: that of a row, and a constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quantity {
    pub(crate) row: usize,
    pub(crate) plus: i128,
}

impl Quantity {
    /// What its row must reach so that it reaches this.
    pub(crate) fn at_least(self, floor: i128) -> (usize, i128) {
        (self.row, floor - self.plus)
    }
}

/// What one who judges at the table makes of packages, in its units.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) actor: ActorId,
    pub(crate) unit: i128,
    /// U: what a package is worth.
    pub(crate) worth: Quantity,
    /// What it is worth beyond what refusing it leaves.
    pub(crate) gain: Quantity,
    /// The gain less the prices of the red lines that are kept; without pressure.
    pub(crate) margin: Quantity,
    /// The same with every red line kept: what decides whether it presses others.
    pub(crate) whole_margin: Quantity,
    /// Minus the prices of the red lines that are kept; `None` where none of them has one.
    pub(crate) prices: Option<Quantity>,
    /// Constraints that forbid what breaks one of its unpriced red lines when it presses others, one bit each.
    pub(crate) whole_lines: u128,
}

/// A table in sums.
pub(crate) struct Model<'t, 'v> {
    pub(crate) table: &'t Table<'v>,
    pub(crate) sums: Sums,
    pub(crate) diagram: Diagram,
    /// In the order of the sitting: patrons before clients.
    pub(crate) members: Vec<Member>,
    /// What binds whatever constraints are dropped.
    pub(crate) always: u128,
}

impl<'t, 'v> Model<'t, 'v> {
    /// The table with prices paid for these of its constraints only.
    pub(crate) fn new(table: &'t Table<'v>, kept: u128) -> Result<Self, Refusal> {
        let mut build = Build::new(table)?;
        let members = table.sitting.actors().enumerate();
        let members: Vec<Member> =
            members.map(|(position, actor)| build.member(position, actor, kept)).collect::<Result<_, _>>()?;
        let always = build.conditions()?;
        let sums = build.finish();
        let diagram = Diagram::new(&sums, First::Weighty).ok_or(Refusal::TooEntangled)?;
        Ok(Model { table, sums, diagram, members, always })
    }

    /// What is asked for, as the engines take it.
    pub(crate) fn demanded<'m>(&'m self, binding: u128, floors: &'m [(usize, i128)]) -> Demanded<'m> {
        Demanded { sums: &self.sums, diagram: &self.diagram, binding: binding | self.always, floors }
    }

    /// The outcome of a package.
    pub(crate) fn outcome(&self, package: &[usize]) -> winset_case::Outcome {
        let mut outcome = self.table.space.base().clone();
        self.table.space.issues().iter().zip(package).for_each(|((issue, _), option)| outcome[issue.0] = *option);
        outcome
    }
}

/// What a formula adds and forbids.
type Effect = (Vec<(usize, i128)>, u128);

struct Build<'t, 'v> {
    table: &'t Table<'v>,
    standing: Reading<'t>,
    deal: Reading<'t>,
    /// When the deal concludes the track's framework.
    concludes: Formula,
    rows: Vec<Row>,
    effects: BTreeMap<Formula, Effect>,
    /// Bits in use.
    bits: usize,
}

impl<'t, 'v> Build<'t, 'v> {
    fn new(table: &'t Table<'v>) -> Result<Self, Refusal> {
        if let Some((_, options)) = table.space.issues().iter().find(|(_, options)| *options > OPTION_LIMIT) {
            return Err(Refusal::TooManyOptions { options: *options, limit: OPTION_LIMIT });
        }
        let state = table.state;
        let before = state.outcome.as_deref();
        let standing = Reading::standing(table.case(), &table.space, before, &state.concluded);
        let framework = table.sitting.framework();
        let concludes = match (framework, table.deals) {
            (None, _) => Formula::Constant(false),
            (Some(_), Deals::Concluding) => Formula::Constant(true),
            (Some(framework), Deals::Mandate) => {
                standing.formula(&winset_case::Expression::Satisfied(framework, None), true)
            }
        };
        let standing = match framework {
            Some(framework) => standing.concluding(framework, concludes.clone()),
            None => standing,
        };
        let deal = standing.of_deal(Deal { track: table.track, before });
        Ok(Build {
            table,
            standing,
            deal,
            concludes,
            rows: Vec::new(),
            effects: BTreeMap::new(),
            bits: table.constraints.len(),
        })
    }

    /// A new row like another, with these added where their formulas hold; the other itself where that is never or always.
    fn with(&mut self, like: Quantity, adds: Vec<(Formula, i128)>) -> Quantity {
        let mut like = like;
        let mut varying = Vec::new();
        for (formula, amount) in adds.into_iter().filter(|(_, amount)| *amount != 0) {
            match formula {
                Formula::Constant(true) => like.plus += amount,
                Formula::Constant(false) => {}
                formula => varying.push((formula, amount)),
            }
        }
        if varying.is_empty() {
            return like;
        }
        self.rows.push(self.rows[like.row].clone());
        let row = self.rows.len() - 1;
        for (adds, _) in self.effects.values_mut() {
            let same: Vec<(usize, i128)> =
                adds.iter().filter(|(to, _)| *to == like.row).map(|(_, amount)| (row, *amount)).collect();
            adds.extend(same);
        }
        self.add(row, varying);
        Quantity { row, plus: like.plus }
    }

    fn add(&mut self, row: usize, adds: Vec<(Formula, i128)>) {
        for (formula, amount) in adds {
            self.effects.entry(formula).or_default().0.push((row, amount));
        }
    }

    /// Forbids packages where the formula fails, under a constraint.
    fn demand(&mut self, formula: Formula, bit: usize) {
        self.effects.entry(formula).or_default().1 |= 1 << bit;
    }

    fn new_bit(&mut self) -> Result<usize, Refusal> {
        self.bits += 1;
        if self.bits > 128 {
            return Err(Refusal::TooManyConstraints { constraints: self.bits, limit: 128 });
        }
        Ok(self.bits - 1)
    }

    fn member(&mut self, position: usize, actor: ActorId, kept: u128) -> Result<Member, Refusal> {
        let table = self.table;
        let worth = table.valuation.actor(actor).expect("only actors with preferences are admitted");
        let terms: Terms<'_> = table.sitting.terms(position);
        let issues = table.space.issues();
        // An option without a value is worth nothing.
        let values = |issue: usize, options: usize| -> Vec<i128> {
            (0..options).map(|option| worth.table[issue].get(option).copied().unwrap_or(0)).collect()
        };
        self.rows.push(Row { table: issues.iter().map(|(issue, options)| values(issue.0, *options)).collect() });
        let mut elsewhere = table.space.base().clone();
        issues.iter().for_each(|(issue, _)| elsewhere[issue.0] = usize::MAX);
        let plain = Quantity { row: self.rows.len() - 1, plus: worth.options(&elsewhere) };
        let linkages: Vec<(Formula, i128)> =
            terms.linkages.iter().map(|(when, bonus)| (self.standing.formula(when, true), *bonus)).collect();
        let always: i128 =
            linkages.iter().filter(|(when, _)| *when == Formula::Constant(true)).map(|(_, add)| add).sum();
        let varying = linkages.into_iter().filter(|(when, add)| !matches!(when, Formula::Constant(_)) && *add != 0);
        let varying: Vec<(Formula, i128)> = varying.collect();
        self.add(plain.row, varying);
        let worth_of = Quantity { plus: plain.plus + always, ..plain };
        let ends = match terms.ends {
            Ends::Never => Formula::Constant(false),
            Ends::Always => Formula::Constant(true),
            Ends::WithConclusion => self.concludes.clone(),
            Ends::When(condition) => self.standing.formula(condition, true),
        };
        let before = Quantity { plus: worth_of.plus - terms.worth_before, ..worth_of };
        let gain = self.with(before, vec![(ends, terms.going_on)]);
        let lines: Vec<(Formula, usize, Option<i128>)> =
            terms.red_lines.iter().map(|(when, line, price)| (self.deal.formula(when, true), line.0, *price)).collect();
        let judge = table.judges.iter().position(|(_, at)| *at == position);
        let bit = |line: usize| judge.map(|judge| table.judge_bits[judge].1[line]);
        let charges = |only: &dyn Fn(usize) -> bool| -> Vec<(Formula, i128)> {
            let owned = lines.iter().filter(|(_, line, _)| only(*line));
            owned
                .filter_map(|(when, line, price)| Some((when.clone(), *line, (*price)?)))
                .map(|(when, _, price)| (when, -price))
                .collect()
        };
        let is_kept = |line: usize| bit(line).is_none_or(|bit| kept >> bit & 1 == 1);
        let whole_margin = self.with(gain, charges(&|_| true));
        let all_kept = lines.iter().all(|(_, line, price)| price.is_none() || is_kept(*line));
        let margin = if all_kept { whole_margin } else { self.with(gain, charges(&is_kept)) };
        let paid = charges(&is_kept);
        let prices = if paid.iter().any(|(_, price)| *price != 0) {
            self.rows.push(Row { table: issues.iter().map(|(_, options)| vec![0; *options]).collect() });
            let nothing = Quantity { row: self.rows.len() - 1, plus: 0 };
            let constant = paid.iter().filter(|(when, _)| *when == Formula::Constant(true));
            let plus = constant.map(|(_, price)| price).sum();
            let varying = paid.iter().filter(|(when, price)| !matches!(when, Formula::Constant(_)) && *price != 0);
            self.add(nothing.row, varying.cloned().collect());
            Some(Quantity { plus, ..nothing })
        } else {
            None
        };
        let mut whole_lines = 0;
        let counts = self.deal.counts.clone();
        let unpriced: Vec<(Formula, usize)> = lines
            .iter()
            .filter(|(.., price)| price.is_none())
            .map(|(when, line, _)| (when.negated(&counts), *line))
            .collect();
        if !unpriced.is_empty() {
            let whole = self.new_bit()?;
            whole_lines = 1 << whole;
            for (when, line) in unpriced {
                self.demand(when.clone(), whole);
                if let Some(bit) = bit(line) {
                    self.demand(when, bit);
                }
            }
        }
        Ok(Member { actor, unit: worth.unit, worth: worth_of, gain, margin, whole_margin, prices, whole_lines })
    }

    /// What the mandate or the benchmarks demand, and that something changes. Returns what binds always.
    fn conditions(&mut self) -> Result<u128, Refusal> {
        let table = self.table;
        for (bit, condition) in &table.conditions {
            self.demand(self.deal.formula(condition, true), *bit);
        }
        if table.deals == Deals::Concluding || table.state.outcome.is_none() {
            return Ok(0);
        }
        let bit = self.new_bit()?;
        self.demand(self.standing.changes(), bit);
        Ok(1 << bit)
    }

    fn finish(self) -> Sums {
        let effects = self.effects.into_iter();
        let conditions =
            effects.map(|(formula, (adds, bits))| When { formula, adds, violated_if_false: bits }).collect();
        Sums { options: self.standing.counts, rows: self.rows, conditions }
    }
}

/// Whether some outcome meets all these conditions, if every issue could be settled.
pub(crate) fn met_somewhere(reading: &Reading<'_>, conditions: &[&winset_case::Expression]) -> Option<bool> {
    let conditions = conditions.iter().map(|condition| When {
        formula: reading.formula(condition, true),
        adds: Vec::new(),
        violated_if_false: 1,
    });
    let sums = Sums { options: reading.counts.clone(), rows: Vec::new(), conditions: conditions.collect() };
    let diagram = Diagram::new(&sums, First::Small)?;
    if diagram.hopeless(1) {
        return Some(false);
    }
    let nothing = super::search::Weighing { weights: Vec::new(), floor: 0 };
    Some(super::search::Outlook::new(&sums, &diagram, 1, &nothing).best().is_some())
}
