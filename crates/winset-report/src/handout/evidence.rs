//! What answers rest on: every number and every demand with its evidence, every source with what is taken from where in it, and who judges where.

use std::collections::BTreeMap;

use winset_brief::draws::{EnsembleResult, Influential};
use winset_brief::figures::percent;
use winset_brief::words::{capital, counted};
use winset_brief::{Brief, NumberPlace, called, numbers};
use winset_case::{ActorId, Case, Evidence, TieKind, TrackId};
use winset_settle::{Constraint, Deals};

use super::anchor;
use super::links;
use super::part::{Cell, Part, Point, RichTable, Row, link};
use super::plain::{self, demand};
use super::prose;
use super::tables::table_heading;
use crate::evidence::basis;

/// The sources of something with their places, each linked; and what it rests on otherwise.
pub(crate) fn cited(case: &Case, evidence: &Evidence) -> String {
    let mut cited: Vec<String> = Vec::new();
    for citation in &evidence.sources {
        let source = citation.source;
        let id = link(&anchor::source(case, source), &case.sources[source.0].id);
        let places: Vec<String> = anchor::places(citation)
            .into_iter()
            .map(|place| link(&anchor::place(case, source, place), place))
            .collect();
        cited.push(format!("{id} {}", places.join(" ")).trim_end().to_owned());
    }
    let cited = if cited.is_empty() { "no source".to_owned() } else { cited.join("\n") };
    format!("{}: {cited}", basis(evidence))
}

/// Numbers printed, the most influential first.
const PRINTED: usize = 25;

/// Every number of the case, those that matter most first.
pub(crate) fn every_number(brief: &Brief<'_>) -> Vec<Part> {
    let mut parts = vec![Part::Section("annex", "Annex: every number, by influence".to_owned())];
    if let Some(influence) = influence(brief) {
        parts.push(prose(|page| {
            page.paragraph(
                2,
                "These move verdicts over their ranges by more than chance would, the most influential first. Where one rests on assumption, evidence for it is worth most.",
            );
        }));
        parts.push(Part::LongTable(influence, PRINTED));
        parts.push(prose(|page| {
            page.paragraph(2, "The others, those first that have a range and rest on assumption:");
        }));
    }
    let printed = if brief.draws.is_some() { 0 } else { PRINTED };
    parts.push(Part::LongTable(other_numbers(brief), printed));
    parts
}

/// The numbers that move verdicts over their ranges, the most influential first; `None` where none was found to.
pub(crate) fn influence(brief: &Brief<'_>) -> Option<RichTable> {
    let case = brief.case;
    let ranking = brief.draws.as_ref().map_or(&[][..], |draws| &draws.ranking);
    let rows = ranking.iter().map(|influential| {
        let more = match influential.moved {
            0 | 1 => String::new(),
            count => format!("; moves {} in all", counted(count as u64, "verdict")),
        };
        let (low, high) = influential.shares;
        let moves = format!(
            "{} {} of draws when it is low, {} when it is high{more}",
            influential.verdict,
            percent(low),
            percent(high)
        );
        let mut row = number(case, influential.place);
        row.cells.push(Cell::plain(moves));
        row
    });
    let rows: Vec<Row> = rows.collect();
    (!rows.is_empty()).then(|| RichTable {
        header: ["Number", "Value", "Range", "Rests on", "What it moves"].map(str::to_owned).to_vec(),
        rows,
        legend: None,
    })
}

/// The few numbers that matter most, each in words with what it rests on.
pub(crate) fn matters(brief: &Brief<'_>, draws: &EnsembleResult) -> Vec<Point> {
    let case = brief.case;
    let point = |influential: &Influential| {
        let quantity = influential.place.of(case);
        let (low, high) = quantity.distribution.range();
        let (share_low, share_high) = influential.shares;
        // A claim is named with a link to it.
        let verdict = match influential.verdict.strip_prefix("claim ").and_then(|rest| rest.strip_suffix(" holds in")) {
            Some(id) => format!("Claim {} holds in", link(&anchor::anchor(&format!("claim:{id}")), id)),
            None => capital(&influential.verdict),
        };
        let others = match influential.moved {
            0 | 1 => String::new(),
            moved => format!(" It moves {} more.", counted(moved as u64 - 1, "verdict")),
        };
        Point {
            mark: Some(if quantity.evidence.is_assumption() {
                ("refused", '!', "assumed")
            } else {
                ("after", '~', basis(&quantity.evidence))
            }),
            text: format!(
                "{}: {}, from {low} to {high}. {verdict} {} of the draws in which it is low, and {} of those in which it is high.{others} Basis: {}.",
                plain::capital(&plain::number_words(case, influential.place)),
                quantity.value,
                percent(share_low),
                percent(share_high),
                cited(case, &quantity.evidence).replace('\n', ", ")
            ),
            about: Some(anchor::number(case, influential.place)),
        }
    };
    draws.influential.iter().map(point).collect()
}

/// Every other number of the case: those first that have a range and rest on assumption.
pub(crate) fn other_numbers(brief: &Brief<'_>) -> RichTable {
    let case = brief.case;
    let ranking = brief.draws.as_ref().map_or(&[][..], |draws| &draws.ranking);
    let mut places: Vec<NumberPlace> = numbers(case);
    places.retain(|place| !ranking.iter().any(|influential| influential.place == *place));
    places.sort_by_key(|&place| {
        let quantity = place.of(case);
        let (low, high) = quantity.distribution.range();
        (low == high, !quantity.evidence.is_assumption())
    });
    RichTable {
        header: ["Number", "Value", "Range", "Rests on"].map(str::to_owned).to_vec(),
        rows: places.into_iter().map(|place| number(case, place)).collect(),
        legend: None,
    }
}

/// A number with its value, its range and what it rests on.
fn number(case: &Case, place: NumberPlace) -> Row {
    let quantity = place.of(case);
    let (low, high) = quantity.distribution.range();
    let range = if low < high { format!("{low} to {high}") } else { "a point".to_owned() };
    Row {
        anchor: Some(anchor::number(case, place)),
        about: None,
        cells: vec![
            Cell::plain(place.path(case)),
            Cell::plain(quantity.value.to_string()),
            Cell::plain(range),
            Cell::plain(cited(case, &quantity.evidence).replace('\n', ", ")),
        ],
    }
}

/// Every actor with what it weighs and its fallback, and what they rest on.
pub(crate) fn actors(brief: &Brief<'_>) -> RichTable {
    let case = brief.case;
    let mut owned: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for place in numbers(case) {
        owned.entry(place.owner(case)).or_default().push(link(&anchor::number(case, place), &place.key(case)));
    }
    let rows = case.actors.iter().enumerate().flat_map(|(index, actor)| {
        let id = ActorId(index);
        let keys = owned.remove(&format!("actor.{}", actor.id)).unwrap_or_default().join(", ");
        let principal = actor.principal.map(|principal| {
            format!("Speaks for {}. ", link(&anchor::actor(case, principal), called::actor(case, principal)))
        });
        let weighs = match (keys.is_empty(), actor.principal.is_some()) {
            (false, _) => format!("Its numbers: {keys}"),
            (true, true) => "Judges as whom it speaks for".to_owned(),
            (true, false) => "Judges nothing".to_owned(),
        };
        let weighs = said(
            case,
            anchor::actor(case, id),
            actor.name.clone(),
            format!("{}{weighs}", principal.unwrap_or_default()),
            &actor.evidence,
        );
        let fallback = actor.fallback.as_ref().map(|_| {
            let (constraint, first) = (Constraint::Fallback(id), NumberPlace::Fallback(id, 0));
            let number = link(&anchor::number(case, first), &first.path(case));
            let says = format!("{}: {number}", capital(&demand(case, constraint)));
            let name = constraint.id(case);
            said(case, anchor::anchor(&name), name, says, &first.of(case).evidence)
        });
        std::iter::once(weighs).chain(fallback)
    });
    RichTable {
        header: ["Actor, and its fallback", "What it weighs", "Rests on"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        legend: None,
    }
}

fn said(case: &Case, anchor: String, name: String, says: String, evidence: &Evidence) -> Row {
    let cells = vec![Cell::small(name), Cell::plain(says), Cell::small(cited(case, evidence))];
    Row { anchor: Some(anchor), about: None, cells }
}

/// Every demand, tie, mandate and benchmark, each with what it rests on.
pub(crate) fn demands(brief: &Brief<'_>) -> RichTable {
    let case = brief.case;
    let mut rows = Vec::new();
    let mut add = |anchor: String, name: String, says: String, evidence: &Evidence| {
        rows.push(said(case, anchor, name, says, evidence));
    };
    for (index, actor) in case.actors.iter().enumerate() {
        let id = ActorId(index);
        for (line, body) in actor.red_lines.iter().enumerate() {
            let constraint = Constraint::RedLine(id, winset_case::RedLineId(line));
            let off = if body.on { "" } else { " (dropped)" };
            add(
                anchor::anchor(&constraint.id(case)),
                constraint.id(case),
                format!("{}{off}", capital(&demand(case, constraint))),
                &body.evidence,
            );
        }
        for linkage in &actor.linkages {
            let path = format!("actor.{}.linkage.{}", actor.id, linkage.id);
            let bonus = link(&anchor::anchor(&format!("{path}.bonus")), &linkage.bonus.value.to_string());
            let says = format!(
                "{} counts {bonus} for it if {}",
                capital(&actor.in_sentence),
                plain::condition(case, &linkage.when)
            );
            add(anchor::anchor(&path), path.clone(), says, &linkage.evidence);
        }
    }
    for tie in &case.ties {
        let path = format!("tie.{}", tie.id);
        let (from, to) = (capital(called::actor(case, tie.from)), called::actor(case, tie.to));
        let says = match &tie.kind {
            TieKind::Patron(leverage) => {
                let number = link(&anchor::anchor(&format!("{path}.leverage")), &leverage.value.to_string());
                format!("{from} can lower what {to} demands by {number}")
            }
            TieKind::NonRecognition => format!("{from} will not sit with {to}"),
            TieKind::Constituency(_) => format!("{from} must carry {to} along"),
        };
        add(anchor::anchor(&path), path.clone(), says, &tie.evidence);
    }
    for constraint in links::constraints(case) {
        let evidence = match constraint {
            Constraint::Mandate(track, _) => &case.tracks[track.0].evidence,
            Constraint::Benchmark(framework, benchmark) => {
                let framework = &case.frameworks[framework.0];
                let own = &framework.benchmarks[benchmark.0].evidence;
                if *own == Evidence::default() { &framework.evidence } else { own }
            }
            _ => continue,
        };
        let id = constraint.id(case);
        add(anchor::anchor(&id), id.clone(), capital(&demand(case, constraint)), evidence);
    }
    for define in &case.defines {
        let id = format!("define:{}", define.id);
        let cells = vec![
            Cell::small(id.clone()),
            Cell::plain(format!(
                "“{}” means that {}",
                define.id.replace('-', " "),
                plain::condition(case, &define.condition)
            )),
            Cell::small("a definition"),
        ];
        rows.push(Row { anchor: Some(anchor::anchor(&id)), about: None, cells });
    }
    RichTable { header: ["What", "It says", "Rests on"].map(str::to_owned).to_vec(), rows, legend: None }
}

/// Per table, what its answer rests on: who judges there, under which mandate, with which patrons behind them.
pub(crate) fn rests(brief: &Brief<'_>) -> RichTable {
    let case = brief.case;
    let rows = links::rests(case).into_iter().map(|(track, deals)| {
        let judges = judges(case, track);
        let actors: Vec<String> =
            judges.iter().map(|actor| link(&anchor::actor(case, *actor), &case.actors[actor.0].name)).collect();
        let mut demands: Vec<String> = Vec::new();
        let of_table = |constraint: &Constraint| match *constraint {
            Constraint::Fallback(actor) | Constraint::RedLine(actor, _) => {
                judges.contains(&actor) && case.actors[actor.0].fallback.is_some()
            }
            Constraint::Mandate(at, _) => at == track && deals == Deals::Mandate,
            Constraint::Benchmark(framework, _) => {
                deals == Deals::Concluding && case.tracks[track.0].concludes == Some(framework)
            }
        };
        demands.extend(links::constraints(case).into_iter().filter(of_table).map(|constraint| {
            let id = constraint.id(case);
            link(&anchor::anchor(&id), &id)
        }));
        let ties = case.ties.iter().filter(|tie| judges.contains(&tie.to) && tie.leverage().is_some());
        demands.extend(ties.map(|tie| {
            let path = format!("tie.{}", tie.id);
            link(&anchor::anchor(&path), &path)
        }));
        Row {
            anchor: Some(anchor::rests(case, track, deals)),
            about: None,
            cells: vec![
                Cell::plain(table_heading(case, track, deals)),
                Cell::plain(actors.join(", ")),
                Cell::small(demands.join(", ")),
            ],
        }
    });
    RichTable {
        header: ["Answer about", "Whose judgement, with all they weigh", "Demands and ties"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
        legend: None,
    }
}

/// Who judges at a track: the seats its rule asks, and whom they speak for.
fn judges(case: &Case, track: TrackId) -> Vec<ActorId> {
    let mut judges: Vec<ActorId> = case.tracks[track.0].required().collect();
    let mut next = 0;
    while let Some(&actor) = judges.get(next) {
        judges.extend(case.actors[actor.0].principal.filter(|principal| !judges.contains(principal)));
        next += 1;
    }
    judges
}
