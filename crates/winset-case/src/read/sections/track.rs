//! `[track]` and `[framework]`.

use super::super::Reader;
use super::super::names::Kind;
use super::super::place::Place;
use super::super::table::{Field, Section, word};
use super::plain::unreadable;
use crate::diagnostic::{Code, Span};
use crate::format;
use crate::model::{
    ActorId, Benchmark, BenchmarkReading, Evidence, Framework, FrameworkId, IssueId, Role, Seat, Status, Track, TrackId,
};

impl Reader {
    pub(super) fn track(&mut self, id: &str, index: usize, mut section: Section<'_>) -> Track {
        let (name, in_sentence) = self.name_in_sentence(&mut section, id);
        let field = section.require("agenda", &mut self.report);
        let mut agenda: Vec<_> = self.references(field, Kind::Issue).into_iter().map(IssueId).collect();
        agenda.sort_unstable();
        agenda.dedup();
        let mandate = section.take("mandate").and_then(|field| field.text(&mut self.report));
        let mandate = mandate.and_then(|mandate| {
            let condition = self.condition(mandate, Place::Mandate);
            if condition.is_none() {
                self.unread_mandate(TrackId(index));
            }
            condition
        });
        let status = section.take("status").and_then(|field| field.text(&mut self.report));
        let status = status.and_then(|text| word(&text, "status", Status::WORDS, Status::from_word, &mut self.report));
        let concludes = self.reference(&mut section, "concludes", Kind::Framework);
        let field = section.take("feeds");
        let feeds = self.references(field, Kind::Track).into_iter().map(TrackId).collect();
        let field = section.require("seats", &mut self.report);
        let (seats, spans) = field.map(|field| self.seats(&field)).unwrap_or_default();
        let evidence = self.evidence(&mut section);
        let (rule, voting) = self.voting(index, &mut section, &evidence);
        section.finish(&format::TRACK, &mut self.report);
        let track = Track {
            id: id.to_owned(),
            name,
            in_sentence,
            agenda,
            mandate,
            rule,
            voting,
            status: status.unwrap_or(Status::Open),
            concludes: concludes.map(|(framework, _)| FrameworkId(framework)),
            feeds,
            seats,
            evidence,
        };
        self.note_track(TrackId(index), &track, &spans);
        track
    }

    fn seats(&mut self, field: &Field<'_>) -> (Vec<Seat>, Vec<Span>) {
        let Some(mut section) = field.table("seats".to_owned(), &mut self.report) else { return Default::default() };
        let (mut seats, mut spans) = (Vec::new(), Vec::new());
        for field in section.rest() {
            let actor = self.find(Kind::Actor, field.key, field.key_span.clone());
            let texts = if field.is_broken() { None } else { field.one_or_more(&mut self.report) };
            let (Some(actor), Some(texts)) = (actor, texts) else { continue };
            if texts.is_empty() {
                let help = "give it a role such as `party`, or delete the seat";
                self.report.error(Code::OutOfRange, field.span, "this seat has no role", help);
                continue;
            }
            self.no_repetition(&texts);
            let roles: Vec<Role> = texts
                .iter()
                .filter_map(|text| word(text, "role", Role::WORDS, Role::from_word, &mut self.report))
                .collect();
            seats.push(Seat { actor: ActorId(actor), roles });
            spans.push(field.key_span);
        }
        (seats, spans)
    }

    pub(super) fn framework(&mut self, id: &str, _: usize, mut section: Section<'_>) -> Framework {
        let (name, in_sentence) = self.name_in_sentence(&mut section, id);
        let reading = section.take("reading").and_then(|field| field.text(&mut self.report));
        let reading = reading.and_then(|text| {
            word(&text, "reading", BenchmarkReading::WORDS, BenchmarkReading::from_word, &mut self.report)
        });
        let evidence = self.evidence(&mut section);
        let field = section.require("benchmarks", &mut self.report);
        let table = field.and_then(|field| field.table("benchmarks".to_owned(), &mut self.report));
        let mut benchmarks = Vec::new();
        if let Some(mut table) = table {
            for field in table.rest() {
                self.id(field.key, field.key_span.clone());
                benchmarks.push(self.one_benchmark(&field, &evidence));
            }
            if benchmarks.is_empty() && !self.report.is_incomplete() {
                let help = "add what it asks for, such as `elections = \"changed(elections)\"`";
                self.report.error(Code::MissingKey, table.span.clone(), format!("`{id}` has no benchmark"), help);
            }
        }
        section.finish(&format::FRAMEWORK, &mut self.report);
        let reading = reading.unwrap_or(BenchmarkReading::Nominal);
        Framework { id: id.to_owned(), name, in_sentence, reading, benchmarks, evidence }
    }

    fn one_benchmark(&mut self, field: &Field<'_>, evidence: &Evidence) -> Benchmark {
        let id = field.key.to_owned();
        let mut benchmark =
            Benchmark { id, nominal: unreadable(), strict: unreadable(), on: true, evidence: evidence.clone() };
        if field.is_broken() {
            return benchmark;
        }
        let Some(mut section) = field.as_table(format!("benchmarks.{}", field.key)) else {
            let condition = field.text(&mut self.report).and_then(|text| self.condition(text, Place::Benchmark));
            if let Some(condition) = condition {
                benchmark.strict = condition.clone();
                benchmark.nominal = condition;
            }
            return benchmark;
        };
        let [nominal, strict] = ["nominal", "strict"].map(|key| {
            let text = section.require(key, &mut self.report)?.text(&mut self.report)?;
            self.condition(text, Place::Benchmark)
        });
        benchmark.nominal = nominal.unwrap_or_else(unreadable);
        benchmark.strict = strict.unwrap_or_else(unreadable);
        benchmark.evidence = self.evidence(&mut section).or(evidence);
        section.finish(&format::BENCHMARK, &mut self.report);
        benchmark
    }
}
