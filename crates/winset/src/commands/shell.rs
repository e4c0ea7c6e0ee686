//! `winset completions` and `winset man`: what shells and manuals need to know of the command.

use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::{Exit, output};

/// Print what a shell needs to complete commands, options and files: bash, elvish, fish, powershell or zsh
#[derive(clap::Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

/// Write manual pages: one for winset and one for each command
#[derive(clap::Args)]
pub(crate) struct Manual {
    /// The folder to write them to, such as ~/.local/share/man/man1; it is made if it is not there
    folder: PathBuf,
}

pub(crate) fn completions(arguments: &Completions) -> Exit {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut crate::Arguments::command(), "winset", &mut text);
    output::result(&String::from_utf8_lossy(&text));
    Exit::Done
}

pub(crate) fn manual(arguments: &Manual) -> Exit {
    let folder = arguments.folder.display();
    let written = std::fs::create_dir_all(&arguments.folder)
        .and_then(|()| clap_mangen::generate_to(crate::Arguments::command(), &arguments.folder));
    match written {
        Ok(()) => {
            output::result(&format!("Wrote the manual pages to {folder}; `man winset` shows the first.\n"));
            Exit::Done
        }
        Err(error) => output::usage(&format!("the manual pages cannot be written to `{folder}`: {error}")),
    }
}
