//! The numbers of a simulation, laid out for the rounds.

use winset_case::{ActorId, Case, Parameter, TieId, TieKind, TrackId};
use winset_chance::BATCH;

/// A probability, ready to be compared with a random word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Chance {
    share: f64,
    /// Words below this let it happen.
    below: u64,
}

impl Chance {
    pub(crate) fn new(probability: f64) -> Self {
        let share = probability.clamp(0.0, 1.0);
        #[expect(clippy::cast_sign_loss, reason = "a share is not negative")]
        let below = libm::ceil(share * 4_294_967_296.0) as u64;
        Chance { share, below }
    }

    /// Whether it happens, by this random word.
    pub(crate) fn happens(self, word: u32) -> bool {
        u64::from(word) < self.below
    }

    /// Per word, whether it happens: the first word at the lowest bit.
    pub(crate) fn happens_in(self, words: &[u32; BATCH]) -> u64 {
        if self.below > u64::from(u32::MAX) {
            return u64::MAX;
        }
        let below = self.below as u32;
        let mut happens = [0; BATCH];
        for (happens, word) in happens.iter_mut().zip(words) {
            *happens = u8::from(*word < below);
        }
        // Multiplying moves the lowest bit of each of eight bytes into the highest byte, side by side.
        let eights = happens.as_chunks().0.iter().enumerate();
        eights.fold(0, |bits, (at, eight)| {
            bits | (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * at)
        })
    }

    /// The probability.
    pub(crate) fn share(self) -> f64 {
        self.share
    }

    pub(crate) fn is_never(self) -> bool {
        self.below == 0
    }
}

/// Whether something of this probability happens, by a random word: as [`Chance::happens`], for one that is asked about once.
pub(crate) fn happens(probability: f64, word: u32) -> bool {
    f64::from(word) < probability * 4_294_967_296.0
}

/// How one actor's fortunes move.
#[derive(Debug, Clone)]
pub(crate) struct Fortune {
    /// Worth by which a round of the battlefield moves its fallback.
    pub(crate) shock: f64,
    /// How likely a round goes its way.
    pub(crate) gains: Chance,
    /// Rounds won or lost in a row after which its fallback moves no further.
    pub(crate) reach: i32,
    /// What going on costs it more in every round.
    pub(crate) fatigue: f64,
    /// Whom it moves against, and how closely.
    pub(crate) against: Option<(usize, Chance)>,
    /// Probability per round of collapse, patrons allowed for, and the most it can come to.
    pub(crate) collapse: f64,
    pub(crate) collapse_at_worst: Chance,
    /// Whether its fallback can move at all.
    pub(crate) moves: bool,
}

/// How one track goes.
#[derive(Debug, Clone)]
pub(crate) struct Pace {
    pub(crate) meets: Chance,
    pub(crate) fails: Chance,
    /// Probability per round that a deal in good health breaks which all would carry, enforcement allowed for.
    pub(crate) hazard: f64,
    /// Relative frequency of proposals, by actor.
    pub(crate) proposes: Vec<f64>,
    /// Its sponsors, and whether each stays with it once it is dead.
    pub(crate) sponsors: Vec<(ActorId, bool)>,
}

/// All numbers.
#[derive(Debug, Clone)]
pub(crate) struct Parameters {
    pub(crate) responses: f64,
    pub(crate) beliefs: f64,
    pub(crate) bound: f64,
    pub(crate) distrust: f64,
    /// What is left of distrust after a round.
    pub(crate) remembered: f64,
    pub(crate) wear: f64,
    pub(crate) common_failure: Chance,
    pub(crate) fortunes: Vec<Fortune>,
    /// Actors whose battlefield moves, each after the one it moves against.
    pub(crate) order: Vec<usize>,
    /// Actors whose fallback moves, and those who may collapse.
    pub(crate) movers: Vec<usize>,
    pub(crate) frail: Vec<usize>,
    pub(crate) paces: Vec<Pace>,
    /// What a round's use of each lever costs its owner.
    pub(crate) efforts: Vec<f64>,
    pub(crate) chances: Vec<Chance>,
}

impl Parameters {
    pub(crate) fn of(case: &Case) -> Self {
        let number = |parameter| case.parameter(parameter).to_f64();
        let bound = number(Parameter::Bound);
        let fortunes: Vec<Fortune> = (0..case.actors.len()).map(|actor| fortune(case, ActorId(actor), bound)).collect();
        let mut order: Vec<usize> = Vec::new();
        // Circles are refused when a case is read, so every pass adds somebody.
        while order.len() < fortunes.len() {
            let before = order.len();
            for (actor, fortune) in fortunes.iter().enumerate() {
                let ready = fortune.against.is_none_or(|(other, _)| order.contains(&other));
                if ready && !order.contains(&actor) {
                    order.push(actor);
                }
            }
            if order.len() == before {
                break;
            }
        }
        order.retain(|&actor| fortunes[actor].shock > 0.0);
        let those =
            |holds: fn(&Fortune) -> bool| (0..fortunes.len()).filter(|actor| holds(&fortunes[*actor])).collect();
        Parameters {
            movers: those(|fortune| fortune.moves),
            frail: those(|fortune| fortune.collapse > 0.0),
            responses: number(Parameter::NoiseOfResponses),
            beliefs: number(Parameter::NoiseOfBeliefs),
            bound,
            distrust: number(Parameter::Distrust),
            remembered: 1.0 - number(Parameter::Recovery),
            wear: number(Parameter::Wear),
            common_failure: Chance::new(number(Parameter::CorrelationOfFailures)),
            fortunes,
            order,
            paces: (0..case.tracks.len()).map(|track| pace(case, TrackId(track))).collect(),
            efforts: (0..case.levers.len())
                .map(|lever| number(Parameter::Effort(winset_case::LeverId(lever))))
                .collect(),
            chances: (0..case.dynamics.events.len())
                .map(|event| Chance::new(number(Parameter::Chance(event))))
                .collect(),
        }
    }
}

fn fortune(case: &Case, actor: ActorId, bound: f64) -> Fortune {
    let number = |parameter| case.parameter(parameter).to_f64();
    let shock = number(Parameter::Shock(actor));
    let drift = number(Parameter::Drift(actor));
    let fatigue = number(Parameter::Fatigue(actor));
    // A two-point step of this size whose mean is the drift.
    let gains = if shock > 0.0 { 0.5 * (1.0 + drift / shock) } else { 0.5 };
    let adversary = case.dynamics.against.iter().find(|(from, _)| *from == actor).map(|(_, to)| to.0);
    let patrons = case
        .ties
        .iter()
        .enumerate()
        .filter(|(_, tie)| tie.on && tie.to == actor && matches!(tie.kind, TieKind::Patron(_)));
    let exposed: f64 = patrons.map(|(tie, _)| 1.0 - number(Parameter::Support(TieId(tie)))).product();
    let collapse = number(Parameter::Collapse(actor)) * exposed;
    Fortune {
        shock,
        gains: Chance::new(gains),
        reach: if shock > 0.0 { libm::floor(bound / shock + 1e-9).min(1e6) as i32 } else { 0 },
        fatigue,
        against: adversary.map(|other| (other, Chance::new(number(Parameter::Correlation(actor))))),
        collapse,
        collapse_at_worst: Chance::new(collapse * 2.0),
        moves: bound > 0.0 && (shock > 0.0 || fatigue != 0.0),
    }
}

fn pace(case: &Case, track: TrackId) -> Pace {
    let number = |parameter| case.parameter(parameter).to_f64();
    let stays = |actor| number(Parameter::Leaving(track, actor)) > number(Parameter::Staying(track, actor));
    Pace {
        meets: Chance::new(number(Parameter::Meets(track))),
        fails: Chance::new(number(Parameter::Fails(track))),
        hazard: number(Parameter::Hazard(track)) * (1.0 - number(Parameter::Enforcement(track))),
        proposes: (0..case.actors.len()).map(|actor| number(Parameter::Proposes(track, ActorId(actor)))).collect(),
        sponsors: case.sponsors(track).into_iter().map(|actor| (actor, stays(actor))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_words_are_compared_as_one_is() {
        let words: [u32; BATCH] = std::array::from_fn(|at| (at as u32).wrapping_mul(0x9e37_79b9));
        for probability in [0.0, 1e-12, 0.25, 0.5, 1.0 - 1e-12, 1.0, f64::NAN] {
            let chance = Chance::new(probability);
            let happens = chance.happens_in(&words);
            for (at, word) in words.iter().enumerate() {
                assert_eq!(happens >> at & 1 == 1, chance.happens(*word), "{probability}, {word}");
                assert_eq!(chance.happens(*word), super::happens(probability, *word), "{probability}, {word}");
            }
        }
        assert!(Chance::new(0.0).is_never() && !Chance::new(1e-12).is_never());
    }
}
