//! What users see of options side by side, and of two versions of a case.

mod common;

use common::{empty_folder, printed, root, winset};

#[test]
fn options_are_compared_side_by_side() {
    for case in ["syria-2017", "camp-david-1978"] {
        let output = winset(&root(), &["compare", &format!("cases/{case}")]);
        assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
        insta::assert_snapshot!(format!("compare_{case}"), printed(&output));
    }
    // Without options of its own a case has each of its levers, and each of its readings.
    let folder = empty_folder("compare");
    winset(&folder, &["new", "river"]);
    insta::assert_snapshot!("compare_starter", printed(&winset(&folder, &["compare", "river"])));
    let two = ["compare", "river", "Nothing: actor.city.fallback += 0", "--option", "lever compensation"];
    let two = winset(&folder, &two);
    assert_eq!(two.status.code(), Some(2), "the starter has no such lever: {}", printed(&two));
}

#[test]
fn a_comparison_is_one_document_with_the_promised_fields() {
    let document = document(&[
        "compare",
        "cases/camp-david-1978",
        "sinai-alone",
        "Both: name-the-culprit; keep-the-vow",
        "--json",
    ]);
    let options = document["options"].as_array().unwrap();
    assert_eq!((&options[0]["id"], &options[1]["id"]), (&"sinai-alone".into(), &serde_json::Value::Null));
    assert_eq!(options[1]["levers"], serde_json::json!(["blame-for-failure", "no-knesset-vote"]));
    for measures in [&document["today"], &options[0]["measures"], &options[1]["measures"]] {
        assert!(measures["tables"][0]["terms"].get("shares").is_some() || measures["tables"][0]["blockers"].is_array());
        assert!(measures["end"]["worth"]["egypt"]["here"].is_number());
        assert_eq!(measures["claims"].as_object().unwrap().len(), 7);
    }
    for field in ["tables", "blocking", "gains", "revalued", "claims"] {
        assert!(options[0]["changes"].get(field).is_some(), "no {field}");
    }
    for wrong in ["nonsense", "keep-the-vow; track.camp-david.mandat = none"] {
        let output = winset(&root(), &["compare", "cases/camp-david-1978", wrong]);
        assert_eq!(output.status.code(), Some(2), "{}", printed(&output));
        assert!(output.stdout.is_empty());
    }
}

/// With `--runs` options are compared by simulation, in words, as a document and as a table, and the seed decides.
#[test]
fn options_are_compared_by_simulation() {
    let asked = ["compare", "cases/camp-david-1978", "sinai-alone", "keep-the-vow", "--runs", "300"];
    let output = winset(&root(), &asked);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    insta::assert_snapshot!("compare_runs_camp-david-1978", printed(&output));
    let with_seed = |seed: &str| document(&[&asked[..], &["--seed", seed, "--json"]].concat());
    let first = with_seed("1");
    assert_eq!(first, document(&[&asked[..], &["--json"]].concat()));
    assert_ne!(first["today"], with_seed("2")["today"]);
    assert_eq!((&first["runs"], &first["options"][0]["id"]), (&300.into(), &"sinai-alone".into()));
    for measure in first["options"][0]["measures"].as_array().unwrap() {
        let (today, with, by) = (&measure["today"], &measure["with_option"], &measure["difference"]);
        let value = |of: &serde_json::Value| of["value"].as_f64().unwrap();
        assert!((value(with) - value(today) - value(by)).abs() < 1e-9, "{measure}");
        assert!(by["low"].as_f64().unwrap() <= value(by) && value(by) <= by["high"].as_f64().unwrap(), "{measure}");
    }
    let table = printed(&winset(&root(), &[&asked[..], &["--csv"]].concat()));
    assert!(table.starts_with("option,name,measure,subject,today,") && table.lines().count() > 10, "{table}");
    let wrong = winset(&root(), &["compare", "cases/camp-david-1978", "--seed", "3"]);
    assert_eq!(wrong.status.code(), Some(2), "a seed is for runs: {}", printed(&wrong));
}

#[test]
fn two_versions_are_compared_by_what_they_mean() {
    let folder = empty_folder("diff");
    winset(&folder, &["new", "river"]);
    let text = std::fs::read_to_string(folder.join("river/case.toml")).unwrap();
    std::fs::write(folder.join("tidied.toml"), format!("# The same.\n{}", text.replace(" = ", "   =  "))).unwrap();
    let same = winset(&folder, &["diff", "river", "tidied.toml"]);
    assert_eq!(same.status.code(), Some(0), "{}", printed(&same));
    insta::assert_snapshot!("diff_same", printed(&same));
    let edits = ["--edit", "actor.upland.cost_of_going_on -= 0.2", "--strict-recognition"];
    assert_eq!(winset(&folder, &[&["diff", "river", "tidied.toml"], &edits[..]].concat()).status.code(), Some(0));
    let other = text.replace("cost_of_going_on = ", "cost_of_going_on = 0.1 + ");
    assert_ne!(other, text, "the starter has a cost of going on");
    std::fs::write(folder.join("broken.toml"), other).unwrap();
    assert_eq!(winset(&folder, &["diff", "river", "broken.toml"]).status.code(), Some(1));
    assert_eq!(winset(&folder, &["diff", "river"]).status.code(), Some(2));
    assert_eq!(winset(&folder, &["diff", "-", "-"]).status.code(), Some(2));
}

#[test]
fn every_case_says_the_same_as_itself() {
    for case in ["syria-2017", "camp-david-1978", "kempton-park-1993"] {
        let case = format!("cases/{case}");
        let output = winset(&root(), &["diff", &case, &case]);
        assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
        assert!(printed(&output).contains("Nothing: "), "{}", printed(&output));
    }
}

#[test]
fn two_coders_of_camp_david() {
    let folder = empty_folder("coders");
    let text = std::fs::read_to_string(root().join("cases/camp-david-1978/case.toml")).unwrap();
    let mut other = text.clone();
    for (from, to) in [
        (
            "withdrawal.partial = { low = 0.2, mode = 0.4, high = 0.6 }",
            "withdrawal.partial = { low = 0.2, mode = 0.5, high = 0.6 }",
        ),
        ("united-states = \"convener\"", "united-states = [\"convener\", \"observer\"]"),
        ("peace-made = \"peace != armistice\"", "peace-made = \"peace = full-normal-relations\""),
        ("[option.keep-the-vow]", "[option.hold-the-vow]"),
        (
            "fallback = { cost_of_going_on = { low = 0.0, mode = 0.1, high = 0.25 } }",
            "fallback = { cost_of_going_on = -0.3 }",
        ),
    ] {
        assert!(other.contains(from), "{from}");
        other = other.replacen(from, to, 1);
    }
    std::fs::write(folder.join("anna.toml"), text).unwrap();
    std::fs::write(folder.join("ben.toml"), other).unwrap();
    let output = winset(&folder, &["diff", "anna.toml", "ben.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    insta::assert_snapshot!("diff_coders", printed(&output));
    let json = winset(&folder, &["diff", "anna.toml", "ben.toml", "--json"]);
    let document: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(document["added"][0]["path"], "option.hold-the-vow");
    assert!(
        document["agreement"]
            .as_array()
            .unwrap()
            .iter()
            .any(|entry| entry["metric"] == "interval" && entry["alpha"].is_number())
    );
    for field in ["first", "second", "removed", "changed", "answers", "agreement_on_answers"] {
        assert!(document.get(field).is_some(), "no {field}");
    }
}

/// One JSON document on standard output, and nothing else anywhere.
fn document(arguments: &[&str]) -> serde_json::Value {
    let output = winset(&root(), arguments);
    assert!(output.stderr.is_empty(), "{arguments:?}: {}", printed(&output));
    serde_json::from_slice(&output.stdout).expect("one JSON document")
}
