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

/// What Gambit read and solved (`pure_equilibria_of_gambit` holds its answers against ours) is what is written.
#[test]
fn games_are_written_as_gambit_read_them() {
    let tests = root().join("crates/winset-exchange/tests");
    let text = std::fs::read_to_string(tests.join("data/gambit_pure_equilibria.json")).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    for game in file["written"].as_array().unwrap() {
        let model = game["graph_model"].as_str().unwrap();
        let output = winset(&tests.join("graph-models"), &["stability", model, "--export", "nfg"]);
        assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
        assert_eq!(String::from_utf8_lossy(&output.stdout), game["nfg"].as_str().unwrap(), "{model}");
    }
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
    let state = |arguments: &[&str]| printed(&winset(&folder, &[&["stability", "chicken.gmcr"], arguments].concat()));
    insta::assert_snapshot!("chicken_more_state", state(&["--more", "--state", "4"]));
    let together = printed(&winset(&root(), &["stability", "cases/elmira-1991", "--coalitions", "--state", "3"]));
    insta::assert_snapshot!("elmira_coalitions_state", together);
    // What somebody does not see is named.
    let unseen = chicken.replace(r#""name": "One","#, r#""name": "One", "misperceptions": [[[0, "N"], [1, "N"]]],"#);
    std::fs::write(folder.join("unseen.gmcr"), unseen).unwrap();
    let text = printed(&winset(&folder, &["stability", "unseen.gmcr"]));
    assert!(text.contains("One does not see state 1: it moves neither there nor from there."), "{text}");
    let output = winset(&folder, &["stability", "unseen.gmcr", "--json"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    assert_eq!(document["unseen"], serde_json::json!([[1], []]));
}

#[test]
fn models_for_other_programs() {
    let models = root().join("crates/winset-exchange/tests/graph-models");
    let nfg = printed(&winset(&models, &["stability", "full_k4_n3.gmcr", "--export", "nfg"]));
    assert!(nfg.starts_with("NFG 1 R \"full_k4_n3\" { \"DM1\" \"DM2\" \"DM3\" }"), "{nfg}");
    assert_eq!(nfg.lines().count(), 7 + 16);
    assert_eq!(winset(&models, &["stability", "sparse_k6_n3.gmcr", "--export", "nfg"]).status.code(), Some(1));
    let gmcr = winset(&models, &["stability", "sparse_k6_n3.gmcr", "--export", "gmcr"]);
    let folder = empty_folder("export");
    std::fs::write(folder.join("again.gmcr"), &gmcr.stdout).unwrap();
    let answer = |folder: &std::path::Path, file: &str| winset(folder, &["stability", file, "--json"]).stdout;
    assert_eq!(answer(&models, "sparse_k6_n3.gmcr"), answer(&folder, "again.gmcr"));
    for model in ["full_k4_n3", "full_k6_n4", "prio_k6_n3"] {
        let nfg = winset(&models, &["stability", &format!("{model}.gmcr"), "--export", "nfg"]);
        assert_eq!(nfg.status.code(), Some(0), "{model}: {}", printed(&nfg));
        std::fs::write(folder.join("again.nfg"), &nfg.stdout).unwrap();
        assert_eq!(answer(&models, &format!("{model}.gmcr")), answer(&folder, "again.nfg"), "{model}");
        let again = winset(&folder, &["stability", "again.nfg", "--export", "nfg"]);
        assert_eq!(nfg.stdout, again.stdout, "{model}");
    }
    let bad = winset(&folder, &["stability", "again.nfg", "--engine", "symbolic"]);
    assert_eq!(bad.status.code(), Some(2));
    // Merged states have no place in the format.
    assert_eq!(winset(&root(), &["stability", "cases/elmira-1991", "--export", "gmcr"]).status.code(), Some(1));
}

/// Two alliances of twenty towns each: 2^40 choices.
fn many_towns(preference: &str) -> String {
    let mut text = String::from("[case]\ntitle = \"Forty towns\"\nas_of = 2020-01-01\n");
    for side in ["coast", "hills"] {
        text.push_str(&format!("[actor.{side}]\nname = \"Alliance of the {side}\"\n"));
        for town in 1..=20 {
            text.push_str(&format!("[move.{side}-{town}]\nname = \"open town {town}\"\nactor = \"{side}\"\n"));
        }
    }
    text.push_str("[move.coast-21]\nname = \"leave\"\nactor = \"coast\"\ntoday = true\n");
    text.push_str("[stability]\ninfeasible = [\"not move(coast-21)\"]\n");
    text.push_str("[stability.preference.coast]\nbasis = \"assumption\"\nstatements = [\"move(hills-1)\", \"not move(coast-1)\"]\n");
    text.push_str(&format!("[stability.preference.hills]\nbasis = \"assumption\"\n{preference}\n"));
    text
}

#[test]
fn states_that_are_too_many_to_list() {
    let folder = empty_folder("towns");
    let write = |preference: &str| std::fs::write(folder.join("case.toml"), many_towns(preference)).unwrap();
    write("statements = [\"move(coast-1)\", \"not move(hills-1)\"]");
    insta::assert_snapshot!("towns", printed(&winset(&folder, &["stability", ".", "--first", "2"])));
    let output = winset(&folder, &["stability", ".", "--first", "2", "--json"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    assert_eq!(document["engine"], "symbolic");
    assert_eq!(document["states"], 1_u64 << 40);
    assert_eq!(document["concepts"]["nash"]["equilibrium_count"], 1_u64 << 38);
    assert_eq!(document["concepts"]["gmr"]["equilibria"], serde_json::json!([1, 3]));
    assert!(document["concepts"]["seq"]["not_computed"].is_string());
    for (arguments, says) in [
        (&["--engine", "explicit"][..], "134217728 states"),
        (&["--state", "3"], "--state needs the states one by one"),
    ] {
        let output = winset(&folder, &[&["stability", "."], arguments].concat());
        assert_eq!(output.status.code(), Some(1));
        assert!(printed(&output).contains(says), "{}", printed(&output));
    }
    // Bridges once burnt stay so, and the rules of other programs hold as well.
    write("statements = []\n[move.coast-22]\nname = \"burn bridges\"\nactor = \"coast\"\nreversible = false");
    for rule in ["legal", "each-once", "single"] {
        let output = printed(&winset(&folder, &["stability", ".", "--sanction-rule", rule]));
        assert!(output.contains("burn bridges"), "{output}");
        assert_eq!(output.contains(&format!("Under the sanction rule {rule}")), rule != "legal", "{output}");
    }
    // What cannot be said without listing states is refused by name.
    let merged = many_towns("statements = []")
        .replace("[stability]\n", "[stability]\nindistinguishable = [\"move(hills-1)\"]\n");
    std::fs::write(folder.join("case.toml"), merged).unwrap();
    let refused = printed(&winset(&folder, &["stability", "."]));
    assert!(refused.contains("too many states to list them, and the analysis by decision diagrams needs"), "{refused}");
    // Both engines, where both can run.
    let models = root().join("crates/winset-exchange/tests/graph-models");
    let concepts = |rule, engine| {
        let asked = ["--sanction-rule", rule, "--engine", engine, "--first", "9999"];
        let output = winset(&models, &[&["stability", "prio_k8_n3.gmcr", "--json"], &asked[..]].concat());
        let mut document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
        assert_eq!(document["engine"], engine);
        let concepts = document["concepts"].as_object_mut().unwrap();
        concepts.retain(|name, _| !name.ends_with("seq"));
        document["concepts"].clone()
    };
    for rule in ["legal", "each-once", "single"] {
        assert_eq!(concepts(rule, "explicit"), concepts(rule, "symbolic"), "{rule}");
    }
}

#[test]
fn a_game_in_strategic_form() {
    let folder = empty_folder("nfg");
    let game = "NFG 1 R \"Stag hunt\" { \"Anna\" \"Ben\" }\n{ { \"stag\" \"hare\" } { \"stag\" \"hare\" } }\n4 4  3 1  1 3  2 2\n";
    std::fs::write(folder.join("hunt.nfg"), game).unwrap();
    insta::assert_snapshot!("stag_hunt", printed(&winset(&folder, &["stability", "hunt.nfg"])));
    std::fs::write(folder.join("bad.nfg"), game.replace(" 2 2", " 2")).unwrap();
    let output = winset(&folder, &["stability", "bad.nfg"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!("bad_nfg", printed(&output));
}

/// Preferences that are more, or less, than rankings, as people see them.
#[test]
fn more_and_less_than_rankings() {
    let folder = empty_folder("beyond");
    let lake = r#"[case]
title = "Lake Gisborne"
as_of = 1999-11-01
[actor.federal]
name = "Federal government"
[actor.provincial]
name = "Provincial government"
[actor.support]
name = "Support groups"
[move.prohibit]
name = "prohibit bulk water exports"
actor = "federal"
[move.lift]
name = "lift the ban"
actor = "provincial"
[move.appeal]
name = "appeal for the project"
actor = "support"
[stability.preference.federal]
ranking = ["YNN", "YNY", "YYN", "YYY", "NNN", "NNY", "NYN", "NYY"]
[stability.preference.provincial]
preferred = [["NNN", "NNY"], ["YNN", "YNY"], ["NYN", "NYY"], ["YYN", "YYY"]]
[stability.preference.support]
ranking = ["NYN", "YYN", "NYY", "YYY", "NNY", "YNY", "NNN", "YNN"]
"#;
    std::fs::write(folder.join("case.toml"), lake).unwrap();
    insta::assert_snapshot!("unknown_preference", printed(&winset(&folder, &["stability", "."])));
    insta::assert_snapshot!("unknown_preference_state", printed(&winset(&folder, &["stability", ".", "--state", "4"])));
    let document: serde_json::Value =
        serde_json::from_slice(&winset(&folder, &["stability", ".", "--json"]).stdout).expect("one JSON document");
    assert_eq!(document["unknown_preference"]["d"]["gmr"]["equilibria"], serde_json::json!([4, 6, 8]));
    let output = winset(&folder, &["stability", ".", "--coalitions"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(printed(&output).contains("--coalitions needs everyone's ranking"), "{}", printed(&output));
    let known = lake.replace(
        "preferred = [[\"NNN\", \"NNY\"], [\"YNN\", \"YNY\"], [\"NYN\", \"NYY\"], [\"YYN\", \"YYY\"]]",
        "statements = [\"move(lift)\", \">>\", \"not move(appeal)\"]",
    );
    let more = "[stability.attitude.support]\ntowards = { provincial = \"positive\" }\n[stability.view.provincial]\nunseen = [\"move(prohibit) and move(lift)\"]\n[stability.view.provincial.preference.federal]\nstatements = [\"not move(prohibit)\"]\n";
    std::fs::write(folder.join("case.toml"), format!("{known}{more}")).unwrap();
    insta::assert_snapshot!("beyond_rankings", printed(&winset(&folder, &["stability", "."])));
    insta::assert_snapshot!("beyond_rankings_state", printed(&winset(&folder, &["stability", ".", "--state", "4"])));
    let document: serde_json::Value =
        serde_json::from_slice(&winset(&folder, &["stability", ".", "--json"]).stdout).expect("one JSON document");
    for key in ["strength", "attitudes", "misperception"] {
        assert!(document[key]["nash"]["equilibria"].is_array(), "{key}");
        assert_eq!(document[key]["nash"]["stable"].as_array().unwrap().len(), 3);
    }
}

/// The state graph as a picture: a well-formed file with words for whoever cannot see it, and no text of a case as anything but text.
#[test]
fn the_state_graph_as_a_picture() {
    let svg = |folder: &std::path::Path, arguments: &[&str]| {
        let output = winset(folder, &[&["stability"], arguments, &["--export", "svg"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
        printed(&output)
    };
    let elmira = svg(&root(), &["cases/elmira-1991"]);
    let document = roxmltree::Document::parse(&elmira).expect("well-formed");
    let text = |name: &str| {
        let found = document.descendants().find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name)));
        found.and_then(|node| node.text()).unwrap_or_default().to_owned()
    };
    assert!(text("title").starts_with("Elmira, Ontario"));
    let described = text("desc");
    assert!(
        described.contains("State 1 (NYNNN): Uniroyal: delay the appeal. Equilibrium under GMR, SMR."),
        "{described}"
    );
    assert_eq!(described.matches("\nState ").count(), 9);
    let heads = document.descendants().filter(|node| node.attribute("class") == Some("head"));
    let heads: Vec<&str> = heads.filter_map(|node| node.text()).collect();
    assert_eq!(heads.len(), 9);
    assert!(heads.contains(&"1  NYNNN  today"), "{heads:?}");
    insta::assert_snapshot!("elmira_picture", elmira);
    // Of a larger graph only what matters; of one where too much does, nothing.
    let models = root().join("crates/winset-exchange/tests/graph-models");
    let reduced = svg(&models, &["prio_k6_n3.gmcr", "--from", "1"]);
    assert!(reduced.contains("Only the equilibria and the ways there"));
    let output = winset(&models, &["stability", "full_k8_n4.gmcr", "--export", "svg"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(printed(&output).contains("too many states to be drawn"), "{}", printed(&output));
    let folder = empty_folder("picture");
    let game = "NFG 1 R \"<script>alert(1)</script>\" { \"A & B\" \"\\\"<i>\" } { 2 2 } 1 2 3 4 5 6 7 8";
    std::fs::write(folder.join("game.nfg"), game).unwrap();
    let hostile = svg(&folder, &["game.nfg"]);
    assert!(roxmltree::Document::parse(&hostile).is_ok() && !hostile.contains("<script") && !hostile.contains("<i>"));
}
