//! Which states stay put, for the terminal.

use winset_brief::words;
use winset_stability::{Concept, Direction, Model, SanctionRule, Stability};

use crate::layout::Page;

/// How many equilibria are listed.
const LISTED: usize = 60;

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

/// A state in words: who has taken which options.
pub(crate) fn state_words(model: &Model, state: usize) -> String {
    let pattern = model.states().pattern(state);
    let mut parts = Vec::new();
    for (maker, name) in model.decision_makers().iter().enumerate() {
        let own = model.options().iter().zip(pattern.chars()).filter(|(option, _)| option.owner == maker);
        let taken: Vec<String> = own
            .filter(|(_, choice)| *choice != 'N')
            .map(|(option, choice)| match choice {
                'Y' => option.name.clone(),
                _ => format!("{} or not", option.name),
            })
            .collect();
        if !taken.is_empty() {
            parts.push(format!("{name}: {}", taken.join(", ")));
        }
    }
    if parts.is_empty() { "nobody has taken an option".to_owned() } else { parts.join("; ") }
}

/// The stability of every state: who takes part, the equilibria, and how many states are stable for whom.
pub fn stability(title: &str, model: &Model, result: &Stability, rule: SanctionRule, width: usize) -> String {
    let mut page = Page::new(width);
    let states = model.states().len() as u64;
    page.heading(&format!("{title} — what stays put"));
    let makers = model.decision_makers();
    page.paragraph(
        0,
        &format!(
            "{} of {}, {} in all.",
            words::counted(states, "state"),
            words::counted(makers.len() as u64, "decision maker"),
            words::counted(model.options().len() as u64, "option"),
        ),
    );
    page.heading("DECISION MAKERS");
    let rows = makers.iter().enumerate().map(|(maker, name)| {
        let options: Vec<String> = model
            .options()
            .iter()
            .filter(|option| option.owner == maker)
            .map(|option| match option.direction {
                Direction::Both => option.name.clone(),
                Direction::OnlyOn => format!("{} (cannot be undone)", option.name),
                Direction::OnlyOff => format!("{} (cannot be taken up again)", option.name),
            })
            .collect();
        let counts = Concept::ALL.map(|concept| result.stable(concept, maker).count().to_string());
        let options = if options.is_empty() { "none".to_owned() } else { options.join("\n") };
        [vec![name.clone(), options], counts.to_vec()].concat()
    });
    let concepts = Concept::ALL.map(heading);
    page.table(&[&["Name", "Options"][..], &concepts].concat(), rows.collect());
    page.note(0, "The last five columns: how many states are stable for it.");
    equilibria(&mut page, model, result);
    page.blank();
    legend(&mut page, rule);
    page.finish()
}

fn equilibria(page: &mut Page, model: &Model, result: &Stability) {
    let sets = Concept::ALL.map(|concept| result.equilibria(concept));
    page.heading("EQUILIBRIA");
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
        head.into_iter().chain(marks).collect()
    });
    let concepts = Concept::ALL.map(heading);
    page.table(&[&["State", "Options", "What it is"][..], &concepts].concat(), rows.collect());
    if any.len() > LISTED {
        let counts: Vec<String> = Concept::ALL
            .iter()
            .zip(&sets)
            .map(|(concept, set)| format!("{} under {}", words::number(set.count() as u64), heading(*concept)))
            .collect();
        let text =
            format!("The first {LISTED} are shown; there are {}. `--json` lists them all.", words::list(&counts));
        page.note(0, &text);
    }
}

fn legend(page: &mut Page, rule: SanctionRule) {
    let meaning = [
        ("Nash", "it cannot improve by a move of its own."),
        (
            "GMR",
            "general metarationality: the others could answer every improvement so that it ends no better than before.",
        ),
        ("SMR", "symmetric metarationality: and it could not escape that answer."),
        (
            "SEQ",
            "sequential stability: the others could answer so by moves each of which is an improvement for whoever makes it.",
        ),
        ("SSEQ", "symmetric sequential stability: and it could not escape that answer."),
    ];
    page.paragraph(0, "A state is stable for a decision maker when it has no reason to leave it; an equilibrium is stable for everyone.");
    for (name, text) in meaning {
        page.item(&format!("  {name:<5} "), text);
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
