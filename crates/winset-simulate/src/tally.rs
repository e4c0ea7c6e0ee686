//! What many runs come to, counted: a value that merges in any order.

use std::collections::BTreeMap;

use winset_case::TrackId;
use winset_worth::State;

use crate::ending::{Ending, Fate};
use crate::process::Process;
use crate::room::{NEVER, Scratch};

/// What many runs come to. Everything in it is a whole number, so that merging is exact, in any order and grouping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// How many runs.
    pub runs: u64,
    /// Per way of ending, in how many runs, by the round in which they ended: index 0 is the first round.
    pub endings: BTreeMap<Ending, Vec<u64>>,
    /// Per way of ending and place where the process then stood, in how many runs.
    pub ends: BTreeMap<(Ending, State), u64>,
    /// Per benchmark of [`Process::benchmarks`], in how many runs it first held after each round: index 0 is today.
    pub met: Vec<Vec<u64>>,
    /// In how many runs so many agreements broke.
    pub breaks: BTreeMap<u32, u64>,
    /// Per track.
    pub tracks: Vec<TrackTally>,
}

/// What many runs come to at one track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TrackTally {
    /// Meetings held.
    pub meetings: u64,
    /// Proposals put.
    pub proposals: u64,
    /// Deals made.
    pub deals: u64,
    /// Deals that broke.
    pub breaks: u64,
    /// In how many runs at least one deal was made.
    pub productive: u64,
    /// In how many runs it ended so, in the order of [`Fate::ALL`].
    pub fates: [u64; 5],
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(process: &Process) -> Self {
        Tally {
            runs: 0,
            endings: BTreeMap::new(),
            ends: BTreeMap::new(),
            met: vec![vec![0; process.horizon() as usize + 1]; process.benchmarks().count()],
            breaks: BTreeMap::new(),
            tracks: vec![TrackTally::default(); process.case().tracks.len()],
        }
    }

    /// Counts what others have counted as well.
    pub fn merge(&mut self, other: &Tally) {
        self.runs += other.runs;
        for (ending, rounds) in &other.endings {
            let own = self.endings.entry(*ending).or_default();
            own.resize(own.len().max(rounds.len()), 0);
            own.iter_mut().zip(rounds).for_each(|(own, other)| *own += other);
        }
        for (end, runs) in &other.ends {
            *self.ends.entry(end.clone()).or_default() += runs;
        }
        for (own, other) in self.met.iter_mut().zip(&other.met) {
            own.resize(own.len().max(other.len()), 0);
            own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
        }
        for (breaks, runs) in &other.breaks {
            *self.breaks.entry(*breaks).or_default() += runs;
        }
        for (own, other) in self.tracks.iter_mut().zip(&other.tracks) {
            own.meetings += other.meetings;
            own.proposals += other.proposals;
            own.deals += other.deals;
            own.breaks += other.breaks;
            own.productive += other.productive;
            own.fates.iter_mut().zip(other.fates).for_each(|(own, other)| *own += other);
        }
    }

    /// In how many runs the process ended so.
    pub fn ended(&self, ending: Ending) -> u64 {
        self.endings.get(&ending).map_or(0, |rounds| rounds.iter().sum())
    }

    /// In how many runs the process ended where a condition holds.
    pub fn ends_where(&self, holds: impl Fn(Ending, &State) -> bool) -> u64 {
        let ends = self.ends.iter().filter(|((ending, state), _)| holds(*ending, state));
        ends.map(|(_, runs)| runs).sum()
    }
}

/// Counts the runs of one room.
#[derive(Debug)]
pub(crate) struct Counter {
    tally: Tally,
    /// Ends by the number of the standing, which means nothing elsewhere.
    ends: BTreeMap<(Ending, u32), u64>,
}

impl Counter {
    pub(crate) fn new(process: &Process) -> Self {
        Counter { tally: Tally::new(process), ends: BTreeMap::new() }
    }

    /// Counts the run that was made in this room last.
    pub(crate) fn count(&mut self, process: &Process, room: &Scratch<'_>, ending: Ending) {
        let tally = &mut self.tally;
        tally.runs += 1;
        let horizon = process.horizon() as usize;
        let rounds = tally.endings.entry(ending).or_insert_with(|| vec![0; horizon]);
        rounds[room.rounds() as usize - 1] += 1;
        *self.ends.entry((ending, room.end_number())).or_default() += 1;
        for (met, &first) in tally.met.iter_mut().zip(room.first_met()) {
            if first != NEVER {
                met[first as usize] += 1;
            }
        }
        *tally.breaks.entry(room.breaks()).or_default() += 1;
        for (at, track) in tally.tracks.iter_mut().enumerate() {
            let record = room.record(TrackId(at));
            track.meetings += u64::from(record.meetings);
            track.proposals += u64::from(record.proposals);
            track.deals += u64::from(record.deals);
            track.breaks += u64::from(record.breaks);
            track.productive += u64::from(record.deals > 0);
            track.fates[room.fate(process, TrackId(at)) as usize] += 1;
        }
    }

    /// What was counted.
    pub(crate) fn finish(mut self, process: &Process) -> Tally {
        for ((ending, number), runs) in self.ends {
            *self.tally.ends.entry((ending, process.numbered(number).standing.state.clone())).or_default() += runs;
        }
        self.tally
    }
}

const _: () = assert!(Fate::ALL.len() == 5);
