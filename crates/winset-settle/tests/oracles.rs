//! The engine against bargaining domains with known answers: see `data/settlement-oracles/README.md`.

#[allow(dead_code, unused_imports, reason = "each test file uses a part of it")]
mod definitions;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use definitions::{Bargain, Q, Table, units};
use num_traits::ToPrimitive;
use serde_json::Value;
use winset_case::{ActorId, Case, Outcome, PackageId, TrackId};
use winset_settle::{Deals, Settlement, Shortfall, Solution, settle};

/// One domain, its profiles as whole numbers, and the answers.
struct Domain {
    /// Per party, issue and value, the worth in `1 / utility_scale`.
    worth: Vec<Vec<Vec<i64>>>,
    expected: Value,
    case: Case,
}

const TALKS: TrackId = TrackId(0);

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A decimal with two places, in hundredths.
fn hundredths(value: &Value) -> i64 {
    let number = value.as_f64().expect("a number");
    let hundredths = (number * 100.0).round();
    assert!((number * 100.0 - hundredths).abs() < 1e-9, "{number} has more than two places");
    hundredths as i64
}

fn slug(name: &str) -> String {
    name.replace(' ', "-")
}

/// A whole number of ten-thousandths, as a case file has it.
fn decimal(ten_thousandths: i64) -> String {
    format!("{}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000)
}

fn integers(value: &Value) -> Vec<i64> {
    value.as_array().expect("a list").iter().map(|entry| entry.as_i64().expect("a whole number")).collect()
}

fn outcomes(value: &Value) -> BTreeSet<Outcome> {
    value.as_array().expect("a list").iter().map(outcome).collect()
}

fn outcome(value: &Value) -> Outcome {
    integers(value).into_iter().map(|index| usize::try_from(index).expect("an index")).collect()
}

impl Domain {
    /// Reads a domain and writes it as a case: no status quo, one track, every party at it. The fallback is the reservation value, or the
    /// oracle's disagreement point.
    fn read(name: &str, disagreement: bool) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/settlement-oracles").join(name);
        let expected = json(&folder.join("expected.json"));
        assert_eq!(expected["utility_scale"], 10_000);
        let domain = json(&folder.join("domain.json"));
        let issues = domain["issuesValues"].as_object().expect("issues");
        let values = |issue: &str| {
            issues[issue]["values"].as_array().expect("values").iter().map(|value| value.as_str().expect("a value"))
        };

        let mut text = "[case]\ntitle = \"Domain\"\nas_of = 2020-01-01\ntoday = \"no-agreement\"\n".to_owned();
        for issue in issues.keys() {
            let options: Vec<String> = values(issue).map(|value| format!("\"{value}\"")).collect();
            let id = slug(issue);
            writeln!(text, "\n[issue.{id}]\nname = \"{issue}\"\noptions = [{}]", options.join(", ")).expect("a string");
        }
        let reservations = integers(&expected["reservation"]);
        let least = integers(&expected["min"]);
        let mut worth = Vec::new();
        for (party, (reservation, least)) in reservations.iter().zip(&least).enumerate() {
            let fallback = if disagreement { *reservation.max(least) } else { *reservation };
            let profile = &json(&folder.join(format!("party{:02}.json", party + 1)))["LinearAdditiveUtilitySpace"];
            writeln!(text, "\n[actor.party-{party}]\nname = \"Party {party}\"\nfallback = {}", decimal(fallback))
                .expect("a string");
            let (mut weights, mut tables, mut own) = (Vec::new(), Vec::new(), Vec::new());
            for issue in issues.keys() {
                let weight = &profile["issueWeights"][issue];
                let utilities = &profile["issueUtilities"][issue]["discreteutils"]["valueUtilities"];
                weights.push(format!("{} = {weight}", slug(issue)));
                let entries: Vec<String> =
                    values(issue).map(|value| format!("\"{value}\" = {}", utilities[value])).collect();
                tables.push(format!("{} = {{ {} }}", slug(issue), entries.join(", ")));
                own.push(values(issue).map(|value| hundredths(weight) * hundredths(&utilities[value])).collect());
            }
            writeln!(text, "weights = {{ {} }}\nvalues = {{ {} }}", weights.join(", "), tables.join(", "))
                .expect("a string");
            worth.push(own);
        }
        let agenda: Vec<String> = issues.keys().map(|issue| format!("\"{}\"", slug(issue))).collect();
        let seats: Vec<String> = (0..worth.len()).map(|party| format!("party-{party} = \"party\"")).collect();
        let (agenda, seats) = (agenda.join(", "), seats.join(", "));
        writeln!(text, "\n[track.talks]\nname = \"Talks\"\nagenda = [{agenda}]\nseats = {{ {seats} }}")
            .expect("a string");

        let reading = winset_case::read(&text);
        let case = reading.case.unwrap_or_else(|| panic!("{name} is refused: {:#?}\n{text}", reading.diagnostics));
        Domain { worth, expected, case }
    }

    fn worths(&self, outcome: &[usize]) -> Vec<i64> {
        self.worth.iter().map(|issues| issues.iter().zip(outcome).map(|(values, value)| values[*value]).sum()).collect()
    }

    fn all_outcomes(&self) -> Vec<Outcome> {
        self.worth[0].iter().fold(vec![Vec::new()], |outcomes, values| {
            let longer =
                |outcome: Vec<usize>| (0..values.len()).map(move |value| [outcome.as_slice(), &[value]].concat());
            outcomes.into_iter().flat_map(longer).collect()
        })
    }

    fn disagreement(&self) -> Vec<i64> {
        integers(&self.expected["reservation"])
            .iter()
            .zip(integers(&self.expected["min"]))
            .map(|(r, least)| *r.max(&least))
            .collect()
    }

    fn points(&self) -> Vec<Vec<i64>> {
        self.expected["pareto_rational_points"].as_array().expect("points").iter().map(integers).collect()
    }

    fn settle(&self) -> Settlement {
        settle(&self.case, TALKS, Deals::Mandate).unwrap_or_else(|refusal| panic!("{refusal}"))
    }
}

fn packages(solution: &Solution) -> BTreeSet<Outcome> {
    solution.points.iter().map(|point| point.package.clone()).collect()
}

/// The points with the lexicographically largest ascending list of these measures.
fn leximin<T: Ord>(points: &[Vec<i64>], measure: impl Fn(&[i64]) -> Vec<T>) -> BTreeSet<Vec<i64>> {
    let sorted = |point: &Vec<i64>| {
        let mut values = measure(point);
        values.sort();
        values
    };
    let best = points.iter().map(sorted).max();
    points.iter().filter(|point| Some(sorted(point)) == best).cloned().collect()
}

fn gains(point: &[i64], disagreement: &[i64]) -> Vec<i64> {
    point.iter().zip(disagreement).map(|(worth, floor)| worth - floor).collect()
}

fn ratios(point: &[i64], disagreement: &[i64], ideal: &[i64]) -> Vec<Q> {
    let ratio = |(gain, most): (i64, i64)| if most > 0 { units(gain.into(), most.into()) } else { units(1, 1) };
    gains(point, disagreement).into_iter().zip(gains(ideal, disagreement)).map(ratio).collect()
}

/// The converter itself: the whole numbers agree with what the oracle says of the domain.
fn check_conversion(domain: &Domain) {
    let all: Vec<Vec<i64>> = domain.all_outcomes().iter().map(|outcome| domain.worths(outcome)).collect();
    assert_eq!(all.len() as u64, domain.expected["n_outcomes"].as_u64().expect("a count"));
    for (key, pick) in [("min", true), ("max", false)] {
        let extreme = |party: usize| {
            let worths = all.iter().map(|worths| worths[party]);
            if pick { worths.min() } else { worths.max() }.expect("an outcome")
        };
        assert_eq!((0..domain.worth.len()).map(extreme).collect::<Vec<_>>(), integers(&domain.expected[key]), "{key}");
    }
}

/// What can be agreed, and the bargaining points.
fn check(name: &str) {
    let domain = Domain::read(name, true);
    check_conversion(&domain);
    let expected = &domain.expected;
    let settlement = domain.settle();
    assert_eq!(settlement.examined, expected["n_outcomes"].as_u64().expect("a count"));
    assert_eq!(settlement.acceptable_count, expected["rational_weak"].as_u64().expect("a count"), "acceptable");
    assert!(settlement.blocked.is_none());
    // No worth lies between the least of the domain and a lower reservation value, so that one accepts the same.
    let reserved = Domain::read(name, false).settle();
    assert_eq!(reserved.acceptable_count, settlement.acceptable_count, "acceptable at the reservation value");

    let points: BTreeSet<Vec<i64>> = domain.points().into_iter().collect();
    assert_eq!(points.len() as u64, expected["pareto_rational_unique"].as_u64().expect("a count"));
    let on_frontier: BTreeSet<Outcome> = settlement.frontier.iter().flat_map(|point| point.packages.clone()).collect();
    assert_eq!(settlement.frontier.len(), points.len(), "frontier points");
    assert_eq!(
        on_frontier.len() as u64,
        expected["pareto_rational_outcomes"].as_u64().expect("a count"),
        "frontier packages"
    );
    for point in &settlement.frontier {
        for package in &point.packages {
            assert!(points.contains(&domain.worths(package)), "{package:?} is not on the frontier");
        }
    }

    let solutions = settlement.solutions.as_ref().expect("bargaining points");
    let disagreement = domain.disagreement();
    let worths =
        |solution: &Solution| packages(solution).iter().map(|package| domain.worths(package)).collect::<BTreeSet<_>>();
    // Ties of the oracle include outcomes that others beat; the engine's points are on the frontier.
    let undominated = |key: &str| -> BTreeSet<Outcome> {
        outcomes(&expected[key]["outcomes"]).intersection(&on_frontier).cloned().collect()
    };

    let nash = solutions.nash.as_ref().expect("a nash point");
    assert_eq!(packages(nash), undominated("nash_product"), "nash");
    for point in worths(nash) {
        let product: i128 = gains(&point, &disagreement).into_iter().map(i128::from).product();
        assert_eq!(Some(product.to_string().as_str()), expected["nash_product"]["value"].as_str(), "nash product");
    }

    assert_eq!(packages(&solutions.utilitarian), outcomes(&expected["utilitarian_sum"]["outcomes"]), "utilitarian");
    for point in worths(&solutions.utilitarian) {
        assert_eq!(
            Some(point.iter().sum::<i64>().to_string().as_str()),
            expected["utilitarian_sum"]["value"].as_str(),
            "sum"
        );
    }

    // Max-min, of which the leximin is a part.
    assert!(packages(&solutions.egalitarian).is_subset(&undominated("egalitarian_maximin_gain")), "egalitarian");
    assert_eq!(
        worths(&solutions.egalitarian),
        leximin(&domain.points(), |point| gains(point, &disagreement)),
        "egalitarian leximin"
    );
    for point in worths(&solutions.egalitarian) {
        let least = gains(&point, &disagreement).into_iter().min().expect("a party");
        assert_eq!(
            Some(least.to_string().as_str()),
            expected["egalitarian_maximin_gain"]["value"].as_str(),
            "least gain"
        );
    }

    // The oracle's ideal is the best of the domain, the model's the best acceptable: the same formula gives both from the same points.
    let anywhere = integers(&expected["max"]);
    if let Some(of_oracle) = expected.get("leximin_ratio") {
        let formula = leximin(&domain.points(), |point| ratios(point, &disagreement, &anywhere));
        let listed: BTreeSet<Vec<i64>> =
            outcomes(&of_oracle["outcomes"]).iter().map(|outcome| domain.worths(outcome)).collect();
        assert_eq!(formula, listed, "the oracle's leximin of ratios");
    }
    let best = |party: usize| points.iter().map(|point| point[party]).max().expect("a point");
    let acceptable: Vec<i64> = (0..anywhere.len()).map(best).collect();
    let formula = leximin(&domain.points(), |point| ratios(point, &disagreement, &acceptable));
    assert_eq!(worths(&solutions.kalai_smorodinsky), formula, "kalai-smorodinsky");
    for point in &solutions.kalai_smorodinsky.points {
        assert_eq!(point.terms.shares, ratios(&domain.worths(&point.package), &disagreement, &acceptable), "terms");
    }
    if acceptable == anywhere {
        assert_eq!(packages(&solutions.kalai_smorodinsky), outcomes(&expected["leximin_ratio"]["outcomes"]));
    }

    check_definitions(&domain, &settlement);
}

/// The definitions the random cases are checked by give the same, where the domain is small enough for them.
fn check_definitions(domain: &Domain, settlement: &Settlement) {
    if domain.all_outcomes().len() > 200 {
        return;
    }
    let table = Table::new(&domain.case, TALKS, Deals::Mandate);
    let bargain = Bargain::new(&table).expect("a deal");
    let scale = |worth: &Q| (worth * units(10_000, 1)).to_integer().to_i64().expect("a worth");
    let frontier: BTreeSet<Vec<i64>> =
        bargain.frontier().keys().map(|point| point.iter().map(scale).collect()).collect();
    assert_eq!(frontier, domain.points().into_iter().collect(), "frontier by definition");
    let solutions = settlement.solutions.as_ref().expect("bargaining points");
    assert_eq!(bargain.nash(), solutions.nash.as_ref().map(packages).unwrap_or_default());
    assert_eq!(bargain.kalai_smorodinsky(), packages(&solutions.kalai_smorodinsky));
    assert_eq!(bargain.egalitarian(), packages(&solutions.egalitarian));
    assert_eq!(bargain.utilitarian(), packages(&solutions.utilitarian));
}

#[test]
fn ceasefire_of_four() {
    check("ceasefire_4p");
}

#[test]
fn eight_parties() {
    check("eight_parties");
}

#[test]
fn framework_of_five() {
    check("framework_5p");
}

#[test]
fn an_indifferent_party() {
    check("indifferent_3p");
    let settlement = Domain::read("indifferent_3p", true).settle();
    let solutions = settlement.solutions.expect("bargaining points");
    assert_eq!(solutions.without_range, [ActorId(2)]);
}

#[test]
fn a_knife_edge() {
    check("knife_edge_3p");
    let domain = Domain::read("knife_edge_3p", true);
    // Nobody gains: the one package is worth exactly its fallback to each.
    let [point] = &domain.settle().frontier[..] else { panic!("one point") };
    assert_eq!(domain.worths(&point.packages[0]), domain.disagreement());
}

#[test]
fn two_hundred_thousand_outcomes() {
    check("large_2p");
}

#[test]
fn a_single_issue() {
    check("single_issue_3p");
}

#[test]
fn ties() {
    check("ties_2p");
}

#[test]
fn two_parties_of_one_mind() {
    check("tiny_2p");
}

#[test]
fn no_zone_of_agreement() {
    let mut domain = Domain::read("no_zopa_3p", true);
    check_conversion(&domain);
    let settlement = domain.settle();
    assert_eq!(settlement.acceptable_count, 0);
    assert!(settlement.frontier.is_empty() && settlement.solutions.is_none());
    let blocked = settlement.blocked.expect("an explanation");
    let families = |key: &str| -> BTreeSet<BTreeSet<String>> {
        let set = |parties: &Value| integers(parties).iter().map(|party| format!("fallback:party-{party}")).collect();
        domain.expected[key].as_array().expect("sets").iter().map(set).collect()
    };
    let ids = |set: &[winset_settle::Constraint]| {
        set.iter().map(|constraint| constraint.id(&domain.case)).collect::<BTreeSet<_>>()
    };
    assert_eq!(
        blocked.blocking_sets.iter().map(|set| ids(&set.constraints)).collect::<BTreeSet<_>>(),
        families("muses")
    );
    assert_eq!(blocked.corrections.iter().map(|set| ids(set)).collect::<BTreeSet<_>>(), families("mcses"));
    // One minimal correction is a single party, so that its seat is pivotal and no other is.
    assert_eq!(blocked.pivotal, [ActorId(1)]);

    // What each party misses at its best outcome among those acceptable to the others, from the whole numbers alone.
    let reservations = integers(&domain.expected["reservation"]);
    let all = domain.all_outcomes();
    let missing = |outcome: &Outcome| -> Vec<i64> {
        reservations
            .iter()
            .zip(domain.worths(outcome))
            .map(|(reservation, worth)| (reservation - worth).max(0))
            .collect()
    };
    for (party, shortfall) in &blocked.shortfalls {
        let others = |outcome: &&Outcome| {
            missing(outcome).iter().enumerate().all(|(other, missing)| other == party.0 || *missing == 0)
        };
        let least = all.iter().filter(others).map(|outcome| missing(outcome)[party.0]).min();
        match shortfall {
            Shortfall::Undefined => assert_eq!(least, None),
            Shortfall::By { package, .. } => assert_eq!(Some(missing(package)[party.0]), least),
            Shortfall::NoPrice { .. } => panic!("there are no red lines"),
        }
    }

    // What the engine says parties miss, outcome by outcome.
    let totals = all.iter().map(|outcome| missing(outcome).iter().sum::<i64>());
    assert_eq!(totals.min(), domain.expected["min_total_shortfall"]["value"].as_i64());
    let worst = all.iter().map(|outcome| missing(outcome).into_iter().max().expect("a party"));
    assert_eq!(worst.min(), domain.expected["min_max_shortfall"]["value"].as_i64());
    let nearest: Outcome = outcome(&domain.expected["min_total_shortfall"]["outcome"]);
    let package = winset_case::Package {
        id: "nearest".to_owned(),
        name: "Nearest".to_owned(),
        in_sentence: "Nearest".to_owned(),
        content: nearest.iter().enumerate().map(|(issue, option)| (winset_case::IssueId(issue), *option)).collect(),
        evidence: winset_case::Evidence::default(),
    };
    domain.case.packages.push(package);
    let misses = (0..reservations.len()).map(|party| {
        let judged = winset_settle::judge_package(&domain.case, ActorId(party), PackageId(0), TALKS)
            .expect("an answer")
            .expect("a judgement");
        let margin = units(judged.judgement.margin().expect("no red lines"), judged.unit) * units(10_000, 1);
        (-margin.to_integer().to_i64().expect("a margin")).max(0)
    });
    assert_eq!(misses.collect::<Vec<_>>(), integers(&domain.expected["min_total_shortfall"]["shortfall"]));
}
