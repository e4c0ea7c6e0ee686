//! Conditions and outcomes written out again, in the language of the case file.

use super::{BenchmarkReading, Case, Comparison, Expression, Outcome};

impl Case {
    /// An expression in the condition language.
    pub fn condition_text(&self, expression: &Expression) -> String {
        self.write(expression, 0)
    }

    /// What an outcome changes from today, as `issue = option`; every issue where there is no status quo.
    pub fn changes(&self, outcome: &Outcome) -> Vec<String> {
        self.issues
            .iter()
            .zip(outcome)
            .filter(|(issue, option)| self.no_agreement_today || issue.today != **option)
            .map(|(issue, option)| format!("{} = {}", issue.id, quoted(&issue.options[*option])))
            .collect()
    }

    /// `binding` is how tightly the context binds: 0 `iff`, 1 `implies`, 2 `or`, 3 `and`, 4 `not`.
    fn write(&self, expression: &Expression, binding: u8) -> String {
        let issue = |issue: super::IssueId| &self.issues[issue.0];
        let (text, own) = match expression {
            Expression::Constant(value) => (value.to_string(), 5),
            Expression::OneOf(id, options) => {
                let names: Vec<String> = options.iter().map(|&option| quoted(&issue(*id).options[option])).collect();
                let all = issue(*id).options.len();
                match names.as_slice() {
                    [only] => (format!("{} = {only}", issue(*id).id), 5),
                    _ if names.len() + 1 == all => {
                        let other = (0..all).find(|option| !options.contains(option)).unwrap_or(0);
                        (format!("{} != {}", issue(*id).id, quoted(&issue(*id).options[other])), 5)
                    }
                    _ => (format!("{} in {{{}}}", issue(*id).id, names.join(", ")), 5),
                }
            }
            Expression::Changed(id) => (format!("changed({})", issue(*id).id), 5),
            Expression::Touched(id) => (format!("touched({})", issue(*id).id), 5),
            Expression::At(track) => (format!("at({})", self.tracks[track.0].id), 5),
            Expression::Auspices(actor) => (format!("auspices({})", self.actors[actor.0].id), 5),
            Expression::Seated(actor) => (format!("seated({})", self.actors[actor.0].id), 5),
            Expression::Parties(comparison, number) => {
                (format!("parties() {} {number}", Comparison::word(*comparison)), 5)
            }
            Expression::Benchmark(framework, benchmark, reading) => {
                let framework = &self.frameworks[framework.0];
                (
                    format!(
                        "benchmark({}.{}{})",
                        framework.id,
                        framework.benchmarks[benchmark.0].id,
                        reading_text(*reading)
                    ),
                    5,
                )
            }
            Expression::Satisfied(framework, reading) => {
                (format!("satisfied({}{})", self.frameworks[framework.0].id, reading_text(*reading)), 5)
            }
            Expression::Concluded(framework) => (format!("concluded({})", self.frameworks[framework.0].id), 5),
            Expression::Lever(lever) => (format!("lever({})", self.levers[lever.0].id), 5),
            Expression::Move(held) => (format!("move({})", self.moves[held.0].id), 5),
            Expression::Defined(define) => (self.defines[define.0].id.clone(), 5),
            Expression::Not(inner) => (format!("not {}", self.write(inner, 4)), 4),
            Expression::And(parts) => (self.join(parts, " and ", 4), 3),
            Expression::Or(parts) => (self.join(parts, " or ", 3), 2),
            Expression::Implies(left, right) => {
                (format!("{} implies {}", self.write(left, 2), self.write(right, 1)), 1)
            }
            Expression::Iff(left, right) => (format!("{} iff {}", self.write(left, 1), self.write(right, 1)), 0),
        };
        if own < binding { format!("({text})") } else { text }
    }

    fn join(&self, parts: &[Expression], word: &str, binding: u8) -> String {
        parts.iter().map(|part| self.write(part, binding)).collect::<Vec<_>>().join(word)
    }
}

fn reading_text(reading: Option<BenchmarkReading>) -> String {
    reading.map_or_else(String::new, |reading| format!(", {}", reading.word()))
}

/// An option as the condition language writes it: in quotes where it is not one plain word.
fn quoted(option: &str) -> String {
    let plain =
        option.chars().all(|character| character.is_alphanumeric() || "-_".contains(character)) && !option.is_empty();
    if plain { option.to_owned() } else { format!("\"{option}\"") }
}
