//! Runs computed and kept in a file that is either complete or not there.

use std::fs;
use std::io::BufWriter;
use std::ops::Range;
use std::path::{Path, PathBuf};

use parquet::errors::ParquetError;
use serde_json::json;
use winset_chance::MODEL_VERSION;
use winset_simulate::{Process, Progress, Refusal, Rows};

use crate::digest::RowsDigest;
use crate::fault::Fault;
use crate::rows_file::{GROUP, RowsWriter};

/// Computes runs and keeps a row of each in a Parquet file. Memory does not grow with the runs.
///
/// The file is written beside its place under a name that begins with a dot and has `mark` in it, and takes its own name when it is complete and on the
/// disk. A file that stood there is replaced.
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
    mark: &str,
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
    write(process, seed, runs, threads, path, mark, None, notes, progress)
}

/// What the columns say, as a document.
fn says(columns: &Rows) -> String {
    let columns = columns.columns.iter().map(|column| (column.name.clone(), json!(column.says)));
    serde_json::Value::Object(columns.collect()).to_string()
}

#[expect(clippy::too_many_arguments, reason = "each is another thing, and all are needed at once")]
pub(crate) fn write(
    process: &Process,
    seed: u64,
    runs: Range<u64>,
    threads: usize,
    path: &Path,
    mark: &str,
    point: Option<usize>,
    notes: Vec<(&'static str, String)>,
    progress: &impl Progress,
) -> Result<(), Fault> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(".parquet").unwrap_or(&name);
    let unfinished = path.with_file_name(format!(".{name}.{mark}.tmp"));
    let written = write_unfinished(process, seed, runs, threads, &unfinished, path, point, notes, progress)
        .and_then(|()| fs::rename(&unfinished, path).map_err(|error| Fault::file(path, &error)));
    match written {
        Ok(()) => {
            // The name is on the disk once its folder is; where a folder cannot be opened, the system sees to it by itself.
            let folder =
                path.parent().filter(|folder| *folder != Path::new("")).map_or(PathBuf::from("."), Path::to_owned);
            if let Ok(folder) = fs::File::open(folder) {
                let _ = folder.sync_all();
            }
            Ok(())
        }
        Err(fault) => {
            let _ = fs::remove_file(&unfinished);
            Err(fault)
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "each is another thing, and all are needed at once")]
fn write_unfinished(
    process: &Process,
    seed: u64,
    runs: Range<u64>,
    threads: usize,
    unfinished: &Path,
    path: &Path,
    point: Option<usize>,
    mut notes: Vec<(&'static str, String)>,
    progress: &impl Progress,
) -> Result<(), Fault> {
    let cannot = |error: ParquetError| Fault::File { path: path.to_owned(), why: error.to_string() };
    let columns = Rows::new(process);
    let mut digest = RowsDigest::new(&columns);
    let file = fs::File::create(unfinished).map_err(|error| Fault::file(path, &error))?;
    let mut writer = RowsWriter::new(BufWriter::new(file), &columns).map_err(cannot)?;
    let mut next = runs.start;
    while next < runs.end {
        if progress.stop() {
            return Err(Fault::Stopped);
        }
        let parts = (0..threads.max(1) as u64).map(|part| next.saturating_add(part * GROUP).min(runs.end));
        let parts: Vec<Range<u64>> = parts
            .map(|start| start..start.saturating_add(GROUP).min(runs.end))
            .filter(|part| !part.is_empty())
            .collect();
        for rows in side_by_side(process, seed, &parts) {
            let rows = rows.map_err(|refusal| Fault::Refused { point, refusal })?;
            digest.add(&rows);
            writer.add(&rows).map_err(cannot)?;
        }
        next = parts.last().map_or(runs.end, |part| part.end);
        progress.done(next - runs.start);
    }
    notes.push(("winset.rows", digest.finish()));
    let file = writer.finish(&notes).map_err(cannot)?;
    let file = file.into_inner().map_err(|error| Fault::file(path, error.error()))?;
    file.sync_all().map_err(|error| Fault::file(path, &error))
}

/// Groups of rows, each on a thread of its own, in their order.
fn side_by_side(process: &Process, seed: u64, parts: &[Range<u64>]) -> Vec<Result<Rows, Refusal>> {
    let work = |part: &Range<u64>| process.run_unit(seed, part.clone()).map(|(rows, _)| rows);
    let Some((first, others)) = parts.split_first() else { return Vec::new() };
    std::thread::scope(|scope| {
        let others: Vec<_> = others.iter().map(|part| scope.spawn(move || work(part))).collect();
        let mut rows = vec![work(first)];
        rows.extend(others.into_iter().map(|other| other.join().expect("a run does not panic")));
        rows
    })
}
