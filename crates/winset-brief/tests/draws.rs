//! Draws against the plain way: every number put into the case by an edit, and every claim decided from nothing.

use std::collections::BTreeMap;
use std::path::Path;

use winset_brief::draws::{DrawSettings, Ensemble};
use winset_brief::{Brief, Status, decide, numbers, terms_over_draws};
use winset_case::edit::Change;
use winset_case::{BearsOn, Case, Decimal, Edit, Likelihood};
use winset_chance::{Luck, Name, quantile};
use winset_settle::{Amount, settle};

fn case(name: &str) -> Case {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(name);
    let text = std::fs::read_to_string(folder.join("case.toml")).expect("the case is there");
    let first = winset_case::SourceText { name: name.to_owned(), text };
    let reading = winset_case::read_files(first, &mut |file| {
        std::fs::read_to_string(folder.join(file)).map_err(|error| error.to_string())
    });
    reading.case.expect("the cases of the repository are well formed")
}

/// The edits that put one draw's numbers into a case.
fn drawn(case: &Case, seed: u64, draw: u64) -> Vec<Edit> {
    let mut luck = Luck::new(seed, draw);
    let mut texts = Vec::new();
    for place in numbers(case) {
        let number = place.of(case);
        let (low, high) = number.distribution.range();
        let path = place.path(case);
        // What levers cost, how strong they are and how far signatures bind enters no check of these cases, or is set by no edit.
        let set_by_no_edit = matches!(path.rsplit('.').next(), Some("cost" | "binding"));
        if low == high || set_by_no_edit {
            continue;
        }
        let value = quantile(number.distribution, luck.of(Name::new(&format!("number {path}"))));
        texts.push(format!("{path} = {value}"));
    }
    let odds = |word: Likelihood| match word {
        Likelihood::Unlikely => 0.325,
        Likelihood::Likely => 0.675,
        Likelihood::VeryLikely => 0.875,
        other => panic!("no case uses {other:?} so far"),
    };
    for actor in &case.actors {
        let lines = actor.red_lines.iter().map(|line| ("red_line", &line.id, &line.evidence));
        let linkages = actor.linkages.iter().map(|linkage| ("linkage", &linkage.id, &linkage.evidence));
        for (kind, id, evidence) in lines.chain(linkages) {
            if let (Some(word), Some(BearsOn::Existence)) = (evidence.likelihood, evidence.bears_on) {
                let path = format!("actor.{}.{kind}.{id}", actor.id);
                if luck.of(Name::new(&format!("existence {path}"))) >= odds(word) {
                    texts.push(format!("{path} = off"));
                }
            }
        }
    }
    texts.iter().map(|text| winset_case::read_edit(text, case).unwrap_or_else(|e| panic!("{text}: {e:?}"))).collect()
}

fn compare(name: &str, draws: u64) {
    let case = case(name);
    // Under another reading, other ranges are drawn from; those claims are compared elsewhere. Runs are made and games over levers played at the point
    // values only.
    let plays = |text: &str| ["stable(", "aspiration(", "dominant("].iter().any(|word| text.contains(word));
    let compared: Vec<usize> = (0..case.claims.len())
        .filter(|&claim| {
            let body = &case.claims[claim];
            !body.check.is_simulated()
                && !plays(&body.check_text)
                && !body.check_text.contains("reading =")
                && !body.with.iter().any(|edit| matches!(edit.change, Change::Under(_)))
        })
        .collect();
    let result = Ensemble::new(&case, false).run(DrawSettings { draws, seed: 5, threads: 1 });
    let mut held = vec![0; case.claims.len()];
    for draw in 0..draws {
        let mut with_numbers = case.clone();
        with_numbers.apply(&drawn(&case, 5, draw));
        for &claim in &compared {
            held[claim] += u64::from(decide(&with_numbers, &case.claims[claim]).0 == Status::Holds);
        }
    }
    assert!(!compared.is_empty());
    for claim in compared {
        assert_eq!(result.claims[claim].given.holds, held[claim], "{name}: {}", case.claims[claim].id);
    }
}

#[test]
fn shares_are_those_of_deciding_every_draw_from_nothing() {
    compare("camp-david-1978", 25);
    compare("kempton-park-1993", 25);
}

#[test]
fn shares_of_a_case_with_everything_in_it() {
    compare("syria-2017", 5);
}

#[test]
fn no_answer_depends_on_threads() {
    let case = case("kempton-park-1993");
    let ensemble = Ensemble::new(&case, true);
    let run = |threads| {
        let mut result = ensemble.run(DrawSettings { draws: 300, seed: 2, threads });
        result.settings.threads = 0;
        format!("{result:?}")
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(3));
    assert_ne!(one, format!("{:?}", ensemble.run(DrawSettings { draws: 300, seed: 3, threads: 1 })));
}

#[test]
fn a_case_without_ranges_says_the_same_in_every_draw() {
    let mut case = case("camp-david-1978");
    for place in numbers(&case) {
        let value = place.of(&case).value;
        let edit = format!("{} = {value}", place.path(&case));
        if let Ok(edit) = winset_case::read_edit(&edit, &case) {
            case.apply(&[edit]);
        }
    }
    let points: Vec<bool> = case.claims.iter().map(|claim| decide(&case, claim).0 == Status::Holds).collect();
    let result = Ensemble::new(&case, false).run(DrawSettings { draws: 20, seed: 1, threads: 1 });
    for (claim, robust) in result.claims.iter().enumerate() {
        let expected = if points[claim] { 20 } else { 0 };
        assert_eq!(robust.given.holds, expected, "{}", case.claims[claim].id);
        assert!(robust.threshold.as_ref().is_none_or(|threshold| threshold.path.ends_with("intensity")));
    }
}

#[test]
fn a_threshold_is_where_the_verdict_turns() {
    let case = case("syria-2017");
    let result = Ensemble::new(&case, false).run(DrawSettings { draws: 1, seed: 1, threads: 1 });
    let mut turned = 0;
    for (claim, robust) in case.claims.iter().zip(&result.claims) {
        let Some(threshold) = &robust.threshold else { continue };
        if claim.with.iter().any(|edit| matches!(edit.change, Change::Under(_)))
            || claim.check_text.contains("reading =")
        {
            continue;
        }
        let at = |value: Decimal| {
            let mut moved = case.clone();
            let edit =
                winset_case::read_edit(&format!("{} = {value}", threshold.path), &case).expect("a number of the case");
            moved.apply(&[edit]);
            decide(&moved, claim).0
        };
        let before = decide(&case, claim).0;
        assert_ne!(at(threshold.at), before, "{}: {threshold:?}", claim.id);
        // Two millionths of the way nearer to the point value it has not turned yet.
        let (from, to, end) = (threshold.from.billionths(), threshold.at.billionths(), threshold.end.billionths());
        let step = (end - from) / 500_000;
        let nearer = if (to - from).abs() < step.abs() { from } else { to - step };
        let nearer = Decimal::from_billionths(nearer);
        assert_eq!(at(nearer), before, "{}: {threshold:?}", claim.id);
        turned += 1;
    }
    assert!(turned > 8, "{turned}");
}

#[test]
fn draws_that_are_stopped_give_nothing() {
    let case = case("camp-david-1978");
    let ensemble = Ensemble::new(&case, true);
    let settings = DrawSettings { draws: 1_000, seed: 1, threads: 2 };
    assert!(ensemble.run_unless(settings, &|| true).is_none());
    // Whoever is asked to go on stops nothing, and who wants to stop later stops what is left.
    let asked = std::sync::atomic::AtomicU64::new(0);
    let later = || asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) >= 3;
    assert!(ensemble.run_unless(settings, &later).is_none());
    let all = ensemble.run_unless(settings, &|| false).expect("nothing stopped it");
    assert_eq!(all.tables[0].open, ensemble.run(settings).tables[0].open);
}

#[test]
fn a_table_s_threshold_is_where_it_opens_or_shuts() {
    let case = case("syria-2017");
    let result = Ensemble::new(&case, true).run(DrawSettings { draws: 1, seed: 1, threads: 1 });
    let mut turned = 0;
    for shares in &result.tables {
        let Some(threshold) = &shares.threshold else { continue };
        let open = |value: Decimal| {
            let mut moved = case.clone();
            let edit = winset_case::read_edit(&format!("{} = {value}", threshold.path), &case).expect("a number");
            moved.apply(&[edit]);
            !winset_settle::winset_is_empty(&moved, shares.track, shares.deals).expect("it is listed")
        };
        assert_ne!(open(threshold.at), open(threshold.from), "{threshold:?}");
        turned += 1;
    }
    assert!(turned > 2, "{turned}");
}

#[test]
fn ranges_of_terms_are_those_of_settling_every_draw_from_nothing() {
    const DRAWS: u64 = 15;
    let case = case("syria-2017");
    let brief = Brief::with_draws(&case, DrawSettings { draws: DRAWS, seed: 5, threads: 2 });
    let ranges = terms_over_draws(&brief);
    assert!(ranges.len() > 3, "{}", ranges.len());
    let (mut least, mut most, mut open) = (BTreeMap::new(), BTreeMap::new(), vec![0; ranges.len()]);
    for draw in 0..DRAWS {
        let mut with_numbers = case.clone();
        with_numbers.apply(&drawn(&case, 5, draw));
        for (index, range) in ranges.iter().enumerate() {
            let settlement = settle(&with_numbers, range.track, range.deals).expect("it is listed");
            let Some(solutions) = settlement.solutions else { continue };
            let point = &solutions.nash.as_ref().unwrap_or(&solutions.kalai_smorodinsky).points[0];
            open[index] += 1;
            for (player, share) in settlement.players.iter().zip(&point.terms.shares) {
                let share = Amount::from(share.clone()).to_f64().expect("a number");
                let low: &mut f64 = least.entry((index, *player)).or_insert(share);
                *low = low.min(share);
                let high: &mut f64 = most.entry((index, *player)).or_insert(share);
                *high = high.max(share);
            }
        }
    }
    // Of so few draws none is left out at the ends.
    for (index, range) in ranges.iter().enumerate() {
        assert_eq!((range.draws, range.with_deal), (DRAWS, open[index]));
        for (player, low, high) in &range.shares {
            assert_eq!((*low, *high), (least[&(index, *player)], most[&(index, *player)]), "{player:?}");
        }
    }
}
