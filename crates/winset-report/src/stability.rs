//! Which states stay put, for the terminal.

use winset_brief::words;
use winset_stability::{Concept, Direction, Model, ModelOption, Paths, SanctionRule, Stability, Step};

use crate::layout::Page;

/// How many equilibria are listed.
const LISTED: usize = 60;

/// The most states that are all listed, with everyone's ranking, and the most decision makers for whom there is room beside.
const FEW: (usize, usize) = (24, 5);

/// Of how many equilibria the ways there are shown also where steps are no improvements.
const FEW_WAYS: usize = 12;

/// How a state is written down, said once where states are listed.
pub(crate) const LETTERS: &str =
    "The letters of a state stand for the options in the order of their numbers: Y taken, N not taken, - either.";

/// How concepts are headed in tables.
pub(crate) fn heading(concept: Concept) -> &'static str {
    match concept {
        Concept::Nash => "Nash",
        Concept::Gmr => "GMR",
        Concept::Smr => "SMR",
        Concept::Seq => "SEQ",
        Concept::Sseq => "SSEQ",
    }
}

/// Who holds which options: what it takes to put states into words.
pub(crate) struct Described<'m> {
    pub(crate) decision_makers: &'m [String],
    pub(crate) options: &'m [ModelOption],
}

impl Described<'_> {
    /// A choice of options, one bit each, as `Y` and `N`.
    pub(crate) fn pattern(&self, key: u64) -> String {
        (0..self.options.len()).map(|option| if key >> option & 1 == 1 { 'Y' } else { 'N' }).collect()
    }

    /// The state of a pattern in words: who has taken which options.
    pub(crate) fn state_words(&self, pattern: &str) -> String {
        let mut parts = Vec::new();
        for (maker, name) in self.decision_makers.iter().enumerate() {
            let own = self.options.iter().zip(pattern.chars()).filter(|(option, _)| option.owner == maker);
            let taken: Vec<&str> =
                own.filter(|(_, choice)| *choice == 'Y').map(|(option, _)| option.name.as_str()).collect();
            if !taken.is_empty() {
                parts.push(format!("{name}: {}", taken.join(", ")));
            }
        }
        let open = if pattern.contains('-') { " (whatever the rest)" } else { "" };
        if parts.is_empty() {
            format!("nobody has taken an option{open}")
        } else {
            format!("{}{open}", parts.join("; "))
        }
    }
}

/// A state in words.
pub(crate) fn state_words(model: &Model, state: usize) -> String {
    let described = Described { decision_makers: model.decision_makers(), options: model.options() };
    described.state_words(&model.states().pattern(state))
}

/// The options a decision maker holds, one in a line, by their numbers in the letters of a state.
pub(crate) fn option_names(options: &[ModelOption], maker: usize) -> String {
    let held = options.iter().enumerate().filter(|(_, option)| option.owner == maker);
    let names: Vec<String> = held
        .map(|(number, option)| {
            let way = match option.direction {
                Direction::Both => "",
                Direction::OnlyOn => " (cannot be undone)",
                Direction::OnlyOff => " (cannot be taken up again)",
            };
            format!("{}. {}{way}", number + 1, option.name)
        })
        .collect();
    if names.is_empty() { "none".to_owned() } else { names.join("\n") }
}

/// The options taken in a choice of some of them, one bit each, in words.
pub(crate) fn option_list(options: &[ModelOption], key: u64) -> String {
    let taken = options.iter().enumerate().filter(|(option, _)| key >> option & 1 == 1);
    let names: Vec<&str> = taken.map(|(_, option)| option.name.as_str()).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

/// What is known about a model besides its stability.
#[derive(Debug, Default)]
pub struct Surroundings<'s> {
    /// What the model is called.
    pub title: &'s str,
    /// A sentence or two about it.
    pub summary: Option<&'s str>,
    /// The state that stands today, with the ways from there: by moves, and by improvements alone.
    pub today: Option<(usize, Paths, Paths)>,
}

/// The stability of every state: who takes part, where things stand, the equilibria, and how many states are stable for whom.
pub fn stability(
    about: &Surroundings<'_>,
    model: &Model,
    result: &Stability,
    rule: SanctionRule,
    width: usize,
) -> String {
    let mut page = Page::new(width);
    page.heading(&format!("{} — what stays put", about.title));
    if let Some(summary) = about.summary {
        page.paragraph(0, summary);
    }
    summary(&mut page, model, result, rule, about.today.as_ref());
    page.finish()
}

/// Everything but what the model is called.
pub(crate) fn summary(
    page: &mut Page,
    model: &Model,
    result: &Stability,
    rule: SanctionRule,
    today: Option<&(usize, Paths, Paths)>,
) {
    let makers = model.decision_makers();
    page.paragraph(0, &how_many_states(model));
    page.section("Decision makers");
    let rows = makers.iter().enumerate().map(|(maker, name)| {
        let counts = Concept::ALL.map(|concept| result.stable(concept, maker).count().to_string());
        [vec![name.clone(), option_names(model.options(), maker)], counts.to_vec()].concat()
    });
    let concepts = Concept::ALL.map(heading);
    page.table(&[&["Name", "Options"][..], &concepts].concat(), rows.collect());
    page.note(0, "The last five columns: how many states are stable for it under five concepts of stability, which are explained at the end.");
    if model.states().len() <= FEW.0 && makers.len() <= FEW.1 {
        states(page, model);
    }
    if let Some((today, ..)) = today {
        page.section("Today");
        where_things_stand(page, model, result, *today);
    }
    equilibria(page, model, result, today);
    legend(page, &Concept::ALL, rule);
}

/// How many states there are, and why not more.
fn how_many_states(model: &Model) -> String {
    let (options, states) = (model.options().len(), model.states());
    let held = format!(
        "{} hold {}, each to take or leave.",
        words::counted(model.decision_makers().len() as u64, "decision maker"),
        words::counted(options as u64, "option"),
    );
    let combinations = words::number(1 << options);
    let count = words::number(states.len() as u64);
    if states.is_cube() {
        return format!("{held} Each of the {combinations} combinations is a state.");
    }
    let merged = if states.is_merged() { ", or cannot be told apart from one of these" } else { "" };
    format!("{held} Of the {combinations} combinations {count} are states; the others cannot come about{merged}.")
}

/// All states, with the place each decision maker gives them.
fn states(page: &mut Page, model: &Model) {
    page.section("States");
    let makers = model.decision_makers();
    let best: Vec<u32> = (0..makers.len()).map(|maker| model.ranks(maker).iter().copied().max().unwrap_or(0)).collect();
    let rows = (0..model.states().len()).map(|state| {
        let head = vec![(state + 1).to_string(), model.states().pattern(state), state_words(model, state)];
        let place = |(maker, best): (usize, &u32)| (best - model.ranks(maker)[state] + 1).to_string();
        head.into_iter().chain(best.iter().enumerate().map(place)).collect()
    });
    let names: Vec<&str> = makers.iter().map(String::as_str).collect();
    page.table(&[&["State", "Options", "What it is"][..], &names].concat(), rows.collect());
    page.note(
        0,
        &format!("{LETTERS} The other columns: the place a state has in the ranking of each, 1 being the best; states in the same place are equally good for it."),
    );
}

/// Whether today is an equilibrium, or who would leave it.
fn where_things_stand(page: &mut Page, model: &Model, result: &Stability, today: usize) {
    let leaving = |concept| -> Vec<&str> {
        let makers = 0..model.decision_makers().len();
        makers
            .filter(|maker| !result.stable(concept, *maker).contains(today))
            .map(|maker| model.called(maker))
            .collect()
    };
    let state = format!("State {}: {}.", today + 1, state_words(model, today));
    let stays: Vec<&str> =
        Concept::ALL.into_iter().filter(|concept| leaving(*concept).is_empty()).map(heading).collect();
    let verdict = match (stays.len(), leaving(Concept::Nash)) {
        (5, _) => "It is an equilibrium under every concept: nobody has an improvement.".to_owned(),
        (0, movers) => {
            let always: Vec<&str> = leaving(Concept::Gmr);
            let firmly = if always.is_empty() {
                String::new()
            } else {
                format!(" Nothing the others could do would keep {} from it.", words::list(&always))
            };
            format!("{} would leave it.{firmly}", words::capital(&words::list(&movers)))
        }
        (_, movers) => {
            let leaves: Vec<&str> =
                Concept::ALL.into_iter().filter(|concept| !leaving(*concept).is_empty()).map(heading).collect();
            format!(
                "{} could improve by leaving it, but the others could answer so that nothing is gained. It is an equilibrium under {}, where this is feared, and not under {}.",
                words::capital(&words::list(&movers)),
                words::list(&stays),
                words::list(&leaves)
            )
        }
    };
    page.paragraph(0, &format!("{state} {verdict} `winset stability --state {}` says who could do what.", today + 1));
}

fn equilibria(page: &mut Page, model: &Model, result: &Stability, today: Option<&(usize, Paths, Paths)>) {
    let sets = Concept::ALL.map(|concept| result.equilibria(concept));
    page.section("Equilibria");
    let any: Vec<usize> = (0..model.states().len())
        .filter(|state| sets.iter().any(|set| set.contains(*state)))
        .take(LISTED + 1)
        .collect();
    if any.is_empty() {
        page.paragraph(
            0,
            "No state is stable for everyone, under any of the five concepts: from each one, someone leaves.",
        );
        return;
    }
    let rows = any.iter().take(LISTED).map(|state| {
        let marks = sets.iter().map(|set| if set.contains(*state) { "yes" } else { "" }.to_owned());
        let head = vec![(state + 1).to_string(), model.states().pattern(*state), state_words(model, *state)];
        let way = today.map(|(_, moves, improvements)| way_words(moves, improvements, *state));
        head.into_iter().chain(marks).chain(way).collect()
    });
    let concepts = Concept::ALL.map(heading);
    let last: &[&str] = if today.is_some() { &["From today"] } else { &[] };
    page.table(&[&["State", "Options", "What it is"][..], &concepts, last].concat(), rows.collect());
    if any.len() > LISTED {
        let counts: Vec<String> = Concept::ALL
            .iter()
            .zip(&sets)
            .map(|(concept, set)| format!("{} under {}", words::number(set.count() as u64), heading(*concept)))
            .collect();
        let text = format!(
            "The first {LISTED} are shown; there are {}. `winset stability --json` lists them all.",
            words::list(&counts)
        );
        page.note(0, &text);
    }
    let all_listed = model.states().len() <= FEW.0 && model.decision_makers().len() <= FEW.1;
    if !all_listed {
        page.note(0, LETTERS);
    }
    if let Some((today, moves, improvements)) = today {
        ways(page, model, *today, &any[..any.len().min(LISTED)], [moves, improvements]);
    }
}

/// Shortest ways from today to some states: by improvements where there are such ways, else by moves.
fn ways(page: &mut Page, model: &Model, today: usize, to: &[usize], [moves, improvements]: [&Paths; 2]) {
    let by_moves = to.len() <= FEW_WAYS;
    let way = |state: usize| improvements.to(state).or_else(|| moves.to(state).filter(|_| by_moves));
    let ways: Vec<(usize, Vec<Step>)> =
        to.iter().filter(|state| **state != today).filter_map(|state| Some((*state, way(*state)?))).collect();
    if ways.is_empty() {
        return;
    }
    page.section("Ways from today");
    let mut marked = false;
    for (state, way) in ways {
        let mut before = today;
        let steps: Vec<String> = way
            .iter()
            .map(|step| {
                let ranks = model.ranks(step.mover);
                let gains = ranks[step.to] > ranks[before];
                marked |= !gains;
                let mark = if gains { "" } else { ", no improvement" };
                let text = format!("{} (state {}{mark})", step_words(model, before, *step), step.to + 1);
                before = step.to;
                text
            })
            .collect();
        page.item(&format!("  to {:<4} ", state + 1), &words::capital(&steps.join(", then ")));
    }
    let note = "The shortest ways, nobody moving twice in a row; by improvements where there is such a way.";
    page.note(
        0,
        &if marked {
            format!("{note} \"No improvement\": whoever makes the step does not prefer where it leads.")
        } else {
            note.to_owned()
        },
    );
}

/// How far a state is from today.
fn way_words(moves: &Paths, improvements: &Paths, state: usize) -> String {
    match (improvements.distance(state), moves.distance(state)) {
        (Some(0), _) => "is today".to_owned(),
        (Some(count), _) => words::counted(count.into(), "improvement"),
        (None, Some(count)) => format!("{}, not all improvements", words::counted(count.into(), "move")),
        (None, None) => "out of reach".to_owned(),
    }
}

/// Steps in words: who takes or gives up what, and where that leads.
pub(crate) fn steps(model: &Model, from: usize, steps: &[Step]) -> String {
    let mut before = from;
    let words: Vec<String> = steps
        .iter()
        .map(|step| {
            let text = format!("{} (state {})", step_words(model, before, *step), step.to + 1);
            before = step.to;
            text
        })
        .collect();
    words.join(", then ")
}

/// One step in words.
pub(crate) fn step_words(model: &Model, from: usize, step: Step) -> String {
    let name = &model.decision_makers()[step.mover];
    let (before, after) = (model.states().pattern(from), model.states().pattern(step.to));
    let changed = |to: char| -> Vec<&str> {
        let choices = before.chars().zip(after.chars());
        let own = model.options().iter().zip(choices).filter(|(option, _)| option.owner == step.mover);
        own.filter(|(_, (before, after))| before != after && *after == to)
            .map(|(option, _)| option.name.as_str())
            .collect()
    };
    let mut parts = Vec::new();
    for (before, to) in [("", 'Y'), ("no longer ", 'N')] {
        let options = changed(to);
        if !options.is_empty() {
            parts.push(format!("{before}{}", options.join(", ")));
        }
    }
    if parts.is_empty() { format!("{name} moves") } else { format!("{name}: {}", parts.join("; ")) }
}

/// What stability means.
const STABLE: &str = "An improvement is a move by which a decision maker alone comes to a state it prefers. A state is stable for it when it has none, or when each can be answered by moves of the others, \
     called a sanction, so that nothing is gained. The concepts differ in which answers count. An equilibrium is stable for everyone.";

/// How much an equilibrium is worth, by the concepts under which it is one.
const FIRMNESS: &str = "An equilibrium under Nash stays put by itself. One under SEQ and not Nash stays put because leaving would set off moves that others gain by; one under GMR or SMR alone stays put only \
     as long as everyone fears answers that the others might not want to give.";

/// What the five concepts mean, the order being that of [`Concept::ALL`].
const CONCEPT_WORDS: [(&str, &str); 5] = [
    ("Nash", "(Nash stability) it has no improvement."),
    (
        "GMR",
        "(general metarationality) the others could answer each of its improvements by any moves, whatever these do to themselves, so that it ends no better off than it began.",
    ),
    ("SMR", "(symmetric metarationality) as GMR, and no further move of its own leads out of that to a better end."),
    (
        "SEQ",
        "(sequential stability) as GMR, but only with answers in which each move is an improvement for whoever makes it.",
    ),
    (
        "SSEQ",
        "(symmetric sequential stability) as SEQ, and no further move of its own leads out of that to a better end.",
    ),
];

pub(crate) fn legend(page: &mut Page, concepts: &[Concept], rule: SanctionRule) {
    page.section("How to read this");
    page.paragraph(0, STABLE);
    for concept in concepts {
        let (name, text) = CONCEPT_WORDS[*concept as usize];
        page.item(&format!("  {name:<5} "), text);
    }
    if concepts.contains(&Concept::Seq) {
        page.paragraph(0, FIRMNESS);
    }
    let rule = match rule {
        SanctionRule::Legal => return,
        SanctionRule::EachOnce => {
            "Under the sanction rule each-once every opponent moves at most once in an answer. The literature allows any sequence in which nobody moves twice in a row."
        }
        SanctionRule::Single => {
            "Under the sanction rule single an answer is one move of one opponent. The literature allows any sequence in which nobody moves twice in a row."
        }
    };
    page.note(0, rule);
}
