//! Tables as CSV: that a reader of RFC 4180 reads them, that no cell is a formula, and that numbers are numbers.

mod common;

use common::{empty_folder, printed, root, winset, winset_with_input};

/// A case whose names and texts are what spreadsheets take for formulas, with the signs that must be quoted.
const TRAPS: &str = r#"
[case]
title = "=1+1"
as_of = 2024-05-01

[issue.water]
name = "+water"
options = ["-none", "=HYPERLINK(\"http://x\",\"a, b\")"]

[actor.north]
name = "@north, \"upper\""
fallback = { cost_of_going_on = -0.1 }
weights = { water = 1 }
values.water = { "-none" = 0.2, '=HYPERLINK("http://x","a, b")' = 0.9 }

[actor.south]
name = "South\nof the river"
fallback = { cost_of_going_on = 0.1 }
weights = { water = 1 }
values.water = { "-none" = 0.9, '=HYPERLINK("http://x","a, b")' = 0.1 }

[track.talks]
name = "=talks"
agenda = ["water"]
seats = { north = "party", south = "party" }

[lever.gift]
name = "@gift"
edits = ["actor.south.cost_of_going_on += 1"]

[[event]]
date = 2024-04-01
track = "talks"
kind = "round"
text = "-1 day, \"talks\""

[[claim]]
id = "stuck"
says = "=nothing, really"
check = "empty(talks)"
"#;

/// Rows of cells, read the way RFC 4180 says.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut characters = text.chars().peekable();
    let mut quoted = false;
    while let Some(character) = characters.next() {
        match (quoted, character) {
            (true, '"') if characters.peek() == Some(&'"') => cell.extend(characters.next()),
            (true, '"') => quoted = false,
            (true, other) => cell.push(other),
            (false, '"') => {
                assert!(cell.is_empty(), "a quote inside a cell without quotes: {text}");
                quoted = true;
            }
            (false, ',') => row.push(std::mem::take(&mut cell)),
            (false, '\r') => {
                assert_eq!(characters.next(), Some('\n'), "a line ends with both");
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (false, other) => {
                assert_ne!(other, '\n', "a line ends with both");
                cell.push(other);
            }
        }
    }
    assert!(!quoted && cell.is_empty() && row.is_empty(), "the last line ends as well: {text}");
    rows
}

/// The rows of a table; every row is as long as the header, and no cell is a formula.
fn table(arguments: &[&str], input: &str) -> Vec<Vec<String>> {
    let output = winset_with_input(&root(), arguments, input);
    assert!([Some(0), Some(1)].contains(&output.status.code()), "{arguments:?}: {}", printed(&output));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let rows = rows(&text);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{arguments:?}: {rows:?}");
    for cell in rows.iter().skip(1).flatten() {
        let is_number = cell.parse::<f64>().is_ok();
        let is_formula = cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert!(is_number || !is_formula, "{arguments:?}: {cell:?}");
    }
    rows
}

fn column<'r>(rows: &'r [Vec<String>], name: &str) -> Vec<&'r str> {
    let place =
        rows[0].iter().position(|header| header == name).unwrap_or_else(|| panic!("no {name} in {:?}", rows[0]));
    rows[1..].iter().map(|row| row[place].as_str()).collect()
}

const TABLES: &[(&str, &[&str])] = &[
    ("settle", &["tracks", "points", "blockers", "shortfalls", "coverage"]),
    ("brief", &["tracks", "points", "blockers", "shortfalls", "coverage", "claims"]),
    ("claims", &["claims"]),
    ("status", &["tracks", "events"]),
    ("check", &["diagnostics", "numbers"]),
    ("compare", &["measures", "options", "blockers"]),
];

#[test]
fn every_table_is_sound_and_no_text_is_a_formula() {
    for (command, names) in TABLES {
        let main = table(&[command, "-", "--csv"], TRAPS);
        assert_eq!(main, table(&[command, "-", &format!("--csv={}", names[0])], TRAPS), "{command}: the main table");
        for name in *names {
            table(&[command, "-", &format!("--csv={name}")], TRAPS);
            let case = ["syria-2017", "camp-david-1978"][usize::from(*command == "compare")];
            let rows = table(&[command, &format!("cases/{case}"), &format!("--csv={name}")], "");
            assert!(rows.len() > 1 || *name == "diagnostics" || *name == "coverage", "{command} {name} is empty");
        }
    }
}

#[test]
fn cells_say_what_the_case_says() {
    let tracks = table(&["settle", "-", "--csv"], TRAPS);
    assert_eq!(column(&tracks, "name"), ["'=talks"]);
    assert_eq!((column(&tracks, "verdict"), column(&tracks, "acceptable")), (vec!["none"], vec!["0"]));
    let shortfalls = table(&["settle", "-", "--csv=shortfalls"], TRAPS);
    // South has 0.8 at stake in the change, less the 0.1 that going on costs it.
    assert_eq!(column(&shortfalls, "amount")[1].parse::<f64>().ok(), Some(0.7), "{shortfalls:?}");
    let claims = table(&["claims", "-", "--csv"], TRAPS);
    assert_eq!(column(&claims, "says"), ["'=nothing, really"]);
    let events = table(&["status", "-", "--csv=events"], TRAPS);
    assert_eq!(column(&events, "text"), ["'-1 day, \"talks\""]);
    let numbers = table(&["check", "-", "--csv=numbers"], TRAPS);
    assert_eq!(column(&numbers, "value")[0], "-0.1", "numbers stay numbers");
    let measures = table(&["compare", "-", "--csv"], TRAPS);
    assert!(column(&measures, "name").iter().all(|name| *name == "'@gift"));
    assert!(column(&measures, "change").contains(&"1"), "the gift opens one package: {measures:?}");
}

#[test]
fn two_versions_have_tables() {
    let folder = empty_folder("csv");
    std::fs::write(folder.join("one.toml"), TRAPS).unwrap();
    std::fs::write(
        folder.join("two.toml"),
        TRAPS.replace("= -0.1", "= -0.2").replace("=nothing, really", "@something"),
    )
    .unwrap();
    let read = |name: &str| {
        let output = winset(&folder, &["diff", "one.toml", "two.toml", name]);
        assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
        rows(&String::from_utf8(output.stdout).unwrap())
    };
    let changes = read("--csv");
    assert_eq!(column(&changes, "second"), ["-0.2", "'@something"]);
    assert_eq!(changes, read("--csv=changes"));
    read("--csv=answers");
    assert!(column(&read("--csv=agreement"), "alpha").iter().any(|alpha| alpha.parse::<f64>().is_ok()));
}

#[test]
fn what_cannot_be_printed_as_csv_is_said() {
    let output = winset(&root(), &["settle", "cases/camp-david-1978", "--csv=nonsense"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty() && printed(&output).contains("`tracks`, `points`"), "{}", printed(&output));
    let both = winset(&root(), &["settle", "cases/camp-david-1978", "--csv", "--json"]);
    assert_eq!(both.status.code(), Some(2));
    // A case that is wrong is explained in words, and there is no table; `check` has its mistakes in one.
    let broken = TRAPS.replace("agenda =", "agendda =");
    let output = winset_with_input(&root(), &["settle", "-", "--csv"], &broken);
    assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(1), true));
    let mistakes = table(&["check", "-", "--csv"], &broken);
    assert!(column(&mistakes, "code").contains(&"E102"), "{mistakes:?}");
    // The exit code of claims does not depend on how they are printed.
    let failing = TRAPS.replace("empty(talks)", "not empty(talks)");
    assert_eq!(winset_with_input(&root(), &["claims", "-", "--csv"], &failing).status.code(), Some(1));
}

#[test]
fn the_reference_names_every_table_and_column() {
    let page = std::fs::read_to_string(root().join("docs/reference/csv.md")).expect("the page exists");
    for (command, names) in TABLES {
        for name in *names {
            let output = winset_with_input(&root(), &[command, "-", &format!("--csv={name}")], TRAPS);
            let header = rows(&String::from_utf8(output.stdout).unwrap()).remove(0);
            let row = page.lines().find(|line| {
                line.starts_with('|')
                    && line.contains(&format!("| `{name}`"))
                    && header.iter().all(|column| line.contains(&format!("`{column}`")))
            });
            assert!(row.is_some(), "docs/reference/csv.md has no row for {name} of {command} with {header:?}");
        }
    }
}
