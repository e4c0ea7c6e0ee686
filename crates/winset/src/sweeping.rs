//! A sweep from the words of whoever asks for one, and what a check of it found in words.

use std::ops::Range;
use std::path::Path;

use winset_brief::words;
use winset_case::{Case, Diagnostic, SourceText, read_edit};
use winset_simulate::sweep::{Design, Factor, Levels, PointResult, Unplannable, points};
use winset_sweep::{Plan, Sweep, Verified};

use crate::asked::{Changes, Mistake};

/// What a sweep is asked to be, besides its case.
#[derive(Debug, Clone)]
pub struct SweepAsked {
    /// What to vary, as `PATH = a, b, c` or `PATH = low..high`.
    pub vary: Vec<String>,
    /// How points are chosen.
    pub design: Design,
    /// How many points to draw, or to divide ranges into.
    pub points: Option<usize>,
    /// Runs of every point.
    pub runs: u64,
    /// Runs of a unit.
    pub shard: u64,
    /// The seed.
    pub seed: u64,
    /// Rounds in a run, where it is not what the case says.
    pub rounds: Option<u32>,
}

/// The plan of a sweep: of the case in these files, with these changes at every point. `case` is that case with the changes made, `source` what a text
/// of `vary` is called.
///
/// # Errors
///
/// Everything that is wrong with what is to be varied.
pub fn plan_of(
    files: &[SourceText],
    changes: &Changes,
    case: &Case,
    asked: SweepAsked,
    source: &str,
) -> Result<Plan, Vec<Mistake>> {
    let points = points_of(&asked, case, source)?;
    let levers = changes.levers.iter().map(|lever| format!("lever.{lever} = on"));
    let SweepAsked { vary, design, points: _, runs, shard, seed, rounds } = asked;
    Ok(Plan {
        title: case.title.clone(),
        files: named_within(files),
        reading: changes.reading.clone(),
        strict_recognition: changes.strict_recognition,
        edits: levers.chain(changes.edits.iter().cloned()).collect(),
        rounds,
        seed,
        runs,
        shard,
        design,
        vary,
        points,
    })
}

/// The points, each of whose edits can be made in the case.
fn points_of(asked: &SweepAsked, case: &Case, source: &str) -> Result<Vec<Vec<String>>, Vec<Mistake>> {
    let refused = |unplannable: &Unplannable| Mistake::Usage(unplannable.to_string());
    let mut mistakes = Vec::new();
    let mut factors = Vec::new();
    for text in &asked.vary {
        match Factor::parse(text) {
            Ok(factor) => factors.push((text, factor)),
            Err(unplannable) => mistakes.push(refused(&unplannable)),
        }
    }
    let mut points_made = None;
    if mistakes.is_empty() {
        let alone: Vec<Factor> = factors.iter().map(|(_, factor)| factor.clone()).collect();
        match points(&alone, asked.design, asked.points, asked.seed) {
            Ok(points) => points_made = Some(points),
            Err(unplannable) => mistakes.push(refused(&unplannable)),
        }
    }
    for (at, (text, factor)) in factors.iter().enumerate() {
        let edits = edits_of(factor, points_made.as_ref().map(|points| points.iter().map(|point| point[at].as_str())));
        let found = wrong_edits(text, factor, &edits, case);
        if !found.is_empty() {
            let source = SourceText { name: source.to_owned(), text: (*text).clone() };
            mistakes.push(Mistake::Text(source, found));
        }
    }
    points_made.filter(|_| mistakes.is_empty()).ok_or(mistakes)
}

/// The edits a factor stands for, each with the place of its value: those listed; of a range those of the points, or of its ends where there are none.
fn edits_of<'p>(factor: &Factor, at_points: Option<impl Iterator<Item = &'p str>>) -> Vec<(usize, String)> {
    match (&factor.levels, at_points) {
        (Levels::Listed(values), _) => {
            values.iter().enumerate().map(|(place, value)| (place, factor.edit(value))).collect()
        }
        (Levels::Range(..), Some(edits)) => {
            let mut edits: Vec<(usize, String)> = edits.map(|edit| (0, edit.to_owned())).collect();
            edits.sort_unstable();
            edits.dedup();
            edits
        }
        (Levels::Range(low, high), None) => {
            [low, high].into_iter().map(|end| (0, factor.edit(&end.to_string()))).collect()
        }
    }
}

/// What is wrong with the edits of a factor, at the places where that stands in its text. What is wrong with its path, or with a range, is said once.
fn wrong_edits(text: &str, factor: &Factor, edits: &[(usize, String)], case: &Case) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let places = Places::of(text, factor);
    for (place, edit) in edits {
        let Err(diagnostics) = read_edit(edit, case) else { continue };
        let once = matches!(factor.levels, Levels::Range(..))
            || diagnostics.iter().any(|diagnostic| diagnostic.span.start < factor.path.len());
        for mut diagnostic in diagnostics {
            // What has nothing to do with the value is wrong in the same way with the next.
            let said = found.iter().any(|earlier: &Diagnostic| earlier.message == diagnostic.message);
            if said && !diagnostic.message.contains(edit[factor.edit("").len()..].trim()) {
                continue;
            }
            diagnostic.span = places.of_edit(*place, &diagnostic.span);
            for label in &mut diagnostic.labels {
                label.span = places.of_edit(*place, &label.span);
            }
            found.push(diagnostic);
        }
        if once {
            break;
        }
    }
    found
}

/// Where the parts of a factor stand in the text it was read from.
struct Places {
    path: Range<usize>,
    /// The length of an operator with a blank before and after.
    operator: usize,
    /// Of each value listed; of a range, the whole of it.
    values: Vec<Range<usize>>,
    range: bool,
}

impl Places {
    fn of(text: &str, factor: &Factor) -> Self {
        let after_blanks = |from: usize| from + text[from..].len() - text[from..].trim_start().len();
        let start = after_blanks(0);
        let values_from = text.find('=').map_or(text.len(), |at| at + 1);
        let mut values = Vec::new();
        if let Levels::Listed(listed) = &factor.levels {
            // Each value is followed by blanks and a comma.
            let mut from = values_from;
            for value in listed {
                let at = after_blanks(from);
                values.push(at..at + value.len());
                from = (after_blanks(at + value.len()) + 1).min(text.len());
            }
        } else {
            values.push(after_blanks(values_from)..text.trim_end().len());
        }
        let range = matches!(factor.levels, Levels::Range(..));
        Places { path: start..start + factor.path.len(), operator: factor.operator.len() + 2, values, range }
    }

    /// Where in the text a place of an edit stands that sets its value of this number.
    fn of_edit(&self, value: usize, in_edit: &Range<usize>) -> Range<usize> {
        let (path, value) = (&self.path, &self.values[value]);
        let until = path.len() + self.operator;
        let within = |part: &Range<usize>, offset: usize| (part.start + offset).min(part.end);
        if in_edit.start < path.len() {
            within(path, in_edit.start)..within(path, in_edit.end)
        } else if in_edit.start < until || self.range {
            value.clone()
        } else {
            within(value, in_edit.start - until)..within(value, in_edit.end.max(in_edit.start) - until)
        }
    }
}

/// The files of a case by the names it has for them: a plan names no folder of this machine.
fn named_within(files: &[SourceText]) -> Vec<SourceText> {
    let folder = files.first().and_then(|file| Path::new(&file.name).parent()).unwrap_or(Path::new(""));
    let name = |(at, file): (usize, &SourceText)| {
        let path = Path::new(&file.name);
        let within = path.strip_prefix(folder).unwrap_or(path);
        let within = within.strip_prefix(".").unwrap_or(within);
        let name = if at == 0 { "case.toml".to_owned() } else { within.display().to_string() };
        SourceText { name, text: file.text.clone() }
    };
    files.iter().enumerate().map(name).collect()
}

/// What a sweep comes to, to be laid out by [`winset_report`].
pub fn sweep_view<'a>(plan: &'a Plan, points: &'a [PointResult]) -> winset_report::SweepView<'a> {
    winset_report::SweepView {
        title: &plan.title,
        design: plan.design.word(),
        vary: &plan.vary,
        seed: plan.seed,
        runs: plan.runs,
        points,
    }
}

/// What a check of all files found, in words: what is wrong, and what there is where nothing is.
pub fn verified_in_words(found: &Verified) -> (String, String) {
    let mut wrong = String::new();
    for fault in &found.wrong {
        wrong += &format!("error: {fault}\n");
    }
    if let Some(first) = found.missing.first() {
        let missing = words::counted(found.missing.len() as u64, "unit");
        wrong += &format!("error: {missing} not there, the first of them {first}; `winset sweep run` computes them\n");
    }
    let right = found.digest.as_ref().map(|digest| {
        let (units, rows) = (words::counted(found.units, "unit"), words::counted(found.rows, "run"));
        format!("{units} with {rows}, every one in its place\n{digest}\n")
    });
    (wrong, right.unwrap_or_default())
}

/// How many units have just been computed, and what is left to do.
pub fn computed_in_words(sweep: &Sweep, computed: u64) -> String {
    let left = sweep.missing().len() as u64;
    let left = if left == 0 {
        "all units are there".to_owned()
    } else {
        let units = words::counted(sweep.planned.plan.units(), "unit");
        format!("{} of {units} still to be computed", words::number(left))
    };
    format!("{} computed; {left}\n", words::counted(computed, "unit"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_edits_are_found_in_the_text() {
        let text = "  lever.aid  +=  on,  [off, x] ";
        let factor = Factor::parse(text).unwrap();
        let places = Places::of(text, &factor);
        for (value, written) in ["on", "[off, x]"].into_iter().enumerate() {
            let edit = factor.edit(written);
            for part in ["lever", "aid", written] {
                let at = edit.find(part).unwrap();
                assert_eq!(&text[places.of_edit(value, &(at..at + part.len()))], part, "{edit}");
            }
        }
        let text = "x = 0..1 ";
        assert_eq!(&text[Places::of(text, &Factor::parse(text).unwrap()).of_edit(0, &(4..7))], "0..1");
    }

    #[test]
    fn files_are_named_within_the_folder_of_the_case() {
        let names = |names: &[&str]| {
            let files = names.iter().map(|name| SourceText { name: (*name).to_owned(), text: String::new() });
            let named = named_within(&files.collect::<Vec<_>>());
            named.into_iter().map(|file| file.name).collect::<Vec<_>>()
        };
        assert_eq!(names(&["a/b/river.toml", "a/b/sheets/values.csv"]), ["case.toml", "sheets/values.csv"]);
        assert_eq!(names(&["river.toml", "./values.csv"]), ["case.toml", "values.csv"]);
        assert_eq!(names(&["standard input"]), ["case.toml"]);
    }
}
