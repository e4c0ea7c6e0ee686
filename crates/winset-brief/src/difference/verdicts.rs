//! The answers about a case as facts, so that two versions of it can be compared on them.

use winset_case::{ActorId, BenchmarkId, FrameworkId};
use winset_settle::{Amount, Deals};

use super::fact::{Fact, FactKind, Says};
use crate::answers::Answers;
use crate::memo::{filled, filled_by};

/// Every verdict on a case: tables, what can be filled, claims, and what the end is worth.
pub(crate) fn verdicts(answers: &Answers) -> Vec<Fact> {
    let case = &answers.case;
    let mut facts = Vec::new();
    let mut add = |path: String, kind, says| facts.push(Fact { path, kind, says });
    for (track, deals, table) in answers.tables() {
        let concluding = if deals == Deals::Concluding { " (concluding)" } else { "" };
        let path = format!("track.{}{concluding}", case.tracks[track.0].id);
        let deal = match table.has_deal() {
            Some(true) => "a deal",
            Some(false) => "none",
            None => "not known",
        };
        add(path.clone(), FactKind::Deal, Says::words(deal));
        if let Some(count) = table.acceptable() {
            add(
                format!("{path}: deals"),
                FactKind::Count,
                Says::Number { value: count as f64, shown: count.to_string() },
            );
        }
        if let Some(blocked) = table.blocked() {
            add(format!("{path}: why none"), FactKind::Cause, Says::words(blocked.cause.word()));
        }
    }
    for framework in (0..case.frameworks.len()).map(FrameworkId) {
        let body = &case.frameworks[framework.0];
        let path = format!("framework.{}", body.id);
        for benchmark in (0..body.benchmarks.len()).map(BenchmarkId) {
            let id = &body.benchmarks[benchmark.0].id;
            add(
                format!("{path}.benchmarks.{id}"),
                FactKind::Assembly,
                Says::words(filled_by(answers, framework, benchmark)),
            );
        }
        let (Some(entry), Some(together)) = (answers.framework(framework), filled(answers, framework)) else {
            continue;
        };
        let ids: Vec<&str> = together.iter().map(|benchmark| body.benchmarks[benchmark.0].id.as_str()).collect();
        let together = if ids.is_empty() { "none".to_owned() } else { ids.join(", ") };
        add(format!("{path}: filled together"), FactKind::Assembly, Says::words(together));
        let concluded = if entry.conclusions.is_empty() { "no" } else { "yes" };
        add(format!("{path}: can be concluded"), FactKind::Assembly, Says::words(concluded));
    }
    for result in &answers.claims {
        let path = format!("claim.{}", case.claims[result.claim].id);
        add(path, FactKind::Claim, Says::words(result.status.word()));
    }
    if let Ok(end) = &answers.end {
        for (actor, payoff) in end.payoffs.iter().enumerate() {
            let Some(payoff) = payoff else { continue };
            let amount = Amount::from(payoff.here.clone());
            let says = Says::Number { value: amount.to_f64().unwrap_or(0.0), shown: amount.figures() };
            add(format!("actor.{}: worth where it stops", case.actors[ActorId(actor).0].id), FactKind::Payoff, says);
        }
    }
    facts
}
