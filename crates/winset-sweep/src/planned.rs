//! A plan made ready: its units can be computed, wherever that is.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use winset_case::Case;
use winset_simulate::{Process, Progress, Rows};

use crate::digest::of_text;
use crate::fault::Fault;
use crate::keep::Work;
use crate::plan::Plan;
use crate::unit::Unit;

/// Runs of a unit whose rows are kept in memory.
pub const ROW_LIMIT: u64 = 200_000;
/// Runs of a unit whose file is made in memory.
pub const FILE_LIMIT: u64 = 10_000_000;

/// A plan with its case read. It knows no folder, so its units can be computed where there is none.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The plan.
    pub plan: Plan,
    /// The text of `plan.json`.
    text: String,
    /// The case of the plan, before any edits.
    case: Case,
    /// SHA-256 of the text: it is noted in every file, so that files of another plan are found out.
    id: String,
    columns: OnceLock<Rows>,
}

impl Planned {
    /// Makes a new plan ready.
    ///
    /// # Errors
    ///
    /// Where it is too large, or its first or last point cannot be simulated.
    pub fn of(plan: Plan) -> Result<Self, Fault> {
        plan.check()?;
        let case = plan.case()?;
        let columns = Rows::new(&plan.process(&case, 0)?);
        plan.process(&case, plan.points.len() - 1)?;
        let text = plan.to_text(&columns);
        let id = of_text(&text);
        Ok(Planned { plan, text, case, id, columns: OnceLock::from(columns) })
    }

    /// Reads a plan from the text of its `plan.json`.
    ///
    /// # Errors
    ///
    /// Where it is none, or none that this version computes.
    pub fn read(text: String) -> Result<Self, Fault> {
        let plan = Plan::from_text(&text)?;
        let case = plan.case()?;
        let id = of_text(&text);
        Ok(Planned { plan, text, case, id, columns: OnceLock::new() })
    }

    /// The text of `plan.json`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What tells this plan from any other: SHA-256 of its text.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The process at a point.
    ///
    /// # Errors
    ///
    /// Where it cannot be simulated.
    pub fn process(&self, point: usize) -> Result<Process, Fault> {
        self.plan.process(&self.case, point)
    }

    /// The columns of every file, without rows.
    ///
    /// # Errors
    ///
    /// Where the first point cannot be simulated.
    pub fn columns(&self) -> Result<&Rows, Fault> {
        if let Some(columns) = self.columns.get() {
            return Ok(columns);
        }
        let columns = Rows::new(&self.process(0)?);
        Ok(self.columns.get_or_init(|| columns))
    }

    /// The rows of a unit.
    ///
    /// # Errors
    ///
    /// Where there is no such unit, it has more than [`ROW_LIMIT`] runs, it cannot be simulated, or `progress` says to stop.
    pub fn rows(&self, index: u64, processes: &Processes, progress: &impl Progress) -> Result<Rows, Fault> {
        let unit = self.unit_of_at_most(index, ROW_LIMIT)?;
        let process = processes.of(self, unit.point)?;
        self.work(&unit, &process).rows(&unit.runs, progress)
    }

    /// The file of a unit: a pure function of the plan and the unit's number.
    ///
    /// # Errors
    ///
    /// Where there is no such unit, it has more than [`FILE_LIMIT`] runs, it cannot be simulated, or `progress` says to stop.
    pub fn file(&self, index: u64, processes: &Processes, progress: &impl Progress) -> Result<Vec<u8>, Fault> {
        let unit = self.unit_of_at_most(index, FILE_LIMIT)?;
        let process = processes.of(self, unit.point)?;
        self.work(&unit, &process).write(Vec::new(), &PathBuf::from(unit.folder()).join(unit.name()), progress)
    }

    fn unit_of_at_most(&self, index: u64, limit: u64) -> Result<Unit, Fault> {
        let unit = self.plan.unit(index)?;
        if unit.len() > limit {
            return Err(Fault::Plan(format!(
                "a unit has {} runs here, and up to {limit} are kept in memory; plan with a smaller shard",
                unit.len()
            )));
        }
        Ok(unit)
    }

    /// The runs of a unit, with what is noted in its file.
    pub(crate) fn work<'p>(&self, unit: &Unit, process: &'p Process) -> Work<'p> {
        let notes = vec![
            ("winset.plan", self.id.clone()),
            ("winset.title", self.plan.title.clone()),
            ("winset.seed", self.plan.seed.to_string()),
            ("winset.point", unit.point.to_string()),
            ("winset.edits", serde_json::json!(self.plan.points[unit.point]).to_string()),
        ];
        Work { process, seed: self.plan.seed, runs: unit.runs.clone(), threads: 1, point: Some(unit.point), notes }
    }
}

/// The processes of a plan's points under way: what one unit has worked out serves the next.
#[derive(Debug)]
pub struct Processes {
    most: usize,
    ready: Mutex<BTreeMap<usize, Arc<Process>>>,
}

impl Processes {
    /// Keeps those of so many points.
    pub fn new(most: usize) -> Self {
        Processes { most: most.max(1), ready: Mutex::default() }
    }

    pub(crate) fn of(&self, planned: &Planned, point: usize) -> Result<Arc<Process>, Fault> {
        let lock = || self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(process) = lock().get(&point) {
            return Ok(Arc::clone(process));
        }
        let process = Arc::new(planned.process(point)?);
        let mut ready = lock();
        let kept = Arc::clone(ready.entry(point).or_insert(process));
        while ready.len() > self.most {
            // Points are computed in their order, so the first is the one that is done with.
            let done_with = ready.keys().copied().find(|other| *other != point);
            done_with.and_then(|done_with| ready.remove(&done_with));
        }
        Ok(kept)
    }
}
