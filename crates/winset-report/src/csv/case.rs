//! The tables of `winset check`, `claims` and `status`.

use winset_brief::{ClaimResult, ProcessStatus, numbers};
use winset_case::{Case, Diagnostic, Event, Severity, SourceFiles};

use super::{Cell, Table, count, number, text};

/// The tables of `winset claims`: `claims`.
pub fn claims(case: &Case, results: &[ClaimResult]) -> Vec<Table> {
    vec![claims_table(case, results)]
}

pub(super) fn claims_table(case: &Case, results: &[ClaimResult]) -> Table {
    let rows = results.iter().map(|result| {
        let claim = &case.claims[result.claim];
        let control = result.control.as_ref().map(|control| match control.breaks {
            Some(true) => "yes",
            Some(false) => "no",
            None => "undecided",
        });
        vec![
            claim.id.as_str().into(),
            result.status.word().into(),
            Cell::maybe(control),
            claim.says.as_str().into(),
            claim.check_text.as_str().into(),
            result.findings.join("; ").into(),
        ]
    });
    Table {
        name: "claims",
        columns: vec![
            text("id"),
            text("status"),
            text("control_breaks"),
            text("says"),
            text("check"),
            text("findings"),
        ],
        rows: rows.collect(),
    }
}

/// The tables of `winset status`: `tracks` or `events`.
pub fn status(case: &Case, status: &ProcessStatus<'_>) -> Vec<Table> {
    let tracks = status.tracks.iter().map(|entry| {
        let track = &case.tracks[entry.track.0];
        let last = entry.events.last();
        vec![
            track.id.as_str().into(),
            track.name.as_str().into(),
            track.status.word().into(),
            Cell::Whole(entry.rounds() as u64),
            Cell::Whole(entry.agreements().count() as u64),
            Cell::maybe(entry.under_way.map(|event| event.text.as_str())),
            Cell::maybe(last.map(|event| event.date.as_str())),
            Cell::maybe(last.map(|event| event.text.as_str())),
        ]
    });
    let tracks = Table {
        name: "tracks",
        columns: vec![
            text("track"),
            text("name"),
            text("status"),
            count("rounds"),
            count("agreements"),
            text("under_way"),
            text("last_date"),
            text("last_event"),
        ],
        rows: tracks.collect(),
    };
    let row = |track: &str, event: &Event| {
        let kinds: Vec<&str> = event.kinds.iter().map(|kind| kind.word()).collect();
        vec![
            event.date.as_str().into(),
            Cell::maybe(event.end.as_ref()),
            if track.is_empty() { Cell::Empty } else { track.into() },
            kinds.join("; ").into(),
            event.text.as_str().into(),
            Cell::maybe(event.result.as_ref()),
        ]
    };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for entry in &status.tracks {
        rows.extend(entry.events.iter().map(|event| row(&case.tracks[entry.track.0].id, event)));
    }
    rows.extend(status.elsewhere.iter().map(|event| row("", event)));
    let events = Table {
        name: "events",
        columns: vec![text("date"), text("end"), text("track"), text("kind"), text("text"), text("result")],
        rows,
    };
    vec![tracks, events]
}

/// The tables of `winset check`: `diagnostics`, or `numbers` with what each rests on.
pub fn check<'s>(files: impl Into<SourceFiles<'s>>, diagnostics: &[Diagnostic], case: Option<&Case>) -> Vec<Table> {
    let files = files.into();
    let rows = diagnostics.iter().map(|diagnostic| {
        let (source, span) = files.locate(&diagnostic.span);
        let (line, column) = source.line_and_column(span.start);
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        vec![
            source.name.as_str().into(),
            Cell::Whole(line as u64),
            Cell::Whole(column as u64),
            severity.into(),
            diagnostic.code.as_str().into(),
            diagnostic.message.as_str().into(),
            diagnostic.help.as_str().into(),
        ]
    });
    let diagnostics = Table {
        name: "diagnostics",
        columns: vec![
            text("file"),
            count("line"),
            count("column"),
            text("severity"),
            text("code"),
            text("message"),
            text("help"),
        ],
        rows: rows.collect(),
    };
    vec![diagnostics, numbers_table(case)]
}

/// What `winset check --evidence` lists, as a table: `numbers`.
pub fn evidence(case: &Case) -> Vec<Table> {
    vec![numbers_table(Some(case))]
}

/// Every number of a case, and what it rests on.
fn numbers_table(case: Option<&Case>) -> Table {
    let rows = case.map_or_else(Vec::new, |case| {
        let row = |place: winset_brief::NumberPlace| {
            let (number, evidence) = (place.of(case), &place.of(case).evidence);
            let (low, high) = number.distribution.range();
            let sources: Vec<String> = evidence
                .sources
                .iter()
                .map(|cited| format!("{} {}", case.sources[cited.source.0].id, cited.place).trim().to_owned())
                .collect();
            vec![
                place.path(case).into(),
                Cell::Number(number.value.to_f64()),
                Cell::Number(low.to_f64()),
                Cell::Number(high.to_f64()),
                evidence.basis.map_or("assumption", winset_case::Basis::word).into(),
                sources.join("; ").into(),
                Cell::maybe(evidence.likelihood.map(winset_case::Likelihood::word)),
                Cell::maybe(evidence.note.as_ref()),
            ]
        };
        numbers(case).into_iter().map(row).collect()
    });
    Table {
        name: "numbers",
        columns: vec![
            text("number"),
            number("value"),
            number("low"),
            number("high"),
            text("basis"),
            text("sources"),
            text("likelihood"),
            text("note"),
        ],
        rows,
    }
}
