//! How a process may unfold (the model, section 6).
//!
//! A [`Process`] is a case prepared to be run. A run is a pure function of the process, a seed and the number of the run: the same on one core or many, in any
//! order, and two variants of a case share their luck.

mod agreements;
mod ahead;
mod batch;
mod calendar;
mod ending;
mod ground;
mod luck;
mod meeting;
mod observer;
mod parameters;
mod process;
mod refusal;
mod room;
mod rows;
mod run;
mod shelf;
pub mod sweep;
mod table;
mod tally;

pub use batch::{Batch, Progress, Quiet};
pub use ending::{Ending, Fate};
pub use observer::{Answer, Change, Event, Observer, Trace, Unwatched};
pub use process::Process;
pub use refusal::Refusal;
pub use room::{NEVER, Scratch, TrackRecord};
pub use rows::{Column, Rows, Values};

pub use tally::{Tally, TrackTally};
