//! Where a process stands.

use winset_case::{Case, Outcome};

/// An outcome and what has been concluded on the way to it (the model, section 2: state and standing).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State {
    /// What is agreed; `None` where there is no agreement and no status quo.
    pub outcome: Option<Outcome>,
    /// Per framework, whether it has been concluded.
    pub concluded: Vec<bool>,
    /// Per actor, whether its `ends` has been met.
    pub ended: Vec<bool>,
}

impl State {
    /// Today: the baseline, nothing concluded, nobody's conflict ended.
    pub fn today(case: &Case) -> Self {
        State {
            outcome: (!case.no_agreement_today).then(|| case.baseline()),
            concluded: vec![false; case.frameworks.len()],
            ended: vec![false; case.actors.len()],
        }
    }
}
