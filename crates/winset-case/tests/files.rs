//! Cases in several files, and sheets beside them.

use winset_case::*;

const CASE: &str = r#"
[case]
title = "Two valleys"
as_of = 2017-12-12
files = ["actors.toml", "more/tracks.toml"]

[source.survey]
title = "A survey"

[issue.pass]
name = "The pass"
options = ["closed", "open"]

[issue.market]
name = "The market"
options = ["two", "joint"]

[matrix]
weights = "weights.csv"
values = "values.csv"
source = "survey P3"
basis = "data"

[record]
file = "rounds.csv"
columns = { date = "day", text = "what", kind = "level" }
tracks = { low = "plain", "The fair" = "none" }
kinds = { "" = "round", signed = ["round", "agreement"] }
"#;
const ACTORS: &str = "[actor.upper]\nfallback = 0.3\n\n[actor.lower]\nfallback = 0.2\nweights = { market = 1 }\n";
const TRACKS: &str =
    "[track.plain]\nagenda = [\"pass\", \"market\"]\nseats = { upper = \"party\", lower = \"party\" }\n";
const WEIGHTS: &str = "issue,upper,lower\npass,2,1\nmarket,0.5,\n";
const VALUES: &str =
    "issue;option;upper;lower\npass;closed;0;1\npass;open;1;0\nmarket;two;0.2;0.4\nmarket;joint;0.9;1\n";
const ROUNDS: &str = "day,track,level,what\n2017-05-01,low,,First\n2017-06-01,low,signed,\"Second, and last\"\n2017-05-20,low,,The fair\n";

/// Reads the case with some of its files changed.
fn read_with(changes: &[(&str, &str)]) -> Reading {
    let text = |path: &str| {
        let files = [
            ("case.toml", CASE),
            ("actors.toml", ACTORS),
            ("more/tracks.toml", TRACKS),
            ("weights.csv", WEIGHTS),
            ("values.csv", VALUES),
            ("rounds.csv", ROUNDS),
        ];
        changes.iter().chain(&files).find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned())
    };
    let first = SourceText { name: "case.toml".to_owned(), text: text("case.toml").unwrap() };
    read_files(first, &mut |path| text(path).ok_or_else(|| "is not there".to_owned()))
}

/// What is found wrong: the code, the file, and the text it is about.
fn found(changes: &[(&str, &str)]) -> Vec<(Code, String, String)> {
    let reading = read_with(changes);
    let files = SourceFiles::from(&reading.files);
    let place = |span: &Span| {
        let (file, span) = files.locate(span);
        (file.name.clone(), file.text[span].to_owned())
    };
    reading
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let (file, text) = place(&diagnostic.span);
            (diagnostic.code, file, text)
        })
        .collect()
}

fn one(changes: &[(&str, &str)]) -> (Code, String, String) {
    let found = found(changes);
    let [one] = found.as_slice() else { panic!("{found:#?}") };
    one.clone()
}

fn is(code: Code, file: &str, text: &str) -> (Code, String, String) {
    (code, file.to_owned(), text.to_owned())
}

#[test]
fn files_and_sheets_make_one_case() {
    let reading = read_with(&[]);
    assert_eq!(reading.diagnostics, []);
    let case = reading.case.unwrap();
    let decimal = |text| Decimal::parse(text).unwrap();
    let weight = |actor: usize, issue: usize| case.actors[actor].weights[issue].as_ref().unwrap();
    assert_eq!([weight(0, 0).value, weight(0, 1).value, weight(1, 0).value], ["2", "0.5", "1"].map(decimal));
    assert_eq!(weight(1, 1).value, decimal("1"), "from the file, since the cell is empty");
    assert_eq!(case.actors[0].values[1][1].value, decimal("0.9"));
    assert_eq!(weight(0, 0).evidence.basis, Some(Basis::Data));
    assert_eq!(weight(0, 0).evidence.sources[0].place, "P3");
    let names: Vec<&str> = reading.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["case.toml", "actors.toml", "more/tracks.toml", "weights.csv", "values.csv", "rounds.csv"]);
}

#[test]
fn a_record_becomes_events_in_order() {
    let case = read_with(&[]).case.unwrap();
    let events: Vec<_> =
        case.events.iter().map(|event| (event.date.as_str(), event.text.as_str(), event.track)).collect();
    let plain = Some(TrackId(0));
    assert_eq!(
        events,
        [("2017-05-01", "First", plain), ("2017-05-20", "The fair", None), ("2017-06-01", "Second, and last", plain)]
    );
    assert_eq!(case.events[2].kinds, [EventKind::Round, EventKind::Agreement]);
    assert_eq!(case.events[0].kinds, [EventKind::Round]);
}

#[test]
fn a_matrix_may_lie_either_way() {
    let turned = "actor,pass,market\nupper,2,0.5\nlower,1,\n";
    assert_eq!(found(&[("weights.csv", turned)]), []);
    let case = read_with(&[("weights.csv", turned)]).case.unwrap();
    assert_eq!(case.actors[0].weights, read_with(&[]).case.unwrap().actors[0].weights);
}

#[test]
fn every_bad_cell_is_named_in_its_file() {
    let bad = "issue,upper,lowr\npass,two,1\nmarkt,0.5,\nmarket,-1,\n";
    let expected = [
        is(Code::UnknownName, "weights.csv", "lowr"),
        is(Code::OutOfRange, "weights.csv", "two"),
        is(Code::UnknownName, "weights.csv", "markt"),
        is(Code::OutOfRange, "weights.csv", "-1"),
    ];
    // Without its column the lower valley has values where it has no weight, which is allowed.
    assert_eq!(found(&[("weights.csv", bad)]), expected);
    let misspelt = VALUES.replace("closed;0", "shut;0");
    assert!(found(&[("values.csv", &misspelt)]).contains(&is(Code::UnknownName, "values.csv", "shut")));
    assert_eq!(
        one(&[("values.csv", &VALUES.replace("two;0.2", "two;1.2"))]),
        is(Code::OutOfRange, "values.csv", "1.2")
    );
    assert_eq!(one(&[("weights.csv", &WEIGHTS.replace("0.5,", "0.5,3"))]), is(Code::Duplicate, "weights.csv", "3"));
    assert_eq!(
        one(&[("rounds.csv", &ROUNDS.replace("2017-06-01", "2018-06-01"))]),
        is(Code::BadDate, "rounds.csv", "2018-06-01")
    );
    assert_eq!(
        one(&[("rounds.csv", &ROUNDS.replace("01,low,signed", "01,hi,signed"))]),
        is(Code::UnknownName, "rounds.csv", "hi")
    );
}

#[test]
fn mistakes_are_found_in_the_file_they_stand_in() {
    let bad = ACTORS.replace("fallback = 0.2", "falback = 0.2\nfallback = 0.2");
    assert_eq!(one(&[("actors.toml", &bad)]), is(Code::UnknownKey, "actors.toml", "falback"));
    let syntax = ACTORS.replace("0.2", "0.2 0.3");
    assert!(
        found(&[("actors.toml", &syntax)]).iter().all(|(code, file, _)| *code == Code::Syntax && file == "actors.toml")
    );
    let twice = format!("{TRACKS}\n[actor.upper]\n");
    assert_eq!(one(&[("more/tracks.toml", &twice)]), is(Code::Duplicate, "more/tracks.toml", "upper"));
    let condition = TRACKS.replace("seats", "mandate = \"pass = opened\"\nseats");
    assert_eq!(one(&[("more/tracks.toml", &condition)]), is(Code::UnknownName, "more/tracks.toml", "opened"));
}

#[test]
fn paths_stay_within_the_folder_and_the_loader_is_not_asked_for_others() {
    for path in ["../a.toml", "/a.toml", "a/../b.toml", "./a.toml", "a//b.toml", "", "c:a.toml", "a\\b.toml"] {
        let text = CASE.replace("[\"actors.toml\", \"more/tracks.toml\"]", &format!("['{path}']"));
        let first = SourceText { name: "case.toml".to_owned(), text };
        let reading = read_files(first, &mut |asked| {
            assert_ne!(asked, path);
            Err("is not there".to_owned())
        });
        assert_eq!(reading.diagnostics[0].code, Code::BadFile, "{path}");
    }
}

#[test]
fn a_file_cut_off_anywhere_is_read() {
    for end in (0..ROUNDS.len()).filter(|end| ROUNDS.is_char_boundary(*end)) {
        found(&[("rounds.csv", &ROUNDS[..end])]);
    }
    for end in 0..VALUES.len() {
        found(&[("values.csv", &VALUES[..end]), ("weights.csv", &WEIGHTS[..end.min(WEIGHTS.len())])]);
    }
    for end in 0..ACTORS.len() {
        found(&[("actors.toml", &ACTORS[..end])]);
    }
}
