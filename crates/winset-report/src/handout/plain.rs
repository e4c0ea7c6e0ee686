//! Conditions and edits in plain words, with the names of the case; where there are no plain words for one, as it is written.

use winset_brief::NumberPlace;
use winset_brief::draws::Threshold;
use winset_case::edit::{Change, NumberTarget, Operator};
use winset_case::{
    ActorId, BenchmarkReading, Case, Comparison, Condition, Decimal, Edit, Expression, Fallback, Outcome, Status,
};
use winset_settle::Constraint;

use super::anchor;
use super::part::link;
use super::rounded;

/// A condition as a clause: `Transition is real`. Where some part has no plain words, as it is written.
pub(crate) fn condition(case: &Case, condition: &Condition) -> String {
    clause(case, &condition.expression).unwrap_or_else(|| format!("`{}`", condition.text.trim()))
}

/// The same of a part of a condition.
pub(crate) fn expression(case: &Case, expression: &Expression) -> String {
    clause(case, expression).unwrap_or_else(|| format!("`{}`", case.condition_text(expression)))
}

fn clause(case: &Case, expression: &Expression) -> Option<String> {
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
        Expression::Defined(define) => {
            let define = &case.defines[define.0];
            format!(
                "it is {}",
                link(&anchor::anchor(&format!("define:{}", define.id)), &format!("“{}”", define.id.replace('-', " ")))
            )
        }
        Expression::And(parts) => {
            let parts: Option<Vec<String>> = parts.iter().map(|part| clause(case, part)).collect();
            parts?.join(" and ")
        }
        Expression::Or(parts) if parts.iter().all(|part| !matches!(part, Expression::And(_))) => {
            let parts: Option<Vec<String>> = parts.iter().map(|part| clause(case, part)).collect();
            format!("either {}", parts?.join(" or "))
        }
        _ => return None,
    })
}

fn read(reading: Option<BenchmarkReading>) -> String {
    reading.map_or_else(String::new, |reading| format!(", read {}ly", reading.word()))
}

/// A constraint as a clause, with its figures rounded and linked.
pub(crate) fn demand(case: &Case, constraint: Constraint) -> String {
    match constraint {
        Constraint::RedLine(actor, line) => {
            let body = &case.actors[actor.0].red_lines[line.0];
            let price = body.price.as_ref().map_or_else(
                || ", at any price".to_owned(),
                |price| {
                    let path = format!("actor.{}.red_line.{}.price", case.actors[actor.0].id, body.id);
                    let shown = rounded(&price.value.into());
                    format!(", unless it gains at least {} by it", link(&anchor::anchor(&path), &shown))
                },
            );
            format!("{} refuses a deal if {}{price}", case.actors[actor.0].name, condition(case, &body.when))
        }
        Constraint::Mandate(track, conjunct) => {
            let track = &case.tracks[track.0];
            let part = track.mandate.as_ref().map_or_else(String::new, |of| expression(case, of.conjuncts()[conjunct]));
            format!("the mandate of {} asks that {part}", track.name)
        }
        Constraint::Benchmark(framework, benchmark) => {
            let framework = &case.frameworks[framework.0];
            let benchmark = &framework.benchmarks[benchmark.0];
            let disputed = benchmark.nominal.expression != benchmark.strict.expression;
            let reading = if disputed { format!(" (read {}ly)", framework.reading.word()) } else { String::new() };
            format!("{} asks that {}{reading}", framework.name, condition(case, benchmark.under(framework.reading)))
        }
        Constraint::Fallback(_) => winset_brief::words::constraint(case, constraint),
    }
}

/// What an outcome changes of today, in the names of the case.
pub(crate) fn changes(case: &Case, outcome: &Outcome) -> Vec<String> {
    let changed = |(issue, option): &(&winset_case::Issue, &usize)| case.no_agreement_today || issue.today != **option;
    let all = case.issues.iter().zip(outcome).filter(changed);
    let says: Vec<String> = all.map(|(issue, option)| format!("{}: {}", issue.name, issue.options[*option])).collect();
    if says.is_empty() { vec!["nothing changes; what stands is endorsed".to_owned()] } else { says }
}

/// What an edit does, in words.
pub(crate) fn edit(case: &Case, edit: &Edit) -> String {
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
    let amount = rounded(&operand.into());
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

/// A number in words, linked to where it stands; by its path where there are no plain words for it.
pub(crate) fn number_words(case: &Case, place: NumberPlace) -> String {
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
    let path = place.path(case);
    let words = target.and_then(|target| target_words(case, target)).unwrap_or_else(|| path.clone());
    link(&anchor::number(case, place), &words)
}

/// The number that turns a verdict, and where.
pub(crate) fn threshold(case: &Case, threshold: &Threshold) -> String {
    let figures = |value: Decimal| {
        let text = format!("{:.3}", value.to_f64());
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    format!(
        "{}: {} would do (it is {}, and may be {})",
        number_words(case, threshold.place),
        figures(threshold.at),
        figures(threshold.from),
        figures(threshold.end)
    )
}

/// Figures with three decimals rounded to two, which is more than the evidence bears already. What stands between backticks stays.
pub(crate) fn rounded_text(text: &str) -> String {
    let mut rounded = String::with_capacity(text.len());
    for (number, piece) in text.split('`').enumerate() {
        rounded.push_str(if number == 0 { "" } else { "`" });
        if number % 2 == 1 {
            rounded.push_str(piece);
            continue;
        }
        let mut rest = piece;
        while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
            let before = rest[..start].chars().next_back();
            rounded.push_str(&rest[..start]);
            let run = &rest[start..];
            let end = run.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(run.len());
            let token = run[..end].trim_end_matches('.');
            let apart = before.is_none_or(|letter| !letter.is_alphanumeric() && !matches!(letter, '-' | '_' | ','));
            let goes_on = run[token.len()..].starts_with(|letter: char| letter.is_alphanumeric() || letter == '-');
            match token.split_once('.').filter(|(_, decimals)| apart && !goes_on && decimals.len() == 3) {
                Some(_) => {
                    let value: f64 = token.parse().unwrap_or(0.0);
                    rounded.push_str(&if value > 0.0 && value < 0.005 {
                        "less than 0.01".to_owned()
                    } else {
                        format!("{value:.2}")
                    });
                }
                None => rounded.push_str(token),
            }
            rest = &run[token.len()..];
        }
        rounded.push_str(rest);
    }
    rounded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_decimals_become_two() {
        assert_eq!(rounded_text("0.759 short, 1.004; P3 0.25"), "0.76 short, 1.00; P3 0.25");
        assert_eq!(rounded_text("(0.016 below), 12.345."), "(0.02 below), 12.35.");
        assert_eq!(rounded_text("0.002 of `0.123` a0.123 0.1234"), "less than 0.01 of `0.123` a0.123 0.1234");
        assert_eq!(rounded_text("2,915 packages in 1.1% of 2017-12-12"), "2,915 packages in 1.1% of 2017-12-12");
    }
}
