//! A meeting: who proposes what, and who says yes.

use winset_case::{ActorId, TrackId};
use winset_chance::normal;

use crate::ending::Ending;
use crate::luck::{Layout, Purpose};
use crate::observer::{Answer, Event, Observer};
use crate::process::{Place, Process};
use crate::refusal::Refusal;
use crate::room::Scratch;
use crate::table::{BELIEF_CUT, Columns, Order, Table};

impl Table {
    /// Who proposes: one of those who vote, by weight.
    fn pick(&self, word: u32) -> Option<usize> {
        let mut left = (f64::from(word) + 0.5) / 4_294_967_296.0 * self.weight;
        let mut last = None;
        for (at, &weight) in self.weights.iter().enumerate() {
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

    /// The first entry of a proposer's list that it accepts itself and takes to pass, where judges are moved so.
    fn choice(&self, order: &Order, own: Columns, slack: impl Fn(usize, usize) -> f64) -> Option<usize> {
        let mut entries = order.entries.iter().map(|entry| *entry as usize);
        if self.unanimous {
            return entries.find(|&entry| self.all_accept(entry, &slack));
        }
        entries.find(|&entry| {
            let judgings = self.judgings(entry);
            let accepting = self.accepting(judgings, &slack);
            accepting & own == own && self.passes(accepting, |at| self.margin(judgings, at, accepting, &slack))
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
    pub(crate) fn meeting<'p, O: Observer>(
        &'p self,
        place: &mut Place<'p>,
        room: &mut Scratch<'p>,
        track: usize,
        round: u32,
        concluding: bool,
        watcher: &mut O,
    ) -> Result<Option<Ending>, Refusal> {
        let table = self.table(*place, track, &mut room.valuations)?;
        if table.entries.is_empty() && !O::WATCHES {
            return Ok(None);
        }
        let (drawn, answered) =
            if concluding { (Purpose::Asker, Purpose::Endorsement) } else { (Purpose::Proposer, Purpose::Response) };
        let word = room.words.of(&self.layout, drawn, track, round - 1);
        let Some(proposer) = table.pick(word) else { return Ok(None) };
        let order = if concluding { &table.concluding[proposer] } else { &table.orders[proposer] };
        let own = table.voters[proposer].judges;
        let error = place.variation.parameters.beliefs;
        let choice = room.choice(&self.layout, table, order, own, error, round);
        let who = table.voters[proposer].actor;
        let Some(entry) = choice else {
            if O::WATCHES {
                watcher.see(round, Event::NothingToPropose { track: TrackId(track), proposer: who });
            }
            return Ok(None);
        };
        room.proposed(track);
        let judgings = table.judgings(entry);
        // Who accepts as things stand matters only to those whom somebody presses.
        let as_they_are = if table.pressed { table.accepting(judgings, room.here(table)) } else { 0 };
        let heard = (track, answered, round);
        let accepting = self.answers(table, room, entry, own, as_they_are, heard, O::WATCHES);
        let agreed = table.passes(accepting, |at| room.noisy[at]);
        if O::WATCHES {
            let judges = (0..table.columns.len()).filter(|at| (table.judges & !own) >> at & 1 == 1);
            let answers = judges.map(|at| Answer {
                judge: table.columns[at].actor,
                margin: table.margin(judgings, at, as_they_are, room.here(table)),
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
        if !agreed {
            return Ok(None);
        }
        let ending = self.agree(place, room, table, (track, entry), round)?;
        if let (true, Some(Ending::Settlement(framework))) = (O::WATCHES, ending) {
            watcher.see(round, Event::Concluded(framework));
        }
        Ok(ending)
    }

    /// Who accepts once everyone has answered. Where all have to, nobody is heard after the first who refuses, unless somebody wants to hear `all`; where
    /// not, each one's margin as it weighed it is left in the room.
    #[expect(clippy::too_many_arguments, reason = "one step of a meeting")]
    fn answers(
        &self,
        table: &Table,
        room: &mut Scratch<'_>,
        entry: usize,
        own: Columns,
        as_they_are: Columns,
        (track, purpose, round): (usize, Purpose, u32),
        all: bool,
    ) -> Columns {
        let judgings = table.judgings(entry);
        room.noisy.clear();
        room.noisy.resize(table.columns.len(), 0.0);
        let mut accepting = own;
        let scale = room.responses;
        for (at, column) in table.columns.iter().enumerate().filter(|(at, _)| (table.judges & !own) >> at & 1 == 1) {
            let mut margin = table.margin(judgings, at, as_they_are, room.here(table));
            // Beyond this no word of 32 bits turns the answer.
            if margin.abs() < scale * 23.0 {
                let word = room.words.of(&self.layout, purpose, self.layout.pair(track, column.actor.0), round - 1);
                // Nor does one that only strengthens it; how much matters where a veto holder may abstain.
                if !table.unanimous || (word >= 1 << 31) != (margin >= 0.0) {
                    margin += scale * logistic(word);
                }
            }
            room.noisy[at] = margin;
            if margin >= 0.0 {
                accepting |= 1 << at;
            } else if table.unanimous && !all {
                break;
            }
        }
        accepting
    }

    /// What the coming meetings promise an actor, looking one round ahead under full information: over tracks and proposers, what each would put is worth
    /// to it over what stands.
    pub(crate) fn promise<'p>(
        &'p self,
        place: Place<'p>,
        room: &mut Scratch<'p>,
        actor: ActorId,
    ) -> Result<f64, Refusal> {
        let Some(owner) = self.owners.iter().position(|owner| *owner == actor) else { return Ok(0.0) };
        let mut promise = 0.0;
        for track in 0..self.case().tracks.len() {
            if room.is_over(track) || !place.variation.open[track] {
                continue;
            }
            let table = self.table(place, track, &mut room.valuations)?;
            for (at, voter) in table.voters.iter().enumerate().filter(|_| table.weight > 0.0) {
                if let Some(entry) = table.choice(&table.orders[at], voter.judges, room.here(table)) {
                    let meets = place.variation.parameters.paces[track].meets.share();
                    let share = table.weights[at] / table.weight * meets;
                    promise += share * table.entries[entry].promises[owner];
                }
            }
        }
        Ok(promise)
    }
}

impl Scratch<'_> {
    /// By how much each column of a table is moved as things stand.
    pub(crate) fn here<'r>(&'r self, table: &'r Table) -> impl Fn(usize, usize) -> f64 + 'r {
        |at, ends| self.slack[table.actors[at] as usize][ends]
    }

    /// What a proposer puts: it knows its own demands as they are, and those of others with an error, drawn where an answer hangs on it.
    fn choice(
        &mut self,
        layout: &Layout,
        table: &Table,
        order: &Order,
        own: Columns,
        error: f64,
        round: u32,
    ) -> Option<usize> {
        let Scratch { slack, words, errors, believed, .. } = self;
        let knows = |at: usize| error <= 0.0 || own >> at & 1 == 1;
        let mut believe = |at: usize| {
            let actor = table.actors[at] as usize;
            if knows(at) {
                return slack[actor];
            }
            if errors[actor].0 != round {
                let word = words.of(layout, Purpose::Belief, actor, round - 1);
                errors[actor] = (round, normal(word).clamp(-BELIEF_CUT, BELIEF_CUT));
            }
            slack[actor].map(|here| here + error * errors[actor].1)
        };
        believed.clear();
        believed.resize(table.columns.len(), [0.0; 2]);
        if table.unanimous {
            // Who refuses everything, however wrong the belief or wrong as it is, leaves nothing to put.
            let doubt = error.max(0.0) * BELIEF_CUT;
            let at_most =
                |at: usize| slack[table.actors[at] as usize].map(|here| if knows(at) { here } else { here + doubt });
            let judges = || table.judging.iter().zip(&order.best);
            if judges().any(|(&at, best)| Table::refuses_all(best, at_most(at))) {
                return None;
            }
            for (&at, best) in judges() {
                believed[at] = believe(at);
                if Table::refuses_all(best, believed[at]) {
                    return None;
                }
            }
            let mut asked = table.columns.len() == table.judging.len();
            return order.entries.iter().map(|entry| *entry as usize).find(|&entry| {
                table.at_a_glance(entry, |at, ends| believed[at][ends]).unwrap_or_else(|| {
                    if !asked {
                        (0..table.columns.len()).for_each(|at| believed[at] = believe(at));
                        asked = true;
                    }
                    table.accepting(table.judgings(entry), |at, ends| believed[at][ends]) & table.judges == table.judges
                })
            });
        }
        (0..table.columns.len()).for_each(|at| believed[at] = believe(at));
        table.choice(order, own, |at, ends| believed[at][ends])
    }
}

/// A standard logistic variate: the quantile of the middle of the word's interval.
fn logistic(word: u32) -> f64 {
    let above = f64::from(word) + 0.5;
    libm::log(above / (4_294_967_296.0 - above))
}
