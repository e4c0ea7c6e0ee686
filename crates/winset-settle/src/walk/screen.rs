//! What a table refuses at a glance: where every seat is needed, one judge that gains too little or forbids a package rules it out.

use winset_case::{ActorId, Expression, IssueId, RedLineId};
use winset_worth::{ActorWorth, State, Valuation, View, holds};

use crate::reading::Reading;
use crate::table::Table;

/// What the packages of a table are worth to those who all have to accept, whatever state they are made from.
pub(super) struct Screen {
    judges: Vec<Glance>,
    /// The issues the table cannot decide: what stands there is worth the same to a deal and to refusing it.
    off_agenda: Vec<IssueId>,
}

/// What one judge sees at a glance.
struct Glance {
    judge: ActorId,
    /// Per package, what it is worth to the judge, what stands off the agenda aside; empty where it has no fallback of its own.
    worths: Vec<i128>,
    /// How far below its worth of refusing that may be at the very most: the end of its cost, and all leverage over it.
    slack: i128,
    /// Its unpriced red lines that do not ask what a deal touches, and per package those whose condition holds, one bit each.
    lines: Vec<RedLineId>,
    holding: Vec<u64>,
}

impl Screen {
    /// The screen of a table whose packages are these; `None` where deals can be made without some of its seats.
    pub(super) fn new(table: &Table<'_>, packages: &[u64]) -> Option<Self> {
        if table.ballot.indispensable() != table.ballot.everyone() {
            return None;
        }
        let case = table.case();
        let mut judges: Vec<(Glance, Vec<(Expression, RedLineId)>)> = Vec::new();
        for &(judge, _) in &table.judges {
            let worth = table.valuation.actor(judge)?;
            let content = worth.red_lines.iter().filter(|line| line.price.is_none() && line.id.0 < 64);
            let fixed = content.map(|line| (table.sitting.fixed(&line.when.expression), line.id));
            let touches = |when: &Expression| {
                let mut reading = Reading::new(&[]);
                reading.of(case, when);
                reading.touches
            };
            let lines: Vec<(Expression, RedLineId)> = fixed.filter(|(when, _)| !touches(when)).collect();
            let leverage: i128 = worth.patrons.iter().map(|(_, leverage)| leverage.max(&0)).sum();
            let glance = Glance {
                judge,
                worths: Vec::new(),
                slack: worth.saved_by_ending(case).max(0) + leverage,
                lines: lines.iter().map(|(_, line)| *line).collect(),
                holding: Vec::new(),
            };
            judges.push((glance, lines));
        }
        let off_agenda: Vec<IssueId> = (0..case.issues.len())
            .map(IssueId)
            .filter(|issue| !case.tracks[table.track.0].agenda.contains(issue))
            .collect();
        let mut outcome = table.space.outcome(0);
        for &package in packages {
            table.space.write(package, &mut outcome);
            let view = table.sitting.view(&outcome, table.concludes(&outcome));
            let standing = View { deal: None, ..view };
            for (glance, lines) in &mut judges {
                let worth = table.valuation.actor(glance.judge)?;
                if table.valuation.has_own_fallback(glance.judge) {
                    glance.worths.push(worth.worth(&outcome, &standing) - of_issues(worth, &outcome, &off_agenda));
                }
                let holding = lines.iter().enumerate().filter(|(_, (when, _))| holds(when, &view));
                glance.holding.push(holding.fold(0, |bits, (place, _)| bits | 1 << place));
            }
        }
        Some(Screen { judges: judges.into_iter().map(|(glance, _)| glance).collect(), off_agenda })
    }

    /// The packages that nobody is sure to refuse from a state that is to the table as the one it was made for.
    pub(super) fn left(&self, valuation: &Valuation<'_>, state: &State, packages: &[u64]) -> Vec<u64> {
        let case = valuation.case();
        let before = View { case, outcome: state.outcome.as_deref(), concluded: &state.concluded, deal: None };
        let demands: Vec<(&Glance, i128, u64)> = self
            .judges
            .iter()
            .map(|glance| {
                let worth = valuation.actor(glance.judge).expect("only actors with preferences judge");
                let line = |id: &RedLineId| worth.red_lines.iter().find(|line| line.id == *id);
                // A line on content that holds already is not broken again.
                let unmet = glance.lines.iter().map(line).enumerate().filter(|(_, line)| {
                    line.is_some_and(|line| {
                        line.procedural || before.outcome.is_none() || !holds(&line.when.expression, &before)
                    })
                });
                let unmet = unmet.fold(0, |bits, (place, _)| bits | 1 << place);
                // Where there is no agreement, packages leave the first option of what they cannot decide.
                let off_agenda = match before.outcome {
                    Some(outcome) => of_issues(worth, outcome, &self.off_agenda),
                    None => of_issues(worth, &vec![0; case.issues.len()], &self.off_agenda),
                };
                (glance, worth.worth_of(case, state) - off_agenda - glance.slack, unmet)
            })
            .collect();
        let refuses = |place: usize, (glance, least, unmet): &(&Glance, i128, u64)| {
            glance.holding[place] & unmet != 0 || glance.worths.get(place).is_some_and(|worth| worth < least)
        };
        let left =
            packages.iter().enumerate().filter(|(place, _)| !demands.iter().any(|demand| refuses(*place, demand)));
        left.map(|(_, package)| *package).collect()
    }
}

/// What the options of some issues are worth.
fn of_issues(worth: &ActorWorth<'_>, outcome: &[usize], issues: &[IssueId]) -> i128 {
    issues.iter().map(|issue| worth.table[issue.0].get(outcome[issue.0]).copied().unwrap_or(0)).sum()
}
