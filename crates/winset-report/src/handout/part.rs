//! What a handout consists of, before it is HTML or Markdown.

use crate::layout::Block;

/// A part of a handout, in reading order.
pub(crate) enum Part {
    /// A section begins: its anchor and its heading.
    Section(&'static str, String),
    /// The same words as the brief on a terminal.
    Prose(Vec<Block>),
    /// A table.
    Table(RichTable),
    /// A picture with the table it shows.
    Figure(Figure),
}

/// A picture, and the same in a table for whoever cannot see it.
pub(crate) struct Figure {
    /// What it shows, in a few words.
    pub(crate) title: String,
    /// How to read it.
    pub(crate) describe: String,
    /// The picture: everything in it is escaped.
    pub(crate) svg: String,
    /// The same as a table.
    pub(crate) table: RichTable,
}

/// A table whose cells may have a look beside their words.
#[derive(Default)]
pub(crate) struct RichTable {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Row>,
    /// What its letters mean, if it has any.
    pub(crate) legend: Option<&'static str>,
}

/// A row, with the anchor that links to it if there is one.
pub(crate) struct Row {
    pub(crate) anchor: Option<String>,
    pub(crate) cells: Vec<Cell>,
}

impl Row {
    pub(crate) fn of(cells: Vec<Cell>) -> Self {
        Row { anchor: None, cells }
    }
}

/// A cell.
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) look: Look,
}

/// How a cell looks.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Look {
    Plain,
    /// Coloured by a class of the style sheet, with a letter for whoever sees no colour.
    Lettered(&'static str, char),
    /// With a bar for a share from 0 to 1.
    Bar(f64),
}

impl Cell {
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Cell { text: text.into(), look: Look::Plain }
    }
}
