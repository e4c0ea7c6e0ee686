//! From a graph model to a `.gmcr` file.

use serde_json::{Value, json};
use winset_stability::{Direction, Formula, Model, StateSet};

/// How many conditions are written for what is not a simple list of options.
const CONDITION_LIMIT: usize = 100_000;

/// Why a model has no `.gmcr` form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotExported {
    /// Moves listed one by one, or merged states.
    NotOptionForm,
    /// Options of one decision maker stand apart, so that the program would number the states otherwise.
    OptionsApart,
    /// Too many states are left out by conditions the format cannot say.
    TooLarge,
    /// A decision maker does not see states, and the conditions for that are not known any more.
    Hidden,
}

impl std::fmt::Display for NotExported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            NotExported::NotOptionForm => "the format has no moves listed one by one and no merged states",
            NotExported::OptionsApart => "the options of a decision maker do not stand together",
            NotExported::TooLarge => "the infeasible conditions would become too many",
            NotExported::Hidden => "a decision maker does not see too many states",
        })
    }
}

/// The model as a `.gmcr` file that the program reads, with the preferences as rankings.
pub fn export_gmcr(model: &Model) -> Result<Value, NotExported> {
    if !model.is_option_form() {
        return Err(NotExported::NotOptionForm);
    }
    if !model.options().is_sorted_by_key(|option| option.owner) {
        return Err(NotExported::OptionsApart);
    }
    let options: Vec<Value> = model
        .options()
        .iter()
        .map(|option| {
            let direction = match option.direction {
                Direction::Both => "both",
                Direction::OnlyOn => "fwd",
                Direction::OnlyOff => "back",
            };
            json!({ "name": option.name, "permittedDirection": direction })
        })
        .collect();
    let mut makers = Vec::new();
    for (number, name) in model.decision_makers().iter().enumerate() {
        let held = model.options().iter().enumerate().filter(|(_, option)| option.owner == number);
        let unseen: Vec<u64> =
            model.hidden(number).into_iter().flat_map(StateSet::iter).map(|state| model.states().key(state)).collect();
        if unseen.len() > CONDITION_LIMIT {
            return Err(NotExported::Hidden);
        }
        makers.push(json!({
            "name": name,
            "options": held.map(|(option, _)| option).collect::<Vec<usize>>(),
            "preferences": [],
            "preferenceRanking": ranking(model, number),
            "misperceptions": unseen.into_iter().map(|key| whole_state(model, key)).collect::<Vec<Value>>(),
        }));
    }
    Ok(json!({
        "program": "gmcr-py",
        "version": "0.4.1",
        "options": options,
        "decisionMakers": makers,
        "infeasibles": infeasible(model)?,
        "useManualPreferenceRanking": true,
    }))
}

fn ranking(model: &Model, number: usize) -> Vec<Value> {
    let group = |group: Vec<usize>| match group.as_slice() {
        [only] => json!(only + 1),
        tied => json!(tied.iter().map(|state| state + 1).collect::<Vec<usize>>()),
    };
    model.ranking(number).into_iter().map(group).collect()
}

/// The infeasible conditions: those that are lists of options as they are, else every choice that is left out.
fn infeasible(model: &Model) -> Result<Vec<Value>, NotExported> {
    let simple = |formula: &Formula| match formula {
        Formula::Pattern { mask, value } => Some(pattern(*mask, *value)),
        _ => None,
    };
    let states = model.states();
    let conditions: Option<Vec<Value>> = model.infeasible().iter().map(simple).collect();
    if let Some(conditions) = conditions {
        return Ok(conditions);
    }
    let all = 1_u64 << states.options();
    if all - states.len() as u64 > CONDITION_LIMIT as u64 || states.options() > 40 {
        return Err(NotExported::TooLarge);
    }
    Ok((0..all).filter(|key| states.find(*key).is_none()).map(|key| whole_state(model, key)).collect())
}

fn whole_state(model: &Model, key: u64) -> Value {
    pattern((1 << model.options().len()) - 1, key)
}

fn pattern(mask: u64, value: u64) -> Value {
    let options = (0..64).filter(|option| mask >> option & 1 == 1);
    options.map(|option| json!([option, if value >> option & 1 == 1 { "Y" } else { "N" }])).collect()
}
