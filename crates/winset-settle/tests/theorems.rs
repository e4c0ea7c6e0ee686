//! What must hold whatever the numbers are, over random cases.

#[allow(dead_code, unused_imports, reason = "each test file uses a part of it")]
mod definitions;
#[allow(dead_code, reason = "each test file uses a part of it")]
mod generator;

use std::collections::{BTreeMap, BTreeSet};

use definitions::{Checker, Deal, Q, units};
use generator::{Generator, Random, Shape, Spec};
use winset_case::{
    ActorId, Case, Condition, Decimal, Expression, Fallback, IssueId, Outcome, Quantity, Role, Seat, TieId, TieKind,
    TrackId,
};
use winset_settle::{Deals, Shortfall, Solution, acceptable_count, settle, unlock};
use winset_worth::{Sitting, State, Valuation};

const PLAIN: Shape = Shape { levers: 0, fixed_standing: false };
const FIXED_STANDING: Shape = Shape { levers: 0, fixed_standing: true };
const WITH_LEVERS: Shape = Shape { levers: 5, fixed_standing: false };

fn read(text: &str) -> Case {
    let reading = winset_case::read(text);
    reading.case.unwrap_or_else(|| panic!("refused: {:#?}\n{text}", reading.diagnostics))
}

/// Calls `check` with a random generator, a case and its text, for every seed.
fn for_cases(seeds: std::ops::Range<u64>, shape: Shape, mut check: impl FnMut(&mut Random, Case, &Spec)) {
    for seed in seeds {
        let spec = Generator::case(seed, shape);
        let case = read(&spec.to_toml());
        check(&mut Random::new(!seed), case, &spec);
    }
}

fn tables(case: &Case) -> Vec<(TrackId, Deals)> {
    let kinds = |track: usize| {
        let concluding = case.tracks[track].concludes.map(|_| (TrackId(track), Deals::Concluding));
        [Some((TrackId(track), Deals::Mandate)), concluding].into_iter().flatten()
    };
    (0..case.tracks.len()).flat_map(kinds).collect()
}

/// A package by the names of its options, so that it does not depend on their order.
type Named = Vec<String>;

fn named(case: &Case, outcome: &[usize]) -> Named {
    outcome.iter().zip(&case.issues).map(|(option, issue)| issue.options[*option].clone()).collect()
}

/// What a table comes to, free of units and of the order in which things are declared. What the engine may choose freely (which of several
/// equally near packages it names) is left out.
#[derive(Debug, PartialEq)]
struct Summary {
    acceptable: u64,
    concluding: u64,
    frontier: BTreeMap<Vec<Q>, BTreeSet<Named>>,
    solutions: Vec<BTreeSet<Named>>,
    terms: BTreeMap<Named, Vec<Q>>,
    blocking: BTreeSet<BTreeSet<String>>,
    corrections: BTreeSet<BTreeSet<String>>,
    pivotal: BTreeSet<ActorId>,
    shortfalls: BTreeMap<ActorId, Option<Q>>,
}

fn summary(case: &Case, track: TrackId, deals: Deals) -> Summary {
    let settlement = settle(case, track, deals).unwrap_or_else(|refusal| panic!("{refusal}"));
    let carried = case.with_levers();
    let valuation = Valuation::new(&carried).expect("exact numbers");
    let unit = |actor: ActorId| valuation.actor(actor).expect("preferences").unit;
    let worths = |worth: &[i128]| {
        worth.iter().zip(&settlement.players).map(|(worth, player)| units(*worth, unit(*player))).collect()
    };
    let packages = |outcomes: &[Outcome]| outcomes.iter().map(|outcome| named(case, outcome)).collect::<BTreeSet<_>>();
    let solutions: Vec<Option<&Solution>> = match &settlement.solutions {
        None => Vec::new(),
        Some(all) => {
            vec![all.nash.as_ref(), Some(&all.kalai_smorodinsky), Some(&all.egalitarian), Some(&all.utilitarian)]
        }
    };
    let points = |solution: Option<&Solution>| -> Vec<(Named, Vec<Q>)> {
        let points = solution.iter().flat_map(|solution| &solution.points);
        points.map(|point| (named(case, &point.package), point.terms.shares.clone())).collect()
    };
    let terms = solutions.iter().copied().flat_map(points).collect();
    let ids = |set: &[winset_settle::Constraint]| {
        set.iter().map(|constraint| constraint.id(&carried)).collect::<BTreeSet<_>>()
    };
    let blocked = settlement.blocked.as_ref();
    let missing = |(actor, shortfall): &(ActorId, Shortfall)| {
        let amount = match shortfall {
            Shortfall::By { missing, .. } => Some(units(*missing, unit(*actor))),
            Shortfall::NoPrice { content_margin } => Some(units(*content_margin, unit(*actor))),
            Shortfall::Undefined => None,
        };
        (*actor, amount)
    };
    Summary {
        acceptable: settlement.acceptable_count,
        concluding: settlement.concluding_count,
        frontier: settlement.frontier.iter().map(|point| (worths(&point.worth), packages(&point.packages))).collect(),
        solutions: solutions
            .iter()
            .map(|solution| points(*solution).into_iter().map(|(package, _)| package).collect())
            .collect(),
        terms,
        blocking: blocked.iter().flat_map(|blocked| &blocked.blocking_sets).map(|set| ids(&set.constraints)).collect(),
        corrections: blocked.iter().flat_map(|blocked| &blocked.corrections).map(|set| ids(set)).collect(),
        pivotal: blocked.iter().flat_map(|blocked| blocked.pivotal.iter().copied()).collect(),
        shortfalls: blocked.iter().flat_map(|blocked| &blocked.shortfalls).map(missing).collect(),
    }
}

/// Every package the agenda can decide.
fn packages(case: &Case, track: TrackId) -> Vec<Outcome> {
    packages_from(case, track, case.baseline())
}

/// Every package that differs from this one on the agenda only, and itself.
fn packages_from(case: &Case, track: TrackId, from: Outcome) -> Vec<Outcome> {
    case.tracks[track.0].agenda.iter().fold(vec![from], |outcomes, issue| {
        let at = |outcome: Outcome| {
            (0..case.issues[issue.0].options.len()).map(move |option| {
                let mut outcome = outcome.clone();
                outcome[issue.0] = option;
                outcome
            })
        };
        outcomes.into_iter().flat_map(at).collect()
    })
}

/// The packages acceptable under the track's own mandate: those that still are when the mandate asks for nothing else.
fn acceptable(case: &Case, track: TrackId) -> BTreeSet<Outcome> {
    let is_acceptable = |outcome: &Outcome| {
        let exactly =
            outcome.iter().enumerate().map(|(issue, option)| Expression::OneOf(IssueId(issue), vec![*option]));
        let mandate = case.tracks[track.0].mandate.iter().map(|mandate| mandate.expression.clone());
        let mut case = case.clone();
        case.tracks[track.0].mandate = Some(Condition {
            text: "exactly this".to_owned(),
            expression: Expression::And(mandate.chain(exactly).collect()),
        });
        acceptable_count(&case, track, Deals::Mandate).expect("an answer") == 1
    };
    let acceptable: BTreeSet<Outcome> = packages(case, track).into_iter().filter(is_acceptable).collect();
    assert_eq!(acceptable.len() as u64, acceptable_count(case, track, Deals::Mandate).expect("an answer"));
    acceptable
}

fn required(case: &Case, track: TrackId) -> Vec<ActorId> {
    case.tracks[track.0].required().collect()
}

/// Model, section 2 (edits): under consensus and parties-only rules, everything else and the standing fixed, dropping a seat never shrinks
/// a win-set.
#[test]
fn dropping_a_seat_never_shrinks() {
    let (mut dropped, mut grown) = (0, 0);
    for_cases(5000..5120, FIXED_STANDING, |_, case, spec| {
        for track in (0..case.tracks.len()).map(TrackId).filter(|track| required(&case, *track).len() >= 2) {
            let before = acceptable(&case, track);
            for seat in required(&case, track) {
                let mut without = case.clone();
                without.tracks[track.0].seats.retain(|other| other.actor != seat);
                let after = acceptable(&without, track);
                assert!(
                    before.is_subset(&after),
                    "{track:?} without {seat:?}: {before:?} to {after:?}\n{}",
                    spec.to_toml()
                );
                dropped += 1;
                grown += u32::from(after.len() > before.len());
            }
        }
    });
    assert!(dropped > 150 && grown > 40, "{dropped} dropped, {grown} grown");
}

/// The same the other way round, and the order in which seats are added does not matter.
#[test]
fn adding_a_seat_never_enlarges_in_any_order() {
    let (mut added, mut shrunk) = (0, 0);
    for_cases(5200..5320, FIXED_STANDING, |random, case, spec| {
        for track in (0..case.tracks.len()).map(TrackId).filter(|track| !required(&case, *track).is_empty()) {
            let seated = required(&case, track);
            let absent: Vec<ActorId> =
                (0..case.actors.len()).map(ActorId).filter(|actor| !seated.contains(actor)).collect();
            let able: Vec<ActorId> = absent.into_iter().filter(|actor| can_consent(&case, *actor)).collect();
            let seat = |case: &Case, actor: ActorId| {
                let mut case = case.clone();
                let seats = &mut case.tracks[track.0].seats;
                seats.retain(|other| other.actor != actor);
                seats.push(Seat { actor, roles: vec![Role::Party] });
                case
            };
            let before = acceptable(&case, track);
            for actor in &able {
                let after = acceptable(&seat(&case, *actor), track);
                assert!(
                    after.is_subset(&before),
                    "{track:?} with {actor:?}: {before:?} to {after:?}\n{}",
                    spec.to_toml()
                );
                added += 1;
                shrunk += u32::from(after.len() < before.len());
            }
            let all = |order: &[usize]| order.iter().fold(case.clone(), |case, index| seat(&case, able[*index]));
            let (one, other) = (all(&random.order(able.len())), all(&random.order(able.len())));
            assert_eq!(acceptable(&one, track), acceptable(&other, track), "{}", spec.to_toml());
            let families = |case: &Case| {
                let Summary { blocking, corrections, pivotal, shortfalls, .. } = summary(case, track, Deals::Mandate);
                (blocking, corrections, pivotal, shortfalls)
            };
            assert_eq!(families(&one), families(&other), "{}", spec.to_toml());
        }
    });
    assert!(added > 100 && shrunk > 20, "{added} added, {shrunk} shrunk");
}

/// Weights somewhere among an actor and its principals, and a fallback behind each that has them.
fn can_consent(case: &Case, actor: ActorId) -> bool {
    let chain: Vec<&winset_case::Actor> = std::iter::successors(Some(&case.actors[actor.0]), |actor| {
        actor.principal.map(|principal| &case.actors[principal.0])
    })
    .collect();
    let backed = |at: usize| chain[at..].iter().any(|actor| actor.fallback.is_some());
    let weighted: Vec<usize> = (0..chain.len()).filter(|at| chain[*at].has_preferences()).collect();
    !weighted.is_empty() && backed(0) && weighted.into_iter().all(backed)
}

/// The quantity, times a decimal.
fn scale(quantity: &mut Quantity, by: Decimal) {
    quantity.value = quantity.value.times(by);
}

/// Weights are normalised: multiplying one actor's by a constant changes nothing at all.
#[test]
fn weights_have_no_scale() {
    for_cases(5400..5500, PLAIN, |random, case, spec| {
        let mut scaled = case.clone();
        let actor = random.index(case.actors.len());
        let by = Decimal::parse(["3", "0.5", "7.25"][random.index(3)]).expect("a decimal");
        scaled.actors[actor].weights.iter_mut().flatten().for_each(|weight| scale(weight, by));
        for (track, deals) in tables(&case) {
            assert_eq!(
                summary(&case, track, deals),
                summary(&scaled, track, deals),
                "actor {actor} by {by}\n{}",
                spec.to_toml()
            );
        }
    });
}

/// Model, section 2 (edits): rescaling one actor's worth with its fallback, prices, bonuses and incoming leverage in step leaves
/// acceptance, frontier, Nash and Kalai–Smorodinsky points unchanged.
#[test]
fn worth_has_no_scale() {
    let half = Decimal::parse("0.5").expect("a decimal");
    let mut with_a_deal = 0;
    for_cases(5500..5620, PLAIN, |random, case, spec| {
        // An actor that stands for itself alone: nobody takes its weights or fallback, nor it another's.
        let alone = |actor: &usize| {
            let spoken_for = case.actors.iter().any(|other| other.principal == Some(ActorId(*actor)));
            case.actors[*actor].has_preferences() && case.actors[*actor].principal.is_none() && !spoken_for
        };
        let candidates: Vec<usize> = (0..case.actors.len()).filter(alone).collect();
        if candidates.is_empty() {
            return;
        }
        let index = candidates[random.index(candidates.len())];
        let mut scaled = case.clone();
        let actor = &mut scaled.actors[index];
        actor.values.iter_mut().flatten().for_each(|value| scale(value, half));
        actor.linkages.iter_mut().for_each(|linkage| scale(&mut linkage.bonus, half));
        actor.red_lines.iter_mut().filter_map(|line| line.price.as_mut()).for_each(|price| scale(price, half));
        match &mut actor.fallback {
            None => {}
            Some(Fallback::Worth(value) | Fallback::CostOfGoingOn(value)) => scale(value, half),
            Some(Fallback::War { win, lose, cost, .. }) => {
                [win, lose, cost].into_iter().for_each(|value| scale(value, half));
            }
        }
        scaled.ties.iter_mut().filter(|tie| tie.to == ActorId(index)).for_each(|tie| {
            if let TieKind::Patron(leverage) = &mut tie.kind {
                scale(leverage, half);
            }
        });
        for (track, deals) in tables(&case) {
            let (before, after) = (summary(&case, track, deals), summary(&scaled, track, deals));
            let frontier = |summary: &Summary| summary.frontier.values().cloned().collect::<BTreeSet<_>>();
            let invariant = |summary: &Summary| {
                let first_two = summary.solutions.iter().take(2).cloned().collect::<Vec<_>>();
                (
                    summary.acceptable,
                    summary.concluding,
                    frontier(summary),
                    first_two,
                    summary.blocking.clone(),
                    summary.pivotal.clone(),
                )
            };
            assert_eq!(invariant(&before), invariant(&after), "actor {index}\n{}", spec.to_toml());
            with_a_deal += u32::from(before.acceptable > 0);
        }
    });
    assert!(with_a_deal > 60, "{with_a_deal} with a deal");
}

/// The minimal sets that share a member with every set of the family.
fn minimal_hitting_sets(family: &BTreeSet<BTreeSet<String>>) -> BTreeSet<BTreeSet<String>> {
    let members: Vec<&String> = family.iter().flatten().collect::<BTreeSet<_>>().into_iter().collect();
    let sets = (0..1_u32 << members.len()).map(|mask| {
        let chosen = members.iter().enumerate().filter(|(index, _)| mask >> index & 1 == 1);
        chosen.map(|(_, member)| (*member).clone()).collect::<BTreeSet<String>>()
    });
    let hitting: Vec<BTreeSet<String>> =
        sets.filter(|set| family.iter().all(|other| !other.is_disjoint(set))).collect();
    hitting.iter().filter(|set| !hitting.iter().any(|other| other != *set && other.is_subset(set))).cloned().collect()
}

/// Minimal blocking sets and minimal corrections are each other's minimal hitting sets (Reiter 1987).
#[test]
fn blocking_sets_and_corrections_are_dual() {
    let mut blocked = 0;
    for_cases(5700..5820, PLAIN, |_, case, spec| {
        for (track, deals) in tables(&case) {
            let Summary { blocking, corrections, .. } = summary(&case, track, deals);
            if blocking.iter().chain(&corrections).flatten().collect::<BTreeSet<_>>().len() > 10 {
                continue; // too many subsets to try
            }
            // An empty family is hit by the empty set: where no deal could be made at all both are empty, and there is nothing to hit.
            if !blocking.is_empty() {
                assert_eq!(minimal_hitting_sets(&blocking), corrections, "{track:?}, {deals:?}\n{}", spec.to_toml());
                assert_eq!(minimal_hitting_sets(&corrections), blocking, "{track:?}, {deals:?}\n{}", spec.to_toml());
                blocked += u32::from(corrections.len() > 1);
            }
        }
    });
    assert!(blocked > 40, "{blocked} with several corrections");
}

/// Putting a lever in use that does not matter at a table changes nothing there.
#[test]
fn levers_that_do_not_matter_change_nothing() {
    let mut checked = 0;
    for_cases(5900..6000, WITH_LEVERS, |_, case, spec| {
        for (track, deals) in tables(&case) {
            let relevant = unlock(&case, track, deals).expect("an answer").relevant;
            let before = summary(&case, track, deals);
            for lever in (0..case.levers.len()).filter(|lever| case.levers[*lever].available) {
                if relevant.iter().all(|other| other.0 != lever) {
                    let mut used = case.clone();
                    used.levers[lever].on = true;
                    assert_eq!(
                        before,
                        summary(&used, track, deals),
                        "lever-{lever} at {track:?}, {deals:?}\n{}",
                        spec.to_toml()
                    );
                    checked += 1;
                }
            }
        }
    });
    assert!(checked > 80, "{checked} checked");
}

/// The order in which options are declared has no meaning.
#[test]
fn the_order_of_options_does_not_matter() {
    for_cases(6000..6080, WITH_LEVERS, |random, case, spec| {
        let mut permuted = spec.clone();
        for (index, issue) in permuted.issues.iter_mut().enumerate() {
            let order = random.order(issue.options.len());
            issue.options = order.iter().map(|option| spec.issues[index].options[*option].clone()).collect();
            issue.today = order.iter().position(|option| *option == spec.issues[index].today).expect("a permutation");
            for (actor, from) in
                permuted.actors.iter_mut().zip(&spec.actors).filter(|(_, from)| !from.values.is_empty())
            {
                if !from.values[index].is_empty() {
                    actor.values[index] = order.iter().map(|option| from.values[index][*option]).collect();
                }
            }
        }
        let other = read(&permuted.to_toml());
        for (track, deals) in tables(&case) {
            assert_eq!(
                summary(&case, track, deals),
                summary(&other, track, deals),
                "{}\n{}",
                spec.to_toml(),
                permuted.to_toml()
            );
            let levers = |case: &Case| {
                let unlock = unlock(case, track, deals).expect("an answer");
                let misses = unlock
                    .near_misses
                    .iter()
                    .map(|miss| (miss.actor, units(miss.missing, miss.unit)))
                    .collect::<Vec<_>>();
                (unlock.relevant, unlock.combinations, unlock.minimal, unlock.cheapest, misses)
            };
            assert_eq!(levers(&case), levers(&other), "{}\n{}", spec.to_toml(), permuted.to_toml());
        }
    });
}

/// Asking for less, more leverage, lower prices and fewer red lines never close a door.
#[test]
fn concessions_never_shrink_a_win_set() {
    let tenth = Decimal::parse("0.1").expect("a decimal");
    let mut grown = 0;
    for_cases(6100..6250, PLAIN, |random, case, spec| {
        let mut easier = case.clone();
        match random.below(4) {
            0 => {
                for fallback in easier.actors.iter_mut().filter_map(|actor| actor.fallback.as_mut()) {
                    match fallback {
                        Fallback::Worth(worth) => worth.value = worth.value.plus(tenth.negated()),
                        Fallback::CostOfGoingOn(cost) | Fallback::War { cost, .. } => {
                            cost.value = cost.value.plus(tenth);
                        }
                    }
                }
            }
            1 => {
                for tie in (0..case.ties.len()).map(TieId) {
                    if let TieKind::Patron(leverage) = &mut easier.ties[tie.0].kind {
                        leverage.value = leverage.value.plus(tenth);
                    }
                }
            }
            2 => {
                let prices = easier
                    .actors
                    .iter_mut()
                    .flat_map(|actor| &mut actor.red_lines)
                    .filter_map(|line| line.price.as_mut());
                prices.for_each(|price| price.value = price.value.plus(tenth.negated()).max(Decimal::ZERO));
            }
            _ => {
                let actor = random.index(case.actors.len());
                easier.actors[actor].red_lines.iter_mut().for_each(|line| line.on = false);
            }
        }
        for track in (0..case.tracks.len()).map(TrackId) {
            let (before, after) = (acceptable(&case, track), acceptable(&easier, track));
            assert!(before.is_subset(&after), "{track:?}: {before:?} to {after:?}\n{}", spec.to_toml());
            grown += u32::from(after.len() > before.len());
        }
    });
    assert!(grown > 15, "{grown} grown");
}

/// Model, section 2 (reservation value): along any route in which an actor's consent was needed at every step, it keeps
/// U(ω⁰) − κ·\[`ends` met\] − Σ λ: nobody is walked step by step below what it would give up at once.
#[test]
fn no_ratchet() {
    let (mut steps, mut ends_met, mut to_the_bound) = (0, 0, 0);
    for_cases(6200..6400, PLAIN, |random, case, spec| {
        let valuation = Valuation::new(&case).expect("exact numbers");
        for actor in (0..case.actors.len()).map(ActorId).filter(|actor| can_consent(&case, *actor)) {
            let mut at = Checker::new(&case).from;
            for _ in 0..5 {
                let checker = Checker::from(&case, at.clone());
                let track = TrackId(random.index(case.tracks.len()));
                let state =
                    State { outcome: at.outcome.clone(), concluded: at.concluded.clone(), ended: at.ended.clone() };
                let sitting = Sitting::new(&valuation, track, &state, &[actor]);
                let position = sitting.position(actor).expect("it is judged");
                let mut list = Vec::new();
                // The worst for it among what it accepts here: the fastest way down.
                let mut worst: Option<(Q, Deal)> = None;
                let from = at.outcome.clone().unwrap_or_else(|| case.baseline());
                for to in packages_from(&case, track, from) {
                    let concludes = checker.conclusion(track, &to);
                    if at.outcome.as_ref() == Some(&to) && concludes.is_none() {
                        continue;
                    }
                    sitting.judge(&to, concludes.is_some(), &mut list);
                    let deal = Deal { track, to, concludes };
                    let worth = checker.worth(actor, &deal.to, &checker.concluded_after(&deal));
                    if list[position].accepts() && worst.as_ref().is_none_or(|(least, _)| worth < *least) {
                        worst = Some((worth, deal));
                    }
                }
                let Some((worth, deal)) = worst else { continue };
                let after = checker.after(&deal);
                let charged = if after.ended[actor.0] { checker.cost_of_going_on(actor) } else { units(0, 1) };
                let bound = checker.worth_of_today(actor) - charged - checker.leverage(actor, &deal).0;
                assert!(
                    worth >= bound,
                    "{actor:?} is walked to {worth}, below {bound}, by {deal:?} from {at:?}\n{}",
                    spec.to_toml()
                );
                steps += 1;
                ends_met += u32::from(after.ended[actor.0] && !at.ended[actor.0]);
                to_the_bound += u32::from(worth == bound && worth < checker.worth_of_today(actor));
                at = after;
            }
        }
    });
    assert!(
        steps > 500 && ends_met > 100 && to_the_bound > 20,
        "{steps} steps, {ends_met} ends met, {to_the_bound} to the bound"
    );
}
