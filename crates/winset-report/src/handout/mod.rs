//! The brief to be handed out: one HTML file that needs nothing else, or Markdown. The words are those of the brief on a terminal.

mod escape;
mod html;
mod markdown;
mod part;
mod svg;
mod tables;
mod timeline;
mod track_map;

use winset_brief::Brief;

use crate::assembly::{Coverage, routes, walked};
use crate::brief::{blocked_tables, evidence, head, limits, matters, terms};
use crate::claims::tally;
use crate::layout::{Block, Page};
use crate::settle::{across, overview};
use part::{Figure, Part};

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
    /// What it shows, in a few words.
    pub title: String,
    /// How to read it.
    pub describe: String,
    /// The picture, as SVG; every text of the case in it is escaped.
    pub svg: String,
}

/// The figures of the brief, in the order of the page.
pub fn figures(brief: &Brief<'_>) -> Vec<Picture> {
    let picture = |part| match part {
        Part::Figure(Figure { title, describe, svg, .. }) => Some(Picture { title, describe, svg }),
        _ => None,
    };
    parts(brief).into_iter().filter_map(picture).collect()
}

/// What a page of the brief for the terminal consists of.
fn prose(write: impl FnOnce(&mut Page)) -> Part {
    let mut page = Page::new(100);
    write(&mut page);
    Part::Prose(page.blocks())
}

fn parts(brief: &Brief<'_>) -> Vec<Part> {
    let case = brief.case;
    let section = |anchor, heading: &str| Part::Section(anchor, heading.to_owned());
    let mut parts = vec![prose(|page| head(page, brief))];
    parts.push(section("verdict", "Verdict"));
    parts.push(prose(|page| page.paragraph(2, &winset_brief::verdict(brief))));
    parts.push(section("tracks", "Tracks"));
    parts.push(prose(|page| overview(page, case, &brief.tracks)));
    parts.push(section("map", "Track map"));
    parts.push(Part::Figure(track_map::track_map(brief)));
    if brief.assembly.is_some() {
        parts.push(section("assembly", "What can be put together"));
    }
    match &brief.assembly {
        Some(Ok(assembly)) => {
            for entry in &assembly.frameworks {
                let matrix = Coverage::of(case, assembly, entry.framework);
                let name = &case.frameworks[entry.framework.0].name;
                parts.push(prose(|page| page.section(&format!("Who can deliver what: {name}"))));
                parts.push(Part::Table(tables::coverage(case, &matrix)));
                parts.push(prose(|page| {
                    if let Some(note) = matrix.left_out() {
                        page.note(2, &note);
                    }
                    routes(page, case, entry);
                }));
            }
            parts.push(prose(|page| walked(page, assembly)));
        }
        refused => parts.push(prose(|page| across(page, case, refused.as_ref()))),
    }
    let blocked = prose(|page| blocked_tables(page, brief));
    if matches!(&blocked, Part::Prose(blocks) if !blocks.is_empty()) {
        parts.push(section("blocked", "Tables without a deal"));
        parts.push(blocked);
    }
    parts.push(section("terms", "On whose terms"));
    parts.push(prose(|page| terms(page, brief)));
    if !brief.claims.is_empty() {
        parts.push(section("claims", "Claims"));
        parts.push(prose(|page| page.paragraph(2, &tally(&brief.claims))));
        parts.push(Part::Table(tables::claims(case, &brief.claims)));
    }
    if let Some(draws) = &brief.draws {
        parts.push(section("matters", "What matters most"));
        parts.push(prose(|page| matters(page, brief, draws)));
    }
    if let Some(timeline) = timeline::timeline(case) {
        parts.push(section("timeline", "Timeline"));
        parts.push(Part::Figure(timeline));
    }
    parts.push(section("evidence", "What this rests on"));
    parts.push(prose(|page| evidence(page, brief)));
    parts.push(section("limits", "Limits"));
    parts.push(prose(limits));
    parts.push(section("annex", "Annex: every number of the case"));
    parts.push(Part::Table(tables::annex(brief)));
    if !case.sources.is_empty() {
        parts.push(section("sources", "Sources"));
        parts.push(Part::Table(tables::sources(case)));
    }
    parts.retain(|part| !matches!(part, Part::Prose(blocks) if blocks.iter().all(|block| *block == Block::Blank)));
    parts
}
