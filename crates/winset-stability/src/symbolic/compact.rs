//! A graph model whose states are not listed.

use crate::formula::Formula;
use crate::model::OptionForm;

/// What a decision maker prefers, said without naming every state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Statements, the most important first; the first on which two states differ decides (Fang, Hipel & Kilgour 1993).
    Statements(Vec<Formula>),
    /// A weight per option, in any unit; a state is worth the sum of those taken in it.
    Weights(Vec<i64>),
    /// Groups of tied states, best first, each by what holds in it; every feasible state is in exactly one.
    Groups(Vec<Formula>),
}

/// A graph model in option form, whatever the number of its states.
#[derive(Debug, Clone)]
pub struct CompactModel {
    /// Decision makers, options, what is infeasible.
    pub form: OptionForm,
    /// What each decision maker prefers.
    pub orders: Vec<Order>,
    /// Per decision maker the states it does not see, by the conditions they meet: it moves neither from nor to them.
    pub hidden: Vec<Vec<Formula>>,
}

impl CompactModel {
    /// The sets of options that conditions of the model speak of.
    pub(super) fn together(&self) -> Vec<u64> {
        let mut formulas: Vec<&Formula> = self.form.infeasible.iter().collect();
        formulas.extend(self.hidden.iter().flatten());
        for order in &self.orders {
            match order {
                Order::Statements(listed) | Order::Groups(listed) => formulas.extend(listed),
                Order::Weights(_) => {}
            }
        }
        formulas.iter().map(|formula| formula.options()).collect()
    }
}
