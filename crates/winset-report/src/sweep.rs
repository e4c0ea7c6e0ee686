//! What a sweep comes to, for the terminal.

use winset_brief::draws::Share;
use winset_brief::words::{counted, number};
use winset_simulate::sweep::{Factor, PointResult};

use crate::layout::Page;

/// Points that the terminal shows.
const SHOWN: usize = 60;

/// What a sweep comes to, and of what.
#[derive(Debug, Clone, Copy)]
pub struct SweepView<'a> {
    /// What the case is called.
    pub title: &'a str,
    /// The name of the design.
    pub design: &'static str,
    /// What is varied, as it was written.
    pub vary: &'a [String],
    /// The seed.
    pub seed: u64,
    /// Runs of every point.
    pub runs: u64,
    /// What every point comes to.
    pub points: &'a [PointResult],
}

/// So many of all runs.
pub(crate) fn share(holds: u64, runs: u64) -> Share {
    Share { holds, fails: runs - holds, undecided: 0 }
}

impl SweepView<'_> {
    /// The paths that are varied, in the order of a point's edits.
    pub(crate) fn paths(&self) -> Vec<String> {
        let path = |text: &String| Factor::parse(text).map_or_else(|_| text.clone(), |factor| factor.path);
        self.vary.iter().map(path).collect()
    }
}

/// The value of an edit: what stands after its operator.
pub(crate) fn value(edit: &str) -> &str {
    edit.split_once('=').map_or(edit, |(_, value)| value.trim())
}

/// What a sweep comes to: a line for every point.
pub fn sweep(view: &SweepView<'_>, width: usize) -> String {
    let mut page = Page::new(width);
    page.heading(&format!("{} — how it may unfold, varied", view.title));
    let points = counted(view.points.len() as u64, "point");
    page.paragraph(
        0,
        &format!("{points} ({}) of {} each, seed {}.", view.design, counted(view.runs, "run"), view.seed),
    );
    if !view.vary.is_empty() {
        page.section("The points");
        let mut header = vec!["Point".to_owned()];
        header.extend(view.paths());
        let rows = view.points.iter().enumerate().take(SHOWN).map(|(at, point)| {
            let values = point.edits.iter().map(|edit| value(edit).to_owned());
            std::iter::once(at.to_string()).chain(values).collect()
        });
        let rows = rows.collect();
        figures(&mut page, &header, rows);
    }
    shares(&mut page, view, "How the runs end", "ending");
    shares(&mut page, view, "Benchmarks filled at some time", "filled");
    shares(&mut page, view, "Tracks with any deal", "any deal");
    means(&mut page, view, "Worth where it stops", "worth");
    if view.points.len() > SHOWN {
        let left = number((view.points.len() - SHOWN) as u64);
        page.note(2, &format!("{left} more points are not shown; --csv and --json have them all."));
    }
    let (low, high) = share(view.runs / 2, view.runs).interval().unwrap_or((0.0, 1.0));
    let wide = (high - low) * 50.0;
    page.note(
        2,
        &format!(
            "Shares of the runs of each point; with so many runs each is known to within {wide:.1} percentage points or better (95%, Wilson). The points share their luck: a run of one and the same run of another differ by what was varied alone, so differences are known better than the shares."
        ),
    );
    page.finish()
}

fn figures(page: &mut Page, header: &[String], rows: Vec<Vec<String>>) {
    page.figures(&header.iter().map(String::as_str).collect::<Vec<_>>(), rows);
}

/// A line for every point, with a column for everything that a measure counts at any of them.
fn shares(page: &mut Page, view: &SweepView<'_>, title: &str, measure: &str) {
    let counts: Vec<Vec<(String, u64)>> = view
        .points
        .iter()
        .map(|point| {
            let counts = point.summary.counts().into_iter().filter(|(other, _, _)| *other == measure);
            counts.map(|(_, of, runs)| (of, runs)).collect()
        })
        .collect();
    let mut columns: Vec<&str> = Vec::new();
    for (of, runs) in counts.iter().flatten() {
        if *runs > 0 && !columns.contains(&of.as_str()) {
            columns.push(of);
        }
    }
    if columns.is_empty() {
        return;
    }
    page.section(title);
    let header: Vec<String> = std::iter::once("Point").chain(columns.iter().copied()).map(str::to_owned).collect();
    let rows = counts.iter().enumerate().take(SHOWN).map(|(at, counts)| {
        let cells = columns.iter().map(|column| {
            let runs = counts.iter().find(|(of, _)| of == column).map_or(0, |(_, runs)| *runs);
            share(runs, view.runs).share().map_or_else(String::new, |value| format!("{:.1}%", value * 100.0))
        });
        std::iter::once(at.to_string()).chain(cells).collect()
    });
    let rows = rows.collect();
    figures(page, &header, rows);
}

fn means(page: &mut Page, view: &SweepView<'_>, title: &str, measure: &str) {
    let means: Vec<Vec<(String, f64)>> = view
        .points
        .iter()
        .map(|point| {
            let means = point.summary.means().into_iter().filter(|(other, _, _)| *other == measure);
            means.map(|(_, of, mean)| (of, mean)).collect()
        })
        .collect();
    let mut columns: Vec<&str> = Vec::new();
    for (of, _) in means.iter().flatten() {
        if !columns.contains(&of.as_str()) {
            columns.push(of);
        }
    }
    if columns.is_empty() {
        return;
    }
    page.section(title);
    let header: Vec<String> = std::iter::once("Point").chain(columns.iter().copied()).map(str::to_owned).collect();
    let rows = means.iter().enumerate().take(SHOWN).map(|(at, means)| {
        let cells = columns.iter().map(|column| {
            let mean = means.iter().find(|(of, _)| of == column);
            mean.map_or_else(|| "—".to_owned(), |(_, mean)| format!("{mean:.2}"))
        });
        std::iter::once(at.to_string()).chain(cells).collect()
    });
    let rows = rows.collect();
    figures(page, &header, rows);
    page.note(2, "Mean over the runs, on each actor's own scale; scales of two actors are not comparable.");
}
