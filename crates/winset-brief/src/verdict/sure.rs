//! How sure the verdict is: each answer once, with its word of ICD 203 and the share of draws beside it.

use winset_settle::Deals;

use crate::brief::{Brief, TrackBrief};
use crate::called;
use crate::draws::Share;
use crate::figures::percent;
use crate::words::{counted, list, number};

/// The answers about tables, each with how sure it is; `None` where nothing was drawn, or nothing decided.
pub(crate) fn sure(brief: &Brief<'_>, main: &[&TrackBrief], others: &[&TrackBrief]) -> Option<String> {
    let case = brief.case;
    let Some(draws) = &brief.draws else {
        let ranges = brief.evidence.ranges > 0;
        return ranges.then(|| "How sure this is was not asked: no numbers were drawn from their ranges.".to_owned());
    };
    let mut said = Vec::new();
    for track in main {
        let (name, framework) = (called::track(case, track.track), called::concluded_at(case, track.track));
        for (deals, table) in track.tables() {
            let (Some(shares), Some(has)) = (brief.shares(track.track, deals), table.has_deal()) else { continue };
            let what = match (deals, has) {
                (Deals::Mandate, true) => format!("{name} has a deal"),
                (Deals::Mandate, false) => format!("{name} has no deal under its own mandate"),
                (Deals::Concluding, true) => format!("it can conclude {framework}"),
                (Deals::Concluding, false) => format!("it cannot conclude {framework}"),
            };
            let mut text = format!("{what} ({})", likely(&as_answered(&shares.open, has)));
            if let (false, Some(opened)) = (has, &shares.opened_by_levers) {
                let unlock = table.unlock.as_ref().and_then(|unlock| unlock.as_ref().ok());
                let opens = unlock.is_some_and(|unlock| unlock.cheapest.is_some());
                let what = if opens { "levers change that" } else { "no lever changes that" };
                text.push_str(&format!(", and {what} ({})", likely(&as_answered(opened, opens))));
            }
            said.push(text);
        }
    }
    let (mut deals, mut none) = (Vec::new(), Vec::new());
    // Beside a track that could conclude a framework, only the deals to be had elsewhere matter.
    let others = others.iter().filter(|track| main.is_empty() || track.mandate.has_deal() == Some(true));
    for track in others {
        let (Some(shares), Some(has)) = (brief.shares(track.track, Deals::Mandate), track.mandate.has_deal()) else {
            continue;
        };
        let share = as_answered(&shares.open, has);
        let name = called::track(case, track.track);
        match (share.fails, has) {
            (0, true) => deals.push(name),
            (0, false) => none.push(name),
            (_, true) => said.push(format!("there is a deal at {name} ({})", likely(&share))),
            (_, false) => said.push(format!("there is none at {name} ({})", likely(&share))),
        }
    }
    if deals.len() > 2 && !main.is_empty() {
        said.push("there are the other deals elsewhere (in all of the draws)".to_owned());
    } else if !deals.is_empty() {
        said.push(format!("there is a deal at {} (in all of the draws)", list(&deals)));
    }
    if !none.is_empty() {
        said.push(format!("there is none at {} (in all of the draws)", list(&none)));
    }
    (!said.is_empty()).then(|| {
        let number = counted(draws.settings.draws, "draw");
        format!("How sure this is, by the share of {number} of the numbers from their ranges: {}.", said.join("; "))
    })
}

/// The share of draws in which it is as it is with the numbers as they stand.
fn as_answered(open: &Share, has: bool) -> Share {
    if has { *open } else { Share { holds: open.fails, fails: open.holds, undecided: open.undecided } }
}

/// The word for a share with the share beside it: `almost certain, 99%`; of all and of none there is no likelihood.
fn likely(share: &Share) -> String {
    let Some(value) = share.share() else { return "undecided".to_owned() };
    let undecided =
        if share.undecided > 0 { format!(", {} undecided", number(share.undecided)) } else { String::new() };
    match share.word() {
        None if share.holds == 0 => format!("in none of the draws{undecided}"),
        None => format!("in all of the draws{undecided}"),
        Some(word) => format!("{}, {}{undecided}", word.word(), percent(value)),
    }
}
