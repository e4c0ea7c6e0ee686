//! Sweeps: which variations of a case to run, and what the rows of many runs come to.

mod design;
mod factor;
mod sobol;
mod summary;

pub use design::{Design, POINT_LIMIT, points};
pub use factor::{Factor, Levels, Unplannable};
pub use summary::{ColumnSummary, PointResult, Summary};
