//! The verdict on a process, in one paragraph.

use winset_case::{Case, FrameworkId, TrackId};
use winset_settle::large::Found;
use winset_settle::{Constraint, Deals};

use crate::brief::{Brief, TableBrief, TrackBrief};
use crate::claims::Status;
use crate::draws::words::{share, short_share};
use crate::large::{how_many, proofs as large_proofs};
use crate::words::{counted, list, number, reason, route_words, unlock};

/// What a statement of the verdict is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// One table.
    Table(TrackId, Deals),
    /// All tables with a deal that conclude nothing.
    Deals,
    /// How far a framework can be put together.
    Framework(FrameworkId),
    /// The claims of the case.
    Claims,
    /// What was not computed.
    Unknown,
}

/// A sentence of the verdict, or a few.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictPoint {
    /// What it is about.
    pub about: About,
    /// What it says.
    pub text: String,
}

/// The verdict on the whole process, in one paragraph: what the tables that meet can settle, who blocks the rest, and what would help.
pub fn verdict(brief: &Brief<'_>) -> String {
    verdict_points(brief).into_iter().map(|point| point.text).collect::<Vec<_>>().join(" ")
}

/// The same, sentence by sentence, each with what it is about.
pub fn verdict_points(brief: &Brief<'_>) -> Vec<VerdictPoint> {
    let case = brief.case;
    let mut points = Vec::new();
    let mut say = |about: About, sentences: Vec<String>| {
        points.extend(sentences.into_iter().map(|text| VerdictPoint { about, text }));
    };
    for track in brief.open_tracks().filter(|track| track.concluding.is_some()) {
        for (deals, sentences) in concluding_track(brief, track) {
            say(About::Table(track.track, deals), sentences);
        }
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
                let open =
                    brief.shares(track.track, Deals::Mandate).map(|shares| format!("; {}", short_share(&shares.open)));
                format!("{} ({deals}{})", case.tracks[track.track.0].name, open.unwrap_or_default())
            })
            .collect();
        let exist = if names.len() == 1 { "A deal exists" } else { "Deals exist" };
        say(About::Deals, vec![format!("{exist} at {}.", list(&names))]);
    }
    for track in unable {
        say(About::Table(track.track, Deals::Mandate), no_new_deal(brief, track));
    }
    for (framework, sentences) in assembly_sentences(brief) {
        say(About::Framework(framework), sentences);
    }
    for track in &brief.tracks {
        let name = &case.tracks[track.track.0].name;
        if let Some(refusal) = track.mandate.refusal() {
            say(About::Unknown, vec![format!("{name} was not computed: {refusal}.")]);
        }
        if let Some(Found::Undecided(refusal)) = track.mandate.large().map(|large| &large.found) {
            say(About::Unknown, vec![format!("Whether {name} has a deal is not known: {refusal}.")]);
        }
    }
    if points.is_empty() {
        let text = "No track meets, so nothing can be agreed.".to_owned();
        points.push(VerdictPoint { about: About::Unknown, text });
    }
    points.extend(claims_sentence(brief).map(|text| VerdictPoint { about: About::Claims, text }));
    points
}

/// Why a track that concludes nothing has no deal.
fn no_new_deal(brief: &Brief<'_>, track: &TrackBrief) -> Vec<String> {
    let case = brief.case;
    let name = &case.tracks[track.track.0].name;
    let open = brief.shares(track.track, Deals::Mandate);
    let open = open.map_or_else(String::new, |shares| format!(" (there is one {})", short_share(&shares.open)));
    let mut sentences = vec![match track.mandate.blocked() {
        Some(blocked) => {
            format!("There is no new deal to be had at {name}{open}: {}.", reason(case, track.track, blocked))
        }
        None => format!("There is no new deal to be had at {name}{open}."),
    }];
    if let Some(Found::Blocked { proofs, .. }) = track.mandate.large().map(|large| &large.found) {
        sentences.extend(large_proofs(case, proofs));
    }
    sentences
}

/// What a track that concludes a framework can do, under its mandate and towards conclusion.
fn concluding_track(brief: &Brief<'_>, track: &TrackBrief) -> Vec<(Deals, Vec<String>)> {
    let case = brief.case;
    let name = &case.tracks[track.track.0].name;
    let framework =
        case.tracks[track.track.0].concludes.map_or("", |framework| case.frameworks[framework.0].name.as_str());
    let say = |table: &TableBrief, deals: Deals, can: &str, cannot: &str| {
        let mut sentences = Vec::new();
        let shares = brief.shares(track.track, deals);
        // What can be is said in how many draws it can; what cannot, in how many it could after all.
        let hedge = |what: &str| {
            shares.map_or_else(String::new, |shares| match shares.open.holds {
                0 => format!(" {}", share(&shares.open).replacen("in none of", "in any of", 1)),
                _ => format!(" ({what}{})", share(&shares.open).replacen(" (", ": ", 1).replacen(')', "", 1)),
            })
        };
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
        let Ok(settlement) = &table.settlement else { return (deals, sentences) };
        let Some(blocked) = &settlement.blocked else {
            let packages = counted(settlement.acceptable_count, "package");
            sentences.push(format!(
                "{can}{}: {packages} of {} would be accepted by all who must agree.",
                hedge("it can "),
                number(settlement.examined)
            ));
            return (deals, sentences);
        };
        let none = match settlement.examined {
            0 => String::new(),
            examined => format!("none of {} is acceptable, because ", counted(examined, "package")),
        };
        sentences.push(format!("{cannot}{}: {none}{}.", hedge("it could "), reason(case, track.track, blocked)));
        if let Some(Ok(unlocking)) = &table.unlock {
            sentences.push(match &unlocking.cheapest {
                Some(_) => unlock(case, unlocking),
                None if unlocking.relevant.is_empty() => "No lever touches it.".to_owned(),
                None => {
                    let opened = shares.and_then(|shares| shares.opened_by_levers.as_ref());
                    let opened = opened.map_or_else(String::new, |opened| match opened.holds {
                        0 => format!(", {}", share(opened).replacen("in none of", "in any of", 1)),
                        _ => format!(" at the point values; some combination does {}", share(opened)),
                    });
                    format!("None of {} of levers opens it{opened}.", counted(unlocking.combinations, "combination"))
                }
            });
        }
        (deals, sentences)
    };
    let mut said = vec![say(
        &track.mandate,
        Deals::Mandate,
        &format!("{name} has a deal under its own mandate"),
        &format!("{name} has no deal under its own mandate"),
    )];
    if let Some(concluding) = &track.concluding {
        let cannot = if track.mandate.is_blocked() { "Nor can it conclude" } else { "It cannot conclude" };
        said.push(say(
            concluding,
            Deals::Concluding,
            &format!("It can conclude {framework}"),
            &format!("{cannot} {framework}"),
        ));
    }
    said
}

/// How far the parts of each framework can be brought together across tracks.
fn assembly_sentences(brief: &Brief<'_>) -> Vec<(FrameworkId, Vec<String>)> {
    let case = brief.case;
    let Some(Ok(assembly)) = &brief.assembly else { return Vec::new() };
    let mut said = Vec::new();
    for entry in &assembly.frameworks {
        let mut sentences = Vec::new();
        let framework = &case.frameworks[entry.framework.0];
        let open = brief.open_tracks().any(|track| case.tracks[track.track.0].concludes == Some(entry.framework));
        if !open {
            continue;
        }
        let shares = brief.draws.as_ref().map(|draws| draws.frameworks.iter());
        let concluded = shares
            .and_then(|mut shares| shares.find(|shares| shares.framework == entry.framework))
            .map(|shares| &shares.concluded);
        if let Some(nearest) = entry.conclusions.first() {
            let proof = if nearest.package_proof { "" } else { ", though only step by step" };
            sentences.push(format!(
                "{} can be concluded {}{proof}{}.",
                framework.name,
                route_words(case, &nearest.route),
                concluded.map_or_else(String::new, |share_of| format!(" (by some route {})", share(share_of)))
            ));
        } else if let Some(stop) = &entry.stop {
            let total = stop.met.len() + stop.missing.len();
            if stop.met.is_empty() {
                sentences.push(format!("No deals anywhere fill any of the {total} benchmarks of {}.", framework.name));
                said.push((entry.framework, sentences));
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
            if let Some(concluded) = concluded {
                sentences.push(match concluded.holds {
                    0 => format!(
                        "It can be concluded by no route {}.",
                        share(concluded).replacen("in none of", "in any of", 1)
                    ),
                    _ => format!("Some route to concluding it opens {}.", share(concluded)),
                });
            }
        }
        said.push((entry.framework, sentences));
    }
    said
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
