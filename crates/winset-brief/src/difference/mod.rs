//! What changed between two versions of a case, by meaning and not by lines; what it changed in the answers; and how far two coders agree.

mod agreement;
mod alpha;
mod fact;
mod game;
mod meaning;
mod rests;
mod things;
mod verdicts;

use std::collections::BTreeMap;

use winset_case::Case;

pub use agreement::Agreement;
use agreement::{Pair, agendas, agreements, seats};
pub use alpha::{Metric, krippendorff_alpha};
pub use fact::{Fact, FactKind, Says};
pub use things::Thing;
use things::things;
use verdicts::verdicts;

use crate::answers::Answers;

/// A fact that is not the same in both.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// Where it stands, as edits name it.
    pub path: String,
    /// What sort of fact.
    pub kind: FactKind,
    /// As the first has it; `None` where it says nothing.
    pub before: Option<String>,
    /// As the second has it.
    pub after: Option<String>,
}

/// What is different between two versions of a case.
#[derive(Debug)]
pub struct Difference {
    /// The answers about the first.
    pub before: Answers,
    /// The answers about the second.
    pub after: Answers,
    /// Things only the second has.
    pub added: Vec<Thing>,
    /// Things only the first has.
    pub removed: Vec<Thing>,
    /// What is said otherwise of things both have; under a reading of both with `reading.ID.` before it.
    pub changed: Vec<Changed>,
    /// Answers that come out otherwise.
    pub answers: Vec<Changed>,
    /// Agreement on what the cases say, by kind.
    pub agreement: Vec<Agreement>,
    /// Agreement on what they come to, by kind.
    pub verdicts: Vec<Agreement>,
}

impl Difference {
    /// Compares two versions of a case.
    pub fn between(before: Case, after: Case) -> Self {
        let (first, second) = (things(&before), things(&after));
        let matched = Matched::of(&first, &second);
        let mut changed = matched.changed(&before, &after);
        changed.extend(under_readings(&before, &after, &changed));
        let mut agreement = agreements(&matched.without_seats());
        agreement.extend(seats(&before, &after));
        agreement.extend(agendas(&before, &after));
        agreement.sort_by_key(|entry| entry.kind);
        let (added, removed) = (matched.only_second(), matched.only_first());
        let (before, after) = (Answers::of(before), Answers::of(after));
        let (first, second) = (verdicts(&before), verdicts(&after));
        let pairs = pair_up(&first, &second);
        let answers = pairs.iter().filter_map(changed_fact).collect();
        let known_to_both: Vec<(FactKind, Pair<'_>)> = pairs
            .iter()
            .filter(|(one, other)| one.is_some() && other.is_some())
            .map(|pair| (kind_of(pair), *pair))
            .collect();
        let verdicts = agreements(&known_to_both);
        Difference { before, after, added, removed, changed, answers, agreement, verdicts }
    }

    /// Whether the two say the same.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// The things of two versions, by their paths.
struct Matched<'t> {
    both: Vec<(&'t Thing, &'t Thing)>,
    first: Vec<&'t Thing>,
    second: Vec<&'t Thing>,
}

impl<'t> Matched<'t> {
    fn of(first: &'t [Thing], second: &'t [Thing]) -> Self {
        let by_path = |things: &'t [Thing]| -> BTreeMap<&'t str, &'t Thing> {
            things.iter().map(|thing| (thing.path.as_str(), thing)).collect()
        };
        let (in_first, in_second) = (by_path(first), by_path(second));
        Matched {
            both: first.iter().filter_map(|thing| Some((thing, *in_second.get(thing.path.as_str())?))).collect(),
            first: first.iter().filter(|thing| !in_second.contains_key(thing.path.as_str())).collect(),
            second: second.iter().filter(|thing| !in_first.contains_key(thing.path.as_str())).collect(),
        }
    }

    fn only_first(&self) -> Vec<Thing> {
        outermost(&self.first)
    }

    fn only_second(&self) -> Vec<Thing> {
        outermost(&self.second)
    }

    /// What is said otherwise of things both have.
    fn changed(&self, before: &Case, after: &Case) -> Vec<Changed> {
        let mut changed = Vec::new();
        for (one, other) in &self.both {
            let proportional = same_shares(before, after, &one.path);
            let pairs = pair_up(&one.facts, &other.facts);
            let pairs = pairs.iter().filter(|pair| !(proportional && is_weight(pair)));
            changed.extend(pairs.filter_map(changed_fact));
        }
        changed
    }

    /// Every fact of things both have, but for seats and agendas, which are compared cell by cell.
    fn without_seats(&self) -> Vec<(FactKind, Pair<'t>)> {
        let mut pairs = Vec::new();
        for (one, other) in &self.both {
            for pair in pair_up(&one.facts, &other.facts) {
                let kind = kind_of(&pair);
                if !matches!(kind, FactKind::Seat | FactKind::Agenda) {
                    pairs.push((kind, pair));
                }
            }
        }
        pairs
    }
}

/// Things without those that stand within another of them. What stands within something comes after it.
fn outermost(things: &[&Thing]) -> Vec<Thing> {
    let mut kept: Vec<Thing> = Vec::new();
    for thing in things {
        let inside =
            |other: &Thing| thing.path.strip_prefix(other.path.as_str()).is_some_and(|rest| rest.starts_with('.'));
        if !kept.last().is_some_and(inside) {
            kept.push((*thing).clone());
        }
    }
    kept
}

/// Facts of the same path side by side, those of the first in their order, then those only the second has.
fn pair_up<'f>(first: &'f [Fact], second: &'f [Fact]) -> Vec<Pair<'f>> {
    let by_path = |facts: &'f [Fact]| -> BTreeMap<&'f str, &'f Fact> {
        facts.iter().map(|fact| (fact.path.as_str(), fact)).collect()
    };
    let (in_first, in_second) = (by_path(first), by_path(second));
    let of_first = first.iter().map(|fact| (Some(fact), in_second.get(fact.path.as_str()).copied()));
    let rest = second.iter().filter(|fact| !in_first.contains_key(fact.path.as_str()));
    of_first.chain(rest.map(|fact| (None, Some(fact)))).collect()
}

fn kind_of(pair: &Pair<'_>) -> FactKind {
    pair.0.or(pair.1).map_or(FactKind::Text, |fact| fact.kind)
}

fn is_weight(pair: &Pair<'_>) -> bool {
    kind_of(pair) == FactKind::Weight
}

/// A pair as a change, if it is one.
fn changed_fact(pair: &Pair<'_>) -> Option<Changed> {
    let (one, other) = pair;
    let same = one.zip(*other).is_some_and(|(one, other)| one.says.same(&other.says));
    let fact = one.or(*other).filter(|_| !same)?;
    let shown = |fact: Option<&Fact>| fact.map(|fact| fact.says.shown().to_owned());
    Some(Changed { path: fact.path.clone(), kind: fact.kind, before: shown(*one), after: shown(*other) })
}

/// Weights by issue, with their ranges, in billionths.
type Weights = BTreeMap<String, (i128, Option<(i128, i128)>)>;

/// Whether an actor weighs the issues alike in both, in whatever numbers: only the shares of weights mean something.
fn same_shares(before: &Case, after: &Case, path: &str) -> bool {
    let Some(id) = path.strip_prefix("actor.") else { return false };
    let (Some(one), Some(other)) = (before.actor_id(id), after.actor_id(id)) else { return false };
    let (one, other) = (&before.actors[one.0], &after.actors[other.0]);
    if one.out_of.is_some() || other.out_of.is_some() {
        return false;
    }
    let weights = |case: &Case, actor: &winset_case::Actor| -> Weights {
        let given = actor.weights.iter().enumerate().filter_map(|(issue, weight)| Some((issue, weight.as_ref()?)));
        given
            .map(|(issue, weight)| {
                let (low, high) = weight.distribution.range();
                let range = (low < high).then(|| (i128::from(low.billionths()), i128::from(high.billionths())));
                (case.issues[issue].id.clone(), (i128::from(weight.value.billionths()), range))
            })
            .collect()
    };
    let (one, other) = (weights(before, one), weights(after, other));
    let sum = |weights: &Weights| weights.values().map(|(value, _)| value).sum::<i128>();
    let (all, other_all) = (sum(&one), sum(&other));
    let alike = |value: i128, other: i128| {
        value.checked_mul(other_all).zip(other.checked_mul(all)).is_some_and(|(a, b)| a == b)
    };
    one.len() == other.len()
        && one.iter().zip(&other).all(|((issue, (value, range)), (same, (other, other_range)))| {
            let ranges = match (range, other_range) {
                (None, None) => true,
                (Some(range), Some(other)) => alike(range.0, other.0) && alike(range.1, other.1),
                _ => false,
            };
            issue == same && alike(*value, *other) && ranges
        })
}

/// What is said otherwise under readings both have, beyond what is said otherwise without them.
fn under_readings(before: &Case, after: &Case, plain: &[Changed]) -> Vec<Changed> {
    let mut changed = Vec::new();
    for reading in before.readings.iter() {
        let Some(other) = after.reading_id(&reading.id).map(|other| &after.readings[other.0]) else { continue };
        let (first, second) = (things(&reading.case), things(&other.case));
        let beyond = Matched::of(&first, &second).changed(&reading.case, &other.case).into_iter();
        let beyond = beyond.filter(|change| !plain.contains(change));
        changed
            .extend(beyond.map(|change| Changed { path: format!("reading.{}.{}", reading.id, change.path), ..change }));
    }
    changed
}
