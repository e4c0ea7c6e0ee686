//! Many draws of everything a brief says.

use std::sync::atomic::{AtomicU64, Ordering};

use winset_case::{Case, FrameworkId, Likelihood, TrackId};
use winset_chance::Luck;
use winset_settle::Deals;

use super::bases::Spread;
use super::influential::{Influential, Record, influential};
use super::question::{Question, Questions};
use super::tally::{Share, Tuning};
use super::thresholds::{Threshold, thresholds};
use super::worker::Worker;

/// How to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawSettings {
    /// How many draws.
    pub draws: u64,
    /// The seed.
    pub seed: u64,
    /// On how many threads: no answer depends on it.
    pub threads: usize,
}

/// Whether somebody wants the draws stopped. It is asked on every thread.
pub type Stop<'s> = dyn Fn() -> bool + Sync + 's;

/// Draws over everything that assumed numbers could be, at most: enough to tell nearly all from few.
const ADMISSIBLE_DRAWS: u64 = 400;

/// Draws of questions about what deals can lead to, one after the other: each is a walk over everything that can be reached, many times the
/// work of all other questions. Their shares say how many draws they are of.
const WALK_DRAWS: u64 = 200;

/// How many numbers are named as those that matter most.
const MATTERING: usize = 3;

/// Draws that a thread takes at a time: one word of the record's bits.
const PART: u64 = 64;

/// Everything a brief says, ready to be asked of draws.
pub struct Ensemble<'c> {
    case: &'c Case,
    questions: Questions<'c>,
    claims: Vec<Question>,
    tables: Vec<(TrackId, Deals, Question, Option<Question>)>,
    frameworks: Vec<(FrameworkId, Question, Vec<Question>)>,
}

/// What draws come to.
#[derive(Debug, Clone)]
pub struct EnsembleResult {
    /// How it was drawn.
    pub settings: DrawSettings,
    /// Per claim, in the order of the file.
    pub claims: Vec<ClaimRobustness>,
    /// Per track and sort of deals.
    pub tables: Vec<TableShares>,
    /// Per framework.
    pub frameworks: Vec<FrameworkShares>,
    /// The numbers that matter most, the first the most: at most three.
    pub influential: Vec<Influential>,
    /// Every number that moves a verdict by more than chance would, the first the most.
    pub ranking: Vec<Influential>,
    /// How many numbers are drawn.
    pub drawn: usize,
}

/// How robust a claim is.
#[derive(Debug, Clone)]
pub struct ClaimRobustness {
    /// In how many draws over the given ranges it holds.
    pub given: Share,
    /// In how many draws where numbers that rest on assumption alone may be anything they could be.
    pub admissible: Share,
    /// The hedge of its author, and whether the share falls in it; `None` without a hedge.
    pub hedge: Option<(Likelihood, Option<bool>)>,
    /// The number that, moved alone from its point value, first turns the verdict; `None` if none does within its range.
    pub threshold: Option<Threshold>,
}

impl ClaimRobustness {
    /// Whether it hangs on numbers that rest on assumption alone.
    pub fn tuning(&self) -> Option<Tuning> {
        Tuning::of(&self.admissible)
    }
}

/// In how many draws a table has a deal.
#[derive(Debug, Clone)]
pub struct TableShares {
    /// Where.
    pub track: TrackId,
    /// Which deals.
    pub deals: Deals,
    /// In how many draws some deal is acceptable.
    pub open: Share,
    /// In how many draws some combination of levers makes one acceptable, those with none in use among them. Only where the table is empty at
    /// the point values.
    pub opened_by_levers: Option<Share>,
    /// The number that, moved alone from its point value, first opens the table, or shuts it; `None` if none does within its range.
    pub threshold: Option<Threshold>,
}

/// In how many draws a framework can be filled and concluded.
#[derive(Debug, Clone)]
pub struct FrameworkShares {
    /// Which.
    pub framework: FrameworkId,
    /// In how many draws deals can lead to its conclusion.
    pub concluded: Share,
    /// Per benchmark that stands, in how many draws deals can lead to where it holds.
    pub benchmarks: Vec<Share>,
}

impl<'c> Ensemble<'c> {
    /// Prepares the draws of a case: its claims, and with `all` its tables and frameworks as well.
    pub fn new(case: &'c Case, all: bool) -> Self {
        let mut questions = Questions::new(case);
        let here = questions.place(&[]);
        let claims = case
            .claims
            .iter()
            .map(|claim| {
                let place = questions.place(&claim.with);
                questions.ask(&place, &claim.check)
            })
            .collect();
        let (mut tables, mut frameworks) = (Vec::new(), Vec::new());
        if all {
            for (track, body) in case.tracks.iter().enumerate() {
                let concluding = body.concludes.map(|_| Deals::Concluding);
                for deals in std::iter::once(Deals::Mandate).chain(concluding) {
                    let track = TrackId(track);
                    let empty = questions.empty(&here, track, deals);
                    let table = winset_case::Table { track, concluding: deals == Deals::Concluding };
                    let blocked = Worker::new(&questions).answer_at_points(&empty) == Some(true);
                    let unlock = blocked.then(|| questions.no_unlock(&here, table));
                    tables.push((track, deals, empty, unlock));
                }
            }
            for (framework, body) in case.frameworks.iter().enumerate() {
                let framework = FrameworkId(framework);
                let concluded = questions.reaches(&here, winset_case::Expression::Concluded(framework));
                let standing = body.benchmarks.iter().enumerate().filter(|(_, benchmark)| benchmark.on);
                let benchmarks = standing.map(|(benchmark, _)| {
                    let benchmark = winset_case::BenchmarkId(benchmark);
                    questions.reaches(&here, winset_case::Expression::Benchmark(framework, benchmark, None))
                });
                let benchmarks = benchmarks.collect();
                frameworks.push((framework, concluded, benchmarks));
            }
        }
        questions.prepare_walks();
        Ensemble { case, questions, claims, tables, frameworks }
    }

    /// Whether anything differs from draw to draw.
    pub fn varies(&self) -> bool {
        let varies = |base: &super::bases::Base| {
            !base.switches.is_empty() || base.numbers.iter().any(|number| number.varies(Spread::Given))
        };
        self.questions.bases.iter().any(varies)
    }

    /// Every question in one list: claims, tables, levers, frameworks and their benchmarks.
    fn list(&self) -> Vec<&Question> {
        let mut list: Vec<&Question> = self.claims.iter().collect();
        list.extend(self.tables.iter().map(|(_, _, empty, _)| empty));
        list.extend(self.tables.iter().filter_map(|(.., unlock)| unlock.as_ref()));
        for (_, concluded, benchmarks) in &self.frameworks {
            list.push(concluded);
            list.extend(benchmarks);
        }
        list
    }

    /// Draws.
    pub fn run(&self, settings: DrawSettings) -> EnsembleResult {
        self.run_unless(settings, &|| false).expect("nothing stops it")
    }

    /// Draws, unless somebody wants it stopped, who is asked now and then; nothing is given then.
    pub fn run_unless(&self, settings: DrawSettings, stop: &Stop<'_>) -> Option<EnsembleResult> {
        let list = self.list();
        let claims = self.claims.len();
        // What the numbers are said to matter for: claims, and whether there is a deal.
        let recorded = claims + self.tables.len();
        let (given, record) = self.tally(settings, settings.draws, Spread::Given, &list, recorded, stop)?;
        let admissible_draws = settings.draws.min(ADMISSIBLE_DRAWS);
        let (admissible, _) = self.tally(settings, admissible_draws, Spread::Admissible, &list[..claims], 0, stop)?;
        let mut thresholds = thresholds(&self.questions, &list[..recorded], settings.threads);
        let turning_tables = thresholds.split_off(claims);
        let robust = given.iter().zip(admissible).zip(thresholds).enumerate().map(
            |(claim, ((given, admissible), threshold))| {
                let hedge = self.case.claims[claim].evidence.likelihood;
                ClaimRobustness {
                    given: *given,
                    admissible,
                    hedge: hedge.map(|hedge| (hedge, given.is_within(hedge))),
                    threshold,
                }
            },
        );
        let robust = robust.collect();
        let mut rest = given[claims..].iter();
        let mut next = || *rest.next().expect("a share for each question");
        let negated = |share: Share| Share { holds: share.fails, fails: share.holds, undecided: share.undecided };
        let mut tables: Vec<TableShares> = self
            .tables
            .iter()
            .zip(turning_tables)
            .map(|((track, deals, ..), threshold)| TableShares {
                track: *track,
                deals: *deals,
                open: negated(next()),
                opened_by_levers: None,
                threshold,
            })
            .collect();
        for (shares, _) in tables.iter_mut().zip(&self.tables).filter(|(_, (.., unlock))| unlock.is_some()) {
            shares.opened_by_levers = Some(negated(next()));
        }
        let frameworks = self.frameworks.iter().map(|(framework, _, benchmarks)| FrameworkShares {
            framework: *framework,
            concluded: next(),
            benchmarks: benchmarks.iter().map(|_| next()).collect(),
        });
        let frameworks = frameworks.collect();
        let labels = self.labels();
        // What is asked of the first draws only says nothing about the others.
        let in_every_draw: Vec<bool> = list[..recorded].iter().map(|question| !question.walks()).collect();
        let ranking = influential(&self.questions.bases[0], &record, &labels, &in_every_draw);
        Some(EnsembleResult {
            settings,
            claims: robust,
            tables,
            frameworks,
            influential: ranking.iter().take(MATTERING).cloned().collect(),
            ranking,
            drawn: self.questions.bases[0].numbers.iter().filter(|number| number.varies(Spread::Given)).count(),
        })
    }

    /// What a verdict is about: the claim's id, or that a track has a deal.
    fn labels(&self) -> Vec<String> {
        let claims = self.case.claims.iter().map(|claim| format!("claim {} holds in", claim.id));
        let tables = self.tables.iter().map(|(track, deals, ..)| {
            let name = crate::called::track(self.case, *track);
            match deals {
                Deals::Mandate => format!("there is no deal at {name} in"),
                Deals::Concluding => format!("{name} concludes nothing in"),
            }
        });
        claims.chain(tables).collect()
    }

    /// Asks draws, on as many threads as the settings say, and puts the counts together.
    fn tally<'q>(
        &'q self,
        settings: DrawSettings,
        draws: u64,
        spread: Spread,
        list: &[&'q Question],
        recorded: usize,
        stop: &Stop<'_>,
    ) -> Option<(Vec<Share>, Record)> {
        // Some draws take longer than others, so threads take the next part when they are done; parts begin at whole words of the record's bits.
        let parts = draws.div_ceil(PART);
        let next = AtomicU64::new(0);
        let work = || {
            let mut worker = Worker::new(&self.questions);
            let mut done = Vec::new();
            loop {
                let part = next.fetch_add(1, Ordering::Relaxed);
                if part >= parts || stop() {
                    return done;
                }
                let range = part * PART..((part + 1) * PART).min(draws);
                done.push((part, self.ask(&mut worker, settings.seed, range, spread, list, recorded)));
            }
        };
        let threads = (settings.threads as u64).clamp(1, parts.max(1));
        let mut results = std::thread::scope(|scope| {
            let work = &work;
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut results = work();
            results.extend(others.into_iter().flat_map(|thread| thread.join().expect("a draw does not panic")));
            results
        });
        if (results.len() as u64) < parts {
            return None;
        }
        results.sort_unstable_by_key(|(part, _)| *part);
        let mut shares = vec![Share::default(); list.len()];
        let mut record = Record::new(self.questions.bases[0].numbers.len(), recorded);
        for (_, (part, seen)) in results {
            shares.iter_mut().zip(&part).for_each(|(share, part)| share.add(part));
            record.append(seen);
        }
        Some((shares, record))
    }

    fn ask<'q>(
        &'q self,
        worker: &mut Worker<'q>,
        seed: u64,
        draws: std::ops::Range<u64>,
        spread: Spread,
        list: &[&'q Question],
        recorded: usize,
    ) -> (Vec<Share>, Record) {
        let mut shares = vec![Share::default(); list.len()];
        let mut record = Record::new(self.questions.bases[0].numbers.len(), recorded);
        let mut luck = Luck::new(seed, draws.start);
        // Where assumed numbers may be anything, far more can be reached, and a walk takes a hundred times as long.
        let walk_draws = if spread == Spread::Given { WALK_DRAWS } else { 0 };
        for draw in draws {
            luck.turn_to(draw);
            let (first, others) = worker.values.split_first_mut().expect("there is a base");
            self.questions.bases[0].draw(spread, &mut luck, None, first);
            for (base, values) in self.questions.bases[1..].iter().zip(others) {
                base.draw(spread, &mut luck, Some(first), values);
            }
            worker.turn();
            if recorded > 0 {
                record.begin(&worker.values[0].luck);
            }
            for (index, (question, share)) in list.iter().zip(&mut shares).enumerate() {
                if draw >= walk_draws && question.walks() {
                    continue;
                }
                let answer = worker.answer(question);
                share.note(answer);
                if index < recorded {
                    record.note(index, answer == Some(true));
                }
            }
        }
        (shares, record)
    }
}
