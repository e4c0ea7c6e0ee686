//! Which packages pass under one combination of levers: acceptance per judge as one bit per package, put together by the track's rule.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::ControlFlow;
use std::rc::Rc;

use winset_case::{ActorId, Case, Decimal, LeverId, TrackId};
use winset_worth::{Sitting, State, Valuation};

use crate::amount::units_within;
use crate::refusal::Refusal;
use crate::table::{Deals, Table, can_meet};
use crate::tally::Giving;
use winset_worth::{Ballot, Seats};

/// One bit per package.
pub(crate) type Bits = Vec<u64>;

/// What one judge makes of the packages under one combination of the levers that touch it.
pub(crate) struct Acceptance {
    /// The packages it accepts, or misses by no more than it is given.
    pub(crate) accepted: Bits,
    /// Its margin per package of the filter, where they are kept: `None` for minus infinity.
    pub(crate) margins: Vec<Option<i128>>,
    /// Units in a worth of 1.
    pub(crate) unit: i128,
}

#[derive(Default)]
pub(crate) struct Memo {
    /// Per combination of the levers that touch the table itself: what it is like.
    pub(crate) tables: BTreeMap<u32, Rc<Shape>>,
    /// Per combination of those and the mandate's levers: the packages that are deals there.
    pub(crate) deals: BTreeMap<u32, Bits>,
    /// Per judge, how far it may miss, and the combination of the levers that touch it.
    pub(crate) acceptances: BTreeMap<(ActorId, Decimal, u32), Acceptance>,
}

/// What a table is like under one combination of the levers that touch the table itself.
pub(crate) struct Shape {
    pub(crate) meets: bool,
    /// How many packages.
    pub(crate) size: u64,
    pub(crate) judges: Vec<ActorId>,
    pub(crate) ballot: Ballot,
    /// Per player, the judges its consent stands for.
    pub(crate) voters: Vec<Vec<ActorId>>,
}

/// A judge taken to give way.
type Given = Option<(ActorId, Giving)>;

/// The question which levers open a win-set, asked of one table.
pub(crate) struct Search {
    /// The case without what no table reads, since it is copied for every combination.
    pub(crate) case: Case,
    pub(crate) track: TrackId,
    pub(crate) deals: Deals,
    pub(crate) relevant: Vec<LeverId>,
    /// As bits over `relevant`: levers that change the table itself, that change its mandate, and per actor that touch its judgement.
    pub(crate) table_levers: u32,
    pub(crate) mandate_levers: u32,
    pub(crate) judge_levers: Vec<u32>,
    pub(crate) in_use: u32,
    pub(crate) measures_near_misses: bool,
}

impl Search {
    /// The case with exactly these of the relevant levers in use, carried out.
    pub(crate) fn case_with(&self, combination: u32) -> Case {
        let mut case = self.case.clone();
        for (position, lever) in self.relevant.iter().enumerate() {
            case.levers[lever.0].on = combination >> position & 1 == 1;
        }
        case.carry_out_levers();
        case
    }

    /// The deals that the seats make under the track's rule, if need be as if one judge did not stand in the way.
    pub(crate) fn passing(
        &self,
        combination: u32,
        deals: Bits,
        given: Given,
        memo: &mut Memo,
    ) -> Result<Bits, Refusal> {
        let filter = self.filter(&deals);
        let shape = Rc::clone(&memo.tables[&(combination & self.table_levers)]);
        let indispensable = shape.ballot.indispensable();
        let mut open = deals;
        for player in (0..shape.voters.len()).filter(|player| indispensable >> player & 1 == 1) {
            self.keep_accepted(&mut open, &shape, player, Decimal::ZERO, combination, &filter, given, memo)?;
            if open.iter().all(|&word| word == 0) {
                return Ok(open);
            }
        }
        let mut others: Vec<(usize, Bits, Bits)> = Vec::new();
        for player in (0..shape.voters.len()).filter(|player| indispensable >> player & 1 == 0) {
            let mut yes = open.clone();
            self.keep_accepted(&mut yes, &shape, player, Decimal::ZERO, combination, &filter, given, memo)?;
            let mut allowed = open.clone();
            if let Some(tolerance) = shape.ballot.tolerance(player) {
                self.keep_accepted(&mut allowed, &shape, player, tolerance, combination, &filter, given, memo)?;
            }
            others.push((player, yes, allowed));
        }
        let mut passing = vec![0; open.len()];
        for number in numbers(&open) {
            let all = |which: &dyn Fn(&(usize, Bits, Bits)) -> bool| {
                others.iter().filter(|other| which(other)).fold(0, |seats, (player, ..)| seats | 1 << player)
            };
            let yes: Seats = indispensable | all(&|(_, yes, _)| contains(yes, number));
            let vetoing: Seats = all(&|(_, _, allowed)| !contains(allowed, number));
            if shape.ballot.passes(yes, vetoing) {
                passing[(number / 64) as usize] |= 1 << (number % 64);
            }
        }
        Ok(passing)
    }

    /// Keeps the packages that a player accepts, or misses by no more than a tolerance.
    #[expect(clippy::too_many_arguments, reason = "one question, asked in one place")]
    fn keep_accepted(
        &self,
        open: &mut Bits,
        shape: &Shape,
        player: usize,
        tolerance: Decimal,
        combination: u32,
        filter: &Bits,
        given: Given,
        memo: &mut Memo,
    ) -> Result<(), Refusal> {
        let needed = if tolerance > Decimal::ZERO { Giving::Room } else { Giving::Way };
        for &judge in &shape.voters[player] {
            // A judge that gives way stands in the way of nothing.
            if given.is_none_or(|(other, giving)| other != judge || giving < needed) {
                intersect(open, &self.acceptance(judge, tolerance, combination, filter, memo)?.accepted);
            }
        }
        Ok(())
    }

    /// The packages that are deals under the mandate or benchmarks, one bit each; `None` where the track cannot meet.
    pub(crate) fn deals_under(&self, combination: u32, memo: &mut Memo) -> Result<Option<Bits>, Refusal> {
        let key = combination & self.table_levers;
        if let Entry::Vacant(entry) = memo.tables.entry(key) {
            let case = self.case_with(key);
            let valuation = Valuation::new(&case)?;
            let state = State::today(&case);
            let table = Table::new(&valuation, self.track, self.deals, &state)?;
            entry.insert(Rc::new(Shape {
                meets: can_meet(&case, self.track),
                size: table.space.size(),
                judges: table.judges.iter().map(|(judge, _)| *judge).collect(),
                voters: table.voters().collect(),
                ballot: table.ballot,
            }));
        }
        let Shape { meets, size, .. } = *memo.tables[&key];
        if !meets {
            return Ok(None);
        }
        let key = combination & self.mandate_levers;
        if let Entry::Vacant(entry) = memo.deals.entry(key) {
            let case = self.case_with(key);
            let valuation = Valuation::new(&case)?;
            let state = State::today(&case);
            let table = Table::new(&valuation, self.track, self.deals, &state)?;
            let mut bits = vec![0; size.div_ceil(64) as usize];
            table.space.each(|number, outcome| {
                if table.is_deal(outcome) && table.unmet(outcome) == 0 {
                    bits[(number / 64) as usize] |= 1 << (number % 64);
                }
                ControlFlow::Continue(())
            });
            entry.insert(bits);
        }
        Ok(Some(memo.deals[&key].clone()))
    }

    /// The packages worth judging: the deals, unless levers change the mandate and another combination has others.
    pub(crate) fn filter(&self, deals: &Bits) -> Bits {
        if self.mandate_levers == self.table_levers { deals.clone() } else { vec![u64::MAX; deals.len()] }
    }

    /// What a judge makes of the packages of `filter`, which must not depend on more levers than the judge's.
    pub(crate) fn acceptance<'m>(
        &self,
        judge: ActorId,
        tolerance: Decimal,
        combination: u32,
        filter: &Bits,
        memo: &'m mut Memo,
    ) -> Result<&'m Acceptance, Refusal> {
        match memo.acceptances.entry((judge, tolerance, combination & self.judge_levers[judge.0])) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                let acceptance = self.judge(judge, tolerance, entry.key().2, filter)?;
                Ok(entry.insert(acceptance))
            }
        }
    }

    fn judge(
        &self,
        judge: ActorId,
        tolerance: Decimal,
        combination: u32,
        filter: &Bits,
    ) -> Result<Acceptance, Refusal> {
        let case = self.case_with(combination);
        let valuation = Valuation::new(&case)?;
        let state = State::today(&case);
        let table = Table::new(&valuation, self.track, self.deals, &state)?;
        let sitting = Sitting::new(&valuation, self.track, &state, &[judge]);
        let own_fallback = valuation.has_own_fallback(judge);
        let unit = valuation.actor(judge).map_or(1, |worth| worth.unit);
        let slack = units_within(tolerance, unit);
        let mut acceptance = Acceptance { accepted: vec![0; filter.len()], margins: Vec::new(), unit };
        let mut judgements = Vec::new();
        if let Some(position) = sitting.position(judge) {
            table.space.each(|number, outcome| {
                if contains(filter, number) {
                    sitting.judge(outcome, table.concludes(outcome), &mut judgements);
                    let judgement = &judgements[position];
                    let margin = if own_fallback { judgement.margin() } else { (!judgement.forbidden).then_some(0) };
                    if margin.is_some_and(|margin| margin >= -slack) {
                        acceptance.accepted[(number / 64) as usize] |= 1 << (number % 64);
                    }
                    if self.measures_near_misses && slack == 0 {
                        acceptance.margins.push(margin);
                    }
                }
                ControlFlow::Continue(())
            });
        }
        Ok(acceptance)
    }
}

impl Shape {
    /// How far a judge may miss where it abstains: the least among the veto holders it stands behind; `None` where its abstention means nothing.
    pub(crate) fn slack(&self, judge: ActorId) -> Option<Decimal> {
        let holders = self.voters.iter().enumerate().filter(|(_, judges)| judges.contains(&judge));
        holders.filter_map(|(player, _)| self.ballot.tolerance(player)).min()
    }
}

/// The numbers of the bits set, ascending.
pub(crate) fn numbers(bits: &Bits) -> impl Iterator<Item = u64> + '_ {
    (0..bits.len() as u64 * 64).filter(|&number| contains(bits, number))
}

pub(crate) fn contains(bits: &Bits, number: u64) -> bool {
    bits[(number / 64) as usize] >> (number % 64) & 1 == 1
}

fn intersect(bits: &mut Bits, other: &Bits) {
    bits.iter_mut().zip(other).for_each(|(word, other)| *word &= other);
}
