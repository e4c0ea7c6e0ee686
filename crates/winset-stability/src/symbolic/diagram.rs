//! Decision diagrams: sets of choices of options as reduced, ordered graphs that share their parts (Bryant 1986), with complemented edges (Brace, Rudell &
//! Bryant 1990).
//!
//! A set has one diagram only, so two sets are the same exactly if their edges are. Nodes and steps are counted against a [`Budget`]: whatever is asked ends, in
//! memory known before.

use crate::refusal::Refusal;

/// What an analysis by decision diagrams may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// How many nodes may stand in memory at once; about 24 bytes each.
    pub nodes: usize,
    /// How many steps may be taken; some ten million take a second.
    pub steps: u64,
}

impl Default for Budget {
    /// Sixteen million nodes, under half a gigabyte; two billion steps, some minutes.
    fn default() -> Self {
        Budget { nodes: 1 << 24, steps: 1 << 31 }
    }
}

/// A set: a node, and whether it is the set of the node or everything but that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge(u32);

impl Edge {
    /// Everything.
    pub(super) const ALL: Edge = Edge(0);
    /// Nothing.
    pub(super) const NONE: Edge = Edge(1);

    /// Everything else.
    pub(super) fn not(self) -> Edge {
        Edge(self.0 ^ 1)
    }

    fn node(self) -> usize {
        (self.0 >> 1) as usize
    }

    fn complemented(self) -> bool {
        self.0 & 1 == 1
    }

    fn complemented_if(self, complemented: bool) -> Edge {
        Edge(self.0 ^ u32::from(complemented))
    }
}

/// A place where one option decides. `high`, where it is taken, is never complemented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Node {
    level: u32,
    low: Edge,
    high: Edge,
}

/// An operation that was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Done {
    operation: [u32; 3],
    result: Edge,
}

const NEVER: Done = Done { operation: [u32::MAX; 3], result: Edge::ALL };

/// The third operand that stands for exclusive or, where a quantified set would stand.
const EXCLUSIVE: u32 = u32::MAX - 1;

/// All diagrams of an analysis.
#[derive(Debug)]
pub(super) struct Diagram {
    /// The first is the end of every diagram. Every other stands behind those it leads to.
    nodes: Vec<Node>,
    /// Open addressing: number of a node, or 0 where nothing stands.
    table: Vec<u32>,
    /// Results by hash; a newer one takes the place of an older.
    done: Vec<Done>,
    levels: u32,
    budget: Budget,
    steps: u64,
}

type Result<T> = std::result::Result<T, Refusal>;

fn hash(a: u32, b: u32, c: u32) -> usize {
    let mixed = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(c);
    let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed ^ mixed >> 32) as usize
}

impl Diagram {
    pub(super) fn new(levels: usize, budget: Budget) -> Self {
        let end = Node { level: levels as u32, low: Edge::ALL, high: Edge::ALL };
        let nodes = vec![end];
        Diagram { nodes, table: vec![0; 1 << 12], done: vec![NEVER; 1 << 12], levels: levels as u32, budget, steps: 0 }
    }

    /// How many nodes stand in memory.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The nodes it may hold.
    pub(super) fn budget(&self) -> Budget {
        self.budget
    }

    fn level(&self, edge: Edge) -> u32 {
        self.nodes[edge.node()].level
    }

    /// What is left of a set where the option of a level is not taken, and where it is. Nothing above the level may decide.
    fn split(&self, edge: Edge, level: u32) -> (Edge, Edge) {
        let node = self.nodes[edge.node()];
        if node.level != level {
            return (edge, edge);
        }
        let other_way = edge.complemented();
        (node.low.complemented_if(other_way), node.high.complemented_if(other_way))
    }

    /// The set that is `low` where the option is not taken and `high` where it is.
    fn make(&mut self, level: u32, low: Edge, high: Edge) -> Result<Edge> {
        if low == high {
            return Ok(low);
        }
        let complemented = high.complemented();
        let node = Node { level, low: low.complemented_if(complemented), high: high.complemented_if(complemented) };
        let mask = self.table.len() - 1;
        let mut at = hash(node.level, node.low.0, node.high.0) & mask;
        while self.table[at] != 0 {
            if self.nodes[self.table[at] as usize] == node {
                return Ok(Edge(self.table[at] << 1).complemented_if(complemented));
            }
            at = (at + 1) & mask;
        }
        if self.nodes.len() >= self.budget.nodes {
            let limit = format!("{} nodes", self.budget.nodes);
            return Err(Refusal::TooLarge { analysis: super::ANALYSIS, limit });
        }
        let number = self.nodes.len() as u32;
        self.nodes.push(node);
        self.table[at] = number;
        if self.nodes.len() * 3 > self.table.len() * 2 {
            self.rehash(self.table.len() * 2);
        }
        Ok(Edge(number << 1).complemented_if(complemented))
    }

    fn rehash(&mut self, size: usize) {
        let mask = size - 1;
        self.table.clear();
        self.table.resize(size, 0);
        for (number, node) in self.nodes.iter().enumerate().skip(1) {
            let mut at = hash(node.level, node.low.0, node.high.0) & mask;
            while self.table[at] != 0 {
                at = (at + 1) & mask;
            }
            self.table[at] = number as u32;
        }
        if self.done.len() < size && self.done.len() < 1 << 22 {
            self.done.clear();
            self.done.resize(size.min(1 << 22), NEVER);
        }
    }

    fn known(&self, operation: [u32; 3]) -> Option<Edge> {
        let done = self.done[hash(operation[0], operation[1], operation[2]) & (self.done.len() - 1)];
        (done.operation == operation).then_some(done.result)
    }

    fn keep(&mut self, operation: [u32; 3], result: Edge) -> Edge {
        let at = hash(operation[0], operation[1], operation[2]) & (self.done.len() - 1);
        self.done[at] = Done { operation, result };
        result
    }

    fn step(&mut self) -> Result<()> {
        self.steps += 1;
        if self.steps > self.budget.steps {
            let limit = format!("{} steps", self.budget.steps);
            return Err(Refusal::TooLarge { analysis: super::ANALYSIS, limit });
        }
        Ok(())
    }

    /// The choices in which the option of a level is taken.
    pub(super) fn taken(&mut self, level: usize) -> Result<Edge> {
        self.make(level as u32, Edge::NONE, Edge::ALL)
    }

    /// What is in both.
    pub(super) fn and(&mut self, left: Edge, right: Edge) -> Result<Edge> {
        self.some_of_both(left, right, Edge::ALL)
    }

    /// What is in either.
    pub(super) fn or(&mut self, left: Edge, right: Edge) -> Result<Edge> {
        Ok(self.and(left.not(), right.not())?.not())
    }

    /// What is in the first and not in the second.
    pub(super) fn without(&mut self, left: Edge, right: Edge) -> Result<Edge> {
        self.and(left, right.not())
    }

    /// What is in both or in neither.
    pub(super) fn same(&mut self, left: Edge, right: Edge) -> Result<Edge> {
        Ok(self.differ(left, right)?.not())
    }

    /// The second where the first holds, else the third.
    pub(super) fn choose(&mut self, test: Edge, then: Edge, otherwise: Edge) -> Result<Edge> {
        let left = self.and(test, then)?;
        let right = self.without(otherwise, test)?;
        self.or(left, right)
    }

    /// The set of choices in which all options of some levels are taken, which is how those levels are named to [`Diagram::some_of_both`].
    pub(super) fn levels(&mut self, levels: impl IntoIterator<Item = usize>) -> Result<Edge> {
        let mut levels: Vec<usize> = levels.into_iter().collect();
        levels.sort_unstable();
        levels.iter().rev().try_fold(Edge::ALL, |below, level| self.make(*level as u32, Edge::NONE, below))
    }

    /// The choices that some change of the options of the named levels brings into both sets.
    pub(super) fn some_of_both(&mut self, left: Edge, right: Edge, levels: Edge) -> Result<Edge> {
        let (left, right) = if left < right { (left, right) } else { (right, left) };
        if left == Edge::NONE || right == Edge::NONE || left == right.not() {
            return Ok(Edge::NONE);
        }
        if left == right && left != Edge::ALL {
            return self.some_of_both(Edge::ALL, right, levels);
        }
        if right == Edge::ALL || (left == Edge::ALL && levels == Edge::ALL) {
            return Ok(right);
        }
        self.step()?;
        let level = self.level(left).min(self.level(right));
        // Options that decide nothing any more need no change.
        let mut open = levels;
        while self.level(open) < level {
            open = self.nodes[open.node()].high;
        }
        if open == Edge::ALL && left == Edge::ALL {
            return Ok(right);
        }
        let operation = [left.0, right.0, open.0];
        if let Some(result) = self.known(operation) {
            return Ok(result);
        }
        let ((left_low, left_high), (right_low, right_high)) = (self.split(left, level), self.split(right, level));
        let result = if self.level(open) == level {
            let below = self.nodes[open.node()].high;
            let low = self.some_of_both(left_low, right_low, below)?;
            if low == Edge::ALL {
                Edge::ALL
            } else {
                let high = self.some_of_both(left_high, right_high, below)?;
                self.or(low, high)?
            }
        } else {
            let low = self.some_of_both(left_low, right_low, open)?;
            let high = self.some_of_both(left_high, right_high, open)?;
            self.make(level, low, high)?
        };
        Ok(self.keep(operation, result))
    }

    /// What is in exactly one of them.
    fn differ(&mut self, left: Edge, right: Edge) -> Result<Edge> {
        // Complements are taken out first, since they only turn the result round.
        let complemented = left.complemented() != right.complemented();
        let (left, right) = (Edge(left.0 & !1), Edge(right.0 & !1));
        let (left, right) = if left < right { (left, right) } else { (right, left) };
        if left == right {
            return Ok(Edge::NONE.complemented_if(complemented));
        }
        if left == Edge::ALL {
            return Ok(right.not().complemented_if(complemented));
        }
        self.step()?;
        let operation = [left.0, right.0, EXCLUSIVE];
        if let Some(result) = self.known(operation) {
            return Ok(result.complemented_if(complemented));
        }
        let level = self.level(left).min(self.level(right));
        let ((left_low, left_high), (right_low, right_high)) = (self.split(left, level), self.split(right, level));
        let low = self.differ(left_low, right_low)?;
        let high = self.differ(left_high, right_high)?;
        let result = self.make(level, low, high)?;
        Ok(self.keep(operation, result).complemented_if(complemented))
    }

    /// What is left of a set once the option of a level is taken or not; that option decides nothing in the result.
    pub(super) fn given(&mut self, set: Edge, level: usize, taken: bool) -> Result<Edge> {
        let option = self.taken(level)?;
        self.some_of_both(set, option.complemented_if(!taken), option)
    }

    /// Whether a choice, one bit per level, is in a set.
    pub(super) fn contains(&self, set: Edge, choice: u64) -> bool {
        let mut edge = set;
        while self.level(edge) < self.levels {
            let (low, high) = self.split(edge, self.level(edge));
            edge = if choice >> self.level(edge) & 1 == 1 { high } else { low };
        }
        edge == Edge::ALL
    }

    /// How many choices are in a set.
    pub(super) fn count(&self, set: Edge) -> u64 {
        let numbers = self.reachable(&[set]);
        // Per node of `numbers`, how many choices of the options from its level on are in it.
        let mut counts: Vec<u64> = Vec::with_capacity(numbers.len());
        let count = |edge: Edge, from: u32, counts: &[u64]| {
            let level = self.level(edge);
            let count = match numbers.binary_search(&(edge.node() as u32)) {
                Ok(at) => counts[at],
                Err(_) => 1,
            };
            let count = if edge.complemented() { (1 << (self.levels - level)) - count } else { count };
            count << (level - from)
        };
        for number in &numbers {
            let node = self.nodes[*number as usize];
            counts.push(count(node.low, node.level + 1, &counts) + count(node.high, node.level + 1, &counts));
        }
        count(set, 0, &counts)
    }

    /// The nodes that some sets are made of, without the end, each behind those it leads to.
    fn reachable(&self, sets: &[Edge]) -> Vec<u32> {
        let mut seen = vec![0_u64; self.nodes.len().div_ceil(64)];
        let mut numbers = Vec::new();
        let mut open: Vec<usize> = sets.iter().map(|set| set.node()).collect();
        while let Some(number) = open.pop() {
            if number != 0 && seen[number / 64] >> (number % 64) & 1 == 0 {
                seen[number / 64] |= 1 << (number % 64);
                numbers.push(number as u32);
                let node = self.nodes[number];
                open.extend([node.low.node(), node.high.node()]);
            }
        }
        numbers.sort_unstable();
        numbers
    }

    /// Forgets all nodes but those of some sets, and says anew what these are.
    pub(super) fn forget_all_but(&mut self, sets: &mut [&mut Edge]) {
        let edges: Vec<Edge> = sets.iter().map(|set| **set).collect();
        let numbers = self.reachable(&edges);
        let now = |edge: Edge| match numbers.binary_search(&(edge.node() as u32)) {
            Ok(at) => Edge((at as u32 + 1) << 1).complemented_if(edge.complemented()),
            Err(_) => edge,
        };
        let kept = numbers.iter().map(|number| {
            let node = self.nodes[*number as usize];
            Node { level: node.level, low: now(node.low), high: now(node.high) }
        });
        let nodes: Vec<Node> = self.nodes[..1].iter().copied().chain(kept).collect();
        sets.iter_mut().for_each(|set| **set = now(**set));
        self.nodes = nodes;
        self.done.fill(NEVER);
        self.rehash(self.table.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(seed: &mut u64) -> u64 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *seed >> 33
    }

    /// A random set over six options, as a diagram and as a list of bits.
    fn random(diagram: &mut Diagram, seed: &mut u64) -> (Edge, u64) {
        let (mut set, mut bits) = (Edge::NONE, 0_u64);
        for _ in 0..next(seed) % 6 {
            let (mut cube, mut own) = (Edge::ALL, u64::MAX);
            for level in 0..6 {
                let kind = next(seed) % 3;
                if kind < 2 {
                    let option = diagram.taken(level).unwrap().complemented_if(kind == 1);
                    cube = diagram.and(cube, option).unwrap();
                    let taken = (0..64).filter(|choice| (choice >> level & 1 == 1) != (kind == 1));
                    own &= taken.fold(0, |bits, choice| bits | 1 << choice);
                }
            }
            set = diagram.differ(set, cube).unwrap();
            bits ^= own;
        }
        (set, bits)
    }

    fn bits(diagram: &Diagram, set: Edge) -> u64 {
        (0..64).filter(|choice| diagram.contains(set, *choice)).fold(0, |bits, choice| bits | 1 << choice)
    }

    #[test]
    fn operations_are_those_on_sets() {
        let mut seed = 3;
        let mut diagram = Diagram::new(6, Budget::default());
        for round in 0..300 {
            let (left, left_bits) = random(&mut diagram, &mut seed);
            let (right, right_bits) = random(&mut diagram, &mut seed);
            let (mut both, either) = (diagram.and(left, right).unwrap(), diagram.or(left, right).unwrap());
            assert_eq!(bits(&diagram, both), left_bits & right_bits);
            assert_eq!(bits(&diagram, either), left_bits | right_bits);
            assert_eq!(diagram.count(both), u64::from((left_bits & right_bits).count_ones()));
            let same = diagram.same(left, right).unwrap();
            assert_eq!(bits(&diagram, same), !(left_bits ^ right_bits));
            assert_eq!(left == right, left_bits == right_bits, "a set has one diagram");
            let mask = next(&mut seed) % 64;
            let levels = diagram.levels((0..6).filter(|level| mask >> level & 1 == 1)).unwrap();
            let changed = diagram.some_of_both(left, right, levels).unwrap();
            let expected = (0..64_u64).filter(|choice| {
                (0..64).any(|other| (other ^ choice) & !mask == 0 && (left_bits & right_bits) >> other & 1 == 1)
            });
            assert_eq!(bits(&diagram, changed), expected.fold(0, |bits, choice| bits | 1 << choice));
            if round % 50 == 0 {
                let before = bits(&diagram, both);
                diagram.forget_all_but(&mut [&mut both]);
                assert_eq!(bits(&diagram, both), before);
            }
        }
    }

    #[test]
    fn a_budget_is_kept() {
        let mut diagram = Diagram::new(40, Budget { nodes: 100, steps: u64::MAX });
        let option = |diagram: &mut Diagram, level| diagram.taken(level);
        let parity = (0..40).try_fold(Edge::NONE, |parity, level| {
            let option = option(&mut diagram, level)?;
            diagram.differ(parity, option)
        });
        assert!(matches!(parity, Err(Refusal::TooLarge { .. })), "{parity:?}");
        let mut diagram = Diagram::new(40, Budget { nodes: 1 << 20, steps: 10 });
        let parity = (0..40).try_fold(Edge::NONE, |parity, level| {
            let option = option(&mut diagram, level)?;
            diagram.differ(parity, option)
        });
        assert!(matches!(parity, Err(Refusal::TooLarge { .. })), "{parity:?}");
    }
}
