//! How long stability analysis takes: `cargo bench -p winset-benches --bench stability` prints a table. Larger models with a number of options as argument:
//! `cargo bench -p winset-benches --bench stability -- 26`.

use std::fmt::Write as _;

use winset::stability::{
    Concept, Direction, Model, ModelOption, OptionForm, Preference, SanctionRule, stability_under,
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
    use winset::stability::Formula;
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

#[expect(clippy::disallowed_types, reason = "a benchmark reads the clock")]
fn seconds(model: &Model, concepts: &[Concept], times: usize) -> f64 {
    let measure = || {
        let start = std::time::Instant::now();
        let result = stability_under(model, SanctionRule::Legal, concepts).expect("it is not too large");
        std::hint::black_box(&result);
        start.elapsed().as_secs_f64()
    };
    let mut measured: Vec<f64> = (0..times).map(|_| measure()).collect();
    measured.sort_by(f64::total_cmp);
    measured[times / 2]
}

/// How a model is made from numbers of options and decision makers.
type Kind = fn(usize, usize) -> Model;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![12, 16, 20] } else { sizes };
    let mut table =
        String::from("states  decision makers  preferences   all five  Nash, GMR, SMR   (seconds, median)\n");
    for options in sizes {
        let makers = if options >= 26 { 5 } else { 4 };
        let times = if options <= 16 {
            21
        } else if options <= 20 {
            5
        } else {
            1
        };
        let kinds: [(&str, Kind); 2] = [("random", random), ("statements", statements)];
        for (kind, model) in kinds {
            if options > 22 && kind == "statements" {
                continue;
            }
            let model = model(options, makers);
            let all = seconds(&model, &Concept::ALL, times);
            let three = seconds(&model, &Concept::ALL[..3], times);
            writeln!(table, "2^{options:<5} {makers:<16} {kind:<11} {all:>10.5}  {three:>14.5}").expect("text grows");
        }
    }
    print!("{table}");
}
