//! On whose terms: what would be agreed at each table with a deal, and each one's share of what it could gain there.

use winset_brief::{BargainingPointOf, Brief, TermsRange, terms_over_draws, words};

use super::anchor;
use super::part::{Cell, Part, RichTable, Row};
use super::tables::table_heading;
use super::{plain, prose};
use crate::{large, sides};

/// A row per table with a deal, and beside it on whom it would be imposed and who would carry it.
pub(crate) fn terms(brief: &Brief<'_>) -> Vec<Part> {
    let case = brief.case;
    let ranges = terms_over_draws(brief);
    let (mut rows, mut shown) = (Vec::new(), Vec::new());
    for track in &brief.tracks {
        for (deals, table) in track.tables() {
            let name = table_heading(case, track.track, deals);
            let about = Some(anchor::rests(case, track.track, deals));
            if let Some((package, shares)) = table.large().and_then(|large| large::nash(case, large)) {
                let cells = [name.clone(), package, shares].into_iter().map(Cell::plain).collect();
                rows.push(Row { anchor: None, about: about.clone(), cells });
            }
            let Some(BargainingPointOf { settlement, point, is_nash }) = table.bargaining_point() else { continue };
            let range = ranges.iter().find(|range| range.track == track.track && range.deals == deals);
            // Whoever does not say yes comes last.
            let seats = settlement.players.iter().copied().zip(&point.terms.shares).zip(point.votes.iter().copied());
            let mut ranked: Vec<_> = seats.map(|((player, share), vote)| (player, share, vote)).collect();
            ranked.sort_by(|(_, share, vote), (_, other, other_vote)| vote.cmp(other_vote).then(other.cmp(share)));
            let shares: Vec<String> = ranked
                .iter()
                .map(|(player, share, vote)| {
                    format!("{}{}", words::share(case, *player, share, *vote), over_draws(range, *player))
                })
                .collect();
            let instead = if is_nash { "" } else { "\n(Kalai–Smorodinsky point; there is no Nash point)" };
            let package = format!("{}{instead}", plain::changes(case, &point.package).join("\n"));
            let cells = [name.clone(), package, shares.join("; ")].into_iter().map(Cell::plain).collect();
            rows.push(Row { anchor: None, about, cells });
            shown.push((name, settlement, point));
        }
    }
    if rows.is_empty() {
        let refused = brief.tracks.iter().any(|track| track.mandate.refusal().is_some());
        let says = if refused {
            "No deal was found on any track that was computed."
        } else {
            "Nobody's: no track has a deal."
        };
        return vec![prose(|page| page.paragraph(2, says))];
    }
    let mut parts = vec![prose(|page| {
        page.paragraph(
            2,
            "If those at a table bargained on equal terms (the Nash point: the acceptable package with the largest product of gains), this is what they would agree on, and how much of the \
             most it could gain there each would get. Who gets little is being settled for.",
        );
    })];
    parts.push(Part::Table(RichTable {
        header: ["Track", "What would be agreed", "Share of the gain, most first"].map(str::to_owned).to_vec(),
        rows,
        legend: (!ranges.is_empty())
            .then_some("In brackets: between which shares nine of ten draws lie, of those with a deal."),
    }));
    let beside = prose(|page| {
        shown.iter().for_each(|(name, settlement, point)| sides::beside(page, case, name, settlement, point));
    });
    parts.push(beside.about(anchor::RESTS));
    parts
}

/// The range of a player's share over draws, in brackets.
fn over_draws(range: Option<&TermsRange>, player: winset_case::ActorId) -> String {
    let shares = range.and_then(|range| range.shares.iter().find(|(other, ..)| *other == player));
    match shares {
        Some((_, low, high)) if *low >= 0.995 && *high >= 0.995 => " (always)".to_owned(),
        Some((_, low, high)) => format!(" ({:.0} to {:.0}%)", low * 100.0, high * 100.0),
        None => String::new(),
    }
}
