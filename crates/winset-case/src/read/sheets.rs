//! What stands in sheets beside the case: weights and values of actors, and the record of events. Each cell becomes what it would be in the
//! case file itself, with the place it has in the sheet.

use super::csv::{Cell, Sheet};
use super::document::{Content, Entry, Node, Table};
use super::evidence;
use super::files::Files;
use super::fragment::Fragment;
use super::overlay::vouch;
use super::report::{Report, list};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::format::{self, first_names};

/// The columns of a record.
pub(super) const COLUMNS: [&str; format::COLUMNS.keys.len()] = first_names(format::COLUMNS.keys);

/// Brings in every sheet the case names.
pub(super) fn bring_in(document: &mut Table, files: &mut Files<'_>, report: &mut Report) {
    if let Some(Content::Table(matrix)) = document.get("matrix").map(|entry| entry.node.content.clone()) {
        let given = own_evidence(&matrix);
        for (key, into) in [("weights", weights as Into), ("values", values)] {
            if let Some(sheet) = sheet_at(&matrix, key, files, report) {
                into(document, &sheet, &given, report);
            }
        }
    }
    if let Some(Content::Table(record)) = document.get("record").map(|entry| entry.node.content.clone())
        && let Some(sheet) = sheet_at(&record, "file", files, report)
    {
        let events = events(&record, &sheet, report);
        match document.get_mut("event").map(|entry| &mut entry.node.content) {
            Some(Content::List(known)) => known.extend(events),
            Some(_) => {}
            None => {
                let span = sheet.header[0].span.clone();
                let node = Node { content: Content::List(events), span: span.clone(), is_section: true };
                document.entries.push(Entry { key: "event".to_owned(), key_span: span, node });
            }
        }
    }
}

type Into = fn(&mut Table, &Sheet, &[Entry], &mut Report);

fn sheet_at(table: &Table, key: &str, files: &mut Files<'_>, report: &mut Report) -> Option<Sheet> {
    let node = &table.get(key)?.node;
    let path = node.as_text()?;
    files.sheet(Fragment::at(path, node.span.clone()), report)
}

fn own_evidence(table: &Table) -> Vec<Entry> {
    table.entries.iter().filter(|entry| evidence::KEYS.contains(&entry.key.as_str())).cloned().collect()
}

fn keys(document: &Table, kind: &str) -> Vec<String> {
    let table = document.get(kind).and_then(|entry| entry.node.as_table());
    table.iter().flat_map(|table| &table.entries).map(|entry| entry.key.clone()).collect()
}

fn options(document: &Table, issue: &str) -> Vec<String> {
    let options =
        document.get("issue").and_then(|entry| entry.node.as_table()?.get(issue)?.node.as_table()?.get("options"));
    match options.map(|entry| &entry.node.content) {
        Some(Content::List(items)) => items.iter().filter_map(Node::as_text).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// Issues down and actors across, or the other way round.
fn weights(document: &mut Table, sheet: &Sheet, given: &[Entry], report: &mut Report) {
    let (actors, issues) = (keys(document, "actor"), keys(document, "issue"));
    let across = sheet.header.iter().skip(1);
    let actors_across = across.clone().filter(|cell| actors.contains(&cell.text)).count()
        >= across.clone().filter(|cell| issues.contains(&cell.text)).count();
    let (down, over) =
        if actors_across { (("issue", &issues), ("actor", &actors)) } else { (("actor", &actors), ("issue", &issues)) };
    for cell in across {
        known(cell, over, report);
    }
    for row in &sheet.rows {
        if !known(&row[0], down, report) {
            continue;
        }
        for (head, cell) in sheet
            .header
            .iter()
            .zip(row)
            .skip(1)
            .filter(|(head, cell)| over.1.contains(&head.text) && !cell.text.is_empty())
        {
            let (actor, issue) = if actors_across { (head, &row[0]) } else { (&row[0], head) };
            put(document, [&actor.text, "weights", &issue.text], cell, given, report);
        }
    }
}

/// Columns `issue`, `option`, and one for each actor.
fn values(document: &mut Table, sheet: &Sheet, given: &[Entry], report: &mut Report) {
    let (actors, issues) = (keys(document, "actor"), keys(document, "issue"));
    for (at, name) in ["issue", "option"].into_iter().enumerate() {
        let cell = sheet.header.get(at).unwrap_or(&sheet.header[0]);
        if cell.text != name {
            let message = format!("column {} must be `{name}`, not `{}`", at + 1, cell.text);
            report.error(
                Code::BadFile,
                cell.span.clone(),
                message,
                "the columns are `issue`, `option`, and one for each actor",
            );
            return;
        }
    }
    for cell in sheet.header.iter().skip(2) {
        known(cell, ("actor", &actors), report);
    }
    for row in &sheet.rows {
        let found = known(&row[0], ("issue", &issues), report);
        if !found || !known(&row[1], ("option", &options(document, &row[0].text)), report) {
            continue;
        }
        for (actor, cell) in sheet
            .header
            .iter()
            .zip(row)
            .skip(2)
            .filter(|(head, cell)| actors.contains(&head.text) && !cell.text.is_empty())
        {
            put(document, [&actor.text, "values", &row[0].text, &row[1].text], cell, given, report);
        }
    }
}

/// Whether a cell names something that is declared; what does not is reported.
fn known(cell: &Cell, (what, names): (&str, &Vec<String>), report: &mut Report) -> bool {
    let found = names.contains(&cell.text);
    if !found {
        let help = report.suggest(&cell.text, names.iter().map(String::as_str), &format!("there is no {what} here"));
        let message = format!("no {what} is called `{}`", cell.text);
        report.absence(Diagnostic::error(Code::UnknownName, cell.span.clone(), message, help));
    }
    found
}

/// Puts a number under a path of an actor, unless one stands there.
fn put<const N: usize>(document: &mut Table, path: [&str; N], cell: &Cell, given: &[Entry], report: &mut Report) {
    let mut place = document;
    let mut number = Node { content: Content::Float(cell.text.clone()), span: cell.span.clone(), is_section: false };
    if !given.is_empty() {
        vouch(&mut number, given);
    }
    let way: Vec<&str> = std::iter::once("actor").chain(path).collect();
    for key in &way[..way.len() - 1] {
        if place.get(key).is_none() {
            let node = Node { content: Content::Table(Table::default()), span: cell.span.clone(), is_section: true };
            place.entries.push(Entry { key: (*key).to_owned(), key_span: cell.span.clone(), node });
        }
        match place.get_mut(key).map(|entry| &mut entry.node.content) {
            Some(Content::Table(table)) => place = table,
            _ => return,
        }
    }
    let key = way[way.len() - 1];
    if let Some(first) = place.get(key) {
        let message = format!("`{}` is given here and in another place", way.join("."));
        let diagnostic =
            Diagnostic::error(Code::Duplicate, cell.span.clone(), message, "keep one of them, or leave the cell empty");
        report.push(diagnostic.label(first.key_span.clone(), "first here"));
        return;
    }
    place.entries.push(Entry { key: key.to_owned(), key_span: cell.span.clone(), node: number });
}

/// The rows of a record as `[[event]]`.
fn events(record: &Table, sheet: &Sheet, report: &mut Report) -> Vec<Node> {
    let map = |key: &str| record.get(key).and_then(|entry| entry.node.as_table());
    let columns = map("columns");
    let mut found: Vec<(&str, usize)> = Vec::new();
    for column in COLUMNS {
        let named = columns
            .and_then(|columns| columns.get(column))
            .and_then(|entry| Some((entry.node.as_text()?, entry.node.span.clone())));
        let name = named.as_ref().map_or(column, |(name, _)| *name);
        match (sheet.header.iter().position(|cell| cell.text == name), named) {
            (Some(at), _) => found.push((column, at)),
            (None, Some((_, span))) => missing_column(name, span, sheet, report),
            (None, None) if ["date", "text"].contains(&column) => {
                missing_column(name, sheet.header[0].span.clone(), sheet, report);
            }
            (None, None) => {}
        }
    }
    let given = own_evidence(record);
    let translate = |key: &str, texts: [&str; 2]| -> Option<Node> {
        let table = map(key)?;
        texts.into_iter().find_map(|text| table.get(text)).map(|entry| entry.node.clone())
    };
    let mut events = Vec::new();
    for row in &sheet.rows {
        let cell = |column: &str| found.iter().find(|(name, _)| *name == column).map(|(_, at)| &row[*at]);
        let text = cell("text").map_or("", |cell| cell.text.as_str());
        let mut entries: Vec<Entry> = Vec::new();
        for &(column, at) in &found {
            let cell = &row[at];
            let mapped = match column {
                "track" => translate("tracks", [text, &cell.text]),
                "kind" => translate("kinds", [text, &cell.text]),
                _ => None,
            };
            if cell.text.is_empty() && mapped.is_none() {
                continue;
            }
            let mut node = mapped.unwrap_or_else(|| Node::text(cell.text.clone(), cell.span.clone()));
            if column != "track" && column != "kind" {
                node.span = cell.span.clone();
            }
            entries.push(Entry { key: column.to_owned(), key_span: cell.span.clone(), node });
        }
        entries.extend(given.iter().filter(|entry| cell(&entry.key).is_none_or(|cell| cell.text.is_empty())).cloned());
        let span: Span = row[0].span.start..row[row.len() - 1].span.end;
        events.push(Node { content: Content::Table(Table { entries }), span, is_section: true });
    }
    events
}

fn missing_column(name: &str, span: Span, sheet: &Sheet, report: &mut Report) {
    let help = format!("its columns are {}", list(sheet.header.iter().map(|cell| cell.text.as_str())));
    report.error(Code::BadFile, span, format!("the record has no column `{name}`"), help);
}
