//! Options as the command line takes them: `NAME: PART; PART`, or the id of something the case has.
//!
//! A part is the id of a lever, an option or a reading, with that word before it where two of them share the id; or an edit.

use super::Reader;
use super::fragment::Fragment;
use super::lexer::Token;
use super::names::Kind;
use super::parser::{Name, Parsed, Parser};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Case, Evidence, LeverClash, LeverId, PolicyOption, ReadingId};

/// What a part may name.
const KINDS: [Kind; 3] = [Kind::Option, Kind::Lever, Kind::Reading];

/// Reads an option to compare, as the command line takes it. The case is the one it will be applied to; spans are byte ranges of `text`.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn read_option(text: &str, case: &Case) -> Result<PolicyOption, Vec<Diagnostic>> {
    let mut reader = Reader::of_case(case);
    let (name, parts) = split(text);
    let mut option = PolicyOption {
        id: String::new(),
        name: name.unwrap_or(text).trim().to_owned(),
        actor: None,
        levers: Vec::new(),
        edits: Vec::new(),
        reading: None,
        evidence: Evidence::default(),
    };
    let mut parser = Parser::new(&mut reader, Fragment::whole(text).slice(parts.clone()));
    let read = parser.parts(case, &mut option);
    reader.preferences();
    if let (Ok(found), false) = (&read, reader.report.has_errors()) {
        if let ([Some((kind, index))], None) = (found.as_slice(), name) {
            option = alone(case, *kind, *index, option);
        }
        let clash = LeverClash::among(&option.applied_to(case).levers);
        if let Some((message, help)) = clash.map(|clash| clash.words(&case.levers)) {
            reader.report.error(Code::BadOption, parts, message, help);
        }
    }
    if read.is_ok() && !reader.report.has_errors() {
        return Ok(option);
    }
    let mut diagnostics = reader.report.finish();
    // Labels point into a case file, and here there is none.
    diagnostics.iter_mut().for_each(|diagnostic| diagnostic.labels.clear());
    Err(diagnostics)
}

/// The name before the first colon, and where the parts stand. A colon behind `=` or a quote belongs to an edit.
fn split(text: &str) -> (Option<&str>, std::ops::Range<usize>) {
    match text.find([':', '=', '"', '\'']) {
        Some(at) if text[at..].starts_with(':') => (Some(&text[..at]), at + 1..text.len()),
        _ => (None, 0..text.len()),
    }
}

/// One thing of the case as an option of its own, known by its own id and name.
fn alone(case: &Case, kind: Kind, index: usize, mut option: PolicyOption) -> PolicyOption {
    match kind {
        Kind::Lever => {
            let lever = &case.levers[index];
            (option.id, option.name, option.actor) = (lever.id.clone(), lever.name.clone(), lever.owner);
            option
        }
        Kind::Reading => {
            let reading = &case.readings[index];
            (option.id, option.name) = (reading.id.clone(), reading.name.clone());
            option
        }
        _ => case.options[index].clone(),
    }
}

impl<'a> Parser<'_, 'a> {
    /// The parts of an option, and what each names; edits name nothing.
    fn parts(&mut self, case: &Case, option: &mut PolicyOption) -> Parsed<Vec<Option<(Kind, usize)>>> {
        let mut found = Vec::new();
        loop {
            let named = self.part(option)?;
            if let Some((kind, index)) = named {
                add(case, option, kind, index);
            }
            found.push(named);
            if !self.accept(";") && !self.accept(",") {
                break;
            }
        }
        self.end("`;`", "write `;` between the parts of an option")?;
        Ok(found)
    }

    fn part(&mut self, option: &mut PolicyOption) -> Parsed<Option<(Kind, usize)>> {
        let is_last = |token: Token<'_>| matches!(token, Token::End | Token::Symbol(";" | ","));
        let is_name = |token: Token<'_>| matches!(token, Token::Word(_) | Token::Quoted(_));
        let ahead = [self.tokens.peek_at(0), self.tokens.peek_at(1), self.tokens.peek_at(2)];
        let kind = KINDS.into_iter().find(|kind| ahead[0] == Token::Word(kind.word()));
        match (kind, ahead) {
            (Some(kind), [_, name, end]) if is_name(name) && is_last(end) => {
                self.tokens.advance();
                let name = self.name("an id")?;
                Ok(self.reader.find(kind, name.text, name.span.clone()).map(|index| (kind, index)))
            }
            (_, [name, end, _]) if is_name(name) && is_last(end) => {
                let name = self.name("an id")?;
                Ok(self.bare(&name))
            }
            _ => {
                option.edits.extend(self.edit()?.map(|(edit, _)| edit));
                Ok(None)
            }
        }
    }

    /// An id without the word for what it is the id of.
    fn bare(&mut self, name: &Name<'a>) -> Option<(Kind, usize)> {
        let found = |kind: &Kind| self.reader.names.of(*kind).get(name.text).map(|index| (*kind, index));
        let found: Vec<(Kind, usize)> = KINDS.iter().filter_map(found).collect();
        match found[..] {
            [found] => return Some(found),
            [] => {
                let ids = |kind: Kind| self.reader.names.of(kind).iter().map(str::to_owned).collect::<Vec<_>>();
                let known = KINDS.map(ids).concat();
                let absent = "this case has none: write an edit, such as 'track.geneva.mandate = none'";
                let help = self.reader.report.suggest(name.text, known.iter().map(String::as_str), absent);
                let message = format!("no option, lever or reading is called `{}`", name.text);
                self.error(Code::UnknownName, name.span.clone(), message, help);
            }
            [(first, _), (second, _), ..] => {
                let message = format!("`{}` is both {} and {}", name.text, noun(first), noun(second));
                let help = format!("write `{} {}` or `{} {}`", first.word(), name.text, second.word(), name.text);
                self.error(Code::BadOption, name.span.clone(), message, help);
            }
        }
        None
    }
}

fn noun(kind: Kind) -> String {
    format!("{} {}", if kind == Kind::Option { "an" } else { "a" }, kind.word())
}

/// Takes up what a part names.
fn add(case: &Case, option: &mut PolicyOption, kind: Kind, index: usize) {
    match kind {
        Kind::Lever => option.levers.push(LeverId(index)),
        Kind::Reading => option.reading = Some(ReadingId(index)),
        _ => {
            let other = &case.options[index];
            option.levers.extend(&other.levers);
            option.edits.extend(other.edits.iter().cloned());
            option.reading = other.reading.or(option.reading);
            option.actor = option.actor.or(other.actor);
        }
    }
}
