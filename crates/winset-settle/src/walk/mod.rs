//! What tables make of the states of a walk, each found out once for all states and choices of levers that look alike to the table.

mod screen;
mod sight;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use winset_case::{Outcome, TrackId};
use winset_worth::{State, Valuation};

use self::screen::Screen;
use self::sight::{Seen, Sight};
use crate::lookup::Lookup;
use crate::refusal::Refusal;
use crate::table::{Deals, Table};

/// Packages beyond which a table is screened before it meets.
const SCREENED: usize = 8;

/// What the screens of one walk may hold together, in packages times judges: under a hundred megabytes.
const SCREEN_LIMIT: usize = 4_000_000;

/// A deal that is made: the number of its package among those of the table, and whether it concludes the table's framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Made {
    pub(crate) number: u64,
    pub(crate) concludes: bool,
}

/// In which of several ways a table can be: the levers in use that change its mandate, and all that matter there, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Variant {
    pub(crate) mandate: usize,
    pub(crate) all: usize,
}

/// A table with what matters to its mandate or benchmarks: what stands on the issues read off its agenda, and what is concluded.
type Met = (TrackId, usize, Deals, Option<Outcome>, Vec<bool>);

/// What walks have found out already.
#[derive(Default)]
pub(crate) struct WalkMemo {
    /// Per track, what of a state matters there.
    sights: BTreeMap<(TrackId, usize), Rc<Sight>>,
    /// The packages that meet a table's mandate or benchmarks.
    met: Lookup<Met, Rc<Vec<u64>>>,
    /// The deals made, by what the table sees of a state.
    accepted: Lookup<(TrackId, usize, Deals, Seen), Rc<Vec<Made>>>,
}

/// A walk under way.
pub(crate) struct Walk<'v> {
    valuation: &'v Valuation<'v>,
    /// What was found out in walks before.
    memo: &'v mut WalkMemo,
    /// Per track, how it is in this walk: what was found out before counts for the same.
    variants: Vec<Variant>,
    /// What can be ruled out at a glance; it rests on the numbers of this walk.
    screens: Lookup<Met, Option<Rc<Screen>>>,
    /// How much those hold, in packages times judges.
    screened: usize,
    /// How many packages were looked at.
    pub(crate) looked: u64,
}

impl<'v> Walk<'v> {
    /// A walk of a case whose levers have been carried out.
    pub(crate) fn new(valuation: &'v Valuation<'v>, memo: &'v mut WalkMemo, variants: Vec<Variant>) -> Self {
        Walk { valuation, memo, variants, screens: Lookup::default(), screened: 0, looked: 0 }
    }

    pub(crate) fn valuation(&self) -> &'v Valuation<'v> {
        self.valuation
    }

    /// What of a state matters at a track that can meet.
    fn sight(&mut self, track: TrackId) -> Result<Rc<Sight>, Refusal> {
        let key = (track, self.variants[track.0].all);
        if let Some(known) = self.memo.sights.get(&key) {
            return Ok(Rc::clone(known));
        }
        let sight = Rc::new(Sight::of(self.valuation, track)?);
        self.memo.sights.insert(key, Rc::clone(&sight));
        Ok(sight)
    }

    /// What stands after a deal made at a track.
    pub(crate) fn outcome(&mut self, track: TrackId, state: &State, made: Made) -> Result<Outcome, Refusal> {
        let sight = self.sight(track)?;
        let mut outcome = state.outcome.clone().unwrap_or_else(|| sight.space.base().clone());
        sight.space.write(made.number, &mut outcome);
        Ok(outcome)
    }

    /// The deals a table makes from a state. `among`: deals that it makes none besides, where such are known.
    pub(crate) fn accepted(
        &mut self,
        track: TrackId,
        deals: Deals,
        state: &State,
        among: Option<&[Made]>,
    ) -> Result<Rc<Vec<Made>>, Refusal> {
        let Variant { mandate, all } = self.variants[track.0];
        let sight = self.sight(track)?;
        let key = (track, all, deals, sight.seen(self.valuation, state));
        if let Some(known) = self.memo.accepted.get(&key) {
            return Ok(Rc::clone(known));
        }
        let accepted = match among {
            Some(among) => {
                let numbers: Vec<u64> = among.iter().map(|made| made.number).collect();
                self.looked += numbers.len() as u64;
                made(&Table::new(self.valuation, track, deals, state)?, &numbers)
            }
            None => {
                let met = (track, mandate, deals, sight.off_agenda(state), state.concluded.clone());
                self.accepted_of_all(&met, &sight, state)?
            }
        };
        let accepted = Rc::new(accepted);
        self.memo.accepted.insert(key, Rc::clone(&accepted));
        Ok(accepted)
    }

    /// The deals a table makes from a state, of all its packages.
    fn accepted_of_all(&mut self, key: &Met, sight: &Sight, state: &State) -> Result<Vec<Made>, Refusal> {
        let &(track, _, deals, ..) = key;
        if let (Some(Some(screen)), Some(met)) = (self.screens.get(key), self.memo.met.get(key)) {
            self.looked += met.len() as u64;
            let left = screen.left(self.valuation, state, met);
            if left.is_empty() {
                return Ok(Vec::new());
            }
            return Ok(made(&Table::new(self.valuation, track, deals, state)?, &left));
        }
        let table = Table::new(self.valuation, track, deals, state)?;
        // What a mandate asks for seldom depends on more than what is off the agenda: then it is asked once.
        if sight.touches {
            let met = table.met();
            self.looked += table.space.size() + met.len() as u64;
            return Ok(made(&table, &met));
        }
        let known = self.memo.met.get(key).map(Rc::clone);
        let met = known.unwrap_or_else(|| {
            self.looked += table.space.size();
            let met = Rc::new(table.met());
            self.memo.met.insert(key.clone(), Rc::clone(&met));
            met
        });
        self.looked += met.len() as u64;
        let size = met.len() * table.judges.len();
        let worthwhile = met.len() > SCREENED && self.screened + size <= SCREEN_LIMIT;
        let screen = if worthwhile { Screen::new(&table, &met).map(Rc::new) } else { None };
        let left = screen.as_ref().map(|screen| screen.left(self.valuation, state, &met));
        self.screened += if screen.is_some() { size } else { 0 };
        self.screens.insert(key.clone(), screen);
        Ok(made(&table, left.as_ref().unwrap_or(&met)))
    }
}

/// The deals a table makes among packages that meet its mandate or benchmarks.
fn made(table: &Table<'_>, numbers: &[u64]) -> Vec<Made> {
    let mut made = Vec::new();
    table.each_accepted_among(numbers, |number, concludes| {
        made.push(Made { number, concludes });
        ControlFlow::Continue(())
    });
    made
}
