//! How long settlement takes, on the cases of the catalogue and on generated tables. Run with `cargo bench`.

use std::fmt::Write;

use winset::{
    Brief, Case, Deals, DrawSettings, Reading, SourceText, assembly_of, read, read_files, report, settle, unlock,
};

fn main() {
    // How much each of the assembly benchmarks walks.
    for (tracks, options) in [(1, 3), (2, 3), (3, 3), (4, 3), (3, 2), (3, 4)] {
        if let Some(Ok(assembly)) = assembly_of(&process(tracks, options)) {
            let reach = &assembly.reach;
            println!(
                "assembly, {tracks} tracks, {options} options: {} states{}",
                reach.states.len(),
                if reach.cut_off { ", cut off" } else { "" }
            );
        }
    }
    divan::main();
}

fn syria() -> Case {
    read_syria().case.expect("the case is well formed")
}

/// The case with the files it names.
fn read_syria() -> Reading {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../cases/syria-2017"));
    let file = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    let first = SourceText { name: "case.toml".to_owned(), text: file("case.toml").expect("the case is there") };
    read_files(first, &mut |name| file(name))
}

/// Reading and checking the Syria case.
#[divan::bench]
fn syria_read(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(read_syria);
}

/// The whole Syria brief: every track, every lever combination, every claim with its control.
#[divan::bench(sample_count = 10)]
fn syria_brief(bencher: divan::Bencher<'_, '_>) {
    let case = syria();
    bencher.bench(|| report::brief(&Brief::of(&case), 100));
}

/// The same with so many draws of its numbers, on two threads.
#[divan::bench(args = [1_000, 10_000], sample_count = 3)]
fn syria_brief_with_draws(bencher: divan::Bencher<'_, '_>, draws: u64) {
    let case = syria();
    let settings = DrawSettings { draws, seed: 1, threads: 2 };
    bencher.bench(|| report::brief(&Brief::with_draws(&case, settings), 100));
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

/// The Syria process across all its tracks.
#[divan::bench(sample_count = 5)]
fn syria_assembly(bencher: divan::Bencher<'_, '_>) {
    let case = syria();
    bencher.bench(|| assembly_of(&case));
}

/// Generated processes: so many tracks of two issues with three options each, the same three parties everywhere, one framework over all issues.
#[divan::bench(args = [1, 2, 3, 4], sample_count = 3)]
fn assembly_by_tracks(bencher: divan::Bencher<'_, '_>, tracks: u32) {
    let case = process(tracks, 3);
    bencher.bench(|| assembly_of(&case));
}

/// Generated processes of three tracks, by options an issue.
#[divan::bench(args = [2, 3, 4], sample_count = 3)]
fn assembly_by_options(bencher: divan::Bencher<'_, '_>, options: u32) {
    let case = process(3, options);
    bencher.bench(|| assembly_of(&case));
}

/// A generated case whose issues are shared out over tracks, two each, with a framework that asks for a change of every issue.
fn process(tracks: u32, options: u32) -> Case {
    let one_table = generated_text(3, 2 * tracks, options, false);
    let (body, _) = one_table.split_once("[track.table]").expect("generated");
    let mut text = body.to_owned();
    for track in 0..tracks {
        write!(text, "[track.t{track}]\nagenda = [\"i{}\", \"i{}\"]\n", 2 * track, 2 * track + 1)
            .expect("writing to a string");
        if track == 0 {
            text.push_str("concludes = \"accord\"\n");
        }
        text.push_str("seats = { p0 = \"party\", p1 = \"party\", p2 = \"party\" }\n");
    }
    text.push_str("[framework.accord.benchmarks]\n");
    for issue in 0..2 * tracks {
        writeln!(text, "b{issue} = \"changed(i{issue})\"").expect("writing to a string");
    }
    read(&text).case.expect("generated cases are well formed")
}

/// A case with random weights and values, the same at every run (`SplitMix64`, seed 1).
fn generated(parties: u32, issues: u32, options: u32) -> Case {
    read(&generated_text(parties, issues, options, true)).case.expect("generated cases are well formed")
}

fn generated_text(parties: u32, issues: u32, options: u32, no_agreement: bool) -> String {
    let mut state = 1_u64;
    let mut next = move |bound: u64| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    };
    let mut text = String::from("[case]\ntitle = \"Generated\"\nas_of = 2024-01-01\n");
    let fallback = if no_agreement { "0.5" } else { "{ cost_of_going_on = 0.2 }" };
    if no_agreement {
        text.push_str("today = \"no-agreement\"\n");
    }
    for issue in 0..issues {
        let names: Vec<String> = (0..options).map(|option| format!("\"o{option}\"")).collect();
        write!(text, "[issue.i{issue}]\nname = \"I{issue}\"\noptions = [{}]\n", names.join(", "))
            .expect("writing to a string");
    }
    for party in 0..parties {
        write!(text, "[actor.p{party}]\nname = \"P{party}\"\nfallback = {fallback}\n").expect("writing to a string");
        let weights: Vec<String> = (0..issues).map(|issue| format!("i{issue} = {}", 1 + next(9))).collect();
        writeln!(text, "weights = {{ {} }}", weights.join(", ")).expect("writing to a string");
        for issue in 0..issues {
            // Where there is a status quo it is the worst for everyone, so that there is something to agree on.
            let mut value = |option: u32| if option == 0 && !no_agreement { 0 } else { next(10_000) };
            let values: Vec<String> =
                (0..options).map(|option| format!("o{option} = 0.{:04}", value(option))).collect();
            writeln!(text, "values.i{issue} = {{ {} }}", values.join(", ")).expect("writing to a string");
        }
    }
    let agenda: Vec<String> = (0..issues).map(|issue| format!("\"i{issue}\"")).collect();
    write!(text, "[track.table]\nname = \"Table\"\nagenda = [{}]\n[track.table.seats]\n", agenda.join(", "))
        .expect("writing to a string");
    for party in 0..parties {
        writeln!(text, "p{party} = \"party\"").expect("writing to a string");
    }
    text
}
