//! What conditions read: which issues, and which conclusions.

use winset_case::{Case, Expression};

/// What conditions read.
pub(crate) struct Reading {
    pub(crate) issues: Vec<usize>,
    pub(crate) frameworks: Vec<usize>,
    pub(crate) touches: bool,
}

impl Reading {
    /// Of these issues, and nothing else yet.
    pub(crate) fn new(issues: &[usize]) -> Self {
        Reading { issues: issues.to_vec(), frameworks: Vec::new(), touches: false }
    }

    /// Whether it is of nothing but `issues` issues.
    pub(crate) fn is_of(&self, issues: usize) -> bool {
        !self.touches && self.frameworks.is_empty() && self.issues.len() == issues
    }

    /// Adds what a condition reads, definitions and benchmarks followed.
    pub(crate) fn of(&mut self, case: &Case, condition: &Expression) {
        let mut inner = Vec::new();
        condition.walk(&mut |part| match part {
            Expression::OneOf(issue, _) | Expression::Changed(issue) => self.issue(issue.0),
            Expression::Touched(issue) => {
                self.issue(issue.0);
                self.touches = true;
            }
            Expression::Concluded(framework) => self.frameworks.push(framework.0),
            Expression::Defined(define) => inner.push(&case.defines[define.0].condition.expression),
            Expression::Benchmark(framework, benchmark, reading) => {
                let framework = &case.frameworks[framework.0];
                let reading = reading.unwrap_or(framework.reading);
                inner.push(&framework.benchmarks[benchmark.0].under(reading).expression);
            }
            Expression::Satisfied(framework, reading) => {
                let framework = &case.frameworks[framework.0];
                let reading = reading.unwrap_or(framework.reading);
                inner.extend(framework.benchmarks.iter().map(|benchmark| &benchmark.under(reading).expression));
            }
            _ => {}
        });
        inner.into_iter().for_each(|condition| self.of(case, condition));
    }

    fn issue(&mut self, issue: usize) {
        if !self.issues.contains(&issue) {
            self.issues.push(issue);
        }
    }
}
