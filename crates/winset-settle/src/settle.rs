//! The win-set of a track: every deal its required seats accept, or why there is none.

use std::ops::ControlFlow;

use winset_case::{ActorId, Case, TrackId};
use winset_worth::{State, Valuation};

use crate::blockers::{Blocked, explain};
use crate::refusal::Refusal;
use crate::solutions::{FrontierPoint, Solutions, frontier, solve};
use crate::table::{Deals, Table, can_meet};

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
