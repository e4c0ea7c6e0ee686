//! Options side by side: figures by hand, and what must hold whatever the options are.

use winset_brief::{Answers, BlockingChange, Comparison, TableChange, memo};
use winset_case::{ActorId, Case, PolicyOption, TrackId, read, read_option};
use winset_settle::{Amount, Deals};

/// Two neighbours and a river. North accepts a share of it and no dam; South needs the dam. Money from outside makes up for it.
const RIVER: &str = r#"
[case]
title = "A river"
as_of = 2024-05-01

[issue.dam]
options = ["none", "built"]

[issue.water]
options = ["as-is", "shared"]

[actor.north]
name = "North"
fallback = { cost_of_going_on = 0.1 }
weights = { dam = 1, water = 1 }
values = { dam = { none = 1, built = 0 }, water = { as-is = 0.4, shared = 1 } }

[[actor.north.linkage]]
id = "money"
when = "dam = built and lever(money)"
bonus = 0.5

[actor.south]
name = "South"
fallback = { cost_of_going_on = 0.2 }
weights = { dam = 3, water = 1 }
values = { dam = { none = 0, built = 1 }, water = { as-is = 1, shared = 0 } }

[actor.bank]
name = "The bank"

[track.talks]
name = "Talks"
agenda = ["dam", "water"]
mandate = "dam = built"
concludes = "treaty"
seats = { north = "party", south = "party" }

[framework.treaty]
name = "The treaty"
benchmarks = { dam = "dam = built", water = "water = shared" }

[lever.money]
name = "Money for the dam"
owner = "bank"
cost = 2

[lever.talk]
name = "Talk it up"
edits = ["actor.south.cost_of_going_on += 0.05"]

[option.pay]
name = "Pay"
actor = "bank"
levers = ["money", "talk"]

[[claim]]
id = "stuck"
says = "Nothing can be agreed."
check = "empty(talks)"
"#;

fn case() -> Case {
    let reading = read(RIVER);
    reading.case.unwrap_or_else(|| panic!("{:#?}", reading.diagnostics))
}

fn compared(case: &Case, options: &[&str]) -> Comparison {
    let options: Vec<PolicyOption> =
        options.iter().map(|text| read_option(text, case).unwrap_or_else(|wrong| panic!("{wrong:#?}"))).collect();
    Comparison::of(case, &options, 2)
}

#[test]
fn what_money_buys_at_the_river() {
    let case = case();
    let comparison = compared(&case, &["pay"]);
    let option = &comparison.options[0];
    // Today: North has 0.5 + 0.2 = 0.7. The dam takes away 0.5 and sharing gives 0.3: 0.5, less than 0.7 at stake less nothing. With money 0.5 more.
    let tables: Vec<_> = comparison.tables(option).map(|(track, deals, .., change)| (track, deals, change)).collect();
    assert_eq!(
        tables,
        [(TrackId(0), Deals::Mandate, TableChange::Opened), (TrackId(0), Deals::Concluding, TableChange::Opened)]
    );
    assert_eq!(option.costs, [(case.actor_id("bank"), "2".parse_decimal()), (None, "0".parse_decimal())]);
    let claims: Vec<_> =
        comparison.claims(option).into_iter().map(|(_, before, after)| (before.word(), after.word())).collect();
    assert_eq!(claims, [("holds", "fails")]);

    // As it stands nothing is reached: today's worth less the cost of going on, 0.7 - 0.1 and 0.25 - 0.2.
    let today = comparison.today.end.as_ref().unwrap();
    let figures = |answers: &Answers, actor: usize| {
        let payoff = answers.end.as_ref().unwrap().payoffs[actor].clone().unwrap();
        Amount::from(payoff.here).to_f64().unwrap()
    };
    assert!(!today.concluded && today.route.is_empty());
    assert_eq!((figures(&comparison.today, 0), figures(&comparison.today, 1)), (0.6, 0.05));
    // With money the treaty is concluded: 0 + 0.5 + 0.5 for North, 0.75 for South; nobody's conflict goes on.
    assert!(option.answers.end.as_ref().unwrap().concluded);
    assert_eq!((figures(&option.answers, 0), figures(&option.answers, 1)), (1.0, 0.75));
    let gains: Vec<_> = comparison
        .gains(option)
        .into_iter()
        .map(|(actor, gain)| (actor, Amount::from(gain).to_f64().unwrap()))
        .collect();
    assert_eq!(gains, [(ActorId(0), 0.4), (ActorId(1), 0.7)]);
    assert!(comparison.revalued(option).is_empty());

    let memo = memo(&comparison, option);
    assert_eq!(memo.costs, "2 to The bank.");
    assert_eq!(memo.gains, "South (+0.700) and North (+0.400).");
    assert_eq!(memo.loses, "Nobody.");
    assert_eq!(memo.claims, ["`stuck` fails with it."]);
    assert!(memo.unmet.is_empty(), "{:?}", memo.unmet);
}

/// A case's decimals, as the case writes them.
trait ParseDecimal {
    fn parse_decimal(&self) -> winset_case::Decimal;
}

impl ParseDecimal for str {
    fn parse_decimal(&self) -> winset_case::Decimal {
        winset_case::Decimal::parse(self).unwrap()
    }
}

#[test]
fn an_option_that_does_nothing_changes_nothing() {
    let case = case();
    let nothing = PolicyOption { levers: Vec::new(), ..read_option("pay", &case).unwrap() };
    let comparison = Comparison::of(&case, &[nothing], 1);
    let option = &comparison.options[0];
    assert!(comparison.tables(option).all(|(.., change)| change == TableChange::Same));
    assert!(comparison.claims(option).is_empty() && option.costs.is_empty());
    assert!(comparison.gains(option).iter().all(|(_, gain)| *gain == winset_settle::BigRational::default()));
    for (.., before, after, _) in comparison.tables(option) {
        let change = BlockingChange::between(before, after);
        assert!(change.new.is_empty() && change.gone.is_empty() && !change.still.is_empty());
    }
}

/// Whatever is laid over the case, the answers are those of the case with it in the file.
#[test]
fn an_option_is_the_edited_case() {
    let case = case();
    for text in [
        "money",
        "track.talks.mandate = none",
        "No water: track.talks.agenda -= water; money",
        "track.talks.seats.north = none",
    ] {
        let comparison = compared(&case, &[text]);
        let edited = read_option(text, &case).unwrap().applied_to(&case);
        let alone = Answers::of(edited);
        for (track, deals, table) in alone.tables() {
            let beside = comparison.options[0].answers.table(track, deals).unwrap();
            assert_eq!(beside.acceptable(), table.acceptable(), "{text}");
        }
        assert_eq!(
            comparison.options[0].answers.end.as_ref().unwrap().payoffs,
            alone.end.as_ref().unwrap().payoffs,
            "{text}"
        );
    }
}

#[test]
fn a_change_of_values_is_said_to_be_one() {
    let case = case();
    let comparison = compared(&case, &["actor.north.values.dam.built = 0.9", "actor.north.linkage.money.bonus = 0.9"]);
    assert_eq!(comparison.revalued(&comparison.options[0]), [ActorId(0)]);
    assert!(comparison.revalued(&comparison.options[1]).is_empty());
}
