//! What every choice of levers is worth to everyone.

use winset_case::{ActorId, Case, LeverId};
use winset_settle::BigRational;
use winset_worth::State;

use super::ledger::{Ledger, Moves, lean};
use super::walks::with_choice;
use super::{GAME_LEVER_LIMIT, GameRefusal, Removal};
use crate::ends::Payoff;

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
    moves: Moves,
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
    /// Of every choice; refused where finding them takes more work than this.
    pub(crate) fn of(case: &Case, work_limit: u64) -> Result<Self, GameRefusal> {
        let moves = Moves::of(case)?;
        if moves.levers.len() > GAME_LEVER_LIMIT {
            return Err(GameRefusal::TooManyLevers { levers: moves.levers.len() });
        }
        let choices = 1_usize << moves.levers.len();
        let case = &lean(case);
        let mut ledger = Ledger::new(case, &moves, work_limit);
        let mut of: Vec<Option<Vec<u32>>> =
            case.actors.iter().map(|actor| actor.has_preferences().then(|| Vec::with_capacity(choices))).collect();
        let (mut walks, mut at) = (Vec::with_capacity(choices), Vec::with_capacity(choices));
        for choice in 0..choices {
            let entry = ledger.entry(choice, choices - 1)?;
            walks.push(entry.walk);
            at.push(entry.at);
            of.iter_mut().zip(entry.of).for_each(|(numbers, number)| {
                numbers.iter_mut().zip(number).for_each(|(numbers, number)| numbers.push(number));
            });
        }
        let (walked, different) = (ledger.walks.walked(), ledger.walks.different().len());
        let Ledger { ends, worth, .. } = ledger;
        Ok(Payoffs {
            levers: moves.levers.clone(),
            removed: moves.removed.clone(),
            today: moves.today,
            walked,
            different,
            moves,
            walks,
            ends,
            worth,
            of,
            at,
        })
    }

    /// Whether a choice respects what levers require and exclude.
    pub(super) fn is_admissible(&self, case: &Case, choice: usize) -> bool {
        self.moves.is_admissible(case, choice)
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
