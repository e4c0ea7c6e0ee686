//! The folder of a sweep: its plan, and the files of its units.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use winset_simulate::Progress;

use crate::fault::Fault;
use crate::keep::complete;
use crate::plan::Plan;
use crate::planned::{Planned, Processes};
use crate::unit::Unit;

/// A sweep in its folder.
#[derive(Debug, Clone)]
pub struct Sweep {
    /// The folder.
    pub(crate) folder: PathBuf,
    /// Its plan, ready to be computed.
    pub planned: Arc<Planned>,
}

/// Whether the file of a unit is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is.
    Computed,
    /// It was there already.
    There,
}

impl Sweep {
    /// Writes a plan into a folder, which is made where there is none. Planning the same again changes nothing.
    ///
    /// # Errors
    ///
    /// Where the plan is too large, its first or last point cannot be simulated, or another plan stands there.
    pub fn plan(folder: &Path, plan: Plan) -> Result<Self, Fault> {
        Sweep::at(folder, Arc::new(Planned::of(plan)?))
    }

    /// The same for a plan that is ready already.
    ///
    /// # Errors
    ///
    /// Where another plan stands there, or nothing can be written.
    pub fn at(folder: &Path, planned: Arc<Planned>) -> Result<Self, Fault> {
        let file = folder.join("plan.json");
        if let Ok(there) = fs::read_to_string(&file) {
            if there != planned.text() {
                return Err(Fault::Plan(format!(
                    "`{}` holds another plan; name a new folder, or delete that one",
                    folder.display()
                )));
            }
        } else {
            fs::create_dir_all(folder).map_err(|error| Fault::file(folder, &error))?;
            put(&folder.join("units.jsonl"), &planned.plan.units_text())?;
            put(&file, planned.text())?;
        }
        Ok(Sweep { folder: folder.to_owned(), planned })
    }

    /// Opens a sweep.
    ///
    /// # Errors
    ///
    /// Where the folder has no plan, or none that this version computes.
    pub fn open(folder: &Path) -> Result<Self, Fault> {
        let file = folder.join("plan.json");
        let text = fs::read_to_string(&file).map_err(|error| Fault::file(&file, &error))?;
        Ok(Sweep { folder: folder.to_owned(), planned: Arc::new(Planned::read(text)?) })
    }

    /// A plan in a folder where it is known to stand already. Nothing is read or written.
    pub fn known_at(folder: &Path, planned: Arc<Planned>) -> Self {
        Sweep { folder: folder.to_owned(), planned }
    }

    /// Where the file of a unit stands.
    pub fn path(&self, unit: &Unit) -> PathBuf {
        self.folder.join("data").join(unit.folder()).join(unit.name())
    }

    /// Units whose file is not there.
    pub fn missing(&self) -> Vec<u64> {
        let plan = &self.planned.plan;
        let units = (0..plan.units()).filter_map(|index| plan.unit(index).ok());
        units.filter(|unit| !self.path(unit).is_file()).map(|unit| unit.index).collect()
    }

    /// Computes these units on so many threads, each unit on one. Those whose files are there are passed over.
    ///
    /// `progress` is told how many units are done; where it says to stop, finished units stay.
    ///
    /// # Errors
    ///
    /// The first that befalls a unit; the others under way are finished first.
    pub fn compute(&self, units: &[u64], threads: usize, progress: &impl Progress) -> Result<u64, Fault> {
        let (next, done, computed) = (AtomicUsize::new(0), AtomicU64::new(0), AtomicU64::new(0));
        let failed: Mutex<Option<Fault>> = Mutex::default();
        let processes = Processes::new(threads);
        let lock = || failed.lock().unwrap_or_else(PoisonError::into_inner);
        let work = || {
            while !progress.stop() && lock().is_none() {
                let Some(&index) = units.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                match self.compute_one(index, &processes, progress) {
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
            for _ in 1..threads.max(1) {
                scope.spawn(work);
            }
            work();
        });
        if let Some(fault) = failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(fault);
        }
        if done.load(Ordering::Relaxed) < units.len() as u64 {
            return Err(Fault::Stopped);
        }
        Ok(computed.load(Ordering::Relaxed))
    }

    /// Computes one unit, if its file is not there. Within it `progress` is asked whether to stop, and told nothing.
    ///
    /// # Errors
    ///
    /// Where it cannot be simulated or written, or was stopped.
    pub fn compute_one(&self, index: u64, processes: &Processes, progress: &impl Progress) -> Result<State, Fault> {
        self.fill(index, |unit, path| {
            let process = processes.of(&self.planned, unit.point)?;
            self.planned.work(unit, &process).keep(path, &Stopping(progress))
        })
    }

    /// Takes the file of a unit that was computed elsewhere ([`Planned::file`]), if it is not there. It is checked to be whole and
    /// the file of this unit before it takes its name; what its rows say is checked where files are read.
    ///
    /// # Errors
    ///
    /// Where it is not what the unit gives, or cannot be written.
    pub fn take(&self, index: u64, content: &[u8]) -> Result<State, Fault> {
        self.fill(index, |unit, path| {
            complete(path, |mut file, unfinished| {
                file.write_all(content).map_err(|error| Fault::file(path, &error))?;
                self.check_whole(unit, unfinished).map_err(|fault| match fault {
                    Fault::Damaged { why, .. } => Fault::Foreign { unit: index, why },
                    other => other,
                })?;
                Ok(file)
            })
        })
    }

    /// Makes the file of a unit, if it is not there.
    fn fill(&self, index: u64, make: impl FnOnce(&Unit, &Path) -> Result<(), Fault>) -> Result<State, Fault> {
        let unit = self.planned.plan.unit(index)?;
        let path = self.path(&unit);
        if path.is_file() {
            return Ok(State::There);
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| Fault::file(folder, &error))?;
        }
        make(&unit, &path)?;
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

/// Writes a small file: complete or not at all.
fn put(path: &Path, text: &str) -> Result<(), Fault> {
    complete(path, |mut file, _| {
        file.write_all(text.as_bytes()).map_err(|error| Fault::file(path, &error))?;
        Ok(file)
    })
}
