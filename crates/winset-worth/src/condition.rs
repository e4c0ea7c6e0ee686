//! Whether a condition holds.

use winset_case::{Case, Expression, LeverId, Role, TrackId};

/// What a condition is judged against.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The case, with the edits of its levers carried out.
    pub case: &'a Case,
    /// The outcome looked at; `None` for no agreement.
    pub outcome: Option<&'a [usize]>,
    /// Per framework, whether it counts as concluded.
    pub concluded: &'a [bool],
    /// The deal that leads here, if it is judged as one.
    pub deal: Option<Deal<'a>>,
}

/// The deal behind an outcome.
#[derive(Debug, Clone, Copy)]
pub struct Deal<'a> {
    /// The track where it is made.
    pub track: TrackId,
    /// The outcome before it.
    pub before: Option<&'a [usize]>,
}

/// Whether the expression holds in this view. Predicates over the deal are false where there is no deal.
pub fn holds(expression: &Expression, view: &View<'_>) -> bool {
    let case = view.case;
    match expression {
        Expression::Constant(value) => *value,
        Expression::OneOf(issue, options) => view.outcome.is_some_and(|outcome| options.contains(&outcome[issue.0])),
        Expression::Changed(issue) => view
            .outcome
            .is_some_and(|outcome| case.no_agreement_today || outcome[issue.0] != case.issues[issue.0].today),
        Expression::Touched(issue) => match (view.outcome, view.deal) {
            (Some(outcome), Some(deal)) => deal.before.is_none_or(|before| before[issue.0] != outcome[issue.0]),
            _ => false,
        },
        Expression::At(track) => view.deal.is_some_and(|deal| deal.track == *track),
        Expression::Auspices(actor) => view.deal.is_some_and(|deal| {
            case.tracks[deal.track.0]
                .seats
                .iter()
                .any(|seat| seat.actor == *actor && seat.roles.contains(&Role::Convener))
        }),
        Expression::Seated(actor) => {
            view.deal.is_some_and(|deal| case.tracks[deal.track.0].seats.iter().any(|seat| seat.actor == *actor))
        }
        Expression::Parties(comparison, number) => view.deal.is_some_and(|deal| {
            let seats = &case.tracks[deal.track.0].seats;
            let parties = seats.iter().filter(|seat| seat.roles.contains(&Role::Party)).count();
            comparison.holds(parties.cmp(&(*number as usize)))
        }),
        Expression::Benchmark(framework, benchmark, reading) => {
            let framework = &case.frameworks[framework.0];
            let benchmark = &framework.benchmarks[benchmark.0];
            !benchmark.on || holds(&benchmark.under(reading.unwrap_or(framework.reading)).expression, view)
        }
        Expression::Satisfied(framework, reading) => {
            let framework = &case.frameworks[framework.0];
            let reading = reading.unwrap_or(framework.reading);
            framework
                .benchmarks
                .iter()
                .filter(|benchmark| benchmark.on)
                .all(|benchmark| holds(&benchmark.under(reading).expression, view))
        }
        Expression::Concluded(framework) => view.concluded[framework.0],
        Expression::Lever(lever) => case.levers[lever.0].on,
        // Deals are made outside of the strategic game.
        Expression::Move(_) => false,
        Expression::Defined(define) => holds(&case.defines[define.0].condition.expression, view),
        Expression::Not(inner) => !holds(inner, view),
        Expression::And(parts) => parts.iter().all(|part| holds(part, view)),
        Expression::Or(parts) => parts.iter().any(|part| holds(part, view)),
        Expression::Implies(left, right) => !holds(left, view) || holds(right, view),
        Expression::Iff(left, right) => holds(left, view) == holds(right, view),
    }
}

/// The same expression with everything answered that is fixed for all deals of one track: what is left reads only outcomes and conclusions.
///
/// Judging every package of a track asks the same conditions over and over; this is what makes that affordable.
pub(crate) fn fixed_at(case: &Case, track: TrackId, expression: &Expression) -> Expression {
    let fix = |inner: &Expression| fixed_at(case, track, inner);
    match expression {
        Expression::OneOf(..)
        | Expression::Changed(_)
        | Expression::Touched(_)
        | Expression::Concluded(_)
        | Expression::Constant(_) => expression.clone(),
        Expression::At(_)
        | Expression::Auspices(_)
        | Expression::Seated(_)
        | Expression::Parties(..)
        | Expression::Move(_)
        | Expression::Lever(_) => {
            let view = View { case, outcome: None, concluded: &[], deal: Some(Deal { track, before: None }) };
            Expression::Constant(holds(expression, &view))
        }
        Expression::Benchmark(framework, benchmark, reading) => {
            let framework = &case.frameworks[framework.0];
            let benchmark = &framework.benchmarks[benchmark.0];
            if benchmark.on {
                fix(&benchmark.under(reading.unwrap_or(framework.reading)).expression)
            } else {
                Expression::Constant(true)
            }
        }
        Expression::Satisfied(framework, reading) => {
            let framework = &case.frameworks[framework.0];
            let reading = reading.unwrap_or(framework.reading);
            all(framework
                .benchmarks
                .iter()
                .filter(|benchmark| benchmark.on)
                .map(|benchmark| fix(&benchmark.under(reading).expression)))
        }
        Expression::Defined(define) => fix(&case.defines[define.0].condition.expression),
        Expression::Not(inner) => negated(fix(inner)),
        Expression::And(parts) => all(parts.iter().map(fix)),
        Expression::Or(parts) => any_of(parts.iter().map(fix)),
        Expression::Implies(left, right) => any_of([negated(fix(left)), fix(right)].into_iter()),
        Expression::Iff(left, right) => match (fix(left), fix(right)) {
            (Expression::Constant(value), other) | (other, Expression::Constant(value)) => {
                if value {
                    other
                } else {
                    negated(other)
                }
            }
            (left, right) => Expression::Iff(Box::new(left), Box::new(right)),
        },
    }
}

fn negated(expression: Expression) -> Expression {
    match expression {
        Expression::Constant(value) => Expression::Constant(!value),
        other => Expression::Not(Box::new(other)),
    }
}

fn all(parts: impl Iterator<Item = Expression>) -> Expression {
    joined(parts, true)
}

fn any_of(parts: impl Iterator<Item = Expression>) -> Expression {
    joined(parts, false)
}

/// A conjunction (`neutral` true) or disjunction (false) without its neutral parts; one part that decides it decides it.
fn joined(parts: impl Iterator<Item = Expression>, neutral: bool) -> Expression {
    let mut left = Vec::new();
    for part in parts {
        match part {
            Expression::Constant(value) if value == neutral => {}
            Expression::Constant(_) => return Expression::Constant(!neutral),
            part => left.push(part),
        }
    }
    match left.len() {
        0 => Expression::Constant(neutral),
        1 => left.swap_remove(0),
        _ if neutral => Expression::And(left),
        _ => Expression::Or(left),
    }
}

/// Whether the expression, definitions followed, is about the deal itself rather than about what is agreed: a line *on procedure*.
pub fn follows_procedure(case: &Case, expression: &Expression) -> bool {
    any(case, expression, &mut |part| {
        matches!(
            part,
            Expression::At(_)
                | Expression::Auspices(_)
                | Expression::Seated(_)
                | Expression::Parties(..)
                | Expression::Touched(_)
        )
    })
}

/// Whether the expression, definitions followed, mentions the lever.
pub fn mentions(case: &Case, expression: &Expression, lever: LeverId) -> bool {
    any(case, expression, &mut |part| matches!(part, Expression::Lever(other) if *other == lever))
}

fn any(case: &Case, expression: &Expression, test: &mut impl FnMut(&Expression) -> bool) -> bool {
    let mut found = false;
    let mut defines = Vec::new();
    expression.walk(&mut |part| {
        found |= test(part);
        // Benchmarks need not be followed: they hold only conditions over the outcome.
        if let Expression::Defined(define) = part {
            defines.push(&case.defines[define.0].condition.expression);
        }
    });
    // Definitions are checked to be free of circles.
    found || defines.into_iter().any(|inner| any(case, inner, test))
}
