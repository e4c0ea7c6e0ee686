//! What users see, command by command, as snapshots; and what every command promises.

mod common;

use common::{empty_folder, printed, root, winset, winset_with_input};

/// A broken case: one unknown key, one unknown name.
const BROKEN: &str = r#"
[case]
title = "Broken"
as_of = 2024-05-01

[issue.water]
name = "Water"
options = ["a", "b"]

[track.talks]
name = "Talks"
agendda = ["water"]
agenda = ["watr"]
"#;

#[test]
fn the_brief_of_every_case() {
    for case in ["syria-2017", "camp-david-1978", "kempton-park-1993"] {
        let output = winset(&root(), &["brief", &format!("cases/{case}")]);
        assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
        insta::assert_snapshot!(format!("brief_{case}"), printed(&output));
    }
}

#[test]
fn the_starter_passes_check_and_its_claims_hold() {
    let folder = empty_folder("starter");
    insta::assert_snapshot!("new", printed(&winset(&folder, &["new", "river"])));
    insta::assert_snapshot!("check", printed(&winset(&folder, &["check", "river"])));
    let output = winset(&folder, &["brief", "river"]);
    insta::assert_snapshot!("brief_starter", printed(&output));
    let output = winset(&folder, &["claims", "river"]);
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!("claims_starter", printed(&output));
}

#[test]
fn new_never_overwrites() {
    let folder = empty_folder("keep");
    std::fs::write(folder.join("case.toml"), "mine").unwrap();
    let output = winset(&folder, &["new", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(folder.join("case.toml")).unwrap(), "mine");
    insta::assert_snapshot!("new_existing", printed(&output));
}

#[test]
fn a_wrong_case_is_explained_and_exits_with_1() {
    for command in ["check", "settle", "claims", "brief"] {
        let output = winset_with_input(&root(), &[command, "-"], BROKEN);
        assert_eq!(output.status.code(), Some(1), "{command}");
        let json = winset_with_input(&root(), &[command, "-", "--json"], BROKEN);
        assert_eq!(json.status.code(), Some(1), "{command}");
        let document: serde_json::Value = serde_json::from_slice(&json.stdout).expect("one JSON document");
        assert_eq!(document["valid"], false);
        assert!(json.stderr.is_empty(), "{command} prints nothing but its document");
    }
    insta::assert_snapshot!("check_broken", printed(&winset_with_input(&root(), &["check", "-"], BROKEN)));
}

#[test]
fn wrong_usage_exits_with_2() {
    for arguments in [
        &["settle"][..],
        &["settle", "no/such/case"],
        &["settle", "cases/syria-2017", "--track", "nowhere"],
        &["settle", "cases/syria-2017", "--with", "magic"],
        &["settle", "cases/syria-2017", "--edit", "actor.nobody.fallback = 1"],
        &["dance"],
    ] {
        let output = winset(&root(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", printed(&output));
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn json_is_one_document_with_the_promised_fields() {
    let settle = document(&["settle", "cases/syria-2017", "--json"]);
    let tracks = settle["tracks"].as_object().unwrap();
    assert!(tracks.contains_key("geneva"));
    for (id, track) in tracks {
        for field in ["acceptable_count", "frontier_count", "solutions", "blockers", "shortfalls", "unlocks", "cause"] {
            assert!(track.get(field).is_some(), "{id} has no {field}");
        }
        for field in ["rule", "voting", "not_recognised", "durability"] {
            assert!(track.get(field).is_some(), "{id} has no {field}");
        }
        for solution in ["nash", "kalai_smorodinsky", "egalitarian", "utilitarian"] {
            assert!(track["solutions"].get(solution).is_some(), "{id} has no {solution}");
        }
    }
    let claims = document(&["claims", "cases/syria-2017", "--json"]);
    for claim in claims.as_array().unwrap() {
        assert!(["holds", "fails", "undecided"].contains(&claim["status"].as_str().unwrap()));
        for field in ["id", "control_breaks", "robustness"] {
            assert!(claim.get(field).is_some(), "{claim} has no {field}");
        }
    }
    document(&["brief", "cases/syria-2017", "--json"]);
    document(&["check", "cases/syria-2017", "--json"]);
}

#[test]
fn strict_recognition_closes_the_tracks_where_someone_refuses_to_sit() {
    let tracks = |more: &[&str]| {
        let arguments =
            [&["settle", "cases/syria-2017", "--json", "--track", "geneva", "--track", "astana"], more].concat();
        document(&arguments)["tracks"].clone()
    };
    let (plain, strict) = (tracks(&[]), tracks(&["--strict-recognition"]));
    assert_eq!(plain["geneva"]["not_recognised"][0]["seat"], "government-delegation");
    assert_eq!(plain["geneva"]["cause"], "mandate");
    assert_eq!((&strict["geneva"]["cause"], &strict["geneva"]["examined"]), (&"exclusion".into(), &0.into()));
    assert_eq!(plain["astana"], strict["astana"], "nobody at Astana refuses");
}

/// One JSON document on standard output, and nothing else anywhere.
fn document(arguments: &[&str]) -> serde_json::Value {
    let output = winset(&root(), arguments);
    assert!(output.stderr.is_empty(), "{arguments:?}: {}", printed(&output));
    serde_json::from_slice(&output.stdout).expect("one JSON document")
}

#[test]
fn status_says_where_the_process_stood() {
    insta::assert_snapshot!(
        "status",
        printed(&winset(&root(), &["status", "cases/syria-2017", "--as-of", "2017-05-17"]))
    );
    let now = document(&["status", "cases/syria-2017", "--json"]);
    assert_eq!(now["tracks"]["geneva"]["under_way"]["text"], "Geneva VIII");
    assert_eq!(now["tracks"]["astana"]["rounds"], 7);
    for day in ["2017-12-13", "2017-02-30", "yesterday"] {
        assert_eq!(winset(&root(), &["status", "cases/syria-2017", "--as-of", day]).status.code(), Some(2), "{day}");
    }
}

#[test]
fn evidence_begins_with_what_the_answers_hang_on() {
    let folder = empty_folder("evidence");
    winset(&folder, &["new", "river"]);
    insta::assert_snapshot!("evidence_starter", printed(&winset(&folder, &["check", "river", "--evidence"])));
    let camp_david = document(&["check", "cases/camp-david-1978", "--evidence", "--json"]);
    let numbers = camp_david["evidence"]["numbers"].as_array().unwrap();
    let flips: Vec<usize> = numbers.iter().map(|number| number["flips"].as_array().unwrap().len()).collect();
    let first_without = flips.iter().position(|count| *count == 0).unwrap_or(flips.len());
    assert!(flips[first_without..].iter().all(|count| *count == 0), "those that change an answer come first");
}

#[test]
fn fmt_lays_out_every_file_of_a_case() {
    let folder = empty_folder("fmt");
    winset(&folder, &["new", "river"]);
    assert_eq!(winset(&folder, &["fmt", "river", "--check"]).status.code(), Some(0), "the starter is laid out");
    let starter = std::fs::read_to_string(folder.join("river/case.toml")).unwrap();
    let untidy = starter
        .replace("as_of = 2024-05-01", "files = [ 'more.toml' ]\nas_of   = 2024-05-01")
        .replace("\"\n\n[", "\"\n[");
    let more = "[define]\n\nshared='water = half-each' # one view\n";
    let write = |case: &str, more: &str| {
        std::fs::write(folder.join("river/case.toml"), case).unwrap();
        std::fs::write(folder.join("river/more.toml"), more).unwrap();
    };
    let on_disk =
        || ["case.toml", "more.toml"].map(|name| std::fs::read_to_string(folder.join("river").join(name)).unwrap());
    write(&untidy, more);
    let check = winset(&folder, &["fmt", "river", "--check"]);
    assert_eq!(check.status.code(), Some(1));
    insta::assert_snapshot!("fmt_check", printed(&check));
    assert_eq!(on_disk(), [untidy.clone(), more.to_owned()], "--check changes nothing");
    // A mistake in one file, and no file is touched.
    write(&untidy, "[define]\nshared = half\n");
    let refused = winset(&folder, &["fmt", "river"]);
    assert_eq!(refused.status.code(), Some(1));
    insta::assert_snapshot!("fmt_refused", printed(&refused));
    assert_eq!(on_disk()[0], untidy);
    write(&untidy, more);
    let done = winset(&folder, &["fmt", "river"]);
    assert_eq!(done.status.code(), Some(0));
    insta::assert_snapshot!("fmt", printed(&done));
    let [case, more] = on_disk();
    assert_eq!(case, starter.replace("as_of = 2024-05-01", "files = [\"more.toml\"]\nas_of = 2024-05-01"));
    assert_eq!(more, "[define]\nshared = \"water = half-each\"  # one view\n");
    assert_eq!(std::fs::read_dir(folder.join("river")).unwrap().count(), 3, "nothing is left behind");
    assert_eq!(winset(&folder, &["fmt", "river", "--check"]).status.code(), Some(0));
    // Standard input is printed, whatever it is made of.
    let piped = winset_with_input(&folder, &["fmt", "-"], "[case]\ntitle='x'");
    assert_eq!((piped.status.code(), printed(&piped).as_str()), (Some(0), "[case]\ntitle = \"x\"\n"));
}

#[test]
fn shells_and_manuals_know_every_command() {
    let folder = empty_folder("shells");
    let help = printed(&winset(&folder, &["--help"]));
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> =
        listed.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() > 8, "{commands:?}");
    assert_eq!(winset(&folder, &["man", "pages"]).status.code(), Some(0));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let completions = printed(&winset(&folder, &["completions", shell]));
        for command in &commands {
            assert!(completions.contains(command), "{shell} does not know {command}");
        }
    }
    for command in commands.iter().filter(|command| **command != "help") {
        assert!(folder.join(format!("pages/winset-{command}.1")).is_file(), "no page for {command}");
    }
}

#[test]
fn a_reading_is_taken_up_by_every_command() {
    let settle = document(&["settle", "cases/syria-2017", "--track", "geneva", "--reading", "officials", "--json"]);
    assert_eq!(settle["case"]["reading"], "officials");
    let plain = document(&["settle", "cases/syria-2017", "--track", "geneva", "--json"]);
    assert_ne!(settle["tracks"]["geneva"]["shortfalls"], plain["tracks"]["geneva"]["shortfalls"]);
    // The claims of the article are its author's, so under another reading some fail.
    assert_eq!(winset(&root(), &["claims", "cases/syria-2017", "--reading", "officials"]).status.code(), Some(1));
    assert_eq!(winset(&root(), &["brief", "cases/syria-2017", "--reading", "nobody"]).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_a_cases_folder() {
    let folder = empty_folder("links");
    std::fs::create_dir(folder.join("case")).unwrap();
    std::fs::write(folder.join("secret.toml"), "[define]\nsecret = \"true\"\n").unwrap();
    std::os::unix::fs::symlink(folder.join("secret.toml"), folder.join("case/more.toml")).unwrap();
    let text = BROKEN.replace("as_of = 2024-05-01", "as_of = 2024-05-01\nfiles = [\"more.toml\", \"none.toml\"]");
    std::fs::write(folder.join("case/case.toml"), text).unwrap();
    let output = printed(&winset(&folder, &["check", "case"]));
    assert!(output.contains("`more.toml` leads out of the case's folder"), "{output}");
    assert!(output.contains("`none.toml` cannot be read"), "{output}");
    assert!(!output.contains("secret ="), "{output}");
}

#[test]
fn the_same_question_has_the_same_answer() {
    for arguments in [
        &["brief", "cases/syria-2017"][..],
        &["settle", "cases/syria-2017", "--json"],
        &["claims", "cases/camp-david-1978", "--json"],
    ] {
        let first = winset(&root(), arguments);
        let second = winset(&root(), arguments);
        assert_eq!(first.stdout, second.stdout, "{arguments:?}");
    }
}

#[test]
fn what_the_command_line_changes_stays_on_the_command_line() {
    let file = root().join("cases/syria-2017/case.toml");
    let before = std::fs::read(&file).unwrap();
    let plain = winset(&root(), &["settle", "cases/syria-2017", "--track", "geneva"]);
    let edited =
        winset(&root(), &["settle", "cases/syria-2017", "--track", "geneva", "--edit", "track.geneva.mandate = none"]);
    assert_eq!(edited.status.code(), Some(0), "{}", printed(&edited));
    assert_ne!(plain.stdout, edited.stdout);
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

/// A case with so many issues of ten options, and one fallback for all.
fn great_bargain(issues: u64, actors: &[&str], fallback: &str) -> String {
    // `SplitMix64`.
    let mut state = 7_u64;
    let mut below = |bound: u64| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    };
    let mut text = "[case]\ntitle = \"A great bargain\"\nas_of = 2024-01-01\n".to_owned();
    let options: Vec<String> = (0..10).map(|option| format!("\"o{option}\"")).collect();
    for issue in 0..issues {
        text += &format!("\n[issue.i{issue}]\nname = \"Issue {issue}\"\noptions = [{}]\n", options.join(", "));
    }
    for actor in actors {
        text += &format!("\n[actor.{}]\nname = \"{actor}\"\nfallback = {fallback}\n", actor.to_lowercase());
        let weights: Vec<String> = (0..issues).map(|issue| format!("i{issue} = {}", 1 + below(100))).collect();
        text += &format!("weights = {{ {} }}\n", weights.join(", "));
        for issue in 0..issues {
            let values: Vec<String> = (0..10).map(|option| format!("o{option} = 0.{:02}", below(100))).collect();
            text += &format!("values.i{issue} = {{ {} }}\n", values.join(", "));
        }
    }
    let agenda: Vec<String> = (0..issues).map(|issue| format!("\"i{issue}\"")).collect();
    let seats: Vec<String> = actors.iter().map(|actor| format!("{} = \"party\"", actor.to_lowercase())).collect();
    text + &format!(
        "\n[track.talks]\nname = \"The talks\"\nagenda = [{}]\nseats = {{ {} }}\n",
        agenda.join(", "),
        seats.join(", ")
    )
}

#[test]
fn tables_too_large_to_list_are_answered_with_proofs() {
    let folder = common::empty_folder("great-bargain");
    let three = ["Aland", "Boria", "Cardia"];
    for (name, fallback) in [("open", "0.6"), ("closed", "0.85")] {
        std::fs::write(folder.join(format!("{name}.toml")), great_bargain(12, &three, fallback)).expect("writable");
        let text = common::printed(&common::winset(&folder, &["brief", &format!("{name}.toml")]));
        insta::assert_snapshot!(format!("great_bargain_{name}"), text);
        let json = common::printed(&common::winset(&folder, &["settle", "--json", &format!("{name}.toml")]));
        let json: serde_json::Value = serde_json::from_str(&json).expect("a document");
        let talks = &json["tracks"]["talks"];
        assert_eq!(talks["packages"], 999_999_999_999_u64);
        if name == "open" {
            assert_eq!(talks["frontier_within"], serde_json::Value::Null);
            assert!(talks["frontier_count"].as_u64() > Some(100));
        } else {
            assert_eq!(talks["proofs"][0]["kind"], "weights");
            let sets = talks["blocking_sets"].as_array().expect("a list");
            assert!(!sets.is_empty() && sets.iter().all(|set| !set["proofs"].as_array().expect("a list").is_empty()));
        }
    }
    // Claims about such a table are decided.
    let claim = |id: &str, check: &str| format!("\n[[claim]]\nid = \"{id}\"\nsays = \"{id}\"\ncheck = \"{check}\"\n");
    let claims = claim("closed", "empty(talks)")
        + &claim("two", "blocks(talks, fallback:aland, fallback:boria)")
        + &claim("three", "blocks(talks, fallback:aland, fallback:cardia)");
    std::fs::write(folder.join("claims.toml"), great_bargain(12, &three, "0.85") + &claims).expect("writable");
    let json = winset(&folder, &["claims", "--json", "claims.toml"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("a document");
    let statuses: Vec<&str> = (0..3).map(|at| json[at]["status"].as_str().expect("a word")).collect();
    assert_eq!(statuses, ["holds", "holds", "fails"], "{json}");
    // 10^30 packages and eight parties: the verdict comes with its proof.
    let eight = ["Aland", "Boria", "Cardia", "Dunmark", "Eland", "Foria", "Gallia", "Hestia"];
    std::fs::write(folder.join("thirty.toml"), great_bargain(30, &eight, "0.8")).expect("writable");
    let text = common::printed(&common::winset(&folder, &["settle", "thirty.toml"]));
    assert!(text.contains("none of about 10^30") && text.contains("However issues are traded"), "{text}");
}

#[test]
fn an_imported_scenario_of_10_to_the_30_is_settled() {
    let folder = empty_folder("imported-bargain");
    let issues = 0..30_usize;
    let values: Vec<String> = (0..10).map(|value| format!("v{value}")).collect();
    let listed: Vec<String> = issues
        .clone()
        .map(|issue| format!("- {{name: i{issue}, type: CategoricalIssue, values: [{}]}}\n", values.join(", ")))
        .collect();
    let domain = format!("type: DiscreteCartesianOutcomeSpace\nname: bargain\nissues:\n{}", listed.concat());
    std::fs::write(folder.join("bargain.yml"), domain).expect("writable");
    for (party, step) in [("buyer", 7), ("seller", 3)] {
        let table = |issue: usize| -> String {
            let worth = values
                .iter()
                .enumerate()
                .map(|(at, value)| format!("{value}: 0.{:02}", (at * step + issue * (step + 4)) * 13 % 100));
            format!("- {{type: TableFun, mapping: {{{}}}}}\n", worth.collect::<Vec<_>>().join(", "))
        };
        let weights = vec!["0.03125"; 30].join(", ");
        let tables: String = issues.clone().map(table).collect();
        let text = format!(
            "type: LinearAdditiveUtilityFunction\nname: {party}\nreserved_value: 0.5\nweights: [{weights}]\nvalues:\n{tables}"
        );
        std::fs::write(folder.join(format!("{party}.yml")), text).expect("writable");
    }
    let import = winset(&folder, &["import", ".", "--output", "case.toml", "--as-of", "2024-01-01"]);
    assert_eq!(import.status.code(), Some(0), "{}", printed(&import));
    let json = winset(&folder, &["settle", "case.toml", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("a document");
    let (_, table) = json["tracks"].as_object().expect("tracks").iter().next().expect("one");
    assert_eq!(table["packages"], format!("1{}", "0".repeat(30)), "all digits");
    assert_eq!(table["frontier_within"], serde_json::Value::Null, "{table}");
    assert!(table["frontier_count"].as_u64() > Some(10));
    assert!(table["solutions"]["nash"][0]["worth"]["buyer"].as_f64() > Some(0.5));
}
