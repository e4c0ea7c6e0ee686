//! What a deal is worth to each actor, and who accepts it (the model, sections 1 and 2).
//!
//! A [`Valuation`] holds the exact worth functions of a case. A [`Sitting`] is one track meeting from one [`State`]: it judges deals.
//! Everything here is exact: worth is counted in whole units of each actor's own, see [`ActorWorth::unit`].

mod ballot;
mod behind;
mod condition;
mod recognition;
mod sitting;
mod space;
mod state;
mod terms;
mod valuation;

pub use ballot::{Ballot, NoMeeting, Seats, TooManySeats, Vote, no_meeting};
pub use behind::{Behind, Bond, behind};
pub use condition::{Deal, View, fixed_at, follows_procedure, holds, mentions};
pub use recognition::{NotRecognised, not_recognised, speaks_for};
pub use sitting::{Judgement, Sitting};
pub use space::{PACKAGE_LIMIT, Space, TooManyPackages};
pub use state::State;
pub use terms::{Ends, Terms};
pub use valuation::{ActorWorth, LinkageWorth, NotComputable, RedLineWorth, Valuation};
