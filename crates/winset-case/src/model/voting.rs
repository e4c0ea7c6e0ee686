//! How votes are counted at a track whose rule counts them (the model, section 2: win-set).

use super::{ActorId, BlocId, Decimal, Quantity, words};

words! {
    /// Who must say yes.
    Rule {
        /// Every party and guarantor.
        Consensus = "consensus",
        /// Every party.
        PartiesOnly = "parties-only",
        /// Parties and guarantors whose votes together reach a quota (a qualified majority).
        Quota = "quota",
        /// In each named bloc a share of its votes.
        SufficientConsensus = "sufficient-consensus",
        /// A quota of votes, and no veto.
        Council = "council",
    }
}

/// What a rule that counts votes needs to know.
#[derive(Debug, Clone, Default)]
pub struct Voting {
    /// Votes a deal needs (`quota` and `council`).
    pub quota: Option<Quantity>,
    /// The votes of seats that do not have exactly one.
    pub votes: Vec<(ActorId, Quantity)>,
    /// Blocs, in the order of the file (`sufficient-consensus`).
    pub blocs: Vec<Bloc>,
    /// Who can veto (`council`).
    pub veto: Vec<ActorId>,
    /// How far below what it demands a veto holder still abstains instead of vetoing; 0 where it is not named.
    pub abstains: Vec<(ActorId, Quantity)>,
}

/// A group whose consent a rule asks for.
#[derive(Debug, Clone)]
pub struct Bloc {
    /// Its id, unique within the track.
    pub id: String,
    /// Who belongs to it; those without a seat do not count.
    pub members: Vec<ActorId>,
    /// The share of the votes of its seated members that must say yes.
    pub share: Quantity,
}

impl Voting {
    /// The votes of an actor, one where nothing else is said.
    pub fn weight(&self, actor: ActorId) -> Decimal {
        entry(&self.votes, actor).map_or(Decimal::ONE, |votes| votes.value)
    }

    /// How far below what it demands a veto holder still abstains instead of vetoing.
    pub fn tolerance(&self, actor: ActorId) -> Decimal {
        entry(&self.abstains, actor).map_or(Decimal::ZERO, |tolerance| tolerance.value)
    }

    /// Whether this seat's vote counts under a rule, given whether it is a party's or a guarantor's.
    pub(super) fn counts(&self, rule: Rule, actor: ActorId, party: bool, guarantor: bool) -> bool {
        let votes = self.weight(actor) > Decimal::ZERO;
        match rule {
            Rule::Consensus => party || guarantor,
            Rule::PartiesOnly => party,
            Rule::Quota => (party || guarantor) && votes,
            Rule::SufficientConsensus => {
                (party || guarantor) && votes && self.blocs.iter().any(|bloc| bloc.members.contains(&actor))
            }
            Rule::Council => (party || guarantor) && (votes || self.veto.contains(&actor)),
        }
    }

    /// The bloc with this id.
    pub fn bloc_id(&self, id: &str) -> Option<BlocId> {
        self.blocs.iter().position(|bloc| bloc.id == id).map(BlocId)
    }
}

/// The entry of an actor in a table of numbers.
fn entry(table: &[(ActorId, Quantity)], actor: ActorId) -> Option<&Quantity> {
    table.iter().find(|(other, _)| *other == actor).map(|(_, number)| number)
}
