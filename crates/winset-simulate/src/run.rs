//! One run, round by round (the model, section 6).
//!
//! The order of a round is fixed: (1) the battlefield, fatigue and events; (2) levers; (3) meetings, in the order of the file; (4) what holds and what
//! breaks; (5) an attempt at a settlement where its benchmarks have just been met; (6) tracks that fail and sponsors who leave; (7) collapse.

use std::collections::BTreeMap;
use std::sync::Arc;

use winset_case::edit::Change as EditChange;
use winset_case::{LeverId, Policy, TrackId};
use winset_worth::State;

use crate::ending::{Ending, Fate};
use crate::luck::{Purpose, Words};
use crate::observer::{Change, Event, Observer};
use crate::process::{Process, Standing};
use crate::refusal::Refusal;
use crate::table::Slack;

/// What one run leaves behind at a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TrackRecord {
    /// Rounds in which it met.
    pub meetings: u32,
    /// Proposals put there.
    pub proposals: u32,
    /// Deals made there.
    pub deals: u32,
    /// Deals made there that broke.
    pub breaks: u32,
}

/// The room a run works in, and what it leaves there. One is used for one run after the other.
#[derive(Debug)]
pub struct Scratch {
    pub(crate) words: Words,
    /// Per actor: rounds of the battlefield won less those lost, what a break still adds to what it demands, and both as they shift its margins.
    pub(crate) positions: Vec<i32>,
    pub(crate) distrust: Vec<f64>,
    pub(crate) slack: Vec<Slack>,
    /// Whether the last step of the battlefield went each actor's way.
    gained: Vec<bool>,
    /// Slack by the columns of the table in session.
    pub(crate) here: Vec<Slack>,
    pub(crate) believed: Vec<Slack>,
    /// Margins as they were weighed.
    pub(crate) noisy: Vec<f64>,
    /// How loosely seats answer.
    pub(crate) responses: f64,
    pub(crate) agreements: Vec<Agreement>,
    tracks: Vec<Track>,
    levers: u64,
    events: u64,
    /// What the run leaves behind.
    end: Option<Arc<Standing>>,
    rounds: u32,
    breaks: u32,
    first: Vec<u32>,
    found: BTreeMap<(u32, State), Arc<Standing>>,
}

/// A track as a run goes on.
#[derive(Debug, Clone, Copy, Default)]
struct Track {
    record: TrackRecord,
    /// Whether it has failed, or been left.
    over: Option<Fate>,
    /// Whether it met in this round, and whether a settlement could be tried there then.
    met: bool,
    tried: bool,
    /// Rounds since something came of it.
    idle: u32,
    /// Whether it was said that it is kept alive.
    told: bool,
}

/// A deal that stands.
#[derive(Debug)]
pub(crate) struct Agreement {
    /// Where it was made, from which standing, and which entry of that table it was.
    pub(crate) standing: Arc<Standing>,
    pub(crate) track: usize,
    pub(crate) entry: usize,
    /// Which of its changes still stand as it made them, one bit each.
    pub(crate) live: u128,
    /// From 1 (as good as new) to 0.
    health: f64,
}

impl Agreement {
    fn changes(&self) -> impl Iterator<Item = Change> + '_ {
        let table = self.standing.tables[self.track].as_ref();
        let changes = table.map_or(&[][..], |table| &table.entries[self.entry].changes);
        changes.iter().enumerate().filter(|(at, _)| self.live >> at & 1 == 1).map(|(_, change)| *change)
    }
}

impl Scratch {
    /// Room for runs of a process under a seed.
    pub fn new(process: &Process, seed: u64) -> Self {
        let case = process.case();
        let actors = case.actors.len();
        Scratch {
            words: Words::new(&process.layout, seed),
            positions: vec![0; actors],
            distrust: vec![0.0; actors],
            slack: vec![[0.0; 2]; actors],
            gained: vec![false; actors],
            here: Vec::new(),
            believed: Vec::new(),
            noisy: Vec::new(),
            responses: 0.0,
            agreements: Vec::new(),
            tracks: vec![Track::default(); case.tracks.len()],
            levers: 0,
            events: 0,
            end: None,
            rounds: 0,
            breaks: 0,
            first: vec![NEVER; process.benchmarks().count()],
            found: BTreeMap::new(),
        }
    }

    /// The number of the standing in which the last run ended.
    pub(crate) fn end_number(&self) -> u32 {
        self.end.as_ref().map_or(u32::MAX, |end| end.number)
    }

    /// Where the process stood when the last run ended.
    ///
    /// # Panics
    ///
    /// If nothing has been run in this room.
    pub fn end(&self) -> &State {
        &self.last().state
    }

    /// Per actor, what that is worth to it, on its own scale from 0 to 1 without linkages; `None` for one without preferences.
    ///
    /// # Panics
    ///
    /// As [`Scratch::end`].
    pub fn worths(&self) -> &[Option<f64>] {
        &self.last().worths
    }

    fn last(&self) -> &Standing {
        self.end.as_ref().expect("something has been run")
    }

    /// The round in which the last run ended, counted from 1.
    pub fn rounds(&self) -> u32 {
        self.rounds
    }

    /// How many agreements broke.
    pub fn breaks(&self) -> u32 {
        self.breaks
    }

    /// Per benchmark of [`Process::benchmarks`], the round after which it first held: 0 for today, [`NEVER`] where it never did.
    pub fn first_met(&self) -> &[u32] {
        &self.first
    }

    /// What the last run left behind at a track.
    pub fn record(&self, track: TrackId) -> TrackRecord {
        self.tracks[track.0].record
    }

    /// What became of a track.
    pub fn fate(&self, process: &Process, track: TrackId) -> Fate {
        let state = &self.tracks[track.0];
        if let Some(fate) = state.over {
            return fate;
        }
        let open = self.end.as_ref().is_some_and(|end| end.tables[track.0].is_some());
        if !open {
            Fate::Shut
        } else if self.is_dead(process, track.0) {
            Fate::Dead
        } else {
            Fate::Alive
        }
    }

    /// Whether nothing has come of a track for long, and nothing it agreed stands.
    fn is_dead(&self, process: &Process, track: usize) -> bool {
        self.tracks[track].idle >= process.patience && !self.agreements.iter().any(|agreement| agreement.track == track)
    }

    fn begin(&mut self, run: u64, levers: u64) {
        self.words.turn_to(run);
        self.positions.fill(0);
        self.distrust.fill(0.0);
        self.slack.fill([0.0; 2]);
        self.agreements.clear();
        self.tracks.fill(Track::default());
        self.levers = levers;
        self.events = 0;
        self.breaks = 0;
        self.first.fill(NEVER);
    }

    /// Notes in which round benchmarks hold first.
    fn note(&mut self, benchmarks: u64, round: u32) {
        for (bit, first) in self.first.iter_mut().enumerate() {
            if *first == NEVER && benchmarks >> bit & 1 == 1 {
                *first = round;
            }
        }
    }

    /// A state under the variation of a standing, found again without asking others where this room has met it before.
    fn find(&mut self, process: &Process, standing: &Arc<Standing>, state: State) -> Result<Arc<Standing>, Refusal> {
        let key = (standing.variation.number, state);
        if let Some(found) = self.found.get(&key) {
            return Ok(Arc::clone(found));
        }
        let found = process.standing(&standing.variation, &key.1)?;
        self.found.insert(key, Arc::clone(&found));
        Ok(found)
    }
}

/// The round of what never happened.
pub const NEVER: u32 = u32::MAX;

impl Process {
    /// One run: a pure function of this process, the seed the room was made with, and the number of the run.
    ///
    /// # Errors
    ///
    /// Where runs lead to more standings, or larger ones, than this version keeps.
    pub fn run<O: Observer>(&self, run: u64, room: &mut Scratch, watcher: &mut O) -> Result<Ending, Refusal> {
        let mut standing = self.today()?;
        room.begin(run, standing.variation.levers);
        room.note(standing.benchmarks, 0);
        let mut ending = None;
        for round in 1..=self.horizon {
            room.rounds = round;
            room.responses = standing.variation.parameters.responses;
            self.battlefield(&standing, room, round);
            standing = self.events(standing, room, round, watcher)?;
            standing = self.levers(standing, room, round, watcher)?;
            for track in 0..room.tracks.len() {
                room.tracks[track].met = false;
                room.tracks[track].tried = false;
                if room.tracks[track].over.is_some() || standing.tables[track].is_none() {
                    continue;
                }
                let pace = &standing.variation.parameters.paces[track];
                if !pace.meets.happens(room.words.of(&self.layout, Purpose::Meeting, track, round - 1)) {
                    continue;
                }
                room.tracks[track].met = true;
                room.tracks[track].record.meetings += 1;
                room.tracks[track].tried = Self::could_conclude(&standing, track);
                ending = self.meeting(&mut standing, room, track, round, false, watcher)?;
                if ending.is_some() {
                    break;
                }
            }
            if ending.is_none() {
                standing = self.breaks(standing, room, round, watcher)?;
                ending = self.attempts(&mut standing, room, round, watcher)?;
            }
            if ending.is_none() {
                self.fates(&standing, room, round, watcher);
                ending = self.collapse(&standing, room, round);
            }
            if ending.is_some() {
                break;
            }
        }
        room.end = Some(standing);
        let ending = ending.unwrap_or_else(|| self.at_the_horizon(room));
        if O::WATCHES {
            watcher.see(room.rounds, Event::Ended(ending));
        }
        Ok(ending)
    }

    /// (1) A round of the battlefield, as a random walk between bounds: war as a contest over a line of forts, one taken or lost at a time (Smith & Stam
    /// 2004; Slantchev 2003). One's gain is its adversary's loss in a share of rounds. Fatigue adds to what going on costs. Together they move a fallback
    /// by no more than the bound. Distrust fades.
    fn battlefield(&self, standing: &Standing, room: &mut Scratch, round: u32) {
        let parameters = &standing.variation.parameters;
        for &actor in &parameters.order {
            let fortune = &parameters.fortunes[actor];
            let mut gains = fortune.gains.happens(room.words.of(&self.layout, Purpose::Battle, actor, round - 1));
            if let Some((other, closely)) = fortune.against
                && parameters.fortunes[other].shock > 0.0
                && closely.happens(room.words.of(&self.layout, Purpose::Adversary, actor, round - 1))
            {
                gains = !room.gained[other];
            }
            room.gained[actor] = gains;
            let step = if gains { 1 } else { -1 };
            room.positions[actor] = (room.positions[actor] + step).clamp(-fortune.reach, fortune.reach);
        }
        for (actor, fortune) in parameters.fortunes.iter().enumerate() {
            if room.distrust[actor] > 0.0 {
                room.distrust[actor] *= parameters.remembered;
            }
            if fortune.moves || room.distrust[actor] > 0.0 || room.slack[actor][0] != 0.0 {
                let moved = fortune.shock * f64::from(room.positions[actor]) - fortune.fatigue * f64::from(round);
                let demand = if fortune.moves { moved.clamp(-parameters.bound, parameters.bound) } else { 0.0 };
                room.slack[actor] = [-room.distrust[actor], -room.distrust[actor] - demand];
            }
        }
    }

    /// (1) What is to happen on a day of this round.
    fn events<O: Observer>(
        &self,
        mut standing: Arc<Standing>,
        room: &mut Scratch,
        round: u32,
        watcher: &mut O,
    ) -> Result<Arc<Standing>, Refusal> {
        for &(_, event) in self.due.iter().filter(|(due, _)| *due == round) {
            let chance = standing.variation.parameters.chances[event];
            if !chance.happens(room.words.of(&self.layout, Purpose::Event, event, 0)) {
                continue;
            }
            if O::WATCHES {
                watcher.see(round, Event::Happened(event));
            }
            room.events |= 1 << event;
            let mut state = standing.state.clone();
            for edit in &self.case().dynamics.events[event].edits {
                if let (EditChange::Today(issue, option), Some(outcome)) = (&edit.change, &mut state.outcome) {
                    outcome[issue.0] = *option;
                }
            }
            let variation = self.variation(room.levers, room.events);
            standing = self.standing(&variation, &state)?;
            room.note(standing.benchmarks, round);
        }
        Ok(standing)
    }

    /// (2) Owners use their levers by their policies.
    fn levers<O: Observer>(
        &self,
        standing: Arc<Standing>,
        room: &mut Scratch,
        round: u32,
        watcher: &mut O,
    ) -> Result<Arc<Standing>, Refusal> {
        if !self.moving_levers {
            return Ok(standing);
        }
        // Levers in use before the first round stay in use.
        let mut used =
            self.case().levers.iter().enumerate().fold(0, |used, (at, lever)| used | u64::from(lever.on) << at);
        let always = used;
        for (&lever, policy) in &self.case().dynamics.policies {
            let wants = match policy {
                Policy::Never => false,
                Policy::Always | Policy::When(_) => standing.wanted >> lever.0 & 1 == 1,
                Policy::BestResponse => self.pays(&standing, room, lever)?,
            };
            if always >> lever.0 & 1 == 0 && wants && self.may_use(lever, used) {
                used |= 1 << lever.0;
            }
        }
        if used == room.levers {
            return Ok(standing);
        }
        if O::WATCHES {
            for at in (0..self.case().levers.len()).filter(|at| (used ^ room.levers) >> at & 1 == 1) {
                watcher.see(round, Event::Lever(LeverId(at), used >> at & 1 == 1));
            }
        }
        room.levers = used;
        let variation = self.variation(used, room.events);
        let standing = self.standing(&variation, &standing.state)?;
        room.note(standing.benchmarks, round);
        Ok(standing)
    }

    /// Whether using a lever in this round promises its owner more than not using it: a best response one round ahead, to what others use now.
    fn pays(&self, standing: &Standing, room: &mut Scratch, lever: LeverId) -> Result<bool, Refusal> {
        let Some(owner) = self.case().levers[lever.0].owner else { return Ok(false) };
        let bit = 1 << lever.0;
        let effort = standing.variation.parameters.efforts[lever.0];
        let (with, without) = (room.levers | bit, room.levers & !bit);
        let mut promise = |levers: u64| -> Result<f64, Refusal> {
            let variation = self.variation(levers, room.events);
            let there = self.standing(&variation, &standing.state)?;
            Ok(self.promise(&there, room, owner))
        };
        Ok(promise(with)? - effort > promise(without)?)
    }

    /// (4) Agreements hold or break. Health falls while somebody who made it would not make it again, and recovers while all would. The hazard falls
    /// with enforcement, with how many of those behind the seats would carry it, and with health. A break brings back what stood before, and costs
    /// trust (agreements broken make the next one harder: Walter 2002; Fortna 2004 on enforcement).
    fn breaks<O: Observer>(
        &self,
        mut standing: Arc<Standing>,
        room: &mut Scratch,
        round: u32,
        watcher: &mut O,
    ) -> Result<Arc<Standing>, Refusal> {
        let mut at = 0;
        while at < room.agreements.len() {
            let parameters = &standing.variation.parameters;
            let (track, entry) = (room.agreements[at].track, room.agreements[at].entry);
            let made = Arc::clone(&room.agreements[at].standing);
            let Some(table) = &made.tables[track] else { break };
            room.settle_in(table);
            let content = table.accepting(entry, &room.here) & table.judges == table.judges;
            let agreement = &mut room.agreements[at];
            let step = if content { parameters.wear } else { -parameters.wear };
            agreement.health = (agreement.health + step).clamp(0.0, 1.0);
            let strain = (2.0 - table.entries[entry].durability) * (2.0 - agreement.health);
            let hazard = crate::parameters::Chance::new(parameters.paces[track].hazard * strain);
            let Some(first) = agreement.changes().next().filter(|_| !hazard.is_never()) else {
                at += 1;
                continue;
            };
            if !hazard.happens(room.words.of(&self.layout, Purpose::Break, first.issue, round - 1)) {
                at += 1;
                continue;
            }
            let changes: Vec<Change> = agreement.changes().collect();
            for (column, body) in table.columns.iter().enumerate() {
                if table.judges >> column & 1 == 1 {
                    room.distrust[body.actor.0] += parameters.distrust;
                }
            }
            room.agreements.remove(at);
            room.breaks += 1;
            room.tracks[track].record.breaks += 1;
            let state = standing.without(changes.iter().copied());
            standing = room.find(self, &standing, state)?;
            if O::WATCHES {
                let changes = changes.iter().map(|change| Change {
                    from: change.to,
                    to: change.from.filter(|_| standing.state.outcome.is_some()),
                    ..*change
                });
                watcher.see(round, Event::Broken { track: TrackId(track), changes: changes.collect() });
            }
        }
        Ok(standing)
    }

    /// (5) Where a track that can conclude a framework met before its benchmarks were met, and they are met now, it is asked to conclude.
    fn attempts<O: Observer>(
        &self,
        standing: &mut Arc<Standing>,
        room: &mut Scratch,
        round: u32,
        watcher: &mut O,
    ) -> Result<Option<Ending>, Refusal> {
        if standing.satisfied == 0 {
            return Ok(None);
        }
        for track in 0..room.tracks.len() {
            let state = &room.tracks[track];
            if state.over.is_some() || !state.met || state.tried || !Self::could_conclude(standing, track) {
                continue;
            }
            let ending = self.meeting(standing, room, track, round, true, watcher)?;
            if ending.is_some() {
                return Ok(ending);
            }
        }
        Ok(None)
    }

    /// Whether the benchmarks of the framework a track can conclude hold as things stand.
    fn could_conclude(standing: &Standing, track: usize) -> bool {
        let framework = standing.tables[track].as_ref().and_then(|table| table.framework);
        framework.is_some_and(|framework| standing.satisfied >> framework.0 & 1 == 1)
    }

    /// (6) Tracks fail outright, together in a share of rounds; sponsors leave dead ones where leaving costs them no more than staying.
    fn fates<O: Observer>(&self, standing: &Standing, room: &mut Scratch, round: u32, watcher: &mut O) {
        let parameters = &standing.variation.parameters;
        for track in 0..room.tracks.len() {
            if room.tracks[track].over.is_some() || standing.tables[track].is_none() {
                continue;
            }
            let pace = &parameters.paces[track];
            room.tracks[track].idle += 1;
            if !pace.fails.is_never() {
                let common = !parameters.common_failure.is_never()
                    && parameters.common_failure.happens(room.words.of(
                        &self.layout,
                        Purpose::CommonFailure,
                        1,
                        round - 1,
                    ));
                let word = if common {
                    room.words.of(&self.layout, Purpose::CommonFailure, 0, round - 1)
                } else {
                    room.words.of(&self.layout, Purpose::Failure, track, round - 1)
                };
                if pace.fails.happens(word) {
                    room.tracks[track].over = Some(Fate::Failed);
                    if O::WATCHES {
                        watcher.see(round, Event::Failed(TrackId(track)));
                    }
                    continue;
                }
            }
            if room.tracks[track].idle < self.patience || !room.is_dead(self, track) {
                continue;
            }
            let stay = pace.sponsors.iter().filter(|(_, stays)| *stays).map(|(actor, _)| *actor);
            if !pace.sponsors.is_empty() && stay.clone().next().is_none() {
                room.tracks[track].over = Some(Fate::Left);
                if O::WATCHES {
                    watcher.see(round, Event::Left(TrackId(track)));
                }
            } else if O::WATCHES && !room.tracks[track].told {
                room.tracks[track].told = true;
                watcher.see(round, Event::KeptAlive { track: TrackId(track), sponsors: stay.collect() });
            }
        }
    }

    /// (7) One side may collapse: less likely the more its patrons support it and the better it stands, twice as likely at the worst it can stand.
    fn collapse(&self, standing: &Standing, room: &mut Scratch, round: u32) -> Option<Ending> {
        for (actor, fortune) in standing.variation.parameters.fortunes.iter().enumerate() {
            if fortune.collapse <= 0.0 {
                continue;
            }
            let stands =
                if fortune.reach > 0 { f64::from(room.positions[actor]) / f64::from(fortune.reach) } else { 0.0 };
            let hazard = crate::parameters::Chance::new(fortune.collapse * (1.0 - stands));
            if hazard.happens(room.words.of(&self.layout, Purpose::Collapse, actor, round - 1)) {
                return Some(Ending::Collapse(winset_case::ActorId(actor)));
            }
        }
        None
    }

    /// What the horizon finds: a deadlock where all that could end the process is dead and goes on.
    fn at_the_horizon(&self, room: &Scratch) -> Ending {
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

    /// Records a deal. The agreements whose options it changes no longer stand in that part. Returns how the run ends if it does.
    pub(crate) fn agree(
        &self,
        standing: &mut Arc<Standing>,
        room: &mut Scratch,
        track: usize,
        entry: usize,
        round: u32,
    ) -> Result<Option<Ending>, Refusal> {
        let made = Arc::clone(standing);
        let table = made.tables[track].as_ref().expect("a deal was made there");
        let body = &table.entries[entry];
        let next = match body.next() {
            Some(next) => self.numbered(next),
            None => {
                let next = self.standing(&standing.variation, &body.leads_to)?;
                body.set_next(next.number);
                next
            }
        };
        *standing = next;
        room.note(standing.benchmarks, round);
        let here = &mut room.tracks[track];
        here.record.deals += 1;
        here.idle = 0;
        here.told = false;
        if body.concludes {
            let framework = table.framework.expect("what concludes concludes a framework");
            return Ok(Some(Ending::Settlement(framework)));
        }
        if self.case().frameworks.is_empty() {
            let ended = |at: &usize| standing.state.ended[table.columns[*at].actor.0];
            if (0..table.columns.len()).filter(|at| table.judges >> at & 1 == 1).all(|at| ended(&at)) {
                return Ok(Some(Ending::Deal));
            }
        }
        let touched = |issue: usize| body.changes.iter().any(|change| change.issue == issue);
        room.agreements.retain_mut(|agreement| {
            let changes = &agreement.standing.tables[agreement.track].as_ref().expect("made there").entries
                [agreement.entry]
                .changes;
            for (at, change) in changes.iter().enumerate() {
                if touched(change.issue) {
                    agreement.live &= !(1 << at);
                }
            }
            agreement.live != 0
        });
        let live = if body.changes.len() >= 128 { u128::MAX } else { (1 << body.changes.len()) - 1 };
        room.agreements.push(Agreement { standing: made, track, entry, live, health: 1.0 });
        Ok(None)
    }
}

impl Scratch {
    /// Counts a proposal.
    pub(crate) fn proposed(&mut self, track: usize) {
        self.tracks[track].record.proposals += 1;
    }

    /// Whether a track has failed or been left.
    pub(crate) fn is_over(&self, track: usize) -> bool {
        self.tracks[track].over.is_some()
    }
}
