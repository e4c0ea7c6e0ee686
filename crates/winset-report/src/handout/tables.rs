//! Tables that say more than words: tracks, coverage in colours and letters, claims with bars.

use winset_brief::draws::words::{robustness_in_short, share};
use winset_brief::draws::{ClaimRobustness, Tuning};
use winset_brief::{Brief, ClaimResult, Status as Verdict, TableBrief, figures, words};
use winset_case::{Case, Status, TrackId};
use winset_settle::{Amount, Deals, Delivery, Shortfall};
use winset_worth::Valuation;

use super::anchor;
use super::evidence::cited;
use super::part::{Cell, Look, RichTable, Row, deal_mark, link};
use super::plain;
use crate::assembly::{Coverage, delivery};
use crate::claims::{control_note, what_decides};
use crate::large;

pub(crate) use winset_brief::words::is_nobodys as is_plain;

/// The name of a track with what is to be concluded there, as it stands above a table and in its rows.
pub(crate) fn table_heading(case: &Case, track: TrackId, deals: Deals) -> String {
    let body = &case.tracks[track.0];
    match (deals, body.concludes) {
        (Deals::Concluding, Some(framework)) => {
            format!("{}, to conclude {}", body.name, case.frameworks[framework.0].name)
        }
        _ => body.name.clone(),
    }
}

/// Every table: whether it has a deal, in how many draws, and who is in the way.
pub(crate) fn overview(brief: &Brief<'_>) -> RichTable {
    let case = brief.case;
    let tables = brief.tracks.iter().flat_map(|track| track.tables().map(|(deals, table)| (track.track, deals, table)));
    let rows = tables.map(|(track, deals, table)| {
        let body = &case.tracks[track.0];
        let (class, letter, word) = deal_mark(table.has_deal());
        let plain = table.blocked().is_some_and(is_plain);
        let (class, letter, word) = if plain { ("off", '–', "no new deal") } else { (class, letter, word) };
        let name = match deals {
            Deals::Mandate => {
                let status = match body.status {
                    Status::Open => "",
                    Status::Planned => " (planned)",
                    Status::Closed => " (closed)",
                };
                format!("{}{status}", body.name)
            }
            Deals::Concluding => table_heading(case, track, deals),
        };
        let asked = match deals {
            Deals::Mandate => body
                .mandate
                .as_ref()
                .map_or("anything on its agenda".to_owned(), |mandate| plain::condition(case, mandate)),
            Deals::Concluding => "the framework's benchmarks".to_owned(),
        };
        let seats = if deals == Deals::Mandate { words::rule(case, track) } else { "the same".to_owned() };
        let draws = brief.shares(track, deals).map_or_else(String::new, |shares| match shares.open.share() {
            Some(_) if shares.open.holds == 0 => "none".to_owned(),
            Some(_) if shares.open.fails == 0 => "all".to_owned(),
            share => share.map_or_else(String::new, figures::percent),
        });
        Row {
            anchor: None,
            about: Some(anchor::rests(case, track, deals)),
            cells: vec![
                Cell::plain(name),
                Cell::plain(seats),
                Cell::plain(asked),
                Cell { text: count_words(word, table), look: Look::Lettered(class, letter) },
                Cell::plain(draws),
                Cell::plain(who(case, track, table)),
            ],
        }
    });
    RichTable {
        header: ["Track", "Must say yes", "Asked to deliver", "Deals", "In draws", "Who is in the way"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
        legend: Some(
            "Deals: how many of the packages on the agenda all would accept who must, with the numbers as they stand. In draws: in what share of draws there is any. Planned tracks are \
             analysed as if they met. Short: how much more a deal would have to be worth to an actor before it says yes, where 1 is the difference between the worst and the best it can imagine.",
        ),
    }
}

fn count_words(word: &str, table: &TableBrief) -> String {
    match (&table.settlement, table.has_deal()) {
        (Ok(found), Some(true)) => {
            format!("{} of {}", words::number(found.acceptable_count), words::number(found.examined))
        }
        (Ok(found), Some(false)) if found.examined > 0 && word == "no deal" => {
            format!("none of {}", words::number(found.examined))
        }
        _ => word.to_owned(),
    }
}

/// Who is in the way, and by how much.
fn who(case: &Case, track: TrackId, table: &TableBrief) -> String {
    if let Some(found) = table.large() {
        return large::cells(case, found).1;
    }
    if let Some(refusal) = table.refusal() {
        return refusal.to_string();
    }
    let Some(blocked) = table.blocked() else { return String::new() };
    if is_plain(blocked) {
        return words::reason(case, track, blocked);
    }
    let applied = case.with_levers();
    let valuation = Valuation::new(&applied).ok();
    let parts = words::blockers(blocked).into_iter().map(|actor| {
        let name = words::actor_name(case, actor);
        match blocked.shortfalls.iter().find(|(judge, _)| *judge == actor) {
            Some((_, Shortfall::By { missing, .. })) => {
                let unit = valuation.as_ref().and_then(|all| all.actor(actor)).map_or(1, |worth| worth.unit);
                format!("{name} ({} short)", figures::worth(&Amount::of_units(*missing, unit)))
            }
            Some((_, Shortfall::NoPrice { .. })) => format!("{name} (at no price)"),
            _ => name.to_owned(),
        }
    });
    parts.collect::<Vec<_>>().join("\n")
}

/// Tracks down, benchmarks across.
pub(crate) fn coverage(case: &Case, matrix: &Coverage<'_>) -> RichTable {
    let header = std::iter::once("Track").chain(matrix.benchmarks.iter().copied()).map(str::to_owned);
    let rows = matrix.grouped(case).into_iter().map(|(names, cells)| {
        let cells = cells.iter().map(|cell| {
            let (class, letter) = delivery_mark(cell);
            Cell { text: delivery(case, cell), look: Look::Lettered(class, letter) }
        });
        Row::of(std::iter::once(Cell::plain(names.join(", "))).chain(cells).collect())
    });
    RichTable {
        header: header.collect(),
        rows: rows.collect(),
        legend: Some(
            "S stands today; N can be delivered now; A after deals elsewhere; R refused; M not within its mandate; C closed; – not on its agenda.",
        ),
    }
}

/// The class and the letter of a delivery.
pub(crate) fn delivery_mark(cell: &Delivery) -> (&'static str, char) {
    match cell {
        Delivery::Stands => ("stands", 'S'),
        Delivery::Now => ("now", 'N'),
        Delivery::After(_) => ("after", 'A'),
        Delivery::Closed => ("off", 'C'),
        Delivery::OffAgenda => ("off", '–'),
        Delivery::Mandate => ("refused", 'M'),
        Delivery::Refused(_) => ("refused", 'R'),
    }
}

/// In what share of draws each framework and each of its benchmarks can be reached; `None` without draws or frameworks.
pub(crate) fn reached(brief: &Brief<'_>) -> Option<RichTable> {
    let case = brief.case;
    let draws = brief.draws.as_ref()?;
    let mut rows = Vec::new();
    for shares in &draws.frameworks {
        let framework = &case.frameworks[shares.framework.0];
        let standing = framework.benchmarks.iter().filter(|benchmark| benchmark.on).zip(&shares.benchmarks);
        let named = standing.map(|(benchmark, found)| {
            let id = format!("benchmark:{}.{}", framework.id, benchmark.id);
            (format!("{}: {}", framework.name, link(&anchor::anchor(&id), &benchmark.id)), found)
        });
        for (name, found) in
            named.chain(std::iter::once((format!("{}: conclusion", framework.name), &shares.concluded)))
        {
            let Some(value) = found.share() else { continue };
            rows.push(Row {
                anchor: None,
                about: Some(anchor::RESTS.to_owned()),
                cells: vec![Cell::plain(name), Cell { text: share(found), look: Look::Bar(value) }],
            });
        }
    }
    (!rows.is_empty()).then(|| RichTable {
        header: ["What", "Some chain of deals leads there"].map(str::to_owned).to_vec(),
        rows,
        legend: Some("Asked of the first draws only: in each, everything that deals can lead to has to be walked."),
    })
}

/// Every claim with its control and its robustness.
pub(crate) fn claims(case: &Case, results: &[ClaimResult]) -> RichTable {
    let rows = results.iter().map(|result| {
        let claim = &case.claims[result.claim];
        let says = if result.status == Verdict::Holds {
            claim.says.clone()
        } else {
            format!("{}\nFound: {}", claim.says, figures::rounded(&result.findings.join(" ")))
        };
        let control = match control_note(result) {
            Some(note) => note,
            None => match result.control.as_ref().and_then(|control| control.breaks) {
                Some(true) if result.status == Verdict::Holds => "breaks it, as it should",
                Some(true) => "it fails as well",
                Some(false) => "it holds",
                None => "no control",
            },
        };
        let robust = result.robustness.as_ref();
        let status = match result.status {
            Verdict::Holds => Look::Lettered("now", '✓'),
            Verdict::Fails => Look::Lettered("refused", '✗'),
            Verdict::Undecided => Look::Lettered("off", '?'),
        };
        let anchor = anchor::claim(case, result.claim);
        Row {
            about: Some(anchor.clone()),
            anchor: Some(anchor),
            cells: vec![
                Cell::plain(claim.id.as_str()),
                Cell { text: result.status.word().to_owned(), look: status },
                Cell::plain(says),
                Cell {
                    text: robust.map_or_else(
                        || "not drawn".to_owned(),
                        |robust| robustness_in_short(robust, &|place| plain::number_words(case, place)),
                    ),
                    look: robust.and_then(|robust| robust.given.share()).map_or(Look::Plain, Look::Bar),
                },
                Cell::plain(control),
                Cell::small(cited(case, &claim.evidence)),
            ],
        }
    });
    RichTable {
        header: ["Claim", "Verdict", "What it says", "Robustness", "Under its control", "Rests on"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
        legend: Some(
            "A bar is the share of draws in which the claim holds. Structural: it holds in nearly all draws even where what is assumed may be anything; tuned: it hangs on what is assumed. \
             A control is a change under which the claim must fail, or it would be true whatever the case says.",
        ),
    }
}

/// The claims that do not hold, with what was found; `None` where all do.
pub(crate) fn not_held(case: &Case, results: &[ClaimResult]) -> Option<RichTable> {
    let rows = results.iter().filter(|result| result.status != Verdict::Holds).map(|result| {
        let claim = &case.claims[result.claim];
        let anchor = anchor::claim(case, result.claim);
        let look =
            if result.status == Verdict::Fails { Look::Lettered("refused", '✗') } else { Look::Lettered("off", '?') };
        Row {
            anchor: None,
            about: Some(anchor.clone()),
            cells: vec![
                Cell::plain(link(&anchor, &claim.id)),
                Cell { text: result.status.word().to_owned(), look },
                Cell::plain(claim.says.as_str()),
                Cell::plain(figures::rounded(&what_decides(result))),
            ],
        }
    });
    let rows: Vec<Row> = rows.collect();
    (!rows.is_empty()).then(|| RichTable {
        header: ["Claim", "Verdict", "What it says", "What decides it"].map(str::to_owned).to_vec(),
        rows,
        legend: None,
    })
}

/// On what the claims that hold hang, in a few sentences.
pub(crate) fn how_robust(results: &[ClaimResult]) -> String {
    let holding: Vec<&ClaimResult> = results.iter().filter(|result| result.status == Verdict::Holds).collect();
    let tuned = |word: Tuning| {
        let of = |result: &&&ClaimResult| result.robustness.as_ref().and_then(ClaimRobustness::tuning) == Some(word);
        words::number(holding.iter().filter(of).count() as u64)
    };
    let drawn = holding.iter().any(|result| result.robustness.as_ref().is_some_and(|robust| robust.tuning().is_some()));
    let uncontrolled = holding.iter().filter(|result| result.control.is_none()).count() as u64;
    let mut says = Vec::new();
    if drawn {
        says.push(format!(
            "Of those that hold, {} do so nearly whatever the numbers are that rest on assumption alone (structural), and {} hang on what was assumed (tuned).",
            tuned(Tuning::Structural),
            tuned(Tuning::Tuned)
        ));
    }
    if uncontrolled > 0 {
        says.push(format!("{} of them have no control that could break them.", words::number(uncontrolled)));
    }
    says.push("The annex has them one by one.".to_owned());
    says.join(" ")
}
