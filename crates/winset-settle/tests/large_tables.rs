//! Tables too large to list: the engines against listing, on tables small enough for both, and against domains answered elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use num_bigint::BigInt;
use serde_json::Value;
use winset_settle::large::{Best, Condition, Existence, Formula, NotKnown, WorthTable};

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).unsigned_abs()) as i64
    }

    fn formula(&mut self, options: &[usize], depth: u32) -> Formula {
        if depth == 0 || self.below(3) == 0 {
            let issue = self.below(options.len() as u64) as usize;
            return Formula::In(issue, u128::from(self.below(1 << options[issue])));
        }
        let parts = (0..2 + self.below(2)).map(|_| self.formula(options, depth - 1)).collect();
        if self.below(2) == 0 { Formula::And(parts) } else { Formula::Or(parts) }
    }

    /// A small table; coarse numbers, so that ties are everywhere.
    fn table(&mut self) -> WorthTable {
        let players = 1 + self.below(5) as usize;
        let options: Vec<usize> = (0..self.below(5)).map(|_| 1 + self.below(4) as usize).collect();
        let width = [2, 5, 20, 1000][self.below(4) as usize];
        let row = |random: &mut Random, count: &usize| (0..*count).map(|_| random.between(-width / 4, width)).collect();
        let worth: Vec<Vec<Vec<i64>>> =
            (0..players).map(|_| options.iter().map(|count| row(self, count)).collect()).collect();
        let reservation = (0..players).map(|_| self.between(-width, width * options.len() as i64 * 3 / 4)).collect();
        let count = if options.is_empty() { 0 } else { [0, 0, 1, 3, 5][self.below(5) as usize] };
        let conditions = (0..count)
            .map(|_| {
                let amounts = self.below(3);
                Condition {
                    when: self.formula(&options, 2),
                    adds: (0..amounts)
                        .map(|_| (self.below(players as u64) as usize, self.between(-width, width)))
                        .collect(),
                    demanded: self.below(3) == 0,
                }
            })
            .collect();
        WorthTable { options, worth, reservation, conditions }
    }
}

fn holds(formula: &Formula, package: &[usize]) -> bool {
    match formula {
        Formula::Constant(value) => *value,
        Formula::In(issue, options) => options >> package[*issue] & 1 == 1,
        Formula::And(parts) => parts.iter().all(|part| holds(part, package)),
        Formula::Or(parts) => parts.iter().any(|part| holds(part, package)),
    }
}

fn packages(table: &WorthTable) -> Vec<Vec<usize>> {
    table.options.iter().fold(vec![Vec::new()], |all, &count| {
        all.into_iter()
            .flat_map(|package: Vec<usize>| (0..count).map(move |option| [package.as_slice(), &[option]].concat()))
            .collect()
    })
}

fn worths(table: &WorthTable, package: &[usize]) -> Vec<i128> {
    let mut worths: Vec<i128> = table
        .worth
        .iter()
        .map(|issues| issues.iter().zip(package).map(|(options, &option)| i128::from(options[option])).sum())
        .collect();
    for condition in table.conditions.iter().filter(|condition| holds(&condition.when, package)) {
        condition.adds.iter().for_each(|&(player, amount)| worths[player] += i128::from(amount));
    }
    worths
}

/// The demands a package meets, one bit each.
fn met(table: &WorthTable, package: &[usize]) -> u64 {
    let worths = worths(table, package);
    let players = worths.len();
    let reached = (0..players).filter(|&player| worths[player] >= i128::from(table.reservation[player]));
    let holding = (0..table.conditions.len()).filter(|&at| holds(&table.conditions[at].when, package));
    reached.chain(holding.map(|at| players + at)).fold(0, |bits, at| bits | 1 << at)
}

fn demands(table: &WorthTable) -> u64 {
    let players = table.worth.len();
    let demanded = (0..table.conditions.len()).filter(|&at| table.conditions[at].demanded).map(|at| players + at);
    (0..players).chain(demanded).fold(0, |bits, at| bits | 1 << at)
}

fn beats(one: &[i128], other: &[i128]) -> bool {
    one != other && one.iter().zip(other).all(|(one, other)| one >= other)
}

/// What listing says of a table.
struct Listed {
    acceptable: Vec<(Vec<i128>, Vec<usize>)>,
    frontier: BTreeMap<Vec<i128>, BTreeSet<Vec<usize>>>,
}

fn list(table: &WorthTable) -> Listed {
    let demands = demands(table);
    let acceptable: Vec<(Vec<i128>, Vec<usize>)> = packages(table)
        .into_iter()
        .filter(|package| met(table, package) & demands == demands)
        .map(|package| (worths(table, &package), package))
        .collect();
    let mut frontier: BTreeMap<Vec<i128>, BTreeSet<Vec<usize>>> = BTreeMap::new();
    for (worth, package) in &acceptable {
        if !acceptable.iter().any(|(other, _)| beats(other, worth)) {
            frontier.entry(worth.clone()).or_default().insert(package.clone());
        }
    }
    Listed { acceptable, frontier }
}

/// The packages whose key is highest.
fn highest<K: Ord>(table: &WorthTable, listed: &Listed, key: impl Fn(Vec<i128>) -> Option<K>) -> BTreeSet<Vec<usize>> {
    let gains =
        |worth: &[i128]| worth.iter().zip(&table.reservation).map(|(worth, r)| worth - i128::from(*r)).collect();
    let keyed: Vec<(K, &Vec<usize>)> =
        listed.acceptable.iter().filter_map(|(worth, package)| Some((key(gains(worth))?, package))).collect();
    let Some(top) = keyed.iter().map(|(key, _)| key).max() else { return BTreeSet::new() };
    keyed.iter().filter(|(key, _)| key == top).map(|(_, package)| (*package).clone()).collect()
}

fn same_best(what: &str, found: Result<Best, NotKnown>, expected: &BTreeSet<Vec<usize>>, nothing: &[NotKnown]) {
    match found {
        Ok(best) => {
            assert_eq!(best.ties, expected.len() as u64, "{what}: ties");
            let found: BTreeSet<Vec<usize>> = best.packages.into_iter().collect();
            assert!(
                found.is_subset(expected) && found.len() == expected.len().min(100),
                "{what}: {found:?} {expected:?}"
            );
        }
        Err(reason) => {
            assert!(expected.is_empty() && nothing.contains(&reason), "{what}: {reason:?}, expected {expected:?}");
        }
    }
}

/// Every output against listing. Returns what was met with.
fn compare(table: &WorthTable) -> &'static str {
    let listed = list(table);
    let frontier = table.frontier(10_000).expect("small");
    let found: BTreeMap<Vec<i128>, BTreeSet<Vec<usize>>> = frontier
        .points
        .iter()
        .cloned()
        .zip(frontier.packages.iter().map(|all| all.iter().cloned().collect()))
        .collect();
    assert_eq!(found, listed.frontier, "frontier");
    assert!(frontier.points.windows(2).all(|pair| pair[0] > pair[1]), "highest first");
    let counts: Vec<u128> = frontier.points.iter().map(|point| listed.frontier[point].len() as u128).collect();
    assert_eq!(frontier.counts, counts, "multiplicities");
    assert_eq!(table.acceptable_count(), Ok(listed.acceptable.len() as u128), "count");

    let leximin = highest(table, &listed, |mut gains| {
        gains.sort_unstable();
        Some(gains)
    });
    same_best("egalitarian", table.egalitarian(), &leximin, &[NotKnown::Nothing]);
    let product = highest(table, &listed, |gains| {
        gains.iter().all(|gain| *gain > 0).then(|| gains.iter().fold(BigInt::from(1), |product, gain| product * gain))
    });
    same_best("Nash", table.nash(), &product, &[NotKnown::NoGain, NotKnown::Nothing]);
    let sum = highest(table, &listed, |gains| Some(gains.iter().sum::<i128>()));
    same_best("utilitarian", table.utilitarian(), &sum, &[NotKnown::Nothing]);

    let verdict = match table.existence() {
        Existence::Package(package) => {
            assert!(met(table, &package) & demands(table) == demands(table), "{package:?} is not acceptable");
            "a package"
        }
        Existence::Weights(weights) => {
            assert!(weights.iter().all(|weight| *weight >= 0));
            let weigh =
                |of: &dyn Fn(usize) -> i128| -> i128 { (0..weights.len()).map(|at| weights[at] * of(at)).sum() };
            let needed = weigh(&|at| i128::from(table.reservation[at]));
            let mandated = demands(table) >> table.worth.len() << table.worth.len();
            for package in packages(table).iter().filter(|package| met(table, package) & mandated == mandated) {
                let worths = worths(table, package);
                assert!(weigh(&|at| worths[at]) < needed, "{weights:?} prove nothing at {package:?}");
            }
            "weights"
        }
        Existence::Conditions => "conditions",
        Existence::Exhausted(_) => "exhausted",
        Existence::Undecided(nodes) => panic!("undecided after {nodes} nodes"),
    };
    assert_eq!(verdict == "a package", !listed.acceptable.is_empty(), "existence: {verdict}");
    blocking(table);
    within(table, &listed);
    verdict
}

/// Minimal blocking and correction sets against every subset.
fn blocking(table: &WorthTable) {
    let all: Vec<u64> = packages(table).iter().map(|package| met(table, package)).collect();
    let bits: Vec<u32> = (0..64).filter(|bit| demands(table) >> bit & 1 == 1).collect();
    let subset = |mask: u64| {
        bits.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).fold(0_u64, |set, (_, bit)| set | 1 << bit)
    };
    let can_hold = |set: u64| all.iter().any(|met| met & set == set);
    let (mut blocking, mut corrections) = (BTreeSet::new(), BTreeSet::new());
    let members = |set: u64| (0..64).filter(|bit| set >> bit & 1 == 1).collect::<Vec<usize>>();
    for mask in 0..1_u64 << bits.len() {
        let set = subset(mask);
        let without = |bit: &u32| set & !(1 << bit);
        let inside = || bits.iter().filter(|bit| set >> **bit & 1 == 1);
        if !can_hold(set) && inside().all(|bit| can_hold(without(bit))) {
            blocking.insert(members(set));
        }
        let rest = demands(table) & !set;
        if can_hold(rest) && inside().all(|bit| !can_hold(rest | 1 << bit)) {
            corrections.insert(members(set));
        }
    }
    let found = table.blocking_sets().expect("small");
    assert_eq!(found.blocking.iter().cloned().collect::<BTreeSet<_>>(), blocking, "blocking sets");
    assert_eq!(found.corrections.iter().cloned().collect::<BTreeSet<_>>(), corrections, "corrections");
    assert!(found.blocking.windows(2).all(|pair| pair[0].len() <= pair[1].len()), "smallest first");
}

/// The promise of a frontier within a distance.
fn within(table: &WorthTable, listed: &Listed) {
    let distance: Vec<i64> = table.worth.iter().enumerate().map(|(at, _)| [7, 40, 3, 300, 12][at]).collect();
    let frontier = table.frontier_within(&distance, 1).expect("small");
    for (point, packages) in frontier.points.iter().zip(&frontier.packages) {
        assert!(packages.iter().all(|package| worths(table, package) == *point), "a point is a package's own");
        assert!(packages.iter().all(|package| met(table, package) & demands(table) == demands(table)));
    }
    let steps: Vec<i128> = distance
        .iter()
        .map(|d| (i128::from(*d) / (table.options.len() as i128).max(1)).max(1) * (table.options.len() as i128).max(1))
        .collect();
    for (worth, _) in &listed.acceptable {
        let clear = (0..worth.len()).all(|at| worth[at] >= i128::from(table.reservation[at]) + steps[at]);
        let near = |point: &Vec<i128>| (0..worth.len()).all(|at| point[at] > worth[at] - steps[at]);
        assert!(!clear || frontier.points.iter().any(near), "{worth:?} is far from {:?}", frontier.points);
    }
}

#[test]
fn small_tables_are_answered_as_by_listing() {
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in 0..1000 {
        let table = Random(seed).table();
        let verdict = std::panic::catch_unwind(|| compare(&table)).unwrap_or_else(|_| panic!("seed {seed}: {table:?}"));
        *seen.entry(verdict).or_default() += 1;
    }
    for (verdict, least) in [("a package", 200), ("weights", 150), ("exhausted", 5), ("conditions", 50)] {
        let times = seen.get(verdict).copied().unwrap_or(0);
        assert!(times >= least, "`{verdict}` only {times} times: {seen:?}");
    }
}

#[test]
fn hostile_tables_do_not_overflow() {
    let extreme = |at: usize| [i64::MIN, i64::MAX, 0, 1, -1][at % 5];
    let table = |players: usize, issues: usize, reservation: i64| WorthTable {
        options: vec![5; issues],
        worth: (0..players)
            .map(|player| {
                (0..issues).map(|issue| (0..5).map(|option| extreme(player + issue * option)).collect()).collect()
            })
            .collect(),
        reservation: vec![reservation; players],
        conditions: vec![Condition {
            when: Formula::In(0, 0b11),
            adds: vec![(0, i64::MAX), (1, i64::MIN)],
            demanded: false,
        }],
    };
    for reservation in [i64::MIN, 0, i64::MAX] {
        compare(&table(3, 3, reservation));
    }
    // Everything ties: 5^40 packages at one point.
    let ties = WorthTable {
        options: vec![5; 40],
        worth: vec![vec![vec![3; 5]; 40]; 4],
        reservation: vec![120; 4],
        conditions: Vec::new(),
    };
    let frontier = ties.frontier(10).expect("one point");
    assert_eq!((frontier.points.len(), frontier.counts[0]), (1, 5_u128.pow(40)));
    assert_eq!(frontier.packages[0].len(), 10);
    assert_eq!(ties.acceptable_count(), Ok(5_u128.pow(40)));
    assert!(matches!(ties.existence(), Existence::Package(_)));
    let egalitarian = ties.egalitarian().expect("everything ties");
    assert!(egalitarian.more && egalitarian.packages.len() == 100, "more tie than are counted, and that is said");
    assert!(ties.utilitarian().expect("everything ties").more);
    let nothing = WorthTable { reservation: vec![121; 4], ..ties };
    assert!(matches!(nothing.existence(), Existence::Weights(_)));
    let everything = |options: Vec<usize>| WorthTable {
        worth: vec![options.iter().map(|count| vec![0; *count]).collect(); 17],
        reservation: vec![0; 17],
        options,
        conditions: Vec::new(),
    };
    assert_eq!(everything(vec![1, 1]).frontier(1), Err(NotKnown::TooLarge), "17 players are refused by name");
}

/// A domain of the oracles, as a table.
fn oracle(name: &str) -> (WorthTable, Value) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/settlement-oracles").join(name);
    let json = |file: &str| -> Value {
        let text = std::fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{name}/{file}: {error}"));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}/{file}: {error}"))
    };
    let hundredths = |value: &Value| (value.as_f64().expect("a number") * 100.0).round() as i64;
    let (expected, domain) = (json("expected.json"), json("domain.json"));
    let issues = domain["issuesValues"].as_object().expect("issues");
    let names = |issue: &str| issues[issue]["values"].as_array().expect("values").clone();
    let reservation: Vec<i64> = numbers(&expected["reservation"]);
    let worth = (1..=reservation.len())
        .map(|party| {
            let profile = &json(&format!("party{party:02}.json"))["LinearAdditiveUtilitySpace"];
            issues
                .keys()
                .map(|issue| {
                    let utilities = &profile["issueUtilities"][issue]["discreteutils"]["valueUtilities"];
                    let weight = hundredths(&profile["issueWeights"][issue]);
                    names(issue)
                        .iter()
                        .map(|name| weight * hundredths(&utilities[name.as_str().expect("a name")]))
                        .collect()
                })
                .collect()
        })
        .collect();
    let options = issues.keys().map(|issue| names(issue).len()).collect();
    (WorthTable { options, worth, reservation, conditions: Vec::new() }, expected)
}

fn numbers(value: &Value) -> Vec<i64> {
    value.as_array().expect("a list").iter().map(|entry| entry.as_i64().expect("a whole number")).collect()
}

fn sets<T: Ord>(value: &Value, get: impl Fn(i64) -> T) -> BTreeSet<Vec<T>> {
    value.as_array().expect("a list").iter().map(|set| numbers(set).into_iter().map(&get).collect()).collect()
}

#[test]
fn domains_answered_elsewhere_get_the_same_answers() {
    let names = [
        "ceasefire_4p",
        "eight_parties",
        "framework_5p",
        "indifferent_3p",
        "knife_edge_3p",
        "large_2p",
        "no_zopa_3p",
        "single_issue_3p",
        "ties_2p",
        "tiny_2p",
    ];
    for name in names {
        let (table, expected) = oracle(name);
        assert_eq!(table.acceptable_count().ok(), expected["rational_weak"].as_u64().map(u128::from), "{name}: count");
        let frontier = table.frontier(1).unwrap_or_else(|reason| panic!("{name}: {reason:?}"));
        let blocked = table.blocking_sets().unwrap_or_else(|reason| panic!("{name}: {reason:?}"));
        if expected["rational_weak"] == 0 {
            assert!(frontier.points.is_empty(), "{name}");
            assert!(!matches!(table.existence(), Existence::Package(_) | Existence::Undecided(_)), "{name}");
            let index = |number: i64| usize::try_from(number).expect("an index");
            assert_eq!(
                blocked.blocking.into_iter().collect::<BTreeSet<_>>(),
                sets(&expected["muses"], index),
                "{name}"
            );
            assert_eq!(
                blocked.corrections.into_iter().collect::<BTreeSet<_>>(),
                sets(&expected["mcses"], index),
                "{name}"
            );
            continue;
        }
        assert!(blocked.blocking.is_empty() && blocked.corrections == [Vec::<usize>::new()], "{name}: nothing blocks");
        assert!(matches!(table.existence(), Existence::Package(_)), "{name}");
        let points: BTreeSet<Vec<i128>> = frontier.points.iter().cloned().collect();
        assert_eq!(points, sets(&expected["pareto_rational_points"], i128::from), "{name}: frontier");
        let packages: u128 = frontier.counts.iter().sum();
        assert_eq!(Some(packages), expected["pareto_rational_outcomes"].as_u64().map(u128::from), "{name}: packages");
        // Its bargaining points start from the least anyone could get, where a reservation lies below that.
        let least = numbers(&expected["min"]);
        let reservation =
            table.reservation.iter().zip(least).map(|(reservation, least)| *reservation.max(&least)).collect();
        let table = WorthTable { reservation, ..table };
        let egalitarian = table.egalitarian().unwrap_or_else(|reason| panic!("{name}: {reason:?}"));
        let worst = |package: &[usize]| {
            let gains =
                worths(&table, package).into_iter().zip(&table.reservation).map(|(worth, r)| worth - i128::from(*r));
            gains.min().expect("players").to_string()
        };
        assert_eq!(
            expected["egalitarian_maximin_gain"]["value"],
            worst(&egalitarian.packages[0]),
            "{name}: egalitarian"
        );
        let product: &str = expected["nash_product"]["value"].as_str().expect("a number");
        match table.nash() {
            Ok(nash) => assert_eq!(Some(nash.ties), expected["nash_product"]["n"].as_u64(), "{name}: Nash"),
            Err(reason) => assert!(reason == NotKnown::NoGain && product == "0", "{name}: {reason:?}, {product}"),
        }
        let utilitarian = table.utilitarian().unwrap_or_else(|reason| panic!("{name}: {reason:?}"));
        let total: i128 = worths(&table, &utilitarian.packages[0]).into_iter().sum();
        assert_eq!(expected["utilitarian_sum"]["value"], total.to_string(), "{name}: utilitarian");
    }
}
