//! The frontier of a table of a case, and how many packages are acceptable, where the packages are too many to list.

use num_bigint::BigUint;
use num_rational::BigRational;
use num_traits::Zero;
use winset_case::Outcome;

use super::diagram::{Diagram, First};
use super::frontier::{Asked, Frontier, frontier};
use super::model::{Member, Model};
use super::ways::Way;
use crate::refusal::Refusal;

/// Partial packages kept at once: with up to three numbers to compare, and with more, where comparing takes longer.
const FEW_NUMBERS: usize = 300_000;
const MANY_NUMBERS: usize = 20_000;
/// The same for a frontier within a distance, and for counting.
const WITHIN: usize = 6_000;
const COUNTING: usize = 100_000;
/// Ways whose overlaps are told apart in counting.
const COUNTED_WAYS: usize = 4;
/// Distances tried where the exact frontier is too large, as shares of a worth of 1.
const DISTANCES: [i64; 4] = [50, 20, 10, 5];

/// A point of a frontier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LargePoint {
    /// Worth per player, in each player's units.
    pub worth: Vec<i128>,
    /// One acceptable package with this worth.
    pub package: Outcome,
    /// How many acceptable packages have it; `None` where that was not counted.
    pub packages: Option<BigUint>,
}

/// A frontier of a table too large to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LargeFrontier {
    /// Its points, highest first for the first player.
    pub points: Vec<LargePoint>,
    /// `None`: the exact frontier. Else a distance in worth: for every acceptable package that leaves every player at least this far above what
    /// it must reach, some point is less than this worse for each of them. Points are acceptable packages all the same.
    pub within: Option<BigRational>,
}

impl Model<'_, '_> {
    fn players(&self) -> Vec<&Member> {
        self.table.player_positions.iter().map(|&position| &self.members[position]).collect()
    }

    /// The frontier of what is acceptable in these ways.
    pub(crate) fn outline(&self, ways: &[Way]) -> Result<LargeFrontier, Refusal> {
        let players = self.players();
        let limit = if players.len() <= 3 { FEW_NUMBERS } else { MANY_NUMBERS };
        let too_many = match self.frontier_in_steps(ways, &[], limit) {
            Ok(points) => return Ok(LargeFrontier { points, within: None }),
            Err(refusal) => refusal,
        };
        for share in DISTANCES {
            let issues = (self.sums.options.len() as i128).max(1);
            let steps: Vec<i128> =
                players.iter().map(|player| (player.unit / i128::from(share) / issues).max(1)).collect();
            if let Ok(points) = self.frontier_in_steps(ways, &steps, WITHIN) {
                return Ok(LargeFrontier { points, within: Some(BigRational::new(1.into(), share.into())) });
            }
        }
        Err(too_many)
    }

    fn frontier_in_steps(&self, ways: &[Way], steps: &[i128], limit: usize) -> Result<Vec<LargePoint>, Refusal> {
        let diagram = Diagram::new(&self.sums, First::Small).ok_or(Refusal::TooEntangled)?;
        let compared: Vec<usize> = self.players().iter().map(|player| player.worth.row).collect();
        let mut all: Vec<(Vec<i128>, Vec<usize>, Option<BigUint>)> = Vec::new();
        for way in ways {
            let found = self.walk(&diagram, &compared, way, steps, limit)?;
            for (at, point) in found.points.iter().enumerate() {
                let package = found.packages(at, 1).pop().ok_or(Refusal::Unconfirmed)?;
                if !self.is_acceptable(&package) {
                    return Err(Refusal::Unconfirmed);
                }
                let counted =
                    (ways.len() == 1 && steps.is_empty() && found.counts[at] < u128::MAX).then(|| found.counts[at]);
                all.push((point.clone(), package, counted.map(BigUint::from)));
            }
        }
        if ways.len() > 1 {
            all = undominated(all);
        }
        let players = self.players();
        let point = |(worth, package, packages): (Vec<i128>, Vec<usize>, Option<BigUint>)| LargePoint {
            worth: worth.iter().zip(&players).map(|(worth, player)| worth + player.worth.plus).collect(),
            package: self.outcome(&package),
            packages,
        };
        Ok(all.into_iter().map(point).collect())
    }

    /// How many packages are acceptable in any of these ways, by inclusion and exclusion.
    pub(crate) fn count(&self, ways: &[Way]) -> Result<BigUint, Refusal> {
        if ways.len() > COUNTED_WAYS {
            return Err(Refusal::TooManyWays { limit: COUNTED_WAYS });
        }
        let diagram = Diagram::new(&self.sums, First::Small).ok_or(Refusal::TooEntangled)?;
        let (mut added, mut taken) = (BigUint::zero(), BigUint::zero());
        for chosen in 1_u32..1 << ways.len() {
            let both = ways.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, way)| way);
            let both = both.cloned().reduce(|one, other| one.and(&other)).ok_or(Refusal::Unconfirmed)?;
            let count = self.walk(&diagram, &[], &both, &[], COUNTING)?.counts.first().copied().unwrap_or(0);
            if count == u128::MAX {
                return Err(Refusal::NumbersTooLong);
            }
            *if chosen.count_ones() % 2 == 1 { &mut added } else { &mut taken } += BigUint::from(count);
        }
        Ok(added - taken)
    }

    fn walk(
        &self,
        diagram: &Diagram,
        compared: &[usize],
        way: &Way,
        steps: &[i128],
        limit: usize,
    ) -> Result<Frontier, Refusal> {
        let floor_of = |row: usize| way.floors.iter().find(|(at, _)| *at == row).map(|(_, floor)| *floor);
        let (mut deciding, mut floors, mut enough) = (Vec::new(), Vec::new(), Vec::new());
        for &row in compared {
            let least = self.sums.size(row).ok_or(Refusal::NumbersTooLong)?;
            floors.push(floor_of(row).unwrap_or(-least));
        }
        for &(row, floor) in way.floors.iter().filter(|(row, _)| !compared.contains(row)) {
            deciding.push(row);
            floors.push(floor);
            enough.push(floor);
        }
        let asked = Asked {
            compared,
            deciding: &deciding,
            enough: &enough,
            binding: way.binding | self.always,
            floors: &floors,
            limit,
            steps,
        };
        frontier(&self.sums, diagram, &asked).ok_or(Refusal::TooManyPoints { limit })
    }
}

/// The points that no other beats, highest first; equal ones once, without a count.
fn undominated(
    mut all: Vec<(Vec<i128>, Vec<usize>, Option<BigUint>)>,
) -> Vec<(Vec<i128>, Vec<usize>, Option<BigUint>)> {
    all.sort_unstable_by(|(one, first, _), (other, second, _)| other.cmp(one).then(first.cmp(second)));
    let mut kept: Vec<(Vec<i128>, Vec<usize>, Option<BigUint>)> = Vec::new();
    for point in all {
        // In this order nothing that comes later can beat what came before.
        if !kept.iter().any(|(other, ..)| other.iter().zip(&point.0).all(|(one, two)| one >= two)) {
            kept.push(point);
        }
    }
    kept
}
