//! The exact Pareto frontier, issue by issue.
//!
//! Partial packages that end at the same node of the diagram and are beaten there can be forgotten: whatever completes them completes what
//! beats them better (Nemhauser & Ullmann 1969; Klamroth & Wiecek 2000). A partial package is also forgotten where its best completion does
//! not reach what must be reached. What is equal is kept once, with all its ways back, so that ties are counted and can be listed.

use std::cmp::Reverse;

use super::diagram::Diagram;
use super::dominance::{Whole, unbeaten};
use super::sums::Sums;

/// What is asked of the packages.
pub(crate) struct Asked<'a> {
    /// Rows in which packages are compared: more is better.
    pub(crate) compared: &'a [usize],
    /// Rows that only decide what is accepted; more never makes a package less acceptable.
    pub(crate) deciding: &'a [usize],
    /// Above this a deciding row changes nothing any more, by position in `deciding`.
    pub(crate) enough: &'a [i128],
    /// Constraints that must hold, one bit each.
    pub(crate) binding: u128,
    /// What the numbers must reach, by position in `compared` followed by `deciding`.
    pub(crate) floors: &'a [i128],
    /// Partial packages kept at once, above which the answer is given up.
    pub(crate) limit: usize,
    /// Numbers are compared in steps of this size, by position in `compared`: 1 is exact.
    pub(crate) steps: &'a [i128],
}

/// A frontier, with what is needed to list its packages.
pub(crate) struct Frontier {
    /// Numbers in the compared rows, highest first.
    pub(crate) points: Vec<Vec<i128>>,
    /// How many packages attain each.
    pub(crate) counts: Vec<u128>,
    /// How many partial packages were looked at, and the most kept at once.
    pub(crate) candidates: u64,
    /// Per point, the ends it is made of.
    ends: Vec<Vec<u32>>,
    layers: Vec<Links>,
    order: Vec<usize>,
}

/// Per partial package, all its ways back: the partial package before, and the option.
#[derive(Default)]
struct Links {
    starts: Vec<u32>,
    back: Vec<(u32, u8)>,
}

/// The frontier; `None` beyond the limit, or where there are more than 16 numbers.
pub(crate) fn frontier(sums: &Sums, diagram: &Diagram, asked: &Asked<'_>) -> Option<Frontier> {
    let rows: Vec<usize> = asked.compared.iter().chain(asked.deciding).copied().collect();
    let size = rows.iter().try_fold(0_i128, |most, &row| Some(most.max(sums.size(row)?)));
    let bound = i128::from(i64::MAX >> 2);
    let narrow = size.is_some_and(|size| size < bound) && asked.floors.iter().all(|floor| floor.abs() < bound);
    // Numbers that are not needed are 0 throughout.
    macro_rules! up_to {
        ($number:ty: $($width:literal)*) => {
            match rows.len() {
                $(0..=$width => Run::<$number, $width>::new(sums, diagram, asked, &rows)?.run(),)*
                _ => None,
            }
        };
    }
    if narrow { up_to!(i64: 1 2 3 4 5 6 8 12 16) } else { up_to!(i128: 1 2 3 4 8 16) }
}

struct Run<'a, T, const D: usize> {
    diagram: &'a Diagram,
    asked: &'a Asked<'a>,
    /// Per issue of the diagram and option.
    tables: Vec<Vec<[T; D]>>,
    decisions: Vec<[T; D]>,
    /// Per issue of the diagram, and at the end, and node: the most that can still be added.
    most: Vec<Vec<[T; D]>>,
    least: Vec<Vec<[T; D]>>,
    start: [T; D],
}

/// One candidate for the next layer.
struct Candidate<T, const D: usize> {
    sum: [T; D],
    from: u32,
    option: u8,
}

impl<'a, T: Whole, const D: usize> Run<'a, T, D> {
    fn new(sums: &Sums, diagram: &'a Diagram, asked: &'a Asked<'a>, rows: &[usize]) -> Option<Self> {
        let vector = |get: &dyn Fn(usize) -> i128| -> Option<[T; D]> {
            let mut vector = [T::default(); D];
            for (number, &row) in rows.iter().enumerate() {
                vector[number] = T::of(get(row))?;
            }
            Some(vector)
        };
        let amount = |adds: &[(usize, i128)], row: usize| {
            adds.iter().filter(|(to, _)| *to == row).map(|(_, add)| add).sum::<i128>()
        };
        let tables = diagram
            .levels
            .iter()
            .map(|level| {
                (0..level.options)
                    .map(|option| vector(&|row| sums.rows[row].table[level.issue][option]))
                    .collect::<Option<Vec<_>>>()
            })
            .collect::<Option<Vec<_>>>()?;
        let decisions = diagram
            .decisions
            .iter()
            .map(|decision| vector(&|row| amount(&decision.adds, row)))
            .collect::<Option<Vec<_>>>()?;
        let start = vector(&|row| amount(&diagram.at_once.adds, row))?;
        let mut run = Run { diagram, asked, tables, decisions, most: Vec::new(), least: Vec::new(), start };
        run.most = run.completions(T::max);
        run.least = run.completions(T::min);
        Some(run)
    }

    /// Whether an arc can be taken at all.
    fn open(&self, arc: super::diagram::Arc) -> bool {
        self.diagram.open(arc, self.asked.binding)
    }

    /// Per node, the best (or worst) that completions add, number by number. Nodes without a completion are worth nothing and never reached.
    fn completions(&self, better: fn(T, T) -> T) -> Vec<Vec<[T; D]>> {
        let levels = &self.diagram.levels;
        let mut all = vec![vec![[T::default(); D]; self.diagram.nodes[levels.len()]]];
        for (number, level) in levels.iter().enumerate().rev() {
            let next = &all[all.len() - 1];
            let here = (0..self.diagram.nodes[number])
                .map(|node| {
                    let mut best: Option<[T; D]> = None;
                    for (option, &arc) in self.diagram.ways(number, node).iter().enumerate() {
                        if !self.open(arc) {
                            continue;
                        }
                        let step = add(&self.tables[number][option], &self.decisions[arc.decides as usize]);
                        let through = add(&step, &next[arc.to as usize]);
                        best = Some(best.map_or(through, |mut best| {
                            for at in 0..D {
                                best[at] = better(best[at], through[at]);
                            }
                            best
                        }));
                    }
                    best.unwrap_or([T::default(); D])
                })
                .collect();
            debug_assert_eq!(level.arcs.len(), self.diagram.nodes[number] * level.options);
            all.push(here);
        }
        all.reverse();
        all
    }

    /// Whether each node can still be completed, binding constraints in mind.
    fn alive(&self) -> Vec<Vec<bool>> {
        let levels = self.diagram.levels.len();
        let mut all = vec![vec![true; self.diagram.nodes[levels]]];
        for number in (0..levels).rev() {
            let next = &all[all.len() - 1];
            let here = (0..self.diagram.nodes[number])
                .map(|node| {
                    let ways = self.diagram.ways(number, node);
                    ways.iter().any(|&arc| self.open(arc) && next[arc.to as usize])
                })
                .collect();
            all.push(here);
        }
        all.reverse();
        all
    }

    fn run(self) -> Option<Frontier> {
        let levels = self.diagram.levels.len();
        let alive = self.alive();
        let mut frontier = Frontier {
            points: Vec::new(),
            counts: Vec::new(),
            candidates: 0,
            ends: Vec::new(),
            layers: Vec::new(),
            order: self.diagram.levels.iter().map(|level| level.issue).collect(),
        };
        if !alive[0][0] || self.diagram.hopeless(self.asked.binding) {
            return Some(frontier);
        }
        let promising = Promise::new(&self);
        // Partial packages by node: their sums, highest first, and how many packages each stands for.
        let mut here: Vec<Vec<([T; D], u128)>> = vec![vec![(self.start, 1)]];
        for number in 0..levels {
            let mut arriving: Vec<Vec<Candidate<T, D>>> =
                (0..self.diagram.nodes[number + 1]).map(|_| Vec::new()).collect();
            let mut counts: Vec<u128> = Vec::with_capacity(here.iter().map(Vec::len).sum());
            let mut kept = 0;
            for (node, partials) in here.iter().enumerate() {
                let first = counts.len() as u32;
                counts.extend(partials.iter().map(|(_, count)| count));
                if partials.is_empty() {
                    continue;
                }
                for (option, to, step) in self.steps_from(number, node, &alive[number + 1]) {
                    let most = &self.most[number + 1][to];
                    let least = &self.least[number + 1][to];
                    let list = &mut arriving[to];
                    for (at, (sum, _)) in partials.iter().enumerate() {
                        let mut sum = add(sum, &step);
                        if promising.keeps(&sum, most) {
                            promising.cap(&mut sum, least);
                            list.push(Candidate { sum, from: first + at as u32, option: option as u8 });
                        }
                    }
                    kept += partials.len();
                    if kept > 8 * self.asked.limit {
                        return None;
                    }
                }
            }
            let mut links = Links::default();
            let mut next = Vec::with_capacity(arriving.len());
            let mut total = 0;
            for list in arriving {
                frontier.candidates += list.len() as u64;
                let partials = self.thin(list, &counts, &mut links, number + 1 == levels);
                total += partials.len();
                if total > self.asked.limit {
                    return None;
                }
                next.push(partials);
            }
            links.starts.push(links.back.len() as u32);
            frontier.layers.push(links);
            here = next;
        }
        self.finish(&mut frontier, here);
        Some(frontier)
    }

    /// The options of an issue from a node, without those that another option beats that leads to the same node.
    fn steps_from(&self, number: usize, node: usize, alive: &[bool]) -> Vec<(usize, usize, [T; D])> {
        let ways = self.diagram.ways(number, node).iter().enumerate();
        let all: Vec<(usize, usize, [T; D])> = ways
            .filter(|(_, arc)| self.open(**arc) && alive[arc.to as usize])
            .map(|(option, arc)| {
                let step = add(&self.tables[number][option], &self.decisions[arc.decides as usize]);
                (option, arc.to as usize, step)
            })
            .collect();
        let judged = self.asked.compared.len();
        let beaten = |&(_, to, step): &(usize, usize, [T; D])| {
            judged > 0
                && all.iter().any(|(_, other, better)| {
                    *other == to && (0..D).all(|at| better[at] >= step[at]) && better[..judged] != step[..judged]
                })
        };
        all.iter().filter(|step| !beaten(step)).copied().collect()
    }

    /// Puts equal candidates together and drops those that are beaten.
    fn thin(
        &self,
        mut list: Vec<Candidate<T, D>>,
        counts: &[u128],
        links: &mut Links,
        at_the_end: bool,
    ) -> Vec<([T; D], u128)> {
        let judged = self.asked.compared.len();
        if at_the_end {
            list.retain(|candidate| self.accepts(&candidate.sum));
            // What only decides has decided.
            list.iter_mut().for_each(|candidate| candidate.sum[judged..].fill(T::default()));
        }
        // Each option's candidates are sorted already; a sort that looks for runs only merges them.
        list.sort_by_key(|candidate| Reverse(candidate.sum));
        let rounded: Vec<[T; D]>;
        let mut vectors: Vec<[T; D]> = list.iter().map(|candidate| candidate.sum).collect();
        vectors.dedup();
        let keep = if self.asked.steps.iter().all(|step| *step <= 1) {
            unbeaten(&vectors, judged)
        } else {
            rounded = self.round(&vectors);
            keep_one_per_cell(&vectors, &rounded, judged)
        };
        let mut partials = Vec::new();
        let mut rest = list.as_slice();
        for (vector, keep) in vectors.iter().zip(keep) {
            let same = rest.iter().take_while(|candidate| candidate.sum == *vector).count();
            let (equal, after) = rest.split_at(same);
            rest = after;
            if keep {
                links.starts.push(links.back.len() as u32);
                links.back.extend(equal.iter().map(|candidate| (candidate.from, candidate.option)));
                let count =
                    equal.iter().fold(0_u128, |sum, candidate| sum.saturating_add(counts[candidate.from as usize]));
                partials.push((*vector, count));
            }
        }
        partials
    }

    fn accepts(&self, sum: &[T; D]) -> bool {
        sum.iter().zip(self.asked.floors).all(|(number, floor)| number.wide() >= *floor)
    }

    /// The numbers compared, in whole steps rounded down.
    fn round(&self, vectors: &[[T; D]]) -> Vec<[T; D]> {
        let judged = self.asked.compared.len();
        vectors
            .iter()
            .map(|vector| {
                let mut cell = *vector;
                for at in 0..judged {
                    // A quotient is no larger than what was divided.
                    cell[at] = T::of(vector[at].wide().div_euclid(self.asked.steps[at].max(1))).unwrap_or(vector[at]);
                }
                cell
            })
            .collect()
    }

    /// Sorts the ends by what is compared, and puts those together that are equal in it.
    fn finish(&self, frontier: &mut Frontier, ends: Vec<Vec<([T; D], u128)>>) {
        let judged = self.asked.compared.len();
        let mut all: Vec<([T; D], u128, u32)> =
            ends.into_iter().flatten().enumerate().map(|(end, (sum, count))| (sum, count, end as u32)).collect();
        if self.diagram.levels.is_empty() {
            all.retain(|(sum, ..)| self.accepts(sum));
        }
        all.sort_by_key(|(sum, ..)| Reverse(*sum));
        for (sum, count, end) in all {
            let point: Vec<i128> = sum[..judged].iter().map(|number| number.wide()).collect();
            if frontier.points.last() == Some(&point) {
                let last = frontier.points.len() - 1;
                frontier.counts[last] = frontier.counts[last].saturating_add(count);
                frontier.ends[last].push(end);
            } else {
                frontier.points.push(point);
                frontier.counts.push(count);
                frontier.ends.push(vec![end]);
            }
        }
    }
}

/// Of vectors in the same cell the first is kept, unless its cell is beaten by another's.
fn keep_one_per_cell<T: Whole, const D: usize>(vectors: &[[T; D]], cells: &[[T; D]], judged: usize) -> Vec<bool> {
    let mut by_cell: Vec<usize> = (0..vectors.len()).collect();
    by_cell.sort_by(|&a, &b| cells[b].cmp(&cells[a]).then(a.cmp(&b)));
    by_cell.dedup_by(|later, first| cells[*later] == cells[*first]);
    let sorted: Vec<[T; D]> = by_cell.iter().map(|&at| cells[at]).collect();
    let mut keep = vec![false; vectors.len()];
    for (&at, kept) in by_cell.iter().zip(unbeaten(&sorted, judged)) {
        keep[at] = kept;
    }
    keep
}

/// Whether partial packages can still be accepted, fast where acceptance is a threshold for each number.
struct Promise<'r, T, const D: usize> {
    run: &'r Run<'r, T, D>,
    enough: Vec<(usize, T)>,
    /// What each number must reach; `None` where that is beyond the numbers' width.
    floors: Option<[T; D]>,
    always: bool,
}

impl<'r, T: Whole, const D: usize> Promise<'r, T, D> {
    fn new(run: &'r Run<'r, T, D>) -> Self {
        let judged = run.asked.compared.len();
        let enough = run.asked.enough.iter().enumerate();
        let enough = enough.filter_map(|(at, &enough)| Some((judged + at, T::of(enough)?))).collect();
        let worst = add(&run.start, &run.least[0][0]);
        // What holds at the worst there is holds everywhere, since more never makes a package less acceptable.
        let always = run.accepts(&worst);
        let mut floors = [T::default(); D];
        let held = run.asked.floors.iter().zip(&mut floors);
        let held = held.map(|(floor, held)| T::of(*floor).map(|floor| *held = floor)).all(|held| held.is_some());
        let floors = held.then_some(floors);
        Promise { run, enough, floors, always }
    }

    fn keeps(&self, sum: &[T; D], most: &[T; D]) -> bool {
        self.always
            || match &self.floors {
                Some(floors) => (0..D).all(|at| sum[at] + most[at] >= floors[at]),
                None => self.run.accepts(&add(sum, most)),
            }
    }

    /// Lowers deciding numbers that are enough at the worst completion already to one that is just enough.
    fn cap(&self, sum: &mut [T; D], least: &[T; D]) {
        for &(at, enough) in &self.enough {
            sum[at] = sum[at].min(enough - least[at]);
        }
    }
}

fn add<T: Whole, const D: usize>(one: &[T; D], other: &[T; D]) -> [T; D] {
    let mut sum = *one;
    for at in 0..D {
        sum[at] = sum[at] + other[at];
    }
    sum
}

impl Frontier {
    /// The packages at a point, at most so many, sorted; by option of each issue of the agenda.
    pub(crate) fn packages(&self, point: usize, limit: usize) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        let mut package = vec![0; self.order.len()];
        for &end in &self.ends[point] {
            self.walk(self.layers.len(), end, &mut package, limit, &mut found);
        }
        found.sort_unstable();
        found
    }

    fn walk(&self, layer: usize, at: u32, package: &mut Vec<usize>, limit: usize, found: &mut Vec<Vec<usize>>) {
        if found.len() >= limit {
            return;
        }
        let Some(before) = layer.checked_sub(1) else {
            found.push(package.clone());
            return;
        };
        let links = &self.layers[before];
        let ways = links.starts[at as usize] as usize..links.starts[at as usize + 1] as usize;
        for &(from, option) in &links.back[ways] {
            package[self.order[before]] = usize::from(option);
            self.walk(before, from, package, limit, found);
        }
    }
}
