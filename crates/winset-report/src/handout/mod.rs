//! The brief to be handed out: one HTML file that needs nothing else, or Markdown; and its figures, each by itself.

mod actor_map;
mod anchor;
mod assembly;
mod blocked;
mod endings;
mod escape;
mod evidence;
mod frontier;
mod grids;
mod html;
mod levers;
mod links;
mod markdown;
mod part;
mod plain;
#[cfg(feature = "png")]
mod png;
mod readings;
mod shortfalls;
mod state_graph;
mod stays;
mod style;
mod survival;
mod svg;
mod tables;
mod terms;
mod timeline;
mod track_map;
mod unfold;

pub use unfold::unfold_html;

use winset_brief::{About, Brief, VerdictPoint, verdict_points};
use winset_settle::Amount;

use crate::assembly::{Coverage, walked};
use crate::brief::{evidence as counted_evidence, head, limits};
use crate::claims::tally;
use crate::layout::{Block, Page};
use crate::settle::across;
use part::{Part, Point};
#[cfg(feature = "png")]
pub use png::png;
pub use state_graph::stability_svg;

/// The brief as one HTML file: no script, nothing from elsewhere, every text of the case escaped.
pub fn html(brief: &Brief<'_>) -> String {
    html::write(brief.case, &parts(brief))
}

/// The brief as Markdown, with the tables of its figures in their place.
pub fn markdown(brief: &Brief<'_>) -> String {
    markdown::write(brief.case, &parts(brief))
}

/// A figure of the brief, apart from the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What it is called: `map`, `actors`, `frontier-TRACK`, …
    pub name: String,
    /// What it shows, in a few words.
    pub title: String,
    /// How to read it.
    pub describe: String,
    /// The picture as an SVG file of its own, for light and dark screens; every text of the case in it is escaped.
    pub svg: String,
    /// The picture as SVG in light colours alone, as programs draw it that know no screens.
    pub light: String,
}

/// Every figure the brief has, those of its page first.
pub fn figures(brief: &Brief<'_>) -> Vec<Picture> {
    let mut figures = Vec::new();
    if !brief.case.tracks.is_empty() {
        figures.extend([track_map::track_map(brief), actor_map::actor_map(brief)]);
    }
    figures.extend(shortfalls::shortfalls(brief));
    figures.extend(frontier::frontiers(brief));
    figures.extend(stays::stays(brief).parts.into_iter().filter_map(|part| match part {
        Part::Figure(figure) => Some(figure),
        _ => None,
    }));
    figures.extend(timeline::timeline(brief.case));
    figures.extend(grids::coverage(brief));
    figures.extend(grids::claims(brief));
    figures
        .into_iter()
        .map(|figure| Picture {
            svg: svg::alone(&figure.svg, true),
            light: svg::alone(&figure.svg, false),
            name: figure.name,
            title: figure.title,
            describe: figure.describe,
        })
        .collect()
}

/// What a page of the brief for the terminal consists of.
fn prose(write: impl FnOnce(&mut Page)) -> Part {
    let mut page = Page::new(100);
    write(&mut page);
    Part::Prose(page.blocks(), None)
}

impl Part {
    /// The same, with its bare figures resting on what stands at an anchor.
    fn about(self, anchor: impl Into<String>) -> Part {
        match self {
            Part::Prose(blocks, _) => Part::Prose(blocks, Some(anchor.into())),
            other => other,
        }
    }
}

/// A worth in figures that the evidence bears: two decimals.
fn rounded(amount: &Amount) -> String {
    match amount.to_f64() {
        None => amount.figures(),
        Some(worth) if worth != 0.0 && worth.abs() < 0.005 => "less than 0.01".to_owned(),
        Some(worth) => format!("{worth:.2}"),
    }
}

fn parts(brief: &Brief<'_>) -> Vec<Part> {
    let case = brief.case;
    let section = |anchor, heading: &str| Part::Section(anchor, heading.to_owned());
    let mut parts = vec![prose(|page| head(page, brief)), prose(|page| asked(page, brief)).about("draws")];
    parts.push(section("verdict", "In short"));
    let stays = stays::stays(brief);
    let mut statements = if case.tracks.is_empty() { Vec::new() } else { verdict(brief) };
    statements.extend(stays.statements);
    parts.push(Part::Points(statements));
    if !case.tracks.is_empty() {
        parts.push(section("tracks", "The tracks"));
        parts.push(Part::Figure(track_map::track_map(brief)));
        parts.push(Part::Table(tables::overview(brief)));
        parts.push(section("actors", "Who sits where"));
        parts.push(Part::Figure(actor_map::actor_map(brief)));
    }
    if brief.assembly.is_some() {
        parts.push(section("assembly", "What can be put together"));
    }
    match &brief.assembly {
        Some(Ok(assembly)) => {
            for entry in &assembly.frameworks {
                let matrix = Coverage::of(case, assembly, entry.framework);
                let name = &case.frameworks[entry.framework.0].name;
                parts.push(Part::Heading(None, format!("Who can deliver what: {name}")));
                parts.push(Part::Table(tables::coverage(case, &matrix)));
                if let Some(note) = matrix.left_out() {
                    parts.push(prose(|page| page.note(2, &note)));
                }
                parts.extend(assembly::framework(brief, entry));
            }
            parts.extend(tables::reached(brief).map(Part::Table));
            parts.push(prose(|page| walked(page, assembly)).about(anchor::RESTS));
        }
        refused => parts.push(prose(|page| across(page, case, refused.as_ref()))),
    }
    let blocked = blocked::blocked_tables(brief);
    if !blocked.is_empty() {
        parts.push(section("blocked", "Tables without a deal"));
        parts.extend(shortfalls::shortfalls(brief).map(Part::Figure));
        parts.extend(blocked);
    }
    let unlocks = blocked::unlocks(brief);
    let sheet = levers::sheet(brief);
    if sheet.is_some() || !unlocks.is_empty() {
        parts.push(section("levers", "What levers would do"));
        if !unlocks.is_empty() {
            parts.push(Part::Points(unlocks));
            parts.push(prose(|page| {
                page.note(2, "Every combination was tried: that none opens a table is a proof for the case as written, with the levers it knows.");
            }));
        }
        if let Some(sheet) = sheet {
            parts.push(Part::Heading(None, "Lever by lever".to_owned()));
            parts.push(Part::Table(sheet));
        }
    }
    if !case.tracks.is_empty() {
        parts.push(section("terms", "On whose terms"));
        parts.extend(terms::terms(brief));
    }
    parts.extend(frontier::frontiers(brief).into_iter().map(Part::Figure));
    // What comes of it over time stands here: first what stays put, then how it may unfold.
    if !stays.parts.is_empty() {
        parts.push(section("stability", "What stays put"));
        parts.extend(stays.parts);
    }
    if let Some(readings) = readings::readings(brief) {
        parts.push(section("readings", "As others read it"));
        parts.push(Part::Table(readings));
    }
    if !brief.claims.is_empty() {
        parts.push(section("claims", "The claims of the case"));
        parts.push(prose(|page| {
            page.paragraph(2, &tally(&brief.claims));
            page.paragraph(2, &tables::how_robust(&brief.claims));
        }));
        parts.extend(tables::not_held(case, &brief.claims).map(Part::Table));
    }
    if let Some(draws) = &brief.draws {
        parts.push(section("matters", "What matters most"));
        parts.push(prose(|page| {
            let drawn = winset_brief::words::counted(draws.drawn as u64, "number");
            page.paragraph(
                2,
                &if draws.influential.is_empty() {
                    format!("Of {drawn} drawn from their ranges, none moves a verdict by more than chance would.")
                } else {
                    format!("Of {drawn} drawn from their ranges, these move verdicts most. Evidence for them is worth most.")
                },
            );
        }).about("draws"));
        parts.push(Part::Points(evidence::matters(brief, draws)));
    }
    if let Some(timeline) = timeline::timeline(case) {
        parts.push(section("timeline", "Timeline"));
        parts.push(Part::Figure(timeline));
    }
    parts.push(section("evidence", "What this rests on"));
    parts.push(
        prose(|page| match brief.evidence.numbers {
            0 => page.paragraph(2, "The case holds no numbers: it rests on who prefers what to what."),
            _ => counted_evidence(page, brief),
        })
        .about("annex"),
    );
    parts.push(section("limits", "Limits"));
    parts.push(prose(limits));
    parts.extend(annex(brief));
    parts.retain(|part| !matches!(part, Part::Prose(blocks, _) if blocks.iter().all(|block| *block == Block::Blank)));
    parts
}

/// For whoever checks: what every answer, demand and number rests on.
fn annex(brief: &Brief<'_>) -> Vec<Part> {
    let section = |anchor, heading: &str| Part::Section(anchor, heading.to_owned());
    let mut parts = vec![Part::Annex];
    if !brief.case.tracks.is_empty() {
        parts.push(section(anchor::RESTS, "Annex: what each answer rests on"));
        parts.push(prose(|page| {
        page.paragraph(
            2,
            "A figure in the brief leads here; from here each name leads to its numbers, and they to the source and the place in it. What can be put together rests on every row.",
        );
        }));
        parts.push(Part::Table(evidence::rests(brief)));
    }
    parts.push(section("demands", "Annex: actors, demands and ties"));
    parts.push(Part::Table(evidence::demands(brief)));
    if !brief.claims.is_empty() {
        parts.push(section("all-claims", "Annex: the claims one by one"));
        parts.push(Part::Table(tables::claims(brief.case, &brief.claims)));
    }
    if !winset_brief::numbers(brief.case).is_empty() {
        parts.extend(every_number(brief));
    }
    if let Some(draws) = &brief.draws {
        parts.push(section("draws", "Annex: how numbers were drawn"));
        parts.push(prose(|page| {
            page.paragraph(
                2,
                &format!(
                    "{} were drawn {} times from the ranges given, each by itself, with seed {}; the same seed gives the same draws on any machine. Words such as \"likely\" are those of \
                     Intelligence Community Directive 203: almost no chance up to 5%, very unlikely up to 20, unlikely up to 45, roughly even up to 55, likely up to 80, very likely up to 95, \
                     almost certain above. The two figures beside a word are a 95% interval of the share (Wilson 1927), not of the world.",
                    winset_brief::words::counted(draws.drawn as u64, "number"),
                    winset_brief::words::number(draws.settings.draws),
                    draws.settings.seed
                ),
            );
        }));
    }
    if !brief.case.sources.is_empty() {
        parts.push(section("sources", "Annex: sources, place by place"));
        parts.push(Part::Table(evidence::sources(brief)));
    }
    parts
}

/// Every number of the case, those that matter most first.
fn every_number(brief: &Brief<'_>) -> Vec<Part> {
    let mut parts = vec![Part::Section("annex", "Annex: every number, by influence".to_owned())];
    if let Some(influence) = evidence::influence(brief) {
        parts.push(prose(|page| {
            page.paragraph(
                2,
                "These move verdicts over their ranges by more than chance would, the most influential first. Where one rests on assumption, evidence for it is worth most.",
            );
        }));
        parts.push(Part::Table(influence));
        parts.push(prose(|page| {
            page.paragraph(2, "The others, those first that have a range and rest on assumption:");
        }));
    }
    parts.push(Part::Table(evidence::other_numbers(brief)));
    parts
}

/// How it was asked: at which numbers, over how many draws.
fn asked(page: &mut Page, brief: &Brief<'_>) {
    match &brief.draws {
        Some(draws) => page.note(
            0,
            &format!(
                "Answers hold with the numbers as they stand; likelihoods are shares of {} draws of the numbers from their ranges. A model of a text, not of the world.",
                winset_brief::words::number(draws.settings.draws)
            ),
        ),
        None => page.note(0, "Answers hold with the numbers as they stand; nothing was drawn from their ranges. A model of a text, not of the world."),
    }
}

/// The verdict, statement by statement.
fn verdict(brief: &Brief<'_>) -> Vec<Point> {
    let case = brief.case;
    let mut points: Vec<(About, Point)> = Vec::new();
    for VerdictPoint { about, text } in verdict_points(brief) {
        if let Some((last, point)) = points.last_mut()
            && *last == about
        {
            point.text.push(' ');
            point.text.push_str(&text);
            continue;
        }
        let (mark, rests) = match about {
            About::Table(track, deals) => {
                let entry = brief.tracks.iter().find(|entry| entry.track == track);
                let table =
                    entry.and_then(|entry| entry.tables().find(|(which, _)| *which == deals)).map(|(_, table)| table);
                let plain = table.and_then(|table| table.blocked()).is_some_and(tables::is_plain);
                let mark = if plain {
                    ("off", '–', "no new deal")
                } else {
                    part::deal_mark(table.and_then(winset_brief::TableBrief::has_deal))
                };
                (mark, anchor::rests(case, track, deals))
            }
            About::Deals => (part::deal_mark(Some(true)), anchor::RESTS.to_owned()),
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
                (mark, anchor::RESTS.to_owned())
            }
            About::Claims => (("off", '§', "claims"), "claims".to_owned()),
            About::Unknown => (("off", '?', "not known"), anchor::RESTS.to_owned()),
        };
        points.push((about, Point { mark: Some(mark), text, about: Some(rests) }));
    }
    points.into_iter().map(|(_, point)| point).collect()
}
