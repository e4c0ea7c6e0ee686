//! Which levers open a win-set (section 2: unlocks), by trying every admissible subset of the available ones.

use std::collections::BTreeMap;

use num_traits::Zero;
use winset_case::{ActorId, Case, LeverId, TrackId};
use winset_settle::Deals;

use super::{Missing, Q, Table, q};

/// Every admissible combination of available levers at one table.
pub(crate) struct Levers {
    /// The levers that can be used, those in use among them.
    pub(crate) available: Vec<LeverId>,
    /// Per admissible combination, as bits over all levers, whether it opens the win-set.
    pub(crate) opens: BTreeMap<u64, bool>,
    /// Per judge under some combination, the least it misses at any, among combinations where the others accept something.
    pub(crate) nearest: BTreeMap<ActorId, Q>,
}

/// The levers of a combination.
pub(crate) fn members(mask: u64) -> Vec<LeverId> {
    (0..64).filter(|lever| mask >> lever & 1 == 1).map(LeverId).collect()
}

/// The combination of these levers.
pub(crate) fn combination(levers: &[LeverId]) -> u64 {
    levers.iter().map(|lever| 1 << lever.0).sum()
}

/// Whether nothing a lever requires is missing and nothing it excludes is there.
pub(crate) fn admissible(case: &Case, mask: u64) -> bool {
    members(mask).into_iter().all(|lever| {
        let lever = &case.levers[lever.0];
        lever.requires.iter().all(|required| mask >> required.0 & 1 == 1)
            && lever.excludes.iter().all(|other| mask >> other.0 & 1 == 0)
    })
}

/// The case with exactly these levers in use, carried out.
pub(crate) fn with(case: &Case, mask: u64) -> Case {
    let mut case = case.clone();
    for (index, lever) in case.levers.iter_mut().enumerate() {
        lever.on = mask >> index & 1 == 1;
    }
    case.with_levers()
}

impl Levers {
    /// Levers in use stay in use. With `measure`, how near the combinations bring each judge is worked out too.
    pub(crate) fn new(case: &Case, track: TrackId, deals: Deals, measure: bool) -> Self {
        let in_use: u64 =
            case.levers.iter().enumerate().filter(|(_, lever)| lever.on).map(|(index, _)| 1 << index).sum();
        let available: u64 =
            case.levers.iter().enumerate().filter(|(_, lever)| lever.available).map(|(index, _)| 1 << index).sum();
        let combinations =
            (0..1_u64 << case.levers.len()).filter(|mask| mask & in_use == in_use && mask & !(available | in_use) == 0);
        let mut levers =
            Levers { available: members(available | in_use), opens: BTreeMap::new(), nearest: BTreeMap::new() };
        for mask in combinations.filter(|mask| admissible(case, *mask)) {
            let case = with(case, mask);
            let table = Table::new(&case, track, deals);
            let open = !table.acceptable().is_empty();
            levers.opens.insert(mask, open);
            for judge in table.judges.iter().filter(|judge| measure && !open && table.checker.has_preferences(**judge))
            {
                if let Missing::By(missing, _) = table.shortfall(*judge) {
                    let nearest = levers.nearest.entry(*judge).or_insert_with(|| missing.clone());
                    *nearest = nearest.clone().min(missing);
                }
            }
        }
        levers
    }

    /// The combinations that open the win-set and hold no smaller one that does.
    pub(crate) fn minimal(&self) -> Vec<u64> {
        let opening: Vec<u64> = self.opens.iter().filter(|(_, open)| **open).map(|(mask, _)| *mask).collect();
        let inside = |mask: u64| opening.iter().any(|other| *other != mask && other & mask == *other);
        opening.iter().copied().filter(|mask| !inside(*mask)).collect()
    }

    /// What a combination costs.
    pub(crate) fn cost(case: &Case, mask: u64) -> Q {
        members(mask).iter().fold(Q::zero(), |cost, lever| cost + q(case.levers[lever.0].cost.value))
    }
}
