//! How runs end, as bars.

use winset_brief::unfold::Unfolding;

use super::svg::{lines, picture, text};

const WIDE: f64 = 420.0;
const LEFT: f64 = 330.0;
const ROW: f64 = 46.0;

/// A bar for every way in which runs end, with its 95 % interval.
pub(crate) fn endings(unfolding: &Unfolding<'_>) -> String {
    let mut body = String::new();
    let mut told = Vec::new();
    let rows = unfolding.endings();
    for (number, row) in rows.iter().enumerate() {
        let y = 10.0 + ROW * number as f64;
        let share = row.share.share().unwrap_or(0.0);
        let (low, high) = row.share.interval().unwrap_or((0.0, 1.0));
        let name = lines(&row.name, 12.0, LEFT - 20.0);
        body.push_str(&text(&name, "name", 4.0, y + 12.0, 14.0));
        body.push_str(&format!(
            "<rect x=\"{LEFT:.0}\" y=\"{y:.0}\" width=\"{:.1}\" height=\"22\" fill=\"#1b4f8a\"/>\n<line x1=\"{:.1}\" y1=\"{:.0}\" x2=\"{:.1}\" y2=\"{:.0}\" stroke=\"#b3541e\" stroke-width=\"3\"/>\n<text x=\"{:.1}\" y=\"{:.0}\" font-size=\"12\">{:.1}%</text>\n",
            share * WIDE,
            LEFT + low * WIDE,
            y + 11.0,
            LEFT + high * WIDE,
            y + 11.0,
            LEFT + high * WIDE + 8.0,
            y + 15.0,
            share * 100.0
        ));
        told.push(format!("{}: {:.1}%", row.name, share * 100.0));
    }
    let describe = format!("Of {} runs, how many end how. {}.", unfolding.tally.runs, told.join(". "));
    picture("endings", "How the runs end", &describe, (LEFT + WIDE + 70.0, 20.0 + ROW * rows.len() as f64), &body)
}
