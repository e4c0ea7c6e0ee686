//! A plan: everything a sweep needs, in one file that says so.

use std::ops::Range;

use serde_json::{Value, json};
use winset_case::{Case, Edit, SourceText, read_edit, read_files};
use winset_chance::MODEL_VERSION;
use winset_simulate::sweep::Design;
use winset_simulate::{Process, Rows};

use crate::digest::of_text;
use crate::fault::Fault;
use crate::rows_file::kind;
use crate::unit::Unit;

/// Units a plan may have.
pub const UNIT_LIMIT: u64 = 1_000_000;
/// Runs of a point: their numbers have twelve digits in the names of files.
const RUN_LIMIT: u64 = 999_999_999_999;
/// What the layout of the file is called.
const FORMAT: &str = "winset sweep plan 1";

/// Everything a sweep needs.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What the case is called.
    pub title: String,
    /// The case's files: its own, then those it names, by the names it has for them.
    pub files: Vec<SourceText>,
    /// The reading under which the case is run.
    pub reading: Option<String>,
    /// Whether a track meets only if nobody there refuses to sit with another.
    pub strict_recognition: bool,
    /// Edits made at every point, before the point's own.
    pub edits: Vec<String>,
    /// Rounds in a run, where it is not what the case says.
    pub rounds: Option<u32>,
    /// The seed, the same for every point: points share their luck.
    pub seed: u64,
    /// Runs of every point.
    pub runs: u64,
    /// Runs of a unit.
    pub shard: u64,
    /// How the points were chosen.
    pub design: Design,
    /// What is varied, as it was written.
    pub vary: Vec<String>,
    /// The points, each as the edits that lead to it.
    pub points: Vec<Vec<String>>,
}

impl Plan {
    /// Checks that its sizes are within what names and memory hold.
    ///
    /// # Errors
    ///
    /// Which limit it breaks.
    pub fn check(&self) -> Result<(), Fault> {
        let problem = if self.runs == 0 || self.shard == 0 || self.points.is_empty() || self.files.is_empty() {
            "a plan needs a case, a point, a run, and a run for every unit".to_owned()
        } else if self.runs > RUN_LIMIT {
            format!("a point may have up to {RUN_LIMIT} runs")
        } else if self.points.len() > winset_simulate::sweep::POINT_LIMIT {
            format!("a sweep may have up to {} points", winset_simulate::sweep::POINT_LIMIT)
        } else if self.units() > UNIT_LIMIT {
            format!("that makes {} units, more than {UNIT_LIMIT}; put more runs into each with --shard", self.units())
        } else {
            return Ok(());
        };
        Err(Fault::Plan(problem))
    }

    /// How many units there are.
    pub fn units(&self) -> u64 {
        self.units_of_a_point().saturating_mul(self.points.len() as u64)
    }

    fn units_of_a_point(&self) -> u64 {
        self.runs.div_ceil(self.shard.max(1))
    }

    /// The unit of this number, points first.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub fn unit(&self, index: u64) -> Result<Unit, Fault> {
        let units = self.units();
        if index >= units {
            return Err(Fault::NoSuchUnit { index, units });
        }
        let (point, part) = (index / self.units_of_a_point(), index % self.units_of_a_point());
        let start = part * self.shard;
        let runs = Range { start, end: start.saturating_add(self.shard).min(self.runs) };
        Ok(Unit { index, point: point as usize, runs })
    }

    /// The case of this plan, before any edits.
    ///
    /// # Errors
    ///
    /// Where this version reads the case otherwise than the one that planned it.
    pub fn case(&self) -> Result<Case, Fault> {
        let first = self.files.first().cloned().ok_or_else(|| Fault::Plan("the plan holds no case".to_owned()))?;
        let reading = read_files(first, &mut |name| {
            let found = self.files.iter().skip(1).find(|file| file.name == name);
            found.map(|file| file.text.clone()).ok_or_else(|| "is not in the plan".to_owned())
        });
        let mut case = reading.case.ok_or_else(|| {
            let why = reading.diagnostics.first().map(|diagnostic| diagnostic.message.clone()).unwrap_or_default();
            Fault::Plan(format!("the case in the plan cannot be read by this version: {why}"))
        })?;
        if let Some(reading) = &self.reading {
            let id = case.reading_id(reading);
            case.read_as(id.ok_or_else(|| Fault::Plan(format!("the case has no reading `{reading}`")))?);
        }
        case.strict_recognition = self.strict_recognition;
        Ok(case)
    }

    /// The process at a point, ready to be run.
    ///
    /// # Errors
    ///
    /// Where it cannot be simulated.
    pub fn process(&self, case: &Case, point: usize) -> Result<Process, Fault> {
        let mut case = case.clone();
        let edits = self.edits.iter().chain(&self.points[point]).map(|text| read(text, &case));
        let edits = edits.collect::<Result<Vec<Edit>, Fault>>()?;
        // All at once: where one of them names a reading, the others come after it.
        case.apply(&edits);
        let process = Process::new(&case).map_err(|refusal| Fault::Refused { point: Some(point), refusal })?;
        Ok(match self.rounds {
            Some(rounds) => process.with_horizon(rounds),
            None => process,
        })
    }

    /// The text of `plan.json`: it names no machine, no folder and no time.
    pub fn to_text(&self, columns: &Rows) -> String {
        let files: Vec<Value> = self
            .files
            .iter()
            .map(|file| json!({ "name": file.name, "sha256": of_text(&file.text), "text": file.text }))
            .collect();
        let columns: Vec<Value> = columns
            .columns
            .iter()
            .map(|column| json!({ "name": column.name, "type": kind(&column.values), "says": column.says }))
            .collect();
        let document = json!({
            "format": FORMAT,
            "winset": env!("CARGO_PKG_VERSION"),
            "model": MODEL_VERSION,
            "title": self.title,
            "seed": self.seed,
            "runs": self.runs,
            "shard": self.shard,
            "rounds": self.rounds,
            "reading": self.reading,
            "strict_recognition": self.strict_recognition,
            "edits": self.edits,
            "design": self.design.word(),
            "vary": self.vary,
            "points": self.points,
            "columns": columns,
            "case": files,
        });
        format!("{document:#}\n")
    }

    /// The text of `units.jsonl`: a line for every unit.
    pub fn units_text(&self) -> String {
        let lines =
            (0..self.units()).filter_map(|index| self.unit(index).ok()).map(|unit| format!("{}\n", unit.document()));
        lines.collect()
    }

    /// Reads a plan.
    ///
    /// # Errors
    ///
    /// Where the text is no plan, has been changed in its case, or was made by another version of the model.
    pub fn from_text(text: &str) -> Result<Self, Fault> {
        let document: Value =
            serde_json::from_str(text).map_err(|error| Fault::Plan(format!("the plan is not JSON: {error}")))?;
        if document["format"] != FORMAT {
            return Err(Fault::Plan(format!("this is no plan of a sweep that this version knows (`{FORMAT}`)")));
        }
        if document["model"] != MODEL_VERSION {
            return Err(Fault::Plan(format!(
                "the plan is of version {} of the model, and this is version {MODEL_VERSION}: their runs are not to be mixed; plan again",
                document["model"]
            )));
        }
        let missing = |key: &str| Fault::Plan(format!("the plan lacks `{key}`, or says something else there"));
        let text_of = |value: &Value, key: &str| value[key].as_str().map(str::to_owned).ok_or_else(|| missing(key));
        let number = |key: &str| document[key].as_u64().ok_or_else(|| missing(key));
        let texts = |value: &Value, key: &str| {
            let list = value.as_array().ok_or_else(|| missing(key))?;
            list.iter().map(|text| text.as_str().map(str::to_owned).ok_or_else(|| missing(key))).collect()
        };
        let mut files = Vec::new();
        for file in document["case"].as_array().ok_or_else(|| missing("case"))? {
            let source = SourceText { name: text_of(file, "name")?, text: text_of(file, "text")? };
            if file["sha256"] != of_text(&source.text) {
                return Err(Fault::Plan(format!(
                    "`{}` in the plan has been changed since it was planned; plan again",
                    source.name
                )));
            }
            files.push(source);
        }
        let rounds = match &document["rounds"] {
            Value::Null => None,
            value => {
                let rounds = value.as_u64().and_then(|rounds| u32::try_from(rounds).ok());
                Some(rounds.filter(|rounds| (1..=1200).contains(rounds)).ok_or_else(|| missing("rounds"))?)
            }
        };
        let points = document["points"].as_array().ok_or_else(|| missing("points"))?;
        let plan = Plan {
            title: text_of(&document, "title")?,
            files,
            reading: document["reading"].as_str().map(str::to_owned),
            strict_recognition: document["strict_recognition"]
                .as_bool()
                .ok_or_else(|| missing("strict_recognition"))?,
            edits: texts(&document["edits"], "edits")?,
            rounds,
            seed: number("seed")?,
            runs: number("runs")?,
            shard: number("shard")?,
            design: document["design"].as_str().and_then(Design::named).ok_or_else(|| missing("design"))?,
            vary: texts(&document["vary"], "vary")?,
            points: points.iter().map(|point| texts(point, "points")).collect::<Result<_, _>>()?,
        };
        plan.check()?;
        Ok(plan)
    }
}

/// Reads an edit that was checked when the plan was made.
fn read(text: &str, case: &Case) -> Result<Edit, Fault> {
    read_edit(text, case).map_err(|diagnostics| {
        let why = diagnostics.first().map(|diagnostic| diagnostic.message.clone()).unwrap_or_default();
        Fault::Plan(format!("the edit `{text}` cannot be made: {why}"))
    })
}
