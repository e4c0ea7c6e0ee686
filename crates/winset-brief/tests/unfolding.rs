//! Simulation beside settlement: what single runs tell is what happened in them, and without noise a table deals as settlement says it can.

use winset_brief::unfold::{chronicle, replay};
use winset_case::{Case, SourceText, Status, TrackId, read_edit, read_files};
use winset_settle::{Deals, winset_is_empty};
use winset_simulate::{Batch, Process, Quiet};

fn catalogue(name: &str) -> Case {
    let folder = format!("{}/../../cases/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = |file: &str| std::fs::read_to_string(format!("{folder}/{file}")).map_err(|error| error.to_string());
    let first = SourceText { name: "case.toml".to_owned(), text: text("case.toml").unwrap() };
    read_files(first, &mut |file| text(file)).case.expect("a case of the catalogue is right")
}

fn edited(case: &Case, edits: &[String]) -> Case {
    let mut case = case.clone();
    for text in edits {
        let edit = read_edit(text, &case).unwrap();
        case.apply(&[edit]);
    }
    case
}

/// Carrying out what a chronicle is told from gives the end the run came to.
#[test]
fn what_a_trace_tells_leads_to_the_end_of_its_run() {
    let mut broken = 0;
    for name in ["syria-2017", "camp-david-1978", "kempton-park-1993"] {
        let process = Process::new(&catalogue(name)).unwrap();
        for run in 0..100 {
            let (_, trace, room) = process.trace(7, run).unwrap();
            let replayed = replay(&process, &trace);
            assert_eq!(replayed.outcome, room.end().outcome, "{name}, run {run}");
            assert_eq!(replayed.concluded, room.end().concluded, "{name}, run {run}");
            broken += room.breaks();
            let told = chronicle(&process, &trace);
            assert!(told.windows(2).all(|pair| pair[0].to < pair[1].from), "{name}, run {run}");
        }
    }
    assert!(broken > 100, "breaks are replayed as well: {broken}");
}

/// With no noise, full information and nothing that moves, a table makes deals in some run if and only if settlement finds one there.
#[test]
fn a_table_alone_deals_where_its_win_set_is_not_empty() {
    let mut tables = [0, 0];
    for name in ["syria-2017", "camp-david-1978", "kempton-park-1993"] {
        let case = catalogue(name);
        let open = |track: &usize| case.tracks[*track].status != Status::Closed;
        for track in (0..case.tracks.len()).filter(open).map(TrackId) {
            let id = &case.tracks[track.0].id;
            let mut edits: Vec<String> = ["noise_of_responses", "noise_of_beliefs", "bound"]
                .iter()
                .map(|key| format!("simulation.{key} = 0"))
                .collect();
            edits.push(format!("simulation.track.{id}.meets = 1"));
            let others = case.tracks.iter().filter(|other| other.id != *id);
            edits.extend(others.map(|other| format!("track.{}.status = closed", other.id)));
            let mut lone = edited(&case, &edits);
            lone.dynamics.events.clear();
            lone.dynamics.policies.clear();
            let Ok(process) = Process::new(&lone) else { continue };
            let empty = |deals| winset_is_empty(&lone, track, deals).unwrap();
            let expected =
                !empty(Deals::Mandate) || (case.tracks[track.0].concludes.is_some() && !empty(Deals::Concluding));
            let tally = process.simulate(&Batch::of(1, 40, 2), &Quiet).unwrap();
            assert_eq!(tally.tracks[track.0].deals > 0, expected, "{name}, {id}");
            tables[usize::from(expected)] += 1;
        }
    }
    assert!(tables[0] >= 3 && tables[1] >= 5, "{tables:?}");
}
