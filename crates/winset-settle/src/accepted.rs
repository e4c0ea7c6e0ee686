//! The plain questions about a win-set: is it empty, and how large is it.

use std::ops::ControlFlow;

use winset_case::{Case, TrackId};
use winset_worth::{State, Valuation};

use crate::large;
use crate::refusal::Refusal;
use crate::table::{Deals, Table};

/// How many deals are acceptable at a track from today, with the levers in use carried out; without listing them where there are too many.
///
/// # Errors
///
/// As for [`crate::settle()`].
pub fn acceptable_count(case: &Case, track: TrackId, deals: Deals) -> Result<u64, Refusal> {
    let mut count = 0;
    let listed = each_accepted(case, track, deals, || {
        count += 1;
        ControlFlow::Continue(())
    });
    match listed {
        Ok(()) => Ok(count),
        Err(Refusal::TooManyPackages { .. }) => {
            large::count(case, track, deals)?.try_into().map_err(|_| Refusal::NumbersTooLong)
        }
        Err(refusal) => Err(refusal),
    }
}

/// Whether no deal is acceptable at a track from today, with the levers in use carried out, at any size.
///
/// # Errors
///
/// As for [`crate::settle()`].
pub fn winset_is_empty(case: &Case, track: TrackId, deals: Deals) -> Result<bool, Refusal> {
    let mut empty = true;
    let listed = each_accepted(case, track, deals, || {
        empty = false;
        ControlFlow::Break(())
    });
    match listed {
        Ok(()) => Ok(empty),
        Err(Refusal::TooManyPackages { .. }) => large::is_empty(case, track, deals),
        Err(refusal) => Err(refusal),
    }
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
