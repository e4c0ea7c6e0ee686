//! The process record: what happened when, and where.

use super::{Evidence, TrackId, words};

words! {
    /// What an event was.
    EventKind {
        /// A round was held.
        Round = "round",
        /// Something was agreed.
        Agreement = "agreement",
        /// Talks broke down.
        Breakdown = "breakdown",
        /// Someone left, or stayed away.
        WalkOut = "walk-out",
        /// A track was opened.
        NewTrack = "new-track",
        /// The seats changed.
        Seats = "seats",
    }
}

/// A dated entry in the process record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When it happened, or began, as `2017-12-12`.
    pub date: String,
    /// When it ended, where it lasted.
    pub end: Option<String>,
    /// The track it belongs to, if it belongs to one of the case.
    pub track: Option<TrackId>,
    /// What it was, at least one.
    pub kinds: Vec<EventKind>,
    /// What happened, in words.
    pub text: String,
    /// What came of it.
    pub result: Option<String>,
    /// What it rests on.
    pub evidence: Evidence,
}

impl Event {
    /// Whether it was of this kind.
    pub fn is(&self, kind: EventKind) -> bool {
        self.kinds.contains(&kind)
    }
}
