//! Nash stability, general and symmetric metarationality where states are too many to be listed: sets of states as decision diagrams.
//!
//! A rank is a list of sets, the states that make each statement true, the most important first. Its largest value over one's own moves is found statement by
//! statement: those that are still best and make it true, whatever one's own options, tell where the best makes it true. The least value over what opponents can
//! bring about is found likewise, with the closure under their moves in place of one's own options; moves that change options both ways and are transitive make
//! classes of states, so the least value of a class is that of each of its states. Where options change one way only there are no classes, and numbers are carried
//! along the moves (`reach.rs`, `sanctions.rs`). What is stable follows as in the analysis of listed states.
//!
//! The symbolic method is that of model checking (Burch, Clarke, `McMillan`, Dill & Hwang 1990); that the three concepts are a few quantified sets each
//! is what the thresholds at the head of `stability.rs` say.

mod analysis;
mod arrangement;
mod compact;
mod diagram;
mod numbers;
mod reach;
mod sanctions;
mod space;

pub use analysis::{SymbolicStability, symbolic_stability};
pub use compact::{CompactModel, Order};
pub use diagram::Budget;

use crate::model::OptionForm;
use crate::refusal::Refusal;
use crate::states::STATE_LIMIT;

/// What the analysis is called where it is refused.
pub(crate) const ANALYSIS: &str = "the analysis by decision diagrams";

/// How many states a model has, without listing them. Exact: at most 2^60.
pub fn count_states(form: &OptionForm, budget: Budget) -> Result<u64, Refusal> {
    let together: Vec<u64> = form.infeasible.iter().map(crate::formula::Formula::options).collect();
    let space = space::Space::new(form, &together, budget)?;
    Ok(space.diagram.count(space.feasible))
}

/// How many states a model has, where they are more than are listed and can be counted.
pub fn number_of_unlisted_states(form: &OptionForm) -> Option<u64> {
    if form.options.len() < 64 && 1 << form.options.len() <= STATE_LIMIT as u64 {
        return None;
    }
    // Conditions that take more than a few seconds to count are left to the listing, which has limits of its own.
    let budget = Budget { nodes: 1 << 22, steps: 1 << 27 };
    count_states(form, budget).ok().filter(|states| *states > STATE_LIMIT as u64)
}
