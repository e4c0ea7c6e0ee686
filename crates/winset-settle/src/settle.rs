//! The win-set of a track: every deal its seats make under its rule, or why there is none.

use std::ops::ControlFlow;

use winset_case::{ActorId, Case, TrackId};
use winset_worth::{State, Valuation};

use crate::aftermath::{Aftermath, Durability};
use crate::blockers::{Blocked, explain};
use crate::refusal::Refusal;
use crate::solutions::{FrontierPoint, Solutions, frontier, solve};
use crate::table::{Deals, Table};
use winset_worth::no_meeting;
use winset_worth::{NotRecognised, not_recognised};

/// What one track can settle from today.
#[derive(Debug)]
pub struct Settlement {
    /// Which track.
    pub track: TrackId,
    /// Which deals.
    pub deals: Deals,
    /// How many packages were looked at.
    pub examined: u64,
    /// The seats that vote. Under consensus and parties-only all of them must say yes.
    pub players: Vec<ActorId>,
    /// Who sits there and refuses to sit with another.
    pub not_recognised: Vec<NotRecognised>,
    /// How many packages the seats make a deal of under the track's rule.
    pub acceptable_count: u64,
    /// How many of those would conclude the framework.
    pub concluding_count: u64,
    /// The Pareto frontier of what the players accept, by worth, highest first for the first player.
    pub frontier: Vec<FrontierPoint>,
    /// The bargaining points; `None` where nothing is acceptable.
    pub solutions: Option<Solutions>,
    /// Whether what is acceptable would be carried by those behind the seats; `None` where nothing is, or nobody stands behind them.
    pub durability: Option<Durability>,
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
        not_recognised: not_recognised(case, track),
        acceptable_count: 0,
        concluding_count: 0,
        frontier: Vec::new(),
        solutions: None,
        durability: None,
        blocked: Some(blocked),
    };
    if let Some(reason) = no_meeting(case, track) {
        return Ok(nothing(Blocked { no_meeting: Some(reason), ..Blocked::default() }));
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
    let aftermath = Aftermath::new(&table);
    let solutions = solve(&table, &acceptable, &aftermath);
    Ok(Settlement {
        track,
        deals,
        examined,
        players: table.players.clone(),
        not_recognised: not_recognised(case, track),
        acceptable_count: acceptable.len() as u64,
        concluding_count,
        frontier,
        solutions: Some(solutions),
        durability: aftermath.durability(&acceptable),
        blocked: None,
    })
}
