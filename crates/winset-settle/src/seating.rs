//! Who judges at a track, patrons before clients, and by which conditions: all of a sitting that no number changes.

use winset_case::{ActorId, Case, Expression, TrackId};
use winset_worth::{Valuation, fixed_at};

/// Everyone who judges, and the patrons behind them.
#[derive(Debug)]
pub(crate) struct Seating {
    pub(crate) members: Vec<Member>,
}

/// One who judges.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) actor: ActorId,
    /// Its patrons: their place among the members, and that of their leverage among the actor's.
    pub(crate) patrons: Vec<(usize, usize)>,
    /// The places of the principals that must accept what it accepts.
    pub(crate) principals: Vec<usize>,
    /// Whether it has demands of its own, and a fallback of its own among them.
    pub(crate) judges_itself: bool,
    pub(crate) own_fallback: bool,
    /// Its linkages, with what is fixed at this track answered.
    pub(crate) linkages: Vec<(usize, Expression)>,
    /// Its red lines, with what is fixed at this track answered, and whether each is on procedure.
    pub(crate) lines: Vec<(usize, Expression, bool)>,
    /// What ends its conflict; `None` for the default.
    pub(crate) ends: Option<Expression>,
}

impl Member {
    /// Every condition its judgement rests on.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Expression> {
        let linkages = self.linkages.iter().map(|(_, when)| when);
        linkages.chain(self.lines.iter().map(|(_, when, _)| when)).chain(&self.ends)
    }
}

impl Seating {
    /// The seating of these judges at a track. Actors without preferences are left out.
    pub(crate) fn new(valuation: &Valuation<'_>, track: TrackId, judges: &[ActorId]) -> Self {
        let mut seating = Seating { members: Vec::new() };
        for &judge in judges {
            seating.admit(valuation, track, judge);
        }
        seating
    }

    pub(crate) fn position(&self, actor: ActorId) -> Option<usize> {
        self.members.iter().position(|member| member.actor == actor)
    }

    /// The actors who judge.
    pub(crate) fn actors(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.members.iter().map(|member| member.actor)
    }

    fn admit(&mut self, valuation: &Valuation<'_>, track: TrackId, actor: ActorId) -> Option<usize> {
        if let Some(position) = self.position(actor) {
            return Some(position);
        }
        let case: &Case = valuation.case();
        let worth = valuation.actor(actor)?;
        let patrons = worth.patrons.iter().enumerate();
        let patrons =
            patrons.filter_map(|(index, (patron, _))| Some((self.admit(valuation, track, *patron)?, index))).collect();
        let judges = valuation.judges(actor);
        let principals = judges.iter().filter(|judge| **judge != actor);
        let principals = principals.filter_map(|&judge| self.admit(valuation, track, judge)).collect();
        let fixed = |expression| fixed_at(case, track, expression);
        self.members.push(Member {
            actor,
            patrons,
            principals,
            judges_itself: judges.contains(&actor),
            own_fallback: valuation.has_own_fallback(actor),
            linkages: worth.linkages.iter().map(|linkage| (linkage.id.0, fixed(&linkage.when.expression))).collect(),
            lines: worth
                .red_lines
                .iter()
                .map(|line| (line.id.0, fixed(&line.when.expression), line.procedural))
                .collect(),
            ends: worth.ends.map(|ends| ends.expression.clone()),
        });
        Some(self.members.len() - 1)
    }
}
