//! Small cases to run, and a slow look at single tables.

#![allow(dead_code, reason = "each test uses a part of it")]

use winset_case::{ActorId, Case, TrackId, read, read_edit};
use winset_simulate::{Batch, Process, Quiet, Tally};
use winset_worth::{Ballot, Sitting, Space, State, Valuation};

/// A fence between two neighbours: one issue with three options, one table, a framework of one benchmark.
pub(crate) const FENCE: &str = r#"
[case]
title = "A fence"
as_of = 2024-05-01

[issue.fence]
options = ["broken", "wire", "wall"]

[actor.north]
fallback = { cost_of_going_on = 0.2 }
weights = { fence = 1 }
values.fence = { broken = 0.3, wire = 0.6, wall = 1.0 }

[actor.south]
fallback = { cost_of_going_on = 0.1 }
weights = { fence = 1 }
values.fence = { broken = 0.5, wire = 0.52, wall = 0.3 }

[track.talks]
agenda = ["fence"]
seats = { north = "party", south = "party" }
concludes = "peace"

[framework.peace]
benchmarks = { fence = "fence != broken" }

[simulation]
noise_of_responses = 0
noise_of_beliefs = 0

[simulation.track.talks]
meets = 1
hazard = 0
"#;

/// A case from its text, which has to be right.
pub(crate) fn case(text: &str) -> Case {
    let reading = read(text);
    assert!(reading.case.is_some(), "{:#?}", reading.diagnostics);
    reading.case.unwrap()
}

/// The same under edits.
pub(crate) fn edited(case: &Case, edits: &[&str]) -> Case {
    let mut case = case.clone();
    for text in edits {
        let edit = read_edit(text, &case).unwrap_or_else(|errors| panic!("{text}: {errors:#?}"));
        case.apply(&[edit]);
    }
    case
}

/// The Syria case.
pub(crate) fn syria() -> Case {
    catalogue("syria-2017")
}

/// A case of the catalogue.
pub(crate) fn catalogue(name: &str) -> Case {
    let folder = format!("{}/../../cases/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = |file: &str| std::fs::read_to_string(format!("{folder}/{file}")).map_err(|error| error.to_string());
    let first = winset_case::SourceText { name: "case.toml".to_owned(), text: text("case.toml").unwrap() };
    winset_case::read_files(first, &mut |file| text(file)).case.expect("a case of the catalogue is right")
}

/// What so many runs come to.
pub(crate) fn runs(case: &Case, seed: u64, runs: u64) -> Tally {
    let process = Process::new(case).unwrap();
    process.simulate(&Batch::of(seed, runs, 2), &Quiet).unwrap()
}

/// Every package the seats of a track make a deal of from today, with what it is worth to a seat over its fallback, prices paid and pressure aside: from the
/// definitions, package by package.
pub(crate) fn deals(case: &Case, track: TrackId, seat: ActorId) -> Vec<(Vec<usize>, i128)> {
    let valuation = Valuation::new(case).unwrap();
    let today = State::today(case);
    let here = &case.tracks[track.0];
    let players: Vec<ActorId> = here.required().collect();
    let mut everyone: Vec<ActorId> = players.iter().flat_map(|player| valuation.judges(*player)).collect();
    everyone.extend(&players);
    let sitting = Sitting::new(&valuation, track, &today, &everyone);
    let ballot = Ballot::of(case, track, &players).unwrap();
    let base = today.outcome.clone().unwrap_or_else(|| vec![0; case.issues.len()]);
    let mut found = Vec::new();
    let mut judgements = Vec::new();
    Space::new(case, base, &here.agenda).unwrap().each(|_, outcome| {
        let concludes = sitting.concludes(outcome);
        let mandated = here
            .mandate
            .as_ref()
            .is_none_or(|mandate| winset_worth::holds(&mandate.expression, &sitting.view(outcome, concludes)));
        let changes = today.outcome.as_deref() != Some(outcome);
        if concludes || (changes && mandated) {
            sitting.judge(outcome, concludes, &mut judgements);
            let accepts = |judge: ActorId| sitting.accepts(sitting.position(judge).unwrap(), &judgements);
            let mut yes = 0;
            let mut vetoing = 0;
            for (at, player) in players.iter().enumerate() {
                let judges = valuation.judges(*player);
                if judges.iter().all(|judge| accepts(*judge)) {
                    yes |= 1 << at;
                } else if let Some(tolerance) = ballot.tolerance(at) {
                    let bears = judges.iter().all(|judge| {
                        let unit = valuation.actor(*judge).unwrap().unit as f64;
                        let position = sitting.position(*judge).unwrap();
                        let margin = sitting.margin(position, &judgements);
                        margin.is_some_and(|margin| margin as f64 / unit + tolerance.to_f64() >= 0.0)
                    });
                    vetoing |= if bears { 0 } else { 1 << at };
                }
            }
            let own = &judgements[sitting.position(seat).unwrap()];
            // A seat proposes what it says yes to itself.
            let itself = players.iter().position(|player| *player == seat).is_some_and(|at| yes >> at & 1 == 1);
            if itself && ballot.passes(yes, vetoing) {
                found.push((outcome.to_vec(), own.surplus() - own.pressure - own.price));
            }
        }
        std::ops::ControlFlow::Continue(())
    });
    found
}
