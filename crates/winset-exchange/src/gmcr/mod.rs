//! Graph models as GMCR+ keeps them: `.gmcr`, one JSON object per model.
//!
//! Options are put in the order of who holds them, then numbered as bits, the first the least significant; feasible choices in ascending order are the
//! states 1, 2, … (the program calls these the ordered numbers). Files are read, never executed: the program's oldest files are Python pickles and are refused.

mod condition;
mod document;
mod ranking;
mod read;
mod write;

pub use read::{GMCR_FILE_LIMIT, GmcrImport, GmcrModel, Listing, import_gmcr, import_gmcr_as};
pub use write::{NotExported, export_gmcr};
