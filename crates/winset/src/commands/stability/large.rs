//! `winset stability` where states are too many to be listed, or are not to be.

use std::fmt::Display;

use winset::report::{self, LargeSurroundings};
use winset::stability::{Budget, count_states};
use winset::strategic::{LargeGame, large_refusal, stability_of_large};
use winset::words;

use super::Arguments;
use crate::{Exit, output};

/// Says why an analysis was not carried out.
fn refused(arguments: &Arguments, refusal: &impl Display) -> Exit {
    super::refused(&large_refusal(arguments.engine(), refusal))
}

pub(super) fn answer(arguments: &Arguments, game: &LargeGame) -> Result<(), Exit> {
    let model = &game.model;
    let asked = [
        (arguments.state.is_some(), "--state"),
        (arguments.from.is_some(), "--from"),
        (arguments.coalitions, "--coalitions"),
        (arguments.more, "--more"),
        (arguments.inverse.is_some(), "--inverse"),
        (arguments.export.is_some(), "--export"),
    ];
    if let Some((_, option)) = asked.iter().find(|(asked, _)| *asked) {
        let states = count_states(&model.form, Budget::default()).map_err(|refusal| refused(arguments, &refusal))?;
        let message = format!(
            "{option} needs the states one by one, and these are not listed: {}",
            words::counted(states, "state")
        );
        return Err(super::refused(&message));
    }
    let mut result = stability_of_large(game, arguments.engine()).map_err(|refusal| super::refused(&refusal))?;
    if arguments.case.json {
        let document = report::json::stability_symbolic(model, &mut result, arguments.first);
        output::json(&document.map_err(|refusal| refused(arguments, &refusal))?);
        return Ok(());
    }
    let feasible = |key: &u64| !model.form.infeasible.iter().any(|condition| condition.holds(*key));
    let about = LargeSurroundings {
        title: &game.title,
        summary: game.summary.as_deref(),
        today: game.today.filter(feasible),
        rule: game.rule,
        first: arguments.first,
    };
    let text = report::stability_symbolic(&about, model, &mut result, output::width());
    output::result(&text.map_err(|refusal| refused(arguments, &refusal))?);
    Ok(())
}
