//! One state of a graph model: why it is stable for whom, or who leaves it how; and the whole graph as DOT.

use winset_brief::words;
use winset_stability::{Concept, Explanation, Model, Stability, Step};

use crate::layout::Page;
use crate::stability::{heading, state_words, step_words, steps};

/// Why a state is stable for whom. `explained` holds per decision maker an explanation for each of [`Concept::ALL`].
pub fn stability_state(
    title: &str,
    model: &Model,
    state: usize,
    explained: &[Vec<Explanation>],
    width: usize,
) -> String {
    let mut page = Page::new(width);
    page.heading(&format!("{title} — state {}", state + 1));
    page.paragraph(0, &format!("{}: {}.", model.states().pattern(state), state_words(model, state)));
    let everyone = |concept: Concept| explained.iter().all(|each| each[concept as usize].is_stable());
    let stays: Vec<&str> = Concept::ALL.into_iter().filter(|concept| everyone(*concept)).map(heading).collect();
    page.paragraph(
        0,
        &match stays.len() {
            0 => "It is no equilibrium under any of the five concepts.".to_owned(),
            5 => "It is an equilibrium under all five concepts.".to_owned(),
            _ => format!("It is an equilibrium under {}.", words::list(&stays)),
        },
    );
    for (maker, explained) in explained.iter().enumerate() {
        page.heading(&model.decision_makers()[maker].to_uppercase());
        one(&mut page, model, state, maker, explained);
    }
    page.finish()
}

fn one(page: &mut Page, model: &Model, state: usize, maker: usize, explained: &[Explanation]) {
    let improvements = &explained[Concept::Nash as usize].improvements;
    if improvements.is_empty() {
        page.paragraph(0, "No move of its own leads to a state it prefers: stable under all five concepts.");
        return;
    }
    let split = |stable: bool| -> Vec<&str> {
        let concepts = Concept::ALL.into_iter().filter(|concept| explained[*concept as usize].is_stable() == stable);
        concepts.map(heading).collect()
    };
    let (stable, unstable) = (split(true), split(false));
    let verdict = if stable.is_empty() {
        "Unstable under all five concepts.".to_owned()
    } else {
        format!("Stable under {}, unstable under {}.", words::list(&stable), words::list(&unstable))
    };
    page.paragraph(0, &verdict);
    for (at, improvement) in improvements.iter().enumerate() {
        let step = Step { mover: maker, to: improvement.to };
        let text = format!("{} (state {})", words::capital(&step_words(model, state, step)), improvement.to + 1);
        page.item("  It would gain by this move. ", &text);
        // Concepts with the same answer are said together.
        let mut said: Vec<(Vec<&str>, &Option<Vec<Step>>)> = Vec::new();
        for concept in &Concept::ALL[1..] {
            let sanction = &explained[*concept as usize].improvements[at].sanction;
            match said.iter_mut().find(|(_, known)| *known == sanction) {
                Some((concepts, _)) => concepts.push(heading(*concept)),
                None => said.push((vec![heading(*concept)], sanction)),
            }
        }
        for (concepts, sanction) in said {
            let lead = format!("    {}: ", concepts.join(", "));
            let text = match sanction {
                Some(way) => format!("answered by {}", steps(model, improvement.to, way)),
                None => "the others have no answer".to_owned(),
            };
            page.item(&lead, &text);
        }
    }
}

/// How many states a graph is drawn with.
const DRAWN: usize = 400;

/// The graph in the DOT language of Graphviz: states, moves by decision maker (solid where they are improvements), equilibria with a double line. `None` if it
/// is too large to be drawn.
pub fn stability_dot(model: &Model, result: &Stability, moves: &[Vec<Vec<usize>>]) -> Option<String> {
    const COLOURS: [&str; 8] = ["#1b6ca8", "#c2452d", "#3b7d3b", "#7a4fa3", "#a87b1b", "#2d8f8f", "#8a8a8a", "#b03a78"];
    let states = model.states();
    if states.len() > DRAWN {
        return None;
    }
    let escape = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let mut text = String::from(
        "digraph model {\n  node [shape=circle, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\"];\n",
    );
    for (maker, name) in model.decision_makers().iter().enumerate() {
        let colour = COLOURS[maker % COLOURS.len()];
        text.push_str(&format!("  // {colour}: {}\n", escape(name).replace('\n', " ")));
    }
    let equilibria = Concept::ALL.map(|concept| result.equilibria(concept));
    for state in 0..states.len() {
        let under: Vec<&str> = Concept::ALL
            .into_iter()
            .filter(|concept| equilibria[*concept as usize].contains(state))
            .map(heading)
            .collect();
        let shape = if under.is_empty() { "circle" } else { "doublecircle" };
        let tip = format!("{} {}: {}", states.pattern(state), under.join(" "), state_words(model, state));
        text.push_str(&format!("  {} [shape={shape}, tooltip=\"{}\"];\n", state + 1, escape(&tip)));
    }
    for (maker, moves) in moves.iter().enumerate() {
        let colour = COLOURS[maker % COLOURS.len()];
        let ranks = model.ranks(maker);
        for (from, targets) in moves.iter().enumerate() {
            for to in targets {
                let style = if ranks[*to] > ranks[from] { "solid" } else { "dotted" };
                text.push_str(&format!("  {} -> {} [color=\"{colour}\", style={style}];\n", from + 1, to + 1));
            }
        }
    }
    text.push_str("}\n");
    Some(text)
}
