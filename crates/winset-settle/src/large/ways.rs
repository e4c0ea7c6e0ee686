//! The ways in which a package can be accepted: which seats say yes, and which patrons press. In each way acceptance is a list of numbers to
//! reach and conditions to meet, and a package is acceptable exactly if it is in one of them.
//!
//! A patron's pressure counts only where it gains and consents. A way that counts on it demands that; a way that does not counts on less
//! pressure than there may be. Since more pressure never makes anyone refuse, the two together lose nothing and add nothing.

use super::model::{Member, Model};
use crate::ballot::completions;
use crate::hitting::members;
use crate::refusal::Refusal;
use crate::tally::Giving;

/// Ways to be accepted that are told apart at one table.
pub const WAY_LIMIT: usize = 256;
/// Patrons whose pressing or not is told apart.
const PATRON_LIMIT: usize = 8;

/// One way to be accepted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Way {
    /// Constraints that must hold, one bit each.
    pub(crate) binding: u128,
    /// What rows must reach, by row.
    pub(crate) floors: Vec<(usize, i128)>,
    /// Members counted on to press, one bit each by position.
    pub(crate) pressing: u128,
}

impl Way {
    fn demand(&mut self, (row, floor): (usize, i128)) {
        match self.floors.iter_mut().find(|(other, _)| *other == row) {
            Some((_, known)) => *known = floor.max(*known),
            None => self.floors.push((row, floor)),
        }
    }

    /// What meets both.
    pub(crate) fn and(mut self, other: &Way) -> Way {
        self.binding |= other.binding;
        self.pressing |= other.pressing;
        other.floors.iter().for_each(|floor| self.demand(*floor));
        self
    }

    /// Whether whatever meets the other meets this one.
    fn covers(&self, other: &Way) -> bool {
        self.binding & !other.binding == 0
            && self.floors.iter().all(|&(row, floor)| other.floors.iter().any(|&(at, more)| at == row && more >= floor))
    }
}

impl Model<'_, '_> {
    /// Every way to be accepted with these constraints kept, if need be as if one judge did not stand in the way.
    pub(crate) fn ways(&self, kept: u128, giving: Option<(usize, Giving)>) -> Result<Vec<Way>, Refusal> {
        let table = self.table;
        let coalitions = completions(&table.ballot, 0)?;
        let mandated = table.conditions.iter().fold(0_u128, |bits, (bit, _)| bits | 1 << bit) & kept;
        let mut ways: Vec<Way> = Vec::new();
        for pressing in self.patterns()? {
            for &coalition in &coalitions {
                let mut some = vec![self.pressed(pressing, mandated)];
                for (player, (judges, slack)) in table.voters.iter().enumerate() {
                    let votes = coalition >> player & 1 == 1;
                    let slack = if votes { None } else { slack.as_ref() };
                    if !votes && slack.is_none() {
                        continue;
                    }
                    for (at, &judge) in judges.iter().enumerate() {
                        let way = if votes { Giving::Way } else { Giving::Room };
                        if giving.is_some_and(|(other, gives)| other == judge && gives >= way) {
                            continue;
                        }
                        some = self.consent(&some, judge, slack.map_or(0, |slack| slack[at]), kept);
                    }
                }
                ways.extend(some);
                if ways.len() > 16 * WAY_LIMIT {
                    return Err(Refusal::TooManyWays { limit: WAY_LIMIT });
                }
            }
        }
        let mut least: Vec<Way> = Vec::new();
        for mut way in ways {
            way.floors.sort_unstable();
            // Who is counted on to press matters to what is left to ask only where a judge's own margin is asked for.
            let keep = |other: &Way| !(other.covers(&way) && (giving.is_none() || other.pressing == way.pressing));
            if least.iter().all(keep) {
                let beaten = |other: &Way| way.covers(other) && (giving.is_none() || other.pressing == way.pressing);
                least.retain(|other| !beaten(other));
                least.push(way);
            }
        }
        if least.len() > WAY_LIMIT {
            return Err(Refusal::TooManyWays { limit: WAY_LIMIT });
        }
        Ok(least)
    }

    /// The members whose pressure can matter, in every combination, most first.
    fn patterns(&self) -> Result<Vec<u128>, Refusal> {
        let sitting = &self.table.sitting;
        let mut patrons = 0_u128;
        for position in 0..self.members.len() {
            let terms = sitting.terms(position);
            let counts = |&&(_, leverage): &&(usize, i128)| leverage > 0 && terms.leverage_left > 0;
            patrons |= terms.patrons.iter().filter(counts).fold(0, |bits, (patron, _)| bits | 1 << patron);
        }
        let patrons: Vec<usize> = members(patrons).collect();
        if patrons.len() > PATRON_LIMIT {
            return Err(Refusal::TooManyPatrons { patrons: patrons.len(), limit: PATRON_LIMIT });
        }
        let all = (0..1_u32 << patrons.len()).rev();
        Ok(all
            .map(|choice| {
                patrons
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| choice >> at & 1 == 1)
                    .fold(0, |bits, (_, at)| bits | 1 << at)
            })
            .collect())
    }

    /// What pressure a member is under where these press.
    pub(crate) fn pressure(&self, position: usize, pressing: u128) -> i128 {
        let terms = self.table.sitting.terms(position);
        let all = terms.patrons.iter().filter(|(patron, _)| pressing >> patron & 1 == 1);
        all.map(|(_, leverage)| leverage).sum::<i128>().min(terms.leverage_left)
    }

    /// What is demanded so that these press: each gains and consents, with nothing dropped.
    fn pressed(&self, pressing: u128, binding: u128) -> Way {
        let sitting = &self.table.sitting;
        let mut way = Way { binding, floors: Vec::new(), pressing };
        for patron in members(pressing) {
            let terms = sitting.terms(patron);
            way.demand(self.members[patron].worth.at_least(terms.worth_before + 1));
            let own = terms.judges_itself.then_some(patron);
            for judge in own.into_iter().chain(terms.principals.iter().copied()) {
                way.binding |= self.members[judge].whole_lines;
                if sitting.terms(judge).own_fallback {
                    way.demand(self.members[judge].whole_margin.at_least(-self.pressure(judge, pressing)));
                }
            }
        }
        way
    }

    /// These ways with one judge's consent, or its not missing by more than `slack`, as far as its demands are kept.
    fn consent(&self, ways: &[Way], judge: usize, slack: i128, kept: u128) -> Vec<Way> {
        let table = self.table;
        let (fallback, lines) = &table.judge_bits[judge];
        let position = table.judges[judge].1;
        let member: &Member = &self.members[position];
        let unpriced = self.unpriced(judge) & kept;
        debug_assert!(lines.len() <= 64, "red lines are bits of 64");
        let mut result = Vec::new();
        for way in ways {
            let mut way = way.clone();
            way.binding |= unpriced;
            let Some(fallback) = fallback else {
                result.push(way);
                continue;
            };
            let pressure = self.pressure(position, way.pressing);
            if kept >> fallback & 1 == 0 {
                // A dropped fallback lifts what is missing to zero; prices still bite.
                let Some(prices) = member.prices else {
                    result.push(way);
                    continue;
                };
                let mut lifted = way.clone();
                lifted.demand(prices.at_least(-slack));
                result.push(lifted);
            }
            way.demand(member.margin.at_least(-pressure - slack));
            result.push(way);
        }
        result
    }

    /// The constraints of a judge's red lines without a price, as bits.
    pub(crate) fn unpriced(&self, judge: usize) -> u128 {
        let (actor, _) = self.table.judges[judge];
        let worth = self.table.valuation.actor(actor).expect("judges have preferences");
        let lines = worth.red_lines.iter().filter(|line| line.price.is_none());
        lines.fold(0, |bits, line| bits | 1 << self.table.judge_bits[judge].1[line.id.0])
    }
}
