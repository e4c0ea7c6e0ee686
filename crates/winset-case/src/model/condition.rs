//! Conditions over outcomes and standings: one language for red lines, mandates, linkages, benchmarks and `ends`.

use super::{ActorId, BenchmarkId, DefineId, FrameworkId, IssueId, LeverId, MoveId, TrackId, words};

/// A condition as the analyst wrote it, with its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The analyst's text.
    pub text: String,
    /// What it means.
    pub expression: Expression,
}

impl Condition {
    /// The top-level conjuncts, in order: the constraints `mandate:TRACK.1`, `mandate:TRACK.2`, …
    pub fn conjuncts(&self) -> Vec<&Expression> {
        match &self.expression {
            Expression::And(parts) => parts.iter().collect(),
            other => vec![other],
        }
    }
}

/// The meaning of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// Always or never.
    Constant(bool),
    /// The issue is settled at one of these options (by index, ascending).
    OneOf(IssueId, Vec<usize>),
    /// The issue stands at another option than today's.
    Changed(IssueId),
    /// This deal changes the issue.
    Touched(IssueId),
    /// The deal is made at this track.
    At(TrackId),
    /// This actor convenes the track where the deal is made.
    Auspices(ActorId),
    /// This actor has a seat at the track where the deal is made.
    Seated(ActorId),
    /// The number of parties at the track where the deal is made compares so.
    Parties(Comparison, u32),
    /// The benchmark holds, under the named reading or the framework's own.
    Benchmark(FrameworkId, BenchmarkId, Option<BenchmarkReading>),
    /// All benchmarks of the framework hold, under the named reading or its own.
    Satisfied(FrameworkId, Option<BenchmarkReading>),
    /// The framework has been concluded.
    Concluded(FrameworkId),
    /// The lever is in use.
    Lever(LeverId),
    /// The move is taken in this state of the strategic game.
    Move(MoveId),
    /// A named condition.
    Defined(DefineId),
    /// Not.
    Not(Box<Expression>),
    /// All; nested conjunctions written without parentheses are one list.
    And(Vec<Expression>),
    /// Any.
    Or(Vec<Expression>),
    /// If the first, then the second.
    Implies(Box<Expression>, Box<Expression>),
    /// Both or neither.
    Iff(Box<Expression>, Box<Expression>),
}

impl Expression {
    /// Calls `visit` on this expression and every expression inside it, definitions not followed.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        visit(self);
        match self {
            Expression::Not(inner) => inner.walk(visit),
            Expression::And(parts) | Expression::Or(parts) => parts.iter().for_each(|part| part.walk(visit)),
            Expression::Implies(left, right) | Expression::Iff(left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            _ => {}
        }
    }
}

words! {
    /// How numbers are compared.
    Comparison {
        /// Equal.
        Equal = "=",
        /// Not equal.
        NotEqual = "!=",
        /// Less.
        Less = "<",
        /// Less or equal.
        AtMost = "<=",
        /// Greater.
        Greater = ">",
        /// Greater or equal.
        AtLeast = ">=",
    }
}

impl Comparison {
    /// Whether `left OP right` holds for two values in this order to each other.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Comparison::Equal => order.is_eq(),
            Comparison::NotEqual => order.is_ne(),
            Comparison::Less => order.is_lt(),
            Comparison::AtMost => order.is_le(),
            Comparison::Greater => order.is_gt(),
            Comparison::AtLeast => order.is_ge(),
        }
    }
}

words! {
    /// How a benchmark is read, where parties dispute it.
    BenchmarkReading {
        /// It is filled at all.
        Nominal = "nominal",
        /// It is filled with given content.
        Strict = "strict",
    }
}
