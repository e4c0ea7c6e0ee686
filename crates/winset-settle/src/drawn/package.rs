//! One actor's judgement of one package made at a track from today, prepared.

use winset_case::{ActorId, Case, PackageId, TrackId};
use winset_worth::{Sitting, State, Valuation};

use super::numbers::{Demand, Numbers};
use super::scene::{Asking, Desk, Scene};
use crate::refusal::Refusal;
use crate::seating::Seating;

/// A package made at a track as one actor sees it, with everything worked out that depends on no number.
#[derive(Debug)]
pub struct PreparedPackage {
    seating: Seating,
    scene: Scene,
    member: usize,
    /// Whether a deal to it would conclude the track's framework.
    pub concludes: bool,
}

impl PreparedPackage {
    /// Prepares the judgement; `None` if the actor has no preferences. Levers have been carried out.
    ///
    /// # Errors
    ///
    /// Where numbers cannot be computed exactly.
    pub fn new(case: &Case, actor: ActorId, package: PackageId, track: TrackId) -> Result<Option<Self>, Refusal> {
        let valuation = Valuation::new(case)?;
        let state = State::today(case);
        let seating = Seating::new(&valuation, track, &[actor]);
        let Some(member) = seating.position(actor) else { return Ok(None) };
        let sitting = Sitting::new(&valuation, track, &state, &[actor]);
        let outcome = case.outcome(package);
        let concludes = sitting.concludes(&outcome);
        let issues: Vec<usize> = (0..case.issues.len()).collect();
        let one = std::iter::once((outcome.as_slice(), concludes));
        let scene = Scene::new(&sitting, &state, &seating, case, &issues, one);
        Ok(Some(PreparedPackage { seating, scene, member, concludes }))
    }

    /// The actors whose numbers it needs.
    pub fn actors(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.seating.actors()
    }

    /// Whether the actor and every principal it answers to accept.
    pub fn accepted(&self, numbers: &Numbers<'_>, desk: &mut Desk) -> bool {
        self.asking(numbers, desk).consents(&self.scene, self.member, 0)
    }

    /// The actor's margin in its units; `None` stands for minus infinity.
    pub fn margin(&self, numbers: &Numbers<'_>, desk: &mut Desk) -> Option<i128> {
        let (margin, forbidden) = self.asking(numbers, desk).margin(&self.scene, self.member, 0);
        (!forbidden).then_some(margin)
    }

    /// The actor's gain in its units: worth less fallback, without pressure or prices.
    pub fn gain(&self, numbers: &Numbers<'_>, desk: &mut Desk) -> i128 {
        self.asking(numbers, desk).gain(&self.scene, self.member, 0)
    }

    /// Units in a worth of 1 to the actor.
    pub fn unit(&self, numbers: &Numbers<'_>) -> i128 {
        numbers[self.seating.members[self.member].actor.0].map_or(1, |numbers| numbers.unit)
    }

    /// The red lines it breaks, by number.
    pub fn broken<'a>(&'a self, numbers: &'a Numbers<'a>) -> impl Iterator<Item = usize> + 'a {
        let member = &self.scene.members[self.member];
        let profile = &member.profiles[usize::from(member.profile_of[0])];
        let actor = self.seating.members[self.member].actor;
        let standing =
            move |line: &usize| numbers[actor.0].is_some_and(|numbers| numbers.prices[*line] != Demand::Dropped);
        profile.broken.iter().copied().filter(standing)
    }

    fn asking<'a>(&'a self, numbers: &'a Numbers<'a>, desk: &'a mut Desk) -> Asking<'a> {
        self.scene.begin(desk);
        Asking { desk, seating: &self.seating, numbers, spent: None }
    }
}
