//! One file per command.

pub(crate) mod brief;
pub(crate) mod check;
pub(crate) mod claims;
pub(crate) mod compare;
pub(crate) mod diff;
pub(crate) mod figure;
pub(crate) mod fmt;
pub(crate) mod import;
pub(crate) mod new;
pub(crate) mod schema;
pub(crate) mod settle;
pub(crate) mod shell;
pub(crate) mod simulate;
pub(crate) mod stability;
pub(crate) mod status;
