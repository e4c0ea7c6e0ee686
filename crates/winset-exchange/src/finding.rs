//! What is wrong with a file of another program, where, and how to mend it.

use winset_case::{Severity, Span};

winset_case::codes! {
    #[doc = "The kinds of finding. The text form (`X101`) is stable: tests and documents cite it."]
    /// A file that is no text, or larger than a file of its kind can be.
    Unreadable = "X101",
    /// A file that is not well formed XML, JSON or YAML.
    NotWellFormed = "X102",
    /// Something that could be executed, or that expands without end. It is not decoded.
    Refused = "X103",
    /// No domain, more than one, no profiles, or files of more than one program.
    NoScenario = "X104",
    /// Something is not there that has to be.
    Missing = "X201",
    /// Not a number, or not one that may stand there.
    BadNumber = "X202",
    /// A value or an issue the domain does not have, or does not describe alike.
    NotInDomain = "X203",
    /// A construct of the format that cannot be imported.
    NotSupported = "X204",
    /// More than a case can hold.
    TooLarge = "X205",
    /// The same thing twice.
    Duplicate = "X206",
    /// A file in the folder that was left out.
    LeftOut = "X501",
    /// Something in a file that was repaired.
    Repaired = "X502",
    /// Numbers with more digits than a case file holds.
    Rounded = "X503",
    /// Something in a file that is not carried over.
    Ignored = "X504",
    /// Something that means the case answers otherwise than the program would.
    Differs = "X505",
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which kind.
    pub code: Code,
    /// Whether it stands in the way of a case.
    pub severity: Severity,
    /// Which of the files, and where in its text; `None` where no file is to blame.
    pub place: Option<(usize, Span)>,
    /// What is wrong.
    pub message: String,
    /// How to mend it, or what was done; never empty.
    pub help: String,
}

/// The findings so far.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
}

/// A place in a file.
pub(crate) type Place = (usize, Span);

impl Findings {
    pub(crate) fn error(&mut self, code: Code, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.push(code, Severity::Error, Some(place), message.into(), help.into());
    }

    pub(crate) fn warning(&mut self, code: Code, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.push(code, Severity::Warning, Some(place), message.into(), help.into());
    }

    /// An error no single file is to blame for.
    pub(crate) fn general(&mut self, code: Code, message: impl Into<String>, help: impl Into<String>) {
        self.push(code, Severity::Error, None, message.into(), help.into());
    }

    fn push(&mut self, code: Code, severity: Severity, place: Option<Place>, message: String, help: String) {
        self.list.push(Finding { code, severity, place, message, help });
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.list.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.list.len()
    }

    /// All of them, errors first, in the order of the files.
    pub(crate) fn finish(mut self) -> Vec<Finding> {
        let key = |finding: &Finding| {
            let place = finding.place.as_ref().map(|(file, span)| (*file, span.start));
            (finding.severity, place)
        };
        self.list.sort_by_key(key);
        self.list.dedup();
        self.list
    }
}

/// Names in backticks, the first few.
pub(crate) fn quoted_list(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(6).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > 6 { format!(" and {} more", names.len() - 6) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}
