//! What the analyses mean together: claims decided, and the verdict on a process in words.
//!
//! [`Brief::of`] runs everything a brief prints; [`decide`] runs one claim; [`verdict`] and [`words`] say it in
//! sentences.

mod brief;
mod claims;
mod evaluate;
mod evidence;
mod influence;
pub mod large;
mod numbers;
mod status;
mod verdict;
pub mod words;

pub use brief::{Brief, TableBrief, TrackBrief, assembly_of};
pub use claims::{ClaimResult, ControlResult, Status, decide, decide_all};
pub use evidence::{EvidenceCount, count_evidence};
pub use influence::{Answer, Flip, Influence, Influences, influences};
pub use numbers::{NumberPlace, numbers, sources_never_cited};
pub use status::{ProcessStatus, TrackStatus};
pub use verdict::verdict;
