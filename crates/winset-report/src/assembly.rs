//! What tracks can settle one after the other, for the terminal.

use winset_brief::{called, words};
use winset_case::{Case, FrameworkId, TrackId};
use winset_settle::{Arrival, Assembly, Constraint, Delivery, FrameworkAssembly, Stop};

use crate::layout::Page;

/// Coverage, routes and where assembly stops, framework by framework.
pub(crate) fn assembly(page: &mut Page, case: &Case, assembly: &Assembly, main: &[FrameworkId]) {
    for entry in &assembly.frameworks {
        if !main.contains(&entry.framework) {
            in_short(page, case, entry);
            continue;
        }
        let framework = &case.frameworks[entry.framework.0];
        page.section(&format!("Who can deliver what: {}", framework.name));
        let matrix = Coverage::of(case, assembly, entry.framework);
        let mut header = vec!["Track"];
        header.extend(&matrix.benchmarks);
        let rows = matrix.grouped(case).into_iter().map(|(names, cells)| {
            let cells = cells.iter().map(|cell| match cell {
                Delivery::OffAgenda => "—".to_owned(),
                cell => delivery(case, cell),
            });
            std::iter::once(names.join(", ")).chain(cells).collect()
        });
        page.figures(&header, rows.collect());
        let without = matrix.left_out().map_or_else(String::new, |note| format!(" {note}"));
        page.note(2, &format!("—: not on its agenda.{without}"));
        routes(page, case, entry);
    }
    walked(page, assembly);
}

/// How far assembly comes for a framework, in a few lines.
fn in_short(page: &mut Page, case: &Case, entry: &FrameworkAssembly) {
    let framework = &case.frameworks[entry.framework.0];
    page.section(&format!("Who can deliver what: {}", framework.name));
    if let Some(nearest) = entry.conclusions.first() {
        page.paragraph(2, &format!("It can be concluded {}.", words::route_words(case, &nearest.route)));
    } else if let Some(stop) = &entry.stop {
        let total = stop.met.len() + stop.missing.len();
        page.paragraph(
            2,
            &format!("Deals fill {} of its {total} benchmarks, and it is not concluded:", stop.met.len()),
        );
        for (track, blocked) in &stop.refused {
            let name = words::capital(called::track(case, *track));
            page.item("  - ", &format!("{name}: {}.", words::reason(case, *track, blocked)));
        }
    }
}

/// How far the walk over deals went.
pub(crate) fn walked(page: &mut Page, assembly: &Assembly) {
    let reach = &assembly.reach;
    let cut = if reach.cut_off { "; the walk was cut off there, so what was not found may exist" } else { "" };
    page.note(
        2,
        &format!(
            "Deals lead from today to {} with {}, planned tracks counted in{cut}.",
            words::counted(reach.states.len() as u64, "state"),
            words::counted(reach.outcome_count() as u64, "different outcome"),
        ),
    );
}

/// Which track can deliver which benchmark of a framework.
pub(crate) struct Coverage<'a> {
    /// The benchmarks that stand, by id.
    pub(crate) benchmarks: Vec<&'a str>,
    /// Per track with something to deliver: its name, and a cell per benchmark.
    pub(crate) rows: Vec<(&'a str, Vec<&'a Delivery>)>,
    /// The tracks without.
    without: Vec<&'a str>,
}

impl<'a> Coverage<'a> {
    pub(crate) fn of(case: &'a Case, assembly: &'a Assembly, framework: FrameworkId) -> Self {
        let benchmarks = case.frameworks[framework.0].benchmarks.iter().filter(|benchmark| benchmark.on);
        let mut coverage = Coverage {
            benchmarks: benchmarks.map(|benchmark| benchmark.id.as_str()).collect(),
            rows: Vec::new(),
            without: Vec::new(),
        };
        for track in (0..case.tracks.len()).map(TrackId) {
            let cells: Vec<&Delivery> = assembly
                .coverage
                .iter()
                .filter(|cell| cell.framework == framework && cell.track == track)
                .map(|cell| &cell.delivery)
                .collect();
            let name = case.tracks[track.0].name.as_str();
            if cells.iter().all(|cell| matches!(cell, Delivery::OffAgenda | Delivery::Closed | Delivery::Stands)) {
                coverage.without.push(name);
            } else {
                coverage.rows.push((name, cells));
            }
        }
        coverage
    }

    /// The rows, with tracks that can deliver the same in one.
    pub(crate) fn grouped(&self, case: &Case) -> Vec<(Vec<&'a str>, &[&'a Delivery])> {
        let shown = |cells: &[&Delivery]| cells.iter().map(|cell| delivery(case, cell)).collect::<Vec<_>>();
        let mut groups: Vec<(Vec<&'a str>, &[&'a Delivery])> = Vec::new();
        for (name, cells) in &self.rows {
            match groups.iter_mut().find(|(_, same)| shown(same) == shown(cells)) {
                Some((names, _)) => names.push(name),
                None => groups.push((vec![name], cells)),
            }
        }
        groups
    }

    /// Which tracks it leaves out, if any.
    pub(crate) fn left_out(&self) -> Option<String> {
        let without = words::list(&self.without);
        (!without.is_empty()).then(|| format!("None of it is on the agenda of {without}."))
    }
}

pub(crate) fn delivery(case: &Case, delivery: &Delivery) -> String {
    match delivery {
        Delivery::Stands => "stands today".to_owned(),
        Delivery::Now => "now".to_owned(),
        Delivery::After(route) => {
            let tracks: Vec<&str> = route.iter().map(|step| case.tracks[step.track.0].name.as_str()).collect();
            format!("after {}", tracks.join(", "))
        }
        Delivery::Closed => "no: closed".to_owned(),
        Delivery::OffAgenda => "not on its agenda".to_owned(),
        Delivery::Mandate => "no: its mandate".to_owned(),
        Delivery::Refused(actors) => {
            let names: Vec<&str> = actors.iter().map(|&actor| words::actor_name(case, actor)).collect();
            format!("no: {}", words::list(&names))
        }
    }
}

pub(crate) fn routes(page: &mut Page, case: &Case, entry: &FrameworkAssembly) {
    let name = called::framework(case, entry.framework);
    for (number, conclusion) in entry.conclusions.iter().enumerate() {
        page.paragraph(2, &format!("Route {} to concluding {name}:", number + 1));
        steps(page, case, conclusion);
    }
    if let Some(stop) = &entry.stop {
        stopped(page, case, entry.framework, stop);
    }
}

fn steps(page: &mut Page, case: &Case, arrival: &Arrival) {
    for (number, step) in arrival.route.iter().enumerate() {
        page.item(&format!("  {}. ", number + 1), &words::capital(&words::step_words(case, step)));
    }
    if arrival.route.is_empty() {
        return;
    }
    if arrival.package_proof {
        page.note(5, "Package-proof: everyone whose consent it needs would accept its end straight from today.");
    }
    for walked in &arrival.walked {
        let mut by = Vec::new();
        if walked.by_pressure {
            by.push("pressure");
        }
        if walked.by_end_of_cost {
            by.push("the end of what going on costs it");
        }
        if walked.by_having_no_seat {
            by.push("having no seat");
        }
        let by = if by.is_empty() { "one step at a time".to_owned() } else { format!("by {}", words::list(&by)) };
        page.note(
            5,
            &format!(
                "Stepwise only: {} would refuse the whole, and is brought there {by}.",
                called::actor(case, walked.actor)
            ),
        );
    }
}

fn stopped(page: &mut Page, case: &Case, framework: FrameworkId, stop: &Stop) {
    let body = &case.frameworks[framework.0];
    let names = |benchmarks: &[winset_case::BenchmarkId]| {
        words::list(&benchmarks.iter().map(|benchmark| body.benchmarks[benchmark.0].id.as_str()).collect::<Vec<_>>())
    };
    let total = stop.met.len() + stop.missing.len();
    match (stop.arrival.route.len(), stop.met.len()) {
        (_, 0) => page.paragraph(2, &format!("Assembly does not begin: no deals fill any of the {total} benchmarks.")),
        (0, met) => page.paragraph(
            2,
            &format!("Assembly stops where it stands: {met} of {total} benchmarks hold today ({}).", names(&stop.met)),
        ),
        (_, met) => {
            let missing =
                if stop.missing.is_empty() { String::new() } else { format!("; {} missing", names(&stop.missing)) };
            page.paragraph(
                2,
                &format!("Assembly gets as far as {met} of {total} benchmarks ({}{missing}):", names(&stop.met)),
            );
        }
    }
    steps(page, case, &stop.arrival);
    if !stop.missing.is_empty() && (stop.met.is_empty() || stop.arrival.route.is_empty()) {
        page.paragraph(2, &format!("Missing: {}.", names(&stop.missing)));
    }
    for (track, blocked) in &stop.refused {
        page.paragraph(
            2,
            &format!(
                "From there {} cannot conclude it: {}.",
                called::track(case, *track),
                words::reason(case, *track, blocked)
            ),
        );
        let least = crate::brief::least(&blocked.corrections);
        if !least.is_empty() {
            let gives: Vec<String> = least.into_iter().map(|set| winset_brief::plain::given_up(case, set)).collect();
            page.paragraph(2, &format!("The least that would have to give: {}.", gives.join("; or ")));
        }
    }
    if stop.refused.is_empty() {
        page.paragraph(2, "No track that meets could conclude it.");
    }
    if !stop.only_on_assembly.is_empty() {
        page.paragraph(2, "No deal on the way crosses these lines, and putting the parts together does:");
        for &line in &stop.only_on_assembly {
            let name = match line {
                Constraint::RedLine(actor, line) => {
                    let line = &case.actors[actor.0].red_lines[line.0].id;
                    format!("Red line {}: ", winset_brief::plain::quoted(line))
                }
                _ => String::new(),
            };
            let says = words::constraint(case, line);
            page.item("  - ", &words::capital(&format!("{name}{says}.")));
        }
    }
}
