//! Options beside today by simulation: counts are those of runs made alone, differences are those of runs that share their luck.

use winset_brief::unfold::{Beside, Measure, RunComparison};
use winset_case::{Case, Edit, Evidence, PolicyOption, read_edit};
use winset_simulate::{Batch, Process, Quiet};

#[path = "../../winset-simulate/tests/common/mod.rs"]
mod common;

use common::{FENCE, case, catalogue, edited};

fn option(case: &Case, edits: &[&str]) -> PolicyOption {
    let edits: Vec<Edit> = edits.iter().map(|text| read_edit(text, case).unwrap()).collect();
    PolicyOption {
        id: String::new(),
        name: String::new(),
        actor: None,
        levers: Vec::new(),
        edits,
        reading: None,
        evidence: Evidence::default(),
    }
}

fn of(rows: &[Beside], case: &Case, name: (&str, &str)) -> Beside {
    *rows.iter().find(|row| row.measure.names(case) == (name.0, name.1.to_owned())).expect("it is measured")
}

#[test]
fn what_changes_nothing_is_not_told_apart_and_shares_are_those_of_runs_alone() {
    let case = catalogue("syria-2017");
    let options = [
        option(&case, &[]),
        option(&case, &["track.sochi.status = closed"]),
        option(&case, &["actor.egypt.cost_of_going_on += 0.1"]),
    ];
    let batch = |threads| Batch { seed: 4, runs: 0..400, threads, chunk: 16 };
    let compared = RunComparison::of(&case, &options, &batch(1), &Quiet).unwrap();
    let nothing = compared.beside(0);
    assert!(nothing.iter().all(|row| !row.is_told_apart() && row.today == row.with), "{nothing:?}");
    assert!(nothing.iter().all(|row| row.difference.is_some_and(|by| by.value == 0.0)));
    // The same runs made alone, each with nothing shared.
    for (at, option) in options.iter().enumerate() {
        let tally = Process::new(&option.applied_to(&case)).unwrap().simulate(&batch(1), &Quiet).unwrap();
        let mut measures = 0;
        for row in compared.beside(at) {
            let expected = match row.measure {
                Measure::Ends(ending) => tally.endings.get(&ending).map_or(0, |rounds| rounds.iter().sum::<u64>()),
                Measure::Filled(framework, benchmark) => {
                    let at = compared.today.benchmarks().position(|other| other == (framework, benchmark)).unwrap();
                    tally.met[at].iter().sum()
                }
                Measure::Breaks => tally.breaks.iter().map(|(breaks, runs)| u64::from(*breaks) * runs).sum(),
                Measure::Worth(_) => continue,
            };
            let found = row.with.unwrap().value;
            assert!((found - expected as f64 / 400.0).abs() < 1e-12, "{:?}: {found}", row.measure);
            measures += 1;
        }
        assert!(measures > 10);
    }
    // Sochi alone has elections on its agenda beside Geneva: closing it shows, whatever else chance does.
    let elections = of(&compared.beside(1), &case, ("filled", "unscr-2254.elections"));
    assert!(elections.is_told_apart() && elections.difference.unwrap().high < -0.5, "{elections:?}");
    // On any number of threads, and where nothing is shared, the same.
    let again = RunComparison::of(&case, &options, &batch(3), &Quiet).unwrap();
    for at in 0..options.len() {
        assert_eq!(compared.beside(at), again.beside(at));
    }
}

/// Runs that share their luck tell an option from today that runs with other luck would not: closing a track that hardly ever does anything.
#[test]
fn a_paired_difference_is_narrower_than_one_of_two_samples() {
    let case = catalogue("syria-2017");
    let options = [option(&case, &["simulation.track.hmeimim.meets -= 0.05"])];
    let compared = RunComparison::of(&case, &options, &Batch::of(2, 600, 1), &Quiet).unwrap();
    let row = of(&compared.beside(0), &case, ("filled", "unscr-2254.constitution"));
    let (today, with, by) = (row.today.unwrap(), row.with.unwrap(), row.difference.unwrap());
    let apart = libm::sqrt(
        (today.high - today.low) * (today.high - today.low) + (with.high - with.low) * (with.high - with.low),
    );
    assert!(by.high - by.low < apart / 2.0, "{by:?} against {apart}");
}

/// A fence that is built in the first round in which its builders meet: filled by round n in 1 − (1 − p)ⁿ of runs, and a difference of two such shares.
#[test]
fn waiting_times_of_two_options_differ_as_they_must() {
    let case = case(&FENCE.replace("[simulation]\n", "[simulation]\nhorizon = 4\n"));
    let case = edited(&case, &["simulation.track.talks.meets = 0.2"]);
    let options = [option(&case, &["simulation.track.talks.meets = 0.4"])];
    let compared = RunComparison::of(&case, &options, &Batch::of(9, 20_000, 1), &Quiet).unwrap();
    let row = of(&compared.beside(0), &case, ("filled", "peace.fence"));
    let by = |p: f64, rounds: f64| 1.0 - libm::pow(1.0 - p, rounds);
    let (today, with, difference) = (row.today.unwrap(), row.with.unwrap(), row.difference.unwrap());
    for (found, expected) in [(today, by(0.2, 4.0)), (with, by(0.4, 4.0)), (difference, by(0.4, 4.0) - by(0.2, 4.0))] {
        assert!(
            (found.value - expected).abs() < 0.015 && found.low < expected + 0.01 && found.high > expected - 0.01,
            "{found:?}, {expected}"
        );
    }
    // Meeting in more rounds of the same luck never makes it later: every run filled today is filled with the option.
    assert!((difference.value - (with.value - today.value)).abs() < 1e-12 && difference.low > 0.25);
    assert_eq!((row.half.0, row.half.1), (Some(4), Some(2)));
}
