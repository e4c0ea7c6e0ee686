//! Conditions of a case as formulas over the issues a table can settle.

use winset_case::{Case, Expression, FrameworkId, Outcome};
use winset_worth::{Deal, View, holds};

use super::formula::Formula;
use winset_worth::Space;

/// How conditions are read: what is fixed about the deals looked at.
pub(crate) struct Reading<'r> {
    pub(crate) case: &'r Case,
    /// What issues that are not settled here stand at.
    base: &'r Outcome,
    /// Per issue of the case, its place on the agenda.
    places: Vec<Option<usize>>,
    /// Options per issue of the agenda.
    pub(crate) counts: Vec<usize>,
    /// What stands before the deal.
    before: Option<&'r [usize]>,
    /// Whether the deal itself is looked at, rather than what stands after it.
    deal: Option<Deal<'r>>,
    /// Per framework, when it counts as concluded.
    concluded: Vec<Formula>,
}

impl<'r> Reading<'r> {
    /// Reads what stands after a deal, with these frameworks concluded.
    pub(crate) fn standing(case: &'r Case, space: &'r Space, before: Option<&'r [usize]>, concluded: &[bool]) -> Self {
        let mut places = vec![None; case.issues.len()];
        space.issues().iter().enumerate().for_each(|(place, (issue, _))| places[issue.0] = Some(place));
        Reading {
            case,
            base: space.base(),
            places,
            counts: space.issues().iter().map(|(_, options)| *options).collect(),
            before,
            deal: None,
            concluded: concluded.iter().map(|concluded| Formula::Constant(*concluded)).collect(),
        }
    }

    /// The same, with a framework concluded where this holds.
    #[must_use]
    pub(crate) fn concluding(mut self, framework: FrameworkId, when: Formula) -> Self {
        self.concluded[framework.0] = when;
        self
    }

    /// The same, of the deal itself.
    #[must_use]
    pub(crate) fn of_deal(&self, deal: Deal<'r>) -> Self {
        Reading {
            case: self.case,
            base: self.base,
            places: self.places.clone(),
            counts: self.counts.clone(),
            before: self.before,
            deal: Some(deal),
            concluded: self.concluded.clone(),
        }
    }

    /// The formula of a condition, or of its opposite.
    pub(crate) fn formula(&self, expression: &Expression, so: bool) -> Formula {
        let constant = |value: bool| Formula::Constant(value == so);
        let joined = |parts: Vec<Formula>, all: bool| {
            if all { Formula::all(parts, &self.counts) } else { Formula::any(parts, &self.counts) }
        };
        let each = |parts: &[Expression], value: bool| parts.iter().map(|part| self.formula(part, value)).collect();
        match expression {
            Expression::Constant(value) => constant(*value),
            Expression::OneOf(issue, options) => self.settled(issue.0, so, |option| options.contains(&option)),
            Expression::Changed(issue) => {
                let today = self.case.issues[issue.0].today;
                self.settled(issue.0, so, |option| self.case.no_agreement_today || option != today)
            }
            Expression::Touched(issue) => match (self.deal, self.before) {
                (None, _) => constant(false),
                (Some(_), None) => constant(true),
                (Some(_), Some(before)) => self.settled(issue.0, so, |option| option != before[issue.0]),
            },
            Expression::At(_)
            | Expression::Auspices(_)
            | Expression::Seated(_)
            | Expression::Parties(..)
            | Expression::Move(_)
            | Expression::Lever(_) => {
                let view = View { case: self.case, outcome: None, concluded: &[], deal: self.deal };
                constant(holds(expression, &view))
            }
            Expression::Benchmark(framework, benchmark, reading) => {
                let framework = &self.case.frameworks[framework.0];
                let benchmark = &framework.benchmarks[benchmark.0];
                if benchmark.on {
                    self.formula(&benchmark.under(reading.unwrap_or(framework.reading)).expression, so)
                } else {
                    constant(true)
                }
            }
            Expression::Satisfied(framework, reading) => {
                let framework = &self.case.frameworks[framework.0];
                let reading = reading.unwrap_or(framework.reading);
                let benchmarks = framework.benchmarks.iter().filter(|benchmark| benchmark.on);
                let parts = benchmarks.map(|benchmark| self.formula(&benchmark.under(reading).expression, so));
                joined(parts.collect(), so)
            }
            Expression::Concluded(framework) => {
                let concluded = &self.concluded[framework.0];
                if so { concluded.clone() } else { concluded.negated(&self.counts) }
            }
            Expression::Defined(define) => self.formula(&self.case.defines[define.0].condition.expression, so),
            Expression::Not(inner) => self.formula(inner, !so),
            Expression::And(parts) => joined(each(parts, so), so),
            Expression::Or(parts) => joined(each(parts, so), !so),
            Expression::Implies(left, right) => joined(vec![self.formula(left, !so), self.formula(right, so)], !so),
            Expression::Iff(left, right) => {
                let both =
                    |one: bool, other: bool| joined(vec![self.formula(left, one), self.formula(right, other)], true);
                joined(vec![both(true, so), both(false, !so)], false)
            }
        }
    }

    /// The issue stands at one of the options that meet a test, or at another.
    fn settled(&self, issue: usize, so: bool, test: impl Fn(usize) -> bool) -> Formula {
        match self.places[issue] {
            None => Formula::Constant(test(self.base[issue]) == so),
            Some(place) => {
                let options = (0..self.counts[place]).filter(|option| test(*option) == so);
                let options = options.fold(0_u128, |bits, option| bits | 1 << option);
                Formula::In(place, options).tidy(&self.counts)
            }
        }
    }

    /// Something is settled otherwise than it stood before the deal.
    pub(crate) fn changes(&self) -> Formula {
        let Some(before) = self.before else { return Formula::Constant(true) };
        let issues = (0..self.places.len()).map(|issue| self.settled(issue, true, |option| option != before[issue]));
        Formula::any(issues, &self.counts)
    }
}
