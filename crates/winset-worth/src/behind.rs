//! Who must carry a deal without signing it.

use winset_case::{ActorId, Role, TieKind, TrackId};

use crate::ballot::Ballot;
use crate::recognition::speaks_for;
use crate::valuation::Valuation;

/// Why someone stands behind a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bond {
    /// It is the constituency of the seat, or of whom the seat speaks for.
    Constituency,
    /// It is the client of a guarantor.
    Client,
}

impl Bond {
    /// The word used in results.
    pub fn word(self) -> &'static str {
        match self {
            Bond::Constituency => "constituency",
            Bond::Client => "client",
        }
    }
}

/// Someone who does not sign but must carry a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    /// The seat.
    pub seat: ActorId,
    /// Who stands behind it.
    pub actor: ActorId,
    /// Why.
    pub bond: Bond,
    /// Units in a worth of 1.
    pub unit: i128,
}

/// Who stands behind the seats: the constituencies of those who vote, and the clients of guarantors. Whoever must say yes anyway is left out.
pub fn behind(valuation: &Valuation<'_>, track: TrackId, players: &[ActorId], ballot: &Ballot) -> Vec<Behind> {
    let case = valuation.case();
    let needed = ballot.indispensable();
    let signing: Vec<ActorId> = players
        .iter()
        .enumerate()
        .filter(|(position, _)| needed >> position & 1 == 1)
        .flat_map(|(_, player)| valuation.judges(*player).into_iter().chain([*player]))
        .collect();
    let mut found: Vec<Behind> = Vec::new();
    let mut add = |seat: ActorId, actor: ActorId, bond: Bond| {
        if let Some(worth) = valuation.actor(actor)
            && !signing.contains(&actor)
            && !found.iter().any(|other| other.actor == actor)
        {
            found.push(Behind { seat, actor, bond, unit: worth.unit });
        }
    };
    let here = &case.tracks[track.0];
    for seat in &here.seats {
        for tie in case.ties.iter().filter(|tie| tie.on) {
            match tie.kind {
                TieKind::Constituency(_) if here.needs(seat) && speaks_for(case, seat.actor, tie.from) => {
                    add(seat.actor, tie.to, Bond::Constituency);
                }
                TieKind::Patron(_) if seat.roles.contains(&Role::Guarantor) && tie.from == seat.actor => {
                    add(seat.actor, tie.to, Bond::Client);
                }
                _ => {}
            }
        }
    }
    found
}
