//! What many runs come to, in words.

use winset_case::{Basis, Case};
use winset_simulate::{Ending, Fate};
use winset_worth::State;

use super::Unfolding;
use crate::answers::main_framework;
use crate::called;
use crate::draws::Share;
use crate::figures::percent;
use crate::words::{capital, counted, list, number};

/// In how many runs: "in 72% of 100,000 runs (71.7 to 72.3%)", "in none of 100,000 runs".
pub fn share_of_runs(share: &Share) -> String {
    let runs = counted(share.draws(), "run");
    let (Some(value), Some((low, high))) = (share.share(), share.interval()) else {
        return format!("in none of {runs}");
    };
    if share.fails == 0 {
        return format!("in all of {runs}");
    }
    if share.holds == 0 {
        return format!("in none of {runs}");
    }
    format!("in {} of {runs} ({} to {})", percent(value), exact(low).trim_end_matches('%'), exact(high))
}

/// A share in per cent with one decimal.
pub(super) fn exact(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// A way of ending.
pub(super) fn ending(unfolding: &Unfolding<'_>, ending: Ending) -> String {
    let case = unfolding.case();
    let horizon = counted(u64::from(unfolding.process.horizon()), unfolding.round_word());
    match ending {
        Ending::Settlement(framework) => format!("Settlement: {} is concluded", called::framework(case, framework)),
        Ending::Deal => "Deal: everyone at the table has settled".to_owned(),
        Ending::Collapse(actor) => format!("Collapse: {}", case.actors[actor.0].name),
        Ending::Deadlock => {
            format!("Deadlock: after {horizon} what could settle it still meets, and nothing comes of it")
        }
        Ending::Abandoned => format!("Abandoned: after {horizon} nothing that could settle it meets any more"),
        Ending::Unfinished => format!("Unfinished: after {horizon} it goes on, and something came of it lately"),
    }
}

/// What the runs come to, in a few sentences.
pub fn headline(unfolding: &Unfolding<'_>) -> Vec<String> {
    let case = unfolding.case();
    let runs = unfolding.tally.runs;
    let round = unfolding.round_word();
    let mut sentences = Vec::new();
    let settled: u64 = unfolding
        .tally
        .endings
        .iter()
        .filter(|(ending, _)| matches!(ending, Ending::Settlement(_) | Ending::Deal))
        .map(|(_, rounds)| rounds.iter().sum::<u64>())
        .sum();
    let horizon = counted(u64::from(unfolding.process.horizon()), round);
    let settled = super::share(settled, runs);
    sentences.push(format!("The process ends in a settlement within {horizon} {}.", share_of_runs(&settled)));
    let endings = unfolding.endings();
    if let Some(first) = endings.first().filter(|row| !matches!(row.ending, Ending::Settlement(_) | Ending::Deal)) {
        let what = match first.ending {
            Ending::Deadlock => {
                let kept: Vec<&str> = case
                    .tracks
                    .iter()
                    .enumerate()
                    .filter(|(_, track)| track.concludes == main_framework(case) || case.frameworks.is_empty())
                    .filter(|(at, _)| {
                        let dead = Fate::ALL.iter().position(|fate| *fate == Fate::Dead).unwrap_or(0);
                        unfolding.tally.tracks[*at].fates[dead] * 2 > runs
                    })
                    .map(|(_, track)| track.in_sentence.as_str())
                    .collect();
                if kept.is_empty() {
                    "it goes on although nothing comes of it any more".to_owned()
                } else {
                    let verb = if kept.len() == 1 { "goes" } else { "go" };
                    format!("{} {verb} on although nothing comes of it any more", list(&kept))
                }
            }
            Ending::Abandoned => "nothing that could settle it meets any more".to_owned(),
            Ending::Unfinished => "it is still under way".to_owned(),
            Ending::Collapse(actor) => format!("{} collapses", called::actor(case, actor)),
            Ending::Settlement(_) | Ending::Deal => String::new(),
        };
        sentences.push(format!("{} {}.", capital(&what), share_of_runs(&first.share)));
    }
    let filled: Vec<String> = unfolding
        .curves()
        .iter()
        .filter(|curve| curve.by_round[0].holds == 0 && Some(curve.framework) == main_framework(case))
        .filter_map(|curve| {
            let last = curve.by_round.last()?;
            let half = curve
                .round_of(0.5)
                .map_or_else(String::new, |round_of| format!(", in half of the runs by {round} {round_of}"));
            let share = percent(last.share()?);
            Some(match last.holds {
                0 => format!("{} in no run", curve.name.to_lowercase_first()),
                _ => format!("{} in {share} of runs{half}", curve.name.to_lowercase_first()),
            })
        })
        .collect();
    if !filled.is_empty() {
        sentences.push(format!(
            "Of what {} asks for, filled at some time: {}.",
            main_framework(case).map_or("it", |framework| called::framework(case, framework)),
            filled.join("; ")
        ));
    }
    sentences
}

trait LowerFirst {
    fn to_lowercase_first(&self) -> String;
}

impl LowerFirst for String {
    fn to_lowercase_first(&self) -> String {
        let mut letters = self.chars();
        letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    }
}

/// Where a process stands, as what is different from today.
pub fn outcome_words(case: &Case, state: &State) -> String {
    let Some(outcome) = &state.outcome else { return "no agreement".to_owned() };
    let mut parts: Vec<String> = case
        .frameworks
        .iter()
        .zip(&state.concluded)
        .filter(|(_, concluded)| **concluded)
        .map(|(framework, _)| format!("{} concluded", framework.name))
        .collect();
    for (issue, &option) in case.issues.iter().zip(outcome) {
        if case.no_agreement_today || option != issue.today {
            parts.push(format!("{}: {}", issue.name, issue.options[option]));
        }
    }
    if parts.is_empty() { "everything as today".to_owned() } else { parts.join("; ") }
}

/// What the runs rest on.
pub fn rests(unfolding: &Unfolding<'_>) -> Vec<String> {
    let case = unfolding.case();
    let given = &case.dynamics.numbers;
    let mut sentences = Vec::new();
    if given.is_empty() {
        sentences.push(
            "The case says nothing of how the process moves from round to round ([simulation]): every number below is a default of this program, chosen without regard to this process. Read the shares as an illustration of the rules."
                .to_owned(),
        );
    } else {
        let assumed =
            given.values().filter(|number| number.evidence.basis.is_none_or(|basis| basis == Basis::Assumption));
        sentences.push(format!(
            "The case gives {} of the simulation, {} of them an assumption of its author with no source behind it.",
            counted(given.len() as u64, "number"),
            number(assumed.count() as u64)
        ));
    }
    let defaults: Vec<String> = unfolding
        .defaults()
        .into_iter()
        .map(|(key, value, count)| {
            let key = key.replace('_', " ");
            if count > 1 { format!("{key} {value} ({count} times)") } else { format!("{key} {value}") }
        })
        .collect();
    if !defaults.is_empty() {
        sentences.push(format!("Defaults stand in for the rest: {}.", defaults.join(", ")));
    }
    sentences.push(
        "Numbers of the case stand at their point values; only what happens from round to round is left to chance. A share of runs is how often something happened among these runs. It is not a probability of events."
            .to_owned(),
    );
    sentences
}
