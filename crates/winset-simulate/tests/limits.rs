//! Limiting cases whose answers are known.

mod common;

use common::{FENCE, case, catalogue, deals, edited, runs, syria};
use winset_case::{Case, Status, TrackId};
use winset_simulate::{Ending, Event, Process};

/// One table alone, meeting in every round, with full information, no noise, and nothing that moves or breaks.
fn alone(case: &Case, track: TrackId) -> Case {
    let mut alone =
        edited(case, &["simulation.noise_of_responses = 0", "simulation.noise_of_beliefs = 0", "simulation.bound = 0"]);
    for (index, other) in alone.tracks.iter_mut().enumerate() {
        if index != track.0 {
            other.status = Status::Closed;
        }
    }
    alone.dynamics.events.clear();
    alone.dynamics.policies.clear();
    let id = alone.tracks[track.0].id.clone();
    edited(
        &alone,
        &[
            &format!("simulation.track.{id}.meets = 1"),
            &format!("simulation.track.{id}.hazard = 0"),
            &format!("simulation.track.{id}.fails = 0"),
        ],
    )
}

/// With no noise and full information the first deal is the proposer's best among those the table makes, and there is none where the win-set is empty.
#[test]
fn without_noise_the_deal_struck_is_the_proposers_best() {
    let mut tables = 0;
    for name in ["syria-2017", "camp-david-1978", "kempton-park-1993"] {
        let case = catalogue(name);
        for index in (0..case.tracks.len()).filter(|index| case.tracks[*index].status != Status::Closed) {
            let track = TrackId(index);
            let lone = alone(&case, track);
            if Process::new(&lone).is_err() {
                continue;
            }
            let seats: Vec<_> = case.tracks[index].required().collect();
            for &seat in &seats {
                let expected = deals(&lone, track, seat);
                let best = expected.iter().map(|(_, worth)| *worth).max();
                let mut other = lone.clone();
                for &silent in seats.iter().filter(|other| **other != seat) {
                    let edit =
                        format!("simulation.track.{}.proposes.{} = 0", case.tracks[index].id, case.actors[silent.0].id);
                    other = edited(&other, &[&edit]);
                }
                let one_voice = Process::new(&other).unwrap();
                let (_, told, _) = one_voice.trace(1, 0).unwrap();
                let first = told.events.iter().find_map(|(round, event)| match event {
                    Event::Proposal { changes, agreed, .. } => Some((*round, changes.clone(), *agreed)),
                    _ => None,
                });
                let place = format!("{name}, {}, {}", case.tracks[index].id, case.actors[seat.0].id);
                let Some(best) = best else {
                    assert!(first.is_none(), "{place}: nothing to be had, yet something was put");
                    continue;
                };
                let (round, changes, agreed) = first.unwrap_or_else(|| panic!("{place}: nothing put"));
                assert!(agreed && round == 1, "{place}");
                let mut outcome = case.baseline();
                changes.iter().for_each(|change| outcome[change.issue] = change.to.unwrap());
                let found = expected.iter().find(|(deal, _)| *deal == outcome);
                assert_eq!(found.map(|(_, worth)| *worth), Some(best), "{place}");
                tables += 1;
            }
        }
    }
    assert!(tables > 15, "only {tables} proposers had a deal to make");
}

/// Where nothing breaks agreements, none breaks; where everything does, those that stand alone do at once.
#[test]
fn no_hazard_no_breaks() {
    let mut case = syria();
    let ids: Vec<String> = case.tracks.iter().map(|track| track.id.clone()).collect();
    for id in &ids {
        case = edited(&case, &[&format!("simulation.track.{id}.hazard = 0")]);
    }
    let tally = runs(&case, 3, 400);
    assert_eq!(tally.breaks.keys().copied().collect::<Vec<_>>(), [0]);
    assert!(tally.tracks.iter().all(|track| track.breaks == 0) && tally.tracks.iter().any(|track| track.deals > 0));
}

/// The share of runs within so many standard errors of what it should be.
fn close(found: u64, of: u64, expected: f64, what: &str) {
    let share = found as f64 / of as f64;
    let error = (expected * (1.0 - expected) / of as f64).sqrt();
    assert!((share - expected).abs() < 4.0 * error + 1e-9, "{what}: {share} where {expected} was expected");
}

/// A table that meets with probability p and always agrees: the round of the deal is geometric.
#[test]
fn a_deal_that_waits_for_a_meeting_is_geometric() {
    let case = edited(&case(FENCE), &["simulation.track.talks.meets = 0.2"]);
    let tally = runs(&case, 11, 40_000);
    for round in [1_usize, 2, 5, 10, 20] {
        let by_then: u64 = tally.met[0][..=round].iter().sum();
        close(by_then, tally.runs, 1.0 - libm::pow(0.8, round as f64), &format!("by round {round}"));
    }
}

/// With quantal responses the probability of a yes is logistic in the margin: South gains 0.02 + 0.1 by the wire, North's best with it.
#[test]
fn a_noisy_answer_is_logistic_in_the_margin() {
    let case =
        edited(&case(FENCE), &["simulation.noise_of_responses = 0.1", "simulation.track.talks.proposes.south = 0"]);
    let tally = runs(&case, 12, 40_000);
    let yes = 1.0 / (1.0 + libm::exp(-0.12 / 0.1));
    for round in [1_usize, 2, 3] {
        let by_then: u64 = tally.met[0][..=round].iter().sum();
        close(by_then, tally.runs, 1.0 - libm::pow(1.0 - yes, round as f64), &format!("by round {round}"));
    }
}

/// A constant hazard of collapse is geometric; patrons take their part of it off.
#[test]
fn collapse_without_a_battlefield_is_geometric() {
    let text = FENCE.replace("fence = \"fence != broken\"", "fence = \"fence = wall\"");
    let case = edited(&case(&text), &["simulation.actor.south.collapse = 0.05"]);
    let tally = runs(&case, 13, 40_000);
    let south = winset_case::ActorId(1);
    for round in [1_usize, 10, 30, 60] {
        let by_then: u64 = tally.endings[&Ending::Collapse(south)][..round].iter().sum();
        close(by_then, tally.runs, 1.0 - libm::pow(0.95, round as f64), &format!("by round {round}"));
    }
}

/// Binomial probabilities of a symmetric walk of n steps, by its number of steps up.
fn walk(n: usize) -> Vec<f64> {
    let mut row = vec![1.0];
    for _ in 0..n {
        let mut next = vec![0.0; row.len() + 1];
        for (up, share) in row.iter().enumerate() {
            next[up] += share * 0.5;
            next[up + 1] += share * 0.5;
        }
        row = next;
    }
    row
}

/// South holds out until its fortunes have fallen by k steps. When a symmetric walk first gets there follows from the reflection principle:
/// P(T ≤ n) = P(S ≤ −k) + P(S < −k) (Feller 1968, chapter III).
#[test]
fn the_first_passage_of_a_random_walk_follows_the_reflection_principle() {
    // South's fallback for the wire is 0.05 more than it is worth; five steps of 0.01 bring it down.
    let case = edited(
        &case(FENCE),
        &[
            "actor.south.cost_of_going_on = -0.07",
            "simulation.actor.south.shock = 0.01",
            "simulation.bound = 5",
            "actor.north.values.fence.wall = 0.61",
        ],
    );
    let tally = runs(&case, 14, 40_000);
    for n in [4_usize, 5, 7, 11, 20, 60] {
        let shares = walk(n);
        let at = |up: usize| 2 * up as i64 - n as i64;
        let sum = |holds: &dyn Fn(i64) -> bool| {
            shares.iter().enumerate().filter(|(up, _)| holds(at(*up))).map(|(_, share)| share).sum::<f64>()
        };
        let expected = sum(&|place| place <= -5) + sum(&|place| place < -5);
        let by_then: u64 = tally.met[0][..=n].iter().sum();
        close(by_then, tally.runs, expected, &format!("by round {n}"));
    }
}
