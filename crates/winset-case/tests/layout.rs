//! The canonical layout keeps what a case says, and every comment.

#[allow(dead_code, reason = "only the cases it makes are used here")]
#[path = "../../winset-settle/tests/generator/mod.rs"]
mod generator;

use std::path::{Path, PathBuf};

use generator::{Generator, Random, Shape};
use winset_case::{lay_out, read};

/// Every TOML file of the repository that could be laid out.
fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = vec![root.join("crates/winset/templates/starter.toml")];
    let mut folders = vec![root.join("cases"), root.join("crates/winset-case/tests")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// What a text says: its case, or what is wrong with it, without the places.
fn said(text: &str) -> String {
    let reading = read(text);
    let mut words: Vec<String> = reading.diagnostics.iter().map(|found| found.message.clone()).collect();
    words.sort();
    let mut said = format!("{words:?} {:?}", reading.case);
    // Where something stands is all that may change.
    let mut rest = said.split_off(0);
    while let Some(at) = rest.find("span: ") {
        let (before, after) = rest.split_at(at);
        said.push_str(before);
        rest = after["span: ".len()..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').to_owned();
    }
    said + &rest
}

fn comments(text: &str) -> Vec<String> {
    // Every comment of these files follows a blank or begins a line; `#` stands in no text of theirs.
    let mut comments: Vec<String> =
        text.lines().filter_map(|line| Some(line[line.find('#')?..].trim_end().to_owned())).collect();
    comments.sort();
    comments
}

#[test]
fn every_file_says_the_same_afterwards() {
    let mut laid_out = 0;
    for file in files() {
        let text = std::fs::read_to_string(&file).unwrap();
        let Ok(after) = lay_out(&text) else { continue };
        assert_eq!(said(&text), said(&after), "{}", file.display());
        assert_eq!(comments(&text), comments(&after), "{}", file.display());
        assert_eq!(lay_out(&after).as_ref(), Ok(&after), "{}: laying it out again changes it", file.display());
        laid_out += 1;
    }
    assert!(laid_out > 40, "{laid_out}");
}

#[test]
fn random_cases_say_the_same_afterwards() {
    for seed in 0..300 {
        let text = Generator::case(seed, Shape { levers: 3, fixed_standing: false }).to_toml();
        // Space, comments and blank lines wherever a line ends.
        let mut random = Random::new(seed);
        let mut untidy = String::new();
        for line in text.lines() {
            let more = ["", "  ", "\t", " # beside", "\n", "\n# below", "\n\n\n# apart\n\n", "#"][random.index(8)];
            untidy += &format!("{}{line}{more}\n", ["", "  "][random.index(2)]);
        }
        for text in [text, untidy] {
            let after = lay_out(&text).unwrap_or_else(|mistakes| panic!("seed {seed}: {mistakes:#?}\n{text}"));
            assert_eq!(said(&text), said(&after), "seed {seed}\n{text}\n{after}");
            assert_eq!(comments(&text), comments(&after), "seed {seed}\n{text}\n{after}");
            assert_eq!(lay_out(&after).as_ref(), Ok(&after), "seed {seed}: laying it out again changes it");
        }
    }
}

#[test]
fn the_cases_and_the_starter_are_laid_out() {
    for file in files().iter().filter(|file| !file.components().any(|part| part.as_os_str() == "tests")) {
        let text = std::fs::read_to_string(file).unwrap();
        assert!(lay_out(&text).as_ref() == Ok(&text), "run `winset fmt` on {}", file.display());
    }
}

#[test]
fn a_file_with_mistakes_in_its_syntax_is_refused() {
    let mistakes = lay_out("[case]\ntitle = \nas_of = 2017-12-12\n").unwrap_err();
    assert_eq!(mistakes.len(), 1);
    assert_eq!(mistakes[0].span, 15..15);
}

#[test]
fn the_layout_is_this() {
    let before = r#"
   # The head of the file.



[ case ]

title='A "quoted" title'
as_of   =  2024-05-01# the day
summary = 'plain'
files = []
[issue.a]
options=[  "x",'y' ,
  # between
  "z", # beside

  "w"   ]
today = "x"


note = "say \"x\""


# About the next one.
[actor . "b"]   # beside a header
# First in its body.
weights={a=1,  "c d"=2}
values.a = { x = {low=0,
   high=1}, # wide
  y = 0.50 }
name = """
Two
   lines"""
# The last word on b.

# A heading.

[actor.c]
names = ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "cccccccccccccccccccccccccccccccc"]
one = ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbcccccccccccccccccccccccccccccccc"]
# Right above a header.
[[actor.c.red_line]]
id = "it's \"it\""
# At the end.

# Of the file.
"#;
    let after = r#"# The head of the file.

[case]
title = 'A "quoted" title'
as_of = 2024-05-01  # the day
summary = "plain"
files = []

[issue.a]
options = [
    "x",
    "y",
    # between
    "z",  # beside

    "w",
]
today = "x"

note = 'say "x"'

# About the next one.
[actor.b]  # beside a header
# First in its body.
weights = { a = 1, "c d" = 2 }
values.a = {
    x = {
        low = 0,
        high = 1,
    },  # wide
    y = 0.50,
}
name = """
Two
   lines"""
# The last word on b.

# A heading.

[actor.c]
names = [
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
    "cccccccccccccccccccccccccccccccc",
]
one = ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbcccccccccccccccccccccccccccccccc"]

# Right above a header.
[[actor.c.red_line]]
id = "it's \"it\""
# At the end.

# Of the file.
"#;
    let laid_out = lay_out(before).unwrap();
    assert_eq!(laid_out, after, "{laid_out}");
    assert_eq!(lay_out(after).as_deref(), Ok(after));
}

#[test]
fn sections_are_put_in_order_with_the_comments_above_them() {
    let before = "[actor.a]\nx = 1\n\n# On b.\n[actor.b]\n[issue.z]\n# On the claim.\n[[claim]]\n[[actor.a.red_line]]\n[case]\n[issue.y]\n[new]\n";
    let after = "[case]\n\n[issue.z]\n\n[issue.y]\n\n[actor.a]\nx = 1\n\n# On b.\n[actor.b]\n\n[[actor.a.red_line]]\n\n# On the claim.\n[[claim]]\n\n[new]\n";
    assert_eq!(lay_out(before).as_deref(), Ok(after));
    // A word to the editor is about the file, and comes first in it.
    let schema = "#:schema here.json\n[actor.a]\n[case]\n";
    assert_eq!(lay_out(schema).as_deref(), Ok("#:schema here.json\n\n[case]\n\n[actor.a]\n"));
    // A comment that stands by itself is a heading, and what it heads is not known.
    let headed = "[actor.a]\nx = 1\n\n# The issues.\n\n[issue.z]\n";
    assert_eq!(lay_out(headed).as_deref(), Ok(headed));
}

#[test]
fn line_ends_stay_what_they_are() {
    assert_eq!(
        lay_out("[case]\r\ntitle='x'  # y\r\n\r\n\r\n[define]\r\n").as_deref(),
        Ok("[case]\r\ntitle = \"x\"  # y\r\n\r\n[define]\r\n")
    );
    assert_eq!(lay_out(""), Ok(String::new()));
    assert_eq!(lay_out("\n\n# only this").as_deref(), Ok("# only this\n"));
    assert_eq!(lay_out("case.title='x'\n\n[issue.a]").as_deref(), Ok("case.title = \"x\"\n\n[issue.a]\n"));
}

#[test]
fn any_text_is_laid_out_or_refused() {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/every-construct.toml")).unwrap();
    let odd = ["\"", "'", "[", "]", "{", "}", "#", "\n", "\\", "=", ",", ".", "\r", "\u{feff}", "\u{0}", "é", "\"\"\""];
    let mut laid_out = 0;
    for (number, (at, _)) in text.char_indices().step_by(11).enumerate() {
        for changed in [text[..at].to_owned(), format!("{}{}{}", &text[..at], odd[number % odd.len()], &text[at..])] {
            if let Ok(after) = lay_out(&changed) {
                assert_eq!(lay_out(&after).as_ref(), Ok(&after), "{changed}");
                laid_out += 1;
            }
        }
    }
    assert!(laid_out > 100, "{laid_out}");
}
