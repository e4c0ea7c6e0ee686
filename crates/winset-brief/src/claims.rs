//! Claims: an argument as a test suite (the model, section 7).

use std::sync::{Mutex, PoisonError};

use winset_case::{Case, Claim};

use crate::draws::words::share;
use crate::draws::{ClaimRobustness, DrawSettings, Ensemble, Stop, band};
use crate::evaluate::{Finding, evaluate, evaluate_until_broken};
use crate::figures::interval;
use crate::situation::{Reaches, Situation};

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It follows from the case.
    Holds,
    /// It does not.
    Fails,
    /// An analysis it needs is missing or gave up.
    Undecided,
}

impl Status {
    /// The word used in results.
    pub fn word(self) -> &'static str {
        match self {
            Status::Holds => "holds",
            Status::Fails => "fails",
            Status::Undecided => "undecided",
        }
    }

    pub(crate) fn of(verdict: Option<bool>) -> Self {
        match verdict {
            Some(true) => Status::Holds,
            Some(false) => Status::Fails,
            None => Status::Undecided,
        }
    }
}

/// What became of a claim's negative control.
#[derive(Debug, Clone)]
pub struct ControlResult {
    /// Whether it breaks the claim, as it must; `None` if that is undecided. A claim its control does not break is true by construction.
    pub breaks: Option<bool>,
    /// What was found under the control: where it breaks the claim, what breaks it first.
    pub findings: Vec<String>,
}

/// A claim decided at the point values.
#[derive(Debug, Clone)]
pub struct ClaimResult {
    /// Which claim: its index in [`Case::claims`].
    pub claim: usize,
    /// What became of it.
    pub status: Status,
    /// What was found, part by part.
    pub findings: Vec<String>,
    /// Its negative control, if it has one.
    pub control: Option<ControlResult>,
    /// How robust it is over draws of the numbers; `None` where none were made.
    pub robustness: Option<ClaimRobustness>,
}

/// Decides one claim of a case, at the point values.
pub fn decide(case: &Case, claim: &Claim) -> (Status, Vec<String>, Option<ControlResult>) {
    decide_in(&Situation::new(case, &Reaches::default()), claim)
}

/// Decides every claim of a case, in the order of the file.
pub fn decide_all(case: &Case) -> Vec<ClaimResult> {
    decide_all_in(case, &Reaches::default())
}

/// As [`decide_all`], with what is found out about runs on the way kept for whoever asks next. Claims about runs are decided on this thread, which then helps
/// another with the rest.
pub(crate) fn decide_all_in(case: &Case, reaches: &Reaches) -> Vec<ClaimResult> {
    let decide = |situation: &Situation<'_>, index: usize| {
        let (status, findings, control) = decide_in(situation, &case.claims[index]);
        ClaimResult { claim: index, status, findings, control, robustness: None }
    };
    let (simulated, others): (Vec<usize>, Vec<usize>) =
        (0..case.claims.len()).partition(|index| case.claims[*index].check.is_simulated());
    // Claims under the same edits ask the same walks: they stay together. What can be reached without any is known already.
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for index in others {
        let with = &case.claims[index].with;
        match groups.iter_mut().find(|group| !with.is_empty() && case.claims[group[0]].with == *with) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }
    let waiting = Mutex::new(groups.into_iter());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let help = |situation: &Situation<'_>| -> Vec<ClaimResult> {
        std::iter::from_fn(next).flatten().map(|index| decide(situation, index)).collect()
    };
    let known = reaches.of_the_case();
    let mut results = std::thread::scope(|scope| {
        let other = scope.spawn(|| help(&Situation::new(case, &Reaches::of(known))));
        let situation = Situation::new(case, reaches);
        let mut results: Vec<ClaimResult> = simulated.iter().map(|index| decide(&situation, *index)).collect();
        results.extend(help(&situation));
        results.extend(other.join().expect("deciding a claim does not panic"));
        results
    });
    results.sort_unstable_by_key(|result| result.claim);
    results
}

/// Adds what draws say of each claim. A hedged claim holds when its share of draws falls in the band of its hedge (the model, section 7).
pub(crate) fn add_draws(results: &mut [ClaimResult], robustness: &[ClaimRobustness]) {
    for (result, robustness) in results.iter_mut().zip(robustness) {
        if let Some((hedge, Some(within))) = robustness.hedge {
            result.status = Status::of(Some(within));
            let (low, high) = band(hedge);
            result.findings.push(format!(
                "Said to be {} ({}){} it holds {}.",
                hedge.word(),
                interval(low, high),
                if within { ";" } else { ", but" },
                share(&robustness.given)
            ));
        }
        result.robustness = Some(robustness.clone());
    }
}

/// Decides every claim of a case, and draws where any number of it is a range.
pub fn decide_all_with_draws(case: &Case, settings: DrawSettings) -> Vec<ClaimResult> {
    decide_all_with_draws_unless(case, settings, &|| false).expect("nothing stops it")
}

/// The same, unless somebody wants it stopped while it draws; nothing is given then.
pub fn decide_all_with_draws_unless(case: &Case, settings: DrawSettings, stop: &Stop<'_>) -> Option<Vec<ClaimResult>> {
    let mut results = decide_all(case);
    let ensemble = Ensemble::new(case, false);
    if ensemble.varies() {
        add_draws(&mut results, &ensemble.run_unless(settings, stop)?.claims);
    }
    Some(results)
}

fn decide_in(situation: &Situation<'_>, claim: &Claim) -> (Status, Vec<String>, Option<ControlResult>) {
    let edited = situation.under(&claim.with);
    let Finding { verdict, findings } = evaluate(&edited, &claim.check);
    let control = (!claim.control.is_empty()).then(|| {
        let control = evaluate_until_broken(&edited.under(&claim.control), &claim.check);
        ControlResult { breaks: control.verdict.map(|holds| !holds), findings: control.findings }
    });
    (Status::of(verdict), findings, control)
}
