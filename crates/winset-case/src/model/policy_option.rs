//! Options: what an actor considers doing, as a whole, to be compared on several measures (model, section 1).

use super::{ActorId, Case, Evidence, Lever, LeverId, ReadingId};
use crate::edit::{Change, Edit};

/// A named bundle of levers, edits and a reading that an actor considers. It is compared on several measures, never on one score alone.
#[derive(Debug, Clone)]
pub struct PolicyOption {
    /// Its id; empty where it was written on the command line and names nothing in the case.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// Who considers it.
    pub actor: Option<ActorId>,
    /// The levers it puts in use.
    pub levers: Vec<LeverId>,
    /// What else it changes.
    pub edits: Vec<Edit>,
    /// The reading under which it is looked at.
    pub reading: Option<ReadingId>,
    /// What it rests on.
    pub evidence: Evidence,
}

impl PolicyOption {
    /// Everything it does as edits, in the order in which they are applied: the reading, the levers, the rest.
    pub fn all_edits(&self, case: &Case) -> Vec<Edit> {
        let reading = self.reading.map(|reading| Edit {
            text: format!("reading = {}", case.readings[reading.0].id),
            change: Change::Under(reading),
        });
        let levers = self.levers.iter().map(|lever| Edit {
            text: format!("lever.{} = on", case.levers[lever.0].id),
            change: Change::Lever(*lever, true),
        });
        reading.into_iter().chain(levers).chain(self.edits.iter().cloned()).collect()
    }

    /// The case with the option taken.
    #[must_use]
    pub fn applied_to(&self, case: &Case) -> Case {
        let mut applied = case.clone();
        applied.apply(&self.all_edits(case));
        applied
    }
}

/// Two levers of which one stands in the way of using the other, or of using it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeverClash {
    /// The first excludes the second, and both would be in use.
    Excludes(LeverId, LeverId),
    /// The first requires the second, which would not be in use.
    Requires(LeverId, LeverId),
}

impl LeverClash {
    /// The first clash among the levers that are in use.
    pub fn among(levers: &[Lever]) -> Option<Self> {
        (0..levers.len()).map(LeverId).filter(|lever| levers[lever.0].on).find_map(|lever| {
            let body = &levers[lever.0];
            let excluded = body.excludes.iter().find(|other| levers[other.0].on);
            let missing = body.requires.iter().find(|other| !levers[other.0].on);
            let clash = excluded.map(|other| LeverClash::Excludes(lever, *other));
            clash.or(missing.map(|other| LeverClash::Requires(lever, *other)))
        })
    }

    /// What is wrong, and how to mend it.
    pub fn words(self, levers: &[Lever]) -> (String, String) {
        let id = |lever: LeverId| levers[lever.0].id.as_str();
        match self {
            LeverClash::Excludes(lever, other) => (
                format!("the levers `{}` and `{}` exclude each other", id(lever), id(other)),
                "leave one of them out, or make an option of each".to_owned(),
            ),
            LeverClash::Requires(lever, other) => (
                format!("the lever `{}` requires `{}`, which is not in use", id(lever), id(other)),
                format!("put `{}` in use as well", id(other)),
            ),
        }
    }
}
