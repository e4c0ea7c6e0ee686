//! Who refuses to sit with whom.

use winset_case::{ActorId, Case, TieKind, TrackId};

/// One who will not sit with another, and both have a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotRecognised {
    /// The actor that refuses, as the tie names it.
    pub refusing: ActorId,
    /// Its seat: its own, or that of a delegation that speaks for it.
    pub seat: ActorId,
    /// The actor refused, as the tie names it.
    pub refused: ActorId,
    /// The seat of that one.
    pub refused_seat: ActorId,
}

/// Everyone seated at a track who refuses to sit with another seated there. Roles do not matter; a delegation sits for whomever it speaks for.
pub fn not_recognised(case: &Case, track: TrackId) -> Vec<NotRecognised> {
    let seats = || case.tracks[track.0].seats.iter().map(|seat| seat.actor);
    let refusals = case.ties.iter().filter(|tie| tie.on && matches!(tie.kind, TieKind::NonRecognition));
    refusals
        .flat_map(|tie| {
            let sits_for = |actor| seats().filter(move |&seat| speaks_for(case, seat, actor));
            sits_for(tie.from).flat_map(move |seat| {
                let refused = sits_for(tie.to).filter(move |&refused_seat| refused_seat != seat);
                refused.map(move |refused_seat| NotRecognised {
                    refusing: tie.from,
                    seat,
                    refused: tie.to,
                    refused_seat,
                })
            })
        })
        .collect()
}

/// Whether an actor is another, or names it as its principal, directly or through others.
pub fn speaks_for(case: &Case, actor: ActorId, whom: ActorId) -> bool {
    let mut current = Some(actor);
    while let Some(at) = current {
        if at == whom {
            return true;
        }
        current = case.actors[at.0].principal;
    }
    false
}
