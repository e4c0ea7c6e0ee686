//! The brief for the terminal: what an analyst reads first.

use winset_brief::draws::EnsembleResult;
use winset_brief::{BargainingPointOf, Brief, TrackBrief, words};
use winset_case::edit::Change;
use winset_settle::Deals;

use crate::claims::summary;
use crate::large;
use crate::layout::Page;
use crate::settle::{across, in_full, overview};
use crate::sides;
use crate::stays_put::stays_put;

/// The whole brief.
pub fn brief(brief: &Brief<'_>, width: usize) -> String {
    let case = brief.case;
    let mut page = Page::new(width);
    page.heading(&format!("{} — as of {}", case.title, case.as_of));
    head(&mut page, brief);

    page.heading("VERDICT");
    page.paragraph(2, &winset_brief::verdict(brief));

    page.heading("TRACKS");
    overview(&mut page, case, &brief.tracks);

    across(&mut page, case, brief.assembly.as_ref());

    blocked_tables(&mut page, brief);

    page.heading("ON WHOSE TERMS");
    terms(&mut page, brief);

    stays_put(&mut page, brief);

    if !brief.claims.is_empty() {
        page.heading("CLAIMS");
        summary(&mut page, case, &brief.claims);
    }

    if let Some(draws) = &brief.draws {
        page.heading("WHAT MATTERS MOST");
        matters(&mut page, brief, draws);
    }

    page.heading("WHAT THIS RESTS ON");
    evidence(&mut page, brief);
    limits(&mut page);
    page.finish()
}

/// What the case is about, and what was changed in it before the question was asked.
pub(crate) fn head(page: &mut Page, brief: &Brief<'_>) {
    let case = brief.case;
    if let Some(summary) = &case.summary {
        page.paragraph(0, summary);
    }
    if let Some(reading) = case.reading_in_force() {
        page.paragraph(0, &format!("Read as: {}.", reading.name));
    }
    let levers: Vec<&str> = case.levers.iter().filter(|lever| lever.on).map(|lever| lever.name.as_str()).collect();
    if !levers.is_empty() {
        page.paragraph(0, &format!("With these levers in use: {}.", words::list(&levers)));
    }
    let edits: Vec<String> = case
        .applied
        .iter()
        .filter(|edit| !matches!(edit.change, Change::Lever(..) | Change::Under(_)))
        .map(|edit| format!("`{}`", edit.text.trim()))
        .collect();
    if !edits.is_empty() {
        page.paragraph(0, &format!("Changed before it was asked: {}.", words::list(&edits)));
    }
    if case.strict_recognition {
        page.paragraph(0, "A track meets only if nobody there refuses to sit with another.");
    }
}

/// Every track with a table that has no deal, in full.
pub(crate) fn blocked_tables(page: &mut Page, brief: &Brief<'_>) {
    for track in brief.tracks.iter().filter(|track| is_blocked(track)) {
        in_full(page, brief.case, track);
    }
}

/// The numbers that move most, and how weak their evidence is.
pub(crate) fn matters(page: &mut Page, brief: &Brief<'_>, draws: &EnsembleResult) {
    if draws.influential.is_empty() {
        let draws = words::counted(draws.settings.draws, "draw");
        page.paragraph(2, &format!("Over {draws}, no number moves a verdict by more than chance would."));
        return;
    }
    page.paragraph(
        2,
        &format!(
            "Of the {} drawn {} times from their ranges, these move the verdicts most between the lower and the upper half of their draws:",
            words::counted(draws.drawn as u64, "number"),
            words::number(draws.settings.draws)
        ),
    );
    for (place, influential) in draws.influential.iter().enumerate() {
        page.item(&format!("  {}. ", place + 1), &winset_brief::draws::words::influential(brief.case, influential));
    }
}

fn is_blocked(track: &TrackBrief) -> bool {
    // A table too large to list is shown in full: how its deals were found belongs to what is said of them.
    let blocked = |table: &winset_brief::TableBrief| table.is_blocked() || table.large.is_some();
    blocked(&track.mandate) || track.concluding.as_ref().is_some_and(blocked)
}

/// Per track with a deal: its Nash point and each player's share of the gain.
fn terms(page: &mut Page, brief: &Brief<'_>) {
    let case = brief.case;
    let (mut rows, mut shown) = (Vec::new(), Vec::new());
    for track in &brief.tracks {
        for (deals, table) in track.tables() {
            let what = if deals == Deals::Concluding { ", concluding" } else { "" };
            if let Some((package, shares)) = table.large().and_then(|large| large::nash(case, large)) {
                rows.push(vec![format!("{}{what}", case.tracks[track.track.0].name), package, shares]);
            }
            let Some(BargainingPointOf { settlement, point, is_nash }) = table.bargaining_point() else { continue };
            // Whoever does not say yes comes last.
            let seats = settlement.players.iter().copied().zip(&point.terms.shares).zip(point.votes.iter().copied());
            let mut ranked: Vec<_> = seats.map(|((player, share), vote)| (player, share, vote)).collect();
            ranked.sort_by(|(_, share, vote), (_, other, other_vote)| vote.cmp(other_vote).then(other.cmp(share)));
            let shares: Vec<String> =
                ranked.iter().map(|(player, share, vote)| words::share(case, *player, share, *vote)).collect();
            let instead = if is_nash { "" } else { " (no Nash point; Kalai–Smorodinsky)" };
            let name = format!("{}{what}", case.tracks[track.track.0].name);
            rows.push(vec![format!("{name}{instead}"), case.changes(&point.package).join("\n"), shares.join("\n")]);
            shown.push((name, settlement, point));
        }
    }
    if rows.is_empty() {
        let refused = brief.tracks.iter().any(|track| track.mandate.refusal().is_some());
        page.paragraph(
            2,
            if refused {
                "No deal was found on any track that was computed."
            } else {
                "Nobody's: no track has a deal."
            },
        );
    } else {
        page.paragraph(
            2,
            "At the Nash point of each track with a deal, every player's share of the gain it could have had there:",
        );
        page.table(&["Track", "Package (what changes)", "Share of the gain, most first"], rows);
        for (name, settlement, point) in shown {
            sides::beside(page, case, &name, settlement, point);
        }
    }
}

pub(crate) fn evidence(page: &mut Page, brief: &Brief<'_>) {
    let count = &brief.evidence;
    let parts: Vec<String> = count.by_basis.iter().map(|(basis, number)| format!("{number} {basis}")).collect();
    page.paragraph(
        2,
        &format!(
            "{}: {}. {} are given as ranges; {}.",
            words::counted(count.numbers as u64, "number"),
            if parts.is_empty() { "none".to_owned() } else { parts.join(", ") },
            count.ranges,
            if brief.draws.is_some() {
                "figures are computed at their point values, and shares are of draws over the ranges"
            } else {
                "every figure above is computed at their point values, not over the ranges"
            }
        ),
    );
}

/// What a brief is not.
pub(crate) fn limits(page: &mut Page) {
    page.paragraph(
        2,
        "A model of a text, not of the world: what it says follows from the case file, and a share of draws is a share of draws, not a probability \
         of events. It says who could agree to what, and whether today's choice of levers stays put; `winset simulate` tells how the process may unfold.",
    );
}
