//! When each benchmark is filled, as curves over the rounds.

use winset_brief::unfold::Unfolding;

use super::escape::escape;
use super::svg::picture;

/// Room for the plot, and where it stands.
const WIDE: f64 = 640.0;
const HIGH: f64 = 240.0;
const LEFT: f64 = 44.0;
const TOP: f64 = 16.0;
/// Room for what the curves are called.
const NAMES: f64 = 176.0;

/// Colours that differ in lightness as well, and dashes that tell curves apart without any.
const LOOKS: [(&str, &str); 6] = [
    ("#1b4f8a", ""),
    ("#b3541e", "7 3"),
    ("#2d7d46", "2 3"),
    ("#7a3b8f", "10 3 2 3"),
    ("#8a6d00", "4 2"),
    ("#444444", "1 2"),
];

/// The share of runs in which each benchmark had been filled by each round, with its 95 % band.
pub(crate) fn survival(unfolding: &Unfolding<'_>) -> String {
    let rounds = f64::from(unfolding.process.horizon().max(1));
    let across = |round: usize| LEFT + round as f64 / rounds * WIDE;
    let down = |share: f64| TOP + (1.0 - share) * HIGH;
    let mut body = String::new();
    for tenth in [0, 25, 50, 75, 100] {
        let y = down(f64::from(tenth) / 100.0);
        body.push_str(&format!(
            "<line x1=\"{LEFT:.0}\" y1=\"{y:.1}\" x2=\"{:.0}\" y2=\"{y:.1}\" stroke=\"#ddd\"/>\n<text x=\"{:.0}\" y=\"{:.1}\" font-size=\"11\" text-anchor=\"end\">{tenth}%</text>\n",
            LEFT + WIDE,
            LEFT - 6.0,
            y + 4.0
        ));
    }
    for part in 0..=5 {
        let round = (rounds * f64::from(part) / 5.0).round();
        body.push_str(&format!(
            "<text x=\"{:.1}\" y=\"{:.0}\" font-size=\"11\" text-anchor=\"middle\">{round:.0}</text>\n",
            LEFT + round / rounds * WIDE,
            TOP + HIGH + 16.0
        ));
    }
    body.push_str(&format!(
        "<text x=\"{:.0}\" y=\"{:.0}\" font-size=\"11\" text-anchor=\"middle\">{}s from {}</text>\n",
        LEFT + WIDE / 2.0,
        TOP + HIGH + 34.0,
        unfolding.round_word(),
        escape(&unfolding.case().as_of)
    ));
    let main = winset_brief::main_framework(unfolding.case());
    let curves = unfolding.curves();
    let shown = curves.iter().filter(|curve| Some(curve.framework) == main);
    let mut told = Vec::new();
    // Names stand at the end of their curves, moved apart where those end together.
    let mut ends: Vec<(f64, usize)> = Vec::new();
    for (number, curve) in shown.clone().enumerate() {
        let (colour, dashes) = LOOKS[number % LOOKS.len()];
        let points = |of: &dyn Fn(&winset_brief::draws::Share) -> f64| -> Vec<String> {
            let shares = curve.by_round.iter().enumerate();
            shares.map(|(round, share)| format!("{:.1},{:.1}", across(round), down(of(share)))).collect()
        };
        let low = points(&|share| share.interval().map_or(0.0, |(low, _)| low));
        let high = points(&|share| share.interval().map_or(0.0, |(_, high)| high));
        let band: Vec<String> = high.into_iter().chain(low.into_iter().rev()).collect();
        let line = points(&|share| share.share().unwrap_or(0.0));
        body.push_str(&format!(
            "<polygon points=\"{}\" fill=\"{colour}\" fill-opacity=\"0.15\"/>\n<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>\n",
            band.join(" "),
            line.join(" ")
        ));
        let last = curve.by_round.last().and_then(winset_brief::draws::Share::share).unwrap_or(0.0);
        ends.push((down(last), number));
        told.push(format!("{}: {:.0}% of runs", curve.name, last * 100.0));
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut above = f64::NEG_INFINITY;
    for (y, number) in ends {
        let y = y.max(above + 14.0);
        above = y;
        let name = shown.clone().nth(number).map_or("", |curve| curve.name.as_str());
        body.push_str(&format!(
            "<text x=\"{:.0}\" y=\"{:.1}\" font-size=\"12\" fill=\"{}\">{}</text>\n",
            LEFT + WIDE + 8.0,
            y + 4.0,
            LOOKS[number % LOOKS.len()].0,
            escape(name)
        ));
    }
    let describe = format!(
        "The share of {} runs in which each benchmark had been filled at some time, round by round, with 95% bands. By the horizon: {}.",
        unfolding.tally.runs,
        told.join("; ")
    );
    picture("survival", "When the parts are filled", &describe, (LEFT + WIDE + NAMES, TOP + HIGH + 44.0), &body)
}
