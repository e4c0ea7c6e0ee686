//! Ten domains in three formats: what settling the imported case says, against what an exhaustive search over exact whole numbers said.

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use winset_case::{Case, Decimal, Fallback, TrackId, read, read_edit};
use winset_exchange::{Options, import};
use winset_settle::{Constraint, Deals, Settlement, Solution, settle};
use winset_worth::Valuation;

const FORMATS: [(&str, &[&str]); 3] = [("genius", &["xml"]), ("negmas", &["yml"]), ("geniusweb", &["json"])];

fn domains() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    found.sort();
    assert_eq!(found.len(), 10);
    found
}

fn expected(domain: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(domain.join("expected.json")).unwrap()).unwrap()
}

/// The case, with the reservation values where the files have none.
fn imported(domain: &Path, format: &str, endings: &[&str]) -> Case {
    let import = import(&common::folder(&domain.join(format), endings), &Options::default());
    assert!(import.findings.is_empty(), "{}: {}", domain.display(), common::lines(&import));
    let reading = read(&import.text.expect("no errors"));
    assert!(reading.diagnostics.is_empty(), "{:?}", reading.diagnostics);
    let mut case = reading.case.expect("well formed");
    if format == "geniusweb" {
        for (index, reservation) in expected(domain)["reservation"].as_array().unwrap().iter().enumerate() {
            let worth = Decimal::from_billionths(reservation.as_i64().unwrap() * 100_000);
            let edit = format!("actor.{}.fallback = {worth}", case.actors[index].id);
            case.apply(&[read_edit(&edit, &case).unwrap()]);
        }
    }
    case
}

#[test]
fn the_three_formats_say_the_same() {
    for domain in domains() {
        let numbers = |case: &Case| -> Vec<(Vec<Decimal>, Vec<Vec<Decimal>>, Decimal)> {
            let of = |actor: &winset_case::Actor| {
                assert!(actor.out_of.is_none(), "weights sum to 1");
                let Some(Fallback::Worth(fallback)) = &actor.fallback else { panic!("a number") };
                let weights = actor.weights.iter().flatten().map(|weight| weight.value).collect();
                let values = actor.values.iter().map(|row| row.iter().map(|value| value.value).collect()).collect();
                (weights, values, fallback.value)
            };
            case.actors.iter().map(of).collect()
        };
        let [first, second, third] = FORMATS.map(|(format, endings)| imported(&domain, format, endings));
        for other in [&second, &third] {
            assert_eq!(numbers(&first), numbers(other), "{}", domain.display());
            let issues = |case: &Case| {
                case.issues.iter().map(|issue| (issue.name.clone(), issue.options.clone())).collect::<Vec<_>>()
            };
            assert_eq!(issues(&first), issues(other), "{}", domain.display());
        }
    }
}

/// Worth in ten-thousandths, as `expected.json` counts.
fn in_ten_thousandths(case: &Case, settlement: &Settlement, worth: &[i128]) -> Vec<i64> {
    let valuation = Valuation::new(case).unwrap();
    let one = |(player, worth): (&winset_case::ActorId, &i128)| {
        let unit = valuation.actor(*player).unwrap().unit;
        assert_eq!(worth * 10_000 % unit, 0, "worth is a whole number of ten-thousandths");
        i64::try_from(worth * 10_000 / unit).unwrap()
    };
    settlement.players.iter().zip(worth).map(one).collect()
}

#[test]
fn settling_the_import_gives_the_known_answers() {
    for domain in domains() {
        let expected = expected(&domain);
        // The formats give the same numbers; the largest domain is settled once.
        let formats = if domain.ends_with("large_2p") { &FORMATS[..1] } else { &FORMATS[..] };
        for (format, endings) in formats {
            let case = imported(&domain, format, endings);
            let what = format!("{} as {format}", domain.display());
            let settlement = settle(&case, TrackId(0), Deals::Mandate).unwrap();
            assert_eq!(settlement.players.len(), case.actors.len());
            assert_eq!(settlement.examined, expected["n_outcomes"].as_u64().unwrap(), "{what}");
            assert_eq!(settlement.acceptable_count, expected["rational_weak"].as_u64().unwrap(), "{what}");
            match (&settlement.solutions, &settlement.blocked) {
                (Some(solutions), None) => {
                    let found: BTreeSet<Vec<i64>> = settlement
                        .frontier
                        .iter()
                        .map(|point| in_ten_thousandths(&case, &settlement, &point.worth))
                        .collect();
                    let points: BTreeSet<Vec<i64>> =
                        serde_json::from_value::<Vec<Vec<i64>>>(expected["pareto_rational_points"].clone())
                            .unwrap()
                            .into_iter()
                            .collect();
                    assert_eq!(
                        settlement.frontier.len() as u64,
                        expected["pareto_rational_unique"].as_u64().unwrap(),
                        "{what}"
                    );
                    assert_eq!(found, points, "{what}");
                    let nash = solutions.nash.as_ref().expect("no pressure here");
                    compare(nash, &expected["nash_product"], true, &what);
                    compare(&solutions.egalitarian, &expected["egalitarian_maximin_gain"], true, &what);
                    compare(&solutions.utilitarian, &expected["utilitarian_sum"], false, &what);
                    // Its known answers measure ratios over another range (up to the best of all packages, acceptable or not), so the
                    // leximin of ratios is taken here, over the known frontier.
                    let reservation: Vec<i64> = serde_json::from_value(expected["reservation"].clone()).unwrap();
                    let best = best_ratios(&points, &reservation);
                    for point in &solutions.kalai_smorodinsky.points {
                        let worth = in_ten_thousandths(&case, &settlement, &point.worth);
                        assert!(best.contains(&worth), "{what}: {worth:?} are not of {best:?}");
                    }
                }
                (None, Some(blocked)) => {
                    assert_eq!(expected["rational_weak"], 0, "{what}");
                    let sets = |sets: Vec<&Vec<Constraint>>| -> BTreeSet<Vec<usize>> {
                        let fallbacks =
                            |set: &Vec<Constraint>| set.iter().map(|one| one.actor().expect("a fallback").0).collect();
                        sets.into_iter().map(fallbacks).collect()
                    };
                    let known =
                        |key: &str| -> BTreeSet<Vec<usize>> { serde_json::from_value(expected[key].clone()).unwrap() };
                    assert_eq!(
                        sets(blocked.blocking_sets.iter().map(|set| &set.constraints).collect()),
                        known("muses"),
                        "{what}"
                    );
                    assert_eq!(sets(blocked.corrections.iter().collect()), known("mcses"), "{what}");
                }
                _ => panic!("{what}: a deal or a reason why there is none"),
            }
        }
    }
}

/// The packages of a point are the known ones. Where the known ones are of a formula without a tie-break, they may be more.
fn compare(found: &Solution, known: &Value, may_be_more: bool, what: &str) {
    let Some(known) = known.get("outcomes") else { return };
    let known: BTreeSet<Vec<usize>> = serde_json::from_value(known.clone()).unwrap();
    let found: BTreeSet<Vec<usize>> = found.points.iter().map(|point| point.package.clone()).collect();
    assert!(!found.is_empty() && found.is_subset(&known), "{what}: {found:?} are not of {known:?}");
    assert!(found == known || (may_be_more && known.len() > 1), "{what}: {found:?} are not {known:?}");
}

/// The points with the best worst share of the largest gain, then the best second-worst, and so on; a player who gains nowhere has share 1.
fn best_ratios(points: &BTreeSet<Vec<i64>>, reservation: &[i64]) -> BTreeSet<Vec<i64>> {
    let most = |player: usize| points.iter().map(|point| point[player] - reservation[player]).max().unwrap();
    let ratios = |point: &Vec<i64>| -> Vec<Ratio> {
        let one = |player: usize| match most(player) {
            0 => Ratio(1, 1),
            most => Ratio(point[player] - reservation[player], most),
        };
        let mut ratios: Vec<Ratio> = (0..point.len()).map(one).collect();
        ratios.sort();
        ratios
    };
    let best = points.iter().map(ratios).max().unwrap();
    points.iter().filter(|point| ratios(point) == best).cloned().collect()
}

/// A fraction with a denominator above 0.
#[derive(Debug, Clone, Copy)]
struct Ratio(i64, i64);

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.0 * other.1).cmp(&(other.0 * self.1))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ratio {}
