//! What stays put: the strategic game of the case, where it has one.

use winset_brief::Brief;
use winset_stability::{CaseModel, Paths, model_of_case, stability};

use super::part::Part;
use super::prose;
use crate::stability::summary;

/// States up to which a brief looks at the game; beyond, `winset stability` does.
const MOST_STATES: usize = 1 << 20;

/// Where things stand in the game, and which of its states are equilibria with the ways there; nothing where the case has no moves.
pub(crate) fn stays(brief: &Brief<'_>) -> Vec<Part> {
    if brief.case.moves.is_empty() {
        return Vec::new();
    }
    let refused = |reason: String| vec![prose(|page| page.paragraph(2, &reason))];
    let CaseModel { model, rule, today, .. } = match model_of_case(brief.case) {
        Ok(model) => model,
        Err(refusal) => return refused(format!("Not computed: {refusal}.")),
    };
    let states = model.states().len();
    if states > MOST_STATES {
        return refused(format!(
            "The game has {states} states: too many for a brief. `winset stability` looks at them."
        ));
    }
    let result = match stability(&model, rule) {
        Ok(result) => result,
        Err(refusal) => return refused(format!("Not computed: {refusal}.")),
    };
    let ways =
        |today: usize| Some((today, Paths::from(&model, today, false).ok()?, Paths::from(&model, today, true).ok()?));
    let today = today.and_then(ways);
    vec![prose(|page| summary(page, &model, &result, rule, today.as_ref()))]
}
