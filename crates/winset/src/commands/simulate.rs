//! `winset simulate`: how the process may unfold, in many runs or told from one.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use winset::simulation::{Batch, Process, Progress};
use winset::unfold::Unfolding;
use winset::{report, words};

use crate::input::{CaseArguments, processors};
use crate::{Exit, output};

/// Rows of single runs that are kept in memory.
const ROWS: u64 = 200_000;

/// Print how the process may unfold, round by round: how many of so many runs end how, when each benchmark is filled, what breaks, which tracks live, and for whom it pays; or one run as a chronicle
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    case: CaseArguments,
    /// How many runs
    #[arg(short = 'n', long = "runs", value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000_000))]
    runs: u64,
    /// The seed: the same seed gives the same runs, on any machine and number of threads
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// How many rounds a run has at most; what the case says if left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1200))]
    rounds: Option<u32>,
    /// On how many threads; as many as the machine has processors if left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Write the answer to this file instead: one page with its charts (.html)
    #[arg(short, long, value_name = "FILE", conflicts_with_all = ["json", "csv", "trace", "parquet"])]
    output: Option<std::path::PathBuf>,
    /// Keep a row of every run in this Parquet file and print nothing; the file is complete or not there
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "csv", "trace"])]
    parquet: Option<std::path::PathBuf>,
    /// Tell one run as a chronicle
    #[arg(long, conflicts_with_all = ["csv", "runs"])]
    trace: bool,
    /// Which run to tell, counted from 0
    #[arg(long, value_name = "K", default_value_t = 0, requires = "trace")]
    run: u64,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let case = match arguments.case.load() {
        Ok(case) => case,
        Err(exit) => return exit,
    };
    let process = match Process::new(&case) {
        Ok(process) => process,
        Err(refusal) => return refused(&refusal),
    };
    let process = match arguments.rounds {
        Some(rounds) => process.with_horizon(rounds),
        None => process,
    };
    let page =
        |file: &std::path::PathBuf| file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("html"));
    if arguments.output.as_ref().is_some_and(|file| !page(file)) {
        return output::usage("the answer is written as one page: give the file a name that ends in .html");
    }
    if arguments.trace {
        return trace(arguments, &process);
    }
    if arguments.case.csv.as_deref() == Some("runs") {
        return rows(arguments, &process);
    }
    let threads = arguments.threads.map_or_else(processors, usize::from);
    if let Some(file) = &arguments.parquet {
        return keep(arguments, &process, threads, file);
    }
    let batch = Batch::of(arguments.seed, arguments.runs, threads);
    let watch = Watch::new(arguments.runs, "runs");
    let tally = match process.simulate(&batch, &watch) {
        Ok(tally) => tally,
        Err(refusal) => {
            watch.clear();
            return refused(&refusal);
        }
    };
    watch.clear();
    if !announce_stop(tally.runs, arguments.runs) {
        return Exit::Usage;
    }
    let unfolding = Unfolding { process: &process, tally: &tally, seed: arguments.seed };
    if let Some(file) = &arguments.output {
        if let Err(error) = output::write_whole(file, report::handout::unfold_html(&unfolding).as_bytes()) {
            return output::usage(&format!("`{}` cannot be written: {error}", file.display()));
        }
        output::message(&format!("Written to {}.\n", file.display()));
        return Exit::Done;
    }
    if let Some(name) = &arguments.case.csv {
        return output::csv(&report::csv::simulate(&unfolding), name);
    }
    if arguments.case.json {
        output::json(&report::json::simulate(&unfolding));
    } else {
        output::result(&report::simulate(&unfolding, output::width()));
    }
    Exit::Done
}

/// One run, told.
fn trace(arguments: &Arguments, process: &Process) -> Exit {
    let (ending, trace, _) = match process.trace(arguments.seed, arguments.run) {
        Ok(traced) => traced,
        Err(refusal) => return refused(&refusal),
    };
    if arguments.case.json {
        output::json(&report::json::trace(process, &trace, arguments.seed, arguments.run, ending));
    } else {
        let round = process.case().dynamics.round_length.word();
        output::result(&report::trace(process, &trace, arguments.seed, arguments.run, round, output::width()));
    }
    Exit::Done
}

/// One row for each run.
fn rows(arguments: &Arguments, process: &Process) -> Exit {
    if arguments.runs > ROWS {
        return output::usage(&format!(
            "--csv=runs keeps a row of every run in memory, for up to {} runs; ask for fewer",
            words::number(ROWS)
        ));
    }
    match process.run_unit(arguments.seed, 0..arguments.runs) {
        Ok((rows, _)) => {
            output::result(&report::csv::runs(&rows));
            Exit::Done
        }
        Err(refusal) => refused(&refusal),
    }
}

/// One row for each run, in a file.
fn keep(arguments: &Arguments, process: &Process, threads: usize, file: &std::path::Path) -> Exit {
    let watch = Watch::new(arguments.runs, "runs");
    let kept = winset::sweeps::keep_runs(process, arguments.seed, 0..arguments.runs, threads, file, &watch);
    watch.clear();
    match kept {
        Ok(()) => {
            output::message(&format!("{}: {} runs\n", file.display(), words::number(arguments.runs)));
            Exit::Done
        }
        Err(fault) => super::sweep::failed(&fault),
    }
}

/// Says where runs were stopped before all were done; `false` where none was.
pub(super) fn announce_stop(done: u64, of: u64) -> bool {
    if done == 0 {
        output::message("Stopped before the first runs were done.\n");
    } else if done < of {
        output::message(&format!(
            "Stopped: this is what the first {} of {} runs come to.\n",
            words::number(done),
            words::number(of)
        ));
    }
    done > 0
}

pub(super) fn refused(refusal: &winset::simulation::Refusal) -> Exit {
    output::message(&format!("error: {refusal}\n"));
    Exit::Wrong
}

/// Tells how far the work is, on a terminal, and whether the user has asked to stop.
pub(crate) struct Watch {
    all: u64,
    /// Of what.
    what: &'static str,
    shown: bool,
    stop: Arc<AtomicBool>,
    #[expect(clippy::disallowed_types, reason = "this is the command line, and no result depends on it")]
    began: std::time::Instant,
    /// Milliseconds after which it was last told.
    told: AtomicU64,
}

impl Watch {
    #[expect(clippy::disallowed_types, reason = "this is the command line, and no result depends on it")]
    pub(crate) fn new(all: u64, what: &'static str) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        // A second interrupt ends the program as it would without this.
        let twice =
            signal_hook::flag::register_conditional_shutdown(signal_hook::consts::SIGINT, 130, Arc::clone(&stop));
        let once = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&stop));
        // Where neither can be had, an interrupt simply ends the program.
        drop((twice, once));
        Watch {
            all,
            what,
            shown: std::io::stderr().is_terminal(),
            stop,
            began: std::time::Instant::now(),
            told: AtomicU64::new(0),
        }
    }

    /// Takes away what was told.
    pub(crate) fn clear(&self) {
        if self.shown && self.told.load(Ordering::Relaxed) > 0 {
            output::message("\r\u{1b}[2K");
        }
    }
}

impl Progress for Watch {
    fn done(&self, done: u64) {
        if !self.shown {
            return;
        }
        let passed = self.began.elapsed().as_millis() as u64;
        let told = self.told.load(Ordering::Relaxed);
        let due = passed > told + 200 && done < self.all;
        if due && self.told.compare_exchange(told, passed, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            let rate = done.saturating_mul(1000) / passed.max(1);
            let rate = if rate > 0 { format!("{} a second, ", words::number(rate)) } else { String::new() };
            let left = (self.all - done) as f64 * passed as f64 / (done.max(1) as f64 * 1000.0);
            output::message(&format!(
                "\r\u{1b}[2K{} of {} {}, {rate}{left:.0} s left; Ctrl-C keeps what is done",
                words::number(done),
                words::number(self.all),
                self.what,
            ));
        }
    }

    fn stop(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
