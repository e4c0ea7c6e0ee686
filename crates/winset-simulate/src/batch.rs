//! Many runs, on one thread or several.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::ending::Ending;
use crate::observer::{Trace, Unwatched};
use crate::process::Process;
use crate::refusal::Refusal;
use crate::room::Scratch;
use crate::rows::Rows;
use crate::tally::{Counter, Tally};

/// Which runs, and how to go about them. What comes out depends on the seed and the runs alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The seed.
    pub seed: u64,
    /// Which runs, by their numbers.
    pub runs: Range<u64>,
    /// On how many threads.
    pub threads: usize,
    /// How many runs a thread takes at a time.
    pub chunk: u64,
}

impl Batch {
    /// So many runs of a seed, from the first.
    pub fn of(seed: u64, runs: u64, threads: usize) -> Self {
        Batch { seed, runs: 0..runs, threads, chunk: 512 }
    }

    /// Goes through the runs: every thread begins with room of its own, takes runs a chunk at a time, and in the end hands over what it found. Where it is
    /// stopped, the runs taken are the first ones, without gaps.
    ///
    /// # Errors
    ///
    /// The first that a run gives.
    pub fn go_through<Room, Found: Send>(
        &self,
        progress: &impl Progress,
        begin: impl Fn() -> Room + Sync,
        take: impl Fn(&mut Room, u64) -> Result<(), Refusal> + Sync,
        end: impl Fn(Room) -> Found + Sync,
    ) -> Result<Vec<Found>, Refusal> {
        let next = AtomicU64::new(self.runs.start);
        let done = AtomicU64::new(0);
        let failed = AtomicBool::new(false);
        let chunk = self.chunk.max(1);
        let work = || -> Result<Found, Refusal> {
            let mut room = begin();
            while !progress.stop() && !failed.load(Ordering::Relaxed) {
                let from = next.fetch_add(chunk, Ordering::Relaxed);
                if from >= self.runs.end {
                    break;
                }
                let to = from.saturating_add(chunk).min(self.runs.end);
                for run in from..to {
                    take(&mut room, run).inspect_err(|_| failed.store(true, Ordering::Relaxed))?;
                }
                progress.done(done.fetch_add(to - from, Ordering::Relaxed) + to - from);
            }
            Ok(end(room))
        };
        let results: Vec<Result<Found, Refusal>> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..self.threads.max(1)).map(|_| scope.spawn(work)).collect();
            let mut results = vec![work()];
            results.extend(others.into_iter().map(|other| other.join().expect("a run does not panic")));
            results
        });
        results.into_iter().collect()
    }
}

/// Told how many runs are done, and asked whether to stop.
pub trait Progress: Sync {
    /// So many runs are done altogether.
    fn done(&self, runs: u64);

    /// Whether to make an end after the runs under way.
    fn stop(&self) -> bool;
}

/// Nobody is told, and nobody stops.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn done(&self, _: u64) {}

    fn stop(&self) -> bool {
        false
    }
}

impl Process {
    /// Makes runs and counts what they come to. Where it is stopped, the runs counted are the first ones, without gaps.
    ///
    /// # Errors
    ///
    /// As for [`Process::run`].
    pub fn simulate<'p>(&'p self, batch: &Batch, progress: &impl Progress) -> Result<Tally, Refusal> {
        let begin = || (Scratch::new(self, batch.seed), Counter::new(self));
        let take = |(room, counter): &mut (Scratch<'p>, Counter), run| {
            let ending = self.run(run, room, &mut Unwatched)?;
            counter.count(self, room, ending);
            Ok(())
        };
        let tallies = batch.go_through(progress, begin, take, |(_, counter)| counter.finish(self))?;
        let mut whole = Tally::new(self);
        tallies.iter().for_each(|tally| whole.merge(tally));
        Ok(whole)
    }

    /// Makes runs on this thread alone and keeps a row of each, beside what they come to: the unit of work of sweeps and of many machines.
    ///
    /// # Errors
    ///
    /// As for [`Process::run`].
    pub fn run_unit(&self, seed: u64, runs: Range<u64>) -> Result<(Rows, Tally), Refusal> {
        let mut rows = Rows::new(self);
        let mut room = Scratch::new(self, seed);
        let mut counter = Counter::new(self);
        for run in runs {
            let ending = self.run(run, &mut room, &mut Unwatched)?;
            rows.add(self, &room, run, ending);
            counter.count(self, &room, ending);
        }
        Ok((rows, counter.finish(self)))
    }

    /// One run with everything that happens in it.
    ///
    /// # Errors
    ///
    /// As for [`Process::run`].
    pub fn trace(&self, seed: u64, run: u64) -> Result<(Ending, Trace, Scratch<'_>), Refusal> {
        let mut room = Scratch::new(self, seed);
        let mut trace = Trace::default();
        let ending = self.run(run, &mut room, &mut trace)?;
        Ok((ending, trace, room))
    }
}
