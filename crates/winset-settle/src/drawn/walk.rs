//! What deals can reach from today, prepared: the walk of [`crate::explore`] for yes-or-no questions, draw after draw.
//!
//! States are whole numbers, conditions are looked up rather than judged, and what a table makes of a state is shared between all states that
//! look alike to it: those that agree on its agenda, on what its conditions read, and leave its clients' patrons all their leverage.

use std::collections::BTreeMap;
use std::rc::Rc;

use winset_case::{ActorId, BenchmarkId, Case, Expression, FrameworkId, Outcome, Rule, TrackId};
use winset_worth::{NotComputable, State, Valuation, View, holds};

use super::numbers::{Demand, Numbers};
use super::scene::{Asking, Desk, Scene, option_places};
use super::seating::Seating;
use super::table::{PREPARED_LIMIT, passes};
use crate::assembly::{STATE_LIMIT, benchmark_expression, meeting_tracks};
use crate::ballot::Ballot;
use crate::refusal::Refusal;
use crate::table::{Deals, Table};

/// Outcomes of a case that are numbered; with more, the walk is not prepared.
const OUTCOME_LIMIT: u128 = 1 << 20;
/// Tables larger than this are first asked whether anyone there could possibly gain enough.
const LARGE: usize = 64;

/// A question about what deals can reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WalkQuestion {
    /// Whether a state is reached where the condition holds.
    Reaches(Expression),
    /// Whether a track can make a deal after which the benchmark holds though it did not before.
    Delivers(TrackId, FrameworkId, BenchmarkId),
}

/// Everything about a walk that depends on no number.
#[derive(Debug)]
pub struct PreparedWalk {
    case: Case,
    questions: Vec<WalkQuestion>,
    /// Per issue, what one step of its option adds to the number of an outcome.
    strides: Vec<u32>,
    outcomes: u32,
    /// As bits: the actors with preferences whose `ends` is the default.
    ends_by_default: u128,
    /// The actors with a condition of their own.
    ends: Vec<(ActorId, Expression)>,
    tables: Vec<WalkTable>,
}

/// A table the walk passes by, as it is at every state.
#[derive(Debug)]
struct WalkTable {
    track: TrackId,
    deals: Deals,
    players: Vec<ActorId>,
    voters: Vec<Vec<usize>>,
    judges: Vec<usize>,
    unanimous: bool,
    seating: Seating,
    agenda: Vec<usize>,
    /// The issues on its agenda or read by a condition there.
    reads: Vec<usize>,
    /// Frameworks whose conclusion a condition there reads, and its own.
    frameworks: Vec<usize>,
    /// What its packages can be, whatever stands: per issue of the agenda, the options; where that is the same at every state.
    hull: Option<Hull>,
}

#[derive(Debug)]
struct Hull {
    /// Per issue of the agenda, the places of the options of its packages in an actor's list.
    options: Vec<Vec<usize>>,
    /// Per judge, the red lines every package breaks, from every state.
    unavoidable: Vec<Vec<usize>>,
    size: usize,
}

impl PreparedWalk {
    /// Prepares the walk of a case whose levers have been carried out; `None` where it has no status quo or too many outcomes to number.
    ///
    /// # Errors
    ///
    /// Where a table is larger than is listed, or numbers cannot be computed exactly.
    pub fn new(case: &Case, questions: Vec<WalkQuestion>) -> Result<Option<Self>, Refusal> {
        let outcomes = match case.outcome_count() {
            Some(count) if count <= OUTCOME_LIMIT && !case.no_agreement_today => count as u32,
            _ => return Ok(None),
        };
        if case.actors.len() > 128 || case.frameworks.len() > 32 {
            return Ok(None);
        }
        let mut strides = vec![0; case.issues.len()];
        let mut stride = 1;
        for (issue, body) in case.issues.iter().enumerate().rev() {
            strides[issue] = stride;
            stride *= body.options.len() as u32;
        }
        let valuation = Valuation::new(case)?;
        let (mut ends, mut ends_by_default) = (Vec::new(), 0);
        for actor in (0..case.actors.len()).map(ActorId) {
            match valuation.actor(actor).map(|worth| worth.ends) {
                Some(Some(condition)) => ends.push((actor, condition.expression.clone())),
                Some(None) => ends_by_default |= 1 << actor.0,
                None => {}
            }
        }
        let today = State::today(case);
        let mut tables = Vec::new();
        for track in meeting_tracks(case) {
            for deals in [Deals::Mandate, Deals::Concluding] {
                if deals == Deals::Concluding && case.tracks[track.0].concludes.is_none() {
                    continue;
                }
                let table = Table::new(&valuation, track, deals, &today)?;
                if table.space.size() > PREPARED_LIMIT {
                    return Ok(None);
                }
                tables.push(WalkTable::new(case, &valuation, &table));
            }
        }
        Ok(Some(PreparedWalk { case: case.clone(), questions, strides, outcomes, ends_by_default, ends, tables }))
    }

    /// The actors whose numbers it needs.
    pub fn actors(&self) -> Vec<ActorId> {
        let mut actors: Vec<ActorId> = self.tables.iter().flat_map(|table| table.seating.actors()).collect();
        actors.sort_unstable();
        actors.dedup();
        actors
    }

    /// Whether a rule anywhere depends on numbers of its own.
    pub fn is_unanimous(&self) -> bool {
        self.tables.iter().all(|table| table.unanimous)
    }

    /// A place to walk, kept between draws.
    ///
    /// # Errors
    ///
    /// Where numbers cannot be computed exactly.
    pub fn desk(&self) -> Result<WalkDesk<'_>, NotComputable> {
        Ok(WalkDesk {
            walk: self,
            valuation: Valuation::new(&self.case)?,
            places: option_places(&self.case),
            truths: BTreeMap::new(),
            ended: BTreeMap::new(),
            earned: BTreeMap::new(),
            standings: Vec::new(),
            lookups: self.tables.iter().map(|_| Lookup::default()).collect(),
            scenes: Vec::new(),
            draw: 0,
            visited: Vec::new(),
            queue: Vec::new(),
        })
    }

    fn outcome(&self, mut number: u32) -> Outcome {
        let digit = |stride: &u32| {
            let option = number / stride;
            number %= stride;
            option as usize
        };
        self.strides.iter().map(digit).collect()
    }

    fn number(&self, outcome: &[usize]) -> u32 {
        outcome.iter().zip(&self.strides).map(|(option, stride)| *option as u32 * stride).sum()
    }

    fn option(&self, outcome: u32, issue: usize) -> usize {
        (outcome / self.strides[issue]) as usize % self.case.issues[issue].options.len()
    }
}

impl WalkTable {
    fn new(case: &Case, valuation: &Valuation<'_>, table: &Table<'_>) -> Self {
        let track = table.track;
        let judging: Vec<ActorId> = table.judges.iter().map(|(judge, _)| *judge).collect();
        let seating = Seating::new(valuation, track, &judging);
        let place = |actor: &ActorId| seating.position(*actor);
        let agenda: Vec<usize> = case.tracks[track.0].agenda.iter().map(|issue| issue.0).collect();
        // What conditions here read beyond the agenda.
        let mut reading = Reading { issues: agenda.clone(), frameworks: Vec::new(), touches: false };
        let own: Vec<Expression> = table.asked().cloned().collect();
        own.iter().for_each(|condition| reading.of(case, condition));
        let fixed = !reading.touches && reading.frameworks.is_empty() && reading.issues.len() == agenda.len();
        for member in &seating.members {
            member.linkages.iter().for_each(|(_, when)| reading.of(case, when));
            member.lines.iter().for_each(|(_, when, _)| reading.of(case, when));
            member.ends.iter().for_each(|when| reading.of(case, when));
        }
        if let Some(framework) = case.tracks[track.0].concludes {
            reading.of(case, &Expression::Satisfied(framework, None));
            reading.frameworks.push(framework.0);
        }
        reading.frameworks.sort_unstable();
        reading.frameworks.dedup();
        let rule = case.tracks[track.0].rule;
        let judges: Vec<usize> = judging.iter().filter_map(place).collect();
        let hull = fixed.then(|| Hull::new(case, table, &seating, &judges, &agenda));
        WalkTable {
            track,
            deals: table.deals,
            players: table.players.clone(),
            voters: table.voters().map(|judges| judges.iter().filter_map(place).collect()).collect(),
            judges,
            unanimous: matches!(rule, Rule::Consensus | Rule::PartiesOnly),
            seating,
            agenda,
            reads: reading.issues,
            frameworks: reading.frameworks,
            hull,
        }
    }
}

/// What conditions read.
struct Reading {
    issues: Vec<usize>,
    frameworks: Vec<usize>,
    touches: bool,
}

impl Reading {
    fn of(&mut self, case: &Case, condition: &Expression) {
        let mut inner = Vec::new();
        condition.walk(&mut |part| match part {
            Expression::OneOf(issue, _) | Expression::Changed(issue) => self.issue(issue.0),
            Expression::Touched(issue) => {
                self.issue(issue.0);
                self.touches = true;
            }
            Expression::Concluded(framework) => self.frameworks.push(framework.0),
            Expression::Defined(define) => inner.push(&case.defines[define.0].condition.expression),
            Expression::Benchmark(framework, benchmark, reading) => {
                let framework = &case.frameworks[framework.0];
                let reading = reading.unwrap_or(framework.reading);
                inner.push(&framework.benchmarks[benchmark.0].under(reading).expression);
            }
            Expression::Satisfied(framework, reading) => {
                let framework = &case.frameworks[framework.0];
                let reading = reading.unwrap_or(framework.reading);
                inner.extend(framework.benchmarks.iter().map(|benchmark| &benchmark.under(reading).expression));
            }
            _ => {}
        });
        inner.into_iter().for_each(|condition| self.of(case, condition));
    }

    fn issue(&mut self, issue: usize) {
        if !self.issues.contains(&issue) {
            self.issues.push(issue);
        }
    }
}

impl Hull {
    fn new(
        case: &Case,
        table: &Table<'_>,
        seating: &Seating,
        judges: &[usize],
        agenda: &[usize],
    ) -> Self {
        let places = option_places(case);
        let mut options: Vec<Vec<usize>> = vec![Vec::new(); agenda.len()];
        // The lines on procedure that read nothing but the agenda; of those, the ones every package breaks.
        let standing = |member: &super::seating::Member| -> Vec<usize> {
            let reads_less = |when: &Expression| {
                let mut reading = Reading { issues: agenda.to_vec(), frameworks: Vec::new(), touches: false };
                reading.of(case, when);
                !reading.touches && reading.frameworks.is_empty() && reading.issues.len() == agenda.len()
            };
            let lines = member.lines.iter().enumerate();
            lines.filter(|(_, (_, when, procedural))| *procedural && reads_less(when)).map(|(place, _)| place).collect()
        };
        let mut unavoidable: Vec<Vec<usize>> =
            judges.iter().map(|&judge| standing(&seating.members[judge])).collect();
        let mut size = 0;
        table.space.each(|_, outcome| {
            if table.unmet(outcome) == 0 {
                size += 1;
                for (known, &issue) in options.iter_mut().zip(agenda) {
                    let place = places[issue] + outcome[issue];
                    if !known.contains(&place) {
                        known.push(place);
                    }
                }
                let view = table.sitting.view(outcome, table.concludes(outcome));
                for (lines, &judge) in unavoidable.iter_mut().zip(judges) {
                    lines.retain(|&line| holds(&seating.members[judge].lines[line].1, &view));
                }
            }
            std::ops::ControlFlow::Continue(())
        });
        let unavoidable = unavoidable.into_iter().zip(judges).map(|(lines, &judge)| {
            lines.into_iter().map(|line| seating.members[judge].lines[line].0).collect()
        });
        Hull { options, unavoidable: unavoidable.collect(), size }
    }
}

/// What has been concluded and whose conflict has ended, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    concluded: u32,
    ended: u128,
}

/// Where a walk is made: everything found out about its structure so far, and room for one draw.
pub struct WalkDesk<'w> {
    walk: &'w PreparedWalk,
    valuation: Valuation<'w>,
    places: Vec<usize>,
    /// Per condition (its text as data) and conclusions, one bit per outcome.
    truths: BTreeMap<(usize, u32), Rc<Vec<u64>>>,
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
    queue: Vec<(u32, usize)>,
}

/// Which linkages of an actor are earned where.
struct Earned {
    of: Vec<u16>,
    sets: Vec<Vec<usize>>,
}

/// Which scene a table shows from a state.
#[derive(Default)]
struct Lookup {
    /// Per standing of the walk, the standing as the table sees it; made as standings are met.
    seen: Vec<usize>,
    standings: Vec<Standing>,
    /// Per standing as seen and what stands on the issues read: the scene.
    scenes: BTreeMap<(usize, u32), usize>,
}

struct WalkScene {
    scene: Scene,
    /// Per package: the number its options on the agenda have, and whether it concludes.
    after: Vec<(u32, bool)>,
    desk: Desk,
    /// What was accepted with all leverage left, and in which draw that was found out.
    accepted: Vec<u32>,
    found_in: u64,
}

impl WalkDesk<'_> {
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
        let rules: Vec<Option<Ballot>> = walk
            .tables
            .iter()
            .map(|table| (!table.unanimous).then(|| Ballot::of(case, table.track, &table.players)).transpose())
            .collect::<Result<_, _>>()?;
        // A quota beyond reach closes a track.
        let meets: Vec<bool> = walk
            .tables
            .iter()
            .map(|table| table.unanimous || crate::ballot::no_meeting(case, table.track).is_none())
            .collect();
        let bounds: Vec<Vec<i128>> = walk.tables.iter().map(|table| table.bounds(numbers)).collect();
        let pressed: Vec<(ActorId, Vec<i128>, i128)> = self.pressed(numbers);
        let mut found = vec![false; walk.questions.len()];
        for standing in &mut self.visited {
            standing.fill(0);
        }
        self.queue.clear();
        let today = walk.number(&walk.case.baseline());
        let first = self.standing(Standing { concluded: 0, ended: 0 });
        self.visit(today, first, &mut found);
        let (mut position, mut cut_off) = (0, false);
        let mut spent_by: Vec<i128> = Vec::new();
        while position < self.queue.len() && !cut_off && found.iter().any(|found| !found) {
            let (outcome, at) = self.queue[position];
            position += 1;
            let standing = self.standings[at];
            let unmet: Vec<usize> = (0..walk.questions.len())
                .filter(|&question| match &walk.questions[question] {
                    WalkQuestion::Delivers(..) => {
                        !found[question] && !bit(&self.truth(question, standing.concluded), outcome)
                    }
                    WalkQuestion::Reaches(_) => false,
                })
                .collect();
            // What pressing each actor has cost its patrons so far: how far it stands below today, the cost that has ended aside.
            spent_by.clear();
            for (actor, bonuses, today_worth) in &pressed {
                let going_on = numbers[actor.0].map_or(0, |numbers| numbers.going_on);
                let met = if standing.ended >> actor.0 & 1 == 1 { going_on } else { 0 };
                let here = self.worth(*actor, bonuses, numbers, outcome, standing.concluded);
                spent_by.push((today_worth - met - here).max(0));
            }
            for table in 0..walk.tables.len() {
                let body = &walk.tables[table];
                let own = walk.case.tracks[body.track.0].concludes;
                let open = own.is_some_and(|framework| standing.concluded >> framework.0 & 1 == 0);
                if (body.deals == Deals::Concluding && !open) || !meets[table] {
                    continue;
                }
                if self.is_hopeless(body, &bounds[table], numbers, outcome) {
                    continue;
                }
                let scene = self.scene(table, outcome, at)?;
                let spent = body.seating.members.iter().map(|member| {
                    let place = pressed.iter().position(|(actor, ..)| *actor == member.actor);
                    place.map_or(0, |place| spent_by[place])
                });
                let spent: Vec<i128> = spent.collect();
                let spent = spent.iter().any(|spent| *spent != 0).then_some(spent.as_slice());
                self.scenes[scene].settle(body, rules[table].as_ref(), numbers, spent, self.draw);
                let base = outcome - walk.agenda_part(body, outcome);
                for index in 0..self.scenes[scene].accepted.len() {
                    let package = self.scenes[scene].accepted[index] as usize;
                    let (part, concludes) = self.scenes[scene].after[package];
                    let next = base + part;
                    let next_at = self.after(standing, at, outcome, next, own.filter(|_| concludes));
                    for &question in &unmet {
                        let WalkQuestion::Delivers(track, ..) = &walk.questions[question] else { continue };
                        let concluded = self.standings[next_at].concluded;
                        if *track == body.track && !found[question] && bit(&self.truth(question, concluded), next) {
                            found[question] = true;
                        }
                    }
                    if !self.visit(next, next_at, &mut found) {
                        cut_off = true;
                        break;
                    }
                }
            }
        }
        Ok(found.into_iter().map(|found| if found { Some(true) } else if cut_off { None } else { Some(false) }).collect())
    }

    /// Notes a state, if it is new. False where there are too many.
    fn visit(&mut self, outcome: u32, at: usize, found: &mut [bool]) -> bool {
        let words = self.walk.outcomes.div_ceil(64) as usize;
        if self.visited.len() <= at {
            self.visited.resize_with(at + 1, || vec![0; words]);
        }
        let word = &mut self.visited[at][(outcome / 64) as usize];
        if *word >> (outcome % 64) & 1 == 1 {
            return true;
        }
        if self.queue.len() == STATE_LIMIT {
            return false;
        }
        *word |= 1 << (outcome % 64);
        self.queue.push((outcome, at));
        for (question, found) in found.iter_mut().enumerate() {
            if !*found && matches!(self.walk.questions[question], WalkQuestion::Reaches(_)) {
                let concluded = self.standings[at].concluded;
                *found = bit(&self.truth(question, concluded), outcome);
            }
        }
        true
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
                lookup.standings.len() - 1
            });
            lookup.seen.push(place);
        }
        self.standings.len() - 1
    }

    /// The standing after a deal.
    fn after(&mut self, standing: Standing, at: usize, before: u32, after: u32, concludes: Option<FrameworkId>) -> usize {
        let concluded = standing.concluded | concludes.map_or(0, |framework| 1 << framework.0);
        let mut ended = standing.ended;
        if !self.walk.ends.is_empty() {
            let (held, holds) = (self.ended(standing.concluded), self.ended(concluded));
            ended |= holds[after as usize] & !held[before as usize];
        }
        if concludes.is_some() || self.walk.case.frameworks.is_empty() {
            ended |= self.walk.ends_by_default;
        }
        let next = Standing { concluded, ended };
        if next == standing { at } else { self.standing(next) }
    }

    /// For every outcome, the actors whose own `ends` holds.
    fn ended(&mut self, concluded: u32) -> Rc<Vec<u128>> {
        if let Some(known) = self.ended.get(&concluded) {
            return Rc::clone(known);
        }
        let walk = self.walk;
        let flags = flags(&walk.case, concluded);
        let all = (0..walk.outcomes).map(|number| {
            let outcome = walk.outcome(number);
            let view = View { case: &walk.case, outcome: Some(&outcome), concluded: &flags, deal: None };
            walk.ends
                .iter()
                .filter(|(_, ends)| holds(ends, &view))
                .fold(0_u128, |bits, (actor, _)| bits | 1 << actor.0)
        });
        let all = Rc::new(all.collect());
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
        let flags = flags(&walk.case, concluded);
        let mut bits = vec![0_u64; walk.outcomes.div_ceil(64) as usize];
        for number in 0..walk.outcomes {
            let outcome = walk.outcome(number);
            let view = View { case: &walk.case, outcome: Some(&outcome), concluded: &flags, deal: None };
            bits[(number / 64) as usize] |= u64::from(holds(&condition, &view)) << (number % 64);
        }
        let bits = Rc::new(bits);
        self.truths.insert((question, concluded), Rc::clone(&bits));
        bits
    }

    /// The actors with patrons, the bonuses of their linkages, and what today is worth to them.
    fn pressed(&mut self, numbers: &Numbers<'_>) -> Vec<(ActorId, Vec<i128>, i128)> {
        let walk = self.walk;
        let today = walk.number(&walk.case.baseline());
        let actors = walk.actors().into_iter();
        let pressed = actors.filter(|actor| {
            numbers[actor.0].is_some_and(|numbers| numbers.leverage.iter().any(|leverage| *leverage != 0))
        });
        let pressed: Vec<ActorId> = pressed.collect();
        pressed
            .into_iter()
            .map(|actor| {
                let bonuses = numbers[actor.0].expect("filtered above").bonuses.clone();
                let worth = self.worth(actor, &bonuses, numbers, today, 0);
                (actor, bonuses, worth)
            })
            .collect()
    }

    /// U of a state for an actor.
    fn worth(&mut self, actor: ActorId, bonuses: &[i128], numbers: &Numbers<'_>, outcome: u32, concluded: u32) -> i128 {
        let walk = self.walk;
        let table = &numbers[actor.0].expect("given").options;
        let mut worth = 0;
        for issue in 0..walk.strides.len() {
            worth += table[self.places[issue] + walk.option(outcome, issue)];
        }
        if bonuses.iter().all(|bonus| *bonus == 0) {
            return worth;
        }
        let earned = self.earned(actor, concluded);
        let set = &earned.sets[usize::from(earned.of[outcome as usize])];
        worth + set.iter().map(|&linkage| bonuses.get(linkage).copied().unwrap_or(0)).sum::<i128>()
    }

    fn earned(&mut self, actor: ActorId, concluded: u32) -> Rc<Earned> {
        if let Some(known) = self.earned.get(&(actor, concluded)) {
            return Rc::clone(known);
        }
        let walk = self.walk;
        let flags = flags(&walk.case, concluded);
        let worth = self.valuation.actor(actor).expect("only actors with preferences judge");
        let (mut of, mut sets): (Vec<u16>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
        for number in 0..walk.outcomes {
            let outcome = walk.outcome(number);
            let view = View { case: &walk.case, outcome: Some(&outcome), concluded: &flags, deal: None };
            let earned = worth.linkages.iter().filter(|linkage| holds(&linkage.when.expression, &view));
            let earned: Vec<usize> = earned.map(|linkage| linkage.id.0).collect();
            let place = sets.iter().position(|other| *other == earned).unwrap_or_else(|| {
                sets.push(earned);
                sets.len() - 1
            });
            of.push(place as u16);
        }
        let earned = Rc::new(Earned { of, sets });
        self.earned.insert((actor, concluded), Rc::clone(&earned));
        earned
    }

    /// Whether somebody who must say yes could not gain enough by any package of the table, whatever else holds.
    fn is_hopeless(&self, table: &WalkTable, bounds: &[i128], numbers: &Numbers<'_>, outcome: u32) -> bool {
        table.judges.iter().zip(bounds).any(|(&judge, bound)| {
            let options = &numbers[table.seating.members[judge].actor.0].expect("given").options;
            let standing =
                table.agenda.iter().map(|&issue| options[self.places[issue] + self.walk.option(outcome, issue)]);
            bound - standing.sum::<i128>() < 0
        })
    }

    /// The scene a table shows from a state.
    fn scene(&mut self, table: usize, outcome: u32, at: usize) -> Result<usize, Refusal> {
        let walk = self.walk;
        let body = &walk.tables[table];
        let seen = self.lookups[table].seen[at];
        let part: u32 = body.reads.iter().map(|&issue| walk.option(outcome, issue) as u32 * walk.strides[issue]).sum();
        if let Some(known) = self.lookups[table].scenes.get(&(seen, part)) {
            return Ok(*known);
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
        self.lookups[table].scenes.insert((seen, part), self.scenes.len() - 1);
        Ok(self.scenes.len() - 1)
    }
}

impl PreparedWalk {
    fn agenda_part(&self, table: &WalkTable, outcome: u32) -> u32 {
        table.agenda.iter().map(|&issue| self.option(outcome, issue) as u32 * self.strides[issue]).sum()
    }
}

impl WalkTable {
    /// Per judge who must say yes, the most its surplus and what stands on the agenda could come to, by any package from any state. Empty where
    /// nothing is known, or looking is as quick.
    fn bounds(&self, numbers: &Numbers<'_>) -> Vec<i128> {
        let Some(hull) = self.hull.as_ref().filter(|hull| self.unanimous && hull.size > LARGE) else { return Vec::new() };
        let bound = |(&judge, lines): (&usize, &Vec<usize>)| {
            let member = &self.seating.members[judge];
            let numbers = numbers[member.actor.0].expect("given");
            if !member.own_fallback {
                return i128::MAX >> 2;
            }
            let best = |options: &Vec<usize>| options.iter().map(|&place| numbers.options[place]).max().unwrap_or(0);
            let options: i128 = hull.options.iter().map(best).sum();
            // A linkage that is fixed here is earned before and after alike.
            let open = member.linkages.iter().filter(|(_, when)| !matches!(when, Expression::Constant(_)));
            let linkages: i128 = open.map(|(linkage, _)| numbers.bonus(*linkage).abs()).sum();
            let price = |line: &usize| match numbers.prices[*line] {
                Demand::Dropped => 0,
                Demand::Price(price) => price,
                Demand::Unpriced => i128::MAX >> 8,
            };
            let prices: i128 = lines.iter().map(price).sum();
            options + linkages + numbers.going_on.max(0) + numbers.leverage.iter().sum::<i128>() - prices
        };
        self.judges.iter().zip(&hull.unavoidable).map(bound).collect()
    }
}

impl WalkScene {
    /// Finds out what is accepted, unless that is known for this draw.
    fn settle(
        &mut self,
        table: &WalkTable,
        rule: Option<&Ballot>,
        numbers: &Numbers<'_>,
        spent: Option<&[i128]>,
        draw: u64,
    ) {
        if spent.is_none() && self.found_in == draw {
            return;
        }
        // What is found with leverage spent is no use to other states.
        self.found_in = if spent.is_none() { draw } else { 0 };
        self.accepted.clear();
        self.scene.begin(&mut self.desk);
        let mut asking = Asking { desk: &mut self.desk, seating: &table.seating, numbers, spent };
        for package in 0..self.scene.packages.len() {
            if passes(&table.judges, &table.voters, rule, &self.scene, &mut asking, package) {
                self.accepted.push(package as u32);
            }
        }
    }
}

fn bit(bits: &[u64], number: u32) -> bool {
    bits[(number / 64) as usize] >> (number % 64) & 1 == 1
}

fn flags(case: &Case, concluded: u32) -> Vec<bool> {
    (0..case.frameworks.len()).map(|framework| concluded >> framework & 1 == 1).collect()
}
