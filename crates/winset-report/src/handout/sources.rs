//! The sources the case relies on, and what is taken from where in them.

use std::collections::BTreeMap;

use winset_brief::words::counted;
use winset_brief::{Brief, numbers};
use winset_case::{Evidence, SourceId};
use winset_settle::Constraint;

use super::anchor;
use super::links;
use super::part::{Cell, RichTable, Row, link};

/// The sources the case relies on, and by place what is taken from each.
pub(crate) fn sources(brief: &Brief<'_>) -> (RichTable, RichTable) {
    let case = brief.case;
    // By source and place, in the order in which the case cites them.
    let mut places: Vec<Vec<(String, Vec<String>)>> = vec![Vec::new(); case.sources.len()];
    let mut note = |evidence: &Evidence, shown: String| {
        for citation in &evidence.sources {
            for place in anchor::places(citation) {
                let known = &mut places[citation.source.0];
                match known.iter_mut().find(|(other, _)| other == place) {
                    Some((_, all)) => all.push(shown.clone()),
                    None => known.push((place.to_owned(), vec![shown.clone()])),
                }
            }
        }
    };
    for (index, claim) in case.claims.iter().enumerate() {
        note(&claim.evidence, link(&anchor::claim(case, index), &claim.id));
    }
    for (index, lever) in case.levers.iter().enumerate() {
        note(&lever.evidence, link(&anchor::lever(case, winset_case::LeverId(index)), &format!("lever {}", lever.id)));
    }
    for actor in &case.actors {
        for line in &actor.red_lines {
            let id = format!("red-line:{}.{}", actor.id, line.id);
            note(&line.evidence, link(&anchor::anchor(&id), &id));
        }
        for linkage in &actor.linkages {
            let path = format!("actor.{}.linkage.{}", actor.id, linkage.id);
            note(&linkage.evidence, link(&anchor::anchor(&path), &path));
        }
    }
    for tie in &case.ties {
        let path = format!("tie.{}", tie.id);
        note(&tie.evidence, link(&anchor::anchor(&path), &path));
    }
    for constraint in links::constraints(case) {
        let id = constraint.id(case);
        match constraint {
            Constraint::Mandate(track, _) => note(&case.tracks[track.0].evidence, link(&anchor::anchor(&id), &id)),
            Constraint::Benchmark(framework, benchmark) => {
                let framework = &case.frameworks[framework.0];
                note(&framework.benchmarks[benchmark.0].evidence, link(&anchor::anchor(&id), &id));
            }
            _ => {}
        }
    }
    // Numbers last, counted by what they are numbers of: there are many.
    let mut many: BTreeMap<(usize, String, String), usize> = BTreeMap::new();
    for number in numbers(case) {
        for citation in &number.of(case).evidence.sources {
            for place in anchor::places(citation) {
                *many.entry((citation.source.0, place.to_owned(), number.owner(case))).or_default() += 1;
            }
        }
    }
    for ((source, place, owner), count) in many {
        let to = owner.strip_prefix("actor.").map_or_else(|| owner.clone(), |id| format!("actor:{id}"));
        let to = to.strip_prefix("lever.").map_or_else(|| to.clone(), |id| format!("lever:{id}"));
        let shown = link(&anchor::anchor(&to), &format!("{} of {owner}", counted(count as u64, "number")));
        match places[source].iter_mut().find(|(other, _)| *other == place) {
            Some((_, all)) => all.push(shown),
            None => places[source].push((place, vec![shown])),
        }
    }
    let (mut rows, mut by_place) = (Vec::new(), Vec::new());
    for (index, source) in case.sources.iter().enumerate() {
        // Shown, not linked; what is no address of a page is not shown.
        let is_address = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
        let url = source.url.as_ref().filter(is_address);
        let parts = [Some(&source.title), source.author.as_ref(), source.date.as_ref(), url, source.note.as_ref()];
        let about: Vec<String> =
            parts.into_iter().flatten().map(|part| part.trim().trim_end_matches('.').to_owned()).collect();
        let reliability =
            source.reliability.map_or_else(String::new, |grade| format!(" Reliability {grade} (Admiralty code)."));
        rows.push(Row {
            anchor: Some(anchor::source(case, SourceId(index))),
            about: None,
            cells: vec![Cell::plain(source.id.clone()), Cell::plain(format!("{}.{reliability}", about.join(". ")))],
        });
        let mut listed = std::mem::take(&mut places[index]);
        listed.sort_by_key(|(place, _)| {
            let number = place.strip_prefix('P').and_then(|rest| rest.parse::<u64>().ok());
            (number.is_none(), number, place.clone())
        });
        for (place, mut from) in listed {
            from.dedup();
            by_place.push(Row {
                anchor: Some(anchor::place(case, SourceId(index), &place)),
                about: None,
                cells: vec![Cell::small(format!("{}, {place}", source.id)), Cell::small(from.join(", "))],
            });
        }
    }
    let table = |header: [&str; 2], rows| RichTable { header: header.map(str::to_owned).to_vec(), rows, legend: None };
    (table(["Source", "What it is"], rows), table(["Source, and place", "What is taken from there"], by_place))
}
