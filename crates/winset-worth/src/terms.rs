//! What a judgement is made of, for those who reason about many deals at once rather than judging them one by one.

use winset_case::{ActorId, Expression, RedLineId};

/// When a deal ends an actor's conflict, so that the cost of going on is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends<'a> {
    /// No deal here does: it has ended before, or its condition holds already.
    Never,
    /// Every deal does.
    Always,
    /// A deal that concludes the track's framework.
    WithConclusion,
    /// A deal after which this holds, looked at as what stands rather than as a deal.
    When(&'a Expression),
}

/// What one actor's judgement of a deal at a sitting is made of, in the actor's units.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// Who.
    pub actor: ActorId,
    /// U(ω, s₀): what the state before the deal is worth.
    pub worth_before: i128,
    /// What a deal that ends its conflict saves.
    pub going_on: i128,
    /// Which deals end its conflict.
    pub ends: Ends<'a>,
    /// The most that pressure can come to.
    pub leverage_left: i128,
    /// Positions of its patrons and their leverage over it.
    pub patrons: &'a [(usize, i128)],
    /// Positions of the principals that must accept what it accepts.
    pub principals: &'a [usize],
    /// Whether it has demands of its own.
    pub judges_itself: bool,
    /// Whether it has a fallback of its own.
    pub own_fallback: bool,
    /// Conditions on what stands after the deal, and what they add. What is fixed at the track is answered.
    pub linkages: &'a [(Expression, i128)],
    /// Conditions on the deal that break a red line, with its price. What is fixed at the track is answered.
    pub red_lines: &'a [(Expression, RedLineId, Option<i128>)],
}
