//! Why a process is not simulated.

use winset_case::Case;
use winset_worth::NotComputable;

/// Why a process is not simulated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// More packages at one track than are listed one by one.
    TooManyPackages {
        /// The id of the track.
        track: String,
        /// How many are listed.
        limit: u64,
    },
    /// More actors whose judgement one track hangs on than it tells apart.
    TooManyJudges {
        /// The id of the track.
        track: String,
        /// How many.
        judges: usize,
        /// How many it tells apart.
        limit: usize,
    },
    /// More levers, or benchmarks, than are told apart.
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many.
        count: usize,
        /// How many are told apart.
        limit: usize,
    },
    /// Runs reach more different standings than are kept.
    TooManyStandings {
        /// How many are kept.
        limit: usize,
    },
    /// Worth cannot be computed exactly.
    NotComputable(NotComputable),
    /// No track of the case can meet.
    NobodyMeets,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::TooManyPackages { track, limit } => write!(
                f,
                "`{track}` can decide more packages than this version simulates ({limit}); take issues off its agenda or split it"
            ),
            Refusal::TooManyJudges { track, judges, limit } => {
                write!(f, "deals at `{track}` hang on {judges} actors; this version tells up to {limit} apart")
            }
            Refusal::TooMany { what, count, limit } => {
                write!(f, "the case has {count} {what}; this version simulates up to {limit}")
            }
            Refusal::TooManyStandings { limit } => write!(
                f,
                "the runs lead to more than {limit} different standings, more than this version keeps; simulate fewer issues or levers"
            ),
            Refusal::NotComputable(reason) => reason.fmt(f),
            Refusal::NobodyMeets => f.write_str("no track of this case can meet, so there is nothing to simulate"),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<NotComputable> for Refusal {
    fn from(reason: NotComputable) -> Self {
        Refusal::NotComputable(reason)
    }
}

/// Actors whose judgement one track may hang on: one bit each.
pub(crate) const JUDGE_LIMIT: usize = 64;
/// Packages of one track that are listed.
pub(crate) const PACKAGE_LIMIT: u64 = 300_000;
/// Standings kept.
pub(crate) const STANDING_LIMIT: usize = 20_000;

/// Whether the things told apart by one bit each are few enough.
pub(crate) fn check_sizes(case: &Case) -> Result<(), Refusal> {
    let benchmarks = case.frameworks.iter().map(|framework| framework.benchmarks.len()).sum();
    for (what, count) in
        [("levers", case.levers.len()), ("benchmarks", benchmarks), ("frameworks", case.frameworks.len())]
    {
        if count > 64 {
            return Err(Refusal::TooMany { what, count, limit: 64 });
        }
    }
    for track in &case.tracks {
        let options = track.agenda.iter().map(|issue| case.issues[issue.0].options.len() as u64);
        let packages = options.fold(1_u64, u64::saturating_mul);
        if packages > PACKAGE_LIMIT && track.status != winset_case::Status::Closed {
            return Err(Refusal::TooManyPackages { track: track.id.clone(), limit: PACKAGE_LIMIT });
        }
    }
    Ok(())
}
