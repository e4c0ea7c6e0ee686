//! What a condition means, whatever it is written like: names from `[define]` followed, joined parts in one order, options by name.

use winset_case::{Case, Expression};

/// Longer meanings are not followed: names of definitions stand for themselves.
const LONGEST: usize = 4000;

/// The conditions of one case by what they mean.
pub(crate) struct Meanings<'c> {
    case: &'c Case,
    defines: Vec<Option<String>>,
}

impl<'c> Meanings<'c> {
    pub(crate) fn new(case: &'c Case) -> Self {
        let mut meanings = Meanings { case, defines: vec![None; case.defines.len()] };
        for define in 0..case.defines.len() {
            meanings.define(define);
        }
        meanings
    }

    /// Definitions are free of circles, and each is followed once.
    fn define(&mut self, define: usize) {
        if self.defines[define].is_some() {
            return;
        }
        let case = self.case;
        let expression = &case.defines[define].condition.expression;
        expression.walk(&mut |part| {
            if let Expression::Defined(define) = part {
                self.define(define.0);
            }
        });
        let meaning = self.meaning(expression);
        let meaning = if meaning.len() > LONGEST { case.defines[define].id.clone() } else { meaning };
        self.defines[define] = Some(meaning);
    }

    /// What an expression means; as it is written where that would be too long.
    pub(crate) fn meaning(&self, expression: &Expression) -> String {
        let mut length = 0_usize;
        expression.walk(&mut |part| {
            if let Expression::Defined(define) = part {
                length = length.saturating_add(self.defines[define.0].as_ref().map_or(0, String::len));
            }
        });
        if length > 100 * LONGEST { self.case.condition_text(expression) } else { self.of(expression) }
    }

    fn of(&self, expression: &Expression) -> String {
        match expression {
            Expression::Defined(define) => self.defines[define.0].clone().unwrap_or_default(),
            Expression::Not(inner) => format!("not ({})", self.of(inner)),
            Expression::And(parts) => self.joined(parts, " and "),
            Expression::Or(parts) => self.joined(parts, " or "),
            Expression::Implies(left, right) => format!("({}) implies ({})", self.of(left), self.of(right)),
            Expression::Iff(left, right) => {
                let mut sides = [self.of(left), self.of(right)];
                sides.sort();
                format!("({}) iff ({})", sides[0], sides[1])
            }
            Expression::OneOf(issue, options) => {
                let issue = &self.case.issues[issue.0];
                let mut names: Vec<&str> = options.iter().map(|option| issue.options[*option].as_str()).collect();
                names.sort_unstable();
                format!("{} in {{{}}}", issue.id, names.join(", "))
            }
            other => self.case.condition_text(other),
        }
    }

    fn joined(&self, parts: &[Expression], word: &str) -> String {
        let mut meanings: Vec<String> = parts.iter().map(|part| format!("({})", self.of(part))).collect();
        meanings.sort();
        meanings.dedup();
        meanings.join(word)
    }
}
