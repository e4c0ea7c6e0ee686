//! What may stand in a case file: every section, every key in it, and what sort of value it takes.
//!
//! This is the one list of keys. The reader takes from it what it suggests for a key it does not know, the JSON Schema for editors is made of it, and so
//! are the tables of the reference. What a value means, and how it hangs together with others, is the reader's.

mod sections;

pub(crate) use sections::*;
pub use sections::{EVIDENCE, NUMBER, SECTIONS};

/// A section of a case file.
#[derive(Debug)]
pub struct Section {
    /// How it stands in the file.
    pub form: Form,
    /// What stands in it. Its name is the word of the section.
    pub table: &'static Table,
    /// Whether a reading may change what stands in it.
    pub in_readings: bool,
}

/// How a section stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Once, as `[case]`.
    Once,
    /// For each thing of its kind, as `[actor.ID]`.
    ById,
    /// As a list of tables, `[[claim]]`.
    List,
    /// Once, with a key for each thing of its kind, as `[define]`.
    Names,
}

/// What stands in a table.
#[derive(Debug)]
pub struct Table {
    /// What it is called: the word of a section, or of the key it stands under.
    pub name: &'static str,
    /// What it is for.
    pub says: &'static str,
    /// Its keys, evidence aside.
    pub keys: &'static [Key],
    /// Whether the keys of evidence may stand beside them.
    pub evidence: bool,
    /// Where its `kind` says which keys it has: one for each kind.
    pub variants: &'static [&'static Table],
}

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What it takes.
    pub value: Value,
    /// Whether it has to be there.
    pub needed: bool,
    /// Whether a reading may take it away by writing `"none"`.
    pub removable: bool,
    /// What it says, in Markdown.
    pub says: &'static str,
}

/// The range a number has to lie in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bounds {
    /// Any number.
    Any,
    /// 0 or more.
    NotNegative,
    /// Above 0.
    Positive,
    /// A value of an option: from 0 to 1.
    Value,
    /// A probability: from 0 to 1.
    Probability,
}

/// What a key takes.
#[derive(Debug)]
pub enum Value {
    /// Text that says something.
    Words,
    /// Text in one of the languages of the case: a condition, a check, an edit, a path.
    Expression,
    /// The id of a thing of this kind.
    Name(&'static str),
    /// One word of a list.
    Word(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// A list of ids of things of this kind.
    Names(&'static str),
    /// One text or a list of texts.
    OneOrMore,
    /// A list of texts, and of lists of texts.
    Groups,
    /// One word of a list, or several as a list.
    WordOrMore(&'static [&'static str]),
    /// A day of the calendar.
    Day,
    /// A day, a month or a year.
    RoughDate,
    /// True or false.
    Flag,
    /// A whole number from the first to the second.
    Grade(i64, i64),
    /// A number written out.
    Plain(Bounds),
    /// A number in any of the ways it may be written.
    Number(Bounds),
    /// A table whose keys are names, each with such a value; whether evidence may stand beside them.
    Each(&'static Value, bool),
    /// Such a table.
    Table(&'static Table),
    /// A list of such tables.
    Tables(&'static Table),
    /// Any of these.
    Either(&'static [Value]),
}

impl Table {
    /// Its key of this name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The names of its keys, those of evidence after the others.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + Clone {
        let evidence = if self.evidence { EVIDENCE } else { &[] };
        self.keys.iter().chain(evidence).map(|key| key.name)
    }
}

impl Section {
    /// The section of this word.
    pub fn of(word: &str) -> Option<&'static Section> {
        SECTIONS.iter().find(|section| section.table.name == word)
    }
}

/// The first so many names of keys.
pub(crate) const fn first_names<const N: usize>(keys: &[Key]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut at = 0;
    while at < N {
        names[at] = keys[at].name;
        at += 1;
    }
    names
}

const fn key(name: &'static str, value: Value, says: &'static str) -> Key {
    Key { name, value, needed: false, removable: false, says }
}

impl Key {
    const fn needed(mut self) -> Self {
        self.needed = true;
        self
    }

    const fn removable(mut self) -> Self {
        self.removable = true;
        self
    }
}
