//! The book's examples are run, and their output compared.
//!
//! A fence ```` ```toml PATH ```` adds its lines to a file; in a fence ```` ```console ```` every `$ winset …` is run, and what follows is what it prints. With
//! `INSTA_UPDATE=always` the pages are rewritten instead.

mod common;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use winset::format::Form;

#[test]
fn the_tutorial_prints_what_it_says() {
    check_page("docs/tutorial.md", &common::empty_folder("tutorial"));
}

#[test]
fn the_readme_shows_the_head_of_the_brief() {
    let brief = common::printed(&common::winset(&common::root(), &["brief", "cases/syria-2017"]));
    let head = brief.split("\nTRACKS\n").next().expect("a table of tracks");
    compare("README.md", |text| {
        let start = text.find("```text\n").expect("a place for it") + "```text\n".len();
        let end = start + text[start..].find("```").expect("its end");
        format!("{}{}\n{}", &text[..start], head.trim_end(), &text[end..])
    });
}

#[test]
fn the_readme_shows_the_brief_s_picture() {
    let figure = common::winset(&common::root(), &["figure", "map", "cases/syria-2017"]);
    let picture = common::printed(&figure);
    compare("docs/pictures/syria-2017-map.svg", |_| picture.clone());
    let readme = fs::read_to_string(common::root().join("README.md")).expect("it is there");
    assert!(readme.contains("](docs/pictures/syria-2017-map.svg)"));
}

#[test]
fn the_reference_of_commands_is_their_help() {
    let help = |arguments: &[&str]| common::printed(&common::winset(&common::root(), arguments));
    compare("docs/reference/commands.md", |text| {
        let mut page = text[..text.find("```text").unwrap_or(text.len())].to_owned();
        for command in [
            "",
            "new",
            "check",
            "fmt",
            "status",
            "settle",
            "stability",
            "simulate",
            "claims",
            "brief",
            "figure",
            "compare",
            "diff",
            "import",
            "schema",
            "completions",
            "man",
        ] {
            let arguments: Vec<&str> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
            if !command.is_empty() {
                write!(page, "\n## `winset {command}`\n\n").expect("writing to a string");
            }
            write!(page, "```text\n{}\n```\n", help(&arguments).trim_end()).expect("writing to a string");
        }
        page
    });
}

#[test]
fn the_schema_beside_the_reference_is_what_winset_prints() {
    let schema = common::printed(&common::winset(&common::root(), &["schema"]));
    compare("docs/reference/case.schema.json", |_| schema.clone());
}

#[test]
fn the_tables_of_the_case_file_are_the_readers_keys() {
    compare("docs/reference/case-file.md", |text| {
        let mut page = String::new();
        let parts: Vec<&str> = text.split("\n## ").collect();
        for (number, part) in parts.iter().enumerate() {
            let heading = part.lines().next().unwrap_or("");
            let about = winset::format::SECTIONS.iter().find(|section| heading.contains(&header(section)));
            let keys = match about {
                _ if heading == "Names and numbers" => winset::format::EVIDENCE,
                Some(section) => section.table.keys,
                None => &[],
            };
            let part = if keys.is_empty() { (*part).to_owned() } else { with_rows(part, keys) };
            for key in keys {
                assert!(part.contains(&format!("`{}`", key.name)), "`{}` does not stand under {heading}", key.name);
            }
            page.push_str(if number == 0 { "" } else { "\n## " });
            page.push_str(&part);
        }
        page
    });
}

/// How a section is written, in the reference's headings.
fn header(section: &winset::format::Section) -> String {
    let name = section.table.name;
    match section.form {
        Form::Once | Form::Names => format!("`[{name}]`"),
        Form::ById => format!("`[{name}.ID]`"),
        Form::List => format!("`[[{name}]]`"),
    }
}

/// The part with these keys in the rows of its table of keys, if it has one.
fn with_rows(part: &str, keys: &[winset::format::Key]) -> String {
    let mut lines = part.split('\n');
    let mut page: Vec<String> = Vec::new();
    while let Some(line) = lines.next() {
        page.push(line.to_owned());
        if line.starts_with("| Key") {
            page.extend(lines.next().map(str::to_owned));
            for key in keys {
                let says = match (key.needed, key.says) {
                    (true, "") => "required".to_owned(),
                    (true, says) => format!("required: {says}"),
                    (false, says) => says.to_owned(),
                };
                page.push(format!("| `{}` | {says} |", key.name));
            }
            page.extend(lines.by_ref().find(|line| !line.starts_with('|')).map(str::to_owned));
            page.extend(lines.by_ref().map(str::to_owned));
        }
    }
    page.join("\n")
}

fn check_page(page: &str, folder: &Path) {
    compare(page, |text| rewrite(text, folder));
}

/// Compares a page with what it should read, or rewrites it.
fn compare(page: &str, expect: impl Fn(&str) -> String) {
    let path = common::root().join(page);
    let text = fs::read_to_string(&path).expect("the page exists");
    let expected = expect(&text);
    #[expect(clippy::disallowed_methods, reason = "tests may be told to rewrite their snapshots")]
    let update = std::env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always");
    if update {
        fs::write(&path, &expected).expect("the page can be written");
    } else {
        assert!(text == expected, "{page} does not print what it says. It should read:\n\n{expected}");
    }
}

/// The page with the output of every command as it is now.
fn rewrite(text: &str, folder: &Path) -> String {
    let mut page = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        page.push_str(line);
        page.push('\n');
        if let Some(file) = line.strip_prefix("```toml ") {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let file = folder.join(file);
            fs::create_dir_all(file.parent().expect("in a folder")).expect("the folder can be made");
            let mut case = fs::read_to_string(&file).unwrap_or_default();
            case.push_str(&body.join("\n"));
            case.push_str("\n\n");
            fs::write(&file, case).expect("the file can be written");
            page.push_str(&body.join("\n"));
            page.push_str("\n```\n");
        } else if line == "```console" {
            for command in
                lines.by_ref().take_while(|line| *line != "```").filter_map(|line| line.strip_prefix("$ winset "))
            {
                let arguments: Vec<&str> = command.split_whitespace().collect();
                let output = common::printed(&common::winset(folder, &arguments));
                writeln!(page, "$ winset {command}\n{}", output.trim_end()).expect("writing to a string");
            }
            page.push_str("```\n");
        }
    }
    page
}
