//! Which further votes would complete a deal.

use winset_worth::{Ballot, Seats};

use crate::refusal::Refusal;

/// Partial coalitions tried to complete one set of votes.
const COALITION_LIMIT: usize = 100_000;

/// Every minimal set of further players whose yes would give a deal its votes; vetoes are another matter.
pub(crate) fn completions(ballot: &Ballot, yes: Seats) -> Result<Vec<Seats>, Refusal> {
    let mut search = Completions { ballot, yes, found: Vec::new(), steps: 0 };
    search.extend(0, 0)?;
    Ok(search.found)
}

struct Completions<'b> {
    ballot: &'b Ballot,
    yes: Seats,
    found: Vec<Seats>,
    steps: usize,
}

impl Completions<'_> {
    /// Completes with players from this position on, with and without each.
    fn extend(&mut self, from: usize, more: Seats) -> Result<(), Refusal> {
        self.steps += 1;
        if self.steps > COALITION_LIMIT {
            return Err(Refusal::TooManyCoalitions { limit: COALITION_LIMIT });
        }
        if self.ballot.has_the_votes(self.yes | more) {
            let spare =
                |player: usize| more >> player & 1 == 1 && self.ballot.has_the_votes(self.yes | more & !(1 << player));
            if !(0..self.ballot.players()).any(spare) {
                self.found.push(more);
            }
            return Ok(());
        }
        let rest = self.ballot.everyone() >> from << from;
        if from == self.ballot.players() || !self.ballot.has_the_votes(self.yes | more | rest) {
            return Ok(());
        }
        if self.yes >> from & 1 == 0 {
            self.extend(from + 1, more | 1 << from)?;
        }
        self.extend(from + 1, more)
    }
}
