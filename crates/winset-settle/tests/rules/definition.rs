//! The rules as the method page defines them, over plain whole numbers and by trying everything.

use std::collections::BTreeSet;

use crate::random_table::{RandomTable, RuleOf, deals};

pub(crate) type Constraints = BTreeSet<String>;

/// What is left of an actor's margin when some constraints are dropped, times ten times its weights; `None` for minus infinity.
fn margin(table: &RandomTable, actor: usize, package: &[usize; 2], dropped: &Constraints) -> Option<i64> {
    let of = &table.actors[actor];
    let total: i64 = of.weights.iter().sum();
    let worth: i64 = (0..2).map(|issue| of.weights[issue] * of.values[issue][package[issue]]).sum();
    // Without a framework any deal ends the conflict, so refusing is worth the fallback.
    let mut surplus = worth - of.fallback * total;
    if surplus < 0 && dropped.contains(&format!("fallback:a{actor}")) {
        surplus = 0;
    }
    let broken = of.line.filter(|(option, _)| package[0] == *option);
    match broken.filter(|_| !dropped.contains(&format!("red-line:a{actor}.line"))) {
        None => Some(surplus),
        Some((_, Some(price))) => Some(surplus - price * total),
        Some((_, None)) => None,
    }
}

/// Whether a package is made into a deal with these constraints dropped, and one actor perhaps counted as saying yes or as letting it pass.
fn passes(table: &RandomTable, package: &[usize; 2], dropped: &Constraints, given: Option<(usize, bool)>) -> bool {
    if table.mandate && package[0] == 0 && !dropped.contains("mandate:talks.1") {
        return false;
    }
    let seats: Vec<usize> = (0..table.actors.len()).filter(|&actor| !table.seated[actor].is_empty()).collect();
    let yes = |actor: usize| {
        given == Some((actor, true)) || margin(table, actor, package, dropped).is_some_and(|margin| margin >= 0)
    };
    let lets_pass = |actor: usize| {
        let total: i64 = table.actors[actor].weights.iter().sum();
        let near = |margin: i64| margin >= -table.tolerances[actor] * total;
        yes(actor)
            || given.is_some_and(|(other, _)| other == actor)
            || margin(table, actor, package, dropped).is_some_and(near)
    };
    let votes = |members: &[usize], only_yes: bool| -> u64 {
        members.iter().filter(|&&actor| !only_yes || yes(actor)).map(|&actor| table.votes[actor]).sum()
    };
    match table.rule {
        RuleOf::Consensus => !seats.is_empty() && seats.into_iter().all(yes),
        RuleOf::PartiesOnly => {
            let parties: Vec<usize> = seats.into_iter().filter(|&actor| table.seated[actor] == "party").collect();
            !parties.is_empty() && parties.into_iter().all(yes)
        }
        RuleOf::Quota => votes(&seats, true) >= table.quota,
        RuleOf::SufficientConsensus => table.blocs.iter().all(|(members, share)| {
            let members: Vec<usize> = members.iter().copied().filter(|actor| seats.contains(actor)).collect();
            votes(&members, false) > 0 && 10 * votes(&members, true) >= share * votes(&members, false)
        }),
        RuleOf::Council => {
            let holders = table.veto.iter().filter(|actor| seats.contains(actor));
            votes(&seats, true) >= table.quota && holders.copied().all(lets_pass)
        }
    }
}

pub(crate) fn passes_without(table: &RandomTable, package: &[usize; 2], dropped: &Constraints) -> bool {
    passes(table, package, dropped, None)
}

/// Every constraint that could bind.
fn constraints(table: &RandomTable) -> Vec<String> {
    let mut all = vec!["mandate:talks.1".to_owned()];
    for (index, actor) in table.actors.iter().enumerate() {
        all.push(format!("fallback:a{index}"));
        all.extend(actor.line.map(|_| format!("red-line:a{index}.line")));
    }
    all
}

/// The minimal sets of constraints whose loss lets some deal pass.
pub(crate) fn corrections(table: &RandomTable) -> BTreeSet<Constraints> {
    let all = constraints(table);
    minimal(&all, |dropped| deals().any(|package| passes_without(table, &package, dropped)))
}

/// The minimal sets that share a member with each of these.
pub(crate) fn minimal_hitting(sets: &BTreeSet<Constraints>) -> BTreeSet<Constraints> {
    let all: BTreeSet<String> = sets.iter().flatten().cloned().collect();
    let all: Vec<String> = all.into_iter().collect();
    if sets.is_empty() {
        return BTreeSet::new();
    }
    minimal(&all, |chosen| sets.iter().all(|set| !set.is_disjoint(chosen)))
}

/// The minimal subsets with a property that larger sets keep.
fn minimal(all: &[String], holds: impl Fn(&Constraints) -> bool) -> BTreeSet<Constraints> {
    let mut subsets: Vec<u32> = (0..1 << all.len()).collect();
    subsets.sort_by_key(|subset| subset.count_ones());
    let mut found: Vec<u32> = Vec::new();
    let members = |subset: u32| -> Constraints {
        (0..all.len()).filter(|at| subset >> at & 1 == 1).map(|at| all[at].clone()).collect()
    };
    for subset in subsets {
        if !found.iter().any(|smaller| smaller & !subset == 0) && holds(&members(subset)) {
            found.push(subset);
        }
    }
    found.into_iter().map(members).collect()
}

/// How far an actor is short over the packages that would pass with it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Short {
    Undefined,
    NoPrice,
    /// In tenths of a unit of weight.
    By(i64),
}

pub(crate) fn shortfall(table: &RandomTable, actor: usize) -> Short {
    let none = BTreeSet::new();
    let total: i64 = table.actors[actor].weights.iter().sum();
    let with_it: Vec<[usize; 2]> =
        deals().filter(|package| passes(table, package, &none, Some((actor, true)))).collect();
    let short = with_it.iter().filter_map(|package| {
        // Where letting it pass is enough, the actor may miss by its tolerance.
        let enough = passes(table, package, &none, Some((actor, false)));
        let slack = if enough { table.tolerances[actor] * total } else { 0 };
        Some(-margin(table, actor, package, &none)? - slack)
    });
    match (with_it.as_slice(), short.min()) {
        ([], _) => Short::Undefined,
        (_, None) => Short::NoPrice,
        (_, Some(short)) => Short::By(short),
    }
}
