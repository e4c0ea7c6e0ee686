//! Runs of the process as it stands: how it may unfold.

use std::sync::Arc;

use winset_case::Case;
use winset_simulate::{Process, Tally};

use crate::situation::{CLAIM_RUNS, Reaches, runs_of};
use crate::unfold::Unfolding;

/// A process with what many runs of it come to.
#[derive(Debug)]
pub struct Runs {
    process: Process,
    tally: Arc<Tally>,
}

impl Runs {
    /// The runs that the claims of the case are decided by, not made twice; `None` where the case says nothing of how the process moves from round to round.
    pub(crate) fn of(case: &Case, reaches: &Reaches) -> Option<Result<Self, String>> {
        let tally = runs_of(case, reaches)?;
        Some(tally.and_then(|tally| {
            let process = Process::new(case).map_err(|refusal| refusal.to_string())?;
            Ok(Runs { process, tally })
        }))
    }

    /// What they come to.
    pub fn unfolding(&self) -> Unfolding<'_> {
        Unfolding { process: &self.process, tally: &self.tally, seed: CLAIM_RUNS.1 }
    }
}
