//! Checks about strategic games: whether a state stays put, how much of what an actor hopes for is met, and whether one option is best in everything.

use std::rc::Rc;

use num_traits::Zero;
use winset_case::{ActorId, Case, Chosen, Hoped, LeverId, MoveId, PolicyOption, StabilityConcept, StrategicState};
use winset_settle::{Amount, BigRational, holds_in};
use winset_stability::{CaseModel, Concept, SanctionRule, Stability, model_of_case, stability};
use winset_worth::State;

use crate::ends::Payoff;
use crate::evaluate::Finding;
use crate::game::{GAME_WORK_LIMIT, Game, Payoffs, Removal, exact, game};
use crate::situation::Situation;
use crate::words::list;

/// Whether a state is stable under a concept, for everyone or for one actor.
pub(crate) fn stable(
    situation: &Situation<'_>,
    state: &StrategicState,
    concept: StabilityConcept,
    actor: Option<ActorId>,
) -> Finding {
    let asked = match state {
        StrategicState::Levers(chosen) => of_levers(situation, chosen, concept, actor),
        StrategicState::Moves(chosen) => of_moves(&situation.case, chosen, concept, actor),
    };
    match asked {
        Ok(Asked::Known { stays, unstable_for }) => {
            let words = match (stays, unstable_for.is_empty()) {
                (true, _) => format!("stable under {}", concept.word()),
                (false, true) => format!("not stable under {}", concept.word()),
                (false, false) => format!("not stable under {} for {}", concept.word(), list(&unstable_for)),
            };
            Finding::new(stays, format!("{}: {words}", state_words(&situation.case, state)))
        }
        Ok(Asked::Open(reason)) | Err(reason) => Finding::undecided(&reason),
    }
}

/// What was found about a state.
enum Asked {
    Known {
        stays: bool,
        unstable_for: Vec<String>,
    },
    /// Why it is not known.
    Open(String),
}

fn state_words(case: &Case, state: &StrategicState) -> String {
    let named = |word: &str, chosen: Option<Vec<&str>>| match chosen {
        None => format!("{word}(today)"),
        Some(ids) if ids.is_empty() => format!("{word}(none)"),
        Some(ids) => format!("{word}({})", ids.join(", ")),
    };
    match state {
        StrategicState::Levers(Chosen::Today) => named("levers", None),
        StrategicState::Moves(Chosen::Today) => named("moves", None),
        StrategicState::Levers(Chosen::Exactly(levers)) => {
            named("levers", Some(levers.iter().map(|lever| case.levers[lever.0].id.as_str()).collect()))
        }
        StrategicState::Moves(Chosen::Exactly(moves)) => {
            named("moves", Some(moves.iter().map(|held| case.moves[held.0].id.as_str()).collect()))
        }
    }
}

fn concept_of(concept: StabilityConcept) -> Concept {
    match concept {
        StabilityConcept::Nash => Concept::Nash,
        StabilityConcept::Gmr => Concept::Gmr,
        StabilityConcept::Smr => Concept::Smr,
        StabilityConcept::Seq => Concept::Seq,
        StabilityConcept::Sseq => Concept::Sseq,
    }
}

/// For whom of these a state is not stable.
fn answer(
    case: &Case,
    found: &Stability,
    owners: &[ActorId],
    state: usize,
    concept: StabilityConcept,
    actor: Option<ActorId>,
) -> Asked {
    let unstable = |place: usize| !found.stable(concept_of(concept), place).contains(state);
    let asked = owners.iter().enumerate().filter(|(_, owner)| actor.is_none_or(|actor| actor == **owner));
    let unstable_for: Vec<String> =
        asked.filter(|(place, _)| unstable(*place)).map(|(_, owner)| case.actors[owner.0].id.clone()).collect();
    Asked::Known { stays: unstable_for.is_empty(), unstable_for }
}

fn of_levers(
    situation: &Situation<'_>,
    chosen: &Chosen<LeverId>,
    concept: StabilityConcept,
    actor: Option<ActorId>,
) -> Result<Asked, String> {
    let case = &situation.case;
    let in_use = || (0..case.levers.len()).map(LeverId).filter(|lever| case.levers[lever.0].on);
    let is_today = match chosen {
        Chosen::Today => true,
        Chosen::Exactly(levers) => in_use().all(|lever| levers.contains(&lever)) && in_use().count() == levers.len(),
    };
    if is_today {
        // What nobody improves on is stable under every concept; what the others could answer is looked for only where somebody does.
        let today = situation.today()?;
        let leaving = today.leaving.iter().map(|leaving| leaving.owner);
        let leaving: Vec<ActorId> = leaving.filter(|owner| actor.is_none_or(|actor| actor == *owner)).collect();
        if leaving.is_empty() || concept == StabilityConcept::Nash {
            let unstable_for: Vec<String> = leaving.iter().map(|owner| case.actors[owner.0].id.clone()).collect();
            return Ok(Asked::Known { stays: unstable_for.is_empty(), unstable_for });
        }
    }
    let game = situation.game()?;
    let state = match chosen {
        Chosen::Today => Some(game.today),
        Chosen::Exactly(levers) => {
            for (lever, why) in &game.removed {
                let body = &case.levers[lever.0];
                if body.on == levers.contains(lever) {
                    continue;
                }
                // Nobody goes on using what leaves it worse off whatever the others do.
                let by_owner = actor.is_none() || actor == body.owner;
                if *why == Removal::Dominated && concept == StabilityConcept::Nash && by_owner {
                    let owner = body.owner.map(|owner| case.actors[owner.0].id.clone());
                    return Ok(Asked::Known { stays: false, unstable_for: owner.into_iter().collect() });
                }
                return Ok(Asked::Open(format!("{} is no move of the game over levers", body.id)));
            }
            game.state_with(levers)
        }
    };
    let Some(state) = state else {
        return Ok(Asked::Open("these levers cannot be in use together".to_owned()));
    };
    Ok(answer(case, &game.stability, &game.owners, state, concept, actor))
}

fn of_moves(
    case: &Case,
    chosen: &Chosen<MoveId>,
    concept: StabilityConcept,
    actor: Option<ActorId>,
) -> Result<Asked, String> {
    let CaseModel { model, actors, moves, today, rule, beyond } =
        model_of_case(case).map_err(|refusal| refusal.to_string())?;
    let state = match chosen {
        Chosen::Today => today,
        Chosen::Exactly(taken) => {
            let bits = moves.iter().enumerate().filter(|(_, held)| taken.contains(held));
            model.states().find(bits.fold(0, |key, (place, _)| key | 1 << place))
        }
    };
    if beyond.partial.is_some() {
        let reason = "someone's preferences are known in part only; `winset stability` says what follows under each reading of that";
        return Ok(Asked::Open(reason.to_owned()));
    }
    let Some(state) = state else { return Ok(Asked::Open("this is no feasible state".to_owned())) };
    let found = stability(&model, rule).map_err(|refusal| refusal.to_string())?;
    Ok(answer(case, &found, &actors, state, concept, actor))
}

/// The game over levers, at what the case says a unit of their cost is worth.
pub(crate) fn game_of(case: &Case) -> Result<Rc<Game>, String> {
    game(case, SanctionRule::Legal).map(Rc::new).map_err(|refusal| refusal.to_string())
}

/// How many of an actor's aspirations hold in a state.
fn met(case: &Case, actor: ActorId, state: &State) -> usize {
    case.actors[actor.0].aspirations.iter().filter(|hope| holds_in(case, state, &hope.when.expression)).count()
}

/// The least and the most of an actor's aspirations that hold in any of these states.
fn met_among(case: &Case, actor: ActorId, states: &[State]) -> (usize, usize) {
    let counts: Vec<usize> = states.iter().map(|state| met(case, actor, state)).collect();
    (counts.iter().min().copied().unwrap_or(0), counts.iter().max().copied().unwrap_or(0))
}

/// The options the case names for an actor, that are looked at as the case itself is.
fn options_of(case: &Case, actor: ActorId) -> Vec<&PolicyOption> {
    let here = case.reading.is_some();
    let fits = |option: &&PolicyOption| {
        option.actor == Some(actor) && (option.reading.is_none() || here && option.reading == case.reading)
    };
    case.options.iter().filter(fits).collect()
}

/// The share of an actor's aspirations that hold in the best of the states where the process can come to rest, and what was found.
pub(crate) fn aspiration(situation: &Situation<'_>, actor: ActorId, over: Hoped) -> Result<(Amount, String), String> {
    let case = &situation.case;
    let all = case.actors[actor.0].aspirations.len().max(1);
    let id = &case.actors[actor.0].id;
    let rests = situation.rests()?;
    let met_with = |option: Option<&PolicyOption>| -> Result<(usize, usize), String> {
        let taken = option.map_or_else(|| case.clone(), |option| option.applied_to(case));
        Ok(met_among(&taken.with_levers(), actor, &rests.with(case, option)?.states))
    };
    let (best, words) = match over {
        Hoped::Today => {
            let (least, most) = met_with(None)?;
            let range = if least == most { String::new() } else { format!(", and {least} in the worst") };
            (most, format!("{most} of {all} in the best of the states where the process can come to rest{range}"))
        }
        Hoped::Options => {
            let options = options_of(case, actor);
            let mut found = vec![("none".to_owned(), met_with(None)?.1)];
            for option in options {
                found.push((option.id.clone(), met_with(Some(option))?.1));
            }
            let best = found.iter().map(|(_, most)| *most).max().unwrap_or(0);
            let with: Vec<String> =
                found.into_iter().filter(|(_, most)| *most == best).map(|(option, _)| option).collect();
            (best, format!("at most {best} of {all}, with {}, of the options the case names for it", list(&with)))
        }
        Hoped::Levers => {
            let payoffs = Payoffs::of(case, GAME_WORK_LIMIT).map_err(|refusal| refusal.to_string())?;
            let levers = payoffs.levers.iter().enumerate();
            let own = levers.filter(|(_, lever)| case.levers[lever.0].owner == Some(actor));
            let own = own.fold(0_usize, |own, (bit, _)| own | 1 << bit);
            let choices: Vec<usize> =
                (0..payoffs.choices()).filter(|choice| (choice ^ payoffs.today) & !own == 0).collect();
            let best = choices
                .iter()
                .map(|&choice| met_among(&payoffs.case_with(case, choice), actor, payoffs.ends(choice)).1);
            let best = best.max().unwrap_or(0);
            (best, format!("at most {best} of {all}, over {} choices of its own levers", choices.len()))
        }
    };
    Ok((Amount::from(BigRational::new(best.into(), all.into())), format!("{id} has {words}")))
}

/// What an option is measured by: more is better.
struct Measured {
    option: String,
    /// Payoff at the Nash point, in the worst and in the best state of rest; the least and the most aspirations met; less what its own levers cost.
    measures: Vec<BigRational>,
}

impl Measured {
    /// Whether it is at least as good on every measure, and better on one.
    fn beats(&self, other: &Measured) -> bool {
        let pairs = || self.measures.iter().zip(&other.measures);
        pairs().all(|(one, other)| one >= other) && pairs().any(|(one, other)| one > other)
    }
}

/// Whether one of the options named for an actor is best in everything.
pub(crate) fn dominant(situation: &Situation<'_>, actor: ActorId) -> Finding {
    let all = match measured(situation, actor) {
        Err(reason) => return Finding::undecided(&reason),
        Ok(all) => all,
    };
    let id = &situation.case.actors[actor.0].id;
    let options = || all.iter().filter(|one| one.option != NO_OPTION);
    let best = options().find(|one| all.iter().all(|other| other.option == one.option || one.beats(other)));
    if let Some(best) = best {
        return Finding::new(true, format!("{} is best for {id} on every measure", best.option));
    }
    let named: Vec<&str> = options().map(|one| one.option.as_str()).collect();
    let mut findings = vec![format!(
        "none of {} is best for {id} on every measure (worth at the Nash point, in the worst and the best state of rest, aspirations met, cost of its levers)",
        list(&named)
    )];
    // What is beaten is said all the same: that none is best does not make them equals.
    for one in options() {
        let beating: Vec<&str> = all
            .iter()
            .filter(|other| other.beats(one))
            .map(|other| if other.option == NO_OPTION { "taking none" } else { other.option.as_str() })
            .collect();
        if !beating.is_empty() {
            findings.push(format!(
                "{}: no better on any measure, and worse on some, than {}",
                one.option,
                list(&beating)
            ));
        }
    }
    Finding { verdict: Some(false), findings }
}

/// What taking no option is called.
const NO_OPTION: &str = "";

fn measured(situation: &Situation<'_>, actor: ActorId) -> Result<Vec<Measured>, String> {
    let case = &situation.case;
    let mut all = Vec::new();
    let options = options_of(case, actor);
    if options.is_empty() {
        return Err(format!("the case names no option for {}", case.actors[actor.0].id));
    }
    let numbers = |case: &Case| {
        let body = &case.with_levers().actors[actor.0];
        let weights: Vec<_> = body.weights.iter().map(|weight| weight.as_ref().map(|weight| weight.value)).collect();
        let values: Vec<_> = body.values.iter().flatten().map(|value| value.value).collect();
        (weights, values)
    };
    let rests = situation.rests()?;
    for option in std::iter::once(None).chain(options.into_iter().map(Some)) {
        let id = option.map_or(NO_OPTION.to_owned(), |option| option.id.clone());
        let taken = option.map_or_else(|| case.clone(), |option| option.applied_to(case));
        if numbers(&taken) != numbers(case) {
            return Err(format!(
                "{id} changes what {} values, so that worth with it and without is not measured alike",
                case.actors[actor.0].id
            ));
        }
        let rest = rests.with(case, option)?;
        let Some(Payoff { here, worst, best, .. }) = rest.payoffs[actor.0].clone() else {
            return Err(format!("{} has no preferences", case.actors[actor.0].id));
        };
        let (least, most) = met_among(&taken.with_levers(), actor, &rest.states);
        let levers = taken.levers.iter().zip(&case.levers);
        let used = levers.filter(|(after, before)| after.on && !before.on && after.owner == Some(actor));
        let cost = used.fold(BigRational::zero(), |cost, (lever, _)| cost + exact(lever.cost.value));
        let count = |count: usize| BigRational::from_integer(count.into());
        all.push(Measured { option: id, measures: vec![here, worst, best, count(least), count(most), -cost] });
    }
    Ok(all)
}
