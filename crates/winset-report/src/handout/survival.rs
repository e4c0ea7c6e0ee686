//! When each benchmark is filled, as curves over the rounds.

use winset_brief::figures::percent;
use winset_brief::unfold::Unfolding;

use super::escape::escape;
use super::part::{Figure, RichTable, Row};
use super::svg::{cut, picture};

/// Room for the plot, and where it stands.
const WIDE: f64 = 520.0;
const HIGH: f64 = 190.0;
const LEFT: f64 = 44.0;
const TOP: f64 = 16.0;
/// Room for what the curves are called.
const NAMES: f64 = 150.0;

/// How many looks curves have (`figures.css`): colours that differ in lightness as well, and dashes that tell curves apart without any.
const LOOKS: usize = 8;

/// The share of runs in which each benchmark had been filled by each round, with its 95 % band.
pub(crate) fn survival(unfolding: &Unfolding<'_>) -> Option<Figure> {
    let rounds = f64::from(unfolding.process.horizon().max(1));
    let across = |round: usize| LEFT + round as f64 / rounds * WIDE;
    let down = |share: f64| TOP + (1.0 - share) * HIGH;
    let mut body = String::new();
    for tenth in [0, 25, 50, 75, 100] {
        let y = down(f64::from(tenth) / 100.0);
        body.push_str(&format!(
            "<path class=\"rule\" d=\"M{LEFT:.0} {y:.1}H{:.0}\"/>\n<text class=\"small end\" x=\"{:.0}\" y=\"{:.1}\">{tenth}%</text>\n",
            LEFT + WIDE,
            LEFT - 6.0,
            y + 4.0
        ));
    }
    for part in 0..=5 {
        let round = (rounds * f64::from(part) / 5.0).round();
        body.push_str(&format!(
            "<text class=\"small middle\" x=\"{:.1}\" y=\"{:.0}\">{round:.0}</text>\n",
            LEFT + round / rounds * WIDE,
            TOP + HIGH + 16.0
        ));
    }
    body.push_str(&format!(
        "<text class=\"small middle\" x=\"{:.0}\" y=\"{:.0}\">{}s from {}</text>\n",
        LEFT + WIDE / 2.0,
        TOP + HIGH + 34.0,
        unfolding.round_word(),
        escape(&unfolding.case().as_of)
    ));
    let main = winset_brief::main_framework(unfolding.case());
    let curves = unfolding.curves();
    let shown = curves.iter().filter(|curve| Some(curve.framework) == main);
    let mut table = Vec::new();
    // Names stand at the end of their curves, moved apart where those end together.
    let mut ends: Vec<(f64, usize)> = Vec::new();
    for (number, curve) in shown.clone().enumerate() {
        let look = number % LOOKS;
        let points = |of: &dyn Fn(&winset_brief::draws::Share) -> f64| -> Vec<String> {
            let shares = curve.by_round.iter().enumerate();
            shares.map(|(round, share)| format!("{:.1},{:.1}", across(round), down(of(share)))).collect()
        };
        let low = points(&|share| share.interval().map_or(0.0, |(low, _)| low));
        let high = points(&|share| share.interval().map_or(0.0, |(_, high)| high));
        let band: Vec<String> = high.into_iter().chain(low.into_iter().rev()).collect();
        let line = points(&|share| share.share().unwrap_or(0.0));
        body.push_str(&format!(
            "<polygon class=\"tip{look} band\" points=\"{}\"/>\n<polyline class=\"line{look} curve\" points=\"{}\"/>\n",
            band.join(" "),
            line.join(" ")
        ));
        let last = curve.by_round.last().and_then(winset_brief::draws::Share::share).unwrap_or(0.0);
        ends.push((down(last), number));
        table.push(Row::plain([curve.name.clone(), percent(last)]));
    }
    if table.is_empty() {
        return None;
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut above = f64::NEG_INFINITY;
    for (y, number) in ends {
        let y = y.max(above + 15.0);
        above = y;
        let name = shown.clone().nth(number).map_or("", |curve| curve.name.as_str());
        body.push_str(&format!(
            "<text class=\"small word{}\" x=\"{:.0}\" y=\"{:.1}\">{}</text>\n",
            number % LOOKS,
            LEFT + WIDE + 8.0,
            y + 4.0,
            escape(&cut(name, 13.0, NAMES - 12.0))
        ));
    }
    let round = unfolding.round_word();
    let title = "When the parts are filled".to_owned();
    let describe = format!(
        "The share of {} in which each benchmark had been filled at some time, {round} by {round}, with 95% bands. A run that ended before counts as never.",
        winset_brief::words::counted(unfolding.tally.runs, "run")
    );
    // Names that were moved down may stand below the axis.
    let high = (TOP + HIGH + 44.0).max(above + 12.0);
    Some(Figure {
        name: "survival".to_owned(),
        svg: picture("survival", &title, &describe, (LEFT + WIDE + NAMES, high), &body),
        title,
        describe,
        table: RichTable {
            header: ["Benchmark", "Filled at some time, share of runs"].map(str::to_owned).to_vec(),
            rows: table,
            legend: None,
        },
        choices: Vec::new(),
    })
}
