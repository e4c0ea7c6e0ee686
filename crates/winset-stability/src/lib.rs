//! What stays put: the Graph Model for Conflict Resolution (Kilgour, Hipel & Fang 1987; Fang, Hipel & Kilgour 1993; Xu, Hipel, Kilgour & Fang 2018).
//!
//! Decision makers hold options; a state is a choice of options; conditions remove states; each decision maker moves by changing its own options and ranks
//! the states. A [`Model`] says so, and [`stability`] tells which states are stable for whom, under which [`Concept`].
//!
//! ```
//! use winset_stability::{Concept, Direction, Model, ModelOption, OptionForm, Preference, SanctionRule, stability};
//!
//! // The prisoner's dilemma: each may keep silent. Keys of states: bit 0 for Anna's option, bit 1 for Ben's.
//! let silent = |owner| ModelOption { name: "keep silent".to_owned(), owner, direction: Direction::Both };
//! let form = OptionForm {
//!     decision_makers: vec!["Anna".to_owned(), "Ben".to_owned()],
//!     options: vec![silent(0), silent(1)],
//!     ..OptionForm::default()
//! };
//! let states = form.states().unwrap();
//! let anna = Preference::Ranking(vec![vec![2], vec![3], vec![0], vec![1]]);
//! let ben = Preference::Ranking(vec![vec![1], vec![3], vec![0], vec![2]]);
//! let model = Model::new(form, states, [anna, ben]).unwrap();
//! let result = stability(&model, SanctionRule::Legal).unwrap();
//! // Talking is the only Nash equilibrium; silence holds where each fears the other's answer.
//! assert_eq!(result.equilibria(Concept::Nash).iter().collect::<Vec<_>>(), [0]);
//! assert_eq!(result.equilibria(Concept::Seq).iter().collect::<Vec<_>>(), [0, 3]);
//! ```

mod analyses;
mod attitudes;
mod case;
mod coalition;
mod concept;
mod cube;
mod explain;
mod formula;
mod graph;
mod inverse;
mod limited;
mod misperception;
mod model;
mod order;
mod paths;
mod preference;
mod refusal;
mod relations;
mod sanction;
mod set;
mod simultaneous;
mod slice;
mod stability;
mod states;
mod strength;
mod symbolic;
mod unknown;

pub use analyses::{Analysed, Analysis, Beyond};
pub use attitudes::{Attitude, relationally_stable};
pub use case::{
    CaseModel, CaseRefusal, CompactCaseModel, compact_model_of_case, model_of_case, model_of_case_in_part,
    unlisted_states_of_case,
};
pub use coalition::{Coalitions, Group, Vulnerable, members};
pub use concept::{Concept, SanctionRule};
pub use explain::{Explanation, Improvement, Step, explain};
pub use formula::Formula;
pub use inverse::{Demand, Inverse, Nearest, inverse};
pub use limited::{limited_move, non_myopic, stackelberg};
pub use misperception::stable_as_seen;
pub use model::{Direction, Model, ModelOption, OptionForm};
pub use paths::Paths;
pub use preference::Preference;
pub use refusal::Refusal;
pub use set::StateSet;
pub use simultaneous::{simultaneous, with_simultaneous};
pub use stability::{Stability, stability, stability_under};
pub use states::{OPTION_LIMIT, STATE_LIMIT, States};
pub use strength::strongly_stable;
pub use symbolic::{
    Budget, CompactModel, Order, SymbolicStability, count_states, number_of_unlisted_states, symbolic_stability,
};
pub use unknown::{Extension, PartialPreference, stable_under_unknown};
