//! Options beside today by simulation: the same runs made with each option taken and without, so that what differs is the option and not luck.

use std::collections::BTreeMap;

use winset_case::{ActorId, BenchmarkId, Case, FrameworkId, PolicyOption};
use winset_simulate::{Batch, Ending, NEVER, Process, Progress, Refusal, Scratch, Unwatched};

use super::estimate::{Estimate, difference_of_shares};
use super::share;

/// Options of a case beside what stands, by simulation.
#[derive(Debug)]
pub struct RunComparison {
    /// The case as it stands.
    pub today: Process,
    /// Each option, in the order asked; where it cannot be run, why.
    pub options: Vec<(PolicyOption, Result<Process, Refusal>)>,
    /// How many runs of each were made.
    pub runs: u64,
    /// The seed.
    pub seed: u64,
    counted: Counted,
}

/// What runs are measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// The share of runs that end so.
    Ends(Ending),
    /// The share of runs in which a benchmark is filled at some time.
    Filled(FrameworkId, BenchmarkId),
    /// Agreements that break in a run.
    Breaks,
    /// What it is worth to an actor where the run stops.
    Worth(ActorId),
}

impl Measure {
    /// Whether it is a share of runs; else it is a mean over runs.
    pub fn is_share(self) -> bool {
        matches!(self, Measure::Ends(_) | Measure::Filled(..))
    }

    /// Its name and what it is of, as results name them.
    pub fn names(self, case: &Case) -> (&'static str, String) {
        match self {
            Measure::Ends(ending) => {
                let subject = ending.subject(case).map_or_else(String::new, |subject| format!(" {subject}"));
                ("ends", format!("{}{subject}", ending.word()))
            }
            Measure::Filled(framework, benchmark) => {
                let body = &case.frameworks[framework.0];
                ("filled", format!("{}.{}", body.id, body.benchmarks[benchmark.0].id))
            }
            Measure::Breaks => ("breaks", String::new()),
            Measure::Worth(actor) => ("worth", case.actors[actor.0].id.clone()),
        }
    }
}

/// One measure of one option beside today.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beside {
    /// Of what.
    pub measure: Measure,
    /// As things stand; `None` where no run tells.
    pub today: Option<Estimate>,
    /// With the option.
    pub with: Option<Estimate>,
    /// How much more it is with the option, over the same runs.
    pub difference: Option<Estimate>,
    /// By which round half of the runs had filled it, as things stand and with the option; `None` where they never had, and for other measures.
    pub half: (Option<usize>, Option<usize>),
}

impl Beside {
    /// Whether the interval of the difference leaves out 0: the option does more here than chance would.
    pub fn is_told_apart(&self) -> bool {
        self.difference.is_some_and(|difference| difference.low > 0.0 || difference.high < 0.0)
    }
}

/// What was counted: all of it whole numbers, so that it adds up to the same in any order.
#[derive(Debug, Clone, Default)]
struct Counted {
    runs: u64,
    today: Side,
    options: Vec<Option<(Side, Pairs)>>,
}

/// The runs of one side.
#[derive(Debug, Clone, Default)]
struct Side {
    endings: BTreeMap<Ending, u64>,
    /// Per benchmark, in how many runs it was first filled after each round.
    met: Vec<Vec<u64>>,
    breaks: Sum,
    worths: Vec<Sum>,
}

/// Both sides, run by run.
#[derive(Debug, Clone, Default)]
struct Pairs {
    /// In how many runs both end so.
    endings: BTreeMap<Ending, u64>,
    /// Per benchmark, in how many runs both fill it.
    met: Vec<u64>,
    breaks: Sum,
    worths: Vec<Sum>,
}

/// Numbers in billionths, added up.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    count: u64,
    total: i128,
    squares: i128,
}

const BILLION: f64 = 1e9;

impl Sum {
    fn add(&mut self, billionths: i64) {
        let value = i128::from(billionths);
        self.count += 1;
        self.total += value;
        self.squares += value * value;
    }

    fn merge(&mut self, other: &Sum) {
        self.count += other.count;
        self.total += other.total;
        self.squares += other.squares;
    }

    fn estimate(&self) -> Option<Estimate> {
        let count = self.count as f64;
        (self.count > 0).then(|| {
            Estimate::of_mean(
                self.count,
                self.total as f64 / count / BILLION,
                self.squares as f64 / count / BILLION / BILLION,
            )
        })
    }
}

/// A worth in billionths. Worths are far below the nine billion that would not fit.
fn billionths(worth: f64) -> i64 {
    libm::rint(worth * BILLION) as i64
}

impl Side {
    fn count(&mut self, horizon: u32, ending: Ending, room: &Scratch<'_>) {
        *self.endings.entry(ending).or_default() += 1;
        self.met.resize(room.first_met().len(), vec![0; horizon as usize + 1]);
        for (met, &first) in self.met.iter_mut().zip(room.first_met()).filter(|(_, first)| **first != NEVER) {
            met[first as usize] += 1;
        }
        self.breaks.add(i64::from(room.breaks()) * 1_000_000_000);
        self.worths.resize(room.worths().len(), Sum::default());
        for (sum, worth) in self.worths.iter_mut().zip(room.worths()) {
            if let Some(worth) = worth {
                sum.add(billionths(*worth));
            }
        }
    }

    fn merge(&mut self, other: &Side) {
        add(&mut self.endings, &other.endings);
        self.met.resize(other.met.len().max(self.met.len()), Vec::new());
        for (own, other) in self.met.iter_mut().zip(&other.met) {
            own.resize(own.len().max(other.len()), 0);
            own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
        }
        self.breaks.merge(&other.breaks);
        merge(&mut self.worths, &other.worths);
    }

    /// By which round half of so many runs had filled a benchmark.
    fn half(&self, benchmark: usize, runs: u64) -> Option<usize> {
        let mut so_far = 0;
        self.met.get(benchmark)?.iter().position(|here| {
            so_far += here;
            so_far * 2 >= runs
        })
    }

    fn filled(&self, benchmark: usize) -> u64 {
        self.met.get(benchmark).map_or(0, |met| met.iter().sum())
    }
}

impl Pairs {
    fn count(&mut self, (before, today): (Ending, &Scratch<'_>), (after, with): (Ending, &Scratch<'_>)) {
        if before == after {
            *self.endings.entry(before).or_default() += 1;
        }
        self.met.resize(today.first_met().len(), 0);
        for ((both, before), after) in self.met.iter_mut().zip(today.first_met()).zip(with.first_met()) {
            *both += u64::from(*before != NEVER && *after != NEVER);
        }
        self.breaks.add((i64::from(with.breaks()) - i64::from(today.breaks())) * 1_000_000_000);
        self.worths.resize(today.worths().len(), Sum::default());
        for ((sum, before), after) in self.worths.iter_mut().zip(today.worths()).zip(with.worths()) {
            if let (Some(before), Some(after)) = (before, after) {
                sum.add(billionths(*after) - billionths(*before));
            }
        }
    }

    fn merge(&mut self, other: &Pairs) {
        add(&mut self.endings, &other.endings);
        self.met.resize(other.met.len().max(self.met.len()), 0);
        self.met.iter_mut().zip(&other.met).for_each(|(own, other)| *own += other);
        self.breaks.merge(&other.breaks);
        merge(&mut self.worths, &other.worths);
    }
}

fn add(own: &mut BTreeMap<Ending, u64>, other: &BTreeMap<Ending, u64>) {
    for (ending, runs) in other {
        *own.entry(*ending).or_default() += runs;
    }
}

fn merge(own: &mut Vec<Sum>, other: &[Sum]) {
    own.resize(other.len().max(own.len()), Sum::default());
    own.iter_mut().zip(other).for_each(|(own, other)| own.merge(other));
}

impl Counted {
    fn new(options: &[(PolicyOption, Result<Process, Refusal>)]) -> Self {
        let options = options.iter().map(|(_, process)| process.is_ok().then(Default::default));
        Counted { runs: 0, today: Side::default(), options: options.collect() }
    }

    fn merge(&mut self, other: &Counted) {
        self.runs += other.runs;
        self.today.merge(&other.today);
        for (own, other) in self.options.iter_mut().zip(&other.options) {
            if let (Some((side, pairs)), Some((other_side, other_pairs))) = (own, other) {
                side.merge(other_side);
                pairs.merge(other_pairs);
            }
        }
    }
}

/// The rooms in which one thread makes a run with each option and without, and what it counted there.
struct Rooms<'p> {
    today: Scratch<'p>,
    options: Vec<Option<Scratch<'p>>>,
    counted: Counted,
}

impl RunComparison {
    /// Makes the same runs of a case as it stands and with each option taken. Where it is stopped, the runs counted are the first ones, without gaps.
    ///
    /// # Errors
    ///
    /// Where the case as it stands cannot be simulated, or runs lead to more standings than are kept.
    pub fn of(case: &Case, options: &[PolicyOption], batch: &Batch, progress: &impl Progress) -> Result<Self, Refusal> {
        let shared = |today: &Process, option: &PolicyOption| today.under(&option.all_edits(case));
        match RunComparison::by(case, options, batch, progress, shared) {
            // What is shared counts together; alone each may stay below the limit.
            Err(Refusal::TooManyStandings { .. }) => {
                RunComparison::by(case, options, batch, progress, |_, option| Process::new(&option.applied_to(case)))
            }
            compared => compared,
        }
    }

    fn by(
        case: &Case,
        options: &[PolicyOption],
        batch: &Batch,
        progress: &impl Progress,
        process: impl Fn(&Process, &PolicyOption) -> Result<Process, Refusal>,
    ) -> Result<Self, Refusal> {
        let today = Process::new(case)?;
        let options = options.iter().map(|option| (option.clone(), process(&today, option)));
        let mut comparison =
            RunComparison { options: options.collect(), today, runs: 0, seed: batch.seed, counted: Counted::default() };
        comparison.counted = comparison.count(batch, progress)?;
        comparison.runs = comparison.counted.runs;
        Ok(comparison)
    }

    fn count(&self, batch: &Batch, progress: &impl Progress) -> Result<Counted, Refusal> {
        let batch = Batch { chunk: batch.chunk.min(128), ..batch.clone() };
        let begin = || Rooms {
            today: Scratch::new(&self.today, batch.seed),
            options: self
                .options
                .iter()
                .map(|(_, process)| process.as_ref().ok().map(|process| Scratch::new(process, batch.seed)))
                .collect(),
            counted: Counted::new(&self.options),
        };
        let counts =
            batch.go_through(progress, begin, |rooms, run| self.count_one(run, rooms), |rooms| rooms.counted)?;
        let mut whole = Counted::new(&self.options);
        counts.iter().for_each(|counts| whole.merge(counts));
        Ok(whole)
    }

    fn count_one<'p>(&'p self, run: u64, rooms: &mut Rooms<'p>) -> Result<(), Refusal> {
        let Rooms { today: room, options: rooms, counted } = rooms;
        let horizon = self.today.horizon();
        let before = self.today.run(run, room, &mut Unwatched)?;
        counted.runs += 1;
        counted.today.count(horizon, before, room);
        for (((_, process), there), counts) in self.options.iter().zip(rooms).zip(&mut counted.options) {
            if let (Ok(process), Some(there), Some((side, pairs))) = (process, there, counts) {
                let after = process.run(run, there, &mut Unwatched)?;
                side.count(horizon, after, there);
                pairs.count((before, room), (after, there));
            }
        }
        Ok(())
    }

    /// Every ending that some run comes to, with some option or without.
    pub fn endings(&self) -> Vec<Ending> {
        let mut all = self.counted.today.endings.clone();
        for (side, _) in self.counted.options.iter().flatten() {
            add(&mut all, &side.endings);
        }
        all.into_keys().collect()
    }

    /// Every measure of an option beside today's: endings, benchmarks, breaks, worths. Nothing for an option that cannot be run.
    pub fn beside(&self, option: usize) -> Vec<Beside> {
        match self.counted.options.get(option) {
            Some(Some((side, pairs))) => self.rows(side, Some(pairs)),
            _ => Vec::new(),
        }
    }

    /// The same measures of the case as it stands, alone.
    pub fn today(&self) -> Vec<Beside> {
        self.rows(&self.counted.today, None)
    }

    fn rows(&self, with: &Side, pairs: Option<&Pairs>) -> Vec<Beside> {
        let (runs, today) = (self.counted.runs, &self.counted.today);
        let count = |side: &Side, ending: &Ending| side.endings.get(ending).copied().unwrap_or(0);
        let shares = |before: u64, after: u64, both: Option<u64>| {
            let difference = both.and_then(|both| difference_of_shares(runs, before - both, after - both));
            (Estimate::of_share(&share(before, runs)), Estimate::of_share(&share(after, runs)), difference)
        };
        let row = |measure, (today, with, difference), half| Beside { measure, today, with, difference, half };
        let mut rows = Vec::new();
        for ending in self.endings() {
            let both = pairs.map(|pairs| pairs.endings.get(&ending).copied().unwrap_or(0));
            let shares = shares(count(today, &ending), count(with, &ending), both);
            rows.push(row(Measure::Ends(ending), shares, (None, None)));
        }
        for (at, (framework, benchmark)) in self.today.benchmarks().enumerate() {
            let both = pairs.map(|pairs| pairs.met.get(at).copied().unwrap_or(0));
            let shares = shares(today.filled(at), with.filled(at), both);
            let half = (today.half(at, runs), with.half(at, runs));
            rows.push(row(Measure::Filled(framework, benchmark), shares, half));
        }
        let sums = |before: &Sum, after: &Sum, pairs: Option<&Sum>| {
            (before.estimate(), after.estimate(), pairs.and_then(Sum::estimate))
        };
        let breaks = sums(&today.breaks, &with.breaks, pairs.map(|pairs| &pairs.breaks));
        rows.push(row(Measure::Breaks, breaks, (None, None)));
        let case = self.today.case();
        let own = |body: &winset_case::Actor| body.has_preferences() && body.principal.is_none();
        for actor in (0..case.actors.len()).filter(|actor| own(&case.actors[*actor])) {
            let (Some(before), Some(after)) = (today.worths.get(actor), with.worths.get(actor)) else { continue };
            let worths = sums(before, after, pairs.and_then(|pairs| pairs.worths.get(actor)));
            rows.push(row(Measure::Worth(ActorId(actor)), worths, (None, None)));
        }
        rows
    }
}
