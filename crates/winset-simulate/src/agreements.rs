//! Deals once made: what holds, and what breaks.

use winset_case::TrackId;

use crate::ending::Ending;
use crate::luck::Purpose;
use crate::observer::{Change, Event, Observer};
use crate::parameters::happens;
use crate::process::{Place, Process};
use crate::refusal::Refusal;
use crate::room::{Agreement, Scratch};
use crate::table::Table;

impl Process {
    /// (4) Agreements hold or break. Health falls while somebody who made it would not make it again, and recovers while all would. The hazard falls
    /// with enforcement, with how many of those behind the seats would carry it, and with health. A break brings back what stood before, and costs
    /// trust (agreements broken make the next one harder: Walter 2002; Fortna 2004 on enforcement).
    pub(crate) fn breaks<'p, O: Observer>(
        &'p self,
        mut place: Place<'p>,
        room: &mut Scratch<'p>,
        round: u32,
        watcher: &mut O,
    ) -> Result<Place<'p>, Refusal> {
        let parameters = &place.variation.parameters;
        let mut at = 0;
        while at < room.agreements.len() {
            let Agreement { track, table, entry, live, health, .. } = room.agreements[at];
            let content = table.all_accept(entry, room.here(table));
            let step = if content { parameters.wear } else { -parameters.wear };
            let health = (health + step).clamp(0.0, 1.0);
            room.agreements[at].health = health;
            let entry = &table.entries[entry];
            let strain = (2.0 - entry.durability) * (2.0 - health);
            let hazard = parameters.paces[track].hazard * strain;
            let first = entry.changes.get(live.trailing_zeros() as usize).filter(|_| hazard > 0.0);
            let breaks = first.is_some_and(|first| {
                happens(hazard, room.words.of(&self.layout, Purpose::Break, first.issue, round - 1))
            });
            if !breaks {
                at += 1;
                continue;
            }
            for (column, body) in table.columns.iter().enumerate() {
                if table.judges >> column & 1 == 1 {
                    let actor = body.actor.0;
                    room.distrust[actor] += parameters.distrust;
                    if !room.wronged.contains(&actor) {
                        room.wronged.push(actor);
                    }
                }
            }
            let broken = room.agreements.remove(at);
            room.breaks += 1;
            room.tracks[track].record.breaks += 1;
            place = room.after(self, place, &broken)?;
            if O::WATCHES {
                let changes = broken.changes().map(|change| Change {
                    from: change.to,
                    to: change.from.filter(|_| place.standing.state.outcome.is_some()),
                    ..change
                });
                watcher.see(round, Event::Broken { track: TrackId(track), changes: changes.collect() });
            }
        }
        Ok(place)
    }

    /// Records a deal. The agreements whose options it changes no longer stand in that part. Returns how the run ends if it does.
    pub(crate) fn agree<'p>(
        &'p self,
        place: &mut Place<'p>,
        room: &mut Scratch<'p>,
        table: &'p Table,
        (track, entry): (usize, usize),
        round: u32,
    ) -> Result<Option<Ending>, Refusal> {
        let made = place.standing.number;
        let body = &table.entries[entry];
        *place = match body.next() {
            Some(next) => self.numbered(next),
            None => {
                let next = self.place(place.variation, &body.leads_to)?;
                body.set_next(next.standing.number);
                next
            }
        };
        room.note(place.standing.benchmarks, round);
        let here = &mut room.tracks[track];
        here.record.deals += 1;
        here.told = false;
        room.idle[track] = 0;
        if body.concludes {
            let framework = table.framework.expect("what concludes concludes a framework");
            return Ok(Some(Ending::Settlement(framework)));
        }
        if self.case().frameworks.is_empty() {
            let ended = |at: &usize| place.standing.state.ended[table.columns[*at].actor.0];
            if (0..table.columns.len()).filter(|at| table.judges >> at & 1 == 1).all(|at| ended(&at)) {
                return Ok(Some(Ending::Deal));
            }
        }
        let touched = |issue: usize| body.changes.iter().any(|change| change.issue == issue);
        room.agreements.retain_mut(|agreement| {
            for (at, change) in agreement.table.entries[agreement.entry].changes.iter().enumerate() {
                if touched(change.issue) {
                    agreement.live &= !(1 << at);
                }
            }
            agreement.live != 0
        });
        let live = if body.changes.len() >= 128 { u128::MAX } else { (1 << body.changes.len()) - 1 };
        room.agreements.push(Agreement { made, track, table, entry, live, health: 1.0 });
        Ok(None)
    }
}
