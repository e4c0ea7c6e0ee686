//! Rival readings side by side: what the same questions come to under each.

use winset_brief::{Brief, ClaimResult, RivalReading, Status, TableBrief, rival_readings, words};
use winset_case::{Case, FrameworkId};
use winset_settle::{Assembly, Refusal};

use super::anchor;
use super::part::{Cell, Look, RichTable, Row, deal_mark, link};
use super::tables::{is_plain, table_heading};

/// One column: a reading with its answers.
struct Column<'a> {
    name: String,
    table: Box<dyn Fn(usize) -> Option<&'a TableBrief> + 'a>,
    assembly: Option<&'a Result<Assembly, Refusal>>,
    claims: &'a [ClaimResult],
    case: &'a Case,
}

/// Every reading of the case beside the one in force, with how many of its rows, which come first, are not alike in all of them; `None` where there is no other.
pub(crate) fn readings(brief: &Brief<'_>) -> Option<(RichTable, usize)> {
    let threads = brief.draws.as_ref().map_or(1, |draws| draws.settings.threads);
    let rivals = rival_readings(brief.case, threads);
    if rivals.is_empty() {
        return None;
    }
    let case = brief.case;
    let tables: Vec<(usize, _, &TableBrief)> = brief
        .tracks
        .iter()
        .flat_map(|track| track.tables().map(|(deals, table)| (track.track, deals, table)))
        .enumerate()
        .map(|(number, (track, deals, table))| (number, (track, deals), table))
        .collect();
    let here =
        case.reading_in_force().map_or_else(|| "As the case is written".to_owned(), |reading| reading.name.clone());
    let mut columns = vec![Column {
        name: here,
        table: Box::new(|number| tables.get(number).map(|(.., table)| *table)),
        assembly: brief.assembly.as_ref(),
        claims: &brief.claims,
        case,
    }];
    for RivalReading { reading, answers } in &rivals {
        columns.push(Column {
            name: case.readings[reading.0].name.clone(),
            table: Box::new(move |number| answers.tables().nth(number).map(|(.., table)| table)),
            assembly: answers.assembly.as_ref(),
            claims: &answers.claims,
            case: &answers.case,
        });
    }
    let mut rows = Vec::new();
    for (number, (track, deals), _) in &tables {
        let cells = columns.iter().map(|column| match (column.table)(*number) {
            Some(table) => table_cell(column.case, *track, table),
            None => Cell::plain(""),
        });
        let heading = Cell::plain(table_heading(case, *track, *deals));
        rows.push(Row {
            anchor: None,
            about: Some(anchor::rests(case, *track, *deals)),
            cells: std::iter::once(heading).chain(cells).collect(),
        });
    }
    for (index, framework) in case.frameworks.iter().enumerate() {
        let cells = columns.iter().map(|column| Cell::plain(assembled(column, FrameworkId(index))));
        let heading = Cell::plain(format!("Putting together {}", framework.name));
        rows.push(Row {
            anchor: None,
            about: Some(anchor::RESTS.to_owned()),
            cells: std::iter::once(heading).chain(cells).collect(),
        });
    }
    if !brief.claims.is_empty() {
        // Decided alike in every column: with the numbers as they stand, before any draws.
        let cells = columns.iter().map(|column| Cell::plain(claims(case, column.claims, columns[0].claims)));
        rows.push(Row {
            anchor: None,
            about: Some("claims".to_owned()),
            cells: std::iter::once(Cell::plain("The case's claims, without draws")).chain(cells).collect(),
        });
    }
    let header = std::iter::once("Question".to_owned()).chain(columns.iter().map(|column| column.name.clone()));
    let alike = |row: &Row| row.cells[1..].windows(2).all(|pair| pair[0].text == pair[1].text);
    rows.sort_by_key(alike);
    let differing = rows.iter().filter(|row| !alike(row)).count();
    let table = RichTable {
        header: header.collect(),
        rows,
        legend: Some(
            "Every reading is a whole case of its own: the same tables under other numbers. The number behind a deal is how many packages are acceptable. Where all readings come to the same, the \
             row stands last, and is not printed.",
        ),
    };
    Some((table, differing))
}

fn table_cell(case: &Case, track: winset_case::TrackId, table: &TableBrief) -> Cell {
    let (class, letter, word) = deal_mark(table.has_deal());
    let text = match (table.has_deal(), table.acceptable(), table.blocked()) {
        (Some(true), Some(count), _) => format!("{word} ({})", words::number(count)),
        (Some(false), _, Some(blocked)) if is_plain(blocked) => {
            return Cell { text: "no new deal".to_owned(), look: Look::Lettered("off", '–') };
        }
        (Some(false), _, Some(blocked)) => {
            let names: Vec<&str> =
                words::blockers(blocked).into_iter().map(|actor| words::actor_name(case, actor)).collect();
            if names.is_empty() {
                format!("{word}: {}", words::reason(case, track, blocked))
            } else {
                format!("{word}: {}", words::list(&names))
            }
        }
        _ => word.to_owned(),
    };
    Cell { text, look: Look::Lettered(class, letter) }
}

fn assembled(column: &Column<'_>, framework: FrameworkId) -> String {
    let Some(Ok(assembly)) = column.assembly else { return "not computed".to_owned() };
    let Some(entry) = assembly.frameworks.iter().find(|entry| entry.framework == framework) else {
        return String::new();
    };
    if let Some(nearest) = entry.conclusions.first() {
        let count = nearest.route.len() as u64;
        let proof = if nearest.package_proof { "" } else { ", step by step only" };
        return format!("can be concluded in {}{proof}", words::counted(count, "deal"));
    }
    match &entry.stop {
        Some(stop) => {
            format!("{} of {} benchmarks, then it stops", stop.met.len(), stop.met.len() + stop.missing.len())
        }
        None => "cannot be concluded".to_owned(),
    }
}

/// How many claims hold, and which are decided otherwise than in the first column. Hedged claims are left out: they are decided by draws.
fn claims(case: &Case, results: &[ClaimResult], first: &[ClaimResult]) -> String {
    let unhedged = |result: &&ClaimResult| case.claims[result.claim].evidence.likelihood.is_none();
    let holding = results.iter().filter(unhedged).filter(|result| result.status == Status::Holds).count();
    let differ: Vec<String> = results
        .iter()
        .zip(first)
        .filter(|(result, first)| unhedged(result) && result.status != first.status)
        .map(|(result, _)| {
            format!(
                "{} {}",
                link(&anchor::claim(case, result.claim), &case.claims[result.claim].id),
                result.status.word()
            )
        })
        .collect();
    let differ = if differ.is_empty() { String::new() } else { format!("\nOtherwise: {}", differ.join(", ")) };
    format!("{holding} of {} hold{differ}", results.iter().filter(unhedged).count())
}
