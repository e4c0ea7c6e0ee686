//! Tables without a deal: who blocks, by how much, for what reason, and what would flip each.

use winset_brief::plain::given_up;
use winset_brief::{Brief, TableBrief, called, figures, words};
use winset_case::{ActorId, TrackId};
use winset_settle::{Amount, Blocked, BlockingSet, Constraint, Deals, Settlement, Shortfall};
use winset_worth::Valuation;

use super::anchor;
use super::part::{Cell, Part, Point, RichTable, Row, link};
use super::plain;
use super::prose;
use super::tables::{is_plain, table_heading};
use crate::settle::in_full_table;

/// Blocking sets and corrections listed per table; the rest is counted.
const LISTED: usize = 6;

/// Every table without a deal of the tracks wanted: those with a plain reason in one list, the others in full.
pub(crate) fn blocked_tables(brief: &Brief<'_>, wanted: &dyn Fn(TrackId) -> bool) -> Vec<Part> {
    let case = brief.case;
    let (mut plain, mut full) = (Vec::new(), Vec::new());
    for track in brief.tracks.iter().filter(|track| wanted(track.track)) {
        for (deals, table) in track.tables() {
            let name = table_heading(case, track.track, deals);
            if table.large.is_some() || table.refusal().is_some() {
                full.push(prose(|page| in_full_table(page, case, table, &name)).about(anchor::rests(
                    case,
                    track.track,
                    deals,
                )));
                continue;
            }
            let (Ok(settlement), Some(blocked)) = (&table.settlement, table.blocked()) else { continue };
            if is_plain(blocked) {
                plain.push(Point {
                    mark: Some(("off", '–', "no new deal")),
                    text: format!("{name}: {}.", words::reason(case, track.track, blocked)),
                    about: Some(anchor::rests(case, track.track, deals)),
                });
            } else {
                full.extend(in_full(brief, table, settlement, blocked, &name));
            }
        }
    }
    full.extend(red_lines(brief, wanted));
    if !plain.is_empty() {
        full.push(Part::Heading(None, "Nothing new to be agreed".to_owned()));
        full.push(Part::Points(plain));
    }
    full
}

fn in_full(brief: &Brief<'_>, table: &TableBrief, settlement: &Settlement, blocked: &Blocked, name: &str) -> Vec<Part> {
    let case = brief.case;
    let about = anchor::rests(case, settlement.track, settlement.deals);
    let mut parts = vec![Part::Heading(None, name.to_owned())];
    let opening = format!(
        "No deal among {}: {}.",
        words::counted(settlement.examined, "package"),
        words::reason(case, settlement.track, blocked)
    );
    parts.push(
        prose(|page| {
            page.paragraph(2, &opening);
            page.paragraph(2, "Each of these rules a deal out by itself:");
            for (number, set) in blocked.blocking_sets.iter().take(LISTED).enumerate() {
                let text = plain::capital(&plain::demand_names(case, &set.constraints));
                page.item(&format!("  {}. ", number + 1), &format!("{text}."));
            }
            if blocked.blocking_sets.len() > LISTED {
                page.note(
                    2,
                    &format!("And {} more: `winset settle` lists them.", blocked.blocking_sets.len() - LISTED),
                );
            }
        })
        .about(about.clone()),
    );
    parts.push(Part::Table(flips(brief, table, settlement, blocked)));
    parts.push(
        prose(|page| {
            page.paragraph(2, "What would have to give, any one of these in full:");
            for set in blocked.corrections.iter().take(LISTED) {
                page.item("  - ", &format!("{}.", words::capital(&given_up(case, set))));
            }
            if blocked.corrections.len() > LISTED {
                page.note(2, &format!("And {} more.", blocked.corrections.len() - LISTED));
            }
            let pivotal = called::actors(case, blocked.pivotal.iter().copied());
            page.paragraph(
                2,
                &match pivotal.as_slice() {
                    [] => "No seat is the only one in the way: without any one of them there would still be no deal."
                        .to_owned(),
                    [only] => format!("Without {only} at the table there would be a deal."),
                    names => {
                        format!("Without any one of these at the table there would be a deal: {}.", words::list(names))
                    }
                },
            );
            let shares = brief.shares(settlement.track, settlement.deals);
            if let Some(shares) = shares {
                page.paragraph(
                    2,
                    &match &shares.threshold {
                        Some(threshold) => {
                            format!("What would open it first, by itself: {}.", plain::threshold(case, threshold))
                        }
                        None => "No single number of the case opens it anywhere within its range.".to_owned(),
                    },
                );
            }
        })
        .about(about),
    );
    parts
}

/// What the red lines refuse that stand in some blocking set of the tracks wanted.
fn red_lines(brief: &Brief<'_>, wanted: &dyn Fn(TrackId) -> bool) -> Vec<Part> {
    let tracks = brief.tracks.iter().filter(|track| wanted(track.track));
    let tables = tracks.flat_map(winset_brief::TrackBrief::tables).filter(|(_, table)| table.large.is_none());
    let sets =
        tables.filter_map(|(_, table)| table.blocked()).flat_map(|blocked| blocked.blocking_sets.iter().take(LISTED));
    let mut lines: Vec<Constraint> =
        sets.flat_map(|set| &set.constraints).copied().filter(|of| matches!(of, Constraint::RedLine(..))).collect();
    lines.sort_unstable();
    lines.dedup();
    if lines.is_empty() {
        return Vec::new();
    }
    let rows = lines.into_iter().map(|line| {
        let id = line.id(brief.case);
        Row {
            anchor: None,
            about: Some(anchor::anchor(&id)),
            cells: vec![
                Cell::plain(plain::capital(&plain::demand_name(brief.case, line))),
                Cell::plain(words::capital(&plain::demand(brief.case, line))),
            ],
        }
    });
    vec![
        Part::Heading(None, "The red lines named".to_owned()),
        Part::Table(RichTable {
            header: ["Red line", "What it refuses"].map(str::to_owned).to_vec(),
            rows: rows.collect(),
            legend: None,
        }),
    ]
}

/// Per blocker: what it demands, how far off it is, and what would flip it.
fn flips(brief: &Brief<'_>, table: &TableBrief, settlement: &Settlement, blocked: &Blocked) -> RichTable {
    let case = brief.case;
    let applied = case.with_levers();
    let valuation = Valuation::new(&applied).ok();
    let unit = |actor: ActorId| valuation.as_ref().and_then(|all| all.actor(actor)).map_or(1, |worth| worth.unit);
    let rows = words::blockers(blocked).into_iter().map(|actor| {
        let own = |set: &BlockingSet| set.constraints.iter().copied().filter(|of| of.actor() == Some(actor)).collect();
        let mut demands: Vec<Constraint> = blocked.blocking_sets.iter().flat_map::<Vec<_>, _>(own).collect();
        demands.sort_unstable();
        demands.dedup();
        let shortfall = blocked.shortfalls.iter().find(|(judge, _)| *judge == actor).map(|(_, shortfall)| shortfall);
        let (far, flip) = match shortfall {
            Some(Shortfall::By { missing, package }) => {
                let amount = Amount::of_units(*missing, unit(actor));
                let short = figures::worth(&amount);
                let nearest = plain::changes(case, package).join("; ");
                (
                    Cell {
                        text: format!("{short} short, at its nearest package the others accept: {nearest}"),
                        look: super::part::Look::Bar(amount.to_f64().unwrap_or(0.0)),
                    },
                    format!(
                        "That package worth {short} more to it, or going without an agreement worth {short} less, or that much more pressure by a patron."
                    ),
                )
            }
            Some(Shortfall::NoPrice { .. }) => (
                Cell::plain("beyond price: whatever the others accept breaks a red line of its that nothing moves"),
                "Only giving up that red line.".to_owned(),
            ),
            _ => (
                Cell::plain("cannot be said of it alone: the others accept nothing either"),
                "Nothing it could do by itself.".to_owned(),
            ),
        };
        let flip = match nearest_by_levers(brief, table, actor) {
            Some(levers) => format!("{flip}\n{levers}"),
            None => flip,
        };
        Row {
            anchor: None,
            about: Some(anchor::rests(case, settlement.track, settlement.deals)),
            cells: vec![
                Cell::plain(link(&anchor::actor(case, actor), words::actor_name(case, actor))),
                Cell::plain(plain::capital(&plain::demand_names(case, &demands))),
                far,
                Cell::plain(flip),
            ],
        }
    });
    RichTable {
        header: ["Who blocks", "By which demand", "How far off", "What would flip it"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        legend: None,
    }
}

/// How near the best combination of levers brings an actor.
fn nearest_by_levers(brief: &Brief<'_>, table: &TableBrief, actor: ActorId) -> Option<String> {
    let Some(Ok(unlock)) = &table.unlock else { return None };
    let case = brief.case;
    if let Some((levers, _)) = &unlock.cheapest {
        let names: Vec<String> =
            levers.iter().map(|lever| link(&anchor::lever(case, *lever), &case.levers[lever.0].name)).collect();
        return Some(format!("Levers that open the table: {}.", words::list(&names)));
    }
    let miss = unlock.near_misses.iter().find(|miss| miss.actor == actor)?;
    let names: Vec<String> =
        miss.levers.iter().map(|lever| link(&anchor::lever(case, *lever), &case.levers[lever.0].name)).collect();
    let still = figures::worth(&Amount::of_units(miss.missing, miss.unit));
    Some(match names.len() {
        0 => "No lever brings it nearer.".to_owned(),
        1..=4 => format!("Levers bring it to {still} short at best ({}).", words::list(&names)),
        more => format!("Levers bring it to {still} short at best, all {more} of those that press it together."),
    })
}

/// Which levers open each table without a deal, or the proof that none does.
pub(crate) fn unlocks(brief: &Brief<'_>) -> Vec<Point> {
    let case = brief.case;
    let mut points = Vec::new();
    let tables = brief.tracks.iter().flat_map(|track| track.tables().map(|(deals, table)| (track.track, deals, table)));
    for (track, deals, table) in tables {
        let Some(unlock) = &table.unlock else { continue };
        let plain = table.blocked().is_some_and(is_plain);
        let unlock = match unlock {
            // There no lever is asked for: it does not meet, or nothing it could decide is new.
            Ok(unlock) if unlock.minimal.is_empty() && plain => continue,
            Ok(unlock) => unlock,
            Err(refusal) => {
                let text = format!("{}: not computed, since {refusal}.", table_heading(case, track, deals));
                points.push(Point { mark: Some(("off", '?', "not known")), text, about: None });
                continue;
            }
        };
        points.push(unlock_point(brief, track, deals, unlock));
    }
    points
}

fn unlock_point(brief: &Brief<'_>, track: TrackId, deals: Deals, unlock: &winset_settle::Unlock) -> Point {
    let case = brief.case;
    let name = table_heading(case, track, deals);
    let opened = brief.shares(track, deals).and_then(|shares| shares.opened_by_levers.as_ref());
    let opened = opened.map_or_else(String::new, |share| match share.holds {
        0 => format!(", {}", winset_brief::draws::words::share(share).replacen("in none of", "nor in any of", 1)),
        _ => format!(
            " with the numbers as they stand; over their ranges some combination does {}",
            winset_brief::draws::words::share(share)
        ),
    });
    let (mark, text) = match &unlock.cheapest {
        Some((levers, cost)) => {
            let names: Vec<String> =
                levers.iter().map(|lever| link(&anchor::lever(case, *lever), &case.levers[lever.0].name)).collect();
            let others = match unlock.minimal.len() {
                1 => "; no other combination does without more".to_owned(),
                sets => format!("; {sets} combinations do, none of which can leave a lever out"),
            };
            (("now", '✓', "opens"), format!("{name}: {} would open it (cost {cost}){others}.", words::list(&names)))
        }
        None if unlock.relevant.is_empty() => (("off", '–', "no lever"), format!("{name}: no lever touches it.")),
        None => (
            ("refused", '✗', "none opens"),
            format!(
                "{name}: none of {} of the {} that touch it opens it{opened}.",
                words::counted(unlock.combinations, "combination"),
                words::counted(unlock.relevant.len() as u64, "lever")
            ),
        ),
    };
    Point { mark: Some(mark), text, about: Some(anchor::rests(case, track, deals)) }
}
