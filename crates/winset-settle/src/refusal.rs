//! What this version cannot answer, said before any memory is taken.

use winset_worth::{NotComputable, TooManyPackages, TooManySeats};

/// Why a question about a track is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// More packages than this version lists one by one.
    TooManyPackages {
        /// How many; `None` if beyond counting in 128 bits.
        packages: Option<u128>,
        /// How many it lists.
        limit: u64,
    },
    /// More constraints at one track than it can combine.
    TooManyConstraints {
        /// How many.
        constraints: usize,
        /// How many it combines.
        limit: usize,
    },
    /// More blocking sets than a person could read.
    TooManyBlockingSets {
        /// How many it lists.
        limit: usize,
    },
    /// More levers that matter at one track than it can combine.
    TooManyLevers {
        /// How many.
        levers: usize,
        /// How many it combines.
        limit: usize,
    },
    /// More seats that vote at one track than it can tell apart.
    TooManySeats {
        /// How many.
        seats: usize,
        /// How many it tells apart.
        limit: usize,
    },
    /// More options at one issue than a condition can tell apart at a table too large to list.
    TooManyOptions {
        /// How many.
        options: usize,
        /// How many it tells apart.
        limit: usize,
    },
    /// More patrons whose pressing or not would have to be told apart at a table too large to list.
    TooManyPatrons {
        /// How many.
        patrons: usize,
        /// How many it tells apart.
        limit: usize,
    },
    /// More ways to be accepted than it tells apart at a table too large to list.
    TooManyWays {
        /// How many it tells apart.
        limit: usize,
    },
    /// More combinations of levers than it tries at a table too large to list.
    TooManyCombinations {
        /// How many.
        combinations: usize,
        /// How many it tries.
        limit: usize,
    },
    /// Conditions that tie so many issues together that they cannot be settled one after the other.
    TooEntangled,
    /// A search that was given up.
    GivenUp {
        /// Partial packages it looked at.
        nodes: u64,
    },
    /// Numbers with too many digits to be added up or compared together.
    NumbersTooLong,
    /// More partial packages that do not beat each other than it keeps at a table too large to list.
    TooManyPoints {
        /// How many it keeps.
        limit: usize,
    },
    /// An answer that did not stand its second check: a defect of this program.
    Unconfirmed,
    /// More ways to bring a majority together than it tries.
    TooManyCoalitions {
        /// How many it tries.
        limit: usize,
    },
    /// Numbers that cannot be computed exactly.
    NotComputable(NotComputable),
    /// The track concludes no framework.
    ConcludesNothing,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::TooManyPackages { packages: Some(packages), limit } => {
                let digits = packages.to_string();
                let size = match digits.len() {
                    0..=9 => digits,
                    length => format!("about {}.{} × 10^{}", &digits[..1], &digits[1..2], length - 1),
                };
                write!(f, "{size} packages are possible here; this version lists them one by one, up to {limit}")
            }
            Refusal::TooManyPackages { packages: None, limit } => {
                write!(
                    f,
                    "more than 10^38 packages are possible here; this version lists them one by one, up to {limit}"
                )
            }
            Refusal::TooManyConstraints { constraints, limit } => {
                write!(f, "{constraints} constraints bind here; this version combines up to {limit}")
            }
            Refusal::TooManyBlockingSets { limit } => {
                write!(f, "there are more than {limit} minimal blocking sets; this version lists no more")
            }
            Refusal::TooManyLevers { levers, limit } => {
                write!(f, "{levers} levers matter here; this version tries every combination of up to {limit}")
            }
            Refusal::TooManySeats { seats, limit } => {
                write!(f, "{seats} seats vote here; this version tells up to {limit} apart")
            }
            Refusal::TooManyCoalitions { limit } => {
                write!(f, "too many coalitions could carry a deal here; this version tries up to {limit} of them")
            }
            Refusal::TooManyOptions { options, limit } => {
                write!(
                    f,
                    "an issue has {options} options; at tables too large to list this version tells up to {limit} apart"
                )
            }
            Refusal::TooManyPatrons { patrons, limit } => {
                write!(
                    f,
                    "{patrons} patrons can press here; at tables too large to list this version tells up to {limit} apart"
                )
            }
            Refusal::TooManyWays { limit } => {
                write!(
                    f,
                    "a deal can be made in more than {limit} ways here (who votes for it and who presses whom); at tables too large to list this \
                     version tells no more apart"
                )
            }
            Refusal::TooManyCombinations { combinations, limit } => {
                write!(
                    f,
                    "{combinations} combinations of levers matter here; at tables too large to list this version tries up to {limit}"
                )
            }
            Refusal::TooEntangled => {
                f.write_str("its conditions tie too many issues together to be settled one after the other")
            }
            Refusal::GivenUp { nodes } => write!(f, "the search was given up after {nodes} partial packages"),
            Refusal::NumbersTooLong => f.write_str(
                "the numbers of those who judge have too many digits to be put together; give fewer decimals",
            ),
            Refusal::TooManyPoints { limit } => {
                write!(f, "more than {limit} partial packages would have to be kept at once")
            }
            Refusal::Unconfirmed => f.write_str(
                "an answer did not stand its second check, which is a defect of this program; please report it",
            ),
            Refusal::NotComputable(reason) => reason.fmt(f),
            Refusal::ConcludesNothing => f.write_str("this track concludes no framework"),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<NotComputable> for Refusal {
    fn from(reason: NotComputable) -> Self {
        Refusal::NotComputable(reason)
    }
}

impl From<TooManySeats> for Refusal {
    fn from(TooManySeats { seats, limit }: TooManySeats) -> Self {
        Refusal::TooManySeats { seats, limit }
    }
}

impl From<TooManyPackages> for Refusal {
    fn from(TooManyPackages { packages, limit }: TooManyPackages) -> Self {
        Refusal::TooManyPackages { packages, limit }
    }
}
