//! Real competition scenarios, whose licence does not let them be kept here, against what a search under GENIUS's own conventions answered.
//!
//! They are read from `scenarios/` in the folder that `WINSET_EXTERNAL_DATA` names; without it the tests print `not run` and pass.

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use winset_case::{Case, TrackId, read, read_edit};
use winset_exchange::{Options, import};
use winset_settle::large::{Found, settle_large};
use winset_settle::{Deals, Settlement, Solution, settle};
use winset_worth::{Sitting, State, Valuation};

/// How far floating point, and the ninth decimal, may be off.
const TOLERANCE: f64 = 1e-9;

fn scenarios(test: &str) -> Vec<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "data that may not be committed stands outside")]
    let Ok(folder) = std::env::var("WINSET_EXTERNAL_DATA") else {
        println!("not run: {test} (WINSET_EXTERNAL_DATA names no folder)");
        return Vec::new();
    };
    let folder = PathBuf::from(folder).join("scenarios");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("not run: {test} (there is no folder {})", folder.display());
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

fn imported(scenario: &Path) -> Case {
    let import = import(&common::folder(scenario, &["xml"]), &Options::default());
    let text = import.text.as_ref().unwrap_or_else(|| panic!("{}: {}", scenario.display(), common::lines(&import)));
    read(text).case.expect("well formed")
}

#[test]
fn real_scenarios_settle_as_genius_would() {
    let mut compared = 0;
    for scenario in scenarios("real_scenarios_settle_as_genius_would") {
        let Ok(text) = std::fs::read_to_string(scenario.join("expected.json")) else { continue };
        let expected: Value = serde_json::from_str(&text).unwrap();
        let expected = &expected["bruteforce_genius_convention"];
        let what = scenario.display().to_string();
        let case = imported(&scenario);
        let settlement = settle(&case, TrackId(0), Deals::Mandate).unwrap();
        assert_eq!(settlement.examined, expected["n_outcomes"].as_u64().unwrap(), "{what}");
        assert_eq!(settlement.acceptable_count, expected["rational_ge"].as_u64().unwrap(), "{what}");
        assert_eq!(settlement.frontier.len() as u64, expected["pareto_rational_unique"].as_u64().unwrap(), "{what}");
        without_listing(&case, &settlement, &what);
        // The known points start from the least a package is worth, where that is above the reservation value.
        let mut case = case;
        for (actor, least) in expected["disagreement"].as_array().unwrap().iter().enumerate() {
            let least = (least.as_f64().unwrap() * 1e9).floor() / 1e9;
            let edit = format!("actor.{}.fallback = {least:.9}", case.actors[actor].id);
            case.apply(&[read_edit(&edit, &case).unwrap()]);
        }
        let settlement = settle(&case, TrackId(0), Deals::Mandate).unwrap();
        let solutions = settlement.solutions.as_ref().expect("each has a deal");
        compare(
            &case,
            &settlement,
            solutions.nash.as_ref().unwrap(),
            &expected["nash_product"],
            &format!("{what} nash"),
        );
        compare(
            &case,
            &settlement,
            &solutions.egalitarian,
            &expected["egalitarian_raw_maximin_gain"],
            &format!("{what} egalitarian"),
        );
        compare(
            &case,
            &settlement,
            &solutions.utilitarian,
            &expected["utilitarian_raw"],
            &format!("{what} utilitarian"),
        );
        compared += 1;
    }
    println!("{compared} scenarios compared");
}

/// The engine for tables too large to list says the same of it.
fn without_listing(case: &Case, listed: &Settlement, what: &str) {
    let large = settle_large(case, TrackId(0), Deals::Mandate).unwrap();
    let Found::Open(open) = &large.found else { panic!("{what}: {:?}", large.found) };
    if let Ok(count) = &open.acceptable_count {
        assert_eq!(*count, listed.acceptable_count.into(), "{what}: count");
    }
    let frontier = open.frontier.as_ref().unwrap_or_else(|refusal| panic!("{what}: {refusal}"));
    assert_eq!(frontier.within, None, "{what}: an exact frontier");
    let worths: Vec<&Vec<i128>> = frontier.points.iter().map(|point| &point.worth).collect();
    assert_eq!(worths, listed.frontier.iter().map(|point| &point.worth).collect::<Vec<_>>(), "{what}: frontier");
    let solutions = listed.solutions.as_ref().expect("each has a deal");
    let pairs = [
        ("Nash", &open.solutions.nash, solutions.nash.as_ref()),
        ("Kalai–Smorodinsky", &open.solutions.kalai_smorodinsky, Some(&solutions.kalai_smorodinsky)),
        ("egalitarian", &open.solutions.egalitarian, Some(&solutions.egalitarian)),
        ("utilitarian", &open.solutions.utilitarian, Some(&solutions.utilitarian)),
    ];
    for (name, large, listed) in pairs {
        // Where someone can gain nothing every product is 0, and no point is named.
        let Ok(Some(large)) = large else {
            assert!(name == "Nash" && large.is_ok(), "{what}, {name}: {large:?}");
            continue;
        };
        let listed = listed.expect("a point");
        assert_eq!(large.ties, listed.points.len() as u64, "{what}, {name}: ties");
        for (large, listed) in large.solution.points.iter().zip(&listed.points) {
            assert_eq!(format!("{large:?}"), format!("{listed:?}"), "{what}, {name}");
        }
    }
}

/// The point's packages are among the known ones, and worth what is known of them.
fn compare(case: &Case, settlement: &Settlement, found: &Solution, known: &Value, what: &str) {
    let packages: BTreeSet<Vec<String>> = known["outcomes"]
        .as_array()
        .unwrap_or_else(|| panic!("{what}: {known}"))
        .iter()
        .map(|package| {
            let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            package.as_array().unwrap().iter().map(text).collect()
        })
        .collect();
    let listed = known["n_ties"].as_u64().is_none_or(|ties| ties == packages.len() as u64);
    let valuation = Valuation::new(case).unwrap();
    for point in &found.points {
        let package: Vec<String> = point
            .package
            .iter()
            .enumerate()
            .map(|(issue, option)| case.issues[issue].options[*option].clone())
            .collect();
        assert!(!listed || packages.contains(&package), "{what}: {package:?} is none of {packages:?}");
        if packages.len() == 1 && packages.contains(&package) {
            for ((player, worth), known) in
                settlement.players.iter().zip(&point.worth).zip(known["utils"].as_array().unwrap())
            {
                // GENIUS counts what is above 1 as 1; importing says so, and does not.
                let worth = (*worth as f64 / valuation.actor(*player).unwrap().unit as f64).min(1.0);
                assert!((worth - known.as_f64().unwrap()).abs() < TOLERANCE, "{what}: {worth} is not {known}");
            }
        }
    }
}

/// Hyper-rectangles, inside and outside: what a package is worth in the case is what adding up the lines of the file gives.
#[test]
fn rectangles_pay_what_their_file_says() {
    let scenarios = scenarios("rectangles_pay_what_their_file_says");
    for scenario in scenarios.iter().filter(|path| path.join("pareto.xml").exists()) {
        let case = imported(scenario);
        let valuation = Valuation::new(&case).unwrap();
        let state = State::today(&case);
        for (player, actor) in case.actors.iter().enumerate() {
            let text = std::fs::read_to_string(scenario.join(format!("{}.xml", actor.name))).unwrap();
            let id = case.actor_id(&actor.id).unwrap();
            let sitting = Sitting::new(&valuation, TrackId(0), &state, &[id]);
            let mut judgements = Vec::new();
            let mut seed = 1_u64;
            for _ in 0..500 {
                let package: Vec<usize> = case
                    .issues
                    .iter()
                    .map(|issue| {
                        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                        (seed >> 33) as usize % issue.options.len()
                    })
                    .collect();
                let values: Vec<i64> = package
                    .iter()
                    .enumerate()
                    .map(|(issue, option)| case.issues[issue].options[*option].parse().unwrap())
                    .collect();
                let (sum, most) = added_up(&text, &values);
                sitting.judge(&package, sitting.concludes(&package), &mut judgements);
                let worth = judgements[sitting.position(id).unwrap()].worth;
                let unit = valuation.actor(id).unwrap().unit;
                assert_eq!(
                    worth * i128::from(most),
                    i128::from(sum) * unit,
                    "{} party {player}: {package:?}",
                    scenario.display()
                );
            }
        }
    }
}

/// The file's own sum for a package, and what it is divided by, read line by line.
fn added_up(text: &str, values: &[i64]) -> (i64, i64) {
    let number = |line: &str, name: &str| -> i64 {
        let start = line.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
        line[start..].split('"').next().unwrap().parse().unwrap()
    };
    let (mut sum, mut most, mut utility, mut holds, mut outside) = (0, 0, 0, true, false);
    for line in text.lines() {
        if line.contains("maxutility") {
            most = number(line, "maxutility");
        } else if line.contains("<hyperRectangle") {
            (utility, holds, outside) = (number(line, "utility"), true, false);
        } else if line.contains("CLUDES") {
            outside |= line.contains("EXCLUDES");
            let value = values[usize::try_from(number(line, "index")).unwrap() - 1];
            holds &= (number(line, "min")..=number(line, "max")).contains(&value);
        } else if line.contains("</hyperRectangle") && holds != outside {
            sum += utility;
        }
    }
    (sum, most)
}
