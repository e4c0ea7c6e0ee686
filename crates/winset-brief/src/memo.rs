//! What an option buys, in sentences: the text of an options memo.

use winset_case::{ActorId, BenchmarkId, Case, Decimal, FrameworkId, PolicyOption, Status as TrackStatus, TrackId};
use winset_settle::{Amount, BigRational, Blocked, Delivery, Shortfall};

use crate::answers::Answers;
use crate::called;
use crate::claims::Status;
use crate::compare::{BlockingChange, Comparison, OptionAnswers, TableChange};
use crate::words::{blockers, capital, counted, list, number, reason, route_words};

/// What is to be said about one option. Every entry is a sentence or a few; a list that is empty says that there is nothing to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memo {
    /// What it consists of.
    pub does: String,
    /// What it costs, and whom.
    pub costs: String,
    /// Tables it opens or shuts, and what it does to the settlement.
    pub buys: Vec<String>,
    /// Who is better off where the process stops.
    pub gains: String,
    /// Who is worse off there.
    pub loses: String,
    /// Claims whose verdict it changes.
    pub claims: Vec<String>,
    /// Benchmarks not filled and tables still without a deal, with what blocks them.
    pub unmet: Vec<String>,
}

/// Says what an option buys.
pub fn memo(comparison: &Comparison, option: &OptionAnswers) -> Memo {
    let (gains, loses) = gains_and_losses(comparison, option);
    let case = &option.answers.case;
    Memo {
        does: option_words(case, &option.option),
        costs: costs(case, option),
        buys: buys(comparison, option),
        gains,
        loses,
        claims: claims(comparison, option),
        unmet: unmet(comparison, option),
    }
}

/// What an option consists of: the reading, the levers and the edits.
pub fn option_words(case: &Case, option: &PolicyOption) -> String {
    let mut parts = Vec::new();
    if let Some(reading) = option.reading {
        parts.push(format!("read as {}", case.readings[reading.0].name));
    }
    for lever in option.levers.iter().map(|lever| &case.levers[lever.0]) {
        let note = if lever.available { "" } else { " (not available today)" };
        parts.push(format!("{}{note}", lever.name));
    }
    parts.extend(option.edits.iter().map(|edit| format!("`{}`", edit.text)));
    if parts.is_empty() {
        "Nothing is done: what stands goes on.".to_owned()
    } else {
        format!("{}.", capital(&parts.join("; ")))
    }
}

fn costs(case: &Case, option: &OptionAnswers) -> String {
    let known = option.costs.iter().filter(|(_, cost)| *cost != Decimal::ZERO);
    let parts: Vec<String> = known
        .map(|(owner, cost)| match owner {
            Some(owner) => format!("{cost} to {}", called::actor(case, *owner)),
            None => format!("{cost}, to nobody named"),
        })
        .collect();
    match (parts.is_empty(), option.levers.is_empty()) {
        (false, _) => format!("{}.", list(&parts)),
        (true, false) => "Its levers cost nothing.".to_owned(),
        (true, true) => "It uses no levers, which are what has a cost here.".to_owned(),
    }
}

fn buys(comparison: &Comparison, option: &OptionAnswers) -> Vec<String> {
    let case = &option.answers.case;
    let mut sentences = Vec::new();
    for (wanted, verb) in [(TableChange::Opened, "Opens"), (TableChange::Shut, "Shuts")] {
        let tables: Vec<String> = comparison
            .tables(option)
            .filter(|(.., change)| *change == wanted)
            .map(|(track, deals, before, after, _)| {
                let count = if wanted == TableChange::Opened { after.acceptable() } else { before.acceptable() };
                let count =
                    count.map_or_else(|| "too many packages to count".to_owned(), |count| counted(count, "package"));
                let gone = if wanted == TableChange::Opened { "" } else { " today" };
                format!("{} ({count}{gone})", called::table(case, track, deals))
            })
            .collect();
        if !tables.is_empty() {
            sentences.push(format!("{verb} {}.", list(&tables)));
        }
    }
    let moved: Vec<String> = comparison
        .tables(option)
        .filter(|(.., change)| *change == TableChange::Changed)
        .map(|(track, deals, before, after, _)| {
            let count = |table: &crate::brief::TableBrief| number(table.acceptable().unwrap_or(0));
            format!("{} has {} deals instead of {}", called::table(case, track, deals), count(after), count(before))
        })
        .collect();
    if !moved.is_empty() {
        sentences.push(format!("{}.", capital(&list(&moved))));
    }
    let frameworks = (0..case.frameworks.len()).map(FrameworkId);
    sentences.extend(frameworks.filter_map(|framework| settlement(comparison, option, framework)));
    if sentences.is_empty() {
        sentences.push("Nothing: every table has the deals it has today.".to_owned());
    }
    sentences
}

/// The benchmarks that hold where assembly of a framework comes farthest; `None` where that was not computed.
pub fn filled(answers: &Answers, framework: FrameworkId) -> Option<Vec<BenchmarkId>> {
    let entry = answers.framework(framework)?;
    let standing = || {
        let benchmarks = answers.case.frameworks[framework.0].benchmarks.iter().enumerate();
        benchmarks.filter(|(_, benchmark)| benchmark.on).map(|(index, _)| BenchmarkId(index)).collect()
    };
    Some(entry.stop.as_ref().map_or_else(standing, |stop| stop.met.clone()))
}

/// How soon some track can deliver a benchmark.
pub fn filled_by(answers: &Answers, framework: FrameworkId, benchmark: BenchmarkId) -> &'static str {
    if !answers.case.frameworks[framework.0].benchmarks[benchmark.0].on {
        return "not asked for";
    }
    let Some(Ok(assembly)) = &answers.assembly else { return "not computed" };
    let mine = assembly.coverage.iter().filter(|cell| (cell.framework, cell.benchmark) == (framework, benchmark));
    let soonest = mine.map(|cell| match &cell.delivery {
        Delivery::Stands => 0,
        Delivery::Now => 1,
        Delivery::After(_) => 2,
        Delivery::Closed | Delivery::OffAgenda | Delivery::Mandate | Delivery::Refused(_) => 3,
    });
    ["stands", "now", "after deals", "no"][soonest.min().unwrap_or(3)]
}

fn benchmark_names(case: &Case, framework: FrameworkId, benchmarks: &[BenchmarkId]) -> String {
    let body = &case.frameworks[framework.0];
    list(&benchmarks.iter().map(|benchmark| body.benchmarks[benchmark.0].id.as_str()).collect::<Vec<_>>())
}

/// What an option does to the settlement a framework asks for, if it does anything to it.
fn settlement(comparison: &Comparison, option: &OptionAnswers, framework: FrameworkId) -> Option<String> {
    let (today, with) = (comparison.today.framework(framework)?, option.answers.framework(framework)?);
    let case = &option.answers.case;
    let name = called::framework(case, framework);
    match (today.conclusions.first(), with.conclusions.first()) {
        (None, Some(arrival)) => {
            let proof = if arrival.package_proof { "" } else { ", though only step by step" };
            Some(capital(&format!("{name} can be concluded {}{proof}.", route_words(case, &arrival.route))))
        }
        (Some(_), None) => Some(capital(&format!("{name} can no longer be concluded."))),
        (Some(before), Some(after)) if before.route.len() != after.route.len() => {
            let deals = |count: usize| counted(count as u64, "deal");
            let (before, after) = (number(before.route.len() as u64), deals(after.route.len()));
            Some(capital(&format!("{name} takes {after} instead of {before}.")))
        }
        (Some(_), Some(_)) => None,
        (None, None) => {
            let (before, after) = (filled(&comparison.today, framework)?, filled(&option.answers, framework)?);
            (before != after).then(|| {
                let what = if after.is_empty() {
                    "none of its benchmarks can be filled".to_owned()
                } else {
                    let names = benchmark_names(case, framework, &after);
                    format!("{} can be filled together ({names})", counted(after.len() as u64, "benchmark"))
                };
                format!("Of {name} {what}, instead of {}.", number(before.len() as u64))
            })
        }
    }
}

/// A change of worth with its sign.
pub fn signed(change: &BigRational) -> String {
    let figures = Amount::from(change.clone()).figures();
    if figures.starts_with('-') || figures == "0" { figures.replace('-', "\u{2212}") } else { format!("+{figures}") }
}

fn gains_and_losses(comparison: &Comparison, option: &OptionAnswers) -> (String, String) {
    if comparison.today.end.is_err() || option.answers.end.is_err() {
        let text = "Not known: where the process stops could not be computed.";
        return (text.to_owned(), text.to_owned());
    }
    let case = &option.answers.case;
    let revalued = comparison.revalued(option);
    let zero = BigRational::default();
    let mut changes = comparison.gains(option);
    // The largest change first; of equal ones in the order of the case.
    changes.sort_by(|(_, one), (_, other)| {
        let size = |change: &BigRational| if *change < zero { -change } else { change.clone() };
        size(other).cmp(&size(one))
    });
    let say = |wanted: &dyn Fn(&BigRational) -> bool| {
        let parts: Vec<String> = changes
            .iter()
            .filter(|(_, change)| wanted(change))
            .map(|(actor, change)| {
                let note = if revalued.contains(actor) { ", valued anew" } else { "" };
                format!("{} ({}{note})", called::actor(case, *actor), signed(change))
            })
            .collect();
        if parts.is_empty() { "Nobody.".to_owned() } else { format!("{}.", capital(&list(&parts))) }
    };
    (say(&|change| *change > zero), say(&|change| *change < zero))
}

/// Which claims come out otherwise, by what becomes of them.
fn claims(comparison: &Comparison, option: &OptionAnswers) -> Vec<String> {
    let case = &option.answers.case;
    let changed = comparison.claims(option);
    let becoming = |status: Status, becomes: &str| {
        let ids: Vec<String> = changed
            .iter()
            .filter(|(.., after)| *after == status)
            .map(|(claim, ..)| format!("`{}`", case.claims[*claim].id))
            .collect();
        let verb = if ids.len() == 1 {
            becomes.to_owned()
        } else {
            becomes.replace("fails", "fail").replace("holds", "hold").replace("is ", "are ")
        };
        (!ids.is_empty()).then(|| format!("{} {verb} with it.", list(&ids)))
    };
    let all = [(Status::Fails, "fails"), (Status::Holds, "holds"), (Status::Undecided, "is undecided")];
    all.into_iter().filter_map(|(status, becomes)| becoming(status, becomes)).collect()
}

fn unmet(comparison: &Comparison, option: &OptionAnswers) -> Vec<String> {
    let case = &option.answers.case;
    let mut sentences = Vec::new();
    for framework in (0..case.frameworks.len()).map(FrameworkId) {
        let Some(stop) = option.answers.framework(framework).and_then(|entry| entry.stop.as_ref()) else { continue };
        let name = called::framework(case, framework);
        if !stop.missing.is_empty() {
            let missing = benchmark_names(case, framework, &stop.missing);
            sentences.push(capital(&format!("{name}: {missing} not filled.")));
        }
    }
    let mut as_today = Vec::new();
    for (track, deals, before, after, _) in comparison.tables(option) {
        let Some(blocked) = after.blocked() else { continue };
        let name = called::table(case, track, deals);
        let (who, change) = (in_the_way(option, track, blocked), BlockingChange::between(before, after));
        let was = before.blocked();
        let same_reason =
            was.is_some_and(|was| was.no_meeting == blocked.no_meeting && was.shortfalls == blocked.shortfalls);
        if same_reason && change.new.is_empty() && change.gone.is_empty() {
            as_today.push(format!("{name} ({who})"));
        } else if case.tracks[track.0].status != TrackStatus::Closed {
            let sets = if was.is_some() { sets_words(&change) } else { String::new() };
            sentences.push(capital(&format!("{name}: no deal, {who}{sets}.")));
        }
    }
    if !as_today.is_empty() {
        sentences.push(format!("As today there is no deal at {}.", list(&as_today)));
    }
    sentences
}

/// Who stands in the way at a table, and how far each is from agreeing; or why nobody does.
fn in_the_way(option: &OptionAnswers, track: TrackId, blocked: &Blocked) -> String {
    let case = &option.answers.case;
    let who = blockers(blocked).into_iter().map(|actor| {
        let name = called::actor(case, actor);
        match blocked.shortfalls.iter().find(|(judge, _)| *judge == actor) {
            Some((_, Shortfall::By { missing, .. })) => {
                format!("{name}, {} short", crate::figures::worth(&Amount::of_units(*missing, unit_of(option, actor))))
            }
            Some((_, Shortfall::NoPrice { .. })) => format!("{name}, beyond price"),
            _ => name.to_owned(),
        }
    });
    let who: Vec<String> = who.collect();
    if who.is_empty() { reason(case, track, blocked) } else { who.join("; ") }
}

/// How the minimal blocking sets differ from today's.
fn sets_words(change: &BlockingChange) -> String {
    let sets = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("one {one}")),
        count => Some(format!("{count} {many}")),
    };
    let parts = [
        sets(change.still.len(), "still blocks", "still block"),
        sets(change.gone.len(), "no longer does", "no longer do"),
        sets(change.new.len(), "is new", "are new"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if change.new.is_empty() && change.gone.is_empty() {
        String::new()
    } else {
        format!(" (of the minimal blocking sets {})", list(&parts))
    }
}

/// Units in a worth of 1 of an actor, with an option taken.
fn unit_of(option: &OptionAnswers, actor: ActorId) -> i128 {
    let applied = option.answers.case.with_levers();
    let valuation = winset_worth::Valuation::new(&applied).ok();
    valuation.and_then(|valuation| Some(valuation.actor(actor)?.unit)).unwrap_or(1)
}
