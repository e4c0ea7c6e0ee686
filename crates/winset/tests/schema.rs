//! The JSON Schema for editors, against what the reader itself says.

#[allow(dead_code, reason = "each test file uses a part of it")]
mod common;
mod json_schema;

use std::path::{Path, PathBuf};

use json_schema::mistakes;
use serde_json::{Value, json};
use toml::de::{DeTable, DeValue};
use winset::{Code, Diagnostic, Severity, read, report};

/// A TOML text as the JSON an editor checks.
fn as_json(text: &str) -> Option<Value> {
    let table = DeTable::parse(text).ok()?;
    Some(table_as_json(table.get_ref()))
}

fn table_as_json(table: &DeTable<'_>) -> Value {
    table.iter().map(|(key, value)| (key.get_ref().to_string(), value_as_json(value.get_ref()))).collect()
}

fn value_as_json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => json!(text),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Null, |number| json!(number))
        }
        DeValue::Float(number) => number.as_str().parse::<f64>().map_or(Value::Null, |number| json!(number)),
        DeValue::Boolean(flag) => json!(flag),
        DeValue::Datetime(date) => json!(date.to_string()),
        DeValue::Array(items) => items.iter().map(|item| value_as_json(item.get_ref())).collect(),
        DeValue::Table(table) => table_as_json(table),
    }
}

fn toml_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            toml_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
    found.sort();
}

/// Mistakes a schema can know of: in keys, and in what sort of value they take.
fn is_about_form(diagnostic: &Diagnostic) -> bool {
    let in_text = diagnostic.message.ends_with("is not a check");
    matches!(diagnostic.code, Code::UnknownKey | Code::WrongType | Code::UnknownWord | Code::NotSupportedYet)
        && !in_text
}

#[test]
fn every_case_and_the_starter_pass() {
    let schema = report::json_schema();
    let mut files = Vec::new();
    toml_files(&common::root().join("cases"), &mut files);
    files.push(common::root().join("crates/winset/templates/starter.toml"));
    files.push(common::root().join("crates/winset-case/tests/every-construct.toml"));
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        assert_eq!(mistakes(&schema, &as_json(&text).unwrap()), Vec::<String>::new(), "{}", file.display());
    }
}

#[test]
fn the_error_gallery_is_told_apart() {
    let schema = report::json_schema();
    let mut files = Vec::new();
    toml_files(&common::root().join("crates/winset-case/tests/gallery"), &mut files);
    let mut rejected = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let Some(document) = as_json(&text) else { continue };
        let found = mistakes(&schema, &document);
        let diagnostics = read(&text).diagnostics;
        let unknown = diagnostics.iter().any(|diagnostic| diagnostic.code == Code::UnknownKey);
        if unknown {
            assert!(!found.is_empty(), "{} has an unknown key", file.display());
            rejected += 1;
        }
        // A schema that finds fault with a good case would be worse than none.
        if diagnostics.is_empty() {
            assert_eq!(found, Vec::<String>::new(), "{}", file.display());
        }
    }
    assert!(rejected > 0);
}

/// A case where a key can be put under any table.
const GROUND: &str = r#"
[case]
title = "Ground"
as_of = 2024-05-01
[source.s]
title = "S"
[issue.i]
options = ["x", "y"]
[actor.a]
fallback = 0.1
weights = { i = 1 }
values.i = { x = 0, y = 1 }
[actor.b]
fallback = 0.1
weights = { i = 1 }
values.i = { x = 0, y = 1 }
[track.t]
agenda = ["i"]
seats = { a = "party", b = "party" }
[framework.f]
benchmarks = { m = "i = y" }
[lever.l]
edits = ["actor.a.fallback += 0.1"]
[package.p]
content = { i = "y" }
"#;

/// Every table, and how to come to stand in it.
const TABLES: [&str; 19] = [
    "[case]",
    "[source.n]",
    "[issue.n]",
    "[actor.n]",
    "[[actor.n.red_line]]",
    "[[actor.n.linkage]]",
    "[actor.n.fallback]\ncost_of_going_on = 0.1",
    "[actor.n.fallback]\nwar = { win = 1, lose = 0, probability = 0.5, cost = 0.1 }",
    "[actor.n.fallback.war]\nwin = 1\nlose = 0\nprobability = 0.5\ncost = 0.1",
    "[actor.n.fallback]\nvalue = 1",
    "[tie.n]\nkind = \"patron\"",
    "[tie.n]\nkind = \"constituency\"",
    "[tie.n]\nkind = \"non-recognition\"",
    "[track.n]",
    "[framework.n]",
    "[framework.n.benchmarks.m]\nnominal = \"i = y\"\nstrict = \"i = y\"",
    "[lever.n]",
    "[[claim]]",
    "[[event]]",
];

const DATE: &str = "2024-04-01";

/// Values of every sort.
const VALUES: [&str; 16] = [
    "\"i = y\"",
    "\"a\"",
    "\"\"",
    "0",
    "1",
    "0.5",
    "-1",
    "7",
    "true",
    DATE,
    "[]",
    "[\"i\"]",
    "[1]",
    "{}",
    "{ i = 0.5 }",
    "{ low = 0.1, high = 0.2 }",
];

#[test]
fn the_schema_and_the_reader_know_the_same_keys_and_sorts_of_values() {
    let schema = report::json_schema();
    let mut keys: Vec<&str> = winset::format::SECTIONS.iter().flat_map(|section| section.table.names()).collect();
    keys.extend([
        "id",
        "when",
        "price",
        "bonus",
        "cost_of_going_on",
        "war",
        "win",
        "lose",
        "probability",
        "nominal",
        "strict",
    ]);
    keys.extend(winset::format::NUMBER.names());
    keys.push("no_such_key");
    keys.sort_unstable();
    keys.dedup();
    let mut compared = 0;
    let mut different = Vec::new();
    for place in TABLES {
        let ground = if place == "[case]" { GROUND.replace("[case]", "[head]") } else { GROUND.to_owned() };
        let place_alone = format!("{ground}\n{place}\n");
        let known = mistakes(&schema, &as_json(&place_alone).unwrap());
        let before = read(&place_alone).diagnostics;
        for key in &keys {
            if place.contains(&format!("\n{key} =")) {
                continue;
            }
            for value in VALUES {
                let text = format!("{place_alone}{key} = {value}\n");
                let document = as_json(&text).unwrap();
                let is_new = |mistake: &&String| !known.contains(mistake) && !mistake.contains(" lacks ");
                let by_schema: Vec<String> = mistakes(&schema, &document).iter().filter(is_new).cloned().collect();
                let diagnostics = read(&text).diagnostics;
                let more = |counts: fn(&Diagnostic) -> bool| {
                    let said = |found: &&Diagnostic| before.iter().any(|known| known.message == found.message);
                    diagnostics.iter().filter(|found| !said(found)).any(counts)
                };
                let by_reader = more(|found| found.severity == Severity::Error && found.code != Code::MissingKey);
                // Editors see a date as text.
                let is_known = more(is_about_form)
                    && !(value == DATE && diagnostics.iter().any(|found| found.message.contains("not a date")));
                if !by_schema.is_empty() && !by_reader || is_known && by_schema.is_empty() {
                    let said: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
                    different.push(format!("{place}\n{key} = {value}\n  schema: {by_schema:?}\n  reader: {said:?}"));
                }
                compared += 1;
                // A key unknown to both stays so whatever it takes.
                let unknown = |found: &Diagnostic| {
                    found.code == Code::UnknownKey && found.message.contains(&format!("no key `{key}`"))
                };
                if diagnostics.iter().any(unknown) && !by_schema.is_empty() {
                    break;
                }
            }
        }
    }
    assert!(different.is_empty(), "{} of {compared} differ:\n{}", different.len(), different.join("\n"));
}
