//! The Pareto frontier of a table, seen by any two of those who sit there.

use winset_brief::{Brief, TableBrief, figures, words};
use winset_case::{Case, TrackId};
use winset_settle::{Amount, Deals, Settlement};
use winset_worth::Valuation;

use super::escape::escape;
use super::part::{Figure, RichTable, Row};
use super::plain;
use super::svg;
use super::tables::table_heading;

const WIDE: f64 = 560.0;
const HIGH: f64 = 300.0;
const LEFT: f64 = 100.0;
const TOP: f64 = 34.0;
/// Points drawn and listed, at most.
const SHOWN: usize = 300;
/// A frontier with fewer points is no picture.
const FEWEST: usize = 3;

/// A picture for every table with a frontier to speak of.
pub(crate) fn frontiers(brief: &Brief<'_>) -> Vec<Figure> {
    let applied = brief.case.with_levers();
    let Ok(valuation) = Valuation::new(&applied) else { return Vec::new() };
    let tables = brief.tracks.iter().flat_map(|track| track.tables().map(|(deals, table)| (track.track, deals, table)));
    tables.filter_map(|(track, deals, table)| frontier(brief.case, &valuation, track, deals, table)).collect()
}

fn frontier(
    case: &Case,
    valuation: &Valuation<'_>,
    track: TrackId,
    deals: Deals,
    table: &TableBrief,
) -> Option<Figure> {
    let settlement = table.settlement.as_ref().ok()?;
    if settlement.frontier.len() < FEWEST || settlement.players.len() < 2 {
        return None;
    }
    let shown = settlement.frontier.len().min(SHOWN);
    // Evenly spread over the frontier where there are more than can be told apart.
    let points: Vec<usize> = (0..shown).map(|point| point * settlement.frontier.len() / shown).collect();
    let worth = |point: usize, player: usize| {
        let unit = valuation.actor(settlement.players[player]).map_or(1, |worth| worth.unit);
        Amount::of_units(settlement.frontier[point].worth[player], unit)
    };
    let ends: Vec<(f64, f64)> = (0..settlement.players.len())
        .map(|player| {
            let worths = points.iter().filter_map(|point| worth(*point, player).to_f64());
            worths.fold((f64::MAX, f64::MIN), |(low, high), worth| (low.min(worth), high.max(worth)))
        })
        .collect();
    let best = best_point(table, settlement);
    let mut drawn = String::new();
    for &point in &points {
        let at: Vec<f64> = ends
            .iter()
            .enumerate()
            .map(|(player, (low, high))| {
                let worth = worth(point, player).to_f64().unwrap_or(*low);
                if high > low { (worth - low) / (high - low) } else { 0.5 }
            })
            .collect();
        let places: Vec<String> = at.iter().enumerate().map(|(player, at)| format!("--p{player}:{at:.3}")).collect();
        let shape = if Some(point) == best {
            "<path class=\"best\" d=\"M0 -8l8 8l-8 8l-8 -8z\"/>"
        } else {
            "<circle class=\"dot\" r=\"5\"/>"
        };
        let changes = plain::changes(case, &settlement.frontier[point].packages[0]).join("; ");
        drawn.push_str(&format!(
            "<g class=\"pt\" style=\"{}\" transform=\"translate({:.1} {:.1})\"><title>{}</title>{shape}</g>\n",
            places.join(";"),
            at[0] * WIDE,
            at[1] * -HIGH,
            escape(&changes)
        ));
    }
    let name = match deals {
        Deals::Mandate => format!("frontier-{}", case.tracks[track.0].id),
        Deals::Concluding => format!("frontier-{}-concluding", case.tracks[track.0].id),
    };
    let heading = table_heading(case, track, deals);
    let title = format!("What can be had at {heading}");
    let more = if shown < settlement.frontier.len() { "; not all are drawn" } else { "" };
    let describe = format!(
        "{}{more}: acceptable packages that no other beats for everyone. Farther right is better for the actor named below, farther up for the one named on top; the scale is each one's own \
         worth (1 is the best it can imagine). The diamond is the bargaining point the terms above are of.",
        words::counted(settlement.frontier.len() as u64, "point")
    );
    let body = format!(
        "{}<g transform=\"translate({LEFT:.0} {:.0})\">\n{drawn}</g>\n",
        axes(case, settlement, &ends),
        TOP + HIGH
    );
    Some(Figure {
        svg: svg::picture(&name, &title, &describe, (720.0, TOP + HIGH + 60.0), &body),
        name,
        title,
        describe,
        table: listed(case, settlement, &points, best, &worth),
        choices: settlement.players.iter().map(|player| words::actor_name(case, *player).to_owned()).collect(),
    })
}

/// The point of the frontier that the brief's bargaining point is.
fn best_point(table: &TableBrief, settlement: &Settlement) -> Option<usize> {
    let package = &table.bargaining_point()?.point.package;
    settlement.frontier.iter().position(|point| point.packages.contains(package))
}

/// Both sides with a label for every actor that can be put there; all but the first two are hidden.
fn axes(case: &Case, settlement: &Settlement, ends: &[(f64, f64)]) -> String {
    let bottom = TOP + HIGH;
    let mut axes = format!(
        "<path class=\"axis\" d=\"M{:.0} {:.0}V{:.0}H{:.0}\"/>\n",
        LEFT - 14.0,
        TOP - 8.0,
        bottom + 14.0,
        LEFT + WIDE + 12.0
    );
    for (player, (low, high)) in ends.iter().enumerate() {
        let name = svg::cut(words::actor_name(case, settlement.players[player]), 15.0, 420.0);
        let name = escape(&name);
        let hidden = |side: usize| if player == side { "" } else { " display=\"none\"" };
        let (low, high) = (format!("{low:.2}"), format!("{high:.2}"));
        axes.push_str(&format!(
            "<g class=\"lx lx{player}\"{}><text class=\"small\" x=\"{LEFT:.0}\" y=\"{:.0}\">{low}</text><text class=\"strong middle\" x=\"{:.0}\" y=\"{:.0}\">{name} →</text>\
             <text class=\"small end\" x=\"{:.0}\" y=\"{:.0}\">{high}</text></g>\n",
            hidden(0),
            bottom + 32.0,
            LEFT + WIDE / 2.0,
            bottom + 50.0,
            LEFT + WIDE,
            bottom + 32.0,
        ));
        axes.push_str(&format!(
            "<g class=\"ly ly{player}\"{}><text class=\"small end\" x=\"{:.0}\" y=\"{:.0}\">{low}</text><text class=\"strong\" x=\"{:.0}\" y=\"16\">↑ {name}</text>\
             <text class=\"small end\" x=\"{:.0}\" y=\"{:.0}\">{high}</text></g>\n",
            hidden(1),
            LEFT - 20.0,
            bottom + 4.0,
            LEFT - 90.0,
            LEFT - 20.0,
            TOP + 4.0,
        ));
    }
    axes
}

fn listed(
    case: &Case,
    settlement: &Settlement,
    points: &[usize],
    best: Option<usize>,
    worth: &dyn Fn(usize, usize) -> Amount,
) -> RichTable {
    let names = settlement.players.iter().map(|player| words::actor_name(case, *player).to_owned());
    let rows = points.iter().map(|&point| {
        let package = plain::changes(case, &settlement.frontier[point].packages[0]).join("\n");
        let mark = if Some(point) == best { " (bargaining point)" } else { "" };
        let worths = (0..settlement.players.len()).map(|player| figures::worth(&worth(point, player)));
        Row::of(std::iter::once(format!("{package}{mark}")).chain(worths).map(super::part::Cell::plain).collect())
    });
    RichTable {
        header: std::iter::once("Package".to_owned()).chain(names).collect(),
        rows: rows.collect(),
        legend: None,
    }
}
