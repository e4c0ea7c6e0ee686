//! A game in strategic form as a graph model.

use winset_stability::{Direction, Formula, Model, ModelOption, OptionForm, Preference};

use crate::finding::{Code, Findings};
use crate::number::Number;

/// The most combinations of strategies of a game that is read.
pub(super) const LARGEST: usize = 1 << 20;

/// A game as its file says it.
pub(super) struct Game {
    pub(super) title: String,
    pub(super) players: Vec<String>,
    /// The names of the strategies, per player.
    pub(super) strategies: Vec<Vec<String>>,
    /// Per player, the payoff of every combination, the strategy of the first player changing fastest.
    pub(super) payoffs: Vec<Vec<Number>>,
}

/// The graph model: an option per strategy, of which a player has taken exactly one.
pub(super) fn model(game: &Game, findings: &mut Findings) -> Option<Model> {
    let mut options = Vec::new();
    let mut infeasible = Vec::new();
    for (owner, names) in game.strategies.iter().enumerate() {
        let first = options.len();
        let bit = |at: usize| 1_u64 << (first + at);
        let all = (0..names.len()).fold(0, |all, at| all | bit(at));
        infeasible.push(Formula::Pattern { mask: all, value: 0 });
        for one in 0..names.len() {
            let both = (0..one).map(|other| bit(one) | bit(other));
            infeasible.extend(both.map(|both| Formula::Pattern { mask: both, value: both }));
        }
        let option = |name: &String| ModelOption { name: name.clone(), owner, direction: Direction::Both };
        options.extend(names.iter().map(option));
    }
    let form = OptionForm { decision_makers: game.players.clone(), options, infeasible, merged: Vec::new() };
    let preferences = game.payoffs.iter().map(|payoffs| Preference::Ranks(ranks(payoffs)));
    let built = form.states().and_then(|states| Model::new(form, states, preferences));
    built.map_err(|refusal| findings.general(Code::TooLarge, refusal.to_string(), "take a smaller game")).ok()
}

/// Whole numbers in the order of the payoffs.
fn ranks(payoffs: &[Number]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..payoffs.len()).collect();
    order.sort_by(|left, right| payoffs[*left].cmp(&payoffs[*right]));
    let mut ranks = vec![0; payoffs.len()];
    let mut rank = 0;
    for pair in order.windows(2) {
        rank += u32::from(payoffs[pair[0]] != payoffs[pair[1]]);
        ranks[pair[1]] = rank;
    }
    ranks
}
