//! One state of a graph model: why it is stable for whom, or what would make it so; groups that move together; and the model for other programs.

use winset_brief::words;
use winset_stability::{
    Coalitions, Concept, Explanation, Inverse, Model, Refusal, Stability, StateSet, Step, Vulnerable, members,
};

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

/// How many ways to leave an equilibrium together are listed.
const LISTED: usize = 40;

/// Which equilibria hold against groups that move together, and which a group would leave for another one.
pub fn stability_coalitions(
    title: &str,
    model: &Model,
    coalitions: &Coalitions<'_>,
    vulnerable: &[Vulnerable],
    width: usize,
) -> String {
    const CONCEPTS: [(Concept, &str); 4] =
        [(Concept::Nash, "CNash"), (Concept::Gmr, "CGMR"), (Concept::Smr, "CSMR"), (Concept::Seq, "CSEQ")];
    let mut page = Page::new(width);
    page.heading(&format!("{title} — what stays put when groups move together"));
    let sets = CONCEPTS.map(|(concept, _)| coalitions.equilibria(concept));
    let any = (0..model.states().len()).filter(|state| sets.iter().any(|set| set.contains(*state)));
    let rows: Vec<Vec<String>> = any
        .map(|state| {
            let head = vec![(state + 1).to_string(), model.states().pattern(state), state_words(model, state)];
            let marks = sets.iter().map(|set| if set.contains(state) { "yes" } else { "" }.to_owned());
            head.into_iter().chain(marks).collect()
        })
        .collect();
    if rows.is_empty() {
        page.paragraph(0, "No state is stable against every group under any of the four concepts.");
    } else {
        let concepts = CONCEPTS.map(|(_, name)| name);
        page.table(&[&["State", "Options", "What it is"][..], &concepts].concat(), rows);
    }
    page.heading("EQUILIBRIA THAT A GROUP WOULD LEAVE FOR ANOTHER");
    if vulnerable.is_empty() {
        page.paragraph(
            0,
            "None: from no Nash or sequential equilibrium can a group reach another one that all its members prefer.",
        );
    }
    for each in vulnerable.iter().take(LISTED) {
        let names: Vec<&str> = members(each.group).map(|maker| model.called(maker)).collect();
        let text = format!(
            "{} together, for state {} ({})",
            words::capital(&words::list(&names)),
            each.to + 1,
            state_words(model, each.to)
        );
        page.item(&format!("  state {:<4} ", each.state + 1), &text);
    }
    if vulnerable.len() > LISTED {
        page.note(0, &format!("The first {LISTED} of {} are shown.", words::number(vulnerable.len() as u64)));
    }
    page.blank();
    page.note(0, "CNash to CSEQ: the four concepts, asked of every group instead of every decision maker alone. A group moves together where all its members gain; the rest answer, and one member who does not gain is enough.");
    page.finish()
}

/// What would make a state an equilibrium: per decision maker and concept what it would have to hold no better than that state.
pub fn stability_inverse(title: &str, model: &Model, state: usize, found: &[Vec<Inverse>], width: usize) -> String {
    let mut page = Page::new(width);
    page.heading(&format!("{title} — what would make state {} stay put", state + 1));
    page.paragraph(0, &format!("{}: {}.", model.states().pattern(state), state_words(model, state)));
    for (maker, found) in found.iter().enumerate() {
        page.heading(&model.decision_makers()[maker].to_uppercase());
        if found.iter().all(|inverse| inverse.demands.is_empty()) {
            page.paragraph(0, "It is stable for it as it is, under all five concepts.");
            continue;
        }
        let mut said: Vec<(Vec<&str>, String)> = Vec::new();
        for concept in Concept::ALL {
            let text = demand_words(model, &found[concept as usize]);
            match said.iter_mut().find(|(_, known)| *known == text) {
                Some((concepts, _)) => concepts.push(heading(concept)),
                None => said.push((vec![heading(concept)], text)),
            }
        }
        for (concepts, text) in said {
            page.item(&format!("  {}: ", concepts.join(", ")), &text);
        }
    }
    page.blank();
    page.note(0, "Shown is a smallest set of states that would have to fall in its ranking, and the ranking nearest to its own that makes the state stable, with how many pairs of states stand to each other otherwise in it (Kendall's tau distance). Everyone else's preferences stay as they are.");
    page.finish()
}

/// The equilibria under the concepts beyond the five, each with its name and its stable states per decision maker, or one set for all; or why it is not defined
/// here.
pub fn stability_more(
    title: &str,
    model: &Model,
    found: &[(String, Result<Vec<StateSet>, Refusal>)],
    width: usize,
) -> String {
    let mut page = Page::new(width);
    page.heading(&format!("{title} — what stays put under further concepts"));
    let rows = found.iter().map(|(name, sets)| {
        let together = sets.as_ref().map(|sets| {
            let mut all = StateSet::full(model.states().len());
            sets.iter().for_each(|set| all.intersect(set));
            all
        });
        let text = match together {
            Ok(states) if states.count() == 0 => "no state".to_owned(),
            Ok(states) => {
                let shown = states
                    .iter()
                    .take(LISTED)
                    .map(|state| format!("{} ({})", state + 1, model.states().pattern(state)));
                let more = states.count().saturating_sub(LISTED);
                let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
                format!("{}{rest}", shown.collect::<Vec<_>>().join(", "))
            }
            Err(refusal) => words::capital(&refusal.to_string()),
        };
        vec![name.clone(), text]
    });
    page.table(&["Concept", "Equilibria"], rows.collect());
    page.note(0, "SIM: the others can meet every improvement by improving at the same moment. With SIM: only where two or more are otherwise unstable, and only these move (Fraser and Hipel). Limited moves: each looks so many moves ahead and expects the other to choose with one move less. Non-myopic: however many more. Stackelberg: the leader looks two moves ahead, the other one.");
    page.finish()
}

fn demand_words(model: &Model, inverse: &Inverse) -> String {
    match &inverse.smallest {
        _ if inverse.demands.is_empty() => "stable as it is".to_owned(),
        None => "the search for the smallest change gave up".to_owned(),
        Some(states) => {
            let names: Vec<String> =
                states.iter().map(|other| format!("{} ({})", other + 1, state_words(model, *other))).collect();
            let level =
                words::list(&inverse.nearest.level.iter().map(|other| (other + 1).to_string()).collect::<Vec<_>>());
            let pairs = words::counted(inverse.nearest.pairs as u64, "pair");
            format!(
                "stable if it held no better than this: state {}. Nearest ranking: this one raised to the level of state {level}, which changes {pairs} of states",
                words::list(&names)
            )
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
