//! The checks that decide claims (model, section 7).

use super::{
    ActorId, BenchmarkId, BenchmarkReading, Comparison, Decimal, Expression, FrameworkId, LeverId, MoveId, PackageId,
    RedLineId, TrackId, words,
};
use crate::edit::Edit;

words! {
    /// How runs of a simulation end.
    RunEnd {
        /// A framework was concluded.
        Settlement = "settlement",
        /// In a case without frameworks: everyone at the table has settled.
        Deal = "deal",
        /// One side collapsed.
        Collapse = "collapse",
        /// What could have settled it still meets, and nothing comes of it.
        Deadlock = "deadlock",
        /// Nothing that could have settled it meets any more.
        Abandoned = "abandoned",
        /// It goes on, and something came of it lately.
        Unfinished = "unfinished",
    }
}

words! {
    /// What has become of a track at the end of a run.
    TrackFate {
        /// It never could meet.
        Shut = "shut",
        /// It meets, and something came of it lately or still stands.
        Alive = "alive",
        /// It meets, and nothing has come of it for long.
        Dead = "dead",
        /// Its last sponsor left it.
        Left = "left",
        /// It failed outright.
        Failed = "failed",
    }
}

/// Which deals of a track a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Where they are made.
    pub track: TrackId,
    /// Whether it is about deals that conclude the track's framework, in place of deals under the track's own mandate.
    pub concluding: bool,
}

words! {
    /// A concept of stability, as checks name it.
    StabilityConcept {
        /// Nash (1950): nobody improves by a move of its own.
        Nash = "nash",
        /// General metarationality (Howard 1971).
        Gmr = "gmr",
        /// Symmetric metarationality (Howard 1971).
        Smr = "smr",
        /// Sequential stability (Fraser & Hipel 1979).
        Seq = "seq",
        /// Symmetric sequential stability (Rêgo & Vieira 2017).
        Sseq = "sseq",
    }
}

/// Which levers are in use, or which moves are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen<T> {
    /// Those of today.
    Today,
    /// Exactly these, in the order of the case.
    Exactly(Vec<T>),
}

/// A state of a strategic game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StrategicState {
    /// Of the game in which levers are moves.
    Levers(Chosen<LeverId>),
    /// Of the case's own moves.
    Moves(Chosen<MoveId>),
}

/// Over what a check looks for the most of an actor's aspirations that are met where the process comes to rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hoped {
    /// As things stand.
    Today,
    /// Over the options the case names for the actor, and none.
    Options,
    /// Over every choice of the levers the actor owns.
    Levers,
}

/// A number a check compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Written out.
    Number(Decimal),
    /// How many deals are acceptable.
    Count(Table),
    /// How many acceptable deals those behind the seats would accept as well.
    Durable(Table),
    /// An actor's margin for a package made at a track.
    Margin(ActorId, PackageId, TrackId),
    /// An actor's gain share from a package made at a track.
    Terms(ActorId, PackageId, TrackId),
    /// How far an actor's margin for a package made at a track is below zero; 0 if it accepts.
    Distance(ActorId, PackageId, TrackId),
    /// The share of an actor's aspirations met in the best of the states where the process can come to rest.
    Aspiration(ActorId, Hoped),
    /// The share of simulated runs that end where the first condition holds: of all, or of those that end where the second does.
    Share(Expression, Option<Expression>),
    /// The share of simulated runs that end so.
    Ends(RunEnd),
    /// The share of simulated runs that leave a track so.
    Fate(TrackId, TrackFate),
    /// A value under edits.
    With(Box<Value>, Vec<Edit>),
}

impl Value {
    /// Whether it takes simulated runs to know it.
    pub fn is_simulated(&self) -> bool {
        match self {
            Value::Share(..) | Value::Ends(_) | Value::Fate(..) => true,
            Value::With(inner, _) => inner.is_simulated(),
            _ => false,
        }
    }
}

impl Check {
    /// Whether it takes simulated runs to decide it, or a part of it.
    pub fn is_simulated(&self) -> bool {
        match self {
            Check::Compare(left, _, right) => left.is_simulated() || right.is_simulated(),
            Check::With(inner, _) | Check::Not(inner) => inner.is_simulated(),
            Check::And(parts) | Check::Or(parts) => parts.iter().any(Check::is_simulated),
            _ => false,
        }
    }
}

/// What decides a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// No deal is acceptable.
    Empty(Table),
    /// Two numbers compare so.
    Compare(Value, Comparison, Value),
    /// The seats of the track would make the package, agenda and mandate aside.
    Passes(PackageId, TrackId),
    /// The seats of the track would make the package, and it leaves the actor below its fallback without its consent.
    Imposed(ActorId, PackageId, TrackId),
    /// The actor accepts the package made at the track.
    Accepts(ActorId, PackageId, TrackId),
    /// The package made at the track breaks this red line of the actor, or any of them.
    Breaks(ActorId, PackageId, TrackId, Option<RedLineId>),
    /// Exactly these constraints (by their written ids, sorted) are a minimal blocking set.
    Blocks(Table, Vec<String>),
    /// No admissible combination of available levers makes a deal acceptable.
    NoUnlock(Table),
    /// With exactly these levers in use a deal is acceptable.
    UnlockedBy(Table, Vec<LeverId>),
    /// The package meets the framework's benchmarks, or one of them, under a reading or the framework's own.
    Satisfies(PackageId, FrameworkId, Option<BenchmarkId>, Option<BenchmarkReading>),
    /// Deals can lead from today to a state where the condition holds.
    Reachable(Expression),
    /// The track can deliver the benchmark, from today or after other deals.
    Delivers(TrackId, FrameworkId, BenchmarkId),
    /// The state is stable under the concept: for everyone, or for this actor.
    Stable(StrategicState, StabilityConcept, Option<ActorId>),
    /// Of the options the case names for the actor, one is at least as good for it as each of the others and as none, on every measure.
    Dominant(ActorId),
    /// Needs an analysis this version does not have, named here.
    Undecidable(String),
    /// A check under edits.
    With(Box<Check>, Vec<Edit>),
    /// Not.
    Not(Box<Check>),
    /// All.
    And(Vec<Check>),
    /// Any.
    Or(Vec<Check>),
}
