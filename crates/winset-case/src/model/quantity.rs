//! Numbers with their uncertainty and their evidence.

use super::{Decimal, SourceId};

/// A number of the case: its point value, the distribution it was given as, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The value every point analysis uses; edits change it.
    pub value: Decimal,
    /// What the analyst wrote.
    pub distribution: Distribution,
    /// What it rests on: its own evidence, else that of the table it stands in.
    pub evidence: Evidence,
}

impl Quantity {
    /// A point value with no evidence, as edits make.
    pub fn point(value: Decimal) -> Self {
        Quantity { value, distribution: Distribution::Point(value), evidence: Evidence::default() }
    }
}

/// How a number was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distribution {
    /// One value.
    Point(Decimal),
    /// Triangular; its point value is the mode.
    Triangular {
        /// Smallest value.
        low: Decimal,
        /// Most likely value.
        mode: Decimal,
        /// Largest value.
        high: Decimal,
    },
    /// PERT (a smoothed triangular); its point value is the mode.
    Pert {
        /// Smallest value.
        low: Decimal,
        /// Most likely value.
        mode: Decimal,
        /// Largest value.
        high: Decimal,
    },
    /// Uniform; its point value is the midpoint.
    Uniform {
        /// Smallest value.
        low: Decimal,
        /// Largest value.
        high: Decimal,
    },
    /// A normal distribution cut off at both ends; its point value is the mean before cutting, held within them.
    Normal {
        /// Mean of the whole bell.
        mean: Decimal,
        /// Its standard deviation, above 0.
        sd: Decimal,
        /// Smallest value.
        low: Decimal,
        /// Largest value.
        high: Decimal,
    },
    /// A beta distribution stretched from `low` to `high`; its point value is its mean, `low + (high − low)·alpha / (alpha + beta)`.
    Beta {
        /// First parameter, above 0.
        alpha: Decimal,
        /// Second parameter, above 0.
        beta: Decimal,
        /// Smallest value.
        low: Decimal,
        /// Largest value.
        high: Decimal,
    },
}

impl Distribution {
    /// The value a point analysis uses.
    pub fn point(self) -> Decimal {
        match self {
            Distribution::Point(value) => value,
            Distribution::Triangular { mode, .. } | Distribution::Pert { mode, .. } => mode,
            Distribution::Uniform { low, high } => low.midpoint(high),
            Distribution::Normal { mean, low, high, .. } => mean.clamp(low, high),
            Distribution::Beta { alpha, beta, low, high } => low.between(high, alpha, beta),
        }
    }

    /// The smallest and the largest value it can take.
    pub fn range(self) -> (Decimal, Decimal) {
        match self {
            Distribution::Point(value) => (value, value),
            Distribution::Triangular { low, high, .. }
            | Distribution::Pert { low, high, .. }
            | Distribution::Uniform { low, high }
            | Distribution::Normal { low, high, .. }
            | Distribution::Beta { low, high, .. } => (low, high),
        }
    }
}

/// What a statement of the case rests on. Never used in the arithmetic.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Where it is said.
    pub sources: Vec<Citation>,
    /// How it was arrived at.
    pub basis: Option<Basis>,
    /// Admiralty grade of the information, 1 to 6.
    pub credibility: Option<u8>,
    /// How likely its author holds it to be, in ICD 203 words.
    pub likelihood: Option<Likelihood>,
    /// Who says so, where it is not the source's author.
    pub asserted_by: Option<String>,
    /// What the evidence bears on.
    pub bears_on: Option<BearsOn>,
    /// A note in the analyst's own words.
    pub note: Option<String>,
}

impl Evidence {
    /// The same evidence with what it leaves open taken from the table around it.
    #[must_use]
    pub fn or(self, table: &Evidence) -> Evidence {
        if self == Evidence::default() { table.clone() } else { self }
    }

    /// Whether it stands on nothing but assumption.
    pub fn is_assumption(&self) -> bool {
        self.basis.is_none_or(|basis| basis == Basis::Assumption)
    }
}

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Which source.
    pub source: SourceId,
    /// Where in it, such as `P17`; may be empty.
    pub place: String,
}

macro_rules! words {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $variant_doc:literal])* $variant:ident = $word:literal,)* }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $variant_doc])* $variant,)* }

        impl $name {
            /// The words of the case file, in order.
            pub const WORDS: &'static [&'static str] = &[$($word,)*];

            /// Reads the word of the case file.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)* _ => None }
            }

            /// The word of the case file.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }
    };
}
pub(crate) use words;

words! {
    /// Shapes that can be named. A triangle and an even spread follow from which keys there are.
    Shape {
        /// A smoothed triangle.
        Pert = "pert",
        /// A bell cut off at both ends.
        Normal = "normal",
        /// The same.
        TruncatedNormal = "truncated-normal",
        /// A beta distribution.
        Beta = "beta",
    }
}

words! {
    /// How a number was arrived at.
    Basis {
        /// The source says it.
        Stated = "stated",
        /// It follows from what the source says.
        Inferred = "inferred",
        /// It was measured.
        Data = "data",
        /// It is taken from a comparable process.
        Analogy = "analogy",
        /// The analyst assumes it.
        Assumption = "assumption",
    }
}

words! {
    /// What a piece of evidence bears on.
    BearsOn {
        /// That the thing exists at all.
        Existence = "existence",
        /// Its sign or order.
        Sign = "sign",
        /// Its size.
        Size = "size",
    }
}

words! {
    /// Words of estimative probability of Intelligence Community Directive 203 (2015).
    Likelihood {
        /// 1 to 5 %.
        AlmostNoChance = "almost no chance",
        /// 5 to 20 %.
        VeryUnlikely = "very unlikely",
        /// 20 to 45 %.
        Unlikely = "unlikely",
        /// 45 to 55 %.
        RoughlyEven = "roughly even",
        /// 55 to 80 %.
        Likely = "likely",
        /// 80 to 95 %.
        VeryLikely = "very likely",
        /// 95 to 99 %.
        AlmostCertain = "almost certain",
    }
}
