//! What numbers and conditions rest on.

use super::Reader;
use super::fragment::Fragment;
use super::names::Kind;
use super::table::{Section, word};
use crate::format::{EVIDENCE, first_names};
use crate::model::{Basis, BearsOn, Citation, Evidence, Likelihood, SourceId};

/// The keys of evidence, which may stand beside the names in a table of numbers.
pub(super) const KEYS: [&str; EVIDENCE.len()] = first_names(EVIDENCE);

impl Reader {
    /// The evidence given in a table.
    pub(super) fn evidence(&mut self, section: &mut Section<'_>) -> Evidence {
        let sources = section.take("source").and_then(|field| field.one_or_more(&mut self.report)).unwrap_or_default();
        let sources = sources.into_iter().filter_map(|citation| self.citation(citation)).collect();
        let report = &mut self.report;
        let basis = section.take("basis").and_then(|field| field.text(report));
        let basis = basis.and_then(|text| word(&text, "basis", Basis::WORDS, Basis::from_word, report));
        let credibility = section.take("credibility").and_then(|field| field.grade(1, 6, report));
        let likelihood = section.take("likelihood").and_then(|field| field.text(report));
        let likelihood =
            likelihood.and_then(|text| word(&text, "likelihood", Likelihood::WORDS, Likelihood::from_word, report));
        let asserted_by = section.take("asserted_by").and_then(|field| field.words(report));
        let bears_on = section.take("bears_on").and_then(|field| field.text(report));
        let bears_on = bears_on
            .and_then(|text| word(&text, "thing evidence bears on", BearsOn::WORDS, BearsOn::from_word, report));
        let note = section.take("note").and_then(|field| field.words(report));
        Evidence { sources, basis, credibility, likelihood, asserted_by, bears_on, note }
    }

    /// `heller2017 P17`: a source and a place in it.
    fn citation(&mut self, text: Fragment<'_>) -> Option<Citation> {
        let start = text.text.len() - text.text.trim_start().len();
        let end = text.text[start..].find(char::is_whitespace).map_or(text.text.len(), |length| start + length);
        let id = &text.text[start..end];
        let span = if id.is_empty() { text.span() } else { text.part(start..end) };
        let source = self.find(Kind::Source, id, span)?;
        Some(Citation { source: SourceId(source), place: text.text[end..].trim().to_owned() })
    }

    /// The evidence under these keys of a table whose other keys are names.
    pub(super) fn evidence_under(&mut self, section: &mut Section<'_>, keys: &[&str]) -> Evidence {
        let mut own = section.split(keys);
        self.evidence(&mut own)
    }
}
