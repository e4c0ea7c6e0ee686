//! The three concepts, one decision maker after the other.

use super::compact::CompactModel;
use super::diagram::{Budget, Edge};
use super::numbers::{at_least, ranks, smaller};
use super::reach::Mover;
use super::space::Space;
use crate::concept::{Concept, SanctionRule};
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

pub(super) struct Analysis {
    pub(super) space: Space,
    pub(super) movers: Vec<Mover>,
    pub(super) rule: SanctionRule,
    stable: Vec<Vec<Edge>>,
}

/// Analyses a model under Nash, GMR and SMR by decision diagrams, opponents answering as the rule says. Merged states are refused, and whatever needs more than the
/// budget.
pub fn symbolic_stability(model: &CompactModel, rule: SanctionRule, budget: Budget) -> Result<SymbolicStability> {
    if !model.form.merged.is_empty() {
        return Err(Refusal::OptionForm { analysis: super::ANALYSIS });
    }
    let mut space = Space::new(&model.form, &model.together(), budget)?;
    let mut movers = Vec::new();
    for (number, name) in model.form.decision_makers.iter().enumerate() {
        let mut sees = space.feasible;
        for unseen in model.hidden.get(number).into_iter().flatten() {
            let unseen = space.set(unseen)?;
            sees = space.diagram.without(sees, unseen)?;
        }
        let rank = match model.orders.get(number) {
            Some(order) => ranks(&mut space, name, order)?,
            None => Vec::new(),
        };
        movers.push(Mover::new(&mut space, &model.form, number, sees, rank)?);
    }
    let mut analysis = Analysis { space, movers, rule, stable: vec![Vec::new(); SymbolicStability::CONCEPTS.len()] };
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
        let mover = &self.movers[number];
        let mut best = mover.most(&mut self.space.diagram, &mover.rank)?;
        let nash = at_least(&mut self.space.diagram, &mover.rank, &best)?;
        self.found(0, number, nash)?;
        self.tidy(&mut best);
        for (concept, symmetric) in [(1, false), (2, true)] {
            let value = if symmetric { best.clone() } else { self.movers[number].rank.clone() };
            let least = self.least(number, value, &mut best)?;
            let (mover, diagram) = (&self.movers[number], &mut self.space.diagram);
            let worth = smaller(diagram, &mover.rank, &least)?;
            let threshold = mover.most_where_seen(diagram, &worth)?;
            let holds = at_least(diagram, &mover.rank, &threshold)?;
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

    /// Forgets intermediate results where they have become many.
    fn tidy(&mut self, kept: &mut [Edge]) {
        if self.space.diagram.len() > 1 << 16 {
            self.forget(&mut [kept]);
        }
    }

    /// Forgets intermediate results where room runs short.
    pub(super) fn make_room(&mut self, kept: &mut [&mut [Edge]]) {
        if self.space.diagram.len() > self.space.diagram.budget().nodes / 4 {
            self.forget(kept);
        }
    }

    fn forget(&mut self, kept: &mut [&mut [Edge]]) {
        let mut sets: Vec<&mut Edge> = kept.iter_mut().flat_map(|sets| sets.iter_mut()).collect();
        sets.push(&mut self.space.feasible);
        sets.extend(self.movers.iter_mut().flat_map(Mover::sets));
        sets.extend(self.stable.iter_mut().flatten());
        self.space.diagram.forget_all_but(&mut sets);
    }
}
