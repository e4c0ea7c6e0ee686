//! The Pareto frontier and the bargaining points (section 2), over a win-set listed in full.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::{One, Signed};
use winset_case::{ActorId, Outcome};

use super::{Q, Table};

/// The packages that tie at a bargaining point.
pub(crate) type Point = BTreeSet<Outcome>;

/// A win-set that is not empty, with everything computed over it.
pub(crate) struct Bargain {
    pub(crate) players: Vec<ActorId>,
    /// Per acceptable package, the players' worths.
    pub(crate) worths: BTreeMap<Outcome, Vec<Q>>,
    /// Per acceptable package, the players' gains: worth less fallback, without pressure or prices.
    pub(crate) gains: BTreeMap<Outcome, Vec<Q>>,
}

fn dominates(better: &[Q], worse: &[Q]) -> bool {
    better != worse && better.iter().zip(worse).all(|(better, worse)| better >= worse)
}

impl Bargain {
    /// `None` for an empty win-set.
    pub(crate) fn new(table: &Table<'_>) -> Option<Self> {
        let acceptable = table.acceptable();
        let mut bargain = Bargain { players: table.players.clone(), worths: BTreeMap::new(), gains: BTreeMap::new() };
        for deal in &acceptable {
            let judged: Vec<_> = table
                .players
                .iter()
                .map(|player| table.checker.judge(*player, deal).expect("a player with preferences"))
                .collect();
            bargain.worths.insert(deal.to.clone(), judged.iter().map(|judged| judged.worth.clone()).collect());
            bargain.gains.insert(deal.to.clone(), judged.iter().map(super::Judged::gain).collect());
        }
        (!acceptable.is_empty()).then_some(bargain)
    }

    fn undominated(vectors: &BTreeMap<Outcome, Vec<Q>>) -> impl Iterator<Item = (&Outcome, &Vec<Q>)> {
        vectors.iter().filter(|(_, vector)| !vectors.values().any(|other| dominates(other, vector)))
    }

    /// Distinct worth vectors no acceptable package beats, with the packages that attain them.
    pub(crate) fn frontier(&self) -> BTreeMap<Vec<Q>, BTreeSet<Outcome>> {
        let mut frontier: BTreeMap<Vec<Q>, BTreeSet<Outcome>> = BTreeMap::new();
        for (package, vector) in Self::undominated(&self.worths) {
            frontier.entry(vector.clone()).or_default().insert(package.clone());
        }
        frontier
    }

    /// The most each player gains at any acceptable package.
    pub(crate) fn best_gains(&self) -> Vec<Q> {
        (0..self.players.len())
            .map(|player| self.gains.values().map(|gains| gains[player].clone()).max().expect("a package"))
            .collect()
    }

    /// Each player's share of the gain it could have had; 1 where there was none to have.
    pub(crate) fn ratios(&self, gains: &[Q]) -> Vec<Q> {
        let ratio = |(gain, best): (&Q, &Q)| if best.is_positive() { gain / best } else { Q::one() };
        gains.iter().zip(&self.best_gains()).map(ratio).collect()
    }

    /// The packages with the largest key among those undominated in gains.
    fn best<K: Ord>(&self, key: impl Fn(&[Q]) -> Option<K>) -> Point {
        let keyed: Vec<(&Outcome, K)> =
            Self::undominated(&self.gains).filter_map(|(package, gains)| Some((package, key(gains)?))).collect();
        let best = keyed.iter().map(|(_, key)| key).max();
        keyed.iter().filter(|(_, key)| Some(key) == best).map(|(package, _)| (*package).clone()).collect()
    }

    /// Largest product of gains where nobody loses; empty where somebody always does.
    pub(crate) fn nash(&self) -> Point {
        self.best(|gains| gains.iter().all(|gain| !gain.is_negative()).then(|| gains.iter().product::<Q>()))
    }

    /// Leximin of gain ratios.
    pub(crate) fn kalai_smorodinsky(&self) -> Point {
        self.best(|gains| Some(ascending(self.ratios(gains))))
    }

    /// Leximin of gains.
    pub(crate) fn egalitarian(&self) -> Point {
        self.best(|gains| Some(ascending(gains.to_vec())))
    }

    /// Largest sum of gains.
    pub(crate) fn utilitarian(&self) -> Point {
        self.best(|gains| Some(gains.iter().sum::<Q>()))
    }

    /// Players whose gain is the same at every acceptable package, or who gain nowhere.
    pub(crate) fn without_range(&self) -> Vec<ActorId> {
        let best = self.best_gains();
        let flat = |player: usize| self.gains.values().all(|gains| gains[player] == best[player]);
        let players = self.players.iter().enumerate();
        players.filter(|(index, _)| !best[*index].is_positive() || flat(*index)).map(|(_, player)| *player).collect()
    }

    /// The players of whose best packages one differs from this on the fewest issues. Best is what gains most, as in the ratios.
    pub(crate) fn closest_to(&self, package: &Outcome) -> Vec<ActorId> {
        let distance = |player: usize| {
            let best = self.gains.values().map(|gains| &gains[player]).max().expect("a package");
            let ideals = self.gains.iter().filter(|(_, gains)| &gains[player] == best);
            let differ = |ideal: &Outcome| ideal.iter().zip(package).filter(|(left, right)| left != right).count();
            ideals.map(|(ideal, _)| differ(ideal)).min().expect("an ideal")
        };
        let distances: Vec<usize> = (0..self.players.len()).map(distance).collect();
        let least = distances.iter().min().copied().unwrap_or(0);
        self.players
            .iter()
            .zip(&distances)
            .filter(|(_, distance)| **distance == least)
            .map(|(player, _)| *player)
            .collect()
    }
}

fn ascending(mut values: Vec<Q>) -> Vec<Q> {
    values.sort();
    values
}
