//! Headings, wrapped paragraphs and tables for a terminal of a given width. Styles are ANSI; the command line strips them where they do not belong.

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle, presets};

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const RESET: &str = "\u{1b}[0m";

/// What a page is made of, before it is known what it is written as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading; for a terminal perhaps in capitals.
    Heading { text: String, capitals: bool },
    /// A paragraph behind a lead: spaces, a dash or a number.
    Item { lead: String, text: String, faint: bool },
    /// An empty line.
    Blank,
    /// A table; its cells may have several lines.
    Table { header: Vec<String>, rows: Vec<Vec<String>>, ruled: bool },
}

/// What is being laid out.
pub(crate) struct Page {
    width: usize,
    blocks: Vec<Block>,
}

impl Page {
    pub(crate) fn new(width: usize) -> Self {
        Page { width: width.clamp(40, 200), blocks: Vec::new() }
    }

    /// The page for a terminal.
    pub(crate) fn finish(self) -> String {
        let mut text = String::new();
        for block in self.blocks {
            write_block(&mut text, self.width, block);
        }
        text
    }

    /// What it is made of, to be written as something else.
    pub(crate) fn blocks(self) -> Vec<Block> {
        self.blocks
    }

    /// A section heading with a blank line before it.
    pub(crate) fn heading(&mut self, heading: &str) {
        self.blocks.push(Block::Heading { text: heading.to_owned(), capitals: false });
    }

    /// A section heading that a terminal shows in capitals.
    pub(crate) fn section(&mut self, heading: &str) {
        self.blocks.push(Block::Heading { text: heading.to_owned(), capitals: true });
    }

    /// A wrapped paragraph, indented by so many spaces.
    pub(crate) fn paragraph(&mut self, indent: usize, paragraph: &str) {
        self.item(&" ".repeat(indent), paragraph);
    }

    /// A wrapped paragraph behind a lead such as `  1. `; following lines are indented to match.
    pub(crate) fn item(&mut self, lead: &str, text: &str) {
        self.blocks.push(Block::Item { lead: lead.to_owned(), text: text.to_owned(), faint: false });
    }

    /// A wrapped paragraph in a fainter style.
    pub(crate) fn note(&mut self, indent: usize, text: &str) {
        self.blocks.push(Block::Item { lead: " ".repeat(indent), text: text.to_owned(), faint: true });
    }

    pub(crate) fn blank(&mut self) {
        self.blocks.push(Block::Blank);
    }

    /// A table with a header and a line between any two rows.
    pub(crate) fn table(&mut self, header: &[&str], rows: Vec<Vec<String>>) {
        let header = header.iter().map(|&cell| cell.to_owned()).collect();
        self.blocks.push(Block::Table { header, rows, ruled: true });
    }

    /// A table of short cells, without lines between its rows.
    pub(crate) fn figures(&mut self, header: &[&str], rows: Vec<Vec<String>>) {
        let header = header.iter().map(|&cell| cell.to_owned()).collect();
        self.blocks.push(Block::Table { header, rows, ruled: false });
    }
}

/// Writes a block for a terminal of this width.
fn write_block(page: &mut String, width: usize, block: Block) {
    match block {
        Block::Heading { text, capitals } => {
            if !page.is_empty() {
                page.push('\n');
            }
            let text = if capitals { text.to_uppercase() } else { text };
            page.push_str(&format!("{BOLD}{text}{RESET}\n"));
        }
        Block::Item { lead, text, faint } => {
            let indent = lead.chars().count();
            page.push_str(if faint { DIM } else { "" });
            for (number, line) in wrap(&text, width.saturating_sub(indent).max(20)).iter().enumerate() {
                let lead = if number == 0 { lead.clone() } else { " ".repeat(indent) };
                page.push_str(format!("{lead}{line}").trim_end());
                page.push('\n');
            }
            page.push_str(if faint { RESET } else { "" });
        }
        Block::Blank => page.push('\n'),
        Block::Table { header, rows, ruled } => {
            let rule = |fill| LineStyle::none().fill(fill).junction(fill);
            let style = if ruled {
                presets::UTF8_HORIZONTAL_ONLY
            } else {
                TableStyle::new().top_border(rule('─')).header_separator(rule('─')).bottom_border(rule('─'))
            };
            let mut table = Table::new();
            table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic);
            table.set_width(width as u16).set_header(header);
            rows.into_iter().for_each(|row| {
                table.add_row(row);
            });
            for line in table.lines() {
                page.push_str(line.trim_end());
                page.push('\n');
            }
        }
    }
}

/// Breaks text into lines of at most `width` characters, at spaces where there are any.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let long = line.chars().count() + 1 + word.chars().count() > width;
        if long && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_at_spaces_and_keeps_long_words_whole() {
        assert_eq!(wrap("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrap("unbreakable words", 4), ["unbreakable", "words"]);
        assert_eq!(wrap("", 10), [""]);
    }
}
