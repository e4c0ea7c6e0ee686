//! `[[event]]`, and what `[record]` and `[matrix]` say beside their sheets.

use super::super::Reader;
use super::super::names::Kind;
use super::super::sheets::COLUMNS;
use super::super::table::{Section, word};
use crate::diagnostic::Code;
use crate::format;
use crate::model::{Event, EventKind, TrackId};

impl Reader {
    /// The record up to the case's date, the earliest first.
    pub(super) fn events(&mut self, root: &mut Section<'_>, as_of: &str) -> Vec<Event> {
        let sections = root.take("event").map(|field| field.tables("event", &mut self.report)).unwrap_or_default();
        let mut events: Vec<Event> = sections.into_iter().map(|section| self.event(section, as_of)).collect();
        events.sort_by(|a, b| a.date.cmp(&b.date));
        events
    }

    fn event(&mut self, mut section: Section<'_>, as_of: &str) -> Event {
        let date = section.require("date", &mut self.report);
        let span = date.as_ref().map(|field| field.span.clone());
        let date = date.and_then(|field| self.day(&field)).unwrap_or_default();
        if let Some(span) = span.clone().filter(|_| !as_of.is_empty() && date.as_str() > as_of) {
            let message = format!("this happened on {date}, after the date of the case ({as_of})");
            let help = "leave it out: nothing after `as_of` belongs in the case";
            self.report.error(Code::BadDate, span, message, help);
        }
        let end = section.take("end").map(|field| (field.span.clone(), self.day(&field)));
        if let Some((span, Some(end))) = end.as_ref().filter(|(_, end)| end.as_ref().is_some_and(|end| *end < date)) {
            let message = format!("this ends on {end}, before it begins ({date})");
            self.report.error(Code::BadDate, span.clone(), message, "write the last day as `end`");
        }
        let track = section.take("track").and_then(|field| field.text(&mut self.report));
        let track = track.filter(|track| track.text != "none");
        let track = track.and_then(|track| self.find(Kind::Track, track.text, track.span())).map(TrackId);
        let words = section.require("kind", &mut self.report).and_then(|field| field.one_or_more(&mut self.report));
        let words = words.unwrap_or_default();
        let kind = |text| word(text, "kind of event", EventKind::WORDS, EventKind::from_word, &mut self.report);
        let kinds = words.iter().filter_map(kind).collect();
        let text = section.require("text", &mut self.report).and_then(|field| field.words(&mut self.report));
        let result = section.take("result").and_then(|field| field.words(&mut self.report));
        let evidence = self.evidence(&mut section);
        section.finish(&format::EVENT, &mut self.report);
        let end = end.and_then(|(_, end)| end);
        Event { date, end, track, kinds, text: text.unwrap_or_default(), result, evidence }
    }

    /// What the tables say that name sheets; the sheets themselves were brought in before.
    pub(super) fn sheets(&mut self, root: &mut Section<'_>) {
        if let Some(mut section) = root.take("record").map(|field| field.body("[record]".to_owned(), &mut self.report))
        {
            section.require("file", &mut self.report).and_then(|field| field.words(&mut self.report));
            if let Some(mut columns) =
                section.take("columns").and_then(|field| field.table("columns".to_owned(), &mut self.report))
            {
                for column in COLUMNS {
                    columns.take(column).and_then(|field| field.words(&mut self.report));
                }
                columns.finish(&format::COLUMNS, &mut self.report);
            }
            if let Some(mut tracks) =
                section.take("tracks").and_then(|field| field.table("tracks".to_owned(), &mut self.report))
            {
                for field in tracks.rest() {
                    let text = field.text(&mut self.report).filter(|text| text.text != "none");
                    text.and_then(|text| self.find(Kind::Track, text.text, text.span()));
                }
            }
            if let Some(mut kinds) =
                section.take("kinds").and_then(|field| field.table("kinds".to_owned(), &mut self.report))
            {
                for field in kinds.rest() {
                    for text in field.one_or_more(&mut self.report).unwrap_or_default() {
                        word(&text, "kind of event", EventKind::WORDS, EventKind::from_word, &mut self.report);
                    }
                }
            }
            self.evidence(&mut section);
            section.finish(&format::RECORD, &mut self.report);
        }
        if let Some(mut section) = root.take("matrix").map(|field| field.body("[matrix]".to_owned(), &mut self.report))
        {
            for key in ["weights", "values"] {
                section.take(key).and_then(|field| field.words(&mut self.report));
            }
            self.evidence(&mut section);
            section.finish(&format::MATRIX, &mut self.report);
        }
    }
}
