//! The states of a model as a set, and its conditions as sets.

use super::arrangement::arrangement;
use super::diagram::{Budget, Diagram, Edge};
use crate::formula::Formula;
use crate::model::OptionForm;
use crate::refusal::Refusal;
use crate::states::OPTION_LIMIT;

type Result<T> = std::result::Result<T, Refusal>;

/// All choices of options, and which of them are states.
#[derive(Debug)]
pub(super) struct Space {
    pub(super) diagram: Diagram,
    /// The states.
    pub(super) feasible: Edge,
    /// At which level each option decides.
    level_of: Vec<usize>,
}

impl Space {
    pub(super) fn new(form: &OptionForm, together: &[u64], budget: Budget) -> Result<Self> {
        let options = form.options.len();
        if form.decision_makers.is_empty() {
            return Err(Refusal::NoDecisionMakers);
        }
        if options > OPTION_LIMIT {
            return Err(Refusal::TooManyOptions { options });
        }
        let mut level_of = vec![0; options];
        arrangement(options, together).iter().enumerate().for_each(|(level, option)| level_of[*option] = level);
        let mut space = Space { diagram: Diagram::new(options, budget), feasible: Edge::ALL, level_of };
        for condition in &form.infeasible {
            let out = space.set(condition)?;
            space.feasible = space.diagram.without(space.feasible, out)?;
        }
        if space.feasible == Edge::NONE { Err(Refusal::NoStates) } else { Ok(space) }
    }

    /// At which level an option decides.
    pub(super) fn level_of(&self, option: usize) -> usize {
        self.level_of[option]
    }

    /// The choices in which an option is taken.
    pub(super) fn taken(&mut self, option: usize) -> Result<Edge> {
        self.diagram.taken(self.level_of[option])
    }

    /// The levels of the options a test holds for.
    pub(super) fn levels(&mut self, test: impl Fn(usize) -> bool) -> Result<Edge> {
        let level_of = &self.level_of;
        self.diagram.levels((0..level_of.len()).filter(|option| test(*option)).map(|option| level_of[option]))
    }

    /// The choices a condition holds for.
    pub(super) fn set(&mut self, formula: &Formula) -> Result<Edge> {
        match formula {
            Formula::Constant(true) => Ok(Edge::ALL),
            Formula::Constant(false) => Ok(Edge::NONE),
            Formula::Pattern { mask, value } => (0..64).filter(|option| mask >> option & 1 == 1).try_fold(
                if value & !mask == 0 { Edge::ALL } else { Edge::NONE },
                |set, option| {
                    let taken = self.taken(option)?;
                    self.diagram.and(set, if value >> option & 1 == 1 { taken } else { taken.not() })
                },
            ),
            Formula::Not(inner) => Ok(self.set(inner)?.not()),
            Formula::All(parts) => parts.iter().try_fold(Edge::ALL, |set, part| {
                let part = self.set(part)?;
                self.diagram.and(set, part)
            }),
            Formula::Any(parts) => parts.iter().try_fold(Edge::NONE, |set, part| {
                let part = self.set(part)?;
                self.diagram.or(set, part)
            }),
            Formula::Iff(left, right) => {
                let (left, right) = (self.set(left)?, self.set(right)?);
                self.diagram.same(left, right)
            }
        }
    }

    /// Whether a choice of options, one bit each, is in a set.
    pub(super) fn contains(&self, set: Edge, key: u64) -> bool {
        let choice = self.level_of.iter().enumerate().filter(|(option, _)| key >> option & 1 == 1);
        self.diagram.contains(set, choice.fold(0, |choice, (_, level)| choice | 1 << level))
    }

    /// The first states of a set in the order of their numbers: number, from 0, and key. At most `most`.
    pub(super) fn first(&mut self, set: Edge, most: usize) -> Result<Vec<(u64, u64)>> {
        let mut found = Vec::new();
        let options = self.level_of.len();
        // What is left to look at: how many options are open, the choice so far, the states of the set and of the model that fit it, and how many
        // states of the model come before.
        let mut open = vec![(options, 0_u64, set, self.feasible, 0_u64)];
        while let Some((undecided, key, set, feasible, before)) = open.pop() {
            if set == Edge::NONE {
                continue;
            }
            if found.len() == most {
                break;
            }
            if undecided == 0 {
                found.push((before, key));
                continue;
            }
            let option = undecided - 1;
            let level = self.level_of[option];
            let with = self.diagram.given(set, level, true)?;
            let without = self.diagram.given(set, level, false)?;
            let feasible_without = self.diagram.given(feasible, level, false)?;
            if with != Edge::NONE {
                let feasible_with = self.diagram.given(feasible, level, true)?;
                // Decided options count twice each in what is left of a set.
                let skipped = self.diagram.count(feasible_without) >> (options - option);
                open.push((option, key | 1 << option, with, feasible_with, before + skipped));
            }
            open.push((option, key, without, feasible_without, before));
        }
        Ok(found)
    }
}
