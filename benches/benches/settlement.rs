//! How long settlement takes, on the cases of the catalogue and on generated tables. Run with `cargo bench`.

use std::fmt::Write;

use winset::{Brief, Case, Deals, read, report, settle, unlock};

fn main() {
    divan::main();
}

fn syria() -> Case {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../cases/syria-2017/case.toml");
    let text = std::fs::read_to_string(path).expect("the case is there");
    read(&text).case.expect("the case is well formed")
}

/// Reading and checking the Syria case.
#[divan::bench]
fn syria_read(bencher: divan::Bencher<'_, '_>) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../cases/syria-2017/case.toml");
    let text = std::fs::read_to_string(path).expect("the case is there");
    bencher.bench(|| read(&text));
}

/// The whole Syria brief: every track, every lever combination, every claim with its control.
#[divan::bench(sample_count = 10)]
fn syria_brief(bencher: divan::Bencher<'_, '_>) {
    let case = syria();
    bencher.bench(|| report::brief(&Brief::of(&case), 100));
}

/// Geneva alone: the proof over all lever combinations.
#[divan::bench(sample_count = 10)]
fn syria_unlock_geneva(bencher: divan::Bencher<'_, '_>) {
    let case = syria();
    let geneva = case.track_id("geneva").expect("Geneva is a track");
    bencher.bench(|| unlock(&case, geneva, Deals::Mandate));
}

/// A generated table: three parties with additive worth, ten options an issue, fallbacks half way, 10^n packages.
#[divan::bench(args = [3, 4, 5, 6], sample_count = 5)]
fn three_parties_ten_options(bencher: divan::Bencher<'_, '_>, issues: u32) {
    let case = generated(3, issues, 10);
    let table = case.track_id("table").expect("generated");
    bencher.bench(|| settle(&case, table, Deals::Mandate));
}

/// A case with random weights and values, the same at every run (`SplitMix64`, seed 1).
fn generated(parties: u32, issues: u32, options: u32) -> Case {
    let mut state = 1_u64;
    let mut next = move |bound: u64| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    };
    let mut text = String::from("[case]\ntitle = \"Generated\"\nas_of = 2024-01-01\ntoday = \"no-agreement\"\n");
    for issue in 0..issues {
        let names: Vec<String> = (0..options).map(|option| format!("\"o{option}\"")).collect();
        write!(text, "[issue.i{issue}]\nname = \"I{issue}\"\noptions = [{}]\n", names.join(", "))
            .expect("writing to a string");
    }
    for party in 0..parties {
        write!(text, "[actor.p{party}]\nname = \"P{party}\"\nfallback = 0.5\n").expect("writing to a string");
        let weights: Vec<String> = (0..issues).map(|issue| format!("i{issue} = {}", 1 + next(9))).collect();
        writeln!(text, "weights = {{ {} }}", weights.join(", ")).expect("writing to a string");
        for issue in 0..issues {
            let values: Vec<String> = (0..options).map(|option| format!("o{option} = 0.{:04}", next(10_000))).collect();
            writeln!(text, "values.i{issue} = {{ {} }}", values.join(", ")).expect("writing to a string");
        }
    }
    let agenda: Vec<String> = (0..issues).map(|issue| format!("\"i{issue}\"")).collect();
    write!(text, "[track.table]\nname = \"Table\"\nagenda = [{}]\n[track.table.seats]\n", agenda.join(", "))
        .expect("writing to a string");
    for party in 0..parties {
        writeln!(text, "p{party} = \"party\"").expect("writing to a string");
    }
    read(&text).case.expect("generated cases are well formed")
}
