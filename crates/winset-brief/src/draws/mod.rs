//! Uncertainty: every answer again under numbers drawn from the ranges the analyst gave (the model, sections 1 and 7).
//!
//! [`Ensemble::new`] works out once what depends on no number; [`Ensemble::run`] draws. A draw is a function of the seed and its own index
//! alone, and results are counts, so the answer is the same on any number of threads.

mod alone;
mod bases;
mod ensemble;
mod influence;
mod influential;
mod likelihood;
mod question;
mod situation;
mod tally;
mod thresholds;
pub mod words;
mod worker;

pub(crate) use bases::Drawing;
pub use bases::Spread;
pub use ensemble::{ClaimRobustness, DrawSettings, Ensemble, EnsembleResult, FrameworkShares, TableShares};
pub use influence::{Answer, Flip, Influence, Influences, influences};
pub use influential::Influential;
pub use likelihood::{band, likelihood_of};
pub use tally::{Share, Tuning};
pub use thresholds::Threshold;
