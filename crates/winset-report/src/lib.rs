//! How results look: text for the terminal, JSON documents, and diagnostics under the lines they are about.
//!
//! Everything here returns text; printing is the command line's.

mod assembly;
mod brief;
mod claims;
mod compare;
mod compare_runs;
pub mod csv;
mod diagnostics;
mod difference;
mod evidence;
mod findings;
mod game;
pub mod handout;
pub mod json;
mod json_schema;
mod large;
mod layout;
mod settle;
mod sides;
mod simulate;
mod stability;
mod stability_beyond;
mod stability_further_state;
mod stability_nfg;
mod stability_state;
mod stability_symbolic;
mod status;
mod stays_put;
mod sweep;
mod versions;

pub use brief::brief;
pub use claims::claims;
pub use compare::compare;
pub use compare_runs::compare_runs;
pub use diagnostics::{diagnostics, wrong_case};
pub use difference::difference;
pub use evidence::evidence;
pub use findings::findings;
pub use game::game;
pub use handout::stability_svg;
pub use json_schema::json_schema;
pub use settle::settle;
pub use simulate::{simulate, trace};
pub use stability::{Surroundings, stability};
pub use stability_beyond::{stability_beyond, stability_beyond_state, stability_partly_known};
pub use stability_further_state::{stability_coalitions_state, stability_more_state};
pub use stability_nfg::stability_nfg;
pub use stability_state::{stability_coalitions, stability_dot, stability_inverse, stability_more, stability_state};
pub use stability_symbolic::{LargeSurroundings, stability_symbolic};
pub use status::status;
pub use sweep::{SweepView, sweep};
pub use versions::versions;
