//! The `winset` command: one file per command in `commands/`.

mod commands;
mod input;
mod output;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Is there a deal at each table of a peace process, who blocks it, and what would unlock it.
#[derive(Parser)]
#[command(name = "winset", version, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    New(commands::new::Arguments),
    Check(commands::check::Arguments),
    Fmt(commands::fmt::Arguments),
    Status(commands::status::Arguments),
    Settle(commands::settle::Arguments),
    Stability(commands::stability::Arguments),
    Simulate(commands::simulate::Arguments),
    Claims(commands::claims::Arguments),
    Brief(commands::brief::Arguments),
    Figure(commands::figure::Arguments),
    Compare(commands::compare::Arguments),
    Diff(commands::diff::Arguments),
    Import(commands::import::Arguments),
    Schema(commands::schema::Arguments),
    Completions(commands::shell::Completions),
    Man(commands::shell::Manual),
}

fn main() -> ExitCode {
    let exit = match Arguments::parse().command {
        Command::New(arguments) => commands::new::run(&arguments),
        Command::Check(arguments) => commands::check::run(&arguments),
        Command::Fmt(arguments) => commands::fmt::run(&arguments),
        Command::Status(arguments) => commands::status::run(&arguments),
        Command::Settle(arguments) => commands::settle::run(&arguments),
        Command::Stability(arguments) => commands::stability::run(&arguments),
        Command::Simulate(arguments) => commands::simulate::run(&arguments),
        Command::Claims(arguments) => commands::claims::run(&arguments),
        Command::Compare(arguments) => commands::compare::run(&arguments),
        Command::Diff(arguments) => commands::diff::run(&arguments),
        Command::Brief(arguments) => commands::brief::run(&arguments),
        Command::Figure(arguments) => commands::figure::run(&arguments),
        Command::Import(arguments) => commands::import::run(&arguments),
        Command::Schema(arguments) => commands::schema::run(&arguments),
        Command::Completions(arguments) => commands::shell::completions(&arguments),
        Command::Man(arguments) => commands::shell::manual(&arguments),
    };
    ExitCode::from(exit as u8)
}

/// How a command ended, as its exit code.
#[derive(Clone, Copy)]
enum Exit {
    /// It did its work.
    Done = 0,
    /// The case is wrong, or a claim fails.
    Wrong = 1,
    /// It was used wrongly, or a file could not be read or written.
    Usage = 2,
}
