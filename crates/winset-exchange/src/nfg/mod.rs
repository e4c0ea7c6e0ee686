//! Games in strategic form as Gambit keeps them: `.nfg`, with a list of payoffs or with named outcomes.
//!
//! A player is a decision maker who holds an option per strategy and has taken exactly one of them. The states are then the combinations of strategies in the order
//! of the file, the strategy of the first player changing fastest. A payoff counts by its order only, and is compared exactly.

mod model;
mod read;
mod tokens;

pub use read::{NFG_FILE_LIMIT, NfgImport, import_nfg};
