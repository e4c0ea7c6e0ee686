//! Decision rules against their definitions: random small tables with every rule, decided anew by trying all sets of constraints, seats and levers.

#[path = "rules/definition.rs"]
mod definition;
#[path = "rules/random_table.rs"]
mod random_table;

use std::collections::BTreeSet;

use definition::{Short, corrections, minimal_hitting, passes_without, shortfall};
use random_table::{Dice, RandomTable, RuleOf, deals};
use winset_case::{ActorId, Case, TrackId, read, read_edit};
use winset_settle::{Deals, Settlement, Shortfall, settle, unlock, winset_is_empty};

const TABLES: u64 = 400;

fn case_of(text: &str) -> Case {
    let reading = read(text);
    reading.case.unwrap_or_else(|| panic!("{:?}\n{text}", reading.diagnostics))
}

fn settled(text: &str) -> Settlement {
    settle(&case_of(text), TrackId(0), Deals::Mandate).expect("small enough to list")
}

fn answer(text: &str) -> String {
    format!("{:?}", settled(text))
}

/// The same without the pivotal seats, which depend on what becomes of the votes of a seat that leaves.
fn answer_as_seated(text: &str) -> String {
    let mut settlement = settled(text);
    settlement.blocked.iter_mut().for_each(|blocked| blocked.pivotal.clear());
    format!("{settlement:?}")
}

#[test]
fn every_rule_accepts_what_its_definition_does() {
    for seed in 0..TABLES {
        let table = RandomTable::new(seed, None);
        let expected = deals().filter(|package| passes_without(&table, package, &BTreeSet::new())).count();
        assert_eq!(settled(&table.text()).acceptable_count, expected as u64, "seed {seed}\n{}", table.text());
    }
}

/// Over all subsets of constraints: those whose loss lets a deal pass, the minimal ones, and the minimal sets that hit them all.
#[test]
fn blocking_and_correction_sets_are_those_of_the_definition() {
    let mut blocked_tables = 0;
    for seed in 0..TABLES {
        let table = RandomTable::new(seed, None);
        let text = table.text();
        let case = case_of(&text);
        let settlement = settled(&text);
        let Some(blocked) = &settlement.blocked else { continue };
        if blocked.no_meeting.is_some() {
            continue;
        }
        blocked_tables += 1;
        let ids = |sets: Vec<Vec<winset_settle::Constraint>>| -> BTreeSet<BTreeSet<String>> {
            sets.iter().map(|set| set.iter().map(|constraint| constraint.id(&case)).collect()).collect()
        };
        let expected = corrections(&table);
        assert_eq!(ids(blocked.corrections.clone()), expected, "corrections, seed {seed}\n{text}");
        let blocking = blocked.blocking_sets.iter().map(|set| set.constraints.clone()).collect();
        assert_eq!(ids(blocking), minimal_hitting(&expected), "blocking sets, seed {seed}\n{text}");
    }
    assert!(blocked_tables > 40, "only {blocked_tables} tables were blocked");
}

#[test]
fn shortfalls_are_over_what_would_pass_with_the_actor() {
    let mut defined = 0;
    for seed in 0..TABLES {
        let table = RandomTable::new(seed, None);
        let text = table.text();
        let Some(blocked) = settled(&text).blocked.filter(|blocked| blocked.no_meeting.is_none()) else { continue };
        let case = case_of(&text);
        let valuation = winset_worth::Valuation::new(&case).unwrap();
        for (actor, found) in &blocked.shortfalls {
            let expected = shortfall(&table, actor.0);
            let found = match found {
                Shortfall::By { missing, .. } => {
                    defined += 1;
                    let total: i64 = table.actors[actor.0].weights.iter().sum();
                    // The case counts in units of its own, so many to a worth of 1.
                    let unit = valuation.actor(*actor).unwrap().unit;
                    Short::By(i64::try_from(missing * 10 * i128::from(total) / unit).unwrap())
                }
                Shortfall::NoPrice { .. } => Short::NoPrice,
                Shortfall::Undefined => Short::Undefined,
            };
            assert_eq!(found, expected, "a{} at seed {seed}\n{text}", actor.0);
        }
    }
    assert!(defined > 40, "only {defined} shortfalls were defined");
}

#[test]
fn pivotal_seats_are_those_whose_loss_opens_the_table() {
    for seed in 0..TABLES {
        let table = RandomTable::new(seed, None);
        let text = table.text();
        let settlement = settled(&text);
        let Some(blocked) = settlement.blocked.filter(|blocked| blocked.no_meeting.is_none()) else { continue };
        let expected: Vec<ActorId> = (0..table.actors.len())
            .filter(|&actor| settlement.players.contains(&ActorId(actor)))
            .filter(|&actor| {
                let without = RandomTable { seated: table.seats_without(actor), ..table.clone() };
                deals().any(|package| passes_without(&without, &package, &BTreeSet::new()))
            })
            .map(ActorId)
            .collect();
        assert_eq!(blocked.pivotal, expected, "seed {seed}\n{text}");
    }
}

/// Levers of every sort that touch a vote: each combination decided by settling the edited case.
#[test]
fn levers_open_a_table_exactly_where_the_edited_table_is_open() {
    let mut opened = 0;
    for seed in 0..TABLES {
        let mut table = RandomTable::new(seed, None);
        table.levers = true;
        let text = table.text();
        let case = case_of(&text);
        if !winset_is_empty(&case, TrackId(0), Deals::Mandate).unwrap() {
            continue;
        }
        let found = unlock(&case, TrackId(0), Deals::Mandate).unwrap();
        let mut expected: Vec<BTreeSet<usize>> = Vec::new();
        let mut combinations: Vec<u32> = (0..1 << case.levers.len()).collect();
        combinations.sort_by_key(|combination| combination.count_ones());
        for combination in combinations {
            let levers: BTreeSet<usize> =
                (0..case.levers.len()).filter(|lever| combination >> lever & 1 == 1).collect();
            let mut used = case.clone();
            levers.iter().for_each(|&lever| used.levers[lever].on = true);
            if !expected.iter().any(|smaller| smaller.is_subset(&levers))
                && !winset_is_empty(&used, TrackId(0), Deals::Mandate).unwrap()
            {
                expected.push(levers);
            }
        }
        let found: BTreeSet<BTreeSet<usize>> =
            found.minimal.iter().map(|levers| levers.iter().map(|lever| lever.0).collect()).collect();
        opened += usize::from(!found.is_empty());
        assert_eq!(found, expected.into_iter().collect(), "seed {seed}\n{text}");
    }
    assert!(opened > 40, "levers opened only {opened} tables");
}

/// Theorem: under consensus and parties-only, dropping a seat never shrinks a win-set.
#[test]
fn under_consensus_dropping_a_seat_never_shrinks_a_winset() {
    for seed in 0..TABLES {
        for rule in [RuleOf::Consensus, RuleOf::PartiesOnly] {
            let table = RandomTable::new(seed, Some(rule));
            let before = settled(&table.text()).acceptable_count;
            for actor in 0..table.actors.len() {
                let without = RandomTable { seated: table.seats_without(actor), ..table.clone() };
                if without.seated.iter().any(|roles| roles.contains("party")) {
                    let after = settled(&without.text()).acceptable_count;
                    assert!(
                        after >= before,
                        "seed {seed}: {before} packages, {after} without seat {actor}\n{}",
                        table.text()
                    );
                }
            }
        }
    }
}

/// Under a quota it can: a seat taken away takes its votes along.
#[test]
fn under_a_quota_dropping_a_seat_can_shrink_a_winset() {
    let shrunk = (0..TABLES).any(|seed| {
        let table = RandomTable::new(seed, Some(RuleOf::Quota));
        let before = settled(&table.text()).acceptable_count;
        (0..table.actors.len()).any(|actor| {
            let without = RandomTable { seated: table.seats_without(actor), ..table.clone() };
            settled(&without.text()).acceptable_count < before
        })
    });
    assert!(shrunk, "no counterexample among {TABLES} tables");
}

/// A quota of all votes, whatever the seats weigh, is consensus: the whole answer is the same, blockers and bargaining points included.
/// Only the pivotal seats differ: one that leaves takes its votes along, and the quota stays.
#[test]
fn a_quota_of_all_votes_is_consensus() {
    for seed in 0..TABLES {
        let consensus = RandomTable::new(seed, Some(RuleOf::Consensus));
        let mut dice = Dice(seed);
        let votes: Vec<u64> = consensus.actors.iter().map(|_| 1 + dice.roll(5)).collect();
        let all = (0..votes.len()).filter(|&actor| !consensus.seated[actor].is_empty()).map(|actor| votes[actor]).sum();
        let quota = RandomTable { rule: RuleOf::Quota, votes, quota: all, ..consensus.clone() };
        assert_eq!(answer_as_seated(&quota.text()), answer_as_seated(&consensus.text()), "seed {seed}");
    }
}

/// One bloc of everyone with a share of 1, and a council of everyone without vetoes and with all votes, are consensus as well.
#[test]
fn a_bloc_of_all_and_a_council_of_all_are_consensus() {
    for seed in 0..TABLES {
        let consensus = RandomTable::new(seed, Some(RuleOf::Consensus));
        let seats = (0..consensus.actors.len()).filter(|&actor| !consensus.seated[actor].is_empty());
        let seats: Vec<usize> = seats.collect();
        let votes = vec![1; consensus.actors.len()];
        let bloc = RandomTable {
            rule: RuleOf::SufficientConsensus,
            votes: votes.clone(),
            blocs: vec![(seats.clone(), 10)],
            ..consensus.clone()
        };
        assert_eq!(answer(&bloc.text()), answer(&consensus.text()), "seed {seed}");
        let quota = seats.len() as u64;
        let council = RandomTable { rule: RuleOf::Council, votes, quota, veto: Vec::new(), ..consensus.clone() };
        assert_eq!(answer_as_seated(&council.text()), answer_as_seated(&consensus.text()), "seed {seed}");
    }
}

/// Edits of a rule say the same as the file.
#[test]
fn an_edited_rule_is_the_rule_written() {
    for seed in 0..TABLES {
        let table = RandomTable::new(seed, Some(RuleOf::Council));
        let consensus = RandomTable { rule: RuleOf::Consensus, spare_votes: true, ..table.clone() };
        let mut case = case_of(&consensus.text());
        let edit = read_edit("track.talks.rule = council", &case).expect("an edit");
        case.apply(&[edit]);
        let edited = settle(&case, TrackId(0), Deals::Mandate).unwrap();
        assert_eq!(format!("{edited:?}"), answer(&table.text()), "seed {seed}");
    }
}
