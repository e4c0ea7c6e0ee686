//! From the text of a case file to a checked model, with every mistake at its place.
//!
//! Reading takes two passes. The first collects what the file declares ([`names`]), so that a name may stand before
//! its declaration; the second reads the bodies ([`sections`]), and with them the conditions ([`expression`]), edits
//! ([`edits`]) and checks ([`checks`]) in them. What only the case as a whole can show follows at the end: circles
//! ([`circles`]), what levers do ([`levers`]), and whose preferences are needed ([`whole`]).
//!
//! A mistake is reported once, where it stands. What depends on something that could not be read is not reported.

mod arguments;
mod changes;
mod checks;
mod circles;
mod csv;
mod date;
pub(crate) mod document;
mod edits;
mod evidence;
mod expression;
mod files;
mod fragment;
mod levers;
mod lexer;
mod limits;
mod names;
mod number;
mod options;
mod overlay;
mod parser;
mod place;
mod predicates;
mod ranking;
mod report;
mod sections;
mod sheets;
pub(crate) mod syntax;
mod table;
mod unsupported;
mod warnings;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, SourceText, Span};
use crate::edit::Edit;
use crate::model::{Case, CaseReading, Rule, TrackId};
pub use date::is_day;
use document::Table;
pub use files::Load;
pub use options::read_option;

use files::Files;
use fragment::{File, Fragment};
use names::{Kind, Names};
use overlay::Laid;
use place::Uses;
use report::Report;
use sections::ReadingHead;
use table::Section;

/// What reading a case gives.
#[derive(Debug)]
pub struct Reading {
    /// The case, if it has no errors. Warnings do not stand in its way.
    pub case: Option<Case>,
    /// Everything found wrong, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// The files read, in the order spans count through them.
    pub files: Vec<SourceText>,
    /// How many of them are TOML; they stand before the sheets.
    pub documents: usize,
}

/// Reads the text of a case that stands in one file.
///
/// All mistakes are reported at once. Spans are byte ranges of `text`, down to the word in a condition, edit or check.
pub fn read(text: &str) -> Reading {
    let first = SourceText { name: "case.toml".to_owned(), text: text.to_owned() };
    read_files(first, &mut |_| Err("cannot be read here, since the case is not a file in a folder".to_owned()))
}

/// Reads a case whose first file may name others; `load` gives their texts.
///
/// Spans count through all files: see [`crate::SourceFiles`].
pub fn read_files(first: SourceText, load: &mut Load<'_>) -> Reading {
    let mut relay = |path: &str| load(path);
    let mut files = Files::new(&mut relay);
    let (case, diagnostics) = read_all(first, &mut files);
    Reading { case, diagnostics, documents: files.documents, files: files.sources }
}

fn read_all(first: SourceText, files: &mut Files<'_>) -> (Option<Case>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let Some(mut document) = files.document(first.clone(), &mut found) else {
        files.sources.push(first);
        return (None, found);
    };
    files.listed(&mut document, &mut found);
    let mut report = Report::new(!files.errors.is_empty());
    found.into_iter().for_each(|diagnostic| report.push(diagnostic));
    if !fits(&document, files, &mut report) {
        return (None, report.finish());
    }
    sheets::bring_in(&mut document, files, &mut report);
    if !fits(&document, files, &mut report) {
        return (None, report.finish());
    }
    let text = files.text.as_str();
    let file = File { text, errors: &files.errors };
    let root = Section::new(file, "the case".to_owned(), &document, 0..0);
    let readings = overlay::lay_all(&document, &mut report);
    let unread = report.is_incomplete().then_some(text);
    let mut reader = Reader::of_document(&root, report, unread);
    let mut case = reader.case(root);
    reader.warn_of_today(&case);
    let mut under = Vec::new();
    for laid in &readings {
        under.push(reader.reading_of(laid, file, unread));
    }
    if reader.report.has_errors() {
        return (None, reader.report.finish());
    }
    let heads = std::mem::take(&mut reader.readings).into_iter();
    let readings = heads.zip(under).map(|(head, case)| CaseReading {
        id: head.id,
        name: head.name,
        evidence: head.evidence,
        case,
    });
    case.readings = readings.collect();
    reader.unused();
    reader.unused_votes();
    reader.beyond_reach(&case);
    (Some(case), reader.report.finish())
}

/// Whether a document is within the limits; what is not is reported.
fn fits(document: &Table, files: &Files<'_>, report: &mut Report) -> bool {
    let file = File { text: &files.text, errors: &files.errors };
    let before = report.count();
    limits::check(&Section::new(file, "the case".to_owned(), document, 0..0), report);
    report.count() == before
}

/// Reads one edit against a case, as the command line takes it.
///
/// The case is the one the edit will be applied to. Spans are byte ranges of `text`.
pub fn read_edit(text: &str, case: &Case) -> Result<Edit, Vec<Diagnostic>> {
    let mut reader = Reader::of_case(case);
    let edit = reader.edit(Fragment::whole(text));
    reader.preferences();
    match edit {
        Some((edit, _)) if !reader.report.has_errors() => Ok(edit),
        _ => {
            let mut diagnostics = reader.report.finish();
            // Labels point into a case file, and here there is none.
            diagnostics.iter_mut().for_each(|diagnostic| diagnostic.labels.clear());
            Err(diagnostics)
        }
    }
}

/// One reading: what is known so far, and what is to be checked when everything has been read.
#[derive(Debug)]
struct Reader {
    names: Names,
    report: Report,
    /// What something refers to.
    used: BTreeSet<(Kind, usize)>,
    /// Whether the case says that there is no status quo.
    no_agreement: bool,
    /// The predicates of the named condition being read, and of all that were read.
    predicates: Uses,
    defines: Vec<Uses>,
    /// The named conditions, each after those it uses.
    define_order: Vec<usize>,
    /// The named conditions that the one being read uses.
    mentions: Vec<(usize, Span)>,
    /// Who points at whom, for finding circles.
    links: BTreeMap<circles::Link, Vec<(usize, usize, Span)>>,
    /// Whose preferences are needed, where, and what for.
    needs: Vec<whole::Need>,
    /// Parties and guarantors without a vote, whose consent an edit of the rule may make count.
    unasked: Vec<whole::Unasked>,
    /// Every rule each track may have, in the file or after an edit.
    rules: BTreeSet<(usize, Rule)>,
    /// Who may sit as party or guarantor where, and who may hold a veto, in the file or after an edit.
    seated: BTreeSet<(usize, usize)>,
    vetoes: BTreeSet<(usize, usize)>,
    /// Tracks whose seats or votes some edit changes.
    revoted: BTreeSet<usize>,
    /// Issues some track can decide, now or after an edit.
    on_agenda: BTreeSet<usize>,
    /// The most parts a mandate has, in the file or after an edit, by track.
    mandates: BTreeMap<usize, usize>,
    /// The constraints of a check that name a part of a mandate.
    parts: Vec<checks::Part>,
    /// Where things stand that a check over the whole case points at.
    spans: whole::Spans,
    /// What the readings say of themselves.
    readings: Vec<ReadingHead>,
}

impl Reader {
    /// A reader of a whole document; `unread` is its text where parts of it are not valid.
    fn of_document(root: &Section<'_>, report: Report, unread: Option<&str>) -> Self {
        let mut names = Names::declare(root);
        if let Some(text) = unread {
            names.remember_unread(text);
        }
        Reader::new(names, report)
    }

    /// The case as a reading has it, checked like the case itself. What is wrong only under the reading is reported, and says so.
    fn reading_of(&mut self, laid: &Laid, file: File<'_>, unread: Option<&str>) -> Case {
        let root = Section::new(file, "the case".to_owned(), &laid.document, 0..0);
        let mut other = Reader::of_document(&root, Report::new(unread.is_some()), unread);
        let case = other.case(root);
        other.warn_of_today(&case);
        self.used.append(&mut other.used);
        self.on_agenda.append(&mut other.on_agenda);
        self.report.add_under(other.report, |diagnostic| {
            let here = laid.covers(&diagnostic.span);
            if here {
                diagnostic
            } else {
                diagnostic.label(laid.span.clone(), format!("under the reading `{}`", laid.id))
            }
        });
        case
    }

    /// A reader that knows a case that was read before.
    fn of_case(case: &Case) -> Self {
        let mut reader = Reader::new(Names::of_case(case), Report::new(false));
        reader.no_agreement = case.no_agreement_today;
        for define in &case.defines {
            reader.note_define(&define.condition);
        }
        reader.close_defines();
        for (index, track) in case.tracks.iter().enumerate() {
            reader.note_track(TrackId(index), track, &[]);
        }
        reader
    }

    fn new(names: Names, report: Report) -> Self {
        Reader {
            names,
            report,
            used: BTreeSet::new(),
            no_agreement: false,
            predicates: Uses::new(),
            defines: Vec::new(),
            define_order: Vec::new(),
            mentions: Vec::new(),
            links: BTreeMap::new(),
            needs: Vec::new(),
            unasked: Vec::new(),
            rules: BTreeSet::new(),
            seated: BTreeSet::new(),
            vetoes: BTreeSet::new(),
            revoted: BTreeSet::new(),
            on_agenda: BTreeSet::new(),
            mandates: BTreeMap::new(),
            parts: Vec::new(),
            spans: whole::Spans::default(),
            readings: Vec::new(),
        }
    }
}
