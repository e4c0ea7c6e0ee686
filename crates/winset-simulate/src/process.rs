//! A process prepared to be run: everything a run needs, worked out once.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use winset_case::edit::{Change, NumberTarget};
use winset_case::{ActorId, Case, Edit, Expression, FrameworkId, LeverId, Parameter, Policy, TrackId};
use winset_worth::{State, Valuation, View, holds, no_meeting};

use crate::calendar::round_of;
use crate::ground::Ground;
use crate::luck::Layout;
use crate::parameters::Parameters;
use crate::refusal::{Refusal, STANDING_LIMIT, check_sizes};
use crate::shelf::Shelf;
use crate::table::Table;

/// A process prepared to be run.
///
/// It is the case with its edits, levers and reading already carried out. Runs add to what it knows (which packages a track can make deals of, from which
/// standing), but that is worked out from the case alone: no run's result depends on what others left behind.
#[derive(Debug)]
pub struct Process {
    case: Case,
    pub(crate) layout: Layout,
    pub(crate) horizon: u32,
    pub(crate) patience: u32,
    /// Events with the round in which they are due, the earliest first.
    pub(crate) due: Vec<(u32, usize)>,
    /// Whether the levers in use can change during a run.
    pub(crate) moving_levers: bool,
    /// Owners of levers that look ahead, each once.
    pub(crate) owners: Vec<ActorId>,
    /// By the numbers the ground gives them.
    variations: Shelf<Result<Variation, Refusal>>,
    ground: Arc<Ground>,
}

/// The case with certain levers in use, after certain events.
#[derive(Debug)]
pub(crate) struct Variation {
    pub(crate) number: u32,
    pub(crate) levers: u64,
    pub(crate) case: Case,
    pub(crate) parameters: Parameters,
    /// Per track, whether it can meet and decide.
    pub(crate) open: Vec<bool>,
    /// The tracks that have sponsors, of whom none stays once they are dead: one bit each, 64 a word.
    pub(crate) left_when_dead: Vec<u64>,
    /// What ends each actor's conflict, where that is said.
    ends: Vec<Option<Expression>>,
}

/// Where a process stands, with each track's table from there, made when the track first meets there.
#[derive(Debug)]
pub(crate) struct Standing {
    pub(crate) number: u32,
    /// The number of its variation.
    pub(crate) variation: u32,
    pub(crate) state: State,
    /// Benchmarks that hold, one bit each over all frameworks.
    pub(crate) benchmarks: u64,
    /// Frameworks all of whose benchmarks hold.
    pub(crate) satisfied: u64,
    /// Levers whose condition holds.
    pub(crate) wanted: u64,
    worths: OnceLock<Vec<Option<f64>>>,
    tables: Vec<OnceLock<Result<Table, Refusal>>>,
    /// The tracks whose table is known to hold nothing that could be a deal: one bit each, 64 a word.
    barren: Vec<AtomicU64>,
}

/// A standing with its variation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'p> {
    pub(crate) standing: &'p Standing,
    pub(crate) variation: &'p Variation,
}

/// The worths of the variations met, worked out once by whoever makes tables.
pub(crate) type Valuations<'p> = Vec<Option<Valuation<'p>>>;

impl Process {
    /// Prepares a case, with the levers in use that it has in use.
    ///
    /// # Errors
    ///
    /// Where the case is larger than this version simulates, or no track can meet.
    pub fn new(case: &Case) -> Result<Self, Refusal> {
        let process = Process::prepare(case)?;
        process.check()?;
        Ok(process)
    }

    fn prepare(case: &Case) -> Result<Self, Refusal> {
        check_sizes(case)?;
        let dynamics = &case.dynamics;
        let mut due: Vec<(u32, usize)> = dynamics
            .events
            .iter()
            .enumerate()
            .map(|(index, event)| (round_of(&case.as_of, &event.date, dynamics.round_length), index))
            .collect();
        due.sort_unstable();
        let mut owners: Vec<ActorId> = Vec::new();
        for (lever, policy) in &dynamics.policies {
            if let (Policy::BestResponse, Some(owner)) = (policy, case.levers[lever.0].owner)
                && !owners.contains(&owner)
            {
                owners.push(owner);
            }
        }
        Ok(Process {
            layout: Layout::of(case),
            horizon: dynamics.horizon,
            patience: dynamics.patience,
            due,
            moving_levers: dynamics.policies.values().any(|policy| *policy != Policy::Never),
            owners,
            case: case.clone(),
            variations: Shelf::new(STANDING_LIMIT),
            ground: Arc::new(Ground::new()),
        })
    }

    /// The process under edits. Where they leave every table as it is (they open or close tracks, use levers, or move numbers of the simulation that tables
    /// do not rest on), it shares with this one what either has worked out, and goes on doing so.
    ///
    /// # Errors
    ///
    /// As for [`Process::new`]. What is shared counts against the standings of both.
    pub fn under(&self, edits: &[Edit]) -> Result<Self, Refusal> {
        let mut case = self.case.clone();
        case.apply(edits);
        let mut process = Process::prepare(&case)?;
        if edits.iter().all(|edit| leaves_tables(&edit.change)) {
            process.ground = Arc::clone(&self.ground);
        }
        process.check()?;
        Ok(process)
    }

    /// The same process over another number of rounds.
    #[must_use]
    pub fn with_horizon(mut self, rounds: u32) -> Self {
        self.horizon = rounds.clamp(1, 1200);
        self
    }

    /// The case as it stands before the first round.
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// Rounds in a run that nothing ends before.
    pub fn horizon(&self) -> u32 {
        self.horizon
    }

    /// Every benchmark of every framework, in order: the columns of what is kept of a run.
    pub fn benchmarks(&self) -> impl Iterator<Item = (winset_case::FrameworkId, winset_case::BenchmarkId)> + '_ {
        self.case.frameworks.iter().enumerate().flat_map(|(framework, body)| {
            (0..body.benchmarks.len())
                .map(move |at| (winset_case::FrameworkId(framework), winset_case::BenchmarkId(at)))
        })
    }

    /// Whether runs can start: what today's tables would refuse is said before any run is made.
    fn check(&self) -> Result<(), Refusal> {
        let today = self.today()?;
        if !today.variation.open.contains(&true) {
            return Err(Refusal::NobodyMeets);
        }
        let mut valuations = Vec::new();
        for track in (0..self.case.tracks.len()).filter(|track| today.variation.open[*track]) {
            self.table(today, track, &mut valuations)?;
        }
        Ok(())
    }

    /// Where every run starts.
    pub(crate) fn today(&self) -> Result<Place<'_>, Refusal> {
        let levers = self.case.levers.iter().enumerate().filter(|(_, lever)| lever.on);
        let levers = levers.fold(0, |levers, (index, _)| levers | 1 << index);
        let variation = self.variation(levers, 0)?;
        self.place(variation, &State::today(&self.case))
    }

    /// The case with these levers in use, after these events.
    pub(crate) fn variation(&self, levers: u64, events: u64) -> Result<&Variation, Refusal> {
        let number = self.ground.variation(levers, events)?;
        let made = self.variations.get_or_make(number, || self.vary(number, levers, events));
        made.as_ref().map_err(Refusal::clone)
    }

    fn vary(&self, number: u32, levers: u64, events: u64) -> Result<Variation, Refusal> {
        let mut case = self.case.clone();
        for &(_, event) in self.due.iter().filter(|(_, event)| events >> event & 1 == 1) {
            // What stands is moved in the run itself.
            let edits: Vec<Edit> = self.case.dynamics.events[event]
                .edits
                .iter()
                .filter(|edit| !matches!(edit.change, Change::Today(..)))
                .cloned()
                .collect();
            case.apply(&edits);
        }
        for (index, lever) in case.levers.iter_mut().enumerate() {
            lever.on = levers >> index & 1 == 1;
        }
        let case = case.with_levers();
        Valuation::new(&case)?;
        let parameters = Parameters::of(&case);
        let mut left_when_dead = vec![0; case.tracks.len().div_ceil(64)];
        for (track, pace) in parameters.paces.iter().enumerate() {
            if !pace.sponsors.is_empty() && pace.sponsors.iter().all(|(_, stays)| !stays) {
                left_when_dead[track / 64] |= 1 << (track % 64);
            }
        }
        Ok(Variation {
            number,
            levers,
            parameters,
            left_when_dead,
            open: (0..case.tracks.len()).map(|track| no_meeting(&case, TrackId(track)).is_none()).collect(),
            ends: (0..case.actors.len()).map(|actor| ends_of(&case, actor)).collect(),
            case,
        })
    }

    /// A state under a variation of the case.
    pub(crate) fn place<'p>(&'p self, variation: &'p Variation, state: &State) -> Result<Place<'p>, Refusal> {
        let standing =
            self.ground.standing(variation.number, state, |number| self.work_out(number, variation, state))?;
        Ok(Place { standing, variation })
    }

    fn work_out(&self, number: u32, variation: &Variation, state: &State) -> Standing {
        let case = &variation.case;
        let view = View { case, outcome: state.outcome.as_deref(), concluded: &state.concluded, deal: None };
        let mut benchmarks = 0;
        for (bit, (framework, benchmark)) in self.benchmarks().enumerate() {
            let body = &case.frameworks[framework.0].benchmarks[benchmark.0];
            if body.on && holds(&Expression::Benchmark(framework, benchmark, None), &view) {
                benchmarks |= 1 << bit;
            }
        }
        let frameworks = (0..case.frameworks.len()).map(FrameworkId);
        let satisfied = frameworks
            .filter(|framework| view.outcome.is_some() && holds(&Expression::Satisfied(*framework, None), &view));
        let satisfied = satisfied.fold(0, |bits, framework| bits | 1 << framework.0);
        let wanted = case.dynamics.policies.iter().filter(|(_, policy)| match policy {
            Policy::Always => true,
            Policy::When(condition) => holds(&condition.expression, &view),
            Policy::Never | Policy::BestResponse => false,
        });
        let wanted = wanted.fold(0, |levers, (lever, _)| levers | 1 << lever.0);
        Standing {
            number,
            variation: variation.number,
            state: state.clone(),
            benchmarks,
            satisfied,
            wanted,
            worths: OnceLock::new(),
            tables: (0..case.tracks.len()).map(|_| OnceLock::new()).collect(),
            barren: (0..case.tracks.len().div_ceil(64)).map(|_| AtomicU64::new(0)).collect(),
        }
    }

    /// What a track that is open can do from a place.
    pub(crate) fn table<'p>(
        &'p self,
        place: Place<'p>,
        track: usize,
        valuations: &mut Valuations<'p>,
    ) -> Result<&'p Table, Refusal> {
        let table = &place.standing.tables[track];
        let table = match table.get() {
            Some(table) => table,
            None => {
                let variation = place.variation;
                let number = variation.number as usize;
                if valuations.len() <= number {
                    valuations.resize_with(number + 1, || None);
                }
                if valuations[number].is_none() {
                    valuations[number] = Some(Valuation::new(&variation.case)?);
                }
                let valuation = valuations[number].as_ref().expect("put there above");
                let (state, owners) = (&place.standing.state, &self.owners);
                let made =
                    table.get_or_init(|| Table::of(valuation, &variation.parameters, owners, TrackId(track), state));
                if made.as_ref().is_ok_and(|made| made.entries.is_empty()) {
                    place.standing.barren[track / 64].fetch_or(1 << (track % 64), Ordering::Relaxed);
                }
                made
            }
        };
        table.as_ref().map_err(Refusal::clone)
    }

    /// A standing met before, by its number.
    ///
    /// # Panics
    ///
    /// If no run has met it.
    pub(crate) fn numbered(&self, number: u32) -> Place<'_> {
        let standing = self.ground.numbered(number);
        let variation = self.variations.get(standing.variation).and_then(|variation| variation.as_ref().ok());
        Place { standing, variation: variation.expect("a variation that was met") }
    }

    /// How many standings runs have led to so far.
    pub fn standings(&self) -> usize {
        self.ground.standings()
    }

    /// The levers that may be used beside those already in use: what each requires is there, and nothing it excludes.
    pub(crate) fn may_use(&self, lever: LeverId, used: u64) -> bool {
        let body = &self.case.levers[lever.0];
        let is_used = |other: &LeverId| used >> other.0 & 1 == 1;
        let barred = (0..self.case.levers.len())
            .filter(|other| used >> other & 1 == 1)
            .any(|other| self.case.levers[other].excludes.contains(&lever));
        body.requires.iter().all(is_used) && !body.excludes.iter().any(is_used) && !barred
    }
}

impl Standing {
    /// Whether the table of a track is known to hold nothing that could be a deal.
    pub(crate) fn is_barren(&self, track: usize) -> bool {
        self.barren[track / 64].load(Ordering::Relaxed) >> (track % 64) & 1 == 1
    }
}

impl Variation {
    /// The framework whose benchmarks hold at a standing and which a track can conclude there.
    pub(crate) fn concludable(&self, standing: &Standing, track: usize) -> Option<FrameworkId> {
        if standing.satisfied == 0 {
            return None;
        }
        let framework = self.case.tracks[track].concludes?;
        let open = self.open[track] && !standing.state.concluded[framework.0];
        (open && standing.satisfied >> framework.0 & 1 == 1).then_some(framework)
    }
}

impl<'p> Place<'p> {
    /// Per actor, what it is worth to it; `None` for one without preferences, and where there is no agreement.
    pub(crate) fn worths(self) -> &'p [Option<f64>] {
        self.standing.worths.get_or_init(|| {
            let case = &self.variation.case;
            let Ok(valuation) = Valuation::new(case) else { return vec![None; case.actors.len()] };
            let state = &self.standing.state;
            let view = View { case, outcome: state.outcome.as_deref(), concluded: &state.concluded, deal: None };
            let worths = (0..case.actors.len()).map(|actor| {
                let worth = valuation.actor(ActorId(actor))?;
                Some(worth.worth(view.outcome?, &view) as f64 / worth.unit as f64)
            });
            worths.collect()
        })
    }

    /// Where the process stands once these options have gone back to what stood before: nobody's conflict has ended that does not end there.
    pub(crate) fn without(self, changes: impl Iterator<Item = crate::observer::Change>) -> State {
        let mut state = self.standing.state.clone();
        for change in changes {
            match change.from {
                Some(from) => {
                    if let Some(outcome) = &mut state.outcome {
                        outcome[change.issue] = from;
                    }
                }
                None => state.outcome = None,
            }
        }
        let case = &self.variation.case;
        let view = View { case, outcome: state.outcome.as_deref(), concluded: &state.concluded, deal: None };
        let ended = state.ended.iter().zip(&self.variation.ends);
        let ended = ended.map(|(&ended, ends)| ended && ends.as_ref().is_some_and(|ends| holds(ends, &view)));
        state.ended = ended.collect();
        state
    }
}

/// Whether an edit leaves what tables come to as it is: which tracks meet and how often, who uses levers and what breaks is asked in the run.
fn leaves_tables(change: &Change) -> bool {
    match change {
        Change::Status(..) | Change::Lever(..) => true,
        Change::Number(NumberTarget::Parameter(parameter), ..) => !matches!(
            parameter,
            Parameter::NoiseOfBeliefs
                | Parameter::Bound
                | Parameter::Shock(_)
                | Parameter::Fatigue(_)
                | Parameter::Proposes(..)
        ),
        _ => false,
    }
}

/// The condition that ends an actor's conflict: its own, or that of the nearest principal that has one.
fn ends_of(case: &Case, actor: usize) -> Option<Expression> {
    let mut current = &case.actors[actor];
    loop {
        if let Some(ends) = &current.ends {
            return Some(ends.expression.clone());
        }
        current = &case.actors[current.principal?.0];
    }
}
