//! Stability under unknown preference (Li, Hamouda, Kilgour & Hipel 2004): of two states, one is preferred, they are equally good, or nobody knows.

use crate::concept::Concept;
use crate::model::Model;
use crate::refusal::Refusal;
use crate::relations::{self, Relations};
use crate::set::StateSet;

/// How a decision maker acts where it is unknown what it prefers. The four extensions of the literature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extension {
    /// It moves where the end may be better, and only an end that is certainly no better deters it.
    A,
    /// It moves where the end is certainly better, and only an end that is certainly no better deters it.
    B,
    /// It moves where the end may be better, and an end that may be no better deters it.
    C,
    /// It moves where the end is certainly better, and an end that may be no better deters it.
    D,
}

impl Extension {
    /// All four.
    pub const ALL: [Extension; 4] = [Extension::A, Extension::B, Extension::C, Extension::D];

    /// The letter of the literature.
    pub fn word(self) -> &'static str {
        match self {
            Extension::A => "a",
            Extension::B => "b",
            Extension::C => "c",
            Extension::D => "d",
        }
    }
}

/// What is known of one decision maker's preference: what it prefers to what, and what it holds equal. Of all other pairs it is unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartialPreference {
    /// The first is preferred to the second.
    pub preferred: Vec<(usize, usize)>,
    /// The two are equally good.
    pub equal: Vec<(usize, usize)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Better,
    NoBetter,
    Unknown,
}

struct View<'m> {
    model: &'m Model,
    /// Per decision maker, where it is partly unknown: per pair of states whether the second is better than the first.
    known: Vec<Option<Vec<Known>>>,
    extension: Extension,
}

impl View<'_> {
    fn of(&self, maker: usize, from: usize, to: usize) -> Known {
        match &self.known[maker] {
            Some(known) => known[from * self.model.states().len() + to],
            None if self.model.ranks(maker)[to] > self.model.ranks(maker)[from] => Known::Better,
            None => Known::NoBetter,
        }
    }
}

impl Relations for View<'_> {
    fn improves(&self, maker: usize, from: usize, to: usize) -> bool {
        match self.of(maker, from, to) {
            Known::Better => true,
            Known::NoBetter => false,
            Known::Unknown => matches!(self.extension, Extension::A | Extension::C),
        }
    }

    fn deters(&self, maker: usize, from: usize, end: usize) -> bool {
        match self.of(maker, from, end) {
            Known::Better => false,
            Known::NoBetter => true,
            Known::Unknown => matches!(self.extension, Extension::C | Extension::D),
        }
    }

    fn goes_along(&self, opponent: usize, from: usize, to: usize) -> bool {
        self.of(opponent, from, to) != Known::NoBetter
    }
}

/// The stable states per decision maker where some preferences are partly unknown; `partial` has an entry for each decision maker, `None` where its ranking
/// in the model counts.
pub fn stable_under_unknown(
    model: &Model,
    partial: &[Option<PartialPreference>],
    concept: Concept,
    extension: Extension,
) -> Result<Vec<StateSet>, Refusal> {
    let states = model.states().len();
    if states > 1 << 12 {
        return Err(Refusal::TooLarge {
            analysis: "stability under unknown preference",
            limit: "4096 states".to_owned(),
        });
    }
    let known = partial.iter().map(|partial| {
        partial.as_ref().map(|partial| {
            let mut known = vec![Known::Unknown; states * states];
            (0..states).for_each(|state| known[state * states + state] = Known::NoBetter);
            for &(better, worse) in &partial.preferred {
                known[worse * states + better] = Known::Better;
                known[better * states + worse] = Known::NoBetter;
            }
            for &(one, other) in &partial.equal {
                known[one * states + other] = Known::NoBetter;
                known[other * states + one] = Known::NoBetter;
            }
            known
        })
    });
    relations::stable(model, concept, &View { model, known: known.collect(), extension })
}
