//! What runs have met so far, by number.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use winset_worth::State;

use crate::process::Standing;
use crate::refusal::{Refusal, STANDING_LIMIT};
use crate::shelf::Shelf;

/// The standings of a process, and of those whose tables are the same.
#[derive(Debug)]
pub(crate) struct Ground {
    known: Mutex<Known>,
    standings: Shelf<Standing>,
}

/// The numbers of what has been met.
#[derive(Debug, Default)]
struct Known {
    /// By levers in use and events that happened.
    variations: BTreeMap<(u64, u64), u32>,
    /// By the number of the variation and what stands.
    standings: BTreeMap<(u32, State), u32>,
}

impl Ground {
    pub(crate) fn new() -> Self {
        Ground { known: Mutex::default(), standings: Shelf::new(STANDING_LIMIT) }
    }

    /// The number of a variation.
    pub(crate) fn variation(&self, levers: u64, events: u64) -> Result<u32, Refusal> {
        number(&mut self.lock().variations, (levers, events))
    }

    /// The standing of a state under a variation, worked out where nobody has met it yet.
    pub(crate) fn standing(
        &self,
        variation: u32,
        state: &State,
        work_out: impl FnOnce(u32) -> Standing,
    ) -> Result<&Standing, Refusal> {
        let number = number(&mut self.lock().standings, (variation, state.clone()))?;
        Ok(self.standings.get_or_make(number, || work_out(number)))
    }

    /// A standing met before.
    ///
    /// # Panics
    ///
    /// If nobody has met it.
    pub(crate) fn numbered(&self, number: u32) -> &Standing {
        self.standings.get(number).expect("a standing that was met")
    }

    /// How many standings were met.
    pub(crate) fn standings(&self) -> usize {
        self.lock().standings.len()
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        // What is kept is whole after every step, whoever stopped in between.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The number of this, or the next one.
fn number<K: Ord>(known: &mut BTreeMap<K, u32>, key: K) -> Result<u32, Refusal> {
    let next = known.len();
    if let Some(&number) = known.get(&key) {
        return Ok(number);
    }
    if next >= STANDING_LIMIT {
        return Err(Refusal::TooManyStandings { limit: STANDING_LIMIT });
    }
    known.insert(key, next as u32);
    Ok(next as u32)
}
