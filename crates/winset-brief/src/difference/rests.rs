//! The numbers of a case as facts, and what each thing and number rests on.

use std::collections::BTreeMap;

use winset_case::{Case, Evidence, Quantity};

use super::fact::{Fact, FactKind, Says};
use super::things::Lister;
use crate::numbers::{NumberPlace, numbers};

impl Lister<'_> {
    /// Every number, with the innermost thing it belongs to.
    pub(super) fn numbers(&mut self) {
        let case = self.case;
        let places: BTreeMap<String, usize> =
            self.things.iter().enumerate().map(|(index, thing)| (thing.path.clone(), index)).collect();
        for place in numbers(case) {
            let path = place.path(case);
            let mut within = path.as_str();
            let mut owner = None;
            while let (None, Some((head, _))) = (owner, within.rsplit_once('.')) {
                (owner, within) = (places.get(head), head);
            }
            let Some(&owner) = owner else { continue };
            let (thing, rests) = (&mut self.things[owner], self.rests[owner]);
            let number = place.of(case);
            let says = match share(case, place) {
                Some(value) => Says::Number { value, shown: number_words(number) },
                None => Says::number(number.value, number_words(number)),
            };
            thing.facts.push(Fact { path: path.clone(), kind: number_kind(place), says });
            // Evidence of the table around it is said there.
            if rests != Some(&number.evidence) {
                thing.facts.extend(evidence_facts(case, &path, &number.evidence));
            }
        }
    }
}

/// A number with its range, if it has one.
pub(super) fn number_words(number: &Quantity) -> String {
    let (low, high) = number.distribution.range();
    if low < high { format!("{} ({low} to {high})", number.value) } else { number.value.to_string() }
}

/// A weight as a share of the actor's weights: only the shares mean something, unless the actor counts in points.
fn share(case: &Case, place: NumberPlace) -> Option<f64> {
    let NumberPlace::Weight(actor, issue) = place else { return None };
    let actor = &case.actors[actor.0];
    let sum =
        |total: f64, weight: &Option<Quantity>| total + weight.as_ref().map_or(0.0, |weight| weight.value.to_f64());
    let all = actor.out_of.map_or_else(|| actor.weights.iter().fold(0.0, sum), winset_case::Decimal::to_f64);
    let own = actor.weights[issue.0].as_ref()?.value.to_f64();
    Some(if all > 0.0 { own / all } else { 0.0 })
}

fn number_kind(place: NumberPlace) -> FactKind {
    match place {
        NumberPlace::Fallback(..) => FactKind::Fallback,
        NumberPlace::Weight(..) | NumberPlace::MoveWeight(..) => FactKind::Weight,
        NumberPlace::Value(..) => FactKind::Value,
        NumberPlace::Price(..) => FactKind::Price,
        NumberPlace::Bonus(..) => FactKind::Bonus,
        NumberPlace::Tie(_) => FactKind::Tie,
        NumberPlace::Quota(_) | NumberPlace::Votes(..) | NumberPlace::Tolerance(..) | NumberPlace::Share(..) => {
            FactKind::Votes
        }
        NumberPlace::Cost(_) | NumberPlace::Intensity(_) | NumberPlace::LeverCostUnit => FactKind::Lever,
        NumberPlace::Parameter(_) => FactKind::Simulation,
    }
}

/// What something rests on, field by field.
pub(super) fn evidence_facts(case: &Case, path: &str, evidence: &Evidence) -> Vec<Fact> {
    let fact = |key: &str, kind, says| Fact { path: format!("{path} ({key})"), kind, says };
    let mut facts = Vec::new();
    if !evidence.sources.is_empty() {
        let mut cited: Vec<String> = evidence
            .sources
            .iter()
            .map(|citation| format!("{} {}", case.sources[citation.source.0].id, citation.place).trim().to_owned())
            .collect();
        cited.sort_unstable();
        facts.push(fact("source", FactKind::Source, Says::words(cited.join(", "))));
    }
    if let Some(basis) = evidence.basis {
        facts.push(fact("basis", FactKind::Basis, Says::words(basis.word())));
    }
    if let Some(grade) = evidence.credibility {
        facts.push(fact("credibility", FactKind::Grade, Says::ranked(grade.to_string(), grade)));
    }
    if let Some(likelihood) = evidence.likelihood {
        facts.push(fact("likelihood", FactKind::Likelihood, Says::ranked(likelihood.word(), likelihood as u8)));
    }
    if let Some(who) = &evidence.asserted_by {
        facts.push(fact("asserted by", FactKind::Source, Says::words(who)));
    }
    if let Some(bears_on) = evidence.bears_on {
        facts.push(fact("bears on", FactKind::Word, Says::words(bears_on.word())));
    }
    if let Some(note) = &evidence.note {
        facts.push(fact("note", FactKind::Text, Says::words(note)));
    }
    facts
}
