//! Strength of preference: of two states one may be much better than the other, or only better (Hamouda, Kilgour & Hipel 2004, 2006).

use crate::concept::Concept;
use crate::model::Model;
use crate::refusal::Refusal;
use crate::relations::{self, Relations};
use crate::set::StateSet;

struct View<'m> {
    model: &'m Model,
    degrees: &'m [Vec<u32>],
}

impl Relations for View<'_> {
    fn improves(&self, maker: usize, from: usize, to: usize) -> bool {
        self.model.ranks(maker)[to] > self.model.ranks(maker)[from]
    }

    fn deters(&self, maker: usize, from: usize, end: usize) -> bool {
        self.degrees[maker][end] < self.degrees[maker][from]
    }

    fn goes_along(&self, opponent: usize, from: usize, to: usize) -> bool {
        self.improves(opponent, from, to)
    }
}

/// The strongly stable states per decision maker: every improvement, mild or strong, has a sanction that ends much worse, and under the symmetric concepts
/// every escape from it is much worse as well. A stable state that is not strongly stable is weakly stable.
///
/// `degrees` holds per decision maker and state the number of its block: a state is much better than one of a lower block. Blocks follow the ranks.
pub fn strongly_stable(model: &Model, degrees: &[Vec<u32>], concept: Concept) -> Result<Vec<StateSet>, Refusal> {
    relations::stable(model, concept, &View { model, degrees })
}
