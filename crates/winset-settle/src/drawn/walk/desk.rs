//! Where a walk is made: from state to state, small tables first and large ones last.

use std::collections::BTreeMap;
use std::rc::Rc;

use winset_case::{ActorId, Case, FrameworkId};
use winset_worth::Valuation;

use super::super::numbers::Numbers;
use super::lookups::{Earned, Watched};
use super::scenes::{Lookup, NO_SCENE, WalkScene};
use super::{PreparedWalk, WalkQuestion, WalkTable};
use crate::assembly::STATE_LIMIT;
use crate::refusal::Refusal;
use crate::table::Deals;
use winset_worth::{Ballot, no_meeting};

/// What has been concluded and whose conflict has ended, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Standing {
    pub(super) concluded: u32,
    pub(super) ended: u128,
}

/// A red line: a table, one who judges there, and the line's place among theirs.
pub(super) type Line = (usize, usize, usize);

/// Where a walk is made. What depends on no number is kept from draw to draw.
pub struct WalkDesk<'w> {
    pub(super) walk: &'w PreparedWalk,
    pub(super) valuation: Valuation<'w>,
    /// Per outcome and half of the issues, the place of its options' sum.
    pub(super) halves: Halves,
    /// Per question and conclusions, one bit per outcome.
    pub(super) truths: BTreeMap<(usize, u32), Rc<Vec<u64>>>,
    /// Per red line (of a table's member) and conclusions, one bit per outcome.
    pub(super) lines: BTreeMap<(Line, u32), Rc<Vec<u64>>>,
    /// Per conclusions, for every outcome the actors whose own `ends` holds.
    pub(super) ended: BTreeMap<u32, Rc<Vec<u128>>>,
    /// Per actor and conclusions, for every outcome which linkages are earned, and those sets.
    pub(super) earned: BTreeMap<(ActorId, u32), Rc<Earned>>,
    pub(super) standings: Vec<Standing>,
    pub(super) lookups: Vec<Lookup>,
    pub(super) scenes: Vec<WalkScene>,
    pub(super) draw: u64,
    /// Per standing, one bit per outcome.
    pub(super) visited: Vec<Vec<u64>>,
    pub(super) queue: Vec<(u32, u32)>,
}

/// Outcomes cut in two, so that a sum over all issues is two look-ups.
pub(super) struct Halves {
    /// The number of outcomes of the second half.
    pub(super) second: u32,
    pub(super) first_issues: usize,
}

/// One draw on its way.
pub(super) struct Draw<'n> {
    pub(super) numbers: &'n Numbers<'n>,
    pub(super) rules: Vec<Option<Ballot>>,
    pub(super) meets: Vec<bool>,
    /// Actors with patrons: leverage over them may be spent.
    pub(super) pressed: Vec<Watched>,
    /// Per question, whether it has been found.
    pub(super) found: Vec<bool>,
    pub(super) cut_off: bool,
}

impl<'w> WalkDesk<'w> {
    pub(super) fn new(walk: &'w PreparedWalk, valuation: Valuation<'w>) -> Self {
        let issues = &walk.case.issues;
        let size = |range: &[winset_case::Issue]| range.iter().map(|issue| issue.options.len() as u64).product::<u64>();
        let first_issues = (0..=issues.len())
            .min_by_key(|&cut| size(&issues[..cut]) + size(&issues[cut..]))
            .expect("there is a way to cut");
        let halves = Halves { second: size(&issues[first_issues..]) as u32, first_issues };
        let lookups = walk.tables.iter().map(|table| {
            let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
            let parts = (0..walk.outcomes).map(|outcome| {
                let part = |&issue: &usize| walk.option(outcome, issue) as u32 * walk.strides[issue];
                let part: u32 = table.reads.iter().map(part).sum();
                let next = numbers.len() as u32;
                *numbers.entry(part).or_insert(next)
            });
            let parts = Rc::new(parts.collect());
            Lookup { parts, part_count: numbers.len(), ..Lookup::default() }
        });
        WalkDesk {
            halves,
            truths: BTreeMap::new(),
            lines: BTreeMap::new(),
            ended: BTreeMap::new(),
            earned: BTreeMap::new(),
            standings: Vec::new(),
            lookups: lookups.collect(),
            scenes: Vec::new(),
            draw: 0,
            visited: Vec::new(),
            queue: Vec::new(),
            walk,
            valuation,
        }
    }

    /// Answers the questions of the walk for one draw, in their order; `None` for one the walk was too short for.
    ///
    /// `case` is asked for the numbers of decision rules only.
    ///
    /// # Errors
    ///
    /// Where the seats of a track are too many to tell apart.
    pub fn answer(&mut self, case: &Case, numbers: &Numbers<'_>) -> Result<Vec<Option<bool>>, Refusal> {
        self.draw += 1;
        let walk = self.walk;
        let rules: Result<_, Refusal> = walk
            .tables
            .iter()
            .map(|table| {
                (!table.unanimous)
                    .then(|| Ballot::of(case, table.track, &table.players))
                    .transpose()
                    .map_err(Refusal::from)
            })
            .collect();
        // A quota beyond reach closes a track.
        let meets =
            walk.tables.iter().map(|table| table.unanimous || no_meeting(case, table.track).is_none()).collect();
        let today = walk.number(&walk.case.baseline());
        let pressed = walk.actors().into_iter().filter(|actor| {
            numbers[actor.0].is_some_and(|numbers| numbers.leverage.iter().any(|leverage| *leverage != 0))
        });
        let pressed: Vec<ActorId> = pressed.collect();
        let pressed = pressed.into_iter().map(|actor| self.watch(actor, numbers, today)).collect();
        let found = vec![false; walk.questions.len()];
        let mut draw = Draw { numbers, rules: rules?, meets, pressed, found, cut_off: false };
        self.visited.iter_mut().for_each(|standing| standing.fill(0));
        self.queue.clear();
        let first = self.standing(Standing { concluded: 0, ended: 0 });
        self.visit(today, first, &mut draw);
        // The large tables wait until nothing else moves: by then most need not be looked at.
        let (mut small_done, mut large_done) = (0, 0);
        while !draw.is_over() && large_done < self.queue.len() {
            while small_done < self.queue.len() && !draw.is_over() {
                let (outcome, at) = self.queue[small_done];
                small_done += 1;
                self.expand(outcome, at as usize, &mut draw)?;
            }
            if draw.is_over() {
                break;
            }
            let until = self.queue.len();
            self.expand_large(large_done..until, &mut draw)?;
            large_done = until;
        }
        let cut_off = draw.cut_off;
        let answer = |found| {
            if found {
                Some(true)
            } else if cut_off {
                None
            } else {
                Some(false)
            }
        };
        Ok(draw.found.into_iter().map(answer).collect())
    }

    /// Makes every deal of the small tables from a state.
    fn expand(&mut self, outcome: u32, at: usize, draw: &mut Draw<'_>) -> Result<(), Refusal> {
        let walk = self.walk;
        let spent = self.spent(outcome, at, draw);
        for table in (0..walk.tables.len()).filter(|&table| walk.tables[table].large.is_none()) {
            if self.is_open(table, at, draw) {
                self.meet(table, outcome, at, spent.as_deref(), draw)?;
            }
        }
        Ok(())
    }

    /// Makes every deal of the large tables from states that everything else has been walked from.
    fn expand_large(&mut self, states: std::ops::Range<usize>, draw: &mut Draw<'_>) -> Result<(), Refusal> {
        let walk = self.walk;
        let mut bounds = Vec::new();
        for (table, body) in walk.tables.iter().enumerate() {
            let Some(large) = &body.large else { continue };
            let today = walk.number(&walk.case.baseline());
            let judges: Vec<Watched> = body
                .judges
                .iter()
                .map(|&judge| self.watch(body.seating.members[judge].actor, draw.numbers, today))
                .collect();
            // What is on the agenda, linkages with it, is worth to each judge at each state.
            let worths: Vec<Vec<i128>> = judges
                .iter()
                .map(|watched| {
                    let off = self.off_agenda(body, watched, draw.numbers);
                    states
                        .clone()
                        .map(|state| {
                            let (outcome, at) = self.queue[state];
                            let concluded = self.standings[at as usize].concluded;
                            self.worth(watched, draw.numbers, outcome, concluded) - off.of(walk, outcome)
                        })
                        .collect()
                })
                .collect();
            let least: Vec<i128> = worths.iter().map(|worths| worths.iter().copied().min().unwrap_or(0)).collect();
            let holding: Vec<Vec<usize>> =
                (0..body.judges.len()).map(|judge| self.holding(table, body.judges[judge], states.clone())).collect();
            let candidates = large.candidates(&body.seating, &body.judges, draw.numbers, &least, &holding, &mut bounds);
            if candidates.is_empty() {
                continue;
            }
            for (place, state) in states.clone().enumerate() {
                let (outcome, at) = self.queue[state];
                let could = |&package: &u32| {
                    let all = bounds.iter().zip(&worths);
                    all.into_iter().all(|(bound, worths)| bound[package as usize] >= worths[place])
                };
                if self.is_open(table, at as usize, draw) && candidates.iter().any(could) {
                    let spent = self.spent(outcome, at as usize, draw);
                    self.meet(table, outcome, at as usize, spent.as_deref(), draw)?;
                }
                if draw.is_over() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn is_open(&self, table: usize, at: usize, draw: &Draw<'_>) -> bool {
        let body = &self.walk.tables[table];
        let concluded = self.standings[at].concluded;
        let own = self.walk.case.tracks[body.track.0].concludes;
        let open = own.is_some_and(|framework| concluded >> framework.0 & 1 == 0);
        draw.meets[table] && (body.deals == Deals::Mandate || open)
    }

    /// Makes every deal of a table from a state.
    fn meet(
        &mut self,
        table: usize,
        outcome: u32,
        at: usize,
        spent: Option<&[i128]>,
        draw: &mut Draw<'_>,
    ) -> Result<(), Refusal> {
        let walk = self.walk;
        let body = &walk.tables[table];
        let scene = self.scene(table, outcome, at)?;
        let by_member: Option<Vec<i128>> = spent.map(|spent| {
            let of = |actor| draw.pressed.iter().position(|watched| watched.actor == actor);
            body.seating.members.iter().map(|member| of(member.actor).map_or(0, |place| spent[place])).collect()
        });
        let by_member = by_member.filter(|spent| spent.iter().any(|spent| *spent != 0));
        let rule = draw.rules[table].as_ref();
        let found = self.scenes[scene].settle(body, rule, draw.numbers, by_member, self.draw);
        if self.scenes[scene].accepted[found].1.is_empty() {
            return Ok(());
        }
        let standing = self.standings[at];
        let own = walk.case.tracks[body.track.0].concludes;
        let base = outcome - walk.agenda_part(body, outcome);
        // Benchmarks still to be delivered by this track.
        let unmet: Vec<usize> = (0..walk.questions.len())
            .filter(|&question| match &walk.questions[question] {
                WalkQuestion::Delivers(track, ..) if *track == body.track && !draw.found[question] => {
                    !bit(&self.truth(question, standing.concluded), outcome)
                }
                _ => false,
            })
            .collect();
        let accepted = std::mem::take(&mut self.scenes[scene].accepted[found].1);
        let held = (!walk.ends.is_empty()).then(|| self.ended(standing.concluded));
        for &package in &accepted {
            let (part, concludes) = self.scenes[scene].after[package as usize];
            let next = base + part;
            let next_at = if concludes || walk.case.frameworks.is_empty() {
                self.after(standing, at, outcome, next, own.filter(|_| concludes))
            } else {
                // Nothing is concluded: only conditions of their own can end a conflict.
                match &held {
                    Some(held) => {
                        let ended = standing.ended | (held[next as usize] & !held[outcome as usize]);
                        if ended == standing.ended { at } else { self.standing(Standing { ended, ..standing }) }
                    }
                    None => at,
                }
            };
            for &question in &unmet {
                let then = self.standings[next_at].concluded;
                draw.found[question] = draw.found[question] || bit(&self.truth(question, then), next);
            }
            self.visit(next, next_at, draw);
            if draw.cut_off {
                break;
            }
        }
        self.scenes[scene].accepted[found].1 = accepted;
        Ok(())
    }

    /// Notes a state, if it is new.
    fn visit(&mut self, outcome: u32, at: usize, draw: &mut Draw<'_>) {
        let words = self.walk.outcomes.div_ceil(64) as usize;
        if self.visited.len() <= at {
            self.visited.resize_with(at + 1, || vec![0; words]);
        }
        let word = &mut self.visited[at][(outcome / 64) as usize];
        if *word >> (outcome % 64) & 1 == 1 {
            return;
        }
        if self.queue.len() == STATE_LIMIT {
            draw.cut_off = true;
            return;
        }
        *word |= 1 << (outcome % 64);
        self.queue.push((outcome, at as u32));
        for question in 0..draw.found.len() {
            if !draw.found[question] && matches!(self.walk.questions[question], WalkQuestion::Reaches(_)) {
                let concluded = self.standings[at].concluded;
                draw.found[question] = bit(&self.truth(question, concluded), outcome);
            }
        }
    }

    /// The number of a standing.
    fn standing(&mut self, standing: Standing) -> usize {
        if let Some(known) = self.standings.iter().position(|other| *other == standing) {
            return known;
        }
        self.standings.push(standing);
        for (lookup, table) in self.lookups.iter_mut().zip(&self.walk.tables) {
            let ended = table.seating.members.iter().fold(0, |bits, member| bits | 1 << member.actor.0);
            let concluded = table.frameworks.iter().fold(0, |bits, framework| bits | 1 << framework);
            let seen = Standing { concluded: standing.concluded & concluded, ended: standing.ended & ended };
            let place = lookup.standings.iter().position(|other| *other == seen).unwrap_or_else(|| {
                lookup.standings.push(seen);
                lookup.scenes.push(vec![NO_SCENE; lookup.part_count]);
                lookup.standings.len() - 1
            });
            lookup.seen.push(place as u32);
        }
        self.standings.len() - 1
    }

    /// The standing after a deal.
    fn after(
        &mut self,
        standing: Standing,
        at: usize,
        before: u32,
        after: u32,
        concludes: Option<FrameworkId>,
    ) -> usize {
        let then = standing.concluded | concludes.map_or(0, |framework| 1 << framework.0);
        let mut ended = standing.ended;
        if !self.walk.ends.is_empty() {
            let (held, holds) = (self.ended(standing.concluded), self.ended(then));
            ended |= holds[after as usize] & !held[before as usize];
        }
        if concludes.is_some() || self.walk.case.frameworks.is_empty() {
            ended |= self.walk.ends_by_default;
        }
        let next = Standing { concluded: then, ended };
        if next == standing { at } else { self.standing(next) }
    }
}

impl Draw<'_> {
    /// Whether more walking could change no answer.
    fn is_over(&self) -> bool {
        self.cut_off || self.found.iter().all(|found| *found)
    }
}

impl PreparedWalk {
    fn agenda_part(&self, table: &WalkTable, outcome: u32) -> u32 {
        table.agenda.iter().map(|&issue| self.option(outcome, issue) as u32 * self.strides[issue]).sum()
    }
}

pub(super) fn bit(bits: &[u64], number: u32) -> bool {
    bits[(number / 64) as usize] >> (number % 64) & 1 == 1
}

pub(super) fn flags(case: &Case, concluded: u32) -> Vec<bool> {
    (0..case.frameworks.len()).map(|framework| concluded >> framework & 1 == 1).collect()
}
