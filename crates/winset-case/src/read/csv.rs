//! Tables of cells as spreadsheets write them (RFC 4180), every cell with its place.

use super::report::Report;
use crate::diagnostic::{Code, Span};

/// Rows of a sheet.
const ROWS: usize = 5000;

/// One cell.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) span: Span,
}

/// A header and rows of as many cells.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) header: Vec<Cell>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// The cells of a text whose first byte stands at `start`; nothing if it has no header. Cells are parted by what parts the header: commas,
/// semicolons or tabs.
pub(super) fn sheet(text: &str, start: usize, report: &mut Report) -> Option<Sheet> {
    let head = text.lines().next().unwrap_or("");
    let separator =
        [',', ';', '\t'].into_iter().max_by_key(|&part| (head.matches(part).count(), part == ',')).unwrap_or(',');
    let mut rows =
        rows(text, separator, start, report).into_iter().filter(|row| row.iter().any(|cell| !cell.text.is_empty()));
    let Some(header) = rows.next() else {
        let help = "write the names of the columns into the first line";
        report.error(Code::BadFile, start..start, "this file has no header", help);
        return None;
    };
    let mut kept = Vec::new();
    for row in rows {
        if row.len() == header.len() && kept.len() < ROWS {
            kept.push(row);
            continue;
        }
        let span = row[0].span.start..row[row.len() - 1].span.end;
        if kept.len() == ROWS {
            report.error(
                Code::TooLarge,
                span,
                format!("more than {ROWS} rows"),
                "split the file, or keep what matters",
            );
            break;
        }
        let message = format!("this row has {} cells, and the header {}", row.len(), header.len());
        report.error(
            Code::BadFile,
            span,
            message,
            "give every row a cell for every column; put cells with separators in quotes",
        );
    }
    Some(Sheet { header, rows: kept })
}

fn rows(text: &str, separator: char, start: usize, report: &mut Report) -> Vec<Vec<Cell>> {
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at <= text.len() {
        let rest = &text[at..];
        let (content, length) = if rest.starts_with('"') { quoted(rest) } else { plain(rest, separator) };
        if rest.starts_with('"') && !rest[1..length].ends_with('"') {
            report.error(
                Code::BadFile,
                start + at..start + at + 1,
                "this quote is never closed",
                "end the cell with a quote",
            );
        }
        row.push(Cell { text: content.trim().to_owned(), span: start + at..start + at + length });
        at += length;
        let after = text[at..].chars().next();
        if after == Some(separator) {
            at += separator.len_utf8();
            continue;
        }
        let skip = text[at..].find('\n').map_or(text.len() + 1 - at, |end| end + 1);
        let stray = text[at..].get(..skip.saturating_sub(1)).unwrap_or("").trim();
        if !stray.is_empty() {
            let help = "close the quote at the end of the cell; write a quote inside as two";
            report.error(
                Code::BadFile,
                start + at..start + at + stray.len(),
                "this stands after the closing quote",
                help,
            );
        }
        rows.push(std::mem::take(&mut row));
        at += skip;
    }
    rows
}

/// A cell without quotes, and its length.
fn plain(rest: &str, separator: char) -> (String, usize) {
    let end = rest.find([separator, '\n', '\r']).unwrap_or(rest.len());
    (rest[..end].to_owned(), end)
}

/// A cell in quotes, in which two quotes are one, and its length.
fn quoted(rest: &str) -> (String, usize) {
    let mut content = String::new();
    let mut at = 1;
    while let Some(end) = rest[at..].find('"') {
        content.push_str(&rest[at..at + end]);
        at += end + 1;
        if !rest[at..].starts_with('"') {
            return (content, at);
        }
        content.push('"');
        at += 1;
    }
    content.push_str(&rest[at..]);
    (content, rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> (Vec<Vec<String>>, usize) {
        let mut report = Report::new(false);
        let sheet = sheet(text, 0, &mut report);
        let rows = sheet.into_iter().flat_map(|sheet| std::iter::once(sheet.header).chain(sheet.rows));
        (rows.map(|row| row.into_iter().map(|cell| cell.text).collect()).collect(), report.count())
    }

    #[test]
    fn cells_are_parted_as_the_header_is() {
        assert_eq!(
            cells("a,b\r\n1,\"x, \"\"y\"\"\"\r\n"),
            (vec![vec!["a".into(), "b".into()], vec!["1".into(), "x, \"y\"".into()]], 0)
        );
        assert_eq!(cells("a;b\n1;2,5").0[1], ["1", "2,5"]);
        assert_eq!(cells("a,b\n\"two\nlines\",2").0[1], ["two\nlines", "2"]);
        assert_eq!(cells("a\tb\n\n1\t2\n").0.len(), 2);
    }

    #[test]
    fn bad_rows_are_reported_and_left_out() {
        assert_eq!(cells("a,b\n1\n2,3").0.len(), 2);
        assert_eq!(cells("a,b\n1\n2,3").1, 1);
        assert_eq!(cells("a,b\n\"1,2").1, 2);
        assert_eq!(cells("").1, 1);
        assert_eq!(cells("a\n\"1\"x").1, 1);
    }

    #[test]
    fn spans_point_at_the_cell() {
        let text = "a,b\nü,\"x\"\n";
        let sheet = sheet(text, 0, &mut Report::new(false)).unwrap();
        assert_eq!(&text[sheet.rows[0][0].span.clone()], "ü");
        assert_eq!(&text[sheet.rows[0][1].span.clone()], "\"x\"");
    }
}
