//! Constraints, causes, shortfalls and levers in sentences.

use crate::{called, figures, plain};
use winset_case::{ActorId, Case, Decimal, Rule, Status, TrackId};
use winset_settle::{
    Amount, BigRational, Blocked, Cause, Constraint, Deals, NoMeeting, NotRecognised, Shortfall, Step, Unlock, Vote,
    not_recognised,
};

/// `a`, `a and b`, `a, b and c`.
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [start @ .., last] => {
            let start: Vec<&str> = start.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", start.join(", "), last.as_ref())
        }
    }
}

/// A number with its noun: `1 package`, `2 packages`.
pub fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", number(count), if count == 1 { "" } else { "s" })
}

/// A number with thousands set apart.
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The track, and whether deals that conclude its framework are meant: `geneva`, `geneva, concluding unscr-2254`.
pub fn table_name(case: &Case, track: TrackId, deals: Deals) -> String {
    let track = &case.tracks[track.0];
    match (deals, track.concludes) {
        (Deals::Concluding, Some(framework)) => format!("{}, concluding {}", track.id, case.frameworks[framework.0].id),
        _ => track.id.clone(),
    }
}

/// An actor's name as it stands alone; within a sentence it is [`called::actor`].
pub fn actor_name(case: &Case, actor: ActorId) -> &str {
    &case.actors[actor.0].name
}

/// A constraint as a sentence without its full stop.
pub fn constraint(case: &Case, constraint: Constraint) -> String {
    plain::demand(case, constraint)
}

/// A cause as a clause: why there is no deal.
pub fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Exclusion => "someone or something a deal would need has no place there",
        Cause::Representation => "a delegation refuses what the side it speaks for would accept",
        Cause::Mandate => "what the table is asked to deliver is refused there",
        Cause::Procedure => "where and how it would be made crosses a red line",
        Cause::Content => "what would be agreed crosses a red line",
        Cause::PreferenceGap => "what the actors want leaves no room between them",
    }
}

/// Why an empty win-set is empty, as a clause, with who blocks it in brackets where someone does.
pub fn reason(case: &Case, track: TrackId, blocked: &Blocked) -> String {
    let nobody =
        |set: &winset_settle::BlockingSet| set.constraints.iter().all(|constraint| constraint.actor().is_none());
    if let Some(reason) = blocked.no_meeting {
        no_meeting(case, track, reason)
    } else if blocked.blocking_sets.is_empty() {
        "nothing is on its agenda that could change".to_owned()
    } else if blocked.cause == Cause::Exclusion {
        "what it is asked to deliver is not on its agenda".to_owned()
    } else if blocked.blocking_sets.iter().any(|set| set.cause == blocked.cause && nobody(set)) {
        "its mandate asks for no more than what stands already".to_owned()
    } else {
        format!("{}{}", cause(blocked.cause), who_blocks(case, blocked))
    }
}

/// Whether a table is empty for a reason that is no demand of an actor: it does not meet, or nothing it could decide is new.
pub fn is_nobodys(blocked: &Blocked) -> bool {
    let nobody =
        |set: &winset_settle::BlockingSet| set.constraints.iter().all(|constraint| constraint.actor().is_none());
    blocked.no_meeting.is_some()
        || blocked.blocking_sets.is_empty()
        || blocked.cause == Cause::Exclusion
        || blocked.blocking_sets.iter().any(|set| set.cause == blocked.cause && nobody(set))
}

/// The deals of a route, in one sentence without its full stop.
pub fn route_words(case: &Case, route: &[Step]) -> String {
    let steps: Vec<String> = route.iter().map(|step| step_words(case, step)).collect();
    if steps.is_empty() { "as things stand today".to_owned() } else { format!("after {}", steps.join(", then ")) }
}

/// One deal of a route: where it is made and what it changes.
pub fn step_words(case: &Case, step: &Step) -> String {
    let changes: Vec<String> = case
        .issues
        .iter()
        .enumerate()
        .filter(|(issue, _)| step.before.as_ref().is_none_or(|before| before[*issue] != step.after[*issue]))
        .map(|(issue, body)| format!("{}: {}", body.name, body.options[step.after[issue]]))
        .collect();
    let what = if changes.is_empty() { "what stands is endorsed".to_owned() } else { changes.join("; ") };
    let concludes = if step.concludes { ", concluding" } else { "" };
    format!("{}{concludes} ({what})", called::track(case, step.track))
}

/// Why a track makes no deals at all, as a clause.
fn no_meeting(case: &Case, track: TrackId, reason: NoMeeting) -> String {
    match reason {
        NoMeeting::Closed => "it is closed".to_owned(),
        NoMeeting::NobodyDecides => "nobody sits there whose consent would make a deal".to_owned(),
        NoMeeting::BeyondReach => "the votes of all who sit there would not meet its rule".to_owned(),
        NoMeeting::NotRecognised => {
            let refusals = not_recognised(&case.with_levers(), track);
            let refusals: Vec<String> = refusals.iter().map(|refusal| refusal_to_sit(case, refusal)).collect();
            list(&refusals)
        }
    }
}

/// Who refuses to sit with whom, as a clause.
pub fn refusal_to_sit(case: &Case, refusal: &NotRecognised) -> String {
    let seat = |actor: ActorId, seat: ActorId| {
        let sits = if actor == seat { String::new() } else { format!(" ({})", called::actor(case, seat)) };
        format!("{}{sits}", called::actor(case, actor))
    };
    let (refusing, refused) = (seat(refusal.refusing, refusal.seat), seat(refusal.refused, refusal.refused_seat));
    format!("{refusing} refuses to sit with {refused}")
}

/// Who must say yes, in words: the seats, or what the rule asks of them.
pub fn rule(case: &Case, track: TrackId) -> String {
    let here = &case.tracks[track.0];
    let voting = &here.voting;
    let name = |actor: ActorId| {
        let votes = voting.weight(actor);
        let votes = if votes == Decimal::ONE { String::new() } else { format!(" ({votes})") };
        format!("{}{votes}", actor_name(case, actor))
    };
    let seats: Vec<String> = match here.rule {
        Rule::Consensus | Rule::PartiesOnly => {
            here.required().map(|actor| actor_name(case, actor).to_owned()).collect()
        }
        _ => here.required().map(name).collect(),
    };
    let seats = seats.join(", ");
    let quota = || {
        let all = here.required().fold(Decimal::ZERO, |sum, actor| sum.plus(voting.weight(actor)));
        let quota = voting.quota.as_ref().map_or(Decimal::ZERO, |quota| quota.value);
        format!("{quota} of {all} votes: {seats}")
    };
    match here.rule {
        Rule::Consensus | Rule::PartiesOnly => seats,
        Rule::Quota => quota(),
        Rule::Council => {
            let seated = |holder: &ActorId| here.required().any(|seat| seat == *holder);
            let holders: Vec<&str> =
                voting.veto.iter().filter(|holder| seated(holder)).map(|holder| actor_name(case, *holder)).collect();
            let veto = if holders.is_empty() { String::new() } else { format!("; veto: {}", holders.join(", ")) };
            format!("{}{veto}", quota())
        }
        Rule::SufficientConsensus => {
            let blocs = voting.blocs.iter().map(|bloc| {
                let members: Vec<ActorId> = here.required().filter(|seat| bloc.members.contains(seat)).collect();
                let share = Amount::from(bloc.share.value).to_f64().unwrap_or(0.0) * 100.0;
                let everyone = members.len() == here.required().count();
                match members.as_slice() {
                    [only] => actor_name(case, *only).to_owned(),
                    _ if everyone => {
                        let votes = members.iter().fold(Decimal::ZERO, |sum, actor| sum.plus(voting.weight(*actor)));
                        format!("{share:.0}% of all {votes} votes")
                    }
                    _ => {
                        let members: Vec<String> = members.into_iter().map(name).collect();
                        format!("{share:.0}% of {} ({})", bloc.id, members.join(", "))
                    }
                }
            });
            blocs.collect::<Vec<_>>().join("; ")
        }
    }
}

/// How far an actor is from accepting what would pass with it, as a clause.
pub fn shortfall(case: &Case, track: TrackId, actor: ActorId, shortfall: &Shortfall, unit: i128) -> String {
    let name = called::actor(case, actor);
    let counts_votes = !matches!(case.tracks[track.0].rule, Rule::Consensus | Rule::PartiesOnly);
    let (which, undefined) = if counts_votes {
        ("that would pass with it", "since nothing would pass with its consent alone")
    } else {
        ("the others accept", "since the others accept nothing either")
    };
    match shortfall {
        Shortfall::By { missing, package } => {
            let changes = case.changes(package);
            let package =
                if changes.is_empty() { "leaving everything as it is".to_owned() } else { changes.join(", ") };
            format!(
                "{name} is {} short at its nearest package {which} ({package})",
                figures::worth(&Amount::of_units(*missing, unit))
            )
        }
        Shortfall::NoPrice { content_margin } => format!(
            "{name} is beyond price: every package {which} breaks a red line of its that nothing moves (on content alone its best margin is {})",
            figures::worth(&Amount::of_units(*content_margin, unit))
        ),
        Shortfall::Undefined => format!("{name}: not defined, {undefined}"),
    }
}

/// A player's share of the gain it could have had, in words; whoever does not say yes has nothing to share in.
pub fn share(case: &Case, player: ActorId, share: &BigRational, vote: Vote) -> String {
    let name = actor_name(case, player);
    match vote {
        Vote::Yes => {}
        Vote::Abstains => return format!("{name} abstains"),
        Vote::No => return format!("{name} is outvoted"),
    }
    format!("{name} {:.0}%", Amount::from(share.clone()).to_f64().unwrap_or(0.0) * 100.0)
}

/// What the levers can do, as a sentence.
pub fn unlock(case: &Case, unlock: &Unlock) -> String {
    let names = |levers: &[winset_case::LeverId]| -> String {
        let names: Vec<&str> = levers.iter().map(|lever| case.levers[lever.0].name.as_str()).collect();
        list(&names)
    };
    if let Some((levers, cost)) = &unlock.cheapest {
        let more = match unlock.minimal.len() {
            1 => "; it is the only minimal combination that does".to_owned(),
            sets => format!("; {sets} minimal combinations do"),
        };
        return format!("Opened by {} (cost {cost}){more}.", names(levers));
    }
    let untouched = unlock.available.len() - unlock.relevant.len();
    let others = match untouched {
        0 => String::new(),
        1 => "; the other available lever cannot matter here".to_owned(),
        untouched => format!("; the other {untouched} available levers cannot matter here"),
    };
    if unlock.relevant.is_empty() {
        return format!(
            "No available lever touches this table{}.",
            if untouched == 0 { String::new() } else { format!(" ({untouched} exist)") }
        );
    }
    let tried = format!(
        "None of the {} of the {} that touch it opens it{others}.",
        counted(unlock.combinations, "combination"),
        counted(unlock.relevant.len() as u64, "lever")
    );
    let nearest: Vec<String> = unlock
        .near_misses
        .iter()
        .map(|miss| {
            let with = if miss.levers.is_empty() {
                "with none of them in use".to_owned()
            } else {
                format!("with {}", names(&miss.levers))
            };
            format!(
                "{} stays {} short at best, {with}",
                called::actor(case, miss.actor),
                figures::worth(&Amount::of_units(miss.missing, miss.unit))
            )
        })
        .collect();
    if nearest.is_empty() { tried } else { format!("{tried} {}.", capital(&nearest.join("; "))) }
}

/// The same in short: what opens it, or that nothing does.
pub fn unlock_in_short(case: &Case, unlock: &Unlock) -> String {
    match &unlock.cheapest {
        Some((levers, cost)) => {
            let names: Vec<&str> = levers.iter().map(|lever| case.levers[lever.0].name.as_str()).collect();
            let others = match unlock.minimal.len() {
                1 => String::new(),
                sets => format!("; {sets} combinations do, none of which can leave a lever out"),
            };
            format!("The cheapest way to open it: {} (cost {cost}){others}.", list(&names))
        }
        None if unlock.relevant.is_empty() => "No lever touches it.".to_owned(),
        None => format!(
            "None of {} of the {} that touch it opens it.",
            counted(unlock.combinations, "combination"),
            counted(unlock.relevant.len() as u64, "lever")
        ),
    }
}

/// The first letter in upper case.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Who stands in the way, in brackets; empty if nobody in particular does.
pub fn who_blocks(case: &Case, blocked: &Blocked) -> String {
    let names = called::actors(case, blockers(blocked));
    if names.is_empty() { String::new() } else { format!(" ({})", list(&names)) }
}

/// The actors with a demand in some minimal blocking set, in the order of the case.
pub fn blockers(blocked: &Blocked) -> Vec<ActorId> {
    let mut actors: Vec<ActorId> = blocked
        .blocking_sets
        .iter()
        .flat_map(|set| &set.constraints)
        .filter_map(|constraint| constraint.actor())
        .collect();
    actors.sort_unstable();
    actors.dedup();
    actors
}

/// What a track's status means, where it matters.
pub fn status_note(status: Status) -> &'static str {
    match status {
        Status::Open => "",
        Status::Planned => "planned; analysed as if it met",
        Status::Closed => "closed",
    }
}
