//! The track map: every track with its seats, which tracks feed which, and which can conclude a framework.

use winset_brief::{Brief, TrackBrief, words};
use winset_case::{Case, Role, Seat, Track};

use super::part::{Cell, Figure, RichTable, Row};
use super::svg;

const LEFT: f64 = 48.0;
const BOX: f64 = 400.0;
const RIGHT: f64 = 530.0;
const FRAMEWORK: f64 = 180.0;
const STEP: f64 = 16.0;
const GAP: f64 = 14.0;

/// Tracks below one another, frameworks beside them.
pub(crate) fn track_map(brief: &Brief<'_>) -> Figure {
    let case = brief.case;
    let (mut body, mut top, mut middles) = (String::new(), 4.0, Vec::new());
    for entry in &brief.tracks {
        let track = &case.tracks[entry.track.0];
        let name = svg::lines(&name(track), 15.0, BOX - 24.0);
        let state = svg::lines(&state(case, entry), 13.0, BOX - 24.0);
        let seats: Vec<String> = track.seats.iter().map(|seat| seat_words(case, track, seat)).collect();
        let seats = svg::lines(&seats.join("; "), 13.0, BOX - 24.0);
        let high = STEP * (name.len() + state.len() + seats.len()) as f64 + 16.0;
        let class = match entry.mandate.has_deal() {
            Some(true) => "open",
            Some(false) => "shut",
            None => "unknown",
        };
        body.push_str(&format!(
            "<rect class=\"node {class}\" x=\"{LEFT:.0}\" y=\"{top:.0}\" width=\"{BOX:.0}\" height=\"{high:.0}\" rx=\"4\"/>\n"
        ));
        let mut line = top + 20.0;
        for (lines, class) in [(&name, "strong"), (&state, "small"), (&seats, "small faint")] {
            body.push_str(&svg::text(lines, class, LEFT + 12.0, line, STEP));
            line += STEP * lines.len() as f64;
        }
        middles.push(top + high / 2.0);
        top += high + GAP;
    }
    let mut below = 4.0;
    let mut frameworks = Vec::new();
    for framework in &case.frameworks {
        let lines = svg::lines(&framework.name, 15.0, FRAMEWORK - 24.0);
        let high = STEP * lines.len() as f64 + 16.0;
        body.push_str(&format!(
            "<rect class=\"node framework\" x=\"{RIGHT:.0}\" y=\"{below:.0}\" width=\"{FRAMEWORK:.0}\" height=\"{high:.0}\"/>\n"
        ));
        body.push_str(&svg::text(&lines, "strong", RIGHT + 12.0, below + 20.0, STEP));
        frameworks.push(below + high / 2.0);
        below += high + 2.0 * GAP;
    }
    let mut lane = 0;
    for (index, track) in case.tracks.iter().enumerate() {
        if let Some(framework) = track.concludes {
            body.push_str(&arrow(LEFT + BOX, middles[index], RIGHT, frameworks[framework.0], 60.0, "concludes"));
        }
        for fed in &track.feeds {
            // Each line turns in a lane of its own, and meets the box it leads to a little off its middle.
            let bend = -18.0 - 6.0 * f64::from(lane % 6);
            let off = 3.0 * f64::from(lane % 5) - 6.0;
            body.push_str(&arrow(LEFT, middles[index], LEFT, middles[fed.0] + off, bend, "feeds"));
            lane += 1;
        }
    }
    let title = "Track map".to_owned();
    let describe = "Each box is a track with whoever sits there (* marks those the rule asks). A solid frame means it has a deal, a broken one that it has none. \
                    Solid arrows lead to the framework a track can conclude, dashed ones to the track its results go to."
        .to_owned();
    let high = top.max(below);
    Figure {
        svg: svg::picture("track-map", &title, &describe, (720.0, high), &body),
        title,
        describe,
        table: table(case, &brief.tracks),
    }
}

fn name(track: &Track) -> String {
    match words::status_note(track.status) {
        "" => track.name.clone(),
        note => format!("{} ({note})", track.name),
    }
}

fn state(case: &Case, entry: &TrackBrief) -> String {
    let word = |table: &winset_brief::TableBrief| match table.has_deal() {
        Some(true) => "a deal exists",
        Some(false) => "no deal",
        None => "not known",
    };
    let framework = case.tracks[entry.track.0].concludes.map_or("", |framework| &case.frameworks[framework.0].name);
    match &entry.concluding {
        Some(concluding) => {
            format!("Own mandate: {}; to conclude {framework}: {}", word(&entry.mandate), word(concluding))
        }
        None => words::capital(word(&entry.mandate)),
    }
}

fn seat_words(case: &Case, track: &Track, seat: &Seat) -> String {
    let asked = if track.needs(seat) { "*" } else { "" };
    let roles: Vec<&str> = seat.roles.iter().map(|role| role.word()).collect();
    let roles = if seat.roles == [Role::Party] { String::new() } else { format!(" ({})", roles.join(", ")) };
    format!("{}{asked}{roles}", words::actor_name(case, seat.actor))
}

/// A curve that ends in an arrow head pointing right.
fn arrow(x: f64, y: f64, to: f64, end: f64, bend: f64, class: &str) -> String {
    let other = if bend < 0.0 { to + bend } else { to - bend };
    format!(
        "<path class=\"edge {class}\" d=\"M{x:.0} {y:.0}C{:.0} {y:.0} {other:.0} {end:.0} {to:.0} {end:.0}\"/>\n\
         <path class=\"head\" d=\"M{to:.0} {end:.0}l-8 -4v8z\"/>\n",
        x + bend
    )
}

fn table(case: &Case, tracks: &[TrackBrief]) -> RichTable {
    let rows = tracks.iter().map(|entry| {
        let track = &case.tracks[entry.track.0];
        let seats: Vec<String> = track.seats.iter().map(|seat| seat_words(case, track, seat)).collect();
        let feeds: Vec<&str> = track.feeds.iter().map(|fed| case.tracks[fed.0].name.as_str()).collect();
        let concludes = track.concludes.map_or("", |framework| &case.frameworks[framework.0].name);
        let cells = [name(track), state(case, entry), seats.join("; "), feeds.join("; "), concludes.to_owned()];
        Row::of(cells.into_iter().map(Cell::plain).collect())
    });
    RichTable {
        header: ["Track", "Deals", "Seats", "Feeds", "Can conclude"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        legend: None,
    }
}
