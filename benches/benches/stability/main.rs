//! How long stability analysis takes, and how near that is to what the memory allows: `cargo bench -p winset-benches --bench stability` prints a table. Larger
//! models with a number of options as argument: `cargo bench -p winset-benches --bench stability -- 26`. From 40 options on, states are not listed: decision
//! diagrams answer for Nash, GMR and SMR.

mod roofline;

use std::fmt::Write as _;

use roofline::{GIGABYTE, bytes, copy_speed, last_level_cache, read_speed};

use winset::stability::{
    Budget, CompactModel, Concept, Direction, Formula, Model, ModelOption, OptionForm, Order, Preference, SanctionRule,
    SymbolicStability, stability_under, symbolic_stability,
};

/// A model with every choice of options, and ranks that are a permutation drawn with a fixed seed: the hardest kind, since nothing about it is regular.
fn random(options: usize, makers: usize) -> Model {
    let option =
        |number| ModelOption { name: String::new(), owner: number * makers / options, direction: Direction::Both };
    let form = OptionForm {
        decision_makers: vec![String::new(); makers],
        options: (0..options).map(option).collect(),
        ..OptionForm::default()
    };
    let states = form.states().expect("it is not too large");
    let mut seed = 0x9e37_79b9_7f4a_7c15 ^ (options * 31 + makers) as u64;
    let rankings: Vec<Preference> = (0..makers).map(|_| Preference::Ranks(shuffled(states.len(), &mut seed))).collect();
    Model::new(form, states, rankings).expect("every state has a rank")
}

/// Statements over three options each, as in applications: many ties.
fn statements(options: usize, makers: usize) -> Model {
    let mut model = random(options, makers);
    let mut seed = 7_u64;
    for maker in 0..makers {
        let statement = |_| {
            let mut draw = || (0..3).fold(0_u64, |mask, _| mask | 1 << (next(&mut seed) % options as u64));
            let mask = draw();
            Formula::Pattern { mask, value: mask & draw() }
        };
        let statements: Vec<Formula> = (0..12).map(statement).collect();
        model.set_preference(maker, Preference::Statements(statements)).expect("statements always fit");
    }
    model
}

/// The same number of states, each worse than the next for everyone: every branch goes as the one before it. How much slower random ranks are is what being
/// unpredictable costs.
fn in_order(options: usize, makers: usize) -> Model {
    let mut model = random(options, makers);
    for maker in 0..makers {
        model.set_preference(maker, Preference::Ranks((0..1 << options).collect())).expect("every state has a rank");
    }
    model
}

/// What a model too large to be listed is like.
#[derive(Clone, Copy)]
struct Large {
    /// A condition per five options rules out a choice of three of them.
    infeasible: bool,
    /// Every decision maker has twenty-four statements about anybody's options; else twelve about its own and its neighbour's. Two or three options each.
    entangled: bool,
    /// Every fourth option can be taken and not given up.
    one_way: bool,
}

fn compact(options: usize, makers: usize, kind: Large) -> CompactModel {
    let owner = |number: usize| number * makers / options;
    let option = |number| {
        let direction = if kind.one_way && number % 4 == 0 { Direction::OnlyOn } else { Direction::Both };
        ModelOption { name: String::new(), owner: owner(number), direction }
    };
    let mut seed = 0x9e37_79b9_7f4a_7c15 ^ (options * 31 + makers) as u64;
    let mut pattern = |holders: &[usize], length: usize| {
        let held: Vec<usize> = (0..options).filter(|number| holders.contains(&owner(*number))).collect();
        let (mut mask, mut value) = (0_u64, 0_u64);
        for _ in 0..length {
            let option = held[(next(&mut seed) % held.len() as u64) as usize];
            mask |= 1 << option;
            value |= (next(&mut seed) % 2) << option;
        }
        Formula::Pattern { mask, value: value & mask }
    };
    let orders = (0..makers)
        .map(|maker| {
            let all: Vec<usize> = (0..makers).collect();
            let both = [maker, (maker + 1) % makers];
            let (about, count) = if kind.entangled { (&all[..], 24) } else { (&both[..], 12) };
            Order::Statements((0..count).map(|place| pattern(about, 2 + place % 2)).collect())
        })
        .collect();
    let conditions = if kind.infeasible { options / 5 } else { 0 };
    let conditions = (0..conditions).map(|number| pattern(&[number % makers, (number + 1) % makers], 3)).collect();
    let form = OptionForm {
        decision_makers: vec![String::new(); makers],
        options: (0..options).map(option).collect(),
        infeasible: conditions,
        merged: Vec::new(),
    };
    CompactModel { form, orders, hidden: Vec::new() }
}

/// A line per kind of large model: seconds, the least of several; nodes at the end; how many equilibria.
fn diagrams(options: usize, table: &mut String) {
    let both = [false, true];
    let kinds = both.into_iter().flat_map(|one_way| both.map(|entangled| (one_way, entangled)));
    let kinds = kinds.flat_map(|(one_way, entangled)| both.map(|infeasible| Large { infeasible, entangled, one_way }));
    for (makers, kind) in (4..=6).flat_map(|makers| kinds.clone().map(move |kind| (makers, kind))) {
        let model = compact(options, makers, kind);
        let measured = || timed(|| symbolic_stability(&model, SanctionRule::Legal, Budget::default()));
        let (mut seconds, result) = measured();
        // What takes long is measured once.
        for _ in 0..if seconds < 10.0 { 2 } else { 0 } {
            seconds = seconds.min(measured().0);
        }
        let about = if kind.entangled { "24 on anybody" } else { "12 on two" };
        let left = if kind.infeasible { "some left out" } else { "none left out" };
        let kind = format!("{about}, {left}{}", if kind.one_way { ", one way" } else { "" });
        let text = match result {
            Ok(result) => {
                let counts = SymbolicStability::CONCEPTS.map(|concept| result.equilibrium_count(concept).unwrap_or(0));
                format!(
                    "{seconds:>8.3}  {:>8} nodes; states {}, equilibria {counts:?}",
                    result.nodes(),
                    result.states()
                )
            }
            Err(refusal) => format!("{seconds:>8.3}  refused: {refusal}"),
        };
        writeln!(table, "2^{options:<5} {makers:<16} {kind:<38} {text}").expect("text grows");
    }
}

#[expect(clippy::disallowed_types, reason = "a benchmark reads the clock")]
fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = std::time::Instant::now();
    let result = std::hint::black_box(work());
    (start.elapsed().as_secs_f64(), result)
}

fn next(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

fn shuffled(states: usize, seed: &mut u64) -> Vec<u32> {
    let mut ranks: Vec<u32> = (0..states as u32).collect();
    for at in (1..states).rev() {
        ranks.swap(at, (next(seed) % (at as u64 + 1)) as usize);
    }
    ranks
}

/// The seconds an analysis takes: the least of as many runs as fit a second or so, one at least.
fn seconds(model: &Model, concepts: &[Concept]) -> f64 {
    let (mut least, mut spent, mut runs) = (f64::INFINITY, 0.0, 0);
    while runs == 0 || spent < 1.5 && runs < 50 {
        let (seconds, _) =
            timed(|| stability_under(model, SanctionRule::Legal, concepts).expect("it is not too large"));
        least = least.min(seconds);
        spent += seconds;
        runs += 1;
    }
    least
}

/// What is measured together, and its name in the table.
const ASKED: [(&str, &[Concept]); 6] = [
    ("Nash", &[Concept::Nash]),
    ("GMR", &[Concept::Gmr]),
    ("SMR", &[Concept::Smr]),
    ("Nash, GMR, SMR", &[Concept::Nash, Concept::Gmr, Concept::Smr]),
    ("SEQ, SSEQ", &[Concept::Seq, Concept::Sseq]),
    ("all five", &Concept::ALL),
];

/// A line for each of the concepts: seconds, bytes, and how near to the memory's speed.
fn listed(kind: &str, options: usize, model: &Model, table: &mut String) {
    let makers = model.decision_makers().len();
    let bits: Vec<u32> = (0..makers).map(|maker| model.holding(maker).count_ones()).collect();
    let roof = read_speed((4 * makers) << options);
    for (name, concepts) in ASKED {
        let seconds = seconds(model, concepts);
        let bytes = bytes(&bits, concepts) as f64;
        let reached = bytes / seconds;
        writeln!(
            table,
            "2^{options:<5} {makers:<6} {kind:<11} {name:<15} {seconds:>9.5} {:>9.4} {:>7.2} {:>7.2} {:>6.0}% {:>11.1}",
            bytes / GIGABYTE,
            reached / GIGABYTE,
            roof / GIGABYTE,
            100.0 * reached / roof,
            (1_u64 << options) as f64 / seconds / 1e6,
        )
        .expect("text grows");
    }
}

/// How a model is made from numbers of options and decision makers.
type Kind = fn(usize, usize) -> Model;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![12, 16, 20, 40, 60] } else { sizes };
    let mut table = String::new();
    let mut large = String::new();
    for options in sizes {
        if options >= 40 {
            diagrams(options, &mut large);
            continue;
        }
        let makers = if options >= 26 { 5 } else { 4 };
        let kinds: [(&str, Kind); 3] = [("random", random), ("statements", statements), ("in order", in_order)];
        for (kind, model) in kinds {
            if options <= 22 || kind == "random" {
                listed(kind, options, &model(options, makers), &mut table);
            }
        }
    }
    if !table.is_empty() {
        let (cache, megabyte) = (last_level_cache(), f64::from(1 << 20));
        let bytes = 8 * cache;
        println!(
            "One thread. Memory, with arrays of {:.0} MiB and a last-level cache of {:.0} MiB: {:.1} GB/s reading, {:.1} GB/s copying (read and written).",
            bytes as f64 / megabyte,
            cache as f64 / megabyte,
            read_speed(bytes) / GIGABYTE,
            copy_speed(bytes) / GIGABYTE,
        );
        println!("GB: read and written at least. Roof: GB/s at which an array as large as the ranks is read through.");
        println!(
            "states  makers preferences concepts          seconds        GB    GB/s    roof   share  million states/s"
        );
        println!("{table}");
    }
    if !large.is_empty() {
        println!(
            "states  decision makers  statements, states                     Nash, GMR, SMR by decision diagrams (seconds, least of 3)"
        );
        println!("{large}");
    }
}
