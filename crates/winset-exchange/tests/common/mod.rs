//! Reads folders the way the command does, and says what was found in one line each.
#![allow(dead_code, reason = "each test uses a part")]

use std::fs;
use std::path::Path;

use winset_exchange::{Import, InputFile};

/// The files of a folder with these endings, by name.
pub(crate) fn folder(path: &Path, endings: &[&str]) -> Vec<InputFile> {
    let mut paths: Vec<_> =
        fs::read_dir(path).expect("the folder exists").map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
        .into_iter()
        .filter(|path| endings.iter().any(|ending| path.extension().is_some_and(|found| found == *ending)))
        .map(|path| InputFile {
            name: path.file_name().expect("a file").to_string_lossy().into_owned(),
            bytes: fs::read(&path).expect("readable"),
        })
        .collect()
}

/// One line per finding and one for its help.
pub(crate) fn lines(import: &Import) -> String {
    let mut text = String::new();
    for finding in &import.findings {
        let place = finding.place.as_ref().map_or_else(String::new, |(file, span)| {
            let source = &import.files[*file];
            let (line, column) = source.line_and_column(span.start);
            assert!(source.text.get(span.clone()).is_some(), "{span:?} of {} is no place in it", source.name);
            let shown = source.text[span.clone()].lines().next().unwrap_or("");
            format!("{}:{line}:{column} `{}` ", source.name, shown.chars().take(60).collect::<String>())
        });
        assert!(!finding.help.trim().is_empty() && !finding.message.contains('\n'), "{}", finding.message);
        text.push_str(&format!(
            "{:?}[{}] {place}{}\n  = {}\n",
            finding.severity,
            finding.code.as_str(),
            finding.message,
            finding.help
        ));
    }
    text
}
