//! A case under edits, and how to give it other numbers.

use winset_case::edit::{Change, NumberTarget};
use winset_case::{ActorId, Case, Decimal, Edit, LeverId};
use winset_settle::ActorNumbers;
use winset_worth::{NotComputable, mentions};

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

/// Which numbers are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// What one actor's judgement is made of.
    Actor(ActorId),
    /// What counts votes.
    Rules,
    /// All of them.
    Everything,
}

/// Where numbers come from: what must be put into which case before they are worked out.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) situation: usize,
    pub(crate) part: Part,
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

    /// Where the numbers of a part come from.
    pub(crate) fn source(&self, index: usize, base: &Base, part: Part) -> Source {
        let concerned = Concerned::by(&self.case, part);
        let changes: Vec<(usize, Option<LeverId>)> = self
            .changes
            .iter()
            .enumerate()
            .filter(|(_, (change, _))| concerned.changed_by(change))
            .map(|(index, (_, lever))| (index, *lever))
            .collect();
        let read = |place: NumberPlace| match place {
            // How strongly a lever acts matters where it acts, or where its strength is itself changed.
            NumberPlace::Intensity(lever) => {
                part == Part::Everything || changes.iter().any(|(_, acting)| *acting == Some(lever))
            }
            place => concerned.of(place),
        };
        let numbers = base.numbers.iter().enumerate().filter(|(_, number)| read(number.place));
        let mut steps: Vec<Step> = numbers.map(|(index, number)| Step::Number(number.place, index)).collect();
        for (index, drawn) in base.switches.iter().enumerate() {
            let switched = match drawn.switch {
                Switch::RedLine(actor, _) | Switch::Linkage(actor, _) => actor,
                Switch::Tie(tie) => self.case.ties[tie.0].to,
            };
            if concerned.actor(switched) {
                steps.push(Step::Switch(drawn.switch, index));
            }
        }
        steps.extend(changes.into_iter().map(|(index, _)| Step::Change(index)));
        Source { situation: index, part, steps }
    }

    /// What makes one actor's numbers differ from those in another situation: two with the same signature are the same in every draw.
    pub(crate) fn signature(&self, actor: ActorId) -> Vec<String> {
        let concerned = Concerned::by(&self.case, Part::Actor(actor));
        let acting = self.changes.iter().filter(|(change, _)| concerned.changed_by(change));
        let mut signature: Vec<String> = acting.map(|(change, lever)| format!("{change:?} {lever:?}")).collect();
        // What today is worth to it can hang on more than its numbers.
        let used = || self.before_levers.levers.iter().enumerate().filter(|(_, lever)| lever.on);
        let edits = self.case.applied.iter().chain(used().flat_map(|(_, lever)| &lever.edits));
        signature.extend(edits.filter(|edit| concerned.reshaped_by(&edit.change)).map(|edit| edit.text.clone()));
        let asked_for = used().filter(|(index, _)| concerned.asks_for(LeverId(*index)));
        signature.extend(asked_for.map(|(_, lever)| format!("lever {}", lever.id)));
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

    /// Works out the numbers of a source: those of its actor, if it is about one.
    pub(crate) fn numbers(
        &self,
        source: &Source,
        values: &Values,
        case: &mut Case,
    ) -> Result<Option<ActorNumbers>, NotComputable> {
        self.put(source, values, case);
        match source.part {
            Part::Actor(actor) => ActorNumbers::of(case, actor),
            Part::Rules | Part::Everything => Ok(None),
        }
    }
}

/// Whether a change must be made again after numbers have been drawn.
fn changes_numbers(change: &Change) -> bool {
    matches!(change, Change::Number(..) | Change::Unprice(..) | Change::RedLine(..) | Change::Linkage(..))
}

/// Whose numbers a part is made of.
struct Concerned<'c> {
    case: &'c Case,
    part: Part,
    /// The actor and its principals, outermost last.
    chain: Vec<ActorId>,
}

impl<'c> Concerned<'c> {
    fn by(case: &'c Case, part: Part) -> Self {
        let first = if let Part::Actor(actor) = part { Some(actor) } else { None };
        let chain = std::iter::successors(first, |actor| case.actors[actor.0].principal).collect();
        Concerned { case, part, chain }
    }

    fn actor(&self, actor: ActorId) -> bool {
        self.part == Part::Everything || self.chain.contains(&actor)
    }

    /// Whether a number is one of them.
    fn of(&self, place: NumberPlace) -> bool {
        match place {
            NumberPlace::Fallback(actor, _)
            | NumberPlace::Weight(actor, _)
            | NumberPlace::Value(actor, ..)
            | NumberPlace::Price(actor, _)
            | NumberPlace::Bonus(actor, _) => self.actor(actor),
            NumberPlace::Tie(tie) => self.actor(self.case.ties[tie.0].to),
            NumberPlace::Quota(_) | NumberPlace::Votes(..) | NumberPlace::Tolerance(..) | NumberPlace::Share(..) => {
                !matches!(self.part, Part::Actor(_))
            }
            NumberPlace::Intensity(_)
            | NumberPlace::LeverCostUnit
            | NumberPlace::MoveWeight(..)
            | NumberPlace::Cost(_)
            | NumberPlace::Parameter(_) => self.part == Part::Everything,
        }
    }

    /// Whether a change that is made again in every draw changes them.
    fn changed_by(&self, change: &Change) -> bool {
        match change {
            // How strongly a lever acts can matter to anything.
            Change::Number(NumberTarget::Intensity(_), ..) => true,
            Change::Number(target, ..) => match target.judge(self.case) {
                Some(judge) => self.actor(judge),
                None => !matches!(self.part, Part::Actor(_)),
            },
            Change::Unprice(actor, _) | Change::RedLine(actor, ..) | Change::Linkage(actor, ..) => self.actor(*actor),
            _ => self.part == Part::Everything,
        }
    }

    /// Whether a change that is made once for all can make them others: through what stands today, or when linkages are earned in it.
    fn reshaped_by(&self, change: &Change) -> bool {
        match change {
            Change::LinkageWhen(actor, ..) => self.actor(*actor),
            Change::Tie(tie, _) => self.actor(self.case.ties[tie.0].to),
            Change::Reading(..) | Change::Benchmark(..) | Change::Today(..) | Change::Under(_) => true,
            Change::Number(..)
            | Change::Unprice(..)
            | Change::RedLine(..)
            | Change::Linkage(..)
            | Change::Ends(..)
            | Change::RedLineWhen(..)
            | Change::Mandate(..)
            | Change::Agenda(..)
            | Change::Seat(..)
            | Change::Rule(..)
            | Change::Veto(..)
            | Change::Status(..)
            | Change::Content(..)
            | Change::Lever(..)
            | Change::Available(..)
            | Change::Policy(..) => false,
        }
    }

    /// Whether some linkage of theirs asks if the lever is in use.
    fn asks_for(&self, lever: LeverId) -> bool {
        let linkages = self.chain.iter().flat_map(|actor| &self.case.actors[actor.0].linkages);
        linkages.into_iter().any(|linkage| mentions(self.case, &linkage.when.expression, lever))
    }
}
