//! What the rows of many runs come to, column by column.

use std::collections::BTreeMap;

use crate::rows::{Rows, Values};

/// What the rows of many runs come to. Rows are added in the order of their runs, so that even sums of numbers come out the same however the runs were cut.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// How many runs.
    pub runs: u64,
    /// In how many runs the process ended so: the way, and whom or what it is about (empty where nobody).
    pub endings: BTreeMap<(String, String), u64>,
    /// Per column of the rows, what its values come to.
    pub columns: Vec<(String, ColumnSummary)>,
}

/// What the runs of a point come to.
#[derive(Debug, Clone, PartialEq)]
pub struct PointResult {
    /// The edits that lead to it.
    pub edits: Vec<String>,
    /// What its rows come to.
    pub summary: Summary,
}

/// What the values of one column come to.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnSummary {
    /// Whole numbers.
    Whole {
        /// Their sum.
        sum: u64,
        /// How many are above 0.
        positive: u64,
    },
    /// Whole numbers, or nothing: how often each number stands there.
    Perhaps(BTreeMap<u32, u64>),
    /// Words: each with how often it stands there.
    Words(Vec<(String, u64)>),
    /// Numbers, or nothing.
    Numbers {
        /// How many there are.
        count: u64,
        /// Their sum, added up in the order of the runs.
        sum: f64,
    },
}

impl Summary {
    /// Nothing counted yet; the columns are those of these rows.
    pub fn new(rows: &Rows) -> Self {
        let columns = rows.columns.iter().map(|column| {
            let empty = match &column.values {
                Values::Whole(_) => ColumnSummary::Whole { sum: 0, positive: 0 },
                Values::Perhaps(_) => ColumnSummary::Perhaps(BTreeMap::new()),
                Values::Words { words, .. } => {
                    ColumnSummary::Words(words.iter().map(|word| (word.clone(), 0)).collect())
                }
                Values::Numbers(_) => ColumnSummary::Numbers { count: 0, sum: 0.0 },
            };
            (column.name.clone(), empty)
        });
        Summary { runs: 0, endings: BTreeMap::new(), columns: columns.collect() }
    }

    /// Counts rows of the same columns.
    pub fn add(&mut self, rows: &Rows) {
        self.runs += rows.len() as u64;
        for (column, (_, counted)) in rows.columns.iter().zip(&mut self.columns) {
            match (&column.values, counted) {
                (Values::Whole(values), ColumnSummary::Whole { sum, positive }) => {
                    // The numbers of runs are not worth a sum, and could be too large for one.
                    *sum = values.iter().fold(*sum, |sum, value| sum.saturating_add(*value));
                    *positive += values.iter().filter(|value| **value > 0).count() as u64;
                }
                (Values::Perhaps(values), ColumnSummary::Perhaps(counts)) => {
                    values.iter().flatten().for_each(|value| *counts.entry(*value).or_default() += 1);
                }
                (Values::Words { places, .. }, ColumnSummary::Words(counts)) => {
                    places.iter().for_each(|place| counts[*place as usize].1 += 1);
                }
                (Values::Numbers(values), ColumnSummary::Numbers { count, sum }) => {
                    for value in values.iter().flatten() {
                        *count += 1;
                        *sum += value;
                    }
                }
                _ => {}
            }
        }
        let words = |name: &str| rows.columns.iter().find(|column| column.name == name).map(|column| &column.values);
        if let (
            Some(Values::Words { words: ways, places: endings }),
            Some(Values::Words { words: whom, places: subjects }),
        ) = (words("ending"), words("subject"))
        {
            let mut counts: BTreeMap<(u32, u32), u64> = BTreeMap::new();
            endings.iter().zip(subjects).for_each(|(way, of)| *counts.entry((*way, *of)).or_default() += 1);
            for ((way, of), runs) in counts {
                let key = (ways[way as usize].clone(), whom[of as usize].clone());
                *self.endings.entry(key).or_default() += runs;
            }
        }
    }

    /// What a column comes to.
    pub fn column(&self, name: &str) -> Option<&ColumnSummary> {
        self.columns.iter().find(|(other, _)| other == name).map(|(_, counted)| counted)
    }

    /// In how many runs what was the case: the measure, whom or what it is about, the runs. What never was the case is left out of endings alone.
    pub fn counts(&self) -> Vec<(&'static str, String, u64)> {
        let mut counts: Vec<(&'static str, String, u64)> = Vec::new();
        for ((way, whom), runs) in &self.endings {
            counts.push(("ending", format!("{way} {whom}").trim_end().to_owned(), *runs));
        }
        for (name, counted) in &self.columns {
            match (split(name), counted) {
                (("benchmark", id, _), ColumnSummary::Perhaps(rounds)) => {
                    counts.push(("filled", id.to_owned(), rounds.values().sum()));
                }
                (("issue", id, _), ColumnSummary::Words(words)) => {
                    counts.extend(words.iter().map(|(word, runs)| ("stands", format!("{id} = {word}"), *runs)));
                }
                (("concluded", id, _), ColumnSummary::Whole { positive, .. }) => {
                    counts.push(("concluded", id.to_owned(), *positive));
                }
                (("track", id, "deals"), ColumnSummary::Whole { positive, .. }) => {
                    counts.push(("any deal", id.to_owned(), *positive));
                }
                (("track", id, "fate"), ColumnSummary::Words(words)) => {
                    counts.extend(words.iter().map(|(word, runs)| ("fate", format!("{id} = {word}"), *runs)));
                }
                _ => {}
            }
        }
        counts
    }

    /// In how many runs each benchmark first held after which round; 0 is today.
    pub fn filled_by_round(&self) -> Vec<(String, u32, u64)> {
        let benchmarks = self.columns.iter().filter_map(|(name, counted)| match (split(name), counted) {
            (("benchmark", id, _), ColumnSummary::Perhaps(rounds)) => Some((id, rounds)),
            _ => None,
        });
        benchmarks.flat_map(|(id, rounds)| rounds.iter().map(|(round, runs)| (id.to_owned(), *round, *runs))).collect()
    }

    /// What is the case per run on average: the measure, whom or what it is about, the mean. A worth is the mean over the runs where it is known.
    pub fn means(&self) -> Vec<(&'static str, String, f64)> {
        let mut means: Vec<(&'static str, String, f64)> = Vec::new();
        for (name, counted) in &self.columns {
            match (split(name), counted) {
                (("worth", id, _), ColumnSummary::Numbers { count, sum }) if *count > 0 => {
                    means.push(("worth", id.to_owned(), sum / *count as f64));
                }
                ((measure @ ("rounds" | "breaks"), "", _), ColumnSummary::Whole { sum, .. }) => {
                    let measure = if measure == "rounds" { "rounds" } else { "breaks" };
                    means.push((measure, String::new(), *sum as f64 / self.runs.max(1) as f64));
                }
                (("track", id, part), ColumnSummary::Whole { sum, .. }) => {
                    let measure = match part {
                        "meetings" => "meetings",
                        "proposals" => "proposals",
                        "deals" => "deals",
                        _ => "deals that broke",
                    };
                    means.push((measure, id.to_owned(), *sum as f64 / self.runs.max(1) as f64));
                }
                _ => {}
            }
        }
        means
    }
}

/// The parts of a column's name: what it is about, the id, and for tracks which of its columns it is.
fn split(name: &str) -> (&str, &str, &str) {
    let (kind, rest) = name.split_once('.').unwrap_or((name, ""));
    match (kind, rest.rsplit_once('.')) {
        ("track", Some((id, part))) => (kind, id, part),
        _ => (kind, rest, ""),
    }
}
