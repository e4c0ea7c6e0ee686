//! Conditions and edits in plain words, with the names of the case; where there are no plain words for one, as it is written.

use winset_case::edit::{Change, NumberTarget, Operator};
use winset_case::{
    ActorId, BenchmarkReading, Case, Comparison, Condition, Decimal, Edit, Expression, Fallback, Outcome, Status,
};
use winset_settle::Constraint;

use crate::figures;
use crate::numbers::NumberPlace;

/// How a condition with a name of its own is called.
pub type Named = fn(&str) -> String;

/// A name in words: its dashes are spaces.
pub fn quoted(id: &str) -> String {
    format!("“{}”", id.replace('-', " "))
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
    let actor = |actor: &ActorId| &case.actors[actor.0].name;
    Some(match expression {
        Expression::OneOf(issue, options) => {
            let issue = &case.issues[issue.0];
            let options: Vec<&str> = options.iter().map(|option| issue.options[*option].as_str()).collect();
            format!("{} is {}", issue.name, options.join(" or "))
        }
        Expression::Not(inner) => match &**inner {
            Expression::OneOf(issue, options) => {
                let issue = &case.issues[issue.0];
                let options: Vec<&str> = options.iter().map(|option| issue.options[*option].as_str()).collect();
                format!("{} is not {}", issue.name, options.join(" or "))
            }
            Expression::Concluded(framework) => format!("{} is not concluded", case.frameworks[framework.0].name),
            Expression::Seated(seated) => format!("{} has no seat there", actor(seated)),
            Expression::Lever(lever) => format!("“{}” is not in use", case.levers[lever.0].name),
            Expression::Changed(issue) => format!("{} stays as today", case.issues[issue.0].name),
            Expression::At(track) => format!("it is not made at {}", case.tracks[track.0].name),
            _ => return None,
        },
        Expression::Changed(issue) => format!("{} changes", case.issues[issue.0].name),
        Expression::Touched(issue) => format!("it decides on {}", case.issues[issue.0].name),
        Expression::At(track) => format!("it is made at {}", case.tracks[track.0].name),
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
                framework.name,
                read(*reading)
            )
        }
        Expression::Satisfied(framework, reading) => {
            format!("all benchmarks of {} are met{}", case.frameworks[framework.0].name, read(*reading))
        }
        Expression::Concluded(framework) => format!("{} is concluded", case.frameworks[framework.0].name),
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
            format!("{} takes nothing worth less to it than going without an agreement", case.actors[actor.0].name)
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
            format!("{} refuses a deal if {refused}{price}", case.actors[actor.0].name)
        }
        Constraint::Mandate(track, conjunct) => {
            let track = &case.tracks[track.0];
            let part = track.mandate.as_ref();
            let part = part.map_or_else(String::new, |of| expression_naming(case, of.conjuncts()[conjunct], named));
            format!("the mandate of {} asks that {part}", track.name)
        }
        Constraint::Benchmark(framework, benchmark) => {
            let framework = &case.frameworks[framework.0];
            let benchmark = &framework.benchmarks[benchmark.0];
            let disputed = benchmark.nominal.expression != benchmark.strict.expression;
            let reading = if disputed { format!(" (read {}ly)", framework.reading.word()) } else { String::new() };
            let asks = condition_naming(case, benchmark.under(framework.reading), named);
            format!("{} asks that {asks}{reading}", framework.name)
        }
    }
}

/// A demand by what it is called.
pub fn demand_name(case: &Case, constraint: Constraint) -> String {
    match constraint {
        Constraint::Fallback(actor) => format!("what {} has without an agreement", case.actors[actor.0].name),
        Constraint::RedLine(actor, line) => {
            format!(
                "the red line {} of {}",
                quoted(&case.actors[actor.0].red_lines[line.0].id),
                case.actors[actor.0].name
            )
        }
        Constraint::Mandate(track, _) => format!("the mandate of {}", case.tracks[track.0].name),
        Constraint::Benchmark(framework, benchmark) => {
            let framework = &case.frameworks[framework.0];
            format!("the benchmark {} of {}", framework.benchmarks[benchmark.0].id, framework.name)
        }
    }
}

/// A demand given up, in few words.
pub fn given_up(case: &Case, constraint: Constraint) -> String {
    match constraint {
        Constraint::Fallback(actor) => format!("{} settles for less than no agreement", case.actors[actor.0].name),
        Constraint::RedLine(actor, line) => {
            let actor = &case.actors[actor.0];
            format!("{} drops its red line {}", actor.name, quoted(&actor.red_lines[line.0].id))
        }
        Constraint::Mandate(track, _) => format!("{} is asked for less", case.tracks[track.0].name),
        Constraint::Benchmark(framework, benchmark) => {
            let framework = &case.frameworks[framework.0];
            format!("{} drops its benchmark {}", framework.name, framework.benchmarks[benchmark.0].id)
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
            format!("{what} {}", case.tracks[track.0].name)
        }
        Change::Reading(framework, reading) => {
            format!("reads {} {}ly", case.frameworks[framework.0].name, reading.word())
        }
        Change::Lever(lever, on) => {
            format!("{} “{}”", if *on { "uses" } else { "leaves off" }, case.levers[lever.0].name)
        }
        Change::Under(reading) => format!("takes up the reading “{}”", case.readings[reading.0].name),
        Change::Mandate(track, None) => format!("lifts the mandate of {}", case.tracks[track.0].name),
        Change::Mandate(track, Some(mandate)) => {
            format!("has {} asked that {}", case.tracks[track.0].name, condition(case, mandate))
        }
        Change::RedLine(actor, line, false) | Change::RedLineWhen(actor, line, _) => {
            let line = Constraint::RedLine(*actor, *line).id(case);
            let what = if matches!(edit.change, Change::RedLine(..)) { "drops" } else { "rewrites" };
            format!("{what} {line}")
        }
        Change::Agenda(track, issue, on) => {
            let (what, to) = if *on { ("puts", "on") } else { ("takes", "off") };
            format!("{what} {} {to} the agenda of {}", case.issues[issue.0].name, case.tracks[track.0].name)
        }
        Change::Seat(track, actor, roles) => {
            let what = if roles.is_empty() { "takes away the seat of" } else { "seats" };
            format!("{what} {} at {}", case.actors[actor.0].name, case.tracks[track.0].name)
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
    let actor = |actor: ActorId| &case.actors[actor.0].name;
    Some(match target {
        NumberTarget::CostOfGoingOn(of) => format!("what going on costs {}", actor(of)),
        NumberTarget::Fallback(of) => format!("what going without an agreement is worth to {}", actor(of)),
        NumberTarget::Weight(of, issue) => format!("how much {} weighs with {}", case.issues[issue.0].name, actor(of)),
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
