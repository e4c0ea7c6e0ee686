//! The verdict on a process, in one paragraph.

use winset_case::Case;
use winset_settle::Constraint;
use winset_settle::large::Found;

use crate::brief::{Brief, TableBrief, TrackBrief};
use crate::claims::Status;
use crate::large::{how_many, proofs as large_proofs};
use crate::words::{counted, list, number, reason, route_words, unlock};

/// The verdict on the whole process, in one paragraph: what the tables that meet can settle, who blocks the rest, and what would help.
pub fn verdict(brief: &Brief<'_>) -> String {
    let case = brief.case;
    let mut sentences = Vec::new();
    for track in brief.open_tracks().filter(|track| track.concluding.is_some()) {
        sentences.extend(concluding_track(case, track));
    }
    let others: Vec<&TrackBrief> = brief.open_tracks().filter(|track| track.concluding.is_none()).collect();
    let (able, unable): (Vec<&TrackBrief>, Vec<&TrackBrief>) = others
        .into_iter()
        .filter(|track| track.mandate.has_deal().is_some())
        .partition(|track| track.mandate.has_deal() == Some(true));
    if !able.is_empty() {
        let names: Vec<String> = able
            .iter()
            .map(|track| {
                let deals = match track.mandate.large() {
                    Some(large) => how_many(large),
                    None => counted(track.mandate.acceptable().unwrap_or(0), "package"),
                };
                format!("{} ({deals})", case.tracks[track.track.0].name)
            })
            .collect();
        let exist = if names.len() == 1 { "A deal exists" } else { "Deals exist" };
        sentences.push(format!("{exist} at {}.", list(&names)));
    }
    for track in unable {
        let name = &case.tracks[track.track.0].name;
        sentences.push(match track.mandate.blocked() {
            Some(blocked) => {
                format!("There is no new deal to be had at {name}: {}.", reason(case, track.track, blocked))
            }
            None => format!("There is no new deal to be had at {name}."),
        });
        if let Some(Found::Blocked { proofs, .. }) = track.mandate.large().map(|large| &large.found) {
            sentences.extend(large_proofs(case, proofs));
        }
    }
    sentences.extend(assembly_sentences(brief));
    for track in &brief.tracks {
        let name = &case.tracks[track.track.0].name;
        if let Some(refusal) = track.mandate.refusal() {
            sentences.push(format!("{name} was not computed: {refusal}."));
        }
        if let Some(Found::Undecided(refusal)) = track.mandate.large().map(|large| &large.found) {
            sentences.push(format!("Whether {name} has a deal is not known: {refusal}."));
        }
    }
    if sentences.is_empty() {
        sentences.push("No track meets, so nothing can be agreed.".to_owned());
    }
    sentences.extend(claims_sentence(brief));
    sentences.join(" ")
}

/// What a track that concludes a framework can do, under its mandate and towards conclusion.
fn concluding_track(case: &Case, track: &TrackBrief) -> Vec<String> {
    let name = &case.tracks[track.track.0].name;
    let framework =
        case.tracks[track.track.0].concludes.map_or("", |framework| case.frameworks[framework.0].name.as_str());
    let mut sentences = Vec::new();
    let mut say = |table: &TableBrief, can: &str, cannot: &str| {
        if let Some(large) = table.large() {
            match &large.found {
                Found::Open(_) => sentences.push(format!("{can}: {}.", how_many(large))),
                Found::Blocked { proofs, reasons } => {
                    let reasons = reasons.as_ref().map(|reasons| reason(case, track.track, &reasons.blocked));
                    let because = reasons.map_or_else(|_| String::new(), |reason| format!(", because {reason}"));
                    sentences.push(format!("{cannot}: {}{because}.", how_many(large)));
                    sentences.extend(large_proofs(case, proofs));
                }
                Found::Undecided(_) => {}
            }
        }
        let Ok(settlement) = &table.settlement else { return };
        let Some(blocked) = &settlement.blocked else {
            let packages = counted(settlement.acceptable_count, "package");
            sentences.push(format!(
                "{can}: {packages} of {} would be accepted by all who must agree.",
                number(settlement.examined)
            ));
            return;
        };
        let none = match settlement.examined {
            0 => String::new(),
            examined => format!("none of {} is acceptable, because ", counted(examined, "package")),
        };
        sentences.push(format!("{cannot}: {none}{}.", reason(case, track.track, blocked)));
        if let Some(Ok(unlocking)) = &table.unlock {
            sentences.push(match &unlocking.cheapest {
                Some(_) => unlock(case, unlocking),
                None if unlocking.relevant.is_empty() => "No lever touches it.".to_owned(),
                None => format!("None of {} of levers opens it.", counted(unlocking.combinations, "combination")),
            });
        }
    };
    say(
        &track.mandate,
        &format!("{name} has a deal under its own mandate"),
        &format!("{name} has no deal under its own mandate"),
    );
    if let Some(concluding) = &track.concluding {
        let cannot = if track.mandate.is_blocked() { "Nor can it conclude" } else { "It cannot conclude" };
        say(concluding, &format!("It can conclude {framework}"), &format!("{cannot} {framework}"));
    }
    sentences
}

/// How far the parts of each framework can be brought together across tracks.
fn assembly_sentences(brief: &Brief<'_>) -> Vec<String> {
    let case = brief.case;
    let Some(Ok(assembly)) = &brief.assembly else { return Vec::new() };
    let mut sentences = Vec::new();
    for entry in &assembly.frameworks {
        let framework = &case.frameworks[entry.framework.0];
        let open = brief.open_tracks().any(|track| case.tracks[track.track.0].concludes == Some(entry.framework));
        if !open {
            continue;
        }
        if let Some(nearest) = entry.conclusions.first() {
            let proof = if nearest.package_proof { "" } else { ", though only step by step" };
            sentences.push(format!(
                "{} can be concluded {}{proof}.",
                framework.name,
                route_words(case, &nearest.route)
            ));
        } else if let Some(stop) = &entry.stop {
            let total = stop.met.len() + stop.missing.len();
            if stop.met.is_empty() {
                sentences.push(format!("No deals anywhere fill any of the {total} benchmarks of {}.", framework.name));
                continue;
            }
            let met: Vec<&str> =
                stop.met.iter().map(|benchmark| framework.benchmarks[benchmark.0].id.as_str()).collect();
            let lines: Vec<String> = stop.only_on_assembly.iter().map(|&line| line_words(case, line)).collect();
            let at: Vec<&str> = stop.refused.iter().map(|(track, _)| case.tracks[track.0].name.as_str()).collect();
            let stops = match lines.as_slice() {
                [] => String::new(),
                lines => format!(
                    "; putting them together at {} meets {}, which none of the parts does",
                    list(&at),
                    list(lines)
                ),
            };
            sentences.push(format!(
                "Elsewhere the parts of {} can be had: {} of its {total} benchmarks ({}) can be filled in {}{stops}.",
                framework.name,
                number(stop.met.len() as u64),
                list(&met),
                counted(stop.arrival.route.len() as u64, "deal"),
            ));
        }
    }
    sentences
}

/// A red line by its owner and id, within a sentence.
fn line_words(case: &Case, constraint: Constraint) -> String {
    match constraint {
        Constraint::RedLine(actor, line) => {
            let actor = &case.actors[actor.0];
            format!("{}'s red line `{}`", actor.name, actor.red_lines[line.0].id)
        }
        other => other.id(case),
    }
}

fn claims_sentence(brief: &Brief<'_>) -> Option<String> {
    let of = |status| brief.claims.iter().filter(|result| result.status == status).count() as u64;
    let total = brief.claims.len() as u64;
    (total > 0).then(|| {
        let verb = |count: u64, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
        let undecided = of(Status::Undecided);
        let rest = if undecided == 0 {
            String::new()
        } else {
            format!(", and {}", verb(undecided, "is undecided", "are undecided"))
        };
        format!(
            "Of the {} the case makes, {} and {}{rest}.",
            counted(total, "claim"),
            verb(of(Status::Holds), "holds", "hold"),
            verb(of(Status::Fails), "fails", "fail")
        )
    })
}
