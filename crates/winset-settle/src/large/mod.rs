//! Tables with more packages than can be listed, in whole numbers.
//!
//! The engines know rows of numbers that add up over issues, and conditions:
//!
//! - `sums`, `formula` and `diagram`: what conditions leave to decide while issues are settled one after the other;
//! - `frontier` and `dominance`: the Pareto frontier, exact or within a distance, and counting;
//! - `search`, `parts`, `weights` and `exists`: whether anything is acceptable, with a certificate that `certificate` checks apart;
//! - `best`: bargaining points without the frontier; `blocking`: every minimal set of demands that cannot hold together.
//!
//! A case is brought to them and back:
//!
//! - `reading` turns conditions into formulas, `model` a table into rows, `ways` a decision rule and its patrons into what must be reached;
//! - `settle` is the entry; `proof` says why there is no deal, `explain` who blocks it, `points` and `outline` what deals there are.
//!
//! [`WorthTable`] is the way in for those who bring numbers, [`settle_large`] for those who bring a case.

mod best;
mod blocking;
mod certificate;
mod diagram;
mod dominance;
mod exists;
mod explain;
mod formula;
mod frontier;
mod model;
mod outline;
mod parts;
mod points;
mod proof;
mod reading;
mod search;
mod settle;
mod sums;
mod table;
mod ways;
mod weights;

pub use best::{Best, NotKnown};
pub use blocking::Blocking;
pub use explain::LargeBlocked;
pub use formula::{Formula, OPTION_LIMIT};
pub use outline::{LargeFrontier, LargePoint};
pub use points::{LargeSolution, LargeSolutions};
pub use proof::{Asked, Certificate, Proof};
pub use settle::{Found, LargeSettlement, Open, settle_large};
pub use table::{Condition, Existence, TableFrontier, WorthTable};
pub use ways::WAY_LIMIT;

pub(crate) use model::met_somewhere;
pub(crate) use reading::Reading;
pub(crate) use settle::{count, is_empty};
