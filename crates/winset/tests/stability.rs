//! `winset stability`, as people see it.

mod common;

use common::{empty_folder, printed, root, winset};

#[test]
fn stability_of_a_graph_model() {
    let models = root().join("crates/winset-exchange/tests/graph-models");
    insta::assert_snapshot!("stability_model", printed(&winset(&models, &["stability", "sparse_k6_n4.gmcr"])));
    let document = |arguments: &[&str]| -> serde_json::Value {
        let output = winset(&models, arguments);
        assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
        serde_json::from_slice(&output.stdout).expect("one JSON document")
    };
    let legal = document(&["stability", "irrev_k6_n3.gmcr", "--json"]);
    assert_eq!(legal["states"], 64);
    assert_eq!(legal["decision_makers"], serde_json::json!(["DM1", "DM2", "DM3"]));
    for concept in ["nash", "gmr", "smr", "seq", "sseq"] {
        assert!(legal["concepts"][concept]["equilibria"].is_array());
        assert_eq!(legal["concepts"][concept]["stable"].as_array().unwrap().len(), 3);
    }
    let single = document(&["stability", "irrev_k6_n3.gmcr", "--json", "--sanction-rule", "single"]);
    assert_ne!(legal, single);
    for arguments in [
        &["stability", "none.gmcr"][..],
        &["stability", "irrev_k6_n3.gmcr", "--sanction-rule", "any"],
        &["stability", "irrev_k6_n3.gmcr", "--with", "magic"],
    ] {
        assert_eq!(winset(&models, arguments).status.code(), Some(2), "{arguments:?}");
    }
    let folder = empty_folder("gmcr");
    std::fs::write(folder.join("old.gmcr"), [0x80, 2]).unwrap();
    let output = winset(&folder, &["stability", "old.gmcr"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!("stability_pickle", printed(&output));
}

#[test]
fn stability_of_a_case() {
    insta::assert_snapshot!("elmira", printed(&winset(&root(), &["stability", "cases/elmira-1991"])));
    insta::assert_snapshot!(
        "elmira_state",
        printed(&winset(&root(), &["stability", "cases/elmira-1991", "--state", "1"]))
    );
    let dot = printed(&winset(&root(), &["stability", "cases/elmira-1991", "--export", "dot"]));
    assert!(dot.starts_with("digraph") && dot.contains("6 [shape=doublecircle") && dot.contains("1 -> 6"), "{dot}");
    let output = winset(&root(), &["stability", "cases/elmira-1991", "--json", "--state", "1", "--from", "1"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    assert_eq!(document["from"]["today"], 1);
    assert_eq!(document["from"]["ways"][3]["improvements"][0]["mover"], "Local governments");
    assert_eq!(document["explanation"]["decision_makers"][2]["concepts"]["seq"]["stable"], false);
    for arguments in [
        &["stability", "cases/syria-2017"][..],
        &["stability", "cases/elmira-1991", "--state", "1", "--edit", "actor.nobody.fallback = 1"],
    ] {
        assert_ne!(winset(&root(), arguments).status.code(), Some(0), "{arguments:?}");
    }
    let evidence = printed(&winset(&root(), &["check", "cases/elmira-1991", "--evidence", "--json"]));
    assert!(evidence.contains("\"sources_never_cited\": []"), "{evidence}");
    insta::assert_snapshot!(
        "elmira_coalitions",
        printed(&winset(&root(), &["stability", "cases/elmira-1991", "--coalitions"]))
    );
    insta::assert_snapshot!(
        "elmira_inverse",
        printed(&winset(&root(), &["stability", "cases/elmira-1991", "--inverse", "3"]))
    );
    let output = winset(&root(), &["stability", "cases/elmira-1991", "--state", "10"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_game_over_levers() {
    insta::assert_snapshot!("syria_game", printed(&winset(&root(), &["stability", "cases/syria-2017", "--game"])));
    // A small case of which every word can be followed.
    let folder = empty_folder("game");
    std::fs::write(folder.join("fence.toml"), include_str!("fence.toml")).unwrap();
    let fence = |more: &[&str]| winset(&folder, &[&["stability", "fence.toml", "--game"], more].concat());
    insta::assert_snapshot!("fence_game", printed(&fence(&[])));
    insta::assert_snapshot!("fence_game_json", printed(&fence(&["--json"])));
    insta::assert_snapshot!("fence_game_state", printed(&fence(&["--state", "1"])));
    for more in [&["--csv"][..], &["--state", "100"]] {
        assert_eq!(fence(more).status.code(), Some(2), "{more:?}");
    }
    assert_eq!(winset(&root(), &["stability", "cases/elmira-1991", "--game"]).status.code(), Some(1));
    let models = root().join("crates/winset-exchange/tests/graph-models");
    assert_eq!(winset(&models, &["stability", "irrev_k6_n3.gmcr", "--game"]).status.code(), Some(2));
}

#[test]
fn further_concepts() {
    let models = root().join("crates/winset-exchange/tests/graph-models");
    let three = printed(&winset(&models, &["stability", "irrev_k4_n3.gmcr", "--more"]));
    assert!(three.contains("is defined for two decision makers"), "{three}");
    // Chicken (Fraser & Hipel 1984): with simultaneous sanctions, swerving together stays put.
    let chicken = r#"{"options": [{"name": "Swerve"}, {"name": "Swerve"}], "infeasibles": [], "useManualPreferenceRanking": true,
        "decisionMakers": [{"name": "One", "options": [0], "preferenceRanking": [3, 4, 2, 1]},
            {"name": "Other", "options": [1], "preferenceRanking": [2, 4, 3, 1]}]}"#;
    let folder = empty_folder("chicken");
    std::fs::write(folder.join("chicken.gmcr"), chicken).unwrap();
    insta::assert_snapshot!("chicken_more", printed(&winset(&folder, &["stability", "chicken.gmcr", "--more"])));
}

#[test]
fn models_for_other_programs() {
    let models = root().join("crates/winset-exchange/tests/graph-models");
    let nfg = printed(&winset(&models, &["stability", "full_k4_n3.gmcr", "--export", "nfg"]));
    assert!(nfg.starts_with("NFG 1 R \"full_k4_n3\" { \"DM1\" \"DM2\" \"DM3\" } {"), "{nfg}");
    assert_eq!(nfg.lines().count(), 2 + 16);
    assert_eq!(winset(&models, &["stability", "sparse_k6_n3.gmcr", "--export", "nfg"]).status.code(), Some(1));
    let gmcr = winset(&models, &["stability", "sparse_k6_n3.gmcr", "--export", "gmcr"]);
    let folder = empty_folder("export");
    std::fs::write(folder.join("again.gmcr"), &gmcr.stdout).unwrap();
    let answer = |folder: &std::path::Path, file: &str| winset(folder, &["stability", file, "--json"]).stdout;
    assert_eq!(answer(&models, "sparse_k6_n3.gmcr"), answer(&folder, "again.gmcr"));
    // Merged states have no place in the format.
    assert_eq!(winset(&root(), &["stability", "cases/elmira-1991", "--export", "gmcr"]).status.code(), Some(1));
}
