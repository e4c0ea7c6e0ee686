//! A search in parts: one that takes long is taken apart at its first issue, and each part is weighed anew.
//!
//! Weights that bound best for the whole bound badly deep inside, where some are far above their floors and others behind. Weighing a part anew
//! costs as much as some thousand nodes and often rules the part out at once.

use super::diagram::Diagram;
use super::search::{End, Outlook, Visit, Weighing, search};
use super::sums::Sums;
use super::weights::{Row, weigh_from, weighings};

/// Nodes after which a part is taken apart.
const PART: u64 = 20_000;
/// Weighings tried for a part.
const STEPS: usize = 80;
/// Ways on above which fewer weighings are asked.
const LARGE: usize = 200_000;
/// Issues below which a part is not taken apart.
const FEW_ISSUES: usize = 12;

/// What is searched.
#[derive(Clone, Copy)]
pub(crate) struct Whole<'a> {
    pub(crate) sums: &'a Sums,
    /// Constraints that must hold, one bit each.
    pub(crate) binding: u128,
    /// Rows with floors; the floors that count are the visitor's.
    pub(crate) rows: &'a [Row],
}

/// Looks at every package that reaches every floor. `None` where the sums could not be held.
pub(crate) fn search_in_parts(
    whole: Whole<'_>,
    diagram: &Diagram,
    weights: &[i128],
    shares: &[i128],
    node_limit: u64,
    visit: &mut impl Visit,
) -> Option<End> {
    let mut nodes = 0;
    Some(match part(whole, diagram, weights, shares, (&mut nodes, node_limit), visit)? {
        End::Stopped => End::Stopped,
        End::Exhausted(_) => End::Exhausted(nodes),
        End::GivenUp(_) => End::GivenUp(nodes),
    })
}

/// Searches one part, and counts its nodes.
fn part(
    whole: Whole<'_>,
    diagram: &Diagram,
    weights: &[i128],
    shares: &[i128],
    (nodes, node_limit): (&mut u64, u64),
    visit: &mut impl Visit,
) -> Option<End> {
    let Whole { sums, binding, rows } = whole;
    let mut asked = weighings(rows, weights);
    if diagram.size() > LARGE {
        // Each weighing takes memory for every way on: each row and the one that bounds best must do.
        asked.drain(rows.len()..asked.len().saturating_sub(1).max(rows.len()));
    }
    // The last weighing says which options to try first.
    asked.extend(visit.more(diagram));
    let small = diagram.levels.len() <= FEW_ISSUES;
    let left = node_limit.saturating_sub(*nodes);
    let limit = if small { left } else { left.min(PART.max(diagram.size() as u64)) };
    let mark = visit.mark();
    match search(sums, diagram, binding, &asked, limit, visit)? {
        End::Exhausted(looked) => {
            *nodes += looked;
            return Some(End::Exhausted(looked));
        }
        End::Stopped => return Some(End::Stopped),
        End::GivenUp(looked) => *nodes += looked,
    }
    if small || *nodes >= node_limit {
        return Some(End::GivenUp(*nodes));
    }
    // What was found on the way is found again in the parts.
    visit.forget(mark);
    let outlook = Outlook::new(sums, diagram, binding, asked.last()?);
    let ways = diagram.ways(0, diagram.start).iter().enumerate();
    let mut parts: Vec<(i128, usize)> = ways
        .filter(|(_, arc)| diagram.open(**arc, binding))
        .filter_map(|(option, arc)| {
            let on = outlook.most[1][arc.to as usize]?;
            Some((outlook.steps[0][option] + outlook.decisions[arc.decides as usize] + on, option))
        })
        .collect();
    parts.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    for (_, option) in parts {
        let below = diagram.below(sums, option);
        let floors: Vec<Row> =
            rows.iter().map(|row| Row { floor: visit.floor(&Weighing::row(row.row, row.floor)), ..*row }).collect();
        let weighed = weigh_from(sums, &below, binding, &floors, STEPS, shares.to_vec());
        if weighed.package.is_none() || weighed.most_above < 0 {
            *nodes += 1;
            continue;
        }
        let whole = Whole { rows: &floors, ..whole };
        match part(whole, &below, &weighed.weights, &weighed.shares, (nodes, node_limit), visit)? {
            End::Exhausted(_) => {}
            end => return Some(end),
        }
    }
    Some(End::Exhausted(*nodes))
}

/// The floor of a weighing where every row has one: for visitors that know rows.
pub(crate) fn floor_of(rows: &[Row], of: &Weighing) -> i128 {
    of.weights
        .iter()
        .map(|&(row, weight)| rows.iter().find(|other| other.row == row).map_or(0, |row| row.floor) * weight)
        .sum()
}
