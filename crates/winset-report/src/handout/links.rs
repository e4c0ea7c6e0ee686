//! Running text as HTML: escaped, and with a link wherever it names something of the case or gives a figure.

use std::collections::{BTreeMap, BTreeSet};

use winset_brief::numbers;
use winset_case::Case;
use winset_settle::{Constraint, Deals};

use super::anchor;
use super::escape::escape;
use super::part::{LINK_END, LINK_START, LINK_TEXT};

/// What text may link to.
pub(crate) struct Links {
    /// Anchors by what text calls them: paths of numbers, ids of constraints, of sources and of levers.
    targets: BTreeMap<String, String>,
    /// Every anchor there is to be linked to by name.
    anchors: BTreeSet<String>,
    /// Names of the case with digits in them, which are no figures; the longest first.
    names: Vec<String>,
}

impl Links {
    /// The links of a case, to those anchors that the page has.
    pub(crate) fn of(case: &Case, anchors: BTreeSet<String>) -> Self {
        let mut targets = BTreeMap::new();
        let mut add = |name: String, anchor: String| {
            if anchors.contains(&anchor) {
                targets.insert(name, anchor);
            }
        };
        for place in numbers(case) {
            add(place.path(case), anchor::number(case, place));
        }
        for constraint in constraints(case) {
            let id = constraint.id(case);
            add(id.clone(), anchor::anchor(&id));
        }
        for (index, source) in case.sources.iter().enumerate() {
            let source_id = winset_case::SourceId(index);
            add(source.id.clone(), anchor::source(case, source_id));
        }
        let mut names: Vec<String> = names(case).filter(|name| has_digits(name)).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.dedup();
        Links { targets, anchors, names }
    }

    /// Running text: what stands between backticks as code, everything named linked, lines broken where it breaks them. Bare figures lead to `about`.
    pub(crate) fn text(&self, text: &str, about: Option<&str>) -> String {
        let about = about.filter(|about| self.anchors.contains(*about));
        let mut html = String::new();
        let mut rest = text;
        while let Some((before, anchor, shown, after)) = marked(rest) {
            html.push_str(&self.ticked(before, about));
            if self.anchors.contains(anchor) {
                html.push_str(&format!("<a href=\"#{}\">{}</a>", escape(anchor), escape(shown)));
            } else {
                html.push_str(&escape(shown));
            }
            rest = after;
        }
        html.push_str(&self.ticked(rest, about));
        html.replace('\n', "<br>")
    }

    fn ticked(&self, text: &str, about: Option<&str>) -> String {
        let pieces: Vec<&str> = text.split('`').collect();
        let paired = pieces.len() % 2 == 1;
        let mut html = String::new();
        for (number, piece) in pieces.iter().enumerate() {
            if paired && number % 2 == 1 {
                html.push_str(&format!("<code>{}</code>", self.linked(piece, None)));
            } else {
                html.push_str(if !paired && number > 0 { "`" } else { "" });
                html.push_str(&self.linked(piece, about));
            }
        }
        html
    }

    fn linked(&self, text: &str, about: Option<&str>) -> String {
        let mut html = String::new();
        let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-' | ':');
        let mut rest = text;
        let mut plain_before = true;
        while let Some(first) = rest.chars().next() {
            if plain_before && let Some(name) = self.names.iter().find(|name| rest.starts_with(name.as_str())) {
                html.push_str(&escape(name));
                rest = &rest[name.len()..];
            } else if is_part(first) {
                let end = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
                let word = rest[..end].trim_end_matches(['.', ':']);
                let figure = about.and_then(|about| Some((about, figure(rest)?)));
                if let Some(anchor) = self.targets.get(word) {
                    html.push_str(&format!("<a href=\"#{anchor}\">{}</a>", escape(word)));
                    rest = &rest[word.len()..];
                } else if let Some((about, figure)) = figure {
                    html.push_str(&format!("<a class=\"n\" href=\"#{about}\">{}</a>", escape(figure)));
                    rest = &rest[figure.len()..];
                } else {
                    html.push_str(&escape(&rest[..end]));
                    rest = &rest[end..];
                }
                plain_before = false;
            } else {
                html.push_str(&escape(&rest[..first.len_utf8()]));
                rest = &rest[first.len_utf8()..];
                plain_before = true;
            }
        }
        html
    }
}

/// The first link marked by name: what stands before it, its anchor, its text, and what stands after it.
fn marked(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (before, rest) = text.split_once(LINK_START)?;
    let (anchor, rest) = rest.split_once(LINK_TEXT)?;
    let (shown, after) = rest.split_once(LINK_END)?;
    Some((before, anchor, shown, after))
}

/// The figure a text begins with, if it begins with one: digits with thousands and decimals, and a per cent sign. Dates, ids and ordinals are none.
fn figure(text: &str) -> Option<&str> {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ',')).unwrap_or(text.len());
    let digits = text[..end].trim_end_matches(['.', ',']);
    if digits.is_empty() || !digits.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let after = &text[digits.len()..];
    if after.starts_with('%') {
        return Some(&text[..=digits.len()]);
    }
    let goes_on = after.starts_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | ':'));
    (!goes_on).then_some(digits)
}

/// Every constraint a text may name.
pub(crate) fn constraints(case: &Case) -> Vec<Constraint> {
    use winset_case::{ActorId, BenchmarkId, FrameworkId, RedLineId, TrackId};
    let mut all = Vec::new();
    for (index, actor) in case.actors.iter().enumerate() {
        all.push(Constraint::Fallback(ActorId(index)));
        all.extend((0..actor.red_lines.len()).map(|line| Constraint::RedLine(ActorId(index), RedLineId(line))));
    }
    for (index, track) in case.tracks.iter().enumerate() {
        let conjuncts = track.mandate.as_ref().map_or(0, |mandate| mandate.conjuncts().len());
        all.extend((0..conjuncts).map(|conjunct| Constraint::Mandate(TrackId(index), conjunct)));
    }
    for (index, framework) in case.frameworks.iter().enumerate() {
        let benchmarks = 0..framework.benchmarks.len();
        all.extend(benchmarks.map(|benchmark| Constraint::Benchmark(FrameworkId(index), BenchmarkId(benchmark))));
    }
    all
}

/// Whether a name could be taken for a figure in part; digits alone are a figure.
fn has_digits(name: &str) -> bool {
    name.contains(|letter: char| letter.is_ascii_digit()) && name.contains(char::is_alphabetic)
}

/// Every name and option a text may contain.
fn names(case: &Case) -> impl Iterator<Item = String> + '_ {
    let actors = case.actors.iter().flat_map(|actor| [&actor.name, &actor.in_sentence, &actor.id]);
    let tracks = case.tracks.iter().flat_map(|track| [&track.name, &track.in_sentence, &track.id]);
    let frameworks =
        case.frameworks.iter().flat_map(|framework| [&framework.name, &framework.in_sentence, &framework.id]);
    let benchmarks = case.frameworks.iter().flat_map(|framework| framework.benchmarks.iter().map(|entry| &entry.id));
    let issues = case
        .issues
        .iter()
        .flat_map(|issue| [&issue.name, &issue.in_sentence, &issue.id].into_iter().chain(&issue.options));
    let levers = case.levers.iter().flat_map(|lever| [&lever.name, &lever.id]);
    let claims = case.claims.iter().flat_map(|claim| [&claim.id, &claim.says]);
    let events = case.events.iter().map(|event| &event.text);
    let sources = case.sources.iter().flat_map(|source| [&source.title, &source.id]);
    let all = actors.chain(tracks).chain(frameworks).chain(benchmarks).chain(issues).chain(levers);
    all.chain(claims).chain(events).chain(sources).cloned()
}

/// The anchors of everything that rests behind the tables of a case.
pub(crate) fn rests(case: &Case) -> Vec<(winset_case::TrackId, Deals)> {
    let tracks = (0..case.tracks.len()).map(winset_case::TrackId);
    tracks
        .flat_map(|track| {
            let concluding = case.tracks[track.0].concludes.map(|_| (track, Deals::Concluding));
            std::iter::once((track, Deals::Mandate)).chain(concluding)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(targets: &[(&str, &str)], names: &[&str]) -> Links {
        let owned = |(name, anchor): &(&str, &str)| ((*name).to_owned(), (*anchor).to_owned());
        Links {
            targets: targets.iter().map(owned).collect(),
            anchors: targets.iter().map(|(_, anchor)| (*anchor).to_owned()).chain(["here".to_owned()]).collect(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[test]
    fn a_path_is_linked_and_its_full_stop_is_not() {
        let links = links(&[("tie.a.leverage", "n1"), ("fallback:a", "f")], &[]);
        assert_eq!(
            links.text("by tie.a.leverage. `<b>`", None),
            "by <a href=\"#n1\">tie.a.leverage</a>. <code>&lt;b&gt;</code>"
        );
        assert_eq!(links.text("tie.a.leverages", None), "tie.a.leverages");
        assert_eq!(links.text("one ` <tick>", None), "one ` &lt;tick&gt;");
        assert_eq!(links.text("(fallback:a):", None), "(<a href=\"#f\">fallback:a</a>):");
    }

    #[test]
    fn figures_lead_to_what_they_rest_on() {
        let links = links(&[], &["Resolution 2254"]);
        let n = |figure: &str| format!("<a class=\"n\" href=\"#here\">{figure}</a>");
        assert_eq!(
            links.text("none of 2,915, or 1.1%.", Some("here")),
            format!("none of {}, or {}.", n("2,915"), n("1.1%"))
        );
        assert_eq!(
            links.text("Resolution 2254 on 2017-12-12, P17, T04", Some("here")),
            "Resolution 2254 on 2017-12-12, P17, T04"
        );
        assert_eq!(links.text("`x = 4` 5", Some("here")), format!("<code>x = 4</code> {}", n("5")));
        assert_eq!(links.text("5", Some("nowhere")), "5", "no link leads nowhere");
    }

    #[test]
    fn a_marked_link_leads_only_where_there_is_something() {
        let links = links(&[], &[]);
        let to = |anchor: &str| super::super::part::link(anchor, "a <b>");
        assert_eq!(links.text(&to("here"), None), "<a href=\"#here\">a &lt;b&gt;</a>");
        assert_eq!(links.text(&to("\" onclick=\"x"), None), "a &lt;b&gt;");
    }
}
