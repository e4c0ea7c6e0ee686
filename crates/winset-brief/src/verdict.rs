//! The verdict on a process: a few sentences, each of which answers one question.

mod sure;

use winset_case::{ActorId, Case, FrameworkId, TrackId};
use winset_settle::large::Found;
use winset_settle::{Blocked, Cause, Constraint, Deals};

use crate::brief::{Brief, TableBrief, TrackBrief};
use crate::claims::Status;
use crate::large::{how_many, proofs as large_proofs};
use crate::unfold::headline;
use crate::words::{blockers, capital, counted, is_nobodys, list, number, reason, route_words};
use crate::{called, figures, plain};

/// What a statement of the verdict is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Whether there is a deal: at one track that could conclude a framework, or at the tracks that meet where none could.
    Answer(Option<TrackId>),
    /// Why one table has no deal.
    Table(TrackId, Deals),
    /// What levers would do at one track.
    Levers(TrackId),
    /// What can be agreed elsewhere.
    Deals,
    /// How far a framework can be put together.
    Framework(FrameworkId),
    /// How sure the answers are.
    Sure,
    /// How the process may unfold.
    Unfolding,
    /// What the answers rest on.
    Rests,
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

/// The verdict on the whole process in one paragraph.
pub fn verdict(brief: &Brief<'_>) -> String {
    verdict_points(brief).into_iter().map(|point| point.text).collect::<Vec<_>>().join(" ")
}

/// The verdict, statement by statement: is there a deal, who refuses what, what would unlock it, what can be agreed elsewhere, how sure that is, how it may
/// unfold, and what it rests on.
pub fn verdict_points(brief: &Brief<'_>) -> Vec<VerdictPoint> {
    let case = brief.case;
    let mut points = Vec::new();
    let mut say = |about: About, text: String| points.push(VerdictPoint { about, text: capital(&text) });
    let (main, others): (Vec<&TrackBrief>, Vec<&TrackBrief>) =
        brief.open_tracks().partition(|track| track.concluding.is_some());
    for track in &main {
        say(About::Answer(Some(track.track)), answer(case, track));
        for (deals, table) in track.tables() {
            if let Some(text) = why(case, track.track, deals, table) {
                say(About::Table(track.track, deals), text);
            }
        }
        if let Some(text) = levers(case, track) {
            say(About::Levers(track.track), text);
        }
    }
    if !others.is_empty() {
        let about = if main.is_empty() { About::Answer(None) } else { About::Deals };
        for text in elsewhere(brief, &others, main.is_empty()) {
            say(about, text);
        }
    }
    if main.is_empty() {
        for track in others.iter().filter(|track| track.mandate.is_blocked()) {
            if let Some(text) = levers(case, track) {
                say(About::Levers(track.track), text);
            }
        }
    }
    for (framework, text) in assembly_sentences(brief) {
        say(About::Framework(framework), text);
    }
    for track in &brief.tracks {
        let name = called::track(case, track.track);
        if let Some(refusal) = track.mandate.refusal() {
            say(About::Unknown, format!("{name} was not computed: {refusal}."));
        }
        if let Some(Found::Undecided(refusal)) = track.mandate.large().map(|large| &large.found) {
            say(About::Unknown, format!("Whether {name} has a deal is not known: {refusal}."));
        }
    }
    if points.is_empty() {
        let text = "No track meets, so nothing can be agreed.".to_owned();
        points.push(VerdictPoint { about: About::Unknown, text });
    }
    points.extend(sure::sure(brief, &main, &others).map(|text| VerdictPoint { about: About::Sure, text }));
    points.extend(unfolding(brief).map(|text| VerdictPoint { about: About::Unfolding, text }));
    points.push(VerdictPoint { about: About::Rests, text: rests(brief) });
    points
}

/// Whether a track that can conclude a framework has a deal, and can conclude it.
fn answer(case: &Case, track: &TrackBrief) -> String {
    let (name, framework) = (called::track(case, track.track), called::concluded_at(case, track.track));
    let concluding = track.concluding.as_ref().and_then(TableBrief::has_deal);
    match (track.mandate.has_deal(), concluding) {
        (Some(false), Some(false)) => {
            format!("{name} has no deal to make, neither under its own mandate nor to conclude {framework}.")
        }
        (Some(false), Some(true)) => {
            format!("{name} has no deal under its own mandate, and yet it can conclude {framework}.")
        }
        (Some(true), Some(false)) => {
            format!("{name} has a deal under its own mandate, but it cannot conclude {framework}.")
        }
        (Some(true), Some(true)) => {
            format!("{name} has a deal under its own mandate, and it can conclude {framework}.")
        }
        (mandate, concluding) => {
            let known = |has: Option<bool>| match has {
                Some(true) => "yes",
                Some(false) => "no",
                None => "not known",
            };
            format!(
                "Has {name} a deal under its own mandate: {}. Can it conclude {framework}: {}.",
                known(mandate),
                known(concluding)
            )
        }
    }
}

/// Who refuses what at a table without a deal; of a table with one, how many packages pass. `None` where there is nothing to add to the answer.
fn why(case: &Case, track: TrackId, deals: Deals, table: &TableBrief) -> Option<String> {
    let (name, framework) = (called::track(case, track), called::concluded_at(case, track));
    let towards = match deals {
        Deals::Mandate => "Under its own mandate".to_owned(),
        Deals::Concluding => format!("Towards concluding {framework}"),
    };
    if let Some(large) = table.large() {
        let mut text = format!("{towards} {}", how_many(large));
        if let Found::Blocked { proofs, reasons } = &large.found {
            if let Ok(reasons) = reasons {
                text.push_str(&format!(": {}", refusal(case, track, deals, &reasons.blocked)));
            }
            text.push('.');
            for proof in large_proofs(case, proofs) {
                text.push_str(&format!(" {proof}"));
            }
            return Some(text);
        }
        return matches!(large.found, Found::Open(_)).then(|| format!("{text}."));
    }
    let settlement = table.settlement.as_ref().ok()?;
    Some(match &settlement.blocked {
        None => format!(
            "{towards} {} of {} would be accepted by all who must agree.",
            number(settlement.acceptable_count),
            counted(settlement.examined, "package")
        ),
        Some(blocked) if settlement.examined == 0 => format!("{towards}: {}.", reason(case, track, blocked)),
        Some(blocked) => {
            let text = refusal(case, track, deals, blocked);
            let none = format!("none of {} passes", counted(settlement.examined, "package"));
            match deals {
                Deals::Mandate => format!("At {name} {none}: {text}."),
                Deals::Concluding => format!("{towards}, {none}: {text}."),
            }
        }
    })
}

/// Who refuses what, as a clause.
fn refusal(case: &Case, track: TrackId, deals: Deals, blocked: &Blocked) -> String {
    let who = blockers(blocked);
    if is_nobodys(blocked) || who.is_empty() {
        return reason(case, track, blocked);
    }
    let names = called::actors(case, who.iter().copied());
    let s = if who.len() == 1 { "s" } else { "" };
    let with_lines = || {
        let refusing: Vec<String> = who.iter().map(|actor| with_lines(case, *actor, blocked)).collect();
        list(&refusing)
    };
    let mandate = case.tracks[track.0].mandate.as_ref().filter(|_| deals == Deals::Mandate);
    match (blocked.cause, mandate) {
        (Cause::Mandate, Some(mandate)) => {
            let at = called::track(case, track);
            format!(
                "{} refuse{s} what {at} is asked to deliver, that {}",
                list(&names),
                plain::condition(case, mandate)
            )
        }
        (Cause::Mandate, None) => format!("{} refuse{s} what it is asked to deliver", list(&names)),
        (Cause::Procedure, _) => format!("{} refuse{s} where and how it would be made", with_lines()),
        (Cause::Content, _) => format!("{} refuse{s} what would be agreed", with_lines()),
        (Cause::PreferenceGap, _) => {
            format!("{} would rather go without than take what is on the table", list(&names))
        }
        (Cause::Representation, _) => {
            format!("{} refuse{s} what the side spoken for would accept", list(&names))
        }
        (Cause::Exclusion, _) => reason(case, track, blocked),
    }
}

/// An actor with those of its red lines that block.
fn with_lines(case: &Case, actor: ActorId, blocked: &Blocked) -> String {
    let of = |constraint: &Constraint| match *constraint {
        Constraint::RedLine(owner, line) if owner == actor => Some(line),
        _ => None,
    };
    let mut lines: Vec<_> =
        blocked.blocking_sets.iter().flat_map(|set| set.constraints.iter().filter_map(of)).collect();
    lines.sort_unstable();
    lines.dedup();
    let lines: Vec<String> =
        lines.into_iter().map(|line| plain::quoted(&case.actors[actor.0].red_lines[line.0].id)).collect();
    let name = called::actor(case, actor);
    match lines.len() {
        0 => name.to_owned(),
        1 => format!("{name} (its red line {})", lines[0]),
        _ => format!("{name} (its red lines {})", list(&lines)),
    }
}

/// What levers would do at the tables of a track that have no deal.
fn levers(case: &Case, track: &TrackBrief) -> Option<String> {
    let (name, framework) = (called::track(case, track.track), called::concluded_at(case, track.track));
    let mut unlocks = Vec::new();
    for (deals, table) in track.tables() {
        if let Some(Ok(unlock)) = &table.unlock
            && !table.blocked().is_some_and(|blocked| is_nobodys(blocked) && unlock.minimal.is_empty())
        {
            unlocks.push((deals, unlock));
        }
    }
    let what = |deals: Deals| match deals {
        _ if track.concluding.is_none() => name.to_owned(),
        Deals::Mandate => format!("{name} under its own mandate"),
        Deals::Concluding => format!("{name} to concluding {framework}"),
    };
    let combinations: Vec<u64> = unlocks.iter().map(|(_, unlock)| unlock.combinations).collect();
    if unlocks.len() == 2 && unlocks.iter().all(|(_, unlock)| unlock.cheapest.is_none() && !unlock.relevant.is_empty())
    {
        let counts = if combinations[0] == combinations[1] {
            counted(combinations[0], "combination")
        } else {
            format!("{} and {}", number(combinations[0]), counted(combinations[1], "combination"))
        };
        return Some(format!("Nothing in anyone's hands opens either: none of {counts} of levers does."));
    }
    let says: Vec<String> = unlocks
        .into_iter()
        .map(|(deals, unlock)| match &unlock.cheapest {
            Some((levers, cost)) => {
                let names: Vec<&str> = levers.iter().map(|lever| case.levers[lever.0].name.as_str()).collect();
                let alone =
                    if levers.len() == 1 { "The cheapest lever that opens" } else { "The cheapest levers that open" };
                format!("{alone} {}: {} (cost {cost}).", what(deals), list(&names))
            }
            None if unlock.relevant.is_empty() => format!("No lever touches {}.", what(deals)),
            None => format!(
                "Nothing in anyone's hands opens {}: none of {} of levers does.",
                what(deals),
                counted(unlock.combinations, "combination")
            ),
        })
        .collect();
    (!says.is_empty()).then(|| says.join(" "))
}

/// What tracks that conclude nothing can agree; `alone` where no other track meets.
fn elsewhere(brief: &Brief<'_>, tracks: &[&TrackBrief], alone: bool) -> Vec<String> {
    let case = brief.case;
    let name = |track: &TrackBrief| called::track(case, track.track);
    let able: Vec<String> = tracks
        .iter()
        .filter(|track| track.mandate.has_deal() == Some(true))
        .map(|track| {
            let deals = match (track.mandate.large(), &track.mandate.settlement) {
                (Some(large), _) => how_many(large),
                (None, Ok(found)) if alone => {
                    format!("{} of {}", number(found.acceptable_count), counted(found.examined, "package"))
                }
                _ => counted(track.mandate.acceptable().unwrap_or(0), "package"),
            };
            format!("{} ({deals})", name(track))
        })
        .collect();
    let unable: Vec<String> = tracks
        .iter()
        .filter(|track| track.mandate.is_blocked())
        .map(|track| match track.mandate.blocked() {
            Some(blocked) => format!("{}: {}", name(track), refusal(case, track.track, Deals::Mandate, blocked)),
            None => name(track).to_owned(),
        })
        .collect();
    let mut said = Vec::new();
    if let ([only], true) = (able.as_slice(), alone) {
        let track = tracks.iter().find(|track| track.mandate.has_deal() == Some(true));
        let found = track.and_then(|track| track.mandate.settlement.as_ref().ok());
        said.push(match (track, found) {
            (Some(track), Some(found)) => format!(
                "There is a deal to be made at {}: {} of {} would be accepted by all who must agree.",
                name(track),
                number(found.acceptable_count),
                counted(found.examined, "package")
            ),
            _ => format!("There is a deal to be made at {only}."),
        });
    }
    let (is, elsewhere) =
        (if able.len() == 1 { "A deal is" } else { "Deals are" }, if alone { "" } else { "elsewhere, " });
    if !able.is_empty() && said.is_empty() {
        said.push(format!("{is} there to be made {elsewhere}at {}.", list(&able)));
    }
    if !unable.is_empty() && alone {
        let none = "There is no deal to be had";
        said.push(format!("{none} at {}.", unable.join("; at ")));
    }
    for track in tracks {
        if let Some(Found::Blocked { proofs, .. }) = track.mandate.large().map(|large| &large.found) {
            said.extend(large_proofs(case, proofs));
        }
    }
    if said.is_empty() { said } else { vec![said.join(" ")] }
}

/// How far the parts of each framework can be brought together across tracks.
fn assembly_sentences(brief: &Brief<'_>) -> Vec<(FrameworkId, String)> {
    let case = brief.case;
    let Some(Ok(assembly)) = &brief.assembly else { return Vec::new() };
    let mut said = Vec::new();
    for entry in &assembly.frameworks {
        let framework = &case.frameworks[entry.framework.0];
        let open = brief.open_tracks().any(|track| case.tracks[track.track.0].concludes == Some(entry.framework));
        if !open {
            continue;
        }
        if let Some(nearest) = entry.conclusions.first() {
            let proof = if nearest.package_proof { "" } else { ", though only step by step" };
            let route = route_words(case, &nearest.route);
            said.push((entry.framework, format!("{} can be concluded {route}{proof}.", framework.in_sentence)));
        } else if let Some(stop) = &entry.stop {
            let total = stop.met.len() + stop.missing.len();
            if stop.met.is_empty() {
                said.push((
                    entry.framework,
                    format!("No deals anywhere fill any of the {total} benchmarks of {}.", framework.in_sentence),
                ));
                continue;
            }
            let names = |of: &[winset_case::BenchmarkId]| {
                let ids: Vec<&str> = of.iter().map(|benchmark| framework.benchmarks[benchmark.0].id.as_str()).collect();
                list(&ids)
            };
            let mut at: Vec<&str> = stop.arrival.route.iter().map(|step| called::track(case, step.track)).collect();
            at.dedup();
            let deals = if at.is_empty() { "What stands".to_owned() } else { format!("Deals at {}", list(&at)) };
            let mut text = format!(
                "{deals} can fill {} of the {total} benchmarks of {} ({}), but that does not add up to a settlement",
                number(stop.met.len() as u64),
                framework.in_sentence,
                names(&stop.met),
            );
            if !stop.missing.is_empty() {
                let is = if stop.missing.len() == 1 { "stays" } else { "stay" };
                text.push_str(&format!(": {} {is} open", names(&stop.missing)));
            }
            text.push('.');
            let lines: Vec<String> = stop.only_on_assembly.iter().map(|&line| plain::demand_name(case, line)).collect();
            let at: Vec<&str> = stop.refused.iter().map(|(track, _)| called::track(case, *track)).collect();
            if !lines.is_empty() {
                text.push_str(&format!(
                    " Put together at {} they cross what no part of them crosses alone: {}.",
                    list(&at),
                    list(&lines)
                ));
            }
            said.push((entry.framework, text));
        }
    }
    said
}

/// How the process may unfold, in one or two sentences.
fn unfolding(brief: &Brief<'_>) -> Option<String> {
    let runs = brief.runs.as_ref()?.as_ref().ok()?;
    let said: Vec<String> = headline(&runs.unfolding()).into_iter().take(2).collect();
    Some(figures::rounded(&said.join(" ")))
}

/// What the answers rest on, with the number that moves them most.
fn rests(brief: &Brief<'_>) -> String {
    let case = brief.case;
    let count = &brief.evidence;
    let assumed = count.by_basis.get("assumption").copied().unwrap_or(0) as u64;
    let mut text = match count.numbers {
        0 => "This rests on no numbers, only on who prefers what to what.".to_owned(),
        numbers => {
            let numbers = counted(numbers as u64, "number");
            format!("This rests on {numbers}, {} of them assumed.", number(assumed))
        }
    };
    let influential = brief.draws.as_ref().map_or(&[][..], |draws| &draws.influential);
    let doubts: Vec<String> = influential
        .iter()
        .map(|of| {
            let basis = of.place.of(case).evidence.basis.unwrap_or(winset_case::Basis::Assumption);
            format!("{} ({})", plain::number_words(case, of.place), basis.word())
        })
        .collect();
    if !doubts.is_empty() {
        text.push_str(&format!(" Doubt first: {}.", doubts.join("; ")));
    }
    text.push_str(&claims_sentence(brief).map_or_else(String::new, |claims| format!(" {claims}")));
    text
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
