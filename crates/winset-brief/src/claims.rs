//! Claims: an argument as a test suite (the model, section 7).

use winset_case::{Case, Claim};

use crate::evaluate::{Finding, evaluate};

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
    /// What was found under the control.
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
}

/// Decides one claim of a case, at the point values.
pub fn decide(case: &Case, claim: &Claim) -> (Status, Vec<String>, Option<ControlResult>) {
    let mut edited = case.clone();
    edited.apply(&claim.with);
    let Finding { verdict, findings } = evaluate(&edited, &claim.check);
    let control = (!claim.control.is_empty()).then(|| {
        edited.apply(&claim.control);
        let control = evaluate(&edited, &claim.check);
        ControlResult { breaks: control.verdict.map(|holds| !holds), findings: control.findings }
    });
    (Status::of(verdict), findings, control)
}

/// Decides every claim of a case, in the order of the file.
pub fn decide_all(case: &Case) -> Vec<ClaimResult> {
    case.claims
        .iter()
        .enumerate()
        .map(|(index, claim)| {
            let (status, findings, control) = decide(case, claim);
            ClaimResult { claim: index, status, findings, control }
        })
        .collect()
}
