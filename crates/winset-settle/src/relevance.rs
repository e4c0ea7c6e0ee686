//! Which levers can matter at a table: those that touch the table itself, or the judgement of someone there.

use winset_case::edit::{Change, NumberTarget};
use winset_case::{ActorId, Case, Condition, LeverId, TieKind, TrackId};
use winset_worth::mentions;

/// The levers for which `direct` holds, and those that the conditions in their edits mention, and so on.
pub(crate) fn closed(case: &Case, available: &[LeverId], direct: &dyn Fn(LeverId) -> bool) -> Vec<LeverId> {
    let mut found: Vec<LeverId> = available.iter().copied().filter(|lever| direct(*lever)).collect();
    let mut position = 0;
    while let Some(&lever) = found.get(position) {
        for condition in case.levers[lever.0].edits.iter().filter_map(|edit| condition_of(&edit.change)) {
            let more: Vec<LeverId> = available
                .iter()
                .copied()
                .filter(|other| !found.contains(other) && mentions(case, &condition.expression, *other))
                .collect();
            found.extend(more);
        }
        position += 1;
    }
    found
}

fn condition_of(change: &Change) -> Option<&Condition> {
    match change {
        Change::Ends(_, condition)
        | Change::RedLineWhen(_, _, condition)
        | Change::LinkageWhen(_, _, condition)
        | Change::Mandate(_, Some(condition))
        | Change::Benchmark(_, _, Some(condition)) => Some(condition),
        _ => None,
    }
}

/// Everyone whose numbers an actor's judgement can depend on: itself, its principals, and the patrons behind any of them.
pub(crate) fn cone(case: &Case, judge: ActorId) -> Vec<ActorId> {
    let mut cone = vec![judge];
    let mut position = 0;
    while let Some(&actor) = cone.get(position) {
        let patrons = case.ties.iter().filter(|tie| tie.presses(actor)).map(|tie| tie.from);
        let behind: Vec<ActorId> =
            patrons.chain(case.actors[actor.0].principal).filter(|other| !cone.contains(other)).collect();
        cone.extend(behind);
        position += 1;
    }
    cone
}

/// Whether a change is to the table itself, and so to everyone's judgement there.
pub(crate) fn changes_table(case: &Case, change: &Change, track: TrackId) -> bool {
    match change {
        Change::Agenda(at, ..)
        | Change::Seat(at, ..)
        | Change::Rule(at, _)
        | Change::Veto(at, ..)
        | Change::Status(at, _)
        | Change::Number(
            NumberTarget::Quota(at)
            | NumberTarget::Votes(at, _)
            | NumberTarget::Share(at, _)
            | NumberTarget::Tolerance(at, _),
            ..,
        ) => *at == track,
        Change::Reading(..) | Change::Benchmark(..) => true,
        // Who refuses to sit there may keep the table from meeting.
        Change::Tie(tie, _) => case.strict_recognition && matches!(case.ties[tie.0].kind, TieKind::NonRecognition),
        _ => false,
    }
}

/// Whether a lever touches any of these actors' judgements, through its edits or by standing in their conditions.
pub(crate) fn touches(case: &Case, lever: LeverId, cone: &[ActorId]) -> bool {
    let edits = case.levers[lever.0].edits.iter().any(|edit| match &edit.change {
        // What counts votes touches the table itself.
        Change::Number(target, ..) => target.judge(case).is_some_and(|judge| cone.contains(&judge)),
        Change::Tie(tie, _) => cone.contains(&case.ties[tie.0].to),
        Change::Unprice(actor, _)
        | Change::RedLine(actor, ..)
        | Change::Linkage(actor, ..)
        | Change::Ends(actor, _)
        | Change::RedLineWhen(actor, ..)
        | Change::LinkageWhen(actor, ..) => cone.contains(actor),
        _ => false,
    });
    let conditions = cone.iter().map(|actor| &case.actors[actor.0]).flat_map(|actor| {
        let lines = actor.red_lines.iter().map(|line| &line.when);
        lines.chain(actor.linkages.iter().map(|linkage| &linkage.when)).chain(&actor.ends)
    });
    edits || conditions.into_iter().any(|condition| mentions(case, &condition.expression, lever))
}

/// The levers that change a track's table itself.
pub(crate) fn changing_table(case: &Case, track: TrackId, available: &[LeverId]) -> Vec<LeverId> {
    closed(case, available, &|lever| {
        case.levers[lever.0].edits.iter().any(|edit| changes_table(case, &edit.change, track))
    })
}

/// The levers that change what a track's mandate asks. Benchmarks are conditions over the outcome alone: no lever stands in them.
pub(crate) fn changing_mandate(case: &Case, track: TrackId, available: &[LeverId]) -> Vec<LeverId> {
    closed(case, available, &|lever| {
        let mandate = case.tracks[track.0].mandate.as_ref();
        let mentioned = mandate.is_some_and(|mandate| mentions(case, &mandate.expression, lever));
        let edits = &case.levers[lever.0].edits;
        mentioned || edits.iter().any(|edit| matches!(edit.change, Change::Mandate(at, _) if at == track))
    })
}

/// The levers that touch an actor's judgement.
pub(crate) fn touching_judge(case: &Case, judge: ActorId, available: &[LeverId]) -> Vec<LeverId> {
    let cone = cone(case, judge);
    closed(case, available, &|lever| touches(case, lever, &cone))
}

/// Everyone who may judge at a track: every actor seated, or that a lever could seat, and their principals.
pub(crate) fn may_judge(case: &Case, track: TrackId, changing_table: &[LeverId]) -> Vec<ActorId> {
    let mut judging: Vec<ActorId> = case.tracks[track.0].seats.iter().map(|seat| seat.actor).collect();
    for lever in changing_table {
        judging.extend(case.levers[lever.0].edits.iter().filter_map(|edit| match edit.change {
            Change::Seat(at, actor, _) if at == track => Some(actor),
            _ => None,
        }));
    }
    let mut position = 0;
    while let Some(&actor) = judging.get(position) {
        judging.extend(case.actors[actor.0].principal.filter(|principal| !judging.contains(principal)));
        position += 1;
    }
    judging
}

/// The levers on which an actor's own worth of a state can depend: those that change its numbers or conditions or stand in one of these, and
/// those whose edits are to more than numbers, which is judged generously.
pub fn acts_on(case: &Case, actor: ActorId) -> Vec<LeverId> {
    // What an actor does not say for itself it may take from its principal.
    let cone = cone(case, actor);
    let all: Vec<LeverId> = (0..case.levers.len()).map(LeverId).collect();
    closed(case, &all, &|lever| {
        let numbers_alone = |change: &Change| matches!(change, Change::Number(target, ..) if !matches!(target, NumberTarget::Intensity(_)));
        let shape = |change: &Change| {
            matches!(
                change,
                Change::Agenda(..)
                    | Change::Seat(..)
                    | Change::Rule(..)
                    | Change::Veto(..)
                    | Change::Status(..)
                    | Change::Mandate(..)
            )
        };
        touches(case, lever, &cone)
            || case.levers[lever.0].edits.iter().any(|edit| !numbers_alone(&edit.change) && !shape(&edit.change))
    })
}
