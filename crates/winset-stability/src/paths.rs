//! Status-quo analysis: which states can be reached from one, by how many moves of whom (Li, Kilgour & Hipel 2005).

use crate::explain::Step;
use crate::graph::Graph;
use crate::model::Model;
use crate::refusal::Refusal;

/// How many states times decision makers are walked.
const PLACE_LIMIT: usize = 1 << 26;

/// How a place was come to: the place before, as its index; or from the start.
type Before = Option<u32>;

/// Shortest ways from one state to all others, nobody moving twice in a row.
#[derive(Debug, Clone)]
pub struct Paths {
    makers: usize,
    /// Per state and who moved last, whether reached, and how. The place of the start is not among them.
    before: Vec<Option<Before>>,
    /// Per state, the number of moves of a shortest way.
    distance: Vec<Option<u32>>,
    start: usize,
}

impl Paths {
    /// From a state, by moves or by improvements alone, each judged where it is made.
    pub fn from(model: &Model, start: usize, improvements: bool) -> Result<Self, Refusal> {
        let graph = Graph::new(model)?;
        let makers = graph.decision_makers();
        let places = graph.len().saturating_mul(makers);
        if places > PLACE_LIMIT {
            let limit = format!("{PLACE_LIMIT} states times decision makers");
            return Err(Refusal::TooLarge { analysis: "the analysis of paths", limit });
        }
        let mut paths = Paths { makers, before: vec![None; places], distance: vec![None; graph.len()], start };
        paths.distance[start] = Some(0);
        let mut layer: Vec<(usize, Option<u32>)> = vec![(start, None)];
        let mut moves = 0;
        while !layer.is_empty() {
            moves += 1;
            let mut next = Vec::new();
            for (state, place) in layer {
                for mover in (0..makers).filter(|mover| place.is_none_or(|place| place as usize % makers != *mover)) {
                    let ranks = graph.ranks(mover);
                    for to in graph.moves(mover, state) {
                        let there = to * makers + mover;
                        if improvements && ranks[to] <= ranks[state] || paths.before[there].is_some() {
                            continue;
                        }
                        paths.before[there] = Some(place);
                        paths.distance[to].get_or_insert(moves);
                        next.push((to, Some(there as u32)));
                    }
                }
            }
            layer = next;
        }
        Ok(paths)
    }

    /// How many moves a shortest way to a state takes; `None` if there is none.
    pub fn distance(&self, state: usize) -> Option<u32> {
        self.distance[state]
    }

    /// A shortest way to a state; `None` if there is none.
    pub fn to(&self, state: usize) -> Option<Vec<Step>> {
        let distance = self.distance[state]?;
        if state == self.start {
            return Some(Vec::new());
        }
        let ways = (0..self.makers).filter_map(|mover| self.way(state * self.makers + mover));
        ways.into_iter().find(|way| way.len() == distance as usize)
    }

    /// Who can make the last move of some way to a state.
    pub fn last_movers(&self, state: usize) -> Vec<usize> {
        (0..self.makers).filter(|mover| self.before[state * self.makers + mover].is_some()).collect()
    }

    fn way(&self, place: usize) -> Option<Vec<Step>> {
        let mut steps = Vec::new();
        let mut at = place;
        loop {
            let before = self.before[at]?;
            steps.push(Step { mover: at % self.makers, to: at / self.makers });
            match before {
                Some(place) => at = place as usize,
                None => break,
            }
        }
        steps.reverse();
        Some(steps)
    }
}
