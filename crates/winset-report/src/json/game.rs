//! The document of `winset stability --game --json`.

use serde_json::{Map, Value, json};
use winset_brief::game::{Game, Games, Removal, UnitRange, Units};
use winset_case::{Case, LeverId};
use winset_settle::{Amount, BigRational};
use winset_stability::{Concept, Paths};

/// The strategy game: payoffs of today, the moves left with the costs of the case and without costs, equilibria, and who would leave today.
pub fn game(case: &Case, games: &Games) -> Value {
    let Games { payoffs, unit, costly, free, units, improvements } = games;
    let today: Vec<Value> = (0..case.actors.len())
        .filter_map(|actor| {
            let payoff = payoffs.range(winset_case::ActorId(actor), payoffs.today)?;
            Some(json!({
                "actor": case.actors[actor].id,
                "payoff": number(&payoff.here), "worst": number(&payoff.worst), "best": number(&payoff.best),
                "if_nothing_moves": number(&payoff.today),
            }))
        })
        .collect();
    json!({
        "levers": ids(case, &payoffs.levers),
        "choices": payoffs.choices(),
        "processes_walked": payoffs.walked,
        "different_processes": payoffs.different,
        "states_of_rest_today": payoffs.resting(payoffs.today),
        "payoffs_today": today,
        "lever_cost_unit": unit.to_f64(),
        "with_costs": one(case, costly),
        "without_costs": one(case, free),
        "today_stays_at": ranges(units),
        "ways_by_improvements": ways(case, costly, improvements),
    })
}

/// At which worth of a unit of lever cost today stays.
fn ranges(units: &Units) -> Value {
    let concepts: Map<String, Value> = units
        .staying
        .iter()
        .map(|staying| (staying.concept.word().to_owned(), staying.ranges.iter().map(unit_range).collect()))
        .collect();
    json!({ "turns": units.turns, "exact": units.exact, "concepts": concepts })
}

/// Worths of a unit of lever cost.
pub(super) fn unit_range(range: &UnitRange) -> Value {
    json!({
        "from": number(&range.from), "from_included": range.from_included,
        "to": range.to.as_ref().map(number), "to_included": range.to_included,
    })
}

/// Shortest ways from today to equilibria, each step an improvement for whoever makes it.
fn ways(case: &Case, game: &Game, improvements: &Paths) -> Value {
    let sets = Concept::ALL.map(|concept| game.equilibria(concept));
    (0..game.model.states().len())
        .filter(|state| *state != game.today && sets.iter().any(|set| set.contains(*state)))
        .filter_map(|state| Some((state, improvements.to(state)?)))
        .take(LISTED)
        .map(|(state, way)| {
            let steps: Vec<Value> = way
                .iter()
                .map(|step| json!({ "actor": case.actors[game.owners[step.mover].0].id, "to": ids(case, &game.in_use(step.to)) }))
                .collect();
            json!({ "to": ids(case, &game.in_use(state)), "steps": steps })
        })
        .collect()
}

fn one(case: &Case, game: &Game) -> Value {
    let removed: Vec<Value> = game
        .removed
        .iter()
        .map(|(lever, why)| {
            let (why, needs) = match why {
                Removal::Unavailable => ("unavailable", None),
                Removal::NoOwner => ("no-owner", None),
                Removal::Dominated => ("dominated", None),
                Removal::Needs(needed) => ("needs", Some(&case.levers[needed.0].id)),
            };
            json!({ "lever": case.levers[lever.0].id, "why": why, "needs": needs })
        })
        .collect();
    let concepts: Vec<Value> = Concept::ALL
        .iter()
        .map(|&concept| {
            let leaving: Vec<&str> = (0..game.owners.len())
                .filter(|&owner| !game.stability.stable(concept, owner).contains(game.today))
                .map(|owner| case.actors[game.owners[owner].0].id.as_str())
                .collect();
            let set = game.equilibria(concept);
            let listed: Vec<Value> = set.iter().take(LISTED).map(|state| ids(case, &game.in_use(state))).collect();
            json!({
                "concept": concept.word(), "today_stays": leaving.is_empty(), "unstable_for": leaving,
                "equilibria": set.count(), "listed": listed,
            })
        })
        .collect();
    let departures: Vec<Value> = game
        .departures
        .iter()
        .map(|departure| {
            json!({
                "actor": case.actors[game.owners[departure.owner].0].id,
                "to": ids(case, &game.in_use(departure.to)), "gain": number(&departure.gain),
            })
        })
        .collect();
    json!({
        "moves": ids(case, &game.levers), "removed": removed, "states": game.model.states().len(),
        "today": ids(case, &game.in_use(game.today)), "concepts": concepts, "departures": departures,
    })
}

/// Equilibria listed by the levers in use.
const LISTED: usize = 1000;

pub(super) fn ids(case: &Case, levers: &[LeverId]) -> Value {
    levers.iter().map(|lever| case.levers[lever.0].id.as_str()).collect()
}

pub(super) fn number(value: &BigRational) -> Value {
    json!(Amount::from(value.clone()).to_f64())
}
