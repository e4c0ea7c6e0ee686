//! One track meeting from one state: which deals it can make, and who accepts them.

use std::cell::OnceCell;

use winset_case::{ActorId, Expression, FrameworkId, RedLineId, TrackId};

use crate::condition::{Deal, View, fixed_at, holds};
use crate::state::State;
use crate::terms::{Ends, Terms};
use crate::valuation::{ActorWorth, Valuation};

/// One actor's judgement of one deal, in the actor's units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Judgement {
    /// U(ω′, s): what the deal is worth.
    pub worth: i128,
    /// r(ω): what refusing it is worth.
    pub reservation: i128,
    /// P: how far patrons lower what the actor demands.
    pub pressure: i128,
    /// Prices of the priced red lines it breaks.
    pub price: i128,
    /// Red lines it breaks, one bit each by [`RedLineId`].
    pub broken: u64,
    /// Whether one of them has no price.
    pub forbidden: bool,
    /// Whether it is the first deal to end the actor's conflict, so that its cost of going on is at stake.
    pub ends: bool,
}

impl Judgement {
    /// Worth less fallback, plus pressure, before prices. Also the *content margin*, which ignores red lines.
    pub fn surplus(&self) -> i128 {
        self.worth - self.reservation + self.pressure
    }

    /// The margin; `None` stands for minus infinity, an unpriced red line broken.
    pub fn margin(&self) -> Option<i128> {
        (!self.forbidden).then(|| self.surplus() - self.price)
    }

    /// Whether the actor accepts.
    pub fn accepts(&self) -> bool {
        self.margin().is_some_and(|margin| margin >= 0)
    }

    /// Worth less fallback, without pressure or prices: the gain bargaining solutions share out.
    pub fn gain(&self) -> i128 {
        self.worth - self.reservation
    }

    /// Whether it breaks this red line.
    pub fn breaks(&self, line: RedLineId) -> bool {
        self.broken >> line.0 & 1 == 1
    }
}

struct Member {
    actor: ActorId,
    /// U(ω, s₀).
    worth_before: i128,
    /// The most that its surplus can exceed the worth of a deal's options: every welcome linkage, the end of its cost, all leverage left.
    best_case: i128,
    /// Leverage not yet spent.
    leverage_left: i128,
    /// Positions in the list and leverage of its patrons.
    patrons: Vec<(usize, i128)>,
    /// Positions in the list of the principals that must accept what it accepts.
    principals: Vec<usize>,
    /// Whether it has demands of its own, and a fallback of its own among them.
    judges_itself: bool,
    own_fallback: bool,
    /// The linkages, with what is fixed at this track answered.
    linkages: Vec<(Expression, i128)>,
    /// The red lines that this sitting could break, with what is fixed at this track answered.
    red_lines: Vec<(Expression, RedLineId, Option<i128>)>,
}

/// One track meeting from one state.
///
/// It judges a deal for every actor named when it is made, and for the patrons behind them, patrons first (ties form no circle).
pub struct Sitting<'v> {
    valuation: &'v Valuation<'v>,
    state: &'v State,
    track: TrackId,
    concluded_after: Vec<bool>,
    /// Everyone whose conflict some deal here may end, once that was asked.
    going_on: OnceCell<Vec<(ActorId, Ends<'v>)>>,
    members: Vec<Member>,
}

impl<'v> Sitting<'v> {
    /// A sitting of `track` from `state`, judged by `judges` and the patrons behind them. Actors without preferences are left out.
    pub fn new(valuation: &'v Valuation<'v>, track: TrackId, state: &'v State, judges: &[ActorId]) -> Self {
        let mut sitting = Sitting {
            valuation,
            state,
            track,
            concluded_after: state.concluded.clone(),
            members: Vec::new(),
            going_on: OnceCell::new(),
        };
        if let Some(framework) = sitting.framework() {
            sitting.concluded_after[framework.0] = true;
        }
        for &judge in judges {
            sitting.admit(judge);
        }
        sitting
    }

    fn admit(&mut self, actor: ActorId) -> Option<usize> {
        if let Some(position) = self.position(actor) {
            return Some(position);
        }
        let valuation = self.valuation;
        let worth = valuation.actor(actor)?;
        let patrons =
            worth.patrons.iter().filter_map(|&(patron, leverage)| Some((self.admit(patron)?, leverage))).collect();
        let judges = valuation.judges(actor);
        let principals =
            judges.iter().filter(|judge| **judge != actor).filter_map(|&judge| self.admit(judge)).collect();
        let case = valuation.case();
        let before = self.state.outcome.as_deref();
        let view = View { case, outcome: before, concluded: &self.state.concluded, deal: None };
        let worth_before = worth.worth_of(case, self.state);
        let leverage_left = worth.leverage_left(case, self.state.ended[actor.0], worth_before);
        self.members.push(Member {
            actor,
            worth_before,
            best_case: worth.linkages.iter().map(|linkage| linkage.bonus.max(0)).sum::<i128>()
                + worth.saved_by_ending(case).max(0)
                + leverage_left
                - worth_before,
            leverage_left,
            patrons,
            principals,
            judges_itself: judges.contains(&actor),
            own_fallback: valuation.has_own_fallback(actor),
            linkages: worth
                .linkages
                .iter()
                .map(|linkage| (fixed_at(case, self.track, &linkage.when.expression), linkage.bonus))
                .collect(),
            red_lines: worth
                .red_lines
                .iter()
                // A line on content that holds already is not broken again; where there is no agreement nothing holds.
                .filter(|line| line.procedural || before.is_none() || !holds(&line.when.expression, &view))
                .map(|line| (fixed_at(case, self.track, &line.when.expression), line.id, line.price))
                .collect(),
        });
        Some(self.members.len() - 1)
    }

    /// The framework a deal here could still conclude.
    pub fn framework(&self) -> Option<FrameworkId> {
        let framework = self.valuation.case().tracks[self.track.0].concludes?;
        (!self.state.concluded[framework.0]).then_some(framework)
    }

    /// Where an actor's judgement stands in the list [`Sitting::judge`] fills; `None` if it is not judged here.
    pub fn position(&self, actor: ActorId) -> Option<usize> {
        self.members.iter().position(|member| member.actor == actor)
    }

    /// The actors judged, patrons before clients.
    pub fn actors(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.members.iter().map(|member| member.actor)
    }

    /// U(ω, s₀): what the state before the deal is worth to the actor at this position.
    pub fn worth_before(&self, position: usize) -> i128 {
        self.members[position].worth_before
    }

    /// The view of a deal to `outcome` here, as conditions see it.
    pub fn view<'a>(&'a self, outcome: &'a [usize], concludes: bool) -> View<'a> {
        View {
            case: self.valuation.case(),
            outcome: Some(outcome),
            concluded: if concludes { &self.concluded_after } else { &self.state.concluded },
            deal: Some(Deal { track: self.track, before: self.state.outcome.as_deref() }),
        }
    }

    /// Whether a deal to `outcome` here concludes the track's framework: its benchmarks hold afterwards under its own reading.
    pub fn concludes(&self, outcome: &[usize]) -> bool {
        self.framework().is_some_and(|framework| {
            let view = View { deal: None, ..self.view(outcome, false) };
            holds(&Expression::Satisfied(framework, None), &view)
        })
    }

    /// Where the process stands after the deal to `outcome`.
    pub fn state_after(&self, outcome: &[usize], concludes: bool) -> State {
        let standing = View { deal: None, ..self.view(outcome, concludes) };
        let mut ended = self.state.ended.clone();
        for (actor, ends) in self.going_on() {
            ended[actor.0] |= met(*ends, &standing, concludes);
        }
        State { outcome: Some(outcome.to_vec()), concluded: standing.concluded.to_vec(), ended }
    }

    /// Everyone whose conflict some deal here may end, found once.
    fn going_on(&self) -> &[(ActorId, Ends<'v>)] {
        self.going_on.get_or_init(|| {
            let actors = (0..self.state.ended.len()).map(ActorId);
            let ends = actors.filter_map(|actor| Some((actor, self.ends(actor, self.valuation.actor(actor)?))));
            ends.filter(|(_, ends)| *ends != Ends::Never).collect()
        })
    }

    /// Judges the deal to `outcome` for everyone, into `judgements`, in the order of [`Sitting::actors`].
    ///
    /// `concludes` says whether it concludes the track's framework: then the conclusion counts for everyone who judges it.
    pub fn judge(&self, outcome: &[usize], concludes: bool, judgements: &mut Vec<Judgement>) {
        judgements.clear();
        let view = self.view(outcome, concludes);
        for member in &self.members {
            let mut judgement = self.without_pressure(member, outcome, concludes, &view);
            let pressing: i128 = member
                .patrons
                .iter()
                .filter(|(patron, _)| {
                    let gains = judgements[*patron].worth > self.members[*patron].worth_before;
                    gains && self.consents(*patron, judgements)
                })
                .map(|(_, leverage)| leverage)
                .sum();
            judgement.pressure = pressing.min(member.leverage_left);
            judgements.push(judgement);
        }
    }

    fn without_pressure(&self, member: &Member, outcome: &[usize], concludes: bool, view: &View<'_>) -> Judgement {
        let standing = View { deal: None, ..*view };
        let worth = self.valuation.actor(member.actor).expect("only actors with preferences are admitted");
        let linkages: i128 =
            member.linkages.iter().filter(|(when, _)| holds(when, &standing)).map(|(_, bonus)| bonus).sum();
        let mut judgement = Judgement {
            worth: worth.options(outcome) + linkages,
            reservation: member.worth_before,
            ..Judgement::default()
        };
        if self.ends_now(member.actor, worth, &standing, concludes) {
            judgement.reservation -= worth.saved_by_ending(view.case);
            judgement.ends = true;
        }
        for (when, line, price) in &member.red_lines {
            if holds(when, view) {
                judgement.broken |= 1 << line.0;
                match price {
                    Some(price) => judgement.price += price,
                    None => judgement.forbidden = true,
                }
            }
        }
        judgement
    }

    /// Whether the judge at this position refuses the deal however hard it is pressed: a quick first look that asks no patron.
    pub fn refuses_outright(&self, position: usize, outcome: &[usize], concludes: bool) -> bool {
        let member = &self.members[position];
        let worth = self.valuation.actor(member.actor).expect("only actors with preferences are admitted");
        if member.own_fallback && worth.options(outcome) + member.best_case < 0 {
            return true;
        }
        let judgement = self.without_pressure(member, outcome, concludes, &self.view(outcome, concludes));
        let hopeless = judgement.surplus() + member.leverage_left < judgement.price;
        judgement.forbidden || (hopeless && member.own_fallback)
    }

    /// A condition with everything answered that is fixed for all deals of this sitting.
    pub fn fixed(&self, condition: &Expression) -> Expression {
        fixed_at(self.valuation.case(), self.track, condition)
    }

    /// Whether the judge at this position accepts. One without a fallback of its own only refuses what its own red lines forbid: its principal
    /// judges the rest.
    pub fn accepts(&self, position: usize, judgements: &[Judgement]) -> bool {
        let judgement = &judgements[position];
        if self.members[position].own_fallback { judgement.accepts() } else { !judgement.forbidden }
    }

    /// Whether the actor at this position accepts, together with every principal it answers to.
    pub fn consents(&self, position: usize, judgements: &[Judgement]) -> bool {
        let member = &self.members[position];
        let own = !member.judges_itself || self.accepts(position, judgements);
        own && member.principals.iter().all(|&principal| self.accepts(principal, judgements))
    }

    /// The margin of the judge at this position; `None` stands for minus infinity. For one without a fallback of its own it is 0 unless it forbids.
    pub fn margin(&self, position: usize, judgements: &[Judgement]) -> Option<i128> {
        let judgement = &judgements[position];
        if self.members[position].own_fallback { judgement.margin() } else { (!judgement.forbidden).then_some(0) }
    }

    /// What the judgement of the actor at this position is made of.
    pub fn terms(&self, position: usize) -> Terms<'_> {
        let member = &self.members[position];
        let worth = self.valuation.actor(member.actor).expect("only actors with preferences are admitted");
        let case = self.valuation.case();
        Terms {
            actor: member.actor,
            worth_before: member.worth_before,
            going_on: worth.saved_by_ending(case),
            ends: self.ends(member.actor, worth),
            leverage_left: member.leverage_left,
            patrons: &member.patrons,
            principals: &member.principals,
            judges_itself: member.judges_itself,
            own_fallback: member.own_fallback,
            linkages: &member.linkages,
            red_lines: &member.red_lines,
        }
    }

    /// Which deals are the first to meet the actor's `ends`.
    fn ends<'w>(&self, actor: ActorId, worth: &ActorWorth<'w>) -> Ends<'w> {
        if self.state.ended[actor.0] {
            return Ends::Never;
        }
        let case = self.valuation.case();
        match worth.ends {
            Some(condition) => {
                let before =
                    View { case, outcome: self.state.outcome.as_deref(), concluded: &self.state.concluded, deal: None };
                let held = before.outcome.is_some() && holds(&condition.expression, &before);
                if held { Ends::Never } else { Ends::When(&condition.expression) }
            }
            None if case.frameworks.is_empty() => Ends::Always,
            None => Ends::WithConclusion,
        }
    }

    /// Whether this deal is the first to meet the actor's `ends`.
    fn ends_now(&self, actor: ActorId, worth: &ActorWorth<'_>, after: &View<'_>, concludes: bool) -> bool {
        met(self.ends(actor, worth), after, concludes)
    }
}

/// Whether a deal ends what it takes this to end.
fn met(ends: Ends<'_>, after: &View<'_>, concludes: bool) -> bool {
    match ends {
        Ends::Never => false,
        Ends::Always => true,
        Ends::WithConclusion => concludes,
        Ends::When(condition) => holds(condition, after),
    }
}
