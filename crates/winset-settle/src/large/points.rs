//! The bargaining points of a table too large to list.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use winset_case::ActorId;

use super::best::{Best, Limits, NotKnown, largest, largest_product, leximin};
use super::diagram::{Diagram, First};
use super::exists::Demanded;
use super::model::{Member, Model};
use super::ways::Way;
use super::weights::Row;
use crate::aftermath::Aftermath;
use crate::refusal::Refusal;
use crate::solutions::{BargainingPoint, Solution, Terms, ratio};

/// How far a search for a bargaining point goes, and how many packages that tie it keeps.
const LIMITS: Limits = Limits { nodes: 60_000_000, listed: 1_000 };
/// How far a search goes for something that is shown beside a point.
const BESIDE: Limits = Limits { nodes: 1_000_000, listed: 1 };
/// Packages of one point that are described.
const SHOWN: usize = 10;

/// One bargaining solution of a table too large to list.
#[derive(Debug)]
pub struct LargeSolution {
    /// Packages that tie at it; the first few where there are many.
    pub solution: Solution,
    /// How many tie.
    pub ties: u64,
    /// Whether more tie than were counted.
    pub more: bool,
    /// Partial packages looked at.
    pub nodes: u64,
}

/// The bargaining points of a table too large to list; each `Err` where it was not found, with the reason.
#[derive(Debug)]
pub struct LargeSolutions {
    /// Largest product of gains (Nash 1950); `None` where no acceptable package leaves every player a gain.
    pub nash: Result<Option<LargeSolution>, Refusal>,
    /// Leximin of gain ratios (Kalai & Smorodinsky 1975); `None` where nobody gains anywhere.
    pub kalai_smorodinsky: Result<Option<LargeSolution>, Refusal>,
    /// Leximin of gains (Kalai 1977).
    pub egalitarian: Result<Option<LargeSolution>, Refusal>,
    /// Largest sum of gains.
    pub utilitarian: Result<Option<LargeSolution>, Refusal>,
    /// Players who gain at no acceptable package: their ratio counts as 1. `Err` where that was not found.
    pub without_range: Result<Vec<ActorId>, Refusal>,
}

/// Finds them, over ways that are known to hold a package.
pub(crate) fn points(model: &Model<'_, '_>, ways: &[Way], aftermath: &Aftermath<'_, '_>) -> LargeSolutions {
    let table = model.table;
    let players: Vec<&Member> = table.player_positions.iter().map(|&position| &model.members[position]).collect();
    let search = Search { model, ways };
    let most: Result<Vec<i128>, Refusal> = players.iter().map(|player| search.most(player)).collect();
    let goals = |unit: &dyn Fn(usize) -> i128| -> Vec<Row> {
        let goal = |(player, member): (usize, &&Member)| {
            let (row, floor) = member.gain.at_least(0);
            Row { row, floor, unit: unit(player) }
        };
        players.iter().enumerate().map(goal).collect()
    };
    let own = goals(&|player| players[player].unit);
    let gains = |package: &[usize]| -> Vec<i128> {
        players.iter().map(|player| model.sums.value(player.gain.row, package) + player.gain.plus).collect()
    };
    let product = |package: &[usize]| -> BigInt { gains(package).into_iter().map(BigInt::from).product() };
    let ratios = |package: &[usize], units: &dyn Fn(usize) -> Option<i128>| -> Vec<BigRational> {
        let ratio =
            |(player, gain): (usize, i128)| Some(BigRational::new(BigInt::from(gain), BigInt::from(units(player)?)));
        let mut ratios: Vec<BigRational> = gains(package).into_iter().enumerate().filter_map(ratio).collect();
        ratios.sort_unstable();
        ratios
    };
    let all = |player: usize| Some(players[player].unit);
    let nash =
        search.best(|demanded| largest_product(demanded, &own, LIMITS), |one, other| product(one).cmp(&product(other)));
    let egalitarian = search
        .best(|demanded| leximin(demanded, &own, LIMITS), |one, other| ratios(one, &all).cmp(&ratios(other, &all)));
    let total = |package: &[usize]| ratios(package, &all).into_iter().sum::<BigRational>();
    let utilitarian = common_units(&players).and_then(|weights| {
        let mut sums = model.sums.clone();
        let row = sums.total(&weights).ok_or(Refusal::NumbersTooLong)?;
        let diagram = Diagram::new(&sums, First::Weighty).ok_or(Refusal::TooEntangled)?;
        let of_total =
            |demanded: &Demanded<'_>| largest(&Demanded { sums: &sums, diagram: &diagram, ..*demanded }, row, LIMITS);
        search.best(of_total, |one, other| total(one).cmp(&total(other)))
    });
    let kalai_smorodinsky = most.as_ref().map_err(Clone::clone).and_then(|most| {
        let ranging = |player: usize| Some(most[player]).filter(|most| *most > 0);
        let goals: Vec<Row> = goals(&|player| most[player]).into_iter().filter(|goal| goal.unit > 0).collect();
        let found = search.best(
            |demanded| leximin(demanded, &goals, LIMITS),
            |one, other| ratios(one, &ranging).cmp(&ratios(other, &ranging)),
        )?;
        Ok(found.map(|best| if goals.len() < players.len() { unbeaten(best, &gains) } else { best }))
    });
    let describe = |found: Result<Option<Best>, Refusal>| -> Result<Option<LargeSolution>, Refusal> {
        let Some(best) = found? else { return Ok(None) };
        let points =
            best.packages.iter().take(SHOWN).map(|package| search.describe(package, &gains(package), &most, aftermath));
        Ok(Some(LargeSolution {
            solution: Solution { points: points.collect() },
            ties: best.ties,
            more: best.more,
            nodes: best.nodes,
        }))
    };
    LargeSolutions {
        nash: describe(nash),
        kalai_smorodinsky: describe(kalai_smorodinsky),
        egalitarian: describe(egalitarian),
        utilitarian: describe(utilitarian),
        without_range: most.as_ref().map_err(Clone::clone).map(|most| {
            (0..players.len()).filter(|player| most[*player] <= 0).map(|player| table.players[player]).collect()
        }),
    }
}

/// Rows with weights by which their sum is that of the players' worths, many times over.
fn common_units(players: &[&Member]) -> Result<Vec<(usize, i128)>, Refusal> {
    let common = players.iter().try_fold(1_i128, |common, player| {
        let divisor = num_integer::gcd(common, player.unit);
        (common / divisor).checked_mul(player.unit)
    });
    let common = common.ok_or(Refusal::NumbersTooLong)?;
    Ok(players.iter().map(|player| (player.gain.row, common / player.unit)).collect())
}

/// Of packages that tie, those that no other of them beats.
fn unbeaten(best: Best, gains: &impl Fn(&[usize]) -> Vec<i128>) -> Best {
    if best.packages.len() as u64 != best.ties || best.more {
        return best;
    }
    let all: Vec<Vec<i128>> = best.packages.iter().map(|package| gains(package)).collect();
    let beaten = |at: usize| {
        all.iter().any(|other| *other != all[at] && other.iter().zip(&all[at]).all(|(one, two)| one >= two))
    };
    let kept: Vec<Vec<usize>> =
        best.packages.iter().enumerate().filter(|(at, _)| !beaten(*at)).map(|(_, package)| package.clone()).collect();
    Best { ties: kept.len() as u64, packages: kept, ..best }
}

struct Search<'s, 't, 'v> {
    model: &'s Model<'t, 'v>,
    ways: &'s [Way],
}

impl Search<'_, '_, '_> {
    /// The best over all ways; `None` where in none of them anybody gains.
    fn best(
        &self,
        ask: impl Fn(&Demanded<'_>) -> Result<Best, NotKnown>,
        compare: impl Fn(&[usize], &[usize]) -> Ordering,
    ) -> Result<Option<Best>, Refusal> {
        let mut found: Option<Best> = None;
        for way in self.ways {
            let mut here = match ask(&self.model.demanded(way.binding, &way.floors)) {
                Ok(here) => here,
                Err(NotKnown::Nothing | NotKnown::NoGain) => continue,
                Err(NotKnown::GivenUp(nodes)) => return Err(Refusal::gave_up(nodes)),
                Err(NotKnown::TooLarge) => return Err(Refusal::NumbersTooLong),
            };
            let Some(best) = &mut found else {
                found = Some(here);
                continue;
            };
            match compare(&here.packages[0], &best.packages[0]) {
                Ordering::Less => best.nodes += here.nodes,
                Ordering::Greater => {
                    here.nodes += best.nodes;
                    *best = here;
                }
                Ordering::Equal => {
                    // The same package may be acceptable in several ways.
                    let listed =
                        [&*best, &here].iter().all(|best| best.ties == best.packages.len() as u64 && !best.more);
                    best.packages.append(&mut here.packages);
                    best.packages.sort_unstable();
                    best.packages.dedup();
                    best.ties = best.packages.len() as u64;
                    best.more |= here.more || !listed;
                    best.nodes += here.nodes;
                }
            }
        }
        if let Some(best) = &found {
            for package in &best.packages {
                self.confirm(package)?;
            }
        }
        Ok(found)
    }

    /// Checks that a package is acceptable, by judging it as any single package is judged.
    fn confirm(&self, package: &[usize]) -> Result<(), Refusal> {
        if self.model.is_acceptable(package) { Ok(()) } else { Err(Refusal::Unconfirmed) }
    }

    /// The most a player gains at any acceptable package.
    fn most(&self, player: &Member) -> Result<i128, Refusal> {
        let gain = |package: &[usize]| self.model.sums.value(player.gain.row, package);
        let limits = Limits { listed: 1, ..LIMITS };
        let best =
            self.best(|demanded| largest(demanded, player.gain.row, limits), |one, other| gain(one).cmp(&gain(other)))?;
        let best = best.ok_or(Refusal::Unconfirmed)?;
        Ok(gain(&best.packages[0]) + player.gain.plus)
    }

    fn describe(
        &self,
        package: &[usize],
        gains: &[i128],
        most: &Result<Vec<i128>, Refusal>,
        aftermath: &Aftermath<'_, '_>,
    ) -> BargainingPoint {
        let table = self.model.table;
        // Shares and ideals are left out where the most a player could gain was not found.
        let most = most.as_deref().ok();
        let outcome = self.model.outcome(package);
        let (votes, imposed) = aftermath.votes(&outcome);
        let mut judgements = Vec::new();
        table.sitting.judge(&outcome, table.concludes(&outcome), &mut judgements);
        let distances: Option<Vec<usize>> =
            (0..gains.len()).map(|player| self.distance(package, player, most?[player])).collect();
        let closest = distances.map_or_else(Vec::new, |distances| {
            let least = distances.iter().min().copied();
            (0..distances.len())
                .filter(|player| Some(distances[*player]) == least)
                .map(|player| table.players[player])
                .collect()
        });
        BargainingPoint {
            votes,
            imposed,
            behind: aftermath.gaps(&outcome),
            worth: table.player_positions.iter().map(|&position| judgements[position].worth).collect(),
            terms: Terms {
                shares: gains.iter().zip(most.unwrap_or_default()).map(|(gain, most)| ratio(*gain, *most)).collect(),
                closest_to: closest,
            },
            package: outcome,
        }
    }

    /// On how many issues the package differs from the player's ideal package that is most like it; `None` where that was not found.
    fn distance(&self, package: &[usize], player: usize, most: i128) -> Option<usize> {
        let model = self.model;
        let mut sums = model.sums.clone();
        let likeness = |(issue, options): (usize, &usize)| {
            (0..*options).map(|option| i128::from(option == package[issue])).collect()
        };
        sums.rows.push(super::sums::Row { table: sums.options.iter().enumerate().map(likeness).collect() });
        let like = sums.rows.len() - 1;
        let gain = model.members[model.table.player_positions[player]].gain.at_least(most);
        let mut nearest = 0;
        for way in self.ways {
            let floors: Vec<(usize, i128)> = way.floors.iter().copied().chain([gain]).collect();
            let demanded = Demanded { sums: &sums, ..model.demanded(way.binding, &floors) };
            match largest(&demanded, like, BESIDE) {
                Ok(best) => nearest = nearest.max(sums.value(like, &best.packages[0])),
                Err(NotKnown::Nothing | NotKnown::NoGain) => {}
                Err(_) => return None,
            }
        }
        Some(package.len() - nearest.to_usize()?)
    }
}

impl Model<'_, '_> {
    /// Whether a package is acceptable, judged as any single package is judged.
    pub(crate) fn is_acceptable(&self, package: &[usize]) -> bool {
        let outcome = self.outcome(package);
        let table = self.table;
        let concludes = table.concludes(&outcome);
        table.is_deal(&outcome) && table.unmet(&outcome) == 0 && table.is_accepted(&outcome, concludes, &mut Vec::new())
    }
}
