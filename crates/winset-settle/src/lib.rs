//! Is there a deal at a track, who blocks it, and what would unlock it (the model, section 2).
//!
//! This version lists every package a track can decide, exactly, up to [`PACKAGE_LIMIT`]; a larger table is refused by name.
//!
//! - [`settle`] answers for one track: the win-set with its frontier and bargaining points, or why it is empty.
//! - [`unlock`] answers which levers would open an empty win-set, or proves that none do.
//! - [`judge_package`] answers for one named package and one actor, [`vote_on_package`] for one named package and all who vote on it.

mod accepted;
mod aftermath;
mod amount;
mod assembly;
mod ballot;
mod blockers;
mod conclusion;
mod constraint;
mod drawn;
mod hitting;
pub mod large;
mod lever_walks;
mod levers;
mod lookup;
mod package;
mod passing;
mod reading;
mod refusal;
mod relevance;
mod resting;
mod seating;
mod settle;
mod solutions;
mod table;
mod tally;
mod walk;

pub use accepted::{acceptable_count, winset_is_empty};
pub use aftermath::{Durability, Imposed, Part};
pub use amount::{Amount, BigRational, BigUint};
pub use assembly::{Reach, STATE_LIMIT, Step, explore, holds_in};
pub use blockers::{Blocked, BlockingSet, Cause, Shortfall};
pub use conclusion::{Arrival, Assembly, Coverage, Delivery, FrameworkAssembly, Stop, Walked, assemble};
pub use constraint::Constraint;
pub use drawn::{
    ActorNumbers, Desk, Leaning, LeverFamily, Numbers, PreparedPackage, PreparedTable, PreparedWalk, WalkDesk,
    WalkQuestion, leaning, lever_families,
};
pub use lever_walks::{Between, LeverWalks};
pub use levers::{LEVER_LIMIT, NearMiss, Unlock, can_open, unlock};
pub use package::{PackageJudgement, PackageVote, gain_share, judge_package, vote_on_package};
pub use refusal::Refusal;
pub use relevance::acts_on;
pub use resting::{Ways, ways};
pub use settle::{Settlement, settle};
pub use solutions::{BargainingPoint, FrontierPoint, Solution, Solutions, Terms, ratio as gain_ratio};
pub use table::Deals;
pub use winset_worth::{Behind, Bond, NoMeeting, NotRecognised, PACKAGE_LIMIT, Vote, no_meeting, not_recognised};
