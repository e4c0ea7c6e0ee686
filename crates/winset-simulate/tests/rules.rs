//! Each rule of a round by itself.

mod common;

use common::{FENCE, case, edited, runs};
use winset_case::{ActorId, Case, FrameworkId, LeverId, TrackId};
use winset_simulate::{Ending, Event, Fate, Process, Refusal, Trace};

fn traced(case: &Case) -> (Ending, Trace) {
    let (ending, trace, _) = Process::new(case).unwrap().trace(1, 0).unwrap();
    (ending, trace)
}

/// The fence, where only a wall would do for the framework, and South refuses one.
fn only_a_wall() -> String {
    FENCE.replace("fence = \"fence != broken\"", "fence = \"fence = wall\"")
}

/// A fence nobody can agree on.
fn stuck() -> Case {
    edited(&case(&only_a_wall()), &["actor.south.values.fence.wire = 0.45"])
}

#[test]
fn sponsors_keep_a_dead_track_alive_while_leaving_costs_them_more() {
    let leaving = |north: &str, south: &str| {
        let edits = [
            format!("simulation.track.talks.sponsors.north.leaving = {north}"),
            format!("simulation.track.talks.sponsors.south.leaving = {south}"),
            "simulation.track.talks.sponsors.south.staying = 0.1".to_owned(),
        ];
        let edits: Vec<&str> = edits.iter().map(String::as_str).collect();
        traced(&edited(&stuck(), &edits))
    };
    let (ending, trace) = leaving("0", "0.2");
    assert_eq!(ending, Ending::Deadlock);
    let kept = Event::KeptAlive { track: TrackId(0), sponsors: vec![ActorId(1)] };
    // Twelve rounds without a deal make a track dead.
    assert!(trace.events.contains(&(12, kept)), "{trace:?}");
    let (ending, trace) = leaving("0", "0.1");
    assert_eq!(ending, Ending::Abandoned);
    assert!(trace.events.contains(&(12, Event::Left(TrackId(0)))));
    let meetings = trace.events.iter().filter(|(_, event)| matches!(event, Event::NothingToPropose { .. })).count();
    assert_eq!(meetings, 12, "it meets no more");
}

#[test]
fn without_a_word_on_sponsors_a_track_goes_on() {
    assert_eq!(traced(&stuck()).0, Ending::Deadlock);
    let alive = runs(&edited(&stuck(), &["simulation.track.talks.meets = 0"]), 1, 10);
    assert_eq!(alive.tracks[0].fates[Fate::Dead as usize], 10);
}

#[test]
fn tracks_fail_alone_or_together() {
    let two = FENCE.replace("[framework.peace]", "[track.side]\nagenda = [\"fence\"]\nmandate = \"fence = wall\"\nseats = { north = \"party\", south = \"party\" }\n\n[framework.peace]");
    let two = edited(
        &case(&two.replace("fence = \"fence != broken\"", "fence = \"fence = wall\"")),
        &["simulation.track.talks.fails = 0.05", "simulation.track.side.fails = 0.05"],
    );
    let share = |case: &Case| {
        let process = Process::new(case).unwrap();
        let mut both = 0;
        let mut one = 0;
        for run in 0..4000 {
            let (_, trace, _) = process.trace(9, run).unwrap();
            let first = |track| {
                trace.events.iter().find(|(_, event)| *event == Event::Failed(TrackId(track))).map(|(round, _)| *round)
            };
            let (talks, side) = (first(0), first(1));
            both += u32::from(talks.is_some() && talks == side);
            one += u32::from(talks.is_some());
        }
        (f64::from(both) / 4000.0, f64::from(one) / 4000.0)
    };
    let (both, one) = share(&two);
    assert!(both < 0.06, "apart they fail together only by chance: {both}");
    assert!((one - (1.0 - libm::pow(0.95, 60.0))).abs() < 0.02, "{one}");
    let (both, together) = share(&edited(&two, &["simulation.correlation_of_failures = 1"]));
    assert!((both - together).abs() < 1e-12, "what takes one takes both");
    assert!((together - one).abs() < 0.03, "and each fails as often as before");
}

#[test]
fn adversaries_fare_against_each_other() {
    // South yields at three steps down, North's fortunes are South's turned round: so North's first three wins in a row of the walk bring it about.
    let base = edited(
        &case(FENCE),
        &[
            "actor.south.cost_of_going_on = -0.05",
            "simulation.actor.south.shock = 0.01",
            "simulation.actor.north.shock = 0.01",
            "simulation.bound = 1",
            "actor.north.values.fence.wall = 0.61",
        ],
    );
    let text = |correlation: f64| {
        let mut case = base.clone();
        case.dynamics.against.push((ActorId(1), ActorId(0)));
        edited(&case, &[&format!("simulation.actor.south.correlation = {correlation}")])
    };
    // Its own luck decides where nothing ties them, its adversary's where everything does; either way a symmetric walk.
    let met = |case: &Case| runs(case, 4, 20_000).met[0][..=9].iter().sum::<u64>() as f64 / 20_000.0;
    let (apart, tied) = (met(&text(0.0)), met(&text(1.0)));
    assert!((apart - tied).abs() < 0.02, "{apart} {tied}");
    let process = |correlation| Process::new(&text(correlation)).unwrap();
    let rounds = |process: &Process| (0..50).map(|run| process.trace(4, run).unwrap().2.rounds()).collect::<Vec<_>>();
    assert_ne!(rounds(&process(0.0)), rounds(&process(1.0)));
}

#[test]
fn levers_are_used_by_their_policies() {
    let text = FENCE.replace(
        "[simulation]",
        "[lever.aid]\nowner = \"north\"\nedits = [\"actor.south.cost_of_going_on += 0.2\"]\n\n[simulation]",
    );
    let text = text.replace("fence = \"fence != broken\"", "fence = \"fence = wall\"");
    // South takes the wall only with aid: 0.3 against 0.5 less 0.3.
    let never = edited(&case(&text), &["actor.south.values.fence.wire = 0.45"]);
    assert_eq!(traced(&never).0, Ending::Deadlock);
    for policy in [
        "simulation.lever.aid.policy = always",
        "simulation.lever.aid.policy = best-response",
        "simulation.lever.aid.when = \"fence = broken\"",
    ] {
        let (ending, trace) = traced(&edited(&never, &[policy]));
        assert_eq!(ending, Ending::Settlement(FrameworkId(0)), "{policy}");
        assert_eq!(trace.events[0], (1, Event::Lever(LeverId(0), true)), "{policy}");
    }
    for policy in [
        &["simulation.lever.aid.policy = best-response", "simulation.lever.aid.effort = 0.9"][..],
        &["simulation.lever.aid.when = \"fence = wire\""],
    ] {
        assert_eq!(traced(&edited(&never, policy)).0, Ending::Deadlock, "{policy:?}");
    }
    // One in use from the start stays so.
    assert_eq!(traced(&edited(&never, &["lever.aid = on"])).0, Ending::Settlement(FrameworkId(0)));
}

#[test]
fn events_come_on_their_day_with_their_chance() {
    let text = format!(
        "{FENCE}\n[simulation.event.storm]\ndate = 2024-08-15\ntext = \"A storm.\"\nedits = [\"actor.south.cost_of_going_on = 0.5\", \"issue.fence.today = wire\"]\n"
    );
    let text = text.replace("fence = \"fence != broken\"", "fence = \"fence = wall\"");
    let (ending, trace) = traced(&case(&text));
    assert_eq!(trace.events.iter().find(|(_, event)| *event == Event::Happened(0)).map(|(round, _)| *round), Some(4));
    assert_eq!(ending, Ending::Settlement(FrameworkId(0)));
    let from_wire = trace.events.iter().any(|(round, event)| match event {
        Event::Proposal { changes, .. } => *round == 4 && changes[0].from == Some(1),
        _ => false,
    });
    assert!(from_wire, "the storm put up the wire: {trace:?}");
    let half = edited(&case(&text), &["simulation.event.storm.chance = 0.5"]);
    let settled = runs(&half, 2, 4000).ended(Ending::Settlement(FrameworkId(0)));
    assert!((1800..2200).contains(&settled), "{settled}");
}

#[test]
fn a_break_brings_back_what_stood_and_costs_trust() {
    // The framework asks for what cannot be had, so the process goes on after the wire; the hazard is certain.
    let fragile = edited(
        &case(&only_a_wall()),
        &["simulation.track.talks.hazard = 1", "simulation.distrust = 0.05", "simulation.recovery = 0"],
    );
    let (_, trace) = traced(&fragile);
    let told: Vec<(u32, &str)> = trace
        .events
        .iter()
        .filter_map(|(round, event)| match event {
            Event::Proposal { agreed: true, .. } => Some((*round, "agreed")),
            Event::Broken { changes, .. } => {
                assert_eq!((changes[0].from, changes[0].to), (Some(1), Some(0)));
                Some((*round, "broken"))
            }
            _ => None,
        })
        .collect();
    // South gains 0.02 by the wire: after one break it demands 0.05 more.
    assert_eq!(told, [(1, "agreed"), (1, "broken")]);
}

#[test]
fn a_red_line_without_a_price_is_never_crossed() {
    let text = FENCE
        .replace("[actor.south]", "[[actor.north.red_line]]\nid = \"wire\"\nwhen = \"fence = wire\"\n\n[actor.south]");
    let case = edited(&case(&text), &["simulation.noise_of_responses = 1", "simulation.noise_of_beliefs = 1"]);
    let tally = runs(&case, 6, 2000);
    assert_eq!(tally.ends_where(|_, state| state.outcome.as_deref() == Some(&[1])), 0);
    assert!(tally.ends_where(|_, state| state.outcome.as_deref() == Some(&[2])) > 0);
}

#[test]
fn a_council_passes_what_a_veto_holder_lets_pass() {
    let text = FENCE
        .replace(
            "seats = { north = \"party\", south = \"party\" }",
            "rule = \"council\"\nquota = 1\nveto = [\"south\"]\nseats = { north = \"party\", south = \"party\" }",
        )
        .replace("fence = \"fence != broken\"", "fence = \"fence = wall\"");
    let vetoed = case(&text);
    assert_eq!(runs(&vetoed, 1, 50).ended(Ending::Settlement(FrameworkId(0))), 0);
    // The wall leaves South 0.1 short of what it demands.
    for (tolerance, passes) in [("0.09", false), ("0.11", true)] {
        let case = edited(&vetoed, &[&format!("track.talks.abstains.south = {tolerance}")]);
        assert_eq!(runs(&case, 1, 50).ended(Ending::Settlement(FrameworkId(0))) > 0, passes, "{tolerance}");
    }
}

#[test]
fn a_case_without_frameworks_ends_with_the_first_deal_that_ends_every_conflict() {
    let text = FENCE
        .replace("concludes = \"peace\"", "")
        .replace("[framework.peace]\nbenchmarks = { fence = \"fence != broken\" }", "");
    assert_eq!(traced(&case(&text)).0, Ending::Deal);
}

#[test]
fn what_is_too_large_is_refused_before_memory_is_taken() {
    let issues: Vec<String> = (0..20).map(|at| format!("[issue.i{at}]\noptions = [\"a\", \"b\", \"c\"]\n")).collect();
    let issues = issues.concat();
    let agenda: Vec<String> = (0..20).map(|at| format!("\"i{at}\"")).collect();
    let text = format!(
        "[case]\ntitle = \"Large\"\nas_of = 2024-01-01\n{issues}\n[actor.a]\nfallback = 0\nweights = {{ i0 = 1 }}\nvalues.i0 = {{ a = 0, b = 1, c = 0 }}\n[track.t]\nagenda = [{}]\nseats = {{ a = \"party\" }}\n",
        agenda.join(", ")
    );
    assert!(matches!(Process::new(&case(&text)), Err(Refusal::TooManyPackages { .. })));
    let shut = edited(&case(FENCE), &["track.talks.status = closed"]);
    assert_eq!(Process::new(&shut).err(), Some(Refusal::NobodyMeets));
}
