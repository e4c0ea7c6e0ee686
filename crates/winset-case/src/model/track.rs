//! Where deals are made: tracks with their seats, and frameworks with their benchmarks.

use super::{ActorId, BenchmarkReading, Condition, Evidence, FrameworkId, IssueId, Rule, TrackId, Voting, words};

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
    /// What it is called within a sentence: its name where the case says nothing else.
    pub in_sentence: String,
    /// The issues it can decide, ascending.
    pub agenda: Vec<IssueId>,
    /// What every deal made there must meet.
    pub mandate: Option<Condition>,
    /// Who must say yes.
    pub rule: Rule,
    /// How votes are counted, where the rule counts them.
    pub voting: Voting,
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
    /// Whether the rule asks this seat: it votes. Under consensus and parties-only each such seat must say yes; other rules say how many of them.
    pub fn needs(&self, seat: &Seat) -> bool {
        let is = |role| seat.roles.contains(&role);
        self.voting.counts(self.rule, seat.actor, is(Role::Party), is(Role::Guarantor))
    }

    /// The actors the rule asks, in the order of the file.
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
    /// What it is called within a sentence: its name where the case says nothing else.
    pub in_sentence: String,
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
