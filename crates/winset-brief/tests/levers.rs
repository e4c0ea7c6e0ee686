//! The lever sheet and rival readings: against putting each lever in use, and taking up each reading, by itself.

use std::path::Path;

use winset_brief::{Answers, Brief, Strength, TableBrief, TableChange, lever_sheet, rival_readings};
use winset_case::{Case, Decimal, TrackId, read};
use winset_settle::{Amount, BigRational, Deals, winset_is_empty};

fn syria() -> Case {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/syria-2017");
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    let first = winset_case::SourceText { name: "case.toml".to_owned(), text: text("case.toml").expect("it is there") };
    winset_case::read_files(first, &mut |name| text(name)).case.expect("it is well formed")
}

/// A fence that South would rather leave broken, and a subsidy that makes it cheaper to mend.
const FENCE: &str = r#"
[case]
title = "A fence"
as_of = 2024-05-01

[issue.fence]
options = ["broken", "mended"]

[actor.north]
fallback = { cost_of_going_on = 0.2 }
weights = { fence = 1 }
values.fence = { broken = 0.3, mended = 1.0 }

[actor.south]
fallback = { cost_of_going_on = 0.1 }
weights = { fence = 1 }
values.fence = { broken = 0.5, mended = 0.3 }

[track.talks]
agenda = ["fence"]
seats = { north = "party", south = "party" }

[lever.fine]
intensity = { low = 0, mode = 1, high = 4 }
edits = ["actor.south.cost_of_going_on += 0.04"]

[lever.gate]
edits = ["track.talks.seats.south = none"]

[lever.song]
edits = ["actor.north.cost_of_going_on += 0.1"]

[lever.closure]
edits = ["track.talks.status = closed"]
"#;

#[test]
fn what_levers_do_by_hand() {
    let case = read(FENCE).case.expect("it is well formed");
    let brief = Brief::of(&case);
    let sheet = lever_sheet(&brief);
    let of = |lever: &str| sheet.iter().find(|line| case.levers[line.lever.0].id == lever).expect("a line each");
    // South is 0.1 short: 0.3 against 0.5 - 0.1. A fine of 0.04 leaves 0.06, and two and a half fines open the table.
    let fine = &of("fine").tables[0];
    assert_eq!(fine.change, TableChange::Same);
    let tenth = |count: i64| BigRational::new(count.into(), 100.into());
    assert_eq!(fine.shortfalls, [(case.actor_id("south").expect("it is there"), tenth(10), tenth(6))]);
    let Strength::From(strength) = fine.strength else { panic!("{fine:?}") };
    assert!((strength.to_f64() - 2.5).abs() < 0.01, "{strength}");
    // Without South's seat North settles alone; what has no size cannot be stronger.
    assert_eq!(of("gate").tables[0].change, TableChange::Opened);
    assert_eq!(of("gate").tables[0].strength, Strength::From(Decimal::ONE));
    // What presses only North changes nothing, and so does closing what has no deal.
    assert!(of("song").tables.is_empty() && of("closure").tables.is_empty(), "{sheet:?}");
}

#[test]
fn what_levers_do_in_a_large_case() {
    let case = syria();
    let brief = Brief::of(&case);
    let (mut strengths, mut moved) = (0, 0);
    for line in lever_sheet(&brief) {
        let mut used = case.clone();
        used.levers[line.lever.0].on = true;
        for at in &line.tables {
            let after = TableBrief::without_levers(&used, at.track, at.deals);
            let before = TableBrief::without_levers(&case, at.track, at.deals);
            assert_eq!(at.change, TableChange::between(&before, &after));
            moved += at.shortfalls.len();
            let empty = |intensity: f64| {
                let mut used = used.clone();
                used.levers[line.lever.0].intensity.value = Decimal::from_billionths((intensity * 1e9) as i64);
                winset_is_empty(&used, at.track, at.deals).expect("it is listed")
            };
            let now = case.levers[line.lever.0].intensity.value.to_f64();
            match at.strength {
                Strength::NotNeeded => assert!(!before.is_blocked()),
                Strength::Never => assert!(empty(now) && empty(100.0 * now)),
                Strength::NoSize => assert!(empty(now)),
                Strength::From(intensity) => {
                    strengths += 1;
                    assert!(!empty(intensity.to_f64() * 1.0001));
                    assert!(intensity.to_f64() <= now || empty(intensity.to_f64() * 0.98), "{at:?}");
                }
            }
        }
    }
    assert!(strengths > 5 && moved > 3, "{strengths} {moved}");
    // A lever that raises what going on costs by 0.05 takes just that off the shortfall.
    let pressure = case.lever_id("economic-pressure").expect("it is there");
    let sheet = lever_sheet(&brief);
    let line = sheet.iter().find(|line| line.lever == pressure).expect("it is not in use");
    let (_, before, after) =
        &line.tables.iter().find(|at| at.deals == Deals::Concluding).expect("it counts there").shortfalls[0];
    assert_eq!(Amount::from(before - after).figures(), "0.050");
}

#[test]
fn a_rival_reading_is_the_case_read_so() {
    let case = syria();
    let rivals = rival_readings(&case, 2);
    assert_eq!(rivals.len(), case.readings.len());
    for rival in rivals {
        let mut read_so = case.clone();
        read_so.read_as(rival.reading);
        let answers = Answers::of(read_so);
        for (track, deals, table) in answers.tables() {
            let there = rival.answers.table(track, deals).expect("the same tables");
            assert_eq!((table.has_deal(), table.acceptable()), (there.has_deal(), there.acceptable()), "{track:?}");
        }
        let statuses =
            |claims: &[winset_brief::ClaimResult]| claims.iter().map(|claim| claim.status).collect::<Vec<_>>();
        assert_eq!(statuses(&answers.claims), statuses(&rival.answers.claims));
        // Read so already, it is no rival of itself.
        assert_eq!(rival_readings(&rival.answers.case, 1).len(), case.readings.len() - 1);
        assert!(rival.answers.table(TrackId(0), Deals::Mandate).is_some());
    }
}
