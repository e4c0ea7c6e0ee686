//! What is asked, from the words of whoever asks: changes to a case, tracks, options, a day.

use winset_brief::words;
use winset_case::{Case, Diagnostic, PolicyOption, SourceText, TrackId, is_day, read_edit, read_option};

/// What is wrong with the words of whoever asks.
#[derive(Debug, Clone)]
pub enum Mistake {
    /// Something that is not there or does not go together, in one sentence.
    Usage(String),
    /// A text that cannot be read, with what is wrong in it.
    Text(SourceText, Vec<Diagnostic>),
}

/// What to change in a case before the question is asked.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Read it as this reading has it.
    pub reading: Option<String>,
    /// Levers to put in use.
    pub levers: Vec<String>,
    /// Edits, in the words of the case language.
    pub edits: Vec<String>,
    /// Whether a track meets only if nobody there refuses to sit with another; `false` leaves it as it is.
    pub strict_recognition: bool,
}

impl Changes {
    /// Whether there is anything to change.
    pub fn any(&self) -> bool {
        self.reading.is_some() || !self.levers.is_empty() || !self.edits.is_empty() || self.strict_recognition
    }

    /// Carries the changes out; `source` is what a text that cannot be read is called.
    ///
    /// # Errors
    ///
    /// The first that cannot be carried out; the case may then be changed in part.
    pub fn apply(&self, case: &mut Case, source: &str) -> Result<(), Mistake> {
        if let Some(reading) = &self.reading {
            let Some(id) = case.reading_id(reading) else {
                return Err(unknown("reading", reading, case.readings.iter().map(|reading| reading.id.as_str())));
            };
            case.read_as(id);
        }
        case.strict_recognition |= self.strict_recognition;
        for lever in &self.levers {
            let Some(id) = case.lever_id(lever) else {
                return Err(unknown("lever", lever, case.levers.iter().map(|lever| lever.id.as_str())));
            };
            case.levers[id.0].on = true;
        }
        for text in &self.edits {
            match read_edit(text, case) {
                Ok(edit) => case.apply(&[edit]),
                Err(diagnostics) => {
                    let source = SourceText { name: source.to_owned(), text: text.clone() };
                    return Err(Mistake::Text(source, diagnostics));
                }
            }
        }
        Ok(())
    }
}

/// The tracks called so; all tracks where none is named.
///
/// # Errors
///
/// The first that is not there.
pub fn tracks_named(case: &Case, names: &[String]) -> Result<Vec<TrackId>, Mistake> {
    if names.is_empty() {
        return Ok((0..case.tracks.len()).map(TrackId).collect());
    }
    let one = |name: &String| {
        let known = || case.tracks.iter().map(|track| track.id.as_str());
        case.track_id(name).ok_or_else(|| unknown("track", name, known()))
    };
    names.iter().map(one).collect()
}

/// The options to compare, as the case language has them; where none is named, those of the case, and where it names none, each lever that is
/// not in use alone, and each reading.
///
/// # Errors
///
/// The first that cannot be read, or that there is nothing to compare.
pub fn options_named(case: &Case, texts: &[String]) -> Result<Vec<PolicyOption>, Mistake> {
    let one = |text: &String| {
        let source = || SourceText { name: "the option".to_owned(), text: text.clone() };
        read_option(text, case).map_err(|diagnostics| Mistake::Text(source(), diagnostics))
    };
    let options = if texts.is_empty() { options_of(case) } else { texts.iter().map(one).collect::<Result<_, _>>()? };
    if options.is_empty() {
        let message = "the case has no options, levers or readings to compare; write one as 'NAME: PART; PART', such as 'No mandate: track.geneva.mandate = none'";
        return Err(Mistake::Usage(message.to_owned()));
    }
    Ok(options)
}

/// The options a case names; where it names none, each lever that is not in use alone, and each reading.
fn options_of(case: &Case) -> Vec<PolicyOption> {
    if !case.options.is_empty() {
        return case.options.clone();
    }
    let levers =
        case.levers.iter().filter(|lever| lever.available && !lever.on).map(|lever| format!("lever {}", lever.id));
    let in_force = case.reading_in_force().map(|reading| reading.id.as_str());
    let readings = case.readings.iter().filter(|reading| Some(reading.id.as_str()) != in_force);
    // A lever that cannot be used alone is no option.
    levers
        .chain(readings.map(|reading| format!("reading {}", reading.id)))
        .filter_map(|text| read_option(&text, case).ok())
        .collect()
}

/// The day asked about; the date of the case where none is named.
///
/// # Errors
///
/// If it is no day, or later than the case.
pub fn day_named<'d>(case: &'d Case, day: Option<&'d str>) -> Result<&'d str, Mistake> {
    let day = day.unwrap_or(&case.as_of);
    if !is_day(day) {
        return Err(Mistake::Usage(format!("`{day}` is not a day; write it as 2017-12-12")));
    }
    if day > case.as_of.as_str() {
        return Err(Mistake::Usage(format!(
            "the case ends on {}; it cannot say where the process stood on {day}",
            case.as_of
        )));
    }
    Ok(day)
}

fn unknown<'k>(what: &str, name: &str, known: impl Iterator<Item = &'k str>) -> Mistake {
    let known: Vec<&str> = known.collect();
    let known = if known.is_empty() { "none".to_owned() } else { words::list(&known) };
    Mistake::Usage(format!("there is no {what} `{name}`; the case has {known}"))
}
