//! Many runs, on one thread or several.

use std::ops::Range;
use std::sync::Mutex;
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
    pub fn simulate(&self, batch: &Batch, progress: &impl Progress) -> Result<Tally, Refusal> {
        let next = AtomicU64::new(batch.runs.start);
        let done = AtomicU64::new(0);
        let failed = AtomicBool::new(false);
        let whole = Mutex::new(Tally::new(self));
        let chunk = batch.chunk.max(1);
        let work = || -> Result<(), Refusal> {
            let mut room = Scratch::new(self, batch.seed);
            let mut counter = Counter::new(self);
            while !progress.stop() && !failed.load(Ordering::Relaxed) {
                let from = next.fetch_add(chunk, Ordering::Relaxed);
                if from >= batch.runs.end {
                    break;
                }
                let to = from.saturating_add(chunk).min(batch.runs.end);
                for run in from..to {
                    let ending = self.run(run, &mut room, &mut Unwatched).inspect_err(|_| {
                        failed.store(true, Ordering::Relaxed);
                    })?;
                    counter.count(self, &room, ending);
                }
                progress.done(done.fetch_add(to - from, Ordering::Relaxed) + to - from);
            }
            let tally = counter.finish(self);
            whole.lock().unwrap_or_else(std::sync::PoisonError::into_inner).merge(&tally);
            Ok(())
        };
        let results: Vec<Result<(), Refusal>> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..batch.threads.max(1)).map(|_| scope.spawn(work)).collect();
            let mut results = vec![work()];
            results.extend(others.into_iter().map(|other| other.join().expect("a run does not panic")));
            results
        });
        results.into_iter().collect::<Result<(), Refusal>>()?;
        Ok(whole.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
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
