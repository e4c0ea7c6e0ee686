//! Which levers open an empty win-set, or the proof that none do.
//!
//! Every admissible combination is decided, not sampled. What makes that affordable: a judge's acceptance depends only on the levers that
//! touch it or a patron behind it, so acceptance is computed once per judge and combination of *those*, as one bit per package, and a full
//! combination is the intersection of its judges' bits.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::ControlFlow;

use winset_case::edit::Change;
use winset_case::{ActorId, Case, Decimal, LeverId, TrackId};
use winset_worth::{Sitting, State, Valuation, mentions};

use crate::refusal::Refusal;
use crate::relevance::{changes_table, closed, cone, touches};
use crate::table::{Deals, Table, can_meet};

/// Levers that matter at one track and are combined in every way.
pub const LEVER_LIMIT: usize = 20;

/// Package-by-combination pairs up to which near misses are measured.
const NEAR_MISS_LIMIT: u64 = 30_000_000;

/// Which levers open a win-set.
#[derive(Debug, Clone)]
pub struct Unlock {
    /// Levers that can be used, those already in use among them.
    pub available: Vec<LeverId>,
    /// Those of them that touch this track: its seats, agenda, mandate, the actors who judge there or the patrons behind them. The others
    /// cannot change the answer.
    pub relevant: Vec<LeverId>,
    /// How many admissible combinations of the relevant levers there are; each is decided.
    pub combinations: u64,
    /// Every minimal combination that opens the win-set; empty is the proof that none does.
    pub minimal: Vec<Vec<LeverId>>,
    /// The cheapest of them, with its cost.
    pub cheapest: Option<(Vec<LeverId>, Decimal)>,
    /// Where none does: per judge, how near the best combination brings it. Empty where the table is too large to measure.
    pub near_misses: Vec<NearMiss>,
}

/// How near the best combination of levers brings one judge, among packages everyone else accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The judge.
    pub actor: ActorId,
    /// What is still missing, in the judge's units under that combination.
    pub missing: i128,
    /// Units in a worth of 1.
    pub unit: i128,
    /// The smallest such combination.
    pub levers: Vec<LeverId>,
}

/// Decides every admissible combination of available levers at a track. Levers already in use stay in use.
///
/// # Errors
///
/// Where the table or the number of levers that matter is larger than this version tries, or numbers cannot be computed exactly.
pub fn unlock(case: &Case, track: TrackId, deals: Deals) -> Result<Unlock, Refusal> {
    let available: Vec<LeverId> = (0..case.levers.len())
        .map(LeverId)
        .filter(|lever| case.levers[lever.0].available || case.levers[lever.0].on)
        .collect();
    let search = Search::new(case, track, deals, &available)?;
    let combinations = search.combinations();
    let mut memo = Memo::default();
    let mut opening: Vec<u32> = Vec::new();
    for &combination in &combinations {
        if !opening.iter().any(|&smaller| smaller & !combination == 0) && search.opens(combination, &mut memo)? {
            opening.push(combination);
        }
    }
    let near_misses = if opening.is_empty() { search.near_misses(&combinations, &mut memo)? } else { Vec::new() };
    let minimal: Vec<Vec<LeverId>> = opening.iter().map(|&combination| search.levers(combination)).collect();
    let cost =
        |levers: &[LeverId]| levers.iter().fold(Decimal::ZERO, |sum, lever| sum.plus(case.levers[lever.0].cost.value));
    let cheapest = minimal
        .iter()
        .map(|levers| (levers.clone(), cost(levers)))
        .min_by_key(|(levers, cost)| (*cost, levers.len(), levers.clone()));
    Ok(Unlock {
        available,
        relevant: search.relevant.clone(),
        combinations: combinations.len() as u64,
        minimal,
        cheapest,
        near_misses,
    })
}

/// Whether any admissible combination of available levers makes a deal acceptable: what [`unlock`] decides, without what it says beside.
///
/// # Errors
///
/// As for [`unlock`].
pub fn can_open(case: &Case, track: TrackId, deals: Deals) -> Result<bool, Refusal> {
    let available: Vec<LeverId> = (0..case.levers.len())
        .map(LeverId)
        .filter(|lever| case.levers[lever.0].available || case.levers[lever.0].on)
        .collect();
    let search = Search { measures_near_misses: false, ..Search::new(case, track, deals, &available)? };
    let mut memo = Memo::default();
    for combination in search.combinations() {
        if search.opens(combination, &mut memo)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// One bit per package.
type Bits = Vec<u64>;

/// What one judge makes of the packages under one combination of the levers that touch it.
struct Acceptance {
    /// The packages it accepts.
    accepted: Bits,
    /// Its margin per package of the filter, where they are kept: `None` for minus infinity.
    margins: Vec<Option<i128>>,
    /// Units in a worth of 1.
    unit: i128,
}

#[derive(Default)]
struct Memo {
    /// Per combination of the levers that touch the table itself: whether it meets, its judges and its number of packages.
    tables: BTreeMap<u32, (bool, Vec<ActorId>, u64)>,
    /// Per combination of those and the mandate's levers: the packages that are deals there.
    deals: BTreeMap<u32, Bits>,
    /// Per judge and combination of the levers that touch it.
    acceptances: BTreeMap<(ActorId, u32), Acceptance>,
}

struct Search {
    /// The case without what no table reads, since it is copied for every combination.
    case: Case,
    track: TrackId,
    deals: Deals,
    relevant: Vec<LeverId>,
    /// As bits over `relevant`: levers that change the table itself, that change its mandate, and per actor that touch its judgement.
    table_levers: u32,
    mandate_levers: u32,
    judge_levers: Vec<u32>,
    in_use: u32,
    measures_near_misses: bool,
}

impl Search {
    fn new(case: &Case, track: TrackId, deals: Deals, available: &[LeverId]) -> Result<Self, Refusal> {
        let table_wide = closed(case, available, &|lever| {
            case.levers[lever.0].edits.iter().any(|edit| changes_table(&edit.change, track))
        });
        let mandate = closed(case, available, &|lever| {
            let mentioned =
                case.tracks[track.0].mandate.as_ref().is_some_and(|mandate| mentions(case, &mandate.expression, lever));
            // Benchmarks are conditions over the outcome alone: no lever stands in them.
            mentioned
                || case.levers[lever.0]
                    .edits
                    .iter()
                    .any(|edit| matches!(edit.change, Change::Mandate(at, _) if at == track))
        });
        let touching: Vec<Vec<LeverId>> = (0..case.actors.len())
            .map(|judge| {
                let cone = cone(case, ActorId(judge));
                closed(case, available, &|lever| touches(case, lever, &cone))
            })
            .collect();

        // Who may judge here: every actor seated, or that a lever could seat.
        let mut judging: Vec<ActorId> = case.tracks[track.0].seats.iter().map(|seat| seat.actor).collect();
        for lever in &table_wide {
            judging.extend(case.levers[lever.0].edits.iter().filter_map(|edit| match edit.change {
                Change::Seat(at, actor, _) if at == track => Some(actor),
                _ => None,
            }));
        }
        let mut position = 0;
        while let Some(&actor) = judging.get(position) {
            judging.extend(case.actors[actor.0].principal.filter(|principal| !judging.contains(principal)));
            position += 1;
        }

        let mut matters: Vec<LeverId> = table_wide.iter().chain(&mandate).copied().collect();
        judging.iter().for_each(|judge| matters.extend(&touching[judge.0]));
        // A lever that cannot be used without another brings it along.
        let mut position = 0;
        while let Some(&lever) = matters.get(position) {
            let more: Vec<LeverId> =
                case.levers[lever.0].requires.iter().copied().filter(|other| !matters.contains(other)).collect();
            matters.extend(more);
            position += 1;
        }
        let relevant: Vec<LeverId> = available.iter().copied().filter(|lever| matters.contains(lever)).collect();
        if relevant.len() > LEVER_LIMIT {
            return Err(Refusal::TooManyLevers { levers: relevant.len(), limit: LEVER_LIMIT });
        }
        let bits = |levers: &[LeverId]| {
            relevant
                .iter()
                .enumerate()
                .filter(|(_, lever)| levers.contains(lever))
                .fold(0_u32, |bits, (position, _)| bits | 1 << position)
        };
        let table_levers = bits(&table_wide);
        let packages = case.issues.iter().fold(1_u64, |size, issue| size.saturating_mul(issue.options.len() as u64));
        let in_use: Vec<LeverId> = relevant.iter().copied().filter(|lever| case.levers[lever.0].on).collect();
        let mut lean = case.clone();
        lean.claims.clear();
        lean.packages.clear();
        lean.sources.clear();
        lean.events.clear();
        lean.applied.clear();
        lean.readings = std::sync::Arc::default();
        Ok(Search {
            case: lean,
            track,
            deals,
            table_levers,
            mandate_levers: bits(&mandate) | table_levers,
            judge_levers: touching.iter().map(|levers| bits(levers) | table_levers).collect(),
            in_use: bits(&in_use),
            measures_near_misses: packages.saturating_mul(1 << relevant.len()) <= NEAR_MISS_LIMIT,
            relevant,
        })
    }

    /// Every admissible combination, smallest first.
    fn combinations(&self) -> Vec<u32> {
        let position = |lever: &LeverId| self.relevant.iter().position(|other| other == lever);
        let mask =
            |levers: &[LeverId]| levers.iter().filter_map(position).fold(0_u32, |bits, position| bits | 1 << position);
        let rules: Vec<(Option<u32>, u32)> = self
            .relevant
            .iter()
            .map(|lever| {
                let lever = &self.case.levers[lever.0];
                // A required lever that is not available can never be in use.
                let possible = lever.requires.iter().all(|other| self.relevant.contains(other));
                (possible.then(|| mask(&lever.requires)), mask(&lever.excludes))
            })
            .collect();
        let admissible = |combination: u32| {
            combination & self.in_use == self.in_use
                && rules.iter().enumerate().filter(|(position, _)| combination >> position & 1 == 1).all(
                    |(_, (requires, excludes))| {
                        requires.is_some_and(|requires| combination & requires == requires)
                            && combination & excludes == 0
                    },
                )
        };
        let mut combinations: Vec<u32> =
            (0..1_u32 << self.relevant.len()).filter(|&combination| admissible(combination)).collect();
        combinations.sort_by_key(|combination| (combination.count_ones(), *combination));
        combinations
    }

    fn levers(&self, combination: u32) -> Vec<LeverId> {
        self.relevant
            .iter()
            .enumerate()
            .filter(|(position, _)| combination >> position & 1 == 1)
            .map(|(_, lever)| *lever)
            .collect()
    }

    /// The case with exactly these of the relevant levers in use, carried out.
    fn case_with(&self, combination: u32) -> Case {
        let mut case = self.case.clone();
        for (position, lever) in self.relevant.iter().enumerate() {
            case.levers[lever.0].on = combination >> position & 1 == 1;
        }
        case.carry_out_levers();
        case
    }

    fn opens(&self, combination: u32, memo: &mut Memo) -> Result<bool, Refusal> {
        let Some(mut open) = self.deals_under(combination, memo)? else { return Ok(false) };
        let filter = self.filter(&open);
        for judge in self.judges(combination, memo) {
            intersect(&mut open, &self.acceptance(judge, combination, &filter, memo)?.accepted);
            if open.iter().all(|&word| word == 0) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The packages that are deals under the mandate or benchmarks, one bit each; `None` where the track cannot meet.
    fn deals_under(&self, combination: u32, memo: &mut Memo) -> Result<Option<Bits>, Refusal> {
        let key = combination & self.table_levers;
        if let Entry::Vacant(entry) = memo.tables.entry(key) {
            let case = self.case_with(key);
            let valuation = Valuation::new(&case)?;
            let state = State::today(&case);
            let table = Table::new(&valuation, self.track, self.deals, &state)?;
            let judges = table.judges.iter().map(|(judge, _)| *judge).collect();
            entry.insert((can_meet(&case, self.track), judges, table.space.size()));
        }
        let (meets, _, size) = &memo.tables[&key];
        if !meets {
            return Ok(None);
        }
        let size = *size;
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
    fn filter(&self, deals: &Bits) -> Bits {
        if self.mandate_levers == self.table_levers { deals.clone() } else { vec![u64::MAX; deals.len()] }
    }

    fn judges(&self, combination: u32, memo: &Memo) -> Vec<ActorId> {
        memo.tables[&(combination & self.table_levers)].1.clone()
    }

    /// What a judge makes of the packages of `filter`, which must not depend on more levers than the judge's.
    fn acceptance<'m>(
        &self,
        judge: ActorId,
        combination: u32,
        filter: &Bits,
        memo: &'m mut Memo,
    ) -> Result<&'m Acceptance, Refusal> {
        match memo.acceptances.entry((judge, combination & self.judge_levers[judge.0])) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                let acceptance = self.judge(judge, entry.key().1, filter)?;
                Ok(entry.insert(acceptance))
            }
        }
    }

    fn judge(&self, judge: ActorId, combination: u32, filter: &Bits) -> Result<Acceptance, Refusal> {
        let case = self.case_with(combination);
        let valuation = Valuation::new(&case)?;
        let state = State::today(&case);
        let table = Table::new(&valuation, self.track, self.deals, &state)?;
        let sitting = Sitting::new(&valuation, self.track, &state, &[judge]);
        let own_fallback = valuation.has_own_fallback(judge);
        let unit = valuation.actor(judge).map_or(1, |worth| worth.unit);
        let mut acceptance = Acceptance { accepted: vec![0; filter.len()], margins: Vec::new(), unit };
        let mut judgements = Vec::new();
        if let Some(position) = sitting.position(judge) {
            table.space.each(|number, outcome| {
                if contains(filter, number) {
                    sitting.judge(outcome, table.concludes(outcome), &mut judgements);
                    let judgement = &judgements[position];
                    let margin = if own_fallback { judgement.margin() } else { (!judgement.forbidden).then_some(0) };
                    if margin.is_some_and(|margin| margin >= 0) {
                        acceptance.accepted[(number / 64) as usize] |= 1 << (number % 64);
                    }
                    if self.measures_near_misses {
                        acceptance.margins.push(margin);
                    }
                }
                ControlFlow::Continue(())
            });
        }
        Ok(acceptance)
    }

    /// Per judge, the combination that brings it nearest, among what the others accept under that combination.
    fn near_misses(&self, combinations: &[u32], memo: &mut Memo) -> Result<Vec<NearMiss>, Refusal> {
        if !self.measures_near_misses {
            return Ok(Vec::new());
        }
        let mut nearest: BTreeMap<ActorId, NearMiss> = BTreeMap::new();
        for &combination in combinations {
            let Some(deals) = self.deals_under(combination, memo)? else { continue };
            let filter = self.filter(&deals);
            let judges = self.judges(combination, memo);
            for &judge in &judges {
                let mut open = deals.clone();
                for &other in judges.iter().filter(|other| **other != judge) {
                    intersect(&mut open, &self.acceptance(other, combination, &filter, memo)?.accepted);
                }
                let Acceptance { margins, unit, .. } = self.acceptance(judge, combination, &filter, memo)?;
                let best = numbers(&filter)
                    .zip(margins)
                    .filter(|(number, _)| contains(&open, *number))
                    .filter_map(|(_, margin)| *margin)
                    .max();
                // Units differ between combinations that change weights or decimals, so compare across: a/u < b/v.
                let nearer = |best: i128| {
                    nearest
                        .get(&judge)
                        .is_none_or(|known| (-best).saturating_mul(known.unit) < known.missing.saturating_mul(*unit))
                };
                if let Some(best) = best.filter(|best| nearer(*best)) {
                    nearest.insert(
                        judge,
                        NearMiss { actor: judge, missing: -best, unit: *unit, levers: self.levers(combination) },
                    );
                }
            }
        }
        Ok(nearest.into_values().collect())
    }
}

/// The numbers of the bits set, ascending.
fn numbers(bits: &Bits) -> impl Iterator<Item = u64> + '_ {
    (0..bits.len() as u64 * 64).filter(|&number| contains(bits, number))
}

fn contains(bits: &Bits, number: u64) -> bool {
    bits[(number / 64) as usize] >> (number % 64) & 1 == 1
}

fn intersect(bits: &mut Bits, other: &Bits) {
    bits.iter_mut().zip(other).for_each(|(word, other)| *word &= other);
}
