//! Misperception: each decision maker acts on a graph model of its own (hypergames: Wang, Hipel & Fraser 1988; Aljefri, Bashar, Fang & Hipel 2018).

use crate::concept::{Concept, SanctionRule};
use crate::model::Model;
use crate::refusal::Refusal;
use crate::set::StateSet;
use crate::stability::stability_under;

/// The states of a model that are stable for each decision maker as that decision maker sees the conflict: `views` holds its graph model for each, over the same
/// options and decision makers. A state it does not know of is stable for it.
pub fn stable_as_seen(
    model: &Model,
    views: &[Model],
    concept: Concept,
    rule: SanctionRule,
) -> Result<Vec<StateSet>, Refusal> {
    let mut sets = Vec::new();
    for (decision_maker, view) in views.iter().enumerate() {
        let result = stability_under(view, rule, &[concept])?;
        let stable = result.stable(concept, decision_maker);
        sets.push(StateSet::from_fn(model.states().len(), |state| {
            view.states().find(model.states().key(state)).is_none_or(|seen| stable.contains(seen))
        }));
    }
    Ok(sets)
}
