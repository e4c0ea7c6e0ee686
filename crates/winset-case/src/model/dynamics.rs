//! How the process moves from round to round: what `[simulation]` says (the model, section 6).

use std::collections::BTreeMap;

use super::{ActorId, ActorKind, Case, Condition, Decimal, Evidence, LeverId, Quantity, Role, TieId, TrackId, words};
use crate::edit::Edit;
use crate::format::Bounds;

words! {
    /// How long a round is.
    RoundLength {
        /// Seven days.
        Week = "week",
        /// A month of the calendar.
        Month = "month",
        /// Three months.
        Quarter = "quarter",
        /// Twelve months.
        Year = "year",
    }
}

words! {
    /// When an owner uses a lever.
    PolicyWord {
        /// Never.
        Never = "never",
        /// In every round.
        Always = "always",
        /// In the rounds that begin where a condition holds.
        When = "when",
        /// In the rounds that promise the owner more with it than without it, looking one round ahead.
        BestResponse = "best-response",
    }
}

/// When an owner uses a lever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Policy {
    /// Never.
    Never,
    /// In every round.
    Always,
    /// In the rounds that begin where this holds.
    When(Condition),
    /// In the rounds that promise the owner more with it than without it.
    BestResponse,
}

/// Something that is to happen on a day after the case's, in every run or in some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FutureEvent {
    /// Its id.
    pub id: String,
    /// What happens, in words.
    pub text: String,
    /// The day, as `2018-01-29`.
    pub date: String,
    /// What it changes in the case from then on.
    pub edits: Vec<Edit>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// What `[simulation]` says. What it leaves out is as [`Parameter::default`] has it.
#[derive(Debug, Clone)]
pub struct Dynamics {
    /// Whether the case says anything about it.
    pub given: bool,
    /// How long a round is.
    pub round_length: RoundLength,
    /// Rounds in a run.
    pub horizon: u32,
    /// Rounds without a deal after which a track is dead.
    pub patience: u32,
    /// The numbers given.
    pub numbers: BTreeMap<Parameter, Quantity>,
    /// Who fares badly when whom fares well: the first moves against the second.
    pub against: Vec<(ActorId, ActorId)>,
    /// When levers are used; those not here never are.
    pub policies: BTreeMap<LeverId, Policy>,
    /// What is to happen.
    pub events: Vec<FutureEvent>,
    /// What the section rests on.
    pub evidence: Evidence,
}

impl Default for Dynamics {
    fn default() -> Self {
        Dynamics {
            given: false,
            round_length: RoundLength::Month,
            horizon: 60,
            patience: 12,
            numbers: BTreeMap::new(),
            against: Vec::new(),
            policies: BTreeMap::new(),
            events: Vec::new(),
            evidence: Evidence::default(),
        }
    }
}

/// A number of `[simulation]`. Worth is on each actor's own scale from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Parameter {
    /// How loosely seats answer: the scale of a logistic distribution, in worth (`McKelvey & Palfrey 1995`).
    NoiseOfResponses,
    /// How wrong proposers are about what others demand: a standard deviation, in worth.
    NoiseOfBeliefs,
    /// The most by which battlefield and fatigue move a fallback either way, in worth.
    Bound,
    /// What a broken agreement adds to what its parties demand of every later one, in worth.
    Distrust,
    /// The share of distrust that is forgotten in a round.
    Recovery,
    /// How much an agreement's health falls in a round in which somebody who made it would not make it again.
    Wear,
    /// The share of rounds in which whatever makes one track fail may make all of them fail.
    CorrelationOfFailures,
    /// How far one round of the battlefield moves an actor's fallback, in worth.
    Shock(ActorId),
    /// How far it moves it on average, in worth per round.
    Drift(ActorId),
    /// How much what going on costs an actor grows in a round, in worth.
    Fatigue(ActorId),
    /// The share of rounds in which an actor fares badly because its adversary fares well.
    Correlation(ActorId),
    /// The probability per round that an actor collapses, where nobody supports it and it stands as it does today.
    Collapse(ActorId),
    /// How much of the danger of collapse a patron takes off its client.
    Support(TieId),
    /// The probability that a track meets in a round.
    Meets(TrackId),
    /// The probability per round that a track fails outright.
    Fails(TrackId),
    /// The probability per round that an agreement made at a track breaks, where nobody enforces it, all would carry it, and it is in good health.
    Hazard(TrackId),
    /// How much of that the guarantors prevent.
    Enforcement(TrackId),
    /// How often an actor makes the proposals at a track, relative to the others.
    Proposes(TrackId, ActorId),
    /// What leaving a track would cost one of its sponsors, in worth.
    Leaving(TrackId, ActorId),
    /// What staying costs it, less what it brings, in worth.
    Staying(TrackId, ActorId),
    /// What using a lever for a round costs its owner, in worth.
    Effort(LeverId),
    /// The probability that an event happens: by its index in [`Dynamics::events`].
    Chance(usize),
}

impl Parameter {
    /// Its key in the case file.
    pub fn key(self) -> &'static str {
        match self {
            Parameter::NoiseOfResponses => "noise_of_responses",
            Parameter::NoiseOfBeliefs => "noise_of_beliefs",
            Parameter::Bound => "bound",
            Parameter::Distrust => "distrust",
            Parameter::Recovery => "recovery",
            Parameter::Wear => "wear",
            Parameter::CorrelationOfFailures => "correlation_of_failures",
            Parameter::Shock(_) => "shock",
            Parameter::Drift(_) => "drift",
            Parameter::Fatigue(_) => "fatigue",
            Parameter::Correlation(_) => "correlation",
            Parameter::Collapse(_) => "collapse",
            Parameter::Support(_) => "support",
            Parameter::Meets(_) => "meets",
            Parameter::Fails(_) => "fails",
            Parameter::Hazard(_) => "hazard",
            Parameter::Enforcement(_) => "enforcement",
            Parameter::Proposes(..) => "proposes",
            Parameter::Leaving(..) => "leaving",
            Parameter::Staying(..) => "staying",
            Parameter::Effort(_) => "effort",
            Parameter::Chance(_) => "chance",
        }
    }

    /// The range it has to lie in.
    pub fn bounds(self) -> Bounds {
        match self {
            Parameter::Drift(_) | Parameter::Fatigue(_) | Parameter::Staying(..) => Bounds::Any,
            Parameter::NoiseOfResponses
            | Parameter::NoiseOfBeliefs
            | Parameter::Bound
            | Parameter::Distrust
            | Parameter::Shock(_)
            | Parameter::Proposes(..)
            | Parameter::Leaving(..)
            | Parameter::Effort(_) => Bounds::NotNegative,
            _ => Bounds::Probability,
        }
    }

    /// What it is where the case says nothing. Only those who fight are moved by the battlefield; only tracks with a guarantor are enforced.
    pub fn default(self, case: &Case) -> Decimal {
        let hundredths = |number: i64| Decimal::from_billionths(number * (Decimal::UNIT / 100));
        match self {
            Parameter::NoiseOfResponses | Parameter::Hazard(_) => hundredths(2),
            Parameter::NoiseOfBeliefs | Parameter::Distrust => hundredths(5),
            Parameter::Bound => hundredths(25),
            Parameter::Recovery | Parameter::Wear => hundredths(10),
            Parameter::Shock(actor) => match case.actors[actor.0].kind {
                Some(ActorKind::Government | ActorKind::ArmedGroup) => hundredths(2),
                _ => Decimal::ZERO,
            },
            Parameter::Correlation(_) | Parameter::Meets(_) => hundredths(50),
            Parameter::Enforcement(track) => {
                let guaranteed = case.tracks[track.0].seats.iter().any(|seat| seat.roles.contains(&Role::Guarantor));
                if guaranteed { hundredths(50) } else { Decimal::ZERO }
            }
            Parameter::Proposes(..) | Parameter::Chance(_) => Decimal::ONE,
            Parameter::CorrelationOfFailures
            | Parameter::Drift(_)
            | Parameter::Fatigue(_)
            | Parameter::Collapse(_)
            | Parameter::Support(_)
            | Parameter::Fails(_)
            | Parameter::Leaving(..)
            | Parameter::Staying(..)
            | Parameter::Effort(_) => Decimal::ZERO,
        }
    }

    /// The thing of the case it belongs to, as in `simulation.actor.government`.
    pub fn owner(self, case: &Case) -> String {
        let actor = |id: ActorId| format!("simulation.actor.{}", case.actors[id.0].id);
        let track = |id: TrackId| format!("simulation.track.{}", case.tracks[id.0].id);
        match self {
            Parameter::NoiseOfResponses
            | Parameter::NoiseOfBeliefs
            | Parameter::Bound
            | Parameter::Distrust
            | Parameter::Recovery
            | Parameter::Wear
            | Parameter::CorrelationOfFailures => "simulation".to_owned(),
            Parameter::Shock(id)
            | Parameter::Drift(id)
            | Parameter::Fatigue(id)
            | Parameter::Correlation(id)
            | Parameter::Collapse(id) => actor(id),
            Parameter::Support(tie) => format!("simulation.tie.{}", case.ties[tie.0].id),
            Parameter::Meets(id) | Parameter::Fails(id) | Parameter::Hazard(id) | Parameter::Enforcement(id) => {
                track(id)
            }
            Parameter::Proposes(id, _) | Parameter::Leaving(id, _) | Parameter::Staying(id, _) => track(id),
            Parameter::Effort(lever) => format!("simulation.lever.{}", case.levers[lever.0].id),
            Parameter::Chance(event) => format!("simulation.event.{}", case.dynamics.events[event].id),
        }
    }

    /// Its place within that, as in `sponsors.donors.leaving`.
    pub fn place(self, case: &Case) -> String {
        match self {
            Parameter::Proposes(_, actor) => format!("proposes.{}", case.actors[actor.0].id),
            Parameter::Leaving(_, actor) | Parameter::Staying(_, actor) => {
                format!("sponsors.{}.{}", case.actors[actor.0].id, self.key())
            }
            _ => self.key().to_owned(),
        }
    }
}

impl Case {
    /// A number of the simulation: as given, or the default.
    pub fn parameter(&self, parameter: Parameter) -> Decimal {
        let given = self.dynamics.numbers.get(&parameter);
        given.map_or_else(|| parameter.default(self), |quantity| quantity.value)
    }

    /// The sponsors of a track: everyone of whom it is said what leaving or staying means to it, each once.
    pub fn sponsors(&self, track: TrackId) -> Vec<ActorId> {
        let mut sponsors: Vec<ActorId> = Vec::new();
        for parameter in self.dynamics.numbers.keys() {
            if let Parameter::Leaving(at, actor) | Parameter::Staying(at, actor) = parameter
                && *at == track
                && !sponsors.contains(actor)
            {
                sponsors.push(*actor);
            }
        }
        sponsors.sort_unstable();
        sponsors
    }
}
