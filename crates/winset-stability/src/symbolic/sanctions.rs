//! The least of a number that opponents can bring about from every state, by what the sanction rule lets them do.

use super::analysis::Analysis;
use super::diagram::Edge;
use super::numbers::smaller;
use crate::concept::SanctionRule;
use crate::refusal::Refusal;

type Result<T> = std::result::Result<T, Refusal>;

/// A mover, and the number that comes after its move.
type Move<'n> = (usize, &'n [Edge]);

impl Analysis {
    /// The least of a number among the states that the opponents of `target` can bring about from a state, itself included. Of other sets, those in `kept` are
    /// remembered.
    pub(super) fn least(&mut self, target: usize, number: Vec<Edge>, kept: &mut [Edge]) -> Result<Vec<Edge>> {
        let others = (0..self.movers.len()).filter(|other| *other != target && self.movers[*other].holds_options());
        let opponents: Vec<usize> = others.collect();
        match self.rule {
            SanctionRule::Legal if opponents.iter().all(|mover| self.movers[*mover].is_free()) => {
                self.least_of_classes(&opponents, number, kept)
            }
            SanctionRule::Legal => self.least_by_steps(&opponents, number, kept),
            SanctionRule::Single => {
                let moves: Vec<Move<'_>> = opponents.iter().map(|mover| (*mover, &number[..])).collect();
                self.least_of_moves(&moves, &number)
            }
            SanctionRule::EachOnce => self.least_each_once(&opponents, number, kept),
        }
    }

    /// Moves that change options both ways make classes of states, and the least of a class is that of each of its states.
    fn least_of_classes(&mut self, opponents: &[usize], mut number: Vec<Edge>, kept: &mut [Edge]) -> Result<Vec<Edge>> {
        let mut lowest = [self.space.feasible];
        let mut bits = Vec::new();
        for at in 0..number.len() {
            let lacking = self.space.diagram.without(lowest[0], number[at])?;
            let reached = self.class(opponents, lacking)?;
            let bit = self.space.diagram.without(self.space.feasible, reached)?;
            let like = self.space.diagram.same(number[at], bit)?;
            lowest[0] = self.space.diagram.and(lowest[0], like)?;
            bits.push(bit);
            self.make_room(&mut [&mut number, &mut bits, &mut lowest, kept]);
        }
        Ok(bits)
    }

    /// The states from which movers whose options change both ways can lead into a set, and the set.
    fn class(&mut self, movers: &[usize], mut set: Edge) -> Result<Edge> {
        let diagram = &mut self.space.diagram;
        loop {
            let before = set;
            for mover in movers.iter().map(|mover| &self.movers[*mover]) {
                let moved = diagram.some_of_both(set, mover.sees, mover.free)?;
                let moved = diagram.and(moved, mover.sees)?;
                set = diagram.or(set, moved)?;
            }
            if set == before {
                return Ok(set);
            }
        }
    }

    /// Where something changes one way only, a state can be led to another that cannot be led back. Every opponent in turn passes back the least it can lead to,
    /// until that changes nothing for any of them. Changes of options are transitive, so the rule that nobody moves twice in a row changes nothing, and who has
    /// just passed a number back has nothing more to pass.
    fn least_by_steps(&mut self, opponents: &[usize], number: Vec<Edge>, kept: &mut [Edge]) -> Result<Vec<Edge>> {
        let mut least = number;
        let (mut at, mut quiet) = (0, 0);
        while quiet < opponents.len() {
            let now = self.movers[opponents[at]].least(&mut self.space.diagram, &least)?;
            quiet = if now == least { quiet + 1 } else { 1 };
            at = (at + 1) % opponents.len();
            least = now;
            self.make_room(&mut [&mut least, kept]);
        }
        Ok(least)
    }

    /// By one of these moves, or by none, which leaves `here`.
    fn least_of_moves(&mut self, moves: &[Move<'_>], here: &[Edge]) -> Result<Vec<Edge>> {
        let diagram = &mut self.space.diagram;
        moves.iter().try_fold(here.to_vec(), |least, (mover, then)| {
            let led = self.movers[*mover].least(diagram, then)?;
            smaller(diagram, &least, &led)
        })
    }

    /// By moves of opponents each of whom moves once at most, in any order: for every group of them from the groups that are one smaller.
    fn least_each_once(&mut self, opponents: &[usize], number: Vec<Edge>, kept: &mut [Edge]) -> Result<Vec<Edge>> {
        let most = self.space.diagram.budget().nodes;
        let groups = 1_usize.checked_shl(opponents.len() as u32);
        let Some(groups) = groups.filter(|groups| groups.saturating_mul(number.len()) <= most) else {
            return Err(Refusal::TooLarge { analysis: "the sanction rule each-once", limit: format!("{most} sets") });
        };
        let mut by_group = vec![number];
        for members in 1..groups {
            let bits = (0..opponents.len()).filter(|bit| members >> bit & 1 == 1);
            let moves: Vec<Move<'_>> = bits.map(|bit| (opponents[bit], &by_group[members & !(1 << bit)][..])).collect();
            let least = self.least_of_moves(&moves, &by_group[0])?;
            by_group.push(least);
            let mut sets: Vec<&mut [Edge]> = by_group.iter_mut().map(Vec::as_mut_slice).collect();
            sets.push(kept);
            self.make_room(&mut sets);
        }
        Ok(by_group.swap_remove(groups - 1))
    }
}
