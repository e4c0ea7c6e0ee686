//! Tables too large to list, for the terminal.

use winset_brief::large::{big, how_many, proofs};
use winset_brief::{TableBrief, words};
use winset_case::Case;
use winset_settle::large::{Found, LargeSettlement, LargeSolution, Open};
use winset_settle::{Deals, Refusal};

use crate::layout::Page;
use crate::settle::{in_the_way, levers, package, points, reasons, same_packages};

/// How many deals, and who is in the way: two cells of the overview.
pub(crate) fn cells(case: &Case, large: &LargeSettlement) -> (String, String) {
    let all = big(&large.packages);
    match &large.found {
        Found::Open(open) => match &open.acceptable_count {
            Ok(count) => (format!("{} of {all}", big(count)), String::new()),
            Err(_) => (format!("some of {all}"), String::new()),
        },
        Found::Blocked { reasons: Ok(reasons), .. } if large.ways == 0 => {
            ("none".to_owned(), words::reason(case, large.track, &reasons.blocked))
        }
        Found::Blocked { reasons: Ok(reasons), .. } => {
            (format!("none of {all}"), in_the_way(case, large.track, &reasons.blocked))
        }
        Found::Blocked { reasons: Err(refusal), .. } => {
            (format!("none of {all}"), format!("who blocks was not found: {refusal}"))
        }
        Found::Undecided(refusal) => (format!("not known, of {all}"), refusal.to_string()),
    }
}

/// Everything about one table.
pub(crate) fn table(page: &mut Page, case: &Case, large: &LargeSettlement, brief: &TableBrief) {
    match &large.found {
        Found::Undecided(refusal) => {
            page.paragraph(
                2,
                &format!("Whether any of {} packages is acceptable is not known: {refusal}.", big(&large.packages)),
            );
        }
        Found::Open(open) => open_table(page, case, large, open),
        Found::Blocked { reasons: Ok(reasons), .. } if large.ways == 0 => {
            page.paragraph(2, &format!("No deal: {}.", words::reason(case, large.track, &reasons.blocked)));
        }
        Found::Blocked { proofs: found, reasons: why } => {
            let all = big(&large.packages);
            match why {
                Ok(why) => {
                    let reason = words::reason(case, large.track, &why.blocked);
                    page.paragraph(
                        2,
                        &format!("No deal among {all} packages: {reason}. Cause: {}.", why.blocked.cause.word()),
                    );
                }
                Err(refusal) => {
                    page.paragraph(
                        2,
                        &format!("No deal among {all} packages. What blocks it was not found: {refusal}."),
                    );
                }
            }
            for proof in proofs(case, found) {
                page.item("  Proof: ", &proof);
            }
            if let Ok(why) = why {
                let of_set = |number: usize| why.proofs.get(number).map_or_else(Vec::new, |found| proofs(case, found));
                reasons(page, case, large.track, &why.blocked, &of_set);
                let missing =
                    case.tracks[large.track.0].required().count().saturating_sub(why.blocked.shortfalls.len());
                if why.blocked.shortfalls.is_empty() && missing > 0 {
                    page.paragraph(2, "How far off each is was not found: the searches were given up.");
                }
            }
            levers(page, case, brief);
        }
    }
    note(page, case, large, brief);
}

/// What is not said at this size, and why.
fn note(page: &mut Page, case: &Case, large: &LargeSettlement, brief: &TableBrief) {
    let mut missing: Vec<String> = Vec::new();
    if let Found::Open(open) = &large.found {
        if let Err(refusal) = &open.acceptable_count {
            missing.push(format!("how many packages are acceptable ({refusal})"));
        }
        if !open.behind.is_empty() {
            missing.push("how many packages those behind the seats would carry as well".to_owned());
        }
        if case.tracks[large.track.0].concludes.is_some() && large.deals == Deals::Mandate {
            missing.push("how many deals conclude the framework".to_owned());
        }
    }
    if matches!(&brief.unlock, Some(Ok(unlock)) if unlock.minimal.is_empty() && !unlock.relevant.is_empty()) {
        missing.push("how near levers bring each actor".to_owned());
    }
    let missing = if missing.is_empty() {
        String::new()
    } else {
        format!(" Not computed at this size: {}.", words::list(&missing))
    };
    page.note(
        2,
        &format!(
            "Too many packages to list: found by adding up issue by issue and by searching with bounds, in whole numbers; every package named \
             was judged again on its own.{missing}"
        ),
    );
}

/// A bargaining point, if there is one and it was found.
type FoundPoint = Result<Option<LargeSolution>, Refusal>;

fn open_table(page: &mut Page, case: &Case, large: &LargeSettlement, open: &Open) {
    let frontier = match &open.frontier {
        Ok(frontier) => match &frontier.within {
            None => format!("{} on the Pareto frontier", words::counted(frontier.points.len() as u64, "point")),
            Some(distance) => format!(
                "the Pareto frontier is too large to list, and {} stand for it: every acceptable package that leaves each player {distance} above what \
                 it must reach is less than {distance} better for each of them than one of these, in worth from 0 to 1",
                words::counted(frontier.points.len() as u64, "point"),
                distance = winset_settle::Amount::from(distance.clone()).figures()
            ),
        },
        Err(refusal) => format!("its Pareto frontier was not computed, since {refusal}"),
    };
    page.paragraph(2, &format!("{}; {frontier}.", words::capital(&how_many(large))));
    let solutions = &open.solutions;
    let all = [
        ("Nash", &solutions.nash),
        ("Kalai–Smorodinsky", &solutions.kalai_smorodinsky),
        ("egalitarian", &solutions.egalitarian),
        ("utilitarian", &solutions.utilitarian),
    ];
    // Rules that land on the same packages share their rows.
    let mut groups: Vec<(Vec<&str>, &FoundPoint)> = Vec::new();
    for (name, found) in all {
        let same = |other: &FoundPoint| match (other, found) {
            (Ok(Some(one)), Ok(Some(two))) => {
                one.ties == two.ties && same_packages(Some(&one.solution), Some(&two.solution))
            }
            (Err(one), Err(two)) => one == two,
            _ => false,
        };
        match groups.iter_mut().find(|(_, other)| same(other)) {
            Some((names, _)) => names.push(name),
            None => groups.push((vec![name], found)),
        }
    }
    let mut rows = Vec::new();
    for (names, found) in groups {
        let name = words::capital(&words::list(&names));
        let instead = |what: String| vec![vec![name.clone(), what, String::new(), String::new()]];
        rows.extend(match found {
            Ok(Some(found)) => {
                let mut rows = points(case, &large.players, &name, &found.solution, found.ties);
                if found.more {
                    rows.extend(instead("and more that tie, not counted".to_owned()));
                }
                rows
            }
            Ok(None) => instead("no package leaves every player a gain".to_owned()),
            Err(refusal) => instead(format!("not found: {refusal}")),
        });
    }
    page.table(
        &["Bargaining point", "Package (what changes)", "Share of the gain each could have", "Closest to the ideal of"],
        rows,
    );
}

/// The package of the Nash point (or what comes nearest to one), and each player's share of the gain there, most first.
pub(crate) fn nash(case: &Case, large: &LargeSettlement) -> Option<(String, String)> {
    let Found::Open(open) = &large.found else { return None };
    let Ok(Some(found)) = &open.solutions.nash else { return None };
    let point = found.solution.points.first()?;
    let mut ranked: Vec<_> = large.players.iter().zip(&point.terms.shares).zip(&point.votes).collect();
    ranked.sort_by(|((_, share), vote), ((_, other), other_vote)| vote.cmp(other_vote).then(other.cmp(share)));
    let shares: Vec<String> =
        ranked.into_iter().map(|((player, share), vote)| words::share(case, *player, share, *vote)).collect();
    Some((package(case, &point.package), shares.join("\n")))
}
