//! Assembly against the definitions: everything deals can reach, walked naively from the checker's judgements.

#[allow(dead_code, unused_imports, reason = "each test file uses a part of it")]
mod definitions;
#[allow(dead_code, reason = "each test file uses a part of it")]
mod generator;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use definitions::{Checker, Deal, Situation};
use generator::{Generator, Shape};
use winset_case::edit::{Change, NumberTarget};
use winset_case::{BenchmarkId, Case, Expression, FrameworkId, LeverId, Outcome, Status, TrackId};
use winset_settle::{Between, Delivery, Leaning, LeverWalks, assemble, explore, leaning, ways};

type Stand = (Option<Outcome>, Vec<bool>, Vec<bool>);

/// Everything deals can reach, with the number of deals each state is away.
fn reachable(case: &Case) -> BTreeMap<Stand, usize> {
    let today = Checker::new(case).from;
    let mut found: BTreeMap<Stand, usize> = BTreeMap::from([(stand(case, &today), 0)]);
    let mut front = vec![today];
    let mut distance = 0;
    while !front.is_empty() {
        distance += 1;
        let mut next = Vec::new();
        for state in front {
            let checker = Checker::from(case, state);
            for deal in deals(&checker) {
                let after = checker.after(&deal);
                if let Entry::Vacant(entry) = found.entry(stand(case, &after)) {
                    entry.insert(distance);
                    next.push(after);
                }
            }
        }
        front = next;
    }
    found
}

/// Whose conflict has ended is told only of actors who have preferences: it means nothing for others.
fn stand(case: &Case, state: &Situation) -> Stand {
    let checker = Checker::new(case);
    let ended = state
        .ended
        .iter()
        .enumerate()
        .map(|(actor, ended)| *ended && checker.has_preferences(winset_case::ActorId(actor)));
    (state.outcome.clone(), state.concluded.clone(), ended.collect())
}

/// Every deal some track makes from here.
fn deals(checker: &Checker<'_>) -> Vec<Deal> {
    let case = checker.case;
    let mut deals = Vec::new();
    for (index, track) in case.tracks.iter().enumerate() {
        let id = TrackId(index);
        let required = checker.required(id);
        if track.status == Status::Closed || required.is_empty() {
            continue;
        }
        let framework = track.concludes.filter(|framework| !checker.from.concluded[framework.0]);
        for to in packages(checker, id) {
            let changes = checker.from.outcome.as_ref() != Some(&to);
            let concludes = checker.conclusion(id, &to);
            let ordinary = Deal { track: id, to: to.clone(), concludes };
            let mandated =
                track.mandate.as_ref().is_none_or(|mandate| checker.holds_after(&mandate.expression, &ordinary));
            if changes && mandated && required.iter().all(|seat| checker.accepts(*seat, &ordinary)) {
                deals.push(ordinary);
            }
            // Concluding: the benchmarks take the mandate's place, and nothing need change.
            let concluding = Deal { track: id, to, concludes: framework };
            let fills = framework
                .is_some_and(|framework| checker.holds_after(&Expression::Satisfied(framework, None), &concluding));
            if fills && required.iter().all(|seat| checker.accepts(*seat, &concluding)) {
                deals.push(concluding);
            }
        }
    }
    deals
}

fn packages(checker: &Checker<'_>, track: TrackId) -> Vec<Outcome> {
    let case = checker.case;
    let mut packages = vec![checker.from.outcome.clone().unwrap_or_else(|| vec![0; case.issues.len()])];
    for issue in &case.tracks[track.0].agenda {
        let options = 0..case.issues[issue.0].options.len();
        packages = packages
            .into_iter()
            .flat_map(|package| {
                options.clone().map(move |option| {
                    let mut package = package.clone();
                    package[issue.0] = option;
                    package
                })
            })
            .collect();
    }
    packages
}

fn cases(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (String, Case)> {
    seeds.map(|seed| {
        let text = Generator::case(seed, Shape { levers: 0, fixed_standing: false }).to_toml();
        let case = winset_case::read(&text).case.unwrap_or_else(|| panic!("seed {seed} is refused\n{text}"));
        (text, case)
    })
}

#[test]
fn what_can_be_reached_is_what_the_definitions_reach() {
    let (mut states, mut concluded, mut far) = (0, 0, 0);
    for (text, case) in cases(0..150) {
        let expected = reachable(&case);
        let reach = explore(&case, None).expect("small");
        assert!(!reach.cut_off);
        let found: BTreeMap<Stand, usize> = reach
            .states
            .iter()
            .enumerate()
            .map(|(index, state)| {
                ((state.outcome.clone(), state.concluded.clone(), state.ended.clone()), reach.route(index).len())
            })
            .collect();
        assert_eq!(found, expected, "{text}");
        states += found.len();
        concluded += usize::from(found.keys().any(|(_, concluded, _)| concluded.contains(&true)));
        far = far.max(found.values().copied().max().unwrap_or(0));
    }
    assert!(states > 400, "{states} states");
    assert!(concluded > 10, "{concluded} cases reach a conclusion");
    assert!(far >= 3, "the farthest state is {far} deals away");
}

#[test]
fn routes_are_made_of_deals_the_definitions_allow() {
    for (text, case) in cases(0..60) {
        let reach = explore(&case, None).expect("small");
        for state in 0..reach.states.len() {
            let mut situation = Checker::new(&case).from;
            for step in reach.route(state) {
                let checker = Checker::from(&case, situation);
                let allowed = deals(&checker);
                let deal = allowed
                    .iter()
                    .find(|deal| {
                        deal.track == step.track && deal.to == step.after && deal.concludes.is_some() == step.concludes
                    })
                    .unwrap_or_else(|| panic!("{step:?} is no deal\n{text}"));
                situation = checker.after(deal);
            }
            assert_eq!(stand(&case, &situation).0, reach.states[state].outcome, "{text}");
        }
    }
}

#[test]
fn coverage_says_what_the_walk_finds() {
    let mut seen = BTreeMap::new();
    for (text, case) in cases(0..150) {
        let assembly = assemble(&case).expect("small");
        let expected = reachable(&case);
        for cell in &assembly.coverage {
            let holds = |checker: &Checker<'_>, deal: &Deal| {
                checker.holds_after(&Expression::Benchmark(cell.framework, cell.benchmark, None), deal)
            };
            // Definition: some deal of the track, from some reachable state, after which it holds though it did not before.
            let mut nearest: Option<usize> = None;
            for (stand, distance) in &expected {
                let from = Situation { outcome: stand.0.clone(), concluded: stand.1.clone(), ended: stand.2.clone() };
                let checker = Checker::from(&case, from);
                let before = checker.holds_before(&Expression::Benchmark(cell.framework, cell.benchmark, None));
                let delivers =
                    !before && deals(&checker).iter().any(|deal| deal.track == cell.track && holds(&checker, deal));
                if delivers {
                    nearest = Some(nearest.map_or(*distance, |known| known.min(*distance)));
                }
            }
            let word = match &cell.delivery {
                Delivery::Stands => "stands",
                Delivery::Now => {
                    assert_eq!(nearest, Some(0), "{text}");
                    "now"
                }
                Delivery::After(route) => {
                    assert_eq!(nearest, Some(route.len()), "{text}");
                    "after"
                }
                _ => {
                    assert_eq!(nearest, None, "{:?} {text}", cell.delivery);
                    "no"
                }
            };
            *seen.entry(word).or_insert(0) += 1;
        }
    }
    for word in ["stands", "now", "after", "no"] {
        assert!(seen.get(word).copied().unwrap_or(0) >= 5, "{seen:?}");
    }
}

/// A framework is concluded, or it is said where it stops; never both, never neither.
#[test]
fn assembly_concludes_or_stops() {
    let mut stepwise = 0;
    for (text, case) in cases(0..200) {
        let assembly = assemble(&case).expect("small");
        for entry in &assembly.frameworks {
            assert_eq!(entry.conclusions.is_empty(), entry.stop.is_some(), "{text}");
            for arrival in &entry.conclusions {
                assert!(arrival.route.iter().any(|step| step.concludes), "{text}");
                assert!(!arrival.package_proof || arrival.walked.is_empty(), "{text}");
                stepwise += usize::from(!arrival.package_proof);
            }
            if let Some(stop) = &entry.stop {
                let benchmarks = stop.met.len() + stop.missing.len();
                let standing =
                    case.frameworks[entry.framework.0].benchmarks.iter().filter(|benchmark| benchmark.on).count();
                assert_eq!(benchmarks, standing, "{text}");
                let best = assembly
                    .reach
                    .states
                    .iter()
                    .map(|state| held(&case, entry.framework, state.outcome.as_ref()))
                    .max();
                assert_eq!(Some(stop.met.len()), best, "{text}");
            }
        }
    }
    assert!(stepwise > 0, "some conclusion is stepwise only");
}

fn held(case: &Case, framework: FrameworkId, outcome: Option<&Outcome>) -> usize {
    let from = Situation {
        outcome: outcome.cloned(),
        concluded: vec![false; case.frameworks.len()],
        ended: vec![false; case.actors.len()],
    };
    let checker = Checker::from(case, from);
    let benchmarks = (0..case.frameworks[framework.0].benchmarks.len()).map(BenchmarkId);
    benchmarks
        .filter(|benchmark| case.frameworks[framework.0].benchmarks[benchmark.0].on)
        .filter(|&benchmark| {
            outcome.is_some() && checker.holds_before(&Expression::Benchmark(framework, benchmark, None))
        })
        .count()
}

/// Per state that deals can reach, the other states that one deal leads to.
fn steps(case: &Case) -> BTreeMap<Stand, BTreeSet<Stand>> {
    let today = Checker::new(case).from;
    let mut found: BTreeMap<Stand, BTreeSet<Stand>> = BTreeMap::new();
    let mut open = vec![today];
    while let Some(state) = open.pop() {
        let here = stand(case, &state);
        if found.contains_key(&here) {
            continue;
        }
        let checker = Checker::from(case, state);
        let mut next = BTreeSet::new();
        for deal in deals(&checker) {
            let after = checker.after(&deal);
            let there = stand(case, &after);
            if there != here {
                next.insert(there);
                open.push(after);
            }
        }
        found.insert(here, next);
    }
    found
}

#[test]
fn walks_under_many_choices_of_levers_take_every_deal_the_definitions_allow() {
    let (mut walks, mut differing, mut shared) = (0, 0, 0);
    for seed in 0..100 {
        let text = Generator::case(seed, Shape { levers: 4, fixed_standing: false }).to_toml();
        let case = winset_case::read(&text).case.unwrap_or_else(|| panic!("seed {seed} is refused\n{text}"));
        let levers: Vec<LeverId> = (0..case.levers.len()).map(LeverId).collect();
        let all = (1_usize << levers.len()) - 1;
        let leans = |wanted: Leaning| {
            // What is taken from a fallback nobody gave is a fallback of its own, whatever way it leans.
            let fallback = |lever: &LeverId| {
                let edits = case.levers[lever.0].edits.iter();
                edits.into_iter().any(|edit| matches!(edit.change, Change::Number(NumberTarget::Fallback(_), ..)))
            };
            let fitting = levers.iter().filter(|lever| leaning(&case, **lever) == wanted && !fallback(lever));
            fitting.fold(0, |mask, lever| mask | 1 << lever.0)
        };
        let (helping, hindering) = (leans(Leaning::Helps), leans(Leaning::Hinders));
        let mut walker = LeverWalks::new(&case, &levers);
        let mut before = None;
        // The ends of every bracket come first, so that what lies between rests on them.
        let mut choices: Vec<usize> = (0..=all).collect();
        choices.sort_by_key(|choice| {
            choice & (helping | hindering) != helping && choice & (helping | hindering) != hindering
        });
        for choice in choices {
            let mut used = case.clone();
            levers.iter().for_each(|lever| used.levers[lever.0].on = choice >> lever.0 & 1 == 1);
            let fewest = choice & !helping | hindering;
            let most = choice & !hindering | helping;
            let work = walker.work();
            let found = walker.ways(&used, Between { choice, fewest, most }).expect("small");
            assert!(!found.cut_off);
            assert_eq!(found, ways(&used).expect("small"), "choice {choice:b}\n{text}");
            let there =
                |state: &winset_worth::State| (state.outcome.clone(), state.concluded.clone(), state.ended.clone());
            let listed: BTreeMap<Stand, BTreeSet<Stand>> = found
                .states
                .iter()
                .zip(&found.deals)
                .map(|(state, deals)| {
                    (there(state), deals.iter().map(|next| there(&found.states[*next as usize])).collect())
                })
                .collect();
            assert_eq!(listed, steps(&used.with_levers()), "choice {choice:b}\n{text}");
            shared += usize::from(walker.work() - work < 10);
            differing += usize::from(before.as_ref().is_some_and(|before| *before != found));
            before = Some(found);
            walks += 1;
        }
    }
    assert!(
        walks > 700 && differing > 50 && shared > 20,
        "{walks} walks, {differing} differ, {shared} cost next to nothing"
    );
}
