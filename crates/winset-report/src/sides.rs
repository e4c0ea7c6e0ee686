//! What a track's deals mean to those who do not sign them, for the terminal.

use winset_brief::{called, figures, words};
use winset_case::Case;
use winset_settle::{Amount, BargainingPoint, Imposed, Settlement, Solutions};

use crate::layout::Page;

/// The bargaining points with their names, one package each.
fn points(solutions: &Solutions) -> Vec<(&'static str, &BargainingPoint)> {
    let all = [
        ("Nash", solutions.nash.as_ref()),
        ("Kalai–Smorodinsky", Some(&solutions.kalai_smorodinsky)),
        ("egalitarian", Some(&solutions.egalitarian)),
        ("utilitarian", Some(&solutions.utilitarian)),
    ];
    all.into_iter().filter_map(|(name, solution)| Some((name, solution?.points.first()?))).collect()
}

/// Says the same thing once for all bargaining points it is true of.
fn grouped(solutions: &Solutions, what: impl Fn(&BargainingPoint) -> String) -> Vec<(String, String)> {
    let mut groups: Vec<(Vec<&str>, String)> = Vec::new();
    for (name, point) in points(solutions) {
        let text = what(point);
        match groups.iter_mut().find(|(_, other)| *other == text) {
            Some((names, _)) => names.push(name),
            None => groups.push((vec![name], text)),
        }
    }
    groups.into_iter().map(|(names, text)| (words::list(&names), text)).collect()
}

/// On whom a deal is imposed, in words.
fn on_whom(case: &Case, imposed: &[Imposed]) -> String {
    let describe = |imposed: &Imposed| {
        let loss = figures::worth(&Amount::of_units(imposed.loss, imposed.unit));
        format!("{} ({}, {loss} worse off)", called::actor(case, imposed.actor), imposed.part.word())
    };
    let parts: Vec<String> = imposed.iter().map(describe).collect();
    words::list(&parts)
}

/// What the brief says beside one bargaining point: on whom it is imposed, and whether it would be carried.
pub(crate) fn beside(page: &mut Page, case: &Case, name: &str, settlement: &Settlement, point: &BargainingPoint) {
    if !point.imposed.is_empty() {
        page.item("  - ", &format!("{name}: imposed on {}.", on_whom(case, &point.imposed)));
    }
    if let Some(durability) = &settlement.durability {
        let (signable, durable) = (settlement.acceptable_count, durability.durable_count);
        let behind = called::actors(case, durability.behind.iter().map(|behind| behind.actor));
        let text = format!(
            "{name}: of {} that can be signed {} would also be carried by {}.",
            words::counted(signable, "package"),
            words::number(durable),
            words::list(&behind)
        );
        page.item("  - ", &text);
    }
}

/// On whom the deals at the bargaining points are imposed.
pub(crate) fn imposed(page: &mut Page, case: &Case, solutions: &Solutions) {
    let groups = grouped(solutions, |point| on_whom(case, &point.imposed));
    for (names, text) in groups.into_iter().filter(|(_, text)| !text.is_empty()) {
        page.item("  - ", &format!("Imposed at the {names} point on {text}."));
    }
}

/// Whether what can be signed would be carried by those behind the seats.
pub(crate) fn durability(page: &mut Page, case: &Case, settlement: &Settlement, solutions: &Solutions) {
    let Some(durability) = &settlement.durability else { return };
    page.item(
        "  - ",
        &format!(
            "Signable: {}; durable, since those behind the seats would accept as well: {}.",
            words::number(settlement.acceptable_count),
            words::number(durability.durable_count)
        ),
    );
    for (index, behind) in durability.behind.iter().enumerate() {
        let shown = |margin: Option<i128>| match margin {
            None => "beyond price".to_owned(),
            Some(margin) if margin < 0 => format!("{} short", figures::worth(&Amount::of_units(-margin, behind.unit))),
            Some(margin) => format!("accepts by {}", figures::worth(&Amount::of_units(margin, behind.unit))),
        };
        let at: Vec<String> = grouped(solutions, |point| shown(point.behind[index]))
            .into_iter()
            .map(|(names, text)| format!("{text} at the {names} point"))
            .collect();
        let (margin, package) = &durability.best[index];
        let best = case.changes(package);
        let best = if best.is_empty() { "leaving everything as it is".to_owned() } else { best.join(", ") };
        page.item(
            "    ",
            &format!(
                "{}, {} of {}: {}; at best {} ({best}).",
                words::capital(called::actor(case, behind.actor)),
                behind.bond.word(),
                called::actor(case, behind.seat),
                at.join(", "),
                shown(*margin)
            ),
        );
    }
}
