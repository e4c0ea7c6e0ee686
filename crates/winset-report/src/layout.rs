//! Headings, wrapped paragraphs and tables for a terminal of a given width. Styles are ANSI; the command line strips them where they do not belong.

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle, presets};

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const RESET: &str = "\u{1b}[0m";

/// Text being laid out.
pub(crate) struct Page {
    width: usize,
    text: String,
}

impl Page {
    pub(crate) fn new(width: usize) -> Self {
        Page { width: width.clamp(40, 200), text: String::new() }
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// A section heading with a blank line before it.
    pub(crate) fn heading(&mut self, heading: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&format!("{BOLD}{heading}{RESET}\n"));
    }

    /// A wrapped paragraph, indented by so many spaces.
    pub(crate) fn paragraph(&mut self, indent: usize, paragraph: &str) {
        self.item(&" ".repeat(indent), paragraph);
    }

    /// A wrapped paragraph behind a lead such as `  1. `; following lines are indented to match.
    pub(crate) fn item(&mut self, lead: &str, text: &str) {
        let indent = lead.chars().count();
        for (number, line) in wrap(text, self.width.saturating_sub(indent).max(20)).iter().enumerate() {
            let lead = if number == 0 { lead.to_owned() } else { " ".repeat(indent) };
            self.text.push_str(format!("{lead}{line}").trim_end());
            self.text.push('\n');
        }
    }

    /// A wrapped paragraph in a fainter style.
    pub(crate) fn note(&mut self, indent: usize, text: &str) {
        self.text.push_str(DIM);
        self.paragraph(indent, text);
        self.text.push_str(RESET);
    }

    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A table with a header and a line between any two rows.
    pub(crate) fn table(&mut self, header: &[&str], rows: Vec<Vec<String>>) {
        self.drawn(presets::UTF8_HORIZONTAL_ONLY, header, rows);
    }

    /// A table of short cells, without lines between its rows.
    pub(crate) fn figures(&mut self, header: &[&str], rows: Vec<Vec<String>>) {
        let rule = |fill| LineStyle::none().fill(fill).junction(fill);
        let style = TableStyle::new().top_border(rule('─')).header_separator(rule('─')).bottom_border(rule('─'));
        self.drawn(style, header, rows);
    }

    fn drawn(&mut self, style: TableStyle, header: &[&str], rows: Vec<Vec<String>>) {
        let mut table = Table::new();
        table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(self.width as u16).set_header(header.to_vec());
        rows.into_iter().for_each(|row| {
            table.add_row(row);
        });
        for line in table.lines() {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
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
