//! Evaluates checks. A part that cannot be decided leaves the whole undecided only where it matters (Kleene 1952).

use winset_case::{ActorId, Case, Check, Comparison, Expression, LeverId, PackageId, Table, TrackId, Value};
use winset_settle::{
    Amount, Constraint, Deals, NearMiss, PackageJudgement, Refusal, acceptable_count, can_open, gain_share,
    judge_package, settle, unlock, winset_is_empty,
};
use winset_worth::{State, View, holds};

use crate::words::{list, table_name};

/// A verdict with what it rests on.
pub(crate) struct Finding {
    /// Whether the check holds; `None` if undecided.
    pub(crate) verdict: Option<bool>,
    /// What was found, in words, part by part.
    pub(crate) findings: Vec<String>,
}

impl Finding {
    fn new(verdict: bool, text: String) -> Self {
        Finding { verdict: Some(verdict), findings: vec![text] }
    }

    fn undecided(reason: &dyn std::fmt::Display) -> Self {
        Finding { verdict: None, findings: vec![format!("undecided: {reason}")] }
    }

    fn or_refused(result: Result<Finding, Refusal>) -> Self {
        result.unwrap_or_else(|refusal| Finding::undecided(&refusal))
    }
}

/// Evaluates a check against a case whose edits have been applied.
pub(crate) fn evaluate(case: &Case, check: &Check) -> Finding {
    match check {
        Check::Empty(table) => Finding::or_refused(empty(case, *table)),
        Check::Compare(left, comparison, right) => compare(case, left, *comparison, right),
        Check::Accepts(actor, package, track) => with_judgement(case, *actor, *package, *track, |judged| {
            let does = if judged.accepted { "accepts" } else { "does not accept" };
            let text = format!(
                "{} {does} {}: {}",
                actor_id(case, *actor),
                made_at(case, *package, *track),
                margin_words(case, *actor, &judged)
            );
            Finding::new(judged.accepted, text)
        }),
        Check::Breaks(actor, package, track, line) => with_judgement(case, *actor, *package, *track, |judged| {
            let lines = &case.actors[actor.0].red_lines;
            let broken: Vec<&str> = (0..lines.len())
                .filter(|&index| judged.judgement.breaks(winset_case::RedLineId(index)))
                .map(|index| lines[index].id.as_str())
                .collect();
            let verdict = line.map_or(!broken.is_empty(), |line| judged.judgement.breaks(line));
            let what = if broken.is_empty() { "none of its red lines".to_owned() } else { list(&broken) };
            Finding::new(
                verdict,
                format!("{} breaks {what} of {}", made_at(case, *package, *track), actor_id(case, *actor)),
            )
        }),
        Check::Blocks(table, ids) => Finding::or_refused(blocks(case, *table, ids)),
        Check::NoUnlock(table) => Finding::or_refused(no_unlock(case, *table)),
        Check::UnlockedBy(table, levers) => Finding::or_refused(unlocked_by(case, *table, levers)),
        Check::Satisfies(package, framework, benchmark, reading) => {
            let expression = match benchmark {
                Some(benchmark) => Expression::Benchmark(*framework, *benchmark, *reading),
                None => Expression::Satisfied(*framework, *reading),
            };
            let outcome = case.outcome(*package);
            let today = State::today(case);
            let verdict =
                holds(&expression, &View { case, outcome: Some(&outcome), concluded: &today.concluded, deal: None });
            let does = if verdict { "meets" } else { "does not meet" };
            Finding::new(
                verdict,
                format!("{} {does} {}", case.packages[package.0].id, case.condition_text(&expression)),
            )
        }
        Check::Undecidable(needs) => Finding::undecided(&format!("it needs {needs}, which this version does not have")),
        Check::With(inner, edits) => {
            let mut edited = case.clone();
            edited.apply(edits);
            let mut finding = evaluate(&edited, inner);
            let texts: Vec<&str> = edits.iter().map(|edit| edit.text.as_str()).collect();
            finding.findings.iter_mut().for_each(|text| *text = format!("with {}: {text}", texts.join("; ")));
            finding
        }
        Check::Not(inner) => {
            let finding = evaluate(case, inner);
            Finding { verdict: finding.verdict.map(|holds| !holds), ..finding }
        }
        Check::And(parts) => join(case, parts, false),
        Check::Or(parts) => join(case, parts, true),
    }
}

/// The verdict of [`evaluate`] alone, where nobody reads what was found.
pub(crate) fn verdict(case: &Case, check: &Check) -> Option<bool> {
    match check {
        Check::NoUnlock(table) => can_open(case, table.track, deals(*table)).ok().map(|opens| !opens),
        Check::With(inner, edits) => {
            let mut edited = case.clone();
            edited.apply(edits);
            verdict(&edited, inner)
        }
        Check::Not(inner) => verdict(case, inner).map(|holds| !holds),
        Check::And(parts) | Check::Or(parts) => {
            let decisive = matches!(check, Check::Or(_));
            let mut whole = Some(!decisive);
            for part in parts {
                match verdict(case, part) {
                    Some(found) if found == decisive => return Some(decisive),
                    None => whole = None,
                    Some(_) => {}
                }
            }
            whole
        }
        other => evaluate(case, other).verdict,
    }
}

/// All of the parts, or any of them: one part that is `decisive` decides, else one undecided part leaves the whole undecided.
fn join(case: &Case, parts: &[Check], decisive: bool) -> Finding {
    let parts: Vec<Finding> = parts.iter().map(|part| evaluate(case, part)).collect();
    let verdict = if parts.iter().any(|part| part.verdict == Some(decisive)) {
        Some(decisive)
    } else if parts.iter().any(|part| part.verdict.is_none()) {
        None
    } else {
        Some(!decisive)
    };
    Finding { verdict, findings: parts.into_iter().flat_map(|part| part.findings).collect() }
}

fn deals(table: Table) -> Deals {
    if table.concluding { Deals::Concluding } else { Deals::Mandate }
}

fn actor_id(case: &Case, actor: ActorId) -> &str {
    &case.actors[actor.0].id
}

fn made_at(case: &Case, package: PackageId, track: TrackId) -> String {
    format!("{} at {}", case.packages[package.0].id, case.tracks[track.0].id)
}

fn empty(case: &Case, table: Table) -> Result<Finding, Refusal> {
    let empty = winset_is_empty(case, table.track, deals(table))?;
    let what = if empty { "no package is acceptable" } else { "some package is acceptable" };
    Ok(Finding::new(empty, format!("{}: {what}", table_name(case, table.track, deals(table)))))
}

fn blocks(case: &Case, table: Table, ids: &[String]) -> Result<Finding, Refusal> {
    let settlement = settle(case, table.track, deals(table))?;
    let name = table_name(case, table.track, deals(table));
    let Some(blocked) = settlement.blocked else {
        return Ok(Finding::new(
            false,
            format!("{name}: nothing blocks, {} packages are acceptable", settlement.acceptable_count),
        ));
    };
    let sets: Vec<Vec<String>> = blocked
        .blocking_sets
        .iter()
        .map(|set| {
            let mut ids: Vec<String> = set.constraints.iter().map(|constraint| constraint.id(case)).collect();
            ids.sort();
            ids
        })
        .collect();
    let verdict = sets.iter().any(|set| set == ids);
    let written: Vec<String> = sets.iter().map(|set| format!("{{{}}}", set.join(", "))).collect();
    let what = if written.is_empty() {
        format!("empty by {}", blocked.cause.word())
    } else {
        format!("the minimal blocking sets are {}", written.join(", "))
    };
    Ok(Finding::new(verdict, format!("{name}: {what}")))
}

fn no_unlock(case: &Case, table: Table) -> Result<Finding, Refusal> {
    let unlock = unlock(case, table.track, deals(table))?;
    let name = table_name(case, table.track, deals(table));
    let text = if let Some(first) = unlock.minimal.first() {
        format!("{name}: opened by {}", lever_set(case, first))
    } else {
        let near = unlock.near_misses.iter().min_by_key(|miss| Amount::of_units(miss.missing, miss.unit));
        let near = near.map_or_else(String::new, |miss| format!("; {}", near_miss(case, miss)));
        format!(
            "{name}: none of the {} combinations of the {} levers that touch it opens it{near}",
            unlock.combinations,
            unlock.relevant.len()
        )
    };
    Ok(Finding::new(unlock.minimal.is_empty(), text))
}

fn near_miss(case: &Case, miss: &NearMiss) -> String {
    let missing = Amount::of_units(miss.missing, miss.unit).figures();
    format!("nearest is {}, still {missing} short with {}", actor_id(case, miss.actor), lever_set(case, &miss.levers))
}

fn lever_set(case: &Case, levers: &[LeverId]) -> String {
    let names: Vec<&str> = levers.iter().map(|lever| case.levers[lever.0].id.as_str()).collect();
    if names.is_empty() { "no lever at all".to_owned() } else { list(&names) }
}

fn unlocked_by(case: &Case, table: Table, levers: &[LeverId]) -> Result<Finding, Refusal> {
    let mut used = case.clone();
    for (index, lever) in used.levers.iter_mut().enumerate() {
        lever.on = levers.contains(&LeverId(index));
    }
    let opened = !winset_is_empty(&used, table.track, deals(table))?;
    let what = if opened { "some package is acceptable" } else { "no package is acceptable" };
    Ok(Finding::new(
        opened,
        format!("{} with {}: {what}", table_name(case, table.track, deals(table)), lever_set(case, levers)),
    ))
}

fn with_judgement(
    case: &Case,
    actor: ActorId,
    package: PackageId,
    track: TrackId,
    then: impl FnOnce(PackageJudgement) -> Finding,
) -> Finding {
    match judge_package(case, actor, package, track) {
        Ok(Some(judged)) => then(judged),
        Ok(None) => Finding::undecided(&format!("{} has no preferences", actor_id(case, actor))),
        Err(refusal) => Finding::undecided(&refusal),
    }
}

/// The margin and what it is made of.
fn margin_words(case: &Case, actor: ActorId, judged: &PackageJudgement) -> String {
    let judgement = &judged.judgement;
    let figures = |units: i128| Amount::of_units(units, judged.unit).figures();
    let broken: Vec<String> = case.actors[actor.0]
        .red_lines
        .iter()
        .enumerate()
        .filter(|(index, _)| judgement.breaks(winset_case::RedLineId(*index)))
        .map(|(index, _)| Constraint::RedLine(actor, winset_case::RedLineId(index)).id(case))
        .collect();
    let mut parts = vec![format!("worth {} against {}", figures(judgement.worth), figures(judgement.reservation))];
    if judgement.pressure != 0 {
        parts.push(format!("pressure {}", figures(judgement.pressure)));
    }
    if judgement.price != 0 {
        parts.push(format!("prices {}", figures(judgement.price)));
    }
    if !broken.is_empty() {
        parts.push(format!("breaks {}", list(&broken)));
    }
    let margin = judgement.margin().map_or(Amount::MinusInfinity, |margin| Amount::of_units(margin, judged.unit));
    format!("margin {} ({})", margin.figures(), parts.join(", "))
}

fn compare(case: &Case, left: &Value, comparison: Comparison, right: &Value) -> Finding {
    match (amount(case, left), amount(case, right)) {
        (Ok((left_amount, left_words)), Ok((right_amount, right_words))) => {
            let verdict = comparison.holds(left_amount.cmp(&right_amount));
            Finding { verdict: Some(verdict), findings: [left_words, right_words].into_iter().flatten().collect() }
        }
        (Err(reason), _) | (_, Err(reason)) => Finding::undecided(&reason),
    }
}

/// A value, and what it is in words unless it was written out.
fn amount(case: &Case, value: &Value) -> Result<(Amount, Option<String>), String> {
    let refused = |refusal: Refusal| refusal.to_string();
    match value {
        Value::Number(number) => Ok((Amount::from(*number), None)),
        Value::Count(table) => {
            let count = acceptable_count(case, table.track, deals(*table)).map_err(refused)?;
            Ok((
                Amount::from(count),
                Some(format!("{}: {count} acceptable packages", table_name(case, table.track, deals(*table)))),
            ))
        }
        Value::Margin(actor, package, track) => {
            let judged = judge_package(case, *actor, *package, *track).map_err(refused)?;
            let judged = judged.ok_or_else(|| format!("{} has no preferences", actor_id(case, *actor)))?;
            let margin =
                judged.judgement.margin().map_or(Amount::MinusInfinity, |margin| Amount::of_units(margin, judged.unit));
            let words = format!(
                "{} for {}: {}",
                actor_id(case, *actor),
                made_at(case, *package, *track),
                margin_words(case, *actor, &judged)
            );
            Ok((margin, Some(words)))
        }
        Value::Terms(actor, package, track) => {
            let share = gain_share(case, *actor, *package, *track).map_err(refused)?;
            let (share, over_accepted) =
                share.ok_or_else(|| format!("{} has no preferences", actor_id(case, *actor)))?;
            let share = Amount::from(share);
            let of = if over_accepted {
                "the best it could have there"
            } else {
                "its ideal, since the seats there accept nothing"
            };
            let words = format!(
                "{} gains {} of {of} from {}",
                actor_id(case, *actor),
                share.figures(),
                made_at(case, *package, *track)
            );
            Ok((share, Some(words)))
        }
        Value::With(inner, edits) => {
            let mut edited = case.clone();
            edited.apply(edits);
            let texts: Vec<&str> = edits.iter().map(|edit| edit.text.as_str()).collect();
            let (amount, words) = amount(&edited, inner)?;
            Ok((amount, words.map(|words| format!("with {}: {words}", texts.join("; ")))))
        }
    }
}
