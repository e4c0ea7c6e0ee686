//! The brief for the terminal: what an analyst reads first.

use winset_brief::draws::EnsembleResult;
use winset_brief::figures::percent;
use winset_brief::plain::{self, demand_names, given_up};
use winset_brief::{BargainingPointOf, Brief, called, words};
use winset_case::edit::Change;
use winset_case::{Rule, Status};
use winset_settle::{BigRational, Constraint, Deals, Vote};
use winset_simulate::Fate;

use crate::claims::summary;
use crate::large;
use crate::layout::Page;
use crate::settle::{SHORT, across, cells};
use crate::sides;
use crate::stays_put::stays_put;

/// Tables without a deal whose reasons are written out; `winset settle` has all of them.
const BLOCKED: usize = 4;
/// Sets of demands listed per table.
const SETS: usize = 3;
/// With more claims than this, those that hold are counted and named, and `winset claims` has what they say.
const CLAIMS: usize = 12;

/// The whole brief.
pub fn brief(brief: &Brief<'_>, width: usize) -> String {
    let case = brief.case;
    let mut page = Page::new(width);
    page.heading(&format!("{} — as of {}", case.title, case.as_of));
    head(&mut page, brief);

    page.heading("VERDICT");
    for point in winset_brief::verdict_points(brief) {
        page.item("  - ", &point.text);
    }

    page.heading("TRACKS");
    tracks(&mut page, brief);
    match &brief.assembly {
        Some(Ok(assembly)) => {
            crate::assembly::assembly(&mut page, case, assembly, &crate::handout::main_frameworks(case));
        }
        refused => across(&mut page, case, refused.as_ref()),
    }
    blocked_tables(&mut page, brief);

    page.heading("ON WHOSE TERMS");
    terms(&mut page, brief);

    stays_put(&mut page, brief);

    page.heading("HOW IT MAY UNFOLD");
    over_time(&mut page, brief);

    if !brief.claims.is_empty() {
        page.heading("CLAIMS");
        summary(&mut page, case, &brief.claims, CLAIMS);
    }

    if let Some(draws) = &brief.draws {
        page.heading("WHAT MATTERS MOST");
        matters(&mut page, brief, draws);
    }

    page.heading("WHAT THIS RESTS ON");
    evidence(&mut page, brief);
    limits(&mut page);
    page.finish()
}

/// Every table in a line or two: how many must say yes, how many packages all of them would accept, in how many draws there is one, and who is in the way.
fn tracks(page: &mut Page, brief: &Brief<'_>) {
    let case = brief.case;
    let mut rows = Vec::new();
    for track in &brief.tracks {
        let body = &case.tracks[track.track.0];
        for (deals, table) in track.tables() {
            let status = match body.status {
                Status::Open => "",
                Status::Planned => " (planned)",
                Status::Closed => " (closed)",
            };
            let name = match (deals, body.concludes) {
                (Deals::Concluding, Some(framework)) => format!("  to conclude {}", case.frameworks[framework.0].name),
                _ => format!("{}{status}", body.name),
            };
            let seats = match (deals, body.rule) {
                (Deals::Concluding, _) => "the same".to_owned(),
                (_, Rule::Consensus | Rule::PartiesOnly) => match body.required().count() {
                    0 | 1 => words::rule(case, track.track),
                    2 => "both seats".to_owned(),
                    count => format!("all {count} seats"),
                },
                // Who they are stands in `winset settle`.
                _ => match words::rule(case, track.track) {
                    rule if rule.chars().count() > 48 => rule.split(": ").next().unwrap_or_default().to_owned(),
                    rule => rule,
                },
            };
            let (found, who) = cells(case, table);
            let draws = brief.shares(track.track, deals);
            let draws = draws.map_or_else(String::new, |shares| match shares.open.share() {
                Some(_) if shares.open.holds == 0 => "none".to_owned(),
                Some(_) if shares.open.fails == 0 => "all".to_owned(),
                share => share.map_or_else(String::new, percent),
            });
            rows.push(vec![name, seats, found, draws, who]);
        }
    }
    let short = rows.iter().any(|row| row[4].contains(" short)"));
    page.figures(&["Track", "Must say yes", "Deals", "In draws", "Who blocks, and by how much"], rows);
    if short {
        page.note(2, SHORT);
    }
    page.note(2, "Deals: packages all accept who must, of those on the agenda. In draws: in what share there is any.");
}

/// What the case is about, and what was changed in it before the question was asked.
pub(crate) fn head(page: &mut Page, brief: &Brief<'_>) {
    let case = brief.case;
    if let Some(summary) = &case.summary {
        page.paragraph(0, summary);
    }
    if let Some(reading) = case.reading_in_force() {
        page.paragraph(0, &format!("Read as: {}.", reading.name));
    }
    let levers: Vec<&str> = case.levers.iter().filter(|lever| lever.on).map(|lever| lever.name.as_str()).collect();
    if !levers.is_empty() {
        page.paragraph(0, &format!("With these levers in use: {}.", words::list(&levers)));
    }
    let edits: Vec<String> = case
        .applied
        .iter()
        .filter(|edit| !matches!(edit.change, Change::Lever(..) | Change::Under(_)))
        .map(|edit| format!("`{}`", edit.text.trim()))
        .collect();
    if !edits.is_empty() {
        page.paragraph(0, &format!("Changed before it was asked: {}.", words::list(&edits)));
    }
    if case.strict_recognition {
        page.paragraph(0, "A track meets only if nobody there refuses to sit with another.");
    }
}

/// Why the tables have no deal that could conclude a framework (or, without such, any that meet), and what would have to give.
fn blocked_tables(page: &mut Page, brief: &Brief<'_>) {
    let case = brief.case;
    let main = crate::handout::main_tracks(case);
    let tables = brief.tracks.iter().filter(|track| main.contains(&track.track));
    let tables = tables.flat_map(|track| track.tables().map(|(deals, table)| (track.track, deals, table)));
    let blocked: Vec<_> = tables
        .filter_map(|(track, deals, table)| {
            Some((track, deals, table, table.blocked().filter(|of| !words::is_nobodys(of))?))
        })
        .collect();
    if blocked.is_empty() {
        return;
    }
    page.heading("WHAT CANNOT HOLD TOGETHER");
    for (track, deals, table, blocked) in blocked.iter().take(BLOCKED) {
        page.paragraph(
            2,
            &format!(
                "{}. Each of these rules a deal out by itself:",
                crate::handout::table_heading(case, *track, *deals)
            ),
        );
        for (number, set) in blocked.blocking_sets.iter().take(SETS).enumerate() {
            let names = demand_names(case, &set.constraints, &|_, name| name.to_owned());
            page.item(&format!("  {}. ", number + 1), &format!("{}.", words::capital(&names)));
        }
        let gives: Vec<String> =
            least(&blocked.corrections).into_iter().take(SETS).map(|set| given_up(case, set)).collect();
        if !gives.is_empty() {
            page.item("  - ", &format!("The least that would have to give: {}.", gives.join("; or ")));
        }
        let pivotal = called::actors(case, blocked.pivotal.iter().copied());
        if !pivotal.is_empty() {
            page.item(
                "  - ",
                &format!("Without any one of these seats there would be a deal: {}.", words::list(&pivotal)),
            );
        }
        // That none opens it is said in the verdict.
        if let Some(Ok(unlock)) =
            table.unlock.as_ref().filter(|unlock| unlock.as_ref().is_ok_and(|of| of.cheapest.is_some()))
        {
            page.item("  - ", &words::unlock_in_short(case, unlock));
        }
    }
    let lines = blocked.iter().take(BLOCKED).flat_map(|(.., blocked)| &blocked.blocking_sets);
    let lines = lines.take(SETS * BLOCKED).flat_map(|set| &set.constraints);
    let mut lines: Vec<Constraint> = lines.copied().filter(|of| matches!(of, Constraint::RedLine(..))).collect();
    lines.sort_unstable();
    lines.dedup();
    // What appears only on assembly was said there.
    let assembled = brief.assembly.iter().flatten().flat_map(|assembly| &assembly.frameworks);
    let said: Vec<Constraint> =
        assembled.filter_map(|of| of.stop.as_ref()).flat_map(|stop| stop.only_on_assembly.clone()).collect();
    lines.retain(|line| !said.contains(line));
    for line in lines {
        let Constraint::RedLine(actor, id) = line else { continue };
        let id = plain::quoted(&case.actors[actor.0].red_lines[id.0].id);
        page.item("  - ", &format!("Red line {id}: {}.", words::constraint(case, line)));
    }
    page.note(2, "`winset settle` has every set at every table, with its ids, and how far off each seat is.");
}

/// The smallest sets of demands that would have to give: of actors, where there are such, since without a benchmark it would be another framework.
pub(crate) fn least(corrections: &[Vec<Constraint>]) -> Vec<&Vec<Constraint>> {
    let of_actors = |set: &&Vec<Constraint>| set.iter().all(|constraint| constraint.actor().is_some());
    let candidates: Vec<&Vec<Constraint>> = match corrections.iter().filter(of_actors).collect::<Vec<_>>() {
        some if some.is_empty() => corrections.iter().collect(),
        some => some,
    };
    let fewest = candidates.iter().map(|set| set.len()).min().unwrap_or(0);
    candidates.into_iter().filter(|set| set.len() == fewest).collect()
}

/// What becomes of tracks, each with its heading.
const FATES: [(Fate, &str); 4] =
    [(Fate::Alive, "Goes on"), (Fate::Dead, "Idles on"), (Fate::Left, "Is left"), (Fate::Failed, "Fails")];

/// How runs end, when parts are filled, and what becomes of tracks.
fn over_time(page: &mut Page, brief: &Brief<'_>) {
    let unfolding = match &brief.runs {
        None => {
            page.paragraph(2, NO_RUNS);
            return;
        }
        Some(Err(refusal)) => {
            page.paragraph(2, &format!("Not computed: {refusal}."));
            return;
        }
        Some(Ok(runs)) => runs.unfolding(),
    };
    let shown = |share: &winset_brief::draws::Share| share.share().map_or_else(|| "—".to_owned(), percent);
    let case = brief.case;
    let main = winset_brief::main_framework(case);
    let curves: Vec<Vec<String>> = unfolding
        .curves()
        .iter()
        .filter(|curve| Some(curve.framework) == main)
        .map(|curve| {
            let name = curve.name.to_lowercase();
            let half = curve.round_of(0.5).map_or_else(|| "never".to_owned(), |at| at.to_string());
            vec![name, curve.by_round.last().map_or_else(String::new, shown), half, shown(&curve.at_the_end)]
        })
        .collect();
    if !curves.is_empty() {
        let half = format!("In half by {}", unfolding.round_word());
        page.figures(&["Benchmark", "Filled at some time", &half, "Holds where it stops"], curves);
    }
    let tracks: Vec<Vec<String>> = unfolding
        .tracks()
        .iter()
        .map(|row| {
            let broken = row.broken.as_ref().map_or_else(|| "—".to_owned(), shown);
            let fates = FATES.map(|(fate, _)| {
                row.fates.iter().find(|(of, _)| *of == fate).map_or_else(String::new, |(_, share)| shown(share))
            });
            [row.name.clone(), shown(&row.productive), broken].into_iter().chain(fates).collect()
        })
        .collect();
    if !tracks.is_empty() {
        let header: Vec<&str> =
            ["Track", "Any deal", "Deals broke"].into_iter().chain(FATES.map(|(_, word)| word)).collect();
        page.figures(&header, tracks);
    }
    page.note(2, "Shares of runs; a track that idles on meets though nothing comes of it. More: `winset simulate`.");
}

/// What the part says where the case says nothing of how it moves.
pub(crate) const NO_RUNS: &str =
    "Not asked: the case says nothing of how the process moves from round to round ([simulation]).";

/// The numbers that move most, and how weak their evidence is.
pub(crate) fn matters(page: &mut Page, brief: &Brief<'_>, draws: &EnsembleResult) {
    if draws.influential.is_empty() {
        let draws = words::counted(draws.settings.draws, "draw");
        page.paragraph(2, &format!("Over {draws}, no number moves a verdict by more than chance would."));
        return;
    }
    page.paragraph(
        2,
        &format!(
            "Of the {} drawn {} times from their ranges, these move verdicts most:",
            words::counted(draws.drawn as u64, "number"),
            words::number(draws.settings.draws)
        ),
    );
    for (place, influential) in draws.influential.iter().enumerate() {
        page.item(&format!("  {}. ", place + 1), &winset_brief::draws::words::influential(brief.case, influential));
    }
}

/// Per track with a deal: its Nash point and each player's share of the gain.
fn terms(page: &mut Page, brief: &Brief<'_>) {
    let case = brief.case;
    let (mut rows, mut shown) = (Vec::new(), Vec::new());
    let whole = BigRational::from_integer(1.into());
    for track in &brief.tracks {
        for (deals, table) in track.tables() {
            let what = if deals == Deals::Concluding { ", concluding" } else { "" };
            if let Some((package, shares)) = table.large().and_then(|large| large::nash(case, large)) {
                rows.push(vec![
                    format!("{}{what}", case.tracks[track.track.0].name),
                    package,
                    shares.replace('\n', ", "),
                ]);
            }
            let Some(BargainingPointOf { settlement, point, is_nash }) = table.bargaining_point() else { continue };
            // Whoever does not say yes comes last.
            let seats = settlement.players.iter().copied().zip(&point.terms.shares).zip(point.votes.iter().copied());
            let mut ranked: Vec<_> = seats.map(|((player, share), vote)| (player, share, vote)).collect();
            ranked.sort_by(|(_, share, vote), (_, other, other_vote)| vote.cmp(other_vote).then(other.cmp(share)));
            let all = ranked.iter().all(|(_, share, vote)| *vote == Vote::Yes && **share == whole);
            let shares: Vec<String> = if all && ranked.len() > 1 {
                vec![if ranked.len() == 2 {
                    "both 100%".to_owned()
                } else {
                    format!("all {} of them 100%", ranked.len())
                }]
            } else {
                ranked.iter().map(|(player, share, vote)| words::share(case, *player, share, *vote)).collect()
            };
            let instead = if is_nash { "" } else { " (no Nash point; Kalai–Smorodinsky)" };
            let name = format!("{}{what}", case.tracks[track.track.0].name);
            rows.push(vec![
                format!("{name}{instead}"),
                plain::changes(case, &point.package).join("\n"),
                shares.join(", "),
            ]);
            shown.push((name, settlement, point));
        }
    }
    if rows.is_empty() {
        let refused = brief.tracks.iter().any(|track| track.mandate.refusal().is_some());
        page.paragraph(
            2,
            if refused {
                "No deal was found on any track that was computed."
            } else {
                "Nobody's: no track has a deal."
            },
        );
    } else {
        page.paragraph(
            2,
            "If those at a table bargained on equal terms (the Nash point), what they would agree on, and each one's share of the most it could gain there:",
        );
        page.figures(&["Track", "What would be agreed", "Share of the gain, most first"], rows);
        for (name, settlement, point) in shown {
            sides::beside(page, case, &name, settlement, point);
        }
    }
}

pub(crate) fn evidence(page: &mut Page, brief: &Brief<'_>) {
    let count = &brief.evidence;
    let parts: Vec<String> = count.by_basis.iter().map(|(basis, number)| format!("{number} {basis}")).collect();
    page.paragraph(
        2,
        &format!(
            "{}: {}. {} are given as ranges; {}.",
            words::counted(count.numbers as u64, "number"),
            if parts.is_empty() { "none".to_owned() } else { parts.join(", ") },
            count.ranges,
            if brief.draws.is_some() {
                "figures are computed at their point values, and shares are of draws over the ranges"
            } else {
                "every figure above is computed at their point values, not over the ranges"
            }
        ),
    );
}

/// What a brief is not.
pub(crate) fn limits(page: &mut Page) {
    page.paragraph(
        2,
        "A model of a text, not of the world: what it says follows from the case file. A share of draws or of runs is not a probability of events.",
    );
}
