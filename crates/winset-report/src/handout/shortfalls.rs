//! How far off: for every table without a deal, how much those who block would need.

use winset_brief::{Brief, figures, words};
use winset_settle::{Amount, Shortfall};
use winset_worth::Valuation;

use super::escape::escape;
use super::part::{Figure, RichTable, Row};
use super::svg;
use super::tables::{is_plain, table_heading};

const LABEL: f64 = 230.0;
const START: f64 = 240.0;
const END: f64 = 560.0;
const STEP: f64 = 24.0;

/// Who is short, by how much, and at which table; `None` where nobody is.
pub(crate) fn shortfalls(brief: &Brief<'_>) -> Option<Figure> {
    let case = brief.case;
    let applied = case.with_levers();
    let valuation = Valuation::new(&applied).ok()?;
    let (mut body, mut rows, mut top) = (String::new(), Vec::new(), 30.0);
    for track in &brief.tracks {
        for (deals, table) in track.tables() {
            let Some(blocked) = table.blocked().filter(|blocked| !is_plain(blocked)) else { continue };
            let blocking = words::blockers(blocked);
            let short: Vec<_> = blocked
                .shortfalls
                .iter()
                .filter(|(actor, shortfall)| blocking.contains(actor) && *shortfall != Shortfall::Undefined)
                .collect();
            if short.is_empty() {
                continue;
            }
            let heading = table_heading(case, track.track, deals);
            let lines = svg::few_lines(&heading, 15.0, 700.0, 1);
            body.push_str(&svg::text(&lines, "strong", 4.0, top + 14.0, 16.0));
            top += 26.0;
            for (actor, shortfall) in short {
                let name = words::actor_name(case, *actor);
                let y = top + STEP / 2.0;
                let (bar, says) = match shortfall {
                    Shortfall::By { missing, .. } => {
                        let unit = valuation.actor(*actor).map_or(1, |worth| worth.unit);
                        let amount = Amount::of_units(*missing, unit);
                        let long = (END - START) * amount.to_f64().unwrap_or(0.0).clamp(0.0, 1.0);
                        let bar = format!(
                            "<rect class=\"amount\" x=\"{START:.0}\" y=\"{:.0}\" width=\"{long:.1}\" height=\"14\"/>",
                            y - 7.0
                        );
                        (bar, format!("{} short", figures::worth(&amount)))
                    }
                    _ => {
                        let bar = format!(
                            "<rect class=\"beyond\" x=\"{START:.0}\" y=\"{:.0}\" width=\"{:.0}\" height=\"14\"/>",
                            y - 7.0,
                            END - START
                        );
                        (bar, "at no price".to_owned())
                    }
                };
                let label = svg::cut(name, 13.0, LABEL - 8.0);
                body.push_str(&format!(
                    "<text class=\"small end\" x=\"{LABEL:.0}\" y=\"{:.0}\">{}</text>\n",
                    y + 4.0,
                    escape(&label)
                ));
                body.push_str(&svg::tip(&format!("{name}: {says}"), &bar));
                body.push_str(&format!(
                    "<text class=\"small\" x=\"{:.0}\" y=\"{:.0}\">{}</text>\n",
                    END + 10.0,
                    y + 4.0,
                    escape(&says)
                ));
                rows.push(Row::plain([heading.clone(), name.to_owned(), says]));
                top += STEP;
            }
            top += 6.0;
        }
    }
    if rows.is_empty() {
        return None;
    }
    let mut axis = String::new();
    for tenth in [0_u32, 5, 10] {
        let x = START + (END - START) * f64::from(tenth) / 10.0;
        axis.push_str(&format!("<path class=\"rule\" d=\"M{x:.0} 22V{:.0}\"/>\n", top - 4.0));
        axis.push_str(&format!(
            "<text class=\"small middle\" x=\"{x:.0}\" y=\"16\">{:.1}</text>\n",
            f64::from(tenth) / 10.0
        ));
    }
    let title = "How far off those who block are".to_owned();
    let describe = "How much more a deal would have to be worth to each before it says yes, at the package that comes nearest of those the others would accept. \
                    1 is the difference between the worst and the best it can imagine. A broken bar: nothing on the table moves it."
        .to_owned();
    Some(Figure {
        name: "shortfalls".to_owned(),
        svg: svg::picture("shortfalls", &title, &describe, (720.0, top + 4.0), &(axis + &body)),
        title,
        describe,
        table: RichTable { header: ["Table", "Actor", "How far off"].map(str::to_owned).to_vec(), rows, legend: None },
        choices: Vec::new(),
    })
}
