//! The first page: the verdict statement by statement, who stands in the way and what would have to give, and what the words mean.

use winset_brief::plain::given_up;
use winset_brief::{About, Brief, TableBrief, VerdictPoint, figures, verdict_points, words};
use winset_case::{ActorId, Status, TrackId};
use winset_settle::{Amount, Deals, Shortfall};
use winset_worth::Valuation;

use super::anchor;
use super::part::{Cell, Point, RichTable, Row, deal_mark, link};
use super::tables::{is_plain, table_heading};
use crate::brief::least;

/// Rows of the table of who stands in the way; more are further down.
const ROWS: usize = 6;

type Mark = (&'static str, char, &'static str);

/// The verdict, statement by statement.
pub(crate) fn verdict(brief: &Brief<'_>) -> Vec<Point> {
    let mut points: Vec<(About, Point)> = Vec::new();
    let mut terms = Terms::default();
    for VerdictPoint { about, text } in verdict_points(brief) {
        let text = terms.linked(&text);
        if let Some((last, point)) = points.last_mut()
            && *last == about
        {
            point.text.push(' ');
            point.text.push_str(&text);
            continue;
        }
        let (mark, rests) = mark(brief, about);
        points.push((about, Point { mark: Some(mark), text, about: Some(rests) }));
    }
    points.into_iter().map(|(_, point)| point).collect()
}

fn mark(brief: &Brief<'_>, about: About) -> (Mark, String) {
    let case = brief.case;
    let of = |track: TrackId, deals: Deals| -> Option<&TableBrief> {
        let entry = brief.tracks.iter().find(|entry| entry.track == track)?;
        entry.tables().find(|(which, _)| *which == deals).map(|(_, table)| table)
    };
    let rests = || anchor::RESTS.to_owned();
    match about {
        About::Answer(Some(track)) => {
            let deals = [of(track, Deals::Mandate), of(track, Deals::Concluding)];
            let has = deals.map(|table| table.and_then(TableBrief::has_deal));
            let mark = match has {
                [Some(true), Some(false)] | [Some(false), Some(true)] => ("after", '~', "in part"),
                [Some(true), _] => deal_mark(Some(true)),
                [Some(false), _] => deal_mark(Some(false)),
                [None, _] => deal_mark(None),
            };
            (mark, anchor::rests(case, track, Deals::Mandate))
        }
        About::Answer(None) => {
            let any = |has: bool| brief.open_tracks().any(|track| track.mandate.has_deal() == Some(has));
            let mark = match (any(true), any(false)) {
                (true, true) => ("after", '~', "in part"),
                (true, false) => deal_mark(Some(true)),
                (false, true) => deal_mark(Some(false)),
                (false, false) => deal_mark(None),
            };
            (mark, rests())
        }
        About::Table(track, deals) => (("off", '!', "who refuses"), anchor::rests(case, track, deals)),
        About::Levers(track) => (("off", '+', "unlock"), anchor::rests(case, track, Deals::Mandate)),
        About::Deals => (("after", '~', "elsewhere"), rests()),
        About::Framework(framework) => {
            let assembly = brief.assembly.as_ref().and_then(|assembly| assembly.as_ref().ok());
            let entry = assembly.and_then(|all| all.frameworks.iter().find(|entry| entry.framework == framework));
            let mark = match entry {
                Some(entry) if !entry.conclusions.is_empty() => ("now", '✓', "possible"),
                Some(entry) if entry.stop.as_ref().is_some_and(|stop| !stop.met.is_empty()) => {
                    ("after", '~', "in part")
                }
                _ => ("refused", '✗', "not at all"),
            };
            (mark, rests())
        }
        About::Sure => (("off", '%', "how sure"), "draws".to_owned()),
        About::Unfolding => (("off", '→', "over time"), "unfolding".to_owned()),
        About::Rests => (("off", '§', "rests on"), "evidence".to_owned()),
        About::Unknown => (("off", '?', "not known"), rests()),
    }
}

/// Words that are explained on the page, each linked where it stands first.
#[derive(Default)]
struct Terms {
    linked: Vec<&'static str>,
}

/// The words, how they may stand in a text, and what they mean.
const TERMS: [(&str, &[&str], &str); 9] = [
    ("package", &["packages", "package"], "one option for every issue on a table's agenda."),
    (
        "win-set",
        &["win-set"],
        "the packages that everyone whose consent a table needs would accept. It is empty: there is no deal.",
    ),
    ("mandate", &["mandate"], "what a table is asked to deliver."),
    ("red line", &["red lines", "red line"], "a demand an actor gives up at a price only, or at none."),
    (
        "benchmark",
        &["benchmarks", "benchmark"],
        "a condition a framework asks for; all of them filled, it can be concluded.",
    ),
    ("lever", &["levers", "lever"], "something someone could do that changes what others accept."),
    (
        "draw",
        &["draws", "draw"],
        "all numbers of the case taken anew from their ranges. A share of draws says how far an answer hangs on them; it is not a probability of events.",
    ),
    (
        "run",
        &["runs", "run"],
        "the process played out once, round by round, with luck. A share of runs is not a probability of events.",
    ),
    (
        "short",
        &["short"],
        "how much more a deal would have to be worth to an actor before it says yes, where 1 is the difference between the worst and the best it can imagine.",
    ),
];

fn term_anchor(term: &str) -> String {
    anchor::anchor(&format!("word:{}", term.replace(' ', "-")))
}

impl Terms {
    /// A text in which every word not met before is linked to what it means.
    fn linked(&mut self, text: &str) -> String {
        let mut linked = text.to_owned();
        for (term, forms, _) in TERMS {
            if self.linked.contains(&term) {
                continue;
            }
            let found = forms.iter().find_map(|form| {
                let at = linked.match_indices(form).map(|(at, _)| at).find(|&at| {
                    let apart = |letter: Option<char>| {
                        letter.is_none_or(|letter| matches!(letter, ' ' | '.' | ',' | ':' | ';' | '(' | ')'))
                    };
                    apart(linked[..at].chars().next_back()) && apart(linked[at + form.len()..].chars().next())
                })?;
                Some((at, *form))
            });
            if let Some((at, form)) = found {
                linked.replace_range(at..at + form.len(), &link(&term_anchor(term), form));
                self.linked.push(term);
            }
        }
        linked
    }
}

/// What the words of the page mean.
pub(crate) fn words_used() -> RichTable {
    let rows = TERMS.iter().map(|(term, _, means)| Row {
        anchor: Some(term_anchor(term)),
        about: None,
        cells: vec![Cell::plain(*term), Cell::plain(words::capital(means))],
    });
    RichTable { header: ["Word", "What it means here"].map(str::to_owned).to_vec(), rows: rows.collect(), legend: None }
}

/// Who stands in the way at each table without a deal, and the least that would have to give there; `None` where nobody does.
pub(crate) fn in_the_way(brief: &Brief<'_>) -> Option<RichTable> {
    let case = brief.case;
    let applied = case.with_levers();
    let valuation = Valuation::new(&applied).ok();
    let unit = |actor: ActorId| valuation.as_ref().and_then(|all| all.actor(actor)).map_or(1, |worth| worth.unit);
    let mut tables: Vec<_> = brief
        .tracks
        .iter()
        .filter(|track| case.tracks[track.track.0].status != Status::Closed)
        .flat_map(|track| track.tables().map(move |(deals, table)| (track.track, deals, table)))
        .filter_map(|(track, deals, table)| Some((track, deals, table.blocked().filter(|blocked| !is_plain(blocked))?)))
        .collect();
    // Tracks that could conclude a framework come first, and those that meet before those that are planned.
    tables.sort_by_key(|(track, ..)| {
        let body = &case.tracks[track.0];
        (body.status != Status::Open, body.concludes.is_none())
    });
    let rows = tables.into_iter().take(ROWS).map(|(track, deals, blocked)| {
        let who: Vec<String> = words::blockers(blocked)
            .into_iter()
            .map(|actor| {
                let name = words::actor_name(case, actor);
                match blocked.shortfalls.iter().find(|(judge, _)| *judge == actor) {
                    Some((_, Shortfall::By { missing, .. })) => {
                        format!("{name}, {} short", figures::worth(&Amount::of_units(*missing, unit(actor))))
                    }
                    Some((_, Shortfall::NoPrice { .. })) => format!("{name}, at no price"),
                    _ => name.to_owned(),
                }
            })
            .collect();
        let gives: Vec<String> =
            least(&blocked.corrections).into_iter().take(2).map(|set| given_up(case, set)).collect();
        let note = words::status_note(case.tracks[track.0].status);
        let note = if note.is_empty() { "" } else { " (planned)" };
        Row {
            anchor: None,
            about: Some(anchor::rests(case, track, deals)),
            cells: vec![
                Cell::plain(format!("{}{note}", table_heading(case, track, deals))),
                Cell::plain(who.join("\n")),
                Cell::plain(words::capital(&gives.join("; or "))),
            ],
        }
    });
    let rows: Vec<Row> = rows.collect();
    (!rows.is_empty()).then(|| RichTable {
        header: ["No deal at", "Who is in the way", "The least that would have to give"].map(str::to_owned).to_vec(),
        rows,
        legend: None,
    })
}
