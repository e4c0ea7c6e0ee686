//! The choices of levers as a graph model: what is left out, who ranks what how, and what stays put.

use std::collections::BTreeMap;

use num_traits::Zero;
use winset_case::{ActorId, Case, Decimal, LeverId};
use winset_settle::BigRational;
use winset_stability::{
    Concept, Direction, Formula, Model, ModelOption, OptionForm, Preference, SanctionRule, explain, stability,
};

use super::payoffs::Payoffs;
use super::{Departure, Game, GameRefusal, Removal, exact};

/// A case and its payoffs, sorted by what an owner can tell apart, so that any worth of a unit of lever cost can be looked at.
pub(super) struct Board<'p> {
    case: &'p Case,
    payoffs: &'p Payoffs,
    owners: Vec<ActorId>,
    pub(super) sides: Vec<Side>,
    /// Per choice, whether it respects what levers require and exclude.
    admissible: Vec<bool>,
}

/// What choices are worth to one owner.
pub(super) struct Side {
    /// Its levers, as bits of a choice.
    pub(super) own: usize,
    /// What it tells apart: worth before costs, and what its own levers in use cost.
    pub(super) classes: Vec<(BigRational, BigRational)>,
    /// Per choice, which of these.
    pub(super) class: Vec<u32>,
    /// Those it can bring about from today by its own levers.
    from_today: Vec<u32>,
}

/// A game before it is asked what stays put.
pub(super) struct Position {
    pub(super) removed: Vec<(LeverId, Removal)>,
    pub(super) levers: Vec<LeverId>,
    /// Per state of the model, the choice it is.
    pub(super) choices: Vec<usize>,
    pub(super) model: Model,
    pub(super) today: usize,
}

impl Side {
    fn of(case: &Case, payoffs: &Payoffs, owner: ActorId) -> Self {
        let levers = payoffs.levers.iter().enumerate();
        let priced: Vec<(usize, Decimal)> = levers
            .map(|(bit, lever)| (bit, &case.levers[lever.0]))
            .filter(|(_, lever)| lever.owner == Some(owner))
            .map(|(bit, lever)| (1 << bit, lever.cost.value))
            .collect();
        let own = priced.iter().fold(0, |own, (bit, _)| own | bit);
        let mut costs: BTreeMap<usize, Decimal> = BTreeMap::new();
        let mut known: BTreeMap<(Option<(u32, u32)>, Decimal), u32> = BTreeMap::new();
        let mut classes = Vec::new();
        let class = (0..payoffs.choices()).map(|choice| {
            let cost = *costs.entry(choice & own).or_insert_with(|| {
                priced.iter().filter(|(bit, _)| choice & bit != 0).fold(Decimal::ZERO, |sum, (_, cost)| sum.plus(*cost))
            });
            *known.entry((payoffs.key(owner, choice), cost)).or_insert_with(|| {
                // To those without preferences only the costs count.
                let worth = payoffs.worth(owner, choice).cloned().unwrap_or_else(BigRational::zero);
                classes.push((worth, exact(cost)));
                classes.len() as u32 - 1
            })
        });
        let class = class.collect();
        Side { own, classes, class, from_today: Vec::new() }
    }

    /// What each class is worth less the costs.
    fn nets(&self, unit: &BigRational) -> Vec<BigRational> {
        self.classes.iter().map(|(worth, cost)| worth - cost * unit).collect()
    }

    /// How the classes are ranked: equal ranks are equally good.
    fn ranks(&self, unit: &BigRational) -> Vec<u32> {
        let nets = self.nets(unit);
        let mut order: Vec<usize> = (0..nets.len()).collect();
        order.sort_by(|one, other| nets[*one].cmp(&nets[*other]));
        let mut ranks = vec![0; nets.len()];
        for pair in order.windows(2) {
            ranks[pair[1]] = ranks[pair[0]] + u32::from(nets[pair[0]] != nets[pair[1]]);
        }
        ranks
    }
}

/// Every subset of some bits, from all of them to none.
pub(super) fn subsets(bits: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(bits), move |subset| (*subset != 0).then(|| (subset - 1) & bits))
}

impl<'p> Board<'p> {
    pub(super) fn new(case: &'p Case, payoffs: &'p Payoffs) -> Self {
        let mut owners: Vec<ActorId> = payoffs.levers.iter().filter_map(|lever| case.levers[lever.0].owner).collect();
        owners.sort_unstable();
        owners.dedup();
        let sides = owners.iter().map(|&owner| Side::of(case, payoffs, owner)).collect();
        let mut board = Board { case, payoffs, owners, sides, admissible: Vec::new() };
        board.admissible = (0..payoffs.choices()).map(|choice| payoffs.is_admissible(case, choice)).collect();
        for side in &mut board.sides {
            let own = subsets(side.own).map(|own| payoffs.today & !side.own | own);
            let mut classes: Vec<u32> =
                own.filter(|&choice| board.admissible[choice]).map(|choice| side.class[choice]).collect();
            classes.sort_unstable();
            classes.dedup();
            side.from_today = classes;
        }
        board
    }

    /// The choice of today.
    pub(super) fn today(&self) -> usize {
        self.payoffs.today
    }

    /// Whether no owner gains by leaving today's choice alone. Levers that are dominated make no difference to it: leaving one out is better still.
    pub(super) fn nobody_leaves(&self, unit: &BigRational) -> bool {
        let today = self.payoffs.today;
        self.sides.iter().all(|side| {
            let net = |class: usize| &side.classes[class].0 - &side.classes[class].1 * unit;
            let stays = net(side.class[today] as usize);
            side.from_today.iter().all(|&class| net(class as usize) <= stays)
        })
    }

    /// The game at one worth of a unit of lever cost.
    pub(super) fn play(&self, unit: &BigRational, rule: SanctionRule) -> Result<Game, GameRefusal> {
        let Position { removed, levers, choices, model, today } = self.position(unit)?;
        let stability = stability(&model, rule)?;
        let mut departures = Vec::new();
        for (owner, side) in self.sides.iter().enumerate() {
            let improvements = explain(&model, Concept::Nash, owner, today, rule)?.improvements;
            let best = improvements
                .iter()
                .map(|improvement| improvement.to)
                .reduce(|best, to| if model.ranks(owner)[to] > model.ranks(owner)[best] { to } else { best });
            if let Some(to) = best {
                let net = |choice: usize| {
                    let (worth, cost) = &side.classes[side.class[choice] as usize];
                    worth - cost * unit
                };
                departures.push(Departure { owner, to, gain: net(choices[to]) - net(self.payoffs.today) });
            }
        }
        Ok(Game { removed, levers, owners: self.owners.clone(), model, stability, today, departures })
    }

    /// The graph model at one worth of a unit of lever cost, with dominated levers taken out.
    pub(super) fn position(&self, unit: &BigRational) -> Result<Position, GameRefusal> {
        let ranks: Vec<Vec<u32>> = self.sides.iter().map(|side| side.ranks(unit)).collect();
        let (left, dominated) = self.without_dominated(&ranks);
        let mut removed = [self.payoffs.removed.as_slice(), &dominated].concat();
        removed.sort_unstable_by_key(|(lever, _)| *lever);
        let bits: Vec<usize> = (0..self.payoffs.levers.len()).filter(|bit| left >> bit & 1 == 1).collect();
        let levers: Vec<LeverId> = bits.iter().map(|&bit| self.payoffs.levers[bit]).collect();
        let form = self.form(&levers);
        let states = form.states()?;
        let choice = |state: usize| {
            let key = states.key(state);
            let used = bits.iter().enumerate().filter(|(place, _)| key >> place & 1 == 1);
            used.fold(0, |choice, (_, bit)| choice | 1 << bit)
        };
        let choices: Vec<usize> = (0..states.len()).map(choice).collect();
        let preferences = self.sides.iter().zip(&ranks).map(|(side, ranks)| {
            Preference::Ranks(choices.iter().map(|&choice| ranks[side.class[choice] as usize]).collect())
        });
        let model = Model::new(form, states, preferences.collect::<Vec<_>>())?;
        let today = choices.iter().position(|&choice| choice == self.payoffs.today);
        let today = today.ok_or(GameRefusal::TodayInadmissible)?;
        Ok(Position { removed, levers, choices, model, today })
    }

    /// The levers left as moves when those that are strictly dominated are taken out, one after the other, and those that need them.
    fn without_dominated(&self, ranks: &[Vec<u32>]) -> (usize, Vec<(LeverId, Removal)>) {
        let mut left = self.payoffs.choices() - 1;
        let mut removed = Vec::new();
        loop {
            let before = removed.len();
            for (bit, &lever) in self.payoffs.levers.iter().enumerate() {
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
                    None => self.is_dominated(own, left, ranks).then_some(Removal::Dominated),
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
    fn is_dominated(&self, own: usize, left: usize, ranks: &[Vec<u32>]) -> bool {
        let Some(owner) = self.sides.iter().position(|side| side.own & own != 0) else { return false };
        let (side, ranks) = (&self.sides[owner], &ranks[owner]);
        let mut asked = false;
        for choice in 0..self.payoffs.choices() {
            let with = choice | own;
            if choice & own != 0 || choice & !left != 0 || !self.admissible[with] {
                continue;
            }
            // What cannot be given up alone, since another lever needs it, is not compared with doing so.
            let worse = || ranks[side.class[with] as usize] < ranks[side.class[choice] as usize];
            if !self.admissible[choice] || !worse() {
                return false;
            }
            asked = true;
        }
        asked
    }

    fn form(&self, levers: &[LeverId]) -> OptionForm {
        let (case, owners) = (self.case, &self.owners);
        // Whether a lever is in use: an option, or settled for good.
        let used = |lever: LeverId| match levers.iter().position(|other| *other == lever) {
            Some(place) => Formula::option(place),
            None => Formula::Constant(case.levers[lever.0].on),
        };
        let mut infeasible = Vec::new();
        for lever in (0..case.levers.len()).map(LeverId) {
            let body = &case.levers[lever.0];
            let broken = body.requires.iter().map(|needed| used(*needed).negated());
            for broken in broken.chain(body.excludes.iter().map(|other| used(*other))) {
                infeasible.push(Formula::All(vec![used(lever), broken]));
            }
        }
        let option = |lever: &LeverId| {
            let body = &case.levers[lever.0];
            let owner = owners.iter().position(|owner| Some(*owner) == body.owner)?;
            Some(ModelOption { name: body.name.clone(), owner, direction: Direction::Both })
        };
        OptionForm {
            decision_makers: owners.iter().map(|owner| case.actors[owner.0].name.clone()).collect(),
            options: levers.iter().filter_map(option).collect(),
            infeasible,
            merged: Vec::new(),
        }
    }
}
