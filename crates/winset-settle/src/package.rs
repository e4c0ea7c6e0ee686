//! What one actor makes of one named package at one track.

use std::ops::ControlFlow;

use num_rational::BigRational;
use winset_case::{ActorId, Case, PackageId, TrackId};
use winset_worth::{Judgement, Sitting, State, Valuation};

use crate::aftermath::{Aftermath, Imposed};
use crate::refusal::Refusal;
use crate::solutions::ratio;
use crate::table::{Deals, Table, can_meet};
use winset_worth::Vote;

/// One actor's judgement of a whole package made at a track from today, agenda and mandate aside.
#[derive(Debug, Clone, Copy)]
pub struct PackageJudgement {
    /// The judgement, in the actor's units.
    pub judgement: Judgement,
    /// Units in a worth of 1.
    pub unit: i128,
    /// Whether a deal to it would conclude the track's framework.
    pub concludes: bool,
    /// Whether the actor and every principal it answers to accept.
    pub accepted: bool,
}

/// What an actor makes of a package made at a track, from today. `None` if it has no preferences.
///
/// # Errors
///
/// Where numbers cannot be computed exactly.
pub fn judge_package(
    case: &Case,
    actor: ActorId,
    package: PackageId,
    track: TrackId,
) -> Result<Option<PackageJudgement>, Refusal> {
    let case = &case.with_levers();
    let valuation = Valuation::new(case)?;
    let state = State::today(case);
    let outcome = case.outcome(package);
    let sitting = Sitting::new(&valuation, track, &state, &[actor]);
    let (Some(position), Some(worth)) = (sitting.position(actor), valuation.actor(actor)) else { return Ok(None) };
    let concludes = sitting.concludes(&outcome);
    let mut judgements = Vec::new();
    sitting.judge(&outcome, concludes, &mut judgements);
    let accepted = sitting.consents(position, &judgements);
    Ok(Some(PackageJudgement { judgement: judgements[position], unit: worth.unit, concludes, accepted }))
}

/// How the seats of a track vote on one package made there from today, agenda and mandate aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageVote {
    /// Who votes, and how.
    pub votes: Vec<(ActorId, Vote)>,
    /// Whether that makes it a deal; never where the track cannot meet.
    pub passes: bool,
    /// On whom it would be imposed.
    pub imposed: Vec<Imposed>,
}

/// How the seats of a track vote on a package made there, from today, agenda and mandate aside.
///
/// # Errors
///
/// Where the table is larger than this version lists, or its numbers cannot be computed exactly.
pub fn vote_on_package(case: &Case, package: PackageId, track: TrackId) -> Result<PackageVote, Refusal> {
    let case = &case.with_levers();
    let valuation = Valuation::new(case)?;
    let state = State::today(case);
    let table = Table::of_any_size(&valuation, track, Deals::Mandate, &state)?;
    let outcome = case.outcome(package);
    let mut judgements = Vec::new();
    table.sitting.judge(&outcome, table.concludes(&outcome), &mut judgements);
    let passes = can_meet(case, track) && table.accepted(&judgements);
    let (votes, imposed) = Aftermath::new(&table).votes(&outcome);
    let votes = table.players.iter().copied().zip(votes).collect();
    Ok(PackageVote { votes, passes, imposed })
}

/// An actor's share of the gain it could have had: (worth − fallback) / (best − fallback). The best is over what the seats there accept, or,
/// where they accept nothing, over everything the track could decide. Returned with whether they accept anything.
///
/// # Errors
///
/// Where the table is larger than this version lists, or its numbers cannot be computed exactly.
pub fn gain_share(
    case: &Case,
    actor: ActorId,
    package: PackageId,
    track: TrackId,
) -> Result<Option<(BigRational, bool)>, Refusal> {
    let Some(here) = judge_package(case, actor, package, track)? else { return Ok(None) };
    let case = &case.with_levers();
    let valuation = Valuation::new(case)?;
    let state = State::today(case);
    let deals = if here.concludes { Deals::Concluding } else { Deals::Mandate };
    let table = Table::new(&valuation, track, deals, &state)?;
    let mut everyone: Vec<ActorId> = table.judges.iter().map(|(judge, _)| *judge).collect();
    everyone.push(actor);
    let own = Sitting::new(&valuation, track, &state, &everyone);
    let Some(position) = own.position(actor) else { return Ok(None) };
    let (mut best_accepted, mut best_any) = (None, None);
    let (mut judgements, mut own_judgements) = (Vec::new(), Vec::new());
    let meets = can_meet(case, track);
    table.space.each(|_, outcome| {
        if table.is_deal(outcome) && table.unmet(outcome) == 0 {
            let concludes = table.concludes(outcome);
            own.judge(outcome, concludes, &mut own_judgements);
            let gain = Some(own_judgements[position].gain());
            best_any = best_any.max(gain);
            if meets {
                table.sitting.judge(outcome, concludes, &mut judgements);
                if table.accepted(&judgements) {
                    best_accepted = best_accepted.max(gain);
                }
            }
        }
        ControlFlow::Continue(())
    });
    let most = best_accepted.or(best_any).unwrap_or(0);
    Ok(Some((ratio(here.judgement.gain(), most), best_accepted.is_some())))
}
