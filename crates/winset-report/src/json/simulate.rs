//! Simulations as documents.

use serde_json::{Map, Value, json};
use winset_brief::draws::Share;
use winset_brief::unfold::{Unfolding, chronicle, rests};
use winset_case::Case;
use winset_simulate::{Ending, Event, Process, Trace};
use winset_worth::State;

fn share(share: &Share) -> Value {
    let (low, high) = share.interval().unwrap_or((0.0, 1.0));
    json!({ "runs": share.holds, "share": share.share(), "low": low, "high": high })
}

fn outcome(case: &Case, state: &State) -> Value {
    let options = state.outcome.as_ref().map(|outcome| {
        let options = case.issues.iter().zip(outcome);
        options.map(|(issue, &option)| (issue.id.clone(), json!(issue.options[option]))).collect::<Map<String, Value>>()
    });
    let concluded: Vec<&str> = case
        .frameworks
        .iter()
        .zip(&state.concluded)
        .filter(|(_, concluded)| **concluded)
        .map(|(framework, _)| framework.id.as_str())
        .collect();
    json!({ "options": options, "concluded": concluded })
}

fn ending(case: &Case, ending: Ending) -> Value {
    json!({ "class": ending.word(), "subject": ending.subject(case) })
}

/// The document of `winset simulate --json`. Shares are of all runs, each with its interval (95 %, Wilson 1927).
pub fn simulate(unfolding: &Unfolding<'_>) -> Value {
    let case = unfolding.case();
    let endings: Vec<Value> = unfolding
        .endings()
        .iter()
        .map(|row| {
            let by_round = &unfolding.tally.endings[&row.ending];
            json!({ "ending": ending(case, row.ending), "share": share(&row.share), "runs_by_round": by_round })
        })
        .collect();
    let benchmarks: Vec<Value> = unfolding
        .curves()
        .iter()
        .map(|curve| {
            let by_round: Vec<Value> = curve.by_round.iter().map(share).collect();
            json!({ "benchmark": curve.id, "filled_by_round": by_round, "holds_at_the_end": share(&curve.at_the_end) })
        })
        .collect();
    let stops: Vec<Value> = unfolding
        .stops()
        .iter()
        .take(100)
        .map(|stop| json!({ "where": outcome(case, &stop.state), "share": share(&stop.share) }))
        .collect();
    let tracks: Vec<Value> = unfolding
        .tracks()
        .iter()
        .map(|row| {
            let fates: Map<String, Value> =
                row.fates.iter().map(|(fate, count)| (fate.word().to_owned(), share(count))).collect();
            json!({
                "track": case.tracks[row.track.0].id,
                "meetings_per_run": row.meetings,
                "deals_per_run": row.deals,
                "any_deal": share(&row.productive),
                "deals_that_break": row.broken.as_ref().and_then(Share::share),
                "fates": fates,
            })
        })
        .collect();
    let actors: Vec<Value> = unfolding
        .worths()
        .iter()
        .map(|row| {
            json!({ "actor": case.actors[row.actor.0].id, "today": row.today, "mean": row.mean, "low": row.low, "high": row.high })
        })
        .collect();
    let breaks: Vec<Value> =
        unfolding.tally.breaks.iter().map(|(breaks, runs)| json!({ "breaks": breaks, "runs": runs })).collect();
    json!({
        "title": case.title,
        "as_of": case.as_of,
        "seed": unfolding.seed,
        "runs": unfolding.tally.runs,
        "rounds": unfolding.process.horizon(),
        "round_length": case.dynamics.round_length.word(),
        "endings": endings,
        "benchmarks": benchmarks,
        "stops": stops,
        "tracks": tracks,
        "actors": actors,
        "breaks": breaks,
        "rests_on": rests(unfolding),
    })
}

/// The document of `winset simulate --trace --json`: what happened, round by round, and the chronicle of it.
pub fn trace(process: &Process, trace: &Trace, seed: u64, run: u64, end: Ending) -> Value {
    let case = process.case();
    let actor = |id: winset_case::ActorId| case.actors[id.0].id.as_str();
    let venue = |id: winset_case::TrackId| case.tracks[id.0].id.as_str();
    let changes = |list: &[winset_simulate::Change]| -> Vec<Value> {
        list.iter()
            .map(|change| {
                let issue = &case.issues[change.issue];
                let option = |at: Option<usize>| at.map(|at| issue.options[at].as_str());
                json!({ "issue": issue.id, "from": option(change.from), "to": option(change.to) })
            })
            .collect()
    };
    let events = trace.events.iter().map(|(round, event)| {
        let body = match event {
            Event::Happened(at) => json!({ "happened": case.dynamics.events[*at].id }),
            Event::Lever(lever, used) => json!({ "lever": case.levers[lever.0].id, "used": used }),
            Event::NothingToPropose { track: at, proposer } => {
                json!({ "nothing_to_propose": venue(*at), "proposer": actor(*proposer) })
            }
            Event::Proposal { track: at, proposer, changes: put, concludes, answers, agreed } => {
                let answers: Vec<Value> = answers
                    .iter()
                    .map(|answer| {
                        let margin = answer.margin.is_finite().then_some(answer.margin);
                        json!({ "actor": actor(answer.judge), "margin": margin, "accepted": answer.accepted })
                    })
                    .collect();
                json!({
                    "proposal": venue(*at), "proposer": actor(*proposer), "changes": changes(put),
                    "concludes": concludes, "answers": answers, "agreed": agreed,
                })
            }
            Event::Broken { track: at, changes: back } => json!({ "broken": venue(*at), "changes": changes(back) }),
            Event::Concluded(framework) => json!({ "concluded": case.frameworks[framework.0].id }),
            Event::Failed(at) => json!({ "failed": venue(*at) }),
            Event::Left(at) => json!({ "left": venue(*at) }),
            Event::KeptAlive { track: at, sponsors } => {
                json!({ "kept_alive": venue(*at), "sponsors": sponsors.iter().map(|id| actor(*id)).collect::<Vec<_>>() })
            }
            Event::Ended(end) => json!({ "ended": ending(case, *end) }),
        };
        json!({ "round": round, "event": body })
    });
    let told: Vec<Value> = chronicle(process, trace)
        .iter()
        .map(|entry| json!({ "from": entry.from, "to": entry.to, "sentences": entry.sentences }))
        .collect();
    json!({
        "title": case.title, "as_of": case.as_of, "seed": seed, "run": run, "ending": ending(case, end),
        "events": events.collect::<Vec<_>>(), "chronicle": told,
    })
}
