//! The tables of `winset diff`.

use winset_brief::{Agreement, Changed, Difference, Metric, Thing};

use super::{Cell, Table, count, number, text};

/// The tables of `winset diff`: `changes`, `answers` or `agreement`.
pub fn versions(difference: &Difference) -> Vec<Table> {
    let thing = |what: &'static str| {
        move |thing: &Thing| -> Vec<Cell> {
            let name = Cell::from(thing.name.as_str());
            let (first, second) = if what == "removed" { (name, Cell::Empty) } else { (Cell::Empty, name) };
            vec![what.into(), "thing".into(), thing.path.as_str().into(), first, second]
        }
    };
    let added = difference.added.iter().map(thing("added"));
    let removed = difference.removed.iter().map(thing("removed"));
    let said_otherwise = difference.changed.iter().map(|change| {
        let mut row = vec!["changed".into()];
        row.extend(change_cells(change));
        row
    });
    let changes = Table {
        name: "changes",
        columns: vec![text("what"), text("kind"), text("path"), text("first"), text("second")],
        rows: added.chain(removed).chain(said_otherwise).collect(),
    };
    let answers = Table {
        name: "answers",
        columns: vec![text("kind"), text("path"), text("first"), text("second")],
        rows: difference.answers.iter().map(change_cells).collect(),
    };
    let said = difference.agreement.iter().map(|entry| agreement_cells("what the cases say", entry));
    let verdicts = difference.verdicts.iter().map(|entry| agreement_cells("what they come to", entry));
    let agreement = Table {
        name: "agreement",
        columns: vec![
            text("about"),
            text("kind"),
            count("compared"),
            count("equal"),
            count("said_by_one"),
            number("mean_difference"),
            number("alpha"),
            text("metric"),
        ],
        rows: said.chain(verdicts).collect(),
    };
    vec![changes, answers, agreement]
}

fn change_cells(change: &Changed) -> Vec<Cell> {
    let side = |text: &Option<String>| -> Cell {
        // What is a number in the case is one in the table.
        match text.as_ref().and_then(|text| text.parse::<f64>().ok()).filter(|number| number.is_finite()) {
            Some(number) => Cell::Number(number),
            None => Cell::maybe(text.as_ref()),
        }
    };
    vec![change.kind.word().into(), change.path.as_str().into(), side(&change.before), side(&change.after)]
}

fn agreement_cells(about: &str, entry: &Agreement) -> Vec<Cell> {
    vec![
        about.into(),
        entry.kind.word().into(),
        Cell::Whole(entry.compared as u64),
        Cell::Whole(entry.equal as u64),
        Cell::Whole(entry.one_sided as u64),
        Cell::number(entry.mean_difference),
        Cell::number(entry.alpha),
        Cell::maybe(entry.kind.metric().map(Metric::word)),
    ]
}
