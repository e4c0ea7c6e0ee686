//! The engine against the definitions, over random cases.

#[allow(dead_code, reason = "each test file uses a part of it")]
mod comparison;
#[allow(dead_code, unused_imports, reason = "each test file uses a part of it")]
mod definitions;
#[allow(dead_code, reason = "each test file uses a part of it")]
mod generator;

use comparison::{Seen, compare, compare_levers, compare_routes};
use generator::{Generator, Random, Shape};
use winset_case::{Case, Severity};

/// The case a text means; there must be no mistake in it.
fn read(seed: u64, text: &str) -> Case {
    let reading = winset_case::read(text);
    let errors: Vec<_> =
        reading.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "seed {seed} is refused: {errors:#?}\n{text}");
    reading.case.unwrap_or_else(|| panic!("seed {seed} gives no case\n{text}"))
}

/// Compares the cases of some seeds, those with levers in use among them.
fn check(seeds: std::ops::Range<u64>, levers: u64) -> Seen {
    let mut seen = Seen::default();
    let mut different = Vec::new();
    for seed in seeds {
        let text = Generator::case(seed, Shape { levers, fixed_standing: false }).to_toml();
        let mut case = read(seed, &text);
        let mut random = Random::new(seed ^ 0x5eed);
        if random.chance(20) {
            put_in_use(&mut case, &mut random);
        }
        let used: Vec<&str> = case.levers.iter().filter(|lever| lever.on).map(|lever| lever.id.as_str()).collect();
        let result = compare(&case, &mut seen)
            .and_then(|()| compare_routes(&case, &mut random, &mut seen))
            .and_then(|()| compare_levers(&case, &mut seen));
        if let Err(difference) = result {
            different.push(format!("seed {seed}, in use {used:?}: {difference}\n{text}"));
        }
        seen.note("cases");
    }
    if let [first, ..] = &different[..] {
        let heads: Vec<&str> = different.iter().take(20).filter_map(|difference| difference.lines().next()).collect();
        panic!("{} cases differ:\n{}\nThe first:\n{first}", different.len(), heads.join("\n"));
    }
    seen
}

/// Puts an admissible combination of available levers in use.
fn put_in_use(case: &mut Case, random: &mut Random) {
    let available: u64 = case.levers.iter().enumerate().map(|(index, lever)| u64::from(lever.available) << index).sum();
    let mask = random.next() & available;
    if definitions::admissible(case, mask) {
        for (index, lever) in case.levers.iter_mut().enumerate() {
            lever.on = mask >> index & 1 == 1;
        }
    }
}

/// What both families of cases must have met with, so that agreement means something.
const COVERAGE: [(&str, u64); 41] = [
    ("cases", 200),
    ("tables", 450),
    ("concluding tables", 100),
    ("tables with a deal", 180),
    ("empty tables", 220),
    ("tables where no deal could be made at all", 40),
    ("concluding deals accepted", 40),
    ("endorsements of what stands accepted", 8),
    ("judgements", 15_000),
    ("knife edges: a margin of exactly zero", 1_200),
    ("judgements under pressure", 1_500),
    ("acceptance that pressure buys", 250),
    ("leverage already spent", 1_500),
    ("prices charged", 1_500),
    ("unpriced red lines broken", 1_500),
    ("deals that conclude", 1_500),
    ("deals that end a conflict", 5_000),
    ("judgements without a status quo", 2_000),
    ("delegations overruled by their principal", 500),
    ("states along routes", 400),
    ("frontiers of three points and more", 5),
    ("frontier points that several packages attain", 40),
    ("tied bargaining points", 40),
    ("tables where the bargaining points differ", 15),
    ("no nash point: someone always loses", 2),
    ("players without range", 70),
    ("three players and more agree", 30),
    ("gain shares", 5_000),
    ("blocking sets of two and more", 60),
    ("blocking sets of three and more", 10),
    ("several blocking sets", 70),
    ("several corrections", 60),
    ("pivotal seats", 40),
    ("shortfalls measured", 40),
    ("shortfalls behind a line without a price", 15),
    ("shortfalls undefined", 200),
    ("cause exclusion", 20),
    ("cause representation", 20),
    ("cause mandate", 40),
    ("cause content", 25),
    ("cause preference gap", 50),
];

#[test]
fn cases_without_levers() {
    let seen = check(0..200, 0);
    seen.at_least(&COVERAGE);
}

#[test]
fn cases_with_levers() {
    let seen = check(1000..1200, 6);
    seen.at_least(&COVERAGE);
    seen.at_least(&[
        ("lever questions", 450),
        ("lever questions with levers in use", 40),
        ("combinations ruled out by requires and excludes", 200),
        ("unlocks found", 25),
        ("unlocks of two levers and more", 3),
        ("several unlocks", 6),
        ("proofs that no lever opens", 150),
        ("near misses", 40),
    ]);
}
