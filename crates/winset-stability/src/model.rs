//! A graph model: decision makers, the options they hold, the states these make, who can move where, and who prefers what.

use crate::formula::Formula;
use crate::graph::{Arcs, Graph};
use crate::preference::Preference;
use crate::refusal::Refusal;
use crate::set::StateSet;
use crate::states::States;
use crate::symbolic::number_of_unlisted_states;

/// Which way an option may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Taken and given up again.
    Both,
    /// Taken, and never given up.
    OnlyOn,
    /// Given up, and never taken again.
    OnlyOff,
}

/// Something one decision maker can do or leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelOption {
    /// Its name in words.
    pub name: String,
    /// Whose it is: an index of the decision makers.
    pub owner: usize,
    /// Which way it may be changed.
    pub direction: Direction,
}

/// A conflict in option form (Howard 1971; Fang, Hipel & Kilgour 1993): a decision maker moves by changing any of its own options at once.
#[derive(Debug, Clone, Default)]
pub struct OptionForm {
    /// The names of the decision makers.
    pub decision_makers: Vec<String>,
    /// The options; those of one decision maker need not stand together, but analyses of large models are faster if they do.
    pub options: Vec<ModelOption>,
    /// A choice of options for which one of these holds is no state.
    pub infeasible: Vec<Formula>,
    /// States a condition holds for cannot be told apart and are one; a condition each.
    pub merged: Vec<Formula>,
}

/// A graph model with preferences, ready to be analysed (Kilgour, Hipel & Fang 1987; Fang, Hipel & Kilgour 1993).
#[derive(Debug, Clone)]
pub struct Model {
    form: OptionForm,
    /// What the decision makers are called within a sentence.
    called: Vec<String>,
    states: States,
    /// Moves one by one, where they are more than changes of options.
    arcs: Option<Vec<Arcs>>,
    /// Per decision maker the states it does not see: it moves neither from nor to them.
    hidden: Vec<Option<StateSet>>,
    ranks: Vec<Vec<u32>>,
}

impl OptionForm {
    /// The states, with those that cannot be told apart made one.
    pub fn states(&self) -> Result<States, Refusal> {
        if self.decision_makers.is_empty() {
            return Err(Refusal::NoDecisionMakers);
        }
        // Counted before memory is taken.
        if number_of_unlisted_states(self).is_some() {
            return Err(Refusal::TooManyStates);
        }
        let states = States::feasible(self.options.len(), &self.infeasible)?;
        Ok(if self.merged.is_empty() { states } else { states.merge(&self.merged).0 })
    }
}

impl Model {
    /// A model in option form with a preference per decision maker over the states that `form.states()` gave.
    pub fn new(
        form: OptionForm,
        states: States,
        preferences: impl IntoIterator<Item = Preference>,
    ) -> Result<Self, Refusal> {
        let mut ranks = Vec::new();
        for (preference, name) in preferences.into_iter().zip(&form.decision_makers) {
            let found = preference.ranks(&states);
            ranks.push(found.map_err(|reason| Refusal::BadRanking { decision_maker: name.clone(), reason })?);
        }
        let hidden = vec![None; form.decision_makers.len()];
        let called = form.decision_makers.clone();
        let mut model = Model { form, called, states, arcs: None, hidden, ranks };
        if model.states.is_merged() {
            model.arcs = Some(model.arcs_after_merging()?);
        }
        Ok(model)
    }

    /// The moves between merged states: those between any of their parts.
    fn arcs_after_merging(&self) -> Result<Vec<Arcs>, Refusal> {
        let whole = States::feasible(self.form.options.len(), &self.form.infeasible)?;
        let (_, now) = whole.merge(&self.form.merged);
        let ranks = vec![vec![0; whole.len()]; self.decision_makers().len()];
        let (form, called, hidden) = (self.form.clone(), self.called.clone(), self.hidden.clone());
        let plain = Model { form, called, states: whole, arcs: None, hidden, ranks };
        let graph = Graph::new(&plain)?;
        let arcs = (0..self.decision_makers().len()).map(|mover| {
            let mut lists = vec![Vec::new(); self.states.len()];
            for (state, &from) in now.iter().enumerate() {
                graph.each_move(mover, state, |target| {
                    let to = now[target];
                    if to != from {
                        lists[from as usize].push(to);
                    }
                });
            }
            Arcs::new(lists)
        });
        Ok(arcs.collect())
    }

    /// Replaces the moves of one decision maker by a list of target states per state. They need not be transitive.
    pub fn set_moves(&mut self, decision_maker: usize, moves: Vec<Vec<u32>>) -> Result<(), Refusal> {
        if self.arcs.is_none() {
            let graph = Graph::new(self)?;
            self.arcs = Some(graph.all_arcs());
        }
        if let Some(arcs) = &mut self.arcs {
            arcs[decision_maker] = Arcs::new(moves);
        }
        Ok(())
    }

    /// Where a decision maker can go, per state, ascending.
    pub fn moves(&self, decision_maker: usize) -> Result<Vec<Vec<usize>>, Refusal> {
        let graph = Graph::new(self)?;
        Ok((0..graph.len()).map(|state| graph.moves(decision_maker, state)).collect())
    }

    /// Hides states from a decision maker: it moves neither from nor to them.
    pub fn hide(&mut self, decision_maker: usize, states: StateSet) {
        self.hidden[decision_maker] = (states.count() > 0).then_some(states);
    }

    /// Replaces the preference of one decision maker.
    pub fn set_preference(&mut self, decision_maker: usize, preference: Preference) -> Result<(), Refusal> {
        let name = &self.form.decision_makers[decision_maker];
        let found = preference.ranks(&self.states);
        self.ranks[decision_maker] =
            found.map_err(|reason| Refusal::BadRanking { decision_maker: name.clone(), reason })?;
        Ok(())
    }

    /// The names of the decision makers.
    pub fn decision_makers(&self) -> &[String] {
        &self.form.decision_makers
    }

    /// What a decision maker is called within a sentence: its name, unless [`Model::call`] said otherwise.
    pub fn called(&self, decision_maker: usize) -> &str {
        &self.called[decision_maker]
    }

    /// Says what the decision makers are called within a sentence, in their order.
    pub fn call(&mut self, called: impl IntoIterator<Item = String>) {
        self.called = called.into_iter().zip(&self.form.decision_makers).map(|(called, _)| called).collect();
    }

    /// The options.
    pub fn options(&self) -> &[ModelOption] {
        &self.form.options
    }

    /// The conditions that remove states.
    pub fn infeasible(&self) -> &[Formula] {
        &self.form.infeasible
    }

    /// The states.
    pub fn states(&self) -> &States {
        &self.states
    }

    /// What a decision maker thinks of each state: the larger, the better; equal is tied.
    pub fn ranks(&self, decision_maker: usize) -> &[u32] {
        &self.ranks[decision_maker]
    }

    /// The states a decision maker does not see, where there are any.
    pub fn hidden(&self, decision_maker: usize) -> Option<&StateSet> {
        self.hidden[decision_maker].as_ref()
    }

    /// A decision maker's ranking: groups of tied states, best first.
    pub fn ranking(&self, decision_maker: usize) -> Vec<Vec<usize>> {
        let ranks = &self.ranks[decision_maker];
        let levels = ranks.iter().max().map_or(0, |most| *most as usize + 1);
        let mut groups = vec![Vec::new(); levels];
        for (state, rank) in ranks.iter().enumerate() {
            groups[levels - 1 - *rank as usize].push(state);
        }
        groups.retain(|group| !group.is_empty());
        groups
    }

    /// Whether every move is a change of options and no states are merged.
    pub fn is_option_form(&self) -> bool {
        self.arcs.is_none()
    }

    /// The options a decision maker holds, one bit each.
    pub fn holding(&self, decision_maker: usize) -> u64 {
        let own = self.options().iter().enumerate().filter(|(_, option)| option.owner == decision_maker);
        own.fold(0, |mask, (option, _)| mask | 1 << option)
    }

    /// The options that may not be taken, and those that may not be given up.
    pub(crate) fn one_way(&self) -> (u64, u64) {
        let those = |direction| {
            let options = self.options().iter().enumerate().filter(move |(_, option)| option.direction == direction);
            options.fold(0, |mask, (option, _)| mask | 1 << option)
        };
        (those(Direction::OnlyOff), those(Direction::OnlyOn))
    }

    pub(crate) fn arcs(&self) -> Option<&[Arcs]> {
        self.arcs.as_deref()
    }
}
