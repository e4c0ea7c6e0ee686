//! Chance: random numbers that depend on a seed and a name alone, and what they make of a distribution.
//!
//! A draw of a number is a pure function of (model version, seed, index of the draw, name of the number). So the same draws come out on one
//! core or many and in any order, and two variants of a case share their luck: a number that both have is drawn alike in both, whatever else
//! differs (common random numbers; the model, section 6).

mod normal;
mod quantile;
mod rolls;
mod stream;

pub use normal::normal;
pub use quantile::quantile;
pub use rolls::{BATCH, Rolls};
pub use stream::{Luck, MODEL_VERSION, Name};
