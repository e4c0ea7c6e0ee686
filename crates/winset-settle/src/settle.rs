//! The win-set of a track: every deal its required seats accept, or why there is none.

use std::ops::ControlFlow;

use winset_case::{ActorId, Case, Outcome, TrackId};
use winset_worth::{State, Valuation};

use crate::blockers::{Blocked, explain};
use crate::refusal::Refusal;
use crate::solutions::{Solutions, frontier, solve};
use crate::table::{Table, can_meet};

/// Packages at one track that are listed one by one.
pub const PACKAGE_LIMIT: u64 = 4_000_000;

/// Which deals of a track a question is about (the model, section 2: conclusion).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deals {
    /// Deals under the track's own mandate.
    Mandate,
    /// Deals that conclude the track's framework: its benchmarks, under its own reading, take the mandate's place.
    Concluding,
}

/// What one track can settle from today.
#[derive(Debug)]
pub struct Settlement {
    /// Which track.
    pub track: TrackId,
    /// Which deals.
    pub deals: Deals,
    /// How many packages were looked at.
    pub examined: u64,
    /// The seats whose consent is required.
    pub players: Vec<ActorId>,
    /// How many packages every one of them accepts.
    pub acceptable_count: u64,
    /// How many of those would conclude the framework.
    pub concluding_count: u64,
    /// The Pareto frontier of what the players accept, by worth, highest first for the first player.
    pub frontier: Vec<FrontierPoint>,
    /// The bargaining points; `None` where nothing is acceptable.
    pub solutions: Option<Solutions>,
    /// Why nothing is acceptable; `None` where something is.
    pub blocked: Option<Blocked>,
}

/// Packages that are worth the same to every player, and that no other acceptable package beats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontierPoint {
    /// Worth per player, in each player's units.
    pub worth: Vec<i128>,
    /// Every acceptable package with this worth.
    pub packages: Vec<Outcome>,
}

/// What a track can settle from today, with the levers in use carried out.
///
/// # Errors
///
/// Where the table is larger than this version lists, or its numbers cannot be computed exactly.
pub fn settle(case: &Case, track: TrackId, deals: Deals) -> Result<Settlement, Refusal> {
    let case = &case.with_levers();
    let valuation = Valuation::new(case)?;
    let state = State::today(case);
    let table = Table::new(&valuation, track, deals, &state)?;
    let nothing = |blocked| Settlement {
        track,
        deals,
        examined: 0,
        players: table.players.clone(),
        acceptable_count: 0,
        concluding_count: 0,
        frontier: Vec::new(),
        solutions: None,
        blocked: Some(blocked),
    };
    if !can_meet(case, track) {
        return Ok(nothing(Blocked::default()));
    }

    let mut acceptable: Vec<u64> = Vec::new();
    let mut concluding_count = 0;
    let examined = table.each_accepted(|number, concludes| {
        acceptable.push(number);
        concluding_count += u64::from(concludes);
        ControlFlow::Continue(())
    });
    if acceptable.is_empty() {
        let blocked = explain(&table)?;
        return Ok(Settlement { examined, ..nothing(blocked) });
    }
    let frontier = frontier(&table, &acceptable);
    let solutions = solve(&table, &acceptable);
    Ok(Settlement {
        track,
        deals,
        examined,
        players: table.players.clone(),
        acceptable_count: acceptable.len() as u64,
        concluding_count,
        frontier,
        solutions: Some(solutions),
        blocked: None,
    })
}

/// How many deals are acceptable at a track from today, with the levers in use carried out.
///
/// # Errors
///
/// As for [`settle`].
pub fn acceptable_count(case: &Case, track: TrackId, deals: Deals) -> Result<u64, Refusal> {
    let mut count = 0;
    each_accepted(case, track, deals, || {
        count += 1;
        ControlFlow::Continue(())
    })?;
    Ok(count)
}

/// Whether no deal is acceptable at a track from today, with the levers in use carried out.
///
/// # Errors
///
/// As for [`settle`].
pub fn winset_is_empty(case: &Case, track: TrackId, deals: Deals) -> Result<bool, Refusal> {
    let mut empty = true;
    each_accepted(case, track, deals, || {
        empty = false;
        ControlFlow::Break(())
    })?;
    Ok(empty)
}

fn each_accepted(
    case: &Case,
    track: TrackId,
    deals: Deals,
    mut visit: impl FnMut() -> ControlFlow<()>,
) -> Result<(), Refusal> {
    let case = &case.with_levers();
    let valuation = Valuation::new(case)?;
    let state = State::today(case);
    Table::new(&valuation, track, deals, &state)?.each_accepted(|_, _| visit());
    Ok(())
}
