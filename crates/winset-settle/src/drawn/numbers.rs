//! What one draw makes of the numbers of an actor.

use winset_case::{ActorId, Case};
use winset_worth::{ActorWorth, NotComputable};

/// The numbers of one actor, in whole units of its own ([`ActorWorth::unit`]), without the conditions they belong to.
#[derive(Debug, Clone)]
pub struct ActorNumbers {
    pub(crate) unit: i128,
    /// Worth per option of every issue, one issue after the other.
    pub(crate) options: Vec<i128>,
    /// Per linkage of its preferences, the bonus; 0 for one dropped.
    pub(crate) bonuses: Vec<i128>,
    /// Per red line, what it demands.
    pub(crate) prices: Vec<Demand>,
    /// Leverage, in the order of the ties.
    pub(crate) leverage: Vec<i128>,
    pub(crate) going_on: i128,
}

/// What breaking a red line comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demand {
    /// Nothing: it has been dropped.
    Dropped,
    /// This much worth.
    Price(i128),
    /// No price moves it.
    Unpriced,
}

/// The numbers of the actors a question asks about, by actor.
pub type Numbers<'n> = [Option<&'n ActorNumbers>];

impl ActorNumbers {
    /// The numbers of an actor of a case whose levers have been carried out; `None` if it has no preferences.
    ///
    /// # Errors
    ///
    /// Where they are so long or large that exact arithmetic in 128 bits cannot hold them.
    pub fn of(case: &Case, actor: ActorId) -> Result<Option<Self>, NotComputable> {
        let Some(worth) = ActorWorth::of(case, actor)? else { return Ok(None) };
        let mut options = Vec::with_capacity(case.issues.iter().map(|issue| issue.options.len()).sum());
        for (row, issue) in worth.table.iter().zip(&case.issues) {
            options.extend_from_slice(row);
            options.resize(options.len() + issue.options.len() - row.len(), 0);
        }
        let most = worth.linkages.last().map_or(0, |linkage| linkage.id.0 + 1);
        let mut bonuses = vec![0; most];
        worth.linkages.iter().for_each(|linkage| bonuses[linkage.id.0] = linkage.bonus);
        let mut prices = vec![Demand::Dropped; case.actors[actor.0].red_lines.len()];
        for line in &worth.red_lines {
            prices[line.id.0] = line.price.map_or(Demand::Unpriced, Demand::Price);
        }
        let leverage = worth.patrons.iter().map(|(_, leverage)| *leverage).collect();
        Ok(Some(ActorNumbers {
            unit: worth.unit,
            options,
            bonuses,
            prices,
            leverage,
            going_on: worth.cost_of_going_on,
        }))
    }

    /// What breaking these red lines costs together; `None` where no price moves one of them.
    pub(crate) fn price(&self, lines: impl IntoIterator<Item = usize>) -> Option<i128> {
        lines.into_iter().try_fold(0, |price, line| match self.prices[line] {
            Demand::Dropped => Some(price),
            Demand::Price(more) => Some(price + more),
            Demand::Unpriced => None,
        })
    }

    pub(crate) fn bonus(&self, linkage: usize) -> i128 {
        self.bonuses.get(linkage).copied().unwrap_or(0)
    }
}
