//! One track meeting from one standing, prepared for meetings by the thousand.
//!
//! What a round moves (fallbacks, distrust, beliefs) only shifts what each judge demands. So every package is judged once, exactly, and a meeting adds a few
//! numbers per package. Packages that no shift within the bounds could carry are left out, and for each proposer those that another one beats in
//! every respect: a list of thousands shrinks to a few.

mod making;

use std::sync::atomic::{AtomicU32, Ordering};

use winset_case::{ActorId, FrameworkId};
use winset_worth::{Ballot, Seats, State};

use crate::observer::Change;

/// Actors by their column, one bit each.
pub(crate) type Columns = u64;

/// What a shift of what a judge demands adds to its margin: for deals that do not end its conflict, and for those that do.
pub(crate) type Slack = [f64; 2];

/// One actor whose judgement matters here, patrons before clients.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) actor: ActorId,
    /// Its patrons, by their columns, with their leverage.
    patrons: Vec<(usize, f64)>,
    /// Leverage not yet spent.
    leverage_left: f64,
    /// Who has to accept for it to consent: itself and its principals.
    consent: Columns,
}

/// A seat that votes.
#[derive(Debug)]
pub(crate) struct Voter {
    pub(crate) actor: ActorId,
    /// Who has to accept for it to say yes.
    pub(crate) judges: Columns,
    /// How far below what it demands it abstains instead of vetoing; `None` without a veto.
    tolerance: Option<f64>,
}

/// A package that could be a deal here.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) changes: Vec<Change>,
    pub(crate) concludes: bool,
    /// The share of those behind the seats that would carry it; 1 where nobody stands there.
    pub(crate) durability: f64,
    /// Where it leads, and the standing's number once it is known.
    pub(crate) leads_to: State,
    next: AtomicU32,
    /// Per owner of a lever that looks ahead, what the deal is worth to it over what stands.
    pub(crate) promises: Vec<f64>,
}

/// How a package is judged, by the columns of its table: what a meeting looks at for one package after the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judgings<'t> {
    /// Whose conflict it ends.
    ends: Columns,
    /// Who gains by it: as a patron it presses only then.
    gains: Columns,
    /// Per column, its margin with the pressure that patrons exert where nothing is shifted, and without any.
    with: &'t [f64],
    without: &'t [f64],
    /// Per column, the patrons that press then.
    pressing: &'t [Columns],
}

impl Entry {
    /// The standing it leads to, if that is known.
    pub(crate) fn next(&self) -> Option<u32> {
        let next = self.next.load(Ordering::Relaxed);
        (next != u32::MAX).then_some(next)
    }

    pub(crate) fn set_next(&self, next: u32) {
        self.next.store(next, Ordering::Relaxed);
    }
}

/// What a voter may come to propose.
#[derive(Debug, Clone, Default)]
pub(crate) struct Order {
    /// The entries, the best for itself first.
    pub(crate) entries: Vec<u32>,
    /// Per judge, the most that its margin can be at any of them: at those that do not end its conflict, and at those that do.
    pub(crate) best: Vec<Slack>,
}

/// Between what a margin lies.
#[derive(Debug, Clone, Copy)]
struct Span {
    least: f64,
    most: f64,
}

/// One track meeting from one standing.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    /// The actor of each column, side by side.
    pub(crate) actors: Vec<u32>,
    pub(crate) voters: Vec<Voter>,
    /// Per voter, how often it proposes, and the sum.
    pub(crate) weights: Vec<f64>,
    pub(crate) weight: f64,
    ballot: Ballot,
    pub(crate) unanimous: bool,
    /// Every judge of a voter, and their columns one by one.
    pub(crate) judges: Columns,
    pub(crate) judging: Vec<usize>,
    /// Whether somebody presses one of them.
    pub(crate) pressed: bool,
    pub(crate) entries: Vec<Entry>,
    /// Per entry, whose conflict it ends and who gains by it; and per entry and column, margins and who presses.
    sides: Vec<(Columns, Columns)>,
    with: Vec<f64>,
    without: Vec<f64>,
    pressing: Vec<Columns>,
    /// Per entry and judge, between what its margin lies whoever presses.
    spans: Vec<Span>,
    /// Per voter, what it may come to propose.
    pub(crate) orders: Vec<Order>,
    /// The same among what would conclude the framework.
    pub(crate) concluding: Vec<Order>,
    pub(crate) framework: Option<FrameworkId>,
}

impl Table {
    /// How an entry is judged.
    pub(crate) fn judgings(&self, entry: usize) -> Judgings<'_> {
        let (ends, gains) = self.sides[entry];
        let cells = entry * self.columns.len()..(entry + 1) * self.columns.len();
        Judgings {
            ends,
            gains,
            with: &self.with[cells.clone()],
            without: &self.without[cells.clone()],
            pressing: &self.pressing[cells],
        }
    }

    /// Who accepts a package, given by how much each column is moved, for deals that do not end its conflict (0) and for those that do (1).
    pub(crate) fn accepting(&self, judgings: Judgings<'_>, mut slack: impl FnMut(usize, usize) -> f64) -> Columns {
        let mut accepting: Columns = 0;
        for at in 0..self.columns.len() {
            if self.margin(judgings, at, accepting, &mut slack) >= 0.0 {
                accepting |= 1 << at;
            }
        }
        accepting
    }

    /// The columns of the judges, with whether a package ends their conflict (1) or not (0), and between what their margins lie whoever presses.
    fn spans(&self, entry: usize) -> impl Iterator<Item = (usize, usize, Span)> {
        let (ends, _) = self.sides[entry];
        let spans = &self.spans[entry * self.judging.len()..(entry + 1) * self.judging.len()];
        self.judging.iter().zip(spans).map(move |(&at, span)| (at, (ends >> at & 1) as usize, *span))
    }

    /// Whether every judge accepts a package, where that does not hang on who presses whom.
    pub(crate) fn at_a_glance(&self, entry: usize, slack: impl Fn(usize, usize) -> f64) -> Option<bool> {
        let mut sure = true;
        for (at, ends, span) in self.spans(entry) {
            let moved = slack(at, ends);
            // Rounding keeps what is larger larger, so these bounds hold to the last digit.
            if span.most + moved < 0.0 {
                return Some(false);
            }
            sure &= span.least + moved >= 0.0;
        }
        sure.then_some(true)
    }

    /// Whether every judge accepts a package.
    pub(crate) fn all_accept(&self, entry: usize, slack: impl Fn(usize, usize) -> f64) -> bool {
        let glance = self.at_a_glance(entry, &slack);
        glance.unwrap_or_else(|| self.accepting(self.judgings(entry), slack) & self.judges == self.judges)
    }

    /// Whether a judge refuses everything in an order, moved so.
    pub(crate) fn refuses_all(best: &Slack, moved: Slack) -> bool {
        best[0] + moved[0] < 0.0 && best[1] + moved[1] < 0.0
    }

    /// A judge's margin for a package as things stand, given who else accepts it.
    pub(crate) fn margin(
        &self,
        judgings: Judgings<'_>,
        at: usize,
        accepting: Columns,
        mut slack: impl FnMut(usize, usize) -> f64,
    ) -> f64 {
        let margin = self.columns[at].margin(judgings, at, accepting, &self.columns);
        margin + slack(at, judgings.ending(at))
    }

    /// Whether a deal is made, given who accepts it and, of those with a veto, who bears it (by their margin).
    pub(crate) fn passes(&self, accepting: Columns, mut bears: impl FnMut(usize) -> f64) -> bool {
        if self.unanimous {
            return accepting & self.judges == self.judges;
        }
        let vetoing = self.voters.iter().enumerate().filter(|(_, voter)| {
            voter.tolerance.is_some_and(|tolerance| !self.bears(accepting, voter, |at| bears(at) + tolerance >= 0.0))
        });
        self.ballot.passes(self.yes(accepting), vetoing.fold(0, |seats, (player, _)| seats | 1 << player))
    }

    fn yes(&self, accepting: Columns) -> Seats {
        let yes = self.voters.iter().enumerate().filter(|(_, voter)| accepting & voter.judges == voter.judges);
        yes.fold(0, |seats, (player, _)| seats | 1 << player)
    }

    /// Whether each judge of a voter accepts or bears the deal.
    fn bears(&self, accepting: Columns, voter: &Voter, mut bears: impl FnMut(usize) -> bool) -> bool {
        (0..self.columns.len()).all(|at| voter.judges >> at & 1 == 0 || accepting >> at & 1 == 1 || bears(at))
    }
}

/// Standard deviations beyond which no belief is wrong.
pub(crate) const BELIEF_CUT: f64 = 3.0;

impl Judgings<'_> {
    /// 1 if it ends the conflict of the actor of a column, 0 if not.
    fn ending(&self, at: usize) -> usize {
        (self.ends >> at & 1) as usize
    }
}

impl Column {
    /// Between what its margin lies whoever presses, given what it is where nothing is shifted and what it is without any pressure.
    fn span(&self, with: f64, without: f64) -> Span {
        let leverage = self.patrons.iter().map(|(_, leverage)| *leverage);
        if leverage.clone().any(|leverage| leverage < 0.0) {
            return Span { least: f64::NEG_INFINITY, most: f64::INFINITY };
        }
        let pressed = without + leverage.sum::<f64>().min(self.leverage_left);
        Span { least: with.min(without), most: with.max(pressed) }
    }

    fn margin(&self, judgings: Judgings<'_>, at: usize, accepting: Columns, columns: &[Column]) -> f64 {
        if self.patrons.is_empty() {
            return judgings.with[at];
        }
        let presses = |patron: &usize| {
            let consent = columns[*patron].consent;
            judgings.gains >> patron & 1 == 1 && accepting & consent == consent
        };
        let now = self.patrons.iter().filter(|(patron, _)| presses(patron));
        let now = now.fold((0, 0.0), |(all, sum), (patron, leverage)| (all | 1 << patron, sum + leverage));
        // Where nothing has changed, the exact margin.
        if now.0 == judgings.pressing[at] {
            judgings.with[at]
        } else {
            judgings.without[at] + now.1.min(self.leverage_left)
        }
    }
}
