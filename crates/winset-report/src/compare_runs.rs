//! Options beside today by simulation, for the terminal.

use winset_brief::option_words;
use winset_brief::unfold::{Beside, Estimate, Measure, RunComparison};
use winset_brief::words::{actor_name, counted};
use winset_case::{Case, RoundLength};
use winset_simulate::Ending;

use crate::compare::letter;
use crate::layout::Page;

/// Columns left for what a row is about, and those a column of figures needs.
const LABEL: usize = 34;
const COLUMN: usize = 12;

/// What runs come to with each option, beside today.
pub fn compare_runs(comparison: &RunComparison, width: usize) -> String {
    let case = comparison.today.case();
    let mut page = Page::new(width);
    page.heading(&format!("{} — options by simulation from {}", case.title, case.as_of));
    let horizon = counted(u64::from(comparison.today.horizon()), round_word(case));
    page.paragraph(
        0,
        &format!(
            "{} of {horizon} at most, seed {}, of today and of each option: the same runs with the same luck, so that what differs is the option.",
            counted(comparison.runs, "run"),
            comparison.seed
        ),
    );
    if !case.dynamics.given {
        page.paragraph(
            0,
            "The case says nothing of how the process moves from round to round ([simulation]): the numbers of that are defaults, chosen without regard to this process.",
        );
    }
    for (number, (option, process)) in comparison.options.iter().enumerate() {
        let who = option.actor.map_or_else(String::new, |actor| format!(" ({})", actor_name(case, actor)));
        page.heading(&format!("{}. {}{who}", letter(number), option.name));
        page.item("  does    ", &option_words(case, option));
        match process {
            Err(refusal) => page.item("  not run ", &format!("{refusal}.")),
            Ok(_) => told_apart(&mut page, case, &comparison.beside(number)),
        }
    }
    let columns: Vec<usize> = (0..comparison.options.len()).filter(|at| comparison.options[*at].1.is_ok()).collect();
    let per_table = (width.clamp(40, 200).saturating_sub(LABEL) / COLUMN).saturating_sub(1).max(1);
    let chunks: Vec<&[usize]> = if columns.is_empty() { vec![&[]] } else { columns.chunks(per_table).collect() };
    for shown in chunks {
        tables(&mut page, comparison, shown);
    }
    page.note(
        0,
        "Below a figure stands its difference from today where its 95% interval leaves out 0; of many figures, one in twenty would do so by chance alone. Filled: at some time by the horizon. Worth: where the run stops, on each actor's own scale; what an option changes by less than 0.005 is in the tables alone. A share of runs is how often something happened among these runs. It is not a probability of events.",
    );
    page.finish()
}

fn round_word(case: &Case) -> &'static str {
    match case.dynamics.round_length {
        RoundLength::Week => "week",
        RoundLength::Month => "month",
        RoundLength::Quarter => "quarter",
        RoundLength::Year => "year",
    }
}

/// What an option does more, and less, than chance would; of worth, what would show in two decimals.
fn told_apart(page: &mut Page, case: &Case, rows: &[Beside]) {
    let told: Vec<(Measure, Estimate)> =
        rows.iter().filter(|row| row.is_told_apart()).filter_map(|row| Some((row.measure, row.difference?))).collect();
    let is_worth = |measure: &Measure| matches!(measure, Measure::Worth(_));
    let leads = [
        ("  more    ", true, false),
        ("  less    ", false, false),
        ("  gains   ", true, true),
        ("  loses   ", false, true),
    ];
    for (lead, up, worth) in leads {
        let those = told.iter().filter(|(measure, by)| is_worth(measure) == worth && (by.value > 0.0) == up);
        let parts: Vec<String> = those
            .filter(|(measure, by)| !is_worth(measure) || by.value.abs() >= 0.005)
            .map(|(measure, by)| {
                format!("{} {} ({})", label(case, *measure), signed(*measure, by.value), span(*measure, by))
            })
            .collect();
        if !parts.is_empty() {
            page.item(lead, &format!("{}.", parts.join("; ")));
        }
    }
    if told.is_empty() {
        page.item("          ", "So many runs do not tell it from today in anything measured here.");
    }
}

fn tables(page: &mut Page, comparison: &RunComparison, shown: &[usize]) {
    let case = comparison.today.case();
    let today = comparison.today();
    let options: Vec<Vec<Beside>> = shown.iter().map(|at| comparison.beside(*at)).collect();
    let letters: Vec<String> = shown.iter().map(|at| letter(*at)).collect();
    let mut draw = |heading: &str, first: &str, wanted: &dyn Fn(Measure) -> bool| {
        let mut rows = Vec::new();
        for (at, row) in today.iter().enumerate().filter(|(_, row)| wanted(row.measure)) {
            let mut cells = vec![label(case, row.measure), cell(row.measure, row.today)];
            cells.extend(options.iter().map(|rows| {
                let beside = &rows[at];
                let by = beside.difference.filter(|_| beside.is_told_apart());
                let by = by.map_or_else(String::new, |by| format!("\n{}", signed(row.measure, by.value)));
                format!("{}{by}", cell(row.measure, beside.with))
            }));
            rows.push(cells);
            if matches!(row.measure, Measure::Filled(..)) {
                let round = |at: Option<usize>| at.map_or_else(|| "—".to_owned(), |at| at.to_string());
                let mut cells = vec![format!("  half by {}", round_word(case)), round(row.half.0)];
                cells.extend(options.iter().map(|rows| round(rows[at].half.1)));
                rows.push(cells);
            }
        }
        if !rows.is_empty() {
            page.heading(heading);
            let mut header = vec![first, "Today"];
            header.extend(letters.iter().map(String::as_str));
            page.figures(&header, rows);
        }
    };
    draw("HOW THE RUNS END", "Ending", &|measure| matches!(measure, Measure::Ends(_)));
    draw("WHAT IS FILLED", "Benchmark", &|measure| matches!(measure, Measure::Filled(..)));
    draw("WHAT BREAKS", "Per run", &|measure| matches!(measure, Measure::Breaks));
    draw("WHAT IT COMES TO FOR WHOM", "Actor", &|measure| matches!(measure, Measure::Worth(_)));
}

/// What a measure is called.
fn label(case: &Case, measure: Measure) -> String {
    match measure {
        Measure::Ends(Ending::Settlement(framework)) => format!("Settlement: {}", case.frameworks[framework.0].name),
        Measure::Ends(Ending::Collapse(actor)) => format!("Collapse: {}", case.actors[actor.0].name),
        Measure::Ends(ending) => winset_brief::words::capital(ending.word()),
        Measure::Filled(framework, benchmark) => {
            let body = &case.frameworks[framework.0];
            let id = winset_brief::words::capital(&body.benchmarks[benchmark.0].id);
            if case.frameworks.len() > 1 { format!("{id} ({})", body.name) } else { id }
        }
        Measure::Breaks => "Agreements that break".to_owned(),
        Measure::Worth(actor) => case.actors[actor.0].name.clone(),
    }
}

fn cell(measure: Measure, estimate: Option<Estimate>) -> String {
    match estimate {
        None => "—".to_owned(),
        Some(estimate) if measure.is_share() => format!("{:.1}%", estimate.value * 100.0),
        Some(estimate) => format!("{:.3}", estimate.value),
    }
}

/// A difference: in percentage points for shares.
fn signed(measure: Measure, value: f64) -> String {
    if measure.is_share() { format!("{:+.1}", value * 100.0) } else { format!("{value:+.3}") }
}

fn span(measure: Measure, by: &Estimate) -> String {
    format!("{} to {}", signed(measure, by.low), signed(measure, by.high))
}
