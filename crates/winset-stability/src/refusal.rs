//! Why a model cannot be built or analysed.

use std::fmt;

/// Why a model cannot be built, or an analysis not carried out. Nothing is computed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// More options than a state can hold.
    TooManyOptions {
        /// How many there are.
        options: usize,
    },
    /// More states than are analysed.
    TooManyStates,
    /// The infeasible conditions leave no state.
    NoStates,
    /// Nobody takes part.
    NoDecisionMakers,
    /// A ranking that is not one place for every state.
    BadRanking {
        /// Whose.
        decision_maker: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An analysis for two decision makers, asked of a model with another number.
    TwoDecisionMakers {
        /// Which analysis.
        analysis: &'static str,
    },
    /// An analysis for rankings without ties.
    Ties {
        /// Which analysis.
        analysis: &'static str,
        /// Whose ranking has ties.
        decision_maker: String,
    },
    /// An analysis for option form: moves that change options, states that are not merged.
    OptionForm {
        /// Which analysis.
        analysis: &'static str,
    },
    /// An analysis for preferences that are said without naming every state.
    StateByState {
        /// Which analysis.
        analysis: &'static str,
        /// Whose preference is said otherwise.
        decision_maker: String,
    },
    /// An analysis that would take too long or too much memory.
    TooLarge {
        /// Which analysis.
        analysis: &'static str,
        /// The limit it would pass.
        limit: String,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::TooManyOptions { options } => {
                write!(f, "the model has {options} options, more than the {} a state can hold", crate::OPTION_LIMIT)
            }
            Refusal::TooManyStates => {
                write!(f, "the model has more than the {} states that are analysed", crate::STATE_LIMIT)
            }
            Refusal::NoStates => f.write_str("the infeasible conditions leave no state"),
            Refusal::NoDecisionMakers => f.write_str("the model has no decision maker"),
            Refusal::BadRanking { decision_maker, reason } => write!(f, "the ranking of {decision_maker} {reason}"),
            Refusal::TwoDecisionMakers { analysis } => {
                write!(f, "{analysis} is defined for two decision makers, and the model has another number")
            }
            Refusal::Ties { analysis, decision_maker } => {
                write!(f, "{analysis} is defined for rankings without ties, and that of {decision_maker} has some")
            }
            Refusal::OptionForm { analysis } => {
                write!(f, "{analysis} needs a model in option form, without merged states or moves listed one by one")
            }
            Refusal::StateByState { analysis, decision_maker } => {
                let kinds = "statements, weights, or a ranking of states named by patterns";
                write!(
                    f,
                    "{analysis} takes preferences as {kinds}, and those of {decision_maker} are known one state after the other only"
                )
            }
            Refusal::TooLarge { analysis, limit } => write!(f, "{analysis} would need more than {limit}"),
        }
    }
}

impl std::error::Error for Refusal {}
