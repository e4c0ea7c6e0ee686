//! Sweeps as users run them: planned, computed by several processes, killed, gone on with, checked and read.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::{empty_folder, printed, root, winset};

/// Plans a sweep of the starter in a folder of this name.
fn planned(name: &str, shard: &str, runs: &str) -> PathBuf {
    let folder = empty_folder(name);
    printed(&winset(&folder, &["new", "river"]));
    let output = winset(
        &folder,
        &[
            "sweep",
            "plan",
            "river",
            "-o",
            "sweep",
            "--runs",
            runs,
            "--shard",
            shard,
            "--vary",
            "lever.fund = on, off",
            "--vary",
            "simulation.track.talks.meets = 0.2..0.6",
            "--points",
            "2",
            "--seed",
            "3",
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    folder
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for point in std::fs::read_dir(folder.join("sweep/data")).into_iter().flatten() {
        for file in std::fs::read_dir(point.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if !path.file_name().unwrap().to_string_lossy().starts_with('.') {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn digest(folder: &Path) -> String {
    let output = winset(folder, &["sweep", "verify", "sweep", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    document["digest"].as_str().unwrap().to_owned()
}

#[test]
fn a_sweep_is_planned_computed_checked_and_read() {
    let folder = planned("sweep-whole", "700", "2000");
    let told = |arguments: &[&str]| printed(&winset(&folder, arguments));
    let mut page = told(&["sweep", "reduce", "sweep"]);
    page += &told(&["sweep", "verify", "sweep"]);
    page += &told(&["sweep", "run", "sweep", "--threads", "2"]);
    page += &told(&["sweep", "run", "sweep"]);
    page += &told(&["sweep", "reduce", "sweep"]);
    page += &told(&["sweep", "verify", "sweep"]);
    insta::assert_snapshot!("sweep", page);
    let units = std::fs::read_to_string(folder.join("sweep/units.jsonl")).unwrap();
    assert_eq!(units.lines().count(), 12);
    for line in units.lines() {
        let unit: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(folder.join("sweep").join(unit["file"].as_str().unwrap()).is_file());
    }
    let document: serde_json::Value =
        serde_json::from_slice(&winset(&folder, &["sweep", "reduce", "sweep", "--json"]).stdout).unwrap();
    assert_eq!(document["points"][3]["edits"][0], "lever.fund = off");
    assert_eq!(document["points"][3]["runs"], 2000);
    let endings = document["points"][0]["shares"].as_array().unwrap();
    let endings = endings.iter().filter(|share| share["measure"] == "ending");
    assert_eq!(endings.map(|share| share["runs"].as_u64().unwrap()).sum::<u64>(), 2000);
    for table in ["shares", "means", "points", "benchmarks"] {
        let table = told(&["sweep", "reduce", "sweep", &format!("--csv={table}")]);
        assert!(table.starts_with("point,"), "{table}");
        // The starter has no framework, so there is no benchmark to fill.
        assert_eq!(table.lines().count() > 4, !table.starts_with("point,benchmark"), "{table}");
    }
}

#[test]
fn what_a_sweep_counts_is_what_simulate_counts() {
    let folder = planned("sweep-simulate", "700", "2000");
    winset(&folder, &["sweep", "run", "sweep"]);
    let read = |arguments: &[&str]| -> serde_json::Value {
        serde_json::from_slice(&winset(&folder, arguments).stdout).expect("one document")
    };
    let sweep = read(&["sweep", "reduce", "sweep", "--json"]);
    let meets = "simulation.track.talks.meets = 0.6";
    for (point, lever) in [(1, "lever.fund = on"), (3, "lever.fund = off")] {
        let alone =
            read(&["simulate", "river", "-n", "2000", "--seed", "3", "--edit", lever, "--edit", meets, "--json"]);
        let point = &sweep["points"][point];
        for ending in alone["endings"].as_array().unwrap() {
            let subject = ending["ending"]["subject"].as_str().unwrap_or("");
            let name = format!("{} {subject}", ending["ending"]["class"].as_str().unwrap());
            let shares = point["shares"].as_array().unwrap();
            let found = shares.iter().find(|share| share["measure"] == "ending" && share["of"] == name.trim_end());
            assert_eq!(found.unwrap()["runs"], ending["share"]["runs"], "{name}");
        }
        for actor in alone["actors"].as_array().unwrap() {
            let means = point["means"].as_array().unwrap();
            let found = means.iter().find(|mean| mean["measure"] == "worth" && mean["of"] == actor["actor"]);
            let difference = found.unwrap()["mean"].as_f64().unwrap() - actor["mean"].as_f64().unwrap();
            assert!(difference.abs() < 1e-9, "{actor}");
        }
    }
}

#[test]
fn units_computed_one_by_one_and_by_several_at_once_are_the_same() {
    let whole = planned("sweep-run", "700", "2000");
    winset(&whole, &["sweep", "run", "sweep", "--threads", "1"]);
    let single = planned("sweep-units", "700", "2000");
    for index in ["11", "0", "3..7", "5"] {
        let output = winset(&single, &["sweep", "unit", "sweep", "--index", index]);
        assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    }
    // Two processes at the rest, which get into each other's way.
    let start = || {
        Command::new(env!("CARGO_BIN_EXE_winset"))
            .args(["sweep", "run", "sweep", "--threads", "2"])
            .current_dir(&single)
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    for mut process in [start(), start()] {
        assert!(process.wait().unwrap().success());
    }
    assert!(files(&whole) == files(&single));
    assert_eq!(digest(&whole), digest(&single));
    let other = planned("sweep-shards", "1999", "2000");
    winset(&other, &["sweep", "run", "sweep"]);
    assert_eq!(digest(&whole), digest(&other), "one digest for any shard size");
}

#[test]
fn a_sweep_killed_again_and_again_comes_to_the_same_bytes() {
    let whole = planned("sweep-intact", "100", "5000");
    winset(&whole, &["sweep", "run", "sweep"]);
    let killed = planned("sweep-killed", "100", "5000");
    let mut kills = 0;
    for files_before in [1, 20, 60, 110, 150] {
        let mut process = Command::new(env!("CARGO_BIN_EXE_winset"))
            .args(["sweep", "run", "sweep", "--threads", "2"])
            .current_dir(&killed)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Killed as soon as so many files are there, wherever it then is; it may be done before.
        while files(&killed).len() < files_before && process.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        process.kill().unwrap();
        kills += usize::from(!process.wait().unwrap().success());
    }
    assert!(kills > 0, "it was always done before it could be killed");
    let output = winset(&killed, &["sweep", "run", "sweep"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    assert!(files(&whole) == files(&killed));
    assert_eq!(digest(&whole), digest(&killed));
}

#[test]
fn mistakes_are_explained() {
    let folder = planned("sweep-mistakes", "700", "2000");
    let mut page = String::new();
    for (arguments, code) in [
        (&["sweep", "plan", "river", "-o", "other", "--vary", "lever.magic = on, off"][..], 2),
        (&["sweep", "plan", "river", "-o", "other", "--vary", "lever.fund"], 2),
        (&["sweep", "plan", "river", "-o", "other", "--vary", "simulation.track.talks.meets = 0.1..0.5"], 2),
        (&["sweep", "plan", "river", "-o", "other", "--design", "sobol", "--points", "8"], 2),
        (&["sweep", "plan", "river", "-o", "other", "--vary", "lever.fund = on, off", "--points", "3"], 2),
        (&["sweep", "plan", "river", "-o", "other", "--runs", "10000000", "--shard", "1"], 2),
        (&["sweep", "plan", "river", "-o", "sweep"], 2),
        (&["sweep", "plan", "-", "-o", "other"], 2),
        (&["sweep", "plan", "river", "-o", "other", "--edit", "track.talks.status = closed"], 3),
        (&["sweep", "run", "nowhere"], 2),
        (&["sweep", "unit", "sweep", "--index", "12"], 2),
        (&["sweep", "unit", "sweep", "--index", "7..3"], 2),
        (&["sweep", "reduce", "sweep"], 1),
        (&["sweep", "verify", "sweep"], 1),
        (&["simulate", "river", "--parquet", "no/such/folder/runs.parquet"], 2),
    ] {
        let output = winset(&folder, arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", printed(&output));
        page += &format!("$ winset {}\n{}\n", arguments.join(" "), printed(&output));
    }
    insta::assert_snapshot!("sweep_mistakes", page);
    assert!(!folder.join("other").exists(), "nothing is written for a plan that is refused");
}

#[test]
fn one_simulation_keeps_its_rows_in_one_file() {
    let folder = empty_folder("sweep-parquet");
    let case = root().join("cases/syria-2017");
    let case = case.to_str().unwrap();
    let mut bytes = Vec::new();
    for threads in ["1", "3"] {
        let output = winset(
            &folder,
            &["simulate", case, "-n", "40000", "--rounds", "6", "--threads", threads, "--parquet", "runs.parquet"],
        );
        assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
        assert!(output.stdout.is_empty());
        bytes.push(std::fs::read(folder.join("runs.parquet")).unwrap());
    }
    assert!(bytes[0] == bytes[1], "the same on any number of threads");
    assert_eq!(&bytes[0][..4], b"PAR1");
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_plan_holds_every_file_of_its_case() {
    let folder = planned("sweep-files", "100", "100");
    std::fs::rename(folder.join("river"), folder.join("gone")).unwrap();
    let output = winset(&folder, &["sweep", "run", "sweep"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let plan = std::fs::read_to_string(folder.join("sweep/plan.json")).unwrap();
    assert!(!plan.contains(folder.to_str().unwrap()), "no folder of this machine is named");
    // A case of two files, planned from elsewhere.
    let output = winset(&root(), &["sweep", "plan", "cases/syria-2017", "-o", folder.join("syria").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let plan = std::fs::read_to_string(folder.join("syria/plan.json")).unwrap();
    let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
    let names: Vec<&str> = plan["case"].as_array().unwrap().iter().filter_map(|file| file["name"].as_str()).collect();
    assert_eq!(names, ["case.toml", "rounds.csv"]);
    assert!(plan["columns"].as_array().unwrap().iter().any(|column| column["name"] == "worth.government"));
}
