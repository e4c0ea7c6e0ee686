//! Results as tables, and as CSV (RFC 4180): UTF-8, one table per output, a header first, lines ended by carriage return and line feed.
//!
//! Numbers stay numbers. Text that a spreadsheet would take for a formula gets an apostrophe before it, which makes it text there.

mod case;
mod compare;
mod compare_runs;
mod settle;
mod simulate;
mod sweep;
mod versions;

pub use case::{check, claims, evidence, status};
pub use compare::compare;
pub use compare_runs::compare_runs;
pub use settle::{brief, settle};
pub use simulate::{runs, simulate};
pub use sweep::sweep;
pub use versions::versions;
use winset_settle::Amount;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text, from a case or of our own.
    Text(String),
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(u64),
}

impl Cell {
    /// A text, or nothing.
    pub(crate) fn maybe(text: Option<impl Into<String>>) -> Self {
        text.map_or(Cell::Empty, |text| Cell::Text(text.into()))
    }

    /// A number, or nothing.
    pub(crate) fn number(number: Option<f64>) -> Self {
        number.map_or(Cell::Empty, Cell::Number)
    }

    /// A count, or nothing.
    pub(crate) fn count(count: Option<u64>) -> Self {
        count.map_or(Cell::Empty, Cell::Whole)
    }

    /// An exact amount as the nearest number; nothing for the infinities.
    pub(crate) fn amount(amount: &Amount) -> Self {
        Cell::number(amount.to_f64())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

/// What the cells of a column are, where they are not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text. In a few columns what is a number stands as one: a measure may be a count, a share or a word.
    Text,
    /// Numbers.
    Number,
    /// Whole numbers.
    Count,
}

/// A column: the same whatever the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its cells are.
    pub kind: Kind,
}

pub(crate) const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text }
}

pub(crate) const fn number(name: &'static str) -> Column {
    Column { name, kind: Kind::Number }
}

pub(crate) const fn count(name: &'static str) -> Column {
    Column { name, kind: Kind::Count }
}

/// A table with a name by which `--csv=NAME` asks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The name.
    pub name: &'static str,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each as long as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// The table asked for; the first where the name is empty.
///
/// # Errors
///
/// The names of the tables there are, where none is called so.
pub fn choose<'t>(tables: &'t [Table], name: &str) -> Result<&'t Table, Vec<&'static str>> {
    let found = tables.iter().find(|table| name.is_empty() || table.name == name);
    found.ok_or_else(|| tables.iter().map(|table| table.name).collect())
}

/// A table written out.
pub fn write(table: &Table) -> String {
    let header: Vec<Cell> = table.columns.iter().map(|column| Cell::from(column.name)).collect();
    let rows = table.rows.iter().map(|row| line(row));
    std::iter::once(line(&header)).chain(rows).collect()
}

/// One line of a table.
pub(crate) fn line(cells: &[Cell]) -> String {
    let cells: Vec<String> = cells.iter().map(written).collect();
    format!("{}\r\n", cells.join(","))
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Whole(number) => number.to_string(),
        Cell::Text(text) => quoted(&neutral(text)),
    }
}

/// Text that no spreadsheet takes for a formula: those begin with one of a few signs, or with a control character before one.
fn neutral(text: &str) -> String {
    let first = text.chars().find(|character| !character.is_whitespace());
    let is_formula = first.is_some_and(|first| "=+-@\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(first));
    let starts_with_control = text.starts_with(['\t', '\r', '\n']);
    if is_formula || starts_with_control { format!("'{text}") } else { text.to_owned() }
}

/// Text in quotes where it needs them.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        for (text, expected) in [
            ("plain", "plain"),
            ("a, b", "\"a, b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("Kalai–Smorodinsky", "Kalai–Smorodinsky"),
            ("", ""),
        ] {
            assert_eq!(written(&Cell::from(text)), expected);
        }
    }

    #[test]
    fn no_text_is_a_formula_and_no_number_is_text() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\u{ff1d}1", "-"] {
            let cell = written(&Cell::from(text));
            assert!(cell.trim_start_matches('"').starts_with('\''), "{text:?} becomes {cell:?}");
        }
        assert_eq!(written(&Cell::from("=HYPERLINK(\"x\",\"y\")")), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
        assert_eq!(written(&Cell::Number(-0.05)), "-0.05");
        assert_eq!(written(&Cell::Whole(12)), "12");
        assert_eq!(written(&Cell::Empty), "");
    }

    #[test]
    fn a_table_is_chosen_by_name_and_ends_every_line() {
        let tables = || {
            let rows = vec![vec!["x".into(), Cell::Number(0.5)]];
            let table = |name| Table { name, columns: vec![text("a"), number("b")], rows: rows.clone() };
            vec![table("first"), table("second")]
        };
        assert_eq!(write(choose(&tables(), "").unwrap()), "a,b\r\nx,0.5\r\n");
        assert_eq!(choose(&tables(), "second").unwrap().name, "second");
        assert_eq!(choose(&tables(), "third"), Err(vec!["first", "second"]));
    }
}
