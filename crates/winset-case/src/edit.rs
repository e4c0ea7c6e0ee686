//! Edits: one line changes one thing of a case. Levers, claims and comparisons are made of them.

use crate::model::{
    ActorId, BenchmarkId, BenchmarkReading, BlocId, Case, Channel, Condition, Decimal, Dynamics, Fallback, FrameworkId,
    IssueId, LeverId, LinkageId, MoveId, PackageId, Parameter, Policy, Quantity, ReadingId, RedLineId, Role, Rule,
    Seat, Status, TieId, TieKind, TrackId,
};

/// One change to a case, checked against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// As the analyst wrote it.
    pub text: String,
    /// What it does.
    pub change: Change,
}

/// What an edit does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Changes a number.
    Number(NumberTarget, Operator, Decimal),
    /// Takes away a red line's price: no price moves it any more.
    Unprice(ActorId, RedLineId),
    /// Drops a red line, or puts it back.
    RedLine(ActorId, RedLineId, bool),
    /// Drops a linkage, or puts it back.
    Linkage(ActorId, LinkageId, bool),
    /// Rewrites when an actor's conflict ends.
    Ends(ActorId, Condition),
    /// Rewrites what a red line refuses.
    RedLineWhen(ActorId, RedLineId, Condition),
    /// Rewrites when a linkage is earned.
    LinkageWhen(ActorId, LinkageId, Condition),
    /// Rewrites or drops a mandate.
    Mandate(TrackId, Option<Condition>),
    /// Adds an issue to an agenda, or takes it off.
    Agenda(TrackId, IssueId, bool),
    /// Gives an actor a seat with these roles; none: takes it away.
    Seat(TrackId, ActorId, Vec<Role>),
    /// Changes who must say yes.
    Rule(TrackId, Rule),
    /// Gives an actor a veto, or takes it away.
    Veto(TrackId, ActorId, bool),
    /// Opens or closes a track.
    Status(TrackId, Status),
    /// Changes the reading under which a framework concludes.
    Reading(FrameworkId, BenchmarkReading),
    /// Rewrites a benchmark under both readings; `None` drops it.
    Benchmark(FrameworkId, BenchmarkId, Option<Condition>),
    /// Switches a tie off, or on again.
    Tie(TieId, bool),
    /// Changes what a package settles on an issue.
    Content(PackageId, IssueId, usize),
    /// Changes what stands today.
    Today(IssueId, usize),
    /// Puts a lever in use, or out of use.
    Lever(LeverId, bool),
    /// Says whether a lever can be used.
    Available(LeverId, bool),
    /// Changes when a lever is used in a simulated round.
    Policy(LeverId, Policy),
    /// Takes up a reading of the case, before every other edit.
    Under(ReadingId),
}

/// A number an edit can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NumberTarget {
    /// An actor's fallback.
    Fallback(ActorId),
    /// An actor's cost of going on.
    CostOfGoingOn(ActorId),
    /// An actor's weight on an issue.
    Weight(ActorId, IssueId),
    /// An actor's value of an option.
    Value(ActorId, IssueId, usize),
    /// The price of a red line.
    Price(ActorId, RedLineId),
    /// The bonus of a linkage.
    Bonus(ActorId, LinkageId),
    /// A patron's leverage.
    Leverage(TieId),
    /// A lever's intensity.
    Intensity(LeverId),
    /// The quota of a track.
    Quota(TrackId),
    /// An actor's votes at a track.
    Votes(TrackId, ActorId),
    /// The share of a bloc that must say yes at a track.
    Share(TrackId, BlocId),
    /// How far below what it demands a veto holder still abstains at a track.
    Tolerance(TrackId, ActorId),
    /// What one unit of lever cost is worth to the owner who pays it.
    LeverCostUnit,
    /// What a move taken is worth to an actor who ranks states by weights.
    MoveWeight(ActorId, MoveId),
    /// A number of the simulation.
    Parameter(Parameter),
}

impl NumberTarget {
    /// The actor whose judgement of deals the number is part of: the one it belongs to, or the client a tie presses. `None` for what counts votes, and
    /// for how strongly a lever acts.
    pub fn judge(self, case: &Case) -> Option<ActorId> {
        match self {
            NumberTarget::Fallback(actor)
            | NumberTarget::CostOfGoingOn(actor)
            | NumberTarget::Weight(actor, _)
            | NumberTarget::Value(actor, ..)
            | NumberTarget::Price(actor, _)
            | NumberTarget::Bonus(actor, _) => Some(actor),
            NumberTarget::Leverage(tie) => Some(case.ties[tie.0].to),
            NumberTarget::Intensity(_)
            | NumberTarget::Quota(_)
            | NumberTarget::Votes(..)
            | NumberTarget::Share(..)
            | NumberTarget::Tolerance(..)
            | NumberTarget::LeverCostUnit
            | NumberTarget::MoveWeight(..)
            | NumberTarget::Parameter(_) => None,
        }
    }
}

/// What an edit does to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Set,
    /// `+=`
    Add,
    /// `-=`
    Subtract,
    /// `*=`
    Multiply,
}

impl Change {
    /// The channel this change acts through; `None` for edits no lever may make.
    pub fn channel(&self) -> Option<Channel> {
        Some(match self {
            Change::Number(target, ..) => match target {
                NumberTarget::Fallback(_) => Channel::Fallback,
                NumberTarget::CostOfGoingOn(_) => Channel::CostOfGoingOn,
                NumberTarget::Weight(..) | NumberTarget::Value(..) | NumberTarget::Bonus(..) => Channel::Worth,
                NumberTarget::Price(..) => Channel::RedLine,
                NumberTarget::Leverage(_) => Channel::Leverage,
                NumberTarget::Quota(_)
                | NumberTarget::Votes(..)
                | NumberTarget::Share(..)
                | NumberTarget::Tolerance(..) => Channel::Mandate,
                NumberTarget::Intensity(_)
                | NumberTarget::Parameter(_)
                | NumberTarget::LeverCostUnit
                | NumberTarget::MoveWeight(..) => return None,
            },
            Change::Unprice(..) | Change::RedLine(..) | Change::RedLineWhen(..) => Channel::RedLine,
            Change::Linkage(..) | Change::LinkageWhen(..) => Channel::Worth,
            Change::Tie(..) => Channel::Leverage,
            Change::Ends(..) => Channel::CostOfGoingOn,
            Change::Mandate(..) | Change::Rule(..) | Change::Veto(..) | Change::Reading(..) | Change::Benchmark(..) => {
                Channel::Mandate
            }
            Change::Agenda(..) => Channel::Agenda,
            Change::Seat(..) => Channel::Seat,
            Change::Status(..) => Channel::Track,
            Change::Content(..)
            | Change::Today(..)
            | Change::Lever(..)
            | Change::Available(..)
            | Change::Policy(..)
            | Change::Under(_) => {
                return None;
            }
        })
    }

    /// Whether this change only adds to a number, so that its order among others does not matter.
    pub fn only_adds(&self) -> bool {
        matches!(self, Change::Number(_, Operator::Add | Operator::Subtract, _))
    }

    /// Whether two changes touch the same thing, so that their order could matter.
    pub fn same_target(&self, other: &Change) -> bool {
        use Change as C;
        match (self, other) {
            (C::Number(a, ..), C::Number(b, ..)) => match (a, b) {
                (
                    NumberTarget::Fallback(x) | NumberTarget::CostOfGoingOn(x),
                    NumberTarget::Fallback(y) | NumberTarget::CostOfGoingOn(y),
                ) => x == y,
                _ => a == b,
            },
            (C::Unprice(a, line), C::Number(NumberTarget::Price(b, other), ..))
            | (C::Number(NumberTarget::Price(a, line), ..), C::Unprice(b, other))
            | (C::RedLine(a, line, _), C::RedLine(b, other, _))
            | (C::RedLineWhen(a, line, _), C::RedLineWhen(b, other, _)) => (a, line) == (b, other),
            (C::Linkage(a, linkage, _), C::Linkage(b, other, _))
            | (C::LinkageWhen(a, linkage, _), C::LinkageWhen(b, other, _)) => (a, linkage) == (b, other),
            (C::Ends(a, _), C::Ends(b, _)) => a == b,
            (C::Tie(a, _), C::Tie(b, _)) => a == b,
            (C::Mandate(a, _), C::Mandate(b, _))
            | (C::Rule(a, _), C::Rule(b, _))
            | (C::Status(a, _), C::Status(b, _)) => a == b,
            (C::Agenda(a, issue, _), C::Agenda(b, other, _)) => (a, issue) == (b, other),
            (C::Seat(a, actor, _), C::Seat(b, other, _)) | (C::Veto(a, actor, _), C::Veto(b, other, _)) => {
                (a, actor) == (b, other)
            }
            (C::Reading(a, _), C::Reading(b, _)) => a == b,
            (C::Benchmark(a, benchmark, _), C::Benchmark(b, other, _)) => (a, benchmark) == (b, other),
            _ => false,
        }
    }
}

impl Operator {
    fn apply(self, current: Decimal, operand: Decimal) -> Decimal {
        match self {
            Operator::Set => operand,
            Operator::Add => current.plus(operand),
            Operator::Subtract => current.plus(operand.negated()),
            Operator::Multiply => current.times(operand),
        }
    }
}

impl Case {
    /// Applies edits in order, after the reading they name if they name one. Levers are only marked as in use: see [`Case::with_levers`].
    pub fn apply(&mut self, edits: &[Edit]) {
        let reading = edits.iter().rev().find_map(|edit| match edit.change {
            Change::Under(reading) => Some(reading),
            _ => None,
        });
        if let Some(reading) = reading {
            self.read_as(reading);
        }
        for edit in edits.iter().filter(|edit| !matches!(edit.change, Change::Under(_))) {
            self.change(&edit.change, Decimal::ONE);
            self.applied.push(edit.clone());
        }
    }

    /// The case with the edits of every lever in use carried out, in the order of the file. They are done then, and gone from the result:
    /// carrying out twice is the same as once.
    #[must_use]
    pub fn with_levers(&self) -> Case {
        let mut case = self.clone();
        case.carry_out_levers();
        case
    }

    /// Carries out the edits of every lever in use, as [`Case::with_levers`] does, in place.
    pub fn carry_out_levers(&mut self) {
        for index in 0..self.levers.len() {
            if self.levers[index].on {
                let intensity = self.levers[index].intensity.value;
                for edit in std::mem::take(&mut self.levers[index].edits) {
                    self.change(&edit.change, intensity);
                }
            }
        }
    }

    /// Makes one change. What is added or taken away is multiplied by `intensity`: 1, or that of the lever whose change it is.
    pub fn change(&mut self, change: &Change, intensity: Decimal) {
        match change {
            Change::Number(target, operator, operand) => {
                let operand = match operator {
                    Operator::Add | Operator::Subtract => operand.times(intensity),
                    Operator::Set | Operator::Multiply => *operand,
                };
                self.change_number(*target, *operator, operand);
            }
            Change::Unprice(actor, line) => self.actors[actor.0].red_lines[line.0].price = None,
            Change::RedLine(actor, line, on) => self.actors[actor.0].red_lines[line.0].on = *on,
            Change::Linkage(actor, linkage, on) => self.actors[actor.0].linkages[linkage.0].on = *on,
            Change::Ends(actor, condition) => self.actors[actor.0].ends = Some(condition.clone()),
            Change::RedLineWhen(actor, line, condition) => {
                self.actors[actor.0].red_lines[line.0].when = condition.clone();
            }
            Change::LinkageWhen(actor, linkage, condition) => {
                self.actors[actor.0].linkages[linkage.0].when = condition.clone();
            }
            Change::Mandate(track, mandate) => self.tracks[track.0].mandate.clone_from(mandate),
            Change::Agenda(track, issue, add) => {
                let agenda = &mut self.tracks[track.0].agenda;
                agenda.retain(|entry| entry != issue);
                if *add {
                    agenda.push(*issue);
                    agenda.sort_unstable();
                }
            }
            Change::Seat(track, actor, roles) => {
                let seats = &mut self.tracks[track.0].seats;
                match seats.iter_mut().find(|seat| seat.actor == *actor) {
                    Some(seat) => seat.roles.clone_from(roles),
                    None => seats.push(Seat { actor: *actor, roles: roles.clone() }),
                }
                seats.retain(|seat| !seat.roles.is_empty());
            }
            Change::Rule(track, rule) => self.tracks[track.0].rule = *rule,
            Change::Veto(track, actor, add) => {
                let veto = &mut self.tracks[track.0].voting.veto;
                veto.retain(|holder| holder != actor);
                if *add {
                    veto.push(*actor);
                }
            }
            Change::Status(track, status) => self.tracks[track.0].status = *status,
            Change::Reading(framework, reading) => self.frameworks[framework.0].reading = *reading,
            Change::Benchmark(framework, benchmark, condition) => {
                let benchmark = &mut self.frameworks[framework.0].benchmarks[benchmark.0];
                benchmark.on = condition.is_some();
                if let Some(condition) = condition {
                    benchmark.nominal = condition.clone();
                    benchmark.strict = condition.clone();
                }
            }
            Change::Tie(tie, on) => self.ties[tie.0].on = *on,
            Change::Content(package, issue, option) => {
                let content = &mut self.packages[package.0].content;
                content.retain(|(settled, _)| settled != issue);
                content.push((*issue, *option));
                content.sort_unstable();
            }
            Change::Today(issue, option) => self.issues[issue.0].today = *option,
            Change::Lever(lever, on) => self.levers[lever.0].on = *on,
            Change::Available(lever, available) => self.levers[lever.0].available = *available,
            Change::Policy(lever, policy) => {
                self.dynamics.policies.insert(*lever, policy.clone());
            }
            Change::Under(reading) => self.read_as(*reading),
        }
    }

    fn change_number(&mut self, target: NumberTarget, operator: Operator, operand: Decimal) {
        let not_negative = |value: Decimal| value.max(Decimal::ZERO);
        match target {
            NumberTarget::Fallback(actor) => match (&mut self.actors[actor.0].fallback, operator) {
                (Some(Fallback::Worth(worth)), _) => worth.value = operator.apply(worth.value, operand),
                (Some(Fallback::CostOfGoingOn(cost) | Fallback::War { cost, .. }), Operator::Add) => {
                    cost.value = cost.value.plus(operand.negated());
                }
                (Some(Fallback::CostOfGoingOn(cost) | Fallback::War { cost, .. }), Operator::Subtract) => {
                    cost.value = cost.value.plus(operand);
                }
                (fallback, _) => *fallback = Some(Fallback::Worth(Quantity::point(operand))),
            },
            NumberTarget::CostOfGoingOn(actor) => match (&mut self.actors[actor.0].fallback, operator) {
                (Some(Fallback::CostOfGoingOn(cost)), _)
                | (Some(Fallback::War { cost, .. }), Operator::Add | Operator::Subtract) => {
                    cost.value = operator.apply(cost.value, operand);
                }
                (Some(Fallback::Worth(worth)), Operator::Add) => worth.value = worth.value.plus(operand.negated()),
                (Some(Fallback::Worth(worth)), Operator::Subtract) => worth.value = worth.value.plus(operand),
                (fallback, _) => *fallback = Some(Fallback::CostOfGoingOn(Quantity::point(operand))),
            },
            NumberTarget::Weight(actor, issue) => {
                if let Some(weight) = &mut self.actors[actor.0].weights[issue.0] {
                    weight.value = not_negative(operator.apply(weight.value, operand));
                }
            }
            NumberTarget::Value(actor, issue, option) => {
                let value = &mut self.actors[actor.0].values[issue.0][option];
                value.value = not_negative(operator.apply(value.value, operand)).min(Decimal::ONE);
            }
            NumberTarget::Price(actor, line) => {
                let price = &mut self.actors[actor.0].red_lines[line.0].price;
                match price {
                    Some(price) => price.value = not_negative(operator.apply(price.value, operand)),
                    None if operator == Operator::Set => *price = Some(Quantity::point(not_negative(operand))),
                    // No price moves the line, so none can be raised or lowered.
                    None => {}
                }
            }
            NumberTarget::Bonus(actor, linkage) => {
                let bonus = &mut self.actors[actor.0].linkages[linkage.0].bonus;
                bonus.value = operator.apply(bonus.value, operand);
            }
            NumberTarget::Leverage(tie) => {
                if let TieKind::Patron(leverage) = &mut self.ties[tie.0].kind {
                    leverage.value = not_negative(operator.apply(leverage.value, operand));
                }
            }
            NumberTarget::Intensity(lever) => {
                let intensity = &mut self.levers[lever.0].intensity;
                intensity.value = not_negative(operator.apply(intensity.value, operand));
            }
            NumberTarget::Quota(track) => {
                let quota = &mut self.tracks[track.0].voting.quota;
                match quota {
                    Some(quota) => quota.value = not_negative(operator.apply(quota.value, operand)),
                    // Without a quota there is none to raise or lower.
                    None => *quota = (operator == Operator::Set).then(|| Quantity::point(not_negative(operand))),
                }
            }
            NumberTarget::Votes(track, actor) => {
                let votes = &mut self.tracks[track.0].voting.votes;
                let votes = entry_or(votes, actor, Decimal::ONE);
                votes.value = not_negative(operator.apply(votes.value, operand));
            }
            NumberTarget::Share(track, bloc) => {
                let share = &mut self.tracks[track.0].voting.blocs[bloc.0].share;
                share.value = not_negative(operator.apply(share.value, operand)).min(Decimal::ONE);
            }
            NumberTarget::Tolerance(track, actor) => {
                let tolerances = &mut self.tracks[track.0].voting.abstains;
                let tolerance = entry_or(tolerances, actor, Decimal::ZERO);
                tolerance.value = not_negative(operator.apply(tolerance.value, operand));
            }
            NumberTarget::LeverCostUnit => {
                let unit = &mut self.game.lever_cost_unit;
                unit.value = not_negative(operator.apply(unit.value, operand));
            }
            NumberTarget::MoveWeight(actor, held) => {
                if let Some(weight) = self.game.move_weight_mut(actor, held) {
                    weight.value = operator.apply(weight.value, operand);
                }
            }
            NumberTarget::Parameter(parameter) => {
                let value = Dynamics::held(parameter, operator.apply(self.parameter(parameter), operand));
                let number = self.dynamics.numbers.entry(parameter);
                number.or_insert_with(|| Quantity::point(value)).value = value;
            }
        }
    }
}

/// The entry of an actor in a table of numbers, made if it is not there.
fn entry_or(table: &mut Vec<(ActorId, Quantity)>, actor: ActorId, default: Decimal) -> &mut Quantity {
    let position = table.iter().position(|(other, _)| *other == actor).unwrap_or_else(|| {
        table.push((actor, Quantity::point(default)));
        table.len() - 1
    });
    &mut table[position].1
}
