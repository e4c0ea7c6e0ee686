//! What two cases, or two coders of one, are compared on: facts, each under a path that means the same in both.

use winset_case::Decimal;

use super::alpha::Metric;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $name:ident = $word:literal, $metric:expr;)*) => {
        /// What sort of fact, in the order of the report.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum FactKind { $($(#[doc = $doc])* $name,)* }

        impl FactKind {
            /// What facts of this kind are called.
            pub fn word(self) -> &'static str {
                match self { $(FactKind::$name => $word,)* }
            }

            /// How far apart two of them are; `None` for texts, which are alike or not and have no chance to agree by.
            pub fn metric(self) -> Option<Metric> {
                match self { $(FactKind::$name => $metric,)* }
            }
        }
    };
}

kinds! {
    /// An actor's weights, as shares of their sum.
    Weight = "weights", Some(Metric::Interval);
    /// Values of options.
    Value = "values", Some(Metric::Interval);
    /// Fallbacks and costs of going on.
    Fallback = "fallbacks", Some(Metric::Interval);
    /// Prices of red lines.
    Price = "prices of red lines", Some(Metric::Interval);
    /// Bonuses of linkages.
    Bonus = "bonuses", Some(Metric::Interval);
    /// Leverage, and how far signatures bind.
    Tie = "leverage", Some(Metric::Interval);
    /// Votes, quotas, shares and tolerances.
    Votes = "votes and quotas", Some(Metric::Interval);
    /// Costs and intensities of levers.
    Lever = "costs and intensities of levers", Some(Metric::Interval);
    /// Numbers of the simulation.
    Simulation = "numbers of the simulation", Some(Metric::Interval);
    /// Who sits where as what.
    Seat = "seats", Some(Metric::Nominal);
    /// Which issues are on which agenda.
    Agenda = "agendas", Some(Metric::Nominal);
    /// What stands today, and what packages settle.
    Option = "options that stand or are settled", Some(Metric::Nominal);
    /// Rules, statuses and other words with a meaning of their own.
    Word = "rules, statuses and kinds", Some(Metric::Nominal);
    /// Red lines, mandates, benchmarks and other conditions.
    Condition = "conditions", None;
    /// Lists of names, edits and checks.
    List = "lists, edits and checks", None;
    /// Names, sentences and notes.
    Text = "names and sentences", None;
    /// The basis of what is stated.
    Basis = "basis of evidence", Some(Metric::Nominal);
    /// Grades of information and sources.
    Grade = "grades of evidence", Some(Metric::Ordinal);
    /// Words of estimative probability.
    Likelihood = "likelihoods", Some(Metric::Ordinal);
    /// Sources, and who says so.
    Source = "sources cited", None;
    /// Whether a table has a deal.
    Deal = "whether a table has a deal", Some(Metric::Nominal);
    /// How many deals it has.
    Count = "how many deals", Some(Metric::Interval);
    /// Why it has none.
    Cause = "why a table has none", Some(Metric::Nominal);
    /// What can be filled and concluded.
    Assembly = "what can be filled and concluded", Some(Metric::Nominal);
    /// What becomes of claims.
    Claim = "claims", Some(Metric::Nominal);
    /// What the end of the process is worth.
    Payoff = "worth where the process stops", Some(Metric::Interval);
}

/// What a fact says.
#[derive(Debug, Clone, PartialEq)]
pub enum Says {
    /// A number, with its range where it has one.
    Number {
        /// The number compared: a weight's share, else the number itself.
        value: f64,
        /// The number as written, with its range; what is shown, and what has to be equal.
        shown: String,
    },
    /// A word, condition or text.
    Words {
        /// As it is shown.
        shown: String,
        /// What it means: equal where the two say the same in other words.
        meaning: String,
        /// Its place in an order, where its kind has one.
        rank: Option<u8>,
    },
}

impl Says {
    pub(crate) fn number(value: Decimal, shown: String) -> Self {
        Says::Number { value: value.to_f64(), shown }
    }

    pub(crate) fn words(shown: impl Into<String>) -> Self {
        let shown = shown.into();
        Says::Words { meaning: shown.clone(), shown, rank: None }
    }

    pub(crate) fn ranked(shown: impl Into<String>, rank: u8) -> Self {
        let shown = shown.into();
        Says::Words { meaning: shown.clone(), shown, rank: Some(rank) }
    }

    /// As it is shown.
    pub fn shown(&self) -> &str {
        match self {
            Says::Number { shown, .. } | Says::Words { shown, .. } => shown,
        }
    }

    /// Whether two say the same.
    pub fn same(&self, other: &Says) -> bool {
        match (self, other) {
            (Says::Number { shown, .. }, Says::Number { shown: other, .. }) => shown == other,
            // What is written alike is alike: where a named condition in it changed, that is said at its definition.
            (Says::Words { meaning, shown, .. }, Says::Words { meaning: other_meaning, shown: other_shown, .. }) => {
                meaning == other_meaning || shown == other_shown
            }
            _ => false,
        }
    }
}

/// One thing a case says, or one answer to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Where it stands, as edits name it.
    pub path: String,
    /// What sort.
    pub kind: FactKind,
    /// What it says.
    pub says: Says,
}
