//! What stays put: the strategic game of the case, where it has one.

use winset_brief::game::TodayStays;
use winset_brief::{Brief, words};
use winset_case::Case;
use winset_stability::{Concept, Model, Paths, Stability};

use super::part::{Figure, Part, Point, RichTable, Row};
use super::prose;
use super::state_graph::{StateGraph, state_graph};
use super::svg;
use crate::stability::{state_words, summary};
use crate::stays_put::{self, OwnGame, own_game};

/// States up to which it is tried to draw the graph: of more, only equilibria and the ways there are drawn.
const MOST_DRAWN: usize = 4_096;

/// A wider graph cannot be read on a sheet turned sideways; `winset stability --export svg` draws it.
const MOST_WIDE: f64 = 1_520.0;

/// What is said of what stays put: statements for the verdict, and a section.
#[derive(Default)]
pub(crate) struct Stays {
    pub(crate) statements: Vec<Point>,
    pub(crate) parts: Vec<Part>,
}

/// Whether anyone gains by using other levers than today; and in the game of the case's own moves where things stand, and which of its states are
/// equilibria with the ways there.
pub(crate) fn stays(brief: &Brief<'_>) -> Stays {
    let mut stays = Stays::default();
    if let Some(Ok(today)) = &brief.stays {
        stays.statements.push(levers_stand(brief.case, today));
    }
    if brief.stays.is_some() {
        stays.parts.push(prose(|page| stays_put::levers(page, brief)));
    }
    match own_game(brief.case) {
        None => {}
        Some(Err(reason)) => stays.parts.push(prose(|page| page.paragraph(2, &reason))),
        Some(Ok(OwnGame { model, rule, result, today })) => {
            stays.statements.extend(today.as_ref().map(|(today, ..)| standing(&model, &result, *today)));
            stays.parts.push(prose(|page| summary(page, &model, &result, rule, today.as_ref())));
            stays.parts.extend(picture(&model, &result, today.as_ref()).map(Part::Figure));
        }
    }
    stays
}

/// Whether today's choice of levers stays put.
fn levers_stand(case: &Case, stays: &TodayStays) -> Point {
    let mark = match (stays.under(Concept::Nash), stays.under(Concept::Gmr)) {
        (Some(true), _) => ("now", '=', "stays put"),
        (_, Some(true)) => ("after", '~', "may stay"),
        (_, Some(false)) => ("refused", '→', "moves on"),
        (_, None) => ("off", '?', "not known"),
    };
    Point { mark: Some(mark), text: stays_put::standing(case, stays), about: Some("stability".to_owned()) }
}

/// The state graph, with the ways from today; `None` where there is too much to be drawn.
fn picture(model: &Model, result: &Stability, today: Option<&(usize, Paths, Paths)>) -> Option<Figure> {
    if model.states().len() > MOST_DRAWN {
        return None;
    }
    let moves: Result<Vec<_>, _> = (0..model.decision_makers().len()).map(|maker| model.moves(maker)).collect();
    let StateGraph { title, describe, body, size, rows } = state_graph(model, result, &moves.ok()?, today)?;
    let (wide, high) = size;
    if wide > MOST_WIDE {
        return None;
    }
    // It brings colours of its own, for a light ground.
    let body =
        format!("<g class=\"states\">\n<rect fill=\"#fff\" width=\"{wide:.0}\" height=\"{high:.0}\"/>\n{body}</g>\n");
    Some(Figure {
        name: "states".to_owned(),
        svg: svg::picture("states", &title, &describe, size, &body),
        title,
        describe,
        table: RichTable {
            header: ["State", "Options", "What it is", "Equilibrium under", "Who would leave it"]
                .map(str::to_owned)
                .to_vec(),
            rows: rows.into_iter().map(Row::plain).collect(),
            legend: None,
        },
        choices: Vec::new(),
    })
}

/// Whether anyone would leave where things stand today, in plain words.
fn standing(model: &Model, result: &Stability, today: usize) -> Point {
    let leaving = |concept: Concept| -> Vec<&str> {
        let leaves = |maker: &usize| !result.stable(concept, *maker).contains(today);
        (0..model.decision_makers().len()).filter(leaves).map(|maker| model.called(maker)).collect()
    };
    let (could, would) = (leaving(Concept::Nash), leaving(Concept::Gmr));
    let (mark, says) = if could.is_empty() {
        (("now", '=', "stays put"), "nobody has a reason to move on".to_owned())
    } else if would.is_empty() {
        let says =
            format!("{} could gain by moving on, but must expect answers that make it not pay", words::list(&could));
        (("after", '~', "may stay"), says)
    } else {
        let says = format!("{} would move on, and nothing the others could do makes that not pay", words::list(&would));
        (("refused", '→', "moves on"), says)
    };
    let text =
        format!("Of what each could do or leave, this stands today: {}. There {says}.", state_words(model, today));
    Point { mark: Some(mark), text, about: Some("stability".to_owned()) }
}
