//! `winset settle`: what each track can settle, or why it cannot.

use winset::{TrackBrief, assembly_of, report, tracks_named};

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
    let chosen = match tracks_named(&case, &arguments.tracks) {
        Ok(chosen) => chosen,
        Err(mistake) => return output::mistake(&mistake),
    };
    // One track alone is asked about for itself.
    let assembly = if arguments.tracks.is_empty() { assembly_of(&case) } else { None };
    let tracks: Vec<TrackBrief> = chosen.into_iter().map(|track| TrackBrief::of(&case, track)).collect();
    if let Some(name) = &arguments.case.csv {
        return output::csv(&report::csv::settle(&case, &tracks, assembly.as_ref()), name);
    }
    if arguments.case.json {
        output::json(&report::json::settle(&case, &tracks, assembly.as_ref()));
    } else {
        output::result(&report::settle(&case, &tracks, assembly.as_ref(), output::width()));
    }
    Exit::Done
}
