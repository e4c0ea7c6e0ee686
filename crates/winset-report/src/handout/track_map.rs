//! The track map: every track and whether it has a deal, which tracks feed which, and which can conclude a framework.

use winset_brief::{Brief, TableBrief, TrackBrief, words};
use winset_case::{Case, Status, Track};

use super::part::{Figure, RichTable, Row};
use super::svg;
use super::tables::is_plain;

const LEFT: f64 = 64.0;
const BOX: f64 = 452.0;
const RIGHT: f64 = 570.0;
const FRAMEWORK: f64 = 146.0;
const STEP: f64 = 16.0;
const GAP: f64 = 7.0;

/// Tracks below one another, frameworks beside them.
pub(crate) fn track_map(brief: &Brief<'_>) -> Figure {
    let case = brief.case;
    let (mut body, mut top, mut middles) = (String::new(), 4.0, Vec::new());
    for entry in &brief.tracks {
        let track = &case.tracks[entry.track.0];
        let name = svg::few_lines(&track.name, 15.0, BOX - 24.0, 2);
        let state = svg::few_lines(&state(case, entry), 13.0, BOX - 24.0, 2);
        // On one line where both fit.
        let short = name.len() == 1
            && state.len() == 1
            && svg::width(&name[0], 15.0) + svg::width(&state[0], 13.0) + 36.0 <= BOX;
        let rows = if short { 1 } else { name.len() + state.len() };
        let high = STEP * rows as f64 + 14.0;
        let class = match entry.mandate.has_deal() {
            _ if idle(&entry.mandate) => "unknown",
            Some(true) => "open",
            Some(false) => "shut",
            None => "unknown",
        };
        body.push_str(&format!(
            "<rect class=\"node {class}\" x=\"{LEFT:.0}\" y=\"{top:.0}\" width=\"{BOX:.0}\" height=\"{high:.0}\" rx=\"4\"/>\n"
        ));
        body.push_str(&svg::text(&name, "strong", LEFT + 12.0, top + 19.0, STEP));
        body.push_str(&if short {
            svg::text(&state, "small end", LEFT + BOX - 12.0, top + 19.0, STEP)
        } else {
            svg::text(&state, "small", LEFT + 12.0, top + 19.0 + STEP * name.len() as f64, STEP)
        });
        middles.push((top + high / 2.0, high));
        top += high + GAP;
    }
    let mut below = 4.0;
    let mut frameworks = Vec::new();
    for framework in &case.frameworks {
        let lines = svg::few_lines(&framework.name, 15.0, FRAMEWORK - 20.0, 4);
        let high = STEP * lines.len() as f64 + 16.0;
        body.push_str(&format!(
            "<rect class=\"node framework\" x=\"{RIGHT:.0}\" y=\"{below:.0}\" width=\"{FRAMEWORK:.0}\" height=\"{high:.0}\"/>\n"
        ));
        body.push_str(&svg::text(&lines, "strong", RIGHT + 12.0, below + 20.0, STEP));
        frameworks.push(below + high / 2.0);
        below += high + 2.0 * GAP;
    }
    for (index, track) in case.tracks.iter().enumerate() {
        if let Some(framework) = track.concludes {
            body.push_str(&arrow(LEFT + BOX, middles[index].0, RIGHT, frameworks[framework.0], 40.0, "concludes"));
        }
    }
    body.push_str(&feeds(case, &middles));
    let title = "Tracks and what they feed".to_owned();
    let describe = "Solid frame: a deal under its own mandate; broken: none; dotted: nothing new to agree. Solid arrows lead to what a track can conclude, dashed ones to where its results go."
        .to_owned();
    let high = top.max(below);
    Figure {
        name: "map".to_owned(),
        svg: svg::picture("map", &title, &describe, (720.0, high), &body),
        title,
        describe,
        table: table(case, &brief.tracks),
        choices: Vec::new(),
    }
}

/// Lines on the left from each track to those it feeds. Those that lead to the same track run together, farther out the farther they come.
fn feeds(case: &Case, middles: &[(f64, f64)]) -> String {
    let mut fed: Vec<usize> = case.tracks.iter().flat_map(|track| track.feeds.iter().map(|fed| fed.0)).collect();
    fed.sort_unstable();
    fed.dedup();
    let lane = (LEFT - 20.0) / fed.len().max(1) as f64;
    let mut lines = String::new();
    for (number, &fed) in fed.iter().enumerate() {
        let x = LEFT - 14.0 - lane * (number as f64 + 0.5).min(LEFT);
        // Arrows to a track meet it below its middle, lines from it leave it above.
        let end = middles[fed].0 + middles[fed].1 / 5.0;
        for (index, track) in case.tracks.iter().enumerate() {
            if !track.feeds.iter().any(|to| to.0 == fed) {
                continue;
            }
            let place = track.feeds.iter().position(|to| to.0 == fed).unwrap_or(0) as f64;
            let begin = middles[index].0 - middles[index].1 / 5.0 - 4.0 * place;
            let bend = if begin < end { 6.0 } else { -6.0 };
            lines.push_str(&format!(
                "<path class=\"edge feeds\" d=\"M{LEFT:.0} {begin:.0}H{:.1}q-6 0 -6 {bend:.0}V{:.1}q0 {bend:.0} 6 {bend:.0}H{:.0}\"/>\n",
                x + 6.0,
                end - bend,
                LEFT - 6.0
            ));
        }
        lines.push_str(&head(LEFT, end));
    }
    lines
}

fn head(x: f64, y: f64) -> String {
    format!("<path class=\"head\" d=\"M{x:.0} {y:.0}l-8 -4v8z\"/>\n")
}

/// A curve that ends in an arrow head pointing right.
fn arrow(x: f64, y: f64, to: f64, end: f64, bend: f64, class: &str) -> String {
    format!(
        "<path class=\"edge {class}\" d=\"M{x:.0} {y:.0}C{:.0} {y:.0} {:.0} {end:.0} {:.0} {end:.0}\"/>\n{}",
        x + bend,
        to - bend,
        to - 6.0,
        head(to, end)
    )
}

fn name(track: &Track) -> String {
    match words::status_note(track.status) {
        "" => track.name.clone(),
        note => format!("{} ({note})", track.name),
    }
}

fn state(case: &Case, entry: &TrackBrief) -> String {
    let framework = case.tracks[entry.track.0].concludes.map_or("", |framework| &case.frameworks[framework.0].name);
    let status = match case.tracks[entry.track.0].status {
        Status::Open => "",
        Status::Planned => "Planned. ",
        Status::Closed => return "Closed.".to_owned(),
    };
    match &entry.concluding {
        Some(concluding) => {
            format!("{status}Own mandate: {}. To conclude {framework}: {}.", word(&entry.mandate), word(concluding))
        }
        None => format!("{status}{}.", words::capital(&word(&entry.mandate))),
    }
}

/// Whether there is nothing new for a table to agree.
fn idle(table: &TableBrief) -> bool {
    table.blocked().is_some_and(is_plain)
}

/// Whether a table has a deal, with how many packages where that is known.
fn word(table: &TableBrief) -> String {
    match (table.has_deal(), &table.settlement) {
        (Some(true), Ok(found)) => {
            format!(
                "a deal ({} of {})",
                words::number(found.acceptable_count),
                words::counted(found.examined, "package")
            )
        }
        (Some(true), Err(_)) => "a deal".to_owned(),
        (Some(false), _) if idle(table) => "no new deal".to_owned(),
        (Some(false), _) => "no deal".to_owned(),
        (None, _) => "not known".to_owned(),
    }
}

fn table(case: &Case, tracks: &[TrackBrief]) -> RichTable {
    let rows = tracks.iter().map(|entry| {
        let track = &case.tracks[entry.track.0];
        let feeds: Vec<&str> = track.feeds.iter().map(|fed| case.tracks[fed.0].name.as_str()).collect();
        let concludes = track.concludes.map_or("", |framework| &case.frameworks[framework.0].name);
        Row::plain([name(track), state(case, entry), feeds.join("; "), concludes.to_owned()])
    });
    RichTable {
        header: ["Track", "Deals", "Feeds", "Can conclude"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        legend: None,
    }
}
