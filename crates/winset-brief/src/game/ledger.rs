//! What a choice of levers is worth to everyone, found where it is asked for.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use num_traits::Zero;
use winset_case::edit::Change;
use winset_case::{ActorId, Case, LeverId};
use winset_settle::{BigRational, Refusal, acts_on};
use winset_worth::{State, Valuation};

use super::walks::{Walks, with_choice};
use super::{GameRefusal, Removal};
use crate::ends::{decides, payoff};

/// The levers that someone can use: what a choice is made of.
#[derive(Debug, Clone)]
pub(super) struct Moves {
    /// Bit 0 of a choice is the first.
    pub(super) levers: Vec<LeverId>,
    /// The levers that are no moves, and why.
    pub(super) removed: Vec<(LeverId, Removal)>,
    /// The choice that is in use today.
    pub(super) today: usize,
}

impl Moves {
    pub(super) fn of(case: &Case) -> Result<Self, GameRefusal> {
        let (mut levers, mut removed) = (Vec::new(), Vec::new());
        for lever in (0..case.levers.len()).map(LeverId) {
            let body = &case.levers[lever.0];
            match (body.available, body.owner) {
                (false, _) => removed.push((lever, Removal::Unavailable)),
                (true, None) => removed.push((lever, Removal::NoOwner)),
                (true, Some(_)) => levers.push(lever),
            }
        }
        if levers.is_empty() {
            return Err(GameRefusal::NoLevers);
        }
        // A choice is one word.
        if levers.len() >= usize::BITS as usize {
            return Err(GameRefusal::TooManyLevers { levers: levers.len() });
        }
        let bits = levers.iter().enumerate().filter(|(_, lever)| case.levers[lever.0].on);
        let today = bits.fold(0, |choice, (bit, _)| choice | 1 << bit);
        Ok(Moves { levers, removed, today })
    }

    /// The levers for which something holds, as bits of a choice.
    pub(super) fn mask(&self, wanted: impl Fn(LeverId) -> bool) -> usize {
        let chosen = self.levers.iter().enumerate().filter(|(_, lever)| wanted(**lever));
        chosen.fold(0, |mask, (bit, _)| mask | 1 << bit)
    }

    /// Whether a choice respects what levers require and exclude.
    pub(super) fn is_admissible(&self, case: &Case, choice: usize) -> bool {
        let used = |lever: LeverId| match self.levers.iter().position(|other| *other == lever) {
            Some(bit) => choice >> bit & 1 == 1,
            None => case.levers[lever.0].on,
        };
        let used_levers = (0..case.levers.len()).map(LeverId).filter(|lever| used(*lever));
        used_levers.map(|lever| &case.levers[lever.0]).all(|lever| {
            lever.requires.iter().all(|other| used(*other)) && !lever.excludes.iter().any(|other| used(*other))
        })
    }
}

/// The case without what no payoff is computed from, since it is copied for every choice.
pub(super) fn lean(case: &Case) -> Case {
    let mut lean = case.clone();
    lean.claims.clear();
    lean.options.clear();
    lean.sources.clear();
    lean.events.clear();
    lean.applied.clear();
    lean.readings = Arc::default();
    lean
}

/// What is known of one choice.
pub(super) struct Entry {
    /// Which of the different walks it leads to.
    pub(super) walk: u32,
    /// Per actor with preferences, a number of what its states of rest are worth to it.
    pub(super) of: Vec<Option<u32>>,
    /// At which of its states of rest.
    pub(super) at: u32,
}

/// Where the process comes to rest under choices of levers, and what that is worth to whom before costs of levers.
pub(super) struct Ledger<'c> {
    case: &'c Case,
    levers: &'c [LeverId],
    pub(super) walks: Walks<'c>,
    /// Per walk that differs, where it can come to rest.
    pub(super) ends: Vec<Vec<State>>,
    /// Per number, what states of rest are worth, today first.
    pub(super) worth: Vec<Vec<BigRational>>,
    has_preferences: Vec<bool>,
    /// Per actor, the levers outside which its worth of every state stays as it is.
    acting: Rc<[usize]>,
    /// The levers that change more than numbers.
    shaping: usize,
    known: BTreeMap<(u32, usize, usize), u32>,
    numbers: BTreeMap<Vec<BigRational>, u32>,
    /// Who decides, by the levers in use that change more than numbers.
    deciding: BTreeMap<usize, Vec<usize>>,
    points: BTreeMap<(u32, Vec<(usize, u32)>), u32>,
}

impl<'c> Ledger<'c> {
    /// For a case that is [`lean`].
    pub(super) fn new(case: &'c Case, moves: &'c Moves, work_limit: u64) -> Self {
        let acting = (0..case.actors.len()).map(|actor| {
            let acting = acts_on(case, ActorId(actor));
            moves.mask(|lever| acting.contains(&lever))
        });
        let numbers_alone =
            |lever: LeverId| case.levers[lever.0].edits.iter().all(|edit| matches!(edit.change, Change::Number(..)));
        Ledger {
            case,
            levers: &moves.levers,
            walks: Walks::new(case, &moves.levers, work_limit),
            ends: Vec::new(),
            worth: Vec::new(),
            has_preferences: case.actors.iter().map(winset_case::Actor::has_preferences).collect(),
            acting: acting.collect(),
            shaping: moves.mask(|lever| !numbers_alone(lever)),
            known: BTreeMap::new(),
            numbers: BTreeMap::new(),
            deciding: BTreeMap::new(),
            points: BTreeMap::new(),
        }
    }

    /// What a choice is worth, where it is to be found out for every choice that differs from it in the open levers alone.
    pub(super) fn entry(&mut self, choice: usize, open: usize) -> Result<Entry, GameRefusal> {
        let walk = self.walks.of(choice, open)?;
        for walk in &self.walks.different()[self.ends.len()..] {
            self.ends.push(walk.resting().into_iter().map(|state| walk.states[state].clone()).collect());
        }
        let actors: Vec<usize> = (0..self.case.actors.len()).filter(|&actor| self.has_preferences[actor]).collect();
        let acting = Rc::clone(&self.acting);
        let key = |actor: usize| (walk, actor, choice & acting[actor]);
        let shape = choice & self.shaping;
        if !self.deciding.contains_key(&shape) || actors.iter().any(|&actor| !self.known.contains_key(&key(actor))) {
            let used = with_choice(self.case, self.levers, choice).with_levers();
            let valuation = Valuation::new(&used).map_err(Refusal::from)?;
            self.deciding.entry(shape).or_insert_with(|| {
                actors.iter().copied().filter(|&actor| decides(&valuation, ActorId(actor))).collect()
            });
            let today = State::today(&used);
            for &actor in &actors {
                if self.known.contains_key(&key(actor)) {
                    continue;
                }
                let states = std::iter::once(&today).chain(&self.ends[walk as usize]);
                let worth = |state| payoff(&valuation, state, ActorId(actor)).unwrap_or_else(BigRational::zero);
                let values: Vec<BigRational> = states.map(worth).collect();
                let number = *self.numbers.entry(values).or_insert_with_key(|values| {
                    self.worth.push(values.clone());
                    self.worth.len() as u32 - 1
                });
                self.known.insert(key(actor), number);
            }
        }
        let number = |actor: usize| self.known[&key(actor)];
        let held = self.deciding[&shape].iter().map(|&actor| (actor, number(actor))).collect();
        let (worth, ends) = (&self.worth, &self.ends);
        let at = *self.points.entry((walk, held)).or_insert_with_key(|(_, held)| {
            let values: Vec<&[BigRational]> =
                held.iter().map(|(_, number)| worth[*number as usize].as_slice()).collect();
            nash_point(&values, ends[walk as usize].len()) as u32
        });
        let of = (0..self.case.actors.len()).map(|actor| self.has_preferences[actor].then(|| number(actor))).collect();
        Ok(Entry { walk, of, at })
    }

    /// What an entry is worth to an actor at its Nash point; `None` for those without preferences of their own.
    pub(super) fn worth(&self, entry: &Entry, actor: ActorId) -> Option<&BigRational> {
        Some(&self.worth[entry.of[actor.0]? as usize][1 + entry.at as usize])
    }
}

/// Of so many states of rest, the one with the largest product of gains over today among those that leave nobody who decides worse off (Nash 1950).
/// Where several tie or there are none, the leximin of gains decides (Kalai 1977); then the nearest. Each actor's values begin with today's.
pub(crate) fn nash_point(values: &[&[BigRational]], states: usize) -> usize {
    let key = |state: usize| {
        let mut gains: Vec<BigRational> = values.iter().map(|values| &values[1 + state] - &values[0]).collect();
        gains.sort_unstable();
        let harmless = gains.first().is_none_or(|least| *least >= BigRational::zero());
        let product = harmless.then(|| gains.iter().product::<BigRational>());
        (product, gains)
    };
    let keys: Vec<_> = (0..states).map(key).collect();
    (0..states).reduce(|best, other| if keys[other] > keys[best] { other } else { best }).unwrap_or(0)
}
