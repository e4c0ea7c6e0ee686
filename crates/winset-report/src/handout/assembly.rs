//! What can be put together across tracks: routes, where they stop and on whom, and what appears only then.

use winset_brief::{Brief, called, words};
use winset_case::Case;
use winset_settle::{Arrival, FrameworkAssembly, Step, Stop};

use super::anchor;
use super::part::{Cell, Part, Point, RichTable, Row};
use super::plain;
use super::prose;
use crate::brief::least;

/// Routes shown per framework.
const ROUTES: usize = 3;

/// The routes to concluding a framework, or how far its parts come.
pub(crate) fn framework(brief: &Brief<'_>, entry: &FrameworkAssembly) -> Vec<Part> {
    let case = brief.case;
    let name = called::framework(case, entry.framework);
    let mut parts = Vec::new();
    for (number, conclusion) in entry.conclusions.iter().take(ROUTES).enumerate() {
        let which =
            if entry.conclusions.len() == 1 { "The way".to_owned() } else { format!("One way ({})", number + 1) };
        parts.push(Part::Heading(None, format!("{which} to concluding {name}")));
        parts.extend(route(case, conclusion));
    }
    if entry.conclusions.len() > ROUTES {
        let more = entry.conclusions.len() - ROUTES;
        parts.push(prose(|page| {
            page.note(2, &format!("And {}: `winset settle` lists them.", words::counted(more as u64, "more way")));
        }));
    }
    if let Some(stop) = &entry.stop {
        parts.extend(stopped(brief, entry, stop));
    }
    parts
}

fn route(case: &Case, arrival: &Arrival) -> Vec<Part> {
    if arrival.route.is_empty() {
        return Vec::new();
    }
    let rows = arrival.route.iter().enumerate().map(|(number, step)| {
        let concludes = if step.concludes { " (concluding)" } else { "" };
        Row::of(vec![
            Cell::plain(format!("{}. {}{concludes}", number + 1, case.tracks[step.track.0].name)),
            Cell::plain(step_changes(case, step).join("\n")),
        ])
    });
    let table = RichTable {
        header: ["Deal", "What it settles"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        legend: None,
    };
    let mut notes = Vec::new();
    if arrival.package_proof {
        notes.push(
            "Everyone whose consent this needs would also accept its end as one package, straight from today."
                .to_owned(),
        );
    }
    for walked in &arrival.walked {
        let by = [
            (walked.by_pressure, "pressure"),
            (walked.by_end_of_cost, "the end of what going on costs it"),
            (walked.by_having_no_seat, "having no seat"),
        ];
        let by: Vec<&str> = by.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect();
        let by = if by.is_empty() { "one step at a time".to_owned() } else { format!("by {}", words::list(&by)) };
        notes.push(format!(
            "{} would refuse the whole, and is brought there {by}.",
            words::capital(called::actor(case, walked.actor))
        ));
    }
    let notes = prose(|page| notes.iter().for_each(|note| page.note(2, note)));
    vec![Part::Table(table), notes]
}

/// What a step changes, in the names of the case.
fn step_changes(case: &Case, step: &Step) -> Vec<String> {
    let changed = case
        .issues
        .iter()
        .enumerate()
        .filter(|(issue, _)| step.before.as_ref().is_none_or(|before| before[*issue] != step.after[*issue]));
    let says: Vec<String> =
        changed.map(|(issue, body)| format!("{}: {}", body.name, body.options[step.after[issue]])).collect();
    if says.is_empty() { vec!["what stands is endorsed".to_owned()] } else { says }
}

fn stopped(brief: &Brief<'_>, entry: &FrameworkAssembly, stop: &Stop) -> Vec<Part> {
    let case = brief.case;
    let body = &case.frameworks[entry.framework.0];
    let names = |benchmarks: &[winset_case::BenchmarkId]| {
        words::list(&benchmarks.iter().map(|benchmark| body.benchmarks[benchmark.0].id.as_str()).collect::<Vec<_>>())
    };
    let total = stop.met.len() + stop.missing.len();
    let opening = match (stop.arrival.route.len(), stop.met.len()) {
        (_, 0) => format!("It does not begin: no deals anywhere meet any of its {total} benchmarks."),
        (0, met) => {
            format!("It stops where it stands: {met} of its {total} benchmarks hold today ({}).", names(&stop.met))
        }
        (_, met) => format!("Deals elsewhere can meet {met} of its {total} benchmarks ({}):", names(&stop.met)),
    };
    let mut parts = vec![prose(|page| page.paragraph(2, &opening)).about(anchor::RESTS)];
    parts.extend(route(case, &stop.arrival));
    parts.push(
        prose(|page| {
            if !stop.missing.is_empty() {
                page.paragraph(2, &format!("Missing: {}.", names(&stop.missing)));
            }
            for (track, blocked) in &stop.refused {
                let name = called::track(case, *track);
                page.paragraph(
                    2,
                    &format!("From there {name} cannot conclude it: {}.", words::reason(case, *track, blocked)),
                );
                let least = least(&blocked.corrections);
                if !least.is_empty() {
                    page.paragraph(2, "The least that would have to give:");
                }
                for set in least {
                    let gives = winset_brief::plain::given_up(case, set);
                    page.item("  - ", &format!("{}.", words::capital(&gives)));
                }
            }
            if stop.refused.is_empty() {
                page.paragraph(2, "No track that meets could conclude it.");
            }
        })
        .about(anchor::RESTS),
    );
    if !stop.only_on_assembly.is_empty() {
        parts.push(Part::Heading(
            None,
            "What no deal on the way crosses, and putting the parts together does".to_owned(),
        ));
        let points = stop.only_on_assembly.iter().map(|&line| Point {
            mark: Some(("refused", '!', "only then")),
            text: format!(
                "{}. {}.",
                plain::capital(&plain::demand_name(case, line)),
                words::capital(&plain::demand(case, line))
            ),
            about: Some(anchor::RESTS.to_owned()),
        });
        parts.push(Part::Points(points.collect()));
    }
    parts
}
