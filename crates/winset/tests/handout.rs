//! The brief to be handed out: what it consists of, that it needs nothing else, and that the text of a case stays text.

mod common;
#[path = "common/pages.rs"]
mod pages;

use std::fs;
use std::path::{Path, PathBuf};

use common::{empty_folder, printed, root, winset};
use pages::{HOSTILE, crowd};

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
    let twice = once.windows(2).find(|pair| pair[0] == pair[1]);
    assert_eq!(twice, None, "an id stands twice");
    for link in attributes(page, "href") {
        let anchor = link.strip_prefix('#').unwrap_or_else(|| panic!("`{link}` leads out of the file"));
        assert!(once.binary_search(&anchor).is_ok(), "`{link}` leads nowhere");
    }
    for ids in attributes(page, "aria-labelledby") {
        assert!(ids.split(' ').all(|id| once.binary_search(&id).is_ok()), "`{ids}` names nothing");
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
    are_closed(page);
    says_what_is_not_printed(page);
}

/// Rows that stand on a screen alone are counted, behind their table, for whoever reads a print.
fn says_what_is_not_printed(page: &str) {
    let tables: Vec<&str> = page.split("</table></div>").collect();
    for pair in tables.windows(2) {
        let rows = pair[0].rsplit("<tbody>").next().unwrap_or("");
        let hidden = rows.matches(" class=\"screen\">").count();
        let behind = pair[1].split("<table>").next().unwrap_or("");
        let said = behind.split("class=\"note paper\">").nth(1).and_then(|rest| rest.split("</p>").next());
        if hidden == 0 {
            continue;
        }
        let numbers: Vec<usize> = said
            .unwrap_or_else(|| panic!("{hidden} rows are not printed, and nothing says so"))
            .replace(',', "")
            .split(|letter: char| !letter.is_ascii_digit())
            .filter_map(|number| number.parse().ok())
            .collect();
        let left_out = match numbers.as_slice() {
            [printed, all] => all - printed,
            [all] => *all,
            other => panic!("{other:?}"),
        };
        assert_eq!(hidden, left_out, "{said:?}");
    }
}

/// Elements are closed in the order they were opened.
fn are_closed(page: &str) {
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

/// What a page consists of: its headings, the columns and the number of rows of its tables, and its pictures.
fn structure(page: &str) -> String {
    let text = |html: &str| {
        let shown: String = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut outline = String::new();
    for part in page.split("\n<").flat_map(|part| part.split("><h")) {
        let until = |end: &str| part.split(end).next().unwrap_or(part);
        if part.starts_with("h2") || part.starts_with("2>") {
            outline.push_str(&format!("\n{}\n", text(&format!("<h{}", until("</h2>").trim_start_matches('h')))));
        } else if part.starts_with("h3") {
            outline.push_str(&format!("  {}\n", text(&format!("<{}", until("</h3>")))));
        } else if part.starts_with("thead") {
            let columns: Vec<String> = part.split("<th").skip(1).map(|cell| text(&format!("<th{cell}"))).collect();
            outline.push_str(&format!("    table: {}\n", columns.join(" | ")));
        } else if part.starts_with("figure") {
            let name = part.split('"').nth(1).unwrap_or("");
            outline.push_str(&format!("    picture: {name}\n"));
        } else if part.starts_with("ul class=\"points\"") {
            outline.push_str("    statements\n");
        }
    }
    outline
}

#[test]
fn a_handout_has_all_its_parts_and_needs_nothing_else() {
    let page = example("syria-2017", "20");
    is_sound(&page);
    insta::assert_snapshot!("handout_structure_syria", structure(&page));
    assert!(page.contains("A model of a text, not of the world"));
}

#[test]
fn every_figure_leads_to_a_number_and_on_to_its_source() {
    let page = example("syria-2017", "20");
    let row = |anchor: &str| -> String {
        let start = page.find(&format!(" id=\"{anchor}\"")).unwrap_or_else(|| panic!("no `{anchor}`"));
        page[start..].split("</tr>").next().unwrap_or("").to_owned()
    };
    // A figure of the verdict leads to what the table's answer rests on, ...
    assert!(page.contains("<a class=\"n\" href=\"#rests:geneva:mandate\">2,915</a>"));
    let rests = row("rests:geneva:mandate");
    for anchor in ["actor:government", "red-line:government.transition", "mandate:geneva.1"] {
        assert!(rests.contains(&format!("href=\"#{anchor}\"")), "{rests}");
    }
    // ... that to its numbers, each number to its source, and the source to the paragraph.
    let price = "actor.government.red_line.sovereignty.price";
    assert!(row("red-line:government.sovereignty").contains(&format!("href=\"#{price}\"")));
    assert!(row(price).contains("href=\"#source:heller2017:P40\""), "{}", row(price));
    assert!(row("source:heller2017:P40").contains("red-line:government.sovereignty"));
    // Every number of the case has its row, and every row its basis.
    let folder = root().join("cases/syria-2017");
    let text = |name: &str| fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    let source = winset::SourceText { name: "case.toml".to_owned(), text: text("case.toml").expect("it is there") };
    let case = winset::read_files(source, &mut |name| text(name)).case.expect("it is well formed");
    for number in winset::numbers(&case) {
        let basis = number.of(&case).evidence.basis.map_or("assumption", winset::Basis::word);
        assert!(row(&number.path(&case)).contains(basis), "{}", number.path(&case));
    }
}

#[test]
fn anchors_stay_when_the_case_grows() {
    let folder = empty_folder("handout-anchors");
    let before = crowd(3);
    let grown = before.replacen(
        "[actor.actor-0]",
        "[actor.first]\nname = \"First\"\nfallback = 0.4\nweights = { issue-0 = 1 }\nvalues.issue-0 = { \"as today\" = 0.1, \"in part\" = 0.2, \"in full\" = 0.3 }\n\n[actor.actor-0]",
        1,
    );
    let page = |name: &str, text: &str| {
        let case = folder.join(name);
        fs::create_dir_all(&case).expect("the folder can be written");
        fs::write(case.join("case.toml"), text).expect("the folder can be written");
        written(&case, case.join("brief.html"), "0")
    };
    let (old, new) = (page("before", &before), page("grown", &grown));
    let anchors = |page: &str| -> Vec<String> { attributes(page, "id").into_iter().map(str::to_owned).collect() };
    let new = anchors(&new);
    for anchor in anchors(&old) {
        assert!(new.contains(&anchor), "`{anchor}` is gone");
    }
}

#[test]
fn what_was_changed_is_said_at_the_head() {
    let arguments = [
        "brief",
        "cases/syria-2017",
        "--draws",
        "0",
        "--with",
        "economic-pressure",
        "--strict-recognition",
        "--edit",
        "track.geneva.mandate = none",
    ];
    let folder = empty_folder("handout-changed");
    let file = folder.join("brief.html").display().to_string();
    let terminal = printed(&winset(&root(), &arguments));
    let output = winset(&root(), &[&arguments[..], &["-o", &file]].concat());
    assert!(output.status.success(), "{}", printed(&output));
    let page = fs::read_to_string(&file).expect("it was written");
    let head = page.split("<nav").next().unwrap_or("");
    for says in
        ["Economic pressure on Damascus", "track.geneva.mandate = none", "A track meets only if nobody there refuses"]
    {
        assert!(head.contains(says), "{says}");
        assert!(terminal.split("VERDICT").next().unwrap_or("").replace('\n', " ").contains(says), "{says}");
    }
    is_sound(&page);
}

/// Pages are kept where the checks in a browser find them (`.ci/check_pages.py`).
fn kept(name: &str, text: &str, draws: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages").join(name);
    fs::create_dir_all(&folder).expect("the target folder can be written");
    fs::write(folder.join("case.toml"), text).expect("the folder can be written");
    written(&folder, folder.with_extension("html"), draws)
}

#[test]
fn pages_of_few_and_of_many_actors_are_sound() {
    for actors in [3, 60] {
        let page = kept(&format!("actors-{actors}"), &crowd(actors), "20");
        is_sound(&page);
        assert!(
            page.contains("id=\"stability\"") && page.contains("id=\"readings\"") && page.contains("id=\"levers\"")
        );
    }
    for (name, case, draws) in [("syria", "cases/syria-2017", "100"), ("elmira", "cases/elmira-1991", "0")] {
        let pages = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
        is_sound(&written(&root().join(case), pages.join(name).with_extension("html"), draws));
    }
    kept("hostile", HOSTILE, "20");
}

#[test]
fn figures_are_printed_one_by_one() {
    let run = |arguments: &[&str]| winset(&root(), arguments);
    let list = printed(&run(&["figure", "list", "cases/syria-2017", "--draws", "20"]));
    let names: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(
        names,
        [
            "map",
            "actors",
            "shortfalls",
            "frontier-astana",
            "frontier-sochi",
            "endings",
            "survival",
            "timeline",
            "coverage-unscr-2254",
            "coverage-replacement-resolution",
            "claims"
        ]
    );
    let folder = empty_folder("figures");
    for name in ["map", "actors", "shortfalls", "frontier-astana", "timeline", "coverage-unscr-2254", "claims"] {
        let file = folder.join(format!("{name}.svg"));
        let shown = file.display().to_string();
        let output = run(&["figure", name, "cases/syria-2017", "--draws", "20", "-o", &shown]);
        assert!(output.status.success() && output.stdout.is_empty(), "{}", printed(&output));
        let svg = fs::read_to_string(&file).expect("it was written");
        assert!(svg.starts_with("<svg xmlns=") && svg.contains("<title") && svg.contains("<desc"), "{name}");
        assert!(!svg.contains("var(--n") && !svg.contains("http://www.w3.org/2000/svg\"\""), "{name}");
        are_closed(&svg);
    }
    let unknown = run(&["figure", "maps", "cases/camp-david-1978"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(printed(&unknown).contains("it has `map` and `actors`"), "{}", printed(&unknown));
    let ending = run(&["figure", "map", "cases/camp-david-1978", "-o", "map.gif"]);
    assert_eq!(ending.status.code(), Some(2));
    let document = printed(&run(&["figure", "map", "cases/camp-david-1978", "--json"]));
    assert!(document.contains("\"name\": \"map\"") && document.contains("\"svg\": \"<svg"));
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
    let verdict = plain(verdict.split("\n\n").next().expect("a list")).replace("- ", "");
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
    let shown = plain(&shown);
    // The page says it statement by statement, with marks between.
    for sentence in verdict.replace('`', "").split(". ") {
        assert!(shown.contains(sentence.trim_end_matches('.')), "{sentence}");
    }
}

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
