//! The choices of levers as a graph model: what is left out, who ranks what how, and what stays put.

use std::collections::BTreeMap;

use num_traits::Zero;
use winset_case::{ActorId, Case, LeverId};
use winset_settle::BigRational;
use winset_stability::{
    Concept, Direction, Formula, Model, ModelOption, OptionForm, Preference, SanctionRule, explain, stability,
};

use super::payoffs::Payoffs;
use super::{Departure, Game, GameRefusal, Removal, exact};

/// A case and its payoffs, with costs or without.
struct Play<'p> {
    case: &'p Case,
    payoffs: &'p Payoffs,
    costs: bool,
}

pub(super) fn play(case: &Case, payoffs: &Payoffs, costs: bool, rule: SanctionRule) -> Result<Game, GameRefusal> {
    let play = Play { case, payoffs, costs };
    let (left, dominated) = play.without_dominated();
    let mut removed = [payoffs.removed.as_slice(), &dominated].concat();
    removed.sort_unstable_by_key(|(lever, _)| *lever);
    let bits: Vec<usize> = (0..payoffs.levers.len()).filter(|bit| left >> bit & 1 == 1).collect();
    let levers: Vec<LeverId> = bits.iter().map(|&bit| payoffs.levers[bit]).collect();
    let mut owners: Vec<ActorId> = payoffs.levers.iter().filter_map(|lever| case.levers[lever.0].owner).collect();
    owners.sort_unstable();
    owners.dedup();
    let form = play.form(&levers, &owners);
    let states = form.states()?;
    let choices: Vec<usize> = (0..states.len())
        .map(|state| {
            let key = states.key(state);
            bits.iter()
                .enumerate()
                .filter(|(place, _)| key >> place & 1 == 1)
                .fold(0, |choice, (_, bit)| choice | 1 << bit)
        })
        .collect();
    let rankings: Vec<Preference> = owners.iter().map(|&owner| play.ranks(owner, &choices)).collect();
    let model = Model::new(form, states, rankings)?;
    let stability = stability(&model, rule)?;
    let today = choices.iter().position(|&choice| choice == payoffs.today).ok_or(GameRefusal::TodayInadmissible)?;
    let mut departures = Vec::new();
    for (owner, &actor) in owners.iter().enumerate() {
        let improvements = explain(&model, Concept::Nash, owner, today, rule)?.improvements;
        let best = improvements
            .iter()
            .map(|improvement| improvement.to)
            .reduce(|best, to| if model.ranks(owner)[to] > model.ranks(owner)[best] { to } else { best });
        if let Some(to) = best {
            let gain = play.net(actor, choices[to]) - play.net(actor, payoffs.today);
            departures.push(Departure { owner, to, gain });
        }
    }
    Ok(Game { removed, levers, owners, model, stability, today, departures })
}

impl Play<'_> {
    /// What a choice is worth to an actor, less what its own levers in it cost. To those without preferences only the costs count.
    fn net(&self, actor: ActorId, choice: usize) -> BigRational {
        let worth = self.payoffs.worth(actor, choice).cloned().unwrap_or_else(BigRational::zero);
        let own = self.payoffs.levers.iter().enumerate().filter(|(bit, _)| self.costs && choice >> bit & 1 == 1);
        let own = own.map(|(_, lever)| &self.case.levers[lever.0]).filter(|lever| lever.owner == Some(actor));
        own.fold(worth, |net, lever| net - exact(lever.cost.value))
    }

    /// Whether a choice respects what levers require and exclude.
    fn is_admissible(&self, choice: usize) -> bool {
        let used = |lever: LeverId| match self.payoffs.levers.iter().position(|other| *other == lever) {
            Some(bit) => choice >> bit & 1 == 1,
            None => self.case.levers[lever.0].on,
        };
        let used_levers = (0..self.case.levers.len()).map(LeverId).filter(|lever| used(*lever));
        used_levers.map(|lever| &self.case.levers[lever.0]).all(|lever| {
            lever.requires.iter().all(|other| used(*other)) && !lever.excludes.iter().any(|other| used(*other))
        })
    }

    /// The levers left as moves when those that are strictly dominated are taken out, one after the other, and those that need them.
    fn without_dominated(&self) -> (usize, Vec<(LeverId, Removal)>) {
        let levers = &self.payoffs.levers;
        let admissible: Vec<bool> = (0..self.payoffs.choices()).map(|choice| self.is_admissible(choice)).collect();
        let mut left = self.payoffs.choices() - 1;
        let mut removed = Vec::new();
        loop {
            let before = removed.len();
            for (bit, &lever) in levers.iter().enumerate() {
                let own = 1 << bit;
                if left & own == 0 || self.payoffs.today & own != 0 {
                    continue;
                }
                let gone = |needed: &LeverId| {
                    !self.case.levers[needed.0].on
                        && removed.iter().chain(&self.payoffs.removed).any(|(gone, _)| gone == needed)
                };
                let why = match self.case.levers[lever.0].requires.iter().find(|needed| gone(needed)) {
                    Some(&needed) => Some(Removal::Needs(needed)),
                    None => self.is_dominated(lever, own, left, &admissible).then_some(Removal::Dominated),
                };
                if let Some(why) = why {
                    left &= !own;
                    removed.push((lever, why));
                }
            }
            if removed.len() == before {
                return (left, removed);
            }
        }
    }

    /// Whether using a lever leaves its owner strictly worse off, whatever else of what is left is in use.
    fn is_dominated(&self, lever: LeverId, own: usize, left: usize, admissible: &[bool]) -> bool {
        let Some(owner) = self.case.levers[lever.0].owner else { return false };
        let cost = if self.costs { exact(self.case.levers[lever.0].cost.value) } else { BigRational::zero() };
        let zero = BigRational::zero();
        let mut asked = false;
        for choice in 0..self.payoffs.choices() {
            let with = choice | own;
            if choice & own != 0 || choice & !left != 0 || !admissible[choice] || !admissible[with] {
                continue;
            }
            asked = true;
            let gain = match (self.payoffs.worth(owner, with), self.payoffs.worth(owner, choice)) {
                (Some(with), Some(without)) => with - without,
                _ => zero.clone(),
            };
            if gain >= cost {
                return false;
            }
        }
        asked
    }

    fn form(&self, levers: &[LeverId], owners: &[ActorId]) -> OptionForm {
        let place = |lever: LeverId| levers.iter().position(|other| *other == lever);
        // Whether a lever is in use: an option, or settled for good.
        let used = |lever: LeverId| match place(lever) {
            Some(place) => Formula::option(place),
            None => Formula::Constant(self.case.levers[lever.0].on),
        };
        let mut infeasible = Vec::new();
        for lever in (0..self.case.levers.len()).map(LeverId) {
            let body = &self.case.levers[lever.0];
            let broken = body.requires.iter().map(|needed| used(*needed).negated());
            for broken in broken.chain(body.excludes.iter().map(|other| used(*other))) {
                infeasible.push(Formula::All(vec![used(lever), broken]));
            }
        }
        let option = |lever: &LeverId| {
            let body = &self.case.levers[lever.0];
            let owner = owners.iter().position(|owner| Some(*owner) == body.owner)?;
            Some(ModelOption { name: body.name.clone(), owner, direction: Direction::Both })
        };
        OptionForm {
            decision_makers: owners.iter().map(|owner| self.case.actors[owner.0].name.clone()).collect(),
            options: levers.iter().filter_map(option).collect(),
            infeasible,
            merged: Vec::new(),
        }
    }

    fn ranks(&self, owner: ActorId, choices: &[usize]) -> Preference {
        let worth: Vec<BigRational> = choices.iter().map(|&choice| self.net(owner, choice)).collect();
        let mut ranks: BTreeMap<&BigRational, u32> = worth.iter().map(|worth| (worth, 0)).collect();
        ranks.values_mut().zip(0..).for_each(|(rank, place)| *rank = place);
        Preference::Ranks(worth.iter().map(|worth| ranks[worth]).collect())
    }
}
