//! One track meeting from one standing, prepared for meetings by the thousand.
//!
//! What a round moves (fallbacks, distrust, beliefs) only shifts what each judge demands. So every package is judged once, exactly, and a meeting adds a few
//! numbers per package. Packages that no shift within the bounds could carry are left out, and for each proposer those that another one beats in
//! every respect: a list of thousands shrinks to a few.

use std::sync::atomic::{AtomicU32, Ordering};

use winset_case::{ActorId, FrameworkId, TieKind, TrackId};
use winset_worth::{ActorWorth, Ballot, Ends, Judgement, Sitting, Space, State, Terms, Valuation, View, behind, holds};

use crate::observer::Change;
use crate::parameters::Parameters;
use crate::refusal::{JUDGE_LIMIT, Refusal};

/// Actors by their column, one bit each.
pub(crate) type Columns = u64;

/// What a shift of what a judge demands adds to its margin: for deals that do not end its conflict, and for those that do.
pub(crate) type Slack = [f64; 2];

/// One actor whose judgement matters here, patrons before clients.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) actor: ActorId,
    /// Its patrons, by their columns, with their leverage.
    patrons: Vec<(usize, f64)>,
    /// Leverage not yet spent.
    leverage_left: f64,
    /// Who has to accept for it to consent: itself and its principals.
    consent: Columns,
}

/// A seat that votes.
#[derive(Debug)]
pub(crate) struct Voter {
    pub(crate) actor: ActorId,
    /// Who has to accept for it to say yes.
    pub(crate) judges: Columns,
    /// How far below what it demands it abstains instead of vetoing; `None` without a veto.
    tolerance: Option<f64>,
}

/// A package that could be a deal here.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) changes: Vec<Change>,
    pub(crate) concludes: bool,
    /// The share of those behind the seats that would carry it; 1 where nobody stands there.
    pub(crate) durability: f64,
    /// Where it leads, and the standing's number once it is known.
    pub(crate) leads_to: State,
    next: AtomicU32,
    /// Per owner of a lever that looks ahead, what the deal is worth to it over what stands.
    pub(crate) promises: Vec<f64>,
}

/// How a package is judged, by the columns of its table: what a meeting looks at for one package after the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judgings<'t> {
    /// Whose conflict it ends.
    ends: Columns,
    /// Who gains by it: as a patron it presses only then.
    gains: Columns,
    /// Per column, its margin with the pressure that patrons exert where nothing is shifted, and without any.
    with: &'t [f64],
    without: &'t [f64],
    /// Per column, the patrons that press then.
    pressing: &'t [Columns],
}

impl Entry {
    /// The standing it leads to, if that is known.
    pub(crate) fn next(&self) -> Option<u32> {
        let next = self.next.load(Ordering::Relaxed);
        (next != u32::MAX).then_some(next)
    }

    pub(crate) fn set_next(&self, next: u32) {
        self.next.store(next, Ordering::Relaxed);
    }
}

/// One track meeting from one standing.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    /// The actor of each column, side by side.
    pub(crate) actors: Vec<u32>,
    pub(crate) voters: Vec<Voter>,
    /// Per voter, how often it proposes, and the sum.
    pub(crate) weights: Vec<f64>,
    pub(crate) weight: f64,
    ballot: Ballot,
    pub(crate) unanimous: bool,
    /// Every judge of a voter.
    pub(crate) judges: Columns,
    /// The columns of those judges whom nobody presses, and whether there are others.
    unpressed: Vec<usize>,
    pub(crate) pressed: bool,
    pub(crate) entries: Vec<Entry>,
    /// Per entry, whose conflict it ends and who gains by it; and per entry and column, margins and who presses.
    sides: Vec<(Columns, Columns)>,
    with: Vec<f64>,
    without: Vec<f64>,
    pressing: Vec<Columns>,
    /// Per voter, what it may come to propose, the best for itself first.
    pub(crate) orders: Vec<Vec<u32>>,
    /// The same among what would conclude the framework.
    pub(crate) concluding: Vec<Vec<u32>>,
    pub(crate) framework: Option<FrameworkId>,
}

/// A package as it is judged, before it is known whether it is kept.
struct Judged {
    number: u64,
    concludes: bool,
    ends: Columns,
    gains: Columns,
    with: Vec<f64>,
    without: Vec<f64>,
    pressing: Vec<Columns>,
    /// Per voter, what the package is worth to the seat over its fallback, prices paid, pressure aside, in its units; `None` if it forbids it.
    own: Vec<Option<i128>>,
}

/// The most that a package can come to for a judge without whom nothing passes: to look at before the package is judged for everyone.
struct Hope<'h> {
    worth: &'h ActorWorth<'h>,
    terms: Terms<'h>,
    /// By how much it can be moved, for deals that do not end its conflict and for those that do, all pressure included.
    moved: [i128; 2],
    /// What the options have to be worth to it at the very least.
    least: i128,
}

impl Hope<'_> {
    /// Whether the judge may come to accept, however it is moved and pressed.
    fn may_accept(&self, outcome: &[usize], view: &View<'_>, concludes: bool) -> bool {
        let standing = View { deal: None, ..*view };
        let terms = &self.terms;
        let earned = terms.linkages.iter().filter(|(when, _)| holds(when, &standing)).map(|(_, bonus)| bonus);
        let ends = match terms.ends {
            Ends::Never => false,
            Ends::Always => true,
            Ends::WithConclusion => concludes,
            Ends::When(condition) => holds(condition, &standing),
        };
        let saved = if ends { terms.going_on } else { 0 };
        let mut margin = self.worth.options(outcome) + earned.sum::<i128>() + saved - terms.worth_before;
        for (when, _, price) in terms.red_lines {
            if holds(when, view) {
                let Some(price) = price else { return false };
                margin -= price;
            }
        }
        !terms.own_fallback || margin + self.moved[usize::from(ends)] >= 0
    }
}

impl Table {
    /// The table of a track that can meet and decide.
    pub(crate) fn of(
        valuation: &Valuation<'_>,
        parameters: &Parameters,
        owners: &[ActorId],
        track: TrackId,
        state: &State,
    ) -> Result<Table, Refusal> {
        let case = valuation.case();
        let here = &case.tracks[track.0];
        let players: Vec<ActorId> = here.required().filter(|player| valuation.actor(*player).is_some()).collect();
        let mut everyone: Vec<ActorId> = Vec::new();
        for player in &players {
            everyone.extend(valuation.judges(*player).into_iter().filter(|judge| valuation.actor(*judge).is_some()));
        }
        everyone.extend(&players);
        let sitting = Sitting::new(valuation, track, state, &everyone);
        let actors: Vec<ActorId> = sitting.actors().collect();
        if actors.len() > JUDGE_LIMIT {
            let track = here.id.clone();
            return Err(Refusal::TooManyJudges { track, judges: actors.len(), limit: JUDGE_LIMIT });
        }
        let Ok(ballot) = Ballot::of(case, track, &players) else {
            let track = here.id.clone();
            return Err(Refusal::TooManyJudges { track, judges: players.len(), limit: JUDGE_LIMIT });
        };
        let unit = |actor: ActorId| valuation.actor(actor).map_or(1.0, |worth| worth.unit as f64);
        let columns: Vec<Column> = actors
            .iter()
            .enumerate()
            .map(|(position, &actor)| {
                let terms = sitting.terms(position);
                let unit = unit(actor);
                let own = if terms.judges_itself { 1 << position } else { 0 };
                Column {
                    actor,
                    patrons: terms.patrons.iter().map(|&(at, leverage)| (at, leverage as f64 / unit)).collect(),
                    leverage_left: terms.leverage_left as f64 / unit,
                    consent: terms.principals.iter().fold(own, |columns, at| columns | 1 << at),
                }
            })
            .collect();
        let position = |actor: ActorId| sitting.position(actor).expect("admitted above");
        let voters: Vec<Voter> = players
            .iter()
            .enumerate()
            .map(|(player, &actor)| Voter {
                actor,
                judges: valuation
                    .judges(actor)
                    .into_iter()
                    .filter_map(|judge| sitting.position(judge))
                    .fold(0, |columns, at| columns | 1 << at),
                tolerance: ballot.tolerance(player).map(winset_case::Decimal::to_f64),
            })
            .collect();
        let unanimous = ballot.indispensable() == ballot.everyone();
        let judges = voters.iter().fold(0, |columns, voter| columns | voter.judges);
        let unpressed = (0..columns.len()).filter(|at| judges >> at & 1 == 1 && columns[*at].patrons.is_empty());
        let unpressed: Vec<usize> = unpressed.collect();
        let proposes = &parameters.paces[track.0].proposes;
        let weights: Vec<f64> = players.iter().map(|player| proposes[player.0]).collect();
        let mut table = Table {
            pressed: unpressed.len() < judges.count_ones() as usize,
            unpressed,
            weight: weights.iter().sum(),
            weights,
            actors: columns.iter().map(|column| column.actor.0 as u32).collect(),
            columns,
            voters,
            unanimous,
            judges,
            entries: Vec::new(),
            sides: Vec::new(),
            with: Vec::new(),
            without: Vec::new(),
            pressing: Vec::new(),
            orders: vec![Vec::new(); players.len()],
            concluding: vec![Vec::new(); players.len()],
            framework: sitting.framework(),
            ballot,
        };
        let base = state.outcome.clone().unwrap_or_else(|| vec![0; case.issues.len()]);
        let Ok(space) = Space::new(case, base, &here.agenda) else {
            let track = here.id.clone();
            return Err(Refusal::TooManyPackages { track, limit: crate::refusal::PACKAGE_LIMIT });
        };
        let seats: Vec<usize> = players.iter().map(|&player| position(player)).collect();
        let kept = table.judge_all(valuation, parameters, &sitting, &space, track, state, &seats);
        if !kept.is_empty() {
            table.keep(valuation, owners, &sitting, &space, state, track, &players, kept);
        }
        Ok(table)
    }

    /// Judges every package that the track may make a deal of, and keeps those that some shift within bounds could carry.
    #[expect(clippy::too_many_arguments, reason = "one step of making a table")]
    fn judge_all(
        &self,
        valuation: &Valuation<'_>,
        parameters: &Parameters,
        sitting: &Sitting<'_>,
        space: &Space,
        track: TrackId,
        state: &State,
        seats: &[usize],
    ) -> Vec<Judged> {
        let case = valuation.case();
        let mandate = case.tracks[track.0].mandate.as_ref().map(|mandate| sitting.fixed(&mandate.expression));
        let units: Vec<f64> = self
            .columns
            .iter()
            .map(|column| valuation.actor(column.actor).map_or(1.0, |worth| worth.unit as f64))
            .collect();
        // The most that a judge can be moved towards a deal, in truth or in what others believe.
        let hope: Vec<Slack> = self
            .columns
            .iter()
            .map(|column| {
                let moved = if parameters.fortunes[column.actor.0].moves { parameters.bound } else { 0.0 };
                let belief = parameters.beliefs * BELIEF_CUT;
                [belief, belief + moved]
            })
            .collect();
        let hopes = self.hopes(valuation, sitting, &hope);
        let own_fallback: Vec<bool> = (0..self.columns.len()).map(|at| sitting.terms(at).own_fallback).collect();
        let mut judgements: Vec<Judgement> = Vec::new();
        let mut kept = Vec::new();
        let mut refused = 0;
        space.each(|number, outcome| {
            if hopes.iter().any(|hope| hope.worth.options(outcome) < hope.least) {
                return std::ops::ControlFlow::Continue(());
            }
            let concludes = sitting.concludes(outcome);
            let same = state.outcome.as_deref() == Some(outcome);
            let mandated = || mandate.as_ref().is_none_or(|mandate| holds(mandate, &sitting.view(outcome, concludes)));
            if !concludes && (same || !mandated()) {
                return std::ops::ControlFlow::Continue(());
            }
            let view = sitting.view(outcome, concludes);
            // Whoever refused the last package is likely to refuse this one.
            let refusing = |at: &usize| !hopes[*at].may_accept(outcome, &view, concludes);
            if let Some(at) = (refused..hopes.len()).chain(0..refused).find(refusing) {
                refused = at;
                return std::ops::ControlFlow::Continue(());
            }
            sitting.judge(outcome, concludes, &mut judgements);
            let mut judged = Judged {
                number,
                concludes,
                ends: 0,
                gains: 0,
                with: Vec::with_capacity(self.columns.len()),
                without: Vec::with_capacity(self.columns.len()),
                pressing: Vec::with_capacity(self.columns.len()),
                own: Vec::new(),
            };
            let mut consents: Columns = 0;
            for (at, judgement) in judgements.iter().enumerate() {
                let (with, without) = match (judgement.forbidden, own_fallback[at]) {
                    (true, _) => (f64::NEG_INFINITY, f64::NEG_INFINITY),
                    // Its principal judges the rest.
                    (false, false) => (f64::INFINITY, f64::INFINITY),
                    (false, true) => {
                        let margin = judgement.surplus() - judgement.price;
                        (margin as f64 / units[at], (margin - judgement.pressure) as f64 / units[at])
                    }
                };
                judged.with.push(with);
                judged.without.push(without);
                let patrons = self.columns[at].patrons.iter();
                let pressing = patrons.filter(|(patron, _)| judged.gains & consents & 1 << patron != 0);
                judged.pressing.push(pressing.fold(0, |columns, (patron, _)| columns | 1 << patron));
                if judgement.ends {
                    judged.ends |= 1 << at;
                }
                if judgement.worth > sitting.worth_before(at) {
                    judged.gains |= 1 << at;
                }
                if sitting.consents(at, &judgements) {
                    consents |= 1 << at;
                }
            }
            if self.could_pass(&judged, &hope) {
                judged.own = seats
                    .iter()
                    .map(|&at| {
                        let judgement = &judgements[at];
                        let own = judgement.surplus() - judgement.pressure - judgement.price;
                        (!judgement.forbidden).then_some(own)
                    })
                    .collect();
                kept.push(judged);
            }
            std::ops::ControlFlow::Continue(())
        });
        kept
    }

    /// What to look at before a package is judged in full, per judge without whom nothing passes.
    fn hopes<'h>(&self, valuation: &'h Valuation<'_>, sitting: &'h Sitting<'_>, hope: &[Slack]) -> Vec<Hope<'h>> {
        let needed = self.ballot.indispensable();
        let needed = self.voters.iter().enumerate().filter(|(player, _)| needed >> player & 1 == 1);
        let needed = needed.fold(0, |columns: Columns, (_, voter)| columns | voter.judges);
        let positions = (0..self.columns.len()).filter(|at| needed >> at & 1 == 1);
        let hopes = positions.filter_map(|at| {
            let (worth, terms) = (valuation.actor(self.columns[at].actor)?, sitting.terms(at));
            let linkages: i128 = terms.linkages.iter().map(|(_, bonus)| bonus.max(&0)).sum();
            // Rounded up by far more than rounding can take away.
            let moved = hope[at].map(|hope| {
                let shift = libm::ceil((hope * (1.0 + 1e-9) + 1e-9) * worth.unit as f64) as i128 + 1;
                shift + terms.leverage_left
            });
            let best = linkages + terms.going_on.max(0) + moved[1];
            let least = if terms.own_fallback { terms.worth_before - best } else { i128::MIN };
            Some(Hope { worth, terms, moved, least })
        });
        hopes.collect()
    }

    fn could_pass(&self, judged: &Judged, hope: &[Slack]) -> bool {
        let Judged { ends, gains, .. } = *judged;
        let judgings =
            Judgings { ends, gains, with: &judged.with, without: &judged.without, pressing: &judged.pressing };
        let accepting = self.accepting(judgings, |at, ends| hope[at][ends]);
        let yes = self.yes(accepting);
        let vetoing = self.voters.iter().enumerate().filter(|(_, voter)| {
            voter.tolerance.is_some_and(|tolerance| {
                !self.bears(accepting, voter, |at| {
                    judged.with[at].max(judged.without[at] + self.columns[at].leverage_left) + hope[at][1] + tolerance
                        >= 0.0
                })
            })
        });
        self.ballot.passes(yes, vetoing.fold(0, |seats, (player, _)| seats | 1 << player))
    }

    /// Puts together what each voter may come to propose, and keeps what occurs there.
    #[expect(clippy::too_many_arguments, reason = "one step of making a table")]
    fn keep(
        &mut self,
        valuation: &Valuation<'_>,
        owners: &[ActorId],
        sitting: &Sitting<'_>,
        space: &Space,
        state: &State,
        track: TrackId,
        players: &[ActorId],
        judged: Vec<Judged>,
    ) {
        let mut place: Vec<Option<u32>> = vec![None; judged.len()];
        let mut orders = [Vec::new(), Vec::new()];
        for player in 0..players.len() {
            let mut order: Vec<usize> = (0..judged.len()).filter(|&at| judged[at].own[player].is_some()).collect();
            order.sort_by_key(|&at| (std::cmp::Reverse(judged[at].own[player]), judged[at].number));
            for (concluding, orders) in orders.iter_mut().enumerate() {
                let mut list: Vec<usize> = Vec::new();
                for &at in order.iter().filter(|&&at| concluding == 0 || judged[at].concludes) {
                    if !list.iter().any(|&other| judged[other].beats(&judged[at])) {
                        list.push(at);
                    }
                }
                orders.push(list);
            }
        }
        for list in orders.iter().flatten() {
            for &at in list {
                place[at].get_or_insert(0);
            }
        }
        for (kept, slot) in place.iter_mut().filter(|slot| slot.is_some()).enumerate() {
            *slot = Some(kept as u32);
        }
        let [orders, concluding] = orders.map(|orders| {
            let places = |list: Vec<usize>| list.into_iter().filter_map(|at| place[at]).collect();
            orders.into_iter().map(places).collect()
        });
        self.orders = orders;
        self.concluding = concluding;
        let carried = Carried::of(valuation, track, state, players, &self.ballot);
        let case = valuation.case();
        let before = View { case, outcome: state.outcome.as_deref(), concluded: &state.concluded, deal: None };
        for (judged, _) in judged.into_iter().zip(&place).filter(|(_, place)| place.is_some()) {
            let outcome = space.outcome(judged.number);
            let leads_to = sitting.state_after(&outcome, judged.concludes);
            let changes = outcome.iter().enumerate().filter_map(|(issue, &to)| {
                let from = state.outcome.as_ref().map(|before| before[issue]);
                (from != Some(to)).then_some(Change { issue, from, to: Some(to) })
            });
            let promises = owners.iter().map(|&owner| {
                let Some(worth) = valuation.actor(owner) else { return 0.0 };
                let after = View { case, outcome: Some(&outcome), concluded: &leads_to.concluded, deal: None };
                let now = state.outcome.as_deref().map_or(0, |now| worth.worth(now, &before));
                (worth.worth(&outcome, &after) - now) as f64 / worth.unit as f64
            });
            self.sides.push((judged.ends, judged.gains));
            self.with.extend(judged.with);
            self.without.extend(judged.without);
            self.pressing.extend(judged.pressing);
            self.entries.push(Entry {
                changes: changes.collect(),
                concludes: judged.concludes,
                durability: carried.share(&outcome, judged.concludes),
                promises: promises.collect(),
                leads_to,
                next: AtomicU32::new(u32::MAX),
            });
        }
    }

    /// How an entry is judged.
    pub(crate) fn judgings(&self, entry: usize) -> Judgings<'_> {
        let (ends, gains) = self.sides[entry];
        let cells = entry * self.columns.len()..(entry + 1) * self.columns.len();
        Judgings {
            ends,
            gains,
            with: &self.with[cells.clone()],
            without: &self.without[cells.clone()],
            pressing: &self.pressing[cells],
        }
    }

    /// Who accepts a package, given by how much each column is moved, for deals that do not end its conflict (0) and for those that do (1).
    pub(crate) fn accepting(&self, judgings: Judgings<'_>, mut slack: impl FnMut(usize, usize) -> f64) -> Columns {
        let mut accepting: Columns = 0;
        for at in 0..self.columns.len() {
            if self.margin(judgings, at, accepting, &mut slack) >= 0.0 {
                accepting |= 1 << at;
            }
        }
        accepting
    }

    /// Whether every judge accepts a package: the first that refuses is the last that is asked, those first whom nobody presses.
    pub(crate) fn all_accept(&self, judgings: Judgings<'_>, mut slack: impl FnMut(usize, usize) -> f64) -> bool {
        let refuses = |at: usize, slack: &mut dyn FnMut(usize, usize) -> f64| {
            let margin = judgings.with[at] + slack(at, judgings.ending(at));
            margin.is_nan() || margin < 0.0
        };
        if self.unpressed.iter().any(|&at| refuses(at, &mut slack)) {
            return false;
        }
        !self.pressed || self.accepting(judgings, slack) & self.judges == self.judges
    }

    /// A judge's margin for a package as things stand, given who else accepts it.
    pub(crate) fn margin(
        &self,
        judgings: Judgings<'_>,
        at: usize,
        accepting: Columns,
        mut slack: impl FnMut(usize, usize) -> f64,
    ) -> f64 {
        let margin = self.columns[at].margin(judgings, at, accepting, &self.columns);
        margin + slack(at, judgings.ending(at))
    }

    /// Whether a deal is made, given who accepts it and, of those with a veto, who bears it (by their margin).
    pub(crate) fn passes(&self, accepting: Columns, mut bears: impl FnMut(usize) -> f64) -> bool {
        if self.unanimous {
            return accepting & self.judges == self.judges;
        }
        let vetoing = self.voters.iter().enumerate().filter(|(_, voter)| {
            voter.tolerance.is_some_and(|tolerance| !self.bears(accepting, voter, |at| bears(at) + tolerance >= 0.0))
        });
        self.ballot.passes(self.yes(accepting), vetoing.fold(0, |seats, (player, _)| seats | 1 << player))
    }

    fn yes(&self, accepting: Columns) -> winset_worth::Seats {
        let yes = self.voters.iter().enumerate().filter(|(_, voter)| accepting & voter.judges == voter.judges);
        yes.fold(0, |seats, (player, _)| seats | 1 << player)
    }

    /// Whether each judge of a voter accepts or bears the deal.
    fn bears(&self, accepting: Columns, voter: &Voter, mut bears: impl FnMut(usize) -> bool) -> bool {
        (0..self.columns.len()).all(|at| voter.judges >> at & 1 == 0 || accepting >> at & 1 == 1 || bears(at))
    }
}

/// Standard deviations beyond which no belief is wrong.
pub(crate) const BELIEF_CUT: f64 = 3.0;

impl Judgings<'_> {
    /// 1 if it ends the conflict of the actor of a column, 0 if not.
    fn ending(&self, at: usize) -> usize {
        (self.ends >> at & 1) as usize
    }
}

impl Column {
    fn margin(&self, judgings: Judgings<'_>, at: usize, accepting: Columns, columns: &[Column]) -> f64 {
        if self.patrons.is_empty() {
            return judgings.with[at];
        }
        let presses = |patron: &usize| {
            let consent = columns[*patron].consent;
            judgings.gains >> patron & 1 == 1 && accepting & consent == consent
        };
        let now = self.patrons.iter().filter(|(patron, _)| presses(patron));
        let now = now.fold((0, 0.0), |(all, sum), (patron, leverage)| (all | 1 << patron, sum + leverage));
        // Where nothing has changed, the exact margin.
        if now.0 == judgings.pressing[at] {
            judgings.with[at]
        } else {
            judgings.without[at] + now.1.min(self.leverage_left)
        }
    }
}

impl Judged {
    /// Whether whoever accepts the other accepts this one, however judges are moved.
    fn beats(&self, other: &Judged) -> bool {
        self.ends == other.ends
            && self.gains & other.gains == other.gains
            && self.with.iter().zip(&other.with).all(|(own, other)| own >= other)
            && self.without.iter().zip(&other.without).all(|(own, other)| own >= other)
    }
}

/// Who would carry a deal made for them.
struct Carried<'v> {
    sitting: Sitting<'v>,
    /// Per actor behind a seat: who judges for it, and how far a signature binds it all the same.
    behind: Vec<(Vec<usize>, f64)>,
}

impl<'v> Carried<'v> {
    fn of(
        valuation: &'v Valuation<'v>,
        track: TrackId,
        state: &'v State,
        players: &[ActorId],
        ballot: &Ballot,
    ) -> Self {
        let case = valuation.case();
        let found = behind(valuation, track, players, ballot);
        let all: Vec<ActorId> = found.iter().flat_map(|behind| valuation.judges(behind.actor)).collect();
        let sitting = Sitting::new(valuation, track, state, &all);
        let bound = |actor: ActorId| {
            let ties = case.ties.iter().filter(|tie| tie.on && tie.to == actor);
            let binding = ties.filter_map(|tie| match &tie.kind {
                TieKind::Constituency(Some(binding)) => Some(binding.value.to_f64()),
                _ => None,
            });
            binding.fold(0.0, f64::max)
        };
        let behind = found.iter().map(|behind| {
            let judges = valuation.judges(behind.actor).into_iter().filter_map(|judge| sitting.position(judge));
            (judges.collect(), bound(behind.actor))
        });
        let behind = behind.collect();
        Carried { sitting, behind }
    }

    /// The share that would: each counts 1 if it accepts, else as far as a signature binds it.
    fn share(&self, outcome: &[usize], concludes: bool) -> f64 {
        if self.behind.is_empty() {
            return 1.0;
        }
        let mut judgements = Vec::new();
        self.sitting.judge(outcome, concludes, &mut judgements);
        let carried = self.behind.iter().map(|(judges, bound)| {
            if judges.iter().all(|&at| self.sitting.accepts(at, &judgements)) { 1.0 } else { *bound }
        });
        carried.sum::<f64>() / self.behind.len() as f64
    }
}
