//! Where one decision maker can go, in numbers: the most and the least in its reach.
//!
//! Where a mover's options all change both ways, its moves make classes of states, and a whole class is asked statement by statement. Where some change one way
//! only, what is in reach depends on where one stands: a number is then carried from one choice of each such option to the other, and the better one kept. The
//! choices of different options are independent of each other, so one pass over the options finds the best of all their changes.

use super::diagram::{Diagram, Edge};
use super::numbers::{at_least, largest};
use super::space::Space;
use crate::model::{Direction, OptionForm};
use crate::refusal::Refusal;

type Result<T> = std::result::Result<T, Refusal>;

/// An option that changes one way only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OneWay {
    /// The level at which it decides.
    level: usize,
    /// Whether it is taken, or given up.
    taken: bool,
}

/// Whoever moves.
#[derive(Debug, Clone)]
pub(super) struct Mover {
    /// The levels of its options that change both ways.
    pub(super) free: Edge,
    /// Its other options.
    one_way: Vec<OneWay>,
    /// The states it moves from and to.
    pub(super) sees: Edge,
    /// The bits of its rank.
    pub(super) rank: Vec<Edge>,
}

impl Mover {
    /// A decision maker of a model, with the states it sees and the bits of its rank.
    pub(super) fn new(space: &mut Space, form: &OptionForm, maker: usize, sees: Edge, rank: Vec<Edge>) -> Result<Self> {
        let held = |option: usize| form.options[option].owner == maker;
        let direction = |option: usize| form.options[option].direction;
        let free = space.levels(|option| held(option) && direction(option) == Direction::Both)?;
        let one_way = (0..form.options.len()).filter(|option| held(*option) && direction(*option) != Direction::Both);
        let one_way = one_way
            .map(|option| OneWay { level: space.level_of(option), taken: direction(option) == Direction::OnlyOn });
        Ok(Mover { free, one_way: one_way.collect(), sees, rank })
    }

    /// Whether it can ever do anything.
    pub(super) fn holds_options(&self) -> bool {
        self.free != Edge::ALL || !self.one_way.is_empty()
    }

    /// Whether each of its options can be taken and given up again.
    pub(super) fn is_free(&self) -> bool {
        self.one_way.is_empty()
    }

    /// The sets it is made of.
    pub(super) fn sets(&mut self) -> impl Iterator<Item = &mut Edge> {
        [&mut self.free, &mut self.sees].into_iter().chain(&mut self.rank)
    }

    /// The most of a number among the states that the mover can go to or stay at, for the states that it sees; anything for others.
    pub(super) fn most_where_seen(&self, diagram: &mut Diagram, number: &[Edge]) -> Result<Vec<Edge>> {
        let mut most = largest(diagram, self.sees, self.free, number)?;
        for option in &self.one_way {
            let changed: Vec<Edge> =
                most.iter().map(|bit| diagram.given(*bit, option.level, option.taken)).collect::<Result<_>>()?;
            let taken = diagram.taken(option.level)?;
            let open = if option.taken { taken.not() } else { taken };
            let better = at_least(diagram, &changed, &most)?;
            let better = diagram.and(open, better)?;
            for (most, changed) in most.iter_mut().zip(changed) {
                *most = diagram.choose(better, changed, *most)?;
            }
        }
        Ok(most)
    }

    /// The most of a number among the states that the mover can go to, and where it stands.
    pub(super) fn most(&self, diagram: &mut Diagram, number: &[Edge]) -> Result<Vec<Edge>> {
        let most = self.most_where_seen(diagram, number)?;
        most.into_iter().zip(number).map(|(most, own)| diagram.choose(self.sees, most, *own)).collect()
    }

    /// The least of a number among the states that the mover can go to, and where it stands.
    pub(super) fn least(&self, diagram: &mut Diagram, number: &[Edge]) -> Result<Vec<Edge>> {
        let turned: Vec<Edge> = number.iter().map(|bit| bit.not()).collect();
        Ok(self.most(diagram, &turned)?.into_iter().map(Edge::not).collect())
    }
}
