//! Predicates of conditions: `changed(ISSUE)`, `at(TRACK)`, `parties() >= 2` and the like.

use super::Reader;
use super::expression::UNREADABLE;
use super::lexer::Token;
use super::names::{Ids, Kind};
use super::parser::{Name, Parsed, Parser, Stop};
use super::place::{Class, Place};
use super::report::{closest, list};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    ActorId, BenchmarkId, BenchmarkReading, Expression, FrameworkId, IssueId, LeverId, MoveId, TrackId,
};

pub(super) const PREDICATES: [&str; 11] = [
    "changed",
    "touched",
    "at",
    "auspices",
    "seated",
    "parties",
    "benchmark",
    "satisfied",
    "concluded",
    "lever",
    "move",
];

impl Parser<'_, '_> {
    /// A predicate with its arguments.
    pub(super) fn call(&mut self, name: &Name<'_>, place: Place) -> Parsed<Expression> {
        self.tokens.advance();
        let class = match name.text {
            "changed" => Class::Outcome,
            "benchmark" | "satisfied" => Class::Framework,
            "concluded" => Class::Concluded,
            "lever" => Class::Lever,
            "move" => Class::Move,
            "touched" | "at" | "auspices" | "seated" | "parties" => Class::Deal,
            _ => return self.unknown_predicate(name),
        };
        self.reader.predicate(place, class, name.text, name.span.clone());
        let expression = match name.text {
            "changed" => self.declared(Kind::Issue)?.map(|issue| Expression::Changed(IssueId(issue))),
            "touched" => self.declared(Kind::Issue)?.map(|issue| Expression::Touched(IssueId(issue))),
            "at" => self.declared(Kind::Track)?.map(|track| Expression::At(TrackId(track))),
            "auspices" => self.declared(Kind::Actor)?.map(|actor| Expression::Auspices(ActorId(actor))),
            "seated" => self.declared(Kind::Actor)?.map(|actor| Expression::Seated(ActorId(actor))),
            "lever" => self.declared(Kind::Lever)?.map(|lever| Expression::Lever(LeverId(lever))),
            "move" => self.declared(Kind::Move)?.map(|held| Expression::Move(MoveId(held))),
            "concluded" => {
                self.declared(Kind::Framework)?.map(|framework| Expression::Concluded(FrameworkId(framework)))
            }
            "satisfied" => {
                let framework = self.declared(Kind::Framework)?.map(FrameworkId);
                let reading = self.optional_reading()?;
                framework.map(|framework| Expression::Satisfied(framework, reading))
            }
            "benchmark" => {
                let benchmark = self.benchmark()?;
                let reading = self.optional_reading()?;
                benchmark.map(|(framework, benchmark)| Expression::Benchmark(framework, benchmark, reading))
            }
            _ => return self.parties(),
        };
        self.expect(")", "close the bracket")?;
        Ok(expression.unwrap_or(UNREADABLE))
    }

    /// `) >= 2` after `parties(`.
    fn parties(&mut self) -> Parsed<Expression> {
        self.expect(")", "`parties()` takes nothing in its brackets")?;
        let help = "write how many, such as `parties() >= 2`";
        let Some(comparison) = self.comparison() else { return self.stop("a comparison", help) };
        let span = self.tokens.span();
        let Token::Word(word) = self.tokens.peek() else { return self.stop("a whole number", help) };
        let Ok(count) = word.parse::<u32>() else { return self.stop("a whole number", help) };
        self.tokens.advance();
        if self.tokens.peek() == Token::Symbol(".") {
            self.error(Code::BadExpression, span, "parties are counted in whole numbers", help);
            return Err(Stop);
        }
        Ok(Expression::Parties(comparison, count))
    }

    /// The name of something declared, inside brackets.
    fn declared(&mut self, kind: Kind) -> Parsed<Option<usize>> {
        let article = if kind.noun().starts_with(['a', 'i']) { "an" } else { "a" };
        let name = self.name(&format!("the name of {article} {}", kind.noun()))?;
        Ok(self.reader.find(kind, name.text, name.span))
    }

    fn optional_reading(&mut self) -> Parsed<Option<BenchmarkReading>> {
        if !self.accept(",") {
            return Ok(None);
        }
        let name = self.name("a reading")?;
        Ok(self.reading(&name))
    }

    /// `BENCHMARK` or `FRAMEWORK.BENCHMARK`.
    fn benchmark(&mut self) -> Parsed<Option<(FrameworkId, BenchmarkId)>> {
        let first = self.name("the name of a benchmark")?;
        let second = if self.accept(".") { Some(self.name("the name of a benchmark")?) } else { None };
        Ok(self.named_benchmark(&first, second.as_ref()))
    }

    /// The benchmark of these names: a benchmark alone where only one framework has it, else a framework and its benchmark.
    pub(super) fn named_benchmark(
        &mut self,
        first: &Name<'_>,
        second: Option<&Name<'_>>,
    ) -> Option<(FrameworkId, BenchmarkId)> {
        if let Some(second) = second {
            let framework = self.reader.find(Kind::Framework, first.text, first.span.clone())?;
            return self.reader.benchmark_of(FrameworkId(framework), second);
        }
        let benchmarks = &self.reader.names.benchmarks;
        let holders: Vec<_> = (0..benchmarks.len())
            .filter_map(|framework| Some((framework, benchmarks[framework].get(first.text)?)))
            .collect();
        match holders[..] {
            [(framework, benchmark)] => Some((FrameworkId(framework), BenchmarkId(benchmark))),
            [] => {
                self.reader.unknown("benchmark", first.text, first.span.clone(), |names| {
                    names.benchmarks.iter().flat_map(Ids::iter).collect()
                });
                None
            }
            [(framework, _), ..] => {
                let framework = self.reader.names.of(Kind::Framework).id(framework);
                let help = format!("say which: `benchmark({framework}.{})`", first.text);
                let message = format!("several frameworks have a benchmark `{}`", first.text);
                self.error(Code::BadExpression, first.span.clone(), message, help);
                None
            }
        }
    }

    fn unknown_predicate(&mut self, name: &Name<'_>) -> Parsed<Expression> {
        let span = name.span.clone();
        let help = match closest(name.text, PREDICATES.into_iter()) {
            Some(predicate) => format!("did you mean `{predicate}`?"),
            None => format!("use one of {}", list(PREDICATES.into_iter())),
        };
        let message = format!("`{}(…)` is not a condition", name.text);
        self.reader.report.push(Diagnostic::error(Code::UnknownWord, span, message, help));
        self.skip_arguments()?;
        if self.comparison().is_some() && self.at_number() {
            self.number_range();
        }
        Ok(UNREADABLE)
    }
}

impl Reader {
    /// A benchmark of a framework, by its id.
    pub(super) fn benchmark_of(
        &mut self,
        framework: FrameworkId,
        name: &Name<'_>,
    ) -> Option<(FrameworkId, BenchmarkId)> {
        let found = self.names.benchmarks[framework.0].get(name.text);
        if found.is_none() {
            let what = format!("benchmark of `{}`", self.names.of(Kind::Framework).id(framework.0));
            self.unknown(&what, name.text, name.span.clone(), |names| names.benchmarks[framework.0].iter().collect());
        }
        found.map(|benchmark| (framework, BenchmarkId(benchmark)))
    }
}
