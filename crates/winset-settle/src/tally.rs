//! Votes at a table: who says yes, who vetoes, whether that makes a deal, and what would have to give so that it does.

use winset_worth::Judgement;

use crate::hitting::Minimal;
use crate::refusal::Refusal;
use crate::table::Table;
use winset_worth::{Seats, Vote};

/// How far a judge is taken to give way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Giving {
    /// So far that it would not veto.
    Room,
    /// So far that it would say yes.
    Way,
}

impl Table<'_> {
    /// Whether the seats that say yes make it a deal under the track's rule.
    pub(crate) fn accepted(&self, judgements: &[Judgement]) -> bool {
        let (yes, vetoing) = self.tally(judgements, None);
        self.ballot.passes(yes, vetoing)
    }

    /// What each player does.
    pub(crate) fn votes(&self, judgements: &[Judgement]) -> Vec<Vote> {
        let (yes, vetoing) = self.tally(judgements, None);
        let vote = |player: usize| match (yes >> player & 1, self.ballot.tolerance(player), vetoing >> player & 1) {
            (1, ..) => Vote::Yes,
            (_, Some(_), 0) => Vote::Abstains,
            _ => Vote::No,
        };
        (0..self.players.len()).map(vote).collect()
    }

    /// Who says yes and who vetoes, if need be as if one judge did not stand in the way.
    pub(crate) fn tally(&self, judgements: &[Judgement], giving: Option<(usize, Giving)>) -> (Seats, Seats) {
        let (mut yes, mut vetoing) = (0, 0);
        for (player, (judges, slack)) in self.voters.iter().enumerate() {
            let gives = |judge: usize, way: Giving| giving.is_some_and(|(other, gives)| other == judge && gives >= way);
            if judges.iter().all(|&judge| gives(judge, Giving::Way) || self.accepts(judge, judgements)) {
                yes |= 1 << player;
            } else if let Some(slack) = slack {
                let mut all = judges.iter().zip(slack);
                let lets_pass = all.all(|(&judge, &slack)| {
                    gives(judge, Giving::Room) || self.accepts_within(judge, slack, judgements)
                });
                vetoing |= Seats::from(!lets_pass) << player;
            }
        }
        (yes, vetoing)
    }

    /// The slack a judge has where it abstains: the least among the veto holders it stands behind; `None` where its abstention means nothing.
    pub(crate) fn slack(&self, judge: usize) -> Option<i128> {
        let holders = self
            .voters
            .iter()
            .filter_map(|(judges, slack)| Some(slack.as_ref()?[judges.iter().position(|other| *other == judge)?]));
        holders.min()
    }

    /// The minimal sets of constraints to drop, as bits, so that the deal is made; added to `base`.
    pub(crate) fn ways_to_pass(
        &self,
        base: u128,
        judgements: &[Judgement],
        completions: &mut impl FnMut(Seats) -> Result<Vec<Seats>, Refusal>,
    ) -> Result<Vec<u128>, Refusal> {
        let (yes, vetoing) = self.tally(judgements, None);
        let mut minimal = Minimal::default();
        for more in completions(yes)? {
            let mut sets = vec![base];
            for (player, (judges, slack)) in self.voters.iter().enumerate() {
                let converted = more >> player & 1 == 1;
                if !converted && vetoing >> player & 1 == 0 {
                    continue;
                }
                for (at, &judge) in judges.iter().enumerate() {
                    // A veto holder whose votes are not needed has only to let the deal pass.
                    let slack = if converted { 0 } else { slack.as_ref().map_or(0, |slack| slack[at]) };
                    if self.accepts_within(judge, slack, judgements) {
                        continue;
                    }
                    let own = self.corrections(judge, &judgements[self.judges[judge].1], slack);
                    let mut both = Minimal::default();
                    sets.iter().flat_map(|set| own.iter().map(move |more| set | more)).for_each(|set| both.insert(set));
                    sets = both.sorted();
                }
            }
            sets.into_iter().for_each(|set| minimal.insert(set));
        }
        Ok(minimal.sorted())
    }

    /// Whether this judge accepts, or misses by no more than this and breaks no line that nothing moves.
    fn accepts_within(&self, judge: usize, slack: i128, judgements: &[Judgement]) -> bool {
        let judgement = &judgements[self.judges[judge].1];
        self.accepts(judge, judgements) || judgement.margin().is_some_and(|margin| margin >= -slack)
    }

    /// Whether this judge accepts. One without a fallback of its own only refuses what its own red lines forbid: its principal judges the rest.
    pub(crate) fn accepts(&self, judge: usize, judgements: &[Judgement]) -> bool {
        self.sitting.accepts(self.judges[judge].1, judgements)
    }

    /// The minimal sets of constraints to drop, as bits, so that this judge accepts or misses by no more than `slack`.
    fn corrections(&self, judge: usize, judgement: &Judgement, slack: i128) -> Vec<u128> {
        let (actor, _) = self.judges[judge];
        let (fallback, lines) = &self.judge_bits[judge];
        let worth = self.valuation.actor(actor).expect("judges have preferences");
        let broken = worth.red_lines.iter().filter(|line| judgement.breaks(line.id));
        let (priced, unpriced): (Vec<_>, Vec<_>) = broken.partition(|line| line.price.is_some());
        let must = unpriced.iter().fold(0_u128, |bits, line| bits | 1 << lines[line.id.0]);
        // A fallback may be dropped where the surplus is negative; a judge without one of its own leaves that to its principal.
        let mut starts = vec![(must | fallback.map_or(0, |bit| 1 << bit), judgement.surplus().max(0))];
        if judgement.surplus() < 0 && fallback.is_some() {
            starts.push((must, judgement.surplus()));
        } else {
            starts[0].0 = must;
        }
        // Which priced lines to drop so that the prices of the others fit into the surplus: minimal sets.
        let mut minimal = Minimal::default();
        for dropped in 0..1_u64 << priced.len() {
            let price: i128 = priced
                .iter()
                .enumerate()
                .filter(|(index, _)| dropped >> index & 1 == 0)
                .map(|(_, line)| line.price.unwrap_or(0))
                .sum();
            let bits = priced.iter().enumerate().filter(|(index, _)| dropped >> index & 1 == 1);
            let bits = bits.fold(0_u128, |bits, (_, line)| bits | 1 << lines[line.id.0]);
            for (must, _) in starts.iter().filter(|(_, surplus)| price <= surplus + slack) {
                minimal.insert(must | bits);
            }
        }
        minimal.sorted()
    }
}
