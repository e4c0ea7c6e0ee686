//! Where the process comes to rest under every choice of levers, walked as seldom as can be.
//!
//! A lever that only raises a cost of going on or a patron's leverage, or lowers a price, never makes anyone refuse what it accepted without it
//! ([`winset_settle::leaning`]). So of two choices that differ in such levers alone, the deals of every choice between lie between theirs; where
//! both lead to the same states by the same deals, so does every choice between.

use std::collections::BTreeMap;

use winset_case::edit::{Change, NumberTarget, Operator};
use winset_case::{Case, Decimal, LeverId};
use winset_settle::{Leaning, LeverWalks, Ways, leaning};

use super::GameRefusal;
use super::board::subsets;

/// What is kept of all different walks, in ways between states; a state counts for [`STATE_SIZE`] of them.
pub(super) const KEPT_LIMIT: usize = 60_000_000;

/// How many ways (of four bytes each) take about as much memory as one state.
const STATE_SIZE: usize = 40;

/// The walks of every choice of levers.
#[derive(Debug)]
pub(super) struct Walks {
    /// Those that differ.
    pub(super) different: Vec<Ways>,
    /// Per choice of levers, which of them it leads to.
    pub(super) of: Vec<u32>,
    /// How many were walked.
    pub(super) walked: usize,
}

/// The case with exactly these of the levers in use, and those besides them that it has in use already.
pub(super) fn with_choice(case: &Case, levers: &[LeverId], choice: usize) -> Case {
    let mut chosen = case.clone();
    for (bit, lever) in levers.iter().enumerate() {
        chosen.levers[lever.0].on = choice >> bit & 1 == 1;
    }
    chosen
}

impl Walks {
    pub(super) fn of(case: &Case, levers: &[LeverId]) -> Result<Self, GameRefusal> {
        let masks = |wanted: Leaning| {
            let fits = |lever: &LeverId| surely(case, *lever) == wanted;
            levers.iter().enumerate().filter(|(_, lever)| fits(lever)).fold(0, |mask, (bit, _)| mask | 1_usize << bit)
        };
        let (helping, hindering) = (masks(Leaning::Helps), masks(Leaning::Hinders));
        let mixed = masks(Leaning::Mixed);
        let walks = Walks { different: Vec::new(), of: vec![0; 1 << levers.len()], walked: 0 };
        let mut search = Search {
            case,
            levers,
            hindering,
            helping,
            known: BTreeMap::new(),
            kept: 0,
            walks,
            walker: LeverWalks::new(case, levers),
        };
        for choice in subsets(mixed) {
            search.between(choice | hindering, choice | helping, helping | hindering)?;
        }
        Ok(search.walks)
    }
}

/// How a lever leans, where that cannot be turned round by another lever.
fn surely(case: &Case, lever: LeverId) -> Leaning {
    let turns = |change: &Change| matches!(change, Change::Number(_, Operator::Multiply, by) if *by < Decimal::ZERO);
    let turned = case.levers.iter().flat_map(|lever| &lever.edits).any(|edit| turns(&edit.change));
    // What is taken from a fallback nobody gave is a fallback of its own.
    let fallback = |change: &Change| matches!(change, Change::Number(NumberTarget::Fallback(_), ..));
    if turned || case.levers[lever.0].edits.iter().any(|edit| fallback(&edit.change)) {
        return Leaning::Mixed;
    }
    leaning(case, lever)
}

struct Search<'c> {
    case: &'c Case,
    levers: &'c [LeverId],
    hindering: usize,
    helping: usize,
    /// Per choice that was walked, which of the different walks it is.
    known: BTreeMap<usize, u32>,
    kept: usize,
    walks: Walks,
    walker: LeverWalks,
}

impl Search<'_> {
    /// Finds the walks of every choice between the one with the fewest deals and the one with the most, which differ in the levers of `open`.
    fn between(&mut self, fewest: usize, most: usize, open: usize) -> Result<(), GameRefusal> {
        // The most first: then of the fewest only its deals need be looked at.
        let widest = self.walk(most)?;
        let walk = self.walk(fewest)?;
        if open == 0 || walk == widest {
            for subset in subsets(open) {
                self.walks.of[fewest & !open | subset] = walk;
            }
            return Ok(());
        }
        // A lever that makes a difference by itself is more likely to be one that matters.
        let mut lever = open & open.wrapping_neg();
        for bit in (0..self.levers.len()).map(|bit| 1 << bit).filter(|bit| open & bit != 0) {
            if self.walk(fewest ^ bit)? != walk {
                lever = bit;
                break;
            }
        }
        let rest = open & !lever;
        let (fewest_with, most_with) = (fewest | lever, most | lever);
        let (fewest_without, most_without) = (fewest & !lever, most & !lever);
        debug_assert_eq!(fewest & lever, self.hindering & lever);
        self.between(fewest_with, most_with, rest)?;
        self.between(fewest_without, most_without, rest)
    }

    fn walk(&mut self, choice: usize) -> Result<u32, GameRefusal> {
        if let Some(&known) = self.known.get(&choice) {
            return Ok(known);
        }
        let wider = choice & !self.hindering | self.helping;
        let found = self.walker.ways(&with_choice(self.case, self.levers, choice), choice, wider)?;
        self.walks.walked += 1;
        if found.cut_off {
            return Err(GameRefusal::CutOff);
        }
        let same = self.walks.different.iter().position(|other| *other == found);
        let number = same.unwrap_or_else(|| {
            self.kept += STATE_SIZE * found.states.len() + found.deals.iter().map(Vec::len).sum::<usize>();
            self.walks.different.push(found);
            self.walks.different.len() - 1
        }) as u32;
        if self.kept > KEPT_LIMIT {
            return Err(GameRefusal::TooManyProcesses { processes: self.walks.different.len() });
        }
        self.known.insert(choice, number);
        Ok(number)
    }
}
