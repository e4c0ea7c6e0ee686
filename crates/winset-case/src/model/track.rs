//! Where deals are made: ties behind the table, tracks with their seats, and frameworks with their benchmarks.

use super::{ActorId, BenchmarkReading, Condition, Evidence, FrameworkId, IssueId, Quantity, TrackId, words};

/// A patron's leverage over a client.
#[derive(Debug, Clone)]
pub struct Tie {
    /// Its id.
    pub id: String,
    /// The patron.
    pub patron: ActorId,
    /// The client.
    pub client: ActorId,
    /// How far the patron can lower what the client demands.
    pub leverage: Quantity,
    /// What it rests on.
    pub evidence: Evidence,
}

words! {
    /// What a seat is for.
    Role {
        /// A party to the deal.
        Party = "party",
        /// A guarantor of the deal.
        Guarantor = "guarantor",
        /// Convenes the track.
        Convener = "convener",
        /// Watches.
        Observer = "observer",
    }
}

words! {
    /// Who must say yes.
    Rule {
        /// Every party and guarantor.
        Consensus = "consensus",
        /// Every party.
        PartiesOnly = "parties-only",
    }
}

words! {
    /// Whether a track meets.
    Status {
        /// It meets.
        Open = "open",
        /// It is announced; analysed as if it met.
        Planned = "planned",
        /// It makes no deals.
        Closed = "closed",
    }
}

/// A seat at a track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Who sits there.
    pub actor: ActorId,
    /// As what, at least one.
    pub roles: Vec<Role>,
}

/// A venue where deals are made.
#[derive(Debug, Clone)]
pub struct Track {
    /// Its id.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// The issues it can decide, ascending.
    pub agenda: Vec<IssueId>,
    /// What every deal made there must meet.
    pub mandate: Option<Condition>,
    /// Who must say yes.
    pub rule: Rule,
    /// Whether it meets.
    pub status: Status,
    /// The framework it can conclude.
    pub concludes: Option<FrameworkId>,
    /// Where its results go; shown.
    pub feeds: Vec<TrackId>,
    /// Who sits there, in the order of the file.
    pub seats: Vec<Seat>,
    /// What it rests on.
    pub evidence: Evidence,
}

impl Track {
    /// Whether the rule needs the consent of this seat.
    pub fn needs(&self, seat: &Seat) -> bool {
        seat.roles.iter().any(|role| match self.rule {
            Rule::Consensus => matches!(role, Role::Party | Role::Guarantor),
            Rule::PartiesOnly => matches!(role, Role::Party),
        })
    }

    /// The actors whose consent the rule needs, in the order of the file.
    pub fn required(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.seats.iter().filter(|seat| self.needs(seat)).map(|seat| seat.actor)
    }
}

/// A resolution with benchmarks to be filled.
#[derive(Debug, Clone)]
pub struct Framework {
    /// Its id.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// The reading under which it concludes.
    pub reading: BenchmarkReading,
    /// Its benchmarks.
    pub benchmarks: Vec<Benchmark>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// One benchmark of a framework.
#[derive(Debug, Clone)]
pub struct Benchmark {
    /// Its id, unique within the framework.
    pub id: String,
    /// Filled at all.
    pub nominal: Condition,
    /// Filled with given content; the same as `nominal` where it is not disputed.
    pub strict: Condition,
    /// Whether it stands; edits may drop it.
    pub on: bool,
    /// What it rests on.
    pub evidence: Evidence,
}

impl Benchmark {
    /// The condition under a reading.
    pub fn under(&self, reading: BenchmarkReading) -> &Condition {
        match reading {
            BenchmarkReading::Nominal => &self.nominal,
            BenchmarkReading::Strict => &self.strict,
        }
    }
}
