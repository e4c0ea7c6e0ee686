//! Prints, as a Markdown table, how long tables too large to list take and how much memory.
//!
//! Every measurement is another table, made from seeds 1, 2, …, in a process of its own, so that its peak of memory is its own. With words, only rows that contain one of them are measured:
//! `cargo run --release -p winset-benches --bin table -- frontier`.

use std::process::{Command, ExitCode};
use std::time::Duration;

use winset_benches::tables::{Shape, Wants, at_the_edge, table, with_conditions};
use winset_settle::large::{Existence, WorthTable};

/// What is measured.
struct Row {
    question: &'static str,
    target: &'static str,
    peer: &'static str,
    seeds: u64,
    make: Box<dyn Fn(u64) -> WorthTable>,
    /// Answers, and says what it found.
    answer: Box<dyn Fn(&WorthTable) -> String>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rows = rows();
    if let [flag, row, seed] = &arguments[..]
        && flag == "--measure"
    {
        let (Ok(row), Ok(seed)) = (row.parse::<usize>(), seed.parse()) else { return ExitCode::FAILURE };
        print_measurement(&rows[row], seed);
        return ExitCode::SUCCESS;
    }
    println!("| Question | Target | Median | Slowest | Peak memory | Found (first, slowest) | Elsewhere |");
    println!("|---|---|---|---|---|---|---|");
    for (number, row) in rows.iter().enumerate() {
        if !arguments.is_empty() && !arguments.iter().any(|word| row.question.contains(word.as_str())) {
            continue;
        }
        let mut measured: Vec<(Duration, u64, String)> = Vec::new();
        for seed in 1..=row.seeds {
            match measure(number, seed) {
                Some(found) => measured.push(found),
                None => eprintln!("{}: seed {seed} was not measured", row.question),
            }
        }
        let first = measured.first().map_or(String::new(), |(.., found)| found.clone());
        measured.sort();
        let (Some(median), Some(slowest)) = (measured.get(measured.len() / 2), measured.last()) else { continue };
        let memory = measured.iter().map(|(_, memory, _)| *memory).max().unwrap_or(0);
        println!(
            "| {} | {} | {} | {} of {} | {} | {first}; {} | {} |",
            row.question,
            row.target,
            written(median.0),
            written(slowest.0),
            measured.len(),
            if memory == 0 { "not known here".to_owned() } else { format!("{} MB", memory.div_ceil(1000)) },
            slowest.2,
            row.peer
        );
    }
    ExitCode::SUCCESS
}

/// Measures one table in a process of its own.
fn measure(row: usize, seed: u64) -> Option<(Duration, u64, String)> {
    let program = std::env::current_exe().ok()?;
    let output = Command::new(program).args(["--measure", &row.to_string(), &seed.to_string()]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut parts = text.trim().splitn(3, ' ');
    let nanoseconds = parts.next()?.parse().ok()?;
    let memory = parts.next()?.parse().ok()?;
    Some((Duration::from_nanos(nanoseconds), memory, parts.next()?.to_owned()))
}

#[expect(clippy::disallowed_types, reason = "measuring time is what this is for")]
fn print_measurement(row: &Row, seed: u64) {
    let table = (row.make)(seed);
    let (start, started) = (std::time::Instant::now(), processor_time());
    let found = (row.answer)(&table);
    let took = start.elapsed();
    // Other programs may have had the processor in between. What the system counts is coarse, so it says nothing of short times.
    let counted = started.zip(processor_time()).map(|(start, end)| end.saturating_sub(start));
    let took = counted.filter(|_| took > Duration::from_millis(40)).map_or(took, |counted| counted.min(took));
    println!("{} {} {found}", took.as_nanos(), peak_memory().unwrap_or(0));
}

/// How long this process has had the processor, where the system says.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split_whitespace().next()?.parse().ok()?))
}

/// The most memory this process has held, in kilobytes, where the system says.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn written(time: Duration) -> String {
    match time.as_secs_f64() {
        seconds if seconds >= 1.0 => format!("{seconds:.1} s"),
        seconds if seconds >= 0.01 => format!("{:.0} ms", seconds * 1e3),
        seconds => format!("{:.2} ms", seconds * 1e3),
    }
}

fn frontier(table: &WorthTable) -> String {
    table.frontier(1).map_or_else(|reason| format!("{reason:?}"), |found| format!("{} points", found.points.len()))
}

fn existence(table: &WorthTable) -> String {
    match table.existence() {
        Existence::Package(_) => "a deal".to_owned(),
        Existence::Weights(_) => "none, by weights".to_owned(),
        Existence::Conditions => "none, by conditions".to_owned(),
        Existence::Exhausted(nodes) => format!("none, by search ({nodes})"),
        Existence::Undecided(nodes) => format!("undecided ({nodes})"),
    }
}

fn best(found: Result<winset_settle::large::Best, winset_settle::large::NotKnown>) -> String {
    found.map_or_else(|reason| format!("{reason:?}"), |best| format!("{} best, {} nodes", best.ties, best.nodes))
}

fn blockers(table: &WorthTable) -> String {
    table.blocking_sets().map_or_else(|reason| format!("{reason:?}"), |found| format!("{} sets", found.blocking.len()))
}

fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut add = |question: &'static str,
                   (target, peer): (&'static str, &'static str),
                   seeds: u64,
                   make: Box<dyn Fn(u64) -> WorthTable>,
                   answer: Box<dyn Fn(&WorthTable) -> String>| {
        rows.push(Row { question, target, peer, seeds, make, answer });
    };
    let made = |shape: Shape| -> Box<dyn Fn(u64) -> WorthTable> { Box::new(move |seed| table(shape, seed)) };
    let shape = |wants, players, issues, required| Shape { wants, players, issues, options: 10, required };
    let (even, random, opposed) = (Wants::Even, Wants::Random, Wants::Opposed);

    add("frontier, 3 players, 10^6", ("6 ms", "6.4 s, 401 MB"), 11, made(shape(even, 3, 6, 0)), Box::new(frontier));
    add("frontier, 3 players, 10^7", ("15 ms", "75 s, 3.4 GB"), 11, made(shape(even, 3, 7, 0)), Box::new(frontier));
    add("frontier, 3 players, 10^12", ("50 ms", ""), 11, made(shape(even, 3, 12, 0)), Box::new(frontier));
    add("frontier, 3 players, 10^30", ("2 s", ""), 5, made(shape(even, 3, 30, 0)), Box::new(frontier));
    add("frontier, 3 players, 10^30, weights", ("", ""), 5, made(shape(random, 3, 30, 0)), Box::new(frontier));
    add("frontier, 2 players, 10^30", ("", ""), 11, made(shape(even, 2, 30, 0)), Box::new(frontier));
    add("frontier, 2 players, 10^50", ("", ""), 11, made(shape(even, 2, 50, 0)), Box::new(frontier));
    add(
        "frontier, 5 players, 10^6, a half required",
        ("20 ms", "16.7 s (none required)"),
        11,
        made(shape(even, 5, 6, 50)),
        Box::new(frontier),
    );
    let near = |table: &WorthTable| {
        let distance: Vec<i64> = table
            .worth
            .iter()
            .map(|rows| rows.iter().map(|row| row.iter().max().copied().unwrap_or(0)).sum::<i64>() / 10)
            .collect();
        table
            .frontier_within(&distance, 1)
            .map_or_else(|reason| format!("{reason:?}"), |found| format!("{} points", found.points.len()))
    };
    add(
        "frontier within a tenth, 5 players, 10^8, a half required",
        ("", ""),
        5,
        made(shape(even, 5, 8, 50)),
        Box::new(near),
    );
    add(
        "frontier within a tenth, 5 players, 10^10, a half required",
        ("", ""),
        5,
        made(shape(even, 5, 10, 50)),
        Box::new(near),
    );

    for (question, required) in [
        ("Nash, 8 players, 10^30", 0),
        ("Nash, 8 players, 10^30, a half required", 50),
        ("Nash, 8 players, 10^30, 60 % required", 60),
    ] {
        add(question, ("0.6 s", ""), 11, made(shape(random, 8, 30, required)), Box::new(|table| best(table.nash())));
    }
    for (question, required) in
        [("egalitarian, 8 players, 10^30", 0), ("egalitarian, 8 players, 10^30, 60 % required", 60)]
    {
        add(
            question,
            ("0.6 s", ""),
            11,
            made(shape(random, 8, 30, required)),
            Box::new(|table| best(table.egalitarian())),
        );
    }
    add(
        "utilitarian, 8 players, 10^30, 60 % required",
        ("", ""),
        11,
        made(shape(random, 8, 30, 60)),
        Box::new(|table| best(table.utilitarian())),
    );
    add(
        "Nash, 8 opposed players, 10^30",
        ("5 s", ""),
        7,
        made(shape(opposed, 8, 30, 0)),
        Box::new(|table| best(table.nash())),
    );
    add(
        "egalitarian, 8 opposed players, 6^30",
        ("5 s", ""),
        7,
        made(Shape { options: 6, ..shape(opposed, 8, 30, 0) }),
        Box::new(|table| best(table.egalitarian())),
    );
    add(
        "egalitarian, 8 opposed players, 10^30",
        ("5 s", ""),
        7,
        made(shape(opposed, 8, 30, 0)),
        Box::new(|table| best(table.egalitarian())),
    );

    for (question, required) in [
        ("existence, 8 players, 10^30, 60 % required", 60),
        ("existence, 8 players, 10^30, 75 % required", 75),
        ("existence, 8 players, 10^30, 90 % required", 90),
    ] {
        add(question, ("0.6 s", ""), 11, made(shape(random, 8, 30, required)), Box::new(existence));
    }
    for (question, wants, above) in [
        ("existence at the edge, 8 players, 10^30", random, 0),
        ("existence one unit beyond the edge, 8 players, 10^30", random, 1),
        ("existence at the edge, 8 opposed players, 6^30", opposed, 0),
        ("existence one unit beyond the edge, 8 opposed players, 6^30", opposed, 1),
    ] {
        let shape = Shape { options: if wants == opposed { 6 } else { 10 }, ..shape(wants, 8, 30, 0) };
        let target = if wants == opposed { "5 s" } else { "0.6 s" };
        add(question, (target, ""), 7, Box::new(move |seed| at_the_edge(shape, above, seed)), Box::new(existence));
    }
    let entangled = move |required: i64| -> Box<dyn Fn(u64) -> WorthTable> {
        Box::new(move |seed| with_conditions(table(shape(random, 6, 14, required), seed), 8, 15, seed))
    };
    for (question, required) in [
        ("existence, 6 players, 10^14, 8 red lines, 15 linkages, 60 % required", 60),
        ("existence, 6 players, 10^14, 8 red lines, 15 linkages, 70 % required", 70),
        ("existence, 6 players, 10^14, 8 red lines, 15 linkages, 80 % required", 80),
    ] {
        add(question, ("0.3 s", ""), 11, entangled(required), Box::new(existence));
    }
    for (question, required) in [
        ("all blocking sets, 6 players, 10^14, 8 red lines, 15 linkages, 90 % required", 90),
        ("all blocking sets, 6 players, 10^14, 8 red lines, 15 linkages, 80 % required", 80),
    ] {
        add(question, ("3 s", ""), 7, entangled(required), Box::new(blockers));
    }
    rows
}
