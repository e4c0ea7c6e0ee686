//! Why there is no deal at a table too large to list: the same blocking sets, corrections, shortfalls and pivotal seats as by listing, asked of
//! the engine that decides one set of constraints at a time.

use std::collections::BTreeMap;
use std::rc::Rc;

use winset_case::ActorId;
use winset_worth::Valuation;

use super::best::{Limits, NotKnown, largest};
use super::blocking::blocking;
use super::model::{Model, Quantity};
use super::proof::{Decision, Proof};
use super::ways::Way;
use crate::ballot::completions;
use crate::blockers::{Blocked, BlockingSet, Cause, Shortfall, cause};
use crate::constraint::Constraint;
use crate::refusal::Refusal;
use crate::table::Table;
use crate::tally::Giving;

/// How far a search for a shortfall goes.
const LIMITS: Limits = Limits { nodes: 20_000_000, listed: 100 };

/// Why there is no deal at a table too large to list.
#[derive(Debug, Clone)]
pub struct LargeBlocked {
    /// The same answers as by listing. [`Blocked::shortfalls`] leaves out whose shortfall was not found.
    pub blocked: Blocked,
    /// Per blocking set, why nothing meets it: one proof for each way in which a deal could be made.
    pub proofs: Vec<Vec<Proof>>,
    /// Sets of constraints that were decided.
    pub decided: u64,
}

/// Explains an empty win-set.
pub(crate) fn explain(table: &Table<'_>) -> Result<LargeBlocked, Refusal> {
    let models = Models::new(table);
    let demands = table.all_constraints();
    let mut refused = None;
    let found = blocking(demands, |kept| {
        let held = models.holds(kept);
        held.map_err(|refusal| {
            refused = Some(refusal);
            NotKnown::TooLarge
        })
    });
    let found = match (found, refused) {
        (_, Some(refusal)) => return Err(refusal),
        (Err(_), None) => return Err(Refusal::TooManyBlockingSets { limit: super::blocking::SET_LIMIT }),
        (Ok(found), None) => found,
    };
    let bits = |set: &[usize]| set.iter().fold(0_u128, |bits, bit| bits | 1 << bit);
    let name = |set: &[usize]| -> Vec<Constraint> { set.iter().map(|bit| table.constraints[*bit]).collect() };
    let corrections: Vec<u128> = found.corrections.iter().map(|set| bits(set)).collect();
    let blocking_sets: Vec<BlockingSet> = found
        .blocking
        .iter()
        .map(|set| BlockingSet { constraints: name(set), cause: cause(table, bits(set), &corrections) })
        .collect();
    let mut proofs = Vec::new();
    for set in &found.blocking {
        let model = models.of(bits(set))?;
        match model.decide(&model.ways(bits(set), None)?, true)? {
            Decision::None(all) => proofs.push(all),
            Decision::Package(_) => return Err(Refusal::Unconfirmed),
        }
    }
    let mut shortfalls = Vec::new();
    for (judge, &(actor, _)) in table.judges.iter().enumerate() {
        match models.shortfall(judge) {
            Ok(shortfall) => shortfalls.push((actor, shortfall)),
            Err(Refusal::GivenUp { .. } | Refusal::NumbersTooLong) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    let blocked = Blocked {
        cause: blocking_sets.iter().map(|set| set.cause).min().unwrap_or(Cause::Exclusion),
        corrections: found.corrections.iter().map(|set| name(set)).collect(),
        blocking_sets,
        pivotal: pivotal(table)?,
        shortfalls,
        no_meeting: None,
    };
    Ok(LargeBlocked { blocked, proofs, decided: found.decided })
}

/// A table in sums for every set of priced red lines kept.
struct Models<'t, 'v> {
    table: &'t Table<'v>,
    /// Constraints that are priced red lines.
    priced: u128,
    made: std::cell::RefCell<BTreeMap<u128, Rc<Model<'t, 'v>>>>,
}

impl<'t, 'v> Models<'t, 'v> {
    fn new(table: &'t Table<'v>) -> Self {
        let case = table.case();
        let has_price = |constraint: &Constraint| match constraint {
            Constraint::RedLine(actor, line) => case.actors[actor.0].red_lines[line.0].price.is_some(),
            _ => false,
        };
        let priced = table.constraints.iter().enumerate().filter(|(_, constraint)| has_price(constraint));
        let priced = priced.fold(0_u128, |bits, (bit, _)| bits | 1 << bit);
        Models { table, priced, made: std::cell::RefCell::default() }
    }

    fn of(&self, kept: u128) -> Result<Rc<Model<'t, 'v>>, Refusal> {
        let kept = kept & self.priced;
        if let Some(model) = self.made.borrow().get(&kept) {
            return Ok(Rc::clone(model));
        }
        let model = Rc::new(Model::new(self.table, kept)?);
        self.made.borrow_mut().insert(kept, Rc::clone(&model));
        Ok(model)
    }

    /// Whether these constraints can hold together, and then which do at the package found.
    fn holds(&self, kept: u128) -> Result<Option<u128>, Refusal> {
        let table = self.table;
        let model = self.of(kept)?;
        let Decision::Package(package) = model.decide(&model.ways(kept, None)?, false)? else { return Ok(None) };
        // Judged as any single package is: what would have to be dropped for it.
        let outcome = model.outcome(&package);
        let mut judgements = Vec::new();
        table.sitting.judge(&outcome, table.concludes(&outcome), &mut judgements);
        let ways =
            table.ways_to_pass(table.unmet(&outcome), &judgements, &mut |yes| completions(&table.ballot, yes))?;
        let dropped = ways.into_iter().find(|dropped| dropped & kept == 0).filter(|_| table.is_deal(&outcome));
        Ok(Some(table.all_constraints() & !dropped.ok_or(Refusal::Unconfirmed)?))
    }

    /// How far a judge's best package is from what is needed of it, among those that would pass with it.
    fn shortfall(&self, judge: usize) -> Result<Shortfall, Refusal> {
        let table = self.table;
        let all = table.all_constraints();
        let model = self.of(all)?;
        let member = &model.members[table.judges[judge].1];
        let by_vote = model.ways(all, Some((judge, Giving::Way)))?;
        let mut best = furthest(&model, judge, &by_vote, member.margin, true)?;
        if let Some(slack) = table.slack(judge) {
            // Where its vote is not needed, it has only to let the deal pass.
            let ways = model.ways(all, Some((judge, Giving::Room)))?;
            if let Some((reached, package)) = furthest(&model, judge, &ways, member.margin, true)? {
                best = Some(better(best, (reached + slack, package)));
            }
        }
        if let Some((reached, package)) = best {
            return Ok(Shortfall::By { missing: -reached, package: model.outcome(&package) });
        }
        Ok(match furthest(&model, judge, &by_vote, member.gain, false)? {
            Some((content_margin, _)) => Shortfall::NoPrice { content_margin },
            None => Shortfall::Undefined,
        })
    }
}

/// A number, and the package that has it.
type Reached = (i128, Vec<usize>);

/// The most of a judge's number, with the pressure on it, in these ways; if need be only where it breaks no unpriced red line.
fn furthest(
    model: &Model<'_, '_>,
    judge: usize,
    ways: &[Way],
    number: Quantity,
    within_lines: bool,
) -> Result<Option<Reached>, Refusal> {
    let lines = if within_lines { model.unpriced(judge) } else { 0 };
    let position = model.table.judges[judge].1;
    let mut best = None;
    for way in ways {
        match largest(&model.demanded(way.binding | lines, &way.floors), number.row, LIMITS) {
            Err(NotKnown::Nothing | NotKnown::NoGain) => {}
            Err(NotKnown::GivenUp(nodes)) => return Err(Refusal::gave_up(nodes)),
            Err(NotKnown::TooLarge) => return Err(Refusal::NumbersTooLong),
            Ok(mut found) => {
                let package = found.packages.swap_remove(0);
                let reached =
                    model.sums.value(number.row, &package) + number.plus + model.pressure(position, way.pressing);
                best = Some(better(best, (reached, package)));
            }
        }
    }
    Ok(best)
}

/// The higher; of equals that with the first package.
fn better(known: Option<Reached>, other: Reached) -> Reached {
    match known {
        Some(known) if (known.0, &other.1) >= (other.0, &known.1) => known,
        _ => other,
    }
}

/// Seats whose removal alone opens the win-set.
fn pivotal(table: &Table<'_>) -> Result<Vec<ActorId>, Refusal> {
    let mut pivotal = Vec::new();
    for &player in &table.players {
        let mut without = table.case().clone();
        without.tracks[table.track.0].seats.retain(|seat| seat.actor != player);
        let valuation = Valuation::new(&without)?;
        let without = Table::of_any_size(&valuation, table.track, table.deals, table.state)?;
        if is_open(&without)? {
            pivotal.push(player);
        }
    }
    Ok(pivotal)
}

/// Whether anything is acceptable at a table.
pub(crate) fn is_open(table: &Table<'_>) -> Result<bool, Refusal> {
    if !crate::table::can_meet(table.case(), table.track) {
        return Ok(false);
    }
    let kept = table.all_constraints();
    let model = Model::new(table, kept)?;
    match model.decide(&model.ways(kept, None)?, false)? {
        Decision::Package(package) if model.is_acceptable(&package) => Ok(true),
        Decision::Package(_) => Err(Refusal::Unconfirmed),
        Decision::None(_) => Ok(false),
    }
}
