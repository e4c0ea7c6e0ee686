//! Reading what a person names: case files with the files they name, and the files of other programs. The rest of the library reads no disk.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use winset_case::{Reading, SourceText, read_files};
use winset_exchange::{FILE_LIMIT, InputFile};

/// A case file larger than this is not a case file.
pub const CASE_FILE_LIMIT: u64 = 16 << 20;
/// Files of one scenario.
const FILES: usize = 1000;
/// Bytes of all files of one scenario together.
const TOGETHER: usize = 64 << 20;

/// Reads the case in a file, or in the `case.toml` of a folder, and the files it names.
///
/// # Errors
///
/// What cannot be read, in one sentence.
pub fn read_case_file(path: &Path) -> Result<Reading, String> {
    let first = case_file_text(path)?;
    let folder = if path.is_dir() {
        path
    } else {
        // A bare file name stands in the folder one is in.
        path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."))
    };
    let mut reading = read_files(first, &mut |name| beside(folder, name));
    reading.files.iter_mut().skip(1).for_each(|file| file.name = folder.join(&file.name).display().to_string());
    Ok(reading)
}

/// The text of a case file, or of the `case.toml` in a folder.
///
/// # Errors
///
/// Why it cannot be read, in one sentence.
pub fn case_file_text(path: &Path) -> Result<SourceText, String> {
    let file = if path.is_dir() { path.join("case.toml") } else { path.to_owned() };
    let name = file.display().to_string();
    match first_bytes(&file, CASE_FILE_LIMIT) {
        Ok(bytes) => decode(name, bytes),
        Err(error) => Err(format!("`{name}` cannot be read: {error}")),
    }
}

/// The bytes of a case file as text.
///
/// # Errors
///
/// If there are too many of them, or if they are not UTF-8: where, and what to do.
pub fn decode(name: String, bytes: Vec<u8>) -> Result<SourceText, String> {
    if bytes.len() as u64 > CASE_FILE_LIMIT {
        return Err(format!("{name} is larger than 16 MiB; a case file is a few pages of text"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceText { name, text: without_mark(text) }),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(format!("{name} is not UTF-8 text: line {line} has a byte that is none; save it as UTF-8"))
        }
    }
}

/// A file of another program, of which no more than the limit and one byte is read.
///
/// # Errors
///
/// Why it cannot be read, in one sentence.
pub fn read_foreign_file(path: &Path, limit: usize) -> Result<InputFile, String> {
    let name = path.display().to_string();
    match first_bytes(path, limit as u64) {
        Ok(bytes) => Ok(InputFile { name, bytes }),
        Err(error) => Err(format!("`{name}` cannot be read: {error}")),
    }
}

/// The files of another program's scenario: those named, and those in the folders named, by name. No more than the limits is ever read.
///
/// # Errors
///
/// What cannot be read, or is too much for one scenario, in one sentence.
pub fn read_scenario_files(sources: &[PathBuf]) -> Result<Vec<InputFile>, String> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for source in sources {
        if !source.is_dir() {
            paths.push(source.clone());
            continue;
        }
        let cannot = |error: std::io::Error| format!("`{}` cannot be read: {error}", source.display());
        let mut found = Vec::new();
        for entry in std::fs::read_dir(source).map_err(cannot)? {
            let path = entry.map_err(cannot)?.path();
            let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
            if path.is_file() && ["xml", "yml", "yaml", "json"].contains(&ending.as_deref().unwrap_or("")) {
                found.push(path);
            }
            if found.len() > FILES {
                return Err(format!("`{}` has more than {FILES} files; name those of one scenario", source.display()));
            }
        }
        found.sort();
        paths.append(&mut found);
    }
    let mut files = Vec::new();
    let mut together = 0;
    for path in &paths {
        let bytes = first_bytes(path, FILE_LIMIT as u64)
            .map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
        together += bytes.len();
        if together > TOGETHER {
            let limit = TOGETHER >> 20;
            return Err(format!("the files are larger than {limit} MiB together; name those of one scenario"));
        }
        let name =
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        files.push(InputFile { name, bytes });
    }
    Ok(files)
}

/// What a scenario is called where its files do not say: the folder it stands in.
pub fn scenario_title(sources: &[PathBuf]) -> Option<String> {
    let folder = sources.first().filter(|first| first.is_dir())?.canonicalize().ok()?;
    Some(folder.file_name()?.to_string_lossy().into_owned())
}

/// The text of a file within the case's folder. A link that leads out of it is not followed.
fn beside(folder: &Path, name: &str) -> Result<String, String> {
    let cannot = |error: std::io::Error| format!("cannot be read: {error}");
    let file = folder.join(name).canonicalize().map_err(cannot)?;
    if !file.starts_with(folder.canonicalize().map_err(cannot)?) {
        return Err("leads out of the case's folder".to_owned());
    }
    if !file.is_file() {
        return Err("is not a file".to_owned());
    }
    let bytes = first_bytes(&file, CASE_FILE_LIMIT).map_err(cannot)?;
    Ok(without_mark(String::from_utf8(bytes).map_err(|_| "is not UTF-8 text".to_owned())?))
}

/// A file, and of one that is too large one byte more than it may have.
fn first_bytes(file: &Path, limit: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Editors on some systems put a mark at the beginning.
fn without_mark(text: String) -> String {
    text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)
}
