//! How a table is made: every package is judged once, and what could never be a deal is left out.

use std::sync::atomic::AtomicU32;

use winset_case::{ActorId, TieKind, TrackId};
use winset_worth::{ActorWorth, Ballot, Ends, Judgement, Sitting, Space, State, Terms, Valuation, View, behind, holds};

use super::{BELIEF_CUT, Column, Columns, Entry, Judgings, Order, Slack, Table, Voter};
use crate::observer::Change;
use crate::parameters::Parameters;
use crate::refusal::{JUDGE_LIMIT, PACKAGE_LIMIT, Refusal};

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
        let judging: Vec<usize> = (0..columns.len()).filter(|at| judges >> at & 1 == 1).collect();
        let proposes = &parameters.paces[track.0].proposes;
        let weights: Vec<f64> = players.iter().map(|player| proposes[player.0]).collect();
        let mut table = Table {
            pressed: judging.iter().any(|at| !columns[*at].patrons.is_empty()),
            judging,
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
            spans: Vec::new(),
            orders: vec![Order::default(); players.len()],
            concluding: vec![Order::default(); players.len()],
            framework: sitting.framework(),
            ballot,
        };
        let base = state.outcome.clone().unwrap_or_else(|| vec![0; case.issues.len()]);
        let Ok(space) = Space::new(case, base, &here.agenda) else {
            let track = here.id.clone();
            return Err(Refusal::TooManyPackages { track, limit: PACKAGE_LIMIT });
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
        let orders: [Vec<Vec<u32>>; 2] = orders.map(|orders| {
            let places = |list: Vec<usize>| list.into_iter().filter_map(|at| place[at]).collect();
            orders.into_iter().map(places).collect()
        });
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
            let judging = self.judging.iter();
            self.spans.extend(judging.map(|&at| self.columns[at].span(judged.with[at], judged.without[at])));
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
        [self.orders, self.concluding] = orders.map(|orders| orders.into_iter().map(|list| self.order(list)).collect());
    }

    fn order(&self, entries: Vec<u32>) -> Order {
        let mut best = vec![[f64::NEG_INFINITY; 2]; self.judging.len()];
        for &entry in &entries {
            for (best, (_, ends, span)) in best.iter_mut().zip(self.spans(entry as usize)) {
                best[ends] = best[ends].max(span.most);
            }
        }
        Order { entries, best }
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
