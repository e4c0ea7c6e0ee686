//! Attitudes: what a decision maker does to help, to harm or regardless of others (Inohara, Hipel & Walker 2007).

use crate::concept::Concept;
use crate::model::Model;
use crate::refusal::Refusal;
use crate::relations::{self, Relations};
use crate::set::StateSet;

/// The attitude of one decision maker towards another, or itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attitude {
    /// It moves only to what the other holds no worse: devoted.
    Positive,
    /// It does not mind what the other holds.
    Neutral,
    /// It moves only to what the other holds worse: aggressive.
    Negative,
}

struct View<'m> {
    model: &'m Model,
    attitudes: &'m [Vec<Attitude>],
}

impl Relations for View<'_> {
    fn improves(&self, maker: usize, from: usize, to: usize) -> bool {
        self.attitudes[maker].iter().enumerate().all(|(other, attitude)| {
            let ranks = self.model.ranks(other);
            match attitude {
                Attitude::Positive => ranks[to] >= ranks[from],
                Attitude::Neutral => true,
                Attitude::Negative => ranks[to] < ranks[from],
            }
        })
    }

    /// Ending where it began deters, whatever its attitudes: only so are these the usual concepts for the selfish (Inohara & Hipel 2009).
    fn deters(&self, maker: usize, from: usize, end: usize) -> bool {
        end == from || !self.improves(maker, from, end)
    }

    fn goes_along(&self, opponent: usize, from: usize, to: usize) -> bool {
        self.improves(opponent, from, to)
    }
}

/// The relationally stable states per decision maker (`RNash`, RGMR, RSMR, RSEQ): `attitudes[i][j]` is the attitude of `i` towards `j`.
///
/// With a positive attitude towards oneself and neutral ones towards all others these are the usual concepts where no two states are tied.
pub fn relationally_stable(
    model: &Model,
    attitudes: &[Vec<Attitude>],
    concept: Concept,
) -> Result<Vec<StateSet>, Refusal> {
    relations::stable(model, concept, &View { model, attitudes })
}
