//! At which worth of a unit of lever cost today stays put.
//!
//! With the unit worth *u*, a choice is worth its payoff less *u* times what the owner's levers in it cost. How an owner ranks two choices can turn only
//! where *u* is the difference of their payoffs over the difference of their costs. Whether today stays hangs on few such comparisons: of any choice with
//! today, and of choices that differ in one owner's levers alone. So between two of these values of *u* nothing changes, and deciding the game at each
//! value and once between any two decides it for every *u*.

use std::collections::BTreeSet;

use num_bigint::BigInt;
use num_traits::{One, Zero};
use winset_settle::BigRational;
use winset_stability::{Concept, SanctionRule, stability};

use super::GameRefusal;
use super::board::{Board, Side, subsets};

/// States looked at over all values of the unit; with more, values are picked and the answer is between them by bisection.
const LOOK_LIMIT: usize = 1 << 23;

/// Values of a unit of lever cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRange {
    /// The least of them.
    pub from: BigRational,
    /// Whether that itself is one.
    pub from_included: bool,
    /// The largest; `None`: without end.
    pub to: Option<BigRational>,
    /// Whether that itself is one.
    pub to_included: bool,
}

/// Where today stays under a concept.
#[derive(Debug, Clone)]
pub struct Staying {
    /// Under which.
    pub concept: Concept,
    /// At these values of the unit, ascending.
    pub ranges: Vec<UnitRange>,
}

/// At which worth of a unit of lever cost today stays put.
#[derive(Debug, Clone)]
pub struct Units {
    /// Per concept.
    pub staying: Vec<Staying>,
    /// At how many values anything can change.
    pub turns: usize,
    /// Whether the game was decided at and between all of them; else at some, and by bisection where the answers differed.
    pub exact: bool,
}

impl Units {
    pub(super) fn of(board: &Board<'_>, rule: SanctionRule) -> Result<Self, GameRefusal> {
        let mut turns: BTreeSet<BigRational> = BTreeSet::new();
        board.sides.iter().for_each(|side| side.turns(board.today(), &mut turns));
        let turns: Vec<BigRational> = turns.into_iter().collect();
        let mut line = Line { board, rule, verdicts: vec![None; 2 * turns.len() + 2], turns };
        let places = line.verdicts.len();
        let states = board.sides.first().map_or(1, |side| side.class.len());
        let affordable = (LOOK_LIMIT / states).max(8);
        let exact = places <= affordable;
        if exact {
            for place in 0..places {
                line.decide(place)?;
            }
        } else {
            let picked: Vec<usize> = (0..=affordable / 2).map(|part| part * (places - 1) / (affordable / 2)).collect();
            for pair in picked.windows(2) {
                line.bisect(pair[0], pair[1])?;
            }
        }
        let staying =
            Concept::ALL.iter().enumerate().map(|(number, &concept)| Staying { concept, ranges: line.ranges(number) });
        Ok(Units { staying: staying.collect(), turns: line.turns.len(), exact })
    }

    /// Where today stays under a concept.
    pub fn ranges(&self, concept: Concept) -> &[UnitRange] {
        self.staying.iter().find(|staying| staying.concept == concept).map_or(&[], |staying| &staying.ranges)
    }
}

impl Side {
    /// The positive values of the unit at which the owner changes its mind about two choices that matter.
    fn turns(&self, today: usize, turns: &mut BTreeSet<BigRational>) {
        let mut pairs: BTreeSet<(u32, u32)> = BTreeSet::new();
        let today = self.class[today];
        pairs.extend((0..self.classes.len() as u32).map(|class| (class.min(today), class.max(today))));
        // Every choice of the others' levers, with the classes its own can make of it.
        let mut asked: BTreeSet<Vec<u32>> = BTreeSet::new();
        for others in (0..self.class.len()).filter(|choice| choice & self.own == 0) {
            let mut classes: Vec<u32> = subsets(self.own).map(|own| self.class[others | own]).collect();
            classes.sort_unstable();
            classes.dedup();
            if !asked.contains(&classes) {
                for (place, &one) in classes.iter().enumerate() {
                    pairs.extend(classes[place + 1..].iter().map(|&other| (one, other)));
                }
                asked.insert(classes);
            }
        }
        for (one, other) in pairs {
            let ((worth, cost), (other_worth, other_cost)) =
                (&self.classes[one as usize], &self.classes[other as usize]);
            if cost != other_cost {
                let turn = (worth - other_worth) / (cost - other_cost);
                if turn > BigRational::zero() {
                    turns.insert(turn);
                }
            }
        }
    }
}

/// The values of the unit in order: nothing, what lies before the first turn, the first turn, what lies between it and the second, and so on.
struct Line<'b> {
    board: &'b Board<'b>,
    rule: SanctionRule,
    turns: Vec<BigRational>,
    /// Per place, whether today stays under each concept.
    verdicts: Vec<Option<[bool; 5]>>,
}

impl Line<'_> {
    /// The turn at an even place, after nothing.
    fn turn(&self, place: usize) -> BigRational {
        if place == 0 { BigRational::zero() } else { self.turns[place / 2 - 1].clone() }
    }

    fn value(&self, place: usize) -> BigRational {
        if place.is_multiple_of(2) {
            return self.turn(place);
        }
        let before = self.turn(place - 1);
        match self.turns.get(place / 2) {
            Some(after) => (before + after) / BigRational::from(BigInt::from(2)),
            None => before + BigRational::one(),
        }
    }

    fn decide(&mut self, place: usize) -> Result<[bool; 5], GameRefusal> {
        if let Some(known) = self.verdicts[place] {
            return Ok(known);
        }
        let unit = self.value(place);
        // What nobody improves on is stable under every concept.
        let verdict = if self.board.nobody_leaves(&unit) {
            [true; 5]
        } else {
            let position = self.board.position(&unit)?;
            let found = stability(&position.model, self.rule)?;
            Concept::ALL.map(|concept| found.equilibria(concept).contains(position.today))
        };
        self.verdicts[place] = Some(verdict);
        Ok(verdict)
    }

    /// Decides between two places where they differ; where they do not, takes what lies between to be the same.
    fn bisect(&mut self, low: usize, high: usize) -> Result<(), GameRefusal> {
        let (below, above) = (self.decide(low)?, self.decide(high)?);
        if below == above || high - low <= 1 {
            self.verdicts[low..high].iter_mut().for_each(|verdict| *verdict = verdict.or(Some(below)));
            return Ok(());
        }
        let middle = usize::midpoint(low, high);
        self.bisect(low, middle)?;
        self.bisect(middle, high)
    }

    /// The values at which a concept holds.
    fn ranges(&self, concept: usize) -> Vec<UnitRange> {
        let holds = |place: usize| self.verdicts[place].is_some_and(|verdict| verdict[concept]);
        let mut ranges = Vec::new();
        let mut place = 0;
        while place < self.verdicts.len() {
            if !holds(place) {
                place += 1;
                continue;
            }
            let first = place;
            while place < self.verdicts.len() && holds(place) {
                place += 1;
            }
            let last = place - 1;
            let from_included = first.is_multiple_of(2);
            let to_included = last.is_multiple_of(2);
            ranges.push(UnitRange {
                from: self.turn(if from_included { first } else { first - 1 }),
                from_included,
                to: (place < self.verdicts.len()).then(|| self.turn(if to_included { last } else { last + 1 })),
                to_included: to_included && place < self.verdicts.len(),
            });
        }
        ranges
    }
}
