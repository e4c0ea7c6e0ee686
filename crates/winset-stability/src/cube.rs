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
        let (best, secured) = best_and_secured(ranks, block);
        let left = best.iter().copied().min().unwrap_or(0);
        let credible =
            if orders.is_empty() { Default::default() } else { thresholds(maker, ranks, &best, blocks, &orders) };
        let least = concepts.iter().map(|concept| match concept {
            Concept::Nash => Least::OfRow(&best),
            Concept::Gmr => Least::Everywhere(secured),
            Concept::Smr => Least::Everywhere(left),
            Concept::Seq => Least::OfRow(&credible[0]),
            Concept::Sseq => Least::OfRow(&credible[1]),
        });
        let found = at_least(ranks, block, &least.collect::<Vec<_>>());
        concepts.iter().zip(found).for_each(|(concept, set)| stable[*concept as usize].push(set));
    }
    stable
}

/// Per row the least rank at which its states are stable under SEQ, and under SSEQ.
fn thresholds(maker: usize, ranks: &[u32], best: &[u32], blocks: &[Block], orders: &[Order]) -> [Vec<u32>; 2] {
    let block = blocks[maker];
    let mut slice = Slice::new(maker, blocks, orders);
    let mut thresholds = [vec![0_u32; best.len()], vec![0_u32; best.len()]];
    let [plain, symmetric] = &mut thresholds;
    for choice in 0..block.size() {
        slice.start(choice, |place| [ranks[block.insert(place, choice)], best[place]]);
        for (place, (plain, symmetric)) in plain.iter_mut().zip(symmetric.iter_mut()).enumerate() {
            let found = slice.value(place);
            *plain = found[0].max(*plain);
            *symmetric = found[1].min(ranks[block.insert(place, choice)]).max(*symmetric);
        }
    }
    thresholds
}

/// The best rank of every row, and the most a decision maker can secure whatever the others do.
fn best_and_secured(ranks: &[u32], block: Block) -> (Vec<u32>, u32) {
    let (width, size) = (1 << block.shift, block.size());
    let mut best = vec![0; ranks.len() >> block.bits];
    let mut least = vec![u32::MAX; size];
    if width == 1 {
        for (row, best) in ranks.chunks(size).zip(&mut best) {
            *best = row.iter().copied().max().unwrap_or(0);
            least.iter_mut().zip(row).for_each(|(least, rank)| *least = (*least).min(*rank));
        }
    } else {
        for (rows, best) in ranks.chunks(width * size).zip(best.chunks_mut(width)) {
            for (across, least) in rows.chunks(width).zip(&mut least) {
                best.iter_mut().zip(across).for_each(|(best, rank)| *best = (*best).max(*rank));
                *least = across.iter().fold(*least, |least, rank| least.min(*rank));
            }
        }
    }
    (best, least.into_iter().max().unwrap_or(0))
}

/// The least rank at which a state is stable.
enum Least<'l> {
    /// One for all states.
    Everywhere(u32),
    /// One for the states of a row.
    OfRow(&'l [u32]),
}

impl Least<'_> {
    fn of(&self, block: Block, state: usize) -> u32 {
        match self {
            Least::Everywhere(all) => *all,
            Least::OfRow(of_row) => of_row[block.remove(state)],
        }
    }

    /// For which of the states from `first` on it is at most their rank.
    fn at_most(&self, block: Block, first: usize, ranks: &[u32; 64], holds: &mut [u8; 64]) {
        let each = holds.iter_mut().zip(ranks);
        match self {
            // Neighbours are in rows next to each other, or in one row.
            Least::OfRow(of_row) if 1 << block.shift >= ranks.len() => {
                let row = block.remove(first);
                each.zip(&of_row[row..row + ranks.len()])
                    .for_each(|((holds, rank), least)| *holds = u8::from(rank >= least));
            }
            Least::OfRow(_) if block.shift > 0 || block.size() < ranks.len() => {
                each.zip(first..).for_each(|((holds, rank), state)| *holds = u8::from(*rank >= self.of(block, state)));
            }
            _ => {
                let least = self.of(block, first);
                each.for_each(|(holds, rank)| *holds = u8::from(*rank >= least));
            }
        }
    }
}

/// How many times 64 states are compared before what was found is put together, which would wait for what was written last.
const APART: usize = 32;

/// For each of these the states whose rank is at least that. Ranks are read once for all.
fn at_least(ranks: &[u32], block: Block, thresholds: &[Least<'_>]) -> Vec<StateSet> {
    let (words, few) = ranks.as_chunks::<64>();
    if !few.is_empty() {
        let set = |least: &Least<'_>| StateSet::from_fn(few.len(), |state| few[state] >= least.of(block, state));
        return thresholds.iter().map(set).collect();
    }
    let mut sets = vec![StateSet::empty(ranks.len()); thresholds.len()];
    let mut holds = [[0; 64]; APART];
    for (at, words) in words.chunks(APART).enumerate() {
        for (threshold, set) in thresholds.iter().zip(&mut sets) {
            for (word, (ranks, holds)) in (at * APART..).zip(words.iter().zip(&mut holds)) {
                threshold.at_most(block, word * 64, ranks, holds);
            }
            set.put(at * APART, &holds[..words.len()]);
        }
    }
    sets
}
