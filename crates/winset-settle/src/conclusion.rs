//! What assembly comes to: which track can deliver which benchmark, how a framework can be concluded, and where and on whom it stops.

use std::ops::ControlFlow;
use std::sync::Arc;

use winset_case::{ActorId, BenchmarkId, Case, FrameworkId, RedLineId, Status, TrackId};
use winset_worth::{Sitting, State, Valuation, View, holds};

use crate::assembly::{Reach, Step, benchmark_expression, benchmarks, explore, holds_in, meeting_tracks};
use crate::blockers::{Blocked, explain};
use crate::constraint::Constraint;
use crate::refusal::Refusal;
use crate::table::{Deals, Table};
use winset_worth::Ballot;

/// Conclusions that are listed per framework, nearest first.
const CONCLUSIONS_SHOWN: usize = 3;

/// What can be settled across all tracks, and what cannot.
#[derive(Debug)]
pub struct Assembly {
    /// Everything deals can reach from today.
    pub reach: Arc<Reach>,
    /// Per benchmark and track, whether the track can deliver it.
    pub coverage: Vec<Coverage>,
    /// Per framework, whether it can be concluded or where assembly stops.
    pub frameworks: Vec<FrameworkAssembly>,
}

/// Whether one track can deliver one benchmark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Whose benchmark.
    pub framework: FrameworkId,
    /// Which benchmark, under the framework's own reading.
    pub benchmark: BenchmarkId,
    /// Which track.
    pub track: TrackId,
    /// Whether it can.
    pub delivery: Delivery,
}

/// Whether a track can deliver a benchmark: make a deal after which it holds though it did not before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// It holds today already.
    Stands,
    /// By a deal from today.
    Now,
    /// By a deal after these.
    After(Vec<Step>),
    /// Never: the track makes no deals.
    Closed,
    /// Never: no package it can decide from today would fill it.
    OffAgenda,
    /// Never: its mandate allows none of the packages that would fill it from today.
    Mandate,
    /// Never: these refuse. They are those who refuse the package from today that fewest refuse.
    Refused(Vec<ActorId>),
}

/// How far assembly comes for one framework.
#[derive(Debug)]
pub struct FrameworkAssembly {
    /// Which framework.
    pub framework: FrameworkId,
    /// The nearest conclusions, each with a different outcome; empty if none can be reached.
    pub conclusions: Vec<Arrival>,
    /// Where it stops, if it cannot be concluded: a reachable state that fills most benchmarks.
    pub stop: Option<Stop>,
}

/// A state with a shortest route to it.
#[derive(Debug)]
pub struct Arrival {
    /// Which state: its index in [`Reach::states`].
    pub state: usize,
    /// The deals.
    pub route: Vec<Step>,
    /// Package-proof: some route to it needs only actors who would accept its end straight from today.
    pub package_proof: bool,
    /// Otherwise, who was walked there step by step.
    pub walked: Vec<Walked>,
}

/// An actor whose consent a route needed, or who had no seat, and who would refuse the route's end as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walked {
    /// Who.
    pub actor: ActorId,
    /// By pressure: some deal on the way it accepted only because a patron pressed.
    pub by_pressure: bool,
    /// By the end of a cost: some deal on the way it accepted only because going on would have cost it more.
    pub by_end_of_cost: bool,
    /// By having no seat where something it loses by was agreed.
    pub by_having_no_seat: bool,
}

/// Where assembly stops.
#[derive(Debug)]
pub struct Stop {
    /// How the process gets there.
    pub arrival: Arrival,
    /// The benchmarks that hold there.
    pub met: Vec<BenchmarkId>,
    /// Those that do not.
    pub missing: Vec<BenchmarkId>,
    /// Per track that could conclude the framework, why no deal from there does.
    pub refused: Vec<(TrackId, Blocked)>,
    /// The fewest red lines that would have to be given up to conclude from there, without those some deal on the way broke: they appear only when
    /// the parts are put together.
    pub only_on_assembly: Vec<Constraint>,
}

/// What can be settled across all tracks that meet, from today, with the levers in use carried out.
///
/// # Errors
///
/// Where a table is larger than this version lists, or numbers cannot be computed exactly.
pub fn assemble(case: &Case) -> Result<Assembly, Refusal> {
    let case = &case.with_levers();
    let valuation = Valuation::new(case)?;
    let reach = Arc::new(explore(case, None)?);
    let mut coverage = Vec::new();
    for (framework, benchmark) in benchmarks(case) {
        for track in (0..case.tracks.len()).map(TrackId) {
            let delivery = delivery(&valuation, &reach, framework, benchmark, track)?;
            coverage.push(Coverage { framework, benchmark, track, delivery });
        }
    }
    let frameworks = (0..case.frameworks.len())
        .map(|framework| framework_assembly(&valuation, &reach, FrameworkId(framework)))
        .collect::<Result<_, _>>()?;
    Ok(Assembly { reach, coverage, frameworks })
}

fn delivery(
    valuation: &Valuation<'_>,
    reach: &Reach,
    framework: FrameworkId,
    benchmark: BenchmarkId,
    track: TrackId,
) -> Result<Delivery, Refusal> {
    let case = valuation.case();
    let condition = benchmark_expression(framework, benchmark);
    let today = &reach.states[0];
    if holds_in(case, today, &condition) {
        return Ok(Delivery::Stands);
    }
    match reach.delivers(framework, benchmark, track) {
        Some(0) => return Ok(Delivery::Now),
        Some(state) => return Ok(Delivery::After(reach.route(state))),
        None if case.tracks[track.0].status == Status::Closed => return Ok(Delivery::Closed),
        None => {}
    }
    let table = Table::new(valuation, track, Deals::Mandate, today)?;
    let (mut fills, mut fewest) = (false, None::<Vec<ActorId>>);
    let mut judgements = Vec::new();
    table.space.each(|_, outcome| {
        let view = View { case, outcome: Some(outcome), concluded: &today.concluded, deal: None };
        if table.is_deal(outcome) && holds(&condition, &view) {
            fills = true;
            if table.unmet(outcome) == 0 {
                table.sitting.judge(outcome, table.concludes(outcome), &mut judgements);
                let refusing: Vec<ActorId> = (0..table.judges.len())
                    .filter(|&judge| !table.accepts(judge, &judgements))
                    .map(|judge| table.judges[judge].0)
                    .collect();
                if fewest.as_ref().is_none_or(|known| refusing.len() < known.len()) {
                    fewest = Some(refusing);
                }
            }
        }
        ControlFlow::Continue(())
    });
    Ok(match fewest {
        _ if !fills => Delivery::OffAgenda,
        None => Delivery::Mandate,
        Some(refusing) => Delivery::Refused(refusing),
    })
}

fn framework_assembly(
    valuation: &Valuation<'_>,
    reach: &Reach,
    framework: FrameworkId,
) -> Result<FrameworkAssembly, Refusal> {
    let mut ends: Vec<usize> = Vec::new();
    for (state, body) in reach.states.iter().enumerate().filter(|(_, state)| state.concluded[framework.0]) {
        let seen = ends.iter().any(|&end| reach.states[end].outcome == body.outcome);
        if !seen {
            ends.push(state);
        }
        if ends.len() == CONCLUSIONS_SHOWN {
            break;
        }
    }
    let conclusions = ends.iter().map(|&end| arrival(valuation, reach, end)).collect::<Result<Vec<_>, _>>()?;
    let stop = if conclusions.is_empty() { Some(stop(valuation, reach, framework)?) } else { None };
    Ok(FrameworkAssembly { framework, conclusions, stop })
}

/// The reachable state that fills most benchmarks, the nearest of them, and why nothing from there concludes.
fn stop(valuation: &Valuation<'_>, reach: &Reach, framework: FrameworkId) -> Result<Stop, Refusal> {
    let case = valuation.case();
    let own: Vec<BenchmarkId> =
        benchmarks(case).filter(|(of, _)| *of == framework).map(|(_, benchmark)| benchmark).collect();
    let holding = |state: &State| -> Vec<BenchmarkId> {
        own.iter()
            .copied()
            .filter(|&benchmark| holds_in(case, state, &benchmark_expression(framework, benchmark)))
            .collect()
    };
    let mut best = 0;
    let mut most = holding(&reach.states[0]).len();
    for (state, body) in reach.states.iter().enumerate() {
        let count = holding(body).len();
        if count > most {
            (best, most) = (state, count);
        }
    }
    let end = &reach.states[best];
    let met = holding(end);
    let missing = own.iter().copied().filter(|benchmark| !met.contains(benchmark)).collect();
    let mut refused = Vec::new();
    for track in meeting_tracks(case).into_iter().filter(|track| case.tracks[track.0].concludes == Some(framework)) {
        refused.push((track, explain(&Table::new(valuation, track, Deals::Concluding, end)?)?));
    }
    let broken = broken_on_the_way(valuation, reach, best);
    let is_line = |constraint: &Constraint| matches!(constraint, Constraint::RedLine(..));
    let mut only_on_assembly: Vec<Constraint> = refused
        .iter()
        // The fewest red lines that would let it conclude if they alone were given up.
        .filter_map(|(_, blocked)| blocked.corrections.iter().find(|set| set.iter().all(is_line)))
        .flatten()
        .copied()
        .filter(|line| !matches!(line, Constraint::RedLine(actor, line) if broken.contains(&(*actor, *line))))
        .collect();
    only_on_assembly.sort_unstable();
    only_on_assembly.dedup();
    Ok(Stop { arrival: arrival(valuation, reach, best)?, met, missing, refused, only_on_assembly })
}

/// The red lines broken by some deal on the shortest route to a state, by those whose consent it needed.
fn broken_on_the_way(valuation: &Valuation<'_>, reach: &Reach, end: usize) -> Vec<(ActorId, RedLineId)> {
    let mut broken = Vec::new();
    for (step, state) in reach.route(end).iter().zip(reach.states_to(end)) {
        let judges = judges_at(valuation, step.track);
        let sitting = Sitting::new(valuation, step.track, &reach.states[state], &judges);
        let mut judgements = Vec::new();
        sitting.judge(&step.after, step.concludes, &mut judgements);
        for judge in judges {
            let Some(position) = sitting.position(judge) else { continue };
            let lines = (0..valuation.case().actors[judge.0].red_lines.len()).map(RedLineId);
            broken.extend(lines.filter(|&line| judgements[position].breaks(line)).map(|line| (judge, line)));
        }
    }
    broken
}

/// Everyone whose acceptance the seats of a track stand for.
fn judges_at(valuation: &Valuation<'_>, track: TrackId) -> Vec<ActorId> {
    let mut judges: Vec<ActorId> =
        valuation.case().tracks[track.0].required().flat_map(|seat| valuation.judges(seat)).collect();
    judges.sort_unstable();
    judges.dedup();
    judges.retain(|judge| valuation.actor(*judge).is_some());
    judges
}

/// The route to a state, and whether it could have been had as a package.
fn arrival(valuation: &Valuation<'_>, reach: &Reach, end: usize) -> Result<Arrival, Refusal> {
    let case = valuation.case();
    let route = reach.route(end);
    let Some(last) = route.last() else {
        return Ok(Arrival { state: end, route, package_proof: true, walked: Vec::new() });
    };
    // Would they accept the end straight from today, at the last deal's standing with the route's conclusions?
    let everyone: Vec<ActorId> =
        (0..case.actors.len()).map(ActorId).filter(|actor| valuation.actor(*actor).is_some()).collect();
    let whole = State { concluded: reach.states[end].concluded.clone(), ..reach.states[0].clone() };
    let from_today =
        Sitting::new(valuation, last.track, if last.concludes { &reach.states[0] } else { &whole }, &everyone);
    let mut judgements = Vec::new();
    from_today.judge(&last.after, last.concludes, &mut judgements);
    let accepts =
        |actor: ActorId| from_today.position(actor).is_none_or(|position| from_today.consents(position, &judgements));

    // Those whose consent a track's rule needs would give it: under a vote, enough of them.
    let willing_at = |track: TrackId| -> Result<bool, Refusal> {
        let players: Vec<ActorId> = case.tracks[track.0].required().collect();
        let yes = players.iter().enumerate().filter(|(_, player)| accepts(**player));
        Ok(Ballot::of(case, track, &players)?.passes(yes.fold(0, |seats, (position, _)| seats | 1 << position), 0))
    };
    let mut willing = Vec::new();
    for track in meeting_tracks(case) {
        if willing_at(track)? {
            willing.push(track);
        }
    }
    let by_willing = route.iter().all(|step| willing.contains(&step.track));
    let package_proof = by_willing
        || (!willing.is_empty() && {
            let again = explore(case, Some(&willing))?;
            let target = &reach.states[end];
            again.first(|state| state.outcome == target.outcome && state.concluded == target.concluded).is_some()
        });
    let walked = if package_proof { Vec::new() } else { walked(valuation, reach, end, &route, accepts) };
    Ok(Arrival { state: end, route, package_proof, walked })
}

/// Those who would refuse the end as a whole, and by what each was brought there.
fn walked(
    valuation: &Valuation<'_>,
    reach: &Reach,
    end: usize,
    route: &[Step],
    accepts: impl Fn(ActorId) -> bool,
) -> Vec<Walked> {
    let case = valuation.case();
    let mut walked = Vec::new();
    for actor in (0..case.actors.len()).map(ActorId) {
        if valuation.actor(actor).is_none() || accepts(actor) {
            continue;
        }
        let mut entry = Walked { actor, by_pressure: false, by_end_of_cost: false, by_having_no_seat: false };
        let mut needed = false;
        for (step, state) in route.iter().zip(reach.states_to(end)) {
            let judges = judges_at(valuation, step.track);
            let seated = judges.contains(&actor);
            let before = &reach.states[state];
            let sitting = Sitting::new(valuation, step.track, before, &[actor]);
            let mut judgements = Vec::new();
            sitting.judge(&step.after, step.concludes, &mut judgements);
            let Some(position) = sitting.position(actor) else { continue };
            let judgement = judgements[position];
            needed |= seated;
            if seated {
                let unpressed = judgement.surplus() - judgement.pressure - judgement.price;
                entry.by_pressure |= unpressed < 0;
                let worth_before = sitting.worth_before(position);
                entry.by_end_of_cost |=
                    judgement.reservation < worth_before && judgement.worth - judgement.price < worth_before;
            } else {
                entry.by_having_no_seat |= judgement.worth < sitting.worth_before(position);
            }
        }
        if needed || entry.by_having_no_seat {
            walked.push(entry);
        }
    }
    walked
}
