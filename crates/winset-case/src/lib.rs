//! What a case is: one peace process as one analyst sees it on one date, read from text into a checked model.
//!
//! [`read`] takes the text of a case file ([`read_files`] that of a case in several files) and gives a [`Case`] together with every [`Diagnostic`]; it never stops at the first mistake.
//! The format is described in `docs/reference/case-file.md`.
//!
//! This crate knows nothing of worth, acceptance or deals: it answers what the analyst wrote, and whether it is well formed.

pub mod diagnostic;
pub mod edit;
pub mod format;
mod layout;
pub mod model;
mod read;

pub use diagnostic::{Code, Diagnostic, Label, Severity, SourceFiles, SourceText, Span};
pub use edit::Edit;
pub use layout::lay_out;
pub use model::*;
pub use read::{Load, Reading, is_day, read, read_edit, read_files, read_option};
