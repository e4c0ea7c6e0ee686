//! A graph model as a game in strategic form, for Gambit.

use winset_stability::{Direction, Model};

use crate::stability::option_list;

/// The most states that are written.
const WRITTEN: usize = 1 << 20;

/// The model as a game in strategic form, in Gambit's `.nfg` format: a strategy is a choice of one's own options, a payoff the rank of the state. `None` where a state is
/// not a free choice of everyone's strategy, options may not change both ways, the moves are more than changes of options, or there are too many states.
pub fn stability_nfg(title: &str, model: &Model) -> Option<String> {
    let states = model.states();
    let makers = 0..model.decision_makers().len();
    let ordered = model.options().is_sorted_by_key(|option| option.owner);
    let free = model.options().iter().all(|option| option.direction == Direction::Both)
        && makers.clone().all(|maker| model.hidden(maker).is_none());
    if !model.is_option_form() || !ordered || !free || states.len() > WRITTEN {
        return None;
    }
    // The strategies of each: what is chosen of its own options in some state.
    let strategies: Vec<Vec<u64>> = makers
        .clone()
        .map(|maker| {
            let own = model.holding(maker);
            let mut chosen: Vec<u64> = (0..states.len()).map(|state| states.key(state) & own).collect();
            chosen.sort_unstable();
            chosen.dedup();
            chosen
        })
        .collect();
    let combinations = strategies.iter().try_fold(1_usize, |product, chosen| product.checked_mul(chosen.len()));
    if combinations != Some(states.len()) {
        return None;
    }
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let names: Vec<String> = model.decision_makers().iter().map(|name| quoted(name)).collect();
    let choices: Vec<String> = strategies
        .iter()
        .map(|chosen| {
            let chosen: Vec<String> = chosen.iter().map(|key| quoted(&option_list(model.options(), *key))).collect();
            format!("{{ {} }}", chosen.join(" "))
        })
        .collect();
    let mut text =
        format!("NFG 1 R {} {{ {} }}\n\n{{ {}\n}}\n\n", quoted(title), names.join(" "), choices.join("\n  "));
    // The strategy of the first player changes fastest, as the options of the first decision maker are the least significant.
    for state in 0..states.len() {
        let payoffs: Vec<String> = makers.clone().map(|maker| model.ranks(maker)[state].to_string()).collect();
        text.push_str(&payoffs.join(" "));
        text.push('\n');
    }
    Some(text)
}
