//! Headings that answer the question of their section.

use winset_brief::{Brief, Status, called, words};
use winset_case::{Case, TrackId};
use winset_simulate::Ending;

/// How many tracks have a deal.
pub(crate) fn tracks(brief: &Brief<'_>) -> String {
    let able = brief.tracks.iter().filter(|track| track.mandate.has_deal() == Some(true)).count() as u64;
    let all = brief.tracks.len() as u64;
    match able {
        0 => "No track has a deal".to_owned(),
        able if able == all => {
            if all == 1 {
                "The track has a deal".to_owned()
            } else {
                "Every track has a deal".to_owned()
            }
        }
        able => format!("{} of the {} have a deal", words::number(able), words::counted(all, "track")),
    }
}

fn names(case: &Case, tracks: impl Iterator<Item = TrackId>) -> Vec<&str> {
    tracks.map(|track| called::track(case, track)).collect()
}

/// Why the tables of these tracks have no deal.
pub(crate) fn blocked(brief: &Brief<'_>, main: &[TrackId]) -> String {
    let blocked = brief.tracks.iter().filter(|track| main.contains(&track.track));
    let blocked = blocked.filter(|track| track.tables().any(|(_, table)| table.is_blocked()));
    match names(brief.case, blocked.map(|track| track.track)).as_slice() {
        [only] => format!("Why {only} has no deal"),
        _ => "Tables without a deal".to_owned(),
    }
}

/// Whether levers open what is shut.
pub(crate) fn unlocks(brief: &Brief<'_>) -> String {
    let mut unlocks =
        brief.tracks.iter().flat_map(winset_brief::TrackBrief::tables).filter_map(|(_, table)| table.unlock.as_ref());
    if unlocks.all(|unlock| unlock.as_ref().is_ok_and(|unlock| unlock.cheapest.is_none())) {
        "No combination of levers opens what is shut".to_owned()
    } else {
        "What levers would open".to_owned()
    }
}

/// Whether the framework the process is about can be concluded.
pub(crate) fn assembly(brief: &Brief<'_>) -> String {
    let main = winset_brief::main_framework(brief.case);
    let entry = brief.assembly.as_ref().and_then(|assembly| assembly.as_ref().ok());
    let entry = entry.and_then(|all| all.frameworks.iter().find(|entry| Some(entry.framework) == main));
    let Some(entry) = entry else { return "What can be put together".to_owned() };
    let name = called::framework(brief.case, entry.framework);
    match &entry.stop {
        _ if !entry.conclusions.is_empty() => words::capital(&format!("{name} can be concluded")),
        Some(stop) if !stop.met.is_empty() => {
            let total = stop.met.len() + stop.missing.len();
            format!("Deals elsewhere fill {} of {total} benchmarks of {name}, and stop there", stop.met.len())
        }
        _ => format!("No deals lead towards {name}"),
    }
}

/// Whose terms there are.
pub(crate) fn terms(brief: &Brief<'_>) -> String {
    let any = brief.tracks.iter().any(|track| track.tables().any(|(_, table)| table.has_deal() == Some(true)));
    if any { "Who would get what where there is a deal" } else { "On whose terms" }.to_owned()
}

/// Whether the process is settled over time.
pub(crate) fn unfolding(brief: &Brief<'_>) -> String {
    let Some(Ok(runs)) = &brief.runs else { return "How it may unfold".to_owned() };
    let unfolding = runs.unfolding();
    let settled = unfolding.tally.endings.keys().any(|ending| matches!(ending, Ending::Settlement(_) | Ending::Deal));
    if settled { "How it may unfold" } else { "How it may unfold: no run ends in a settlement" }.to_owned()
}

/// How many claims hold.
pub(crate) fn claims(brief: &Brief<'_>) -> String {
    let holding = brief.claims.iter().filter(|result| result.status == Status::Holds).count() as u64;
    let all = brief.claims.len() as u64;
    if holding == all {
        return format!("All {} of the case hold", words::counted(all, "claim"));
    }
    format!("{} of the {} of the case hold", words::number(holding), words::counted(all, "claim"))
}
