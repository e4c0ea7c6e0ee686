//! What the files of a sweep hold: read, checked, and counted.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use winset_simulate::sweep::{PointResult, Summary};
use winset_simulate::{Progress, Rows, Values};

use crate::digest::{RowsDigest, of_text};
use crate::fault::Fault;
use crate::folder::Sweep;
use crate::rows_file::read_rows;
use crate::unit::Unit;

/// What a check of all files found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Units of the plan.
    pub units: u64,
    /// Rows read.
    pub rows: u64,
    /// SHA-256 over all rows in the order of points and runs: the same however the runs were cut and whoever computed them. `None` where something is wrong.
    pub digest: Option<String>,
    /// What is wrong, one for each file.
    pub wrong: Vec<Fault>,
    /// Units whose file is not there.
    pub missing: Vec<u64>,
}

impl Verified {
    /// It as a document.
    pub fn document(&self) -> serde_json::Value {
        let wrong: Vec<String> = self.wrong.iter().map(ToString::to_string).collect();
        serde_json::json!({
            "units": self.units,
            "rows": self.rows,
            "digest": self.digest,
            "missing": self.missing,
            "wrong": wrong,
        })
    }
}

impl Sweep {
    /// What the runs of every point come to. Every file is checked as it is read.
    ///
    /// # Errors
    ///
    /// Where units are missing or a file is not what its unit gives.
    pub fn reduce(&self, threads: usize, progress: &impl Progress) -> Result<Vec<PointResult>, Fault> {
        let missing = self.missing().len() as u64;
        if missing > 0 {
            return Err(Fault::Missing { missing, units: self.planned.plan.units() });
        }
        let columns = self.planned.columns()?;
        let points = self.each_point(threads, progress, |point| {
            let mut summary = Summary::new(columns);
            for unit in self.units_of(point) {
                self.check(&unit, &self.path(&unit), &mut |rows| summary.add(rows))?;
            }
            Ok(PointResult { edits: self.planned.plan.points[point].clone(), summary })
        });
        points.into_iter().collect()
    }

    /// Checks every unit: that its file is there, belongs to this plan, holds every run once and in order, and says what was written; and the digest of all.
    ///
    /// # Errors
    ///
    /// Where it was stopped, or the case of the plan cannot be simulated.
    pub fn verify(&self, threads: usize, progress: &impl Progress) -> Result<Verified, Fault> {
        let columns = self.planned.columns()?;
        let points = self.each_point(threads, progress, |point| {
            let mut digest = RowsDigest::new(columns);
            let (mut rows, mut wrong, mut missing) = (0, Vec::new(), Vec::new());
            for unit in self.units_of(point) {
                if !self.path(&unit).is_file() {
                    missing.push(unit.index);
                    continue;
                }
                let checked = self.check(&unit, &self.path(&unit), &mut |group| {
                    digest.add(group);
                    rows += group.len() as u64;
                });
                wrong.extend(checked.err());
            }
            Ok((digest.finish(), rows, wrong, missing))
        });
        let mut all = String::from("winset sweep 1\n");
        let mut found = Verified {
            units: self.planned.plan.units(),
            rows: 0,
            digest: None,
            wrong: Vec::new(),
            missing: Vec::new(),
        };
        for (point, result) in points.into_iter().enumerate() {
            let (digest, rows, wrong, missing) = result?;
            all.push_str(&format!("{} {digest}\n", serde_json::json!(self.planned.plan.points[point])));
            found.rows += rows;
            found.wrong.extend(wrong);
            found.missing.extend(missing);
        }
        if found.wrong.is_empty() && found.missing.is_empty() {
            found.digest = Some(of_text(&all));
        }
        Ok(found)
    }

    fn units_of(&self, point: usize) -> impl Iterator<Item = Unit> + '_ {
        let each = self.planned.plan.units() / self.planned.plan.points.len() as u64;
        (point as u64 * each..(point as u64 + 1) * each).filter_map(|index| self.planned.plan.unit(index).ok())
    }

    /// Reads the file of a unit where it stands and checks it.
    pub(crate) fn check(&self, unit: &Unit, path: &Path, each: &mut dyn FnMut(&Rows)) -> Result<(), Fault> {
        let columns = self.planned.columns()?;
        let mut digest = RowsDigest::new(columns);
        let mut next = unit.runs.start;
        let notes = read_rows(path, columns, columns.columns.len(), &mut |rows| {
            in_place(rows, unit, &mut next)?;
            digest.add(rows);
            each(rows);
            Ok(())
        })?;
        self.check_notes(&notes, unit, next, path)?;
        if notes.get("winset.rows") != Some(&digest.finish()) {
            return Err(Fault::damaged(path, "its rows are not those that were written"));
        }
        Ok(())
    }

    /// Checks that a file is whole and is that of a unit, without reading more of it than the numbers of its runs.
    pub(crate) fn check_whole(&self, unit: &Unit, path: &Path) -> Result<(), Fault> {
        let mut next = unit.runs.start;
        let notes = read_rows(path, self.planned.columns()?, 1, &mut |rows| in_place(rows, unit, &mut next))?;
        self.check_notes(&notes, unit, next, path)
    }

    /// Checks that a file belongs to this plan and to the point of its unit, and holds all runs before `next`.
    fn check_notes(&self, notes: &BTreeMap<String, String>, unit: &Unit, next: u64, path: &Path) -> Result<(), Fault> {
        let note = |key: &str| notes.get(key).map_or("", String::as_str);
        let why = if note("winset.plan") != self.planned.id() {
            "it was computed for another plan".to_owned()
        } else if note("winset.point") != unit.point.to_string() {
            format!("it was computed for point {}", note("winset.point"))
        } else if next != unit.runs.end {
            format!("it ends before run {next}, and its unit before run {}", unit.runs.end)
        } else {
            return Ok(());
        };
        Err(Fault::damaged(path, why))
    }

    /// Does something for every point, points side by side, and gives what came of each in order. Points not done are stops.
    fn each_point<T: Send>(
        &self,
        threads: usize,
        progress: &impl Progress,
        work: impl Fn(usize) -> Result<T, Fault> + Sync,
    ) -> Vec<Result<T, Fault>> {
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let count = self.planned.plan.points.len();
        let results: Vec<Mutex<Option<Result<T, Fault>>>> = (0..count).map(|_| Mutex::new(None)).collect();
        let each = || {
            while !progress.stop() {
                let point = next.fetch_add(1, Ordering::Relaxed);
                let Some(place) = results.get(point) else { break };
                *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(work(point));
                progress.done(done.fetch_add(1, Ordering::Relaxed) as u64 + 1);
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..threads.clamp(1, count.max(1)) {
                scope.spawn(each);
            }
            each();
        });
        let done = results.into_iter().map(|place| place.into_inner().unwrap_or_else(PoisonError::into_inner));
        done.map(|result| result.unwrap_or(Err(Fault::Stopped))).collect()
    }
}

/// Checks that rows are those of a unit from `next` on, and goes on behind them.
fn in_place(rows: &Rows, unit: &Unit, next: &mut u64) -> Result<(), String> {
    let Some(Values::Whole(runs)) = rows.columns.first().map(|column| &column.values) else {
        return Err("it does not begin with the numbers of the runs".to_owned());
    };
    for run in runs {
        if *run != *next || *next >= unit.runs.end {
            return Err(format!("run {run} stands where run {next} should"));
        }
        *next += 1;
    }
    Ok(())
}
