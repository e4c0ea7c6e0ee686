//! One run, round by round (the model, section 6).
//!
//! The order of a round is fixed: (1) the battlefield, fatigue and events; (2) levers; (3) meetings, in the order of the file; (4) what holds and what
//! breaks; (5) an attempt at a settlement where its benchmarks have just been met; (6) tracks that fail and sponsors who leave; (7) collapse.

use winset_case::edit::Change as EditChange;
use winset_case::{LeverId, Policy, TrackId};

use crate::ending::{Ending, Fate};
use crate::luck::Purpose;
use crate::observer::{Event, Observer};
use crate::parameters::happens;
use crate::process::{Place, Process};
use crate::refusal::Refusal;
use crate::room::Scratch;

impl Process {
    /// One run: a pure function of this process, the seed the room was made with, and the number of the run.
    ///
    /// # Errors
    ///
    /// Where runs lead to more standings, or larger ones, than this version keeps.
    pub fn run<'p, O: Observer>(
        &'p self,
        run: u64,
        room: &mut Scratch<'p>,
        watcher: &mut O,
    ) -> Result<Ending, Refusal> {
        let mut place = match room.start {
            Some(start) => start,
            None => *room.start.insert(self.today()?),
        };
        room.begin(run, place.variation.levers);
        room.note(place.standing.benchmarks, 0);
        let mut ending = None;
        for round in 1..=self.horizon {
            room.rounds = round;
            room.responses = place.variation.parameters.responses;
            self.battlefield(place, room, round);
            place = self.events(place, room, round, watcher)?;
            place = self.levers(place, room, round, watcher)?;
            room.look_ahead(self, place, round);
            ending = self.meetings(&mut place, room, round, watcher)?;
            if ending.is_none() {
                place = self.breaks(place, room, round, watcher)?;
                ending = self.attempts(&mut place, room, round, watcher)?;
            }
            if ending.is_none() {
                self.fates(place, room, round, watcher);
                ending = self.collapse(place, room, round);
            }
            if ending.is_some() {
                break;
            }
        }
        room.end = Some(place);
        let ending = ending.unwrap_or_else(|| self.at_the_horizon(room));
        if O::WATCHES {
            watcher.see(room.rounds, Event::Ended(ending));
        }
        Ok(ending)
    }

    /// (1) A round of the battlefield, as a random walk between bounds: war as a contest over a line of forts, one taken or lost at a time (Smith & Stam
    /// 2004; Slantchev 2003). One's gain is its adversary's loss in a share of rounds. Fatigue adds to what going on costs. Together they move a fallback
    /// by no more than the bound. Distrust fades.
    fn battlefield<'p>(&'p self, place: Place<'p>, room: &mut Scratch<'p>, round: u32) {
        room.look_ahead(self, place, round);
        let parameters = &place.variation.parameters;
        for &actor in &parameters.order {
            let reach = parameters.fortunes[actor].reach;
            let step = if room.ahead.gains(actor, round - 1) { 1 } else { -1 };
            room.positions[actor] = (room.positions[actor] + step).clamp(-reach, reach);
        }
        // Nobody else is moved until something breaks, or the case itself changes.
        let fade = |room: &mut Scratch<'_>, actor: usize| {
            room.distrust[actor] *= parameters.remembered;
            if !parameters.fortunes[actor].moves {
                room.slack[actor] = [-room.distrust[actor]; 2];
            }
        };
        if self.moving_levers || !self.due.is_empty() {
            (0..parameters.fortunes.len()).for_each(|actor| fade(room, actor));
        } else {
            (0..room.wronged.len()).for_each(|at| fade(room, room.wronged[at]));
        }
        for &actor in &parameters.movers {
            let fortune = &parameters.fortunes[actor];
            let moved = fortune.shock * f64::from(room.positions[actor]) - fortune.fatigue * f64::from(round);
            let demand = moved.clamp(-parameters.bound, parameters.bound);
            room.slack[actor] = [-room.distrust[actor], -room.distrust[actor] - demand];
        }
    }

    /// (1) What is to happen on a day of this round.
    fn events<'p, O: Observer>(
        &'p self,
        mut place: Place<'p>,
        room: &mut Scratch<'p>,
        round: u32,
        watcher: &mut O,
    ) -> Result<Place<'p>, Refusal> {
        for &(_, event) in self.due.iter().filter(|(due, _)| *due == round) {
            let chance = place.variation.parameters.chances[event];
            if !chance.happens(room.words.of(&self.layout, Purpose::Event, event, 0)) {
                continue;
            }
            if O::WATCHES {
                watcher.see(round, Event::Happened(event));
            }
            room.events |= 1 << event;
            let mut state = place.standing.state.clone();
            for edit in &self.case().dynamics.events[event].edits {
                if let (EditChange::Today(issue, option), Some(outcome)) = (&edit.change, &mut state.outcome) {
                    outcome[issue.0] = *option;
                }
            }
            place = self.place(self.variation(room.levers, room.events)?, &state)?;
            room.note(place.standing.benchmarks, round);
        }
        Ok(place)
    }

    /// (2) Owners use their levers by their policies.
    fn levers<'p, O: Observer>(
        &'p self,
        place: Place<'p>,
        room: &mut Scratch<'p>,
        round: u32,
        watcher: &mut O,
    ) -> Result<Place<'p>, Refusal> {
        if !self.moving_levers {
            return Ok(place);
        }
        // Levers in use before the first round stay in use.
        let mut used =
            self.case().levers.iter().enumerate().fold(0, |used, (at, lever)| used | u64::from(lever.on) << at);
        let always = used;
        for (&lever, policy) in &self.case().dynamics.policies {
            let wants = match policy {
                Policy::Never => false,
                Policy::Always | Policy::When(_) => place.standing.wanted >> lever.0 & 1 == 1,
                Policy::BestResponse => self.pays(place, room, lever)?,
            };
            if always >> lever.0 & 1 == 0 && wants && self.may_use(lever, used) {
                used |= 1 << lever.0;
            }
        }
        if used == room.levers {
            return Ok(place);
        }
        if O::WATCHES {
            for at in (0..self.case().levers.len()).filter(|at| (used ^ room.levers) >> at & 1 == 1) {
                watcher.see(round, Event::Lever(LeverId(at), used >> at & 1 == 1));
            }
        }
        room.levers = used;
        let place = self.place(self.variation(used, room.events)?, &place.standing.state)?;
        room.note(place.standing.benchmarks, round);
        Ok(place)
    }

    /// Whether using a lever in this round promises its owner more than not using it: a best response one round ahead, to what others use now.
    fn pays<'p>(&'p self, place: Place<'p>, room: &mut Scratch<'p>, lever: LeverId) -> Result<bool, Refusal> {
        let Some(owner) = self.case().levers[lever.0].owner else { return Ok(false) };
        let bit = 1 << lever.0;
        let effort = place.variation.parameters.efforts[lever.0];
        let (with, without) = (room.levers | bit, room.levers & !bit);
        let mut promise = |levers: u64| -> Result<f64, Refusal> {
            let there = self.place(self.variation(levers, room.events)?, &place.standing.state)?;
            self.promise(there, room, owner)
        };
        Ok(promise(with)? - effort > promise(without)?)
    }

    /// (3) Each open track that meets in this round does.
    fn meetings<'p, O: Observer>(
        &'p self,
        place: &mut Place<'p>,
        room: &mut Scratch<'p>,
        round: u32,
        watcher: &mut O,
    ) -> Result<Option<Ending>, Refusal> {
        let variation = place.variation;
        for word in 0..room.going.len() {
            let due = room.ahead.meet(round - 1, word) & room.going[word];
            room.met[word] = due;
            room.tried[word] = 0;
            for track in tracks_of(word, due) {
                room.tracks[track].record.meetings += 1;
                if variation.concludable(place.standing, track).is_some() {
                    room.tried[word] |= 1 << (track % 64);
                }
                if !O::WATCHES && place.standing.is_barren(track) {
                    continue;
                }
                let ending = self.meeting(place, room, track, round, false, watcher)?;
                if ending.is_some() {
                    return Ok(ending);
                }
            }
        }
        Ok(None)
    }

    /// (5) Where a track that can conclude a framework met before its benchmarks were met, and they are met now, it is asked to conclude.
    fn attempts<'p, O: Observer>(
        &'p self,
        place: &mut Place<'p>,
        room: &mut Scratch<'p>,
        round: u32,
        watcher: &mut O,
    ) -> Result<Option<Ending>, Refusal> {
        if place.standing.satisfied == 0 {
            return Ok(None);
        }
        for word in 0..room.going.len() {
            for track in tracks_of(word, room.met[word] & !room.tried[word] & room.going[word]) {
                if place.variation.concludable(place.standing, track).is_none() {
                    continue;
                }
                let ending = self.meeting(place, room, track, round, true, watcher)?;
                if ending.is_some() {
                    return Ok(ending);
                }
            }
        }
        Ok(None)
    }

    /// (6) Tracks fail outright, together in a share of rounds; sponsors leave dead ones where leaving costs them no more than staying.
    fn fates<'p, O: Observer>(&'p self, place: Place<'p>, room: &mut Scratch<'p>, round: u32, watcher: &mut O) {
        let variation = place.variation;
        for word in 0..room.going.len() {
            let going = room.going[word];
            tracks_of(word, going).for_each(|track| room.idle[track] += 1);
            let failing = room.ahead.fail(round - 1, word) & going;
            // Nobody else is asked unless somebody watches.
            let asked = if O::WATCHES { going } else { failing | variation.left_when_dead[word] & going };
            for track in tracks_of(word, asked) {
                let bit = 1 << (track % 64);
                let fate = if failing & bit != 0 {
                    Fate::Failed
                } else if !room.is_dead(self, track) {
                    continue;
                } else if variation.left_when_dead[word] & bit != 0 {
                    Fate::Left
                } else {
                    if O::WATCHES && !room.tracks[track].told {
                        room.tracks[track].told = true;
                        let sponsors = variation.parameters.paces[track].sponsors.iter();
                        let stay = sponsors.filter(|(_, stays)| *stays).map(|(actor, _)| *actor);
                        watcher.see(round, Event::KeptAlive { track: TrackId(track), sponsors: stay.collect() });
                    }
                    continue;
                };
                room.going[word] &= !bit;
                room.tracks[track].over = Some(fate);
                if O::WATCHES {
                    let track = TrackId(track);
                    watcher.see(round, if fate == Fate::Left { Event::Left(track) } else { Event::Failed(track) });
                }
            }
        }
    }

    /// (7) One side may collapse: less likely the more its patrons support it and the better it stands, twice as likely at the worst it can stand.
    fn collapse<'p>(&'p self, place: Place<'p>, room: &mut Scratch<'p>, round: u32) -> Option<Ending> {
        let parameters = &place.variation.parameters;
        for &actor in &parameters.frail {
            if !room.ahead.in_danger(actor, round - 1) {
                continue;
            }
            let fortune = &parameters.fortunes[actor];
            let stands =
                if fortune.reach > 0 { f64::from(room.positions[actor]) / f64::from(fortune.reach) } else { 0.0 };
            let hazard = fortune.collapse * (1.0 - stands);
            if happens(hazard, room.words.of(&self.layout, Purpose::Collapse, actor, round - 1)) {
                return Some(Ending::Collapse(winset_case::ActorId(actor)));
            }
        }
        None
    }

    /// What the horizon finds: a deadlock where all that could end the process is dead and goes on.
    fn at_the_horizon(&self, room: &Scratch<'_>) -> Ending {
        let case = self.case();
        let can_end = |track: &usize| case.frameworks.is_empty() || case.tracks[*track].concludes.is_some();
        let fates = (0..case.tracks.len()).filter(can_end).map(|track| room.fate(self, TrackId(track)));
        let open: Vec<Fate> = fates.filter(|fate| matches!(fate, Fate::Alive | Fate::Dead)).collect();
        if open.is_empty() {
            Ending::Abandoned
        } else if open.iter().all(|fate| *fate == Fate::Dead) {
            Ending::Deadlock
        } else {
            Ending::Unfinished
        }
    }
}

/// The tracks of a word, by their bits.
fn tracks_of(word: usize, mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (bits != 0).then(|| {
            let track = word * 64 + bits.trailing_zeros() as usize;
            bits &= bits - 1;
            track
        })
    })
}
