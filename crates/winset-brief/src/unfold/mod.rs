//! How the process may unfold: what many runs come to, as rows to be laid out and sentences to be read.
//!
//! A share of runs is a share of runs: how often something happened among the runs that the assumptions give. Every run lasts until the horizon unless it
//! ends before, so nothing is hidden from the count (no censoring): the share in which a benchmark was filled by a round is a plain binomial share, with
//! Wilson's interval. Runs that end before count as never having filled it.

mod beside;
mod chronicle;
mod estimate;
mod words;

use winset_case::{ActorId, Case, Parameter, RoundLength, TrackId};
use winset_simulate::{Ending, Fate, Process, Tally};
use winset_worth::State;

pub use beside::{Beside, Measure, RunComparison};
pub use chronicle::{Entry, chronicle, replay};
pub use estimate::{Estimate, difference_of_shares};
pub use words::{headline, outcome_words, rests, share_of_runs};

use crate::draws::Share;

/// What many runs of a process come to.
#[derive(Debug, Clone, Copy)]
pub struct Unfolding<'a> {
    /// The process.
    pub process: &'a Process,
    /// What was counted.
    pub tally: &'a Tally,
    /// The seed.
    pub seed: u64,
}

/// A way in which runs end.
#[derive(Debug, Clone, PartialEq)]
pub struct EndingRow {
    /// Which.
    pub ending: Ending,
    /// In words.
    pub name: String,
    /// In how many runs.
    pub share: Share,
    /// The round by which half of the runs that end so have ended; `None` for the horizon.
    pub typical: Option<u32>,
}

/// A benchmark over the rounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The framework it belongs to.
    pub framework: winset_case::FrameworkId,
    /// What it is called, as `unscr-2254.ceasefire`.
    pub id: String,
    /// In words.
    pub name: String,
    /// In how many runs it had held by the end of each round: index 0 is today.
    pub by_round: Vec<Share>,
    /// In how many runs it holds where the run stops.
    pub at_the_end: Share,
}

impl Curve {
    /// The round by which this share of runs had filled it; `None` where it never came to that.
    pub fn round_of(&self, share: f64) -> Option<usize> {
        self.by_round.iter().position(|by_round| by_round.share().is_some_and(|value| value >= share))
    }
}

/// What became of one track.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackRow {
    /// Which.
    pub track: TrackId,
    /// Its name.
    pub name: String,
    /// Meetings per run.
    pub meetings: f64,
    /// Deals per run.
    pub deals: f64,
    /// In how many runs it made a deal.
    pub productive: Share,
    /// Of the deals made there, how many broke; `None` where none was made.
    pub broken: Option<Share>,
    /// Per fate, in how many runs.
    pub fates: Vec<(Fate, Share)>,
}

/// What it comes to for one actor.
#[derive(Debug, Clone, PartialEq)]
pub struct WorthRow {
    /// Who.
    pub actor: ActorId,
    /// Its name.
    pub name: String,
    /// What today is worth to it, from 0 to 1 without linkages; `None` where there is no agreement today.
    pub today: Option<f64>,
    /// What it has where the run stops: the mean over runs.
    pub mean: f64,
    /// What it has at least in nine runs of ten, and in one of ten.
    pub low: f64,
    /// The other end: what it exceeds in one run of ten.
    pub high: f64,
}

/// A place where runs stop.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// Where the process stands.
    pub state: State,
    /// In how many runs.
    pub share: Share,
}

/// A share of so many runs.
pub(crate) fn share(holds: u64, runs: u64) -> Share {
    Share { holds, fails: runs - holds, undecided: 0 }
}

impl<'a> Unfolding<'a> {
    /// The case.
    pub fn case(&self) -> &'a Case {
        self.process.case()
    }

    /// A round, in words: `month`.
    pub fn round_word(&self) -> &'static str {
        match self.case().dynamics.round_length {
            RoundLength::Week => "week",
            RoundLength::Month => "month",
            RoundLength::Quarter => "quarter",
            RoundLength::Year => "year",
        }
    }

    /// How the runs end, the most frequent way first.
    pub fn endings(&self) -> Vec<EndingRow> {
        let rows = self.tally.endings.iter().map(|(&ending, rounds)| {
            let runs: u64 = rounds.iter().sum();
            let mut so_far = 0;
            let half = rounds.iter().position(|runs_here| {
                so_far += runs_here;
                so_far * 2 >= runs
            });
            let at_horizon = matches!(ending, Ending::Deadlock | Ending::Abandoned | Ending::Unfinished);
            EndingRow {
                ending,
                name: words::ending(self, ending),
                share: share(runs, self.tally.runs),
                typical: half.filter(|_| !at_horizon).map(|round| round as u32 + 1),
            }
        });
        let mut rows: Vec<EndingRow> = rows.collect();
        rows.sort_by_key(|row| (std::cmp::Reverse(row.share.holds), row.ending));
        rows
    }

    /// How often each benchmark had been filled, round by round.
    pub fn curves(&self) -> Vec<Curve> {
        let case = self.case();
        let curves = self.process.benchmarks().zip(&self.tally.met).map(|((framework, benchmark), met)| {
            let body = &case.frameworks[framework.0];
            let id = &body.benchmarks[benchmark.0].id;
            let mut so_far = 0;
            let by_round = met.iter().map(|runs| {
                so_far += runs;
                share(so_far, self.tally.runs)
            });
            let holds = winset_case::Expression::Benchmark(framework, benchmark, None);
            Curve {
                framework,
                id: format!("{}.{id}", body.id),
                name: sentence(id),
                by_round: by_round.collect(),
                at_the_end: self.at_the_end(&holds),
            }
        });
        curves.collect()
    }

    /// In how many runs a condition holds where the run stops.
    pub fn at_the_end(&self, condition: &winset_case::Expression) -> Share {
        share(self.tally.ends_where(|_, state| holds_at(self.case(), state, condition)), self.tally.runs)
    }

    /// What became of each track that could meet in some run.
    pub fn tracks(&self) -> Vec<TrackRow> {
        let runs = self.tally.runs;
        let rows = self.tally.tracks.iter().enumerate().map(|(at, counted)| TrackRow {
            track: TrackId(at),
            name: self.case().tracks[at].name.clone(),
            meetings: counted.meetings as f64 / runs.max(1) as f64,
            deals: counted.deals as f64 / runs.max(1) as f64,
            productive: share(counted.productive, runs),
            broken: (counted.deals > 0).then(|| share(counted.breaks, counted.deals)),
            fates: Fate::ALL.into_iter().zip(counted.fates).map(|(fate, count)| (fate, share(count, runs))).collect(),
        });
        rows.filter(|row| row.meetings > 0.0 || row.fates[0].1.holds < runs).collect()
    }

    /// What it comes to for whom, those who gain most over today first.
    ///
    /// # Panics
    ///
    /// Never: the worths of these states were computed when they were run.
    pub fn worths(&self) -> Vec<WorthRow> {
        // As for those who judge in the runs: what levers in use change is changed.
        let case = &self.case().with_levers();
        let Ok(valuation) = winset_worth::Valuation::new(case) else { return Vec::new() };
        let today = State::today(case);
        let worth = |actor: ActorId, state: &State| {
            let worth = valuation.actor(actor)?;
            let view =
                winset_worth::View { case, outcome: state.outcome.as_deref(), concluded: &state.concluded, deal: None };
            Some(worth.worth(view.outcome?, &view) as f64 / worth.unit as f64)
        };
        let mut rows: Vec<WorthRow> = Vec::new();
        for (index, body) in case.actors.iter().enumerate() {
            let actor = ActorId(index);
            let own = body.has_preferences() && body.principal.is_none();
            let mut at: Vec<(f64, u64)> = Vec::new();
            for ((_, state), runs) in &self.tally.ends {
                at.extend(worth(actor, state).map(|worth| (worth, *runs)));
            }
            let runs: u64 = at.iter().map(|(_, runs)| runs).sum();
            if !own || runs == 0 {
                continue;
            }
            at.sort_by(|a, b| a.0.total_cmp(&b.0));
            let quantile = |tenths: u64| {
                let wanted = (tenths * runs).div_ceil(10);
                let mut so_far = 0;
                let found = at.iter().find(|(_, runs)| {
                    so_far += runs;
                    so_far >= wanted
                });
                found.map_or(0.0, |(worth, _)| *worth)
            };
            rows.push(WorthRow {
                actor,
                name: body.name.clone(),
                today: worth(actor, &today),
                mean: at.iter().map(|(worth, runs)| worth * *runs as f64).sum::<f64>() / runs as f64,
                low: quantile(1),
                high: quantile(9),
            });
        }
        rows.sort_by(|a, b| {
            let gain = |row: &WorthRow| row.mean - row.today.unwrap_or(0.0);
            gain(b).total_cmp(&gain(a)).then(a.actor.cmp(&b.actor))
        });
        rows
    }

    /// Where the runs stop, the most frequent place first.
    pub fn stops(&self) -> Vec<Stop> {
        let mut stops: Vec<Stop> = Vec::new();
        for ((_, state), runs) in &self.tally.ends {
            let same =
                |stop: &&mut Stop| (&stop.state.outcome, &stop.state.concluded) == (&state.outcome, &state.concluded);
            match stops.iter_mut().find(same) {
                Some(stop) => stop.share = share(stop.share.holds + runs, self.tally.runs),
                None => stops.push(Stop { state: state.clone(), share: share(*runs, self.tally.runs) }),
            }
        }
        stops.sort_by(|a, b| b.share.holds.cmp(&a.share.holds).then_with(|| a.state.cmp(&b.state)));
        stops
    }

    /// The numbers of the simulation that the defaults stand in for, each with its value and how many things it stands for.
    pub fn defaults(&self) -> Vec<(&'static str, String, usize)> {
        let case = self.case();
        let mut missing: Vec<(&'static str, String, usize)> = Vec::new();
        let mut ask = |parameter: Parameter| {
            if !case.dynamics.numbers.contains_key(&parameter) {
                let value = parameter.default(case).to_string();
                match missing.iter_mut().find(|(key, other, _)| *key == parameter.key() && *other == value) {
                    Some((_, _, count)) => *count += 1,
                    None => missing.push((parameter.key(), value, 1)),
                }
            }
        };
        [
            Parameter::NoiseOfResponses,
            Parameter::NoiseOfBeliefs,
            Parameter::Bound,
            Parameter::Distrust,
            Parameter::Recovery,
            Parameter::Wear,
        ]
        .into_iter()
        .for_each(&mut ask);
        for track in (0..case.tracks.len()).filter(|track| self.tally.tracks[*track].meetings > 0).map(TrackId) {
            [Parameter::Meets(track), Parameter::Hazard(track), Parameter::Enforcement(track)]
                .into_iter()
                .for_each(&mut ask);
        }
        for actor in (0..case.actors.len()).map(ActorId) {
            if Parameter::Shock(actor).default(case) > winset_case::Decimal::ZERO {
                ask(Parameter::Shock(actor));
            }
        }
        missing
    }
}

/// Whether a condition holds where a process stands.
pub(crate) fn holds_at(case: &Case, state: &State, condition: &winset_case::Expression) -> bool {
    let view = winset_worth::View { case, outcome: state.outcome.as_deref(), concluded: &state.concluded, deal: None };
    winset_worth::holds(condition, &view)
}

/// An id at the head of a cell.
pub(crate) fn sentence(id: &str) -> String {
    let mut letters = id.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
