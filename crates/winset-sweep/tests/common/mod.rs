//! A small case to sweep, and folders to do it in.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use winset_case::SourceText;
use winset_simulate::Quiet;
use winset_simulate::sweep::{Design, Factor, points};
use winset_sweep::{Plan, Sweep};

/// Two neighbours, a fence and a gate; deals break, and either may be worn down.
const FENCE: &str = r#"
[case]
title = "A fence"
as_of = 2024-05-01

[issue.fence]
options = ["broken", "wire", "wall"]

[issue.gate]
options = ["shut", "open"]

[actor.north]
fallback = { cost_of_going_on = 0.2 }
weights = { fence = 2, gate = 1 }
values.fence = { broken = 0.3, wire = 0.6, wall = 1.0 }
values.gate = { shut = 0.5, open = 0.4 }

[actor.south]
fallback = { cost_of_going_on = 0.1 }
weights = { fence = 1, gate = 1 }
values.fence = { broken = 0.5, wire = 0.52, wall = 0.3 }
values.gate = { shut = 0.2, open = 0.9 }

[track.talks]
agenda = ["fence", "gate"]
seats = { north = "party", south = "party" }
concludes = "peace"

[framework.peace]
benchmarks = { fence = "fence = wall", gate = "gate = open" }

[lever.aid]
edits = ["actor.south.fallback -= 0.1"]

[simulation]
horizon = 12
noise_of_responses = 0.1

[simulation.track.talks]
meets = 0.4
hazard = 0.1
"#;

/// A plan over the fence.
pub(crate) fn plan(runs: u64, shard: u64) -> Plan {
    let vary = vec!["lever.aid = on, off".to_owned(), "simulation.track.talks.meets = 0.2..0.8".to_owned()];
    let factors: Vec<Factor> = vary.iter().map(|text| Factor::parse(text).unwrap()).collect();
    Plan {
        title: "A fence".to_owned(),
        files: vec![SourceText { name: "case.toml".to_owned(), text: FENCE.to_owned() }],
        reading: None,
        strict_recognition: false,
        edits: vec!["actor.north.weights.gate = 2".to_owned()],
        rounds: None,
        seed: 5,
        runs,
        shard,
        design: Design::Grid,
        vary,
        points: points(&factors, Design::Grid, Some(2), 5).unwrap(),
    }
}

/// An empty folder of this name for one test.
pub(crate) fn empty_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

/// A sweep all of whose units have been computed.
pub(crate) fn computed(name: &str, plan: Plan, threads: usize) -> Sweep {
    let sweep = Sweep::plan(&empty_folder(name), plan).unwrap();
    let units = sweep.missing();
    assert_eq!(sweep.compute(&units, threads, &Quiet), Ok(units.len() as u64));
    sweep
}

/// Every file below a folder, by its path within it, with its bytes.
pub(crate) fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}
