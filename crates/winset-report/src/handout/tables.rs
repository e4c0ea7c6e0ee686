//! Tables that say more than words: coverage in colours and letters, claims with bars, and every number with what it rests on.

use std::collections::BTreeMap;

use winset_brief::draws::words::robustness_in_short;
use winset_brief::{Brief, ClaimResult, Status, numbers};
use winset_case::Case;
use winset_settle::Delivery;

use super::part::{Cell, Look, RichTable, Row};
use crate::assembly::{Coverage, delivery};
use crate::claims::control_note;
use crate::evidence::basis;

/// Tracks down, benchmarks across.
pub(crate) fn coverage(case: &Case, matrix: &Coverage<'_>) -> RichTable {
    let header = std::iter::once("Track").chain(matrix.benchmarks.iter().copied()).map(str::to_owned);
    let rows = matrix.rows.iter().map(|(name, cells)| {
        let cells = cells.iter().map(|cell| Cell { text: delivery(case, cell), look: look(cell) });
        Row::of(std::iter::once(Cell::plain(*name)).chain(cells).collect())
    });
    RichTable {
        header: header.collect(),
        rows: rows.collect(),
        legend: Some(
            "S stands today; N can be delivered now; A after deals elsewhere; R refused; M not within its mandate; C closed; – not on its agenda.",
        ),
    }
}

fn look(cell: &Delivery) -> Look {
    match cell {
        Delivery::Stands => Look::Lettered("stands", 'S'),
        Delivery::Now => Look::Lettered("now", 'N'),
        Delivery::After(_) => Look::Lettered("after", 'A'),
        Delivery::Closed => Look::Lettered("off", 'C'),
        Delivery::OffAgenda => Look::Lettered("off", '–'),
        Delivery::Mandate => Look::Lettered("refused", 'M'),
        Delivery::Refused(_) => Look::Lettered("refused", 'R'),
    }
}

/// Every claim with its control and its robustness.
pub(crate) fn claims(case: &Case, results: &[ClaimResult]) -> RichTable {
    let rows = results.iter().map(|result| {
        let claim = &case.claims[result.claim];
        let says = if result.status == Status::Holds {
            claim.says.clone()
        } else {
            format!("{}\n{}", claim.says, result.findings.join("; "))
        };
        let control = match control_note(result) {
            Some(note) => note,
            None => match result.control.as_ref().and_then(|control| control.breaks) {
                Some(true) if result.status == Status::Holds => "breaks it, as it should",
                Some(true) => "it fails as well",
                Some(false) => "it holds",
                None => "no control",
            },
        };
        let robust = result.robustness.as_ref();
        let status = match result.status {
            Status::Holds => Look::Lettered("now", '✓'),
            Status::Fails => Look::Lettered("refused", '✗'),
            Status::Undecided => Look::Lettered("off", '?'),
        };
        Row::of(vec![
            Cell::plain(claim.id.as_str()),
            Cell { text: result.status.word().to_owned(), look: status },
            Cell::plain(says),
            Cell {
                text: robust.map_or_else(|| "not drawn".to_owned(), robustness_in_short),
                look: robust.and_then(|robust| robust.given.share()).map_or(Look::Plain, Look::Bar),
            },
            Cell::plain(control),
        ])
    });
    RichTable {
        header: ["Claim", "Verdict", "What it says", "Robustness", "Under its control"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        legend: Some("A bar is the share of draws in which the claim holds."),
    }
}

/// The anchor of every number of the case, by its path.
pub(crate) fn anchors(case: &Case) -> BTreeMap<String, String> {
    numbers(case)
        .into_iter()
        .enumerate()
        .map(|(index, place)| (place.path(case), format!("number-{}", index + 1)))
        .collect()
}

/// Every number of the case with its value, its range and what it rests on.
pub(crate) fn annex(brief: &Brief<'_>) -> RichTable {
    let case = brief.case;
    let rows = numbers(case).into_iter().enumerate().map(|(index, place)| {
        let quantity = place.of(case);
        let (low, high) = quantity.distribution.range();
        let range = if low < high { format!("{low} to {high}") } else { "a point".to_owned() };
        let sources = &quantity.evidence.sources;
        let ids: Vec<&str> = sources.iter().map(|cited| case.sources[cited.source.0].id.as_str()).collect();
        let places: Vec<&str> = sources.iter().map(|cited| cited.place.as_str()).collect();
        let ids = if ids.is_empty() { "no source".to_owned() } else { ids.join("\n") };
        let cells = [
            place.path(case),
            quantity.value.to_string(),
            range,
            basis(&quantity.evidence).to_owned(),
            ids,
            places.join("\n"),
        ];
        Row { anchor: Some(format!("number-{}", index + 1)), cells: cells.into_iter().map(Cell::plain).collect() }
    });
    RichTable {
        header: ["Number", "Value", "Range", "Basis", "Source", "Place"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        legend: None,
    }
}

/// The sources the case relies on.
pub(crate) fn sources(case: &Case) -> RichTable {
    let rows = case.sources.iter().map(|source| {
        let cells = [
            source.id.clone(),
            source.title.clone(),
            source.author.clone().unwrap_or_default(),
            source.date.clone().unwrap_or_default(),
            source.reliability.map(String::from).unwrap_or_default(),
        ];
        Row::of(cells.into_iter().map(Cell::plain).collect())
    });
    RichTable {
        header: ["Source", "Title", "Author", "Date", "Reliability"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        legend: None,
    }
}
