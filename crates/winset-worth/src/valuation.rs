//! Exact worth functions: decimals become whole numbers of a unit, one unit per actor.

use winset_case::{Actor, ActorId, Case, Condition, Decimal, Fallback, LinkageId, Quantity, RedLineId};

use crate::condition::{View, follows_procedure, holds};
use crate::state::State;

/// What an actor's worth, fallback, red lines and patrons come to, in whole units.
#[derive(Debug)]
pub struct ActorWorth<'a> {
    /// Units in a worth of 1. The actor's raw weights are kept and everything else is multiplied by their sum, or by what they are out of, so
    /// nothing is ever rounded.
    pub unit: i128,
    /// Worth per issue and option, in units.
    pub table: Vec<Vec<i128>>,
    /// Conditions and what they add, in units; those dropped are left out.
    pub linkages: Vec<LinkageWorth<'a>>,
    /// What going on costs: the worth of today less the fallback (the model's κ), in units.
    pub cost_of_going_on: i128,
    /// U of today, in units: without a status quo what the fallback is worth, the negative of the cost of going on.
    pub worth_today: i128,
    /// The condition that ends the actor's conflict; `None` for the default.
    pub ends: Option<&'a Condition>,
    /// What it refuses.
    pub red_lines: Vec<RedLineWorth<'a>>,
    /// Patrons and their leverage over it, in units.
    pub patrons: Vec<(ActorId, i128)>,
}

/// A linkage with its bonus in units.
#[derive(Debug)]
pub struct LinkageWorth<'a> {
    /// Which one, as the case numbers it.
    pub id: LinkageId,
    /// When it is earned.
    pub when: &'a Condition,
    /// What it adds.
    pub bonus: i128,
}

/// A red line with its price in units.
#[derive(Debug)]
pub struct RedLineWorth<'a> {
    /// Which one, as the case numbers it.
    pub id: RedLineId,
    /// What it refuses.
    pub when: &'a Condition,
    /// What breaking it costs; `None`: no price moves it.
    pub price: Option<i128>,
    /// On procedure: judged at every deal, not only at the one that first makes the condition true.
    pub procedural: bool,
}

/// Why worth cannot be computed exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotComputable {
    /// Whose numbers.
    pub actor: String,
    /// What is wrong with them.
    pub reason: &'static str,
}

impl std::fmt::Display for NotComputable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the worth of `{}` cannot be computed exactly: {}", self.actor, self.reason)
    }
}

impl std::error::Error for NotComputable {}

/// The worth functions of every actor of a case that has preferences, its own or its principal's.
#[derive(Debug)]
pub struct Valuation<'a> {
    case: &'a Case,
    actors: Vec<Option<ActorWorth<'a>>>,
}

impl<'a> Valuation<'a> {
    /// The worth functions of a case whose levers have been carried out ([`Case::with_levers`]).
    ///
    /// # Errors
    ///
    /// Where numbers are so long or large that exact arithmetic in 128 bits cannot hold them.
    pub fn new(case: &'a Case) -> Result<Self, NotComputable> {
        let actors =
            (0..case.actors.len()).map(|index| ActorWorth::of(case, ActorId(index))).collect::<Result<_, _>>()?;
        Ok(Valuation { case, actors })
    }

    /// The case these worths are of.
    pub fn case(&self) -> &'a Case {
        self.case
    }

    /// The worth function of an actor; `None` if it has no preferences.
    pub fn actor(&self, actor: ActorId) -> Option<&ActorWorth<'a>> {
        self.actors[actor.0].as_ref()
    }

    /// The actors whose acceptance the consent of this actor's seat stands for: its principals, outermost first, then itself where it
    /// has preferences, a fallback or red lines of its own (the model, section 2: principals).
    pub fn judges(&self, seat: ActorId) -> Vec<ActorId> {
        let actor = &self.case.actors[seat.0];
        let Some(principal) = actor.principal else { return vec![seat] };
        let mut judges = self.judges(principal);
        if actor.has_preferences() || actor.fallback.is_some() || !actor.red_lines.is_empty() {
            judges.push(seat);
        }
        judges
    }

    /// Whether the actor's fallback is a constraint of its own, rather than its principal's seen twice.
    pub fn has_own_fallback(&self, judge: ActorId) -> bool {
        let actor = &self.case.actors[judge.0];
        actor.principal.is_none()
            || actor.has_preferences()
            || actor.fallback.is_some()
            || actor.red_lines.iter().any(|line| line.on && line.price.is_some())
    }
}

impl<'a> ActorWorth<'a> {
    /// The worth function of one actor of a case whose levers have been carried out; `None` if it has no preferences.
    ///
    /// # Errors
    ///
    /// As for [`Valuation::new`].
    pub fn of(case: &'a Case, actor: ActorId) -> Result<Option<Self>, NotComputable> {
        let refuse = |reason| NotComputable { actor: case.actors[actor.0].id.clone(), reason };
        compile(case, actor, &State::today(case)).map_err(refuse)
    }

    /// U(ω, s): what an outcome is worth at a standing, in units. For no agreement it is the caller's to say.
    pub fn worth(&self, outcome: &[usize], view: &View<'_>) -> i128 {
        let earned = self.linkages.iter().filter(|linkage| holds(&linkage.when.expression, view));
        self.options(outcome) + earned.map(|linkage| linkage.bonus).sum::<i128>()
    }

    /// U of a state, in units. Where there is no agreement it is what the fallback is worth.
    pub fn worth_of(&self, case: &Case, state: &State) -> i128 {
        match state.outcome.as_deref() {
            Some(outcome) => {
                self.worth(outcome, &View { case, outcome: Some(outcome), concluded: &state.concluded, deal: None })
            }
            None => -self.cost_of_going_on,
        }
    }

    /// What going on costs where a deal saves it. Without a status quo it is already in the worth of refusing.
    pub fn saved_by_ending(&self, case: &Case) -> i128 {
        if case.no_agreement_today { 0 } else { self.cost_of_going_on }
    }

    /// All leverage over the actor, and how much of it is left in a state where it has `worth_before`: what it was moved below today, the end of
    /// its cost aside, has been spent (the model, section 2: pressure).
    pub fn leverage_left(&self, case: &Case, has_ended: bool, worth_before: i128) -> i128 {
        let all: i128 = self.patrons.iter().map(|(_, leverage)| leverage).sum();
        let cost_met = if has_ended { self.saved_by_ending(case) } else { 0 };
        let spent = (self.worth_today - cost_met - worth_before).max(0);
        (all - spent).max(0)
    }

    /// What the options of an outcome are worth, linkages aside, in units.
    pub fn options(&self, outcome: &[usize]) -> i128 {
        self.table.iter().zip(outcome).map(|(row, &option)| row.get(option).copied().unwrap_or(0)).sum()
    }
}

/// The actor whose preferences this one uses: itself, or the nearest principal that has some.
fn with_preferences(case: &Case, actor: ActorId) -> Option<&Actor> {
    let mut current = &case.actors[actor.0];
    loop {
        if current.has_preferences() {
            return Some(current);
        }
        current = &case.actors[current.principal?.0];
    }
}

/// The actor, and the principals whose preferences and fallback it takes whole: who presses them presses it.
fn stands_for(case: &Case, actor: ActorId) -> Vec<ActorId> {
    let mut chain = vec![actor];
    let mut current = &case.actors[actor.0];
    while let Some(principal) = current.principal.filter(|_| !current.has_preferences() && current.fallback.is_none()) {
        chain.push(principal);
        current = &case.actors[principal.0];
    }
    chain
}

/// The nearest of the actor and its principals for which `get` gives something.
fn inherited<'a, T>(case: &'a Case, actor: ActorId, get: impl Fn(&'a Actor) -> Option<T>) -> Option<T> {
    let mut current = &case.actors[actor.0];
    loop {
        if let Some(found) = get(current) {
            return Some(found);
        }
        current = &case.actors[current.principal?.0];
    }
}

const LONG: &str = "its numbers have too many digits together; give fewer decimals";

fn compile<'a>(case: &'a Case, id: ActorId, today: &State) -> Result<Option<ActorWorth<'a>>, &'static str> {
    let actor = &case.actors[id.0];
    let Some(tastes) = with_preferences(case, id) else { return Ok(None) };
    let fallback = inherited(case, id, |actor| actor.fallback.as_ref());
    let pressed = stands_for(case, id);
    let leverage: Vec<(ActorId, Decimal)> = case
        .ties
        .iter()
        .filter(|tie| pressed.contains(&tie.to))
        .filter_map(|tie| Some((tie.from, tie.leverage()?.value)))
        .collect();

    // Whole weights: billionths, divided by what they have in common; with `out_of`, with the points and the bonuses as well.
    let points = tastes.out_of.map(|points| i128::from(points.billionths()));
    let in_points = |bonus: Decimal| points.map(|_| i128::from(bonus.billionths()));
    let weights: Vec<i128> = tastes
        .weights
        .iter()
        .map(|weight| i128::from(weight.as_ref().map_or(0, |weight| weight.value.billionths())))
        .collect();
    let common = weights
        .iter()
        .copied()
        .chain(points)
        .chain(tastes.linkages.iter().filter_map(|linkage| in_points(linkage.bonus.value)))
        .fold(0, |common, number| if common == 1 { 1 } else { greatest_common_divisor(common, number.unsigned_abs()) });
    if common == 0 {
        return Err("its weights are all 0, so nothing is worth anything to it; give one of them a weight");
    }
    let weights: Vec<i128> = weights.iter().map(|weight| weight / common).collect();
    let total: i128 = points.map_or_else(|| weights.iter().sum(), |points| points / common);

    // The coarsest decimal scale that holds every other number of the actor.
    let mut scale = Scale::default();
    tastes.values.iter().flatten().for_each(|value| scale.hold(value.value));
    tastes.linkages.iter().filter(|_| points.is_none()).for_each(|linkage| scale.hold(linkage.bonus.value));
    actor.red_lines.iter().filter_map(|line| line.price.as_ref()).for_each(|price| scale.hold(price.value));
    leverage.iter().for_each(|(_, leverage)| scale.hold(*leverage));
    match fallback {
        Some(Fallback::Worth(number) | Fallback::CostOfGoingOn(number)) => scale.hold(number.value),
        Some(Fallback::War { win, lose, probability, cost }) => {
            scale.hold_exact(lottery(win, lose, probability, cost));
        }
        None => {}
    }
    let unit = total.checked_mul(scale.units_in_one()).ok_or(LONG)?;
    let in_units = |value: Decimal| scale.apply(value).checked_mul(total).ok_or(LONG);

    let mut table = Vec::with_capacity(case.issues.len());
    for (issue, weight) in weights.iter().enumerate() {
        let row: Option<Vec<i128>> =
            tastes.values[issue].iter().map(|value| scale.apply(value.value).checked_mul(*weight)).collect();
        table.push(row.ok_or(LONG)?);
    }
    let mut linkages = Vec::new();
    for (index, linkage) in tastes.linkages.iter().enumerate().filter(|(_, linkage)| linkage.on) {
        let bonus = match in_points(linkage.bonus.value) {
            Some(points) => (points / common).checked_mul(scale.units_in_one()).ok_or(LONG)?,
            None => in_units(linkage.bonus.value)?,
        };
        linkages.push(LinkageWorth { id: LinkageId(index), when: &linkage.when, bonus });
    }
    let mut red_lines = Vec::new();
    for (index, line) in actor.red_lines.iter().enumerate().filter(|(_, line)| line.on) {
        let price = line.price.as_ref().map(|price| in_units(price.value)).transpose()?;
        let procedural = follows_procedure(case, &line.when.expression);
        red_lines.push(RedLineWorth { id: RedLineId(index), when: &line.when, price, procedural });
    }
    let mut patrons = Vec::new();
    for (patron, leverage) in leverage {
        patrons.push((patron, in_units(leverage)?));
    }

    let mut worth = ActorWorth {
        unit,
        table,
        linkages,
        cost_of_going_on: 0,
        worth_today: 0,
        ends: inherited(case, id, |actor| actor.ends.as_ref()),
        red_lines,
        patrons,
    };
    // Nothing that is later added together may overflow: the largest size worth can have, many times over.
    let size = worth
        .table
        .iter()
        .map(|row| row.iter().map(|value| value.abs()).max().unwrap_or(0))
        .chain(worth.linkages.iter().map(|linkage| linkage.bonus.abs()))
        .chain(worth.red_lines.iter().filter_map(|line| line.price))
        .chain(worth.patrons.iter().map(|(_, leverage)| *leverage))
        .try_fold(unit, i128::checked_add)
        .filter(|size| *size < i128::MAX >> 24)
        .ok_or(LONG)?;
    let value_today = match &today.outcome {
        Some(outcome) => {
            let view = View { case, outcome: Some(outcome), concluded: &today.concluded, deal: None };
            worth.worth(outcome, &view)
        }
        // Outside the outcomes, worth exactly the fallback.
        None => 0,
    };
    worth.cost_of_going_on = match fallback {
        None => 0,
        Some(Fallback::CostOfGoingOn(cost)) => in_units(cost.value)?,
        Some(Fallback::Worth(number)) => value_today - in_units(number.value)?,
        Some(Fallback::War { win, lose, probability, cost }) => {
            let lottery = scale.apply_exact(lottery(win, lose, probability, cost));
            value_today - lottery.checked_mul(total).ok_or(LONG)?
        }
    };
    if worth.cost_of_going_on.unsigned_abs() > (i128::MAX >> 24).unsigned_abs() - size.unsigned_abs() {
        return Err(LONG);
    }
    worth.worth_today = if today.outcome.is_some() { value_today } else { -worth.cost_of_going_on };
    Ok(Some(worth))
}

/// p·win + (1−p)·lose − cost in units of 10⁻¹⁸ (Fearon 1995; Powell 2006).
fn lottery(win: &Quantity, lose: &Quantity, probability: &Quantity, cost: &Quantity) -> i128 {
    let billionths = |quantity: &Quantity| i128::from(quantity.value.billionths());
    let one = i128::from(Decimal::UNIT);
    billionths(probability) * billionths(win) + (one - billionths(probability)) * billionths(lose)
        - one * billionths(cost)
}

/// How many decimal places are needed, up to 18.
#[derive(Default)]
struct Scale {
    places: u32,
}

impl Scale {
    fn hold(&mut self, value: Decimal) {
        while self.places < Decimal::PLACES && value.billionths() % 10_i64.pow(Decimal::PLACES - self.places) != 0 {
            self.places += 1;
        }
    }

    /// Makes room for a number given in units of 10⁻¹⁸.
    fn hold_exact(&mut self, value: i128) {
        while value % 10_i128.pow(18 - self.places) != 0 {
            self.places += 1;
        }
    }

    fn units_in_one(&self) -> i128 {
        10_i128.pow(self.places)
    }

    fn apply(&self, value: Decimal) -> i128 {
        if self.places <= Decimal::PLACES {
            i128::from(value.billionths() / 10_i64.pow(Decimal::PLACES - self.places))
        } else {
            i128::from(value.billionths()) * 10_i128.pow(self.places - Decimal::PLACES)
        }
    }

    fn apply_exact(&self, value: i128) -> i128 {
        value / 10_i128.pow(18 - self.places)
    }
}

fn greatest_common_divisor(a: i128, b: u128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b);
    while b != 0 {
        // Numbers of a case fit into 64 bits, where dividing is far cheaper.
        (a, b) = match (u64::try_from(a), u64::try_from(b)) {
            (Ok(small), Ok(smaller)) => (b, u128::from(small % smaller)),
            _ => (b, a % b),
        };
    }
    a.cast_signed()
}
