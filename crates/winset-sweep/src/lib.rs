//! Many runs over many variations of a case: plans, units of work, and the files they leave.
//!
//! A [`Plan`] says everything: the case, the variations (points), the runs, the seed and how the runs are cut into units. A unit is a pure function of the
//! plan and its number to one file, which takes its name only when it is complete. So units may be computed anywhere, in any order, twice, or again
//! after a failure: the files come out the same. What the files hold has one digest, however the runs were cut.

mod digest;
mod fault;
mod folder;
mod keep;
mod plan;
mod planned;
mod reduce;
mod rows_file;
mod unit;

pub use fault::Fault;
pub use folder::{State, Sweep};
pub use keep::keep_runs;
pub use plan::{Plan, UNIT_LIMIT};
pub use planned::{FILE_LIMIT, Planned, Processes, ROW_LIMIT};
pub use reduce::Verified;
pub use unit::Unit;
