//! The lever sheet: what each lever does to each table by itself, and how strong it would have to be to open one.

use winset_case::{ActorId, Case, Decimal, LeverId, TrackId};
use winset_settle::{Amount, BigRational, Blocked, Deals, Shortfall, settle, winset_is_empty};
use winset_worth::Valuation;

use crate::brief::{Brief, TableBrief};
use crate::compare::TableChange;

/// How many times as strong as it is a lever is tried at most.
const STRONGEST: Decimal = Decimal::from_billionths(100 * Decimal::UNIT);
/// Halvings of the way between a strength that does not open a table and one that does.
const HALVINGS: u32 = 14;

/// What one lever does by itself.
#[derive(Debug, Clone)]
pub struct LeverLine {
    /// Which lever.
    pub lever: LeverId,
    /// Per table it touches and that is small enough to list, what it does there.
    pub tables: Vec<LeverAtTable>,
}

/// What one lever does to one table by itself.
#[derive(Debug, Clone)]
pub struct LeverAtTable {
    /// Where.
    pub track: TrackId,
    /// Which deals.
    pub deals: Deals,
    /// What becomes of the deals there.
    pub change: TableChange,
    /// Where the table stays empty: per actor whose shortfall the lever changes, the shortfall without and with it, in worth.
    pub shortfalls: Vec<(ActorId, BigRational, BigRational)>,
    /// How strong the lever would have to be to open the table by itself.
    pub strength: Strength,
}

/// How strong a lever would have to be to open an empty table by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// The table is not empty without it.
    NotNeeded,
    /// It opens the table from this intensity on: found by halving, so a table that opens and shuts again below is not seen.
    From(Decimal),
    /// Not even at a hundred times its intensity.
    Never,
    /// It has no size: it is in use or it is not, and in use it does not open the table.
    NoSize,
}

/// What every lever that is not in use does by itself.
pub fn lever_sheet(brief: &Brief<'_>) -> Vec<LeverLine> {
    let case = brief.case;
    let levers = (0..case.levers.len()).map(LeverId).filter(|lever| !case.levers[lever.0].on);
    levers.map(|lever| LeverLine { lever, tables: at_tables(brief, lever) }).collect()
}

fn at_tables(brief: &Brief<'_>, lever: LeverId) -> Vec<LeverAtTable> {
    let mut used = brief.case.clone();
    used.levers[lever.0].on = true;
    let tables = brief.tracks.iter().flat_map(|track| track.tables().map(|(deals, table)| (track.track, deals, table)));
    tables.filter_map(|(track, deals, before)| at_table(&used, lever, track, deals, before)).collect()
}

/// What a lever does at a table; `None` where it changes nothing, or the table is not listed.
fn at_table(used: &Case, lever: LeverId, track: TrackId, deals: Deals, before: &TableBrief) -> Option<LeverAtTable> {
    let without = before.settlement.as_ref().ok()?;
    let touches = match &before.unlock {
        // A lever that is not available is in no combination, and may matter all the same.
        Some(Ok(unlock)) => unlock.relevant.contains(&lever) || !unlock.available.contains(&lever),
        _ => true,
    };
    let after = if touches { settle(used, track, deals).ok()? } else { return None };
    let after = TableBrief { settlement: Ok(after), large: None, unlock: None };
    let change = TableChange::between(before, &after);
    let shortfalls = match (&without.blocked, after.blocked()) {
        (Some(before), Some(after)) => changed_shortfalls(used, lever, before, after),
        _ => Vec::new(),
    };
    let strength = if without.blocked.is_some() { strength(used, lever, track, deals) } else { Strength::NotNeeded };
    let idle = change == TableChange::Same && shortfalls.is_empty() && !matches!(strength, Strength::From(_));
    (!idle).then_some(LeverAtTable { track, deals, change, shortfalls, strength })
}

/// The shortfalls that differ. Each is measured in its own case: a lever may change what an actor's unit of worth is.
fn changed_shortfalls(
    used: &Case,
    lever: LeverId,
    before: &Blocked,
    after: &Blocked,
) -> Vec<(ActorId, BigRational, BigRational)> {
    let mut unused = used.clone();
    unused.levers[lever.0].on = false;
    let (unused, used) = (unused.with_levers(), used.with_levers());
    let (Ok(old), Ok(new)) = (Valuation::new(&unused), Valuation::new(&used)) else { return Vec::new() };
    let missing = |valuation: &Valuation<'_>, blocked: &Blocked, actor: ActorId| {
        let (_, shortfall) = blocked.shortfalls.iter().find(|(judge, _)| *judge == actor)?;
        let Shortfall::By { missing, .. } = shortfall else { return None };
        let Amount::Exactly(worth) = Amount::of_units(*missing, valuation.actor(actor)?.unit) else { return None };
        Some(worth)
    };
    let pairs = before
        .shortfalls
        .iter()
        .filter_map(|(actor, _)| Some((*actor, missing(&old, before, *actor)?, missing(&new, after, *actor)?)));
    pairs.filter(|(_, before, after)| before != after).collect()
}

/// How strong a lever would have to be. Only what it adds or takes away has a size.
fn strength(used: &Case, lever: LeverId, track: TrackId, deals: Deals) -> Strength {
    let body = &used.levers[lever.0];
    let now = body.intensity.value;
    let mut tried = used.clone();
    let mut opens = |intensity: Decimal| {
        tried.levers[lever.0].intensity.value = intensity;
        winset_is_empty(&tried, track, deals) == Ok(false)
    };
    if now == Decimal::ZERO || !body.edits.iter().any(|edit| edit.change.only_adds()) {
        return if opens(now) { Strength::From(now) } else { Strength::NoSize };
    }
    let (mut shut, mut open) = if opens(now) { (Decimal::ZERO, now) } else { (now, now.times(STRONGEST)) };
    if !opens(open) {
        return Strength::Never;
    }
    for _ in 0..HALVINGS {
        let middle = shut.midpoint(open);
        if middle == shut || middle == open {
            break;
        }
        if opens(middle) {
            open = middle;
        } else {
            shut = middle;
        }
    }
    Strength::From(open)
}
