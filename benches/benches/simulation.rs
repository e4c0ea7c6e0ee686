//! How many runs of a process a second: `cargo bench -p winset-benches --bench simulation` prints a line per case and number of threads. With a case, runs and
//! threads as arguments, one line of that alone: `cargo bench -p winset-benches --bench simulation -- cases/syria-2017 200000 2`.

use std::path::Path;
use std::time::Duration;

use winset::simulation::{Batch, Process, Quiet};
use winset::{SourceText, read_files};

#[expect(clippy::disallowed_types, reason = "this measures time")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = std::time::Instant::now();
    let done = work();
    (done, began.elapsed())
}

fn measure(name: &str, runs: u64, threads: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    let text = |file: &str| std::fs::read_to_string(folder.join(file)).map_err(|error| error.to_string());
    let first = SourceText { name: "case.toml".to_owned(), text: text("case.toml").expect("the case is there") };
    let case = read_files(first, &mut |file| text(file)).case.expect("the case is well formed");
    let (process, prepared) = timed(|| Process::new(&case).expect("the case can be simulated"));
    // The first runs work out the standings; they are counted, and told apart.
    let (_, first) = timed(|| process.simulate(&Batch::of(7, runs.min(2000), threads), &Quiet).expect("runs"));
    let (tally, all) = timed(|| process.simulate(&Batch::of(7, runs, threads), &Quiet).expect("runs"));
    println!(
        "{name}: {} runs of {} rounds on {threads} threads: {:.0} runs a second once {} standings are worked out (prepared in {:.0} ms, first {} runs {:.0} ms)",
        tally.runs,
        process.horizon(),
        tally.runs as f64 / all.as_secs_f64(),
        process.standings(),
        prepared.as_secs_f64() * 1e3,
        runs.min(2000),
        first.as_secs_f64() * 1e3,
    );
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [case, runs, threads] = arguments.as_slice() {
        measure(case, runs.parse().expect("a number of runs"), threads.parse().expect("a number of threads"));
        return;
    }
    for case in ["cases/syria-2017", "cases/camp-david-1978", "cases/kempton-park-1993"] {
        for threads in [1, 2] {
            measure(case, 200_000, threads);
        }
    }
}
