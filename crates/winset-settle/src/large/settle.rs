//! What a track can settle where its packages are too many to list.

use num_bigint::BigUint;
use num_traits::Zero;
use winset_case::{ActorId, Case, Outcome, TrackId};
use winset_worth::{State, Valuation};

use super::explain::{LargeBlocked, explain};
use super::model::Model;
use super::outline::LargeFrontier;
use super::points::{LargeSolutions, points};
use super::proof::{Decision, Proof};
use winset_worth::Behind;

use crate::aftermath::Aftermath;
use crate::blockers::Blocked;
use crate::refusal::Refusal;
use crate::table::{Deals, Table};
use winset_worth::no_meeting;
use winset_worth::{NotRecognised, not_recognised};

/// What one track can settle from today, without listing its packages. Everything in it is exact; what could not be found says why.
#[derive(Debug)]
pub struct LargeSettlement {
    /// Which track.
    pub track: TrackId,
    /// Which deals.
    pub deals: Deals,
    /// How many packages are deals at all.
    pub packages: BigUint,
    /// The seats that vote.
    pub players: Vec<ActorId>,
    /// Who sits there and refuses to sit with another.
    pub not_recognised: Vec<NotRecognised>,
    /// In how many ways a deal could be made: which seats carry it and which patrons press. Where nothing can be decided it is 0.
    pub ways: usize,
    /// What was found.
    pub found: Found,
}

/// Whether a deal exists at a table too large to list.
#[derive(Debug)]
pub enum Found {
    /// A deal exists.
    Open(Box<Open>),
    /// None does: one proof for each way in which it could be made, and why.
    Blocked {
        /// Why no package is acceptable.
        proofs: Vec<Proof>,
        /// What cannot hold together and what would have to give; `Err` where that was not found.
        reasons: Result<LargeBlocked, Refusal>,
    },
    /// It was not found out.
    Undecided(Refusal),
}

/// Deals at a table too large to list.
#[derive(Debug)]
pub struct Open {
    /// An acceptable package.
    pub package: Outcome,
    /// How many packages are acceptable.
    pub acceptable_count: Result<BigUint, Refusal>,
    /// The Pareto frontier, exact or within a distance.
    pub frontier: Result<LargeFrontier, Refusal>,
    /// The bargaining points.
    pub solutions: LargeSolutions,
    /// Who stands behind the seats.
    pub behind: Vec<Behind>,
}

impl LargeSettlement {
    /// Why there is no deal, if there is none and it was found out.
    pub fn blocked(&self) -> Option<&Blocked> {
        match &self.found {
            Found::Blocked { reasons: Ok(reasons), .. } => Some(&reasons.blocked),
            _ => None,
        }
    }
}

/// What a track can settle from today, without listing its packages: at any size, with the levers in use carried out.
///
/// # Errors
///
/// Where the table has more constraints, seats or options than this version tells apart, or its numbers cannot be computed exactly.
pub fn settle_large(case: &Case, track: TrackId, deals: Deals) -> Result<LargeSettlement, Refusal> {
    let case = &case.with_levers();
    let valuation = Valuation::new(case)?;
    let state = State::today(case);
    let table = Table::of_any_size(&valuation, track, deals, &state)?;
    let product: BigUint = table.space.issues().iter().map(|(_, options)| BigUint::from(*options)).product();
    let no_deal = u32::from(deals == Deals::Mandate && state.outcome.is_some());
    let answer = |ways, found| LargeSettlement {
        track,
        deals,
        packages: &product - no_deal,
        players: table.players.clone(),
        not_recognised: not_recognised(case, track),
        ways,
        found,
    };
    if let Some(reason) = no_meeting(case, track) {
        let blocked = Blocked { no_meeting: Some(reason), ..Blocked::default() };
        let reasons = Ok(LargeBlocked { blocked, proofs: Vec::new(), decided: 0 });
        let nothing = answer(0, Found::Blocked { proofs: Vec::new(), reasons });
        return Ok(LargeSettlement { packages: BigUint::zero(), ..nothing });
    }
    let kept = table.all_constraints();
    let model = Model::new(&table, kept)?;
    let ways = model.ways(kept, None)?;
    let found = match model.decide(&ways, true) {
        Err(refusal) => Found::Undecided(refusal),
        Ok(Decision::None(proofs)) => Found::Blocked { proofs, reasons: explain(&table) },
        Ok(Decision::Package(package)) if !model.is_acceptable(&package) => Found::Undecided(Refusal::Unconfirmed),
        Ok(Decision::Package(package)) => {
            let aftermath = Aftermath::new(&table);
            Found::Open(Box::new(Open {
                package: model.outcome(&package),
                acceptable_count: model.count(&ways),
                frontier: model.outline(&ways),
                solutions: points(&model, &ways, &aftermath),
                behind: aftermath.behind.clone(),
            }))
        }
    };
    Ok(answer(ways.len(), found))
}

/// Whether no deal is acceptable at a track from today, however many packages there are.
pub(crate) fn is_empty(case: &Case, track: TrackId, deals: Deals) -> Result<bool, Refusal> {
    let case = &case.with_levers();
    let valuation = Valuation::new(case)?;
    let state = State::today(case);
    Ok(!super::explain::is_open(&Table::of_any_size(&valuation, track, deals, &state)?)?)
}

/// How many deals are acceptable at a track from today, without listing them.
pub(crate) fn count(case: &Case, track: TrackId, deals: Deals) -> Result<BigUint, Refusal> {
    let case = &case.with_levers();
    let valuation = Valuation::new(case)?;
    let state = State::today(case);
    let table = Table::of_any_size(&valuation, track, deals, &state)?;
    if !crate::table::can_meet(case, track) {
        return Ok(BigUint::zero());
    }
    let kept = table.all_constraints();
    let model = Model::new(&table, kept)?;
    model.count(&model.ways(kept, None)?)
}
