//! How it may unfold: how runs end, when parts are filled, and what becomes of tracks.

use winset_brief::draws::Share;
use winset_brief::figures::{interval, percent, rounded};
use winset_brief::unfold::{Unfolding, headline};
use winset_brief::{Brief, words};
use winset_simulate::Fate;

use super::endings::endings;
use super::part::{Cell, Look, Part, Point, RichTable, Row};
use super::prose;
use super::survival::survival;
use crate::brief::NO_RUNS;

/// The part of the brief. Where the case says nothing of how it moves from round to round, it says so.
pub(crate) fn over_time(brief: &Brief<'_>) -> Vec<Part> {
    let said = |text: &str| vec![prose(|page| page.paragraph(2, text))];
    let unfolding = match &brief.runs {
        None => return said(NO_RUNS),
        Some(Err(refusal)) => return said(&format!("Not computed: {refusal}.")),
        Some(Ok(runs)) => runs.unfolding(),
    };
    let points = headline(&unfolding).into_iter().map(|text| Point {
        mark: None,
        text: rounded(&text),
        about: Some("how-runs".to_owned()),
    });
    let mut parts = vec![Part::Points(points.collect()), Part::Figure(endings(&unfolding))];
    parts.extend(survival(&unfolding).map(Part::Figure));
    parts.extend(filled(&unfolding).map(Part::Table));
    parts.extend(tracks(&unfolding).map(Part::Table));
    parts.push(prose(|page| {
        page.note(
            2,
            "A share of runs is how often something happened among these runs. It is not a probability of events.",
        );
    }));
    parts
}

fn shown(share: &Share) -> String {
    share.share().map_or_else(|| "—".to_owned(), percent)
}

fn with_interval(share: &Share) -> Cell {
    let Some((low, high)) = share.interval() else { return Cell::plain("—") };
    Cell { text: format!("{} ({})", shown(share), interval(low, high)), look: Look::Bar(share.share().unwrap_or(0.0)) }
}

/// When each benchmark is filled.
fn filled(unfolding: &Unfolding<'_>) -> Option<RichTable> {
    let case = unfolding.case();
    let round = unfolding.round_word();
    let main = winset_brief::main_framework(case);
    let rows: Vec<Row> = unfolding
        .curves()
        .iter()
        .filter(|curve| Some(curve.framework) == main)
        .map(|curve| {
            let when = |share: f64| curve.round_of(share).map_or_else(|| "never".to_owned(), |at| at.to_string());
            let today = curve.by_round.first().is_some_and(|share| share.holds > 0);
            let half = if today { "stands today".to_owned() } else { when(0.5) };
            let at_some_time = curve.by_round.last().map_or_else(|| Cell::plain("—"), with_interval);
            Row::of(vec![
                Cell::plain(curve.name.clone()),
                at_some_time,
                Cell::plain(half),
                with_interval(&curve.at_the_end),
            ])
        })
        .collect();
    (!rows.is_empty()).then(|| RichTable {
        header: vec![
            "Benchmark".to_owned(),
            "Filled at some time".to_owned(),
            format!("In half of the runs by {round}"),
            "Holds where it stops".to_owned(),
        ],
        rows,
        legend: Some("Shares of runs, with their 95% intervals. What was filled may break again, so less may hold where a run stops."),
    })
}

/// What becomes of the tracks.
fn tracks(unfolding: &Unfolding<'_>) -> Option<RichTable> {
    let rows: Vec<Row> = unfolding
        .tracks()
        .iter()
        .map(|row| {
            let fates: Vec<String> = Fate::ALL
                .into_iter()
                .zip(&row.fates)
                .filter(|(_, (_, share))| share.holds > 0)
                .map(|(fate, (_, share))| format!("{} {}", fate_words(fate), shown(share)))
                .collect();
            let broken = row.broken.as_ref().map_or_else(|| "—".to_owned(), shown);
            Row::of(vec![
                Cell::plain(row.name.clone()),
                with_interval(&row.productive),
                Cell::plain(broken),
                Cell::plain(words::capital(&fates.join(", "))),
            ])
        })
        .collect();
    (!rows.is_empty()).then(|| RichTable {
        header: ["Track", "Made a deal", "Deals that broke", "What became of it"].map(str::to_owned).to_vec(),
        rows,
        legend: Some("A track that idled on met although nothing had come of it for long."),
    })
}

/// What a fate of a track is called in a table.
fn fate_words(fate: Fate) -> &'static str {
    match fate {
        Fate::Alive => "went on",
        Fate::Dead => "idled on",
        Fate::Left => "was left",
        Fate::Failed => "failed",
        Fate::Shut => "never met",
    }
}
