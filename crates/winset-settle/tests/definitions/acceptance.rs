//! Worth, reservation values, pressure and acceptance (section 1, and section 2: acceptance, pressure, reservation value, conclusion,
//! principals).

use std::cell::RefCell;
use std::collections::BTreeMap;

use num_traits::{Signed, Zero};
use winset_case::{
    Actor, ActorId, Case, Expression, Fallback, FrameworkId, Outcome, RedLineId, Role, TieKind, TrackId,
};

use super::conditions::{Standing, holds, on_procedure, satisfied};
use super::{Q, q};

/// A state: what is agreed, what has been concluded, whose `ends` have been met.
#[derive(Debug, Clone)]
pub(crate) struct Situation {
    /// `None`: no agreement, and no status quo either.
    pub(crate) outcome: Option<Outcome>,
    pub(crate) concluded: Vec<bool>,
    pub(crate) ended: Vec<bool>,
}

/// A deal made at a track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deal {
    pub(crate) track: TrackId,
    pub(crate) to: Outcome,
    /// The framework it concludes, if it does.
    pub(crate) concludes: Option<FrameworkId>,
}

/// What one actor makes of one deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judged {
    /// U(ω′, s).
    pub(crate) worth: Q,
    /// r(ω).
    pub(crate) reservation: Q,
    /// P.
    pub(crate) pressure: Q,
    /// Every red line broken, with its price.
    pub(crate) broken: Vec<(RedLineId, Option<Q>)>,
}

impl Judged {
    pub(crate) fn price(&self) -> Q {
        self.broken.iter().filter_map(|(_, price)| price.as_ref()).sum()
    }

    pub(crate) fn forbidden(&self) -> bool {
        self.broken.iter().any(|(_, price)| price.is_none())
    }

    /// U − r plus pressure, before prices.
    pub(crate) fn surplus(&self) -> Q {
        &self.worth - &self.reservation + &self.pressure
    }

    /// `None` stands for minus infinity.
    pub(crate) fn margin(&self) -> Option<Q> {
        if self.forbidden() { None } else { Some(self.surplus() - self.price()) }
    }

    pub(crate) fn gain(&self) -> Q {
        &self.worth - &self.reservation
    }
}

/// Whose worth, of what, with which conclusions.
type WorthOf = (ActorId, Outcome, Vec<bool>);

/// The definitions, over one case whose levers have been carried out, from one state.
pub(crate) struct Checker<'a> {
    pub(crate) case: &'a Case,
    pub(crate) from: Situation,
    worths: RefCell<BTreeMap<WorthOf, Q>>,
}

impl<'a> Checker<'a> {
    /// From today.
    pub(crate) fn new(case: &'a Case) -> Self {
        let outcome = (!case.no_agreement_today).then(|| case.baseline());
        let concluded = vec![false; case.frameworks.len()];
        let from = Situation { outcome, concluded, ended: vec![false; case.actors.len()] };
        Checker::from(case, from)
    }

    /// From a given state.
    pub(crate) fn from(case: &'a Case, from: Situation) -> Self {
        Checker { case, from, worths: RefCell::default() }
    }

    /// The actor, its principal, its principal's principal, …
    fn chain(&self, actor: ActorId) -> impl Iterator<Item = ActorId> + '_ {
        std::iter::successors(Some(actor), |actor| self.case.actors[actor.0].principal)
    }

    /// What the nearest of the actor and its principals has.
    fn inherited<T>(&self, actor: ActorId, get: impl Fn(&'a Actor) -> Option<T>) -> Option<T> {
        self.chain(actor).find_map(|actor| get(&self.case.actors[actor.0]))
    }

    /// Whose weights, values and linkages the actor uses.
    fn preferences(&self, actor: ActorId) -> Option<&'a Actor> {
        self.inherited(actor, |actor| actor.has_preferences().then_some(actor))
    }

    pub(crate) fn has_preferences(&self, actor: ActorId) -> bool {
        self.preferences(actor).is_some()
    }

    /// U(ω, s) = Σ w·v(ω) + Σ b·[φ(ω, s)], weights normalised to sum to 1.
    pub(crate) fn worth(&self, actor: ActorId, outcome: &[usize], concluded: &[bool]) -> Q {
        let key = (actor, outcome.to_vec(), concluded.to_vec());
        if let Some(worth) = self.worths.borrow().get(&key) {
            return worth.clone();
        }
        let preferences = self.preferences(actor).expect("an actor with preferences");
        let total: Q = preferences.weights.iter().flatten().map(|weight| q(weight.value)).sum();
        let mut worth = Q::zero();
        for (issue, weight) in preferences.weights.iter().enumerate() {
            if let Some(weight) = weight.as_ref().filter(|weight| !q(weight.value).is_zero()) {
                worth += q(weight.value) / &total * q(preferences.values[issue][outcome[issue]].value);
            }
        }
        for linkage in preferences.linkages.iter().filter(|linkage| linkage.on) {
            if holds(self.case, &linkage.when.expression, outcome, Standing { concluded, deal: None }) {
                worth += q(linkage.bonus.value);
            }
        }
        self.worths.borrow_mut().insert(key, worth.clone());
        worth
    }

    /// U(ω⁰): the worth of today; r where there is no status quo.
    pub(crate) fn worth_of_today(&self, actor: ActorId) -> Q {
        if self.case.no_agreement_today {
            self.fallback(actor)
        } else {
            self.worth(actor, &self.case.baseline(), &vec![false; self.case.frameworks.len()])
        }
    }

    /// r: what no agreement is worth. An actor without one loses and gains nothing by going on.
    fn fallback(&self, actor: ActorId) -> Q {
        match self.inherited(actor, |actor| actor.fallback.as_ref()) {
            None => self.worth_of_today(actor),
            Some(Fallback::Worth(worth)) => q(worth.value),
            Some(Fallback::CostOfGoingOn(cost)) => self.worth_of_today(actor) - q(cost.value),
            Some(Fallback::War { win, lose, probability, cost }) => {
                let p = q(probability.value);
                &p * q(win.value) + (Q::from_integer(1.into()) - &p) * q(lose.value) - q(cost.value)
            }
        }
    }

    /// κ = U(ω⁰) − r.
    pub(crate) fn cost_of_going_on(&self, actor: ActorId) -> Q {
        self.worth_of_today(actor) - self.fallback(actor)
    }

    /// U(ω, s₀): what stands is worth.
    pub(crate) fn worth_of_refusing(&self, actor: ActorId) -> Q {
        match &self.from.outcome {
            Some(outcome) => self.worth(actor, outcome, &self.from.concluded),
            None => self.worth_of_today(actor),
        }
    }

    /// The conclusions in force for everyone who judges the deal.
    pub(crate) fn concluded_after(&self, deal: &Deal) -> Vec<bool> {
        let mut concluded = self.from.concluded.clone();
        if let Some(framework) = deal.concludes {
            concluded[framework.0] = true;
        }
        concluded
    }

    /// Whether the expression holds after the deal, at its standing.
    pub(crate) fn holds_after(&self, expression: &Expression, deal: &Deal) -> bool {
        let concluded = self.concluded_after(deal);
        let standing = Standing { concluded: &concluded, deal: Some((deal.track, self.from.outcome.as_deref())) };
        holds(self.case, expression, &deal.to, standing)
    }

    /// Whether the expression holds at what stands, no deal being made. Before any agreement nothing has been made true yet.
    pub(crate) fn holds_before(&self, expression: &Expression) -> bool {
        let standing = Standing { concluded: &self.from.concluded, deal: None };
        self.from.outcome.as_ref().is_some_and(|outcome| holds(self.case, expression, outcome, standing))
    }

    /// Whether it is this deal that ends the actor's conflict: its condition has not been met and is by this deal.
    pub(crate) fn ends(&self, actor: ActorId, deal: &Deal) -> bool {
        !self.from.ended[actor.0]
            && match self.inherited(actor, |actor| actor.ends.as_ref()) {
                Some(ends) => !self.holds_before(&ends.expression) && self.holds_after(&ends.expression, deal),
                None => self.case.frameworks.is_empty() || self.concluded_after(deal).contains(&true),
            }
    }

    /// Where the process stands after the deal.
    pub(crate) fn after(&self, deal: &Deal) -> Situation {
        let ended = (0..self.case.actors.len())
            .map(|actor| self.from.ended[actor] || self.ends(ActorId(actor), deal))
            .collect();
        Situation { outcome: Some(deal.to.clone()), concluded: self.concluded_after(deal), ended }
    }

    /// The framework a deal to this outcome concludes at the track under its own reading, if it does.
    pub(crate) fn conclusion(&self, track: TrackId, to: &[usize]) -> Option<FrameworkId> {
        let framework = self.case.tracks[track.0].concludes?;
        let standing = Standing { concluded: &self.from.concluded, deal: None };
        (!self.from.concluded[framework.0] && satisfied(self.case, framework, None, to, standing)).then_some(framework)
    }

    /// Σ λ over everyone who can press the actor, and over those who do.
    pub(crate) fn leverage(&self, actor: ActorId, deal: &Deal) -> (Q, Q) {
        // Who speaks for another with neither weights nor a fallback of its own is pressed with it.
        let mut pressed = vec![actor];
        let mut current = actor;
        while let Some(principal) =
            self.case.actors[current.0].principal.filter(|_| !self.has_own_preferences_or_fallback(current))
        {
            pressed.push(principal);
            current = principal;
        }
        let (mut all, mut pressing) = (Q::zero(), Q::zero());
        for tie in self.case.ties.iter().filter(|tie| pressed.contains(&tie.to)) {
            let TieKind::Patron(leverage) = &tie.kind else { continue };
            all += q(leverage.value);
            if self.presses(tie.from, deal) {
                pressing += q(leverage.value);
            }
        }
        (all, pressing)
    }

    /// A patron presses for a deal it accepts and gains by.
    fn presses(&self, patron: ActorId, deal: &Deal) -> bool {
        self.has_preferences(patron)
            && self.worth(patron, &deal.to, &self.concluded_after(deal)) > self.worth_of_refusing(patron)
            && self.accepts(patron, deal)
    }

    /// The actor's own judgement of the deal; `None` without preferences.
    pub(crate) fn judge(&self, actor: ActorId, deal: &Deal) -> Option<Judged> {
        self.preferences(actor)?;
        let worth = self.worth(actor, &deal.to, &self.concluded_after(deal));
        let standing_worth = self.worth_of_refusing(actor);
        let cost = self.cost_of_going_on(actor);
        let reservation = if self.ends(actor, deal) { &standing_worth - &cost } else { standing_worth.clone() };

        let (all, pressing) = self.leverage(actor, deal);
        let charged = if self.from.ended[actor.0] { cost } else { Q::zero() };
        let spent = (self.worth_of_today(actor) - charged - standing_worth).max(Q::zero());
        let left = (all - spent).max(Q::zero());

        let broken = self.broken(actor, deal);
        Some(Judged { worth, reservation, pressure: pressing.min(left), broken })
    }

    /// The red lines of its own that the deal breaks.
    pub(crate) fn broken(&self, actor: ActorId, deal: &Deal) -> Vec<(RedLineId, Option<Q>)> {
        let lines = self.case.actors[actor.0].red_lines.iter().enumerate().filter(|(_, line)| line.on);
        lines
            .filter(|(_, line)| {
                let condition = &line.when.expression;
                // On procedure: judged at every deal. On content: broken by the deal that first makes it true.
                let before = !on_procedure(self.case, condition) && self.holds_before(condition);
                !before && self.holds_after(condition, deal)
            })
            .map(|(index, line)| (RedLineId(index), line.price.as_ref().map(|price| q(price.value))))
            .collect()
    }

    fn has_own_preferences_or_fallback(&self, actor: ActorId) -> bool {
        let actor = &self.case.actors[actor.0];
        actor.has_preferences() || actor.fallback.is_some()
    }

    /// Whether the actor weighs worth against a fallback for itself, rather than leaving that to its principal.
    pub(crate) fn weighs(&self, actor: ActorId) -> bool {
        let declared = &self.case.actors[actor.0];
        declared.principal.is_none()
            || self.has_own_preferences_or_fallback(actor)
            || declared.red_lines.iter().any(|line| line.on && line.price.is_some())
    }

    /// Whether the actor itself, its principals aside, accepts.
    pub(crate) fn accepts_alone(&self, actor: ActorId, deal: &Deal) -> bool {
        self.broken(actor, deal).iter().all(|(_, price)| price.is_some())
            && (!self.weighs(actor)
                || self
                    .judge(actor, deal)
                    .is_none_or(|judged| judged.margin().is_some_and(|margin| !margin.is_negative())))
    }

    /// Whether the actor accepts: it and every principal it answers to.
    pub(crate) fn accepts(&self, actor: ActorId, deal: &Deal) -> bool {
        self.chain(actor).all(|actor| self.accepts_alone(actor, deal))
    }

    /// Everyone whose demands bind a seat: the actor's principals and the actor itself, where it has demands of its own.
    pub(crate) fn judges(&self, seat: ActorId) -> Vec<ActorId> {
        self.chain(seat)
            .filter(|judge| {
                let declared = &self.case.actors[judge.0];
                declared.principal.is_none()
                    || self.has_own_preferences_or_fallback(*judge)
                    || !declared.red_lines.is_empty()
            })
            .collect()
    }

    /// The actors whose consent the track's rule needs.
    pub(crate) fn required(&self, track: TrackId) -> Vec<ActorId> {
        let track = &self.case.tracks[track.0];
        let consents = |role: &Role| match track.rule {
            winset_case::Rule::Consensus => *role == Role::Party || *role == Role::Guarantor,
            winset_case::Rule::PartiesOnly => *role == Role::Party,
            other => unreachable!("{other:?} is checked in its own tests"),
        };
        track.seats.iter().filter(|seat| seat.roles.iter().any(consents)).map(|seat| seat.actor).collect()
    }
}
