//! What actors can do that changes the case.

use super::{ActorId, Evidence, LeverId, Quantity, words};
use crate::edit::Edit;

words! {
    /// Through what a lever acts (model, section 1).
    Channel {
        /// Weights, values and linkages.
        Worth = "worth",
        /// Fallbacks.
        Fallback = "fallback",
        /// The cost of going on, and what ends it.
        CostOfGoingOn = "cost-of-going-on",
        /// Ties.
        Leverage = "leverage",
        /// Seats.
        Seat = "seat",
        /// Agendas.
        Agenda = "agenda",
        /// Mandates, rules, benchmarks and readings.
        Mandate = "mandate",
        /// Tracks opened or closed.
        Track = "track",
        /// Red lines and their prices.
        RedLine = "red-line",
    }
}

/// Something an actor can do that changes the case.
#[derive(Debug, Clone)]
pub struct Lever {
    /// Its id.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// Who can use it.
    pub owner: Option<ActorId>,
    /// What using it costs, for comparing levers.
    pub cost: Quantity,
    /// Whether it can be used at all.
    pub available: bool,
    /// Whether it is in use.
    pub on: bool,
    /// Levers that must be in use with it.
    pub requires: Vec<LeverId>,
    /// Levers that may not be in use with it.
    pub excludes: Vec<LeverId>,
    /// Multiplies what its `+=` and `-=` edits add.
    pub intensity: Quantity,
    /// What it changes.
    pub edits: Vec<Edit>,
    /// Through what it acts.
    pub channel: Channel,
    /// What it rests on.
    pub evidence: Evidence,
}
