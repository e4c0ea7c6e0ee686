//! The five concepts where every choice of options is a state, options may change both ways, and opponents answer by legal sequences: no moves are kept, and
//! memory is read in long rows.
//!
//! A state is a number whose bits are the options. Each decision maker holds a block of bits next to each other; the states that differ in that block only
//! are a *row*. Opponents of a decision maker never change its block, so the states with one choice in that block, a *slice*, can be looked at by themselves.
//!
//! GMR and SMR are two numbers per decision maker (Howard 1971). For SEQ and SSEQ each slice is swept: in every row of every opponent each state takes the
//! least value of what that opponent prefers to it, until nothing changes.

use crate::concept::Concept;
use crate::model::{Direction, Model};
use crate::order::Order;
use crate::set::StateSet;
use crate::slice::Slice;

/// A run of bits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Block {
    pub(crate) shift: u32,
    pub(crate) bits: u32,
}

impl Block {
    /// How many values it has.
    pub(crate) fn size(self) -> usize {
        1 << self.bits
    }

    /// Where it is once a block that stands apart from it has been taken out.
    pub(crate) fn without(self, other: Block) -> Block {
        if other.shift < self.shift { Block { shift: self.shift - other.bits, ..self } } else { self }
    }

    /// A number without this block.
    pub(crate) fn remove(self, number: usize) -> usize {
        let low = (1 << self.shift) - 1;
        number >> self.bits & !low | number & low
    }

    /// A number with this block put in.
    pub(crate) fn insert(self, number: usize, value: usize) -> usize {
        let low = (1 << self.shift) - 1;
        (number & !low) << self.bits | value << self.shift | number & low
    }
}

/// The blocks of the decision makers, if this way of analysing fits the model.
pub(crate) fn blocks(model: &Model) -> Option<Vec<Block>> {
    let free = |maker| model.hidden(maker).is_none();
    let makers = 0..model.decision_makers().len();
    let fits = model.states().is_cube()
        && model.is_option_form()
        && model.options().iter().all(|option| option.direction == Direction::Both)
        && model.options().is_sorted_by_key(|option| option.owner)
        && makers.clone().all(free);
    let mut shift = 0;
    let blocks: Vec<Block> = makers
        .map(|maker| {
            let bits = model.holding(maker).count_ones();
            shift += bits;
            Block { shift: shift - bits, bits }
        })
        .collect();
    (fits && blocks.iter().all(|block| block.bits <= Order::MOST_BITS)).then_some(blocks)
}

/// The stable states per concept asked for and decision maker.
pub(crate) fn analyse(model: &Model, blocks: &[Block], concepts: &[Concept]) -> Vec<Vec<StateSet>> {
    let mut stable: Vec<Vec<StateSet>> = vec![Vec::new(); Concept::ALL.len()];
    let makers = 0..blocks.len();
    let orders: Vec<Order> = if concepts.iter().any(|concept| concept.is_credible()) {
        makers.clone().map(|maker| Order::new(model.ranks(maker), blocks[maker])).collect()
    } else {
        Vec::new()
    };
    for maker in makers {
        let (ranks, block) = (model.ranks(maker), blocks[maker]);
        let best = best_in_rows(ranks, block);
        for &concept in concepts {
            let sets = &mut stable[concept as usize];
            match concept {
                Concept::Nash => sets.push(at_least(ranks, block, &best)),
                Concept::Gmr => {
                    let secured = secured(ranks, block);
                    sets.push(StateSet::from_fn(ranks.len(), |state| ranks[state] >= secured));
                }
                Concept::Smr => {
                    let left = best.iter().copied().min().unwrap_or(0);
                    sets.push(StateSet::from_fn(ranks.len(), |state| ranks[state] >= left));
                }
                Concept::Seq | Concept::Sseq => {}
            }
        }
        if orders.is_empty() {
            continue;
        }
        let mut slice = Slice::new(maker, blocks, &orders);
        let mut thresholds = vec![[0_u32; 2]; best.len()];
        for choice in 0..block.size() {
            slice.start(choice, |place| [ranks[block.insert(place, choice)], best[place]]);
            for (place, threshold) in thresholds.iter_mut().enumerate() {
                let [plain, symmetric] = slice.value(place);
                threshold[0] = threshold[0].max(plain);
                threshold[1] = threshold[1].max(symmetric.min(ranks[block.insert(place, choice)]));
            }
        }
        for (at, concept) in [Concept::Seq, Concept::Sseq].into_iter().enumerate() {
            if concepts.contains(&concept) {
                let set = StateSet::from_fn(ranks.len(), |state| ranks[state] >= thresholds[block.remove(state)][at]);
                stable[concept as usize].push(set);
            }
        }
    }
    stable
}

/// The best rank of every row.
fn best_in_rows(ranks: &[u32], block: Block) -> Vec<u32> {
    let width = 1 << block.shift;
    let mut best = vec![0; ranks.len() >> block.bits];
    for (rows, best) in ranks.chunks(width << block.bits).zip(best.chunks_mut(width)) {
        for across in rows.chunks(width) {
            best.iter_mut().zip(across).for_each(|(best, rank)| *best = (*best).max(*rank));
        }
    }
    best
}

/// The most a decision maker can secure whatever the others do.
fn secured(ranks: &[u32], block: Block) -> u32 {
    let width = 1 << block.shift;
    let mut least = vec![u32::MAX; block.size()];
    for rows in ranks.chunks(width << block.bits) {
        for (across, least) in rows.chunks(width).zip(&mut least) {
            *least = across.iter().fold(*least, |least, rank| least.min(*rank));
        }
    }
    least.into_iter().max().unwrap_or(0)
}

/// The states whose rank is that of their row.
fn at_least(ranks: &[u32], block: Block, of_row: &[u32]) -> StateSet {
    StateSet::from_fn(ranks.len(), |state| ranks[state] >= of_row[block.remove(state)])
}
