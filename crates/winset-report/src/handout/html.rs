//! A handout as one HTML file.

use std::collections::BTreeSet;

use winset_brief::words::{capital, counted, number};
use winset_case::Case;

use super::anchor::anchor;
use super::escape::escape;
use super::links::Links;
use super::part::{Cell, Figure, Look, Part, Point, RichTable, Row};
use super::{style, svg};
use crate::layout::Block;

/// The whole file.
pub(crate) fn write(case: &Case, parts: &[Part]) -> String {
    let links = Links::of(case, anchors(parts));
    let title = escape(&case.title);
    let choices = parts.iter().filter_map(|part| match part {
        Part::Figure(figure) => Some(figure.choices.len()),
        _ => None,
    });
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{title}</title>\n\
         <style>\n{}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<p class=\"note\">As of {}</p>\n</header>\n",
        style::page(choices.max().unwrap_or(0)),
        escape(&case.as_of)
    );
    let first = parts.iter().position(|part| matches!(part, Part::Section(..))).unwrap_or(0);
    let (head, body) = parts.split_at(first);
    page.push_str("<div class=\"head\">\n");
    head.iter().for_each(|part| write_part(&mut page, &links, part));
    page.push_str("</div>\n");
    let annexes = body.iter().position(|part| matches!(part, Part::Annex)).unwrap_or(body.len());
    contents(&mut page, "Contents", "", &body[..annexes]);
    contents(&mut page, "Annexes", "Annex: ", &body[annexes..]);
    page.push_str("<main>\n");
    let (mut within, mut annex) = (false, "");
    for part in body {
        match part {
            Part::Section(anchor, heading) => {
                page.push_str(if within { "</section>\n" } else { "" });
                page.push_str(&format!("<section id=\"{anchor}\"{annex}>\n<h2>{}</h2>\n", escape(heading)));
                page.push_str(if annex.is_empty() { "" } else { PAPER });
                (within, annex) = (true, "");
            }
            Part::Annex => annex = " class=\"annex\"",
            part => write_part(&mut page, &links, part),
        }
    }
    page.push_str(if within { "</section>\n" } else { "" });
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// Where the sections are, called by their headings without what all of these begin with.
fn contents(page: &mut String, label: &str, without: &str, parts: &[Part]) {
    let links = parts.iter().filter_map(|part| match part {
        Part::Section(anchor, heading) => {
            let heading = capital(heading.strip_prefix(without).unwrap_or(heading));
            Some(format!("<a href=\"#{anchor}\">{}</a>\n", escape(&heading)))
        }
        _ => None,
    });
    let links: String = links.collect();
    if !links.is_empty() {
        page.push_str(&format!("<nav aria-label=\"{label}\">\n<b>{label}</b>\n{links}</nav>\n"));
    }
}

/// What a print says of itself where the annexes begin.
const PAPER: &str = "<p class=\"note paper\">In print long tables are cut, and the tables behind pictures and the choice of actors along their sides are left out; where rows are missing it says how many. \
    The file this was printed from has all of it when opened on a screen, and there every figure leads to what it rests on.</p>\n";

/// Every anchor the parts have.
fn anchors(parts: &[Part]) -> BTreeSet<String> {
    let rows = |table: &RichTable| table.rows.iter().filter_map(|row| row.anchor.clone()).collect::<Vec<_>>();
    let of = |part: &Part| match part {
        Part::Section(anchor, _) => vec![(*anchor).to_owned()],
        Part::Heading(anchor, _) => anchor.iter().cloned().collect(),
        Part::Table(table) | Part::LongTable(table, _) => rows(table),
        Part::Figure(figure) => rows(&figure.table),
        Part::Prose(..) | Part::Points(_) | Part::Annex => Vec::new(),
    };
    parts.iter().flat_map(of).collect()
}

fn write_part(page: &mut String, links: &Links, part: &Part) {
    match part {
        Part::Section(..) | Part::Annex => {}
        Part::Heading(anchor, text) => {
            let id = anchor.as_ref().map_or_else(String::new, |anchor| format!(" id=\"{anchor}\""));
            page.push_str(&format!("<h3{id}>{}</h3>\n", links.text(text, None)));
        }
        Part::Prose(blocks, about) => prose(page, links, blocks, about.as_deref()),
        Part::Points(statements) => points(page, links, statements),
        Part::Table(table) => rich_table(page, links, table, table.rows.len()),
        Part::LongTable(table, printed) => rich_table(page, links, table, *printed),
        Part::Figure(figure) => picture(page, links, figure),
    }
}

fn points(page: &mut String, links: &Links, statements: &[Point]) {
    page.push_str("<ul class=\"points\">\n");
    for Point { mark, text, about } in statements {
        let mark = mark.map_or_else(String::new, |(class, letter, word)| {
            format!("<span class=\"tile {class}\"><b>{letter}</b> {word}</span> ")
        });
        page.push_str(&format!("<li>{mark}<span>{}</span></li>\n", links.text(text, about.as_deref())));
    }
    page.push_str("</ul>\n");
}

/// Pictures wider than this are printed on a sheet turned sideways.
const BROAD: f64 = 900.0;

fn picture(page: &mut String, links: &Links, figure: &Figure) {
    let pick = |class: &str, label: &str, chosen: usize| {
        let options = figure.choices.iter().enumerate().map(|(index, name)| {
            let selected = if index == chosen { " selected=\"selected\"" } else { "" };
            format!("<option{selected}>{}</option>", escape(name))
        });
        format!("<label>{label} <select class=\"{class}\">{}</select></label>\n", options.collect::<String>())
    };
    let choose = if figure.choices.len() > 2 {
        format!("<p class=\"pick\">{}{}</p>\n", pick("pick-x", "Across:", 0), pick("pick-y", "Up:", 1))
    } else {
        String::new()
    };
    page.push_str(&format!(
        "<figure id=\"{}\" class=\"figure{}\">\n{choose}<div class=\"wide\">\n{}</div>\n<figcaption>{}</figcaption>\n<details>\n<summary>{} as a table</summary>\n",
        anchor(&format!("figure:{}", figure.name)),
        if svg::width_of(&figure.svg) > BROAD { " broad" } else { "" },
        figure.svg,
        escape(&figure.describe),
        escape(&figure.title)
    ));
    rich_table(page, links, &figure.table, figure.table.rows.len());
    page.push_str("</details>\n</figure>\n");
}

/// Paragraphs, lists and tables. What follows an item and stands in from the margin belongs to it.
fn prose(page: &mut String, links: &Links, blocks: &[Block], about: Option<&str>) {
    let mut list = "";
    for block in blocks {
        let Block::Item { lead, text, faint } = block else {
            close(page, &mut list);
            match block {
                Block::Heading { text, .. } => page.push_str(&format!("<h3>{}</h3>\n", escape(text))),
                Block::Table { header, rows, .. } => {
                    let cells = |row: &Vec<String>| row.iter().map(|cell| links.text(cell, about)).collect();
                    let rows: Vec<(Option<&str>, Vec<String>)> = rows.iter().map(|row| (None, cells(row))).collect();
                    table(page, header, &rows, rows.len());
                }
                _ => {}
            }
            continue;
        };
        let kind = match lead.trim() {
            "" => "",
            "-" => "ul",
            lead if is_number(lead) => "ol",
            _ => "",
        };
        let class = if *faint { " class=\"note\"" } else { "" };
        // A line that is broken in the case is none on the page.
        let text = links.text(&text.split_whitespace().collect::<Vec<_>>().join(" "), about);
        let text = match lead.trim() {
            "" | "-" => text,
            lead if is_number(lead) => text,
            lead => format!("<b>{}</b> {text}", links.text(lead, about)),
        };
        if kind.is_empty() {
            if lead.len() < 4 || !lead.trim().is_empty() {
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

/// Whether a lead numbers a list: `1.`
fn is_number(lead: &str) -> bool {
    lead.strip_suffix('.').is_some_and(|number| number.parse::<usize>().is_ok())
}

fn close(page: &mut String, list: &mut &'static str) {
    if !list.is_empty() {
        page.push_str(&format!("</li>\n</{list}>\n"));
        *list = "";
    }
}

/// A table, of which a print shows the first so many rows.
fn rich_table(page: &mut String, links: &Links, rich: &RichTable, printed: usize) {
    let rows: Vec<(Option<&str>, Vec<String>)> = rich
        .rows
        .iter()
        .map(|row| (row.anchor.as_deref(), row.cells.iter().map(|of| cell(links, row, of)).collect()))
        .collect();
    table(page, &rich.header, &rows, printed);
    let class = if printed == 0 { "note screen" } else { "note" };
    if let Some(legend) = rich.legend {
        page.push_str(&format!("<p class=\"{class}\">{}</p>\n", escape(legend)));
    }
    let all = rows.len() as u64;
    let said = match printed as u64 {
        0 if all > 0 => {
            format!("Not printed: {}. The file has them here when opened on a screen.", counted(all, "row"))
        }
        printed if printed < all => {
            format!(
                "Printed: {} of {}. The file has the others here when opened on a screen.",
                number(printed),
                counted(all, "row")
            )
        }
        _ => return,
    };
    page.push_str(&format!("<p class=\"note paper\">{said}</p>\n"));
}

fn cell(links: &Links, row: &Row, cell: &Cell) -> String {
    let text = links.text(&cell.text, row.about.as_deref());
    // A row does not link to itself.
    let text = match &row.anchor {
        Some(anchor) => without_links_to(&text, anchor),
        None => text,
    };
    match cell.look {
        Look::Plain => text,
        Look::Small => format!("<small>{text}</small>"),
        Look::Lettered(class, letter) => format!("<span class=\"tile {class}\"><b>{letter}</b> {text}</span>"),
        Look::Bar(share) => format!(
            "<span class=\"bar\" aria-hidden=\"true\"><i style=\"width:{:.0}%\"></i></span>{text}",
            share.clamp(0.0, 1.0) * 100.0
        ),
    }
}

fn without_links_to(html: &str, anchor: &str) -> String {
    let start = format!("<a href=\"#{anchor}\">");
    let mut kept = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(&start) {
        kept.push_str(before);
        let (text, after) = after.split_once("</a>").unwrap_or((after, ""));
        kept.push_str(text);
        rest = after;
    }
    kept + rest
}

/// A table of cells that are HTML already; the header is not. A print shows its first so many rows.
fn table(page: &mut String, header: &[String], rows: &[(Option<&str>, Vec<String>)], printed: usize) {
    let class = if printed == 0 { "wide screen" } else { "wide" };
    page.push_str(&format!("<div class=\"{class}\" tabindex=\"0\"><table>\n<thead><tr>"));
    for cell in header {
        page.push_str(&format!("<th scope=\"col\">{}</th>", escape(cell)));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for (index, (anchor, cells)) in rows.iter().enumerate() {
        let id = anchor.map_or_else(String::new, |anchor| format!(" id=\"{anchor}\""));
        let class = if index < printed { "" } else { " class=\"screen\"" };
        page.push_str(&format!("<tr{id}{class}>"));
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
