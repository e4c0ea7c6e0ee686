//! What is probably not meant, in a case that has no errors.

use super::Reader;
use super::names::Kind;
use super::report::list;
use super::whole::VotingKey;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{Case, Condition, Decimal, Expression, Rule};

impl Reader {
    /// Reports conditions that hold already today.
    pub(super) fn warn_of_today(&mut self, case: &Case) {
        if !self.report.has_errors() && !case.no_agreement_today {
            self.hold_today(case);
        }
    }

    fn hold_today(&mut self, case: &Case) {
        let mut today = Today { case, defines: vec![None; case.defines.len()] };
        for &define in &self.define_order {
            today.defines[define] = today.holds(&case.defines[define].condition.expression);
        }
        let mut warn = |condition: &Condition, span: &Span, message: String, help: &str| {
            if today.holds(&condition.expression) == Some(true) {
                self.report.push(Diagnostic::warning(Code::HoldsToday, span.clone(), message, help));
            }
        };
        for (index, actor) in case.actors.iter().enumerate() {
            for (line, span) in actor.red_lines.iter().zip(&self.spans.red_lines[index]) {
                let message = format!("the red line `{}` is broken already by what stands today", line.id);
                let help =
                    "no deal can be the first to break it: refuse what is not there yet, such as with `changed(…)`";
                warn(&line.when, span, message, help);
            }
            if let Some(ends) = &actor.ends {
                let message = format!("what ends the conflict of `{}` holds already today", actor.id);
                let help = "what going on costs it will never be at stake: name what would end it";
                warn(ends, &self.spans.ends[index], message, help);
            }
        }
    }

    /// Reports declarations that nothing uses, under no reading.
    pub(super) fn unused(&mut self) {
        let kinds = [
            (Kind::Source, "cite it as `source = \"ID PLACE\"`, or delete it"),
            (Kind::Define, "use its name in a condition, or delete it"),
            (Kind::Package, "use it in a claim, or delete it"),
        ];
        let mut found = Vec::new();
        for (kind, help) in kinds {
            let ids = self.names.of(kind);
            for index in (0..ids.len()).filter(|&index| !self.used.contains(&(kind, index))) {
                let message = format!("nothing uses the {} `{}`", kind.noun(), ids.id(index));
                found.push(Diagnostic::warning(
                    Code::Unused,
                    ids.span(index),
                    message,
                    help.replace("ID", ids.id(index)),
                ));
            }
        }
        let issues = self.names.of(Kind::Issue);
        for index in (0..issues.len()).filter(|index| !self.on_agenda.contains(index)) {
            let message = format!("no track can decide the issue `{}`", issues.id(index));
            let help = "put it on the `agenda` of a track, or delete it";
            found.push(Diagnostic::warning(Code::Unused, issues.span(index), message, help));
        }
        found.into_iter().for_each(|diagnostic| self.report.push(diagnostic));
    }
}

impl Reader {
    /// Reports what is said about votes that no rule the track may have counts.
    pub(super) fn unused_votes(&mut self) {
        let mut found = Vec::new();
        let tracks = self.names.of(Kind::Track);
        for VotingKey { track, key, span, rules } in &self.spans.voting {
            if !rules.iter().any(|&rule| self.rules.contains(&(*track, rule))) {
                let message = format!("no rule of `{}` reads `{key}`", tracks.id(*track));
                let words: Vec<_> = rules.iter().map(|rule| rule.word()).collect();
                let help = format!("delete it, or write the rule that does: {}", list(words.into_iter()));
                found.push(Diagnostic::warning(Code::Unused, span.clone(), message, help));
            }
        }
        for (track, actor, key, span) in &self.spans.voters {
            let id = self.names.of(Kind::Actor).id(*actor);
            let at = tracks.id(*track);
            if !self.seated.contains(&(*track, *actor)) {
                let message = format!("`{id}` has no vote at `{at}`");
                let help = "give it a seat there as `party` or `guarantor`, or delete it here";
                found.push(Diagnostic::warning(Code::Unused, span.clone(), message, help));
            } else if *key == "abstains" && !self.vetoes.contains(&(*track, *actor)) {
                let message = format!("`{id}` has no veto at `{at}` that it could refrain from");
                let help = "only whoever is in `veto` abstains: the others vote yes or they do not";
                found.push(Diagnostic::warning(Code::Unused, span.clone(), message, help));
            }
        }
        found.into_iter().for_each(|diagnostic| self.report.push(diagnostic));
    }

    /// Reports rules that could not be met even if everyone voted yes.
    pub(super) fn beyond_reach(&mut self, case: &Case) {
        for (index, track) in case.tracks.iter().enumerate() {
            let span = |keys: &[&str]| {
                let found = self.spans.voting.iter().find(|key| key.track == index && keys.contains(&key.key));
                found.map(|key| key.span.clone())
            };
            let votes = track.required().fold(Decimal::ZERO, |sum, actor| sum.plus(track.voting.weight(actor)));
            let wrong = match (track.rule, &track.voting.quota) {
                (Rule::Quota | Rule::Council, Some(quota)) if quota.value > votes => Some((
                    span(&["quota"]),
                    format!("a deal at `{}` needs {} votes, and there are {votes}", track.id, quota.value),
                )),
                (Rule::SufficientConsensus, _) => {
                    let seated = |actor| track.required().any(|seated| seated == actor);
                    let empty = track.voting.blocs.iter().find(|bloc| !bloc.members.iter().copied().any(seated));
                    empty.map(|bloc| {
                        (span(&["blocs"]), format!("nobody of the bloc `{}` has a vote at `{}`", bloc.id, track.id))
                    })
                }
                _ => None,
            };
            let Some((Some(span), message)) = wrong.filter(|_| !self.revoted.contains(&index)) else { continue };
            let help = "nothing can pass there as it stands: check the seats and the numbers";
            self.report.push(Diagnostic::warning(Code::BeyondReach, span, message, help));
        }
    }
}

/// What holds today: nothing has changed, nothing is concluded, no lever is in use.
struct Today<'c> {
    case: &'c Case,
    /// What the named conditions come to; nothing where they are about a deal.
    defines: Vec<Option<bool>>,
}

impl Today<'_> {
    /// Whether a condition holds; nothing if it is about a deal.
    fn holds(&self, expression: &Expression) -> Option<bool> {
        Some(match expression {
            Expression::Constant(value) => *value,
            Expression::OneOf(issue, options) => options.contains(&self.case.issues[issue.0].today),
            Expression::Changed(_) | Expression::Concluded(_) | Expression::Lever(_) => false,
            Expression::Touched(_)
            | Expression::At(_)
            | Expression::Auspices(_)
            | Expression::Seated(_)
            | Expression::Parties(..)
            | Expression::Move(_) => return None,
            Expression::Benchmark(framework, benchmark, reading) => {
                let framework = &self.case.frameworks[framework.0];
                let benchmark = &framework.benchmarks[benchmark.0];
                self.holds(&benchmark.under(reading.unwrap_or(framework.reading)).expression)?
            }
            Expression::Satisfied(framework, reading) => {
                let framework = &self.case.frameworks[framework.0];
                let reading = reading.unwrap_or(framework.reading);
                let benchmarks = framework.benchmarks.iter();
                self.all(benchmarks.map(|benchmark| &benchmark.under(reading).expression))?
            }
            Expression::Defined(define) => self.defines[define.0]?,
            Expression::Not(inner) => !self.holds(inner)?,
            Expression::And(parts) => self.all(parts.iter())?,
            Expression::Or(parts) => {
                let values = parts.iter().map(|part| self.holds(part)).collect::<Option<Vec<_>>>()?;
                values.contains(&true)
            }
            Expression::Implies(left, right) => !self.holds(left)? || self.holds(right)?,
            Expression::Iff(left, right) => self.holds(left)? == self.holds(right)?,
        })
    }

    fn all<'e>(&self, parts: impl Iterator<Item = &'e Expression>) -> Option<bool> {
        let values = parts.map(|part| self.holds(part)).collect::<Option<Vec<_>>>()?;
        Some(!values.contains(&false))
    }
}
