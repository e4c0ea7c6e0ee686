//! `winset stability` where states are too many to be listed, or are not to be.

use std::fmt::Display;

use winset::report::{self, LargeSurroundings};
use winset::stability::{Budget, CompactModel, SanctionRule, count_states, symbolic_stability};
use winset::words;

use super::Arguments;
use crate::{Exit, output};

/// What is asked about.
pub(super) struct Subject {
    pub(super) title: String,
    pub(super) summary: Option<String>,
    pub(super) model: CompactModel,
    pub(super) rule: SanctionRule,
    /// The options taken today, one bit each.
    pub(super) today: Option<u64>,
}

/// Says why an analysis was not carried out, and why it was to be this one where nobody asked for it.
pub(super) fn refused(arguments: &Arguments, refusal: &impl Display) -> Exit {
    let why = match &arguments.engine {
        Some(_) => "",
        None => "there are too many states to list them, and ",
    };
    super::refused(&format!("{why}{refusal}"))
}

pub(super) fn answer(arguments: &Arguments, subject: &Subject) -> Result<(), Exit> {
    let Subject { model, rule, .. } = subject;
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
    if *rule != SanctionRule::Legal {
        let message =
            format!("decision diagrams answer for the sanction rule legal only, and {} is asked for", rule.word());
        return Err(refused(arguments, &message));
    }
    let mut result = symbolic_stability(model, Budget::default()).map_err(|refusal| refused(arguments, &refusal))?;
    if arguments.case.json {
        let document = report::json::stability_symbolic(model, &mut result, arguments.first);
        output::json(&document.map_err(|refusal| refused(arguments, &refusal))?);
        return Ok(());
    }
    let feasible = |key: &u64| !model.form.infeasible.iter().any(|condition| condition.holds(*key));
    let about = LargeSurroundings {
        title: &subject.title,
        summary: subject.summary.as_deref(),
        today: subject.today.filter(feasible),
        first: arguments.first,
    };
    let text = report::stability_symbolic(&about, model, &mut result, output::width());
    output::result(&text.map_err(|refusal| refused(arguments, &refusal))?);
    Ok(())
}
