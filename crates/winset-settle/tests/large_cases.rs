//! The engine for tables too large to list against the one that lists, on cases small enough for both.

#[allow(dead_code, reason = "each test file uses a part of it")]
mod agreement;
#[allow(dead_code, reason = "each test file uses a part of it")]
mod generator;
#[allow(dead_code, reason = "each test file uses a part of it")]
#[path = "rules/random_table.rs"]
mod random_table;

use std::collections::BTreeMap;

use agreement::agree;
use generator::{Generator, Random, Shape};
use random_table::RandomTable;
use winset_case::{Case, TrackId, read};
use winset_settle::Deals;

fn case_of(text: &str) -> Case {
    let reading = read(text);
    reading.case.unwrap_or_else(|| panic!("{:?}\n{text}", reading.diagnostics))
}

/// Every table of a case, both ways.
fn check(what: &str, case: &Case, seen: &mut BTreeMap<String, u64>) -> Vec<String> {
    let mut differences = Vec::new();
    for track in (0..case.tracks.len()).map(TrackId) {
        let concluding = case.tracks[track.0].concludes.map(|_| Deals::Concluding);
        for deals in [Some(Deals::Mandate), concluding].into_iter().flatten() {
            match agree(case, track, deals) {
                Ok(met) => met.into_iter().for_each(|met| *seen.entry(met).or_default() += 1),
                Err(difference) => {
                    differences.push(format!("{what}, {} ({deals:?}): {difference}", case.tracks[track.0].id));
                }
            }
        }
    }
    differences
}

fn report(differences: &[String], seen: &BTreeMap<String, u64>, expected: &[(&str, u64)]) {
    let heads: Vec<&str> = differences.iter().take(12).map(String::as_str).collect();
    assert!(differences.is_empty(), "{} tables differ:\n{}", differences.len(), heads.join("\n"));
    for (what, least) in expected {
        let times = seen.get(*what).copied().unwrap_or(0);
        assert!(times >= *least, "`{what}` only {times} times: {seen:#?}");
    }
}

#[test]
fn random_cases_are_answered_as_by_listing() {
    let (mut differences, mut seen) = (Vec::new(), BTreeMap::new());
    for seed in 0..300 {
        let shape = Shape { levers: 3, fixed_standing: false };
        let mut case = case_of(&Generator::case(seed, shape).to_toml());
        let mut random = Random::new(seed ^ 0x1a26e);
        case.levers.iter_mut().filter(|lever| lever.available).for_each(|lever| lever.on = random.chance(30));
        differences.extend(check(&format!("seed {seed}"), &case, &mut seen));
    }
    report(
        &differences,
        &seen,
        &[
            ("a deal", 150),
            ("no deal", 150),
            ("several ways", 20),
            ("several ways, blocked", 20),
            ("a bargaining point with ties", 20),
            ("weights prove it", 50),
            ("the conditions prove it", 20),
            ("a shortfall", 30),
            ("a shortfall beyond price", 5),
            ("several blocking sets", 30),
        ],
    );
}

#[test]
fn every_decision_rule_is_answered_as_by_listing() {
    let (mut differences, mut seen) = (Vec::new(), BTreeMap::new());
    for seed in 0..400 {
        let case = case_of(&RandomTable::new(seed, None).text());
        differences.extend(check(&format!("seed {seed}"), &case, &mut seen));
    }
    report(
        &differences,
        &seen,
        &[("a deal", 50), ("no deal", 50), ("several ways", 50), ("several ways, blocked", 30)],
    );
}
