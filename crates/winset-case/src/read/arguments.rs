//! What the arguments of checks name.

use std::collections::BTreeSet;

use super::checks::{Argument, Operand, Part};
use super::names::Kind;
use super::parser::{Name, Parser};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{
    ActorId, BenchmarkId, Check, Chosen, FrameworkId, Hoped, LeverId, MoveId, PackageId, RedLineId, RunEnd,
    StabilityConcept, StrategicState, Table, TrackFate, TrackId, Value,
};

const CONSTRAINTS: &str =
    "constraints are `fallback:ACTOR`, `red-line:ACTOR.ID`, `mandate:TRACK.N` and `benchmark:FRAMEWORK.ID`";

impl<'a> Parser<'_, 'a> {
    pub(super) fn known_check(&mut self, check: &str, usage: &str, arguments: &[Argument<'a>]) -> Option<Operand> {
        Some(match check {
            "empty" => Operand::Check(Check::Empty(self.table(&arguments[0], usage)?)),
            "count" => Operand::Value(Value::Count(self.table(&arguments[0], usage)?)),
            "durable" => Operand::Value(Value::Durable(self.table(&arguments[0], usage)?)),
            "passes" => {
                let names = self.plain_names(arguments, usage)?;
                let package = self.named(Kind::Package, names[0]);
                let track = self.named(Kind::Track, names[1]);
                Operand::Check(Check::Passes(PackageId(package?), TrackId(track?)))
            }
            "no_unlock" => Operand::Check(Check::NoUnlock(self.table(&arguments[0], usage)?)),
            "unlocked_by" => {
                let table = self.table(&arguments[0], usage);
                let names = self.plain_names(&arguments[1..], usage)?;
                self.no_duplicates(names.iter().map(|name| (name.text.to_owned(), name.span.clone())));
                let levers: Vec<_> =
                    names.iter().filter_map(|name| self.named(Kind::Lever, name)).map(LeverId).collect();
                Operand::Check(Check::UnlockedBy(table?, levers))
            }
            "blocks" => {
                let table = self.table(&arguments[0], usage);
                let mut constraints = Vec::new();
                for argument in &arguments[1..] {
                    let constraint = self.constraint(argument, table);
                    constraints.extend(constraint.map(|constraint| (constraint, argument.span.clone())));
                }
                self.no_duplicates(constraints.iter().cloned());
                let mut constraints: Vec<_> = constraints.into_iter().map(|(constraint, _)| constraint).collect();
                constraints.sort_unstable();
                Operand::Check(Check::Blocks(table?, constraints))
            }
            "stable" => self.stable(arguments, usage)?,
            "aspiration" => {
                let names = self.plain_names(arguments, usage)?;
                let actor = self.hopeful(names[0]);
                let over = match names.get(1) {
                    None => Hoped::Today,
                    Some(name) if name.text == "options" => Hoped::Options,
                    Some(name) if name.text == "levers" => Hoped::Levers,
                    Some(name) => {
                        let message = format!("an aspiration is not looked for over `{}`", name.text);
                        let help = "write `options`, `levers`, or nothing for the process as it stands";
                        self.error(Code::UnknownWord, name.span.clone(), message, help);
                        return None;
                    }
                };
                Operand::Value(Value::Aspiration(actor?, over))
            }
            "dominant" => {
                let name = self.plain(&arguments[0], usage)?;
                let actor = self.named(Kind::Actor, name)?;
                self.reader.need(actor, name.span.clone(), "`dominant` judges options by them".to_owned());
                Operand::Check(Check::Dominant(ActorId(actor)))
            }
            "ends" => {
                let name = self.plain(&arguments[0], usage)?;
                let end = self.word_of("way runs end", name, RunEnd::WORDS, RunEnd::from_word)?;
                Operand::Value(Value::Ends(end))
            }
            "fate" => {
                let names = self.plain_names(arguments, usage)?;
                let track = self.named(Kind::Track, names[0]);
                let fate = self.word_of("fate of a track", names[1], TrackFate::WORDS, TrackFate::from_word);
                Operand::Value(Value::Fate(TrackId(track?), fate?))
            }
            "satisfies" => self.satisfies(arguments, usage)?,
            "delivers" => {
                let name = self.plain(&arguments[0], usage)?;
                let track = self.named(Kind::Track, name).map(TrackId);
                let (framework, benchmark) = self.benchmark_argument(&arguments[1], usage)?;
                Operand::Check(Check::Delivers(track?, framework, benchmark))
            }
            _ => {
                let names = self.plain_names(arguments, usage)?;
                let actor = self.named(Kind::Actor, names[0]);
                let package = self.named(Kind::Package, names[1]);
                let track = self.named(Kind::Track, names[2]);
                if check != "breaks"
                    && let Some(actor) = actor
                {
                    self.reader.need(actor, names[0].span.clone(), format!("`{check}` judges a package by them"));
                }
                let line = match (names.get(3), actor) {
                    (Some(name), Some(actor)) => Some(self.red_line(actor, name)?),
                    _ => None,
                };
                let (actor, package, track) = (ActorId(actor?), PackageId(package?), TrackId(track?));
                match check {
                    "imposed" => Operand::Check(Check::Imposed(actor, package, track)),
                    "accepts" => Operand::Check(Check::Accepts(actor, package, track)),
                    "margin" => Operand::Value(Value::Margin(actor, package, track)),
                    "terms" => Operand::Value(Value::Terms(actor, package, track)),
                    "distance" => Operand::Value(Value::Distance(actor, package, track)),
                    _ => Operand::Check(Check::Breaks(actor, package, track, line)),
                }
            }
        })
    }

    /// `STATE, CONCEPT` or `STATE, CONCEPT, ACTOR`.
    fn stable(&mut self, arguments: &[Argument<'a>], usage: &str) -> Option<Operand> {
        let state = self.strategic_state(&arguments[0]);
        let names = self.plain_names(&arguments[1..], usage)?;
        let concept = StabilityConcept::from_word(names[0].text);
        if concept.is_none() {
            let message = format!("`{}` is not a concept of stability", names[0].text);
            let help = self.reader.report.suggest(names[0].text, StabilityConcept::WORDS.iter().copied(), "");
            self.error(Code::UnknownWord, names[0].span.clone(), message, help);
        }
        let actor = match names.get(1) {
            Some(name) => Some(ActorId(self.named(Kind::Actor, name)?)),
            None => None,
        };
        Some(Operand::Check(Check::Stable(state?, concept?, actor)))
    }

    /// `levers(today)`, `levers(none)`, `levers(LEVER, …)`, or the same with `moves`.
    fn strategic_state(&mut self, argument: &Argument<'a>) -> Option<StrategicState> {
        const USAGE: &str = "write `levers(today)`, `levers(none)`, `levers(LEVER, …)`, or the same with `moves`";
        let kind = match (argument.names[0].text, &argument.inner) {
            ("levers", Some(_)) => Kind::Lever,
            ("moves", Some(_)) => Kind::Move,
            _ => {
                let message = format!("`{}` is not a state of a strategic game", argument.names[0].text);
                self.error(Code::BadCheck, argument.span.clone(), message, USAGE);
                return None;
            }
        };
        let names = self.plain_names(argument.inner.as_deref().unwrap_or_default(), USAGE)?;
        let chosen = match names.as_slice() {
            [] => {
                let message = "nothing says which of them are chosen";
                self.error(Code::BadCheck, argument.span.clone(), message, USAGE);
                return None;
            }
            [only] if only.text == "today" && self.reader.names.of(kind).get("today").is_none() => Chosen::Today,
            [only] if only.text == "none" && self.reader.names.of(kind).get("none").is_none() => {
                Chosen::Exactly(Vec::new())
            }
            names => {
                self.no_duplicates(names.iter().map(|name| (name.text.to_owned(), name.span.clone())));
                let mut chosen: Vec<usize> =
                    names.iter().map(|name| self.named(kind, name)).collect::<Option<Vec<_>>>()?;
                chosen.sort_unstable();
                Chosen::Exactly(chosen)
            }
        };
        Some(match (kind, chosen) {
            (Kind::Lever, Chosen::Today) => StrategicState::Levers(Chosen::Today),
            (Kind::Lever, Chosen::Exactly(ids)) => {
                StrategicState::Levers(Chosen::Exactly(ids.into_iter().map(LeverId).collect()))
            }
            (_, Chosen::Today) => StrategicState::Moves(Chosen::Today),
            (_, Chosen::Exactly(ids)) => StrategicState::Moves(Chosen::Exactly(ids.into_iter().map(MoveId).collect())),
        })
    }

    /// An actor that hopes for something.
    fn hopeful(&mut self, name: &Name<'_>) -> Option<ActorId> {
        let actor = self.named(Kind::Actor, name)?;
        if !self.reader.names.actors[actor].hopes {
            let message = format!("`{}` has no aspirations", name.text);
            let help = format!("say what it hopes for as conditions in `[actor.{}.aspirations]`", name.text);
            self.reader.report.absence(Diagnostic::error(Code::BadCheck, name.span.clone(), message, help));
            return None;
        }
        Some(ActorId(actor))
    }

    fn satisfies(&mut self, arguments: &[Argument<'a>], usage: &str) -> Option<Operand> {
        let names = self.plain_names(arguments, usage)?;
        let package = self.named(Kind::Package, names[0]);
        let framework = self.named(Kind::Framework, names[1]).map(FrameworkId);
        let is_benchmark = |parser: &Self, name: &Name<'_>| {
            framework.is_some_and(|framework| parser.reader.names.benchmarks[framework.0].get(name.text).is_some())
        };
        let is_reading = |name: &Name<'_>| crate::model::BenchmarkReading::from_word(name.text).is_some();
        let (benchmark, reading) = match names[2..] {
            [] => (None, None),
            [last] if is_reading(last) && !is_benchmark(self, last) => (None, Some(last)),
            [benchmark] => (Some(benchmark), None),
            [benchmark, reading, ..] => (Some(benchmark), Some(reading)),
        };
        let reading = match reading {
            Some(reading) => Some(self.reading(reading)?),
            None => None,
        };
        let benchmark = match (benchmark, framework) {
            (Some(benchmark), Some(framework)) => Some(self.reader.benchmark_of(framework, benchmark)?.1),
            _ => None,
        };
        Some(Operand::Check(Check::Satisfies(PackageId(package?), framework?, benchmark, reading)))
    }

    /// `BENCHMARK`, or `FRAMEWORK.BENCHMARK` where several frameworks have it.
    fn benchmark_argument(&mut self, argument: &Argument<'a>, usage: &str) -> Option<(FrameworkId, BenchmarkId)> {
        if argument.constraint || argument.inner.is_some() {
            return self.bad_argument(argument, usage);
        }
        match argument.names.as_slice() {
            [benchmark] => self.named_benchmark(benchmark, None),
            [framework, benchmark] => self.named_benchmark(framework, Some(benchmark)),
            _ => self.bad_argument(argument, usage),
        }
    }

    fn named(&mut self, kind: Kind, name: &Name<'_>) -> Option<usize> {
        self.reader.find(kind, name.text, name.span.clone())
    }

    fn bad_argument<T>(&mut self, argument: &Argument<'_>, usage: &str) -> Option<T> {
        let message = format!("`{}` is not what this check takes here", argument.names[0].text);
        self.error(Code::BadCheck, argument.span.clone(), message, format!("write `{usage}`"));
        None
    }

    /// An argument that is a plain name.
    fn plain<'g>(&mut self, argument: &'g Argument<'a>, usage: &str) -> Option<&'g Name<'a>> {
        if argument.constraint || argument.inner.is_some() || argument.names.len() > 1 {
            return self.bad_argument(argument, usage);
        }
        argument.names.first()
    }

    /// A word of a closed list.
    fn word_of<T>(
        &mut self,
        what: &str,
        name: &Name<'_>,
        words: &[&str],
        from_word: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let found = from_word(name.text);
        if found.is_none() {
            let help = self.reader.report.suggest(name.text, words.iter().copied(), "");
            self.error(Code::UnknownWord, name.span.clone(), format!("`{}` is no {what}", name.text), help);
        }
        found
    }

    /// Arguments that are plain names, each of them.
    fn plain_names<'g>(&mut self, arguments: &'g [Argument<'a>], usage: &str) -> Option<Vec<&'g Name<'a>>> {
        arguments.iter().map(|argument| self.plain(argument, usage)).collect()
    }

    /// `TRACK` or `concluding(TRACK)`.
    fn table(&mut self, argument: &Argument<'a>, usage: &str) -> Option<Table> {
        let Some(inner) = &argument.inner else {
            let name = self.plain(argument, usage)?;
            return Some(Table { track: TrackId(self.named(Kind::Track, name)?), concluding: false });
        };
        let ("concluding", [argument]) = (argument.names[0].text, inner.as_slice()) else {
            return self.bad_argument(argument, &usage.replace("TRACK", "concluding(TRACK)"));
        };
        let name = self.plain(argument, usage)?;
        let track = self.named(Kind::Track, name)?;
        if !self.reader.names.tracks[track].concludes {
            let message = format!("`{}` concludes no framework", name.text);
            let help = format!("give the track a `concludes`, or write `{}` alone", name.text);
            self.reader.report.absence(Diagnostic::error(Code::BadCheck, name.span.clone(), message, help));
            return None;
        }
        Some(Table { track: TrackId(track), concluding: true })
    }

    fn red_line(&mut self, actor: usize, name: &Name<'_>) -> Option<RedLineId> {
        self.part_of(actor, "red line", name, |names| &names.actors[actor].red_lines).map(RedLineId)
    }

    /// The id of a constraint, if it exists.
    fn constraint(&mut self, argument: &Argument<'a>, table: Option<Table>) -> Option<String> {
        let kind = &argument.names[0];
        if !argument.constraint {
            let message = format!("`{}` is not a constraint", kind.text);
            self.error(Code::BadCheck, argument.span.clone(), message, CONSTRAINTS);
            return None;
        }
        match (kind.text, &argument.names[1..]) {
            ("fallback", [actor]) => {
                self.named(Kind::Actor, actor)?;
                Some(format!("fallback:{}", actor.text))
            }
            ("red-line", [actor, line]) => {
                let index = self.named(Kind::Actor, actor)?;
                self.red_line(index, line)?;
                Some(format!("red-line:{}.{}", actor.text, line.text))
            }
            ("benchmark", [framework, benchmark]) => {
                let index = self.named(Kind::Framework, framework)?;
                self.reader.benchmark_of(FrameworkId(index), benchmark)?;
                Some(format!("benchmark:{}.{}", framework.text, benchmark.text))
            }
            ("mandate", [track, number]) if number.text.parse::<usize>().is_ok() => {
                let index = self.named(Kind::Track, track)?;
                if table.is_some_and(|table| table.track.0 != index) {
                    let message = format!("the mandate of `{}` binds no deal made elsewhere", track.text);
                    self.error(Code::BadCheck, track.span.clone(), message, "name the track of the check");
                    return None;
                }
                let number = number.text.parse().ok()?;
                self.reader.parts.push(Part { track: index, number, span: argument.span.clone() });
                Some(format!("mandate:{}.{number}", track.text))
            }
            (known, _) => {
                let known = ["fallback", "red-line", "benchmark", "mandate"].contains(&known);
                let what = if known { "is incomplete or too long" } else { "is not a constraint" };
                let written: Vec<_> = argument.names[1..].iter().map(|name| name.text).collect();
                let message = format!("`{}:{}` {what}", kind.text, written.join("."));
                self.error(Code::BadCheck, argument.span.clone(), message, CONSTRAINTS);
                None
            }
        }
    }

    fn no_duplicates(&mut self, names: impl Iterator<Item = (String, Span)>) {
        let mut seen = BTreeSet::new();
        for (name, span) in names {
            if !seen.insert(name.clone()) {
                self.error(Code::Duplicate, span, format!("`{name}` stands twice"), "keep one of them");
            }
        }
    }
}
