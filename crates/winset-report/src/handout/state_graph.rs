//! The state graph: which states a decision maker would leave for which, where things stand, and what stays put.

mod layered;

use winset_brief::words;
use winset_stability::{Concept, Model, Paths, Stability};

use super::escape::escape;
use super::{style, svg};
use crate::stability::{heading, state_words};
use layered::{Drawing, Places, places};

/// How many states are drawn. Of a larger graph, only the equilibria and the ways there from today.
pub(crate) const DRAWN: usize = 36;

/// How many looks lines have: colours that can be told apart without seeing red and green alike (Okabe & Ito 2008), each with strokes of its own (`figures.css`).
const LOOKS: usize = 8;

const WIDE: f64 = 196.0;
const STEP: f64 = 15.0;
const BETWEEN: f64 = 104.0;
const EDGE: f64 = 34.0;

/// The states of a model with who would go where, ready to be drawn.
pub(crate) struct StateGraph {
    /// What it shows, in a few words.
    pub(crate) title: String,
    /// How to read it.
    pub(crate) describe: String,
    /// The picture without its frame: everything in it is escaped, in the colours of the page.
    pub(crate) body: String,
    /// Width and height.
    pub(crate) size: (f64, f64),
    /// The same as a table: state, options, what it is, equilibrium under, and who would leave it for which state.
    pub(crate) rows: Vec<[String; 5]>,
}

/// A line: who goes from which of the drawn states to which, whether it is on a way from today, and whether it is an improvement.
struct Line {
    mover: usize,
    from: usize,
    to: usize,
    on_the_way: bool,
    improvement: bool,
}

/// The state graph of a model with its moves, target states per decision maker and state; with today and the ways from there by moves and by improvements where it is
/// known what stands today. `None` if there is too much to be drawn.
pub(crate) fn state_graph(
    model: &Model,
    result: &Stability,
    moves: &[Vec<Vec<usize>>],
    today: Option<&(usize, Paths, Paths)>,
) -> Option<StateGraph> {
    let count = model.states().len();
    let equilibria = Concept::ALL.map(|concept| result.equilibria(concept));
    let under = |state: usize| -> Vec<&'static str> {
        let holds = Concept::ALL.into_iter().filter(|concept| equilibria[*concept as usize].contains(state));
        holds.map(heading).collect()
    };
    let reduced = count > DRAWN;
    let mut shown: Vec<usize> =
        (0..count).filter(|state| !reduced || !under(*state).is_empty()).take(DRAWN + 1).collect();
    // Steps of the shortest ways from today to each equilibrium, by improvements where there is such a way.
    let mut steps: Vec<(usize, usize, usize)> = Vec::new();
    if let Some((start, all, improvements)) = today {
        shown.push(*start);
        for state in shown.clone().into_iter().filter(|state| !under(*state).is_empty()) {
            let mut at = *start;
            for step in improvements.to(state).or_else(|| all.to(state)).unwrap_or_default() {
                steps.push((step.mover, at, step.to));
                shown.push(step.to);
                at = step.to;
            }
        }
    }
    shown.sort_unstable();
    shown.dedup();
    if shown.len() > DRAWN {
        return None;
    }
    let lines = lines(model, moves, &shown, &steps, reduced);
    let columns = columns(&shown, &lines, today, &under);
    let texts: Vec<Vec<String>> =
        shown.iter().map(|state| svg::lines(&state_words(model, *state), 12.0, WIDE - 18.0)).collect();
    let verdicts: Vec<Vec<String>> = shown
        .iter()
        .map(|state| verdict(&under(*state)).map_or_else(Vec::new, |text| svg::lines(&text, 12.0, WIDE - 18.0)))
        .collect();
    let high = |at: usize| 26.0 + STEP * (texts[at].len() + verdicts[at].len()) as f64;
    let drawing = Drawing {
        boxes: (0..shown.len()).map(|at| (columns[at], high(at))).collect(),
        lines: lines.iter().map(|line| (line.from, line.to)).collect(),
    };
    let places = places(&drawing);
    let mut body = arrows(&drawing, &places, &lines);
    for (at, state) in shown.iter().enumerate() {
        let (x, y) = (left(columns[at]), places.tops[at] + EDGE);
        let stands = today.is_some_and(|(today, ..)| today == state);
        body.push_str(&node(model, *state, (x, y, high(at)), stands, !verdicts[at].is_empty()));
        body.push_str(&svg::text(&texts[at], "small", x + 9.0, y + 35.0, STEP));
        let below = y + 35.0 + STEP * texts[at].len() as f64;
        body.push_str(&svg::text(&verdicts[at], "small strong-small", x + 9.0, below, STEP));
    }
    let last = columns.iter().max().copied().unwrap_or(0);
    let wide = left(last) + WIDE + EDGE + 30.0;
    let below = places.high + 2.0 * EDGE;
    let wide = wide.max(560.0);
    let (legend, high) = legend(model, (wide, below), today.is_some(), reduced);
    body.push_str(&legend);
    let describe = format!(
        "{} Each box is a state; a double frame means an equilibrium. Arrows lead from a state to one that whoever moves prefers, a colour, a stroke and a letter for each decision maker.{}",
        if reduced { "Only the equilibria and the ways there from today are drawn." } else { "All states are drawn." },
        if today.is_some() {
            " Today's state stands first; thick arrows are the shortest ways from there to the equilibria."
        } else {
            ""
        },
    );
    let rows = shown.iter().map(|state| row(model, *state, &under(*state), &lines, &shown)).collect();
    Some(StateGraph { title: "State graph".to_owned(), describe, body, size: (wide, high), rows })
}

fn left(column: usize) -> f64 {
    EDGE + column as f64 * (WIDE + BETWEEN)
}

/// Who would go where among the drawn states; of a reduced graph, the steps of the ways only.
fn lines(
    model: &Model,
    moves: &[Vec<Vec<usize>>],
    shown: &[usize],
    steps: &[(usize, usize, usize)],
    reduced: bool,
) -> Vec<Line> {
    let mut lines = Vec::new();
    for (mover, moves) in moves.iter().enumerate() {
        let ranks = model.ranks(mover);
        for (from, state) in shown.iter().enumerate() {
            for target in &moves[*state] {
                let Ok(to) = shown.binary_search(target) else { continue };
                let on_the_way = steps.contains(&(mover, *state, *target));
                let improvement = ranks[*target] > ranks[*state];
                if on_the_way || (improvement && !reduced) {
                    lines.push(Line { mover, from, to, on_the_way, improvement });
                }
            }
        }
    }
    lines
}

/// The column of every drawn state: how far from today it is along the lines, or without today how far from the next equilibrium, under Nash where there is one; what is out of reach stands last.
fn columns(
    shown: &[usize],
    lines: &[Line],
    today: Option<&(usize, Paths, Paths)>,
    under: &dyn Fn(usize) -> Vec<&'static str>,
) -> Vec<usize> {
    let nash = shown.iter().any(|state| under(*state).contains(&heading(Concept::Nash)));
    let stays = |state: usize| under(state).iter().any(|concept| !nash || *concept == heading(Concept::Nash));
    let mut columns: Vec<Option<usize>> = shown
        .iter()
        .map(|state| match today {
            Some((today, ..)) => (today == state).then_some(0),
            None => stays(*state).then_some(0),
        })
        .collect();
    for distance in 0..shown.len() {
        for line in lines {
            let (before, after) = if today.is_some() { (line.from, line.to) } else { (line.to, line.from) };
            if columns[before] == Some(distance) && columns[after].is_none() {
                columns[after] = Some(distance + 1);
            }
        }
    }
    let last = columns.iter().flatten().max().copied().unwrap_or(0);
    let beyond = if columns.iter().any(Option::is_some) { last + 1 } else { 0 };
    let columns = columns.into_iter().map(|column| match (column, today) {
        (Some(column), Some(_)) => column,
        (Some(column), None) => last - column,
        (None, _) => beyond,
    });
    columns.collect()
}

fn verdict(under: &[&str]) -> Option<String> {
    match under.len() {
        0 => None,
        5 => Some("equilibrium under all five".to_owned()),
        _ => Some(format!("equilibrium under {}", words::list(under))),
    }
}

fn node(model: &Model, state: usize, (x, y, high): (f64, f64, f64), today: bool, equilibrium: bool) -> String {
    let mut body = String::new();
    if equilibrium {
        let (x, y, wide, high) = (x - 4.0, y - 4.0, WIDE + 8.0, high + 8.0);
        body.push_str(&format!(
            "<rect x=\"{x:.0}\" y=\"{y:.0}\" width=\"{wide:.0}\" height=\"{high:.0}\" rx=\"7\" stroke-width=\"1.5\"/>\n"
        ));
    }
    let (class, stroke) = if today { (" class=\"stands\"", 3) } else { ("", 1) };
    body.push_str(&format!(
        "<rect{class} x=\"{x:.0}\" y=\"{y:.0}\" width=\"{WIDE:.0}\" height=\"{high:.0}\" rx=\"4\" stroke-width=\"{stroke}\"/>\n"
    ));
    let pattern = model.states().pattern(state);
    let pattern = if pattern.chars().count() > 14 { String::new() } else { format!("  {pattern}") };
    let head = format!("{}{}{}", state + 1, pattern, if today { "  today" } else { "" });
    body.push_str(&format!(
        "<text class=\"head\" x=\"{:.0}\" y=\"{:.0}\">{}</text>\n",
        x + 9.0,
        y + 18.0,
        escape(&head)
    ));
    body
}

/// Where a line touches the side of a box: the lines of a side are spread over it in the order of where they come from or go to.
fn ports(drawing: &Drawing, places: &Places) -> Vec<(f64, f64)> {
    let middle = |at: usize| places.tops[at] + drawing.boxes[at].1 / 2.0;
    // Per box and side, the ends of lines there: where they lead, which line, and which of its ends.
    let mut sides: Vec<[Vec<(f64, usize, bool)>; 2]> = drawing.boxes.iter().map(|_| [Vec::new(), Vec::new()]).collect();
    for (number, &(from, to)) in drawing.lines.iter().enumerate() {
        let (first, last) = (drawing.boxes[from].0, drawing.boxes[to].0);
        let passes = &places.passes[number];
        let towards = passes.first().copied().unwrap_or_else(|| middle(to));
        let since = passes.last().copied().unwrap_or_else(|| middle(from));
        sides[from][usize::from(last >= first)].push((towards, number, false));
        sides[to][usize::from(last <= first)].push((since, number, true));
    }
    let mut ports = vec![(0.0, 0.0); drawing.lines.len()];
    for (at, both) in sides.iter_mut().enumerate() {
        for side in both {
            side.sort_by(|left, right| left.0.total_cmp(&right.0));
            let step = drawing.boxes[at].1 / (side.len() + 1) as f64;
            for (place, (_, number, end)) in side.iter().enumerate() {
                let y = places.tops[at] + step * (place + 1) as f64 + EDGE;
                if *end { ports[*number].1 = y } else { ports[*number].0 = y }
            }
        }
    }
    ports
}

fn arrows(drawing: &Drawing, places: &Places, lines: &[Line]) -> String {
    let ports = ports(drawing, places);
    let mut body = String::new();
    for (number, line) in lines.iter().enumerate() {
        let (first, last) = (drawing.boxes[line.from].0, drawing.boxes[line.to].0);
        let forward = last >= first;
        let look = line.mover % LOOKS;
        let start = if forward { left(first) + WIDE } else { left(first) };
        // An arrow within a column leaves and comes back on the right.
        let (end, back) = if last > first { (left(last), -1.0) } else { (left(last) + WIDE, 1.0) };
        let (from, to) = ports[number];
        let tip = end + back * 5.0;
        let neck = tip + back * 9.0;
        let mut path = format!("M{start:.1} {from:.1}");
        if first == last {
            let out = start + 26.0 + ((to - from).abs() * 0.15).min(62.0);
            path.push_str(&format!(" C{out:.1} {from:.1} {out:.1} {to:.1} {neck:.1} {to:.1}"));
        } else {
            let mut at = (start, from);
            let sign = if forward { 1.0 } else { -1.0 };
            for (step, height) in places.passes[number].iter().enumerate() {
                let column = if forward { first + 1 + step } else { first - 1 - step };
                let near = if forward { left(column) } else { left(column) + WIDE };
                path.push_str(&curve(at, (near, height + EDGE)));
                path.push_str(&format!(" L{:.1} {:.1}", near + sign * WIDE, height + EDGE));
                at = (near + sign * WIDE, height + EDGE);
            }
            path.push_str(&curve(at, (neck, to)));
        }
        let thick = if line.on_the_way { 3.5 } else { 1.5 };
        let faint = if line.improvement { 1.0 } else { 0.55 };
        body.push_str(&format!(
            "<path class=\"line{look}\" d=\"{path}\" stroke-width=\"{thick}\" opacity=\"{faint}\"/>\n"
        ));
        let open = if line.improvement { "" } else { " hollow" };
        body.push_str(&format!(
            "<path class=\"tip{look}{open}\" d=\"M{tip:.1} {to:.1} L{neck:.1} {:.1} L{neck:.1} {:.1} Z\"/>\n",
            to - 5.0,
            to + 5.0
        ));
        body.push_str(&format!(
            "<text class=\"letter word{look}\" x=\"{:.1}\" y=\"{:.1}\">{}</text>\n",
            neck + back * 10.0,
            to - 5.0,
            letter(line.mover)
        ));
    }
    body
}

/// A line that leaves and arrives level.
fn curve(from: (f64, f64), (x, y): (f64, f64)) -> String {
    let bend = (x - from.0) / 2.0;
    format!(" C{:.1} {:.1} {:.1} {y:.1} {x:.1} {y:.1}", from.0 + bend, from.1, x - bend)
}

/// A letter for a decision maker; its number where letters run out.
fn letter(mover: usize) -> String {
    match u32::try_from(mover).ok().and_then(|mover| char::from_u32('A' as u32 + mover)) {
        Some(letter) if letter <= 'Z' => letter.to_string(),
        _ => (mover + 1).to_string(),
    }
}

/// Who is who, and what thick and pale lines mean; and where it ends.
fn legend(model: &Model, (wide, top): (f64, f64), today: bool, reduced: bool) -> (String, f64) {
    let mut body = String::new();
    let mut y = top;
    for (maker, name) in model.decision_makers().iter().enumerate() {
        let look = maker % LOOKS;
        body.push_str(&format!(
            "<line class=\"line{look}\" x1=\"{EDGE:.0}\" y1=\"{y:.0}\" x2=\"{:.0}\" y2=\"{y:.0}\" stroke-width=\"2.5\"/>\n\
             <text class=\"small\" x=\"{:.0}\" y=\"{:.0}\">{} {}</text>\n",
            EDGE + 44.0,
            EDGE + 54.0,
            y + 4.0,
            letter(maker),
            escape(name)
        ));
        y += 20.0;
    }
    let mut notes = vec!["Arrows: improvements of whoever moves. Double frame: an equilibrium."];
    if today {
        notes.push(
            "From left to right: how many of these steps from today; at the right end, what they do not lead to.",
        );
        notes.push("Thick: the shortest ways from today to the equilibria; a hollow head: a step there that is no improvement.");
    }
    if !today {
        notes.push(
            "From right to left: how many of these steps from an equilibrium, a Nash equilibrium where there is one; at the right end, what leads to none.",
        );
    }
    if reduced {
        notes.push("Only the equilibria and the ways there from today are drawn.");
    }
    for note in notes {
        let lines = svg::lines(note, 12.0, wide - 2.0 * EDGE);
        body.push_str(&svg::text(&lines, "small", EDGE, y + 6.0, STEP));
        y += STEP * lines.len() as f64 + 3.0;
    }
    (body, y + 8.0)
}

fn row(model: &Model, state: usize, under: &[&str], lines: &[Line], shown: &[usize]) -> [String; 5] {
    let leaves: Vec<String> = lines
        .iter()
        .filter(|line| shown[line.from] == state && line.improvement)
        .map(|line| format!("{} to {}", model.decision_makers()[line.mover], shown[line.to] + 1))
        .collect();
    [
        (state + 1).to_string(),
        model.states().pattern(state),
        state_words(model, state),
        under.join(", "),
        leaves.join("; "),
    ]
}

/// The state graph as a file of its own; its table stands in the description for whoever cannot see it. `None` if there is too much to be drawn.
pub fn stability_svg(
    title: &str,
    model: &Model,
    result: &Stability,
    moves: &[Vec<Vec<usize>>],
    today: Option<&(usize, Paths, Paths)>,
) -> Option<String> {
    let StateGraph { title: what, describe, body, size: (wide, high), rows } =
        state_graph(model, result, moves, today)?;
    let table: Vec<String> = rows
        .iter()
        .map(|[number, pattern, words, under, leaves]| {
            let under = if under.is_empty() { String::new() } else { format!(" Equilibrium under {under}.") };
            let leaves = if leaves.is_empty() { String::new() } else { format!(" Improvements: {leaves}.") };
            format!("State {number} ({pattern}): {words}.{under}{leaves}")
        })
        .collect();
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.0} {high:.0}\" width=\"{wide:.0}\" height=\"{high:.0}\" role=\"img\" aria-labelledby=\"title desc\">\n\
         <title id=\"title\">{}: {}</title>\n<desc id=\"desc\">{}\n{}</desc>\n<style>{}</style>\n\
         <rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n<g class=\"states\">\n{body}</g>\n</svg>\n",
        escape(title),
        escape(&what.to_lowercase()),
        escape(&describe),
        escape(&table.join("\n")),
        style::figure(true)
    ))
}
