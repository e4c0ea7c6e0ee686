//! What a sweep promises: the same rows however the work is cut and done, work that can be stopped anywhere, and damage that is found.

mod common;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use common::{computed, empty_folder, files, plan};
use winset_simulate::sweep::ColumnSummary;
use winset_simulate::{Batch, Fate, Progress, Quiet};
use winset_sweep::{Fault, Plan, Planned, Processes, State, Sweep};

#[test]
fn one_digest_however_the_runs_are_cut_and_computed() {
    let mut digests = Vec::new();
    for (shard, threads) in [(1, 1), (1, 2), (7919, 1), (7919, 2), (100_000, 1), (100_000, 2)] {
        let runs = if shard == 1 { 300 } else { 20_000 };
        let sweep = computed(&format!("digest-{shard}-{threads}"), plan(runs, shard), threads);
        let verified = sweep.verify(threads, &Quiet).unwrap();
        assert_eq!((verified.rows, &verified.wrong, &verified.missing), (4 * runs, &vec![], &vec![]));
        digests.push((runs, verified.digest.unwrap()));
    }
    // The same 300 runs in one unit as in 300; and the 20,000 alike in every cut.
    let whole = computed("digest-whole", plan(300, 100_000), 1).verify(1, &Quiet).unwrap().digest.unwrap();
    assert_eq!(digests[0], (300, whole.clone()));
    assert_eq!(digests[1], (300, whole));
    assert!(digests[2..].iter().all(|digest| *digest == digests[2]), "{digests:?}");
    // Another seed gives other rows.
    let other = computed("digest-other", Plan { seed: 6, ..plan(300, 300) }, 1);
    assert_ne!(other.verify(1, &Quiet).unwrap().digest.unwrap(), digests[0].1);
}

#[test]
fn files_have_the_same_bytes_on_any_number_of_threads() {
    computed("bytes-1", plan(20_000, 7919), 1);
    computed("bytes-3", plan(20_000, 7919), 3);
    let folder = |name: &str| Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let (one, three) = (files(&folder("bytes-1")), files(&folder("bytes-3")));
    assert_eq!(one.len(), 2 + 4 * 3);
    assert!(one.keys().any(|path| path.ends_with("data/point=00003/runs-000000015838-000000020000.parquet")));
    assert!(one == three);
}

/// Stops after so many questions.
struct After(AtomicU64);

impl Progress for After {
    fn done(&self, _: u64) {}

    fn stop(&self) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_err()
    }
}

#[test]
fn a_sweep_stopped_anywhere_goes_on_to_the_same_bytes() {
    computed("stopped-whole", plan(2000, 500), 1);
    let folder = |name: &str| Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let whole = files(&folder("stopped-whole"));
    for (questions, threads) in [(0, 1), (1, 1), (2, 1), (7, 1), (12, 2), (25, 2)] {
        let name = format!("stopped-{questions}-{threads}");
        let sweep = Sweep::plan(&empty_folder(&name), plan(2000, 500)).unwrap();
        let stopped = sweep.compute(&sweep.missing(), threads, &After(AtomicU64::new(questions)));
        assert_eq!(stopped, Err(Fault::Stopped), "after {questions} questions");
        // What a killed machine leaves: a file without its name.
        let left = folder(&name).join("data/point=00000/.runs-000000000500-000000001000.killed.tmp");
        std::fs::create_dir_all(left.parent().unwrap()).unwrap();
        std::fs::write(&left, "half").unwrap();
        let again = Sweep::open(&folder(&name)).unwrap();
        let missing = again.missing();
        assert!(!missing.is_empty());
        assert_eq!(again.compute(&missing, 1, &Quiet), Ok(missing.len() as u64));
        std::fs::remove_file(left).unwrap();
        assert!(files(&folder(&name)) == whole, "after {questions} questions");
    }
}

#[test]
fn planning_again_changes_nothing_and_another_plan_is_refused() {
    let folder = empty_folder("again");
    Sweep::plan(&folder, plan(100, 10)).unwrap();
    let before = files(&folder);
    Sweep::plan(&folder, plan(100, 10)).unwrap();
    assert!(files(&folder) == before);
    let other = Sweep::plan(&folder, plan(200, 10)).unwrap_err().to_string();
    assert!(other.contains("holds another plan"), "{other}");
    let text = String::from_utf8(before[Path::new("plan.json")].clone()).unwrap();
    assert!(!text.contains(env!("CARGO_MANIFEST_DIR")), "a plan names no folder");
}

#[test]
fn a_plan_that_was_changed_is_refused() {
    let folder = empty_folder("changed");
    let sweep = Sweep::plan(&folder, plan(100, 10)).unwrap();
    let file = folder.join("plan.json");
    let text = std::fs::read_to_string(&file).unwrap();
    for (from, to, expected) in [
        ("broken = 0.3", "broken = 0.4", "has been changed since"),
        ("\"model\": 1", "\"model\": 999", "version 999 of the model"),
        ("\"format\": \"winset sweep plan 1\"", "\"format\": \"other\"", "no plan of a sweep"),
        ("\"runs\": 100", "\"runs\": \"many\"", "lacks `runs`"),
        ("\"shard\": 10", "\"shard\": 0", "a run for every unit"),
        ("{", "", "not JSON"),
    ] {
        assert!(text.contains(from), "{from}");
        std::fs::write(&file, text.replacen(from, to, 1)).unwrap();
        let fault = Sweep::open(&folder).unwrap_err().to_string();
        assert!(fault.contains(expected), "{from}: {fault}");
    }
    assert_eq!(sweep.planned.plan.unit(40), Err(Fault::NoSuchUnit { index: 40, units: 40 }));
    let many = Plan { shard: 1, ..plan(1_000_000, 1) };
    assert!(many.check().unwrap_err().to_string().contains("--shard"));
}

#[test]
fn missing_damaged_and_foreign_files_are_found() {
    let sweep = computed("damage", plan(2000, 500), 1);
    let path = |index| sweep.path(&sweep.planned.plan.unit(index).unwrap());
    let whole = std::fs::read(path(5)).unwrap();
    // A byte anywhere, a cut, a file of another unit, a file of another plan.
    let mut damaged: Vec<Vec<u8>> = (0..whole.len())
        .step_by(whole.len() / 40)
        .map(|at| {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            bytes
        })
        .collect();
    let bytes_changed = damaged.len();
    damaged.extend([Vec::new(), whole[..whole.len() / 2].to_vec(), std::fs::read(path(6)).unwrap()]);
    let other = computed("damage-other", Plan { seed: 6, ..plan(2000, 500) }, 1);
    damaged.push(std::fs::read(other.path(&other.planned.plan.unit(5).unwrap())).unwrap());
    let intact = sweep.verify(1, &Quiet).unwrap().digest;
    let mut unseen = 0;
    for (number, bytes) in damaged.iter().enumerate() {
        std::fs::write(path(5), bytes).unwrap();
        let verified = sweep.verify(1, &Quiet).unwrap();
        if number < bytes_changed && verified.digest.is_some() {
            // A byte of a statistic or an offset nobody reads: the rows are the same.
            assert_eq!(verified.digest, intact, "byte {number}");
            unseen += 1;
            continue;
        }
        assert_eq!((verified.wrong.len(), verified.digest), (1, None), "damage {number}");
        assert!(matches!(&verified.wrong[0], Fault::Damaged { path: at, .. } if *at == path(5)));
        assert!(sweep.reduce(1, &Quiet).is_err());
    }
    assert!(unseen < bytes_changed, "{unseen} of {bytes_changed} were not seen");
    std::fs::remove_file(path(5)).unwrap();
    let verified = sweep.verify(2, &Quiet).unwrap();
    assert_eq!((verified.missing, verified.digest), (vec![5], None));
    assert_eq!(sweep.reduce(1, &Quiet), Err(Fault::Missing { missing: 1, units: 16 }));
    assert_eq!(sweep.compute(&[4, 5], 1, &Quiet), Ok(1));
    assert_eq!(std::fs::read(path(5)).unwrap(), whole);
}

#[test]
fn a_file_made_elsewhere_is_the_file_of_the_folder() {
    let sweep = computed("elsewhere-whole", plan(2000, 500), 1);
    let there = Planned::read(sweep.planned.text().to_owned()).unwrap();
    let folder = empty_folder("elsewhere");
    let other = Sweep::at(&folder, std::sync::Arc::new(there)).unwrap();
    let processes = Processes::new(1);
    // In an order of its own, each twice.
    for index in [3, 15, 0, 7, 3, 8, 1, 2, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15] {
        let content = other.planned.file(index, &processes, &Quiet).unwrap();
        let unit = other.planned.plan.unit(index).unwrap();
        assert_eq!(content, std::fs::read(sweep.path(&unit)).unwrap(), "unit {index}");
        let state = if other.path(&unit).is_file() { State::There } else { State::Computed };
        let wrong = other.take(index ^ 1, &content);
        assert!(wrong == Ok(State::There) || matches!(wrong, Err(Fault::Foreign { .. })), "{wrong:?}");
        assert_eq!(other.take(index, &content), Ok(state));
    }
    assert!(files(&folder) == files(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("elsewhere-whole")));
    let large = Planned::of(plan(20_000_000, 20_000_000)).unwrap();
    assert!(large.file(0, &processes, &Quiet).unwrap_err().to_string().contains("smaller shard"));
    assert!(large.rows(0, &processes, &Quiet).unwrap_err().to_string().contains("smaller shard"));
}

/// What is counted from files is what is counted while running.
#[test]
fn what_files_come_to_is_what_runs_come_to() {
    let sweep = computed("reduce", plan(20_000, 7919), 2);
    let points = sweep.reduce(2, &Quiet).unwrap();
    for (at, point) in points.iter().enumerate() {
        let process = sweep.planned.process(at).unwrap();
        let tally = process.simulate(&Batch::of(5, 20_000, 1), &Quiet).unwrap();
        let summary = &point.summary;
        assert_eq!(summary.runs, tally.runs);
        for (ending, rounds) in &tally.endings {
            let subject = ending.subject(process.case()).unwrap_or("").to_owned();
            assert_eq!(summary.endings[&(ending.word().to_owned(), subject)], rounds.iter().sum::<u64>());
        }
        assert_eq!(summary.endings.values().sum::<u64>(), tally.runs);
        for (id, met) in ["peace.fence", "peace.gate"].iter().zip(&tally.met) {
            let counted = summary.filled_by_round();
            for (round, runs) in met.iter().enumerate() {
                let found = counted.iter().find(|(of, at, _)| of == id && *at as usize == round);
                assert_eq!(found.map_or(0, |(_, _, runs)| *runs), *runs, "{id} in round {round}");
            }
        }
        let talks = &tally.tracks[0];
        let whole = |name: &str| match summary.column(&format!("track.talks.{name}")) {
            Some(ColumnSummary::Whole { sum, positive }) => (*sum, *positive),
            other => panic!("{other:?}"),
        };
        assert_eq!(whole("meetings").0, talks.meetings);
        assert_eq!(whole("proposals").0, talks.proposals);
        assert_eq!(whole("deals"), (talks.deals, talks.productive));
        assert_eq!(whole("breaks").0, talks.breaks);
        let counts = summary.counts();
        for (fate, runs) in Fate::ALL.iter().zip(talks.fates) {
            let of = format!("talks = {}", fate.word());
            let found = counts.iter().find(|(measure, name, _)| *measure == "fate" && *name == of);
            assert_eq!(found.unwrap().2, runs);
        }
    }
    // More meetings, more deals; and the points do differ.
    let deals = |at: usize| points[at].summary.column("track.talks.deals").unwrap().clone();
    assert_ne!(deals(0), deals(1));
}
