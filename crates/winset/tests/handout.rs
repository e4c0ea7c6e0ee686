//! The brief to be handed out: what it consists of, that it needs nothing else, and that the text of a case stays text.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{empty_folder, printed, root, winset};

/// Writes a brief and returns it.
fn written(case: &Path, file: PathBuf, draws: &str) -> String {
    let (shown, case) = (file.display().to_string(), case.display().to_string());
    let output = winset(&root(), &["brief", &case, "-o", &shown, "--draws", draws]);
    assert!(output.status.success(), "{}", printed(&output));
    assert!(output.stdout.is_empty(), "nothing but the file is written");
    fs::read_to_string(file).expect("the file was written")
}

fn example(case: &str, draws: &str) -> String {
    written(
        &root().join("cases").join(case),
        empty_folder(&format!("handout-{case}-{draws}")).join("brief.html"),
        draws,
    )
}

/// What stands in an attribute, each time it occurs.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let start = format!(" {name}=\"");
    page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// A page that needs nothing else, whose links all lead somewhere and whose elements are all closed.
fn is_sound(page: &str) {
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
    let ids = attributes(page, "id");
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(ids.len(), once.len(), "an id stands twice");
    for link in attributes(page, "href") {
        let anchor = link.strip_prefix('#').unwrap_or_else(|| panic!("`{link}` leads out of the file"));
        assert!(ids.contains(&anchor), "`{link}` leads nowhere");
    }
    // Text may say what it likes; elements and the style sheet may not.
    let style = page.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).expect("a style sheet");
    assert!(!style.contains("url(") && !style.contains("@import"));
    let tags: String =
        page.split('<').skip(1).filter_map(|tag| Some(format!("<{}>", tag.split_once('>')?.0))).collect();
    for reference in
        ["<script", "<link", "<img", "<iframe", "<object", "<use", " src=", "url(", " on", "http:", "https:"]
    {
        assert!(!tags.contains(reference), "`{reference}` in the page");
    }
    let mut open = Vec::new();
    for tag in page.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("every tag ends");
        let name = tag.split([' ', '\n', '/']).next().unwrap_or("");
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "elements are closed in the order they were opened");
        } else if !tag.ends_with('/') && !matches!(name, "!doctype" | "meta" | "br") {
            open.push(name);
        }
    }
    assert_eq!(open, [""; 0], "every element is closed");
}

#[test]
fn a_handout_has_all_its_parts_and_needs_nothing_else() {
    let page = example("syria-2017", "20");
    is_sound(&page);
    let sections: Vec<&str> = page.split("<section id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(
        sections,
        [
            "verdict", "tracks", "map", "assembly", "blocked", "terms", "claims", "matters", "timeline", "evidence",
            "limits", "annex", "sources"
        ]
    );
    // A number named anywhere leads to its row.
    let price = "actor.government.red_line.sovereignty.price";
    assert!(page.matches(&format!("\">{price}</a>")).count() > 1);
    assert!(page.contains(&format!("<th scope=\"row\">{price}</th>")));
    assert!(page.contains("A model of a text, not of the world"));
}

#[test]
fn small_cases_have_a_sound_handout_too() {
    for case in ["camp-david-1978", "kempton-park-1993"] {
        is_sound(&example(case, "0"));
    }
}

#[test]
fn a_handout_says_what_the_terminal_says() {
    let case = root().join("cases/camp-david-1978");
    let page = example("camp-david-1978", "20");
    let text = printed(&winset(&root(), &["brief", &case.display().to_string(), "--draws", "20"]));
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (_, verdict) = text.split_once("VERDICT\n").expect("a verdict");
    let verdict = plain(verdict.split("\n\n").next().expect("a paragraph"));
    let mut shown = String::new();
    for part in page.split('<') {
        shown.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    let shown = shown
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&gt;", ">")
        .replace("&lt;", "<")
        .replace("&amp;", "&");
    assert!(plain(&shown).contains(&verdict.replace('`', "")), "{verdict}");
}

const HOSTILE: &str = r#"
[case]
title = "<script>alert(1)</script> \" onload='x' & \u202Ereversed"
as_of = 2024-05-01
summary = "</style><img src=x onerror=alert(1)> [a](https://example.org) `<b>`"

[source.s]
title = "</title><script>"
url = "javascript:alert(1)"
author = "\"><svg onload=alert(1)>"

[issue.fence]
name = "</td></table>"
options = ["broken", "mended"]

[actor.north]
name = "\"><script>north</script>"
fallback = { cost_of_going_on = { low = 0.1, mode = 0.2, high = 0.3 }, source = "s <P1>" }
weights = { fence = 1 }
values.fence = { broken = 0.3, mended = 1.0 }

[actor.south]
name = "South\u202E\u2066 | a * _ #"
fallback = { cost_of_going_on = 0.1 }
weights = { fence = 1 }
values.fence = { broken = 0.9, mended = 0.1 }

[track.talks]
name = "</svg></text><script>talks</script>"
agenda = ["fence"]
seats = { north = "party", south = "party" }
concludes = "f"

[framework.f]
name = "<!-- "
[framework.f.benchmarks]
mended = "fence = mended"

[[event]]
date = 2024-01-02
track = "talks"
kind = "round"
text = "</title><script>round</script>"

[[claim]]
id = "c"
says = "<a href=https://example.org onclick=x>"
check = "empty(talks)"
"#;

fn hostile(name: &str, ending: &str) -> String {
    let folder = empty_folder(name);
    fs::write(folder.join("case.toml"), HOSTILE).expect("the folder can be written");
    written(&folder, folder.join(format!("brief.{ending}")), "20")
}

#[test]
fn the_text_of_a_case_stays_text() {
    let page = hostile("handout-hostile", "html");
    is_sound(&page);
    for tag in ["<a href=https", "<img", "<svg onload", "<!--"] {
        assert!(!page.contains(tag), "`{tag}` in the page");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &quot; onload=&#39;x&#39; &amp; [U+202E]reversed"));
    assert!(!page.contains(['\u{202e}', '\u{2066}']));
    assert!(!page.contains("javascript:"), "addresses are not links");
}

#[test]
fn the_text_of_a_case_stays_text_in_markdown() {
    let page = hostile("handout-hostile-markdown", "md");
    assert!(!page.contains('<') || page.matches('<').count() == page.matches("<br>").count(), "{page}");
    assert!(page.contains("South[U+202E][U+2066] \\| a \\* \\_ \\#"), "{page}");
    assert!(page.contains("\\[a\\](https\\://example.org)"));
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = empty_folder("handout-files");
    let run = |file: &str| winset(&root(), &["brief", "cases/camp-david-1978", "--draws", "0", "-o", file]);
    let shown = |name: &str| folder.join(name).display().to_string();
    for (file, says) in [
        (folder.display().to_string(), "is a folder"),
        (shown("brief.pdf"), "ending"),
        (shown("no/brief.md"), "cannot be written"),
    ] {
        let output = run(&file);
        assert_eq!(output.status.code(), Some(2));
        assert!(printed(&output).contains(says), "{}", printed(&output));
    }
    fs::write(folder.join("brief.md"), "old").expect("the folder can be written");
    assert!(run(&shown("brief.md")).status.success());
    assert!(fs::read_to_string(folder.join("brief.md")).expect("it is there").starts_with("# "));
    let names: Vec<_> =
        fs::read_dir(&folder).expect("it is there").map(|entry| entry.expect("readable").file_name()).collect();
    assert_eq!(names, ["brief.md"], "nothing else is left behind");
}
