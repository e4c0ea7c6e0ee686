//! What stays put, in a brief: whether anyone gains by using other levers than today, and what stands in the game of the case's own moves.

use winset_brief::game::{Leaving, Today, TodayStays};
use winset_brief::{Brief, called, signed, words};
use winset_case::{Case, LeverId};
use winset_stability::{CaseModel, Concept, Model, Paths, SanctionRule, Stability, model_of_case, stability};

use crate::game::{change_words, quoted, unit_range_words};
use crate::layout::Page;
use crate::stability::{heading, summary};

/// States up to which a brief looks at the game of a case's own moves; beyond, `winset stability` does.
const MOST_STATES: usize = 1 << 20;

/// The game of a case's own moves, looked at.
pub(crate) struct OwnGame {
    pub(crate) model: Model,
    pub(crate) rule: SanctionRule,
    pub(crate) result: Stability,
    /// Where things stand, with what moves and what improvements lead to from there.
    pub(crate) today: Option<(usize, Paths, Paths)>,
}

/// The game of a case's own moves, or why a brief does not look at it; `None` where it has none.
pub(crate) fn own_game(case: &Case) -> Option<Result<OwnGame, String>> {
    if case.moves.is_empty() {
        return None;
    }
    let look = || {
        let CaseModel { model, rule, today, .. } = model_of_case(case).map_err(|refusal| not_computed(&refusal))?;
        let states = model.states().len();
        if states > MOST_STATES {
            let states = words::number(states as u64);
            return Err(format!(
                "The game has {states} states: too many for a brief. `winset stability` looks at them."
            ));
        }
        let result = stability(&model, rule).map_err(|refusal| not_computed(&refusal))?;
        let ways = |today: usize| {
            Some((today, Paths::from(&model, today, false).ok()?, Paths::from(&model, today, true).ok()?))
        };
        let today = today.and_then(ways);
        Ok(OwnGame { model, rule, result, today })
    };
    Some(look())
}

fn not_computed(refusal: &dyn std::fmt::Display) -> String {
    format!("Not computed: {refusal}.")
}

/// The part of the brief; nothing where the case has neither levers nor moves.
pub(crate) fn stays_put(page: &mut Page, brief: &Brief<'_>) {
    let own = own_game(brief.case);
    if brief.stays.is_none() && own.is_none() {
        return;
    }
    page.heading("WHAT STAYS PUT");
    levers(page, brief);
    match own {
        None => {}
        Some(Err(reason)) => page.paragraph(2, &reason),
        Some(Ok(OwnGame { model, rule, result, today })) => summary(page, &model, &result, rule, today.as_ref()),
    }
}

/// Whether anyone gains by using other levers than today.
pub(crate) fn levers(page: &mut Page, brief: &Brief<'_>) {
    let case = brief.case;
    match &brief.stays {
        None => {}
        Some(Err(refusal)) => {
            page.paragraph(
                2,
                &format!("Whether anyone gains by using other levers than today was not found out: {refusal}."),
            );
        }
        Some(Ok(stays)) => {
            page.paragraph(2, &standing(case, stays));
            for leaving in &stays.today.leaving {
                page.item("  - ", &leaving_words(case, leaving));
            }
            page.paragraph(2, &units(case, &stays.today));
            page.note(2, &how_looked(stays));
        }
    }
}

/// Whether today's choice of levers stays put, in plain words.
pub(crate) fn standing(case: &Case, stays: &TodayStays) -> String {
    let today = &stays.today;
    let used: Vec<LeverId> = today.levers.iter().filter(|lever| case.levers[lever.0].on).copied().collect();
    let used = if used.is_empty() { String::new() } else { format!(", beside {} in use today", quoted(case, &used)) };
    let (levers, owners) =
        (words::counted(today.levers.len() as u64, "lever"), words::counted(today.owners.len() as u64, "actor"));
    if today.leaving.is_empty() {
        let brings = if today.levers.len() == 1 { "it brings nobody" } else { "none brings its owner" };
        return format!(
            "No one gains by acting alone: of {levers} that {owners} could use{used}, {brings} more than it costs. So what is done today stays as it is."
        );
    }
    let names = called::actors(case, today.leaving.iter().map(|leaving| leaving.owner));
    let name = words::list(&names);
    let own = if today.leaving.len() == 1 { "its" } else { "their" };
    let answers = if stays.under(Concept::Sseq) == Some(true) || stays.under(Concept::Seq) == Some(true) {
        "The others could answer, and would gain by answering, so that nothing is won: what is done today may stay as it is."
    } else if stays.under(Concept::Gmr) == Some(true) {
        "The others could answer so that nothing is won, but only at a loss to themselves: what is done today stays only while that threat is believed."
    } else if stays.under(Concept::Gmr) == Some(false) {
        "Nothing the others could answer takes every such gain away: what is done today does not stay as it is."
    } else {
        "What the others could answer was not looked at here."
    };
    format!("{} would gain by acting alone, with {own} own levers. {answers}", words::capital(&name))
}

/// What an owner would do, and what it brings.
pub(crate) fn leaving_words(case: &Case, leaving: &Leaving) -> String {
    format!(
        "{} by {}: {}.",
        words::capital(called::actor(case, leaving.owner)),
        change_words(case, &leaving.taken, &leaving.given_up),
        signed(&leaving.gain)
    )
}

/// From which worth of a unit of lever cost on nobody gains by acting alone.
pub(crate) fn units(case: &Case, today: &Today) -> String {
    let unit = &case.game.lever_cost_unit;
    let (low, high) = unit.distribution.range();
    let range = if low == high { String::new() } else { format!(" (range {low} to {high})") };
    let taken = format!("A unit of lever cost is taken to be worth {}{range} to whoever pays it", today.unit);
    let free: Vec<String> = today
        .leaving_if_free
        .iter()
        .map(|leaving| {
            let name = called::actor(case, leaving.owner);
            format!(
                "{name} would gain {} by {}",
                signed(&leaving.gain).trim_start_matches('+'),
                change_words(case, &leaving.taken, &leaving.given_up)
            )
        })
        .collect();
    let free =
        if free.is_empty() { String::new() } else { format!(" If levers cost nothing, {}.", words::list(&free)) };
    match &today.units {
        None => format!("{taken}. Someone gains by acting alone whatever it is worth.{free}"),
        Some(range) => {
            let range = unit_range_words(std::slice::from_ref(range));
            format!("{taken}. Nobody gains by acting alone {}.{free}", at(&range))
        }
    }
}

/// "From 0.009 on" becomes "as long as that is 0.009 or more".
fn at(range: &str) -> String {
    match range.strip_prefix("from ").and_then(|range| range.strip_suffix(" on")) {
        Some(least) => format!("as long as that is {least} or more"),
        None if range.starts_with("whatever") => "whatever it is worth".to_owned(),
        None => format!("as long as that is {range}"),
    }
}

/// How it was found, for whoever checks.
fn how_looked(stays: &TodayStays) -> String {
    let today = &stays.today;
    let stable: Vec<&str> =
        Concept::ALL.into_iter().filter(|concept| stays.under(*concept) == Some(true)).map(heading).collect();
    let not: Vec<&str> =
        Concept::ALL.into_iter().filter(|concept| stays.under(*concept) == Some(false)).map(heading).collect();
    let concepts = match (stable.as_slice(), not.as_slice()) {
        (_, []) if stable.len() == Concept::ALL.len() => {
            format!("Today is stable under all five concepts ({}).", stable.join(", "))
        }
        (_, []) => format!("Today is stable under {}.", words::list(&stable)),
        ([], _) if not.len() == 5 => format!("Today is stable under none of {}.", words::list(&not)),
        ([], _) => format!("Today is not stable under {}.", words::list(&not)),
        _ => format!("Today is stable under {}, not under {}.", words::list(&stable), words::list(&not)),
    };
    let undecided = stays
        .undecided
        .as_ref()
        .map_or_else(String::new, |refusal| format!(" Of the others nothing is said: {refusal}."));
    format!(
        "{concepts}{undecided} {} of levers were looked at, all that one owner can bring about alone; what each brings is the worth of where the process then comes to rest, less costs. \
         `winset stability --game` plays every choice.",
        words::capital(&words::counted(today.looked_at as u64, "choice")),
    )
}
