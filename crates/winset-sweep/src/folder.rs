//! The folder of a sweep: its plan, and the files of its units.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use winset_case::Case;
use winset_simulate::{Process, Progress, Rows};

use crate::digest::of_text;
use crate::fault::Fault;
use crate::keep::write;
use crate::plan::Plan;
use crate::unit::Unit;

/// A sweep in its folder.
#[derive(Debug, Clone)]
pub struct Sweep {
    /// The folder.
    pub(crate) folder: PathBuf,
    /// Its plan.
    pub plan: Plan,
    /// The case of the plan, before any edits.
    pub(crate) case: Case,
    /// SHA-256 of `plan.json`: it is noted in every file, so that files of another plan are found out.
    pub(crate) id: String,
}

/// Whether a unit was computed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It was.
    Computed,
    /// Its file was there already.
    There,
}

impl Sweep {
    /// Writes a plan into a folder, which is made where there is none. Planning the same again changes nothing.
    ///
    /// # Errors
    ///
    /// Where the plan is too large, its first or last point cannot be simulated, or another plan stands there.
    pub fn plan(folder: &Path, plan: Plan) -> Result<Self, Fault> {
        plan.check()?;
        let case = plan.case()?;
        let process = plan.process(&case, 0)?;
        plan.process(&case, plan.points.len() - 1)?;
        let text = plan.to_text(&Rows::new(&process));
        let file = folder.join("plan.json");
        if let Ok(there) = fs::read_to_string(&file) {
            if there != text {
                return Err(Fault::Plan(format!(
                    "`{}` holds another plan; name a new folder, or delete that one",
                    folder.display()
                )));
            }
        } else {
            fs::create_dir_all(folder).map_err(|error| Fault::file(folder, &error))?;
            put(folder, "units.jsonl", &plan.units_text())?;
            put(folder, "plan.json", &text)?;
        }
        Ok(Sweep { folder: folder.to_owned(), plan, case, id: of_text(&text) })
    }

    /// Opens a sweep.
    ///
    /// # Errors
    ///
    /// Where the folder has no plan, or none that this version computes.
    pub fn open(folder: &Path) -> Result<Self, Fault> {
        let file = folder.join("plan.json");
        let text = fs::read_to_string(&file).map_err(|error| Fault::file(&file, &error))?;
        let plan = Plan::from_text(&text)?;
        let case = plan.case()?;
        Ok(Sweep { folder: folder.to_owned(), plan, case, id: of_text(&text) })
    }

    /// Where the file of a unit stands.
    pub fn path(&self, unit: &Unit) -> PathBuf {
        self.folder.join("data").join(unit.folder()).join(unit.name())
    }

    /// The process at a point.
    ///
    /// # Errors
    ///
    /// Where it cannot be simulated.
    pub fn process(&self, point: usize) -> Result<Process, Fault> {
        self.plan.process(&self.case, point)
    }

    /// Units whose file is not there.
    pub fn missing(&self) -> Vec<u64> {
        let units = (0..self.plan.units()).filter_map(|index| self.plan.unit(index).ok());
        units.filter(|unit| !self.path(unit).is_file()).map(|unit| unit.index).collect()
    }

    /// Computes these units on so many threads, each unit on one. Those whose files are there are passed over.
    ///
    /// `mark` makes the names of unfinished files differ between those who work on one folder at the same time. `progress` is told how many units are
    /// done; where it says to stop, finished units stay.
    ///
    /// # Errors
    ///
    /// The first that befalls a unit; the others under way are finished first.
    pub fn compute(&self, units: &[u64], threads: usize, mark: &str, progress: &impl Progress) -> Result<u64, Fault> {
        let (next, done, computed) = (AtomicUsize::new(0), AtomicU64::new(0), AtomicU64::new(0));
        let failed: Mutex<Option<Fault>> = Mutex::default();
        let processes = Processes::new(self, threads);
        let lock = || failed.lock().unwrap_or_else(PoisonError::into_inner);
        let work = |thread: usize| {
            while !progress.stop() && lock().is_none() {
                let Some(&index) = units.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                match self.compute_one(index, &processes, &format!("{mark}-{thread}"), progress) {
                    Ok(state) => {
                        computed.fetch_add(u64::from(state == State::Computed), Ordering::Relaxed);
                        progress.done(done.fetch_add(1, Ordering::Relaxed) + 1);
                    }
                    Err(fault) => {
                        lock().get_or_insert(fault);
                    }
                }
            }
        };
        std::thread::scope(|scope| {
            let work = &work;
            for thread in 1..threads.max(1) {
                scope.spawn(move || work(thread));
            }
            work(0);
        });
        if let Some(fault) = failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(fault);
        }
        if done.load(Ordering::Relaxed) < units.len() as u64 {
            return Err(Fault::Stopped);
        }
        Ok(computed.load(Ordering::Relaxed))
    }

    fn compute_one(
        &self,
        index: u64,
        processes: &Processes<'_>,
        mark: &str,
        progress: &impl Progress,
    ) -> Result<State, Fault> {
        let unit = self.plan.unit(index)?;
        let path = self.path(&unit);
        if path.is_file() {
            return Ok(State::There);
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| Fault::file(folder, &error))?;
        }
        let process = processes.of(unit.point)?;
        let notes = vec![
            ("winset.plan", self.id.clone()),
            ("winset.title", self.plan.title.clone()),
            ("winset.seed", self.plan.seed.to_string()),
            ("winset.point", unit.point.to_string()),
            ("winset.edits", serde_json::json!(self.plan.points[unit.point]).to_string()),
        ];
        let watch = Stopping(progress);
        write(&process, self.plan.seed, unit.runs, 1, &path, mark, Some(unit.point), notes, &watch)?;
        Ok(State::Computed)
    }
}

/// Within a unit only whether to stop matters.
struct Stopping<'a, P>(&'a P);

impl<P: Progress> Progress for Stopping<'_, P> {
    fn done(&self, _: u64) {}

    fn stop(&self) -> bool {
        self.0.stop()
    }
}

/// The processes of the points under way: what one unit has worked out serves the next.
struct Processes<'a> {
    sweep: &'a Sweep,
    most: usize,
    ready: Mutex<BTreeMap<usize, Arc<Process>>>,
}

impl<'a> Processes<'a> {
    fn new(sweep: &'a Sweep, threads: usize) -> Self {
        Processes { sweep, most: threads.max(1), ready: Mutex::default() }
    }

    fn of(&self, point: usize) -> Result<Arc<Process>, Fault> {
        let lock = || self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(process) = lock().get(&point) {
            return Ok(Arc::clone(process));
        }
        let process = Arc::new(self.sweep.process(point)?);
        let mut ready = lock();
        let kept = Arc::clone(ready.entry(point).or_insert(process));
        while ready.len() > self.most {
            ready.pop_first();
        }
        Ok(kept)
    }
}

/// Writes a small file: complete or not at all.
fn put(folder: &Path, name: &str, text: &str) -> Result<(), Fault> {
    let (unfinished, file) = (folder.join(format!(".{name}.tmp")), folder.join(name));
    let written = (|| {
        let mut new = fs::File::create(&unfinished)?;
        new.write_all(text.as_bytes())?;
        new.sync_all()?;
        fs::rename(&unfinished, &file)
    })();
    written.map_err(|error| Fault::file(&file, &error))
}
