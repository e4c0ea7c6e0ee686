//! One table from today, prepared: is it empty, how many deals has it, does a set of constraints block it.

use std::collections::BTreeMap;

use winset_case::{ActorId, Case, RedLineId, Rule, TrackId};
use winset_worth::{State, Valuation};

use super::numbers::Numbers;
use super::scene::{Asking, Desk, Scene};
use crate::aftermath::Aftermath;
use crate::amount::units_within;
use crate::constraint::Constraint;
use crate::refusal::Refusal;
use crate::seating::Seating;
use crate::table::{Deals, Table};
use winset_worth::{Ballot, Seats, no_meeting};

/// Packages that are prepared at one table; a larger one is asked about at the point values only.
pub(crate) const PREPARED_LIMIT: u64 = 50_000;

/// A table from today with everything worked out that depends on no number.
#[derive(Debug)]
pub struct PreparedTable {
    track: TrackId,
    players: Vec<ActorId>,
    /// Per player, the places of the judges its consent stands for.
    voters: Vec<Vec<usize>>,
    /// Every judge once.
    judges: Vec<usize>,
    /// Everyone must say yes, whatever the numbers.
    unanimous: bool,
    /// Where it cannot meet, whatever the numbers.
    meets: bool,
    /// Per actor behind the seats, the places of the judges that must accept for it.
    behind: Vec<Vec<usize>>,
    seating: Seating,
    scene: Scene,
    /// With constraints that may be dropped: per package, the conditions it does not meet, and per constraint where it stands.
    unmet: Vec<u128>,
    /// Packages that differ in the second half of their options only, and in no condition of the table or of a judge.
    classes: Vec<Vec<usize>>,
    constraints: Vec<Constraint>,
    /// Per member, the bit of its fallback, and of the first of its red lines; only those of judges are asked for.
    bits: Vec<(Option<usize>, usize)>,
}

impl PreparedTable {
    /// Prepares a table of a case whose levers have been carried out. `others` are judged as well, for questions about them.
    ///
    /// With `all` every package is kept, also those that the mandate or the benchmarks rule out, so that [`PreparedTable::blocks`] can be asked.
    ///
    /// # Errors
    ///
    /// As for [`crate::settle()`], and where there are more packages than are prepared.
    pub fn new(case: &Case, track: TrackId, deals: Deals, others: &[ActorId], all: bool) -> Result<Self, Refusal> {
        let valuation = Valuation::new(case)?;
        let state = State::today(case);
        let table = Table::new(&valuation, track, deals, &state)?;
        if table.space.size() > PREPARED_LIMIT {
            return Err(Refusal::TooManyPackages { packages: Some(table.space.size().into()), limit: PREPARED_LIMIT });
        }
        let behind: Vec<ActorId> = Aftermath::new(&table).behind.iter().map(|behind| behind.actor).collect();
        let judging: Vec<ActorId> = table.judges.iter().map(|(judge, _)| *judge).collect();
        let close = behind.iter().flat_map(|actor| valuation.judges(*actor));
        let everyone: Vec<ActorId> = judging.iter().copied().chain(close).chain(others.iter().copied()).collect();
        let seating = Seating::new(&valuation, track, &everyone);
        let place = |actor: &ActorId| seating.position(*actor);
        let (mut outcomes, mut unmet) = (Vec::new(), Vec::new());
        table.space.each(|_, outcome| {
            if table.is_deal(outcome) {
                let missing = table.unmet(outcome);
                if all || missing == 0 {
                    outcomes.push((outcome.to_vec(), table.concludes(outcome)));
                    unmet.push(missing);
                }
            }
            std::ops::ControlFlow::Continue(())
        });
        let issues: Vec<usize> = match state.outcome {
            Some(_) => case.tracks[track.0].agenda.iter().map(|issue| issue.0).collect(),
            None => (0..case.issues.len()).collect(),
        };
        let packages = outcomes.iter().map(|(outcome, concludes)| (outcome.as_slice(), *concludes));
        let scene = Scene::new(&table.sitting, &state, &seating, case, &issues, packages);
        let judges: Vec<usize> = judging.iter().filter_map(place).collect();
        let mut classes: BTreeMap<(u16, u128, Vec<u16>), Vec<usize>> = BTreeMap::new();
        for (package, [first, _]) in scene.packages.iter().enumerate() {
            let profiles = judges.iter().map(|&judge| scene.members[judge].profile_of[package]).collect();
            classes.entry((*first, unmet[package], profiles)).or_default().push(package);
        }
        let rule = case.tracks[track.0].rule;
        let unanimous = matches!(rule, Rule::Consensus | Rule::PartiesOnly);
        Ok(PreparedTable {
            track,
            voters: table.voters().map(|judges| judges.iter().filter_map(place).collect()).collect(),
            judges,
            classes: classes.into_values().collect(),
            unanimous,
            meets: !unanimous || (!table.players.is_empty() && no_meeting(case, track).is_none()),
            behind: behind.iter().map(|actor| valuation.judges(*actor).iter().filter_map(place).collect()).collect(),
            unmet,
            bits: seating.actors().map(|actor| bits_of(&table.constraints, actor)).collect(),
            constraints: table.constraints.clone(),
            players: table.players.clone(),
            seating,
            scene,
        })
    }

    /// The actors whose numbers it needs.
    pub fn actors(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.seating.actors()
    }

    /// Whether its rule asks everyone, so that no number of the rule itself matters.
    pub fn is_unanimous(&self) -> bool {
        self.unanimous
    }

    /// Whether no deal is acceptable.
    ///
    /// # Errors
    ///
    /// Where the seats are too many to tell apart.
    pub fn is_empty(&self, case: &Case, numbers: &Numbers<'_>, desk: &mut Desk) -> Result<bool, Refusal> {
        let Some(mut asked) = self.ask(case, numbers, desk)? else { return Ok(true) };
        // What was accepted in the draw before often is again.
        let last = asked.asking.desk.last_accepted;
        if last < self.scene.packages.len() && asked.passes(last) {
            return Ok(false);
        }
        for class in &self.classes {
            if asked.refused(class[0]) {
                continue;
            }
            for &package in class {
                if asked.passes(package) {
                    asked.asking.desk.last_accepted = package;
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// How many deals are acceptable, and how many of those everyone behind the seats would accept as well.
    ///
    /// # Errors
    ///
    /// Where the seats are too many to tell apart.
    pub fn count(&self, case: &Case, numbers: &Numbers<'_>, desk: &mut Desk) -> Result<(u64, u64), Refusal> {
        let Some(mut asked) = self.ask(case, numbers, desk)? else { return Ok((0, 0)) };
        let (mut acceptable, mut durable) = (0, 0);
        for class in &self.classes {
            if asked.refused(class[0]) {
                continue;
            }
            for package in class.iter().copied().filter(|&package| asked.passes(package)).collect::<Vec<usize>>() {
                acceptable += 1;
                let mut judges = self.behind.iter().flatten();
                durable += u64::from(judges.all(|&judge| asked.asking.accepts(&self.scene, judge, package)));
            }
        }
        Ok((acceptable, durable))
    }

    /// The most an actor gains by any acceptable package, and by any package at all; both in its units.
    ///
    /// # Errors
    ///
    /// Where the seats are too many to tell apart.
    pub fn best_gain(
        &self,
        case: &Case,
        actor: ActorId,
        numbers: &Numbers<'_>,
        desk: &mut Desk,
    ) -> Result<(Option<i128>, Option<i128>), Refusal> {
        let Some(member) = self.seating.position(actor) else { return Ok((None, None)) };
        let mut asking = self.asking(numbers, desk);
        let any = (0..self.scene.packages.len()).map(|package| asking.gain(&self.scene, member, package)).max();
        let Some(mut asked) = self.ask(case, numbers, desk)? else { return Ok((None, any)) };
        let mut accepted = None;
        for package in 0..self.scene.packages.len() {
            let gain = Some(asked.asking.gain(&self.scene, member, package));
            if gain > accepted && asked.passes(package) {
                accepted = gain;
            }
        }
        Ok((accepted, any))
    }

    /// Whether exactly these constraints are a minimal blocking set: together they leave no package, and without any one of them they leave some.
    /// Asked of tables prepared with every package.
    ///
    /// # Errors
    ///
    /// Where the seats are too many to tell apart.
    pub fn blocks(
        &self,
        ids: &[Constraint],
        case: &Case,
        numbers: &Numbers<'_>,
        desk: &mut Desk,
    ) -> Result<bool, Refusal> {
        let Some(mut asked) = self.ask(case, numbers, desk)? else { return Ok(false) };
        let position = |id: &Constraint| self.constraints.iter().position(|other| other == id);
        let Some(set) = ids.iter().map(position).collect::<Option<Vec<usize>>>() else { return Ok(false) };
        let set = set.into_iter().fold(0_u128, |bits, bit| bits | 1 << bit);
        let mut some = |active: u128| {
            let mut opens = |class: &Vec<usize>| {
                !asked.refused_under(active, class[0])
                    && class.iter().any(|&package| asked.passes_under(active, package))
            };
            self.classes.iter().any(&mut opens)
        };
        let bits = (0..self.constraints.len()).filter(|bit| set >> bit & 1 == 1);
        Ok(!some(set) && bits.into_iter().all(|bit| some(set & !(1 << bit))))
    }

    fn asking<'a>(&'a self, numbers: &'a Numbers<'a>, desk: &'a mut Desk) -> Asking<'a> {
        self.scene.begin(desk);
        Asking { desk, seating: &self.seating, numbers, spent: None }
    }

    /// Puts a draw's question; `None` where the track cannot meet.
    fn ask<'a>(
        &'a self,
        case: &Case,
        numbers: &'a Numbers<'a>,
        desk: &'a mut Desk,
    ) -> Result<Option<Asked<'a>>, Refusal> {
        if !self.meets || (!self.unanimous && no_meeting(case, self.track).is_some()) {
            return Ok(None);
        }
        let rule = if self.unanimous { None } else { Some(Ballot::of(case, self.track, &self.players)?) };
        Ok(Some(Asked { table: self, rule, asking: self.asking(numbers, desk) }))
    }

    /// The constraint with this written id, if it binds here.
    pub fn constraint(&self, case: &Case, id: &str) -> Option<Constraint> {
        self.constraints.iter().copied().find(|constraint| constraint.id(case) == id)
    }
}

/// Where an actor's constraints stand: its fallback's, if it has one of its own, and the first of its red lines'.
fn bits_of(constraints: &[Constraint], actor: ActorId) -> (Option<usize>, usize) {
    let at = |wanted: Constraint| constraints.iter().position(|constraint| *constraint == wanted);
    (at(Constraint::Fallback(actor)), at(Constraint::RedLine(actor, RedLineId(0))).unwrap_or(0))
}

/// One draw's question to a table.
struct Asked<'a> {
    table: &'a PreparedTable,
    /// The rule, where not everyone must say yes.
    rule: Option<Ballot>,
    asking: Asking<'a>,
}

impl Asked<'_> {
    /// Whether someone whose consent is needed is sure to refuse the whole class of a package.
    fn refused(&mut self, package: usize) -> bool {
        let table = self.table;
        self.rule.is_none() && table.judges.iter().any(|&judge| self.asking.refuses_alike(&table.scene, judge, package))
    }

    /// Whether the seats make a deal of a package.
    fn passes(&mut self, package: usize) -> bool {
        let table = self.table;
        passes(&table.judges, &table.voters, self.rule.as_ref(), &table.scene, &mut self.asking, package)
    }
}

impl Asked<'_> {
    /// Whether a package would be a deal if only the constraints with these bits bound.
    fn passes_under(&mut self, active: u128, package: usize) -> bool {
        let table = self.table;
        if table.unmet[package] & active != 0 {
            return false;
        }
        let Some(ballot) = self.rule.clone() else {
            return table.judges.iter().all(|&judge| self.accepts_under(active, judge, package, 0));
        };
        let (mut yes, mut vetoing): (Seats, Seats) = (0, 0);
        for (player, judges) in table.voters.iter().enumerate() {
            if judges.iter().all(|&judge| self.accepts_under(active, judge, package, 0)) {
                yes |= 1 << player;
            } else if let Some(tolerance) = ballot.tolerance(player) {
                let lets_pass = judges.iter().all(|&judge| {
                    let numbers = self.asking.numbers[table.seating.members[judge].actor.0].expect("given");
                    self.accepts_under(active, judge, package, units_within(tolerance, numbers.unit))
                });
                vetoing |= Seats::from(!lets_pass) << player;
            }
        }
        ballot.passes(yes, vetoing)
    }

    /// Whether someone whose consent is needed is sure to refuse the whole class of a package if only the constraints with these bits bound.
    fn refused_under(&mut self, active: u128, package: usize) -> bool {
        let table = self.table;
        if table.unmet[package] & active != 0 {
            return true;
        }
        self.rule.is_none()
            && table.judges.iter().any(|&judge| {
                let surplus = self.asking.most_surplus(&table.scene, judge, package);
                !self.suffices(active, judge, package, surplus, 0)
            })
    }

    /// Whether a judge accepts, or misses by no more than `slack`, if only the constraints with these bits bound. Dropping a fallback lifts a negative
    /// surplus to zero and nothing else; who has none of its own leaves that to its principal.
    fn accepts_under(&mut self, active: u128, judge: usize, package: usize, slack: i128) -> bool {
        let surplus = self.asking.surplus(&self.table.scene, judge, package);
        self.suffices(active, judge, package, surplus, slack)
    }

    /// Whether a surplus covers what a judge demands of a package, or misses it by no more than `slack`.
    fn suffices(&self, active: u128, judge: usize, package: usize, surplus: i128, slack: i128) -> bool {
        let table = self.table;
        let numbers = self.asking.numbers[table.seating.members[judge].actor.0].expect("given");
        let (own, first_line) = table.bits[judge];
        let bound = |bit: usize| active >> bit & 1 == 1;
        let scene = &table.scene.members[judge];
        let profile = &scene.profiles[usize::from(scene.profile_of[package])];
        let lines = profile.broken.iter().copied().filter(|line| bound(first_line + line));
        let Some(price) = numbers.price(lines) else { return false };
        (if own.is_some_and(bound) { surplus } else { surplus.max(0) }) + slack >= price
    }
}

/// Whether the seats make a deal of a package: every judge accepts, or the rule is met by those whose judges do.
pub(crate) fn passes(
    judges: &[usize],
    voters: &[Vec<usize>],
    rule: Option<&Ballot>,
    scene: &Scene,
    asking: &mut Asking<'_>,
    package: usize,
) -> bool {
    let Some(ballot) = rule else {
        // Whoever refused the package before most often refuses this one too.
        let first = asking.desk.last_refuser;
        if first < judges.len() && !asking.accepts(scene, judges[first], package) {
            return false;
        }
        for (place, &judge) in judges.iter().enumerate() {
            if place != first && !asking.accepts(scene, judge, package) {
                asking.desk.last_refuser = place;
                return false;
            }
        }
        return true;
    };
    let (mut yes, mut vetoing): (Seats, Seats) = (0, 0);
    for (player, judges) in voters.iter().enumerate() {
        if judges.iter().all(|&judge| asking.accepts(scene, judge, package)) {
            yes |= 1 << player;
        } else if let Some(tolerance) = ballot.tolerance(player) {
            let lets_pass = judges.iter().all(|&judge| {
                let numbers = asking.numbers[asking.seating.members[judge].actor.0].expect("given");
                let slack = units_within(tolerance, numbers.unit);
                let (margin, forbidden) = asking.margin(scene, judge, package);
                asking.accepts(scene, judge, package) || (!forbidden && margin >= -slack)
            });
            vetoing |= Seats::from(!lets_pass) << player;
        }
    }
    ballot.passes(yes, vetoing)
}
