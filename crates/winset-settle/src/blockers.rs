//! Why a win-set is empty: minimal blocking sets, minimal corrections, causes, pivotal seats and shortfalls.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::ControlFlow;

use winset_case::{ActorId, Case, Outcome};
use winset_worth::{Deal, Valuation, View, follows_procedure, holds};

use crate::ballot::completions;
use crate::constraint::Constraint;
use crate::hitting::{Minimal, members, minimal_hitting_sets};
use crate::large::{Reading, met_somewhere};
use crate::refusal::Refusal;
use crate::table::{Deals, Table};
use crate::tally::Giving;
use winset_worth::Space;
use winset_worth::{NoMeeting, Seats};

/// Minimal blocking sets and corrections that are listed.
const SET_LIMIT: usize = 2_000;

/// Why a win-set is empty, in the terms of Putnam (1988) and Fearon (1995). Ordered: a headline takes the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Someone or something needed has no place here: the track is closed, nobody's consent could make a deal, or what the mandate
    /// asks for is not on the agenda.
    Exclusion,
    /// A delegation refuses what its principal would accept.
    Representation,
    /// The mandate asks for it; or the framework's benchmarks contradict each other.
    Mandate,
    /// A red line on where and how a deal is made.
    Procedure,
    /// A red line on what is agreed.
    Content,
    /// What the actors prefer leaves no room.
    PreferenceGap,
}

impl Cause {
    /// The word used in results.
    pub fn word(self) -> &'static str {
        match self {
            Cause::Exclusion => "exclusion",
            Cause::Representation => "representation",
            Cause::Mandate => "mandate",
            Cause::Procedure => "red line on procedure",
            Cause::Content => "red line on content",
            Cause::PreferenceGap => "preference gap",
        }
    }
}

/// Constraints that cannot hold together, none of which could be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockingSet {
    /// The constraints, in the table's order.
    pub constraints: Vec<Constraint>,
    /// Why.
    pub cause: Cause,
}

/// How far an actor's best deal is from what is needed of it, among the packages that would pass with it and do not without. Under consensus
/// these are the packages everyone else accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shortfall {
    /// By this much, in the actor's units, at this package.
    By {
        /// The best margin, negated.
        missing: i128,
        /// The package where it is least.
        package: Outcome,
    },
    /// All of them break a red line that no price moves.
    NoPrice {
        /// The best content margin, which ignores red lines, in the actor's units.
        content_margin: i128,
    },
    /// Nothing would pass even with it, so it is not defined.
    Undefined,
}

/// Why a win-set is empty.
#[derive(Debug, Clone)]
pub struct Blocked {
    /// The first cause of any blocking set.
    pub cause: Cause,
    /// Every minimal blocking set (minimal unsatisfiable subset), smallest first.
    pub blocking_sets: Vec<BlockingSet>,
    /// Every minimal correction set: drop one of these sets whole and a deal exists; smallest first.
    pub corrections: Vec<Vec<Constraint>>,
    /// Seats whose removal alone would open the win-set; the others are redundant (Tsebelis 2002: absorption).
    pub pivotal: Vec<ActorId>,
    /// Per judge, how far it is from accepting.
    pub shortfalls: Vec<(ActorId, Shortfall)>,
    /// Why nothing could be decided at all, whatever the packages.
    pub no_meeting: Option<NoMeeting>,
}

impl Default for Blocked {
    /// Nothing to judge: the cause is exclusion.
    fn default() -> Self {
        Blocked {
            cause: Cause::Exclusion,
            blocking_sets: Vec::new(),
            corrections: Vec::new(),
            pivotal: Vec::new(),
            shortfalls: Vec::new(),
            no_meeting: None,
        }
    }
}

/// Explains an empty win-set.
pub(crate) fn explain(table: &Table<'_>) -> Result<Blocked, Refusal> {
    let (corrections, shortfalls) = survey(table)?;
    let corrections = corrections.sorted();
    let blocking = minimal_hitting_sets(&corrections, SET_LIMIT).filter(|_| corrections.len() <= SET_LIMIT);
    let blocking = blocking.ok_or(Refusal::TooManyBlockingSets { limit: SET_LIMIT })?.sorted();
    let name = |set: u128| -> Vec<Constraint> { members(set).map(|bit| table.constraints[bit]).collect() };
    let blocking_sets: Vec<BlockingSet> = if corrections.is_empty() {
        Vec::new()
    } else {
        blocking
            .iter()
            .map(|&set| BlockingSet { constraints: name(set), cause: cause(table, set, &corrections) })
            .collect()
    };
    Ok(Blocked {
        cause: blocking_sets.iter().map(|set| set.cause).min().unwrap_or(Cause::Exclusion),
        corrections: corrections.iter().map(|&set| name(set)).collect(),
        blocking_sets,
        pivotal: pivotal(table)?,
        shortfalls,
        no_meeting: None,
    })
}

/// One pass over the packages: the minimal corrections, and each judge's best margin among what would pass with it.
fn survey(table: &Table<'_>) -> Result<(Minimal, Vec<(ActorId, Shortfall)>), Refusal> {
    let mut corrections = Minimal::default();
    let mut shortfalls: Vec<Shortfall> = table.judges.iter().map(|_| Shortfall::Undefined).collect();
    let mut judgements = Vec::new();
    let mut known: BTreeMap<Seats, Vec<Seats>> = BTreeMap::new();
    let mut completions = |yes: Seats| match known.entry(yes) {
        Entry::Occupied(entry) => Ok(entry.get().clone()),
        Entry::Vacant(entry) => Ok(entry.insert(completions(&table.ballot, yes)?).clone()),
    };
    let mut refused = None;
    table.space.each(|_, outcome| {
        if !table.is_deal(outcome) {
            return ControlFlow::Continue(());
        }
        let unmet = table.unmet(outcome);
        table.sitting.judge(outcome, table.concludes(outcome), &mut judgements);
        match table.ways_to_pass(unmet, &judgements, &mut completions) {
            Ok(sets) => sets.into_iter().for_each(|set| corrections.insert(set)),
            Err(refusal) => {
                refused = Some(refusal);
                return ControlFlow::Break(());
            }
        }
        for judge in (0..table.judges.len()).filter(|_| unmet == 0) {
            let passes_if = |gives| {
                let (yes, vetoing) = table.tally(&judgements, Some((judge, gives)));
                table.ballot.passes(yes, vetoing)
            };
            // Where its vote is not needed, it has only to let the deal pass.
            let slack = if passes_if(Giving::Room) {
                table.slack(judge).unwrap_or(0)
            } else if passes_if(Giving::Way) {
                0
            } else {
                continue;
            };
            let judgement = &judgements[table.judges[judge].1];
            let best = &mut shortfalls[judge];
            match (judgement.margin().map(|margin| -margin - slack), &*best) {
                (Some(short), Shortfall::By { missing, .. }) if short >= *missing => {}
                (Some(missing), _) => *best = Shortfall::By { missing, package: outcome.to_vec() },
                (None, Shortfall::By { .. }) => {}
                (None, Shortfall::NoPrice { content_margin }) if judgement.surplus() <= *content_margin => {}
                (None, _) => *best = Shortfall::NoPrice { content_margin: judgement.surplus() },
            }
        }
        ControlFlow::Continue(())
    });
    match refused {
        Some(refusal) => Err(refusal),
        None => Ok((corrections, table.judges.iter().map(|(judge, _)| *judge).zip(shortfalls).collect())),
    }
}

/// The cause of one blocking set: the first in order among those of its constraints.
pub(crate) fn cause(table: &Table<'_>, set: u128, corrections: &[u128]) -> Cause {
    let case = table.case();
    let constraints: Vec<Constraint> = members(set).map(|bit| table.constraints[bit]).collect();
    let only_mandate = constraints.iter().all(|constraint| constraint.actor().is_none());
    if only_mandate && could_be_met_off_agenda(table, &constraints) {
        return Cause::Exclusion;
    }
    if represented_otherwise(table, set, corrections) {
        return Cause::Representation;
    }
    constraints
        .iter()
        .map(|constraint| match constraint {
            Constraint::Mandate(..) => Cause::Mandate,
            // What conclusion means is nobody's choice of mandate: beside an actor's demand, the demand is the cause.
            Constraint::Benchmark(..) if only_mandate => Cause::Mandate,
            Constraint::RedLine(actor, line) => {
                let line = &case.actors[actor.0].red_lines[line.0];
                if follows_procedure(case, &line.when.expression) { Cause::Procedure } else { Cause::Content }
            }
            Constraint::Benchmark(..) | Constraint::Fallback(_) => Cause::PreferenceGap,
        })
        .min()
        .unwrap_or(Cause::Exclusion)
}

/// Whether what the mandate asks for could be met if every issue were on the agenda.
fn could_be_met_off_agenda(table: &Table<'_>, constraints: &[Constraint]) -> bool {
    let case = table.case();
    let everything: Vec<_> = (0..case.issues.len()).map(winset_case::IssueId).collect();
    let space = Space::of_any_size(case, table.space.outcome(0), &everything);
    let conditions: Vec<_> = constraints
        .iter()
        .filter_map(|constraint| match constraint {
            Constraint::Mandate(track, conjunct) => Some(case.tracks[track.0].mandate.as_ref()?.conjuncts()[*conjunct]),
            Constraint::Benchmark(framework, benchmark) => {
                let framework = &case.frameworks[framework.0];
                Some(&framework.benchmarks[benchmark.0].under(framework.reading).expression)
            }
            _ => None,
        })
        .collect();
    let met_by = |outcome: &[usize]| {
        let view: View<'_> = table.sitting.view(outcome, table.deals == Deals::Concluding);
        conditions.iter().all(|condition| holds(condition, &view))
    };
    // What stands may meet the mandate already, which then only leaves nothing new to agree: nothing is excluded.
    if table.state.outcome.as_deref().is_some_and(met_by) {
        return false;
    }
    if !space.listed() {
        let mut concluded = table.state.concluded.clone();
        if let Some(framework) = table.sitting.framework().filter(|_| table.deals == Deals::Concluding) {
            concluded[framework.0] = true;
        }
        let before = table.state.outcome.as_deref();
        let reading = Reading::standing(case, &space, before, &concluded);
        let reading = reading.of_deal(Deal { track: table.track, before });
        // Where conditions tie too many issues together the cause stays with the mandate.
        return met_somewhere(&reading, &conditions).unwrap_or(false);
    }
    let mut met = false;
    space.each(|_, outcome| {
        met = met_by(outcome);
        if met { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    met
}

/// Whether the set holds a demand of a delegation in whose place its principal's own demands would leave room for a deal.
fn represented_otherwise(table: &Table<'_>, set: u128, corrections: &[u128]) -> bool {
    let case = table.case();
    let of = |actor: ActorId| {
        table
            .constraints
            .iter()
            .enumerate()
            .filter(move |(_, constraint)| constraint.actor() == Some(actor))
            .fold(0_u128, |bits, (bit, _)| bits | 1 << bit)
    };
    table.judges.iter().any(|&(judge, _)| {
        let Some(principal) = case.actors[judge.0].principal else { return false };
        if set & of(judge) == 0 {
            return false;
        }
        let instead = set & !of(judge) | of(principal);
        // Constraints can hold together exactly if some correction leaves them all alone.
        corrections.iter().any(|correction| correction & instead == 0)
    })
}

/// Seats whose removal alone opens the win-set.
fn pivotal(table: &Table<'_>) -> Result<Vec<ActorId>, Refusal> {
    let mut pivotal = Vec::new();
    for &player in &table.players {
        let mut without: Case = table.case().clone();
        without.tracks[table.track.0].seats.retain(|seat| seat.actor != player);
        let valuation = Valuation::new(&without)?;
        let without = Table::new(&valuation, table.track, table.deals, table.state)?;
        let mut open = false;
        without.each_accepted(|_, _| {
            open = true;
            ControlFlow::Break(())
        });
        if open {
            pivotal.push(player);
        }
    }
    Ok(pivotal)
}
