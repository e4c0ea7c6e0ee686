//! Where the process comes to rest under a choice of levers, walked as seldom as can be.
//!
//! A lever that only raises a cost of going on or a patron's leverage, or lowers a price, never makes anyone refuse what it accepted without it
//! ([`winset_settle::leaning`]). So of two choices that differ in such levers alone, the deals of every choice between lie between theirs; where
//! both lead to the same states by the same deals, so does every choice between.

use std::collections::BTreeMap;

use winset_case::edit::{Change, NumberTarget, Operator};
use winset_case::{Case, Decimal, LeverId};
use winset_settle::{Between, Leaning, LeverWalks, Ways, leaning};

use super::GameRefusal;

/// What is kept of all different walks, in ways between states; a state counts for [`STATE_SIZE`] of them.
const KEPT_LIMIT: usize = 60_000_000;

/// How many ways (of four bytes each) take about as much memory as one state.
const STATE_SIZE: usize = 40;

/// The walks of choices of levers.
pub(super) struct Walks<'c> {
    case: &'c Case,
    levers: &'c [LeverId],
    hindering: usize,
    helping: usize,
    /// Those that differ.
    different: Vec<Ways>,
    /// Per choice that was walked, which of them it leads to.
    known: BTreeMap<usize, u32>,
    /// What is known of brackets, by the choice in them with the fewest deals and the levers they leave open.
    brackets: BTreeMap<(usize, usize), Bracket>,
    kept: usize,
    walker: LeverWalks,
    work_limit: u64,
}

/// What is known of all choices that differ in some levers alone.
#[derive(Clone, Copy)]
enum Bracket {
    /// They lead to the same walk.
    Same(u32),
    /// They need not; this lever is looked at next.
    By(usize),
}

/// The case with exactly these of the levers in use, and those besides them that it has in use already.
pub(super) fn with_choice(case: &Case, levers: &[LeverId], choice: usize) -> Case {
    let mut chosen = case.clone();
    for (bit, lever) in levers.iter().enumerate() {
        chosen.levers[lever.0].on = choice >> bit & 1 == 1;
    }
    chosen
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

impl<'c> Walks<'c> {
    pub(super) fn new(case: &'c Case, levers: &'c [LeverId], work_limit: u64) -> Self {
        let mask = |wanted: Leaning| {
            let fits = |lever: &LeverId| surely(case, *lever) == wanted;
            levers.iter().enumerate().filter(|(_, lever)| fits(lever)).fold(0, |mask, (bit, _)| mask | 1_usize << bit)
        };
        Walks {
            case,
            levers,
            hindering: mask(Leaning::Hinders),
            helping: mask(Leaning::Helps),
            different: Vec::new(),
            known: BTreeMap::new(),
            brackets: BTreeMap::new(),
            kept: 0,
            walker: LeverWalks::new(case, levers).within(work_limit),
            work_limit,
        }
    }

    /// Those that differ, of all found so far.
    pub(super) fn different(&self) -> &[Ways] {
        &self.different
    }

    /// How many choices were walked so far; the rest followed.
    pub(super) fn walked(&self) -> usize {
        self.known.len()
    }

    /// The walk that a choice leads to, where it is to be found out for every choice that differs from it in the open levers alone.
    pub(super) fn of(&mut self, choice: usize, open: usize) -> Result<u32, GameRefusal> {
        let mut open = open & (self.helping | self.hindering);
        let mut fewest = choice & !open | self.hindering & open;
        let mut within = if open == 0 { None } else { self.widest(choice)? };
        loop {
            let found = match self.brackets.get(&(fewest, open)) {
                Some(known) => *known,
                None => self.look(fewest, open, within)?,
            };
            match found {
                Bracket::Same(walk) => return Ok(walk),
                Bracket::By(lever) => {
                    within = Some((fewest, fewest ^ open));
                    open &= !lever;
                    fewest = fewest & !lever | choice & lever;
                }
            }
        }
    }

    /// The two ends of the bracket of all choices that differ from one in leaning levers alone, where the one with the most deals can be walked: then no
    /// other walk looks at more than its deals.
    fn widest(&mut self, choice: usize) -> Result<Option<(usize, usize)>, GameRefusal> {
        let leaning = self.helping | self.hindering;
        let most = choice & !leaning | self.helping;
        match self.walk(Between::only(most)) {
            Ok(_) => Ok(Some((choice & !leaning | self.hindering, most))),
            Err(GameRefusal::CutOff) => Ok(None),
            Err(refusal) => Err(refusal),
        }
    }

    /// Looks at the two ends of a bracket that lies within another.
    fn look(&mut self, fewest: usize, open: usize, within: Option<(usize, usize)>) -> Result<Bracket, GameRefusal> {
        let most = fewest ^ open;
        // The most first: then of the fewest only its deals need be looked at.
        let (outer_fewest, outer_most) = within.unwrap_or((most, most));
        let widest = self.walk(Between { choice: most, fewest: outer_fewest, most: outer_most })?;
        let outer_fewest = within.map_or(fewest, |(fewest, _)| fewest);
        let walk = self.walk(Between { choice: fewest, fewest: outer_fewest, most })?;
        let found = if walk == widest {
            Bracket::Same(walk)
        } else {
            // A lever that makes a difference by itself is more likely to be one that matters.
            let mut lever = open & open.wrapping_neg();
            for bit in (0..self.levers.len()).map(|bit| 1 << bit).filter(|bit| open & bit != 0) {
                if self.walk(Between { choice: fewest ^ bit, fewest, most })? != walk {
                    lever = bit;
                    break;
                }
            }
            Bracket::By(lever)
        };
        self.brackets.insert((fewest, open), found);
        Ok(found)
    }

    fn walk(&mut self, between: Between) -> Result<u32, GameRefusal> {
        if let Some(&known) = self.known.get(&between.choice) {
            return Ok(known);
        }
        let found = self.walker.ways(&with_choice(self.case, self.levers, between.choice), between)?;
        if self.walker.work() > self.work_limit {
            return Err(GameRefusal::TooMuchWork { limit: self.work_limit, walked: self.known.len() });
        }
        if found.cut_off {
            return Err(GameRefusal::CutOff);
        }
        let same = self.different.iter().position(|other| *other == found);
        let number = same.unwrap_or_else(|| {
            self.kept += STATE_SIZE * found.states.len() + found.deals.iter().map(Vec::len).sum::<usize>();
            self.different.push(found);
            self.different.len() - 1
        }) as u32;
        if self.kept > KEPT_LIMIT {
            return Err(GameRefusal::TooManyProcesses { processes: self.different.len() });
        }
        self.known.insert(between.choice, number);
        Ok(number)
    }
}
