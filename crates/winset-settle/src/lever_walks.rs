//! One case walked under many choices of levers.
//!
//! Choices of levers seldom differ at more than a few tables. So every state met in any walk has one number, and what a table makes of a state is found
//! once for all choices that do not differ there, as numbers of the states it leads to: a further walk follows numbers.

use std::collections::BTreeMap;
use std::rc::Rc;

use winset_case::edit::Change;
use winset_case::{Case, LeverId, TrackId};
use winset_worth::{Sitting, State, Valuation, mentions};

use crate::assembly::{LOOK_LIMIT, STATE_LIMIT, meeting_tracks};
use crate::lookup::Lookup;
use crate::refusal::Refusal;
use crate::relevance::{changing_mandate, changing_table, closed, may_judge, touching_judge};
use crate::resting::Ways;
use crate::table::Deals;
use crate::walk::{Made, Variant, Walk, WalkMemo};

/// Ways kept of one walk; beyond, it is cut off.
const WAY_LIMIT: usize = 20_000_000;

/// A choice of levers, as bits, and two that it is known to lie between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between {
    /// The levers in use.
    pub choice: usize,
    /// Under this every table makes, from every state, only deals it makes under the choice too.
    pub fewest: usize,
    /// Under this it makes every deal it makes under the choice.
    pub most: usize,
}

impl Between {
    /// A choice of which nothing else is known.
    pub fn only(choice: usize) -> Self {
        Between { choice, fewest: choice, most: choice }
    }
}

/// How a table can be in a walk: deals under its own mandate or deals that conclude, and the levers in use that matter there.
type Setting = (TrackId, Deals, usize);

/// The deals a table makes from a state, and the numbers of the states they lead to.
#[derive(Clone)]
struct Next {
    made: Rc<Vec<Made>>,
    states: Rc<[u32]>,
}

/// A setting of a table in a walk, and two between which it is known to lie, by their places.
struct Placed {
    track: TrackId,
    deals: Deals,
    setting: usize,
    fewest: Option<usize>,
    most: Option<usize>,
}

/// Walks one case under many choices of levers. What a table makes of a state is found out once for all choices that do not differ there.
pub struct LeverWalks {
    memo: WalkMemo,
    /// Per track, the levers that change its mandate, and all that matter there, as bits of a choice.
    mandates: Vec<usize>,
    all: Vec<usize>,
    /// Every state met so far.
    states: Vec<State>,
    numbers: Lookup<State, u32>,
    /// Per setting of a table and per state, the deals made and the states they lead to.
    settings: BTreeMap<Setting, usize>,
    made: Vec<Vec<Option<Next>>>,
    work: u64,
    work_limit: u64,
}

impl LeverWalks {
    /// For choices of these levers: bit 0 of a choice is the first.
    pub fn new(case: &Case, levers: &[LeverId]) -> Self {
        let bits = |wanted: &[LeverId]| {
            let chosen = levers.iter().enumerate().filter(|(_, lever)| wanted.contains(lever));
            chosen.fold(0, |bits, (place, _)| bits | 1 << place)
        };
        let ending = bits(&moving_ends(case, levers));
        let (mut mandates, mut all) = (Vec::new(), Vec::new());
        for track in (0..case.tracks.len()).map(TrackId) {
            let table = changing_table(case, track, levers);
            let mandate = bits(&table) | bits(&changing_mandate(case, track, levers));
            let judging = may_judge(case, track, &table);
            mandates.push(mandate);
            let judges = judging.iter().fold(mandate, |all, judge| all | bits(&touching_judge(case, *judge, levers)));
            all.push(judges | ending);
        }
        LeverWalks {
            memo: WalkMemo::default(),
            mandates,
            all,
            states: Vec::new(),
            numbers: Lookup::default(),
            settings: BTreeMap::new(),
            made: Vec::new(),
            work: 0,
            work_limit: u64::MAX,
        }
    }

    /// The same, cutting a walk off where all of them come to more work than this.
    #[must_use]
    pub fn within(self, work_limit: u64) -> Self {
        LeverWalks { work_limit, ..self }
    }

    /// How much was done so far: tables asked about a state, packages looked at, and deals followed.
    pub fn work(&self) -> u64 {
        self.work
    }

    /// As [`crate::ways`], of the case with exactly the levers of the choice in use. Where the choices it lies between were walked before, only the
    /// deals are looked at in which these differ. A walk is cut off no earlier than by itself.
    ///
    /// # Errors
    ///
    /// As for [`crate::ways`].
    pub fn ways(&mut self, case: &Case, between: Between) -> Result<Ways, Refusal> {
        let case = &case.with_levers();
        let valuation = Valuation::new(case)?;
        let tracks = meeting_tracks(case);
        let tables = tracks.iter().flat_map(|&track| [Deals::Mandate, Deals::Concluding].map(|deals| (track, deals)));
        let placed: Vec<Placed> = tables
            .map(|(track, deals)| {
                let all = self.all[track.0];
                let known = |choice: usize| self.settings.get(&(track, deals, choice & all)).copied();
                let (fewest, most) = (known(between.fewest), known(between.most));
                Placed { track, deals, setting: self.setting((track, deals, between.choice & all)), fewest, most }
            })
            .collect();
        let variants = (0..case.tracks.len()).map(|track| Variant {
            mandate: self.mandates[track] & between.choice,
            all: self.all[track] & between.choice,
        });
        let mut memo = std::mem::take(&mut self.memo);
        let mut walk = Walk::new(&valuation, &mut memo, variants.collect());
        let found = self.walk(case, &placed, &mut walk);
        self.work += walk.looked;
        self.memo = memo;
        found
    }

    fn walk(&mut self, case: &Case, tables: &[Placed], walk: &mut Walk<'_>) -> Result<Ways, Refusal> {
        const NONE: u32 = u32::MAX;
        // The states of this walk by their numbers, in the order in which they are found; and per number, its place there.
        let mut found = vec![self.number(State::today(case))];
        let mut places = vec![NONE; self.states.len()];
        places[found[0] as usize] = 0;
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let mut cut_off = false;
        let mut position = 0;
        while position < found.len() && !cut_off {
            let state = found[position];
            for table in tables {
                let concludes = case.tracks[table.track.0].concludes;
                let open = concludes.is_some_and(|framework| !self.states[state as usize].concluded[framework.0]);
                if table.deals == Deals::Concluding && !open {
                    continue;
                }
                let next = self.next(walk, table, state)?;
                places.resize(self.states.len(), NONE);
                self.work += 1 + next.len() as u64;
                for &to in next.iter() {
                    let place = &mut places[to as usize];
                    if *place == NONE {
                        if found.len() == STATE_LIMIT {
                            cut_off = true;
                            break;
                        }
                        *place = found.len() as u32;
                        found.push(to);
                    }
                    if *place as usize != position {
                        pairs.push((position as u32, *place));
                    }
                }
            }
            cut_off |= walk.looked > LOOK_LIMIT || pairs.len() > WAY_LIMIT;
            cut_off |= self.work.saturating_add(walk.looked) > self.work_limit;
            position += 1;
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut deals = vec![Vec::new(); found.len()];
        pairs.into_iter().for_each(|(from, to)| deals[from as usize].push(to));
        let states = found.into_iter().map(|state| self.states[state as usize].clone()).collect();
        Ok(Ways { states, deals, cut_off })
    }

    /// The states that the deals of a table lead to from a state.
    fn next(&mut self, walk: &mut Walk<'_>, table: &Placed, state: u32) -> Result<Rc<[u32]>, Refusal> {
        let known = |setting: usize| self.made[setting].get(state as usize)?.clone();
        if let Some(next) = known(table.setting) {
            return Ok(next.states);
        }
        let (fewest, most) = (table.fewest.and_then(known), table.most.and_then(known));
        // The deals made here are among the most and hold the fewest: where these are as many, they are the same.
        let as_many = |most: &Next| fewest.as_ref().is_some_and(|fewest| fewest.made.len() == most.made.len());
        let next = match most {
            Some(most) if most.made.is_empty() || as_many(&most) => most,
            most => {
                let from = self.states[state as usize].clone();
                let among = most.as_ref().map(|most| most.made.as_slice());
                let made = walk.accepted(table.track, table.deals, &from, among)?;
                let sitting = Sitting::new(walk.valuation(), table.track, &from, &[]);
                let mut states = Vec::with_capacity(made.len());
                for &made in made.iter() {
                    let outcome = walk.outcome(table.track, &from, made)?;
                    states.push(self.number(sitting.state_after(&outcome, made.concludes)));
                }
                Next { made, states: states.into() }
            }
        };
        let states = Rc::clone(&next.states);
        let made = &mut self.made[table.setting];
        if made.len() <= state as usize {
            made.resize(state as usize + 1, None);
        }
        made[state as usize] = Some(next);
        Ok(states)
    }

    fn setting(&mut self, setting: Setting) -> usize {
        let number = *self.settings.entry(setting).or_insert(self.made.len());
        if number == self.made.len() {
            self.made.push(Vec::new());
        }
        number
    }

    fn number(&mut self, state: State) -> u32 {
        if let Some(&number) = self.numbers.get(&state) {
            return number;
        }
        let number = self.states.len() as u32;
        self.numbers.insert(state.clone(), number);
        self.states.push(state);
        number
    }
}

/// The levers that change when anybody's conflict ends: they matter wherever deals are made.
fn moving_ends(case: &Case, levers: &[LeverId]) -> Vec<LeverId> {
    closed(case, levers, &|lever| {
        let moves = |change: &Change| {
            !matches!(
                change,
                Change::Number(..)
                    | Change::Unprice(..)
                    | Change::RedLine(..)
                    | Change::Linkage(..)
                    | Change::RedLineWhen(..)
                    | Change::LinkageWhen(..)
                    | Change::Mandate(..)
                    | Change::Agenda(..)
                    | Change::Seat(..)
                    | Change::Rule(..)
                    | Change::Veto(..)
                    | Change::Status(..)
                    | Change::Tie(..)
            )
        };
        let ends = case.actors.iter().filter_map(|actor| actor.ends.as_ref());
        ends.into_iter().any(|ends| mentions(case, &ends.expression, lever))
            || case.levers[lever.0].edits.iter().any(|edit| moves(&edit.change))
    })
}
