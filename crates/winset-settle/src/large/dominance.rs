//! Which vectors no other beats.
//!
//! Vectors come sorted, highest first, so that nothing later can beat what came before, and a filter only asks of each whether something kept
//! beats it: in two dimensions by the best second number so far, in three by a staircase (Kung, Luccio & Preparata 1975), in more by a tree of
//! boxes (after Jaszkiewicz & Lust 2018).

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::ops::{Add, Sub};

/// A whole number of either width.
pub(crate) trait Whole: Copy + Ord + Debug + Default + Add<Output = Self> + Sub<Output = Self> {
    /// The number, if it fits.
    fn of(value: i128) -> Option<Self>;
    /// The number.
    fn wide(self) -> i128;
}

impl Whole for i64 {
    fn of(value: i128) -> Option<Self> {
        i64::try_from(value).ok()
    }
    fn wide(self) -> i128 {
        i128::from(self)
    }
}

impl Whole for i128 {
    fn of(value: i128) -> Option<Self> {
        Some(value)
    }
    fn wide(self) -> i128 {
        self
    }
}

/// Whether each of these vectors is kept. They are sorted, highest first, and differ. A vector is dropped where another is at least as good in
/// every number and better in one of the first `judged`: what differs only in the rest may still tie.
pub(crate) fn unbeaten<T: Whole, const D: usize>(vectors: &[[T; D]], judged: usize) -> Vec<bool> {
    if judged == 0 {
        return vec![true; vectors.len()];
    }
    match D {
        _ if judged < D => by_boxes(vectors, judged),
        1 => (0..vectors.len()).map(|at| at == 0).collect(),
        2 => by_sweep(vectors),
        3 => by_staircase(vectors),
        _ => by_boxes(vectors, judged),
    }
}

fn by_sweep<T: Whole, const D: usize>(vectors: &[[T; D]]) -> Vec<bool> {
    let mut best: Option<T> = None;
    let better = |vector: &[T; D]| {
        let keep = best.is_none_or(|best| vector[1] > best);
        if keep {
            best = Some(vector[1]);
        }
        keep
    };
    vectors.iter().map(better).collect()
}

/// The staircase holds the second and third numbers that nothing kept beats: the higher the second, the lower the third.
fn by_staircase<T: Whole, const D: usize>(vectors: &[[T; D]]) -> Vec<bool> {
    let mut stairs: BTreeMap<T, T> = BTreeMap::new();
    let mut kept = Vec::with_capacity(vectors.len());
    for vector in vectors {
        let (second, third) = (vector[1], vector[2]);
        let keep = stairs.range(second..).next().is_none_or(|(_, &height)| height < third);
        if keep {
            while let Some((&below, _)) = stairs.range(..=second).next_back().filter(|(_, height)| **height <= third) {
                stairs.remove(&below);
            }
            stairs.insert(second, third);
        }
        kept.push(keep);
    }
    kept
}

fn by_boxes<T: Whole, const D: usize>(vectors: &[[T; D]], judged: usize) -> Vec<bool> {
    let mut boxes = Boxes::default();
    let mut kept = vec![false; vectors.len()];
    let mut start = 0;
    while start < vectors.len() {
        // Vectors that are equal in what is judged do not beat each other: asked first, put in afterwards.
        let same = vectors[start..].iter().take_while(|vector| vector[..judged] == vectors[start][..judged]).count();
        for at in start..start + same {
            kept[at] = !boxes.beats(&vectors[at]);
        }
        for at in start..start + same {
            if kept[at] {
                boxes.insert(vectors[at]);
            }
        }
        start += same;
    }
    kept
}

/// Vectors a leaf holds before it is split.
const LEAF: usize = 16;

/// A tree of boxes around vectors.
#[derive(Debug)]
pub(crate) struct Boxes<T, const D: usize> {
    nodes: Vec<Node<T, D>>,
}

#[derive(Debug)]
struct Node<T, const D: usize> {
    low: [T; D],
    high: [T; D],
    content: Content<T, D>,
}

#[derive(Debug)]
enum Content<T, const D: usize> {
    Leaf(Vec<[T; D]>),
    /// What is at least this high in this number goes into the first.
    Split {
        number: usize,
        at: T,
        children: [usize; 2],
    },
}

impl<T, const D: usize> Default for Boxes<T, D> {
    fn default() -> Self {
        Boxes { nodes: Vec::new() }
    }
}

impl<T: Whole, const D: usize> Boxes<T, D> {
    /// Whether some vector put in is at least as good as this one in every number.
    pub(crate) fn beats(&self, vector: &[T; D]) -> bool {
        !self.nodes.is_empty() && self.beats_in(0, vector)
    }

    fn beats_in(&self, node: usize, vector: &[T; D]) -> bool {
        let Node { low, high, content } = &self.nodes[node];
        if !covers(high, vector) {
            return false;
        }
        if covers(low, vector) {
            return true;
        }
        match content {
            Content::Leaf(vectors) => vectors.iter().any(|other| covers(other, vector)),
            Content::Split { children, .. } => children.iter().any(|&child| self.beats_in(child, vector)),
        }
    }

    /// Puts a vector in.
    pub(crate) fn insert(&mut self, vector: [T; D]) {
        if self.nodes.is_empty() {
            self.nodes.push(Node { low: vector, high: vector, content: Content::Leaf(vec![vector]) });
            return;
        }
        let mut node = 0;
        loop {
            let Node { low, high, content } = &mut self.nodes[node];
            for number in 0..D {
                low[number] = low[number].min(vector[number]);
                high[number] = high[number].max(vector[number]);
            }
            match content {
                Content::Split { number, at, children } => node = children[usize::from(vector[*number] < *at)],
                Content::Leaf(vectors) => {
                    vectors.push(vector);
                    if vectors.len() > LEAF {
                        self.split(node);
                    }
                    return;
                }
            }
        }
    }

    /// Splits a leaf in the middle of its widest number.
    fn split(&mut self, node: usize) {
        let Node { low, high, content: Content::Leaf(vectors) } = &mut self.nodes[node] else { return };
        let (low, high, mut vectors) = (*low, *high, std::mem::take(vectors));
        let number = (0..D).max_by_key(|&number| high[number] - low[number]).unwrap_or(0);
        vectors.sort_unstable_by(|a, b| b[number].cmp(&a[number]));
        let mut middle = vectors.len() / 2;
        // Equal numbers stay together; vectors differ, so the widest number has two values at least.
        while middle > 0 && vectors[middle - 1][number] == vectors[middle][number] {
            middle -= 1;
        }
        if middle == 0 {
            middle = vectors.iter().take_while(|vector| vector[number] == vectors[0][number]).count();
        }
        if middle == vectors.len() {
            self.nodes[node].content = Content::Leaf(vectors);
            return;
        }
        let rest = vectors.split_off(middle);
        let at = vectors[middle - 1][number];
        let children = [vectors, rest].map(|vectors| {
            let (low, high) = around(&vectors);
            self.nodes.push(Node { low, high, content: Content::Leaf(vectors) });
            self.nodes.len() - 1
        });
        self.nodes[node].content = Content::Split { number, at, children };
    }
}

/// Whether the first is at least as good in every number.
fn covers<T: Whole, const D: usize>(one: &[T; D], other: &[T; D]) -> bool {
    (0..D).all(|number| one[number] >= other[number])
}

fn around<T: Whole, const D: usize>(vectors: &[[T; D]]) -> ([T; D], [T; D]) {
    let (mut low, mut high) = (vectors[0], vectors[0]);
    for vector in vectors {
        for number in 0..D {
            low[number] = low[number].min(vector[number]);
            high[number] = high[number].max(vector[number]);
        }
    }
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn by_definition<const D: usize>(vectors: &[[i64; D]], judged: usize) -> Vec<bool> {
        let beats = |one: &[i64; D], other: &[i64; D]| covers(one, other) && one[..judged] != other[..judged];
        vectors.iter().map(|vector| !vectors.iter().any(|other| beats(other, vector))).collect()
    }

    fn check<const D: usize>(mut vectors: Vec<[i64; D]>) {
        vectors.sort_unstable_by(|a, b| b.cmp(a));
        vectors.dedup();
        for judged in 1..=D {
            assert_eq!(unbeaten(&vectors, judged), by_definition(&vectors, judged), "{judged} of {D}: {vectors:?}");
        }
    }

    proptest! {
        #[test]
        fn filters_keep_what_the_definition_keeps(
            one in prop::collection::vec(prop::array::uniform1(0_i64..6), 0..30),
            two in prop::collection::vec(prop::array::uniform2(0_i64..12), 0..60),
            three in prop::collection::vec(prop::array::uniform3(0_i64..12), 0..120),
            four in prop::collection::vec(prop::array::uniform4(0_i64..9), 0..200),
            six in prop::collection::vec(prop::array::uniform6(0_i64..5), 0..200),
        ) {
            check(one);
            check(two);
            check(three);
            check(four);
            check(six);
        }
    }
}
