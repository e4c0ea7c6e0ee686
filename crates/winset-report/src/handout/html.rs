//! A handout as one HTML file.

use winset_case::Case;

use super::escape::{Links, escape};
use super::part::{Cell, Figure, Look, Part, RichTable};
use super::tables::anchors;
use crate::layout::Block;

const STYLE: &str = include_str!("style.css");

/// The whole file.
pub(crate) fn write(case: &Case, parts: &[Part]) -> String {
    let links = Links(anchors(case));
    let title = escape(&case.title);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<p class=\"note\">As of {}</p>\n</header>\n",
        escape(&case.as_of)
    );
    page.push_str("<nav aria-label=\"Contents\">\n");
    for part in parts {
        if let Part::Section(anchor, heading) = part {
            page.push_str(&format!("<a href=\"#{anchor}\">{}</a>\n", escape(heading)));
        }
    }
    page.push_str("</nav>\n<main>\n");
    let mut within = false;
    for part in parts {
        match part {
            Part::Section(anchor, heading) => {
                page.push_str(if within { "</section>\n" } else { "" });
                page.push_str(&format!("<section id=\"{anchor}\">\n<h2>{}</h2>\n", escape(heading)));
                within = true;
            }
            Part::Prose(blocks) => prose(&mut page, &links, blocks),
            Part::Table(table) => rich_table(&mut page, &links, table),
            Part::Figure(figure) => picture(&mut page, &links, figure),
        }
    }
    page.push_str(if within { "</section>\n" } else { "" });
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn picture(page: &mut String, links: &Links, figure: &Figure) {
    page.push_str(&format!(
        "<figure>\n<div class=\"wide\">\n{}</div>\n<figcaption>{}</figcaption>\n<details>\n<summary>{} as a table</summary>\n",
        figure.svg,
        escape(&figure.describe),
        escape(&figure.title)
    ));
    rich_table(page, links, &figure.table);
    page.push_str("</details>\n</figure>\n");
}

/// Paragraphs, lists and tables. What follows an item and stands in from the margin belongs to it.
fn prose(page: &mut String, links: &Links, blocks: &[Block]) {
    let mut list = "";
    for block in blocks {
        let Block::Item { lead, text, faint } = block else {
            close(page, &mut list);
            match block {
                Block::Heading { text, .. } => page.push_str(&format!("<h3>{}</h3>\n", escape(text))),
                Block::Table { header, rows, .. } => {
                    let cells = |row: &Vec<String>| row.iter().map(|cell| links.text(cell)).collect();
                    let rows: Vec<(Option<&str>, Vec<String>)> = rows.iter().map(|row| (None, cells(row))).collect();
                    table(page, header, &rows);
                }
                _ => {}
            }
            continue;
        };
        let kind = match lead.trim() {
            "" => "",
            "-" => "ul",
            _ => "ol",
        };
        let class = if *faint { " class=\"note\"" } else { "" };
        let text = links.text(text);
        if kind.is_empty() {
            if lead.len() < 4 {
                close(page, &mut list);
            }
            page.push_str(&format!("<p{class}>{text}</p>\n"));
        } else {
            if list != kind || lead.trim() == "1." {
                close(page, &mut list);
                page.push_str(&format!("<{kind}>\n"));
            } else {
                page.push_str("</li>\n");
            }
            list = kind;
            page.push_str(&format!("<li>{text}\n"));
        }
    }
    close(page, &mut list);
}

fn close(page: &mut String, list: &mut &'static str) {
    if !list.is_empty() {
        page.push_str(&format!("</li>\n</{list}>\n"));
        *list = "";
    }
}

fn rich_table(page: &mut String, links: &Links, rich: &RichTable) {
    let cell = |row: &super::part::Row, cell: &Cell| match cell.look {
        // A number of the annex does not link to itself.
        Look::Plain if row.anchor.is_some() => escape(&cell.text).replace('\n', "<br>"),
        Look::Plain => links.text(&cell.text),
        Look::Lettered(class, letter) => {
            format!("<span class=\"tile {class}\"><b>{letter}</b> {}</span>", links.text(&cell.text))
        }
        Look::Bar(share) => format!(
            "<span class=\"bar\" aria-hidden=\"true\"><i style=\"width:{:.0}%\"></i></span>{}",
            share.clamp(0.0, 1.0) * 100.0,
            links.text(&cell.text)
        ),
    };
    let rows: Vec<(Option<&str>, Vec<String>)> = rich
        .rows
        .iter()
        .map(|row| (row.anchor.as_deref(), row.cells.iter().map(|of| cell(row, of)).collect()))
        .collect();
    table(page, &rich.header, &rows);
    if let Some(legend) = rich.legend {
        page.push_str(&format!("<p class=\"note\">{}</p>\n", escape(legend)));
    }
}

/// A table of cells that are HTML already; the header is not.
fn table(page: &mut String, header: &[String], rows: &[(Option<&str>, Vec<String>)]) {
    page.push_str("<div class=\"wide\"><table>\n<thead><tr>");
    for cell in header {
        page.push_str(&format!("<th scope=\"col\">{}</th>", escape(cell)));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for (anchor, cells) in rows {
        page.push_str(&anchor.map_or_else(|| "<tr>".to_owned(), |anchor| format!("<tr id=\"{anchor}\">")));
        for (column, cell) in cells.iter().enumerate() {
            page.push_str(&if column == 0 {
                format!("<th scope=\"row\">{cell}</th>")
            } else {
                format!("<td>{cell}</td>")
            });
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table></div>\n");
}
