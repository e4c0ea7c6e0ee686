//! Which levers open an empty win-set, or the proof that none do.
//!
//! Every admissible combination is decided, not sampled. What makes that affordable: a judge's acceptance depends only on the levers that
//! touch it or a patron behind it, so acceptance is computed once per judge and combination of *those*, as one bit per package. For a full
//! combination the bits of the seats nothing passes without are intersected, and the track's rule is asked about the packages left.

use std::collections::BTreeMap;
use std::rc::Rc;

use winset_case::{ActorId, Case, Decimal, Evidence, LeverId, TrackId};

use crate::accepted::winset_is_empty;
use crate::amount::units_within;
use crate::passing::{Acceptance, Memo, Search, contains, numbers};
use crate::refusal::Refusal;
use crate::relevance::{changing_mandate, changing_table, may_judge, touching_judge};
use crate::table::Deals;
use crate::tally::Giving;
use winset_worth::PACKAGE_LIMIT;

/// Levers that matter at one track and are combined in every way.
pub const LEVER_LIMIT: usize = 20;

/// Combinations that are decided where packages are too many to list.
const LARGE_COMBINATION_LIMIT: usize = 4_096;

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
    /// Every minimal combination that opens the win-set, without the levers in use already; empty is the proof that none does.
    pub minimal: Vec<Vec<LeverId>>,
    /// The cheapest of them, with its cost.
    pub cheapest: Option<(Vec<LeverId>, Decimal)>,
    /// Where none does: per judge, how near the best combination brings it. Empty where the table is too large to measure.
    pub near_misses: Vec<NearMiss>,
}

/// How near the best combination of levers brings one judge, among packages that would pass with it.
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
    let available = available(case);
    let search = Search::new(case, track, deals, &available)?;
    let combinations = search.combinations();
    let mut memo = Memo::default();
    let mut opening: Vec<u32> = Vec::new();
    let large = search.is_large(&combinations);
    if large && combinations.len() > LARGE_COMBINATION_LIMIT {
        return Err(Refusal::TooManyCombinations { combinations: combinations.len(), limit: LARGE_COMBINATION_LIMIT });
    }
    for &combination in &combinations {
        if opening.iter().any(|&smaller| smaller & !combination == 0) {
            continue;
        }
        let opens = if large {
            !winset_is_empty(&search.case_with(combination), track, deals)?
        } else {
            search.opens(combination, &mut memo)?
        };
        if opens {
            opening.push(combination);
        }
    }
    let near_misses =
        if opening.is_empty() && !large { search.near_misses(&combinations, &mut memo)? } else { Vec::new() };
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
    let search = Search { measures_near_misses: false, ..Search::new(case, track, deals, &available(case))? };
    let mut memo = Memo::default();
    for combination in search.combinations() {
        if search.opens(combination, &mut memo)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The levers that can be used, those already in use among them.
pub(crate) fn available(case: &Case) -> Vec<LeverId> {
    let usable = |lever: &LeverId| case.levers[lever.0].available || case.levers[lever.0].on;
    (0..case.levers.len()).map(LeverId).filter(usable).collect()
}

impl Search {
    pub(crate) fn new(case: &Case, track: TrackId, deals: Deals, available: &[LeverId]) -> Result<Self, Refusal> {
        let table_wide = changing_table(case, track, available);
        let mandate = changing_mandate(case, track, available);
        let touching: Vec<Vec<LeverId>> =
            (0..case.actors.len()).map(|judge| touching_judge(case, ActorId(judge), available)).collect();

        let judging = may_judge(case, track, &table_wide);
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
        let lean = lean(case);
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

    /// Whether the packages are too many to list, under some combination.
    fn is_large(&self, combinations: &[u32]) -> bool {
        let too_many = |agenda: &[winset_case::IssueId]| {
            let sizes = agenda.iter().map(|issue| self.case.issues[issue.0].options.len() as u64);
            sizes.fold(1_u64, u64::saturating_mul) > PACKAGE_LIMIT
        };
        let everything: Vec<_> = (0..self.case.issues.len()).map(winset_case::IssueId).collect();
        too_many(&everything)
            && combinations
                .iter()
                .any(|&combination| too_many(&self.case_with(combination).tracks[self.track.0].agenda))
    }

    /// Every admissible combination, smallest first.
    pub(crate) fn combinations(&self) -> Vec<u32> {
        let position = |lever: &LeverId| self.relevant.iter().position(|other| other == lever);
        let mask =
            |levers: &[LeverId]| levers.iter().filter_map(position).fold(0_u32, |bits, position| bits | 1 << position);
        let rules: Vec<(Option<u32>, u32)> = self
            .relevant
            .iter()
            .map(|lever| {
                let lever = &self.case.levers[lever.0];
                // A required lever that is not available can never be in use; one in use that does not matter here still excludes.
                let possible = lever.requires.iter().all(|other| self.relevant.contains(other))
                    && !lever
                        .excludes
                        .iter()
                        .any(|other| self.case.levers[other.0].on && !self.relevant.contains(other));
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

    /// The levers of a combination that are not in use already.
    fn levers(&self, combination: u32) -> Vec<LeverId> {
        let new = combination & !self.in_use;
        self.relevant
            .iter()
            .enumerate()
            .filter(|(position, _)| new >> position & 1 == 1)
            .map(|(_, lever)| *lever)
            .collect()
    }

    fn opens(&self, combination: u32, memo: &mut Memo) -> Result<bool, Refusal> {
        let Some(deals) = self.deals_under(combination, memo)? else { return Ok(false) };
        let passing = self.passing(combination, deals, None, memo)?;
        Ok(passing.iter().any(|&word| word != 0))
    }

    /// Per judge, the combination that brings it nearest, among what would pass with it under that combination.
    fn near_misses(&self, combinations: &[u32], memo: &mut Memo) -> Result<Vec<NearMiss>, Refusal> {
        if !self.measures_near_misses {
            return Ok(Vec::new());
        }
        let mut nearest: BTreeMap<ActorId, NearMiss> = BTreeMap::new();
        for &combination in combinations {
            let Some(deals) = self.deals_under(combination, memo)? else { continue };
            let filter = self.filter(&deals);
            let shape = Rc::clone(&memo.tables[&(combination & self.table_levers)]);
            for &judge in &shape.judges {
                let by_yes = self.passing(combination, deals.clone(), Some((judge, Giving::Way)), memo)?;
                // Where its vote is not needed, it has only to let the deal pass.
                let slack = shape.slack(judge);
                let by_abstaining = match slack {
                    Some(_) => self.passing(combination, deals.clone(), Some((judge, Giving::Room)), memo)?,
                    None => vec![0; deals.len()],
                };
                let acceptance = self.acceptance(judge, Decimal::ZERO, combination, &filter, memo)?;
                let Acceptance { margins, unit, .. } = acceptance;
                let slack = units_within(slack.unwrap_or(Decimal::ZERO), *unit);
                let best = numbers(&filter)
                    .zip(margins)
                    .filter(|(number, _)| contains(&by_yes, *number))
                    .filter_map(|(number, margin)| {
                        Some((*margin)? + if contains(&by_abstaining, number) { slack } else { 0 })
                    })
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

/// The case without what no table reads, since it is copied for every combination of levers.
fn lean(case: &Case) -> Case {
    let mut lean = case.clone();
    lean.claims.clear();
    lean.packages.clear();
    lean.sources.clear();
    lean.events.clear();
    lean.applied.clear();
    lean.readings = std::sync::Arc::default();
    for issue in &mut lean.issues {
        issue.name.clear();
        issue.in_sentence.clear();
        issue.options.iter_mut().for_each(String::clear);
        issue.evidence = Evidence::default();
    }
    for actor in &mut lean.actors {
        actor.name.clear();
        actor.in_sentence.clear();
        actor.evidence = Evidence::default();
        actor.red_lines.iter_mut().for_each(|line| line.evidence = Evidence::default());
        actor.linkages.iter_mut().for_each(|linkage| linkage.evidence = Evidence::default());
        let values = actor.values.iter_mut().flatten().chain(actor.weights.iter_mut().flatten());
        values.for_each(|number| number.evidence = Evidence::default());
    }
    for lever in &mut lean.levers {
        lever.edits.iter_mut().for_each(|edit| edit.text.clear());
        lever.evidence = Evidence::default();
    }
    lean
}
