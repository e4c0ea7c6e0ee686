//! Tables with more packages than can be listed, in whole numbers.
//!
//! - `formula` and `diagram`: what conditions leave to decide while issues are settled one after the other;
//! - `frontier` and `dominance`: the Pareto frontier, exact or within a distance, and counting;
//! - `search`, `weights` and `exists`: whether anything is acceptable, with a certificate that `certificate` checks apart;
//! - `best`: bargaining points without the frontier; `blocking`: why nothing is acceptable.
//!
//! [`WorthTable`] is the way in. [`crate::settle()`] does not use it yet: it lists packages.

mod best;
mod blocking;
mod certificate;
mod diagram;
mod dominance;
mod exists;
mod formula;
mod frontier;
mod search;
mod sums;
mod table;
mod weights;

pub use best::{Best, NotKnown};
pub use blocking::Blocking;
pub use formula::Formula;
pub use table::{Condition, Existence, TableFrontier, WorthTable};
