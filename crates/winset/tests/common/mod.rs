//! Runs the built command the way a user does.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The root of the workspace, where the README's commands run.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace exists")
}

/// Runs `winset` with these arguments in a folder, with nothing on standard input.
pub(crate) fn winset(folder: &Path, arguments: &[&str]) -> Output {
    winset_with_input(folder, arguments, "")
}

/// Runs `winset` with these arguments in a folder.
pub(crate) fn winset_with_input(folder: &Path, arguments: &[&str], input: &str) -> Output {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_winset"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env_remove("COLUMNS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("winset was built");
    // A command that does not read its input may have ended already.
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    child.wait_with_output().expect("winset ends")
}

/// What was printed: results, then messages.
pub(crate) fn printed(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("winset prints UTF-8");
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

/// An empty folder of this name for one test.
pub(crate) fn empty_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}
