//! What every choice of levers is worth to everyone.

use std::collections::BTreeMap;
use std::sync::Arc;

use num_traits::Zero;
use winset_case::edit::Change;
use winset_case::{ActorId, Case, LeverId};
use winset_settle::{BigRational, Refusal, acts_on};
use winset_worth::{State, Valuation};

use super::walks::{Walks, with_choice};
use super::{GAME_LEVER_LIMIT, GameRefusal, Removal};
use crate::ends::{Payoff, decides, payoff};

/// Where the process comes to rest under every choice of levers, and what that is worth to whom before costs of levers.
#[derive(Debug)]
pub struct Payoffs {
    /// The levers a choice is made of: bit 0 of a choice is the first.
    pub levers: Vec<LeverId>,
    /// The levers that are no moves, and why.
    pub removed: Vec<(LeverId, Removal)>,
    /// The choice that is in use today.
    pub today: usize,
    /// How many choices were walked; the rest follow.
    pub walked: usize,
    /// How many different walks there are.
    pub different: usize,
    walks: Vec<u32>,
    /// Per walk, where it can come to rest.
    ends: Vec<Vec<State>>,
    worth: Vec<Vec<BigRational>>,
    /// Per actor with preferences and per choice, a number of what its states of rest are worth to it, today's first.
    of: Vec<Option<Vec<u32>>>,
    /// Per choice, at which of its states of rest.
    at: Vec<u32>,
}

impl Payoffs {
    pub(crate) fn of(case: &Case) -> Result<Self, GameRefusal> {
        let mut removed = Vec::new();
        let mut levers = Vec::new();
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
        if levers.len() > GAME_LEVER_LIMIT {
            return Err(GameRefusal::TooManyLevers { levers: levers.len() });
        }
        let bits = levers.iter().enumerate().filter(|(_, lever)| case.levers[lever.0].on);
        let today = bits.fold(0, |choice, (bit, _)| choice | 1 << bit);
        let case = &lean(case);
        let walks = Walks::of(case, &levers)?;
        let ends: Vec<Vec<State>> = walks
            .different
            .iter()
            .map(|walk| walk.resting().into_iter().map(|state| walk.states[state].clone()).collect())
            .collect();
        let mut table = Table { case, levers: &levers, walks: &walks, ends: &ends, worth: Vec::new() };
        let (of, at) = table.fill()?;
        Ok(Payoffs {
            today,
            walked: walks.walked,
            different: walks.different.len(),
            worth: table.worth,
            ends,
            walks: walks.of,
            levers,
            removed,
            of,
            at,
        })
    }

    /// The case under a choice, its levers carried out.
    pub(crate) fn case_with(&self, case: &Case, choice: usize) -> Case {
        with_choice(case, &self.levers, choice).with_levers()
    }

    /// How many choices there are.
    pub fn choices(&self) -> usize {
        self.at.len()
    }

    /// In how many states the process can come to rest under a choice.
    pub fn resting(&self, choice: usize) -> usize {
        self.ends(choice).len()
    }

    /// What a choice is worth to an actor before costs, at the Nash point of the states of rest; `None` for those without preferences of their own.
    pub fn worth(&self, actor: ActorId, choice: usize) -> Option<&BigRational> {
        let values = &self.worth[self.of[actor.0].as_ref()?[choice] as usize];
        Some(&values[1 + self.at[choice] as usize])
    }

    /// What tells the worth of two choices to an actor apart: where the two agree, they are worth the same to it.
    pub(super) fn key(&self, actor: ActorId, choice: usize) -> Option<(u32, u32)> {
        Some((self.of[actor.0].as_ref()?[choice], self.at[choice]))
    }

    /// Where the process can come to rest under a choice, nearest first.
    pub fn ends(&self, choice: usize) -> &[State] {
        &self.ends[self.walks[choice] as usize]
    }

    /// The same, with the worst and the best state of rest for it, and today.
    pub fn range(&self, actor: ActorId, choice: usize) -> Option<Payoff> {
        let values = &self.worth[self.of[actor.0].as_ref()?[choice] as usize];
        Payoff::of(values, self.at[choice] as usize)
    }
}

/// The case without what no payoff is computed from, since it is copied for every choice.
fn lean(case: &Case) -> Case {
    let mut lean = case.clone();
    lean.claims.clear();
    lean.options.clear();
    lean.sources.clear();
    lean.events.clear();
    lean.applied.clear();
    lean.readings = Arc::default();
    lean
}

struct Table<'t> {
    case: &'t Case,
    levers: &'t [LeverId],
    walks: &'t Walks,
    ends: &'t [Vec<State>],
    worth: Vec<Vec<BigRational>>,
}

/// Per actor, its numbers of values per choice; and per choice, at which state of rest.
type Filled = (Vec<Option<Vec<u32>>>, Vec<u32>);

impl Table<'_> {
    fn mask(&self, wanted: impl Fn(LeverId) -> bool) -> usize {
        let chosen = self.levers.iter().enumerate().filter(|(_, lever)| wanted(**lever));
        chosen.fold(0, |mask, (bit, _)| mask | 1 << bit)
    }

    fn fill(&mut self) -> Result<Filled, GameRefusal> {
        let actors: Vec<ActorId> = (0..self.case.actors.len()).map(ActorId).collect();
        let choices = 1_usize << self.levers.len();
        // Levers outside these leave an actor's worth of every state as it is.
        let acting: Vec<usize> = actors
            .iter()
            .map(|&actor| {
                let acting = acts_on(self.case, actor);
                self.mask(|lever| acting.contains(&lever))
            })
            .collect();
        let shaping = self.mask(|lever| {
            self.case.levers[lever.0].edits.iter().any(|edit| !matches!(edit.change, Change::Number(..)))
        });
        let mut of: Vec<Option<Vec<u32>>> =
            actors.iter().map(|&actor| self.case.actors[actor.0].has_preferences().then(|| vec![0; choices])).collect();
        let mut at = vec![0; choices];
        let mut known: BTreeMap<(u32, usize, usize), u32> = BTreeMap::new();
        let mut numbers: BTreeMap<Vec<BigRational>, u32> = BTreeMap::new();
        let mut deciding: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut points: BTreeMap<(u32, Vec<(usize, u32)>), u32> = BTreeMap::new();
        for choice in 0..choices {
            let walk = self.walks.of[choice];
            let key = |actor: usize| (walk, actor, choice & acting[actor]);
            let unknown = (0..actors.len()).any(|actor| of[actor].is_some() && !known.contains_key(&key(actor)));
            if unknown || !deciding.contains_key(&(choice & shaping)) {
                let used = with_choice(self.case, self.levers, choice).with_levers();
                let valuation = Valuation::new(&used).map_err(Refusal::from)?;
                deciding.entry(choice & shaping).or_insert_with(|| {
                    let decide = |actor: &usize| of[*actor].is_some() && decides(&valuation, ActorId(*actor));
                    (0..actors.len()).filter(decide).collect()
                });
                let today = State::today(&used);
                for actor in (0..actors.len()).filter(|&actor| of[actor].is_some()) {
                    if known.contains_key(&key(actor)) {
                        continue;
                    }
                    let states = std::iter::once(&today).chain(&self.ends[walk as usize]);
                    let values: Vec<BigRational> = states
                        .map(|state| payoff(&valuation, state, ActorId(actor)).unwrap_or_else(BigRational::zero))
                        .collect();
                    let number = *numbers.entry(values).or_insert_with_key(|values| {
                        self.worth.push(values.clone());
                        self.worth.len() as u32 - 1
                    });
                    known.insert(key(actor), number);
                }
            }
            for (actor, numbers) in of.iter_mut().enumerate() {
                if let Some(numbers) = numbers {
                    numbers[choice] = known[&key(actor)];
                }
            }
            let held = deciding[&(choice & shaping)].iter().map(|&actor| (actor, known[&key(actor)])).collect();
            let worth = &self.worth;
            at[choice] = *points.entry((walk, held)).or_insert_with_key(|(_, held)| {
                let values: Vec<&[BigRational]> =
                    held.iter().map(|(_, number)| worth[*number as usize].as_slice()).collect();
                nash_point(&values, self.ends[walk as usize].len()) as u32
            });
        }
        Ok((of, at))
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
