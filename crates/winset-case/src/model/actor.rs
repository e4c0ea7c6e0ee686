//! Who takes part: preferences, fallbacks, red lines and linkages.

use super::{ActorId, Condition, Decimal, Evidence, Quantity, words};
use crate::diagnostic::Span;

words! {
    /// What sort of actor.
    ActorKind {
        /// A state.
        State = "state",
        /// A government as a party to the conflict.
        Government = "government",
        /// An armed group.
        ArmedGroup = "armed-group",
        /// A delegation that speaks for others.
        Delegation = "delegation",
        /// People who must carry out what is signed for them.
        Constituency = "constituency",
        /// A mediator.
        Mediator = "mediator",
        /// A donor.
        Donor = "donor",
        /// Civil society.
        CivilSociety = "civil-society",
        /// An international or other organisation.
        Organisation = "organisation",
        /// A faction of another actor.
        Faction = "faction",
        /// A local community.
        Community = "community",
        /// One person.
        Person = "person",
    }
}

/// Who takes part or matters.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Its id.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// What it is called within a sentence: its name where the case says nothing else.
    pub in_sentence: String,
    /// What sort of actor.
    pub kind: Option<ActorKind>,
    /// The actor it is an arm or member of; shown, not computed with.
    pub part_of: Option<ActorId>,
    /// The actor it speaks for.
    pub principal: Option<ActorId>,
    /// What no agreement is worth to it.
    pub fallback: Option<Fallback>,
    /// The condition that ends its conflict; `None` for the default.
    pub ends: Option<Condition>,
    /// What it hopes for beyond its fallback: conditions over where the process stands. They enter no worth.
    pub aspirations: Vec<Aspiration>,
    /// Its weight per issue; empty if it has no preferences of its own, else one entry per issue.
    pub weights: Vec<Option<Quantity>>,
    /// How many points make a worth of 1: weights and bonuses are then points, and not normalised. `None`: the sum of the weights, and bonuses
    /// are worth.
    pub out_of: Option<Decimal>,
    /// Its value per issue and option, from 0 to 1; as long as `weights`, and an empty list where the issue has no weight and no values.
    pub values: Vec<Vec<Quantity>>,
    /// What it refuses.
    pub red_lines: Vec<RedLine>,
    /// What is worth more, or less, under a condition.
    pub linkages: Vec<Linkage>,
    /// What it rests on.
    pub evidence: Evidence,
    /// Where it is declared.
    pub span: Span,
}

/// Something an actor hopes for.
#[derive(Debug, Clone)]
pub struct Aspiration {
    /// Its id.
    pub id: String,
    /// When it is fulfilled.
    pub when: Condition,
}

impl Actor {
    /// Whether it has preferences of its own. With `out_of` they may be made of linkages alone.
    pub fn has_preferences(&self) -> bool {
        self.out_of.is_some() || self.weights.iter().any(Option::is_some)
    }
}

/// The reservation value: what no agreement is worth to an actor (model, section 1).
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "one per actor; a box would only get in the way")]
pub enum Fallback {
    /// Given directly, in the unit of worth.
    Worth(Quantity),
    /// The worth of today less the cost of going on.
    CostOfGoingOn(Quantity),
    /// A war lottery: p·win + (1−p)·lose − cost (Fearon 1995; Powell 2006).
    War {
        /// Worth of winning.
        win: Quantity,
        /// Worth of losing.
        lose: Quantity,
        /// Probability of winning.
        probability: Quantity,
        /// What fighting costs.
        cost: Quantity,
    },
}

/// A condition an actor refuses.
#[derive(Debug, Clone)]
pub struct RedLine {
    /// Its id, unique within the actor.
    pub id: String,
    /// What it refuses.
    pub when: Condition,
    /// What breaking it costs in worth; `None`: no price moves it.
    pub price: Option<Quantity>,
    /// Whether it stands; edits may drop it.
    pub on: bool,
    /// What it rests on.
    pub evidence: Evidence,
}

/// Worth earned while a condition holds.
#[derive(Debug, Clone)]
pub struct Linkage {
    /// Its id, unique within the actor.
    pub id: String,
    /// When it is earned.
    pub when: Condition,
    /// How much, any sign.
    pub bonus: Quantity,
    /// Whether it stands; edits may drop it.
    pub on: bool,
    /// What it rests on.
    pub evidence: Evidence,
}
