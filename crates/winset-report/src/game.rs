//! The strategy game for the terminal.

use winset_brief::game::{Game, Games, Removal};
use winset_brief::{signed, words};
use winset_case::{Case, LeverId};
use winset_settle::Amount;
use winset_stability::{Concept, SanctionRule};

use crate::layout::Page;
use crate::stability::{equilibria, heading, legend, where_things_stand};

/// The strategy game of a case: which levers are moves, what today's choice of them is worth to whom, and what stays put.
pub fn game(case: &Case, games: &Games, rule: SanctionRule, width: usize) -> String {
    let Games { payoffs, costly, free } = games;
    let mut page = Page::new(width);
    page.heading(&format!("{} — the strategy game", case.title));
    let choices = words::counted(payoffs.choices() as u64, "choice");
    let levers = words::counted(payoffs.levers.len() as u64, "lever");
    let walks = words::counted(payoffs.different as u64, "different process");
    page.paragraph(
        0,
        &format!(
            "Whoever owns a lever uses it or not. The {levers} that someone can use make {choices} of levers in use; deals then lead to where no deal leads on: {}. \
             A payoff is what it is worth there, less the cost of going on where an actor's conflict has not ended, less what its own levers cost.",
            walks.replace("processs", "processes")
        ),
    );
    page.heading("WHERE THE PROCESS COMES TO REST TODAY");
    let used = lever_names(
        case,
        &(0..case.levers.len()).map(LeverId).filter(|lever| case.levers[lever.0].on).collect::<Vec<_>>(),
    );
    let resting = words::counted(payoffs.resting(payoffs.today) as u64, "state");
    page.paragraph(0, &format!("In use today: {used}. The process can come to rest in {resting}."));
    let rows = costly.owners.iter().map(|owner| {
        let name = case.actors[owner.0].name.clone();
        match payoffs.range(*owner, payoffs.today) {
            Some(payoff) => {
                let number = |value| Amount::from(value).figures();
                vec![name, number(payoff.here), number(payoff.worst), number(payoff.best), number(payoff.today)]
            }
            None => vec![name, "no preferences".to_owned(), String::new(), String::new(), String::new()],
        }
    });
    page.table(&["Owner of levers", "Payoff", "Worst", "Best", "If nothing moved"], rows.collect());
    page.note(0, "In each one's own worth, before the costs of levers, at the Nash point of the states where the process can come to rest; beside it the worst and the best of these.");
    page.heading("LEVERS THAT ARE NO MOVES");
    if costly.removed.is_empty() {
        page.paragraph(0, "None: every lever is a move.");
    }
    for (lever, why) in &costly.removed {
        page.item("  - ", &format!("{}: {}.", case.levers[lever.0].name, removal_words(case, *lever, *why)));
    }
    page.heading("TODAY, AT THE COSTS OF THE CASE");
    standing(&mut page, case, costly);
    equilibria(&mut page, &costly.model, &costly.stability, None);
    page.heading("TODAY, IF NO LEVER COST ANYTHING");
    page.paragraph(0, "Costs of levers are often guesses, and on no scale of their own. Without them:");
    standing(&mut page, case, free);
    let counts: Vec<String> = Concept::ALL
        .iter()
        .map(|concept| {
            format!("{} under {}", words::number(free.equilibria(*concept).count() as u64), heading(*concept))
        })
        .collect();
    let states = words::counted(free.model.states().len() as u64, "state");
    page.paragraph(0, &format!("Of {states}, equilibria are {}.", words::list(&counts)));
    page.blank();
    legend(&mut page, rule);
    page.finish()
}

/// Whether today stays, and who would leave it how.
fn standing(page: &mut Page, case: &Case, game: &Game) {
    where_things_stand(page, &game.model, &game.stability, game.today);
    for departure in &game.departures {
        let (before, after) = (game.in_use(game.today), game.in_use(departure.to));
        let own = |lever: &&LeverId| case.levers[lever.0].owner == Some(game.owners[departure.owner]);
        let taken: Vec<LeverId> = after.iter().filter(|lever| !before.contains(lever)).filter(own).copied().collect();
        let given: Vec<LeverId> = before.iter().filter(|lever| !after.contains(lever)).filter(own).copied().collect();
        let mut steps = Vec::new();
        if !taken.is_empty() {
            steps.push(format!("uses {}", lever_names(case, &taken)));
        }
        if !given.is_empty() {
            steps.push(format!("gives up {}", lever_names(case, &given)));
        }
        let name = &game.model.decision_makers()[departure.owner];
        let gain = signed(&departure.gain);
        page.item(
            "  - ",
            &format!(
                "{name} {}: {gain} in its own worth. It has no better move from there alone.",
                words::list(&steps)
            ),
        );
    }
}

fn removal_words(case: &Case, lever: LeverId, why: Removal) -> String {
    match why {
        Removal::Unavailable if case.levers[lever.0].on => "in use, and cannot be given up".to_owned(),
        Removal::Unavailable => "the case says that it cannot be used".to_owned(),
        Removal::NoOwner => "nobody owns it".to_owned(),
        Removal::Dominated => {
            let owner = case.levers[lever.0].owner.map_or("its owner", |owner| case.actors[owner.0].name.as_str());
            format!("whatever else is in use, {owner} is worse off using it")
        }
        Removal::Needs(needed) => format!("it needs {}, which is no move", case.levers[needed.0].name),
    }
}

fn lever_names(case: &Case, levers: &[LeverId]) -> String {
    let names: Vec<String> =
        levers.iter().map(|lever| format!("\u{201c}{}\u{201d}", case.levers[lever.0].name)).collect();
    if names.is_empty() { "no lever".to_owned() } else { words::list(&names) }
}
