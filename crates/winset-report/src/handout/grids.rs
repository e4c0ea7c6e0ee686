//! Coverage and claims as pictures, for use outside the page: on it they are tables.

use winset_brief::{Brief, Status};
use winset_settle::Delivery;

use super::escape::escape;
use super::part::Figure;
use super::svg;
use super::tables;
use crate::assembly::{Coverage, delivery};

/// Which track can deliver which benchmark, a picture for each framework.
pub(crate) fn coverage(brief: &Brief<'_>) -> Vec<Figure> {
    let case = brief.case;
    let Some(Ok(assembly)) = &brief.assembly else { return Vec::new() };
    let figures = assembly.frameworks.iter().filter_map(|entry| {
        let framework = &case.frameworks[entry.framework.0];
        let matrix = Coverage::of(case, assembly, entry.framework);
        if matrix.rows.is_empty() || matrix.benchmarks.is_empty() {
            return None;
        }
        let label = 210.0;
        let column = (500.0 / matrix.benchmarks.len() as f64).clamp(40.0, 160.0);
        let wide = (label + column * matrix.benchmarks.len() as f64 + 4.0).max(720.0);
        let mut body = String::new();
        for (number, benchmark) in matrix.benchmarks.iter().enumerate() {
            let x = label + column * (number as f64 + 0.5);
            let text = svg::cut(benchmark, 13.0, column - 6.0);
            body.push_str(&format!("<text class=\"small middle\" x=\"{x:.0}\" y=\"18\">{}</text>\n", escape(&text)));
        }
        let mut top = 28.0;
        for (name, cells) in &matrix.rows {
            let text = svg::cut(name, 13.0, label - 14.0);
            body.push_str(&format!("<text class=\"small end\" x=\"{:.0}\" y=\"{:.0}\">{}</text>\n", label - 8.0, top + 18.0, escape(&text)));
            for (number, cell) in cells.iter().enumerate() {
                body.push_str(&tile(case, name, cell, label + column * number as f64, top, column));
            }
            top += 30.0;
        }
        let title = format!("Who can deliver what: {}", framework.name);
        let describe = "S stands today; N can be delivered now; A after deals elsewhere; R refused; M not within its mandate; C closed; – not on its agenda.".to_owned();
        let name = format!("coverage-{}", framework.id);
        Some(Figure {
            svg: svg::picture(&name, &title, &describe, (wide, top + 4.0), &body),
            name,
            title,
            describe,
            table: tables::coverage(case, &matrix),
            choices: Vec::new(),
        })
    });
    figures.collect()
}

fn tile(case: &winset_case::Case, track: &str, cell: &Delivery, x: f64, y: f64, wide: f64) -> String {
    let (class, letter) = tables::delivery_mark(cell);
    let body = format!(
        "<rect class=\"cell {class}\" x=\"{:.1}\" y=\"{y:.0}\" width=\"{:.1}\" height=\"26\" rx=\"3\"/><text class=\"strong middle {class}-ink\" x=\"{:.1}\" y=\"{:.0}\">{letter}</text>",
        x + 2.0,
        wide - 4.0,
        x + wide / 2.0,
        y + 18.0
    );
    svg::tip(&format!("{track}: {}", delivery(case, cell)), &body)
}

/// In what share of draws every claim holds; `None` where nothing was drawn.
pub(crate) fn claims(brief: &Brief<'_>) -> Option<Figure> {
    let case = brief.case;
    let (label, start, end) = (210.0, 220.0, 660.0);
    let mut body = String::new();
    let mut top = 28.0;
    for result in &brief.claims {
        let Some(given) = result.robustness.as_ref().map(|robust| &robust.given) else { continue };
        let (Some(share), Some((low, high))) = (given.share(), given.interval()) else { continue };
        let claim = &case.claims[result.claim];
        let mark = match result.status {
            Status::Holds => '✓',
            Status::Fails => '✗',
            Status::Undecided => '?',
        };
        let at = |share: f64| start + (end - start) * share;
        let y = top + 9.0;
        let bar = format!(
            "<rect class=\"amount\" x=\"{start:.0}\" y=\"{:.0}\" width=\"{:.1}\" height=\"10\"/><path class=\"whisker\" d=\"M{:.1} {y:.0}H{:.1}\"/>",
            y - 5.0,
            at(share) - start,
            at(low),
            at(high)
        );
        let name = svg::cut(&claim.id, 13.0, label - 8.0);
        body.push_str(&format!(
            "<text class=\"small end\" x=\"{label:.0}\" y=\"{:.0}\">{}</text>\n",
            y + 4.0,
            escape(&name)
        ));
        body.push_str(&svg::tip(&claim.says, &bar));
        let figure = winset_brief::figures::percent(share);
        body.push_str(&format!(
            "<text class=\"small\" x=\"{:.0}\" y=\"{:.0}\">{mark} {figure}</text>\n",
            end + 6.0,
            y + 4.0
        ));
        top += 20.0;
    }
    if body.is_empty() {
        return None;
    }
    let mut axis = String::new();
    for tenth in [0_u32, 5, 10] {
        let x = start + (end - start) * f64::from(tenth) / 10.0;
        axis.push_str(&format!("<path class=\"rule\" d=\"M{x:.0} 22V{top:.0}\"/>\n<text class=\"small middle\" x=\"{x:.0}\" y=\"16\">{}%</text>\n", tenth * 10));
    }
    let title = "How robust each claim is".to_owned();
    let describe =
        "The share of draws in which each claim holds, with its 95% interval, and the claim's verdict. A hedged claim holds when its share falls in the band of its hedge.".to_owned();
    Some(Figure {
        name: "claims".to_owned(),
        svg: svg::picture("claims", &title, &describe, (720.0, top + 6.0), &(axis + &body)),
        title,
        describe,
        table: tables::claims(case, &brief.claims),
        choices: Vec::new(),
    })
}
