//! The strategy game: a case worked out by hand, and random cases against trying every choice of levers from the definitions.

#[allow(dead_code, reason = "the generator serves other tests as well")]
#[path = "../../winset-settle/tests/generator/mod.rs"]
mod generator;

use std::collections::BTreeSet;

use generator::{Generator, Shape};
use num_bigint::BigInt;
use winset_brief::game::{GAME_WORK_LIMIT, Game, GameRefusal, Removal, UnitRange, game, games, today, today_stays};
use winset_case::{ActorId, Case, LeverId, Status, Track, read};
use winset_settle::{BigRational, ways};
use winset_stability::{Concept, SanctionRule};
use winset_worth::{State, Valuation, View};

/// North mends the fence only where going on hurts it; south gains by it. The patron pays for pressure on north, and the donor for nothing.
const CASE: &str = r#"
[case]
title = "A fence"
as_of = 2024-05-01

[issue.fence]
options = ["broken", "mended"]

[actor.north]
fallback = { cost_of_going_on = 0 }
weights = { fence = 1 }
values.fence = { broken = 0.5, mended = 0.4 }

[actor.south]
fallback = { cost_of_going_on = 0.1 }
weights = { fence = 1 }
values.fence = { broken = 0.2, mended = 0.9 }

[track.talks]
agenda = ["fence"]
seats = { north = "party", south = "party" }

[lever.pressure]
name = "Pressure"
owner = "south"
cost = 0.3
edits = ["actor.north.cost_of_going_on += 0.2"]

[lever.shouting]
name = "Shouting"
owner = "south"
cost = 0.1
edits = ["actor.north.cost_of_going_on += 0.05"]

[lever.wall]
name = "A wall"
owner = "north"
available = false
edits = ["actor.south.cost_of_going_on += 0.1"]

[lever.prayer]
name = "Prayer"
edits = ["actor.south.cost_of_going_on += 0.1"]

[lever.closed-door]
name = "A closed door"
owner = "north"
cost = 0.05
edits = ["track.talks.status = closed"]
"#;

fn case_of(text: &str) -> Case {
    let reading = read(text);
    reading.case.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))
}

fn hundredths(number: i64) -> BigRational {
    BigRational::new(BigInt::from(number), BigInt::from(100))
}

fn eight_thirds() -> BigRational {
    BigRational::new(BigInt::from(8), BigInt::from(3))
}

fn states(game: &Game, concept: Concept) -> Vec<Vec<usize>> {
    let set = game.equilibria(concept);
    set.iter().map(|state| game.in_use(state).iter().map(|lever| lever.0).collect()).collect()
}

#[test]
fn a_game_worked_out_by_hand() {
    let case = case_of(CASE);
    let found = games(&case, SanctionRule::Legal).unwrap();
    let (pressure, shouting, wall, prayer, door) = (LeverId(0), LeverId(1), LeverId(2), LeverId(3), LeverId(4));
    assert_eq!(found.payoffs.levers, [pressure, shouting, door]);
    // Without pressure north refuses: 0.4 against 0.5. Under it the fence is mended, which ends the conflict for both. Shouting alone leaves north
    // at 0.45, so nothing is made; it is never worth its cost. Nor is the door, behind which north goes on under pressure.
    let removed = [
        (shouting, Removal::Dominated),
        (wall, Removal::Unavailable),
        (prayer, Removal::NoOwner),
        (door, Removal::Dominated),
    ];
    assert_eq!(found.costly.removed, removed);
    let worth = |actor, choice| found.payoffs.worth(ActorId(actor), choice).cloned().unwrap();
    assert_eq!((worth(0, 0), worth(1, 0)), (hundredths(50), hundredths(10)));
    assert_eq!((worth(0, 1), worth(1, 1)), (hundredths(40), hundredths(90)));
    // Shouting only costs north five hundredths more where the conflict goes on.
    assert_eq!((worth(0, 2), worth(1, 2)), (hundredths(45), hundredths(10)));
    // Behind a closed door north goes on under pressure: 0.5 - 0.2.
    assert_eq!((worth(0, 5), worth(1, 5)), (hundredths(30), hundredths(10)));
    // South gains 0.8 by pressure for 0.3, and nobody is left to answer.
    assert_eq!(states(&found.costly, Concept::Nash), [vec![0]]);
    assert!(!found.costly.today_stays(Concept::Nash));
    let [departure] = found.costly.departures.as_slice() else { panic!("{:?}", found.costly.departures) };
    assert_eq!((departure.owner, departure.gain.clone()), (1, hundredths(50)));
    assert!(!found.costly.today_stays(Concept::Gmr));
    // Pressure at 0.3 units of cost buys 0.8: from 8/3 a unit on it is not worth it.
    let ranges = |concept| found.units.ranges(concept).to_vec();
    let nash = ranges(Concept::Nash);
    assert_eq!(nash.len(), 1);
    assert_eq!((nash[0].from.clone(), nash[0].from_included, nash[0].to.clone()), (eight_thirds(), true, None));
    assert!(found.units.exact && found.units.turns > 2);
    // Were the door free, south might fear that north shuts it: then pressure has bought nothing. But north would not, once under pressure.
    assert!(found.free.today_stays(Concept::Gmr) && found.free.today_stays(Concept::Smr));
    assert!(!found.free.today_stays(Concept::Seq) && !found.free.today_stays(Concept::Sseq));
    // Shouting changes nothing there, on top of pressure or behind the door; nor does the door where there is no pressure.
    assert_eq!(states(&found.free, Concept::Nash), [vec![0], vec![0, 1], vec![4], vec![1, 4]]);
}

#[test]
fn what_is_no_game_is_refused() {
    let none = CASE.split("[lever.pressure]").next().unwrap();
    assert!(matches!(games(&case_of(none), SanctionRule::Legal), Err(GameRefusal::NoLevers)));
    let many = (0..17).fold(String::new(), |many, lever| {
        many + &format!("\n[lever.l{lever}]\nowner = \"south\"\nedits = [\"actor.north.cost_of_going_on += 0.01\"]\n")
    });
    let refused = games(&case_of(&format!("{none}{many}")), SanctionRule::Legal);
    assert!(matches!(refused, Err(GameRefusal::TooManyLevers { levers: 17 })));
}

/// The payoffs of every actor at the Nash point of the states of rest, from the definitions.
fn payoffs(case: &Case) -> Option<Vec<Option<BigRational>>> {
    let used = case.with_levers();
    let walk = ways(case).ok()?;
    // Whatever can be reached from a state of rest leads back to it.
    let reached: Vec<BTreeSet<usize>> = (0..walk.states.len())
        .map(|state| {
            let (mut seen, mut open) = (BTreeSet::from([state]), vec![state]);
            while let Some(state) = open.pop() {
                open.extend(walk.deals[state].iter().map(|next| *next as usize).filter(|next| seen.insert(*next)));
            }
            seen
        })
        .collect();
    let rest: Vec<usize> =
        (0..reached.len()).filter(|&state| reached[state].iter().all(|&next| reached[next].contains(&state))).collect();
    assert_eq!(walk.resting(), rest);
    let valuation = Valuation::new(&used).ok()?;
    let worth = |actor: usize, state: &State| {
        let numbers = valuation.actor(ActorId(actor)).filter(|_| used.actors[actor].has_preferences())?;
        let units = match state.outcome.as_deref() {
            None => -numbers.cost_of_going_on,
            Some(outcome) => {
                let view = View { case: &used, outcome: Some(outcome), concluded: &state.concluded, deal: None };
                let goes_on = !state.ended[actor] && !used.no_agreement_today;
                numbers.worth(outcome, &view) - if goes_on { numbers.cost_of_going_on } else { 0 }
            }
        };
        Some(BigRational::new(BigInt::from(units), BigInt::from(numbers.unit)))
    };
    let deciding: Vec<usize> = (0..used.actors.len())
        .filter(|&actor| used.actors[actor].has_preferences())
        .filter(|&actor| {
            let open = used.tracks.iter().filter(|track| track.status != Status::Closed);
            open.flat_map(Track::required).any(|seat| valuation.judges(seat).contains(&ActorId(actor)))
        })
        .collect();
    let gains = |state: usize| -> Vec<BigRational> {
        let gain = |actor: &usize| Some(worth(*actor, &walk.states[state])? - worth(*actor, &walk.states[0])?);
        let mut gains: Vec<BigRational> = deciding.iter().filter_map(gain).collect();
        gains.sort();
        gains
    };
    let zero = hundredths(0);
    let product = |state: usize| gains(state).iter().fold(hundredths(100), |product, gain| product * gain);
    let mut candidates: Vec<usize> =
        rest.iter().copied().filter(|&state| gains(state).iter().all(|gain| *gain >= zero)).collect();
    if candidates.is_empty() {
        candidates = rest;
    } else {
        let most = candidates.iter().map(|&state| product(state)).max()?;
        candidates.retain(|&state| product(state) == most);
    }
    let best = candidates.iter().map(|&state| gains(state)).max()?;
    let at = candidates.into_iter().find(|&state| gains(state) == best)?;
    Some((0..used.actors.len()).map(|actor| worth(actor, &walk.states[at])).collect())
}

#[test]
fn random_games_agree_with_trying_every_choice() {
    let (mut played, mut spared, mut moved, mut stayed, mut turned) = (0, 0, 0, 0, 0);
    for seed in 0..250 {
        let case = random_case(seed, 6);
        let Ok(found) = games(&case, SanctionRule::Legal) else { continue };
        played += 1;
        spared += found.payoffs.choices() - found.payoffs.walked.min(found.payoffs.choices());
        let levers = found.payoffs.levers.clone();
        let used = |choice: usize| {
            let mut used = case.clone();
            levers.iter().enumerate().for_each(|(bit, lever)| used.levers[lever.0].on = choice >> bit & 1 == 1);
            used
        };
        let naive: Vec<Vec<Option<BigRational>>> =
            (0..1 << levers.len()).map(|choice| payoffs(&used(choice)).expect("small cases")).collect();
        for (choice, naive) in naive.iter().enumerate() {
            for (actor, worth) in naive.iter().enumerate() {
                let found = found.payoffs.worth(ActorId(actor), choice);
                assert_eq!(found, worth.as_ref(), "seed {seed} choice {choice:b} actor {actor}");
            }
        }
        // Nobody gains alone at a Nash equilibrium of the choices left, and someone does everywhere else.
        for (game, costs) in [(&found.costly, true), (&found.free, false)] {
            let key = |state: usize| {
                let taken = game.in_use(state);
                levers
                    .iter()
                    .enumerate()
                    .filter(|(_, lever)| taken.contains(lever))
                    .fold(0, |key, (bit, _)| key | 1_usize << bit)
            };
            let net = |actor: ActorId, choice: usize| {
                let own = levers.iter().enumerate().filter(|(bit, lever)| {
                    costs && choice >> bit & 1 == 1 && case.levers[lever.0].owner == Some(actor)
                });
                let spent = own.map(|(_, lever)| case.levers[lever.0].cost.value.billionths()).sum::<i64>();
                naive[choice][actor.0].clone().unwrap_or(hundredths(0))
                    - BigRational::new(BigInt::from(spent), BigInt::from(1_000_000_000))
            };
            let choices: Vec<usize> = (0..game.model.states().len()).map(key).collect();
            let nash = game.equilibria(Concept::Nash);
            for (state, &choice) in choices.iter().enumerate() {
                let leaves = game.owners.iter().any(|&owner| {
                    let own = levers.iter().enumerate().filter(|(_, lever)| case.levers[lever.0].owner == Some(owner));
                    let own = own.fold(0_usize, |mask, (bit, _)| mask | 1 << bit);
                    choices.iter().any(|&to| (to ^ choice) & !own == 0 && net(owner, to) > net(owner, choice))
                });
                assert_eq!(nash.contains(state), !leaves, "seed {seed} state {state}");
            }
            if game.today_stays(Concept::Nash) { stayed += 1 } else { moved += 1 }
        }
        // The ranges say what playing at any one worth of a unit says.
        for unit in [0, 1, 4, 10, 25, 100, 400, 1000] {
            let mut priced = case.clone();
            priced.game.lever_cost_unit.value = winset_case::Decimal::from_billionths(unit * 10_000_000);
            let there = game(&priced, SanctionRule::Legal).expect("played before");
            let unit = hundredths(unit);
            for concept in Concept::ALL {
                let within = found.units.ranges(concept).iter().any(|range| {
                    let above = unit > range.from || range.from_included && unit == range.from;
                    let below = |to: &BigRational| unit < *to || range.to_included && unit == *to;
                    above && range.to.as_ref().is_none_or(below)
                });
                assert_eq!(within, there.today_stays(concept), "seed {seed} {concept:?} unit {unit}");
                turned += usize::from(within != found.costly.today_stays(concept));
            }
        }
    }
    // That all of it was tried.
    let all = (played, spared, moved, stayed, turned);
    assert!(played > 150 && spared > 300 && moved > 30 && stayed > 30 && turned > 100, "{all:?}");
}

/// Cases whose levers cost what worth comes to, each lever with an owner.
fn random_case(seed: u64, levers: u64) -> Case {
    let mut case = case_of(&Generator::case(seed, Shape { levers, fixed_standing: false }).to_toml());
    let actors = case.actors.len();
    for (index, lever) in case.levers.iter_mut().enumerate() {
        lever.owner = Some(ActorId((index + seed as usize) % actors));
        lever.cost.value = lever.cost.value.times(winset_case::Decimal::from_billionths(30_000_000));
    }
    case
}

#[test]
fn what_owners_can_do_alone_says_of_today_what_the_whole_game_says() {
    let (mut stayed, mut left, mut deterred, mut spared) = (0, 0, 0, 0);
    for seed in 0..400 {
        let mut case = random_case(seed, 6);
        if let Some(lever) = case.levers.first_mut().filter(|_| seed % 3 == 0) {
            lever.on = true;
        }
        let (whole, alone) = match (games(&case, SanctionRule::Legal), today(&case, GAME_WORK_LIMIT)) {
            (Ok(whole), Ok(alone)) => (whole, alone),
            // What needs no more than each owner's choices may be known where the whole game is not.
            (Err(_), _) => continue,
            (Ok(_), Err(refusal)) => panic!("seed {seed}: {refusal}"),
        };
        spared += whole.payoffs.choices() - alone.looked_at;
        for (game, leaving) in [(&whole.costly, &alone.leaving), (&whole.free, &alone.leaving_if_free)] {
            let gains: Vec<(ActorId, BigRational)> = game
                .departures
                .iter()
                .map(|departure| (game.owners[departure.owner], departure.gain.clone()))
                .collect();
            let found: Vec<(ActorId, BigRational)> =
                leaving.iter().map(|leaving| (leaving.owner, leaving.gain.clone())).collect();
            assert_eq!(found, gains, "seed {seed}");
        }
        let nash: Vec<UnitRange> = alone.units.iter().cloned().collect();
        assert_eq!(nash, whole.units.ranges(Concept::Nash), "seed {seed}");
        let stays = today_stays(&case, SanctionRule::Legal, GAME_WORK_LIMIT).expect("found before");
        for concept in Concept::ALL {
            assert_eq!(stays.under(concept), Some(whole.costly.today_stays(concept)), "seed {seed} {concept:?}");
        }
        match (alone.leaving.is_empty(), stays.under(Concept::Gmr)) {
            (true, _) => stayed += 1,
            (false, Some(true)) => deterred += 1,
            (false, _) => left += 1,
        }
    }
    let all = (stayed, left, deterred, spared);
    assert!(stayed > 100 && left > 50 && deterred > 0 && spared > 5_000, "{all:?}");
}

#[test]
fn a_game_that_takes_too_much_work_is_undecided_by_name() {
    let case = random_case(5, 6);
    assert!(matches!(today(&case, 0), Err(GameRefusal::TooMuchWork { limit: 0, walked: 0 })));
    let needed = (0..40).map(|power| 1_u64 << power).find(|&limit| today(&case, limit).is_ok());
    assert!(needed.is_some_and(|needed| needed > 1));
}
