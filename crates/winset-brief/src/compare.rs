//! Options side by side: what each buys, who gains, what it costs and what stays unmet (the model, section 1).

use std::sync::Mutex;

use winset_case::{ActorId, Case, Decimal, LeverId, PolicyOption, TrackId};
use winset_settle::{BigRational, Constraint, Deals};

use crate::answers::Answers;
use crate::brief::TableBrief;
use crate::claims::Status;

/// Options of a case beside what stands.
#[derive(Debug)]
pub struct Comparison {
    /// The case as it stands, under whatever the question started from.
    pub today: Answers,
    /// Each option, in the order asked.
    pub options: Vec<OptionAnswers>,
}

/// What a case comes to with one option taken.
#[derive(Debug)]
pub struct OptionAnswers {
    /// The option.
    pub option: PolicyOption,
    /// The answers.
    pub answers: Answers,
    /// The levers it puts in use that were not.
    pub levers: Vec<LeverId>,
    /// What those cost, by who owns them.
    pub costs: Vec<(Option<ActorId>, Decimal)>,
}

/// What an option does to the deals of one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableChange {
    /// As many deals as without it.
    Same,
    /// None before, some now.
    Opened,
    /// Some before, none now.
    Shut,
    /// More or fewer.
    Changed,
    /// Some before and now, and how many is not known: the table is too large to list.
    Open,
    /// Not known, before or now.
    Unknown,
}

impl TableChange {
    /// The word used in results.
    pub fn word(self) -> &'static str {
        match self {
            TableChange::Same => "same",
            TableChange::Opened => "opened",
            TableChange::Shut => "shut",
            TableChange::Changed => "changed",
            TableChange::Open => "open",
            TableChange::Unknown => "not computed",
        }
    }

    /// What became of a table.
    pub fn between(before: &TableBrief, after: &TableBrief) -> Self {
        match (before.has_deal(), after.has_deal()) {
            (Some(false), Some(false)) => TableChange::Same,
            (Some(false), Some(true)) => TableChange::Opened,
            (Some(true), Some(false)) => TableChange::Shut,
            (Some(true), Some(true)) => match (before.acceptable(), after.acceptable()) {
                (Some(before), Some(after)) if before == after => TableChange::Same,
                (Some(_), Some(_)) => TableChange::Changed,
                _ => TableChange::Open,
            },
            _ => TableChange::Unknown,
        }
    }
}

/// What became of the minimal blocking sets of an empty table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BlockingChange {
    /// Those that still block.
    pub still: Vec<Vec<Constraint>>,
    /// Those that did not before.
    pub new: Vec<Vec<Constraint>>,
    /// Those that no longer do.
    pub gone: Vec<Vec<Constraint>>,
}

impl BlockingChange {
    /// What became of the blocking sets of a table.
    pub fn between(before: &TableBrief, after: &TableBrief) -> Self {
        let (before, after) = (blocking_sets(before), blocking_sets(after));
        let gone = before.iter().filter(|set| !after.contains(set)).cloned().collect();
        let (still, new) = after.into_iter().partition(|set| before.contains(set));
        BlockingChange { still, new, gone }
    }
}

/// The minimal blocking sets of a table, each sorted.
pub(crate) fn blocking_sets(table: &TableBrief) -> Vec<Vec<Constraint>> {
    let sorted = |set: &winset_settle::BlockingSet| {
        let mut constraints = set.constraints.clone();
        constraints.sort_unstable();
        constraints
    };
    table.blocked().map_or_else(Vec::new, |blocked| blocked.blocking_sets.iter().map(sorted).collect())
}

impl Comparison {
    /// Compares options with the case as it stands, on so many threads: no answer depends on how many.
    pub fn of(case: &Case, options: &[PolicyOption], threads: usize) -> Self {
        let mut cases: Vec<Case> = options.iter().map(|option| option.applied_to(case)).collect();
        cases.push(case.clone());
        let mut answers = all_answers(cases, threads);
        let today = answers.pop().unwrap_or_else(|| Answers::of(case.clone()));
        let compared = options.iter().zip(answers).map(|(option, answers)| {
            let is_new = |lever: &LeverId| answers.case.levers[lever.0].on && !case.levers[lever.0].on;
            let levers: Vec<LeverId> = (0..case.levers.len()).map(LeverId).filter(is_new).collect();
            let costs = costs(&answers.case, &levers);
            OptionAnswers { option: option.clone(), answers, levers, costs }
        });
        Comparison { options: compared.collect(), today }
    }

    /// Per table, in the order of the case, what an option does to its deals.
    pub fn tables<'c>(
        &'c self,
        option: &'c OptionAnswers,
    ) -> impl Iterator<Item = (TrackId, Deals, &'c TableBrief, &'c TableBrief, TableChange)> + 'c {
        self.today.tables().filter_map(|(track, deals, before)| {
            let after = option.answers.table(track, deals)?;
            let change = TableChange::between(before, after);
            Some((track, deals, before, after, change))
        })
    }

    /// Per actor for whom both are known, how much more the end of the process is worth to it with the option than without.
    pub fn gains(&self, option: &OptionAnswers) -> Vec<(ActorId, BigRational)> {
        let (Ok(before), Ok(after)) = (&self.today.end, &option.answers.end) else { return Vec::new() };
        let pairs = before.payoffs.iter().zip(&after.payoffs).enumerate();
        pairs
            .filter_map(|(actor, (before, after))| {
                Some((ActorId(actor), &after.as_ref()?.here - &before.as_ref()?.here))
            })
            .collect()
    }

    /// The actors whose weights or values an option changes: their worth with it and without are not measured alike.
    pub fn revalued(&self, option: &OptionAnswers) -> Vec<ActorId> {
        let (before, after) = (self.today.case.with_levers(), option.answers.case.with_levers());
        let changed = |actor: &ActorId| {
            let (before, after) = (&before.actors[actor.0], &after.actors[actor.0]);
            let numbers = |actor: &winset_case::Actor| {
                let weights = actor.weights.iter().map(|weight| weight.as_ref().map(|weight| weight.value));
                let values = actor.values.iter().flatten().map(|value| Some(value.value));
                weights.chain(values).collect::<Vec<_>>()
            };
            numbers(before) != numbers(after) || before.out_of != after.out_of
        };
        (0..before.actors.len()).map(ActorId).filter(changed).collect()
    }

    /// The claims whose verdict an option changes, with the verdict before and after.
    pub fn claims(&self, option: &OptionAnswers) -> Vec<(usize, Status, Status)> {
        let pairs = self.today.claims.iter().zip(&option.answers.claims);
        pairs
            .filter(|(before, after)| before.status != after.status)
            .map(|(before, after)| (before.claim, before.status, after.status))
            .collect()
    }
}

/// The answers about every case, in their order. Each is found by itself, on so many threads.
pub(crate) fn all_answers(cases: Vec<Case>, threads: usize) -> Vec<Answers> {
    let workers = threads.clamp(1, cases.len().max(1));
    let waiting = Mutex::new(cases.into_iter().enumerate());
    let next = || waiting.lock().ok().and_then(|mut cases| cases.next());
    let work = || std::iter::from_fn(next).map(|(number, case)| (number, Answers::of(case))).collect::<Vec<_>>();
    let mut found: Vec<(usize, Answers)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    found.sort_by_key(|(number, _)| *number);
    found.into_iter().map(|(_, answers)| answers).collect()
}

/// What levers cost, by owner, in the order of the case; those nobody owns last.
fn costs(case: &Case, levers: &[LeverId]) -> Vec<(Option<ActorId>, Decimal)> {
    let mut costs: Vec<(Option<ActorId>, Decimal)> = Vec::new();
    for lever in levers.iter().map(|lever| &case.levers[lever.0]) {
        match costs.iter_mut().find(|(owner, _)| *owner == lever.owner) {
            Some((_, cost)) => *cost = cost.plus(lever.cost.value),
            None => costs.push((lever.owner, lever.cost.value)),
        }
    }
    costs.sort_by_key(|(owner, _)| (owner.is_none(), *owner));
    costs
}
