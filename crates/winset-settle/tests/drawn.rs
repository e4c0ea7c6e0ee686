//! Prepared tables, packages and walks against the engine that starts from nothing each time, over random cases and numbers.

#[allow(dead_code, reason = "each test file uses a part of it")]
mod generator;

use generator::{Generator, Random, Shape};
use winset_case::{
    ActorId, BenchmarkId, Case, Decimal, Expression, Fallback, FrameworkId, LeverId, Package, PackageId, Quantity,
    TieKind, TrackId,
};
use winset_settle::{
    ActorNumbers, Amount, Constraint, Deals, Desk, PreparedPackage, PreparedTable, PreparedWalk, Refusal, WalkQuestion,
    acceptable_count, explore, gain_share, holds_in, judge_package, lever_families, settle, unlock, winset_is_empty,
};

/// Other numbers for a case: about one in three is drawn anew, on a coarse grid so that ties stay common.
fn redraw(case: &mut Case, random: &mut Random) {
    let mut redraw = |number: &mut Quantity, low: i64, high: i64| {
        if random.chance(35) {
            let steps = low + (random.next() % (high - low + 1).cast_unsigned()).cast_signed();
            number.value = Decimal::from_billionths(steps * 50_000_000);
        }
    };
    for actor in &mut case.actors {
        actor.weights.iter_mut().flatten().for_each(|number| redraw(number, 1, 60));
        actor.values.iter_mut().flatten().for_each(|number| redraw(number, 0, 20));
        actor.red_lines.iter_mut().filter_map(|line| line.price.as_mut()).for_each(|number| redraw(number, 0, 12));
        actor.linkages.iter_mut().for_each(|linkage| redraw(&mut linkage.bonus, -6, 6));
        match &mut actor.fallback {
            Some(Fallback::Worth(number)) => redraw(number, 0, 20),
            Some(Fallback::CostOfGoingOn(number)) => redraw(number, -8, 8),
            Some(Fallback::War { win, lose, probability, cost }) => {
                redraw(win, 10, 20);
                redraw(lose, 0, 10);
                redraw(probability, 0, 20);
                redraw(cost, 0, 6);
            }
            None => {}
        }
    }
    for tie in &mut case.ties {
        if let TieKind::Patron(number) = &mut tie.kind {
            redraw(number, 0, 8);
        }
    }
}

fn numbers(case: &Case) -> Vec<Option<ActorNumbers>> {
    (0..case.actors.len()).map(|actor| ActorNumbers::of(case, ActorId(actor)).expect("small numbers")).collect()
}

/// A table prepared with the packages its mandate allows, and with all.
type Prepared = (TrackId, Deals, Result<PreparedTable, Refusal>, Result<PreparedTable, Refusal>);

struct Seen {
    empty: usize,
    open: usize,
    blocking: usize,
    durable: usize,
    reached: usize,
    missed: usize,
}

#[test]
fn prepared_answers_are_those_of_the_engine() {
    let mut seen = Seen { empty: 0, open: 0, blocking: 0, durable: 0, reached: 0, missed: 0 };
    for seed in 0..260 {
        let text = Generator::case(seed, Shape { levers: 2, fixed_standing: false }).to_toml();
        let mut case = winset_case::read(&text).case.expect("generated cases are well formed").with_levers();
        let mut random = Random::new(seed ^ 0xd7a3);
        for number in 0..3 {
            let content = (0..case.issues.len())
                .map(|issue| (winset_case::IssueId(issue), random.next() as usize % case.issues[issue].options.len()));
            let content = content.collect();
            case.packages.push(Package {
                id: format!("any-{number}"),
                name: String::new(),
                in_sentence: String::new(),
                content,
                evidence: winset_case::Evidence::default(),
            });
        }
        check(seed, &case, &mut random, &mut seen);
    }
    assert!(seen.empty > 500 && seen.open > 500, "{} empty, {} open", seen.empty, seen.open);
    assert!(seen.blocking > 300 && seen.durable > 50, "{} blocking, {} durable", seen.blocking, seen.durable);
    assert!(seen.reached > 200 && seen.missed > 200, "{} reached, {} missed", seen.reached, seen.missed);
}

fn check(number: u64, case: &Case, random: &mut Random, seen: &mut Seen) {
    let tables: Vec<Prepared> = (0..case.tracks.len())
        .map(TrackId)
        .flat_map(|track| [(track, Deals::Mandate), (track, Deals::Concluding)])
        .map(|(track, deals)| {
            let everyone: Vec<ActorId> = (0..case.actors.len()).map(ActorId).collect();
            let few = PreparedTable::new(case, track, deals, &everyone, false);
            (track, deals, few, PreparedTable::new(case, track, deals, &[], true))
        })
        .collect();
    let packages: Vec<PackageId> = (0..case.packages.len()).map(PackageId).collect();
    let mut questions: Vec<WalkQuestion> = Vec::new();
    for (framework, body) in case.frameworks.iter().enumerate() {
        questions.push(WalkQuestion::Reaches(Expression::Concluded(FrameworkId(framework))));
        questions.push(WalkQuestion::Reaches(Expression::Satisfied(FrameworkId(framework), None)));
        for benchmark in (0..body.benchmarks.len()).filter(|benchmark| body.benchmarks[*benchmark].on) {
            for track in 0..case.tracks.len() {
                let (track, framework, benchmark) = (TrackId(track), FrameworkId(framework), BenchmarkId(benchmark));
                questions.push(WalkQuestion::Delivers(track, framework, benchmark));
            }
        }
    }
    // Half of the cases with every table counted as large, half with none.
    let large = if number.is_multiple_of(2) { 0 } else { usize::MAX };
    let walk = PreparedWalk::with_large_tables(case, questions.clone(), large).expect("small cases");
    let mut walk_desk = walk.as_ref().map(|walk| walk.desk().expect("small numbers"));
    let mut desk = Desk::default();
    for draw in 0..4 {
        let mut drawn = case.clone();
        if draw > 0 {
            redraw(&mut drawn, random);
        }
        let all = numbers(&drawn);
        let given: Vec<Option<&ActorNumbers>> = all.iter().map(Option::as_ref).collect();
        let at = |what: &str| format!("seed {number}, draw {draw}: {what}\n");
        for (track, deals, few, every) in &tables {
            let (Ok(few), Ok(every)) = (few, every) else { continue };
            let here = at(&format!("{} {deals:?}", case.tracks[track.0].id));
            let settlement = settle(&drawn, *track, *deals).expect("small tables");
            let empty = few.is_empty(&drawn, &given, &mut desk).expect("few seats");
            assert_eq!(empty, winset_is_empty(&drawn, *track, *deals).unwrap(), "{here}");
            let (count, durable) = few.count(&drawn, &given, &mut desk).expect("few seats");
            assert_eq!(count, acceptable_count(&drawn, *track, *deals).unwrap(), "{here}");
            let shuts =
                |set: &[Constraint], desk: &mut Desk| every.blocks(set, &drawn, &given, desk).expect("few seats");
            if let Some(blocked) = &settlement.blocked {
                for set in blocked.blocking_sets.iter().take(4) {
                    assert!(shuts(&set.constraints, &mut desk), "{here}{:?}", set.constraints);
                    let fewer = &set.constraints[1..];
                    assert!(fewer.is_empty() || !shuts(fewer, &mut desk), "{here}{fewer:?}");
                    seen.blocking += 1;
                }
            } else {
                assert!(!shuts(&[Constraint::Fallback(ActorId(0))], &mut desk), "{here}");
            }
            if few.is_unanimous() {
                let expected = settlement.durability.as_ref().map_or(count, |durability| durability.durable_count);
                assert_eq!(durable, expected, "{here}");
                seen.durable += usize::from(settlement.durability.is_some());
            }
            if empty {
                seen.empty += 1;
            } else {
                seen.open += 1;
            }
            for (&package, actor) in packages.iter().zip((0..case.actors.len()).map(ActorId)) {
                let Some(prepared) = PreparedPackage::new(case, actor, package, *track).unwrap() else { continue };
                let judged = judge_package(&drawn, actor, package, *track).unwrap().expect("it has preferences");
                assert_eq!(prepared.margin(&given, &mut desk), judged.judgement.margin(), "{here}");
                assert_eq!(prepared.accepted(&given, &mut desk), judged.accepted, "{here}");
                let broken = prepared.broken(&given).fold(0, |bits, line| bits | 1_u64 << line);
                assert_eq!(broken, judged.judgement.broken, "{here}");
                let right = if prepared.concludes { Deals::Concluding } else { Deals::Mandate };
                if right == *deals {
                    let (accepted, any) = few.best_gain(&drawn, actor, &given, &mut desk).unwrap();
                    let most = accepted.or(any).unwrap_or(0);
                    let gain = prepared.gain(&given, &mut desk);
                    let (share, over) =
                        gain_share(&drawn, actor, package, *track).unwrap().expect("it has preferences");
                    assert_eq!(over, accepted.is_some(), "{here}");
                    if most > 0 {
                        assert_eq!(Amount::from(share), Amount::of_units(gain, most), "{here}");
                    }
                }
            }
        }
        if let Some(walk) = &mut walk_desk {
            let reach = explore(&drawn, None).expect("small cases");
            let answers = walk.answer(&drawn, &given).expect("few seats");
            for (question, answer) in questions.iter().zip(answers) {
                let expected = match question {
                    WalkQuestion::Reaches(condition) => {
                        reach.first(|state| holds_in(&drawn, state, condition)).is_some()
                    }
                    WalkQuestion::Delivers(track, framework, benchmark) => {
                        reach.delivers(*framework, *benchmark, *track).is_some()
                    }
                };
                if expected {
                    seen.reached += 1;
                } else {
                    seen.missed += 1;
                }
                assert_eq!(answer, Some(expected), "{}{question:?}", at("walk"));
            }
        }
    }
}

/// One combination stands for its family: if the table is empty under each of them no combination opens it, and one that can be used and opens it
/// does.
#[test]
fn a_family_of_lever_combinations_is_as_open_as_its_most_helpful_one() {
    let (mut shut, mut opened, mut spared) = (0, 0, 0);
    for seed in 0..300 {
        let text = Generator::case(seed, Shape { levers: 6, fixed_standing: false }).to_toml();
        let case = winset_case::read(&text).case.expect("generated cases are well formed");
        for track in (0..case.tracks.len()).map(TrackId) {
            for deals in [Deals::Mandate, Deals::Concluding] {
                let (Ok(Some(families)), Ok(proof)) =
                    (lever_families(&case, track, deals), unlock(&case, track, deals))
                else {
                    continue;
                };
                let is_open = |levers: &[LeverId]| {
                    let mut used = case.clone();
                    for (index, lever) in used.levers.iter_mut().enumerate() {
                        lever.on = lever.on || levers.contains(&LeverId(index));
                    }
                    !winset_is_empty(&used, track, deals).expect("small tables")
                };
                let opens = !proof.minimal.is_empty();
                let open: Vec<bool> = families.iter().map(|family| is_open(&family.levers)).collect();
                if !open.contains(&true) {
                    assert!(
                        !opens,
                        "seed {seed}: {} {deals:?} is opened all the same\n{text}",
                        case.tracks[track.0].id
                    );
                    shut += 1;
                }
                for (family, open) in families.iter().zip(open) {
                    assert!(opens || !(open && family.admissible), "seed {seed}: {family:?}\n{text}");
                    opened += usize::from(open && family.admissible);
                }
                spared += proof.combinations.saturating_sub(families.len() as u64);
            }
        }
    }
    assert!(shut > 100 && opened > 100 && spared > 500, "{shut} shut, {opened} opened, {spared} combinations spared");
}
