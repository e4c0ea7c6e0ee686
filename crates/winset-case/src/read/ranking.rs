//! Whether a ranking written out names every state of the strategic game, and each once.

use std::collections::BTreeMap;

use super::Reader;
use super::table::Field;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{Case, Expression, Game, MoveId};

/// Moves whose choices are listed to look a ranking over; beyond, only the analysis itself does.
const MOVE_LIMIT: usize = 16;

/// What stands between states of which one is much better; it names none.
const MUCH: &str = ">>";

/// States that are named in a message.
const NAMED: usize = 5;

/// The states of a strategic game, each as the choices of moves it is made of: bit 0 for the first move.
pub(super) struct AllStates {
    moves: usize,
    states: Vec<Vec<u32>>,
}

impl AllStates {
    /// The states of a game, unless its moves are too many or none of their choices is feasible.
    pub(super) fn of(case: &Case, game: &Game) -> Option<Self> {
        let moves = case.moves.len();
        if moves == 0 || moves > MOVE_LIMIT {
            return None;
        }
        let mut states: Vec<Vec<u32>> = Vec::new();
        // Choices that cannot be told apart are one state, for each condition.
        let mut merged: BTreeMap<usize, usize> = BTreeMap::new();
        for choice in 0..1_u32 << moves {
            let holds = |expression: &Expression| holds(case, expression, choice);
            if game.infeasible.iter().any(|condition| holds(&condition.expression)) {
                continue;
            }
            let condition = game.indistinguishable.iter().position(|condition| holds(&condition.expression));
            match condition.and_then(|condition| merged.get(&condition)) {
                Some(&state) => states[state].push(choice),
                None => {
                    merged.extend(condition.map(|condition| (condition, states.len())));
                    states.push(vec![choice]);
                }
            }
        }
        (!states.is_empty()).then_some(AllStates { moves, states })
    }

    /// The states a text of `Y`, `N` and `-` names: those whose every part fits.
    fn named(&self, text: &str) -> Vec<usize> {
        let fits = |choice: u32| {
            text.chars()
                .enumerate()
                .all(|(place, letter)| letter == '-' || (letter == 'Y') == (choice >> place & 1 == 1))
        };
        (0..self.states.len()).filter(|&state| self.states[state].iter().all(|&choice| fits(choice))).collect()
    }

    /// A state as a text.
    fn text(&self, state: usize) -> String {
        let parts = &self.states[state];
        let letter = |place: usize| {
            let taken = parts.iter().filter(|&choice| choice >> place & 1 == 1).count();
            if taken == parts.len() {
                'Y'
            } else if taken == 0 {
                'N'
            } else {
                '-'
            }
        };
        (0..self.moves).map(letter).collect()
    }
}

/// Whether a condition over moves holds of a choice of them.
fn holds(case: &Case, expression: &Expression, choice: u32) -> bool {
    let inner = |inner: &Expression| holds(case, inner, choice);
    match expression {
        Expression::Constant(holds) => *holds,
        Expression::Move(MoveId(held)) => choice >> held & 1 == 1,
        Expression::Defined(define) => inner(&case.defines[define.0].condition.expression),
        Expression::Not(negated) => !inner(negated),
        Expression::And(parts) => parts.iter().all(inner),
        Expression::Or(parts) => parts.iter().any(inner),
        Expression::Implies(left, right) => !inner(left) || inner(right),
        Expression::Iff(left, right) => inner(left) == inner(right),
        // Nothing else may stand there, which was reported.
        _ => false,
    }
}

impl Reader {
    /// Reports what a ranking names though it is no state, names twice, or leaves out.
    pub(super) fn every_state_once(&mut self, all: &AllStates, field: &Field<'_>) {
        let places = |item: &Field<'_>| item.as_text().map(|text| (text.text.trim().to_owned(), text.span()));
        let groups = field.items();
        let inner =
            groups.iter().flat_map(|item| if item.as_text().is_some() { vec![item.clone()] } else { item.items() });
        let texts: Vec<(String, Span)> =
            inner.filter_map(|item| places(&item)).filter(|(text, _)| text != MUCH).collect();
        let mut first: Vec<Option<&Span>> = vec![None; all.states.len()];
        for (text, span) in &texts {
            let named = all.named(text);
            if named.is_empty() {
                let message = format!("no feasible state is like `{text}`");
                let help = "take it out, or mend `infeasible` and `indistinguishable` in `[stability]`";
                self.report.error(Code::OutOfRange, span.clone(), message, help);
            }
            for state in named {
                match first[state] {
                    None => first[state] = Some(span),
                    Some(first) => {
                        let message = format!("the state {} is ranked twice", all.text(state));
                        let diagnostic =
                            Diagnostic::error(Code::Duplicate, span.clone(), message, "keep one of the two");
                        self.report.push(diagnostic.label(first.clone(), "first here"));
                        break;
                    }
                }
            }
        }
        let missing: Vec<String> =
            (0..first.len()).filter(|&state| first[state].is_none()).map(|state| all.text(state)).collect();
        if !missing.is_empty() {
            let more = missing.len().saturating_sub(NAMED);
            let shown = missing[..missing.len().min(NAMED)].join(", ");
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let message = format!("this ranking leaves out {shown}{more}");
            let help = "rank every feasible state; states an actor does not care to tell apart stand in one list within the list";
            self.report.absence(Diagnostic::error(Code::MissingValue, field.key_span.clone(), message, help));
        }
    }
}
