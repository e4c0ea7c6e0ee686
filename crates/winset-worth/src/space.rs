//! The packages a track can decide, one after the other.

use winset_case::{Case, IssueId, Outcome};

/// Packages at one track that are listed one by one.
pub const PACKAGE_LIMIT: u64 = 4_000_000;

/// More packages than can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyPackages {
    /// How many; `None` if that number does not fit.
    pub packages: Option<u128>,
    /// How many can be listed.
    pub limit: u64,
}

/// Every outcome that differs from a starting point on an agenda only, numbered from 0; the last issue of the agenda changes fastest.
#[derive(Debug, Clone)]
pub struct Space {
    base: Outcome,
    issues: Vec<(IssueId, usize)>,
    size: u64,
}

impl Space {
    /// The space, if it is small enough to list.
    pub fn new(case: &Case, base: Outcome, agenda: &[IssueId]) -> Result<Self, TooManyPackages> {
        let space = Space::of_any_size(case, base, agenda);
        if space.listed() {
            return Ok(space);
        }
        let mut sizes = space.issues.iter().map(|(_, options)| *options as u128);
        let packages = sizes.try_fold(1_u128, u128::checked_mul);
        Err(TooManyPackages { packages, limit: PACKAGE_LIMIT })
    }

    /// The space, whether or not it can be listed: one that cannot has size 0.
    pub fn of_any_size(case: &Case, base: Outcome, agenda: &[IssueId]) -> Self {
        let issues: Vec<_> = agenda.iter().map(|&issue| (issue, case.issues[issue.0].options.len())).collect();
        let packages = issues.iter().try_fold(1_u64, |size, (_, options)| size.checked_mul(*options as u64));
        Space { base, issues, size: packages.filter(|size| *size <= PACKAGE_LIMIT).unwrap_or(0) }
    }

    /// Whether it is small enough to list.
    pub fn listed(&self) -> bool {
        self.size > 0
    }

    /// What it starts from.
    pub fn base(&self) -> &Outcome {
        &self.base
    }

    /// The issues that can be settled, with how many options each.
    pub fn issues(&self) -> &[(IssueId, usize)] {
        &self.issues
    }

    /// How many outcomes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The outcome with this number.
    pub fn outcome(&self, number: u64) -> Outcome {
        let mut outcome = self.base.clone();
        self.write(number, &mut outcome);
        outcome
    }

    /// Writes the outcome with this number over another of this space.
    pub fn write(&self, mut number: u64, outcome: &mut [usize]) {
        for &(issue, options) in self.issues.iter().rev() {
            outcome[issue.0] = (number % options as u64) as usize;
            number /= options as u64;
        }
    }

    /// Calls `visit` with every outcome and its number, until it says to stop.
    pub fn each(&self, mut visit: impl FnMut(u64, &[usize]) -> std::ops::ControlFlow<()>) {
        let mut outcome = self.outcome(0);
        for number in 0..self.size {
            if visit(number, &outcome).is_break() {
                return;
            }
            for &(issue, options) in self.issues.iter().rev() {
                outcome[issue.0] += 1;
                if outcome[issue.0] < options {
                    break;
                }
                outcome[issue.0] = 0;
            }
        }
    }
}
