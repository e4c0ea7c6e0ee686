//! Families of lever combinations that one combination stands for, so that "no lever helps" need not try every one of them in every draw.
//!
//! A lever that only raises somebody's cost of going on, a patron's leverage, or lowers a price or a fallback never makes anyone refuse what it
//! accepted without it (acceptance grows with its own margin and with its patrons' acceptance; and no rule loses votes by more consent). So of
//! all combinations that agree on the other levers, the one with all levers of this sort in use accepts the most.

use std::collections::BTreeSet;

use winset_case::edit::{Change, NumberTarget, Operator};
use winset_case::{Case, Decimal, Expression, LeverId, TrackId};
use winset_worth::mentions;

use crate::levers::available;
use crate::passing::Search;
use crate::refusal::Refusal;
use crate::table::Deals;

/// Families beyond which each combination is tried after all.
const FAMILY_LIMIT: usize = 64;

/// A combination that accepts at least what every combination of its family accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeverFamily {
    /// The levers in use, those in use already among them.
    pub levers: Vec<LeverId>,
    /// Whether it is a combination that can be used. If not, nothing follows from a deal under it.
    pub admissible: bool,
}

/// The families of lever combinations at a table; `None` where there are too many to be of use. If the table is empty under each of them, no
/// combination opens it.
///
/// # Errors
///
/// As for [`crate::unlock`].
pub fn lever_families(case: &Case, track: TrackId, deals: Deals) -> Result<Option<Vec<LeverFamily>>, Refusal> {
    let search = Search::new(case, track, deals, &available(case))?;
    let combinations: BTreeSet<u32> = search.combinations().into_iter().collect();
    let (mut helping, mut mixed) = (search.in_use, 0_u32);
    for (position, &lever) in search.relevant.iter().enumerate() {
        match leaning(case, lever) {
            Leaning::Helps => helping |= 1 << position,
            Leaning::Hinders => {}
            Leaning::Mixed => mixed |= 1 << position,
        }
    }
    helping &= !mixed | search.in_use;
    let choices: BTreeSet<u32> = combinations.iter().map(|combination| combination & mixed).collect();
    if choices.len() > FAMILY_LIMIT {
        return Ok(None);
    }
    let family = |choice: u32| {
        let combination = choice | helping;
        let levers = search.relevant.iter().enumerate().filter(|(position, _)| combination >> position & 1 == 1);
        LeverFamily {
            levers: levers.map(|(_, lever)| *lever).collect(),
            admissible: combinations.contains(&combination),
        }
    };
    Ok(Some(choices.into_iter().map(family).collect()))
}

/// What using a lever does to what is accepted, whatever else is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaning {
    /// Never less is accepted.
    Helps,
    /// Never more is.
    Hinders,
    /// It depends.
    Mixed,
}

/// What using a lever does to what is accepted, at any table and in any state.
pub fn leaning(case: &Case, lever: LeverId) -> Leaning {
    let body = &case.levers[lever.0];
    if body.intensity.distribution.range().0 < Decimal::ZERO || is_mentioned(case, lever) {
        return Leaning::Mixed;
    }
    let (mut helps, mut hinders) = (false, false);
    for edit in &body.edits {
        let Change::Number(target, operator, operand) = &edit.change else { return Leaning::Mixed };
        let up = match operator {
            Operator::Add => *operand >= Decimal::ZERO,
            Operator::Subtract => *operand <= Decimal::ZERO,
            Operator::Set | Operator::Multiply => return Leaning::Mixed,
        };
        match (target, up) {
            (NumberTarget::CostOfGoingOn(_) | NumberTarget::Leverage(_), true)
            | (NumberTarget::Fallback(_) | NumberTarget::Price(..), false) => helps = true,
            (NumberTarget::CostOfGoingOn(_) | NumberTarget::Leverage(_), false)
            | (NumberTarget::Fallback(_) | NumberTarget::Price(..), true) => hinders = true,
            _ => return Leaning::Mixed,
        }
    }
    match (helps, hinders) {
        (true, true) => Leaning::Mixed,
        (true, false) => Leaning::Helps,
        _ => Leaning::Hinders,
    }
}

/// Whether any condition of the case asks for the lever.
fn is_mentioned(case: &Case, lever: LeverId) -> bool {
    let mut conditions: Vec<&Expression> = Vec::new();
    for actor in &case.actors {
        conditions.extend(actor.red_lines.iter().map(|line| &line.when.expression));
        conditions.extend(actor.linkages.iter().map(|linkage| &linkage.when.expression));
        conditions.extend(actor.ends.iter().map(|ends| &ends.expression));
    }
    conditions.extend(case.tracks.iter().filter_map(|track| Some(&track.mandate.as_ref()?.expression)));
    conditions.into_iter().any(|condition| mentions(case, condition, lever))
}
