//! Graph models in files of other programs.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde_json::json;
use winset::exchange::{
    Finding, GMCR_FILE_LIMIT, GmcrImport, GmcrModel, InputFile, Listing, NFG_FILE_LIMIT, NfgImport, import_gmcr_as,
    import_nfg,
};
use winset::{Severity, SourceText, report, words};

use super::Arguments;
use crate::{Exit, output};

/// Whose file it is.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// GMCR+.
    Gmcr,
    /// Gambit, a game in strategic form.
    Nfg,
}

/// Whether a file is one of another program, by the end of its name.
pub(super) fn kind(path: &Path) -> Option<Kind> {
    let extension = path.extension()?;
    let known = [("gmcr", Kind::Gmcr), ("nfg", Kind::Nfg)];
    known.into_iter().find(|(known, _)| extension.eq_ignore_ascii_case(known)).map(|(_, kind)| kind)
}

/// Its name and the model in it. Warnings are printed; errors are printed and end the command.
pub(super) fn read(path: &Path, kind: Kind, arguments: &Arguments) -> Result<(String, GmcrModel), Exit> {
    let shown = path.display();
    let limit = match kind {
        Kind::Gmcr => GMCR_FILE_LIMIT,
        Kind::Nfg => NFG_FILE_LIMIT,
    };
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(limit as u64 + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        return Err(output::usage(&format!("`{shown}` cannot be read: {error}")));
    }
    let file = InputFile { name: shown.to_string(), bytes };
    let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    match kind {
        Kind::Gmcr => {
            let listing = match arguments.engine.as_deref() {
                Some("explicit") => Listing::Always,
                Some(_) => Listing::Never,
                None => Listing::WherePossible,
            };
            let GmcrImport { model, files, findings } = import_gmcr_as(&file, listing);
            Ok((stem, reported(model, &files, &findings, arguments.case.json)?))
        }
        Kind::Nfg => {
            if arguments.engine.as_deref() == Some("symbolic") {
                return Err(output::usage("a .nfg file has a payoff for every state, so its states are listed"));
            }
            let NfgImport { model, title, files, findings } = import_nfg(&file);
            let model = reported(model, &files, &findings, arguments.case.json)?;
            let title = if title.trim().is_empty() { stem } else { title };
            Ok((title, GmcrModel::Listed(model)))
        }
    }
}

fn reported<M>(model: Option<M>, files: &[SourceText], findings: &[Finding], json: bool) -> Result<M, Exit> {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count() as u64;
    if !json {
        output::message(&report::findings(files, findings, output::width()));
    } else if model.is_none() {
        output::json(&json!({ "valid": false, "findings": report::json::findings(files, findings) }));
    }
    model.ok_or_else(|| {
        if !json {
            let errors = words::counted(errors, "error");
            output::message(&format!("The model has {errors}, so there is nothing to compute.\n"));
        }
        Exit::Wrong
    })
}
