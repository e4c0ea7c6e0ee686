//! Who must say yes: every decision rule as one test on the seats that do (the model, section 2: win-set).
//!
//! A rule is a list of requirements, each a number of votes the seats that say yes must reach together. Consensus is one requirement: everyone.
//! A quota is one, a bloc is one. A council adds veto holders, of whom none may refuse outright.

use winset_case::{ActorId, Case, Decimal, Rule, Status, TrackId};

use crate::recognition::not_recognised;

/// Seats that vote at one track: one bit each.
const SEAT_LIMIT: usize = 128;

/// What a seat does with a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vote {
    /// It accepts.
    Yes,
    /// It holds a veto, does not accept, and lets the deal pass.
    Abstains,
    /// It refuses; a veto holder vetoes.
    No,
}

impl Vote {
    /// The word used in results.
    pub fn word(self) -> &'static str {
        match self {
            Vote::Yes => "yes",
            Vote::Abstains => "abstains",
            Vote::No => "no",
        }
    }
}

/// Why a track makes no deals, whatever the packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoMeeting {
    /// It is closed.
    Closed,
    /// Someone there refuses to sit with another, and the case is asked under strict recognition.
    NotRecognised,
    /// Nobody sits there whose consent makes a deal.
    NobodyDecides,
    /// The votes of all who sit there together do not meet the rule.
    BeyondReach,
}

/// Why the track makes no deals, whatever the packages; `None` where it can meet and decide. Levers in use must have been carried out.
pub fn no_meeting(case: &Case, track: TrackId) -> Option<NoMeeting> {
    let here = &case.tracks[track.0];
    let players: Vec<ActorId> = here.required().collect();
    if here.status == Status::Closed {
        Some(NoMeeting::Closed)
    } else if case.strict_recognition && !not_recognised(case, track).is_empty() {
        Some(NoMeeting::NotRecognised)
    } else if players.is_empty() {
        Some(NoMeeting::NobodyDecides)
    } else {
        // More seats than can be told apart are refused where the table is made.
        let beyond = Ballot::of(case, track, &players).is_ok_and(|ballot| !ballot.can_pass());
        beyond.then_some(NoMeeting::BeyondReach)
    }
}

/// Sets of seats are bit masks over the players of a track.
pub type Seats = u128;

/// More seats vote at a track than can be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManySeats {
    /// How many.
    pub seats: usize,
    /// How many could.
    pub limit: usize,
}

/// The rule of a track over its players.
#[derive(Debug, Clone)]
pub struct Ballot {
    players: usize,
    requirements: Vec<Requirement>,
    veto: Seats,
    /// Per player, how far below what it demands it abstains instead of vetoing.
    tolerances: Vec<Decimal>,
}

#[derive(Debug, Clone)]
struct Requirement {
    /// Votes per player.
    votes: Vec<i128>,
    /// Votes that must say yes.
    needed: i128,
}

impl Ballot {
    /// The rule of a track over these of its seats.
    pub fn of(case: &Case, track: TrackId, players: &[ActorId]) -> Result<Self, TooManySeats> {
        if players.len() > SEAT_LIMIT {
            return Err(TooManySeats { seats: players.len(), limit: SEAT_LIMIT });
        }
        let here = &case.tracks[track.0];
        let voting = &here.voting;
        let weight = |player: &ActorId| i128::from(voting.weight(*player).billionths());
        let one_each = |needed| Requirement { votes: vec![1; players.len()], needed };
        let mut requirements = match here.rule {
            Rule::Consensus | Rule::PartiesOnly => vec![one_each(players.len() as i128)],
            Rule::Quota | Rule::Council => {
                let quota = voting.quota.as_ref().map_or(0, |quota| i128::from(quota.value.billionths()));
                vec![Requirement { votes: players.iter().map(weight).collect(), needed: quota }]
            }
            Rule::SufficientConsensus => {
                let unit = i128::from(Decimal::UNIT);
                let blocs = voting.blocs.iter().filter(|bloc| bloc.share.value > Decimal::ZERO);
                let requirement = blocs.map(|bloc| {
                    let votes = |player: &ActorId| if bloc.members.contains(player) { weight(player) } else { 0 };
                    let votes: Vec<i128> = players.iter().map(votes).collect();
                    let all: i128 = votes.iter().sum();
                    // A bloc nobody sits for cannot consent.
                    let needed = (i128::from(bloc.share.value.billionths()) * all).max(1);
                    Requirement { votes: votes.into_iter().map(|votes| votes * unit).collect(), needed }
                });
                requirement.collect()
            }
        };
        if requirements.iter().all(|requirement| requirement.needed <= 0) {
            // A deal is made by somebody, even where an edit takes every demand for votes away.
            requirements.push(one_each(1));
        }
        let holds_veto = |player: &ActorId| here.rule == Rule::Council && voting.veto.contains(player);
        let veto = players
            .iter()
            .enumerate()
            .filter(|(_, player)| holds_veto(player))
            .fold(0, |seats, (position, _)| seats | 1 << position);
        let tolerances = players.iter().map(|player| voting.tolerance(*player)).collect();
        Ok(Ballot { players: players.len(), requirements, veto, tolerances })
    }

    /// Whether the deal is made, given who says yes and who vetoes.
    pub fn passes(&self, yes: Seats, vetoing: Seats) -> bool {
        vetoing == 0 && self.has_the_votes(yes)
    }

    /// Whether these seats' yes gives a deal its votes; vetoes are another matter.
    pub fn has_the_votes(&self, yes: Seats) -> bool {
        self.requirements.iter().all(|requirement| requirement.met_by(yes))
    }

    /// How many players the rule is over.
    pub fn players(&self) -> usize {
        self.players
    }

    /// Whether anything could be decided if everyone said yes.
    pub fn can_pass(&self) -> bool {
        self.has_the_votes(self.everyone())
    }

    /// How far below what it demands a veto holder still abstains; `None` for everyone else.
    pub fn tolerance(&self, player: usize) -> Option<Decimal> {
        (self.veto >> player & 1 == 1).then(|| self.tolerances[player])
    }

    /// The players without whose yes nothing is decided.
    pub fn indispensable(&self) -> Seats {
        (0..self.players)
            .filter(|player| !self.has_the_votes(self.everyone() & !(1 << player)))
            .fold(0, |seats, player| seats | 1 << player)
    }

    /// All players.
    pub fn everyone(&self) -> Seats {
        if self.players == SEAT_LIMIT { Seats::MAX } else { (1 << self.players) - 1 }
    }
}

impl Requirement {
    fn met_by(&self, yes: Seats) -> bool {
        let votes = self.votes.iter().enumerate().filter(|(player, _)| yes >> player & 1 == 1);
        votes.map(|(_, votes)| votes).sum::<i128>() >= self.needed
    }
}
