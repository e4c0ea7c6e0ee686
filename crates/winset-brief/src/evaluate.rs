//! Evaluates checks. A part that cannot be decided leaves the whole undecided only where it matters (Kleene 1952).

mod amounts;
mod tables;

use winset_case::{ActorId, Case, Check, Edit, Expression, PackageId, Table, TrackId};
use winset_settle::{
    Amount, Deals, PackageJudgement, PackageVote, Reach, Refusal, Vote, can_open, holds_in, judge_package,
    vote_on_package,
};
use winset_worth::{State, View, holds};

use self::amounts::{compare, compare_shares};
use self::tables::{blocks, empty, no_unlock, unlocked_by};
use crate::called;
use crate::plain::{self, quoted};
use crate::situation::{Reaches, Situation};
use crate::strategic::{dominant, stable};
use crate::words::{actor_name, capital, counted, list, route_words};

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
