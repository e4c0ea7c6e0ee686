//! What the analyses mean together: claims decided, and the verdict on a process in words.
//!
//! [`Brief::of`] runs everything a brief prints; [`decide`] runs one claim; [`verdict`] and [`words`] say it in
//! sentences.

mod answers;
mod brief;
mod claims;
mod compare;
mod difference;
pub mod draws;
mod ends;
mod evaluate;
mod evidence;
pub mod game;
mod influence;
pub mod large;
mod memo;
mod numbers;
mod status;
mod strategic;
mod verdict;
pub mod words;

pub use answers::{Answers, main_framework};
pub use brief::{BargainingPointOf, Brief, TableBrief, TrackBrief, assembly_of};
pub use claims::{ClaimResult, ControlResult, Status, decide, decide_all, decide_all_with_draws};
pub use compare::{BlockingChange, Comparison, OptionAnswers, TableChange};
pub use difference::{Agreement, Changed, Difference, Fact, FactKind, Metric, Says, Thing, krippendorff_alpha};
pub use ends::{End, Payoff};
pub use evidence::{EvidenceCount, count_evidence};
pub use influence::{Answer, Flip, Influence, Influences, influences};
pub use memo::{Memo, filled, filled_by, memo, signed, table_words};
pub use numbers::{NumberPlace, numbers, sources_never_cited};
pub use status::{ProcessStatus, TrackStatus};
pub use verdict::verdict;
