//! How far two versions of a case, or two coders of one, agree, kind by kind.

use std::collections::BTreeMap;

use winset_case::Case;

use super::alpha::{Metric, krippendorff_alpha};
use super::fact::{Fact, FactKind, Says};

/// Agreement on facts of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Which kind.
    pub kind: FactKind,
    /// Facts both have, or one of the two, of things both have.
    pub compared: usize,
    /// Of these, on how many they say the same.
    pub equal: usize,
    /// Of these, on how many only one says anything.
    pub one_sided: usize,
    /// Where they are numbers: the mean size of the difference, over those both have.
    pub mean_difference: Option<f64>,
    /// Krippendorff's alpha over those both have; `None` for texts, and where there is nothing to agree on.
    pub alpha: Option<f64>,
}

/// One fact as the two have it.
pub(crate) type Pair<'f> = (Option<&'f Fact>, Option<&'f Fact>);

/// Agreement on pairs of facts, by kind.
pub(crate) fn agreements(pairs: &[(FactKind, Pair<'_>)]) -> Vec<Agreement> {
    let mut by_kind: BTreeMap<FactKind, Vec<&Pair<'_>>> = BTreeMap::new();
    for (kind, pair) in pairs {
        by_kind.entry(*kind).or_default().push(pair);
    }
    by_kind.into_iter().map(|(kind, pairs)| agreement(kind, &pairs)).collect()
}

fn agreement(kind: FactKind, pairs: &[&Pair<'_>]) -> Agreement {
    let both: Vec<(&Says, &Says)> =
        pairs.iter().filter_map(|(one, other)| Some((&one.as_ref()?.says, &other.as_ref()?.says))).collect();
    let numbers: Vec<(f64, f64)> = both
        .iter()
        .filter_map(|(one, other)| match (one, other) {
            (Says::Number { value, .. }, Says::Number { value: other, .. }) => Some((*value, *other)),
            _ => None,
        })
        .collect();
    let mean = |numbers: &[(f64, f64)]| {
        let sum: f64 = numbers.iter().map(|(one, other)| (one - other).abs()).sum();
        (!numbers.is_empty()).then(|| sum / numbers.len() as f64)
    };
    let units = match kind.metric() {
        None => Vec::new(),
        Some(Metric::Interval) => numbers.iter().map(|(one, other)| vec![*one, *other]).collect(),
        Some(_) => coded(&both),
    };
    let is_equal = |kind: FactKind, one: &Says, other: &Says| match (kind, one, other) {
        // Only shares of weights mean something.
        (FactKind::Weight, Says::Number { value, .. }, Says::Number { value: other, .. }) => {
            (value - other).abs() < 1e-9
        }
        (_, Says::Number { value, .. }, Says::Number { value: other, .. }) => value.total_cmp(other).is_eq(),
        _ => one.same(other),
    };
    Agreement {
        kind,
        compared: pairs.len(),
        equal: both.iter().filter(|(one, other)| is_equal(kind, one, other)).count(),
        one_sided: pairs.len() - both.len(),
        mean_difference: mean(&numbers),
        alpha: kind.metric().and_then(|metric| krippendorff_alpha(&units, metric)),
    }
}

/// Words as codes: by their rank where they have one, else numbered as they come.
fn coded(both: &[(&Says, &Says)]) -> Vec<Vec<f64>> {
    let mut codes: BTreeMap<String, f64> = BTreeMap::new();
    let mut code = |says: &&Says| -> Option<f64> {
        let Says::Words { meaning, rank, .. } = says else { return None };
        if let Some(rank) = rank {
            return Some(f64::from(*rank));
        }
        let next = codes.len() as f64;
        Some(*codes.entry(meaning.clone()).or_insert(next))
    };
    both.iter().filter_map(|(one, other)| Some(vec![code(one)?, code(other)?])).collect()
}

/// Agreement on who sits where as what: every actor at every track, both of which both cases have, and nobody's seat is a code like any other.
pub(crate) fn seats(before: &Case, after: &Case) -> Option<Agreement> {
    let roles = |case: &Case, track: usize, actor: usize| -> u8 {
        let seat = case.tracks[track].seats.iter().find(|seat| seat.actor.0 == actor);
        seat.map_or(0, |seat| seat.roles.iter().fold(0, |code, role| code | 1 << (*role as u8)))
    };
    let actors = shared(before.actors.iter().map(|actor| &actor.id), |id| Some(after.actor_id(id)?.0));
    cells(FactKind::Seat, before, after, &actors, roles)
}

/// Agreement on which issues are on which agenda: every issue and every track both cases have.
pub(crate) fn agendas(before: &Case, after: &Case) -> Option<Agreement> {
    let on_it = |case: &Case, track: usize, issue: usize| {
        u8::from(case.tracks[track].agenda.iter().any(|other| other.0 == issue))
    };
    let issues = shared(before.issues.iter().map(|issue| &issue.id), |id| Some(after.issue_id(id)?.0));
    cells(FactKind::Agenda, before, after, &issues, on_it)
}

/// The things both have, by their places in each.
fn shared<'c>(ids: impl Iterator<Item = &'c String>, other: impl Fn(&str) -> Option<usize>) -> Vec<(usize, usize)> {
    ids.enumerate().filter_map(|(index, id)| Some((index, other(id)?))).collect()
}

fn cells(
    kind: FactKind,
    before: &Case,
    after: &Case,
    columns: &[(usize, usize)],
    code: impl Fn(&Case, usize, usize) -> u8,
) -> Option<Agreement> {
    let tracks = shared(before.tracks.iter().map(|track| &track.id), |id| Some(after.track_id(id)?.0));
    let pairs: Vec<(u8, u8)> = tracks
        .iter()
        .flat_map(|&(one, other)| columns.iter().map(move |&column| (one, other, column)))
        .map(|(one, other, column)| (code(before, one, column.0), code(after, other, column.1)))
        .collect();
    let units: Vec<Vec<f64>> = pairs.iter().map(|(one, other)| vec![f64::from(*one), f64::from(*other)]).collect();
    (!pairs.is_empty()).then(|| Agreement {
        kind,
        compared: pairs.len(),
        equal: pairs.iter().filter(|(one, other)| one == other).count(),
        one_sided: 0,
        mean_difference: None,
        alpha: krippendorff_alpha(&units, Metric::Nominal),
    })
}
