//! What a walk looks up rather than judges: where conditions hold, and what a state is worth to an actor.
//!
//! What depends on no number is worked out over every outcome the first time it is asked for, and kept from draw to draw.

use std::rc::Rc;

use winset_case::{ActorId, Expression};
use winset_worth::{View, holds};

use super::super::numbers::Numbers;
use super::desk::{Draw, Line, WalkDesk, bit, flags};
use super::{PreparedWalk, WalkQuestion, WalkTable};
use crate::assembly::benchmark_expression;

/// Which linkages of an actor are earned where.
pub(super) struct Earned {
    pub(super) of: Vec<u16>,
    pub(super) sets: Vec<Vec<usize>>,
}

/// An actor whose worth is looked up at every state, in one draw.
pub(super) struct Watched {
    pub(super) actor: ActorId,
    pub(super) first: Vec<i128>,
    pub(super) second: Vec<i128>,
    pub(super) today: i128,
}

impl WalkDesk<'_> {
    /// Per pressed actor, what pressing it has cost its patrons so far: how far it stands below today, the cost that has ended aside. `None` where
    /// nothing has been spent.
    pub(super) fn spent(&mut self, outcome: u32, at: usize, draw: &Draw<'_>) -> Option<Vec<i128>> {
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

    /// For every outcome, the actors whose own `ends` holds.
    pub(super) fn ended(&mut self, concluded: u32) -> Rc<Vec<u128>> {
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
    pub(super) fn truth(&mut self, question: usize, concluded: u32) -> Rc<Vec<u64>> {
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
    pub(super) fn watch(&mut self, actor: ActorId, numbers: &Numbers<'_>, today: u32) -> Watched {
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
    pub(super) fn worth(&mut self, watched: &Watched, numbers: &Numbers<'_>, outcome: u32, concluded: u32) -> i128 {
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

    pub(super) fn earned(&mut self, actor: ActorId, concluded: u32) -> Rc<Earned> {
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
    pub(super) fn off_agenda(&self, table: &WalkTable, watched: &Watched, numbers: &Numbers<'_>) -> OffAgenda {
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
    pub(super) fn holding(&mut self, table: usize, member: usize, states: std::ops::Range<usize>) -> Vec<usize> {
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
    pub(super) fn line(&mut self, line: Line, concluded: u32) -> Rc<Vec<u64>> {
        if let Some(known) = self.lines.get(&(line, concluded)) {
            return Rc::clone(known);
        }
        let (table, member, place) = line;
        let condition = &self.walk.tables[table].seating.members[member].lines[place].1;
        let bits = Rc::new(self.walk.bits(concluded, condition));
        self.lines.insert((line, concluded), Rc::clone(&bits));
        bits
    }
}

/// What some issues are worth, per option.
pub(super) struct OffAgenda(Vec<(usize, Vec<i128>)>);

impl OffAgenda {
    pub(super) fn of(&self, walk: &PreparedWalk, outcome: u32) -> i128 {
        self.0.iter().map(|(issue, options)| options[walk.option(outcome, *issue)]).sum()
    }
}

impl PreparedWalk {
    /// One bit per outcome: whether a condition holds under these conclusions.
    pub(super) fn bits(&self, concluded: u32, condition: &Expression) -> Vec<u64> {
        let mut bits = vec![0_u64; self.outcomes.div_ceil(64) as usize];
        for (number, holds) in self.everywhere(concluded, |view| holds(condition, view)).into_iter().enumerate() {
            bits[number / 64] |= u64::from(holds) << (number % 64);
        }
        bits
    }

    /// Looks at every outcome under these conclusions.
    pub(super) fn everywhere<T>(&self, concluded: u32, mut look: impl FnMut(&View<'_>) -> T) -> Vec<T> {
        let flags = flags(&self.case, concluded);
        (0..self.outcomes)
            .map(|number| {
                let outcome = self.outcome(number);
                look(&View { case: &self.case, outcome: Some(&outcome), concluded: &flags, deal: None })
            })
            .collect()
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
