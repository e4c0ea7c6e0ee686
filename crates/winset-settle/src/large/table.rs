//! A table in whole numbers, for those who bring numbers rather than a case.

use super::best::{Best, Limits, NotKnown, largest, largest_product, leximin};
use super::blocking::{Blocking, blocking};
use super::certificate::missing;
use super::diagram::{Diagram, First};
use super::exists::{Demanded, Exists, NODE_LIMIT, Proof, exists};
use super::formula::Formula;
use super::frontier::{Asked, Frontier, frontier};
use super::sums::{Row, Sums, When};
use super::weights;

/// A table: per player, issue and option, a whole number; per player what it must reach; and conditions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorthTable {
    /// Options per issue, at most 128 each.
    pub options: Vec<usize>,
    /// Worth by player, issue and option.
    pub worth: Vec<Vec<Vec<i64>>>,
    /// What each player must reach.
    pub reservation: Vec<i64>,
    /// What is worth more, or demanded, under conditions.
    pub conditions: Vec<Condition>,
}

/// A condition over packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// When it holds.
    pub when: Formula,
    /// What players gain where it holds, any sign.
    pub adds: Vec<(usize, i64)>,
    /// Whether only packages where it holds are acceptable: the negation of a red line, or a mandate.
    pub demanded: bool,
}

/// A Pareto frontier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFrontier {
    /// Worth by player, highest first for the first player.
    pub points: Vec<Vec<i128>>,
    /// How many packages attain each point; under [`WorthTable::frontier_within`] how many of those kept.
    pub counts: Vec<u128>,
    /// Packages of each point, at most as many as asked for.
    pub packages: Vec<Vec<Vec<usize>>>,
    /// Partial packages looked at on the way.
    pub candidates: u64,
}

/// Whether a package is acceptable to all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Existence {
    /// This one is.
    Package(Vec<usize>),
    /// None is: with these weights by player, the weighted worth of no package that meets the conditions reaches the weighted reservations.
    Weights(Vec<i128>),
    /// None is: no package meets the conditions.
    Conditions,
    /// None is: the search is exhausted after so many nodes.
    Exhausted(u64),
    /// Not known after so many nodes.
    Undecided(u64),
}

/// Partial packages a frontier may keep at once.
const PARTIAL_LIMIT: usize = 1_000_000;
/// Nodes and packages of a best package's search.
const LIMITS: Limits = Limits { nodes: 20 * NODE_LIMIT, listed: 100 };

impl WorthTable {
    /// The exact frontier of what all accept, with at most `listed` packages of each point.
    ///
    /// # Errors
    ///
    /// [`NotKnown::TooLarge`] where more partial packages would have to be kept at once than this version keeps.
    pub fn frontier(&self, listed: usize) -> Result<TableFrontier, NotKnown> {
        self.frontier_in_steps(&[], listed)
    }

    /// A frontier within a distance: for every acceptable package that leaves each player at least `distance` above what it must reach, some
    /// point is less than `distance` worse for each. Points are packages' own, so none is too good to be true.
    ///
    /// # Errors
    ///
    /// As for [`WorthTable::frontier`].
    pub fn frontier_within(&self, distance: &[i64], listed: usize) -> Result<TableFrontier, NotKnown> {
        // Each issue may lose less than one step.
        let issues = (self.options.len() as i128).max(1);
        let steps: Vec<i128> = distance.iter().map(|distance| (i128::from(*distance) / issues).max(1)).collect();
        self.frontier_in_steps(&steps, listed)
    }

    fn frontier_in_steps(&self, steps: &[i128], listed: usize) -> Result<TableFrontier, NotKnown> {
        let players: Vec<usize> = (0..self.worth.len()).collect();
        let found = self.run(&players, &[], steps)?;
        let packages = (0..found.points.len()).map(|point| found.packages(point, listed)).collect();
        Ok(TableFrontier { points: found.points, counts: found.counts, packages, candidates: found.candidates })
    }

    /// How many packages all accept.
    ///
    /// # Errors
    ///
    /// [`NotKnown::TooLarge`] where too many different sums would have to be kept apart, or the count is beyond 128 bits.
    pub fn acceptable_count(&self) -> Result<u128, NotKnown> {
        let players: Vec<usize> = (0..self.worth.len()).collect();
        let found = self.run(&[], &players, &[])?;
        let count = found.counts.first().copied().unwrap_or(0);
        if count == u128::MAX { Err(NotKnown::TooLarge) } else { Ok(count) }
    }

    fn run(&self, compared: &[usize], deciding: &[usize], steps: &[i128]) -> Result<Frontier, NotKnown> {
        let sums = self.sums();
        let diagram = Diagram::new(&sums, First::Small).ok_or(NotKnown::TooLarge)?;
        let floors: Vec<i128> = self.reservation.iter().map(|floor| i128::from(*floor)).collect();
        let enough = if deciding.is_empty() { &[][..] } else { &floors };
        let asked =
            Asked { compared, deciding, enough, binding: u128::MAX, floors: &floors, limit: PARTIAL_LIMIT, steps };
        frontier(&sums, &diagram, &asked).ok_or(NotKnown::TooLarge)
    }

    /// Whether any package is acceptable to all.
    pub fn existence(&self) -> Existence {
        let found = self.ask(|demanded, _| {
            Ok(match exists(demanded) {
                Exists::Yes(package) => Existence::Package(package),
                Exists::No(Proof::Weights(weights)) => {
                    let order = demanded.diagram.levels.iter().map(|level| level.issue);
                    if missing(demanded.sums, order, demanded.binding, &weights, demanded.floors).is_none() {
                        return Err(NotKnown::GivenUp(0));
                    }
                    let of =
                        |player: usize| weights.iter().find(|(row, _)| *row == player).map_or(0, |(_, weight)| *weight);
                    Existence::Weights((0..self.worth.len()).map(of).collect())
                }
                Exists::No(Proof::Exhausted(nodes)) => Existence::Exhausted(nodes),
                Exists::No(Proof::Conditions) => Existence::Conditions,
                Exists::Undecided(nodes) => Existence::Undecided(nodes),
            })
        });
        found.unwrap_or(Existence::Undecided(0))
    }

    /// The acceptable packages with the best worst gain, then the best second-worst, … (Kalai 1977, leximin).
    ///
    /// # Errors
    ///
    /// Where there is none, or it is not known.
    pub fn egalitarian(&self) -> Result<Best, NotKnown> {
        self.ask(|demanded, goals| leximin(demanded, goals, LIMITS))
    }

    /// The acceptable packages with the largest product of gains (Nash 1950), where every player gains.
    ///
    /// # Errors
    ///
    /// Where there is none, or it is not known.
    pub fn nash(&self) -> Result<Best, NotKnown> {
        self.ask(|demanded, goals| largest_product(demanded, goals, LIMITS))
    }

    /// The acceptable packages with the largest sum of worths.
    ///
    /// # Errors
    ///
    /// Where there is none, or it is not known.
    pub fn utilitarian(&self) -> Result<Best, NotKnown> {
        let weights: Vec<(usize, i128)> = (0..self.worth.len()).map(|player| (player, 1)).collect();
        let mut sums = self.sums();
        let total = sums.total(&weights).ok_or(NotKnown::TooLarge)?;
        self.ask_of(&sums, |demanded, _| largest(demanded, total, LIMITS))
    }

    /// Every minimal set of demands that cannot hold together, and every minimal set to drop. Demands are numbered: first the players'
    /// reservations, then the demanded conditions by their place in the list.
    ///
    /// # Errors
    ///
    /// [`NotKnown::TooLarge`] for more than 128 demands or too many sets; [`NotKnown::GivenUp`] where a set is not decided.
    pub fn blocking_sets(&self) -> Result<Blocking, NotKnown> {
        let players = self.worth.len();
        let count = players + self.conditions.len();
        if count > 128 {
            return Err(NotKnown::TooLarge);
        }
        let sums = self.sums();
        let diagram = Diagram::new(&sums, First::Weighty).ok_or(NotKnown::TooLarge)?;
        let floors: Vec<(usize, i128)> = self.floors();
        let demands = (0..count).filter(|&at| at < players || self.conditions[at - players].demanded);
        let demands = demands.fold(0_u128, |bits, at| bits | 1 << at);
        blocking(demands, |kept| {
            let floors: Vec<(usize, i128)> = floors.iter().copied().filter(|(row, _)| kept >> row & 1 == 1).collect();
            let binding = if players == 128 { 0 } else { kept >> players << players };
            match exists(&Demanded { sums: &sums, diagram: &diagram, binding, floors: &floors }) {
                Exists::Yes(package) => Ok(Some(self.met(&sums, &package) & demands | kept)),
                Exists::No(_) => Ok(None),
                Exists::Undecided(nodes) => Err(NotKnown::GivenUp(nodes)),
            }
        })
    }

    /// The demands a package meets.
    fn met(&self, sums: &Sums, package: &[usize]) -> u128 {
        let players = self.worth.len();
        let reached = self.floors().into_iter().filter(|&(row, floor)| sums.value(row, package) >= floor);
        let reached = reached.fold(0_u128, |bits, (row, _)| bits | 1 << row);
        let holding = sums.conditions.iter().enumerate().filter(|(_, condition)| condition.holds(package));
        holding.fold(reached, |bits, (at, _)| bits | 1 << (players + at))
    }

    fn floors(&self) -> Vec<(usize, i128)> {
        self.reservation.iter().map(|floor| i128::from(*floor)).enumerate().collect()
    }

    fn ask<R>(&self, ask: impl Fn(&Demanded<'_>, &[weights::Row]) -> Result<R, NotKnown>) -> Result<R, NotKnown> {
        self.ask_of(&self.sums(), ask)
    }

    fn ask_of<R>(
        &self,
        sums: &Sums,
        ask: impl Fn(&Demanded<'_>, &[weights::Row]) -> Result<R, NotKnown>,
    ) -> Result<R, NotKnown> {
        let diagram = Diagram::new(sums, First::Weighty).ok_or(NotKnown::TooLarge)?;
        let floors = self.floors();
        let goals: Vec<weights::Row> =
            floors.iter().map(|&(row, floor)| weights::Row { row, floor, unit: 1 }).collect();
        ask(&Demanded { sums, diagram: &diagram, binding: u128::MAX, floors: &floors }, &goals)
    }

    fn sums(&self) -> Sums {
        let wide = |options: &Vec<i64>| options.iter().map(|value| i128::from(*value)).collect();
        let players = self.worth.len();
        let condition = |(number, condition): (usize, &Condition)| When {
            formula: condition.when.tidy(&self.options),
            adds: condition.adds.iter().map(|&(player, amount)| (player, i128::from(amount))).collect(),
            // Beyond 128 demands they are all asked for together.
            violated_if_false: if condition.demanded { 1 << (players + number).min(127) } else { 0 },
        };
        Sums {
            options: self.options.clone(),
            rows: self.worth.iter().map(|table| Row { table: table.iter().map(wide).collect() }).collect(),
            conditions: self.conditions.iter().enumerate().map(condition).collect(),
        }
    }
}
