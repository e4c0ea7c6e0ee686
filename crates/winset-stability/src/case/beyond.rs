//! What a case says of its strategic game that is more, or less, than everyone's ranking.

use winset_case::{Attitude as Word, Case, GameView, StateOrder, StatePreference};

use super::{CaseRefusal, Outline, Translation, order_of};
use crate::analyses::Beyond;
use crate::attitudes::Attitude;
use crate::model::Model;
use crate::preference::Preference;
use crate::refusal::Refusal;
use crate::states::States;
use crate::unknown::PartialPreference;

/// Whether a case says such things, and which: what needs the states listed.
pub(super) fn named(case: &Case) -> Option<&'static str> {
    let game = &case.game;
    let has = |test: fn(&StatePreference) -> bool| game.preferences.iter().any(test);
    if has(|preference| matches!(preference.order, StateOrder::Partial { .. })) {
        Some("unknown preference")
    } else if has(|preference| !preference.strong.is_empty()) {
        Some("strength of preference")
    } else if !game.attitudes.is_empty() {
        Some("attitudes")
    } else {
        (!game.views.is_empty()).then_some("misperception")
    }
}

/// Reads it.
pub(super) fn beyond(case: &Case, outline: &Outline, model: &Model) -> Result<Beyond, CaseRefusal> {
    let game = &case.game;
    let translation = Translation { case, moves: &outline.moves };
    let states = model.states();
    let mut beyond = Beyond::default();
    if named(case) == Some("unknown preference") {
        let others = [
            (game.preferences.iter().any(|preference| !preference.strong.is_empty()), "strength of preference"),
            (!game.attitudes.is_empty(), "attitudes"),
            (!game.views.is_empty(), "misperception"),
        ];
        if let Some((_, other)) = others.into_iter().find(|(there, _)| *there) {
            return Err(CaseRefusal::Together(["unknown preference", other]));
        }
        let partial = outline.actors.iter().map(|actor| match order_of(case, *actor) {
            Some(StateOrder::Partial { preferred, equal }) => {
                let name = &case.actors[actor.0].name;
                partial(&translation, name, preferred, equal, states).map(Some)
            }
            _ => Ok(None),
        });
        beyond.partial = Some(partial.collect::<Result<_, _>>()?);
        return Ok(beyond);
    }
    if game.preferences.iter().any(|preference| !preference.strong.is_empty()) {
        let degrees = outline.actors.iter().map(|actor| {
            let said = game.preferences.iter().find(|preference| preference.actor == *actor);
            said.map_or(Ok(vec![0; states.len()]), |said| degrees(&translation, said, states))
        });
        beyond.degrees = Some(degrees.collect::<Result<_, _>>()?);
    }
    if !game.attitudes.is_empty() {
        beyond.attitudes = Some(attitudes(case, outline));
    }
    if !game.views.is_empty() {
        let views = outline.actors.iter().map(|actor| {
            let view = game.views.iter().find(|view| view.actor == *actor);
            view.map_or_else(|| Ok(model.clone()), |view| seen(case, outline, &translation, view))
        });
        beyond.views = Some(views.collect::<Result<_, _>>()?);
    }
    Ok(beyond)
}

/// Pairs of texts as pairs of states, for all that fit.
fn partial(
    translation: &Translation<'_>,
    name: &str,
    preferred: &[[String; 2]],
    equal: &[[String; 2]],
    states: &States,
) -> Result<PartialPreference, CaseRefusal> {
    let pairs = |pairs: &[[String; 2]]| -> Result<Vec<(usize, usize)>, CaseRefusal> {
        let mut found = Vec::new();
        for [first, second] in pairs {
            let [first, second] = [translation.named(name, first, states)?, translation.named(name, second, states)?];
            let all = first.iter().flat_map(|one| second.iter().map(move |other| (*one, *other)));
            found.extend(all.filter(|(one, other)| one != other));
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    };
    let partial = PartialPreference { preferred: pairs(preferred)?, equal: pairs(equal)? };
    let holds = |one, other| partial.preferred.binary_search(&(one, other)).is_ok();
    let tied = partial.equal.iter().find(|(one, other)| holds(*one, *other) || holds(*other, *one));
    let twice = partial.preferred.iter().find(|(one, other)| holds(*other, *one)).or(tied);
    if let Some((one, other)) = twice {
        let reason = format!(
            "says two things of the states {} and {}, which are {} and {}",
            one + 1,
            other + 1,
            states.pattern(*one),
            states.pattern(*other)
        );
        return Err(CaseRefusal::Model(Refusal::BadRanking { decision_maker: name.to_owned(), reason }));
    }
    Ok(partial)
}

/// Per state, how many marks stand below it: blocks of which each is much better than the one below.
fn degrees(translation: &Translation<'_>, said: &StatePreference, states: &States) -> Result<Vec<u32>, CaseRefusal> {
    let name = &translation.case.actors[said.actor.0].name;
    let bad = |reason| CaseRefusal::Model(Refusal::BadRanking { decision_maker: name.clone(), reason });
    match &said.order {
        StateOrder::Ranking(groups) => {
            let mut degrees = vec![0; states.len()];
            for (place, group) in groups.iter().enumerate() {
                let below = said.strong.iter().filter(|before| **before > place).count() as u32;
                for text in group {
                    translation.named(name, text, states)?.into_iter().for_each(|state| degrees[state] = below);
                }
            }
            Ok(degrees)
        }
        StateOrder::Statements(statements) => {
            let strong = said.strong.first().copied().unwrap_or(0);
            let strong = translation.statements(&statements[..strong.min(statements.len())]);
            Preference::Statements(strong).ranks(states).map_err(bad)
        }
        _ => Ok(vec![0; states.len()]),
    }
}

fn attitudes(case: &Case, outline: &Outline) -> Vec<Vec<Attitude>> {
    let one = |actor| {
        let said = case.game.attitudes.iter().find(|said| said.actor == actor);
        outline.actors.iter().map(move |other| {
            let said = said.and_then(|said| said.towards.iter().find(|(towards, _)| towards == other));
            match said.map(|(_, word)| word) {
                Some(Word::Positive) => Attitude::Positive,
                Some(Word::Negative) => Attitude::Negative,
                None if *other == actor => Attitude::Positive,
                Some(Word::Neutral) | None => Attitude::Neutral,
            }
        })
    };
    outline.actors.iter().map(|actor| one(*actor).collect()).collect()
}

/// The game as one actor sees it.
fn seen(case: &Case, outline: &Outline, translation: &Translation<'_>, view: &GameView) -> Result<Model, CaseRefusal> {
    let who = &case.actors[view.actor.0].name;
    let refused = |refusal| match refusal {
        CaseRefusal::Model(refusal) => CaseRefusal::Seen { by: who.clone(), refusal },
        other => other,
    };
    let mut form = outline.form.clone();
    form.infeasible.extend(translation.statements(&view.unseen));
    let states = form.states().map_err(|refusal| refused(CaseRefusal::Model(refusal)))?;
    let mut preferences = Vec::new();
    for actor in &outline.actors {
        let own = view.preferences.iter().find(|preference| preference.actor == *actor);
        let order = own.map(|preference| &preference.order).or_else(|| order_of(case, *actor));
        preferences.push(match order {
            Some(order) => translation.preference(*actor, order, &states, true).map_err(refused)?,
            None => Preference::Statements(Vec::new()),
        });
    }
    Model::new(form, states, preferences).map_err(|refusal| refused(CaseRefusal::Model(refusal)))
}
