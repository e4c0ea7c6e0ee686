//! Winset behind one name: read a case, settle it, decide its claims, print a brief.
//!
//! ```
//! let text = r#"
//! [case]
//! title = "A fence"
//! as_of = 2024-05-01
//!
//! [issue.fence]
//! name = "The fence"
//! options = ["broken", "mended"]
//!
//! [actor.north]
//! name = "North"
//! fallback = { cost_of_going_on = 0.2 }
//! weights = { fence = 1 }
//! values.fence = { broken = 0.3, mended = 1.0 }
//!
//! [actor.south]
//! name = "South"
//! fallback = { cost_of_going_on = 0.1 }
//! weights = { fence = 1 }
//! values.fence = { broken = 0.5, mended = 0.45 }
//!
//! [track.talks]
//! name = "Talks"
//! agenda = ["fence"]
//! seats = { north = "party", south = "party" }
//! "#;
//! let case = winset::read(text).case.expect("the case is well formed");
//! let talks = case.track_id("talks").unwrap();
//! let settlement = winset::settle(&case, talks, winset::Deals::Mandate).unwrap();
//! // South would rather keep the fence broken, but going on costs it more than mending.
//! assert_eq!(settlement.acceptable_count, 1);
//! ```

mod asked;
pub mod files;
pub mod strategic;
mod sweeping;

pub use asked::{Changes, Mistake, day_named, options_named, tracks_named};
pub use sweeping::{SweepAsked, computed_in_words, plan_of, sweep_view, verified_in_words};
pub use winset_brief::draws::{DrawSettings, EnsembleResult};
pub use winset_brief::game::{GameRefusal, TodayStays, game, games};
pub use winset_brief::unfold;
pub use winset_brief::{
    Answers, Brief, ClaimResult, Comparison, Difference, EvidenceCount, Influences, ProcessStatus, Runs,
    Status as ClaimStatus, TrackBrief, assembly_of, decide_all, decide_all_with_draws, decide_all_with_draws_unless,
    influences, numbers, words,
};
pub use winset_case::{
    Basis, Case, Code, Diagnostic, Edit, PolicyOption, Reading, Severity, SourceFiles, SourceText, TrackId, format,
    is_day, lay_out, read, read_edit, read_files, read_option,
};
pub use winset_exchange as exchange;
pub use winset_report as report;
pub use winset_settle::{Assembly, Deals, Refusal, Settlement, Unlock, settle, unlock};
pub use winset_simulate as simulation;
pub use winset_stability as stability;
pub use winset_sweep as sweeps;

/// A small commented case to start from.
pub const STARTER: &str = include_str!("../templates/starter.toml");
