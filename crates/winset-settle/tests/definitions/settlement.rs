//! The win-set of one track, and why it is empty (section 2), by trying every subset of its constraints.

use std::collections::BTreeSet;

use num_traits::{Signed, Zero};
use winset_case::{ActorId, BenchmarkId, Case, Outcome, RedLineId, Status, TrackId};
use winset_settle::Deals;

use super::conditions::on_procedure;
use super::{Checker, Deal, Q};

/// One thing a deal must respect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Demand {
    Fallback(ActorId),
    RedLine(ActorId, RedLineId),
    Mandate(usize),
    Benchmark(BenchmarkId),
}

/// How far an actor is from accepting what everyone else accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Missing {
    /// By this much, at any of these packages.
    By(Q, Vec<Outcome>),
    /// All of them break a red line without a price; the best content margin.
    Forbidden(Q),
    /// The others accept nothing.
    Undefined,
}

/// One track and one kind of deal.
pub(crate) struct Table<'a> {
    pub(crate) checker: Checker<'a>,
    pub(crate) track: TrackId,
    pub(crate) deals: Deals,
    /// Whether it makes deals at all.
    pub(crate) meets: bool,
    /// Every deal that could be made, whoever accepts it; none where the track does not meet.
    pub(crate) candidates: Vec<Deal>,
    /// The seats whose consent is required.
    pub(crate) players: Vec<ActorId>,
    /// Those who judge: the seats and the principals behind them.
    pub(crate) judges: Vec<ActorId>,
    pub(crate) demands: Vec<Demand>,
}

impl<'a> Table<'a> {
    /// `case` has its levers carried out.
    pub(crate) fn new(case: &'a Case, track: TrackId, deals: Deals) -> Self {
        let checker = Checker::new(case);
        let players = checker.required(track);
        let judges: BTreeSet<ActorId> = players.iter().flat_map(|player| checker.judges(*player)).collect();
        let judges: Vec<ActorId> = judges.into_iter().collect();
        let meets = case.tracks[track.0].status != Status::Closed && !players.is_empty();

        let mut demands = Vec::new();
        for judge in &judges {
            if checker.weighs(*judge) && checker.has_preferences(*judge) {
                demands.push(Demand::Fallback(*judge));
            }
            let lines = case.actors[judge.0].red_lines.iter().enumerate().filter(|(_, line)| line.on);
            demands.extend(lines.map(|(line, _)| Demand::RedLine(*judge, RedLineId(line))));
        }
        match deals {
            Deals::Mandate => {
                let conjuncts = case.tracks[track.0].mandate.as_ref().map_or(0, |mandate| mandate.conjuncts().len());
                demands.extend((0..conjuncts).map(Demand::Mandate));
            }
            Deals::Concluding => {
                let framework = case.tracks[track.0].concludes.expect("a track that concludes a framework");
                let benchmarks =
                    case.frameworks[framework.0].benchmarks.iter().enumerate().filter(|(_, benchmark)| benchmark.on);
                demands.extend(benchmarks.map(|(benchmark, _)| Demand::Benchmark(BenchmarkId(benchmark))));
            }
        }

        let mut table = Table { checker, track, deals, meets, candidates: Vec::new(), players, judges, demands };
        if meets {
            table.candidates = table.packages().into_iter().filter_map(|package| table.deal(package)).collect();
        }
        table
    }

    fn case(&self) -> &'a Case {
        self.checker.case
    }

    /// Every package the agenda can decide, today's among them where there is one.
    pub(crate) fn packages(&self) -> Vec<Outcome> {
        let mut packages = vec![self.case().baseline()];
        for issue in &self.case().tracks[self.track.0].agenda {
            packages = packages
                .into_iter()
                .flat_map(|package| {
                    (0..self.case().issues[issue.0].options.len()).map(move |option| {
                        let mut package = package.clone();
                        package[issue.0] = option;
                        package
                    })
                })
                .collect();
        }
        packages
    }

    /// The deal to this package, where it is one: something changes, unless the deal concludes.
    fn deal(&self, to: Outcome) -> Option<Deal> {
        let concludes = match self.deals {
            Deals::Mandate => self.checker.conclusion(self.track, &to),
            Deals::Concluding => self.case().tracks[self.track.0].concludes,
        };
        let changes = self.checker.from.outcome.as_ref() != Some(&to);
        (changes || self.deals == Deals::Concluding).then_some(Deal { track: self.track, to, concludes })
    }

    /// The id under which results know a demand.
    pub(crate) fn id(&self, demand: Demand) -> String {
        let actor = |actor: ActorId| &self.case().actors[actor.0];
        let track = &self.case().tracks[self.track.0];
        match demand {
            Demand::Fallback(judge) => format!("fallback:{}", actor(judge).id),
            Demand::RedLine(judge, line) => {
                format!("red-line:{}.{}", actor(judge).id, actor(judge).red_lines[line.0].id)
            }
            Demand::Mandate(conjunct) => format!("mandate:{}.{}", track.id, conjunct + 1),
            Demand::Benchmark(benchmark) => {
                let framework = &self.case().frameworks[track.concludes.expect("a framework").0];
                format!("benchmark:{}.{}", framework.id, framework.benchmarks[benchmark.0].id)
            }
        }
    }

    /// Whether a demand is a red line over the deal itself.
    pub(crate) fn is_procedural(&self, demand: Demand) -> bool {
        matches!(demand, Demand::RedLine(judge, line)
            if on_procedure(self.case(), &self.case().actors[judge.0].red_lines[line.0].when.expression))
    }

    /// Whether the judge accepts with these demands dropped. A dropped fallback lifts a negative surplus to zero and nothing else; a
    /// dropped red line is not broken and costs nothing; pressure is computed with nothing dropped.
    fn accepts_without(&self, judge: ActorId, deal: &Deal, dropped: &dyn Fn(Demand) -> bool) -> bool {
        let broken = self.checker.broken(judge, deal);
        let standing: Vec<_> = broken.iter().filter(|(line, _)| !dropped(Demand::RedLine(judge, *line))).collect();
        if standing.iter().any(|(_, price)| price.is_none()) {
            return false;
        }
        let Some(judged) = self.checker.judge(judge, deal).filter(|_| self.checker.weighs(judge)) else { return true };
        let mut surplus = judged.surplus();
        if dropped(Demand::Fallback(judge)) && surplus.is_negative() {
            surplus = Q::zero();
        }
        let price: Q = standing.iter().filter_map(|(_, price)| price.as_ref()).sum();
        surplus >= price
    }

    /// Whether the deal meets this demand of the mandate or framework.
    fn meets_demand(&self, demand: Demand, deal: &Deal) -> bool {
        let track = &self.case().tracks[self.track.0];
        match demand {
            Demand::Mandate(conjunct) => {
                self.checker.holds_after(track.mandate.as_ref().expect("a mandate").conjuncts()[conjunct], deal)
            }
            Demand::Benchmark(benchmark) => {
                let framework = &self.case().frameworks[track.concludes.expect("a framework").0];
                self.checker.holds_after(&framework.benchmarks[benchmark.0].under(framework.reading).expression, deal)
            }
            Demand::Fallback(_) | Demand::RedLine(..) => true,
        }
    }

    pub(crate) fn meets_demands(&self, deal: &Deal) -> bool {
        self.demands.iter().all(|demand| self.meets_demand(*demand, deal))
    }

    /// The win-set.
    pub(crate) fn acceptable(&self) -> Vec<&Deal> {
        let accepted = |deal: &&Deal| self.players.iter().all(|player| self.checker.accepts(*player, deal));
        self.candidates.iter().filter(|deal| self.meets_demands(deal)).filter(accepted).collect()
    }

    /// For every subset of the demands, as a bit mask: whether dropping it leaves a deal everyone accepts.
    pub(crate) fn open_without(&self) -> Vec<bool> {
        // Each judge's answer depends on its own demands alone, so it is asked once per deal and subset of those.
        let own: Vec<Vec<usize>> = self
            .judges
            .iter()
            .map(|judge| {
                let of_judge = |demand: &Demand| matches!(demand, Demand::Fallback(actor) | Demand::RedLine(actor, _) if actor == judge);
                (0..self.demands.len()).filter(|index| of_judge(&self.demands[*index])).collect()
            })
            .collect();
        let restricted = |mask: usize, own: &[usize]| {
            own.iter().enumerate().map(|(bit, index)| (mask >> index & 1) << bit).sum::<usize>()
        };
        let mut open = vec![false; 1 << self.demands.len()];
        for deal in &self.candidates {
            let answers: Vec<Vec<bool>> = self
                .judges
                .iter()
                .zip(&own)
                .map(|(judge, own)| {
                    let answer = |dropped: usize| {
                        let is_dropped = |demand: Demand| {
                            own.iter()
                                .enumerate()
                                .any(|(bit, index)| dropped >> bit & 1 == 1 && self.demands[*index] == demand)
                        };
                        self.accepts_without(*judge, deal, &is_dropped)
                    };
                    (0..1 << own.len()).map(answer).collect()
                })
                .collect();
            let met: Vec<bool> = self.demands.iter().map(|demand| self.meets_demand(*demand, deal)).collect();
            for (mask, open) in open.iter_mut().enumerate().filter(|(_, open)| !**open) {
                *open = met.iter().enumerate().all(|(index, met)| *met || mask >> index & 1 == 1)
                    && answers.iter().zip(&own).all(|(answers, own)| answers[restricted(mask, own)]);
            }
        }
        open
    }

    /// The sets of demands for which `holds` and for no set inside them, as ids.
    fn minimal(&self, holds: impl Fn(usize) -> bool) -> BTreeSet<BTreeSet<String>> {
        let count = self.demands.len();
        let mut masks: Vec<usize> = (0..1 << count).filter(|mask| holds(*mask)).collect();
        masks.sort_by_key(|mask| mask.count_ones());
        let mut minimal: Vec<usize> = Vec::new();
        for mask in masks {
            if minimal.iter().all(|smaller| smaller & mask != *smaller) {
                minimal.push(mask);
            }
        }
        let ids = |mask: usize| {
            (0..count).filter(|index| mask >> index & 1 == 1).map(|index| self.id(self.demands[index])).collect()
        };
        minimal.into_iter().map(ids).collect()
    }

    /// Minimal blocking sets: with only these in force nothing is accepted, and with any fewer something is. Minimal corrections: with
    /// these dropped something is accepted, and with any fewer dropped nothing is. None of either where no deal could be made at all.
    pub(crate) fn blocking_and_corrections(&self) -> (BTreeSet<BTreeSet<String>>, BTreeSet<BTreeSet<String>>) {
        if self.candidates.is_empty() {
            return Default::default();
        }
        let open = self.open_without();
        let all = open.len() - 1;
        (self.minimal(|kept| !open[all & !kept]), self.minimal(|dropped| open[dropped]))
    }

    /// Seats of the given actors whose removal alone opens the win-set.
    pub(crate) fn pivotal(&self, of: &[ActorId]) -> Vec<ActorId> {
        let opens = |actor: &ActorId| {
            let mut case = self.case().clone();
            case.tracks[self.track.0].seats.retain(|seat| seat.actor != *actor);
            !Table::new(&case, self.track, self.deals).acceptable().is_empty()
        };
        of.iter().copied().filter(opens).collect()
    }

    /// How far the judge is from accepting, at its best among what everyone else accepts.
    pub(crate) fn shortfall(&self, judge: ActorId) -> Missing {
        let others = |deal: &&Deal| {
            self.meets_demands(deal)
                && self.judges.iter().all(|other| *other == judge || self.checker.accepts_alone(*other, deal))
        };
        let offered: Vec<&Deal> = self.candidates.iter().filter(others).collect();
        let judged = |deal: &Deal| self.checker.judge(judge, deal).expect("a judge with preferences");
        let margins: Vec<(Q, &Deal)> =
            offered.iter().filter_map(|deal| Some((judged(deal).margin()?, *deal))).collect();
        if offered.is_empty() {
            Missing::Undefined
        } else if let Some(best) = margins.iter().map(|(margin, _)| margin).max() {
            let at = margins.iter().filter(|(margin, _)| margin == best).map(|(_, deal)| deal.to.clone()).collect();
            Missing::By(-best.clone(), at)
        } else {
            Missing::Forbidden(offered.iter().map(|deal| judged(deal).surplus()).max().expect("an offer"))
        }
    }
}
