//! What stays put where states are too many to be listed, for the terminal.

use winset_brief::words;
use winset_stability::{CompactModel, Concept, Refusal, SanctionRule, SymbolicStability};

use crate::layout::Page;
use crate::stability::{Described, LETTERS, heading, legend, option_names};

/// Why two of the five concepts are not computed, said wherever they would stand.
pub(crate) const NOT_SEQUENTIAL: &str = "SEQ and SSEQ ask which states the others reach by improvements alone. Whether a move is one depends on both of its ends, so sets of states do not say it; that \
     takes relations between states, which grow too large. They are computed where the states can be listed.";

/// What is known about a model besides its stability.
#[derive(Debug)]
pub struct LargeSurroundings<'s> {
    /// What the model is called.
    pub title: &'s str,
    /// A sentence or two about it.
    pub summary: Option<&'s str>,
    /// The options taken today, one bit each, if that is known and is a state.
    pub today: Option<u64>,
    /// How opponents may answer.
    pub rule: SanctionRule,
    /// How many equilibria are listed under each concept.
    pub first: usize,
}

/// The stability of a model whose states are not listed: how many states are stable for whom, and the first equilibria.
pub fn stability_symbolic(
    about: &LargeSurroundings<'_>,
    model: &CompactModel,
    result: &mut SymbolicStability,
    width: usize,
) -> Result<String, Refusal> {
    const CONCEPTS: [Concept; 3] = SymbolicStability::CONCEPTS;
    let mut page = Page::new(width);
    let form = &model.form;
    let described = Described { decision_makers: &form.decision_makers, options: &form.options };
    let makers = form.decision_makers.len();
    page.heading(&format!("{} — what stays put", about.title));
    if let Some(summary) = about.summary {
        page.paragraph(0, summary);
    }
    page.paragraph(
        0,
        &format!(
            "{} of {}, {} in all. They are not listed one by one: sets of states are compared as a whole, by decision diagrams. All counts are exact.",
            words::counted(result.states(), "state"),
            words::counted(makers as u64, "decision maker"),
            words::counted(form.options.len() as u64, "option"),
        ),
    );
    page.heading("DECISION MAKERS");
    let rows = form.decision_makers.iter().enumerate().map(|(maker, name)| {
        let counts = CONCEPTS.map(|concept| words::number(result.stable_count(concept, maker).unwrap_or_default()));
        [vec![name.clone(), option_names(&form.options, maker)], counts.to_vec()].concat()
    });
    let headings = CONCEPTS.map(heading);
    page.table(&[&["Name", "Options"][..], &headings].concat(), rows.collect());
    page.note(0, "The last three columns: how many states are stable for it under three concepts of stability, which are explained at the end.");
    if let Some(today) = about.today {
        page.heading("TODAY");
        page.paragraph(0, &where_things_stand(&described, model, result, today));
    }
    page.heading("EQUILIBRIA");
    let counts = CONCEPTS.map(|concept| result.equilibrium_count(concept).unwrap_or_default());
    if counts.iter().all(|count| *count == 0) {
        page.paragraph(
            0,
            "No state is stable for everyone, under any of the three concepts: from each one, someone leaves.",
        );
    } else {
        let said: Vec<String> = CONCEPTS
            .iter()
            .zip(counts)
            .map(|(concept, count)| format!("{} under {}", words::number(count), heading(*concept)))
            .collect();
        page.paragraph(0, &format!("There are {}.", words::list(&said)));
        let mut found = Vec::new();
        for concept in CONCEPTS {
            found.extend(result.first_equilibria(concept, about.first)?.unwrap_or_default());
        }
        found.sort_unstable();
        found.dedup();
        let rows = found.iter().map(|(number, key)| {
            let pattern = described.pattern(*key);
            let marks = CONCEPTS.map(|concept| {
                let everyone = (0..makers).all(|maker| result.is_stable(concept, maker, *key) == Some(true));
                if everyone { "yes" } else { "" }.to_owned()
            });
            let head = vec![words::number(number + 1), pattern.clone(), described.state_words(&pattern)];
            head.into_iter().chain(marks).collect()
        });
        page.table(&[&["State", "Options", "What it is"][..], &headings].concat(), rows.collect());
        page.note(0, LETTERS);
        if counts.iter().any(|count| *count > about.first as u64) {
            let text = format!(
                "Shown are the first {} under each concept, in the order of the states; `--first` asks for more.",
                about.first
            );
            page.note(0, &text);
        }
    }
    page.heading("NOT COMPUTED");
    page.paragraph(0, NOT_SEQUENTIAL);
    legend(&mut page, &CONCEPTS, about.rule);
    Ok(page.finish())
}

/// Whether today is an equilibrium, or for whom it is not stable.
fn where_things_stand(
    described: &Described<'_>,
    model: &CompactModel,
    result: &SymbolicStability,
    today: u64,
) -> String {
    let pattern = described.pattern(today);
    let leaving = |concept| -> Vec<&str> {
        let makers = model.form.decision_makers.iter().enumerate();
        let unstable = makers.filter(|(maker, _)| result.is_stable(concept, *maker, today) == Some(false));
        unstable.map(|(_, name)| name.as_str()).collect()
    };
    let mut said: Vec<(Vec<&str>, Vec<&str>)> = Vec::new();
    for concept in SymbolicStability::CONCEPTS {
        let movers = leaving(concept);
        match said.iter_mut().find(|(_, known)| *known == movers) {
            Some((concepts, _)) => concepts.push(heading(concept)),
            None => said.push((vec![heading(concept)], movers)),
        }
    }
    let verdicts: Vec<String> = said
        .iter()
        .map(|(concepts, movers)| match movers.as_slice() {
            [] => format!("Under {} it is an equilibrium.", words::list(concepts)),
            movers => format!("Under {} it is not stable for {}.", words::list(concepts), words::list(movers)),
        })
        .collect();
    format!("{}: {}. {}", pattern, described.state_words(&pattern), verdicts.join(" "))
}
