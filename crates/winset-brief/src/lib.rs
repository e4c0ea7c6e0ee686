//! What the analyses mean together: claims decided, and the verdict on a process in words.
//!
//! [`Brief::of`] runs everything a brief prints; [`decide`] runs one claim; [`verdict`] and [`words`] say it in
//! sentences.

mod answers;
mod brief;
pub mod called;
mod claims;
mod compare;
mod difference;
pub mod draws;
mod ends;
mod evaluate;
mod evidence;
pub mod figures;
pub mod game;
pub mod large;
mod lever_sheet;
mod memo;
mod numbers;
pub mod plain;
mod rests;
mod rival;
mod runs;
mod situation;
mod status;
mod strategic;
mod terms;
pub mod unfold;
mod verdict;
pub mod words;

pub use answers::{Answers, main_framework};
pub use brief::{BargainingPointOf, Brief, TableBrief, TrackBrief, assembly_of};
pub use claims::{
    ClaimResult, ControlResult, Status, decide, decide_all, decide_all_with_draws, decide_all_with_draws_unless,
};
pub use compare::{BlockingChange, Comparison, OptionAnswers, TableChange};
pub use difference::{Agreement, Changed, Difference, Fact, FactKind, Metric, Says, Thing, krippendorff_alpha};
pub use draws::{Answer, Flip, Influence, Influences, influences};
pub use ends::{End, Payoff};
pub use evidence::{EvidenceCount, count_evidence};
pub use lever_sheet::{LeverAtTable, LeverLine, Strength, lever_sheet};
pub use memo::{Memo, filled, filled_by, memo, option_words, signed};
pub use numbers::{NumberPlace, numbers, sources_never_cited};
pub use rival::{RivalReading, rival_readings};
pub use runs::Runs;
pub use status::{ProcessStatus, TrackStatus};
pub use terms::{TermsRange, terms_over_draws};
pub use verdict::{About, VerdictPoint, verdict, verdict_points};
