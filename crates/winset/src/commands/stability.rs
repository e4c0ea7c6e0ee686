//! `winset stability`: which states of a graph model stay put.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde_json::json;
use winset::exchange::{FILE_LIMIT, InputFile, import_gmcr};
use winset::stability::{Model, SanctionRule, stability};
use winset::{Severity, report, words};

use crate::input::CaseArguments;
use crate::{Exit, output};

/// Print which states of a graph model stay put: for whom each is stable, and which are equilibria
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    case: CaseArguments,
    /// How opponents may answer: legal, each-once or single
    #[arg(long, value_name = "RULE", default_value = "legal", value_parser = rule)]
    sanction_rule: SanctionRule,
}

fn rule(word: &str) -> Result<SanctionRule, String> {
    let known = || words::list(&SanctionRule::ALL.map(SanctionRule::word));
    SanctionRule::from_word(word).ok_or_else(|| format!("there is no such rule; there are {}", known()))
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let path = &arguments.case.case;
    if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gmcr")) {
        return output::usage("give a graph model as a .gmcr file; the moves of a case file are not analysed yet");
    }
    if arguments.case.csv.is_some() {
        return output::usage("the stability of states is not printed as CSV; use --json");
    }
    if arguments.case.changes_anything() {
        return output::usage("--reading, --with, --edit and --strict-recognition change cases; a .gmcr file is none");
    }
    let model = match graph_model(path, arguments.case.json) {
        Ok(model) => model,
        Err(exit) => return exit,
    };
    let result = match stability(&model, arguments.sanction_rule) {
        Ok(result) => result,
        Err(refusal) => {
            output::message(&format!("error: {refusal}\n"));
            return Exit::Wrong;
        }
    };
    if arguments.case.json {
        output::json(&report::json::stability(&model, &result));
    } else {
        let title = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        output::result(&report::stability(&title, &model, &result, arguments.sanction_rule, output::width()));
    }
    Exit::Done
}

/// The model in a `.gmcr` file. Warnings are printed; errors are printed and end the command.
fn graph_model(path: &Path, json: bool) -> Result<Model, Exit> {
    let shown = path.display();
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(FILE_LIMIT as u64 + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        return Err(output::usage(&format!("`{shown}` cannot be read: {error}")));
    }
    let import = import_gmcr(&InputFile { name: shown.to_string(), bytes });
    let errors = import.findings.iter().filter(|finding| finding.severity == Severity::Error).count() as u64;
    if !json {
        output::message(&report::findings(&import.files, &import.findings, output::width()));
    } else if import.model.is_none() {
        let findings = report::json::findings(&import.files, &import.findings);
        output::json(&json!({ "valid": false, "findings": findings }));
    }
    import.model.ok_or_else(|| {
        if !json {
            let errors = words::counted(errors, "error");
            output::message(&format!("The model has {errors}, so there is nothing to compute.\n"));
        }
        Exit::Wrong
    })
}
