//! How a process may unfold, for the terminal.

use winset_brief::draws::Share;
use winset_brief::figures::percent;
use winset_brief::unfold::{Curve, Unfolding, chronicle, headline, outcome_words, rests};
use winset_brief::words::{counted, number};
use winset_simulate::{Fate, Process, Trace};

use crate::layout::Page;

/// What many runs come to.
pub fn simulate(unfolding: &Unfolding<'_>, width: usize) -> String {
    let mut page = Page::new(width);
    let case = unfolding.case();
    let horizon = counted(u64::from(unfolding.process.horizon()), unfolding.round_word());
    page.heading(&format!("{} — how it may unfold from {}", case.title, case.as_of));
    let runs = counted(unfolding.tally.runs, "run");
    page.paragraph(0, &format!("{runs} of {horizon} at most, seed {}.", unfolding.seed));
    page.section("In short");
    for sentence in headline(unfolding) {
        page.paragraph(2, &sentence);
    }
    endings(&mut page, unfolding);
    curves(&mut page, unfolding);
    page.section("Where it stops most often");
    for (rank, stop) in unfolding.stops().iter().take(5).enumerate() {
        let share = stop.share.share().map(percent).unwrap_or_default();
        page.item(&format!("  {}. ", rank + 1), &format!("{share} of runs. {}.", outcome_words(case, &stop.state)));
    }
    tracks(&mut page, unfolding);
    worths(&mut page, unfolding);
    page.section("What this rests on");
    for sentence in rests(unfolding) {
        page.paragraph(2, &sentence);
    }
    page.finish()
}

fn interval(share: &Share) -> String {
    share.interval().map_or_else(String::new, |(low, high)| format!("{:.1} to {:.1}%", low * 100.0, high * 100.0))
}

fn value(share: &Share) -> String {
    share.share().map_or_else(String::new, |value| format!("{:.1}%", value * 100.0))
}

fn endings(page: &mut Page, unfolding: &Unfolding<'_>) {
    page.section("How the runs end");
    let round = unfolding.round_word();
    let rows = unfolding.endings().into_iter().map(|row| {
        let typical = row.typical.map_or_else(|| "at the horizon".to_owned(), |at| format!("by {round} {at}"));
        vec![row.name, number(row.share.holds), value(&row.share), interval(&row.share), typical]
    });
    page.table(&["Ending", "Runs", "Share", "95% interval", "Half of these"], rows.collect());
}

/// The rounds a table shows of a curve: a tenth, a fifth and a half of the time, and all of it.
fn shown(horizon: u32) -> Vec<usize> {
    let mut rounds: Vec<usize> = [10, 5, 2, 1].iter().map(|part| (horizon / part) as usize).collect();
    rounds.retain(|round| *round > 0);
    rounds.dedup();
    rounds
}

fn curves(page: &mut Page, unfolding: &Unfolding<'_>) {
    let curves: Vec<Curve> = unfolding.curves();
    if curves.is_empty() {
        return;
    }
    page.section("When the parts are filled");
    let round = unfolding.round_word();
    let rounds = shown(unfolding.process.horizon());
    let mut header = vec!["Benchmark".to_owned(), "Today".to_owned()];
    header.extend(rounds.iter().map(|at| format!("By {at}")));
    header.extend(["Half by".to_owned(), "At the end".to_owned()]);
    let by = |curve: &Curve, share| curve.round_of(share).map_or_else(|| "—".to_owned(), |at| at.to_string());
    for (index, framework) in unfolding.case().frameworks.iter().enumerate() {
        page.paragraph(2, &format!("{}, by {round}:", framework.name));
        let rows = curves.iter().filter(|curve| curve.framework.0 == index).map(|curve| {
            let today = if curve.by_round[0].holds > 0 { "filled" } else { "open" };
            let mut row = vec![curve.name.clone(), today.to_owned()];
            row.extend(rounds.iter().map(|at| value(&curve.by_round[*at])));
            row.extend([by(curve, 0.5), value(&curve.at_the_end)]);
            row
        });
        let rows = rows.collect();
        page.figures(&header.iter().map(String::as_str).collect::<Vec<_>>(), rows);
    }
    page.note(
        2,
        "Share of all runs in which it had been filled at some time by then (a run that ended before counts as never), and share in which it holds where the run stops, since agreements break. --json gives every round with its 95% interval (Wilson).",
    );
}

fn tracks(page: &mut Page, unfolding: &Unfolding<'_>) {
    page.section("The tracks");
    let fate = |row: &winset_brief::unfold::TrackRow, wanted: Fate| {
        let share = row.fates.iter().find(|(fate, _)| *fate == wanted).map(|(_, share)| *share);
        share.filter(|share| share.holds > 0).map_or_else(|| "—".to_owned(), |share| value(&share))
    };
    let rows = unfolding.tracks().into_iter().map(|row| {
        vec![
            row.name.clone(),
            format!("{:.1}", row.meetings),
            format!("{:.2}", row.deals),
            value(&row.productive),
            row.broken.as_ref().map_or_else(|| "—".to_owned(), value),
            fate(&row, Fate::Alive),
            fate(&row, Fate::Dead),
            fate(&row, Fate::Left),
            fate(&row, Fate::Failed),
        ]
    });
    let header = ["Track", "Meets", "Deals", "Any deal", "Break", "Alive", "Dead, goes on", "Left", "Failed"];
    page.figures(&header, rows.collect());
    page.note(
        2,
        "Meetings and deals per run; share of runs with any deal; share of deals that break; and what became of the track: alive, dead (nothing came of it for long, and nothing it agreed stands) but going on, left by its last sponsor, or failed outright.",
    );
}

fn worths(page: &mut Page, unfolding: &Unfolding<'_>) {
    let rows = unfolding.worths();
    if rows.is_empty() {
        return;
    }
    page.section("What it comes to for whom");
    let rows = rows.into_iter().map(|row| {
        let today = row.today.map_or_else(|| "—".to_owned(), |today| format!("{today:.2}"));
        let gain = row.today.map_or_else(|| "—".to_owned(), |today| format!("{:+.2}", row.mean - today));
        vec![row.name, today, format!("{:.2}", row.mean), gain, format!("{:.2} to {:.2}", row.low, row.high)]
    });
    page.figures(&["Actor", "Today", "Where it stops", "Gain", "In eight runs of ten"], rows.collect());
    page.note(2, "Worth on each actor's own scale; scales of two actors are not comparable.");
}

/// One run as a chronicle.
pub fn trace(process: &Process, trace: &Trace, seed: u64, run: u64, round: &str, width: usize) -> String {
    let mut page = Page::new(width);
    let case = process.case();
    page.heading(&format!("{} — one run from {}", case.title, case.as_of));
    page.paragraph(
        0,
        &format!(
            "Run {run} of seed {seed}: what the rules and chance make of the case once. Another run may go otherwise; `winset simulate` without --trace counts many."
        ),
    );
    page.blank();
    for entry in chronicle(process, trace) {
        let when = if entry.from == entry.to {
            format!("{round} {}", entry.from)
        } else {
            format!("{round}s {} to {}", entry.from, entry.to)
        };
        let mut when = when;
        if let Some(letter) = when.get_mut(0..1) {
            letter.make_ascii_uppercase();
        }
        for (at, sentence) in entry.sentences.iter().enumerate() {
            let lead = if at == 0 { format!("{when:<18}") } else { " ".repeat(18) };
            page.item(&lead, sentence);
        }
    }
    page.finish()
}
