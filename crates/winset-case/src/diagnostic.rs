//! Diagnostics as data: what is wrong with a case, where, and how to mend it. Rendering happens elsewhere.

use std::fmt;
use std::ops::Range;

/// A range of bytes in the text of the case file; of several files, in their texts one after the other: see [`SourceFiles`].
pub type Span = Range<usize>;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The case cannot be used.
    Error,
    /// The case can be used, but something in it is probably not what its author meant.
    Warning,
}

/// A second place that helps to understand a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What stands there.
    pub message: String,
}

/// One thing wrong with a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of mistake; every code has an example in the error gallery.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where it stands.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// Other places that help.
    pub labels: Vec<Label>,
    /// How to mend it; never empty.
    pub help: String,
}

impl Diagnostic {
    /// An error: what is wrong where, and how to mend it.
    pub fn error(code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        let (message, help) = (message.into(), help.into());
        Diagnostic { code, severity: Severity::Error, span, message, labels: Vec::new(), help }
    }

    /// A warning: what is probably not meant, and how to mend it.
    pub fn warning(code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Self::error(code, span, message, help) }
    }

    /// The same with a second place that helps to understand it.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }
}

/// The text of a case file under the name a person knows it by.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// The name to print, usually the path given.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl SourceText {
    /// The line and column of a byte offset, both counted from 1, columns in characters.
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// The files of a case, in the order they were read. Spans count through their texts one after the other, with one byte between.
#[derive(Debug, Clone, Copy)]
pub struct SourceFiles<'s>(&'s [SourceText]);

impl<'s> SourceFiles<'s> {
    /// The file a span stands in, and the span within it.
    ///
    /// # Panics
    ///
    /// If there is no file at all.
    pub fn locate(&self, span: &Span) -> (&'s SourceText, Span) {
        let mut start = 0;
        for (index, file) in self.0.iter().enumerate() {
            let end = start + file.text.len();
            if span.start <= end || index + 1 == self.0.len() {
                let within = |offset: usize| offset.saturating_sub(start).min(file.text.len());
                return (file, within(span.start)..within(span.end));
            }
            start = end + 1;
        }
        unreachable!("a case has a file")
    }
}

impl<'s> From<&'s SourceText> for SourceFiles<'s> {
    fn from(file: &'s SourceText) -> Self {
        SourceFiles(std::slice::from_ref(file))
    }
}

impl<'s> From<&'s Vec<SourceText>> for SourceFiles<'s> {
    fn from(files: &'s Vec<SourceText>) -> Self {
        SourceFiles(files)
    }
}

/// The codes of one kind of mistake: an enumeration whose names stand beside their stable text.
#[doc(hidden)]
#[macro_export]
macro_rules! codes {
    (#[doc = $kinds:literal] $($(#[doc = $doc:literal])* $name:ident = $text:literal,)*) => {
        #[doc = $kinds]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])* $name,)* }

        impl Code {
            /// Every code, for the gallery of mistakes.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The stable text form.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    #[doc = "The kinds of mistake. The text form (`E101`) is stable: tests and documents cite it."]
    /// The file is not valid TOML.
    Syntax = "E101",
    /// A key or section this format does not have.
    UnknownKey = "E102",
    /// A required key is missing.
    MissingKey = "E103",
    /// A value of the wrong type, such as a number where text is needed.
    WrongType = "E104",
    /// A construct of the format that this version does not support yet.
    NotSupportedYet = "E105",
    /// The case, or a part of it, is larger than this version can hold.
    TooLarge = "E106",
    /// A file the case names that may not or cannot be read, or is not laid out as it should be.
    BadFile = "E107",
    /// An id with characters it may not have, or a reserved word.
    BadId = "E201",
    /// A name that is not declared anywhere.
    UnknownName = "E202",
    /// The same id, option or entry twice.
    Duplicate = "E203",
    /// A circle: of principals, of patrons, of definitions or of parts.
    Circle = "E204",
    /// A word where only certain words may stand.
    UnknownWord = "E205",
    /// A reading that adds something, or changes what no reading can.
    BadReading = "E206",
    /// A number outside its range.
    OutOfRange = "E301",
    /// A number with more decimals or digits than can be computed exactly.
    TooPrecise = "E302",
    /// A distribution that contradicts itself.
    BadDistribution = "E303",
    /// An option without a value, though its issue has a weight.
    MissingValue = "E304",
    /// An actor whose consent is needed, without preferences or fallback.
    MissingPreferences = "E305",
    /// Not a date.
    BadDate = "E306",
    /// A condition, edit or check that cannot be parsed.
    BadExpression = "E401",
    /// A predicate that may not stand in this kind of condition.
    NotAllowedHere = "E402",
    /// An edit whose operator or value does not fit what it edits.
    BadEdit = "E403",
    /// A lever that acts through no channel or more than one.
    BadLever = "E404",
    /// Two levers that edit the same thing and do not exclude each other.
    LeversConflict = "E405",
    /// A check with the wrong number or kind of arguments.
    BadCheck = "E406",
    /// An option to compare whose levers cannot be used so, or that cannot be read.
    BadOption = "E407",
    /// A condition that holds already today where it should be brought about.
    HoldsToday = "W501",
    /// Something declared that nothing uses.
    Unused = "W502",
    /// A rule that no votes of those who sit there can meet.
    BeyondReach = "W503",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
