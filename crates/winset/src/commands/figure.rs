//! `winset figure`: one picture of a brief.

use std::path::PathBuf;

use serde_json::json;
use winset::report::handout::{Picture, figures};
use winset::{Brief, words};

use crate::input::{CaseArguments, DrawArguments};
use crate::{Exit, output};

/// Print one figure of the brief as SVG, or write it to a file
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Which figure: map, actors, shortfalls, timeline, claims, coverage-FRAMEWORK, frontier-TRACK; `list` names those the case has
    name: String,
    #[command(flatten)]
    case: CaseArguments,
    #[command(flatten)]
    draws: DrawArguments,
    /// Write the figure to this file instead: .svg, or .png where winset was built with the feature png
    #[arg(short = 'o', long = "output", value_name = "FILE", conflicts_with_all = ["json", "csv"])]
    output: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    if arguments.case.csv.is_some() {
        return output::usage("a figure is not printed as CSV; `winset brief --csv` prints tables");
    }
    // A file that cannot be written is said before anything is computed.
    let write = match arguments.output.as_deref().map(writer).transpose() {
        Ok(write) => write,
        Err(exit) => return exit,
    };
    let case = match arguments.case.load() {
        Ok(case) => case,
        Err(exit) => return exit,
    };
    // Only the picture of claims, and the list of what there is, hang on draws.
    let drawn = matches!(arguments.name.as_str(), "claims" | "list");
    let brief = match arguments.draws.settings().filter(|_| drawn) {
        Some(settings) => Brief::with_draws(&case, settings),
        None => Brief::of(&case),
    };
    let figures = figures(&brief);
    if arguments.name == "list" {
        return list(&figures, arguments.case.json);
    }
    let Some(figure) = figures.iter().find(|figure| figure.name == arguments.name) else {
        let names: Vec<String> = figures.iter().map(|figure| format!("`{}`", figure.name)).collect();
        return output::usage(&format!("the case has no figure `{}`; it has {}", arguments.name, words::list(&names)));
    };
    match (write, &arguments.output) {
        (Some(write), Some(file)) => {
            match write(figure).and_then(|bytes| output::write_whole(file, &bytes).map_err(|error| error.to_string())) {
                Ok(()) => {
                    output::message(&format!("Wrote {}: {}.\n", file.display(), figure.title));
                    Exit::Done
                }
                Err(error) => output::usage(&format!("`{}` cannot be written: {error}", file.display())),
            }
        }
        _ => {
            if arguments.case.json {
                output::json(&json!({
                    "name": figure.name, "title": figure.title, "description": figure.describe, "svg": figure.svg,
                }));
            } else {
                output::result(&figure.svg);
            }
            Exit::Done
        }
    }
}

fn list(figures: &[Picture], as_json: bool) -> Exit {
    if as_json {
        let figures = figures.iter().map(|figure| json!({ "name": figure.name, "title": figure.title }));
        output::json(&json!({ "figures": figures.collect::<Vec<_>>() }));
    } else {
        let longest = figures.iter().map(|figure| figure.name.chars().count()).max().unwrap_or(0);
        let lines = figures.iter().map(|figure| format!("{:<longest$}  {}\n", figure.name, figure.title));
        output::result(&lines.collect::<String>());
    }
    Exit::Done
}

/// How a figure becomes the bytes of a file.
type Writer = fn(&Picture) -> Result<Vec<u8>, String>;

/// What a file is to hold, by its ending.
fn writer(file: &std::path::Path) -> Result<Writer, Exit> {
    let shown = file.display();
    if file.is_dir() {
        return Err(output::usage(&format!("`{shown}` is a folder; name a file in it, such as map.svg")));
    }
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_lowercase().as_str() {
        "svg" => Ok(|figure| Ok(figure.svg.clone().into_bytes())),
        #[cfg(feature = "png")]
        "png" => Ok(|figure| winset::report::handout::png(&figure.light)),
        #[cfg(not(feature = "png"))]
        "png" => Err(output::usage(
            "this winset was built without the feature `png`, which draws pixels: `cargo install --path crates/winset --features png`, or name the file .svg",
        )),
        _ => Err(output::usage(&format!("what to write to `{shown}` is told by its ending: name it .svg or .png"))),
    }
}
