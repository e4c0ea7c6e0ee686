//! What stays put: the strategic game of the case, where it has one.

use winset_brief::{Brief, words};
use winset_stability::{CaseModel, Concept, Model, Paths, Stability, model_of_case, stability};

use super::part::{Part, Point};
use super::prose;
use crate::stability::{state_words, summary};

/// States up to which a brief looks at the game; beyond, `winset stability` does.
const MOST_STATES: usize = 1 << 20;

/// What is said of the game: a statement for the verdict, and a section.
#[derive(Default)]
pub(crate) struct Stays {
    pub(crate) statement: Option<Point>,
    pub(crate) parts: Vec<Part>,
}

/// Where things stand in the game, and which of its states are equilibria with the ways there; nothing where the case has no moves.
pub(crate) fn stays(brief: &Brief<'_>) -> Stays {
    if brief.case.moves.is_empty() {
        return Stays::default();
    }
    let refused = |reason: String| Stays { statement: None, parts: vec![prose(|page| page.paragraph(2, &reason))] };
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
    let statement = today.as_ref().map(|(today, ..)| standing(&model, &result, *today));
    Stays { statement, parts: vec![prose(|page| summary(page, &model, &result, rule, today.as_ref()))] }
}

/// Whether anyone would leave where things stand today, in plain words.
fn standing(model: &Model, result: &Stability, today: usize) -> Point {
    let leaving = |concept: Concept| -> Vec<&str> {
        let makers = model.decision_makers().iter().enumerate();
        let leaves = |maker: usize| !result.stable(concept, maker).contains(today);
        makers.filter(|(maker, _)| leaves(*maker)).map(|(_, name)| name.as_str()).collect()
    };
    let (could, would) = (leaving(Concept::Nash), leaving(Concept::Gmr));
    let (mark, says) = if could.is_empty() {
        (("now", '=', "stays put"), "nobody has a reason to move on".to_owned())
    } else if would.is_empty() {
        let says =
            format!("{} could gain by moving on, but must expect answers that make it not pay", words::list(&could));
        (("after", '~', "may stay"), says)
    } else {
        let says = format!("{} would move on, and nothing the others could do makes that not pay", words::list(&would));
        (("refused", '→', "moves on"), says)
    };
    let text =
        format!("Of what each could do or leave, this stands today: {}. There {says}.", state_words(model, today));
    Point { mark: Some(mark), text, about: Some("stability".to_owned()) }
}
