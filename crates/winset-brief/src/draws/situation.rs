//! A case under edits, and how to give it other numbers.

use winset_case::edit::{Change, NumberTarget};
use winset_case::{ActorId, Case, Decimal, Edit, LeverId};
use winset_settle::ActorNumbers;
use winset_worth::NotComputable;

use super::bases::{Base, Switch, Values};
use crate::numbers::NumberPlace;

/// A case under the edits of a claim, with its levers carried out.
#[derive(Debug)]
pub(crate) struct Situation {
    pub(crate) case: Case,
    /// The case before its levers were carried out: what questions about levers start from.
    pub(crate) before_levers: Case,
    /// Which numbers it starts from.
    pub(crate) base: usize,
    /// What edits and levers do to numbers, in order, with the lever whose strength multiplies it.
    changes: Vec<(Change, Option<LeverId>)>,
}

/// Where one actor's numbers come from: what must be put into which case before they are worked out.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) situation: usize,
    pub(crate) actor: Option<ActorId>,
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    Number(NumberPlace, usize),
    Switch(Switch, usize),
    Change(usize),
}

impl Situation {
    /// The situation of a case under edits; with `levers`, exactly these in use.
    pub(crate) fn new(case: &Case, edits: &[Edit], levers: Option<&[LeverId]>, base: usize) -> Self {
        let mut case = case.clone();
        case.apply(edits);
        if let Some(levers) = levers {
            for (index, lever) in case.levers.iter_mut().enumerate() {
                lever.on = levers.contains(&LeverId(index));
            }
        }
        let mut changes: Vec<(Change, Option<LeverId>)> = case
            .applied
            .iter()
            .filter(|edit| changes_numbers(&edit.change))
            .map(|edit| (edit.change.clone(), None))
            .collect();
        for (index, lever) in case.levers.iter().enumerate().filter(|(_, lever)| lever.on) {
            let edits = lever.edits.iter().filter(|edit| changes_numbers(&edit.change));
            changes.extend(edits.map(|edit| (edit.change.clone(), Some(LeverId(index)))));
        }
        // What no question about numbers reads.
        case.claims.clear();
        case.events.clear();
        case.sources.clear();
        let before_levers = case.clone();
        case.carry_out_levers();
        Situation { case, before_levers, base, changes }
    }

    /// Where the numbers of an actor come from; of everything, for none.
    pub(crate) fn source(&self, index: usize, base: &Base, actor: Option<ActorId>) -> Source {
        let chain = actor.map(|actor| chain(&self.case, actor));
        let ours = |place: NumberPlace| chain.as_ref().is_none_or(|chain| concerns(&self.case, place, chain));
        let numbers = base.numbers.iter().enumerate().filter(|(_, number)| ours(number.place));
        let mut steps: Vec<Step> = numbers.map(|(index, number)| Step::Number(number.place, index)).collect();
        for (index, drawn) in base.switches.iter().enumerate() {
            let concerned = chain.as_ref().is_none_or(|chain| match drawn.switch {
                Switch::RedLine(actor, _) | Switch::Linkage(actor, _) => chain.contains(&actor),
                Switch::Tie(tie) => chain.contains(&self.case.ties[tie.0].to),
            });
            if concerned {
                steps.push(Step::Switch(drawn.switch, index));
            }
        }
        let changes =
            self.changes.iter().enumerate().filter(|(_, (change, _))| {
                chain.as_ref().is_none_or(|chain| change_concerns(&self.case, change, chain))
            });
        steps.extend(changes.map(|(index, _)| Step::Change(index)));
        Source { situation: index, actor, steps }
    }

    /// What makes one actor's numbers differ from those in another situation: two with the same signature are the same in every draw.
    pub(crate) fn signature(&self, actor: ActorId, case: &Case) -> Vec<String> {
        let chain = chain(case, actor);
        let mut signature: Vec<String> = self
            .changes
            .iter()
            .filter(|(change, _)| change_concerns(&self.case, change, &chain))
            .map(|(change, lever)| format!("{change:?} {lever:?}"))
            .collect();
        // What today is worth can hang on anything but the tables themselves.
        let elsewhere = self.case.applied.iter().filter(|edit| {
            !changes_numbers(&edit.change)
                && !matches!(
                    edit.change,
                    Change::Mandate(..)
                        | Change::Agenda(..)
                        | Change::Seat(..)
                        | Change::Rule(..)
                        | Change::Veto(..)
                        | Change::Status(..)
                        | Change::RedLineWhen(..)
                        | Change::Available(..)
                )
        });
        signature.extend(elsewhere.map(|edit| edit.text.clone()));
        let used = self.case.levers.iter().filter(|lever| lever.on).map(|lever| format!("lever {}", lever.id));
        signature.extend(used);
        signature
    }

    /// The numbers in the base that a source reads.
    pub(crate) fn reads(source: &Source) -> impl Iterator<Item = usize> + '_ {
        source.steps.iter().filter_map(|step| match step {
            Step::Number(_, index) => Some(*index),
            _ => None,
        })
    }

    /// Puts a draw's numbers into a case of this situation.
    pub(crate) fn put(&self, source: &Source, values: &Values, case: &mut Case) {
        for step in &source.steps {
            match step {
                Step::Number(place, index) => place.set(case, values.numbers[*index]),
                Step::Switch(switch, index) => {
                    let on = values.switches[*index];
                    match *switch {
                        Switch::RedLine(actor, line) => case.actors[actor.0].red_lines[line.0].on = on,
                        Switch::Linkage(actor, linkage) => case.actors[actor.0].linkages[linkage.0].on = on,
                        Switch::Tie(tie) if !on => NumberPlace::Tie(tie).set(case, Decimal::ZERO),
                        Switch::Tie(_) => {}
                    }
                }
                Step::Change(index) => {
                    let (change, lever) = &self.changes[*index];
                    let intensity = lever.map_or(Decimal::ONE, |lever| case.levers[lever.0].intensity.value);
                    case.change(change, intensity);
                }
            }
        }
    }

    /// Works out the numbers of a source's actor.
    pub(crate) fn numbers(
        &self,
        source: &Source,
        values: &Values,
        case: &mut Case,
    ) -> Result<Option<ActorNumbers>, NotComputable> {
        self.put(source, values, case);
        source.actor.map_or(Ok(None), |actor| ActorNumbers::of(case, actor))
    }
}

/// Whether a change must be made again after numbers have been drawn.
fn changes_numbers(change: &Change) -> bool {
    matches!(change, Change::Number(..) | Change::Unprice(..) | Change::RedLine(..) | Change::Linkage(..))
}

/// An actor and its principals, outermost last.
fn chain(case: &Case, actor: ActorId) -> Vec<ActorId> {
    std::iter::successors(Some(actor), |actor| case.actors[actor.0].principal).collect()
}

/// Whether a number can matter to what deals are worth to these actors.
fn concerns(case: &Case, place: NumberPlace, chain: &[ActorId]) -> bool {
    match place {
        NumberPlace::Fallback(actor, _)
        | NumberPlace::Weight(actor, _)
        | NumberPlace::Value(actor, ..)
        | NumberPlace::Price(actor, _)
        | NumberPlace::Bonus(actor, _) => chain.contains(&actor),
        NumberPlace::Tie(tie) => chain.contains(&case.ties[tie.0].to),
        // How strongly a lever acts: it is small work to set them all.
        NumberPlace::Intensity(_) => true,
        NumberPlace::Quota(_)
        | NumberPlace::Votes(..)
        | NumberPlace::Tolerance(..)
        | NumberPlace::Share(..)
        | NumberPlace::Cost(_)
        | NumberPlace::LeverCostUnit
        | NumberPlace::MoveWeight(..) => false,
    }
}

fn change_concerns(case: &Case, change: &Change, chain: &[ActorId]) -> bool {
    match change {
        // How strongly a lever acts can matter to anyone.
        Change::Number(NumberTarget::Intensity(_), ..) => true,
        Change::Number(target, ..) => target.judge(case).is_some_and(|judge| chain.contains(&judge)),
        Change::Unprice(actor, _) | Change::RedLine(actor, ..) | Change::Linkage(actor, ..) => chain.contains(actor),
        _ => false,
    }
}
