//! Other programs' files: GENIUS XML, NegMAS scenarios and GeniusWeb JSON as case files, and GMCR+ files and Gambit's games in strategic form as graph models.
//!
//! [`import_gmcr`] reads a graph model, [`export_gmcr`] writes one, [`import_nfg`] reads a game. [`import`] turns files into the text of one case, with exact numbers, and says everything that is wrong with them at once, each with its place and how
//! to mend it. The text is read back before it is given out, so that it is well formed. Nothing in a file is executed, expanded or followed.

mod encode;
mod finding;
mod genius;
mod geniusweb;
mod gmcr;
mod import;
mod json;
mod negmas;
mod nfg;
mod number;
mod options;
mod scenario;
mod text;
mod tree;
mod values;
mod write;
mod yaml;

pub use finding::{Code, Finding};
pub use gmcr::{
    GMCR_FILE_LIMIT, GmcrImport, GmcrModel, Listing, NotExported, export_gmcr, import_gmcr, import_gmcr_as,
};
pub use import::{Import, InputFile, import};
pub use nfg::{NFG_FILE_LIMIT, NfgImport, import_nfg};
pub use options::Options;
pub use text::FILE_LIMIT;
