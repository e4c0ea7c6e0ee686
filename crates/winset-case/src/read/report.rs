//! The diagnostics found so far, and the wording they share.

use crate::diagnostic::{Code, Diagnostic, Severity, Span};

/// How many unknown words get a suggestion: comparing words costs time, and nobody reads more.
const SUGGESTIONS: usize = 500;

/// How many names a help line lists.
const LISTED: usize = 9;

/// What was found wrong so far.
#[derive(Debug)]
pub(super) struct Report {
    diagnostics: Vec<Diagnostic>,
    /// Whether parts of the file could not be read at all, so that what seems to be missing may stand there.
    incomplete: bool,
    suggestions_left: usize,
}

impl Report {
    pub(super) fn new(incomplete: bool) -> Self {
        Report { diagnostics: Vec::new(), incomplete, suggestions_left: SUGGESTIONS }
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports an error.
    pub(super) fn error(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::error(code, span, message, help));
    }

    /// Reports that something is not there, unless it may stand in a part of the file that could not be read.
    pub(super) fn absence(&mut self, diagnostic: Diagnostic) {
        if !self.incomplete {
            self.push(diagnostic);
        }
    }

    pub(super) fn is_incomplete(&self) -> bool {
        self.incomplete
    }

    pub(super) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Adds what another report has beyond this one.
    pub(super) fn add_under(&mut self, other: Report, place: impl Fn(Diagnostic) -> Diagnostic) {
        let new: Vec<_> = other.diagnostics.into_iter().filter(|found| !self.diagnostics.contains(found)).collect();
        self.diagnostics.extend(new.into_iter().map(place));
    }

    /// How many diagnostics there are, to see later whether something added one.
    pub(super) fn count(&self) -> usize {
        self.diagnostics.len()
    }

    /// Everything found, in the order of the file.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by(|a, b| {
            (a.span.start, a.span.end, a.code, &a.message).cmp(&(b.span.start, b.span.end, b.code, &b.message))
        });
        self.diagnostics.dedup();
        self.diagnostics
    }

    /// A help line for a word that is none of the candidates.
    pub(super) fn suggest<'c>(
        &mut self,
        word: &str,
        candidates: impl Iterator<Item = &'c str> + Clone,
        none: &str,
    ) -> String {
        let meant = if self.suggestions_left > 0 { closest(word, candidates.clone()) } else { None };
        self.suggestions_left = self.suggestions_left.saturating_sub(1);
        match meant {
            Some(candidate) => format!("did you mean `{candidate}`?"),
            None => one_of(candidates).unwrap_or_else(|| none.to_owned()),
        }
    }
}

/// `use one of a, b, c`; nothing if there is nothing to use.
pub(super) fn one_of<'c>(candidates: impl Iterator<Item = &'c str> + Clone) -> Option<String> {
    let count = candidates.clone().count();
    // One more is named rather than counted.
    let listed = list(candidates.take(if count == LISTED + 1 { count } else { LISTED }));
    match count {
        0 => None,
        1 => Some(format!("the only one here is {listed}")),
        _ if count > LISTED + 1 => Some(format!("use one of {listed} or the {} others", count - LISTED)),
        _ => Some(format!("use one of {listed}")),
    }
}

/// Names in backquotes with commas between.
pub(super) fn list<'c>(names: impl Iterator<Item = &'c str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The candidate a person who wrote `word` most likely meant, if one is close.
pub(super) fn closest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    const LONGEST: usize = 64;
    if word.len() > LONGEST {
        return None;
    }
    let plain = |text: &str| text.to_lowercase().replace(['_', ' '], "-");
    let word = plain(word);
    candidates
        .filter(|candidate| candidate.len() <= LONGEST)
        .filter_map(|candidate| {
            let other = plain(candidate);
            let distance = strsim::damerau_levenshtein(&word, &other);
            let shorter = word.chars().count().min(other.chars().count());
            let begins = shorter >= 4 && (word.starts_with(&other) || other.starts_with(&word));
            (distance <= (shorter / 3).max(1) && distance < shorter || begins).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_name_is_suggested_and_a_far_one_is_not() {
        let names = ["government", "opposition", "un-envoy"];
        assert_eq!(closest("goverment", names.into_iter()), Some("government"));
        assert_eq!(closest("UN_envoy", names.into_iter()), Some("un-envoy"));
        assert_eq!(closest("opposition-delegation", names.into_iter()), Some("opposition"));
        assert_eq!(closest("russia", names.into_iter()), None);
        assert_eq!(closest("a", ["b"].into_iter()), None);
    }
}
