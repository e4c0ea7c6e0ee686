//! The document of `winset compare --json`.

use serde_json::{Map, Value, json};
use winset_brief::{Answers, BlockingChange, Comparison, OptionAnswers, TableBrief, TableChange};
use winset_case::{ActorId, BenchmarkId, Case, FrameworkId};
use winset_settle::{Amount, BigRational, Constraint};

use super::{deals_word, header, ids, package, steps};

/// The document of `winset compare --json`.
pub fn compare(comparison: &Comparison) -> Value {
    let options = comparison.options.iter().map(|option| one(comparison, option)).collect::<Vec<_>>();
    json!({ "case": header(&comparison.today.case), "today": measures(&comparison.today), "options": options })
}

fn number(value: &BigRational) -> Value {
    json!(Amount::from(value.clone()).to_f64())
}

fn actor_id(case: &Case, actor: ActorId) -> String {
    case.actors[actor.0].id.clone()
}

fn one(comparison: &Comparison, answered: &OptionAnswers) -> Value {
    let (option, case) = (&answered.option, &answered.answers.case);
    let levers: Vec<&str> = option.levers.iter().map(|lever| case.levers[lever.0].id.as_str()).collect();
    let costs = answered.costs.iter().map(|(owner, cost)| {
        json!({ "owner": owner.map(|owner| actor_id(case, owner)), "cost": Amount::from(*cost).to_f64() })
    });
    json!({
        "id": if option.id.is_empty() { None } else { Some(&option.id) },
        "name": option.name,
        "actor": option.actor.map(|actor| actor_id(case, actor)),
        "levers": levers,
        "reading": option.reading.map(|reading| case.readings[reading.0].id.as_str()),
        "edits": option.edits.iter().map(|edit| edit.text.as_str()).collect::<Vec<_>>(),
        "costs": costs.collect::<Vec<_>>(),
        "measures": measures(&answered.answers),
        "changes": changes(comparison, answered),
    })
}

fn changes(comparison: &Comparison, answered: &OptionAnswers) -> Value {
    let case = &answered.answers.case;
    let tables = comparison.tables(answered).filter(|(.., change)| *change != TableChange::Same);
    let tables = tables.map(|(track, deals, before, after, change)| {
        json!({
            "track": case.tracks[track.0].id,
            "deals": deals_word(deals),
            "change": change.word(),
            "before": before.acceptable(),
            "after": after.acceptable(),
        })
    });
    let blocking = comparison.tables(answered).filter(|(_, _, _, after, _)| after.is_blocked());
    let blocking = blocking.map(|(track, deals, before, after, _)| {
        let change = BlockingChange::between(before, after);
        let sets = |sets: &[Vec<Constraint>]| sets.iter().map(|set| ids(case, set)).collect::<Vec<_>>();
        json!({
            "track": case.tracks[track.0].id,
            "deals": deals_word(deals),
            "still": sets(&change.still),
            "new": sets(&change.new),
            "gone": sets(&change.gone),
        })
    });
    let gains = comparison.gains(answered).into_iter().map(|(actor, gain)| (actor_id(case, actor), number(&gain)));
    let claims = comparison.claims(answered).into_iter().map(
        |(claim, before, after)| json!({ "id": case.claims[claim].id, "before": before.word(), "after": after.word() }),
    );
    json!({
        "tables": tables.collect::<Vec<_>>(),
        "blocking": blocking.collect::<Vec<_>>(),
        "gains": gains.collect::<Map<_, _>>(),
        "revalued": comparison.revalued(answered).into_iter().map(|actor| actor_id(case, actor)).collect::<Vec<_>>(),
        "claims": claims.collect::<Vec<_>>(),
    })
}

/// What a case comes to.
pub(super) fn measures(answers: &Answers) -> Value {
    let case = &answers.case;
    let tables = answers.tables().map(|(track, deals, table)| {
        let mut entry = table_object(case, table);
        entry["track"] = json!(case.tracks[track.0].id);
        entry["deals"] = json!(deals_word(deals));
        entry
    });
    let frameworks = (0..case.frameworks.len())
        .map(FrameworkId)
        .map(|framework| (case.frameworks[framework.0].id.clone(), framework_object(answers, framework)));
    let claims =
        answers.claims.iter().map(|result| (case.claims[result.claim].id.clone(), json!(result.status.word())));
    json!({
        "tables": tables.collect::<Vec<_>>(),
        "frameworks": frameworks.collect::<Map<_, _>>(),
        "end": end_object(answers),
        "claims": claims.collect::<Map<_, _>>(),
    })
}

fn table_object(case: &Case, table: &TableBrief) -> Value {
    if let Some(refusal) = table.refusal() {
        return json!({ "not_computed": refusal.to_string() });
    }
    let blocked = table.blocked();
    let sets = blocked
        .map_or_else(Vec::new, |blocked| blocked.blocking_sets.iter().map(|set| ids(case, &set.constraints)).collect());
    let point = table.bargaining_point().map(|at| {
        let players = at.settlement.players.iter().zip(&at.point.terms.shares).zip(&at.point.votes);
        let shares = players.map(|((player, share), vote)| {
            (actor_id(case, *player), json!({ "share": number(share), "vote": vote.word() }))
        });
        json!({
            "point": if at.is_nash { "nash" } else { "kalai_smorodinsky" },
            "package": package(case, &at.point.package),
            "shares": shares.collect::<Map<_, _>>(),
        })
    });
    json!({
        "has_deal": table.has_deal(),
        "examined": table.settlement.as_ref().ok().map(|settlement| settlement.examined),
        "acceptable_count": table.acceptable(),
        "cause": blocked.map(|blocked| blocked.cause.word()),
        "blockers": sets,
        "terms": point,
    })
}

fn framework_object(answers: &Answers, framework: FrameworkId) -> Value {
    let Some(entry) = answers.framework(framework) else { return json!({ "not_computed": true }) };
    let case = &answers.case;
    let body = &case.frameworks[framework.0];
    let benchmark_id = |benchmark: &BenchmarkId| body.benchmarks[benchmark.0].id.clone();
    let benchmarks = (0..body.benchmarks.len())
        .map(BenchmarkId)
        .map(|benchmark| (benchmark_id(&benchmark), json!(winset_brief::filled_by(answers, framework, benchmark))));
    let stop = entry.stop.as_ref();
    json!({
        "concluded": !entry.conclusions.is_empty(),
        "route": entry.conclusions.first().map(|arrival| steps(case, &arrival.route)),
        "benchmarks": benchmarks.collect::<Map<_, _>>(),
        "together": winset_brief::filled(answers, framework).map(|filled| filled.iter().map(benchmark_id).collect::<Vec<_>>()),
        "missing": stop.map_or_else(Vec::new, |stop| stop.missing.iter().map(benchmark_id).collect::<Vec<_>>()),
        "only_on_assembly": stop.map_or_else(|| json!([]), |stop| ids(case, &stop.only_on_assembly)),
    })
}

fn end_object(answers: &Answers) -> Value {
    let case = &answers.case;
    let end = match &answers.end {
        Ok(end) => end,
        Err(refusal) => return json!({ "not_computed": refusal.to_string() }),
    };
    let worth = end.payoffs.iter().enumerate().filter_map(|(actor, payoff)| {
        let payoff = payoff.as_ref()?;
        let value = json!({
            "here": number(&payoff.here),
            "today": number(&payoff.today),
            "worst": number(&payoff.worst),
            "best": number(&payoff.best),
        });
        Some((actor_id(case, ActorId(actor)), value))
    });
    json!({
        "framework": end.framework.map(|framework| case.frameworks[framework.0].id.as_str()),
        "concluded": end.concluded,
        "states": end.states,
        "cut_off": end.cut_off,
        "route": steps(case, &end.route),
        "worth": worth.collect::<Map<_, _>>(),
    })
}
