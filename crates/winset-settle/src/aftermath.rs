//! What a deal means to those who do not sign it: on whom it is imposed, and whether those behind the seats would accept it.

use winset_case::{ActorId, Outcome};
use winset_worth::{Behind, Judgement, Sitting, Vote, behind, speaks_for};

use crate::table::Table;

/// What part an actor had in a deal made without its consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It voted no and was outvoted.
    Outvoted,
    /// It has a seat without a vote.
    NoVote,
    /// It has no seat.
    NoSeat,
}

impl Part {
    /// The word used in results.
    pub fn word(self) -> &'static str {
        match self {
            Part::Outvoted => "outvoted",
            Part::NoVote => "no vote",
            Part::NoSeat => "no seat",
        }
    }
}

/// A deal that leaves an actor below its fallback without its consent (the model, section 2: principals).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imposed {
    /// On whom.
    pub actor: ActorId,
    /// What part it had.
    pub part: Part,
    /// How far below its fallback it is left, in its units.
    pub loss: i128,
    /// Units in a worth of 1.
    pub unit: i128,
}

/// Whether signable deals would also be durable (the model, section 2: signable and durable).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Durability {
    /// Who stands behind the seats.
    pub behind: Vec<Behind>,
    /// How many of the acceptable packages all of them would accept as well.
    pub durable_count: u64,
    /// Per actor behind, its best margin among the acceptable packages, in its units (`None` for minus infinity), and where.
    pub best: Vec<(Option<i128>, Outcome)>,
}

/// Judges deals for everyone they concern.
pub(crate) struct Aftermath<'t, 'v> {
    table: &'t Table<'v>,
    /// Everyone with preferences.
    everyone: Sitting<'v>,
    /// Those behind the seats and the judges of the table.
    close: Sitting<'v>,
    pub(crate) behind: Vec<Behind>,
}

impl<'t, 'v> Aftermath<'t, 'v> {
    pub(crate) fn new(table: &'t Table<'v>) -> Self {
        let valuation = table.valuation;
        let behind = behind(valuation, table.track, &table.players, &table.ballot);
        let all: Vec<ActorId> = (0..table.case().actors.len()).map(ActorId).collect();
        let close: Vec<ActorId> = behind.iter().flat_map(|behind| valuation.judges(behind.actor)).collect();
        let close: Vec<ActorId> = close.into_iter().chain(behind.iter().map(|behind| behind.actor)).collect();
        Aftermath {
            everyone: Sitting::new(valuation, table.track, table.state, &all),
            close: Sitting::new(valuation, table.track, table.state, &close),
            table,
            behind,
        }
    }

    /// What each player does with a deal, and on whom the deal is imposed.
    pub(crate) fn votes(&self, outcome: &[usize]) -> (Vec<Vote>, Vec<Imposed>) {
        let table = self.table;
        let concludes = table.concludes(outcome);
        let mut judgements = Vec::new();
        table.sitting.judge(outcome, concludes, &mut judgements);
        let votes = table.votes(&judgements);
        let mut consenting: Vec<ActorId> = Vec::new();
        for (&player, &vote) in table.players.iter().zip(&votes) {
            if vote != Vote::No {
                consenting.push(player);
                consenting.extend(table.valuation.judges(player));
            }
        }
        self.everyone.judge(outcome, concludes, &mut judgements);
        let case = table.case();
        let seats = &case.tracks[table.track.0].seats;
        let imposed = (0..case.actors.len()).map(ActorId).filter_map(|actor| {
            let worth = table.valuation.actor(actor)?;
            let own = case.actors[actor.0].has_preferences() && !consenting.contains(&actor);
            let loss = -judgements[self.everyone.position(actor)?].gain();
            if !own || loss <= 0 {
                return None;
            }
            let sits = |speaking: ActorId| speaks_for(case, speaking, actor);
            let part = if table.players.iter().any(|&player| sits(player)) {
                Part::Outvoted
            } else if seats.iter().any(|seat| sits(seat.actor)) {
                Part::NoVote
            } else {
                Part::NoSeat
            };
            Some(Imposed { actor, part, loss, unit: worth.unit })
        });
        let imposed = imposed.collect();
        (votes, imposed)
    }

    /// Per actor behind the seats, its margin for a deal (`None` for minus infinity), and whether it would accept with its own principals.
    fn carried(&self, outcome: &[usize], judgements: &mut Vec<Judgement>) -> Vec<(Option<i128>, bool)> {
        self.close.judge(outcome, self.table.concludes(outcome), judgements);
        let of = |actor: ActorId| self.close.position(actor).map(|position| judgements[position]);
        let accepts = |judge: ActorId| {
            let own = self.table.valuation.has_own_fallback(judge);
            of(judge).is_none_or(|judgement| if own { judgement.accepts() } else { !judgement.forbidden })
        };
        self.behind
            .iter()
            .map(|behind| {
                let margin = of(behind.actor).and_then(|judgement| judgement.margin());
                (margin, self.table.valuation.judges(behind.actor).into_iter().all(accepts))
            })
            .collect()
    }

    /// Per actor behind the seats, its margin for a deal; `None` for minus infinity.
    pub(crate) fn gaps(&self, outcome: &[usize]) -> Vec<Option<i128>> {
        self.carried(outcome, &mut Vec::new()).into_iter().map(|(margin, _)| margin).collect()
    }

    /// Whether the acceptable packages are durable; `None` where nobody stands behind the seats.
    pub(crate) fn durability(&self, acceptable: &[u64]) -> Option<Durability> {
        let first = self.table.space.outcome(*acceptable.first().filter(|_| !self.behind.is_empty())?);
        let mut best = vec![(None, first); self.behind.len()];
        let mut durable_count = 0;
        let mut judgements = Vec::new();
        for &number in acceptable {
            let outcome = self.table.space.outcome(number);
            let carried = self.carried(&outcome, &mut judgements);
            durable_count += u64::from(carried.iter().all(|(_, accepts)| *accepts));
            for (best, (margin, _)) in best.iter_mut().zip(carried) {
                if margin > best.0 {
                    *best = (margin, outcome.clone());
                }
            }
        }
        Some(Durability { behind: self.behind.clone(), durable_count, best })
    }
}
