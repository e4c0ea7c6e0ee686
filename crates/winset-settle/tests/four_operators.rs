//! The four operators of negotiation arithmetic (Sebenius 1983), each as the one-line edit a user writes: add or drop an issue, add or drop a party. And a tie switched
//! off is a tie that is not there.

#[allow(dead_code, reason = "each test file uses a part of it")]
mod generator;

use generator::{Generator, Shape};
use winset_case::{ActorId, Case, IssueId, Rule, Status, TieKind, TrackId, read_edit};
use winset_settle::{Deals, acceptable_count, settle};

const FIXED_STANDING: Shape = Shape { levers: 0, fixed_standing: true };
const PLAIN: Shape = Shape { levers: 0, fixed_standing: false };

fn cases(seeds: std::ops::Range<u64>, shape: Shape) -> impl Iterator<Item = (String, Case)> {
    seeds.map(move |seed| {
        let text = Generator::case(seed, shape).to_toml();
        let reading = winset_case::read(&text);
        let case = reading.case.unwrap_or_else(|| panic!("refused: {:#?}\n{text}", reading.diagnostics));
        (text, case)
    })
}

/// The case with one edit carried out; `None` where the edit is refused, as that of a seat whose consent could not be judged.
fn edited(case: &Case, edit: &str) -> Option<Case> {
    let edit = read_edit(edit, case).ok()?;
    let mut case = case.clone();
    case.apply(&[edit]);
    Some(case)
}

fn deals(case: &Case, track: TrackId) -> u64 {
    acceptable_count(case, track, Deals::Mandate).expect("random cases are small")
}

fn meeting(case: &Case) -> Vec<TrackId> {
    (0..case.tracks.len()).map(TrackId).filter(|track| case.tracks[track.0].status != Status::Closed).collect()
}

/// Theorem (model, section 2): under consensus and parties-only, dropping a party never shrinks a win-set, and adding one never enlarges it.
#[test]
fn parties_dropped_never_shrink_and_parties_added_never_enlarge() {
    let (mut dropped, mut grown, mut added, mut shrunk) = (0, 0, 0, 0);
    for (text, case) in cases(7000..7120, FIXED_STANDING) {
        for track in meeting(&case) {
            let body = &case.tracks[track.0];
            assert!(matches!(body.rule, Rule::Consensus | Rule::PartiesOnly));
            let seated: Vec<ActorId> = body.required().collect();
            let before = deals(&case, track);
            for actor in (0..case.actors.len()).map(ActorId) {
                let id = &case.actors[actor.0].id;
                if seated.contains(&actor) && seated.len() > 1 {
                    let without = edited(&case, &format!("track.{}.seats.{id} = none", body.id)).expect("an edit");
                    let after = deals(&without, track);
                    assert!(after >= before, "{} without {id}: {before} to {after}\n{text}", body.id);
                    (dropped, grown) = (dropped + 1, grown + u32::from(after > before));
                } else if !seated.contains(&actor) && !seated.is_empty() {
                    let Some(with) = edited(&case, &format!("track.{}.seats.{id} = party", body.id)) else { continue };
                    let after = deals(&with, track);
                    assert!(after <= before, "{} with {id}: {before} to {after}\n{text}", body.id);
                    (added, shrunk) = (added + 1, shrunk + u32::from(after < before));
                }
            }
        }
    }
    assert!(dropped > 150 && grown > 40, "{dropped} dropped, {grown} grown");
    assert!(added > 100 && shrunk > 20, "{added} added, {shrunk} shrunk");
}

/// Theorem: whatever the rule and the conditions, an issue more on the agenda never shrinks a win-set, since everyone judges the old packages as before.
#[test]
fn issues_added_never_shrink_and_issues_dropped_never_enlarge() {
    let (mut changed, mut grown) = (0, 0);
    for (text, case) in cases(7200..7320, PLAIN).filter(|(_, case)| !case.no_agreement_today) {
        for track in meeting(&case) {
            let body = &case.tracks[track.0];
            let before = deals(&case, track);
            for issue in (0..case.issues.len()).map(IssueId) {
                let on_agenda = body.agenda.contains(&issue);
                let sign = if on_agenda { "-=" } else { "+=" };
                let id = &case.issues[issue.0].id;
                let other = edited(&case, &format!("track.{}.agenda {sign} {id}", body.id)).expect("an edit");
                let after = deals(&other, track);
                let (fewer, more) = if on_agenda { (after, before) } else { (before, after) };
                assert!(fewer <= more, "{} {sign} {id}: {before} to {after}\n{text}", body.id);
                (changed, grown) = (changed + 1, grown + u32::from(fewer < more));
            }
        }
    }
    assert!(changed > 300 && grown > 60, "{changed} changed, {grown} grown");
}

/// A tie switched off is a tie without leverage, and switched on again it is what it was.
#[test]
fn a_tie_switched_off_presses_nobody() {
    let (mut switched, mut matters) = (0, 0);
    for (text, case) in cases(7400..7520, PLAIN) {
        for tie in &case.ties {
            assert!(matches!(tie.kind, TieKind::Patron(_)));
            let off = edited(&case, &format!("tie.{} = off", tie.id)).expect("an edit");
            let weak = edited(&case, &format!("tie.{}.leverage = 0", tie.id)).expect("an edit");
            let again = edited(&off, &format!("tie.{} = on", tie.id)).expect("an edit");
            for track in meeting(&case) {
                let answer = |case: &Case| {
                    let settlement = settle(case, track, Deals::Mandate).expect("random cases are small");
                    let blocked = settlement.blocked.map(|blocked| (blocked.cause, blocked.corrections));
                    (settlement.acceptable_count, settlement.frontier.len(), blocked)
                };
                assert_eq!(answer(&off), answer(&weak), "{} at {track:?}\n{text}", tie.id);
                assert_eq!(answer(&again), answer(&case), "{} at {track:?}\n{text}", tie.id);
                (switched, matters) = (switched + 1, matters + u32::from(answer(&off) != answer(&case)));
            }
        }
    }
    assert!(switched > 60 && matters > 5, "{switched} switched off, {matters} of them mattered");
}
