//! Whether a condition holds (section 1: one condition language; section 2: predicates over the standing).

use winset_case::{BenchmarkReading, Case, Expression, FrameworkId, Role, TrackId};

/// What a condition is judged at, besides the outcome.
#[derive(Clone, Copy)]
pub(crate) struct Standing<'a> {
    /// Per framework, whether it counts as concluded.
    pub(crate) concluded: &'a [bool],
    /// The track where a deal is made, and the outcome before it (`None`: no agreement). Without it, the predicates over a deal are false.
    pub(crate) deal: Option<(TrackId, Option<&'a [usize]>)>,
}

/// Whether the expression holds of an outcome at a standing.
pub(crate) fn holds(case: &Case, expression: &Expression, outcome: &[usize], standing: Standing<'_>) -> bool {
    let here = |part: &Expression| holds(case, part, outcome, standing);
    let seats = || standing.deal.map(|(track, _)| case.tracks[track.0].seats.as_slice()).unwrap_or_default();
    match expression {
        Expression::Constant(value) => *value,
        Expression::OneOf(issue, options) => options.contains(&outcome[issue.0]),
        Expression::Changed(issue) => case.no_agreement_today || outcome[issue.0] != case.issues[issue.0].today,
        Expression::Touched(issue) => match standing.deal {
            None => false,
            Some((_, None)) => true,
            Some((_, Some(before))) => before[issue.0] != outcome[issue.0],
        },
        Expression::At(track) => standing.deal.is_some_and(|(here, _)| here == *track),
        Expression::Auspices(actor) => {
            seats().iter().any(|seat| seat.actor == *actor && seat.roles.contains(&Role::Convener))
        }
        Expression::Seated(actor) => seats().iter().any(|seat| seat.actor == *actor),
        Expression::Parties(comparison, number) => {
            let parties = seats().iter().filter(|seat| seat.roles.contains(&Role::Party)).count() as u64;
            standing.deal.is_some() && comparison.holds(parties.cmp(&u64::from(*number)))
        }
        Expression::Benchmark(framework, benchmark, reading) => {
            let framework = &case.frameworks[framework.0];
            let benchmark = &framework.benchmarks[benchmark.0];
            !benchmark.on || here(&benchmark.under(reading.unwrap_or(framework.reading)).expression)
        }
        Expression::Satisfied(framework, reading) => satisfied(case, *framework, *reading, outcome, standing),
        Expression::Concluded(framework) => standing.concluded[framework.0],
        Expression::Move(_) => false,
        Expression::Lever(lever) => case.levers[lever.0].on,
        Expression::Defined(define) => here(&case.defines[define.0].condition.expression),
        Expression::Not(inner) => !here(inner),
        Expression::And(parts) => parts.iter().all(here),
        Expression::Or(parts) => parts.iter().any(here),
        Expression::Implies(left, right) => !here(left) || here(right),
        Expression::Iff(left, right) => here(left) == here(right),
    }
}

/// Whether all benchmarks of a framework hold, under the named reading or its own.
pub(crate) fn satisfied(
    case: &Case,
    framework: FrameworkId,
    reading: Option<BenchmarkReading>,
    outcome: &[usize],
    standing: Standing<'_>,
) -> bool {
    let framework = &case.frameworks[framework.0];
    let reading = reading.unwrap_or(framework.reading);
    framework
        .benchmarks
        .iter()
        .filter(|benchmark| benchmark.on)
        .all(|benchmark| holds(case, &benchmark.under(reading).expression, outcome, standing))
}

/// Whether the expression, definitions followed, mentions where, under whose auspices or as one of how many a deal is made, or what it
/// touches: a red line with it is on procedure.
pub(crate) fn on_procedure(case: &Case, expression: &Expression) -> bool {
    let mut found = false;
    expression.walk(&mut |part| {
        found |= match part {
            Expression::At(_)
            | Expression::Auspices(_)
            | Expression::Seated(_)
            | Expression::Parties(..)
            | Expression::Touched(_) => true,
            Expression::Defined(define) => on_procedure(case, &case.defines[define.0].condition.expression),
            _ => false,
        };
    });
    found
}
