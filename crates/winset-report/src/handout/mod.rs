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
mod headings;
mod html;
mod levers;
mod links;
mod markdown;
mod over_time;
mod part;
mod plain;
#[cfg(feature = "png")]
mod png;
mod readings;
mod shortfalls;
mod sources;
mod state_graph;
mod stays;
mod style;
mod summary;
mod survival;
mod svg;
mod tables;
mod terms;
mod timeline;
mod track_map;
mod unfold;

pub(crate) use tables::table_heading;
pub use unfold::unfold_html;

use winset_brief::Brief;
use winset_brief::unfold::Unfolding;
use winset_case::{Case, FrameworkId, Status, TrackId};

use crate::assembly::{Coverage, walked};
use crate::brief::{evidence as counted_evidence, head, limits};
use crate::claims::tally;
use crate::layout::{Block, Page};
use crate::settle::across;
use part::Part;
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
    if let Some(Ok(runs)) = &brief.runs {
        let unfolding = runs.unfolding();
        figures.push(endings::endings(&unfolding));
        figures.extend(survival::survival(&unfolding));
    }
    figures.extend(timeline::timeline(brief.case));
    figures.extend(grids::coverage(brief));
    figures.extend(grids::claims(brief));
    pictures(figures)
}

/// The figures of a simulation: how its runs end, and when the parts are filled.
pub fn unfold_figures(unfolding: &Unfolding<'_>) -> Vec<Picture> {
    pictures([endings::endings(unfolding)].into_iter().chain(survival::survival(unfolding)))
}

fn pictures(figures: impl IntoIterator<Item = part::Figure>) -> Vec<Picture> {
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

/// The brief in reading order: a first page that can stand alone, the brief proper, and annexes.
fn parts(brief: &Brief<'_>) -> Vec<Part> {
    let case = brief.case;
    let mut parts = vec![prose(|page| head(page, brief)), prose(|page| asked(page, brief)).about("draws")];
    parts.push(section("verdict", "In short"));
    let stays = stays::stays(brief);
    let mut statements = if case.tracks.is_empty() { Vec::new() } else { summary::verdict(brief) };
    let at =
        statements.iter().position(|point| point.about.as_deref() == Some("unfolding")).unwrap_or(statements.len());
    statements.splice(at..at, stays.statements);
    parts.push(Part::Points(statements));
    if !case.tracks.is_empty() {
        parts.push(Part::Figure(track_map::track_map(brief)));
        parts.extend(summary::in_the_way(brief).map(Part::Table));
    }
    parts.push(section("words", "Words used here"));
    parts.push(Part::Table(summary::words_used()));
    let main = main_tracks(case);
    if !case.tracks.is_empty() {
        parts.push(section("tracks", &headings::tracks(brief)));
        parts.push(Part::Table(tables::overview(brief)));
        parts.push(Part::Figure(actor_map::actor_map(brief)));
    }
    let blocked = blocked::blocked_tables(brief, &|track| main.contains(&track));
    if !blocked.is_empty() {
        parts.push(section("blocked", &headings::blocked(brief, &main)));
        parts.extend(shortfalls::shortfalls(brief).map(Part::Figure));
        parts.extend(blocked);
    }
    let unlocks = blocked::unlocks(brief);
    if !unlocks.is_empty() {
        parts.push(section("unlocks", &headings::unlocks(brief)));
        parts.push(Part::Points(unlocks));
        parts.push(prose(|page| {
            page.note(2, "Every combination was tried: that none opens a table is a proof for the case as written, with the levers it knows. What each lever does by itself is annexed.");
        }));
    }
    if brief.assembly.is_some() {
        parts.push(section("assembly", &headings::assembly(brief)));
        parts.extend(put_together(brief, true));
    }
    if !case.tracks.is_empty() {
        parts.push(section("terms", &headings::terms(brief)));
        parts.extend(terms::terms(brief));
    }
    // What comes of it over time stands here: first what stays put, then how it may unfold.
    if !stays.parts.is_empty() {
        parts.push(section("stability", "What stays put"));
        parts.extend(stays.parts);
    }
    parts.push(section("unfolding", &headings::unfolding(brief)));
    parts.extend(over_time::over_time(brief));
    if let Some((readings, differing)) = readings::readings(brief) {
        parts.push(section("readings", "As others read it"));
        if differing == 0 {
            parts.push(prose(|page| page.paragraph(2, "Every reading comes to the same answers.")));
        }
        parts.push(Part::LongTable(readings, differing));
    }
    if !brief.claims.is_empty() {
        parts.push(section("claims", &headings::claims(brief)));
        parts.push(prose(|page| {
            page.paragraph(2, &tally(&brief.claims));
            page.paragraph(2, &tables::how_robust(&brief.claims));
        }));
        parts.extend(tables::not_held(case, &brief.claims).map(Part::Table));
    }
    if let Some(draws) = &brief.draws {
        parts.push(section("matters", "What to doubt first"));
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
    parts.push(section("evidence", "What this rests on, and what it is not"));
    parts.push(
        prose(|page| match brief.evidence.numbers {
            0 => page.paragraph(2, "The case holds no numbers: it rests on who prefers what to what."),
            _ => counted_evidence(page, brief),
        })
        .about("annex"),
    );
    parts.push(prose(limits));
    parts.extend(annex(brief, &main));
    parts.retain(|part| !matches!(part, Part::Prose(blocks, _) if blocks.iter().all(|block| *block == Block::Blank)));
    parts
}

/// The frameworks the main tracks could conclude; where there are none, all.
pub(crate) fn main_frameworks(case: &Case) -> Vec<FrameworkId> {
    let concludable: Vec<FrameworkId> =
        main_tracks(case).iter().filter_map(|track| case.tracks[track.0].concludes).collect();
    if concludable.is_empty() { (0..case.frameworks.len()).map(FrameworkId).collect() } else { concludable }
}

fn section(anchor: &'static str, heading: &str) -> Part {
    Part::Section(anchor, heading.to_owned())
}

/// The tracks the brief is about: those that meet and could conclude a framework; where there are none, all.
pub(crate) fn main_tracks(case: &Case) -> Vec<TrackId> {
    let all = || (0..case.tracks.len()).map(TrackId);
    let main = all().filter(|track| {
        let track = &case.tracks[track.0];
        track.concludes.is_some() && track.status == Status::Open
    });
    let main: Vec<TrackId> = main.collect();
    if main.is_empty() { all().collect() } else { main }
}

/// What can be put together towards each framework: of those the main tracks could conclude, or of the others.
fn put_together(brief: &Brief<'_>, main: bool) -> Vec<Part> {
    let case = brief.case;
    let assembly = match &brief.assembly {
        Some(Ok(assembly)) => assembly,
        refused => return if main { vec![prose(|page| across(page, case, refused.as_ref()))] } else { Vec::new() },
    };
    let concludable = main_frameworks(case);
    let mut parts = Vec::new();
    for entry in &assembly.frameworks {
        if main != concludable.contains(&entry.framework) {
            continue;
        }
        let matrix = Coverage::of(case, assembly, entry.framework);
        let name = &case.frameworks[entry.framework.0].name;
        parts.push(Part::Heading(None, format!("Who can deliver what: {name}")));
        parts.push(Part::Table(tables::coverage(case, &matrix)));
        if let Some(note) = matrix.left_out() {
            parts.push(prose(|page| page.note(2, &note)));
        }
        parts.extend(assembly::framework(brief, entry));
    }
    if main {
        parts.extend(tables::reached(brief).map(Part::Table));
        parts.push(prose(|page| walked(page, assembly)).about(anchor::RESTS));
    }
    parts
}

/// For whoever checks: what every answer, demand and number rests on.
fn annex(brief: &Brief<'_>, main: &[TrackId]) -> Vec<Part> {
    let mut parts = vec![Part::Annex];
    let others = blocked::blocked_tables(brief, &|track| !main.contains(&track));
    if !others.is_empty() {
        parts.push(section("blocked-others", "Annex: the other tables without a deal"));
        parts.extend(others);
    }
    let frameworks = put_together(brief, false);
    if !frameworks.is_empty() {
        parts.push(section("other-frameworks", "Annex: the other frameworks"));
        parts.extend(frameworks);
    }
    let frontiers = frontier::frontiers(brief);
    if !frontiers.is_empty() {
        parts.push(section("frontiers", "Annex: what can be had where there is a deal"));
        parts.extend(frontiers.into_iter().map(Part::Figure));
    }
    if let Some(sheet) = levers::sheet(brief) {
        parts.push(section("levers", "Annex: lever by lever"));
        parts.push(Part::Table(sheet));
    }
    if let Some(timeline) = timeline::timeline(brief.case) {
        parts.push(section("timeline", "Annex: what the record says, track by track"));
        parts.push(Part::Figure(timeline));
    }
    if !brief.claims.is_empty() {
        parts.push(section("all-claims", "Annex: the claims one by one"));
        parts.push(Part::Table(tables::claims(brief.case, &brief.claims)));
    }
    if !brief.case.tracks.is_empty() {
        parts.push(section(anchor::RESTS, "Annex: what each answer rests on"));
        parts.push(prose(|page| {
        page.paragraph(
            2,
            "A figure in the brief leads here; from here each name leads to its numbers, and they to the source and the place in it. What can be put together rests on every row.",
        );
        }));
        parts.push(Part::LongTable(evidence::rests(brief), 0));
    }
    parts.push(section("demands", "Annex: actors, demands and ties"));
    parts.push(Part::LongTable(evidence::actors(brief), 0));
    let demands = evidence::demands(brief);
    if !demands.rows.is_empty() {
        parts.push(Part::Heading(None, "Demands, ties and definitions".to_owned()));
        parts.push(Part::Table(demands));
    }
    if let Some(Ok(runs)) = &brief.runs {
        parts.push(section("how-runs", "Annex: how runs were made"));
        let unfolding = runs.unfolding();
        parts.push(prose(|page| {
            let runs = winset_brief::words::counted(unfolding.tally.runs, "run");
            let rounds = u64::from(unfolding.process.horizon());
            let rounds = winset_brief::words::counted(rounds, unfolding.round_word());
            page.paragraph(
                2,
                &format!(
                    "{runs} of {rounds} at most, seed {}. The claims about runs are decided by the same runs.",
                    unfolding.seed
                ),
            );
            winset_brief::unfold::rests(&unfolding).iter().for_each(|sentence| page.paragraph(2, sentence));
        }));
    }
    if !winset_brief::numbers(brief.case).is_empty() {
        parts.extend(evidence::every_number(brief));
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
        let (sources, places) = sources::sources(brief);
        parts.push(Part::Table(sources));
        if !places.rows.is_empty() {
            parts.push(Part::Heading(None, "What is taken from which place".to_owned()));
            parts.push(Part::LongTable(places, 0));
        }
    }
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
