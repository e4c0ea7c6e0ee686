//! The strategy game: levers are moves (the model, section 4).
//!
//! For every choice of levers in use, the process is walked to where it comes to rest, and each actor's payoff there is worked out. A choice of
//! levers is a state of a graph model whose decision makers are the levers' owners, and the stability analysis says which states stay put.

mod board;
mod ledger;
mod payoffs;
mod today;
mod units;
mod walks;

use std::fmt;

use num_bigint::BigInt;
use winset_case::{ActorId, Case, Decimal, LeverId};
use winset_settle::{BigRational, Refusal};
use winset_stability::{Concept, Model, Paths, SanctionRule, Stability, StateSet};

use board::Board;
pub(crate) use ledger::nash_point;
pub use payoffs::Payoffs;
pub use today::{Leaving, Today, TodayStays, today, today_stays};
pub use units::{Staying, UnitRange, Units};

/// Levers that can be moves in one game; with more, it is refused: their choices double with each.
pub const GAME_LEVER_LIMIT: usize = 16;

/// Work that is put into walking one case under choices of levers, in packages looked at and deals followed; beyond, the game is undecided.
pub const GAME_WORK_LIMIT: u64 = 200_000_000;

/// The same in a brief, which is to be quick: beyond, it points to the command that plays the game.
pub const BRIEF_WORK_LIMIT: u64 = 10_000_000;

/// Why a lever is no move of the game.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// The case says that it cannot be used, or not be given up.
    Unavailable,
    /// Nobody owns it.
    NoOwner,
    /// Whatever else is in use, its owner is worse off using it.
    Dominated,
    /// It needs a lever that is no move.
    Needs(LeverId),
}

/// Why there is no game.
#[derive(Debug)]
pub enum GameRefusal {
    /// More levers than are tried in every choice.
    TooManyLevers {
        /// How many.
        levers: usize,
    },
    /// No lever of the case can be used by anyone.
    NoLevers,
    /// The levers in use today break what levers require or exclude.
    TodayInadmissible,
    /// The walk over what deals can reach was cut off, so where it comes to rest is not known.
    CutOff,
    /// The processes that choices of levers lead to are too large to be kept beside each other.
    TooManyProcesses {
        /// How many different ones were kept before.
        processes: usize,
    },
    /// Walking the choices takes more work than is put into it.
    TooMuchWork {
        /// In packages looked at and deals followed.
        limit: u64,
        /// How many choices were walked before.
        walked: usize,
    },
    /// The settlement analysis refuses.
    Settle(Refusal),
    /// The stability analysis refuses.
    Stability(winset_stability::Refusal),
}

impl fmt::Display for GameRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GameRefusal::TooManyLevers { levers } => write!(
                f,
                "the strategy game has {levers} levers that someone can use, and this version tries every choice of at most {GAME_LEVER_LIMIT}; \
                 make some unavailable with --edit \"lever.ID.available = false\""
            ),
            GameRefusal::NoLevers => f.write_str("the case has no lever that someone can use, so there is no strategy game"),
            GameRefusal::TodayInadmissible => f.write_str(
                "the levers in use today break what levers require or exclude, so today is no state of the strategy game",
            ),
            GameRefusal::CutOff => f.write_str(
                "the walk over what deals can reach was cut off, so it is not known where the process comes to rest, and nobody's payoff",
            ),
            GameRefusal::TooManyProcesses { processes } => write!(
                f,
                "the choices of levers lead to at least {processes} processes that differ, which together are too large to be kept beside each other; \
                 make some levers unavailable with --edit \"lever.ID.available = false\""
            ),
            GameRefusal::TooMuchWork { limit, walked } => write!(
                f,
                "undecided: after {walked} choices of levers were walked, more than {} packages had been looked at and deals followed, which is where this version stops; \
                 make some levers unavailable with --edit \"lever.ID.available = false\"",
                crate::words::number(*limit)
            ),
            GameRefusal::Settle(refusal) => refusal.fmt(f),
            GameRefusal::Stability(refusal) => refusal.fmt(f),
        }
    }
}

impl std::error::Error for GameRefusal {}

impl From<Refusal> for GameRefusal {
    fn from(refusal: Refusal) -> Self {
        GameRefusal::Settle(refusal)
    }
}

impl From<winset_stability::Refusal> for GameRefusal {
    fn from(refusal: winset_stability::Refusal) -> Self {
        GameRefusal::Stability(refusal)
    }
}

/// What an owner of levers can gain by leaving today's choice of levers alone.
#[derive(Debug, Clone)]
pub struct Departure {
    /// Whose move: a decision maker of the model.
    pub owner: usize,
    /// The state it leads to: the best for its owner.
    pub to: usize,
    /// What it adds to its owner's payoff.
    pub gain: BigRational,
}

/// A game at one worth of a unit of lever cost: the moves, who ranks their combinations how, and what stays put.
#[derive(Debug)]
pub struct Game {
    /// Levers that are no moves, and why.
    pub removed: Vec<(LeverId, Removal)>,
    /// The levers that are moves: the options of the model.
    pub levers: Vec<LeverId>,
    /// The owners of levers: the decision makers of the model.
    pub owners: Vec<ActorId>,
    /// The game as a graph model.
    pub model: Model,
    /// What stays put.
    pub stability: Stability,
    /// The state with the levers that are in use today.
    pub today: usize,
    /// Who gains by leaving today's state.
    pub departures: Vec<Departure>,
}

impl Game {
    /// Whether the levers in use today stay as they are under a concept.
    pub fn today_stays(&self, concept: Concept) -> bool {
        self.equilibria(concept).contains(self.today)
    }

    /// The states stable for every owner.
    pub fn equilibria(&self, concept: Concept) -> StateSet {
        self.stability.equilibria(concept)
    }

    /// The levers in use in a state, besides those that cannot be given up.
    pub fn in_use(&self, state: usize) -> Vec<LeverId> {
        let key = self.model.states().key(state);
        self.levers.iter().enumerate().filter(|(bit, _)| key >> bit & 1 == 1).map(|(_, lever)| *lever).collect()
    }

    /// The state with exactly these of the moves in use; `None` where it is not admissible.
    pub fn state_with(&self, used: &[LeverId]) -> Option<usize> {
        let bits = self.levers.iter().enumerate().filter(|(_, lever)| used.contains(lever));
        self.model.states().find(bits.fold(0, |key, (bit, _)| key | 1 << bit))
    }
}

/// The strategy game of a case: at what the case says a unit of lever cost is worth, as if levers cost nothing, and at any worth of the unit.
#[derive(Debug)]
pub struct Games {
    /// Every choice of levers with its payoffs.
    pub payoffs: Payoffs,
    /// What one unit of lever cost is worth.
    pub unit: Decimal,
    /// At that.
    pub costly: Game,
    /// As if no lever cost its owner anything.
    pub free: Game,
    /// At which worth of the unit today stays.
    pub units: Units,
    /// What improvements alone can lead to from today, at what the case says a unit is worth.
    pub improvements: Paths,
}

/// The strategy game of a case.
///
/// # Errors
///
/// Where there are too many levers or none, or where the process is too large to be walked to its end.
pub fn games(case: &Case, rule: SanctionRule) -> Result<Games, GameRefusal> {
    let payoffs = Payoffs::of(case, GAME_WORK_LIMIT)?;
    let unit = case.game.lever_cost_unit.value;
    let board = Board::new(case, &payoffs);
    let costly = board.play(&exact(unit), rule)?;
    let free = board.play(&exact(Decimal::ZERO), rule)?;
    let units = Units::of(&board, rule)?;
    let improvements = Paths::from(&costly.model, costly.today, true)?;
    Ok(Games { payoffs, unit, costly, free, units, improvements })
}

/// The strategy game of a case at what it says a unit of lever cost is worth, and nothing else.
///
/// # Errors
///
/// As for [`games`].
pub fn game(case: &Case, rule: SanctionRule) -> Result<Game, GameRefusal> {
    game_within(case, rule, GAME_WORK_LIMIT)
}

/// The same, unless walking the choices takes more work than this.
fn game_within(case: &Case, rule: SanctionRule, work_limit: u64) -> Result<Game, GameRefusal> {
    let payoffs = Payoffs::of(case, work_limit)?;
    Board::new(case, &payoffs).play(&exact(case.game.lever_cost_unit.value), rule)
}

/// A number of the case as a fraction.
pub(crate) fn exact(number: Decimal) -> BigRational {
    BigRational::new(BigInt::from(number.billionths()), BigInt::from(Decimal::UNIT))
}
