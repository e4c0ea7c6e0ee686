//! Tables with more packages than can be listed.

mod additive;
mod best;
mod diagram;
mod dominance;
mod exists;
mod formula;
mod frontier;
mod search;
mod weights;
mod sums;

pub use additive::{AdditiveFrontier, AdditiveTable, BestPackage, Existence};
