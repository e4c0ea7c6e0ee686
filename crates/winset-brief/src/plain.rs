//! Conditions and edits in plain words, with the names of the case; where there are no plain words for one, as it is written.

use winset_case::edit::{Change, NumberTarget, Operator};
use winset_case::{
    ActorId, BenchmarkReading, Case, Comparison, Condition, Decimal, Edit, Expression, Fallback, FrameworkId, IssueId,
    Outcome, Status, TrackId,
};
use winset_settle::Constraint;

use crate::numbers::NumberPlace;
use crate::words::list;
use crate::{called, figures};

/// How a condition with a name of its own is called.
pub type Named = fn(&str) -> String;

/// A name in words: its dashes are spaces.
pub fn quoted(id: &str) -> String {
    in_quotes(&id.replace('-', " "))
}

/// A text as it is written, in quotation marks.
pub fn in_quotes(text: &str) -> String {
    format!("“{text}”")
}

/// A condition as a clause: `Transition is real`. Where some part has no plain words, as it is written.
pub fn condition(case: &Case, of: &Condition) -> String {
    condition_naming(case, of, quoted)
}

/// The same with conditions that have a name called otherwise.
pub fn condition_naming(case: &Case, condition: &Condition, named: Named) -> String {
    clause(case, &condition.expression, named).unwrap_or_else(|| format!("`{}`", condition.text.trim()))
}

/// The same of a part of a condition.
pub fn expression(case: &Case, of: &Expression) -> String {
    expression_naming(case, of, quoted)
}

/// The same of a part of a condition, with conditions that have a name called otherwise.
pub fn expression_naming(case: &Case, expression: &Expression, named: Named) -> String {
    clause(case, expression, named).unwrap_or_else(|| format!("`{}`", case.condition_text(expression)))
}

fn clause(case: &Case, expression: &Expression, named: Named) -> Option<String> {
    let actor = |actor: &ActorId| called::actor(case, *actor);
    let options = |issue: &IssueId, options: &[usize]| {
        let options: Vec<String> =
            options.iter().map(|option| in_quotes(&case.issues[issue.0].options[*option])).collect();
        options.join(" or ")
    };
    Some(match expression {
        Expression::OneOf(issue, of) => format!("{} is {}", called::issue(case, *issue), options(issue, of)),
        Expression::Not(inner) => match &**inner {
            Expression::OneOf(issue, of) => format!("{} is not {}", called::issue(case, *issue), options(issue, of)),
            Expression::Concluded(framework) => format!("{} is not concluded", called::framework(case, *framework)),
            Expression::Seated(seated) => format!("{} has no seat there", actor(seated)),
            Expression::Lever(lever) => format!("“{}” is not in use", case.levers[lever.0].name),
            Expression::Changed(issue) => format!("{} stays as today", called::issue(case, *issue)),
            Expression::At(track) => format!("it is not made at {}", called::track(case, *track)),
            _ => return None,
        },
        Expression::Changed(issue) => format!("{} changes", called::issue(case, *issue)),
        Expression::Touched(issue) => format!("it decides on {}", called::issue(case, *issue)),
        Expression::At(track) => format!("it is made at {}", called::track(case, *track)),
        Expression::Auspices(convener) => format!("{} convenes the talks", actor(convener)),
        Expression::Seated(seated) => format!("{} has a seat there", actor(seated)),
        Expression::Parties(comparison, count) => {
            let how_many = match comparison {
                Comparison::Equal => format!("exactly {count}"),
                Comparison::NotEqual => format!("other than {count}"),
                Comparison::Less => format!("fewer than {count}"),
                Comparison::AtMost => format!("at most {count}"),
                Comparison::Greater => format!("more than {count}"),
                Comparison::AtLeast => format!("at least {count}"),
            };
            format!("{how_many} parties sit there")
        }
        Expression::Benchmark(framework, benchmark, reading) => {
            let framework = &case.frameworks[framework.0];
            format!(
                "the benchmark {} of {} is met{}",
                framework.benchmarks[benchmark.0].id,
                framework.in_sentence,
                read(*reading)
            )
        }
        Expression::Satisfied(framework, reading) => {
            format!("all benchmarks of {} are met{}", called::framework(case, *framework), read(*reading))
        }
        Expression::Concluded(framework) => format!("{} is concluded", called::framework(case, *framework)),
        Expression::Lever(lever) => format!("“{}” is in use", case.levers[lever.0].name),
        Expression::Defined(define) => format!("it is {}", named(&case.defines[define.0].id)),
        Expression::And(parts) => {
            let parts: Option<Vec<String>> = parts.iter().map(|part| clause(case, part, named)).collect();
            parts?.join(" and ")
        }
        Expression::Or(parts) if parts.iter().all(|part| !matches!(part, Expression::And(_))) => {
            let parts: Option<Vec<String>> = parts.iter().map(|part| clause(case, part, named)).collect();
            format!("either {}", parts?.join(" or "))
        }
        _ => return None,
    })
}

fn read(reading: Option<BenchmarkReading>) -> String {
    reading.map_or_else(String::new, |reading| format!(", read {}ly", reading.word()))
}

/// A constraint as a clause.
pub fn demand(case: &Case, constraint: Constraint) -> String {
    demand_naming(case, constraint, quoted, &|_, shown| shown.to_owned())
}

/// The same, with conditions that have a name called otherwise, and prices shown otherwise: by their path, as they are written out.
pub fn demand_naming(
    case: &Case,
    constraint: Constraint,
    named: Named,
    price: &dyn Fn(&str, &str) -> String,
) -> String {
    match constraint {
        Constraint::Fallback(actor) => {
            format!("{} takes nothing worth less to it than going without an agreement", called::actor(case, actor))
        }
        Constraint::RedLine(actor, line) => {
            let body = &case.actors[actor.0].red_lines[line.0];
            let price = body.price.as_ref().map_or_else(
                || ", at any price".to_owned(),
                |of| {
                    let path = format!("actor.{}.red_line.{}.price", case.actors[actor.0].id, body.id);
                    format!(", unless it gains at least {} by it", price(&path, &figures::worth(&of.value.into())))
                },
            );
            let refused = condition_naming(case, &body.when, named);
            format!("{} refuses a deal if {refused}{price}", called::actor(case, actor))
        }
        Constraint::Mandate(track, conjunct) => {
            let track = &case.tracks[track.0];
            let part = track.mandate.as_ref();
            let part = part.map_or_else(String::new, |of| expression_naming(case, of.conjuncts()[conjunct], named));
            format!("the mandate of {} asks that {part}", track.in_sentence)
        }
        Constraint::Benchmark(framework, benchmark) => {
            let framework = &case.frameworks[framework.0];
            let benchmark = &framework.benchmarks[benchmark.0];
            let disputed = benchmark.nominal.expression != benchmark.strict.expression;
            let reading = if disputed { format!(" (read {}ly)", framework.reading.word()) } else { String::new() };
            let asks = condition_naming(case, benchmark.under(framework.reading), named);
            format!("{} asks that {asks}{reading}", framework.in_sentence)
        }
    }
}

/// A demand by what it is called.
pub fn demand_name(case: &Case, constraint: Constraint) -> String {
    match constraint {
        Constraint::Fallback(actor) => format!("what {} has without an agreement", called::actor(case, actor)),
        Constraint::RedLine(actor, line) => {
            format!(
                "the red line {} of {}",
                quoted(&case.actors[actor.0].red_lines[line.0].id),
                called::actor(case, actor)
            )
        }
        Constraint::Mandate(track, _) => format!("the mandate of {}", called::track(case, track)),
        Constraint::Benchmark(framework, benchmark) => {
            let framework = &case.frameworks[framework.0];
            format!("the benchmark {} of {}", framework.benchmarks[benchmark.0].id, framework.in_sentence)
        }
    }
}

/// Demands that cannot hold together, by what they are called, each shown as wanted. The benchmarks of a framework are named together.
pub fn demand_names(case: &Case, demands: &[Constraint], show: &dyn Fn(Constraint, &str) -> String) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut named: Vec<FrameworkId> = Vec::new();
    let of_mandate =
        |of: TrackId| demands.iter().filter(|demand| matches!(demand, Constraint::Mandate(at, _) if *at == of)).count();
    for (at, &demand) in demands.iter().enumerate() {
        let Constraint::Benchmark(framework, _) = demand else {
            let name = demand_name(case, demand);
            match demand {
                Constraint::Mandate(track, _) if of_mandate(track) > 1 => {
                    // A mandate of several parts is named with the first of them.
                    let first =
                        !demands[..at].iter().any(|other| matches!(other, Constraint::Mandate(of, _) if *of == track));
                    parts.extend(first.then(|| format!("{} parts of {}", of_mandate(track), show(demand, &name))));
                }
                _ => parts.push(show(demand, &name)),
            }
            continue;
        };
        if named.contains(&framework) {
            continue;
        }
        named.push(framework);
        let benchmarks = demands.iter().filter_map(|&other| match other {
            Constraint::Benchmark(of, benchmark) if of == framework => {
                Some(show(other, &case.frameworks[of.0].benchmarks[benchmark.0].id))
            }
            _ => None,
        });
        let benchmarks: Vec<String> = benchmarks.collect();
        let s = if benchmarks.len() == 1 { "" } else { "s" };
        parts.push(format!("the benchmark{s} {} of {}", list(&benchmarks), called::framework(case, framework)));
    }
    parts.join(", together with ")
}

/// Demands given up, in few words; of one actor they are said together.
pub fn given_up(case: &Case, demands: &[Constraint]) -> String {
    let mut by_whom: Vec<(&str, Vec<String>)> = Vec::new();
    for &demand in demands {
        let (who, what) = gives_up(case, demand);
        match by_whom.iter_mut().find(|(other, _)| *other == who) {
            Some((_, all)) => all.push(what),
            None => by_whom.push((who, vec![what])),
        }
    }
    let said: Vec<String> = by_whom.into_iter().map(|(who, what)| format!("{who} {}", list(&what))).collect();
    list(&said)
}

/// Who gives up a demand, and what that is.
fn gives_up(case: &Case, demand: Constraint) -> (&str, String) {
    match demand {
        Constraint::Fallback(actor) => {
            (called::actor(case, actor), "accepts less than it has without an agreement".to_owned())
        }
        Constraint::RedLine(actor, line) => {
            let line = quoted(&case.actors[actor.0].red_lines[line.0].id);
            (called::actor(case, actor), format!("drops its red line {line}"))
        }
        Constraint::Mandate(track, _) => (called::track(case, track), "is asked for less".to_owned()),
        Constraint::Benchmark(framework, benchmark) => {
            let benchmark = &case.frameworks[framework.0].benchmarks[benchmark.0].id;
            (called::framework(case, framework), format!("drops its benchmark {benchmark}"))
        }
    }
}

/// What an outcome changes of today, in the names of the case.
pub fn changes(case: &Case, outcome: &Outcome) -> Vec<String> {
    let changed = |(issue, option): &(&winset_case::Issue, &usize)| case.no_agreement_today || issue.today != **option;
    let all = case.issues.iter().zip(outcome).filter(changed);
    let says: Vec<String> = all.map(|(issue, option)| format!("{}: {}", issue.name, issue.options[*option])).collect();
    if says.is_empty() { vec!["nothing changes; what stands is endorsed".to_owned()] } else { says }
}

/// What an edit does, in words.
pub fn edit(case: &Case, edit: &Edit) -> String {
    let written = || format!("`{}`", edit.text.trim());
    match &edit.change {
        Change::Number(target, operator, operand) => number(case, *target, *operator, *operand).unwrap_or_else(written),
        Change::Status(track, status) => {
            let what = match status {
                Status::Open => "opens",
                Status::Planned => "plans",
                Status::Closed => "closes",
            };
            format!("{what} {}", called::track(case, *track))
        }
        Change::Reading(framework, reading) => {
            format!("reads {} {}ly", called::framework(case, *framework), reading.word())
        }
        Change::Lever(lever, on) => {
            format!("{} “{}”", if *on { "uses" } else { "leaves off" }, case.levers[lever.0].name)
        }
        Change::Under(reading) => format!("takes up the reading “{}”", case.readings[reading.0].name),
        Change::Mandate(track, None) => format!("lifts the mandate of {}", called::track(case, *track)),
        Change::Mandate(track, Some(mandate)) => {
            format!("has {} asked that {}", called::track(case, *track), condition(case, mandate))
        }
        Change::RedLine(actor, line, false) | Change::RedLineWhen(actor, line, _) => {
            let line = Constraint::RedLine(*actor, *line).id(case);
            let what = if matches!(edit.change, Change::RedLine(..)) { "drops" } else { "rewrites" };
            format!("{what} {line}")
        }
        Change::Agenda(track, issue, on) => {
            let (what, to) = if *on { ("puts", "on") } else { ("takes", "off") };
            format!("{what} {} {to} the agenda of {}", called::issue(case, *issue), called::track(case, *track))
        }
        Change::Seat(track, actor, roles) => {
            let what = if roles.is_empty() { "takes away the seat of" } else { "seats" };
            format!("{what} {} at {}", called::actor(case, *actor), called::track(case, *track))
        }
        _ => written(),
    }
}

fn number(case: &Case, target: NumberTarget, operator: Operator, operand: Decimal) -> Option<String> {
    let what = target_words(case, target)?;
    let amount = figures::worth(&operand.into());
    Some(match operator {
        Operator::Add => format!("raises {what} by {amount}"),
        Operator::Subtract => format!("lowers {what} by {amount}"),
        Operator::Set => format!("sets {what} to {amount}"),
        Operator::Multiply => format!("multiplies {what} by {amount}"),
    })
}

/// What a number says, in words; `None` where there are no plain words for it.
fn target_words(case: &Case, target: NumberTarget) -> Option<String> {
    let actor = |actor: ActorId| called::actor(case, actor);
    Some(match target {
        NumberTarget::CostOfGoingOn(of) => format!("what going on costs {}", actor(of)),
        NumberTarget::Fallback(of) => format!("what going without an agreement is worth to {}", actor(of)),
        NumberTarget::Weight(of, issue) => format!("how much {} weighs with {}", called::issue(case, issue), actor(of)),
        NumberTarget::Value(of, issue, option) => {
            let issue = &case.issues[issue.0];
            format!("what “{}: {}” is worth to {}", issue.name, issue.options[option], actor(of))
        }
        NumberTarget::Price(of, line) => {
            let line = &case.actors[of.0].red_lines[line.0];
            format!("the price of the red line “{}” of {}", line.id.replace('-', " "), actor(of))
        }
        NumberTarget::Bonus(of, linkage) => {
            let linkage = &case.actors[of.0].linkages[linkage.0];
            format!("what “{}” brings {}", linkage.id.replace('-', " "), actor(of))
        }
        NumberTarget::Leverage(tie) => {
            let tie = &case.ties[tie.0];
            format!("how far {} can press {}", actor(tie.from), actor(tie.to))
        }
        NumberTarget::Intensity(lever) => format!("how strong “{}” is", case.levers[lever.0].name),
        _ => return None,
    })
}

/// A number in words; by its path where there are no plain words for it.
pub fn number_words(case: &Case, place: NumberPlace) -> String {
    let target = match place {
        NumberPlace::Fallback(actor, _) => match case.actors[actor.0].fallback {
            Some(Fallback::CostOfGoingOn(_)) => Some(NumberTarget::CostOfGoingOn(actor)),
            Some(Fallback::Worth(_)) => Some(NumberTarget::Fallback(actor)),
            _ => None,
        },
        NumberPlace::Weight(actor, issue) => Some(NumberTarget::Weight(actor, issue)),
        NumberPlace::Value(actor, issue, option) => Some(NumberTarget::Value(actor, issue, option)),
        NumberPlace::Price(actor, line) => Some(NumberTarget::Price(actor, line)),
        NumberPlace::Bonus(actor, linkage) => Some(NumberTarget::Bonus(actor, linkage)),
        NumberPlace::Tie(tie) => case.ties[tie.0].leverage().map(|_| NumberTarget::Leverage(tie)),
        NumberPlace::Intensity(lever) => Some(NumberTarget::Intensity(lever)),
        _ => None,
    };
    target.and_then(|target| target_words(case, target)).unwrap_or_else(|| place.path(case))
}

#[cfg(test)]
mod tests {
    use super::*;
    use winset_case::{ActorId, BenchmarkId, RedLineId};

    #[test]
    fn what_belongs_together_is_said_once() {
        let case = called::two_valleys();
        let (accord, upper) = (FrameworkId(0), ActorId(0));
        let line = Constraint::RedLine(upper, RedLineId(0));
        let set = [Constraint::Benchmark(accord, BenchmarkId(0)), line, Constraint::Benchmark(accord, BenchmarkId(1))];
        assert_eq!(
            demand_names(&case, &set, &|_, name| name.to_owned()),
            "the benchmarks pass and gate of the accord, together with the red line “no gate” of the upper valley"
        );
        let mandate = [0, 1].map(|part| Constraint::Mandate(TrackId(0), part));
        assert_eq!(demand_names(&case, &mandate, &|_, name| name.to_owned()), "2 parts of the mandate of the talks");
        assert_eq!(
            given_up(&case, &[Constraint::Fallback(upper), Constraint::Mandate(TrackId(0), 0), line]),
            "the upper valley accepts less than it has without an agreement and drops its red line “no gate” and the talks is asked for less"
        );
        assert_eq!(demand(&case, line), "the upper valley refuses a deal if the pass is “open-to-all”, at any price");
    }
}
