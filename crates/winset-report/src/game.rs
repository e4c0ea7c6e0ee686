//! The strategy game for the terminal.

use winset_brief::game::{Departure, Game, Games, Removal, UnitRange, Units};
use winset_brief::{called, signed, words};
use winset_case::{ActorId, Case, LeverId};
use winset_settle::Amount;
use winset_stability::{Concept, SanctionRule, Step};

use crate::layout::Page;
use crate::stability::{heading, legend};

/// Equilibria that are listed.
const LISTED: usize = 20;

/// The strategy game of a case: which levers are moves, what today's choice of them is worth to whom, and what stays put.
pub fn game(case: &Case, games: &Games, rule: SanctionRule, width: usize) -> String {
    let Games { payoffs, costly, free, units, .. } = games;
    let mut page = Page::new(width);
    page.heading(&format!("{} — the strategy game", case.title));
    let choices = words::counted(payoffs.choices() as u64, "choice");
    let levers = words::counted(payoffs.levers.len() as u64, "lever");
    let different = match payoffs.different {
        1 => "the same everywhere".to_owned(),
        different => format!("{} ways it can run, in all", words::number(different as u64)),
    };
    page.paragraph(
        0,
        &format!(
            "Whoever owns a lever uses it or not. The {levers} that someone can use make {choices}. Under each, deals lead to where no deal leads on ({different}). \
             A payoff is what it is worth there, less the cost of going on where an actor's conflict has not ended, less what its own levers cost.",
        ),
    );
    page.heading("WHERE THE PROCESS COMES TO REST TODAY");
    let used: Vec<LeverId> = (0..case.levers.len()).map(LeverId).filter(|lever| case.levers[lever.0].on).collect();
    let resting = words::counted(payoffs.resting(payoffs.today) as u64, "state");
    page.paragraph(0, &format!("In use today: {}. The process can come to rest in {resting}.", quoted(case, &used)));
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
    page.figures(&["Owner of levers", "Payoff", "Worst", "Best", "If nothing moved"], rows.collect());
    page.note(0, "In each one's own worth, before the costs of levers, at the Nash point of the states where the process can come to rest; beside it the worst and the best of these.");
    page.heading("DOES TODAY STAY PUT?");
    page.paragraph(0, &unit_words(case, games));
    page.paragraph(0, &standing(case, costly));
    departures(&mut page, case, costly, &costly.departures);
    equilibria(&mut page, case, games);
    page.heading("WHAT A UNIT OF LEVER COST MUST BE WORTH");
    page.paragraph(
        0,
        "Costs of levers stand on a scale of their own, so what stays put may hang on how it is carried over to worth. Today stays put:",
    );
    for concept in Concept::ALL {
        page.item(&format!("  {:<5} ", heading(concept)), &format!("{}.", unit_range_words(units.ranges(concept))));
    }
    page.note(0, &turns_words(units));
    if free.departures.is_empty() {
        page.paragraph(0, "Even if no lever cost anything, nobody would gain by leaving today alone.");
    } else {
        page.paragraph(0, "If no lever cost anything:");
        departures(&mut page, case, free, &free.departures);
    }
    page.heading("LEVERS THAT ARE NO MOVES");
    removed(&mut page, case, costly);
    legend(&mut page, &Concept::ALL, rule);
    page.finish()
}

fn unit_words(case: &Case, games: &Games) -> String {
    let unit = &case.game.lever_cost_unit;
    let (low, high) = unit.distribution.range();
    let range = if low == high { String::new() } else { format!(" (range {low} to {high})") };
    format!("One unit of lever cost is taken to be worth {}{range} to the owner who pays it.", games.unit)
}

/// Whether today's levers stay as they are.
pub(crate) fn standing(case: &Case, game: &Game) -> String {
    let stays: Vec<&str> = Concept::ALL.into_iter().filter(|concept| game.today_stays(*concept)).map(heading).collect();
    let leaving: Vec<&str> =
        game.departures.iter().map(|departure| case.actors[game.owners[departure.owner].0].name.as_str()).collect();
    match (stays.len(), leaving.is_empty()) {
        (_, true) => "Yes, under every concept: no owner gains by using other levers than today, alone.".to_owned(),
        (0, _) => format!(
            "No, under no concept. {} would gain by other levers, and nothing the others could answer takes the gain away:",
            words::list(&leaving)
        ),
        _ => format!(
            "Under {}, and not under the others. {} would gain by other levers; the others could answer so that nothing is gained:",
            words::list(&stays),
            words::list(&leaving)
        ),
    }
}

fn departures(page: &mut Page, case: &Case, game: &Game, departures: &[Departure]) {
    for departure in departures {
        let owner = game.owners[departure.owner];
        let (before, after) = (game.in_use(game.today), game.in_use(departure.to));
        let changed = |from: &[LeverId], to: &[LeverId]| -> Vec<LeverId> {
            to.iter()
                .filter(|lever| !from.contains(lever))
                .filter(|lever| owned(case, **lever, owner))
                .copied()
                .collect()
        };
        let text = format!(
            "{} by {}: {}.",
            words::capital(called::actor(case, owner)),
            change_words(case, &changed(&before, &after), &changed(&after, &before)),
            signed(&departure.gain)
        );
        page.item("  - ", &text);
    }
}

fn owned(case: &Case, lever: LeverId, owner: ActorId) -> bool {
    case.levers[lever.0].owner == Some(owner)
}

/// What becomes of one owner's levers.
pub(crate) fn change_words(case: &Case, taken: &[LeverId], given: &[LeverId]) -> String {
    let mut parts = Vec::new();
    if !taken.is_empty() {
        parts.push(format!("using {}", quoted(case, taken)));
    }
    if !given.is_empty() {
        parts.push(format!("giving up {}", quoted(case, given)));
    }
    words::list(&parts)
}

/// The states that stay put, with the levers in use, and how improvements lead there from today.
fn equilibria(page: &mut Page, case: &Case, games: &Games) {
    let game = &games.costly;
    let sets = Concept::ALL.map(|concept| game.equilibria(concept));
    let any: Vec<usize> =
        (0..game.model.states().len()).filter(|state| sets.iter().any(|set| set.contains(*state))).collect();
    page.heading("WHAT ELSE STAYS PUT");
    if any.is_empty() {
        page.paragraph(0, "Nothing: from every choice of levers, some owner leaves under each of the five concepts.");
        return;
    }
    let others: Vec<usize> = any.iter().copied().filter(|state| *state != game.today).collect();
    if others.is_empty() {
        page.paragraph(0, "Nothing: today's choice of levers is the only one that does.");
        return;
    }
    let rows = others.iter().take(LISTED).map(|&state| {
        let marks = sets.iter().map(|set| if set.contains(state) { "yes" } else { "" }.to_owned());
        let way = match games.improvements.distance(state) {
            Some(count) => words::counted(count.into(), "improvement"),
            None => "not by improvements".to_owned(),
        };
        let names = game.in_use(state);
        let names = if names.is_empty() { "none".to_owned() } else { plain(case, &names) };
        [vec![(state + 1).to_string(), names], marks.collect(), vec![way]].concat()
    });
    let concepts = Concept::ALL.map(heading);
    page.table(&[&["State", "Levers in use"][..], &concepts, &["From today"]].concat(), rows.collect());
    if others.len() > LISTED {
        let counts: Vec<String> = Concept::ALL
            .iter()
            .zip(&sets)
            .map(|(concept, set)| format!("{} under {}", words::number(set.count() as u64), heading(*concept)))
            .collect();
        let states = words::number(game.model.states().len() as u64);
        let text =
            format!("The first {LISTED} are shown. Of {states} states, equilibria are {}.", words::list(&counts));
        page.note(0, &text);
    }
    let shown = others.iter().take(LISTED);
    let mut ways = shown.filter_map(|&state| Some((state, games.improvements.to(state)?))).peekable();
    if ways.peek().is_some() {
        page.paragraph(0, "Improvements, each for whoever makes it, lead from today:");
    }
    for (state, way) in ways {
        page.item(&format!("  to {:<4} ", state + 1), &way_words(case, game, &way));
    }
}

fn way_words(case: &Case, game: &Game, way: &[Step]) -> String {
    let mut before = game.in_use(game.today);
    let mut parts = Vec::new();
    for step in way {
        let after = game.in_use(step.to);
        let taken: Vec<LeverId> = after.iter().filter(|lever| !before.contains(lever)).copied().collect();
        let given: Vec<LeverId> = before.iter().filter(|lever| !after.contains(lever)).copied().collect();
        let name = &case.actors[game.owners[step.mover].0].name;
        parts.push(format!("{name} by {}", change_words(case, &taken, &given)));
        before = after;
    }
    format!("{}.", parts.join(", then "))
}

/// At which worth of a unit of lever cost today stays.
pub(crate) fn unit_range_words(ranges: &[UnitRange]) -> String {
    let figures = |value: &winset_settle::BigRational| Amount::from(value.clone()).figures();
    let zero = Amount::from(winset_case::Decimal::ZERO);
    let parts: Vec<String> = ranges
        .iter()
        .map(|range| {
            let from_nothing = Amount::from(range.from.clone()) == zero && range.from_included;
            match (&range.to, from_nothing) {
                (None, true) => "whatever a unit is worth".to_owned(),
                (None, false) if range.from_included => format!("from {} on", figures(&range.from)),
                (None, false) => format!("above {}", figures(&range.from)),
                (Some(to), _) if *to == range.from => format!("at {} exactly", figures(to)),
                (Some(to), true) if range.to_included => format!("up to {}", figures(to)),
                (Some(to), true) => format!("below {}", figures(to)),
                (Some(to), false) => {
                    let from = if range.from_included { "from" } else { "above" };
                    let to_word = if range.to_included { "to" } else { "to below" };
                    format!("{from} {} {to_word} {}", figures(&range.from), figures(to))
                }
            }
        })
        .collect();
    if parts.is_empty() { "at no worth of a unit".to_owned() } else { words::list(&parts) }
}

fn turns_words(units: &Units) -> String {
    let turns = words::counted(units.turns as u64, "worth");
    if units.exact {
        format!(
            "Exact: an owner's ranking of choices that matter turns at {turns} of a unit, and the game was decided at each and between any two."
        )
    } else {
        format!(
            "By bisection: an owner's ranking of choices that matter turns at {turns} of a unit, too many to decide the game at each. It was decided exactly at some, and where two neighbours differ, between them; a range that lies between two that agree could be missed."
        )
    }
}

/// Levers that are no moves, by why and by owner.
fn removed(page: &mut Page, case: &Case, game: &Game) {
    if game.removed.is_empty() {
        page.paragraph(0, "None: every lever is a move.");
    }
    let of = |fits: &dyn Fn(LeverId, Removal) -> bool| -> Vec<LeverId> {
        game.removed.iter().filter(|(lever, why)| fits(*lever, *why)).map(|(lever, _)| *lever).collect()
    };
    let dominated = of(&|_, why| why == Removal::Dominated);
    if !dominated.is_empty() {
        page.paragraph(0, "Whatever else is in use, its owner is worse off using it:");
        for owner in &game.owners {
            let own: Vec<LeverId> = dominated.iter().filter(|lever| owned(case, **lever, *owner)).copied().collect();
            if !own.is_empty() {
                page.item("  - ", &format!("{}: {}.", case.actors[owner.0].name, quoted(case, &own)));
            }
        }
    }
    let groups = [
        ("In use, and cannot be given up", of(&|lever, why| why == Removal::Unavailable && case.levers[lever.0].on)),
        ("Cannot be used, as the case says", of(&|lever, why| why == Removal::Unavailable && !case.levers[lever.0].on)),
        ("Owned by nobody", of(&|_, why| why == Removal::NoOwner)),
        ("In need of a lever that is no move", of(&|_, why| matches!(why, Removal::Needs(_)))),
    ];
    for (text, levers) in groups.iter().filter(|(_, levers)| !levers.is_empty()) {
        page.paragraph(0, &format!("{text}: {}.", quoted(case, levers)));
    }
}

fn plain(case: &Case, levers: &[LeverId]) -> String {
    levers.iter().map(|lever| case.levers[lever.0].name.as_str()).collect::<Vec<_>>().join("; ")
}

pub(crate) fn quoted(case: &Case, levers: &[LeverId]) -> String {
    let names: Vec<String> =
        levers.iter().map(|lever| format!("\u{201c}{}\u{201d}", case.levers[lever.0].name)).collect();
    if names.is_empty() { "no lever".to_owned() } else { words::list(&names) }
}
