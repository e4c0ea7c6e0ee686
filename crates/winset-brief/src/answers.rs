//! The answers about a case that options and versions of it are compared on.

use std::sync::Arc;

use winset_case::{Case, FrameworkId, Status, TrackId};
use winset_settle::{Assembly, Deals, FrameworkAssembly, Refusal, explore};

use crate::brief::{TableBrief, TrackBrief, assembly_of};
use crate::claims::{ClaimResult, decide_all_in};
use crate::ends::{End, end_of};
use crate::situation::Reaches;

/// What a case comes to: its tracks, what they can assemble, where that stops and for whom, and its claims. Which levers would open what is not asked.
#[derive(Debug)]
pub struct Answers {
    /// The case, with everything in it that was asked about.
    pub case: Case,
    /// Per track, in the order of the file.
    pub tracks: Vec<TrackBrief>,
    /// What can be settled across tracks, where there is a framework to fill; or why it was not computed.
    pub assembly: Option<Result<Assembly, Refusal>>,
    /// Where the process stops and what that is worth to whom; or why it was not computed.
    pub end: Result<End, Refusal>,
    /// Per claim, in the order of the file.
    pub claims: Vec<ClaimResult>,
}

impl Answers {
    /// The answers about a case.
    pub fn of(case: Case) -> Self {
        let assembly = assembly_of(&case);
        let reach = match &assembly {
            Some(Ok(assembly)) => Ok(Arc::clone(&assembly.reach)),
            Some(Err(refusal)) => Err(refusal.clone()),
            None => explore(&case, None).map(Arc::new),
        };
        let claims = decide_all_in(&case, &Reaches::beside(reach.as_ref().ok().map(Arc::clone)));
        let end = reach.and_then(|reach| end_of(&case, &reach));
        let tracks = (0..case.tracks.len()).map(|track| TrackBrief::without_levers(&case, TrackId(track))).collect();
        Answers { case, tracks, assembly, end, claims }
    }

    /// Every table: each track under its own mandate, and to conclude its framework where it concludes one.
    pub fn tables(&self) -> impl Iterator<Item = (TrackId, Deals, &TableBrief)> {
        self.tracks.iter().flat_map(|track| track.tables().map(|(deals, table)| (track.track, deals, table)))
    }

    /// One table; none where the track concludes nothing.
    pub fn table(&self, track: TrackId, deals: Deals) -> Option<&TableBrief> {
        self.tables().find(|(at, which, _)| (*at, *which) == (track, deals)).map(|(.., table)| table)
    }

    /// How far assembly comes for a framework, where that was computed.
    pub fn framework(&self, framework: FrameworkId) -> Option<&FrameworkAssembly> {
        self.assembly.as_ref()?.as_ref().ok()?.frameworks.iter().find(|entry| entry.framework == framework)
    }
}

/// The framework a process is about: the first that a track which meets can conclude, else the first of the case.
pub fn main_framework(case: &Case) -> Option<FrameworkId> {
    let open = case.tracks.iter().filter(|track| track.status == Status::Open);
    open.filter_map(|track| track.concludes).min().or((!case.frameworks.is_empty()).then_some(FrameworkId(0)))
}
