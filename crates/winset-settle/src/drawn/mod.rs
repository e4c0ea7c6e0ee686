//! The same questions asked again and again of a case whose numbers change: what a table is like is worked out once, and each draw of the
//! numbers costs only arithmetic.
//!
//! Who judges, which packages meet a mandate, and which conditions hold in which package depend on no number. A [`PreparedTable`], a
//! [`PreparedPackage`] or a [`PreparedWalk`] holds that; [`ActorNumbers`] hold what one draw makes of an actor's numbers. The answers are those
//! of [`crate::settle()`], [`crate::judge_package`] and [`crate::explore`], exactly: the tests ask both.

mod levers;
mod numbers;
mod package;
mod scene;
mod table;
mod walk;

pub use levers::{Leaning, LeverFamily, leaning, lever_families};
pub use numbers::{ActorNumbers, Numbers};
pub use package::PreparedPackage;
pub use scene::Desk;
pub use table::PreparedTable;
pub use walk::{PreparedWalk, WalkDesk, WalkQuestion};
