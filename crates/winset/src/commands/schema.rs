//! `winset schema`: what editors need to know of case files.

use winset::report;

use crate::{Exit, output};

/// Print the JSON Schema of the case file, with which editors complete keys and explain them
#[derive(clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments) -> Exit {
    output::json(&report::json_schema());
    Exit::Done
}
