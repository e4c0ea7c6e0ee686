//! The definitions, as they are written in the literature: quantifiers over moves, no thresholds, no searches shared between states.

use std::collections::BTreeSet;

use winset_stability::{Concept, Direction, Model, SanctionRule};

/// Moves as sets and ranks, made from a model without using the engine.
#[derive(Clone)]
pub struct Reference {
    /// Per decision maker and state: where it can go.
    pub moves: Vec<Vec<BTreeSet<usize>>>,
    pub ranks: Vec<Vec<u32>>,
    /// Keys of states.
    pub keys: Vec<u64>,
    /// The options of each decision maker.
    pub holding: Vec<u64>,
}

impl Reference {
    /// From the option form alone.
    pub fn new(model: &Model) -> Self {
        let states = model.states();
        let keys: Vec<u64> = (0..states.len()).map(|state| states.key(state)).collect();
        let players = model.decision_makers().len();
        let moves = (0..players).map(|mover| {
            let allowed = |from: u64, to: u64| {
                from != to
                    && model.options().iter().enumerate().all(|(option, entry)| {
                        let (before, after) = (from >> option & 1, to >> option & 1);
                        before == after
                            || entry.owner == mover
                                && match entry.direction {
                                    Direction::Both => true,
                                    Direction::OnlyOn => after == 1,
                                    Direction::OnlyOff => after == 0,
                                }
                    })
            };
            let hidden = |state: usize| model.hidden(mover).is_some_and(|hidden| hidden.contains(state));
            let from = |state: usize| {
                let targets = (0..keys.len()).filter(|to| allowed(keys[state], keys[*to]));
                targets.filter(|to| !hidden(state) && !hidden(*to)).collect()
            };
            (0..keys.len()).map(from).collect()
        });
        Reference {
            moves: moves.collect(),
            ranks: (0..players).map(|player| model.ranks(player).to_vec()).collect(),
            holding: (0..players).map(|player| model.holding(player)).collect(),
            keys,
        }
    }

    pub fn players(&self) -> usize {
        self.moves.len()
    }

    pub fn improvements(&self, mover: usize, state: usize) -> BTreeSet<usize> {
        let better = |target: &usize| self.ranks[mover][*target] > self.ranks[mover][state];
        self.moves[mover][state].iter().copied().filter(better).collect()
    }

    fn steps(&self, mover: usize, state: usize, credible: bool) -> BTreeSet<usize> {
        if credible { self.improvements(mover, state) } else { self.moves[mover][state].clone() }
    }

    /// Where a coalition can lead from a state (`R_H` or `R_H+`): by legal sequences, by sequences in which each moves once, or by one move.
    pub fn reach(&self, coalition: &[usize], state: usize, credible: bool, rule: SanctionRule) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        match rule {
            SanctionRule::Single => {
                coalition.iter().for_each(|mover| reached.extend(self.steps(*mover, state, credible)));
            }
            SanctionRule::EachOnce => self.each_once(coalition, state, credible, &mut reached),
            SanctionRule::Legal => {
                // Pairs of a state and who moved last.
                let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
                let mut open = vec![(state, usize::MAX)];
                while let Some((at, last)) = open.pop() {
                    for &mover in coalition.iter().filter(|mover| **mover != last) {
                        for target in self.steps(mover, at, credible) {
                            if seen.insert((target, mover)) {
                                reached.insert(target);
                                open.push((target, mover));
                            }
                        }
                    }
                }
            }
        }
        reached
    }

    fn each_once(&self, left: &[usize], state: usize, credible: bool, reached: &mut BTreeSet<usize>) {
        for &mover in left {
            let rest: Vec<usize> = left.iter().copied().filter(|other| *other != mover).collect();
            for target in self.steps(mover, state, credible) {
                reached.insert(target);
                self.each_once(&rest, target, credible, reached);
            }
        }
    }

    pub fn opponents(&self, player: usize) -> Vec<usize> {
        (0..self.players()).filter(|other| *other != player).collect()
    }

    /// Whether a state is stable for a decision maker.
    pub fn is_stable(&self, concept: Concept, player: usize, state: usize, rule: SanctionRule) -> bool {
        let ranks = &self.ranks[player];
        let no_better = |end: &usize| ranks[*end] <= ranks[state];
        self.improvements(player, state).iter().all(|improved| {
            if concept == Concept::Nash {
                return false;
            }
            let credible = matches!(concept, Concept::Seq | Concept::Sseq);
            self.reach(&self.opponents(player), *improved, credible, rule).iter().any(|sanction| {
                no_better(sanction)
                    && (matches!(concept, Concept::Gmr | Concept::Seq)
                        || self.moves[player][*sanction].iter().all(no_better))
            })
        })
    }

    /// The states stable for a decision maker, as a text of 0 and 1.
    pub fn stable(&self, concept: Concept, player: usize, rule: SanctionRule) -> String {
        let digit = |state| if self.is_stable(concept, player, state, rule) { '1' } else { '0' };
        (0..self.keys.len()).map(digit).collect()
    }
}
