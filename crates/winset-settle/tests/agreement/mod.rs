//! One table answered by both engines.

use std::collections::BTreeMap;
use std::fmt::Debug;

use num_bigint::BigUint;
use num_traits::Zero;
use winset_case::{Case, Outcome, TrackId};
use winset_settle::large::{Found, LargeSolution, Open, Proof, settle_large};
use winset_settle::{Blocked, Deals, Refusal, Settlement, Solution, settle};

/// What differs, in words; or what was met with.
type Agreement = Result<Vec<String>, String>;

fn same<T: PartialEq + Debug>(what: &str, large: &T, listed: &T) -> Result<(), String> {
    if large == listed { Ok(()) } else { Err(format!("{what}\n  large:  {large:?}\n  listed: {listed:?}")) }
}

/// Compares everything both engines say of a table.
pub(crate) fn agree(case: &Case, track: TrackId, deals: Deals) -> Agreement {
    let listed = settle(case, track, deals).map_err(|refusal| format!("listed: {refusal}"))?;
    let large = settle_large(case, track, deals).map_err(|refusal| format!("large: {refusal}"))?;
    let mut met = Vec::new();
    same("players", &large.players, &listed.players)?;
    same("who refuses to sit", &large.not_recognised, &listed.not_recognised)?;
    same("packages", &large.packages, &BigUint::from(listed.examined))?;
    let several = large.ways > 1;
    match (&large.found, &listed.blocked) {
        (Found::Open(open), None) => {
            met.push("a deal".to_owned());
            if several {
                met.push("several ways".to_owned());
            }
            open_table(open, &listed, several, &mut met)?;
        }
        (Found::Blocked { proofs, reasons }, Some(blocked)) => {
            met.push("no deal".to_owned());
            if several {
                met.push("several ways, blocked".to_owned());
            }
            let reasons = reasons.as_ref().map_err(|refusal| format!("reasons: {refusal}"))?;
            same("proofs: one for each way", &proofs.len(), &large.ways)?;
            same("proofs of each set", &reasons.proofs.len(), &blocked.blocking_sets.len())?;
            for proof in proofs.iter().chain(reasons.proofs.iter().flatten()) {
                match proof {
                    Proof::Weights(certificate) => {
                        let total: winset_settle::BigRational =
                            certificate.weights.iter().map(|(_, weight, _)| weight).sum();
                        same("weights sum to", &total, &winset_settle::BigRational::from_integer(1.into()))?;
                        met.push("weights prove it".to_owned());
                    }
                    Proof::Conditions => met.push("the conditions prove it".to_owned()),
                    Proof::Exhausted(_) => met.push("a search proves it".to_owned()),
                }
            }
            blocked_table(&reasons.blocked, blocked, &mut met)?;
        }
        (found, listed) => return Err(format!("existence\n  large:  {found:?}\n  listed: {listed:?}")),
    }
    Ok(met)
}

fn blocked_table(large: &Blocked, listed: &Blocked, met: &mut Vec<String>) -> Result<(), String> {
    same("no meeting", &large.no_meeting, &listed.no_meeting)?;
    same("blocking sets", &large.blocking_sets, &listed.blocking_sets)?;
    same("corrections", &large.corrections, &listed.corrections)?;
    same("cause", &large.cause, &listed.cause)?;
    same("pivotal", &large.pivotal, &listed.pivotal)?;
    same("shortfalls", &large.shortfalls, &listed.shortfalls)?;
    if large.blocking_sets.len() > 1 {
        met.push("several blocking sets".to_owned());
    }
    for (_, shortfall) in &large.shortfalls {
        met.push(match shortfall {
            winset_settle::Shortfall::By { .. } => "a shortfall".to_owned(),
            winset_settle::Shortfall::NoPrice { .. } => "a shortfall beyond price".to_owned(),
            winset_settle::Shortfall::Undefined => "a shortfall undefined".to_owned(),
        });
    }
    Ok(())
}

fn open_table(open: &Open, listed: &Settlement, several: bool, met: &mut Vec<String>) -> Result<(), String> {
    match &open.acceptable_count {
        Ok(count) => same("count", count, &BigUint::from(listed.acceptable_count))?,
        Err(Refusal::TooManyWays { .. }) => met.push("not counted".to_owned()),
        Err(refusal) => return Err(format!("count: {refusal}")),
    }
    let frontier = open.frontier.as_ref().map_err(|refusal| format!("frontier: {refusal}"))?;
    same("an exact frontier", &frontier.within, &None)?;
    let expected: BTreeMap<Vec<i128>, Vec<Outcome>> =
        listed.frontier.iter().map(|point| (point.worth.clone(), point.packages.clone())).collect();
    let worths: Vec<&Vec<i128>> = frontier.points.iter().map(|point| &point.worth).collect();
    same("frontier", &worths, &listed.frontier.iter().map(|point| &point.worth).collect())?;
    for point in &frontier.points {
        let packages = &expected[&point.worth];
        same("a package of its own", &packages.contains(&point.package), &true)?;
        let counted = point.packages.clone().unwrap_or_else(BigUint::zero);
        same("multiplicity", &counted, &if several { BigUint::zero() } else { BigUint::from(packages.len()) })?;
    }
    let players = listed.players.len();
    let (large, listed) = (&open.solutions, listed.solutions.as_ref().ok_or("no solutions")?);
    let without_gain = large.without_range.as_ref().map_err(|refusal| format!("without range: {refusal}"))?.len();
    let gainless = |solution: &Solution| {
        let share = |point: &winset_settle::BargainingPoint| point.terms.shares.iter().any(Zero::is_zero);
        solution.points.iter().all(share) || !listed.without_range.is_empty()
    };
    match (&large.nash, &listed.nash) {
        (Ok(None), None) => {}
        (Ok(None), Some(nash)) if gainless(nash) => met.push("no gain for all".to_owned()),
        (found, Some(nash)) => point("Nash", found, nash, met)?,
        (found, None) => return Err(format!("Nash: {found:?}, listed: none")),
    }
    match &large.kalai_smorodinsky {
        Ok(None) => same("players who gain nowhere", &without_gain, &players)?,
        found => point("Kalai–Smorodinsky", found, &listed.kalai_smorodinsky, met)?,
    }
    point("egalitarian", &large.egalitarian, &listed.egalitarian, met)?;
    point("utilitarian", &large.utilitarian, &listed.utilitarian, met)?;
    Ok(())
}

fn point(
    name: &str,
    found: &Result<Option<LargeSolution>, Refusal>,
    listed: &Solution,
    met: &mut Vec<String>,
) -> Result<(), String> {
    let Ok(Some(found)) = found else { return Err(format!("{name}: {found:?}")) };
    same(&format!("{name}: ties"), &(found.ties, found.more), &(listed.points.len() as u64, false))?;
    let shown = found.solution.points.len();
    if found.ties > 1 {
        met.push("a bargaining point with ties".to_owned());
    }
    same(&format!("{name}: shown"), &shown, &listed.points.len().min(10))?;
    for (large, listed) in found.solution.points.iter().zip(&listed.points) {
        same(name, &format!("{large:?}"), &format!("{listed:?}"))?;
    }
    Ok(())
}
