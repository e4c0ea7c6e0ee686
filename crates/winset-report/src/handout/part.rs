//! What a handout consists of, before it is HTML or Markdown.

use crate::layout::Block;

/// A part of a handout, in reading order.
pub(crate) enum Part {
    /// From here on it is for whoever checks: a print begins a new page.
    Annex,
    /// A section begins: its anchor and its heading.
    Section(&'static str, String),
    /// A heading within a section, with the anchor that links to it.
    Heading(Option<String>, String),
    /// The same words as the brief on a terminal. Bare figures in them rest on what stands at the anchor.
    Prose(Vec<Block>, Option<String>),
    /// Statements below one another, each with a mark.
    Points(Vec<Point>),
    /// A table.
    Table(RichTable),
    /// A table of which a print shows the first so many rows, and says so.
    LongTable(RichTable, usize),
    /// A picture with the table it shows.
    Figure(Figure),
}

/// A statement with a mark.
pub(crate) struct Point {
    /// A class of the style sheet, a letter for whoever sees no colour, and a word.
    pub(crate) mark: Option<(&'static str, char, &'static str)>,
    pub(crate) text: String,
    /// What its figures rest on.
    pub(crate) about: Option<String>,
}

/// A picture, and the same in a table for whoever cannot see it.
pub(crate) struct Figure {
    /// What it is called on the command line.
    pub(crate) name: String,
    /// What it shows, in a few words.
    pub(crate) title: String,
    /// How to read it.
    pub(crate) describe: String,
    /// The picture: everything in it is escaped.
    pub(crate) svg: String,
    /// The same as a table.
    pub(crate) table: RichTable,
    /// What can be chosen to be shown: for points, the actors along the two sides.
    pub(crate) choices: Vec<String>,
}

/// A table whose cells may have a look beside their words.
#[derive(Default)]
pub(crate) struct RichTable {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Row>,
    /// What its letters mean, if it has any.
    pub(crate) legend: Option<&'static str>,
}

/// A row, with the anchor that links to it if there is one, and what its figures rest on.
#[derive(Default)]
pub(crate) struct Row {
    pub(crate) anchor: Option<String>,
    pub(crate) about: Option<String>,
    pub(crate) cells: Vec<Cell>,
}

impl Row {
    pub(crate) fn of(cells: Vec<Cell>) -> Self {
        Row { cells, ..Row::default() }
    }

    pub(crate) fn plain<const N: usize>(cells: [String; N]) -> Self {
        Row::of(cells.into_iter().map(Cell::plain).collect())
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
    /// Small, for ids and lists of them.
    Small,
}

impl Cell {
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Cell { text: text.into(), look: Look::Plain }
    }

    pub(crate) fn small(text: impl Into<String>) -> Self {
        Cell { text: text.into(), look: Look::Small }
    }
}

/// The mark of a table: whether it has a deal.
pub(crate) fn deal_mark(has_deal: Option<bool>) -> (&'static str, char, &'static str) {
    match has_deal {
        Some(true) => ("now", '✓', "deal"),
        Some(false) => ("refused", '✗', "no deal"),
        None => ("off", '?', "not known"),
    }
}

// Links marked within a text. Control characters: a case that holds them links within the page at most.
pub(crate) const LINK_START: char = '\u{1}';
pub(crate) const LINK_TEXT: char = '\u{2}';
pub(crate) const LINK_END: char = '\u{3}';

/// A text that links to an anchor.
pub(crate) fn link(anchor: &str, text: &str) -> String {
    format!("{LINK_START}{anchor}{LINK_TEXT}{text}{LINK_END}")
}

/// A text without its links.
pub(crate) fn unlinked(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(LINK_START) {
        plain.push_str(before);
        let Some((_, shown)) = after.split_once(LINK_TEXT) else {
            rest = after;
            continue;
        };
        let (shown, after) = shown.split_once(LINK_END).unwrap_or((shown, ""));
        plain.push_str(shown);
        rest = after;
    }
    plain.push_str(rest);
    plain
}
