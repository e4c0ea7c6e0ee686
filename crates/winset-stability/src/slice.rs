//! One slice of the states: those with one choice of the decision maker in question. The others move within it.

use crate::cube::Block;
use crate::order::Order;

/// How many rows are copied out together, where the states of a row lie far apart.
const WIDTH: usize = 16;

/// How many times a slice is swept before it is searched instead.
const ROUNDS: usize = 64;

/// An opponent as a slice sees it.
struct Opponent<'o> {
    order: &'o Order,
    /// Its block within the slice.
    block: Block,
    /// Where the choice that makes the slice stands in the number of one of its rows.
    choice: Block,
    /// The rows in which something has changed since they were last looked at.
    open: Vec<bool>,
}

/// The states with one choice of one decision maker, with two values each.
pub(crate) struct Slice<'o> {
    opponents: Vec<Opponent<'o>>,
    choice: usize,
    values: Vec<[u32; 2]>,
    tile: Vec<[u32; 2]>,
}

impl<'o> Slice<'o> {
    /// Room for a slice of this decision maker.
    pub(crate) fn new(maker: usize, blocks: &[Block], orders: &'o [Order]) -> Self {
        let own = blocks[maker];
        let bits: u32 = blocks.iter().map(|block| block.bits).sum::<u32>() - own.bits;
        let opponents: Vec<Opponent<'o>> = (0..blocks.len())
            .filter(|other| *other != maker && blocks[*other].bits > 0)
            .map(|other| Opponent {
                order: &orders[other],
                block: blocks[other].without(own),
                choice: own.without(blocks[other]),
                open: vec![true; 1 << (bits - blocks[other].bits)],
            })
            .collect();
        let largest = opponents.iter().map(|opponent| opponent.block.size()).max().unwrap_or(1);
        Slice { opponents, choice: 0, values: vec![[0; 2]; 1 << bits], tile: vec![[0; 2]; largest * WIDTH] }
    }

    /// Begins with these values at the slice of this choice, and gives every state the least value the opponents can lead to by improvements.
    pub(crate) fn start(&mut self, choice: usize, value: impl Fn(usize) -> [u32; 2]) {
        self.choice = choice;
        self.values.iter_mut().enumerate().for_each(|(place, entry)| *entry = value(place));
        // Sweeps that change nothing, one after the other; after as many as there are opponents all is settled. One opponent has gone as far as it can
        // after one sweep.
        let (mut quiet, mut at) = (0, 0);
        let enough = self.opponents.len();
        self.opponents.iter_mut().for_each(|opponent| opponent.open.fill(true));
        while quiet < enough {
            if at == ROUNDS * enough {
                self.search();
                return;
            }
            // At first nearly everything changes, and noting where is not worth while.
            let changed = if at < enough { self.sweep(at % enough) } else { self.sweep_open(at % enough) };
            quiet = if changed && enough > 1 { 1 } else { quiet + 1 };
            at += 1;
        }
    }

    pub(crate) fn value(&self, place: usize) -> [u32; 2] {
        self.values[place]
    }

    /// Every row of one opponent, once. Whether anything has changed.
    fn sweep(&mut self, opponent: usize) -> bool {
        let Opponent { order, block, choice, .. } = &self.opponents[opponent];
        let (stride, size) = (1_usize << block.shift, block.size());
        let width = stride.min(WIDTH);
        let tile = &mut self.tile[..size * width];
        let mut changed = false;
        for (high, rows) in self.values.chunks_mut(stride * size).enumerate() {
            for low in (0..stride).step_by(width) {
                for (from, to) in rows.chunks(stride).zip(tile.chunks_mut(width)) {
                    to.copy_from_slice(&from[low..low + width]);
                }
                let mut some = false;
                for at in 0..width {
                    let row = choice.insert(high * stride + low + at, self.choice);
                    lower(order.row(row), &mut tile[at..], width, |_| some = true);
                }
                if some {
                    changed = true;
                    for (to, from) in rows.chunks_mut(stride).zip(tile.chunks(width)) {
                        to[low..low + width].copy_from_slice(from);
                    }
                }
            }
        }
        changed
    }

    /// The rows of one opponent in which something has changed, once. Whether anything has changed again.
    fn sweep_open(&mut self, opponent: usize) -> bool {
        let (before, rest) = self.opponents.split_at_mut(opponent);
        let Some((Opponent { order, block, choice, open }, after)) = rest.split_first_mut() else { return false };
        let (stride, size) = (1_usize << block.shift, block.size());
        let mut changed = false;
        for (row, open) in open.iter_mut().enumerate().filter(|(_, open)| **open) {
            *open = false;
            let first = block.insert(row, 0);
            let entries = order.row(choice.insert(row, self.choice));
            lower(entries, &mut self.values[first..=first + stride * (size - 1)], stride, |value| {
                changed = true;
                let place = first + value * stride;
                for other in before.iter_mut().chain(after.iter_mut()) {
                    other.open[other.block.remove(place)] = true;
                }
            });
        }
        changed
    }

    /// The same by search, in time that does not depend on how often movers alternate.
    fn search(&mut self) {
        for lane in 0..2 {
            let mut roots: Vec<(u32, u32)> =
                self.values.iter().enumerate().map(|(place, value)| (value[lane], place as u32)).collect();
            roots.sort_unstable();
            let mut found = vec![u32::MAX; self.values.len()];
            // Per opponent and row: how many of its states, from the worst, have been reached.
            let mut passed: Vec<Vec<u16>> =
                self.opponents.iter().map(|opponent| vec![0; self.values.len() >> opponent.block.bits]).collect();
            // The place in its row's order of every state would be memory; it is looked for instead.
            let mut open = Vec::new();
            for (value, root) in roots {
                if found[root as usize] != u32::MAX {
                    continue;
                }
                found[root as usize] = value;
                open.push(root as usize);
                while let Some(place) = open.pop() {
                    for (opponent, passed) in self.opponents.iter().zip(&mut passed) {
                        let row = opponent.block.remove(place);
                        let entries = opponent.order.row(opponent.choice.insert(row, self.choice));
                        let here = place >> opponent.block.shift & (opponent.block.size() - 1);
                        let end = worse_than(entries, here as u16);
                        let next = &mut passed[row];
                        while usize::from(*next) < end {
                            let entry = entries[entries.len() - 1 - usize::from(*next)];
                            *next += 1;
                            let member = opponent.block.insert(row, usize::from(entry & !Order::WORSE));
                            if found[member] == u32::MAX {
                                found[member] = value;
                                open.push(member);
                            }
                        }
                    }
                }
            }
            self.values.iter_mut().zip(found).for_each(|(entry, found)| entry[lane] = found);
        }
    }
}

/// How many states of a row are strictly worse than one of them.
fn worse_than(entries: &[u16], here: u16) -> usize {
    let at = entries.iter().position(|entry| entry & !Order::WORSE == here).unwrap_or(0);
    let worse = entries[at + 1..].iter().position(|entry| entry & Order::WORSE != 0);
    worse.map_or(0, |worse| entries.len() - (at + 1 + worse))
}

/// Gives every state of a row the least value among itself and the strictly better ones, and says which have changed.
fn lower(entries: &[u16], column: &mut [[u32; 2]], width: usize, mut changed: impl FnMut(usize)) {
    let mut better = [u32::MAX; 2];
    let mut so_far = [u32::MAX; 2];
    for entry in entries {
        if entry & Order::WORSE != 0 {
            better = so_far;
        }
        let position = usize::from(entry & !Order::WORSE);
        let value = &mut column[position * width];
        let now = [value[0].min(better[0]), value[1].min(better[1])];
        if now != *value {
            *value = now;
            changed(position);
        }
        so_far = [so_far[0].min(now[0]), so_far[1].min(now[1])];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The search that stands in where sweeps would take too long finds what they find.
    #[test]
    fn searching_finds_what_sweeping_finds() {
        let mut seed = 5_u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 40) as u32
        };
        let blocks = [(0, 2), (2, 3), (5, 1), (6, 2)].map(|(shift, bits)| Block { shift, bits });
        for levels in [3, 1000] {
            let ranks: Vec<Vec<u32>> = blocks.iter().map(|_| (0..256).map(|_| next() % levels).collect()).collect();
            let orders: Vec<Order> = ranks.iter().zip(blocks).map(|(ranks, block)| Order::new(ranks, block)).collect();
            for maker in 0..blocks.len() {
                for choice in 0..blocks[maker].size() {
                    let value = |place: usize| {
                        let rank = ranks[maker][blocks[maker].insert(place, choice)];
                        [rank, rank / 2]
                    };
                    let (mut swept, mut searched) =
                        (Slice::new(maker, &blocks, &orders), Slice::new(maker, &blocks, &orders));
                    swept.start(choice, value);
                    searched.choice = choice;
                    searched.values.iter_mut().enumerate().for_each(|(place, entry)| *entry = value(place));
                    searched.search();
                    assert!(swept.values == searched.values, "{levels} {maker} {choice}");
                }
            }
        }
    }
}
