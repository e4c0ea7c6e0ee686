//! What stays put under preferences that are more, or less, than rankings: unknown preference, strength, attitudes and misperception.

use winset_brief::words;
use winset_stability::{Analysed, Analysis, Attitude, Beyond, Concept, Model, SanctionRule, StateSet};

use crate::layout::Page;
use crate::stability::{heading, legend, option_names, state_words};

/// How many states are put into words.
const LISTED: usize = 40;

/// The analyses of a case by what they are about: heading, what it means, and a row of a table for each.
struct Group<'a> {
    heading: &'static str,
    says: Vec<String>,
    rows: Vec<Row<'a>>,
}

/// The name of a row, what it is called behind somebody's name, and the analyses that have to agree in it.
type Row<'a> = (String, String, Vec<&'a Analysed>);

/// The further analyses of a case, for behind the page of [`stability`](crate::stability).
pub fn stability_beyond(model: &Model, beyond: &Beyond, analysed: &[Analysed], width: usize) -> String {
    let mut page = Page::new(width);
    let mut named = StateSet::empty(model.states().len());
    let groups = groups(model, beyond, analysed);
    let unseen = unseen(model);
    if groups.is_empty() && unseen.is_empty() {
        return String::new();
    }
    if !unseen.is_empty() {
        page.heading("NOT SEEN");
        unseen.iter().for_each(|text| page.paragraph(0, text));
    }
    for group in groups {
        page.heading(group.heading);
        group.says.iter().for_each(|text| page.paragraph(0, text));
        let rows = group.rows.iter().map(|(name, _, analyses)| {
            let sets = Concept::ALL.map(|concept| {
                let mut all = StateSet::full(model.states().len());
                analyses.iter().for_each(|analysed| all.intersect(&analysed.equilibria(concept)));
                all.iter().for_each(|state| named.insert(state));
                numbers(&all)
            });
            [vec![name.clone()], sets.to_vec()].concat()
        });
        let concepts = Concept::ALL.map(heading);
        page.table(&[&["Equilibria"][..], &concepts].concat(), rows.collect());
    }
    if named.count() > 0 {
        page.heading("THESE STATES");
        for state in named.iter().take(LISTED) {
            page.item(&format!("  {:<4} ", state + 1), &state_words(model, state));
        }
        if named.count() > LISTED {
            page.note(0, &format!("The first {LISTED} of {} are put into words.", named.count()));
        }
    }
    format!("\n{}", page.finish())
}

/// Which states who does not see, in a model whose answers count that already.
fn unseen(model: &Model) -> Vec<String> {
    let makers = 0..model.decision_makers().len();
    makers
        .filter_map(|maker| {
            let name = words::capital(model.called(maker));
            let hidden = model.hidden(maker)?;
            let noun = if hidden.count() == 1 { "state" } else { "states" };
            Some(format!("{name} does not see {noun} {}: it moves neither there nor from there.", numbers(hidden)))
        })
        .collect()
}

/// The head of the page where preferences are known in part only, in the place of [`stability`](crate::stability).
pub fn stability_partly_known(title: &str, summary: Option<&str>, model: &Model, width: usize) -> String {
    let mut page = Page::new(width);
    page.heading(&format!("{title} — what stays put"));
    if let Some(summary) = summary {
        page.paragraph(0, summary);
    }
    page.heading("DECISION MAKERS");
    let makers = model.decision_makers().iter().enumerate();
    page.table(
        &["Name", "Options"],
        makers.map(|(maker, name)| vec![name.clone(), option_names(model.options(), maker)]).collect(),
    );
    legend(&mut page, &Concept::ALL, SanctionRule::Legal);
    page.finish()
}

/// One state in the further analyses: for whom it is stable under what.
pub fn stability_beyond_state(
    model: &Model,
    beyond: &Beyond,
    analysed: &[Analysed],
    state: usize,
    width: usize,
) -> String {
    let groups = groups(model, beyond, analysed);
    if groups.is_empty() {
        return String::new();
    }
    let mut page = Page::new(width);
    for group in groups {
        page.heading(&format!("{} — STATE {}", group.heading, state + 1));
        group.says.iter().for_each(|text| page.paragraph(0, text));
        for (maker, name) in model.decision_makers().iter().enumerate() {
            for (_, row, analyses) in &group.rows {
                let stable = |concept: &Concept| {
                    analyses.iter().all(|analysed| analysed.stable[*concept as usize][maker].contains(state))
                };
                let (stable, unstable): (Vec<Concept>, Vec<Concept>) = Concept::ALL.into_iter().partition(stable);
                let list = |concepts: &[Concept]| {
                    words::list(&concepts.iter().map(|concept| heading(*concept)).collect::<Vec<_>>())
                };
                let text = match (stable.len(), unstable.len()) {
                    (_, 0) => "stable under all five concepts".to_owned(),
                    (0, _) => "stable under none of the five concepts".to_owned(),
                    _ => format!("stable under {}, unstable under {}", list(&stable), list(&unstable)),
                };
                page.item(&format!("  {name}, {row}: "), &text);
            }
        }
    }
    format!("\n{}", page.finish())
}

fn numbers(states: &StateSet) -> String {
    let shown: Vec<String> = states.iter().take(LISTED).map(|state| (state + 1).to_string()).collect();
    let more = states.count().saturating_sub(LISTED);
    match (shown.is_empty(), more) {
        (true, _) => "none".to_owned(),
        (false, 0) => shown.join(", "),
        (false, more) => format!("{} and {more} more", shown.join(", ")),
    }
}

fn groups<'a>(model: &Model, beyond: &Beyond, analysed: &'a [Analysed]) -> Vec<Group<'a>> {
    let makers = model.decision_makers();
    let one = |analysis: Analysis| analysed.iter().filter(move |each| each.analysis == analysis).collect::<Vec<_>>();
    let mut groups = Vec::new();
    if let Some(partial) = &beyond.partial {
        let whose: Vec<&str> = partial
            .iter()
            .enumerate()
            .filter(|(_, partial)| partial.is_some())
            .map(|(maker, _)| model.called(maker))
            .collect();
        let says = vec![
            format!(
                "What {} prefers is known in part only. Four assumptions on how one acts where a preference is unknown give four answers:",
                words::list(&whose)
            ),
            "(a) it moves to what may be better, and only what is certainly no better deters it; (b) it moves to what is certainly better, and only what is certainly no better deters it; \
             (c) it moves to what may be better, and what may be no better deters it; (d) it moves to what is certainly better, and what may be no better deters it."
                .to_owned(),
        ];
        let unknown = analysed.iter().filter_map(|each| match each.analysis {
            Analysis::Unknown(extension) => {
                let word = extension.word();
                Some((format!("Acting as in ({word})"), format!("acting as in ({word})"), vec![each]))
            }
            _ => None,
        });
        let mut rows: Vec<_> = unknown.collect();
        let all = rows.iter().flat_map(|(_, _, analysed)| analysed.clone()).collect();
        rows.push(("In all four".to_owned(), "in all four".to_owned(), all));
        groups.push(Group { heading: "UNKNOWN PREFERENCE", says, rows });
    }
    if beyond.degrees.is_some() {
        let says = vec![
            "A state is strongly stable when every improvement can be answered so that it ends in a state that is much worse than where it began; under SMR and SSEQ every escape from there is much worse, too."
                .to_owned(),
        ];
        let rows = vec![("Strongly stable".to_owned(), "strongly".to_owned(), one(Analysis::Strong))];
        groups.push(Group { heading: "STRENGTH OF PREFERENCE", says, rows });
    }
    if let Some(attitudes) = &beyond.attitudes {
        let mut says = vec![
            "With a positive attitude towards another one moves only to what that other holds no worse, with a negative one only to what it holds worse, with a neutral one regardless."
                .to_owned(),
        ];
        for (maker, towards) in attitudes.iter().enumerate() {
            let said: Vec<String> = towards
                .iter()
                .enumerate()
                .filter_map(|(other, attitude)| attitude_words(&makers[other], maker == other, *attitude))
                .collect();
            if !said.is_empty() {
                says.push(format!("{}: {}.", makers[maker], said.join(", ")));
            }
        }
        let rows = vec![("Relational".to_owned(), "with these attitudes".to_owned(), one(Analysis::Relational))];
        groups.push(Group { heading: "ATTITUDES", says, rows });
    }
    if let Some(views) = &beyond.views {
        let mut says = vec![
            "Each acts on the game as it sees it. A state is an equilibrium of the whole when it is stable for everyone so; what somebody does not know of, it does not leave."
                .to_owned(),
        ];
        for (maker, view) in views.iter().enumerate() {
            let unseen =
                (0..model.states().len()).filter(|state| view.states().find(model.states().key(*state)).is_none());
            let unseen: Vec<String> = unseen.map(|state| (state + 1).to_string()).collect();
            let differs = |other: &usize| {
                let same = (0..view.states().len()).map(|state| model.states().find(view.states().key(state)));
                let ranks: Vec<u32> = same.flatten().map(|state| model.ranks(*other)[state]).collect();
                !alike(&ranks, view.ranks(*other))
            };
            let otherwise: Vec<&str> = (0..makers.len()).filter(differs).map(|other| makers[other].as_str()).collect();
            let mut said = Vec::new();
            if !unseen.is_empty() {
                let noun = if unseen.len() == 1 { "state" } else { "states" };
                said.push(format!("does not know of {noun} {}", words::list(&unseen)));
            }
            if !otherwise.is_empty() {
                said.push(format!("holds the preferences of {} to be otherwise", words::list(&otherwise)));
            }
            if !said.is_empty() {
                says.push(format!("{} {}.", makers[maker], said.join(", and ")));
            }
        }
        let rows = vec![("As each sees it".to_owned(), "as it sees the game".to_owned(), one(Analysis::AsSeen))];
        groups.push(Group { heading: "MISPERCEPTION", says, rows });
    }
    groups
}

/// An attitude that is not the usual one, in words.
fn attitude_words(other: &str, itself: bool, attitude: Attitude) -> Option<String> {
    let towards = if itself { "itself" } else { other };
    match (attitude, itself) {
        (Attitude::Positive, true) | (Attitude::Neutral, false) => None,
        (Attitude::Positive, false) => Some(format!("positive towards {towards}")),
        (Attitude::Neutral, true) => Some(format!("neutral towards {towards}")),
        (Attitude::Negative, _) => Some(format!("negative towards {towards}")),
    }
}

/// Whether two lists of ranks say the same order.
fn alike(left: &[u32], right: &[u32]) -> bool {
    let mut order: Vec<usize> = (0..left.len()).collect();
    order.sort_by_key(|at| (left[*at], right[*at]));
    order.windows(2).all(|pair| left[pair[0]].cmp(&left[pair[1]]) == right[pair[0]].cmp(&right[pair[1]]))
}
