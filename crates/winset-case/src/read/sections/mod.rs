//! The sections of a case file, read one by one in an order that lets each use what it needs of the others.

mod actor;
mod claim;
mod event;
mod lever;
mod moves;
mod option;
mod plain;
mod reading;
mod simulation;
mod state_preference;
mod tie;
mod track;
mod voting;

pub(super) use reading::ReadingHead;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Reader;
use super::fragment::Fragment;
use super::names::{Kind, is_id_character};
use super::parser::RESERVED;
use super::table::{Field, Section};
use super::unsupported::unsupported_section;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::format::SECTIONS;
use crate::model::{Case, Dynamics, Game};

impl Reader {
    /// The whole case. What could not be read is filled with something, and reported.
    pub(super) fn case(&mut self, mut root: Section<'_>) -> Case {
        let head = self.head(&mut root);
        let mut case = Case {
            title: head.title,
            as_of: head.as_of,
            summary: head.summary,
            no_agreement_today: self.no_agreement,
            strict_recognition: false,
            sources: self.each(&mut root, Kind::Source, Self::source),
            issues: self.each(&mut root, Kind::Issue, Self::issue),
            defines: self.all_defines(&mut root),
            actors: self.each(&mut root, Kind::Actor, Self::actor),
            frameworks: self.each(&mut root, Kind::Framework, Self::framework),
            ties: self.each(&mut root, Kind::Tie, Self::tie),
            tracks: self.each(&mut root, Kind::Track, Self::track),
            levers: self.each(&mut root, Kind::Lever, Self::lever),
            moves: self.each(&mut root, Kind::Move, Self::move_),
            game: Game::default(),
            dynamics: Dynamics::default(),
            packages: self.each(&mut root, Kind::Package, Self::package),
            options: self.each(&mut root, Kind::Option, Self::policy_option),
            claims: self.claims(&mut root),
            events: Vec::new(),
            readings: Arc::default(),
            reading: None,
            applied: Vec::new(),
        };
        case.game = self.game(&mut root, &case);
        case.dynamics = self.simulation(&mut root, &case.as_of);
        case.events = self.events(&mut root, &case.as_of);
        self.sheets(&mut root);
        self.readings = self.each(&mut root, Kind::Reading, Self::reading);
        if case.issues.is_empty() && case.moves.is_empty() {
            self.missing_section("this case has no issue", "add a section `[issue.ID]`: what can be settled");
        }
        self.circles();
        self.levers(&mut case);
        self.option_levers(&case);
        self.preferences();
        self.unknown_sections(root);
        case
    }

    /// Reads every entry of a kind, in the order of the file.
    fn each<T>(
        &mut self,
        root: &mut Section<'_>,
        kind: Kind,
        read: impl Fn(&mut Self, &str, usize, Section<'_>) -> T,
    ) -> Vec<T> {
        let mut entries = Vec::new();
        for (index, field) in self.entries(root, kind).into_iter().enumerate() {
            let body = field.body(format!("[{}.{}]", kind.word(), field.key), &mut self.report);
            entries.push(read(self, field.key, index, body));
        }
        entries
    }

    fn entries<'a>(&mut self, root: &mut Section<'a>, kind: Kind) -> Vec<Field<'a>> {
        let word = kind.word();
        let Some(field) = root.take(word) else { return Vec::new() };
        let Some(mut table) = field.as_table(word.to_owned()) else {
            let help = match kind {
                Kind::Define => "write `[define]`, and below it `name = \"condition\"`".to_owned(),
                _ => format!("start each with `[{word}.ID]`"),
            };
            let message = format!("`{word}` is not written as sections");
            self.report.error(Code::WrongType, field.key_span, message, help);
            return Vec::new();
        };
        let fields = table.rest();
        for field in fields.iter().filter(|field| !field.has_broken_key()) {
            self.id(field.key, field.key_span.clone());
        }
        fields
    }

    /// Reports an id that is not one.
    pub(super) fn id(&mut self, id: &str, span: Span) {
        let (message, help) = if id.is_empty() {
            ("this id is empty".to_owned(), "write a short word")
        } else if !id.chars().all(is_id_character) {
            (format!("`{id}` is not an id"), "ids are letters, digits, `-` and `_`; a `name` may be any text")
        } else if RESERVED.contains(&id) {
            (format!("`{id}` is a word of the condition language"), "choose another id")
        } else {
            return;
        };
        self.report.error(Code::BadId, span, message, help);
    }

    /// The id of an entry in a list, unique among those before it.
    fn own_id(&mut self, section: &mut Section<'_>, seen: &mut Vec<(String, Span)>, what: &str) -> String {
        let id = section.require("id", &mut self.report).and_then(|field| field.text(&mut self.report));
        let Some(id) = id else { return String::new() };
        self.id(id.text, id.span());
        if let Some((_, first)) = seen.iter().find(|(known, _)| known == id.text) {
            let message = format!("{what} `{}` stands twice", id.text);
            let diagnostic = Diagnostic::error(Code::Duplicate, id.span(), message, "give one of them another id");
            self.report.push(diagnostic.label(first.clone(), "first here"));
        }
        seen.push((id.text.to_owned(), id.span()));
        id.text.to_owned()
    }

    /// `name`, or the id where it is left out.
    fn name(&mut self, section: &mut Section<'_>, id: &str) -> String {
        let field = section.take("name");
        field.and_then(|field| field.words(&mut self.report)).unwrap_or_else(|| id.to_owned())
    }

    /// A name, and what it is within a sentence: articles and small letters cannot be guessed, so a case says them.
    fn name_in_sentence(&mut self, section: &mut Section<'_>, id: &str) -> (String, String) {
        let name = self.name(section, id);
        let Some(field) = section.take("in_sentence") else { return (name.clone(), name) };
        let Some(said) = field.words(&mut self.report) else { return (name.clone(), name) };
        let end = said.chars().next_back();
        if said.starts_with("The ") || said.trim() != said || end.is_some_and(|end| matches!(end, '.' | '!' | '?')) {
            let message = format!("`{said}` cannot stand within a sentence");
            let help = "write it as it stands between other words, such as `\"the Syrian government\"`; the first word of a sentence is capitalised by itself";
            self.report.error(Code::WrongType, field.span.clone(), message, help);
        }
        (name, said)
    }

    /// The one thing a key refers to.
    fn reference(&mut self, section: &mut Section<'_>, key: &'static str, kind: Kind) -> Option<(usize, Span)> {
        let text = section.take(key)?.text(&mut self.report)?;
        Some((self.find(kind, text.text, text.span())?, text.span()))
    }

    /// The things a key refers to, each once.
    fn references(&mut self, field: Option<Field<'_>>, kind: Kind) -> Vec<usize> {
        let Some(texts) = field.and_then(|field| field.texts(&mut self.report)) else { return Vec::new() };
        self.no_repetition(&texts);
        texts.iter().filter_map(|text| self.find(kind, text.text, text.span())).collect()
    }

    /// Reports texts that stand in a list twice.
    fn no_repetition(&mut self, texts: &[Fragment<'_>]) {
        let mut seen = BTreeMap::new();
        for text in texts {
            let first = seen.entry(text.text).or_insert(text.span()).clone();
            if first != text.span() {
                let message = format!("`{}` stands twice in this list", text.text);
                let diagnostic = Diagnostic::error(Code::Duplicate, text.span(), message, "keep one of them");
                self.report.push(diagnostic.label(first, "first here"));
            }
        }
    }

    fn missing_section(&mut self, message: &str, help: &str) {
        self.report.absence(Diagnostic::error(Code::MissingKey, 0..0, message, help));
    }

    fn unknown_sections(&mut self, mut root: Section<'_>) {
        let known = SECTIONS.iter().map(|section| section.table.name);
        for field in root.rest().into_iter().filter(|field| !field.has_broken_key()) {
            let (code, message, help) = match unsupported_section(field.key) {
                Some(help) => (
                    Code::NotSupportedYet,
                    format!("`{}` is not supported in this version", field.key),
                    help.to_owned(),
                ),
                None => (
                    Code::UnknownKey,
                    format!("a case has no section `{}`", field.key),
                    self.report.suggest(field.key, known.clone(), ""),
                ),
            };
            self.report.error(code, field.key_span, message, help);
        }
    }
}
