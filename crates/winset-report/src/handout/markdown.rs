//! A handout as Markdown (`CommonMark` with tables).

use winset_case::Case;

use super::escape::push_visible;
use super::part::{Cell, Look, Part, RichTable, unlinked};
use crate::layout::Block;

/// The whole file.
pub(crate) fn write(case: &Case, parts: &[Part]) -> String {
    let mut page = format!("# {}\n\nAs of {}\n\n", escape(&case.title), escape(&case.as_of));
    for part in parts {
        match part {
            Part::Annex => {}
            Part::Section(_, heading) => page.push_str(&format!("## {}\n\n", escape(heading))),
            Part::Heading(_, heading) => page.push_str(&format!("### {}\n\n", escape(heading))),
            Part::Prose(blocks, _) => prose(&mut page, blocks),
            Part::Points(points) => {
                for point in points {
                    let mark =
                        point.mark.map_or_else(String::new, |(_, letter, word)| format!("**{letter} {word}:** "));
                    page.push_str(&format!("- {mark}{}\n", escape(&point.text)));
                }
                page.push('\n');
            }
            Part::Table(table) | Part::LongTable(table, _) => rich_table(&mut page, table),
            Part::Figure(figure) => {
                page.push_str(&format!("*{}*\n\n", escape(&figure.title)));
                rich_table(&mut page, &figure.table);
            }
        }
    }
    format!("{}\n", page.trim_end())
}

fn prose(page: &mut String, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } => page.push_str(&format!("### {}\n\n", escape(text))),
            Block::Item { lead, text, .. } => {
                let lead = match (lead.trim(), lead.len()) {
                    ("", 4..) => "   ".to_owned(),
                    ("", _) => String::new(),
                    (lead, _) => format!("{lead} "),
                };
                page.push_str(&format!("{lead}{}\n\n", escape(text)));
            }
            Block::Blank => {}
            Block::Table { header, rows, .. } => table(page, header, rows),
        }
    }
}

fn rich_table(page: &mut String, rich: &RichTable) {
    let rows: Vec<Vec<String>> = rich.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect();
    table(page, &rich.header, &rows);
    if let Some(legend) = rich.legend {
        page.push_str(&format!("{}\n\n", escape(legend)));
    }
}

/// A cell with its letter, where it has one.
fn cell(cell: &Cell) -> String {
    match cell.look {
        Look::Lettered(_, letter) => format!("{letter} {}", cell.text),
        Look::Plain | Look::Small | Look::Bar(_) => cell.text.clone(),
    }
}

fn table(page: &mut String, header: &[String], rows: &[Vec<String>]) {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escape_lines(cell, "<br>")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    page.push_str(&line(header));
    page.push_str(&format!("|{}\n", " --- |".repeat(header.len())));
    rows.iter().for_each(|row| page.push_str(&line(row)));
    page.push('\n');
}

fn escape(text: &str) -> String {
    escape_lines(text, " ")
}

/// Text that stays text in Markdown and in the HTML made of it.
fn escape_lines(text: &str, line: &str) -> String {
    let text = unlinked(text);
    let mut escaped = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\n' => escaped.push_str(line),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => escaped.extend(['\\', letter]),
            _ => push_visible(&mut escaped, letter),
        }
    }
    // An address would become a link, and a dash or a number at the beginning a list.
    let escaped = escaped.replace("://", "\\://");
    let digits = escaped.chars().take_while(char::is_ascii_digit).count();
    match escaped[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &escaped[..digits], &escaped[digits..]),
        Some('-' | '+' | '=') if digits == 0 => format!("\\{escaped}"),
        _ => escaped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escape("[a](https://b) <c>|`d`"), "\\[a\\](https\\://b) &lt;c&gt;\\|\\`d\\`");
        assert_eq!(escape("1. one"), "1\\. one");
        assert_eq!(escape("- one"), "\\- one");
        assert_eq!(escape_lines("a\nb", "<br>"), "a<br>b");
    }
}
