//! What of a state matters at a track.

use winset_case::{ActorId, Expression, Outcome, TrackId};
use winset_worth::{Space, State, Valuation};

use crate::reading::Reading;
use crate::refusal::Refusal;
use crate::seating::Seating;
use crate::table::{Deals, Table};

/// What a track looks at in a state: what is the same there makes the same deals. Worth off its agenda adds the same to a deal and to refusing it.
pub(super) struct Sight {
    /// The packages of the track, from whatever stands off its agenda.
    pub(super) space: Space,
    /// Whether what is asked of its deals depends on what stands on its agenda.
    pub(super) touches: bool,
    /// The issues off its agenda that its conditions read.
    off_agenda: Vec<usize>,
    /// Those, and its agenda.
    reads: Vec<usize>,
    /// Everyone on whose judgement its deals hang, and those of them whom somebody presses.
    judging: Vec<ActorId>,
    pressed: Vec<ActorId>,
}

/// A state as a track sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Seen {
    /// What stands on the issues it reads; `None` for no agreement.
    outcome: Option<Outcome>,
    concluded: Vec<bool>,
    /// Whose conflict has ended, of those who judge.
    ended: Vec<bool>,
    /// The leverage left over those pressed.
    left: Vec<i128>,
}

impl Sight {
    pub(super) fn of(valuation: &Valuation<'_>, track: TrackId) -> Result<Self, Refusal> {
        let case = valuation.case();
        let today = State::today(case);
        let table = Table::new(valuation, track, Deals::Mandate, &today)?;
        let judges: Vec<ActorId> = table.judges.iter().map(|(judge, _)| *judge).collect();
        let seating = Seating::new(valuation, track, &judges);
        let agenda: Vec<usize> = case.tracks[track.0].agenda.iter().map(|issue| issue.0).collect();
        let mut asked = Reading::new(&agenda);
        table.asked().for_each(|condition| asked.of(case, condition));
        if let Some(framework) = case.tracks[track.0].concludes {
            asked.of(case, &Expression::Satisfied(framework, None));
        }
        let touches = asked.touches;
        let mut reading = asked;
        for member in &seating.members {
            member.conditions().for_each(|condition| reading.of(case, condition));
        }
        let off_agenda = reading.issues.iter().copied().filter(|issue| !agenda.contains(issue)).collect();
        let judging: Vec<ActorId> = seating.actors().collect();
        let is_pressed =
            |actor: &ActorId| valuation.actor(*actor).is_some_and(|worth| worth.patrons.iter().any(|(_, by)| *by != 0));
        let pressed = judging.iter().copied().filter(is_pressed).collect();
        Ok(Sight { space: table.space, touches, off_agenda, reads: reading.issues, judging, pressed })
    }

    /// A state as the track sees it.
    pub(super) fn seen(&self, valuation: &Valuation<'_>, state: &State) -> Seen {
        let case = valuation.case();
        let left = self.pressed.iter().map(|&actor| {
            let worth = valuation.actor(actor).expect("only actors with preferences judge");
            worth.leverage_left(case, state.ended[actor.0], worth.worth_of(case, state))
        });
        Seen {
            outcome: part(state, &self.reads),
            concluded: state.concluded.clone(),
            ended: self.judging.iter().map(|actor| state.ended[actor.0]).collect(),
            left: left.collect(),
        }
    }

    /// What stands on the issues that its conditions read off its agenda.
    pub(super) fn off_agenda(&self, state: &State) -> Option<Outcome> {
        part(state, &self.off_agenda)
    }
}

fn part(state: &State, issues: &[usize]) -> Option<Outcome> {
    state.outcome.as_ref().map(|outcome| issues.iter().map(|&issue| outcome[issue]).collect())
}
