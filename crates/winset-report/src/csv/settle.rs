//! The tables of `winset settle` and `winset brief`.

use winset_brief::{Brief, TableBrief, TrackBrief, words};
use winset_case::{ActorId, Case};
use winset_settle::{Amount, Assembly, Deals, Delivery, Refusal, Shortfall};
use winset_worth::Valuation;

use super::case::claims_table;
use super::{Cell, Table, count, number, text};
use crate::json::deals_word;

/// The tables of `winset settle`: `tracks`, `points`, `blockers`, `shortfalls` or `coverage`.
pub fn settle(case: &Case, tracks: &[TrackBrief], assembly: Option<&Result<Assembly, Refusal>>) -> Vec<Table> {
    tables(case, tracks, assembly)
}

/// The tables of `winset brief`: those of `winset settle`, or `claims`.
pub fn brief(brief: &Brief<'_>) -> Vec<Table> {
    let mut all = tables(brief.case, &brief.tracks, brief.assembly.as_ref());
    all.push(claims_table(brief.case, &brief.claims));
    all
}

fn tables(case: &Case, tracks: &[TrackBrief], assembly: Option<&Result<Assembly, Refusal>>) -> Vec<Table> {
    let each: Vec<(&TrackBrief, Deals, &TableBrief)> =
        tracks.iter().flat_map(|track| track.tables().map(move |(deals, table)| (track, deals, table))).collect();
    vec![
        overview(case, &each),
        points(case, &each),
        blockers(case, &each),
        shortfalls(case, &each),
        coverage(case, assembly),
    ]
}

type Each<'b> = [(&'b TrackBrief, Deals, &'b TableBrief)];

/// Which table a row is about: its track, and which deals.
fn table_cells(case: &Case, track: &TrackBrief, deals: Deals) -> Vec<Cell> {
    let body = &case.tracks[track.track.0];
    vec![body.id.as_str().into(), body.name.as_str().into(), deals_word(deals).into()]
}

fn ids(case: &Case, actors: impl IntoIterator<Item = ActorId>) -> String {
    actors.into_iter().map(|actor| case.actors[actor.0].id.as_str()).collect::<Vec<_>>().join("; ")
}

fn overview(case: &Case, each: &Each<'_>) -> Table {
    let rows = each.iter().map(|(track, deals, table)| {
        let body = &case.tracks[track.track.0];
        let settlement = table.settlement.as_ref().ok();
        let blocked = table.blocked();
        let verdict = match table.has_deal() {
            Some(true) => "deal",
            Some(false) => "none",
            None => "not known",
        };
        let mut row = table_cells(case, track, *deals);
        row.extend([
            body.status.word().into(),
            body.rule.word().into(),
            ids(case, body.required()).into(),
            Cell::maybe(body.mandate.as_ref().map(|mandate| mandate.text.trim())),
            verdict.into(),
            Cell::count(settlement.map(|settlement| settlement.examined)),
            Cell::count(table.acceptable()),
            Cell::count(settlement.map(|settlement| settlement.frontier.len() as u64)),
            Cell::count(settlement.and_then(|settlement| Some(settlement.durability.as_ref()?.durable_count))),
            Cell::maybe(blocked.map(|blocked| blocked.cause.word())),
            Cell::maybe(blocked.map(|blocked| ids(case, words::blockers(blocked)))),
            Cell::maybe(table.refusal().map(ToString::to_string)),
        ]);
        row
    });
    Table {
        name: "tracks",
        columns: vec![
            text("track"),
            text("name"),
            text("deals"),
            text("status"),
            text("rule"),
            text("must_say_yes"),
            text("mandate"),
            text("verdict"),
            count("examined"),
            count("acceptable"),
            count("frontier"),
            count("durable"),
            text("cause"),
            text("who_blocks"),
            text("not_computed"),
        ],
        rows: rows.collect(),
    }
}

/// One row per bargaining point, package and player.
fn points(case: &Case, each: &Each<'_>) -> Table {
    let mut rows = Vec::new();
    for (track, deals, table) in each {
        let Ok(settlement) = &table.settlement else { continue };
        let Some(solutions) = &settlement.solutions else { continue };
        let all = [
            ("nash", solutions.nash.as_ref()),
            ("kalai-smorodinsky", Some(&solutions.kalai_smorodinsky)),
            ("egalitarian", Some(&solutions.egalitarian)),
            ("utilitarian", Some(&solutions.utilitarian)),
        ];
        for (name, solution) in all {
            for (number, point) in solution.iter().flat_map(|solution| &solution.points).enumerate() {
                for (position, player) in settlement.players.iter().enumerate() {
                    let mut row = table_cells(case, track, *deals);
                    row.extend([
                        name.into(),
                        Cell::Whole(number as u64 + 1),
                        case.changes(&point.package).join("; ").into(),
                        case.actors[player.0].id.as_str().into(),
                        Cell::amount(&Amount::from(point.terms.shares[position].clone())),
                        point.votes[position].word().into(),
                    ]);
                    rows.push(row);
                }
            }
        }
    }
    Table {
        name: "points",
        columns: vec![
            text("track"),
            text("name"),
            text("deals"),
            text("solution"),
            count("tie"),
            text("package"),
            text("player"),
            number("share_of_gain"),
            text("vote"),
        ],
        rows,
    }
}

/// One row per minimal blocking set and constraint in it.
fn blockers(case: &Case, each: &Each<'_>) -> Table {
    let mut rows = Vec::new();
    for (track, deals, table) in each {
        for (number, set) in table.blocked().iter().flat_map(|blocked| &blocked.blocking_sets).enumerate() {
            for constraint in &set.constraints {
                let mut row = table_cells(case, track, *deals);
                row.extend([
                    Cell::Whole(number as u64 + 1),
                    set.cause.word().into(),
                    constraint.id(case).into(),
                    words::constraint(case, *constraint).into(),
                ]);
                rows.push(row);
            }
        }
    }
    Table {
        name: "blockers",
        columns: vec![
            text("track"),
            text("name"),
            text("deals"),
            count("blocking_set"),
            text("cause"),
            text("constraint"),
            text("in_words"),
        ],
        rows,
    }
}

fn shortfalls(case: &Case, each: &Each<'_>) -> Table {
    let applied = case.with_levers();
    let valuation = Valuation::new(&applied).ok();
    let unit =
        |actor: ActorId| valuation.as_ref().and_then(|valuation| Some(valuation.actor(actor)?.unit)).unwrap_or(1);
    let mut rows = Vec::new();
    for (track, deals, table) in each {
        for (actor, shortfall) in table.blocked().iter().flat_map(|blocked| &blocked.shortfalls) {
            let (status, amount, package) = match shortfall {
                Shortfall::By { missing, package } => {
                    let amount = Cell::amount(&Amount::of_units(*missing, unit(*actor)));
                    ("short by", amount, Cell::from(case.changes(package).join("; ")))
                }
                Shortfall::NoPrice { .. } => ("beyond price", Cell::Empty, Cell::Empty),
                Shortfall::Undefined => ("not defined", Cell::Empty, Cell::Empty),
            };
            let mut row = table_cells(case, track, *deals);
            row.extend([case.actors[actor.0].id.as_str().into(), status.into(), amount, package]);
            rows.push(row);
        }
    }
    Table {
        name: "shortfalls",
        columns: vec![
            text("track"),
            text("name"),
            text("deals"),
            text("actor"),
            text("status"),
            number("amount"),
            text("nearest_package"),
        ],
        rows,
    }
}

fn coverage(case: &Case, assembly: Option<&Result<Assembly, Refusal>>) -> Table {
    let cells = assembly.and_then(|assembly| assembly.as_ref().ok()).map(|assembly| assembly.coverage.as_slice());
    let rows = cells.unwrap_or_default().iter().map(|cell| {
        let framework = &case.frameworks[cell.framework.0];
        let (word, by) = match &cell.delivery {
            Delivery::Stands => ("stands", Cell::Empty),
            Delivery::Now => ("now", Cell::Empty),
            Delivery::After(route) => ("after deals", Cell::from(words::route_words(case, route))),
            Delivery::Closed => ("no: closed", Cell::Empty),
            Delivery::OffAgenda => ("no: not on its agenda", Cell::Empty),
            Delivery::Mandate => ("no: its mandate", Cell::Empty),
            Delivery::Refused(actors) => ("no: refused", Cell::from(ids(case, actors.iter().copied()))),
        };
        vec![
            framework.id.as_str().into(),
            framework.benchmarks[cell.benchmark.0].id.as_str().into(),
            case.tracks[cell.track.0].id.as_str().into(),
            word.into(),
            by,
        ]
    });
    Table {
        name: "coverage",
        columns: vec![text("framework"), text("benchmark"), text("track"), text("delivery"), text("after_or_by")],
        rows: rows.collect(),
    }
}
