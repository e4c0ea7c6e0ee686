//! Whether today's choice of levers stays put, found from what each owner can do alone.
//!
//! What nobody improves on is stable under every concept, and whether anybody does takes each owner's own choices only: the sum over owners of two to
//! the number of their levers, not two to the number of all. Dominated levers need not be looked for: whoever gains by one gains more without it.

use std::sync::Arc;

use num_traits::{Signed, Zero};
use winset_case::{ActorId, Case, Decimal, LeverId};
use winset_settle::BigRational;
use winset_stability::{Concept, SanctionRule};

use super::board::subsets;
use super::ledger::{Ledger, Moves, lean};
use super::{GAME_LEVER_LIMIT, GameRefusal, UnitRange, exact, game_within};

/// What an owner gains by leaving today's choice of levers alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// Whose move.
    pub owner: ActorId,
    /// The levers it would use.
    pub taken: Vec<LeverId>,
    /// The levers it would give up.
    pub given_up: Vec<LeverId>,
    /// What that adds to its payoff.
    pub gain: BigRational,
}

/// What each owner of levers can do alone, from today.
#[derive(Debug)]
pub struct Today {
    /// The levers that someone can use.
    pub levers: Vec<LeverId>,
    /// Their owners.
    pub owners: Vec<ActorId>,
    /// How many choices of levers were looked at, today's among them.
    pub looked_at: usize,
    /// In how many states the process can come to rest today.
    pub resting: usize,
    /// What one unit of lever cost is worth.
    pub unit: Decimal,
    /// Who gains by leaving at that, each by what is best for it.
    pub leaving: Vec<Leaving>,
    /// The same, if no lever cost anything.
    pub leaving_if_free: Vec<Leaving>,
    /// At which worth of the unit nobody gains by leaving; `None`: at none.
    pub units: Option<UnitRange>,
}

/// What an owner could bring about: what it adds to its worth and to its costs.
struct Step {
    choice: usize,
    worth: BigRational,
    cost: BigRational,
}

/// What each owner of levers can do alone, from today; refused where finding that takes more work than this.
///
/// # Errors
///
/// Where there are no levers, an owner has too many, or the process is too large to be walked to its end.
pub fn today(case: &Case, work_limit: u64) -> Result<Today, GameRefusal> {
    let moves = Moves::of(case)?;
    let case = &lean(case);
    if !moves.is_admissible(case, moves.today) {
        return Err(GameRefusal::TodayInadmissible);
    }
    let mut ledger = Ledger::new(case, &moves, work_limit);
    let mut owners: Vec<ActorId> = moves.levers.iter().filter_map(|lever| case.levers[lever.0].owner).collect();
    owners.sort_unstable();
    owners.dedup();
    let unit = case.game.lever_cost_unit.value;
    let mut found = Today {
        levers: moves.levers.clone(),
        owners: owners.clone(),
        looked_at: 1,
        resting: 0,
        unit,
        leaving: Vec::new(),
        leaving_if_free: Vec::new(),
        units: Some(UnitRange { from: BigRational::zero(), from_included: true, to: None, to_included: false }),
    };
    for owner in owners {
        let own = moves.mask(|lever| case.levers[lever.0].owner == Some(owner));
        if own.count_ones() as usize > GAME_LEVER_LIMIT {
            return Err(GameRefusal::TooManyLevers { levers: own.count_ones() as usize });
        }
        let cost = |choice: usize| {
            let used = moves.levers.iter().enumerate().filter(|(bit, _)| choice & own & 1 << bit != 0);
            used.fold(Decimal::ZERO, |sum, (_, lever)| sum.plus(case.levers[lever.0].cost.value))
        };
        // To those without preferences only the costs count.
        let mut worth = |choice: usize| -> Result<BigRational, GameRefusal> {
            let entry = ledger.entry(choice, own)?;
            found.resting = if choice == moves.today { ledger.ends[entry.walk as usize].len() } else { found.resting };
            Ok(ledger.worth(&entry, owner).cloned().unwrap_or_else(BigRational::zero))
        };
        let (stays, paid) = (worth(moves.today)?, exact(cost(moves.today)));
        let mut steps = Vec::new();
        for choice in subsets(own).map(|own_choice| moves.today & !own | own_choice) {
            if choice != moves.today && moves.is_admissible(case, choice) {
                steps.push(Step { choice, worth: worth(choice)? - &stays, cost: exact(cost(choice)) - &paid });
            }
        }
        found.looked_at += steps.len();
        let bits = |choice: usize| -> Vec<LeverId> {
            moves.levers.iter().enumerate().filter(|(bit, _)| choice >> bit & 1 == 1).map(|(_, lever)| *lever).collect()
        };
        let best = |unit: &BigRational| {
            let gain = |step: &Step| &step.worth - &step.cost * unit;
            let paying = steps.iter().map(|step| (gain(step), step)).filter(|(gain, _)| gain.is_positive());
            // Of several that bring the same, the one that changes least.
            let key = |step: &Step| (step.choice ^ moves.today).count_ones();
            let best = paying.reduce(|best, other| {
                let better = other.0.cmp(&best.0).then(key(best.1).cmp(&key(other.1)));
                if better.is_gt() { other } else { best }
            });
            best.map(|(gain, step)| Leaving {
                owner,
                taken: bits(step.choice & !moves.today),
                given_up: bits(moves.today & !step.choice),
                gain,
            })
        };
        found.leaving.extend(best(&exact(unit)));
        found.leaving_if_free.extend(best(&BigRational::zero()));
        steps.iter().for_each(|step| step.narrow(&mut found.units));
    }
    Ok(found)
}

impl Step {
    /// Takes out of a range of the unit the values at which the step pays.
    fn narrow(&self, units: &mut Option<UnitRange>) {
        let Some(range) = units else { return };
        if self.cost.is_zero() {
            if self.worth.is_positive() {
                *units = None;
            }
            return;
        }
        let turn = &self.worth / &self.cost;
        if self.cost.is_positive() {
            range.from = turn.max(range.from.clone());
        } else if range.to.as_ref().is_none_or(|to| turn < *to) {
            (range.to, range.to_included) = (Some(turn), true);
        }
        if range.to.as_ref().is_some_and(|to| *to < range.from) {
            *units = None;
        }
    }
}

/// Whether today's choice of levers stays put, under each concept.
#[derive(Debug)]
pub struct TodayStays {
    /// What each owner can do alone.
    pub today: Arc<Today>,
    /// Under each concept; `None` where that is not known.
    pub concepts: [(Concept, Option<bool>); 5],
    /// Why it is not known of some.
    pub undecided: Option<GameRefusal>,
}

impl TodayStays {
    /// Whether it stays under a concept.
    pub fn under(&self, concept: Concept) -> Option<bool> {
        self.concepts.iter().find(|(other, _)| *other == concept).and_then(|(_, stays)| *stays)
    }
}

/// Whether today's choice of levers stays put, under each concept. Where someone gains by leaving, the whole game tells what the others could answer, if
/// it takes no more work than this.
///
/// # Errors
///
/// As for [`today`].
pub fn today_stays(case: &Case, rule: SanctionRule, work_limit: u64) -> Result<TodayStays, GameRefusal> {
    let today = Arc::new(today(case, work_limit)?);
    if today.leaving.is_empty() {
        let concepts = Concept::ALL.map(|concept| (concept, Some(true)));
        return Ok(TodayStays { today, concepts, undecided: None });
    }
    let (played, undecided) = match game_within(case, rule, work_limit) {
        Ok(game) => (Some(game), None),
        Err(refusal) => (None, Some(refusal)),
    };
    let stays = |concept: Concept| match concept {
        Concept::Nash => Some(false),
        _ => played.as_ref().map(|game| game.today_stays(concept)),
    };
    Ok(TodayStays { today, concepts: Concept::ALL.map(|concept| (concept, stays(concept))), undecided })
}
