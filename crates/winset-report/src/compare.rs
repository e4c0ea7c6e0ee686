//! Options side by side, for the terminal: what each buys in words, then the measures in tables.

use winset_brief::{Answers, Comparison, Memo, OptionAnswers, TableBrief, TableChange, called, memo, signed, words};
use winset_case::{ActorId, BenchmarkId, Case, FrameworkId};
use winset_settle::{Amount, Deals};

use crate::handout::table_heading;
use crate::layout::Page;

/// Columns left for what a row is about, and those a column of figures needs.
const LABEL: usize = 30;
const COLUMN: usize = 10;

/// The options memo.
pub fn compare(comparison: &Comparison, width: usize) -> String {
    let case = &comparison.today.case;
    let mut page = Page::new(width);
    page.heading(&format!("{} \u{2014} options as of {}", case.title, case.as_of));
    page.paragraph(
        0,
        "Each option is laid over the case as it stands and everything is computed anew. Options are compared on several measures, never on one score.",
    );
    if let Some(reading) = case.reading_in_force() {
        page.paragraph(0, &format!("Read as: {}.", reading.name));
    }
    for (number, option) in comparison.options.iter().enumerate() {
        one(&mut page, comparison, &letter(number), option);
    }
    let per_table = (width.clamp(40, 200).saturating_sub(LABEL) / COLUMN).saturating_sub(1).max(1);
    let numbers: Vec<usize> = (0..comparison.options.len()).collect();
    for shown in numbers.chunks(per_table) {
        side_by_side(&mut page, comparison, shown);
    }
    page.finish()
}

/// `A`, `B`, …, `Z`, `AA`, …
pub(crate) fn letter(number: usize) -> String {
    let last = char::from(b'A' + u8::try_from(number % 26).unwrap_or(0));
    if number < 26 { last.to_string() } else { format!("{}{last}", letter(number / 26 - 1)) }
}

/// One option in words.
fn one(page: &mut Page, comparison: &Comparison, letter: &str, option: &OptionAnswers) {
    let case = &option.answers.case;
    let who = option.option.actor.map_or_else(String::new, |actor| format!(" ({})", words::actor_name(case, actor)));
    page.heading(&format!("{letter}. {}{who}", option.option.name));
    let Memo { does, costs, buys, gains, loses, claims, unmet } = memo(comparison, option);
    page.item("  does    ", &does);
    page.item("  costs   ", &costs);
    page.item("  buys    ", &buys.join(" "));
    page.item("  gains   ", &gains);
    page.item("  loses   ", &loses);
    if !claims.is_empty() {
        page.item("  claims  ", &claims.join(" "));
    }
    for (number, sentence) in unmet.iter().enumerate() {
        page.item(if number == 0 { "  unmet   " } else { "          " }, sentence);
    }
}

/// What a table of measures shows: a row's label, today's figure, and one per option.
type Rows = Vec<Vec<String>>;

fn side_by_side(page: &mut Page, comparison: &Comparison, shown: &[usize]) {
    let options: Vec<&OptionAnswers> = shown.iter().map(|&number| &comparison.options[number]).collect();
    let letters: Vec<String> = shown.iter().map(|&number| letter(number)).collect();
    let mut draw = |heading: &str, first: &str, rows: Rows, note: &str| {
        page.heading(heading);
        if !rows.is_empty() {
            let mut header = vec![first, "Today"];
            header.extend(letters.iter().map(String::as_str));
            page.figures(&header, rows);
        }
        if !note.is_empty() {
            page.note(2, note);
        }
    };
    let (rows, note) = deals(comparison, &options);
    draw("HOW MANY DEALS", "Track", rows, &note);
    for framework in (0..comparison.today.case.frameworks.len()).map(FrameworkId) {
        let name = &comparison.today.case.frameworks[framework.0].name;
        let (rows, note) = settlement(comparison, &options, framework);
        draw(&format!("WHAT CAN BE FILLED: {}", name.to_uppercase()), "Benchmark", rows, &note);
    }
    let (rows, note) = worth(comparison, &options);
    draw("WORTH WHERE THE PROCESS STOPS", "Actor", rows, &note);
    let (rows, note) = terms(comparison, &options);
    draw("ON WHOSE TERMS", "Share of the gain", rows, &note);
    let rows = claims(comparison, &options);
    if !comparison.today.claims.is_empty() {
        let note = if rows.is_empty() {
            "No option changes the verdict on a claim."
        } else {
            "The other claims come out the same."
        };
        draw("CLAIMS", "Claim", rows, note);
    }
}

fn deals(comparison: &Comparison, options: &[&OptionAnswers]) -> (Rows, String) {
    let case = &comparison.today.case;
    let (mut rows, mut same) = (Vec::new(), Vec::new());
    for (track, deals, table) in comparison.today.tables() {
        let name = table_heading(case, track, deals);
        let today = count(table);
        let cells: Vec<(String, TableChange)> = options
            .iter()
            .map(|option| {
                let Some(after) = option.answers.table(track, deals) else {
                    return ("none".to_owned(), TableChange::Same);
                };
                let change = TableChange::between(table, after);
                let mark = match change {
                    TableChange::Opened | TableChange::Shut => format!("\n{}", change.word()),
                    _ => String::new(),
                };
                (format!("{}{mark}", count(after)), change)
            })
            .collect();
        if cells.iter().all(|(_, change)| *change == TableChange::Same) {
            same.push(format!("{name} ({today})"));
        } else {
            rows.push([name, today].into_iter().chain(cells.into_iter().map(|(cell, _)| cell)).collect());
        }
    }
    let note =
        if same.is_empty() { String::new() } else { format!("The same with every option: {}.", words::list(&same)) };
    (rows, note)
}

/// How many deals a table has.
fn count(table: &TableBrief) -> String {
    match (table.acceptable(), table.has_deal()) {
        (Some(0), _) | (_, Some(false)) => "none".to_owned(),
        (Some(count), _) => words::number(count),
        (None, Some(true)) => "some".to_owned(),
        (None, None) => "not known".to_owned(),
    }
}

fn settlement(comparison: &Comparison, options: &[&OptionAnswers], framework: FrameworkId) -> (Rows, String) {
    let case = &comparison.today.case;
    let body = &case.frameworks[framework.0];
    let all: Vec<&Answers> =
        std::iter::once(&comparison.today).chain(options.iter().map(|option| &option.answers)).collect();
    let row = |name: &str, cell: &dyn Fn(&Answers) -> String| -> Vec<String> {
        std::iter::once(name.to_owned()).chain(all.iter().map(|answers| cell(answers))).collect()
    };
    let mut rows: Rows = (0..body.benchmarks.len())
        .map(BenchmarkId)
        .map(|benchmark| {
            row(&body.benchmarks[benchmark.0].id, &|answers| {
                winset_brief::filled_by(answers, framework, benchmark).to_owned()
            })
        })
        .collect();
    rows.push(row("together", &|answers| match winset_brief::filled(answers, framework) {
        None => "not computed".to_owned(),
        Some(filled) => {
            let standing = answers.case.frameworks[framework.0].benchmarks.iter().filter(|benchmark| benchmark.on);
            format!("{} of {}", filled.len(), standing.count())
        }
    }));
    rows.push(row("concluded", &|answers| match answers.framework(framework) {
        None => "not computed".to_owned(),
        Some(entry) => entry.conclusions.first().map_or_else(
            || "no".to_owned(),
            |arrival| format!("in {}", words::counted(arrival.route.len() as u64, "deal")),
        ),
    }));
    let differs = rows.iter().any(|row| row[1..].iter().any(|cell| *cell != row[1]));
    if differs {
        return (rows, String::new());
    }
    let figures: Vec<String> = rows.iter().map(|row| format!("{}: {}", row[0], row[1])).collect();
    (Vec::new(), format!("The same with every option: {}.", figures.join("; ")))
}

fn worth(comparison: &Comparison, options: &[&OptionAnswers]) -> (Rows, String) {
    let case = &comparison.today.case;
    let Ok(today) = &comparison.today.end else { return (Vec::new(), "Not computed.".to_owned()) };
    let mut rows = Vec::new();
    for (actor, payoff) in today.payoffs.iter().enumerate() {
        let Some(payoff) = payoff else { continue };
        let changes: Vec<String> = options
            .iter()
            .map(|option| {
                let gains = comparison.gains(option);
                let change = gains.iter().find(|(other, _)| other.0 == actor).map(|(_, change)| signed(change));
                change.unwrap_or_else(|| "not known".to_owned())
            })
            .collect();
        if changes.iter().any(|change| change != "0") {
            let here = Amount::from(payoff.here.clone()).figures();
            let name = words::actor_name(case, ActorId(actor)).to_owned();
            let changes = changes.into_iter().map(|change| if change == "0" { "=".to_owned() } else { change });
            rows.push([name, here].into_iter().chain(changes).collect());
        }
    }
    let where_it_stops = match (today.framework, today.concluded) {
        (Some(framework), true) => format!("a state that concludes {}", called::framework(case, framework)),
        (Some(framework), false) => {
            format!("a state that fills most benchmarks of {}", called::framework(case, framework))
        }
        (None, _) => "a state that deals can reach".to_owned(),
    };
    let note = format!(
        "Today: the worth, in each actor's own measure, of where the process stops as the case stands ({where_it_stops}; of {} the egalitarian one), less what going on costs whose conflict has not ended. Options: how much more or less.",
        words::counted(today.states as u64, "such state"),
    );
    let mut note = if rows.is_empty() { format!("No option changes anyone's. {note}") } else { note };
    let is_cut = |answers: &Answers| answers.end.as_ref().is_ok_and(|end| end.cut_off);
    let mut cut: Vec<&str> =
        options.iter().filter(|option| is_cut(&option.answers)).map(|option| option.option.name.as_str()).collect();
    if is_cut(&comparison.today) {
        cut.insert(0, "today");
    }
    if !cut.is_empty() {
        note.push_str(&format!(
            " The walk over what deals can reach was cut off for {}: what was not found there may exist all the same.",
            words::list(&cut)
        ));
    }
    (rows, note)
}

fn terms(comparison: &Comparison, options: &[&OptionAnswers]) -> (Rows, String) {
    let case = &comparison.today.case;
    let mut rows = Vec::new();
    for (track, deals, _) in comparison.today.tables() {
        for actor in (0..case.actors.len()).map(ActorId) {
            let today = share(&comparison.today, track, deals, actor);
            let cells: Vec<String> = options.iter().map(|option| share(&option.answers, track, deals, actor)).collect();
            if cells.iter().any(|cell| *cell != today) {
                let name = format!("{}: {}", table_heading(case, track, deals), words::actor_name(case, actor));
                let cells = cells.into_iter().map(|cell| if cell == today { "=".to_owned() } else { cell });
                rows.push([name, today.clone()].into_iter().chain(cells).collect());
            }
        }
    }
    let note = "Each player's share of the gain it could have had, at the Nash point of each table (Kalai\u{2013}Smorodinsky where there is none). Tables and players left out have the same share with every option.";
    let note = if rows.is_empty() { "The same with every option at every table." } else { note };
    (rows, note.to_owned())
}

/// A player's share of the gain at a table's bargaining point.
fn share(answers: &Answers, track: winset_case::TrackId, deals: Deals, actor: ActorId) -> String {
    let none = || "\u{2013}".to_owned();
    let Some(at) = answers.table(track, deals).and_then(TableBrief::bargaining_point) else { return none() };
    let Some(position) = at.settlement.players.iter().position(|player| *player == actor) else { return none() };
    match at.point.votes[position] {
        winset_settle::Vote::Yes => {
            let share = Amount::from(at.point.terms.shares[position].clone());
            format!("{:.0}%", share.to_f64().unwrap_or(0.0) * 100.0)
        }
        winset_settle::Vote::Abstains => "abstains".to_owned(),
        winset_settle::Vote::No => "outvoted".to_owned(),
    }
}

fn claims(comparison: &Comparison, options: &[&OptionAnswers]) -> Rows {
    let case: &Case = &comparison.today.case;
    let changed = |claim: usize| {
        options.iter().any(|option| option.answers.claims[claim].status != comparison.today.claims[claim].status)
    };
    (0..comparison.today.claims.len())
        .filter(|&claim| changed(claim))
        .map(|claim| {
            let today = comparison.today.claims[claim].status;
            let cells = options.iter().map(|option| {
                let status = option.answers.claims[claim].status;
                if status == today { "=".to_owned() } else { status.word().to_owned() }
            });
            [case.claims[claim].id.clone(), today.word().to_owned()].into_iter().chain(cells).collect()
        })
        .collect()
}
