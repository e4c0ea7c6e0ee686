//! What tracks can settle, for the terminal.

use winset_brief::{TableBrief, TrackBrief, called, words};
use winset_case::{ActorId, Case, FrameworkId, Rule, TrackId};
use winset_settle::{Amount, Assembly, Blocked, Deals, NotRecognised, Refusal, Settlement, Solution, Vote};
use winset_worth::Valuation;

use crate::large;
use crate::layout::Page;
use crate::sides;

/// What these tracks can settle, each in full.
pub fn settle(
    case: &Case,
    tracks: &[TrackBrief],
    assembly: Option<&Result<Assembly, Refusal>>,
    width: usize,
) -> String {
    let mut page = Page::new(width);
    overview(&mut page, case, tracks);
    across(&mut page, case, assembly);
    for track in tracks {
        in_full(&mut page, case, track);
    }
    page.finish()
}

/// What tracks can settle one after the other, if that was asked.
pub(crate) fn across(page: &mut Page, case: &Case, assembly: Option<&Result<Assembly, Refusal>>) {
    match assembly {
        Some(Ok(assembly)) => {
            let all: Vec<FrameworkId> = (0..case.frameworks.len()).map(FrameworkId).collect();
            crate::assembly::assembly(page, case, assembly, &all);
        }
        Some(Err(refusal)) => {
            page.paragraph(2, &format!("What tracks can settle one after the other was not computed: {refusal}."));
        }
        None => {}
    }
}

/// One line per track: who must agree to what, how many deals there are, and who is in the way.
pub(crate) fn overview(page: &mut Page, case: &Case, tracks: &[TrackBrief]) {
    let rows = overview_rows(case, tracks);
    let short = rows.iter().any(|row| row[4].contains(" short)"));
    page.table(&["Track", "Must say yes", "Mandate", "Deals", "Who blocks, and by how much"], rows);
    if short {
        page.note(2, SHORT);
    }
}

/// What the figures of who is short mean.
pub(crate) const SHORT: &str =
    "How short is in each actor's own worth: 1 is the best it can imagine on the issues, 0 the worst.";

fn overview_rows(case: &Case, tracks: &[TrackBrief]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for brief in tracks {
        let track = &case.tracks[brief.track.0];
        let seats = words::rule(case, brief.track);
        let status = words::status_note(track.status);
        let name = if status.is_empty() { track.name.clone() } else { format!("{} ({status})", track.name) };
        let mandate = track.mandate.as_ref().map_or("any".to_owned(), |mandate| mandate.text.trim().to_owned());
        rows.push(row(case, name, &seats, mandate, &brief.mandate));
        if let Some(concluding) = &brief.concluding {
            let framework = track.concludes.map_or("", |framework| case.frameworks[framework.0].name.as_str());
            rows.push(row(
                case,
                format!("  to conclude {framework}"),
                "the same",
                "its benchmarks".to_owned(),
                concluding,
            ));
        }
    }
    rows
}

fn row(case: &Case, name: String, seats: &str, mandate: String, table: &TableBrief) -> Vec<String> {
    let (deals, who) = cells(case, table);
    vec![name, seats.to_owned(), mandate, deals, who]
}

/// How many deals a table has, and who is in the way.
pub(crate) fn cells(case: &Case, table: &TableBrief) -> (String, String) {
    match (&table.settlement, table.large.as_deref()) {
        (_, Some(Ok(found))) => large::cells(case, found),
        (_, Some(Err(refusal))) | (Err(refusal), None) => ("not computed".to_owned(), refusal.to_string()),
        (Ok(settlement), None) => match &settlement.blocked {
            None => (
                format!("{} of {}", words::number(settlement.acceptable_count), words::number(settlement.examined)),
                String::new(),
            ),
            Some(blocked) if settlement.examined == 0 => {
                ("none".to_owned(), words::reason(case, settlement.track, blocked))
            }
            Some(blocked) => {
                (format!("none of {}", words::number(settlement.examined)), in_the_way(case, settlement.track, blocked))
            }
        },
    }
}

/// Each blocking actor with its shortfall in figures.
pub(crate) fn in_the_way(case: &Case, track: TrackId, blocked: &Blocked) -> String {
    let figures = unit_figures(case);
    let parts: Vec<String> = words::blockers(blocked)
        .into_iter()
        .map(|actor| {
            let name = words::actor_name(case, actor);
            match blocked.shortfalls.iter().find(|(judge, _)| *judge == actor) {
                Some((_, winset_settle::Shortfall::By { missing, .. })) => {
                    format!("{name} ({} short)", figures(*missing, actor))
                }
                Some((_, winset_settle::Shortfall::NoPrice { .. })) => format!("{name} (beyond price)"),
                _ => name.to_owned(),
            }
        })
        .collect();
    if parts.is_empty() { words::reason(case, track, blocked) } else { parts.join("; ") }
}

/// Writes amounts of an actor's worth in figures.
fn unit_figures(case: &Case) -> impl Fn(i128, ActorId) -> String + use<> {
    let applied = case.with_levers();
    let units: Vec<i128> = Valuation::new(&applied).map_or_else(
        |_| Vec::new(),
        |valuation| {
            (0..applied.actors.len())
                .map(|actor| valuation.actor(ActorId(actor)).map_or(1, |worth| worth.unit))
                .collect()
        },
    );
    move |amount, actor| {
        winset_brief::figures::worth(&Amount::of_units(amount, units.get(actor.0).copied().unwrap_or(1)))
    }
}

/// Everything about one track.
pub(crate) fn in_full(page: &mut Page, case: &Case, brief: &TrackBrief) {
    let track = &case.tracks[brief.track.0];
    in_full_table(page, case, &brief.mandate, &track.name);
    if let Some(concluding) = &brief.concluding {
        let framework = track.concludes.map_or("", |framework| case.frameworks[framework.0].name.as_str());
        in_full_table(page, case, concluding, &format!("{}, to conclude {framework}", track.name));
    }
}

/// Everything about one table.
pub(crate) fn in_full_table(page: &mut Page, case: &Case, table: &TableBrief, name: &str) {
    page.section(name);
    if let Some(large) = table.large() {
        refusals_to_sit(page, case, &large.not_recognised, large.ways > 0);
        large::table(page, case, large, table);
        return;
    }
    if let Some(refusal) = table.refusal() {
        page.paragraph(2, &format!("Not computed: {refusal}."));
        return;
    }
    let settlement = match &table.settlement {
        Ok(settlement) => settlement,
        Err(refusal) => {
            page.paragraph(2, &format!("Not computed: {refusal}."));
            return;
        }
    };
    let met = settlement.blocked.as_ref().is_none_or(|blocked| blocked.no_meeting.is_none());
    refusals_to_sit(page, case, &settlement.not_recognised, met);
    match &settlement.blocked {
        Some(blocked) => blocked_table(page, case, settlement, blocked, table),
        None => open_table(page, case, settlement),
    }
}

fn open_table(page: &mut Page, case: &Case, settlement: &Settlement) {
    let concluding = match (settlement.deals, settlement.concluding_count) {
        (Deals::Mandate, count) if count > 0 => format!("; {count} of them would conclude the framework"),
        _ => String::new(),
    };
    let verb = if settlement.acceptable_count == 1 { "is" } else { "are" };
    let who = match case.tracks[settlement.track.0].rule {
        Rule::Consensus | Rule::PartiesOnly => "all who must agree",
        _ => "as many as the rule asks for",
    };
    page.paragraph(
        2,
        &format!(
            "{} of {} {verb} acceptable to {who}{concluding}; {} on the Pareto frontier.",
            words::counted(settlement.acceptable_count, "package"),
            settlement.examined,
            words::counted(settlement.frontier.len() as u64, "point")
        ),
    );
    let Some(solutions) = &settlement.solutions else { return };
    let all = [
        ("Nash", solutions.nash.as_ref()),
        ("Kalai–Smorodinsky", Some(&solutions.kalai_smorodinsky)),
        ("egalitarian", Some(&solutions.egalitarian)),
        ("utilitarian", Some(&solutions.utilitarian)),
    ];
    // Rules that land on the same packages share their rows.
    let mut groups: Vec<(Vec<&str>, Option<&Solution>)> = Vec::new();
    for (name, solution) in all {
        match groups.iter_mut().find(|(_, other)| same_packages(*other, solution)) {
            Some((names, _)) => names.push(name),
            None => groups.push((vec![name], solution)),
        }
    }
    let mut rows = Vec::new();
    for (names, solution) in groups {
        let name = words::capital(&words::list(&names));
        rows.extend(solution.map_or_else(
            || {
                vec![vec![
                    name.clone(),
                    "no package leaves everyone at or above its fallback".to_owned(),
                    String::new(),
                    String::new(),
                ]]
            },
            |solution| points(case, &settlement.players, &name, solution, solution.points.len() as u64),
        ));
    }
    page.table(
        &["Bargaining point", "Package (what changes)", "Share of the gain each could have", "Closest to the ideal of"],
        rows,
    );
    if !solutions.without_range.is_empty() {
        // Whoever does not say yes is shown as that, not with a share.
        let says_yes = |actor: &ActorId| {
            let mut votes =
                solutions.kalai_smorodinsky.points.iter().flat_map(|point| settlement.players.iter().zip(&point.votes));
            votes.any(|(player, vote)| player == actor && *vote == Vote::Yes)
        };
        let players = solutions.without_range.iter().filter(|actor| says_yes(actor));
        let names = called::actors(case, players.copied());
        if !names.is_empty() {
            page.note(2, &format!("No range here, so the share counts as 100 %: {}.", words::list(&names)));
        }
    }
    sides::imposed(page, case, solutions);
    sides::durability(page, case, settlement, solutions);
}

/// Who sits there and refuses to sit with another.
fn refusals_to_sit(page: &mut Page, case: &Case, refusals: &[NotRecognised], met_all_the_same: bool) {
    let refusals: Vec<String> = refusals.iter().map(|refusal| words::refusal_to_sit(case, refusal)).collect();
    if met_all_the_same && !refusals.is_empty() {
        let text =
            format!("{}: taken to meet all the same (with --strict-recognition they would not).", refusals.join("; "));
        page.note(2, &words::capital(&text));
    }
}

pub(crate) fn same_packages(one: Option<&Solution>, other: Option<&Solution>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            one.points.iter().map(|point| &point.package).eq(other.points.iter().map(|point| &point.package))
        }
        _ => false,
    }
}

/// A row for each of the first packages of a bargaining solution; `ties` of them in all.
pub(crate) fn points(case: &Case, players: &[ActorId], name: &str, solution: &Solution, ties: u64) -> Vec<Vec<String>> {
    const SHOWN: usize = 3;
    let mut rows: Vec<Vec<String>> = solution
        .points
        .iter()
        .take(SHOWN)
        .map(|point| {
            let shares: Vec<String> = players
                .iter()
                .zip(&point.terms.shares)
                .zip(&point.votes)
                .map(|((player, share), vote)| words::share(case, *player, share, *vote))
                .collect();
            let closest: Vec<&str> =
                point.terms.closest_to.iter().map(|&actor| words::actor_name(case, actor)).collect();
            vec![name.to_owned(), package(case, &point.package), shares.join("\n"), closest.join(", ")]
        })
        .collect();
    if ties > SHOWN as u64 {
        rows.push(vec![
            name.to_owned(),
            format!("and {} more that tie", words::number(ties - SHOWN as u64)),
            String::new(),
            String::new(),
        ]);
    }
    rows
}

pub(crate) fn package(case: &Case, outcome: &winset_case::Outcome) -> String {
    let changes = case.changes(outcome);
    if changes.is_empty() { "nothing: endorsement of what stands".to_owned() } else { changes.join("\n") }
}

fn blocked_table(page: &mut Page, case: &Case, settlement: &Settlement, blocked: &Blocked, table: &TableBrief) {
    let reason = words::reason(case, settlement.track, blocked);
    if settlement.examined == 0 {
        page.paragraph(2, &format!("No deal: {reason}."));
        return;
    }
    page.paragraph(
        2,
        &format!(
            "No deal among {}: {reason}. Cause: {}.",
            words::counted(settlement.examined, "package"),
            blocked.cause.word()
        ),
    );
    reasons(page, case, settlement.track, blocked, &|_| Vec::new());
    levers(page, case, table);
}

/// Which levers would open a table.
pub(crate) fn levers(page: &mut Page, case: &Case, table: &TableBrief) {
    match &table.unlock {
        Some(Ok(unlock)) => page.paragraph(2, &format!("Levers: {}", words::unlock(case, unlock))),
        Some(Err(refusal)) => page.paragraph(2, &format!("Levers: not computed, since {refusal}.")),
        None => {}
    }
}

/// What cannot hold together, with a proof for each set by its number where there is one; what would have to give; and how far off each is.
pub(crate) fn reasons(
    page: &mut Page,
    case: &Case,
    track: TrackId,
    blocked: &Blocked,
    proofs: &dyn Fn(usize) -> Vec<String>,
) {
    if !blocked.blocking_sets.is_empty() {
        page.blank();
        page.paragraph(
            2,
            "What cannot hold together (each set blocks by itself, and none of its parts could be left out):",
        );
    }
    for (number, set) in blocked.blocking_sets.iter().enumerate() {
        let parts: Vec<String> =
            set.constraints.iter().map(|&constraint| words::constraint(case, constraint)).collect();
        page.item(&format!("  {}. ", number + 1), &format!("{}.", words::capital(&parts.join("; and "))));
        let ids: Vec<String> = set.constraints.iter().map(|constraint| constraint.id(case)).collect();
        page.note(5, &format!("{} ({})", ids.join(" + "), set.cause.word()));
        proofs(number).iter().for_each(|proof| page.note(5, proof));
    }
    if !blocked.corrections.is_empty() {
        page.blank();
        page.paragraph(2, "What would have to give (any one of these, whole):");
        for set in &blocked.corrections {
            let ids: Vec<String> = set.iter().map(|constraint| constraint.id(case)).collect();
            page.item("  - ", &ids.join(" + "));
        }
    }
    if !blocked.shortfalls.is_empty() {
        page.blank();
        page.paragraph(2, "How far off each is:");
        let applied = case.with_levers();
        if let Ok(valuation) = Valuation::new(&applied) {
            for (judge, shortfall) in &blocked.shortfalls {
                let unit = valuation.actor(*judge).map_or(1, |worth| worth.unit);
                let far = words::shortfall(case, track, *judge, shortfall, unit);
                page.item("  - ", &format!("{}.", words::capital(&far)));
            }
        }
    }
    page.blank();
    let pivotal = called::actors(case, blocked.pivotal.iter().copied());
    page.paragraph(
        2,
        &match pivotal.as_slice() {
            [] => "No single seat is pivotal: taking any one away would not open it.".to_owned(),
            [only] => format!("Pivotal: {only}. Without its seat there would be a deal."),
            names => format!("Pivotal: {}. Without any one of their seats there would be a deal.", words::list(names)),
        },
    );
}
