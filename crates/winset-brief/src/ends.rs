//! Where a process stops, and what that is worth to whom.
//!
//! An actor's payoff in a state is its worth there, less its cost of going on where its conflict has not ended (the model, section 4). The states
//! where a process stops are those that conclude the framework it is about; where none can be reached, those that fill most of its benchmarks; without
//! a framework, all that deals can reach. Of these the egalitarian one speaks for all: the leximin of gains over today (Kalai 1977), the nearest where
//! several tie. The worst and the best of them are kept beside it.

use num_bigint::BigInt;
use winset_case::{ActorId, BenchmarkId, Case, Expression, FrameworkId, Status, Track};
use winset_settle::{BigRational, Reach, Refusal, Step, Ways, holds_in};
use winset_worth::{State, Valuation, View};

use crate::answers::main_framework;
use crate::game::{GameRefusal, nash_point};

/// Where a process stops.
#[derive(Debug)]
pub struct End {
    /// The framework it is about.
    pub framework: Option<FrameworkId>,
    /// Whether that is concluded there.
    pub concluded: bool,
    /// How many states it may stop in.
    pub states: usize,
    /// Whether the walk over what deals can reach was cut off: there may be others.
    pub cut_off: bool,
    /// The deals that lead to the egalitarian one of them.
    pub route: Vec<Step>,
    /// Per actor, in the order of the case; `None` for those without preferences of their own.
    pub payoffs: Vec<Option<Payoff>>,
}

/// What the end of a process is worth to an actor, less what going on costs it where its conflict has not ended; in its own worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payoff {
    /// In the egalitarian state.
    pub here: BigRational,
    /// Today.
    pub today: BigRational,
    /// In the state where the process may stop that is worst for it.
    pub worst: BigRational,
    /// In the best.
    pub best: BigRational,
}

/// Where the process of a case stops, of what deals can reach.
pub(crate) fn end_of(case: &Case, reach: &Reach) -> Result<End, Refusal> {
    let case = &case.with_levers();
    let valuation = Valuation::new(case)?;
    let framework = main_framework(case);
    let ends = end_states(case, reach, framework);
    let concluded = framework.is_some_and(|framework| ends.iter().any(|&end| reach.states[end].concluded[framework.0]));
    let actors: Vec<ActorId> = (0..case.actors.len()).map(ActorId).collect();
    let by_actor: Vec<Option<Vec<BigRational>>> = actors
        .iter()
        .map(|&actor| ends.iter().map(|&end| payoff(&valuation, &reach.states[end], actor)).collect())
        .collect();
    let today: Vec<Option<BigRational>> =
        actors.iter().map(|&actor| payoff(&valuation, &reach.states[0], actor)).collect();
    let deciding: Vec<ActorId> = actors.iter().copied().filter(|&actor| decides(&valuation, actor)).collect();
    let key = |position: usize| {
        let gain = |actor: &ActorId| Some(&by_actor[actor.0].as_ref()?[position] - today[actor.0].as_ref()?);
        let mut gains: Vec<BigRational> = deciding.iter().filter_map(gain).collect();
        gains.sort_unstable();
        gains
    };
    let keys: Vec<Vec<BigRational>> = (0..ends.len()).map(key).collect();
    let best = (0..ends.len()).reduce(|best, other| if keys[other] > keys[best] { other } else { best }).unwrap_or(0);
    let payoffs = by_actor.iter().zip(&today).map(|(payoffs, today)| {
        let (payoffs, today) = (payoffs.as_ref()?, today.as_ref()?);
        Some(Payoff {
            here: payoffs[best].clone(),
            today: today.clone(),
            worst: payoffs.iter().min()?.clone(),
            best: payoffs.iter().max()?.clone(),
        })
    });
    Ok(End {
        framework,
        concluded,
        states: ends.len(),
        cut_off: reach.cut_off,
        route: reach.route(ends[best]),
        payoffs: payoffs.collect(),
    })
}

/// The states in which the process may stop, nearest first; never none.
fn end_states(case: &Case, reach: &Reach, framework: Option<FrameworkId>) -> Vec<usize> {
    let all = 0..reach.states.len();
    let Some(framework) = framework else { return all.collect() };
    let concluding: Vec<usize> = all.clone().filter(|&state| reach.states[state].concluded[framework.0]).collect();
    if !concluding.is_empty() {
        return concluding;
    }
    let benchmarks = &case.frameworks[framework.0].benchmarks;
    let standing: Vec<usize> = (0..benchmarks.len()).filter(|&benchmark| benchmarks[benchmark].on).collect();
    let filled = |state: usize| {
        let holds = |benchmark: &&usize| {
            let expression = Expression::Benchmark(framework, BenchmarkId(**benchmark), None);
            holds_in(case, &reach.states[state], &expression)
        };
        standing.iter().filter(holds).count()
    };
    let counts: Vec<usize> = all.clone().map(filled).collect();
    let most = counts.iter().max().copied().unwrap_or(0);
    all.filter(|&state| counts[state] == most).collect()
}

/// Where the process of a case can come to rest (the model, section 4), and what that is worth.
pub(crate) struct Rest {
    /// The states, nearest first.
    pub(crate) states: Vec<State>,
    /// Per actor with preferences of its own, what they are worth to it: `here` at their Nash point.
    pub(crate) payoffs: Vec<Option<Payoff>>,
}

/// Where the process of a case can come to rest, with the levers in use carried out, of everything deals can reach.
pub(crate) fn rest_among(case: &Case, found: &Ways) -> Result<Rest, GameRefusal> {
    if found.cut_off {
        return Err(GameRefusal::CutOff);
    }
    let case = &case.with_levers();
    let valuation = Valuation::new(case).map_err(Refusal::from)?;
    let states: Vec<State> = found.resting().into_iter().map(|state| found.states[state].clone()).collect();
    let today = State::today(case);
    let actors: Vec<ActorId> = (0..case.actors.len()).map(ActorId).collect();
    let values = |actor: &ActorId| -> Option<Vec<BigRational>> {
        std::iter::once(&today).chain(&states).map(|state| payoff(&valuation, state, *actor)).collect()
    };
    let by_actor: Vec<Option<Vec<BigRational>>> = actors.iter().map(values).collect();
    let deciding = actors.iter().filter(|actor| decides(&valuation, **actor));
    let held: Vec<&[BigRational]> = deciding.filter_map(|actor| by_actor[actor.0].as_deref()).collect();
    let at = nash_point(&held, states.len());
    let payoffs = by_actor.iter().map(|values| Payoff::of(values.as_deref()?, at));
    Ok(Rest { payoffs: payoffs.collect(), states })
}

impl Payoff {
    /// Of what states are worth, today first, the payoff at one of those after it.
    pub(crate) fn of(values: &[BigRational], at: usize) -> Option<Self> {
        Some(Payoff {
            here: values.get(1 + at)?.clone(),
            today: values[0].clone(),
            worst: values[1..].iter().min()?.clone(),
            best: values[1..].iter().max()?.clone(),
        })
    }
}

/// Whether deals somewhere hang on an actor's judgement.
pub(crate) fn decides(valuation: &Valuation<'_>, actor: ActorId) -> bool {
    let meeting = valuation.case().tracks.iter().filter(|track| track.status != Status::Closed);
    meeting.flat_map(Track::required).any(|seat| valuation.judges(seat).contains(&actor))
}

/// What a state is worth to an actor with preferences of its own, less its cost of going on where its conflict has not ended.
pub(crate) fn payoff(valuation: &Valuation<'_>, state: &State, actor: ActorId) -> Option<BigRational> {
    let case = valuation.case();
    let worth = valuation.actor(actor).filter(|_| case.actors[actor.0].has_preferences())?;
    let units = match state.outcome.as_deref() {
        Some(outcome) => {
            let view = View { case, outcome: Some(outcome), concluded: &state.concluded, deal: None };
            let going_on = if state.ended[actor.0] || case.no_agreement_today { 0 } else { worth.cost_of_going_on };
            worth.worth(outcome, &view) - going_on
        }
        // Without a status quo no agreement is worth the fallback, held as a negative cost.
        None => -worth.cost_of_going_on,
    };
    Some(BigRational::new(BigInt::from(units), BigInt::from(worth.unit)))
}
