//! How many runs of a process a second: `cargo bench -p winset-benches --bench simulation` prints a line per case and number of threads, and how the
//! time grows with tracks and rounds. With a case, runs and
//! threads as arguments, one line of that alone: `cargo bench -p winset-benches --bench simulation -- cases/syria-2017 200000 2`.

use std::path::Path;
use std::time::Duration;

use winset::simulation::{Batch, Process, Quiet};
use winset::{Case, SourceText, read_files};

#[expect(clippy::disallowed_types, reason = "this measures time")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = std::time::Instant::now();
    let done = work();
    (done, began.elapsed())
}

/// A case of the catalogue, or one in a folder.
fn case_in(name: &str) -> Case {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    let text = |file: &str| std::fs::read_to_string(folder.join(file)).map_err(|error| error.to_string());
    let first = SourceText { name: "case.toml".to_owned(), text: text("case.toml").expect("the case is there") };
    read_files(first, &mut |file| text(file)).case.expect("the case is well formed")
}

/// So many fences between two neighbours, a track for each, and a settlement neither wants: agreements are made and break until the last round.
fn fences(tracks: usize) -> Case {
    let each = |text: fn(usize) -> String| (0..tracks).map(text).collect::<String>();
    let actor = |name: &str, broken: f64, wire: f64| {
        let weights: Vec<String> = (0..tracks).map(|at| format!("fence-{at} = 1")).collect();
        let values: Vec<String> = (0..tracks)
            .map(|at| format!("values.fence-{at} = {{ broken = {broken}, wire = {wire}, steel = 0 }}\n"))
            .collect();
        let values = values.concat();
        let weights = weights.join(", ");
        format!("[actor.{name}]\nfallback = {{ cost_of_going_on = 0.1 }}\nweights = {{ {weights} }}\n{values}")
    };
    let text = [
        "[case]\ntitle = \"Fences\"\nas_of = 2024-05-01\n".to_owned(),
        each(|at| format!("[issue.fence-{at}]\noptions = [\"broken\", \"wire\", \"steel\"]\n")),
        actor("north", 0.3, 0.7),
        actor("south", 0.4, 0.6),
        each(|at| {
            format!(
                "[track.talks-{at}]\nagenda = [\"fence-{at}\"]\nseats = {{ north = \"party\", south = \"party\" }}\nconcludes = \"peace\"\n"
            )
        }),
        "[framework.peace]\nbenchmarks = { steel = \"fence-0 = steel\" }\n[simulation]\n".to_owned(),
        each(|at| format!("[simulation.track.talks-{at}]\nmeets = 0.5\nhazard = 0.2\n")),
    ];
    let first = SourceText { name: "fences.toml".to_owned(), text: text.concat() };
    read_files(first, &mut |_| Err("there are no others".to_owned())).case.expect("the case is well formed")
}

fn process(case: &Case) -> Process {
    Process::new(case).expect("the case can be simulated")
}

fn measure(name: &str, process: &Process, runs: u64, threads: usize) {
    // The first runs work out the standings; they are counted, and told apart.
    let (_, first) = timed(|| process.simulate(&Batch::of(7, runs.min(2000), threads), &Quiet).expect("runs"));
    let (tally, all) = timed(|| process.simulate(&Batch::of(7, runs, threads), &Quiet).expect("runs"));
    println!(
        "{name}: {} runs of {} rounds on {threads} threads in {:.2} s: {:.0} runs a second once {} standings are worked out (first {} runs {:.0} ms)",
        tally.runs,
        process.horizon(),
        all.as_secs_f64(),
        tally.runs as f64 / all.as_secs_f64(),
        process.standings(),
        runs.min(2000),
        first.as_secs_f64() * 1e3,
    );
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [case, runs, threads] = arguments.as_slice() {
        let (runs, threads) = (runs.parse().expect("a number of runs"), threads.parse().expect("a number of threads"));
        measure(case, &process(&case_in(case)), runs, threads);
        return;
    }
    for case in ["cases/syria-2017", "cases/camp-david-1978", "cases/kempton-park-1993"] {
        for threads in [1, 2] {
            measure(case, &process(&case_in(case)), 200_000, threads);
        }
    }
    for tracks in [1, 2, 4] {
        measure(&format!("{tracks} fences"), &process(&fences(tracks)), 200_000, 2);
    }
    for rounds in [15, 30, 120] {
        measure("4 fences", &process(&fences(4)).with_horizon(rounds), 200_000, 2);
    }
}
