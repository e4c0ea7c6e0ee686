//! The tables of `winset compare`.

use winset_brief::{Answers, BlockingChange, Comparison, OptionAnswers, filled, filled_by};
use winset_case::{ActorId, BenchmarkId, FrameworkId};
use winset_settle::Amount;

use super::{Cell, Table, number, text};
use crate::json::deals_word;

/// The tables of `winset compare`: `measures`, `options` or `blockers`.
pub fn compare(comparison: &Comparison) -> Vec<Table> {
    vec![measures(comparison), options(comparison), blockers(comparison)]
}

fn head(number: usize, option: &OptionAnswers) -> Vec<Cell> {
    vec![crate::compare::letter(number).into(), option.option.name.as_str().into()]
}

/// Every measure of every option beside today's, one a row.
fn measures(comparison: &Comparison) -> Table {
    let mut rows = Vec::new();
    let today = readings_of(&comparison.today);
    for (number, option) in comparison.options.iter().enumerate() {
        let with = readings_of(&option.answers);
        for (measure, subject, value) in &today {
            let other = with.iter().find(|(other, of, _)| (other, of) == (measure, subject));
            let after = other.map_or(Cell::Empty, |(.., value)| value.clone());
            let change = match (value, &after) {
                (Cell::Number(before), Cell::Number(after)) => Cell::Number(after - before),
                (Cell::Whole(before), Cell::Whole(after)) => Cell::Number(*after as f64 - *before as f64),
                (before, after) if before == after => Cell::Empty,
                _ => Cell::from("changed"),
            };
            let mut row = head(number, option);
            row.extend([(*measure).into(), subject.as_str().into(), value.clone(), after, change]);
            rows.push(row);
        }
    }
    Table {
        name: "measures",
        columns: vec![
            text("option"),
            text("name"),
            text("measure"),
            text("subject"),
            text("today"),
            text("with_option"),
            text("change"),
        ],
        rows,
    }
}

/// Every measure of a case: what, of what, how much.
fn readings_of(answers: &Answers) -> Vec<(&'static str, String, Cell)> {
    let case = &answers.case;
    let mut all = Vec::new();
    for (track, deals, table) in answers.tables() {
        let subject = format!("{} ({})", case.tracks[track.0].id, deals_word(deals));
        let count = match (table.acceptable(), table.has_deal()) {
            (Some(count), _) => Cell::Whole(count),
            (None, Some(true)) => "some".into(),
            (None, Some(false)) => Cell::Whole(0),
            (None, None) => "not known".into(),
        };
        all.push(("deals", subject.clone(), count));
        all.push(("cause", subject.clone(), Cell::maybe(table.blocked().map(|blocked| blocked.cause.word()))));
        let at = table.bargaining_point();
        for actor in (0..case.actors.len()).map(ActorId) {
            let share = at.as_ref().and_then(|at| {
                let position = at.settlement.players.iter().position(|player| *player == actor)?;
                Amount::from(at.point.terms.shares[position].clone()).to_f64()
            });
            if case.tracks[track.0].required().any(|player| player == actor) {
                all.push(("share of gain", format!("{subject}: {}", case.actors[actor.0].id), Cell::number(share)));
            }
        }
    }
    for framework in (0..case.frameworks.len()).map(FrameworkId) {
        let body = &case.frameworks[framework.0];
        for benchmark in (0..body.benchmarks.len()).map(BenchmarkId) {
            let subject = format!("{}.{}", body.id, body.benchmarks[benchmark.0].id);
            all.push(("can be filled", subject, filled_by(answers, framework, benchmark).into()));
        }
        let together = filled(answers, framework).map(|together| together.len() as u64);
        all.push(("filled together", body.id.clone(), Cell::count(together)));
        let concluded =
            answers.framework(framework).map(|entry| if entry.conclusions.is_empty() { "no" } else { "yes" });
        all.push(("can be concluded", body.id.clone(), Cell::maybe(concluded)));
    }
    if let Ok(end) = &answers.end {
        for (actor, payoff) in end.payoffs.iter().enumerate() {
            let Some(payoff) = payoff else { continue };
            let worth = Cell::amount(&Amount::from(payoff.here.clone()));
            all.push(("worth where the process stops", case.actors[actor].id.clone(), worth));
        }
    }
    for result in &answers.claims {
        all.push(("claim", case.claims[result.claim].id.clone(), result.status.word().into()));
    }
    all
}

fn options(comparison: &Comparison) -> Table {
    let rows = comparison.options.iter().enumerate().map(|(number, answered)| {
        let (option, case) = (&answered.option, &answered.answers.case);
        let levers: Vec<&str> = option.levers.iter().map(|lever| case.levers[lever.0].id.as_str()).collect();
        let edits: Vec<&str> = option.edits.iter().map(|edit| edit.text.as_str()).collect();
        let costs: Vec<String> = answered
            .costs
            .iter()
            .map(|(owner, cost)| {
                format!("{}: {cost}", owner.map_or("nobody", |owner| case.actors[owner.0].id.as_str()))
            })
            .collect();
        let total: f64 = answered.costs.iter().map(|(_, cost)| cost.to_f64()).sum();
        let mut row = head(number, answered);
        row.extend([
            if option.id.is_empty() { Cell::Empty } else { option.id.as_str().into() },
            Cell::maybe(option.actor.map(|actor| case.actors[actor.0].id.as_str())),
            levers.join("; ").into(),
            edits.join("; ").into(),
            Cell::maybe(option.reading.map(|reading| case.readings[reading.0].id.as_str())),
            Cell::Number(total),
            costs.join("; ").into(),
        ]);
        row
    });
    Table {
        name: "options",
        columns: vec![
            text("option"),
            text("name"),
            text("id"),
            text("actor"),
            text("levers"),
            text("edits"),
            text("reading"),
            number("cost"),
            text("cost_by_owner"),
        ],
        rows: rows.collect(),
    }
}

/// One row per minimal blocking set of a table without a deal, and what became of it.
fn blockers(comparison: &Comparison) -> Table {
    let mut rows = Vec::new();
    for (number, option) in comparison.options.iter().enumerate() {
        let case = &option.answers.case;
        for (track, deals, before, after, _) in comparison.tables(option) {
            let BlockingChange { still, new, gone } = BlockingChange::between(before, after);
            for (what, sets) in [("still", still), ("new", new), ("gone", gone)] {
                for set in sets {
                    let ids: Vec<String> = set.iter().map(|constraint| constraint.id(case)).collect();
                    let mut row = head(number, option);
                    let table = [case.tracks[track.0].id.as_str().into(), deals_word(deals).into(), what.into()];
                    row.extend(table);
                    row.push(ids.join("; ").into());
                    rows.push(row);
                }
            }
        }
    }
    Table {
        name: "blockers",
        columns: vec![text("option"), text("name"), text("track"), text("deals"), text("what"), text("constraints")],
        rows,
    }
}
