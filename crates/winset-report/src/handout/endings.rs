//! How runs end, as bars.

use winset_brief::figures::{interval, percent};
use winset_brief::unfold::Unfolding;

use super::part::{Figure, RichTable, Row};
use super::svg::{lines, picture, text};

const WIDE: f64 = 300.0;
const LEFT: f64 = 330.0;
const ROW: f64 = 44.0;
/// Room for the share at the end of the longest bar.
const SHARE: f64 = 78.0;

/// A bar for every way in which runs end, with its 95 % interval.
pub(crate) fn endings(unfolding: &Unfolding<'_>) -> Figure {
    let mut body = String::new();
    let mut table = Vec::new();
    let rows = unfolding.endings();
    for (number, row) in rows.iter().enumerate() {
        let y = 6.0 + ROW * number as f64;
        let share = row.share.share().unwrap_or(0.0);
        let (low, high) = row.share.interval().unwrap_or((0.0, 1.0));
        let name = lines(&row.name, 13.0, LEFT - 16.0);
        body.push_str(&text(&name, "small", 4.0, y + 15.0, 15.0));
        body.push_str(&format!(
            "<rect class=\"amount\" x=\"{LEFT:.0}\" y=\"{y:.0}\" width=\"{:.1}\" height=\"22\"/>\n\
             <path class=\"whisker\" d=\"M{:.1} {:.0}H{:.1}\"/>\n<text class=\"small\" x=\"{:.1}\" y=\"{:.0}\">{}</text>\n",
            share * WIDE,
            LEFT + low * WIDE,
            y + 11.0,
            LEFT + high * WIDE,
            LEFT + high * WIDE + 8.0,
            y + 16.0,
            percent(share)
        ));
        table.push(Row::plain([row.name.clone(), percent(share), interval(low, high)]));
    }
    let runs = winset_brief::words::counted(unfolding.tally.runs, "run");
    let title = "How the runs end".to_owned();
    let describe = format!("Of {runs}, how many end how. The line over the end of a bar is the 95% interval.");
    let high = 8.0 + ROW * rows.len() as f64;
    Figure {
        name: "endings".to_owned(),
        svg: picture("endings", &title, &describe, (LEFT + WIDE + SHARE, high), &body),
        title,
        describe,
        table: RichTable {
            header: ["Ending", "Share of runs", "95% interval"].map(str::to_owned).to_vec(),
            rows: table,
            legend: None,
        },
        choices: Vec::new(),
    }
}
