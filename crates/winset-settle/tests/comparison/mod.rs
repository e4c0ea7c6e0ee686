//! The engine against the definitions: every number it gives, at every table of a case.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use num_traits::{Signed, Zero};
use winset_case::{ActorId, Case, Evidence, FrameworkId, IssueId, LeverId, Package, PackageId, TrackId};
use winset_settle::{Cause, Deals, Refusal, Settlement, Shortfall, Solution, Unlock};
use winset_worth::{Sitting, State, Valuation};

use crate::definitions::{
    Bargain, Checker, Deal, Judged, Levers, Missing, Point, Q, Table, admissible, combination, q, units, with,
};
use crate::generator::Random;

/// What has been met with on the way: how often, by name.
#[derive(Debug, Default)]
pub(crate) struct Seen(pub(crate) BTreeMap<&'static str, u64>);

impl Seen {
    pub(crate) fn note(&mut self, what: &'static str) {
        self.add(what, 1);
    }

    pub(crate) fn note_if(&mut self, what: &'static str, seen: bool) {
        self.add(what, u64::from(seen));
    }

    fn add(&mut self, what: &'static str, times: u64) {
        *self.0.entry(what).or_default() += times;
    }

    /// Fails where something has been met with less often than expected.
    pub(crate) fn at_least(&self, expected: &[(&str, u64)]) {
        for (what, least) in expected {
            let seen = self.0.get(what).copied().unwrap_or(0);
            assert!(seen >= *least, "only {seen} of `{what}`, expected {least}: {:#?}", self.0);
        }
    }
}

/// What differs, in words.
pub(crate) type Difference = String;

fn same<T: PartialEq + Debug>(what: &str, engine: &T, definition: &T) -> Result<(), Difference> {
    if engine == definition {
        return Ok(());
    }
    Err(format!("{what}\n  engine:     {engine:?}\n  definition: {definition:?}"))
}

/// The kinds of deals a track can make.
pub(crate) fn kinds(case: &Case, track: TrackId) -> Vec<Deals> {
    let concluding = case.tracks[track.0].concludes.map(|_| Deals::Concluding);
    [Some(Deals::Mandate), concluding].into_iter().flatten().collect()
}

pub(crate) fn tracks(case: &Case) -> impl Iterator<Item = TrackId> + use<> {
    (0..case.tracks.len()).map(TrackId)
}

/// Everything but levers, at every table.
pub(crate) fn compare(case: &Case, seen: &mut Seen) -> Result<(), Difference> {
    let carried = case.with_levers();
    for track in tracks(case) {
        judgements(case, &carried, track, seen)?;
        for deals in kinds(case, track) {
            settlement(case, &carried, track, deals, seen)
                .map_err(|difference| format!("{} ({deals:?}): {difference}", case.tracks[track.0].id))?;
        }
        if case.tracks[track.0].concludes.is_none() {
            let refused = winset_settle::settle(case, track, Deals::Concluding);
            same("a track that concludes nothing", &refused.err(), &Some(Refusal::ConcludesNothing))?;
        }
    }
    Ok(())
}

fn judged(engine: &winset_worth::Judgement, unit: i128, definition: &Judged) -> Result<(), Difference> {
    same("worth", &units(engine.worth, unit), &definition.worth)?;
    same("reservation value", &units(engine.reservation, unit), &definition.reservation)?;
    same("pressure", &units(engine.pressure, unit), &definition.pressure)?;
    let broken = definition.broken.iter().map(|(line, _)| 1_u64 << line.0).sum();
    same("red lines broken", &engine.broken, &broken)?;
    same("forbidden", &engine.forbidden, &definition.forbidden())?;
    same("price", &units(engine.price, unit), &definition.price())?;
    same("content margin", &units(engine.surplus(), unit), &definition.surplus())?;
    same("margin", &engine.margin().map(|margin| units(margin, unit)), &definition.margin())?;
    same("gain", &units(engine.gain(), unit), &definition.gain())
}

/// Every outcome of a case.
pub(crate) fn outcomes(case: &Case) -> Vec<Vec<usize>> {
    case.issues.iter().fold(vec![Vec::new()], |outcomes, issue| {
        let longer =
            |outcome: Vec<usize>| (0..issue.options.len()).map(move |option| [outcome.as_slice(), &[option]].concat());
        outcomes.into_iter().flat_map(longer).collect()
    })
}

/// The case with every outcome named as a package.
pub(crate) fn with_packages(case: &Case) -> (Case, Vec<Vec<usize>>) {
    let mut case = case.clone();
    let outcomes = outcomes(&case);
    case.packages = outcomes
        .iter()
        .enumerate()
        .map(|(index, outcome)| Package {
            id: format!("package-{index}"),
            name: format!("package-{index}"),
            in_sentence: format!("package-{index}"),
            content: outcome.iter().enumerate().map(|(issue, option)| (IssueId(issue), *option)).collect(),
            evidence: Evidence::default(),
        })
        .collect();
    (case, outcomes)
}

/// What every actor makes of every package at a track, under the track's own mandate and as concluding.
fn judgements(case: &Case, carried: &Case, track: TrackId, seen: &mut Seen) -> Result<(), Difference> {
    let checker = Checker::new(carried);
    let valuation = Valuation::new(carried).map_err(|error| format!("{error:?}"))?;
    let (named, outcomes) = with_packages(case);
    let at = |actor: ActorId, to: &[usize], kind: &str| {
        let ids = |id: &dyn Fn(usize) -> String| {
            to.iter().enumerate().map(|(issue, _)| id(issue)).collect::<Vec<_>>().join(", ")
        };
        let package = ids(&|issue| format!("{} = {}", case.issues[issue].id, case.issues[issue].options[to[issue]]));
        format!("{} of {package} at {} ({kind})", case.actors[actor.0].id, case.tracks[track.0].id)
    };
    for actor in (0..case.actors.len()).map(ActorId) {
        for (index, to) in outcomes.iter().enumerate() {
            let deal = Deal { track, to: to.clone(), concludes: checker.conclusion(track, to) };
            let engine = winset_settle::judge_package(&named, actor, PackageId(index), track)
                .map_err(|refusal| refusal.to_string())?;
            let definition = checker.judge(actor, &deal);
            let (Some(engine), Some(definition)) = (&engine, &definition) else {
                same(&at(actor, to, "judged at all"), &engine.is_some(), &definition.is_some())?;
                continue;
            };
            if checker.from.outcome.as_ref() == Some(to) && deal.concludes.is_none() {
                continue; // no deal at all
            }
            let context = |difference| format!("{}: {difference}", at(actor, to, "own mandate"));
            same("concludes", &engine.concludes, &deal.concludes.is_some()).map_err(context)?;
            judged(&engine.judgement, engine.unit, definition).map_err(context)?;
            same("accepted", &engine.accepted, &checker.accepts(actor, &deal)).map_err(context)?;
            note_judgement(case, &checker, actor, &deal, definition, seen);
        }
    }
    if let Some(framework) = case.tracks[track.0].concludes {
        sitting(&checker, &valuation, track, Some(framework), seen)
            .map_err(|difference| format!("as concluding: {difference}"))?;
    }
    Ok(())
}

/// What every actor makes of every package at a track from a state, each deal concluding the given framework.
fn sitting(
    checker: &Checker<'_>,
    valuation: &Valuation<'_>,
    track: TrackId,
    concludes: Option<FrameworkId>,
    seen: &mut Seen,
) -> Result<(), Difference> {
    let case = checker.case;
    let from = &checker.from;
    let state = State { outcome: from.outcome.clone(), concluded: from.concluded.clone(), ended: from.ended.clone() };
    let actors: Vec<ActorId> =
        (0..case.actors.len()).map(ActorId).filter(|actor| checker.has_preferences(*actor)).collect();
    let sitting = Sitting::new(valuation, track, &state, &actors);
    let mut list = Vec::new();
    for to in outcomes(case) {
        same("concludes", &sitting.concludes(&to), &checker.conclusion(track, &to).is_some())?;
        sitting.judge(&to, concludes.is_some(), &mut list);
        let deal = Deal { track, to, concludes };
        for actor in &actors {
            let position = sitting.position(*actor).ok_or("an actor with preferences is not judged")?;
            let unit = valuation.actor(*actor).ok_or("no worth")?.unit;
            let definition = checker.judge(*actor, &deal).ok_or("no definition")?;
            let context = |difference| {
                format!("{} of {:?} at {}: {difference}", case.actors[actor.0].id, deal.to, case.tracks[track.0].id)
            };
            judged(&list[position], unit, &definition).map_err(context)?;
            let (_, pressing) = checker.leverage(*actor, &deal);
            seen.note_if("leverage already spent", definition.pressure < pressing);
        }
    }
    Ok(())
}

/// Judgements along random routes, whoever accepts them: from every state reached, at every track.
pub(crate) fn compare_routes(case: &Case, random: &mut Random, seen: &mut Seen) -> Result<(), Difference> {
    let carried = case.with_levers();
    let valuation = Valuation::new(&carried).map_err(|error| format!("{error:?}"))?;
    let outcomes = outcomes(&carried);
    let mut checker = Checker::new(&carried);
    let mut route = String::from("today");
    for _ in 0..2 {
        let track = TrackId(random.index(carried.tracks.len()));
        let to = outcomes[random.index(outcomes.len())].clone();
        let concludes = checker.conclusion(track, &to);
        let deal = Deal { track, to, concludes };
        route = format!("{route}, {:?} at {}", deal.to, carried.tracks[track.0].id);
        checker = Checker::from(&carried, checker.after(&deal));
        for track in tracks(&carried) {
            let could_conclude =
                carried.tracks[track.0].concludes.filter(|framework| !checker.from.concluded[framework.0]);
            for concludes in [None, could_conclude] {
                sitting(&checker, &valuation, track, concludes, seen)
                    .map_err(|difference| format!("after {route}: {difference}"))?;
            }
        }
        seen.note("states along routes");
    }
    Ok(())
}

fn note_judgement(
    case: &Case,
    checker: &Checker<'_>,
    actor: ActorId,
    deal: &Deal,
    definition: &Judged,
    seen: &mut Seen,
) {
    seen.note("judgements");
    seen.note_if("knife edges: a margin of exactly zero", definition.margin().is_some_and(|margin| margin.is_zero()));
    seen.note_if("judgements under pressure", definition.pressure.is_positive());
    let reluctant =
        definition.pressure.is_positive() && definition.margin().is_some_and(|margin| !margin.is_negative());
    seen.note_if(
        "acceptance that pressure buys",
        reluctant && definition.margin().is_some_and(|margin| margin < definition.pressure),
    );
    seen.note_if("prices charged", definition.price().is_positive());
    seen.note_if("unpriced red lines broken", definition.forbidden());
    seen.note_if("deals that conclude", deal.concludes.is_some());
    seen.note_if("deals that end a conflict", checker.ends(actor, deal));
    seen.note_if("judgements without a status quo", case.no_agreement_today);
    let principal_refuses =
        case.actors[actor.0].principal.is_some() && checker.accepts_alone(actor, deal) && !checker.accepts(actor, deal);
    seen.note_if("delegations overruled by their principal", principal_refuses);
}

fn point(solution: &Solution) -> Point {
    solution.points.iter().map(|point| point.package.clone()).collect()
}

fn settlement(case: &Case, carried: &Case, track: TrackId, deals: Deals, seen: &mut Seen) -> Result<(), Difference> {
    let table = Table::new(carried, track, deals);
    let engine = winset_settle::settle(case, track, deals).map_err(|refusal| refusal.to_string())?;
    let acceptable = table.acceptable();
    same("players", &engine.players, &table.players)?;
    same("acceptable packages", &engine.acceptable_count, &(acceptable.len() as u64))?;
    let concluding = acceptable.iter().filter(|deal| deal.concludes.is_some()).count() as u64;
    same("concluding packages", &engine.concluding_count, &concluding)?;
    same("empty", &winset_settle::winset_is_empty(case, track, deals).ok(), &Some(acceptable.is_empty()))?;
    same("count", &winset_settle::acceptable_count(case, track, deals).ok(), &Some(acceptable.len() as u64))?;

    seen.note("tables");
    seen.note_if("concluding tables", deals == Deals::Concluding);
    seen.note_if("concluding deals accepted", concluding > 0);
    seen.note_if(
        "endorsements of what stands accepted",
        acceptable.iter().any(|deal| checker_today(&table) == Some(&deal.to)),
    );
    match Bargain::new(&table) {
        Some(bargain) => {
            seen.note("tables with a deal");
            same("blocked", &engine.blocked.is_some(), &false)?;
            bargaining(carried, &engine, &bargain, seen)?;
        }
        None => {
            seen.note("empty tables");
            same("solutions", &engine.solutions.is_some(), &false)?;
            same("frontier", &engine.frontier.len(), &0)?;
            blocked(carried, &engine, &table, seen)?;
        }
    }
    shares(case, carried, &table, seen)
}

fn checker_today<'t>(table: &'t Table<'_>) -> Option<&'t Vec<usize>> {
    table.checker.from.outcome.as_ref()
}

/// The frontier and the bargaining points.
fn bargaining(carried: &Case, engine: &Settlement, bargain: &Bargain, seen: &mut Seen) -> Result<(), Difference> {
    let valuation = Valuation::new(carried).map_err(|error| format!("{error:?}"))?;
    let unit = |player: &ActorId| valuation.actor(*player).map(|worth| worth.unit).ok_or("no worth");
    let unit_of = bargain.players.iter().map(unit).collect::<Result<Vec<_>, _>>()?;
    let worths =
        |worth: &[i128]| -> Vec<Q> { worth.iter().zip(&unit_of).map(|(worth, unit)| units(*worth, *unit)).collect() };
    let frontier: BTreeMap<Vec<Q>, BTreeSet<Vec<usize>>> =
        engine.frontier.iter().map(|point| (worths(&point.worth), point.packages.iter().cloned().collect())).collect();
    same("frontier", &frontier, &bargain.frontier())?;
    same("frontier points listed once", &engine.frontier.len(), &frontier.len())?;
    let listed: Vec<Vec<Q>> = engine.frontier.iter().map(|point| worths(&point.worth)).collect();
    same("frontier, highest first", &listed, &frontier.keys().rev().cloned().collect())?;

    let solutions = engine.solutions.as_ref().ok_or("no solutions")?;
    same("nash", &solutions.nash.as_ref().map(point).unwrap_or_default(), &bargain.nash())?;
    same("kalai-smorodinsky", &point(&solutions.kalai_smorodinsky), &bargain.kalai_smorodinsky())?;
    same("egalitarian", &point(&solutions.egalitarian), &bargain.egalitarian())?;
    same("utilitarian", &point(&solutions.utilitarian), &bargain.utilitarian())?;
    same("players without range", &solutions.without_range, &bargain.without_range())?;
    let all = [
        solutions.nash.as_ref(),
        Some(&solutions.kalai_smorodinsky),
        Some(&solutions.egalitarian),
        Some(&solutions.utilitarian),
    ];
    for point in all.into_iter().flatten().flat_map(|solution| &solution.points) {
        let package = &point.package;
        same("worth at a bargaining point", &worths(&point.worth), &bargain.worths[package])?;
        same("terms", &point.terms.shares, &bargain.ratios(&bargain.gains[package]))?;
        same("closest to whose best", &point.terms.closest_to, &bargain.closest_to(package))?;
    }

    let frontier = bargain.frontier();
    seen.note_if("frontiers of three points and more", frontier.len() >= 3);
    seen.note_if("frontier points that several packages attain", frontier.values().any(|packages| packages.len() > 1));
    seen.note_if(
        "tied bargaining points",
        bargain.nash().len() > 1 || bargain.kalai_smorodinsky().len() > 1 || bargain.utilitarian().len() > 1,
    );
    let different: BTreeSet<Point> =
        [bargain.nash(), bargain.kalai_smorodinsky(), bargain.egalitarian(), bargain.utilitarian()]
            .into_iter()
            .collect();
    seen.note_if("tables where the bargaining points differ", different.len() > 1);
    seen.note_if("no nash point: someone always loses", bargain.nash().is_empty());
    seen.note_if("players without range", !bargain.without_range().is_empty());
    seen.note_if("three players and more agree", bargain.players.len() >= 3);
    Ok(())
}

/// Why a win-set is empty.
fn blocked(carried: &Case, engine: &Settlement, table: &Table<'_>, seen: &mut Seen) -> Result<(), Difference> {
    let blocked = engine.blocked.as_ref().ok_or("not blocked")?;
    let listed = |sets: Vec<Vec<String>>, what: &str| -> Result<BTreeSet<BTreeSet<String>>, Difference> {
        let sizes: Vec<usize> = sets.iter().map(Vec::len).collect();
        same(&format!("{what}: smallest first"), &sizes.is_sorted(), &true)?;
        let family: BTreeSet<BTreeSet<String>> = sets.iter().map(|set| set.iter().cloned().collect()).collect();
        same(&format!("{what}: each listed once"), &family.len(), &sets.len())?;
        Ok(family)
    };
    let ids =
        |set: &[winset_settle::Constraint]| set.iter().map(|constraint| constraint.id(carried)).collect::<Vec<_>>();
    let blocking = listed(blocked.blocking_sets.iter().map(|set| ids(&set.constraints)).collect(), "blocking sets")?;
    let corrections = listed(blocked.corrections.iter().map(|set| ids(set)).collect(), "corrections")?;
    let expected = table.blocking_and_corrections();
    same("minimal blocking sets", &blocking, &expected.0)?;
    same("minimal corrections", &corrections, &expected.1)?;

    if table.candidates.is_empty() {
        seen.note("tables where no deal could be made at all");
        return same("cause", &blocked.cause, &Cause::Exclusion);
    }
    let mut pivotal = blocked.pivotal.clone();
    pivotal.sort_unstable();
    let mut expected_pivotal = table.pivotal(&table.players);
    expected_pivotal.sort_unstable();
    same("pivotal seats", &pivotal, &expected_pivotal)?;

    let headline = blocked.blocking_sets.iter().map(|set| set.cause).min();
    same("headline: the first cause of any blocking set", &Some(blocked.cause), &headline)?;
    for set in &blocked.blocking_sets {
        cause(carried, table, &ids(&set.constraints), set.cause)
            .map_err(|difference| format!("{:?}: {difference}", ids(&set.constraints)))?;
    }

    let valuation = Valuation::new(carried).map_err(|error| format!("{error:?}"))?;
    let judges: BTreeSet<ActorId> = blocked.shortfalls.iter().map(|(actor, _)| *actor).collect();
    same(
        "whose shortfall",
        &judges,
        &table.judges.iter().copied().filter(|judge| table.checker.has_preferences(*judge)).collect(),
    )?;
    for (actor, shortfall) in &blocked.shortfalls {
        let context = |difference| format!("shortfall of {}: {difference}", carried.actors[actor.0].id);
        let unit = valuation.actor(*actor).map(|worth| worth.unit).ok_or("no worth")?;
        match (shortfall, table.shortfall(*actor)) {
            (Shortfall::By { missing, package }, Missing::By(least, packages)) => {
                same("missing", &units(*missing, unit), &least).map_err(context)?;
                same("at a package where it is least", &packages.contains(package), &true).map_err(context)?;
                same("missing is positive", &least.is_positive(), &true).map_err(context)?;
                seen.note("shortfalls measured");
            }
            (Shortfall::NoPrice { content_margin }, Missing::Forbidden(margin)) => {
                same("content margin", &units(*content_margin, unit), &margin).map_err(context)?;
                seen.note("shortfalls behind a line without a price");
            }
            (Shortfall::Undefined, Missing::Undefined) => seen.note("shortfalls undefined"),
            (engine, definition) => return Err(context(format!("{engine:?} against {definition:?}"))),
        }
    }

    seen.note_if("blocking sets of two and more", blocking.iter().any(|set| set.len() >= 2));
    seen.note_if("blocking sets of three and more", blocking.iter().any(|set| set.len() >= 3));
    seen.note_if("several blocking sets", blocking.len() >= 2);
    seen.note_if("several corrections", corrections.len() >= 2);
    seen.note_if("pivotal seats", !pivotal.is_empty());
    for (cause, name) in [
        (Cause::Exclusion, "cause exclusion"),
        (Cause::Representation, "cause representation"),
        (Cause::Mandate, "cause mandate"),
        (Cause::Procedure, "cause procedure"),
        (Cause::Content, "cause content"),
        (Cause::PreferenceGap, "cause preference gap"),
    ] {
        seen.note_if(name, blocked.blocking_sets.iter().any(|set| set.cause == cause));
    }
    Ok(())
}

/// The cause of a blocking set fits what is in it.
fn cause(carried: &Case, table: &Table<'_>, ids: &[String], cause: Cause) -> Result<(), Difference> {
    let members: Vec<_> = table.demands.iter().copied().filter(|demand| ids.contains(&table.id(*demand))).collect();
    // Benchmarks are what concluding means: they are the cause only where they contradict each other.
    let from_members =
        if ids.iter().any(|id| id.starts_with("mandate:")) || ids.iter().all(|id| id.starts_with("benchmark:")) {
            Cause::Mandate
        } else if members.iter().any(|demand| table.is_procedural(*demand)) {
            Cause::Procedure
        } else if ids.iter().any(|id| id.starts_with("red-line:")) {
            Cause::Content
        } else {
            Cause::PreferenceGap
        };
    match cause {
        Cause::Exclusion => same("exclusion is about what the mandate asks for", &from_members, &Cause::Mandate),
        Cause::Representation => {
            let delegated = |id: &String| {
                let (_, rest) = id.split_once(':').expect("a kind");
                carried
                    .actors
                    .iter()
                    .any(|actor| actor.principal.is_some() && rest.split('.').next() == Some(actor.id.as_str()))
            };
            same("representation is about a delegation", &ids.iter().any(delegated), &true)
        }
        other => same("cause", &other, &from_members),
    }
}

/// Every player's gain share from every package of the kind this table is about, as it stands in terms: against its best among what all
/// accept, or, where they accept nothing, among what the track could decide.
fn shares(case: &Case, carried: &Case, table: &Table<'_>, seen: &mut Seen) -> Result<(), Difference> {
    let (named, outcomes) = with_packages(case);
    let acceptable = table.acceptable();
    let over: Vec<&Deal> = if acceptable.is_empty() {
        table.candidates.iter().filter(|deal| table.meets_demands(deal)).collect()
    } else {
        acceptable.clone()
    };
    for actor in table.players.iter().copied() {
        let gain = |deal: &Deal| table.checker.judge(actor, deal).map(|judged| judged.gain()).ok_or("no judgement");
        let gains = over.iter().map(|deal| gain(deal)).collect::<Result<Vec<_>, _>>()?;
        let Some(best) = gains.into_iter().max().filter(Signed::is_positive) else { continue };
        for (index, to) in outcomes.iter().enumerate() {
            let deal =
                Deal { track: table.track, to: to.clone(), concludes: table.checker.conclusion(table.track, to) };
            let no_deal = checker_today(table) == Some(to) && deal.concludes.is_none();
            if no_deal || deal.concludes.is_some() != (table.deals == Deals::Concluding) {
                continue;
            }
            let share = winset_settle::gain_share(&named, actor, PackageId(index), table.track)
                .map_err(|refusal| refusal.to_string())?;
            let expected = Some((gain(&deal)? / &best, !acceptable.is_empty()));
            let context = |difference| format!("{} of {to:?}: {difference}", carried.actors[actor.0].id);
            same("gain share", &share, &expected).map_err(context)?;
            seen.note("gain shares");
        }
    }
    Ok(())
}

/// What levers open, at every table.
pub(crate) fn compare_levers(case: &Case, seen: &mut Seen) -> Result<(), Difference> {
    for track in tracks(case) {
        for deals in kinds(case, track) {
            let context = |difference| format!("levers at {} ({deals:?}): {difference}", case.tracks[track.0].id);
            unlocking(case, track, deals, seen).map_err(context)?;
        }
    }
    Ok(())
}

fn unlocking(case: &Case, track: TrackId, deals: Deals, seen: &mut Seen) -> Result<(), Difference> {
    let engine: Unlock = winset_settle::unlock(case, track, deals).map_err(|refusal| refusal.to_string())?;
    let levers = Levers::new(case, track, deals, engine.minimal.is_empty());
    same("available levers", &engine.available, &levers.available)?;

    // Levers in use stay in use, named or not.
    let in_use: u64 = case.levers.iter().enumerate().filter(|(_, lever)| lever.on).map(|(index, _)| 1 << index).sum();
    let with_those_in_use = |levers: &[LeverId]| combination(levers) | in_use;
    let listed: BTreeSet<u64> = engine.minimal.iter().map(|levers| with_those_in_use(levers)).collect();
    same("minimal combinations that open", &listed, &levers.minimal().into_iter().collect())?;
    same("each listed once", &listed.len(), &engine.minimal.len())?;
    let cheapest = levers.minimal().into_iter().map(|mask| Levers::cost(case, mask & !in_use)).min();
    let beyond = |levers: &[LeverId]| Levers::cost(case, combination(levers) & !in_use);
    same("least cost beyond what is in use", &engine.cheapest.as_ref().map(|(levers, _)| beyond(levers)), &cheapest)?;
    if let Some((levers, cost)) = &engine.cheapest {
        same("the cheapest is one of them", &engine.minimal.contains(levers), &true)?;
        same("and costs what it says", &Levers::cost(case, combination(levers)), &q(*cost))?;
    }

    // Levers said not to matter do not: combinations that agree on the others give the same answer.
    let relevant = combination(&engine.relevant);
    let mut answers: BTreeMap<u64, bool> = BTreeMap::new();
    for (mask, open) in &levers.opens {
        same("a lever that does not matter", open, answers.entry(mask & relevant).or_insert(*open))?;
    }
    same("combinations decided", &engine.combinations, &(answers.len() as u64))?;

    let names =
        |levers: &[LeverId]| levers.iter().map(|lever| case.levers[lever.0].id.as_str()).collect::<Vec<_>>().join(" ");
    if engine.minimal.is_empty() {
        let nearest: BTreeMap<ActorId, Q> =
            engine.near_misses.iter().map(|miss| (miss.actor, units(miss.missing, miss.unit))).collect();
        same("near misses", &nearest, &levers.nearest)?;
        for miss in &engine.near_misses {
            same("an admissible near miss", &admissible(case, with_those_in_use(&miss.levers)), &true)?;
            let under = with(case, with_those_in_use(&miss.levers));
            let shortfall = Table::new(&under, track, deals).shortfall(miss.actor);
            let Missing::By(missing, _) = shortfall else {
                return Err(format!("no near miss with {}", names(&miss.levers)));
            };
            same("near miss at its combination", &units(miss.missing, miss.unit), &missing)?;
            seen.note("near misses");
        }
    }

    let closed = levers.opens.get(&in_use) == Some(&false);
    seen.note("lever questions");
    seen.note_if("lever questions with levers in use", in_use != 0);
    seen.note_if("unlocks found", closed && !engine.minimal.is_empty());
    seen.note_if(
        "unlocks of two levers and more",
        closed && engine.minimal.iter().any(|set| set.len() >= 2 + in_use.count_ones() as usize),
    );
    seen.note_if("several unlocks", closed && engine.minimal.len() >= 2);
    seen.note_if("proofs that no lever opens", !case.levers.is_empty() && engine.minimal.is_empty());
    let excluded = levers.opens.len() < 1 << (engine.available.len() - in_use.count_ones() as usize);
    seen.note_if("combinations ruled out by requires and excludes", excluded);
    Ok(())
}
