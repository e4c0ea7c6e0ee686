//! The timeline: what the record says of each track, along one axis of days.

use winset_case::{Case, Event, EventKind};

use super::escape::escape;
use super::part::{Figure, RichTable, Row};
use super::svg;

const LABEL: f64 = 200.0;
const START: f64 = 220.0;
const END: f64 = 700.0;

/// How far below one another marks stand, and how wide one is.
const LANE: f64 = 15.0;
const MARK: f64 = 14.0;

/// In which lane each span lies, so that no two in a lane touch: the first that is free.
fn lanes(spans: &[(f64, f64)]) -> Vec<usize> {
    let mut free: Vec<f64> = Vec::new();
    spans
        .iter()
        .map(|(begin, end)| {
            let lane = free.iter().position(|free| free + MARK <= *begin).unwrap_or(free.len());
            if lane == free.len() {
                free.push(*end);
            } else {
                free[lane] = *end;
            }
            lane
        })
        .collect()
}

/// The record up to the case's date; `None` where there is none.
pub(crate) fn timeline(case: &Case) -> Option<Figure> {
    let events: Vec<(&Event, i64)> = case
        .events
        .iter()
        .filter(|event| event.date <= case.as_of)
        .filter_map(|event| Some((event, day(&event.date)?)))
        .collect();
    let first = events.iter().map(|(_, day)| *day).min()?;
    let last = day(&case.as_of).unwrap_or(first).max(first + 1);
    let at = |day: i64| START + (END - START) * (day.clamp(first, last) - first) as f64 / (last - first) as f64;

    let mut rows = String::new();
    let mut top = 30.0;
    let tracks = case.tracks.iter().enumerate().map(|(index, track)| (Some(index), track.name.as_str()));
    for (index, name) in tracks.chain(std::iter::once((None, "Elsewhere"))) {
        let here: Vec<&(&Event, i64)> =
            events.iter().filter(|(event, _)| event.track.map(|track| track.0) == index).collect();
        if here.is_empty() {
            continue;
        }
        let lines = svg::few_lines(name, 13.0, LABEL - 8.0, 2);
        // Marks that would lie on one another stand below one another.
        let spans: Vec<(f64, f64)> = here
            .iter()
            .map(|(event, begin)| (at(*begin), at(event.end.as_deref().and_then(day).unwrap_or(*begin))))
            .collect();
        let places = lanes(&spans);
        let deep = places.iter().max().map_or(1, |most| most + 1) as f64;
        let high = (16.0 * lines.len() as f64 + 12.0).max(LANE * deep + 10.0);
        let first = top + (high - LANE * (deep - 1.0)) / 2.0;
        rows.push_str(&svg::text(&lines, "small", 4.0, top + (high - 16.0 * lines.len() as f64) / 2.0 + 12.0, 16.0));
        rows.push_str(&format!("<path class=\"rule\" d=\"M4 {:.0}H{END:.0}\"/>\n", top + high));
        for (((event, _), (begin, end)), lane) in here.iter().zip(&spans).zip(places) {
            rows.push_str(&mark(event, *begin, *end, first + LANE * lane as f64));
        }
        top += high;
    }
    let mut axis = String::new();
    for (day, label) in ticks(first, last) {
        let x = at(day);
        let half = svg::width(&label, 13.0) / 2.0;
        axis.push_str(&format!("<path class=\"rule\" d=\"M{x:.0} 24V{top:.0}\"/>\n"));
        axis.push_str(&format!(
            "<text class=\"small middle\" x=\"{:.0}\" y=\"18\">{label}</text>\n",
            x.min(718.0 - half)
        ));
    }
    let title = "What happened on each track".to_owned();
    let describe = "What the record says of each track, up to the case's date: rounds as circles, agreements as diamonds, breakdowns and walk-outs as crosses, other events as squares. \
                    A bar shows how long one lasted."
        .to_owned();
    Some(Figure {
        name: "timeline".to_owned(),
        choices: Vec::new(),
        svg: svg::picture("timeline", &title, &describe, (720.0, top + 6.0), &(axis + &rows)),
        title,
        describe,
        table: table(case, &events),
    })
}

fn mark(event: &Event, x: f64, end: f64, y: f64) -> String {
    let shape = if event.is(EventKind::Agreement) {
        format!("<path class=\"mark\" d=\"M{x:.1} {:.1}l6 6l-6 6l-6 -6z\"/>", y - 6.0)
    } else if event.is(EventKind::Breakdown) || event.is(EventKind::WalkOut) {
        format!("<path class=\"cross\" d=\"M{:.1} {:.1}l8 8m0 -8l-8 8\"/>", x - 4.0, y - 4.0)
    } else if event.is(EventKind::Round) {
        format!("<circle class=\"round\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>")
    } else {
        format!("<rect class=\"other\" x=\"{:.1}\" y=\"{:.1}\" width=\"6\" height=\"6\"/>", x - 3.0, y - 3.0)
    };
    let bar = format!("<path class=\"lasted\" d=\"M{x:.1} {y:.1}H{end:.1}\"/>");
    format!("<g><title>{}: {}</title>{bar}{shape}</g>\n", escape(&event.date), escape(&event.text))
}

/// Days of a Gregorian calendar date since 1970-01-01 (the era arithmetic of H. Hinnant, "chrono-compatible low-level date algorithms", 2013).
fn day(date: &str) -> Option<i64> {
    let mut parts = date.split('-');
    let mut next = || parts.next()?.parse::<i64>().ok();
    let (year, month, day) = (next()?, next()?, next()?);
    Some(days(year, month, day))
}

fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Where the axis is labelled: at most nine days, each the first of a month or of a year.
fn ticks(first: i64, last: i64) -> Vec<(i64, String)> {
    // Enough for the longest record: the months are those of 12 * year + month.
    let month_of = |day: i64| day.div_euclid(31) + 1970 * 12 - 12;
    let latest = last.div_euclid(28) + 1970 * 12 + 12;
    [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 24_000]
        .into_iter()
        .find_map(|step| {
            let begin = month_of(first).div_euclid(step) * step;
            let months = (0..).map(|number| begin + number * step).take_while(|month| *month <= latest);
            let ticks: Vec<(i64, String)> = months
                .map(|month| {
                    let (year, of_year) = (month.div_euclid(12), month.rem_euclid(12) + 1);
                    let label = if step < 12 { format!("{year}-{of_year:02}") } else { year.to_string() };
                    (days(year, of_year, 1), label)
                })
                .filter(|(day, _)| (first..=last).contains(day))
                .take(10)
                .collect();
            (ticks.len() <= 7).then_some(ticks)
        })
        .unwrap_or_default()
}

fn table(case: &Case, events: &[(&Event, i64)]) -> RichTable {
    let rows = events.iter().map(|(event, _)| {
        let track = event.track.map_or("Elsewhere", |track| case.tracks[track.0].name.as_str());
        let days = match &event.end {
            Some(end) if *end != event.date => format!("{} to {end}", event.date),
            _ => event.date.clone(),
        };
        let kinds: Vec<&str> = event.kinds.iter().map(|kind| kind.word()).collect();
        Row::plain([
            days,
            track.to_owned(),
            kinds.join(", "),
            event.text.clone(),
            event.result.clone().unwrap_or_default(),
        ])
    });
    RichTable {
        header: ["Date", "Track", "Kind", "What happened", "What came of it"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        legend: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        assert_eq!(day("1970-01-01"), Some(0));
        assert_eq!(day("2000-03-01"), Some(11_017));
        assert_eq!(day("2017-12-12"), Some(17_512));
    }

    #[test]
    fn marks_in_a_lane_do_not_touch() {
        assert_eq!(lanes(&[(0.0, 0.0), (5.0, 5.0), (9.0, 30.0), (14.0, 14.0), (20.0, 20.0)]), [0, 1, 2, 0, 1]);
        assert_eq!(lanes(&[(0.0, 100.0), (50.0, 50.0), (114.0, 114.0)]), [0, 1, 0]);
    }

    #[test]
    fn an_axis_has_few_labels() {
        let labels = |from, to| -> Vec<String> {
            ticks(day(from).unwrap(), day(to).unwrap()).into_iter().map(|(_, label)| label).collect()
        };
        assert_eq!(labels("2012-06-30", "2017-12-12"), ["2013", "2014", "2015", "2016", "2017"]);
        assert_eq!(labels("1978-08-08", "1978-10-17"), ["1978-09", "1978-10"]);
        assert_eq!(labels("2017-12-11", "2017-12-12"), [""; 0]);
        assert!(labels("0001-01-01", "9999-12-31").len() <= 7);
    }
}
