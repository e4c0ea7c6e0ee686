//! What can stand in the way of a deal, with the ids that files and results use.

use winset_case::{ActorId, BenchmarkId, Case, FrameworkId, RedLineId, TrackId};

/// One thing a deal must respect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Constraint {
    /// The deal must be worth at least the actor's fallback, after pressure: `fallback:ACTOR`.
    Fallback(ActorId),
    /// The deal must respect the red line, or pay its price: `red-line:ACTOR.ID`.
    RedLine(ActorId, RedLineId),
    /// The deal must meet this top-level conjunct of the mandate, counted from 0: `mandate:TRACK.N`, counted from 1.
    Mandate(TrackId, usize),
    /// The deal must meet the benchmark: `benchmark:FRAMEWORK.ID`.
    Benchmark(FrameworkId, BenchmarkId),
}

impl Constraint {
    /// The id under which files and results know it.
    pub fn id(self, case: &Case) -> String {
        match self {
            Constraint::Fallback(actor) => format!("fallback:{}", case.actors[actor.0].id),
            Constraint::RedLine(actor, line) => {
                let actor = &case.actors[actor.0];
                format!("red-line:{}.{}", actor.id, actor.red_lines[line.0].id)
            }
            Constraint::Mandate(track, conjunct) => format!("mandate:{}.{}", case.tracks[track.0].id, conjunct + 1),
            Constraint::Benchmark(framework, benchmark) => {
                let framework = &case.frameworks[framework.0];
                format!("benchmark:{}.{}", framework.id, framework.benchmarks[benchmark.0].id)
            }
        }
    }

    /// The actor whose demand it is.
    pub fn actor(self) -> Option<ActorId> {
        match self {
            Constraint::Fallback(actor) | Constraint::RedLine(actor, _) => Some(actor),
            Constraint::Mandate(..) | Constraint::Benchmark(..) => None,
        }
    }
}
