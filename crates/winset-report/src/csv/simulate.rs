//! Simulations as tables.

use winset_brief::unfold::Unfolding;
use winset_simulate::{Column, Rows, Values};

use super::{Cell, Table, count, number, text};

/// The tables of `winset simulate --csv`: `endings`, `benchmarks` by round, `stops`, `tracks` and `actors`.
pub fn simulate(unfolding: &Unfolding<'_>) -> Vec<Table> {
    let case = unfolding.case();
    let bounds = |share: &winset_brief::draws::Share| {
        let (low, high) = share.interval().unwrap_or((0.0, 1.0));
        [Cell::Whole(share.holds), Cell::number(share.share()), Cell::Number(low), Cell::Number(high)]
    };
    let endings = unfolding.endings().into_iter().map(|row| {
        let mut cells = vec![Cell::from(row.ending.word()), Cell::maybe(row.ending.subject(case))];
        cells.extend(bounds(&row.share));
        cells.push(Cell::count(row.typical.map(u64::from)));
        cells
    });
    let curves = unfolding.curves().into_iter().flat_map(|curve| {
        let id = curve.id.clone();
        let rows = curve.by_round.into_iter().enumerate();
        rows.map(move |(round, share)| {
            let mut cells = vec![Cell::Text(id.clone()), Cell::Whole(round as u64)];
            cells.extend(bounds(&share));
            cells
        })
        .collect::<Vec<_>>()
    });
    let stops = unfolding.stops().into_iter().map(|stop| {
        let mut cells = vec![Cell::Text(winset_brief::unfold::outcome_words(case, &stop.state))];
        cells.extend(bounds(&stop.share));
        cells
    });
    let tracks = unfolding.tracks().into_iter().map(|row| {
        let mut cells = vec![
            Cell::Text(case.tracks[row.track.0].id.clone()),
            Cell::Number(row.meetings),
            Cell::Number(row.deals),
            Cell::number(row.productive.share()),
            Cell::number(row.broken.and_then(|broken| broken.share())),
        ];
        cells.extend(row.fates.iter().map(|(_, share)| Cell::number(share.share())));
        cells
    });
    let actors = unfolding.worths().into_iter().map(|row| {
        vec![
            Cell::Text(case.actors[row.actor.0].id.clone()),
            Cell::number(row.today),
            Cell::Number(row.mean),
            Cell::Number(row.low),
            Cell::Number(row.high),
        ]
    });
    vec![
        Table {
            name: "endings",
            columns: vec![
                text("ending"),
                text("subject"),
                count("runs"),
                number("share"),
                number("low"),
                number("high"),
                count("half_of_these_by_round"),
            ],
            rows: endings.collect(),
        },
        Table {
            name: "benchmarks",
            columns: vec![
                text("benchmark"),
                count("round"),
                count("runs"),
                number("share"),
                number("low"),
                number("high"),
            ],
            rows: curves.collect(),
        },
        Table {
            name: "stops",
            columns: vec![text("where"), count("runs"), number("share"), number("low"), number("high")],
            rows: stops.collect(),
        },
        Table {
            name: "tracks",
            columns: vec![
                text("track"),
                number("meetings_per_run"),
                number("deals_per_run"),
                number("any_deal"),
                number("deals_that_break"),
                number("shut"),
                number("alive"),
                number("dead"),
                number("left"),
                number("failed"),
            ],
            rows: tracks.collect(),
        },
        Table {
            name: "actors",
            columns: vec![text("actor"), number("today"), number("mean"), number("low"), number("high")],
            rows: actors.collect(),
        },
    ]
}

/// One row for each run.
pub fn runs(rows: &Rows) -> String {
    let header: Vec<Cell> = rows.columns.iter().map(|column| Cell::Text(column.name.clone())).collect();
    let mut written = super::line(&header);
    for row in 0..rows.len() {
        let cells: Vec<Cell> = rows.columns.iter().map(|column| cell(column, row)).collect();
        written.push_str(&super::line(&cells));
    }
    written
}

fn cell(column: &Column, row: usize) -> Cell {
    match &column.values {
        Values::Whole(values) => Cell::Whole(values[row]),
        Values::Perhaps(values) => Cell::count(values[row].map(u64::from)),
        Values::Words { words, places } => Cell::Text(words[places[row] as usize].clone()),
        Values::Numbers(values) => Cell::number(values[row]),
    }
}
