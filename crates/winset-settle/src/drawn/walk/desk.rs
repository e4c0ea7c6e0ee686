//! Where a walk is made: everything found out about its structure so far, and room for one draw.

use std::collections::BTreeMap;
use std::rc::Rc;

use winset_case::{ActorId, Case, Expression, FrameworkId};
use winset_worth::{State, Valuation, View, holds};

use super::super::numbers::Numbers;
use super::super::scene::{Asking, Desk, Scene};
use super::super::table::passes;
use super::{PreparedWalk, WalkQuestion, WalkTable};
use crate::assembly::{STATE_LIMIT, benchmark_expression};
use crate::ballot::{Ballot, no_meeting};
use crate::refusal::Refusal;
use crate::table::{Deals, Table};

/// What has been concluded and whose conflict has ended, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    concluded: u32,
    ended: u128,
}

/// A red line: a table, one who judges there, and the line's place among theirs.
type Line = (usize, usize, usize);

/// Where a walk is made. What depends on no number is kept from draw to draw.
pub struct WalkDesk<'w> {
    walk: &'w PreparedWalk,
    valuation: Valuation<'w>,
    /// Per outcome and half of the issues, the place of its options' sum.
    halves: Halves,
    /// Per question and conclusions, one bit per outcome.
    truths: BTreeMap<(usize, u32), Rc<Vec<u64>>>,
    /// Per red line (of a table's member) and conclusions, one bit per outcome.
    lines: BTreeMap<(Line, u32), Rc<Vec<u64>>>,
    /// Per conclusions, for every outcome the actors whose own `ends` holds.
    ended: BTreeMap<u32, Rc<Vec<u128>>>,
    /// Per actor and conclusions, for every outcome which linkages are earned, and those sets.
    earned: BTreeMap<(ActorId, u32), Rc<Earned>>,
    standings: Vec<Standing>,
    lookups: Vec<Lookup>,
    scenes: Vec<WalkScene>,
    draw: u64,
    /// Per standing, one bit per outcome.
    visited: Vec<Vec<u64>>,
    queue: Vec<(u32, u32)>,
}

/// Outcomes cut in two, so that a sum over all issues is two look-ups.
struct Halves {
    /// The number of outcomes of the second half.
    second: u32,
    first_issues: usize,
}

/// Which linkages of an actor are earned where.
struct Earned {
    of: Vec<u16>,
    sets: Vec<Vec<usize>>,
}

/// Which scene a table shows from a state.
#[derive(Default)]
struct Lookup {
    /// Per standing of the walk, the standing as the table sees it.
    seen: Vec<u32>,
    standings: Vec<Standing>,
    /// Per outcome, the number of what stands on the issues the table reads, and how many such numbers there are.
    parts: Rc<Vec<u32>>,
    part_count: usize,
    /// Per standing as seen and part: the scene, or none yet.
    scenes: Vec<Vec<u32>>,
}

const NO_SCENE: u32 = u32::MAX;

struct WalkScene {
    scene: Scene,
    /// Per package: the number its options on the agenda have, and whether it concludes.
    after: Vec<(u32, bool)>,
    desk: Desk,
    /// What was accepted in the draw `found_in`, by the leverage spent on each member; none where all is left.
    accepted: Vec<(Option<Vec<i128>>, Vec<u32>)>,
    found_in: u64,
}

/// An actor whose worth is looked up at every state, in one draw.
struct Watched {
    actor: ActorId,
    first: Vec<i128>,
    second: Vec<i128>,
    today: i128,
}

/// One draw on its way.
struct Draw<'n> {
    numbers: &'n Numbers<'n>,
    rules: Vec<Option<Ballot>>,
    meets: Vec<bool>,
    /// Actors with patrons: leverage over them may be spent.
    pressed: Vec<Watched>,
    /// Per question, whether it has been found.
    found: Vec<bool>,
    cut_off: bool,
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
            .map(|table| (!table.unanimous).then(|| Ballot::of(case, table.track, &table.players)).transpose())
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

    /// Per pressed actor, what pressing it has cost its patrons so far: how far it stands below today, the cost that has ended aside. `None` where
    /// nothing has been spent.
    fn spent(&mut self, outcome: u32, at: usize, draw: &Draw<'_>) -> Option<Vec<i128>> {
        let standing = self.standings[at];
        let mut spent = None;
        for (place, watched) in draw.pressed.iter().enumerate() {
            let going_on = draw.numbers[watched.actor.0].map_or(0, |numbers| numbers.going_on);
            let met = if standing.ended >> watched.actor.0 & 1 == 1 { going_on } else { 0 };
            let below = watched.today - met - self.worth(watched, draw.numbers, outcome, standing.concluded);
            if below > 0 {
                spent.get_or_insert_with(|| vec![0; draw.pressed.len()])[place] = below;
            }
        }
        spent
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

    /// For every outcome, the actors whose own `ends` holds.
    fn ended(&mut self, concluded: u32) -> Rc<Vec<u128>> {
        if let Some(known) = self.ended.get(&concluded) {
            return Rc::clone(known);
        }
        let walk = self.walk;
        let all = walk.everywhere(concluded, |view| {
            let held = walk.ends.iter().filter(|(_, ends)| holds(ends, view));
            held.fold(0_u128, |bits, (actor, _)| bits | 1 << actor.0)
        });
        let all = Rc::new(all);
        self.ended.insert(concluded, Rc::clone(&all));
        all
    }

    /// One bit per outcome: whether what a question asks for holds.
    fn truth(&mut self, question: usize, concluded: u32) -> Rc<Vec<u64>> {
        if let Some(known) = self.truths.get(&(question, concluded)) {
            return Rc::clone(known);
        }
        let walk = self.walk;
        let condition = match &walk.questions[question] {
            WalkQuestion::Reaches(condition) => condition.clone(),
            WalkQuestion::Delivers(_, framework, benchmark) => benchmark_expression(*framework, *benchmark),
        };
        let bits = Rc::new(walk.bits(concluded, &condition));
        self.truths.insert((question, concluded), Rc::clone(&bits));
        bits
    }

    /// Lays out an actor's worth for one draw.
    fn watch(&mut self, actor: ActorId, numbers: &Numbers<'_>, today: u32) -> Watched {
        let walk = self.walk;
        let options = &numbers[actor.0].expect("given").options;
        let (first, second) = walk.case.issues.split_at(self.halves.first_issues);
        let cut: usize = first.iter().map(|issue| issue.options.len()).sum();
        let mut watched =
            Watched { actor, first: sums(first, options), second: sums(second, &options[cut..]), today: 0 };
        watched.today = self.worth(&watched, numbers, today, 0);
        watched
    }

    /// U of a state for an actor.
    fn worth(&mut self, watched: &Watched, numbers: &Numbers<'_>, outcome: u32, concluded: u32) -> i128 {
        let options = watched.first[(outcome / self.halves.second) as usize]
            + watched.second[(outcome % self.halves.second) as usize];
        let numbers = numbers[watched.actor.0].expect("given");
        if numbers.bonuses.iter().all(|bonus| *bonus == 0) {
            return options;
        }
        let earned = self.earned(watched.actor, concluded);
        let set = &earned.sets[usize::from(earned.of[outcome as usize])];
        options + set.iter().map(|&linkage| numbers.bonus(linkage)).sum::<i128>()
    }

    fn earned(&mut self, actor: ActorId, concluded: u32) -> Rc<Earned> {
        if let Some(known) = self.earned.get(&(actor, concluded)) {
            return Rc::clone(known);
        }
        let walk = self.walk;
        let worth = self.valuation.actor(actor).expect("only actors with preferences judge");
        let mut sets: Vec<Vec<usize>> = Vec::new();
        let of = walk.everywhere(concluded, |view| {
            let earned = worth.linkages.iter().filter(|linkage| holds(&linkage.when.expression, view));
            let earned: Vec<usize> = earned.map(|linkage| linkage.id.0).collect();
            let place = sets.iter().position(|other| *other == earned).unwrap_or_else(|| {
                sets.push(earned);
                sets.len() - 1
            });
            place as u16
        });
        let earned = Rc::new(Earned { of, sets });
        self.earned.insert((actor, concluded), Rc::clone(&earned));
        earned
    }

    /// What the issues off a table's agenda are worth to an actor.
    fn off_agenda(&self, table: &WalkTable, watched: &Watched, numbers: &Numbers<'_>) -> OffAgenda {
        let options = &numbers[watched.actor.0].expect("given").options;
        let mut start = 0;
        let mut issues = Vec::new();
        for (issue, body) in self.walk.case.issues.iter().enumerate() {
            if !table.agenda.contains(&issue) {
                issues.push((issue, options[start..start + body.options.len()].to_vec()));
            }
            start += body.options.len();
        }
        OffAgenda(issues)
    }

    /// The lines on content of one who judges at a table that hold already in one of some states.
    fn holding(&mut self, table: usize, member: usize, states: std::ops::Range<usize>) -> Vec<usize> {
        let walk = self.walk;
        let lines = walk.tables[table].seating.members[member].lines.iter().enumerate();
        let content: Vec<(usize, usize)> =
            lines.filter(|(_, (_, _, procedural))| !procedural).map(|(place, (line, ..))| (place, *line)).collect();
        let mut holding = Vec::new();
        for (place, line) in content {
            let holds = states.clone().any(|state| {
                let (outcome, at) = self.queue[state];
                let concluded = self.standings[at as usize].concluded;
                bit(&self.line((table, member, place), concluded), outcome)
            });
            if holds {
                holding.push(line);
            }
        }
        holding
    }

    /// One bit per outcome: whether a red line's condition holds.
    fn line(&mut self, line: Line, concluded: u32) -> Rc<Vec<u64>> {
        if let Some(known) = self.lines.get(&(line, concluded)) {
            return Rc::clone(known);
        }
        let (table, member, place) = line;
        let condition = &self.walk.tables[table].seating.members[member].lines[place].1;
        let bits = Rc::new(self.walk.bits(concluded, condition));
        self.lines.insert((line, concluded), Rc::clone(&bits));
        bits
    }

    /// The scene a table shows from a state.
    fn scene(&mut self, table: usize, outcome: u32, at: usize) -> Result<usize, Refusal> {
        let walk = self.walk;
        let body = &walk.tables[table];
        let seen = self.lookups[table].seen[at] as usize;
        let part = self.lookups[table].parts[outcome as usize] as usize;
        let known = self.lookups[table].scenes[seen][part];
        if known != NO_SCENE {
            return Ok(known as usize);
        }
        let standing = self.standings[at];
        let state = State {
            outcome: Some(walk.outcome(outcome)),
            concluded: flags(&walk.case, standing.concluded),
            ended: (0..walk.case.actors.len()).map(|actor| standing.ended >> actor & 1 == 1).collect(),
        };
        let asked = Table::new(&self.valuation, body.track, body.deals, &state)?;
        let (mut outcomes, mut after) = (Vec::new(), Vec::new());
        asked.space.each(|_, outcome| {
            if asked.is_deal(outcome) && asked.unmet(outcome) == 0 {
                let concludes = asked.concludes(outcome);
                let part: u32 = body.agenda.iter().map(|&issue| outcome[issue] as u32 * walk.strides[issue]).sum();
                after.push((part, concludes));
                outcomes.push((outcome.to_vec(), concludes));
            }
            std::ops::ControlFlow::Continue(())
        });
        let packages = outcomes.iter().map(|(outcome, concludes)| (outcome.as_slice(), *concludes));
        let scene = Scene::new(&asked.sitting, &state, &body.seating, &walk.case, &body.agenda, packages);
        self.scenes.push(WalkScene { scene, after, desk: Desk::default(), accepted: Vec::new(), found_in: 0 });
        let place = self.scenes.len() - 1;
        self.lookups[table].scenes[seen][part] = place as u32;
        Ok(place)
    }
}

impl Draw<'_> {
    /// Whether more walking could change no answer.
    fn is_over(&self) -> bool {
        self.cut_off || self.found.iter().all(|found| *found)
    }
}

/// What some issues are worth, per option.
struct OffAgenda(Vec<(usize, Vec<i128>)>);

impl OffAgenda {
    fn of(&self, walk: &PreparedWalk, outcome: u32) -> i128 {
        self.0.iter().map(|(issue, options)| options[walk.option(outcome, *issue)]).sum()
    }
}

impl PreparedWalk {
    fn agenda_part(&self, table: &WalkTable, outcome: u32) -> u32 {
        table.agenda.iter().map(|&issue| self.option(outcome, issue) as u32 * self.strides[issue]).sum()
    }

    /// One bit per outcome: whether a condition holds under these conclusions.
    fn bits(&self, concluded: u32, condition: &Expression) -> Vec<u64> {
        let mut bits = vec![0_u64; self.outcomes.div_ceil(64) as usize];
        for (number, holds) in self.everywhere(concluded, |view| holds(condition, view)).into_iter().enumerate() {
            bits[number / 64] |= u64::from(holds) << (number % 64);
        }
        bits
    }

    /// Looks at every outcome under these conclusions.
    fn everywhere<T>(&self, concluded: u32, mut look: impl FnMut(&View<'_>) -> T) -> Vec<T> {
        let flags = flags(&self.case, concluded);
        (0..self.outcomes)
            .map(|number| {
                let outcome = self.outcome(number);
                look(&View { case: &self.case, outcome: Some(&outcome), concluded: &flags, deal: None })
            })
            .collect()
    }
}

impl WalkScene {
    /// Finds out what is accepted, unless that is known for this draw; where it is noted.
    fn settle(
        &mut self,
        table: &WalkTable,
        rule: Option<&Ballot>,
        numbers: &Numbers<'_>,
        spent: Option<Vec<i128>>,
        draw: u64,
    ) -> usize {
        if self.found_in != draw {
            self.found_in = draw;
            self.accepted.clear();
        }
        if let Some(known) = self.accepted.iter().position(|(other, _)| *other == spent) {
            return known;
        }
        self.scene.begin(&mut self.desk);
        let mut accepted = Vec::new();
        let mut asking = Asking { desk: &mut self.desk, seating: &table.seating, numbers, spent: spent.as_deref() };
        for package in 0..self.scene.packages.len() {
            if passes(&table.judges, &table.voters, rule, &self.scene, &mut asking, package) {
                accepted.push(package as u32);
            }
        }
        self.accepted.push((spent, accepted));
        self.accepted.len() - 1
    }
}

/// The sums of one option of each issue, in the order of outcomes.
fn sums(issues: &[winset_case::Issue], options: &[i128]) -> Vec<i128> {
    let mut sums = vec![0];
    let mut start = 0;
    for issue in issues {
        let here = &options[start..start + issue.options.len()];
        sums = sums.iter().flat_map(|sum| here.iter().map(move |option| sum + option)).collect();
        start += issue.options.len();
    }
    sums
}

fn bit(bits: &[u64], number: u32) -> bool {
    bits[(number / 64) as usize] >> (number % 64) & 1 == 1
}

fn flags(case: &Case, concluded: u32) -> Vec<bool> {
    (0..case.frameworks.len()).map(|framework| concluded >> framework & 1 == 1).collect()
}
