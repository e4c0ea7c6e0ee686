//! The three concepts, one decision maker after the other.

use super::compact::CompactModel;
use super::diagram::{Budget, Edge};
use super::numbers::{at_least, largest, ranks, smaller};
use super::space::Space;
use crate::concept::Concept;
use crate::refusal::Refusal;

type Result<T> = std::result::Result<T, Refusal>;

/// Which states are stable for whom under Nash, GMR and SMR, in a model whose states are not listed.
#[derive(Debug)]
pub struct SymbolicStability {
    space: Space,
    /// Per concept, in the order of [`SymbolicStability::CONCEPTS`], and decision maker.
    stable: Vec<Vec<Edge>>,
    equilibria: Vec<Edge>,
}

/// Whoever moves.
struct Mover {
    /// The levels of its options.
    own: Edge,
    /// The states it sees.
    sees: Edge,
    /// The bits of its rank.
    rank: Vec<Edge>,
}

struct Analysis {
    space: Space,
    movers: Vec<Mover>,
    stable: Vec<Vec<Edge>>,
}

/// Analyses a model under Nash, GMR and SMR by decision diagrams, opponents answering by legal sequences. Options that change one way only and merged states are
/// refused, and whatever needs more than the budget.
pub fn symbolic_stability(model: &CompactModel, budget: Budget) -> Result<SymbolicStability> {
    Space::refuse_other_moves(&model.form)?;
    let mut space = Space::new(&model.form, &model.together(), budget)?;
    let mut movers = Vec::new();
    for (number, name) in model.form.decision_makers.iter().enumerate() {
        let own = space.levels(|option| model.form.options[option].owner == number)?;
        let mut sees = space.feasible;
        for unseen in model.hidden.get(number).into_iter().flatten() {
            let unseen = space.set(unseen)?;
            sees = space.diagram.without(sees, unseen)?;
        }
        let rank = match model.orders.get(number) {
            Some(order) => ranks(&mut space, name, order)?,
            None => Vec::new(),
        };
        movers.push(Mover { own, sees, rank });
    }
    let mut analysis = Analysis { space, movers, stable: vec![Vec::new(); SymbolicStability::CONCEPTS.len()] };
    for mover in 0..analysis.movers.len() {
        analysis.one(mover)?;
    }
    let Analysis { mut space, stable, .. } = analysis;
    let mut equilibria = Vec::new();
    for sets in &stable {
        let all = sets.iter().try_fold(space.feasible, |all, set| space.diagram.and(all, *set))?;
        equilibria.push(all);
    }
    Ok(SymbolicStability { space, stable, equilibria })
}

impl SymbolicStability {
    /// The concepts that are analysed.
    pub const CONCEPTS: [Concept; 3] = [Concept::Nash, Concept::Gmr, Concept::Smr];

    /// How many states there are.
    pub fn states(&self) -> u64 {
        self.space.diagram.count(self.space.feasible)
    }

    fn place(concept: Concept) -> Option<usize> {
        Self::CONCEPTS.iter().position(|known| *known == concept)
    }

    /// How many states are stable for a decision maker; `None` under a concept that is not analysed.
    pub fn stable_count(&self, concept: Concept, decision_maker: usize) -> Option<u64> {
        Some(self.space.diagram.count(self.stable[Self::place(concept)?][decision_maker]))
    }

    /// Whether a state, given by its options, one bit each, is stable for a decision maker; `None` under a concept that is not analysed.
    pub fn is_stable(&self, concept: Concept, decision_maker: usize, key: u64) -> Option<bool> {
        Some(self.space.contains(self.stable[Self::place(concept)?][decision_maker], key))
    }

    /// How many states are stable for everyone; `None` under a concept that is not analysed.
    pub fn equilibrium_count(&self, concept: Concept) -> Option<u64> {
        Some(self.space.diagram.count(self.equilibria[Self::place(concept)?]))
    }

    /// The first equilibria in the order of the states: number, from 0, and the options taken, one bit each. `None` under a concept that is not analysed.
    pub fn first_equilibria(&mut self, concept: Concept, most: usize) -> Result<Option<Vec<(u64, u64)>>> {
        let Some(place) = Self::place(concept) else { return Ok(None) };
        let set = self.equilibria[place];
        self.space.first(set, most).map(Some)
    }

    /// The nodes that stand in memory.
    pub fn nodes(&self) -> usize {
        self.space.diagram.len()
    }
}

impl Analysis {
    /// The stable states of one decision maker under each concept.
    fn one(&mut self, number: usize) -> Result<()> {
        let (own, sees) = (self.movers[number].own, self.movers[number].sees);
        let rank = self.movers[number].rank.clone();
        let (mut best, nash) = largest(&mut self.space.diagram, sees, own, &rank)?;
        self.found(0, number, nash)?;
        // From a state it does not see, it cannot go on.
        for (best, rank) in best.iter_mut().zip(&rank) {
            *best = self.space.diagram.choose(sees, *best, *rank)?;
        }
        self.tidy(&mut best);
        for (concept, symmetric) in [(1, false), (2, true)] {
            let value = if symmetric { best.clone() } else { self.movers[number].rank.clone() };
            let least = self.least(number, value, &mut best)?;
            let rank = self.movers[number].rank.clone();
            let diagram = &mut self.space.diagram;
            let worth = smaller(diagram, &rank, &least)?;
            let (own, sees) = (self.movers[number].own, self.movers[number].sees);
            let (threshold, _) = largest(diagram, sees, own, &worth)?;
            let holds = at_least(diagram, &rank, &threshold)?;
            self.found(concept, number, holds)?;
            self.tidy(&mut best);
        }
        Ok(())
    }

    /// Keeps what was found stable. From a state it does not see a decision maker does not move.
    fn found(&mut self, concept: usize, number: usize, set: Edge) -> Result<()> {
        let sees = self.movers[number].sees;
        let (feasible, diagram) = (self.space.feasible, &mut self.space.diagram);
        let set = diagram.or(set, sees.not())?;
        self.stable[concept].push(diagram.and(set, feasible)?);
        Ok(())
    }

    /// The least value among the states that the others can bring about from a state, itself included.
    fn least(&mut self, number: usize, mut value: Vec<Edge>, best: &mut [Edge]) -> Result<Vec<Edge>> {
        let mut lowest = vec![self.space.feasible];
        let mut bits = Vec::new();
        for at in 0..value.len() {
            let lacking = self.space.diagram.without(lowest[0], value[at])?;
            let reached = self.closure(number, lacking)?;
            let feasible = self.space.feasible;
            let bit = self.space.diagram.without(feasible, reached)?;
            let like = self.space.diagram.same(value[at], bit)?;
            lowest[0] = self.space.diagram.and(lowest[0], like)?;
            bits.push(bit);
            if self.space.diagram.len() > self.space.diagram.budget().nodes / 4 {
                let mut needed = [&mut value[..], &mut bits, &mut lowest, best].into_iter().flatten().collect();
                self.forget(&mut needed);
            }
        }
        Ok(bits)
    }

    /// The states from which the others can lead into a set, and the set.
    fn closure(&mut self, number: usize, set: Edge) -> Result<Edge> {
        let diagram = &mut self.space.diagram;
        let mut set = set;
        loop {
            let before = set;
            for mover in self.movers.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, mover)| mover) {
                let moved = diagram.some_of_both(set, mover.sees, mover.own)?;
                let moved = diagram.and(moved, mover.sees)?;
                set = diagram.or(set, moved)?;
            }
            if set == before {
                return Ok(set);
            }
        }
    }

    /// Forgets intermediate results where they have become many.
    fn tidy(&mut self, live: &mut [Edge]) {
        if self.space.diagram.len() > 1 << 16 {
            self.forget(&mut live.iter_mut().collect());
        }
    }

    fn forget(&mut self, live: &mut Vec<&mut Edge>) {
        let mut sets: Vec<&mut Edge> = std::mem::take(live);
        sets.push(&mut self.space.feasible);
        for mover in &mut self.movers {
            sets.extend([&mut mover.own, &mut mover.sees]);
            sets.extend(&mut mover.rank);
        }
        sets.extend(self.stable.iter_mut().flatten());
        self.space.diagram.forget_all_but(&mut sets);
    }
}
