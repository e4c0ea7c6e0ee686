//! Texts of a case file that know where they stand.

use crate::diagnostic::Span;

/// The file as it was parsed, with the places where it is not valid.
#[derive(Debug, Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) text: &'a str,
    /// Where syntax errors stand, in order.
    pub(super) errors: &'a [Span],
}

impl<'a> File<'a> {
    /// Whether a syntax error stands in or at the edge of this span, so that what was read there is not what was meant.
    pub(super) fn is_broken(&self, span: &Span) -> bool {
        let first = self.errors.partition_point(|error| error.end < span.start);
        self.errors.get(first).is_some_and(|error| error.start <= span.end)
    }

    /// The content of the text value at this span.
    pub(super) fn fragment(&self, content: &'a str, span: Span) -> Fragment<'a> {
        let exact = content_start(self.text, &span)
            .filter(|start| self.text.get(*start..start + content.len()) == Some(content));
        Fragment { text: content, exact, start: span.start, end: span.end }
    }
}

/// Where the content of the quoted text at `span` starts, if it is written without escapes.
fn content_start(file: &str, span: &Span) -> Option<usize> {
    let written = file.get(span.clone())?;
    let quote = written.get(..1).filter(|quote| ["\"", "'"].contains(quote))?;
    let multi_line = written.len() >= 6 && written.starts_with(&quote.repeat(3));
    if !multi_line {
        return Some(span.start + 1);
    }
    // A line end directly after the opening quotes does not belong to the content.
    let line_end = [2, 1].into_iter().find(|&length| matches!(written.get(3..3 + length), Some("\r\n" | "\n")));
    Some(span.start + 3 + line_end.unwrap_or(0))
}

/// A text together with its place in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fragment<'a> {
    pub(super) text: &'a str,
    /// Where its first byte stands, if it stands in the file byte for byte.
    exact: Option<usize>,
    start: usize,
    end: usize,
}

impl<'a> Fragment<'a> {
    /// A text that is the whole file.
    pub(super) fn whole(text: &'a str) -> Self {
        Fragment { text, exact: Some(0), start: 0, end: text.len() }
    }

    /// A text that stands somewhere in this span.
    pub(super) fn at(text: &'a str, span: Span) -> Self {
        Fragment { text, exact: None, start: span.start, end: span.end }
    }

    /// Where the whole of it stands, with its quotes.
    pub(super) fn span(&self) -> Span {
        self.start..self.end
    }

    /// Where a part of it stands; the whole if escapes make that unknowable.
    pub(super) fn part(&self, range: Span) -> Span {
        match self.exact {
            Some(exact) => exact + range.start..exact + range.end,
            None => self.span(),
        }
    }

    /// A part of it as a fragment of its own.
    pub(super) fn slice(&self, range: Span) -> Fragment<'a> {
        let Span { start, end } = self.part(range.clone());
        Fragment { text: &self.text[range.clone()], exact: self.exact.map(|exact| exact + range.start), start, end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part_of(file: &str, content: &str, range: Span) -> Span {
        let start = file.find('=').unwrap() + 2;
        File { text: file, errors: &[] }.fragment(content, start..file.len()).part(range)
    }

    #[test]
    fn parts_of_plain_texts_are_found_in_the_file() {
        assert_eq!(part_of("a = \"b c\"", "b c", 2..3), 7..8);
        assert_eq!(part_of("a = 'b c'", "b c", 2..3), 7..8);
        assert_eq!(part_of("a = \"\"\"\nb c\"\"\"", "b c", 2..3), 10..11);
        assert_eq!(part_of("a = '''b\r\nc'''", "b\r\nc", 3..4), 10..11);
    }

    #[test]
    fn parts_of_texts_with_escapes_are_the_whole() {
        assert_eq!(part_of(r#"a = "\tb""#, "\tb", 1..2), 4..9);
    }
}
