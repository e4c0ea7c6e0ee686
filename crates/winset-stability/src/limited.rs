//! Foresight for two decision makers: limited moves, non-myopic stability, and the Stackelberg leader (Kilgour 1985; Fang, Hipel & Kilgour 1989, 1993).

use crate::graph::Graph;
use crate::model::Model;
use crate::refusal::Refusal;
use crate::set::StateSet;

/// How many steps of foresight are followed until they repeat.
const HORIZON_LIMIT: usize = 10_000;

/// Where play ends, per who moves first and state, if each of `horizon` moves in turn is made only by whoever gains by it.
struct Anticipation<'g> {
    graph: &'g Graph<'g>,
    ends: [Vec<u32>; 2],
}

impl<'g> Anticipation<'g> {
    /// With no move left, play ends where it is.
    fn none(graph: &'g Graph<'g>) -> Self {
        let here: Vec<u32> = (0..graph.len() as u32).collect();
        Anticipation { graph, ends: [here.clone(), here] }
    }

    /// One more move at the beginning: the mover goes where play will end best for it, unless staying is as good.
    fn lengthen(&self) -> Self {
        let ends = [0, 1].map(|mover| {
            let ranks = self.graph.ranks(mover);
            let after = &self.ends[1 - mover];
            let end = |state: usize| {
                let mut best = (ranks[state], state as u32);
                self.graph.each_move(mover, state, |target| {
                    let end = after[target];
                    if ranks[end as usize] > best.0 {
                        best = (ranks[end as usize], end);
                    }
                });
                best.1
            };
            (0..self.graph.len()).map(end).collect()
        });
        Anticipation { graph: self.graph, ends }
    }

    /// The states where each of the two stays, moving first.
    fn stable(&self) -> Vec<StateSet> {
        let stays = |ends: &Vec<u32>| StateSet::from_fn(ends.len(), |state| ends[state] as usize == state);
        self.ends.iter().map(stays).collect()
    }
}

fn check(model: &Model, analysis: &'static str) -> Result<(), Refusal> {
    if model.decision_makers().len() != 2 {
        return Err(Refusal::TwoDecisionMakers { analysis });
    }
    for (decision_maker, name) in model.decision_makers().iter().enumerate() {
        if model.ranking(decision_maker).iter().any(|group| group.len() > 1) {
            return Err(Refusal::Ties { analysis, decision_maker: name.clone() });
        }
    }
    Ok(())
}

/// Limited-move stability with a horizon of so many moves, per decision maker (Kilgour 1985). A horizon of one is Nash stability.
///
/// For two decision makers with rankings without ties.
pub fn limited_move(model: &Model, horizon: usize) -> Result<Vec<StateSet>, Refusal> {
    check(model, "limited-move stability")?;
    let graph = Graph::new(model)?;
    let mut anticipation = Anticipation::none(&graph);
    for _ in 0..horizon {
        anticipation = anticipation.lengthen();
    }
    Ok(anticipation.stable())
}

/// Non-myopic stability, per decision maker: limited-move stability under every horizon that is long enough (Brams & Wittman 1981; Kilgour 1984).
///
/// For two decision makers with rankings without ties.
pub fn non_myopic(model: &Model) -> Result<Vec<StateSet>, Refusal> {
    let analysis = "non-myopic stability";
    check(model, analysis)?;
    let graph = Graph::new(model)?;
    // What one more move makes of an anticipation depends on nothing else, so from its first repetition on it goes round in a circle. (Brent 1980)
    let (mut kept, mut now) = (Anticipation::none(&graph), Anticipation::none(&graph).lengthen());
    let (mut power, mut length) = (1_usize, 1_usize);
    let mut steps = 0;
    while kept.ends != now.ends {
        if power == length {
            kept = Anticipation { graph: &graph, ends: now.ends.clone() };
            power *= 2;
            length = 0;
        }
        now = now.lengthen();
        length += 1;
        steps += 1;
        if steps > HORIZON_LIMIT {
            return Err(Refusal::TooLarge { analysis, limit: format!("{HORIZON_LIMIT} moves of foresight") });
        }
    }
    let mut stable = now.stable();
    for _ in 0..length {
        now = now.lengthen();
        stable.iter_mut().zip(now.stable()).for_each(|(stable, now)| stable.intersect(&now));
    }
    Ok(stable)
}

/// The states that are Stackelberg equilibria with this decision maker leading: stable for it with a horizon of two, and Nash stable for the other.
///
/// For two decision makers with rankings without ties.
pub fn stackelberg(model: &Model, leader: usize) -> Result<StateSet, Refusal> {
    check(model, "the Stackelberg concept")?;
    let mut states = limited_move(model, 2)?.swap_remove(leader);
    states.intersect(&limited_move(model, 1)?.swap_remove(1 - leader));
    Ok(states)
}
