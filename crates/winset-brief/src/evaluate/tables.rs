//! Checks about one table: is it empty, what blocks it, what would open it.

use winset_case::{Case, LeverId, Table};
use winset_settle::large::{Found, settle_large};
use winset_settle::{Amount, NearMiss, Refusal, settle, unlock, winset_is_empty};

use super::{Finding, deals};
use crate::words::{capital, counted, list, reason};
use crate::{called, plain};

pub(super) fn empty(case: &Case, table: Table) -> Result<Finding, Refusal> {
    let empty = winset_is_empty(case, table.track, deals(table))?;
    let what = if empty { "No package is acceptable" } else { "Some package is acceptable" };
    Ok(Finding::new(empty, format!("{what} at {}.", called::table(case, table.track, deals(table)))))
}

pub(super) fn blocks(case: &Case, table: Table, ids: &[String]) -> Result<Finding, Refusal> {
    let name = called::table(case, table.track, deals(table));
    let open =
        |count: &str| Ok(Finding::new(false, format!("Nothing blocks at {name}: {count} packages are acceptable.")));
    let blocked = match settle(case, table.track, deals(table)) {
        Ok(settlement) => match settlement.blocked {
            Some(blocked) => blocked,
            None => return open(&settlement.acceptable_count.to_string()),
        },
        Err(Refusal::TooManyPackages { .. }) => match settle_large(case, table.track, deals(table))?.found {
            Found::Blocked { reasons, .. } => reasons?.blocked,
            Found::Open(_) => return open("some"),
            Found::Undecided(refusal) => return Err(refusal),
        },
        Err(refusal) => return Err(refusal),
    };
    let sets: Vec<Vec<String>> = blocked
        .blocking_sets
        .iter()
        .map(|set| {
            let mut ids: Vec<String> = set.constraints.iter().map(|constraint| constraint.id(case)).collect();
            ids.sort();
            ids
        })
        .collect();
    let verdict = sets.iter().any(|set| set == ids);
    let written: Vec<String> = blocked
        .blocking_sets
        .iter()
        .map(|set| plain::demand_names(case, &set.constraints, &|_, name| name.to_owned()))
        .collect();
    let text = if written.is_empty() {
        format!("There is no deal at {name}: {}.", reason(case, table.track, &blocked))
    } else {
        format!("What rules a deal out at {name}: {}.", written.join("; or "))
    };
    Ok(Finding::new(verdict, text))
}

pub(super) fn no_unlock(case: &Case, table: Table) -> Result<Finding, Refusal> {
    let unlock = unlock(case, table.track, deals(table))?;
    let name = called::table(case, table.track, deals(table));
    let text = if let Some(first) = unlock.minimal.first() {
        format!("{name} is opened by {}.", capital(&lever_set(case, first)))
    } else {
        let near = unlock.near_misses.iter().min_by_key(|miss| Amount::of_units(miss.missing, miss.unit));
        let near = near.map_or_else(String::new, |miss| format!("; {}", near_miss(case, miss)));
        format!(
            "None of {} of the {} that touch it opens {name}{near}.",
            counted(unlock.combinations, "combination"),
            counted(unlock.relevant.len() as u64, "lever")
        )
    };
    Ok(Finding::new(unlock.minimal.is_empty(), text))
}

fn near_miss(case: &Case, miss: &NearMiss) -> String {
    let missing = Amount::of_units(miss.missing, miss.unit).figures();
    format!(
        "nearest is {}, still {missing} short with {}",
        called::actor(case, miss.actor),
        lever_set(case, &miss.levers)
    )
}

fn lever_set(case: &Case, levers: &[LeverId]) -> String {
    let names: Vec<String> = levers.iter().map(|lever| plain::in_quotes(&case.levers[lever.0].name)).collect();
    if names.is_empty() { "no lever at all".to_owned() } else { list(&names) }
}

pub(super) fn unlocked_by(case: &Case, table: Table, levers: &[LeverId]) -> Result<Finding, Refusal> {
    let mut used = case.clone();
    for (index, lever) in used.levers.iter_mut().enumerate() {
        lever.on = levers.contains(&LeverId(index));
    }
    let opened = !winset_is_empty(&used, table.track, deals(table))?;
    let what = if opened { "some package is acceptable" } else { "no package is acceptable" };
    let name = called::table(case, table.track, deals(table));
    Ok(Finding::new(opened, format!("With {} {what} at {name}.", lever_set(case, levers))))
}
