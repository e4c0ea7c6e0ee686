//! `winset settle`: what each track can settle, or why it cannot.

use winset::{TrackBrief, TrackId, assembly_of, report, words};

use crate::input::CaseArguments;
use crate::{Exit, output};

/// Print each track's win-set, frontier, bargaining points and terms, or its blockers, shortfalls and unlocks; and what tracks can settle one after the other
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    case: CaseArguments,
    /// Only this track (may be given several times)
    #[arg(long = "track", value_name = "TRACK")]
    tracks: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let case = match arguments.case.load() {
        Ok(case) => case,
        Err(exit) => return exit,
    };
    let mut chosen: Vec<TrackId> = Vec::new();
    for name in &arguments.tracks {
        match case.track_id(name) {
            Some(track) => chosen.push(track),
            None => {
                let known: Vec<&str> = case.tracks.iter().map(|track| track.id.as_str()).collect();
                return output::usage(&format!("there is no track `{name}`; the case has {}", words::list(&known)));
            }
        }
    }
    if chosen.is_empty() {
        chosen = (0..case.tracks.len()).map(TrackId).collect();
    }
    // One track alone is asked about for itself.
    let assembly = if arguments.tracks.is_empty() { assembly_of(&case) } else { None };
    let tracks: Vec<TrackBrief> = chosen.into_iter().map(|track| TrackBrief::of(&case, track)).collect();
    if let Some(name) = &arguments.case.csv {
        return output::csv(report::csv::settle(&case, &tracks, assembly.as_ref(), name), name);
    }
    if arguments.case.json {
        output::json(&report::json::settle(&case, &tracks, assembly.as_ref()));
    } else {
        output::result(&report::settle(&case, &tracks, assembly.as_ref(), output::width()));
    }
    Exit::Done
}
