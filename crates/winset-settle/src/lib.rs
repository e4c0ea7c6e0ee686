//! Is there a deal at a track, who blocks it, and what would unlock it (the model, section 2).
//!
//! This version lists every package a track can decide, exactly, up to [`PACKAGE_LIMIT`]; a larger table is refused by name.
//!
//! - [`settle`] answers for one track: the win-set with its frontier and bargaining points, or why it is empty.
//! - [`unlock`] answers which levers would open an empty win-set, or proves that none do.
//! - [`judge_package`] answers for one named package and one actor.

mod accepted;
mod amount;
mod blockers;
mod constraint;
mod hitting;
mod levers;
mod package;
mod refusal;
mod relevance;
mod settle;
mod solutions;
mod space;
mod table;

pub use accepted::{acceptable_count, winset_is_empty};
pub use amount::{Amount, BigRational};
pub use blockers::{Blocked, BlockingSet, Cause, Shortfall};
pub use constraint::Constraint;
pub use levers::{LEVER_LIMIT, NearMiss, Unlock, can_open, unlock};
pub use package::{PackageJudgement, gain_share, judge_package};
pub use refusal::Refusal;
pub use settle::{Settlement, settle};
pub use solutions::{BargainingPoint, FrontierPoint, Solution, Solutions, Terms};
pub use space::PACKAGE_LIMIT;
pub use table::Deals;
