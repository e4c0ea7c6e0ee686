//! Runs computed and kept in a file that is either complete or not there.

use std::fs;
use std::io::{BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use parquet::errors::ParquetError;
use serde_json::json;
use winset_chance::MODEL_VERSION;
use winset_simulate::{Process, Progress, Rows, Values};

use crate::digest::RowsDigest;
use crate::fault::Fault;
use crate::rows_file::{GROUP, RowsWriter};

/// Runs after which one is asked whether to stop.
const STEP: u64 = 512;

/// Computes runs and keeps a row of each in a Parquet file. Memory does not grow with the runs.
///
/// The file is written beside its place under a name that begins with a dot, and takes its own name when it is complete and on the disk. A file that
/// stood there is replaced.
///
/// # Errors
///
/// Where the process cannot be simulated, the file cannot be written, or `progress` says to stop. Then nothing is left behind.
pub fn keep_runs(
    process: &Process,
    seed: u64,
    runs: Range<u64>,
    threads: usize,
    path: &Path,
    progress: &impl Progress,
) -> Result<(), Fault> {
    let case = process.case();
    let notes = vec![
        ("winset.title", case.title.clone()),
        ("winset.as_of", case.as_of.clone()),
        ("winset.model", MODEL_VERSION.to_string()),
        ("winset.seed", seed.to_string()),
        ("winset.rounds", process.horizon().to_string()),
        ("winset.columns", says(&Rows::new(process))),
    ];
    Work { process, seed, runs, threads, point: None, notes }.keep(path, progress)
}

/// What the columns say, as a document.
fn says(columns: &Rows) -> String {
    let columns = columns.columns.iter().map(|column| (column.name.clone(), json!(column.says)));
    serde_json::Value::Object(columns.collect()).to_string()
}

/// Runs to be made, and what is noted beside their rows.
pub(crate) struct Work<'p> {
    pub(crate) process: &'p Process,
    pub(crate) seed: u64,
    pub(crate) runs: Range<u64>,
    pub(crate) threads: usize,
    /// The point of a sweep they are made at.
    pub(crate) point: Option<usize>,
    pub(crate) notes: Vec<(&'static str, String)>,
}

impl Work<'_> {
    /// Makes them, and keeps their rows in a file.
    pub(crate) fn keep(self, path: &Path, progress: &impl Progress) -> Result<(), Fault> {
        complete(path, |file, _| {
            let file = self.write(BufWriter::new(file), path, progress)?;
            file.into_inner().map_err(|error| Fault::file(path, error.error()))
        })
    }

    /// Makes them, and writes their rows as a Parquet file; `path` is what it is called in messages.
    pub(crate) fn write<W: Write + Send>(self, to: W, path: &Path, progress: &impl Progress) -> Result<W, Fault> {
        let cannot = |error: ParquetError| Fault::File { path: path.to_owned(), why: error.to_string() };
        let columns = Rows::new(self.process);
        let mut digest = RowsDigest::new(&columns);
        let mut writer = RowsWriter::new(to, &columns).map_err(cannot)?;
        let end = self.runs.end;
        let mut next = self.runs.start;
        while next < end {
            if progress.stop() {
                return Err(Fault::Stopped);
            }
            let parts = (0..self.threads.max(1) as u64).map(|part| next.saturating_add(part * GROUP).min(end));
            let parts: Vec<Range<u64>> = parts
                .map(|start| start..start.saturating_add(GROUP).min(end))
                .filter(|part| !part.is_empty())
                .collect();
            for rows in self.side_by_side(&parts, progress) {
                let rows = rows?;
                digest.add(&rows);
                writer.add(&rows).map_err(cannot)?;
            }
            next = parts.last().map_or(end, |part| part.end);
            progress.done(next - self.runs.start);
        }
        let mut notes = self.notes;
        notes.push(("winset.rows", digest.finish()));
        writer.finish(&notes).map_err(cannot)
    }

    /// Groups of rows, each on a thread of its own, in their order.
    fn side_by_side(&self, parts: &[Range<u64>], progress: &impl Progress) -> Vec<Result<Rows, Fault>> {
        let Some((first, others)) = parts.split_first() else { return Vec::new() };
        std::thread::scope(|scope| {
            let others: Vec<_> = others.iter().map(|part| scope.spawn(move || self.rows(part, progress))).collect();
            let mut rows = vec![self.rows(first, progress)];
            rows.extend(others.into_iter().map(|other| other.join().expect("a run does not panic")));
            rows
        })
    }

    /// The rows of some of them.
    pub(crate) fn rows(&self, part: &Range<u64>, progress: &impl Progress) -> Result<Rows, Fault> {
        let mut all = Rows::new(self.process);
        let mut next = part.start;
        while next < part.end {
            if progress.stop() {
                return Err(Fault::Stopped);
            }
            let end = next.saturating_add(STEP).min(part.end);
            let made = self.process.run_unit(self.seed, next..end);
            let (rows, _) = made.map_err(|refusal| Fault::Refused { point: self.point, refusal })?;
            append(&mut all, rows);
            next = end;
        }
        Ok(all)
    }
}

/// Adds rows of the same columns below others.
fn append(all: &mut Rows, more: Rows) {
    for (column, more) in all.columns.iter_mut().zip(more.columns) {
        match (&mut column.values, more.values) {
            (Values::Whole(values), Values::Whole(more)) => values.extend(more),
            (Values::Perhaps(values), Values::Perhaps(more)) => values.extend(more),
            (Values::Words { places, .. }, Values::Words { places: more, .. }) => places.extend(more),
            (Values::Numbers(values), Values::Numbers(more)) => values.extend(more),
            _ => unreachable!("columns follow from the process"),
        }
    }
}

/// Writes a file that is complete or not there. `write` is handed a new file beside the place, whose name begins with a dot, and that name; when it is
/// done with it the file goes to the disk and takes its own name. Where it fails nothing is left behind.
pub(crate) fn complete(
    path: &Path,
    write: impl FnOnce(fs::File, &Path) -> Result<fs::File, Fault>,
) -> Result<(), Fault> {
    let fault = |error: std::io::Error| Fault::file(path, &error);
    let (file, unfinished) = unfinished(path).map_err(fault)?;
    let written = write(file, &unfinished)
        .and_then(|file| file.sync_all().map_err(fault))
        .and_then(|()| fs::rename(&unfinished, path).map_err(fault));
    if written.is_err() {
        let _ = fs::remove_file(&unfinished);
        return written;
    }
    // The name is on the disk once its folder is; where a folder cannot be opened, the system sees to it by itself.
    let folder = path.parent().filter(|folder| *folder != Path::new("")).map_or(PathBuf::from("."), Path::to_owned);
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// A new file that nobody else writes, whoever works in the same folder: the first number whose name is free.
fn unfinished(path: &Path) -> std::io::Result<(fs::File, PathBuf)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(".parquet").unwrap_or(&name);
    let mut number = 0_u32;
    loop {
        let unfinished = path.with_file_name(format!(".{name}.{number}.tmp"));
        match fs::File::create_new(&unfinished) {
            Ok(file) => return Ok((file, unfinished)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && number < u32::MAX => number += 1,
            Err(error) => return Err(error),
        }
    }
}
