//! `winset compare`: options side by side.

use winset::{Case, Comparison, PolicyOption, SourceText, read_option, report};

use crate::input::{CaseArguments, processors};
use crate::{Exit, output};

/// Print an options memo: what each option buys, who gains and loses, what it costs and what stays unmet, side by side with what stands today
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    case: CaseArguments,
    /// What to compare: the id of an option, a lever or a reading of the case, or a new option as 'NAME: PART; PART', where a part is such an id or
    /// an edit. Without any: every option of the case, or where it has none, each lever alone and each reading
    #[arg(value_name = "OPTION")]
    named: Vec<String>,
    /// The same, spelled out (may be given several times)
    #[arg(long = "option", value_name = "OPTION")]
    options: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let case = match arguments.case.load() {
        Ok(case) => case,
        Err(exit) => return exit,
    };
    let mut options = Vec::new();
    for text in arguments.named.iter().chain(&arguments.options) {
        match read_option(text, &case) {
            Ok(option) => options.push(option),
            Err(diagnostics) => {
                let source = SourceText { name: "the option".to_owned(), text: text.clone() };
                output::message(&report::diagnostics(&source, &diagnostics, output::width()));
                return Exit::Usage;
            }
        }
    }
    if options.is_empty() {
        options = of_the_case(&case);
    }
    if options.is_empty() {
        return output::usage(
            "the case has no options, levers or readings to compare; write one as 'NAME: PART; PART', such as 'No mandate: track.geneva.mandate = none'",
        );
    }
    let comparison = Comparison::of(&case, &options, processors());
    if let Some(name) = &arguments.case.csv {
        return output::csv(report::csv::compare(&comparison, name), name);
    }
    if arguments.case.json {
        output::json(&report::json::compare(&comparison));
    } else {
        output::result(&report::compare(&comparison, output::width()));
    }
    Exit::Done
}

/// The options a case names; where it names none, each lever that is not in use alone, and each reading.
fn of_the_case(case: &Case) -> Vec<PolicyOption> {
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
