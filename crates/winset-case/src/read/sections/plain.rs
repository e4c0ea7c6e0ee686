//! `[case]`, `[source]`, `[issue]`, `[define]` and `[package]`.

use super::super::Reader;
use super::super::document::Content;
use super::super::names::Kind;
use super::super::place::Place;
use super::super::table::Section;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::format;
use crate::model::{Condition, Define, Expression, Issue, IssueId, Package, Source};

/// What `[case]` says.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) title: String,
    pub(super) as_of: String,
    pub(super) summary: Option<String>,
}

impl Reader {
    pub(super) fn head(&mut self, root: &mut Section<'_>) -> Head {
        let Some(field) = root.take("case") else {
            if root.get("case").is_none() {
                let help = "start the file with `[case]`, and below it `title = \"…\"` and `as_of = 2017-12-12`";
                self.missing_section("this case has no `[case]`", help);
            }
            return Head::default();
        };
        let mut section = field.body("[case]".to_owned(), &mut self.report);
        let report = &mut self.report;
        let title = section.require("title", report).and_then(|field| field.words(report)).unwrap_or_default();
        let summary = section.take("summary").and_then(|field| field.words(report));
        section.take("files").and_then(|field| field.texts(report));
        let as_of = section.require("as_of", report);
        let as_of = as_of.and_then(|field| self.day(&field)).unwrap_or_default();
        if let Some(today) = section.take("today").and_then(|field| field.text(&mut self.report)) {
            self.no_agreement = today.text == "no-agreement";
            if !self.no_agreement {
                let message = format!("`{}` is not what `today` may be here", today.text);
                let help = "write `\"no-agreement\"`, or leave `today` out: then today is one option of every issue";
                self.report.error(Code::UnknownWord, today.span(), message, help);
            }
        }
        section.finish(&format::CASE, &mut self.report);
        Head { title, as_of, summary }
    }

    pub(super) fn source(&mut self, id: &str, _: usize, mut section: Section<'_>) -> Source {
        let report = &mut self.report;
        let title = section.require("title", report).and_then(|field| field.words(report)).unwrap_or_default();
        let author = section.take("author").and_then(|field| field.words(report));
        let url = section.take("url").and_then(|field| field.words(report));
        let note = section.take("note").and_then(|field| field.words(report));
        let grade = section.take("reliability").and_then(|field| field.text(report));
        let reliability = grade.and_then(|grade| {
            let mut letters = grade.text.chars();
            let letter = letters.next().filter(|letter| ('A'..='F').contains(letter) && letters.next().is_none());
            if letter.is_none() {
                let help = "the Admiralty grades of sources run from `A` (reliable) to `F` (cannot be judged)";
                report.error(Code::UnknownWord, grade.span(), format!("`{}` is not a reliability", grade.text), help);
            }
            letter
        });
        let date = section.take("date").and_then(|field| self.rough_date(&field));
        section.finish(&format::SOURCE, &mut self.report);
        Source { id: id.to_owned(), title, author, date, url, reliability, note }
    }

    pub(super) fn issue(&mut self, id: &str, index: usize, mut section: Section<'_>) -> Issue {
        let (name, in_sentence) = self.name_in_sentence(&mut section, id);
        let field = section.require("options", &mut self.report);
        let texts = field.as_ref().and_then(|field| field.texts(&mut self.report)).unwrap_or_default();
        self.no_repetition(&texts);
        for text in texts.iter().filter(|text| text.text.trim().is_empty()) {
            self.report.error(Code::WrongType, text.span(), "this option is empty", "write it out in a word or a few");
        }
        if let Some(field) = field.filter(|field| field.items().len() < 2 && field.as_text().is_none())
            && matches!(field.content, Content::List(_))
        {
            let message = format!("`{id}` has fewer than two options");
            let help = "name what stands today and what could be agreed instead";
            self.report.error(Code::OutOfRange, field.span, message, help);
        }
        let today = section.take("today").and_then(|field| {
            if self.no_agreement {
                let message = "`today` has no meaning here, since nothing stands today in this case";
                let help = "leave it out, or leave `today = \"no-agreement\"` out of `[case]`";
                self.report.error(Code::UnknownKey, field.key_span, message, help);
                return None;
            }
            let text = field.text(&mut self.report)?;
            self.option(IssueId(index), text.text, text.span())
        });
        let evidence = self.evidence(&mut section);
        section.finish(&format::ISSUE, &mut self.report);
        let options = texts.iter().map(|text| text.text.to_owned()).collect();
        Issue { id: id.to_owned(), name, in_sentence, options, today: today.unwrap_or(0), evidence }
    }

    /// `[define]`, which has to be read before every other condition.
    pub(super) fn all_defines(&mut self, root: &mut Section<'_>) -> Vec<Define> {
        let mut defines = Vec::new();
        for field in self.entries(root, Kind::Define) {
            let text = if field.is_broken() { None } else { field.text(&mut self.report) };
            let condition = text.and_then(|text| self.condition(text, Place::Define)).unwrap_or_else(unreadable);
            self.finish_define();
            defines.push(Define { id: field.key.to_owned(), condition });
        }
        self.close_defines();
        defines
    }

    pub(super) fn package(&mut self, id: &str, _: usize, mut section: Section<'_>) -> Package {
        let (name, in_sentence) = self.name_in_sentence(&mut section, id);
        let field = section.take("content");
        let table = field.and_then(|field| field.table("content".to_owned(), &mut self.report));
        let span = table.as_ref().map_or(section.span.clone(), |table| table.span.clone());
        let (mut content, mut named) = (Vec::new(), Vec::new());
        for field in table.map(|mut table| table.rest()).unwrap_or_default() {
            let issue = self.find(Kind::Issue, field.key, field.key_span.clone());
            named.extend(issue);
            let text = if field.is_broken() { None } else { field.text(&mut self.report) };
            let (Some(issue), Some(text)) = (issue, text) else { continue };
            content.extend(self.option(IssueId(issue), text.text, text.span()).map(|option| (IssueId(issue), option)));
        }
        self.whole_package(id, &named, span);
        let evidence = self.evidence(&mut section);
        section.finish(&format::PACKAGE, &mut self.report);
        content.sort_unstable();
        Package { id: id.to_owned(), name, in_sentence, content, evidence }
    }

    /// Where nothing stands today, a package has to settle everything.
    fn whole_package(&mut self, id: &str, named: &[usize], span: Span) {
        let issues = self.names.of(Kind::Issue);
        let missing = (0..issues.len()).find(|issue| !named.contains(issue));
        if let Some(missing) = missing.filter(|_| self.no_agreement) {
            let message = format!("the package `{id}` leaves `{}` open", issues.id(missing));
            let help = "nothing stands today in this case: name an option for every issue";
            self.report.absence(Diagnostic::error(Code::MissingKey, span, message, help));
        }
    }
}

/// What stands for a condition with a mistake in it, which was reported.
pub(super) fn unreadable() -> Condition {
    Condition { text: String::new(), expression: Expression::Constant(false) }
}
