//! Where the process stood, for the terminal.

use winset_brief::{ProcessStatus, words};
use winset_case::{Case, Event};

use crate::layout::Page;

/// Where the process stood on a day, track by track.
pub fn status(case: &Case, status: &ProcessStatus<'_>, width: usize) -> String {
    let mut page = Page::new(width);
    page.heading(&format!("{} — as of {}", case.title, status.as_of));
    if case.events.is_empty() {
        page.paragraph(0, "The case has no record of events. Add them with [[event]], or name a sheet in [record].");
        return page.finish();
    }
    let rows = status.tracks.iter().map(|entry| {
        let track = &case.tracks[entry.track.0];
        let note = words::status_note(track.status);
        let note = note.split(';').next().unwrap_or("");
        let last = match (entry.under_way, entry.events.last()) {
            (Some(event), _) => format!("from {}\n{}, under way", event.date, event.text),
            (None, Some(event)) => event_words(event),
            (None, None) => "nothing on record".to_owned(),
        };
        let agreements: Vec<String> = entry.agreements().map(agreement_words).collect();
        vec![
            if note.is_empty() { track.name.clone() } else { format!("{} ({note})", track.name) },
            entry.rounds().to_string(),
            last,
            if agreements.is_empty() { "none".to_owned() } else { agreements.join("\n") },
        ]
    });
    page.table(&["Track", "Rounds", "Last event", "Agreements"], rows.collect());
    if !status.elsewhere.is_empty() {
        page.heading("ELSEWHERE");
        for event in &status.elsewhere {
            page.item(&format!("  {}  ", event.date), &with_result(event));
        }
    }
    page.finish()
}

fn event_words(event: &Event) -> String {
    let end = event.end.as_ref().filter(|end| **end != event.date);
    let days = end.map_or_else(|| event.date.clone(), |end| format!("{} to {end}", event.date));
    format!("{days}\n{}", with_result(event))
}

fn with_result(event: &Event) -> String {
    event
        .result
        .as_ref()
        .filter(|result| *result != "none")
        .map_or_else(|| event.text.clone(), |result| format!("{}: {result}", event.text))
}

fn agreement_words(event: &Event) -> String {
    format!("{}  {}", event.date, event.text)
}
