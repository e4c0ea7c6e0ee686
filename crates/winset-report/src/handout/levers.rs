//! The lever sheet: whose each lever is, what it costs, what it changes by itself, and how strong it would have to be.

use winset_brief::{Brief, LeverAtTable, LeverLine, Strength, TableChange, called, figures, lever_sheet, words};
use winset_case::{Case, Decimal, Lever};
use winset_settle::Amount;

use super::anchor;
use super::evidence::cited;
use super::part::{Cell, RichTable, Row};
use super::plain;
use super::tables::table_heading;

/// Every lever that is not in use; `None` where there are none.
pub(crate) fn sheet(brief: &Brief<'_>) -> Option<RichTable> {
    let case = brief.case;
    let lines = lever_sheet(brief);
    if lines.is_empty() {
        return None;
    }
    let rows = lines.iter().map(|line| {
        let lever = &case.levers[line.lever.0];
        let available = if lever.available { "" } else { "\n(not available today)" };
        let owner = lever.owner.map_or("nobody named", |owner| words::actor_name(case, owner));
        Row {
            anchor: Some(anchor::lever(case, line.lever)),
            about: Some(anchor::lever(case, line.lever)),
            cells: vec![
                Cell::plain(format!("{}{available}", lever.name)),
                Cell::plain(format!("{owner}\n{}", cost(lever))),
                Cell::plain(does(case, lever)),
                Cell::plain(alone(brief, line)),
                Cell::plain(strengths(brief, line)),
                Cell::small(cited(case, &lever.evidence)),
            ],
        }
    });
    Some(RichTable {
        header: [
            "Lever",
            "Whose, and cost",
            "What it changes",
            "What it does by itself",
            "How strong it would have to be",
            "Rests on",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: rows.collect(),
        legend: Some(
            "By itself: used alone, with the numbers as they stand. How strong: the strength, as a multiple of what the case takes it to be, from which the lever alone would open the table; \
             100 times was the most tried. Costs compare levers with each other and have no unit.",
        ),
    })
}

fn cost(lever: &Lever) -> String {
    let (low, high) = lever.cost.distribution.range();
    let range = if low < high { format!(" ({low} to {high})") } else { String::new() };
    format!("cost {}{range}", lever.cost.value)
}

fn does(case: &Case, lever: &Lever) -> String {
    let edits: Vec<String> = lever.edits.iter().map(|edit| words::capital(&plain::edit(case, edit))).collect();
    if edits.is_empty() { "Acts where demands and bonuses name it".to_owned() } else { edits.join("\n") }
}

fn alone(brief: &Brief<'_>, line: &LeverLine) -> String {
    let case = brief.case;
    let says: Vec<String> = line
        .tables
        .iter()
        .filter_map(|at| {
            let name = table_heading(case, at.track, at.deals);
            Some(match at.change {
                TableChange::Opened => format!("opens {name}"),
                TableChange::Shut => format!("shuts {name}"),
                TableChange::Changed => format!("changes how many deals there are at {name}"),
                _ => format!("{name}: {}", nearer(brief, at)?),
            })
        })
        .collect();
    if says.is_empty() { "nothing".to_owned() } else { says.join("\n") }
}

/// Whom it brings nearer, or drives farther off; `None` if nobody.
fn nearer(brief: &Brief<'_>, at: &LeverAtTable) -> Option<String> {
    let moved: Vec<String> = at
        .shortfalls
        .iter()
        .map(|(actor, before, after)| {
            let shown = |worth: &winset_settle::BigRational| figures::worth(&Amount::from(worth.clone()));
            format!("{} {} short instead of {}", called::actor(brief.case, *actor), shown(after), shown(before))
        })
        .collect();
    (!moved.is_empty()).then(|| format!("still no deal; {}", moved.join(", ")))
}

fn strengths(brief: &Brief<'_>, line: &LeverLine) -> String {
    let case = brief.case;
    let now = &case.levers[line.lever.0].intensity;
    let says: Vec<String> = line
        .tables
        .iter()
        .filter_map(|at| {
            let name = table_heading(case, at.track, at.deals);
            match at.strength {
                Strength::NotNeeded => None,
                Strength::From(intensity) if intensity == now.value => Some(format!("{name}: as it is")),
                Strength::From(intensity) => {
                    let beyond = match () {
                        () if intensity < now.value => "",
                        () if intensity > now.distribution.range().1 => ", beyond its range",
                        () => ", within its range",
                    };
                    Some(format!("{name}: {}{beyond}", times(intensity, now.value)))
                }
                Strength::Never => Some(format!("{name}: at no strength")),
                Strength::NoSize => Some(format!("{name}: has no size, and does not open it")),
            }
        })
        .collect();
    says.join("\n")
}

/// A strength as a multiple of what it is, rounded to what can be said.
fn times(intensity: Decimal, now: Decimal) -> String {
    let times = intensity.to_f64() / now.to_f64();
    if times >= 10.0 { format!("{times:.0} times") } else { format!("{times:.1} times") }
}
