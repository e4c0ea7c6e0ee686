//! The Pareto frontier and the bargaining points, each named by its formula.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;
use winset_case::{ActorId, Outcome};

use crate::aftermath::{Aftermath, Imposed};
use crate::table::Table;
use winset_worth::Vote;

/// Packages that are worth the same to every player, and that no other acceptable package beats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontierPoint {
    /// Worth per player, in each player's units.
    pub worth: Vec<i128>,
    /// Every acceptable package with this worth.
    pub packages: Vec<Outcome>,
}

/// The four bargaining points of a win-set, over its Pareto frontier.
#[derive(Debug)]
pub struct Solutions {
    /// Largest product of gains (Nash 1950), among packages that leave no player below its fallback; `None` where there are none, which can
    /// happen where pressure makes a player accept less than its fallback.
    pub nash: Option<Solution>,
    /// Leximin of gain ratios (Kalai & Smorodinsky 1975; leximin after Imai 1983).
    pub kalai_smorodinsky: Solution,
    /// Leximin of gains (Kalai 1977, egalitarian).
    pub egalitarian: Solution,
    /// Largest sum of gains.
    pub utilitarian: Solution,
    /// Players whose gain is the same, or none, at every acceptable package: their ratio counts as 1.
    pub without_range: Vec<ActorId>,
}

/// One bargaining solution: all packages that tie at it.
#[derive(Debug)]
pub struct Solution {
    /// The points that tie.
    pub points: Vec<BargainingPoint>,
}

/// One package at a bargaining solution.
#[derive(Debug)]
pub struct BargainingPoint {
    /// The package.
    pub package: Outcome,
    /// Per player, worth in the player's units.
    pub worth: Vec<i128>,
    /// On whose terms it is.
    pub terms: Terms,
    /// Per player, how it votes.
    pub votes: Vec<Vote>,
    /// On whom it is imposed: whom it leaves below its fallback without its consent.
    pub imposed: Vec<Imposed>,
    /// Per actor behind the seats ([`crate::Durability::behind`]), its margin in its units; `None` for minus infinity.
    pub behind: Vec<Option<i128>>,
}

/// On whose terms a package is (the model, section 3).
#[derive(Debug)]
pub struct Terms {
    /// Per player, its share of the gain it could have had.
    pub shares: Vec<BigRational>,
    /// The players of whose ideal packages one is closest, by the number of issues that differ.
    pub closest_to: Vec<ActorId>,
}

/// The acceptable packages no other acceptable package beats: at least as good for every player and better for one.
pub(crate) fn frontier(table: &Table<'_>, acceptable: &[u64]) -> Vec<FrontierPoint> {
    let points = measured(table, acceptable, |judgement| judgement.worth);
    best(points)
        .into_iter()
        .map(|(worth, numbers)| FrontierPoint {
            worth,
            packages: numbers.into_iter().map(|number| table.space.outcome(number)).collect(),
        })
        .collect()
}

type Measured = Vec<(Vec<i128>, u64)>;

fn measured(table: &Table<'_>, acceptable: &[u64], measure: impl Fn(&winset_worth::Judgement) -> i128) -> Measured {
    let mut judgements = Vec::new();
    acceptable
        .iter()
        .map(|&number| {
            let outcome = table.space.outcome(number);
            table.sitting.judge(&outcome, table.concludes(&outcome), &mut judgements);
            (table.player_positions.iter().map(|&position| measure(&judgements[position])).collect(), number)
        })
        .collect()
}

/// The undominated vectors, highest first, each with every package that attains it.
fn best(mut points: Measured) -> Vec<(Vec<i128>, Vec<u64>)> {
    points.sort_unstable_by(|(a, first), (b, second)| b.cmp(a).then(first.cmp(second)));
    let mut kept: Vec<(Vec<i128>, Vec<u64>)> = Vec::new();
    for (vector, number) in points {
        if let Some((last, numbers)) = kept.last_mut()
            && *last == vector
        {
            numbers.push(number);
            continue;
        }
        // In this order nothing that comes later can beat what came before.
        if !kept.iter().any(|(other, _)| other.iter().zip(&vector).all(|(a, b)| a >= b)) {
            kept.push((vector, vec![number]));
        }
    }
    kept
}

/// The bargaining points of a win-set that is not empty.
pub(crate) fn solve(table: &Table<'_>, acceptable: &[u64], aftermath: &Aftermath<'_, '_>) -> Solutions {
    // By gain rather than worth: the two differ where some deals end a conflict and others do not.
    let gains = measured(table, acceptable, winset_worth::Judgement::gain);
    let players = table.players.len();
    let units: Vec<i128> =
        table.players.iter().map(|&player| table.valuation.actor(player).map_or(1, |worth| worth.unit)).collect();
    let most: Vec<i128> =
        (0..players).map(|player| gains.iter().map(|(gain, _)| gain[player]).max().unwrap_or(0)).collect();
    let least: Vec<i128> =
        (0..players).map(|player| gains.iter().map(|(gain, _)| gain[player]).min().unwrap_or(0)).collect();
    let without_range: Vec<ActorId> = (0..players)
        .filter(|&player| most[player] <= 0 || most[player] == least[player])
        .map(|player| table.players[player])
        .collect();
    let ideals: Vec<Vec<Outcome>> = (0..players)
        .map(|player| {
            gains
                .iter()
                .filter(|(gain, _)| gain[player] == most[player])
                .map(|(_, number)| table.space.outcome(*number))
                .collect()
        })
        .collect();
    let candidates = best(gains);

    let share = |player: usize, gain: i128| ratio(gain, most[player]);
    let worth_of = |number: u64| {
        let outcome = table.space.outcome(number);
        let mut judgements = Vec::new();
        table.sitting.judge(&outcome, table.concludes(&outcome), &mut judgements);
        table.player_positions.iter().map(|&position| judgements[position].worth).collect::<Vec<_>>()
    };
    let point = |gain: &[i128], number: u64| {
        let package = table.space.outcome(number);
        let distances: Vec<usize> = ideals
            .iter()
            .map(|ideals| {
                ideals
                    .iter()
                    .map(|ideal| ideal.iter().zip(&package).filter(|(a, b)| a != b).count())
                    .min()
                    .unwrap_or(usize::MAX)
            })
            .collect();
        let least = distances.iter().min().copied().unwrap_or(0);
        let (votes, imposed) = aftermath.votes(&package);
        BargainingPoint {
            votes,
            imposed,
            behind: aftermath.gaps(&package),
            worth: worth_of(number),
            terms: Terms {
                shares: gain.iter().enumerate().map(|(player, &gain)| share(player, gain)).collect(),
                closest_to: (0..players)
                    .filter(|&player| distances[player] == least)
                    .map(|player| table.players[player])
                    .collect(),
            },
            package,
        }
    };
    let choose = |keys: Vec<Option<Vec<BigRational>>>| -> Option<Solution> {
        let top = keys.iter().flatten().max()?.clone();
        let winners = keys.iter().zip(&candidates).filter(|(key, _)| key.as_ref() == Some(&top));
        let mut points: Vec<(u64, BargainingPoint)> = winners
            .flat_map(|(_, (gain, numbers))| numbers.iter().map(|&number| (number, point(gain, number))))
            .collect();
        points.sort_by_key(|(number, _)| *number);
        Some(Solution { points: points.into_iter().map(|(_, point)| point).collect() })
    };
    let by = |key: &dyn Fn(&[i128]) -> Option<Vec<BigRational>>| {
        choose(candidates.iter().map(|(gain, _)| key(gain)).collect())
    };
    let gain_of = |player: usize, gain: i128| BigRational::new(BigInt::from(gain), BigInt::from(units[player]));

    let nash = by(&|gain| {
        let rational = gain.iter().all(|&gain| gain >= 0);
        // Within one case every player's unit is fixed, so the product of whole units orders as the product of gains.
        rational.then(|| vec![BigRational::from(gain.iter().map(|&gain| BigInt::from(gain)).product::<BigInt>())])
    });
    let kalai_smorodinsky =
        by(&|gain| Some(leximin(gain.iter().enumerate().map(|(player, &gain)| share(player, gain)).collect())));
    let egalitarian =
        by(&|gain| Some(leximin(gain.iter().enumerate().map(|(player, &gain)| gain_of(player, gain)).collect())));
    let utilitarian =
        by(&|gain| Some(vec![gain.iter().enumerate().map(|(player, &gain)| gain_of(player, gain)).sum()]));
    let solved = |solution: Option<Solution>| solution.unwrap_or(Solution { points: Vec::new() });
    Solutions {
        nash,
        kalai_smorodinsky: solved(kalai_smorodinsky),
        egalitarian: solved(egalitarian),
        utilitarian: solved(utilitarian),
        without_range,
    }
}

/// A gain as a share of the most that could be gained; 1 where there is nothing to gain.
pub fn ratio(gain: i128, most: i128) -> BigRational {
    if most <= 0 { BigRational::one() } else { BigRational::new(BigInt::from(gain), BigInt::from(most)) }
}

fn leximin(mut values: Vec<BigRational>) -> Vec<BigRational> {
    values.sort_unstable();
    values
}
