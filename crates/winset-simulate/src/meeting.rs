//! A meeting: who proposes what, and who says yes.

use std::sync::Arc;

use winset_case::{ActorId, TrackId};
use winset_chance::normal;

use crate::ending::Ending;
use crate::luck::Purpose;
use crate::observer::{Answer, Event, Observer};
use crate::process::{Process, Standing};
use crate::refusal::Refusal;
use crate::run::Scratch;
use crate::table::{BELIEF_CUT, Columns, Slack, Table};

impl Scratch {
    /// Lays out by the columns of a table by how much each actor is moved.
    pub(crate) fn settle_in(&mut self, table: &Table) {
        self.here.clear();
        self.here.extend(table.columns.iter().map(|column| self.slack[column.actor.0]));
    }
}

impl Table {
    /// The first entry of a proposer's list that it accepts itself and takes to pass, where judges are moved so.
    fn choice(&self, order: &[u32], own: Columns, slack: &[Slack]) -> Option<usize> {
        let entries = order.iter().map(|entry| *entry as usize);
        entries.into_iter().find(|&entry| {
            let accepting = self.accepting(entry, slack);
            accepting & own == own && self.passes(accepting, |at| self.margin(entry, at, accepting, slack))
        })
    }
}

impl Process {
    /// One meeting of a track (3), or one call for a conclusion there (5). Returns how the run ends if it does.
    ///
    /// A proposer is drawn by weight (Baron & Ferejohn 1989). It offers the package that is best for itself among those it accepts itself and believes
    /// the others accept; what it believes of another's demand is wrong by a normal error, one for each actor and round (private information about
    /// reservation values: Fearon 1995). Each other judge answers by a quantal response, logistic in its margin (`McKelvey` & Palfrey 1995). No red
    /// line without a price is ever crossed.
    pub(crate) fn meeting<O: Observer>(
        &self,
        standing: &mut Arc<Standing>,
        room: &mut Scratch,
        track: usize,
        round: u32,
        concluding: bool,
        watcher: &mut O,
    ) -> Result<Option<Ending>, Refusal> {
        let now = Arc::clone(standing);
        let Some(table) = &now.tables[track] else { return Ok(None) };
        if table.entries.is_empty() && !O::WATCHES {
            return Ok(None);
        }
        let parameters = &now.variation.parameters;
        let (drawn, answered) =
            if concluding { (Purpose::Asker, Purpose::Endorsement) } else { (Purpose::Proposer, Purpose::Response) };
        let word = room.words.of(&self.layout, drawn, track, round - 1);
        let Some(proposer) = pick(table, &parameters.paces[track].proposes, word) else { return Ok(None) };
        let order = if concluding { &table.concluding[proposer] } else { &table.orders[proposer] };
        let own = table.voters[proposer].judges;
        let choice = if order.is_empty() {
            None
        } else {
            room.settle_in(table);
            room.believe(self, table, own, parameters.beliefs, round);
            table.choice(order, own, &room.believed)
        };
        let who = table.voters[proposer].actor;
        let Some(entry) = choice else {
            if O::WATCHES {
                watcher.see(round, Event::NothingToPropose { track: TrackId(track), proposer: who });
            }
            return Ok(None);
        };
        room.proposed(track);
        let as_they_are = table.accepting(entry, &room.here);
        let (accepting, noisy) = self.answers(table, room, entry, own, as_they_are, (track, answered, round));
        let agreed = table.passes(accepting, |at| noisy[at]);
        if O::WATCHES {
            let judges = (0..table.columns.len()).filter(|at| (table.judges & !own) >> at & 1 == 1);
            let answers = judges.map(|at| Answer {
                judge: table.columns[at].actor,
                margin: table.margin(entry, at, as_they_are, &room.here),
                accepted: accepting >> at & 1 == 1,
            });
            watcher.see(
                round,
                Event::Proposal {
                    track: TrackId(track),
                    proposer: who,
                    changes: table.entries[entry].changes.clone(),
                    concludes: table.entries[entry].concludes,
                    answers: answers.collect(),
                    agreed,
                },
            );
        }
        room.noisy = noisy;
        if !agreed {
            return Ok(None);
        }
        let ending = self.agree(standing, room, track, entry, round)?;
        if let (true, Some(Ending::Settlement(framework))) = (O::WATCHES, ending) {
            watcher.see(round, Event::Concluded(framework));
        }
        Ok(ending)
    }

    /// Who accepts once everyone has answered, and each one's margin as it weighed it.
    fn answers(
        &self,
        table: &Table,
        room: &mut Scratch,
        entry: usize,
        own: Columns,
        as_they_are: Columns,
        (track, purpose, round): (usize, Purpose, u32),
    ) -> (Columns, Vec<f64>) {
        let mut noisy = std::mem::take(&mut room.noisy);
        noisy.clear();
        noisy.resize(table.columns.len(), 0.0);
        let mut accepting = own;
        let scale = room.responses;
        for (at, column) in table.columns.iter().enumerate().filter(|(at, _)| (table.judges & !own) >> at & 1 == 1) {
            let mut margin = table.margin(entry, at, as_they_are, &room.here);
            // Beyond this no word of 32 bits turns the answer.
            if margin.abs() < scale * 23.0 {
                let word = room.words.of(&self.layout, purpose, self.layout.pair(track, column.actor.0), round - 1);
                margin += scale * logistic(word);
            }
            noisy[at] = margin;
            if margin >= 0.0 {
                accepting |= 1 << at;
            }
        }
        (accepting, noisy)
    }

    /// What the coming meetings promise an actor, looking one round ahead under full information: over tracks and proposers, what each would put is worth
    /// to it over what stands.
    pub(crate) fn promise(&self, standing: &Standing, room: &mut Scratch, actor: ActorId) -> f64 {
        let Some(owner) = self.owners.iter().position(|owner| *owner == actor) else { return 0.0 };
        let mut promise = 0.0;
        for (track, table) in standing.tables.iter().enumerate() {
            let Some(table) = table else { continue };
            if room.is_over(track) {
                continue;
            }
            room.settle_in(table);
            let weights = &standing.variation.parameters.paces[track].proposes;
            let all: f64 = table.voters.iter().map(|voter| weights[voter.actor.0]).sum();
            for (at, voter) in table.voters.iter().enumerate().filter(|_| all > 0.0) {
                if let Some(entry) = table.choice(&table.orders[at], voter.judges, &room.here) {
                    let share = weights[voter.actor.0] / all * standing.variation.parameters.paces[track].meets.share();
                    promise += share * table.entries[entry].promises[owner];
                }
            }
        }
        promise
    }
}

impl Scratch {
    /// What a proposer believes: its own demands as they are, those of others with an error.
    fn believe(&mut self, process: &Process, table: &Table, own: Columns, error: f64, round: u32) {
        self.believed.clear();
        self.believed.extend_from_slice(&self.here);
        if error <= 0.0 {
            return;
        }
        for (at, column) in table.columns.iter().enumerate().filter(|(at, _)| own >> at & 1 == 0) {
            let word = self.words.of(&process.layout, Purpose::Belief, column.actor.0, round - 1);
            let error = error * normal(word).clamp(-BELIEF_CUT, BELIEF_CUT);
            self.believed[at][0] += error;
            self.believed[at][1] += error;
        }
    }
}

/// Who proposes: one of those who vote, by weight.
fn pick(table: &Table, weights: &[f64], word: u32) -> Option<usize> {
    let all: f64 = table.voters.iter().map(|voter| weights[voter.actor.0]).sum();
    let mut left = (f64::from(word) + 0.5) / 4_294_967_296.0 * all;
    let mut last = None;
    for (at, voter) in table.voters.iter().enumerate() {
        let weight = weights[voter.actor.0];
        if weight > 0.0 {
            last = Some(at);
            if left < weight {
                break;
            }
            left -= weight;
        }
    }
    last
}

/// A standard logistic variate: the quantile of the middle of the word's interval.
fn logistic(word: u32) -> f64 {
    let above = f64::from(word) + 0.5;
    libm::log(above / (4_294_967_296.0 - above))
}
