//! What a run shows to those who watch it.

use winset_case::{ActorId, FrameworkId, LeverId, TrackId};

use crate::ending::Ending;

/// Something that happens in a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// An event of the case happened: its index.
    Happened(usize),
    /// A lever came into use, or out of use.
    Lever(LeverId, bool),
    /// A track met and its proposer had nothing to put that it thought the others would accept.
    NothingToPropose {
        /// Where.
        track: TrackId,
        /// Who would have proposed.
        proposer: ActorId,
    },
    /// A package was put.
    Proposal {
        /// Where.
        track: TrackId,
        /// By whom.
        proposer: ActorId,
        /// The options that would change: issue, from, to. From is `None` where there is no agreement yet.
        changes: Vec<Change>,
        /// Whether it would conclude the track's framework.
        concludes: bool,
        /// What each judge of the others said.
        answers: Vec<Answer>,
        /// Whether it passed.
        agreed: bool,
    },
    /// An agreement broke, and what it had settled went back to what stood before.
    Broken {
        /// Where it had been made.
        track: TrackId,
        /// What went back.
        changes: Vec<Change>,
    },
    /// A framework was concluded.
    Concluded(FrameworkId),
    /// A track failed outright.
    Failed(TrackId),
    /// A dead track's last sponsor left.
    Left(TrackId),
    /// Nothing has come of a track for long, and those who would lose by leaving it stay.
    KeptAlive {
        /// Which.
        track: TrackId,
        /// Who stays; nobody where nothing is said of sponsors.
        sponsors: Vec<ActorId>,
    },
    /// The run ended.
    Ended(Ending),
}

/// One issue's option changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Which issue, by its index.
    pub issue: usize,
    /// The option before; `None` where there was no agreement.
    pub from: Option<usize>,
    /// The option after; `None` where there is no agreement any more.
    pub to: Option<usize>,
}

/// What one judge said to a proposal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// Who.
    pub judge: ActorId,
    /// Its margin as things stood, in its own worth; minus infinity where an unpriced red line is broken.
    pub margin: f64,
    /// Whether it accepted.
    pub accepted: bool,
}

/// Someone who watches a run.
pub trait Observer {
    /// Whether it wants to be told. Nothing is put together for one that does not.
    const WATCHES: bool = true;

    /// Told of an event in a round, counted from 1.
    fn see(&mut self, round: u32, event: Event);
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Observer for Unwatched {
    const WATCHES: bool = false;

    fn see(&mut self, _: u32, _: Event) {}
}

/// Everything that happened in one run, with its round.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trace {
    /// In the order in which it happened.
    pub events: Vec<(u32, Event)>,
}

impl Observer for Trace {
    fn see(&mut self, round: u32, event: Event) {
        self.events.push((round, event));
    }
}
