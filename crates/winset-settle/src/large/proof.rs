//! Why there is no deal, so that someone else can check it.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use winset_case::ActorId;

use super::certificate::missing;
use super::exists::{Exists, Proof as Found, exists};
use super::model::Model;
use super::ways::Way;
use crate::refusal::Refusal;

/// What is asked of an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// That it accepts: that the deal is worth no less to it than going without, after pressure and prices.
    Accepts,
    /// That it gains, so that it presses its clients.
    Presses,
    /// That it breaks no red line of its own that has a price.
    Prices,
}

/// Weights that show that no package gives all that is asked: however issues are traded, the weighted sum stays below what is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Who is weighed, with which weight on its worth and for what. Weights are above 0 and sum to 1.
    pub weights: Vec<(ActorId, BigRational, Asked)>,
    /// How far the weighted sum stays below what is asked at best; 0 where no package meets the conditions at all.
    pub missing: BigRational,
}

/// Why no package is acceptable in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// No package meets the conditions.
    Conditions,
    /// No package reaches the weighted sum, checked by adding up again apart from the search.
    Weights(Certificate),
    /// A search looked at, or ruled out by bounds, every package: so many partial packages were looked at.
    Exhausted(u64),
}

/// Whether a package is acceptable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decision {
    /// This one is, in this way.
    Package(Vec<usize>),
    /// None is: one proof for each way.
    None(Vec<Proof>),
}

impl Model<'_, '_> {
    /// Whether any package is acceptable in one of these ways. Proofs are checked only if asked for.
    pub(crate) fn decide(&self, ways: &[Way], proved: bool) -> Result<Decision, Refusal> {
        let mut proofs = Vec::new();
        let mut given_up = None;
        for way in ways {
            let demanded = self.demanded(way.binding, &way.floors);
            match exists(&demanded) {
                Exists::Yes(package) => return Ok(Decision::Package(package)),
                Exists::Undecided(nodes) => given_up = Some(nodes),
                Exists::No(Found::Conditions) => proofs.push(Proof::Conditions),
                Exists::No(Found::Exhausted(nodes)) => proofs.push(Proof::Exhausted(nodes)),
                Exists::No(Found::Weights(weights)) if proved => proofs.push(self.certified(way, &weights)?),
                Exists::No(Found::Weights(_)) => {}
            }
        }
        match given_up {
            Some(nodes) => Err(Refusal::gave_up(nodes)),
            None => Ok(Decision::None(proofs)),
        }
    }

    /// Weights by row as a certificate, checked.
    fn certified(&self, way: &Way, weights: &[(usize, i128)]) -> Result<Proof, Refusal> {
        let binding = way.binding | self.always;
        let order = self.diagram.levels.iter().map(|level| level.issue);
        let missing = missing(&self.sums, order, binding, weights, &way.floors).ok_or(Refusal::Unconfirmed)?;
        let owned: Vec<(ActorId, i128, Asked)> = weights
            .iter()
            .filter_map(|&(row, weight)| self.owner(row).map(|(actor, unit, asked)| (actor, weight * unit, asked)))
            .collect();
        let total: BigInt = owned.iter().map(|(_, weight, _)| BigInt::from(*weight)).sum();
        if owned.len() != weights.len() || total.is_zero() {
            return Err(Refusal::Unconfirmed);
        }
        let share = |weight: BigInt| BigRational::new(weight, total.clone());
        let mut weights: Vec<(ActorId, BigRational, Asked)> =
            owned.into_iter().map(|(actor, weight, asked)| (actor, share(BigInt::from(weight)), asked)).collect();
        weights.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
        Ok(Proof::Weights(Certificate { weights, missing: share(missing) }))
    }

    /// Whose row it is, its unit, and what is asked of it there.
    fn owner(&self, row: usize) -> Option<(ActorId, i128, Asked)> {
        self.members.iter().find_map(|member| {
            let asked = if member.prices.is_some_and(|prices| prices.row == row) {
                Asked::Prices
            } else if [member.margin, member.whole_margin, member.gain].iter().any(|quantity| quantity.row == row) {
                Asked::Accepts
            } else if member.worth.row == row {
                Asked::Presses
            } else {
                return None;
            };
            Some((member.actor, member.unit, asked))
        })
    }
}

impl Refusal {
    /// A search given up; after no step at all it was because its numbers could not be held.
    pub(crate) fn gave_up(nodes: u64) -> Self {
        if nodes == 0 { Refusal::NumbersTooLong } else { Refusal::GivenUp { nodes } }
    }
}
