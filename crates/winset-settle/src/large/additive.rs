//! Tables whose worth only adds up: for those who bring numbers rather than a case.

use super::diagram::{Diagram, First};
use super::best::{Best, Limits, NotKnown, largest_product, leximin};
use super::exists::{Demanded, Exists, NODE_LIMIT, Proof, exists};
use super::frontier::{Accepted, Asked, frontier};
use super::sums::{Row, Sums};
use super::weights;

/// A table without conditions: per player, issue and option, a whole number, and per player what it must reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdditiveTable {
    /// Worth by player, issue and option.
    pub worth: Vec<Vec<Vec<i64>>>,
    /// What each player must reach.
    pub reservation: Vec<i64>,
}

/// The Pareto frontier of an additive table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdditiveFrontier {
    /// Worth by player, highest first for the first player.
    pub points: Vec<Vec<i128>>,
    /// How many packages attain each point; `u128::MAX` stands for that many and more.
    pub counts: Vec<u128>,
    /// One package per point.
    pub packages: Vec<Vec<usize>>,
    /// Partial packages looked at on the way.
    pub candidates: u64,
}

/// Whether a package reaches every reservation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Existence {
    /// This one does.
    Package(Vec<usize>),
    /// None does: with these weights by player, the weighted worth of no package reaches the weighted reservations.
    Weights(Vec<i128>),
    /// None does: the search is exhausted after so many nodes.
    Exhausted(u64),
    /// Not known after so many nodes.
    Undecided(u64),
}

/// A package that is best by a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BestPackage {
    /// One such package.
    pub package: Vec<usize>,
    /// How many tie.
    pub ties: u64,
    /// Nodes looked at.
    pub nodes: u64,
}

const LIMITS: Limits = Limits { nodes: 20 * NODE_LIMIT, listed: 1 };

fn one(best: Best) -> Option<BestPackage> {
    Some(BestPackage { package: best.packages.into_iter().next()?, ties: best.ties, nodes: best.nodes })
}

impl AdditiveTable {
    /// Everything players reach that no other package everyone accepts beats; `None` where more than `limit` partial packages would have to be
    /// kept at once, or there are more than 16 players.
    pub fn frontier(&self, limit: usize) -> Option<AdditiveFrontier> {
        let sums = self.sums();
        let diagram = Diagram::new(&sums, First::Small)?;
        let players: Vec<usize> = (0..self.worth.len()).collect();
        let floors: Vec<i128> = self.reservation.iter().map(|floor| i128::from(*floor)).collect();
        let found = frontier(
            &sums,
            &diagram,
            &Asked {
                compared: &players,
                deciding: &[],
                enough: &[],
                binding: 0,
                accepted: Accepted::Floors(&floors),
                limit,
                steps: &[],
            },
        )?;
        Some(AdditiveFrontier {
            packages: (0..found.points.len()).filter_map(|point| found.packages(point, 1).pop()).collect(),
            points: found.points,
            counts: found.counts,
            candidates: found.candidates,
        })
    }

    /// Whether any package reaches every reservation.
    pub fn existence(&self) -> Existence {
        self.ask(|demanded, _| match exists(demanded) {
            Exists::Yes(package) => Existence::Package(package),
            Exists::No(Proof::Weights(weights)) => {
                let of = |player: usize| weights.iter().find(|(row, _)| *row == player).map_or(0, |(_, weight)| *weight);
                Existence::Weights((0..self.worth.len()).map(of).collect())
            }
            Exists::No(Proof::Exhausted(nodes)) => Existence::Exhausted(nodes),
            // Without issues there is one package, and without conditions it exists.
            Exists::No(Proof::Conditions) => Existence::Exhausted(0),
            Exists::Undecided(nodes) => Existence::Undecided(nodes),
        })
        .unwrap_or(Existence::Undecided(0))
    }

    /// Packages with the best worst gain, then the best second-worst, …; one of them, and how many tie. `None` where nothing is acceptable or
    /// it was given up.
    pub fn egalitarian(&self) -> Option<BestPackage> {
        self.ask(|demanded, goals| leximin(demanded, goals, LIMITS).ok()).flatten().and_then(one)
    }

    /// The same for the largest product of gains.
    pub fn nash(&self) -> Option<BestPackage> {
        let found = self.ask(|demanded, goals| -> Result<Option<Best>, NotKnown> {
            largest_product(demanded, goals, LIMITS)
        });
        found?.ok().flatten().and_then(one)
    }

    fn ask<R>(&self, ask: impl Fn(&Demanded<'_>, &[weights::Row]) -> R) -> Option<R> {
        let sums = self.sums();
        let diagram = Diagram::new(&sums, First::Weighty)?;
        let floors: Vec<(usize, i128)> = self.reservation.iter().map(|floor| i128::from(*floor)).enumerate().collect();
        let goals: Vec<weights::Row> =
            floors.iter().map(|&(row, floor)| weights::Row { row, floor, unit: 1 }).collect();
        Some(ask(&Demanded { sums: &sums, diagram: &diagram, binding: 0, floors: &floors }, &goals))
    }

    pub(crate) fn sums(&self) -> Sums {
        let issues = self.worth.first().map_or(0, Vec::len);
        let wide = |options: &Vec<i64>| options.iter().map(|value| i128::from(*value)).collect();
        Sums {
            options: (0..issues).map(|issue| self.worth[0][issue].len()).collect(),
            rows: self.worth.iter().map(|table| Row { base: 0, table: table.iter().map(wide).collect() }).collect(),
            conditions: Vec::new(),
        }
    }
}
