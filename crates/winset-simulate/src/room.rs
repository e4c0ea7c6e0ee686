//! The room a run works in, and what it leaves there.

use std::collections::BTreeMap;

use winset_case::TrackId;
use winset_worth::State;

use crate::ahead::Ahead;
use crate::ending::Fate;
use crate::luck::Words;
use crate::observer::Change;
use crate::process::{Place, Process, Valuations};
use crate::refusal::Refusal;
use crate::table::{Slack, Table};

/// The round of what never happened.
pub const NEVER: u32 = u32::MAX;

/// What one run leaves behind at a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TrackRecord {
    /// Rounds in which it met.
    pub meetings: u32,
    /// Proposals put there.
    pub proposals: u32,
    /// Deals made there.
    pub deals: u32,
    /// Deals made there that broke.
    pub breaks: u32,
}

/// The room runs of one process work in, one after the other, and what the last of them left there.
#[derive(Debug)]
pub struct Scratch<'p> {
    pub(crate) words: Words,
    pub(crate) ahead: Ahead,
    /// Per actor: rounds of the battlefield won less those lost, what a break still adds to what it demands, and both as they shift its margins.
    pub(crate) positions: Vec<i32>,
    pub(crate) distrust: Vec<f64>,
    pub(crate) slack: Vec<Slack>,
    /// By how much a proposer believes each column of its table to be moved.
    pub(crate) believed: Vec<Slack>,
    /// Margins as they were weighed.
    pub(crate) noisy: Vec<f64>,
    /// How loosely seats answer.
    pub(crate) responses: f64,
    /// Per actor, how wrong others are about what it demands, and the round for which that was drawn.
    pub(crate) errors: Vec<(u32, f64)>,
    pub(crate) agreements: Vec<Agreement<'p>>,
    pub(crate) tracks: Vec<Track>,
    /// Per track, rounds since something came of it.
    pub(crate) idle: Vec<u32>,
    /// The tracks that go on, those that met in this round, and those where a settlement could be tried then: one bit each, 64 a word.
    pub(crate) going: Vec<u64>,
    pub(crate) met: Vec<u64>,
    pub(crate) tried: Vec<u64>,
    pub(crate) levers: u64,
    pub(crate) events: u64,
    /// What the run leaves behind.
    pub(crate) end: Option<Place<'p>>,
    pub(crate) rounds: u32,
    pub(crate) breaks: u32,
    /// Who distrusts others, or has.
    pub(crate) wronged: Vec<usize>,
    first: Vec<u32>,
    /// Where breaks were seen to lead: by the standing in which one happened, and what broke.
    broken: BTreeMap<(u32, Broken), Place<'p>>,
    pub(crate) valuations: Valuations<'p>,
    pub(crate) start: Option<Place<'p>>,
}

/// What breaks: the number of the standing in which it was made, the track, the entry, and which of its changes still stood.
type Broken = (u32, usize, usize, u128);

/// A track as a run goes on.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Track {
    pub(crate) record: TrackRecord,
    /// Whether it has failed, or been left.
    pub(crate) over: Option<Fate>,
    /// Whether it was said that it is kept alive.
    pub(crate) told: bool,
}

/// A deal that stands.
#[derive(Debug)]
pub(crate) struct Agreement<'p> {
    /// The number of the standing it was made from, where, at which table, and which entry of that it was.
    pub(crate) made: u32,
    pub(crate) track: usize,
    pub(crate) table: &'p Table,
    pub(crate) entry: usize,
    /// Which of its changes still stand as it made them, one bit each.
    pub(crate) live: u128,
    /// From 1 (as good as new) to 0.
    pub(crate) health: f64,
}

impl Agreement<'_> {
    /// What it changed and has not been changed since.
    pub(crate) fn changes(&self) -> impl Iterator<Item = Change> + '_ {
        let changes = &self.table.entries[self.entry].changes;
        changes.iter().enumerate().filter(|(at, _)| self.live >> at & 1 == 1).map(|(_, change)| *change)
    }
}

impl<'p> Scratch<'p> {
    /// Room for runs of a process under a seed.
    pub fn new(process: &'p Process, seed: u64) -> Self {
        let case = process.case();
        let actors = case.actors.len();
        Scratch {
            words: Words::new(&process.layout, seed),
            ahead: Ahead::new(actors, case.tracks.len()),
            positions: vec![0; actors],
            distrust: vec![0.0; actors],
            slack: vec![[0.0; 2]; actors],
            believed: Vec::new(),
            noisy: Vec::new(),
            responses: 0.0,
            errors: vec![(0, 0.0); actors],
            agreements: Vec::new(),
            tracks: vec![Track::default(); case.tracks.len()],
            idle: vec![0; case.tracks.len()],
            going: vec![0; case.tracks.len().div_ceil(64)],
            met: vec![0; case.tracks.len().div_ceil(64)],
            tried: vec![0; case.tracks.len().div_ceil(64)],
            levers: 0,
            events: 0,
            end: None,
            rounds: 0,
            breaks: 0,
            wronged: Vec::new(),
            first: vec![NEVER; process.benchmarks().count()],
            broken: BTreeMap::new(),
            valuations: Vec::new(),
            start: None,
        }
    }

    /// The number of the standing in which the last run ended.
    pub(crate) fn end_number(&self) -> u32 {
        self.end.map_or(u32::MAX, |end| end.standing.number)
    }

    /// Where the process stood when the last run ended.
    ///
    /// # Panics
    ///
    /// If nothing has been run in this room.
    pub fn end(&self) -> &State {
        &self.last().standing.state
    }

    /// Per actor, what that is worth to it, on its own scale from 0 to 1 without linkages; `None` for one without preferences.
    ///
    /// # Panics
    ///
    /// As [`Scratch::end`].
    pub fn worths(&self) -> &[Option<f64>] {
        self.last().worths()
    }

    fn last(&self) -> Place<'p> {
        self.end.expect("something has been run")
    }

    /// The round in which the last run ended, counted from 1.
    pub fn rounds(&self) -> u32 {
        self.rounds
    }

    /// How many agreements broke.
    pub fn breaks(&self) -> u32 {
        self.breaks
    }

    /// Per benchmark of [`Process::benchmarks`], the round after which it first held: 0 for today, [`NEVER`] where it never did.
    pub fn first_met(&self) -> &[u32] {
        &self.first
    }

    /// What the last run left behind at a track.
    pub fn record(&self, track: TrackId) -> TrackRecord {
        self.tracks[track.0].record
    }

    /// What became of a track.
    pub fn fate(&self, process: &Process, track: TrackId) -> Fate {
        let state = &self.tracks[track.0];
        if let Some(fate) = state.over {
            return fate;
        }
        let open = self.end.is_some_and(|end| end.variation.open[track.0]);
        if !open {
            Fate::Shut
        } else if self.is_dead(process, track.0) {
            Fate::Dead
        } else {
            Fate::Alive
        }
    }

    /// Whether nothing has come of a track for long, and nothing it agreed stands.
    pub(crate) fn is_dead(&self, process: &Process, track: usize) -> bool {
        self.idle[track] >= process.patience && !self.agreements.iter().any(|agreement| agreement.track == track)
    }

    pub(crate) fn begin(&mut self, run: u64, levers: u64) {
        self.words.turn_to(run);
        self.positions.fill(0);
        self.distrust.fill(0.0);
        self.errors.fill((0, 0.0));
        self.slack.fill([0.0; 2]);
        self.agreements.clear();
        self.tracks.fill(Track::default());
        self.idle.fill(0);
        self.levers = levers;
        self.events = 0;
        self.breaks = 0;
        self.wronged.clear();
        self.first.fill(NEVER);
    }

    /// Notes in which round benchmarks hold first.
    pub(crate) fn note(&mut self, benchmarks: u64, round: u32) {
        for (bit, first) in self.first.iter_mut().enumerate() {
            if *first == NEVER && benchmarks >> bit & 1 == 1 {
                *first = round;
            }
        }
    }

    /// Where the process stands after an agreement broke, worked out once.
    pub(crate) fn after(
        &mut self,
        process: &'p Process,
        place: Place<'p>,
        agreement: &Agreement<'p>,
    ) -> Result<Place<'p>, Refusal> {
        let key = (place.standing.number, (agreement.made, agreement.track, agreement.entry, agreement.live));
        if let Some(found) = self.broken.get(&key) {
            return Ok(*found);
        }
        let after = process.place(place.variation, &place.without(agreement.changes()))?;
        self.broken.insert(key, after);
        Ok(after)
    }

    /// Turns to what chance has in store for a round, counted from 1, as things stand.
    pub(crate) fn look_ahead(&mut self, process: &Process, place: Place<'_>, round: u32) {
        let variation = place.variation;
        let Scratch { words, ahead, tracks, going, .. } = self;
        let goes_on = |track: usize| variation.open[track] && tracks[track].over.is_none();
        if ahead.turn_to(&process.layout, words, (variation.number, &variation.parameters), round - 1, goes_on) {
            going.fill(0);
            (0..tracks.len()).filter(|track| goes_on(*track)).for_each(|track| going[track / 64] |= 1 << (track % 64));
        }
    }

    /// Counts a proposal.
    pub(crate) fn proposed(&mut self, track: usize) {
        self.tracks[track].record.proposals += 1;
    }

    /// Whether a track has failed or been left.
    pub(crate) fn is_over(&self, track: usize) -> bool {
        self.tracks[track].over.is_some()
    }
}
