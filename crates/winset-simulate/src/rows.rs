//! What is kept of single runs: one row for each, as columns.

use winset_case::TrackId;

use crate::ending::{Ending, Fate};
use crate::process::Process;
use crate::room::{NEVER, Scratch};

/// One column of a table with a row for every run.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name, such as `benchmark.unscr-2254.ceasefire`.
    pub name: String,
    /// What it says, in one line.
    pub says: String,
    /// Its values.
    pub values: Values,
}

/// The values of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Whole numbers, none below 0.
    Whole(Vec<u64>),
    /// Whole numbers, or nothing.
    Perhaps(Vec<Option<u32>>),
    /// Words of a list, by their place in it.
    Words {
        /// The list.
        words: Vec<String>,
        /// Per run, the place of its word.
        places: Vec<u32>,
    },
    /// Numbers, or nothing.
    Numbers(Vec<Option<f64>>),
}

impl Values {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Values::Whole(values) => values.len(),
            Values::Perhaps(values) => values.len(),
            Values::Words { places, .. } => places.len(),
            Values::Numbers(values) => values.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Runs as rows, column by column: the run, how and when it ended, when each benchmark first held, what stood at the end and what that was worth to
/// whom, what broke, and what became of every track.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The columns, all of the same length.
    pub columns: Vec<Column>,
}

const ENDINGS: [&str; 6] = ["settlement", "deal", "collapse", "deadlock", "abandoned", "unfinished"];

impl Rows {
    /// No rows yet: the columns alone, which depend on what the case consists of and not on its numbers.
    pub fn new(process: &Process) -> Self {
        let case = process.case();
        let mut columns = Vec::new();
        let mut add = |name: String, says: String, values: Values| columns.push(Column { name, says, values });
        let whole = || Values::Whole(Vec::new());
        let words = |words: Vec<String>| Values::Words { words, places: Vec::new() };
        add("run".to_owned(), "the number of the run".to_owned(), whole());
        let endings = ENDINGS.iter().map(|ending| (*ending).to_owned()).collect();
        add("ending".to_owned(), "how it ended".to_owned(), words(endings));
        let subjects = std::iter::once(String::new())
            .chain(case.frameworks.iter().map(|framework| framework.id.clone()))
            .chain(case.actors.iter().map(|actor| actor.id.clone()))
            .collect();
        add("subject".to_owned(), "the framework concluded, or the actor that collapsed".to_owned(), words(subjects));
        add("rounds".to_owned(), "the round in which it ended".to_owned(), whole());
        add("breaks".to_owned(), "agreements that broke".to_owned(), whole());
        for (framework, benchmark) in process.benchmarks() {
            let framework = &case.frameworks[framework.0];
            let name = format!("benchmark.{}.{}", framework.id, framework.benchmarks[benchmark.0].id);
            let says = "the round after which it first held: 0 for today, nothing for never".to_owned();
            add(name, says, Values::Perhaps(Vec::new()));
        }
        for issue in &case.issues {
            let options = std::iter::once("no agreement".to_owned()).chain(issue.options.iter().cloned()).collect();
            add(format!("issue.{}", issue.id), "the option that stood at the end".to_owned(), words(options));
        }
        for framework in &case.frameworks {
            add(format!("concluded.{}", framework.id), "1 if it was concluded, 0 if not".to_owned(), whole());
        }
        for actor in &case.actors {
            let says = "what stood at the end is worth to it".to_owned();
            add(format!("worth.{}", actor.id), says, Values::Numbers(Vec::new()));
        }
        for track in &case.tracks {
            let fates = Fate::ALL.iter().map(|fate| fate.word().to_owned()).collect();
            let parts = [
                ("meetings", "rounds in which it met", whole()),
                ("proposals", "proposals put there", whole()),
                ("deals", "deals made there", whole()),
                ("breaks", "deals made there that broke", whole()),
                ("fate", "what became of it", words(fates)),
            ];
            for (part, says, values) in parts {
                add(format!("track.{}.{part}", track.id), says.to_owned(), values);
            }
        }
        Rows { columns }
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds the run that was made in this room last.
    ///
    /// # Panics
    ///
    /// If the room or these columns belong to another case.
    pub fn add(&mut self, process: &Process, room: &Scratch<'_>, run: u64, ending: Ending) {
        let case = process.case();
        let mut columns = self.columns.iter_mut().map(|column| &mut column.values);
        let mut next = || columns.next().expect("a column for every value");
        next().whole(run);
        let word = ENDINGS.iter().position(|word| *word == ending.word()).unwrap_or(0);
        next().word(word);
        next().word(match ending {
            Ending::Settlement(framework) => 1 + framework.0,
            Ending::Collapse(actor) => 1 + case.frameworks.len() + actor.0,
            _ => 0,
        });
        next().whole(u64::from(room.rounds()));
        next().whole(u64::from(room.breaks()));
        for &first in room.first_met() {
            next().perhaps((first != NEVER).then_some(first));
        }
        let end = room.end();
        for issue in 0..case.issues.len() {
            next().word(end.outcome.as_ref().map_or(0, |outcome| outcome[issue] + 1));
        }
        for &concluded in &end.concluded {
            next().whole(u64::from(concluded));
        }
        for &worth in room.worths() {
            next().number(worth);
        }
        for track in 0..case.tracks.len() {
            let record = room.record(TrackId(track));
            for count in [record.meetings, record.proposals, record.deals, record.breaks] {
                next().whole(u64::from(count));
            }
            next().word(room.fate(process, TrackId(track)) as usize);
        }
    }
}

impl Values {
    fn whole(&mut self, value: u64) {
        if let Values::Whole(values) = self {
            values.push(value);
        }
    }

    fn perhaps(&mut self, value: Option<u32>) {
        if let Values::Perhaps(values) = self {
            values.push(value);
        }
    }

    fn word(&mut self, place: usize) {
        if let Values::Words { places, .. } = self {
            places.push(place as u32);
        }
    }

    fn number(&mut self, value: Option<f64>) {
        if let Values::Numbers(values) = self {
            values.push(value);
        }
    }
}
