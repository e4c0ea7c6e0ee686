//! Every key of a document is an attribute in the Python package. Here no Python is needed; what the package makes of them is tested there.

#[expect(dead_code, reason = "other tests need more of it")]
mod common;

use std::collections::BTreeSet;
use std::path::Path;

use common::{root, winset};
use serde_json::Value;

/// The attributes of every class of the package, by the lines that declare them.
fn attributes(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the package is there") {
        let path = entry.expect("a folder can be listed").path();
        if path.is_dir() {
            found.append(&mut attributes(&path));
        } else if path.extension().is_some_and(|ending| ending == "py") {
            let text = std::fs::read_to_string(&path).expect("a module can be read");
            let declared = text.lines().filter_map(|line| line.strip_prefix("    ")?.split_once(": "));
            let names = declared.map(|(name, _)| name.trim_end_matches('_'));
            found.extend(names.filter(|name| !name.contains(' ')).map(str::to_owned));
        }
    }
    found
}

/// The keys of a document that no attribute is named as. What is keyed by ids of the case is passed by.
fn unknown(value: &Value, known: &BTreeSet<String>, ids: &BTreeSet<String>, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| unknown(value, known, ids, found)),
        Value::Object(entries) => {
            for (key, value) in entries {
                if !known.contains(key) && !ids.contains(key) {
                    found.insert(key.clone());
                }
                unknown(value, known, ids, found);
            }
        }
        _ => {}
    }
}

/// Every id of a case, and a few words more: what stands in the heads of its sections, and after `id =`.
fn ids_of(case: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join(case).join("case.toml")).expect("the case is there");
    let part_of_id = |character: char| character.is_alphanumeric() || "-_".contains(character);
    let lines = text.lines().filter(|line| line.starts_with('[') || line.starts_with("id ="));
    lines.flat_map(|line| line.split(|character| !part_of_id(character))).map(str::to_owned).collect()
}

#[test]
fn every_key_is_an_attribute() {
    let known = attributes(&root().join("python/package/winset"));
    assert!(known.contains("acceptable_count") && known.contains("from"));
    // Not attributes: concepts of stability, words for what numbers rest on, the bloc of everybody and a benchmark.
    let words = [
        "nash",
        "gmr",
        "smr",
        "seq",
        "sseq",
        "analogy",
        "assumption",
        "data",
        "inferred",
        "stated",
        "all",
        "ceasefire",
    ]
    .map(str::to_owned);
    for (case, questions) in [
        ("cases/kempton-park-1993", &[&["brief", "--draws", "64"][..], &["compare"], &["status"]][..]),
        ("cases/syria-2017", &[&["brief", "--draws", "0"], &["status"]]),
        ("cases/elmira-1991", &[&["stability", "--state", "1"], &["diff", "cases/camp-david-1978"]]),
        ("cases/camp-david-1978", &[&["check", "--evidence"], &["claims", "--draws", "64"]]),
    ] {
        // A difference of two cases has the ids of both.
        let mut ids = ids_of(case);
        ids.extend(ids_of("cases/camp-david-1978"));
        ids.extend(words.clone());
        // What becomes of tracks, counted by word.
        ids.extend(["alive", "dead", "left", "shut", "failed"].map(str::to_owned));
        for question in questions {
            let mut arguments = vec![question[0], case];
            arguments.extend(&question[1..]);
            arguments.push("--json");
            let output = winset(&root(), &arguments);
            let document: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
            let mut found = BTreeSet::new();
            unknown(&document, &known, &ids, &mut found);
            assert!(
                found.is_empty(),
                "{arguments:?} has keys without an attribute in python/package/winset/results: {found:?}"
            );
        }
    }
}
