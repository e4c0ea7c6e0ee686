//! Evaluates checks. A part that cannot be decided leaves the whole undecided only where it matters (Kleene 1952).

use winset_case::{ActorId, Case, Check, Comparison, Edit, Expression, LeverId, PackageId, Table, TrackId, Value};
use winset_settle::large::{Found, settle_large};
use winset_settle::{
    Amount, Deals, NearMiss, PackageJudgement, PackageVote, Reach, Refusal, Vote, acceptable_count, can_open,
    gain_share, holds_in, judge_package, settle, unlock, vote_on_package, winset_is_empty,
};
use winset_worth::{State, View, holds};

use crate::called;
use crate::draws::Share;
use crate::plain::{self, quoted};
use crate::situation::{Reaches, Situation};
use crate::strategic::{aspiration, dominant, stable};
use crate::unfold;
use crate::words::{actor_name, capital, counted, list, reason, route_words};

/// A verdict with what it rests on.
pub(crate) struct Finding {
    /// Whether the check holds; `None` if undecided.
    pub(crate) verdict: Option<bool>,
    /// What was found, in words, part by part.
    pub(crate) findings: Vec<String>,
}

impl Finding {
    pub(crate) fn new(verdict: bool, mut text: String) -> Self {
        text = capital(&text);
        Finding { verdict: Some(verdict), findings: vec![text] }
    }

    pub(crate) fn undecided(reason: &dyn std::fmt::Display) -> Self {
        Finding { verdict: None, findings: vec![format!("Undecided: {reason}.")] }
    }

    fn or_refused(result: Result<Finding, Refusal>) -> Self {
        result.unwrap_or_else(|refusal| Finding::undecided(&refusal))
    }
}

/// Evaluates a check in a situation.
pub(crate) fn evaluate(situation: &Situation<'_>, check: &Check) -> Finding {
    let case = &situation.case;
    match check {
        Check::Empty(table) => Finding::or_refused(empty(case, *table)),
        Check::Compare(left, comparison, right) if left.is_simulated() || right.is_simulated() => {
            compare_shares(situation, left, *comparison, right)
        }
        Check::Compare(left, comparison, right) => compare(situation, left, *comparison, right),
        Check::Passes(package, track) => with_vote(case, *package, *track, |vote| {
            let does = if vote.passes { "passes" } else { "does not pass" };
            let made = made_at(case, *package, *track);
            Finding::new(vote.passes, format!("{made} {does} ({}).", vote_words(case, vote)))
        }),
        Check::Imposed(actor, package, track) => with_vote(case, *package, *track, |vote| {
            let imposed = vote.imposed.iter().find(|imposed| imposed.actor == *actor);
            let (made, name) = (made_at(case, *package, *track), called::actor(case, *actor));
            let text = match imposed {
                _ if !vote.passes => format!("{made} does not pass ({}).", vote_words(case, vote)),
                None => format!("{made} is not imposed on {name}, who consents or is left no worse off."),
                Some(imposed) => {
                    let loss = Amount::of_units(imposed.loss, imposed.unit).figures();
                    format!(
                        "{made} is imposed on {name} ({}), and leaves it {loss} below what it has without.",
                        imposed.part.word()
                    )
                }
            };
            Finding::new(vote.passes && imposed.is_some(), text)
        }),
        Check::Accepts(actor, package, track) => with_judgement(case, *actor, *package, *track, |judged| {
            let does = if judged.accepted { "accepts" } else { "refuses" };
            let made = made_at(case, *package, *track);
            let text =
                format!("{} {does} {made}: {}.", called::actor(case, *actor), margin_words(case, *actor, &judged));
            Finding::new(judged.accepted, text)
        }),
        Check::Breaks(actor, package, track, line) => with_judgement(case, *actor, *package, *track, |judged| {
            let lines = &case.actors[actor.0].red_lines;
            let broken: Vec<String> = (0..lines.len())
                .filter(|&index| judged.judgement.breaks(winset_case::RedLineId(index)))
                .map(|index| quoted(&lines[index].id))
                .collect();
            let verdict = line.map_or(!broken.is_empty(), |line| judged.judgement.breaks(line));
            let (made, name) = (made_at(case, *package, *track), called::actor(case, *actor));
            let lines = if broken.len() == 1 { "line" } else { "lines" };
            let text = match broken.as_slice() {
                [] => format!("{made} crosses no red line of {name}."),
                broken => format!("{made} crosses the red {lines} {} of {name}.", list(broken)),
            };
            Finding::new(verdict, text)
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
            let is = if verdict { "true" } else { "not true" };
            let name = called::package(case, *package);
            let asks = plain::expression(case, &expression);
            Finding::new(verdict, format!("Of {name} it is {is} that {asks}."))
        }
        Check::Reachable(expression) => {
            let text = plain::expression(case, expression);
            from_reach(situation, &text, |reach| reach.first(|state| holds_in(case, state, expression)))
        }
        Check::Delivers(track, framework, benchmark) => {
            let framework_body = &case.frameworks[framework.0];
            let benchmark_id = &framework_body.benchmarks[benchmark.0].id;
            let track_name = called::track(case, *track);
            let text = format!("{track_name} fills {benchmark_id} of {}", framework_body.in_sentence);
            from_reach(situation, &text, |reach| reach.delivers(*framework, *benchmark, *track))
        }
        Check::Stable(state, concept, actor) => stable(situation, state, *concept, *actor),
        Check::Dominant(actor) => dominant(situation, *actor),
        Check::Undecidable(needs) => Finding::undecided(&format!("it needs {needs}, which this version does not have")),
        Check::With(inner, edits) => {
            let mut finding = evaluate(&situation.under(edits), inner);
            finding.findings.iter_mut().for_each(|text| *text = under_edits(case, edits, text));
            finding
        }
        Check::Not(inner) => {
            let finding = evaluate(situation, inner);
            Finding { verdict: finding.verdict.map(|holds| !holds), ..finding }
        }
        Check::And(parts) => join(parts.iter().map(|part| evaluate(situation, part)).collect(), false),
        Check::Or(parts) => join(parts.iter().map(|part| evaluate(situation, part)).collect(), true),
    }
}

/// Whether something is found among what deals can reach, and after which deals.
fn from_reach(situation: &Situation<'_>, what: &str, find: impl FnOnce(&Reach) -> Option<usize>) -> Finding {
    match situation.reach() {
        Err(refusal) => Finding::undecided(&refusal),
        Ok(reach) => match find(&reach) {
            Some(state) => {
                let route = route_words(&situation.case, &reach.route(state));
                Finding::new(true, format!("Deals lead to where {what}, {route}."))
            }
            None if reach.cut_off => Finding::undecided(&format!(
                "where {what} was not found before the walk was cut off at {} states",
                reach.states.len()
            )),
            None => Finding::new(
                false,
                format!("In none of the {} that deals can reach {what}.", counted(reach.states.len() as u64, "state")),
            ),
        },
    }
}

/// The verdict of [`evaluate`] alone, where nobody reads what was found.
pub(crate) fn verdict(situation: &Situation<'_>, check: &Check) -> Option<bool> {
    match check {
        Check::NoUnlock(table) => can_open(&situation.case, table.track, deals(*table)).ok().map(|opens| !opens),
        Check::With(inner, edits) => verdict(&situation.under(edits), inner),
        Check::Not(inner) => verdict(situation, inner).map(|holds| !holds),
        Check::And(parts) | Check::Or(parts) => {
            let decisive = matches!(check, Check::Or(_));
            let mut whole = Some(!decisive);
            for part in parts {
                match verdict(situation, part) {
                    Some(found) if found == decisive => return Some(decisive),
                    None => whole = None,
                    Some(_) => {}
                }
            }
            whole
        }
        other => evaluate(situation, other).verdict,
    }
}

/// As [`verdict`], of a case nothing is known about yet.
pub(crate) fn verdict_alone(case: &Case, check: &Check) -> Option<bool> {
    verdict(&Situation::new(case, &Reaches::default()), check)
}

/// As [`evaluate`], as far as it takes to break it: of several parts that must all hold, no further than the first that fails.
pub(crate) fn evaluate_until_broken(situation: &Situation<'_>, check: &Check) -> Finding {
    let Check::And(parts) = check else { return evaluate(situation, check) };
    let mut holding = Vec::new();
    for part in parts {
        let found = evaluate_until_broken(situation, part);
        if found.verdict == Some(false) {
            return found;
        }
        holding.push(found);
    }
    join(holding, false)
}

/// All of the parts, or any of them: one part that is `decisive` decides, else one undecided part leaves the whole undecided.
fn join(parts: Vec<Finding>, decisive: bool) -> Finding {
    let verdict = if parts.iter().any(|part| part.verdict == Some(decisive)) {
        Some(decisive)
    } else if parts.iter().any(|part| part.verdict.is_none()) {
        None
    } else {
        Some(!decisive)
    };
    // What decides it is said first, and the same thing found twice once.
    let (first, others): (Vec<Finding>, Vec<Finding>) = parts.into_iter().partition(|part| part.verdict == verdict);
    let mut findings: Vec<String> = Vec::new();
    for found in first.into_iter().chain(others).flat_map(|part| part.findings) {
        if !findings.contains(&found) {
            findings.push(found);
        }
    }
    Finding { verdict, findings }
}

pub(crate) fn deals(table: Table) -> Deals {
    if table.concluding { Deals::Concluding } else { Deals::Mandate }
}

fn made_at(case: &Case, package: PackageId, track: TrackId) -> String {
    format!("{} at {}", called::package(case, package), called::track(case, track))
}

/// What was found under edits.
fn under_edits(case: &Case, edits: &[Edit], found: &str) -> String {
    let edits: Vec<String> = edits.iter().map(|edit| plain::edit(case, edit)).collect();
    format!("If one {}: {found}", list(&edits))
}

fn empty(case: &Case, table: Table) -> Result<Finding, Refusal> {
    let empty = winset_is_empty(case, table.track, deals(table))?;
    let what = if empty { "No package is acceptable" } else { "Some package is acceptable" };
    Ok(Finding::new(empty, format!("{what} at {}.", called::table(case, table.track, deals(table)))))
}

fn blocks(case: &Case, table: Table, ids: &[String]) -> Result<Finding, Refusal> {
    let name = called::table(case, table.track, deals(table));
    let open =
        |count: &str| Ok(Finding::new(false, format!("Nothing blocks at {name}: {count} packages are acceptable.")));
    let blocked = match settle(case, table.track, deals(table)) {
        Ok(settlement) => match settlement.blocked {
            Some(blocked) => blocked,
            None => return open(&settlement.acceptable_count.to_string()),
        },
        Err(Refusal::TooManyPackages { .. }) => match settle_large(case, table.track, deals(table))?.found {
            Found::Blocked { reasons, .. } => reasons?.blocked,
            Found::Open(_) => return open("some"),
            Found::Undecided(refusal) => return Err(refusal),
        },
        Err(refusal) => return Err(refusal),
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
    let written: Vec<String> = blocked
        .blocking_sets
        .iter()
        .map(|set| plain::demand_names(case, &set.constraints, &|_, name| name.to_owned()))
        .collect();
    let text = if written.is_empty() {
        format!("There is no deal at {name}: {}.", reason(case, table.track, &blocked))
    } else {
        format!("What rules a deal out at {name}: {}.", written.join("; or "))
    };
    Ok(Finding::new(verdict, text))
}

fn no_unlock(case: &Case, table: Table) -> Result<Finding, Refusal> {
    let unlock = unlock(case, table.track, deals(table))?;
    let name = called::table(case, table.track, deals(table));
    let text = if let Some(first) = unlock.minimal.first() {
        format!("{name} is opened by {}.", capital(&lever_set(case, first)))
    } else {
        let near = unlock.near_misses.iter().min_by_key(|miss| Amount::of_units(miss.missing, miss.unit));
        let near = near.map_or_else(String::new, |miss| format!("; {}", near_miss(case, miss)));
        format!(
            "None of {} of the {} that touch it opens {name}{near}.",
            counted(unlock.combinations, "combination"),
            counted(unlock.relevant.len() as u64, "lever")
        )
    };
    Ok(Finding::new(unlock.minimal.is_empty(), text))
}

fn near_miss(case: &Case, miss: &NearMiss) -> String {
    let missing = Amount::of_units(miss.missing, miss.unit).figures();
    format!(
        "nearest is {}, still {missing} short with {}",
        called::actor(case, miss.actor),
        lever_set(case, &miss.levers)
    )
}

fn lever_set(case: &Case, levers: &[LeverId]) -> String {
    let names: Vec<String> = levers.iter().map(|lever| plain::in_quotes(&case.levers[lever.0].name)).collect();
    if names.is_empty() { "no lever at all".to_owned() } else { list(&names) }
}

fn unlocked_by(case: &Case, table: Table, levers: &[LeverId]) -> Result<Finding, Refusal> {
    let mut used = case.clone();
    for (index, lever) in used.levers.iter_mut().enumerate() {
        lever.on = levers.contains(&LeverId(index));
    }
    let opened = !winset_is_empty(&used, table.track, deals(table))?;
    let what = if opened { "some package is acceptable" } else { "no package is acceptable" };
    let name = called::table(case, table.track, deals(table));
    Ok(Finding::new(opened, format!("With {} {what} at {name}.", lever_set(case, levers))))
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
        Ok(None) => Finding::undecided(&format!("{} has no preferences", called::actor(case, actor))),
        Err(refusal) => Finding::undecided(&refusal),
    }
}

fn with_vote(case: &Case, package: PackageId, track: TrackId, then: impl FnOnce(&PackageVote) -> Finding) -> Finding {
    vote_on_package(case, package, track).map_or_else(|refusal| Finding::undecided(&refusal), |vote| then(&vote))
}

/// Who votes how.
fn vote_words(case: &Case, vote: &PackageVote) -> String {
    let of = |wanted: Vote| -> Vec<&str> {
        vote.votes.iter().filter(|(_, vote)| *vote == wanted).map(|(actor, _)| actor_name(case, *actor)).collect()
    };
    let parts = [Vote::Yes, Vote::Abstains, Vote::No].into_iter().filter(|vote| !of(*vote).is_empty());
    let parts: Vec<String> = parts.map(|vote| format!("{}: {}", vote.word(), of(vote).join(", "))).collect();
    if parts.is_empty() { "nobody votes".to_owned() } else { parts.join("; ") }
}

/// What a package is worth to an actor, what it asks for, and what is left.
fn margin_words(case: &Case, actor: ActorId, judged: &PackageJudgement) -> String {
    let judgement = &judged.judgement;
    let figures = |units: i128| Amount::of_units(units, judged.unit).figures();
    let lines = &case.actors[actor.0].red_lines;
    let broken: Vec<String> = (0..lines.len())
        .filter(|index| judgement.breaks(winset_case::RedLineId(*index)))
        .map(|index| quoted(&lines[index].id))
        .collect();
    let mut parts =
        vec![format!("worth {} to it against {} without", figures(judgement.worth), figures(judgement.reservation))];
    if judgement.pressure != 0 {
        parts.push(format!("{} of pressure", figures(judgement.pressure)));
    }
    let crossed = || format!("the red line{} {}", if broken.len() == 1 { "" } else { "s" }, list(&broken));
    match judgement.margin() {
        None => format!("it crosses {}, which no price moves ({})", crossed(), parts.join(", ")),
        Some(margin) => {
            if judgement.price != 0 {
                parts.push(format!("{} that it would cost to cross {}", figures(judgement.price), crossed()));
            }
            let left = if margin < 0 {
                format!("{} short", figures(-margin))
            } else {
                format!("{} to the good", figures(margin))
            };
            format!("{left} ({})", parts.join(", "))
        }
    }
}

fn compare(situation: &Situation<'_>, left: &Value, comparison: Comparison, right: &Value) -> Finding {
    match (amount(situation, left), amount(situation, right)) {
        (Ok((left_amount, left_words)), Ok((right_amount, right_words))) => {
            let verdict = comparison.holds(left_amount.cmp(&right_amount));
            Finding { verdict: Some(verdict), findings: [left_words, right_words].into_iter().flatten().collect() }
        }
        (Err(reason), _) | (_, Err(reason)) => Finding::undecided(&reason),
    }
}

/// Compares shares of runs with numbers or with one another. A share whose 95 % interval takes in the number it is compared with is not decided.
fn compare_shares(situation: &Situation<'_>, left: &Value, comparison: Comparison, right: &Value) -> Finding {
    let (left, right) = match (share_of_runs(situation, left), share_of_runs(situation, right)) {
        (Ok(left), Ok(right)) => (left, right),
        (Err(reason), _) | (_, Err(reason)) => return Finding::undecided(&reason),
    };
    let findings: Vec<String> = [&left.words, &right.words].into_iter().flatten().cloned().collect();
    let takes_in = |of: &RunShare, number: f64| of.interval.is_some_and(|(low, high)| low < number && number < high);
    let close = (right.interval.is_none() && takes_in(&left, right.value))
        || (left.interval.is_none() && takes_in(&right, left.value));
    if close {
        let mut findings = findings;
        findings.push("Undecided: too close to call with so many runs.".to_owned());
        return Finding { verdict: None, findings };
    }
    Finding { verdict: Some(comparison.holds(left.value.total_cmp(&right.value))), findings }
}

/// A share of runs, or a number it is compared with.
struct RunShare {
    value: f64,
    interval: Option<(f64, f64)>,
    words: Option<String>,
}

fn share_of_runs(situation: &Situation<'_>, value: &Value) -> Result<RunShare, String> {
    let case = &situation.case;
    let counted = |share: &Share, what: String| {
        let value = share.share().ok_or_else(|| format!("{what}: no run comes to that"))?;
        let words = format!("{}, {what}.", capital(&unfold::share_of_runs(share)));
        Ok(RunShare { value, interval: share.interval(), words: Some(words) })
    };
    match value {
        Value::Number(number) => Ok(RunShare { value: number.to_f64(), interval: None, words: None }),
        Value::Share(condition, among) => {
            let tally = situation.tally()?;
            let holds = |state: &State, condition: &Expression| unfold::holds_at(case, state, condition);
            let of = |state: &State| among.as_ref().is_none_or(|among| holds(state, among));
            let all = tally.ends_where(|_, state| of(state));
            let those = tally.ends_where(|_, state| of(state) && holds(state, condition));
            let text = plain::expression(case, condition);
            let what = match among {
                Some(among) => format!("of those that end where {}, at the end {text}", plain::expression(case, among)),
                None => format!("at the end {text}"),
            };
            counted(&Share { holds: those, fails: all - those, undecided: 0 }, what)
        }
        Value::Ends(end) => {
            let tally = situation.tally()?;
            let those = tally.ends_where(|ending, _| ending.word() == end.word());
            counted(&unfold::share(those, tally.runs), format!("the end is {}", end.word()))
        }
        Value::Fate(track, fate) => {
            let tally = situation.tally()?;
            let fates = winset_simulate::Fate::ALL.into_iter().zip(tally.tracks[track.0].fates);
            let those = fates.filter(|(other, _)| other.word() == fate.word()).map(|(_, runs)| runs).sum();
            let what = format!("{} ends {}", called::track(case, *track), fate.word());
            counted(&unfold::share(those, tally.runs), what)
        }
        Value::With(inner, edits) => {
            let mut share = share_of_runs(&situation.under(edits), inner)?;
            share.words = share.words.map(|words| under_edits(case, edits, &words));
            Ok(share)
        }
        _ => Err("shares of runs can be compared with numbers and with one another only".to_owned()),
    }
}

/// A value, and what it is in words unless it was written out.
fn amount(situation: &Situation<'_>, value: &Value) -> Result<(Amount, Option<String>), String> {
    let case = &situation.case;
    let refused = |refusal: Refusal| refusal.to_string();
    match value {
        Value::Number(number) => Ok((Amount::from(*number), None)),
        Value::Count(table) => {
            let count = acceptable_count(case, table.track, deals(*table)).map_err(refused)?;
            Ok((
                Amount::from(count),
                Some(format!(
                    "{} acceptable at {}.",
                    counted(count, "package"),
                    called::table(case, table.track, deals(*table))
                )),
            ))
        }
        Value::Durable(table) => {
            let settlement = settle(case, table.track, deals(*table)).map_err(refused)?;
            let count = settlement.acceptable_count;
            let (durable, carried) = match &settlement.durability {
                Some(durability) => (durability.durable_count, "those behind the seats accept as well"),
                None if count == 0 => (0, "none is acceptable"),
                None => (count, "nobody stands behind the seats who could refuse"),
            };
            let name = called::table(case, table.track, deals(*table));
            Ok((
                Amount::from(durable),
                Some(format!("At {name} {durable} of {count} acceptable packages are durable ({carried}).")),
            ))
        }
        Value::Margin(actor, package, track) => {
            let judged = judge_package(case, *actor, *package, *track).map_err(refused)?;
            let judged = judged.ok_or_else(|| format!("{} has no preferences", called::actor(case, *actor)))?;
            let margin =
                judged.judgement.margin().map_or(Amount::MinusInfinity, |margin| Amount::of_units(margin, judged.unit));
            let made = made_at(case, *package, *track);
            let words =
                format!("For {} {made} is {}.", called::actor(case, *actor), margin_words(case, *actor, &judged));
            Ok((margin, Some(words)))
        }
        Value::Distance(actor, package, track) => {
            let (margin, words) = amount(situation, &Value::Margin(*actor, *package, *track))?;
            Ok((margin.shortfall(), words))
        }
        Value::Terms(actor, package, track) => {
            let share = gain_share(case, *actor, *package, *track).map_err(refused)?;
            let (share, over_accepted) =
                share.ok_or_else(|| format!("{} has no preferences", called::actor(case, *actor)))?;
            let share = Amount::from(share);
            let of = if over_accepted {
                "the best it could have there"
            } else {
                "its ideal, since the seats there accept nothing"
            };
            let words = format!(
                "{} gains {} of {of} from {}.",
                capital(called::actor(case, *actor)),
                share.figures(),
                made_at(case, *package, *track)
            );
            Ok((share, Some(words)))
        }
        Value::Aspiration(actor, over) => {
            let (amount, words) = aspiration(situation, *actor, *over)?;
            Ok((amount, Some(words)))
        }
        Value::Share(..) | Value::Ends(_) | Value::Fate(..) => Err("it takes simulated runs".to_owned()),
        Value::With(inner, edits) => {
            let (amount, words) = amount(&situation.under(edits), inner)?;
            Ok((amount, words.map(|words| under_edits(case, edits, &words))))
        }
    }
}
