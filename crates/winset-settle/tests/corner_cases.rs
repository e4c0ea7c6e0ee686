//! Small cases in which a sentence of the model page decides, each read off that sentence.

use winset_case::{Case, TrackId};
use winset_settle::{Deals, acceptable_count, settle, unlock};

const TALKS: TrackId = TrackId(0);

const LAND: &str = r#"
[case]
title = "Land"
as_of = 2020-01-01

[issue.land]
name = "Land"
options = ["held", "returned"]
"#;

fn read(text: &str) -> Case {
    let reading = winset_case::read(text);
    reading.case.unwrap_or_else(|| panic!("refused: {:#?}\n{text}", reading.diagnostics))
}

fn deals(text: &str) -> u64 {
    acceptable_count(&read(text), TALKS, Deals::Mandate).expect("an answer")
}

/// "A patron presses only for a deal [it] accepts"; a delegation with preferences of its own "accepts only what both accept".
#[test]
fn a_delegation_presses_only_for_what_its_principal_accepts_too() {
    let principal = |refuses: bool| {
        let (held, returned) = if refuses { (1, 0) } else { (0, 1) };
        format!(
            r#"{LAND}
            [actor.state]
            name = "State"
            fallback = {{ cost_of_going_on = 0 }}
            weights = {{ land = 1 }}
            values = {{ land = {{ held = {held}, returned = {returned} }} }}

            [actor.envoy]
            name = "Envoy"
            principal = "state"
            fallback = {{ cost_of_going_on = 0 }}
            weights = {{ land = 1 }}
            values = {{ land = {{ held = 0, returned = 1 }} }}

            [actor.client]
            name = "Client"
            fallback = {{ cost_of_going_on = 0 }}
            weights = {{ land = 1 }}
            values = {{ land = {{ held = 0.5, returned = 0.4 }} }}

            [tie.press]
            kind = "patron"
            from = "envoy"
            to = "client"
            leverage = 0.2

            [track.talks]
            name = "Talks"
            agenda = ["land"]
            seats = {{ client = "party" }}
            "#
        )
    };
    assert_eq!(deals(&principal(false)), 1);
    assert_eq!(deals(&principal(true)), 0);
}

/// "A line over content alone is broken by the deal that first makes its condition true": before any agreement none has been made true,
/// and two ways of writing one condition mean the same.
#[test]
fn before_any_agreement_no_red_line_is_broken_already() {
    for refused in [
        "price = high",
        "price != low",
        "not price = low",
        "changed(price) implies price = high",
        "price = low iff false",
    ] {
        let text = format!(
            r#"
            [case]
            title = "Price"
            as_of = 2020-01-01
            today = "no-agreement"

            [issue.price]
            name = "Price"
            options = ["low", "high"]

            [actor.buyer]
            name = "Buyer"
            fallback = 0
            weights = {{ price = 1 }}
            values = {{ price = {{ low = 1, high = 0.5 }} }}
            [[actor.buyer.red_line]]
            id = "dear"
            when = "{refused}"

            [track.talks]
            name = "Talks"
            agenda = ["price"]
            seats = {{ buyer = "party" }}
            "#
        );
        assert_eq!(deals(&text), 1, "a buyer who refuses `{refused}`");
    }
}

const EXCLUDED: &str = r#"
[issue.water]
name = "Water"
options = ["none", "shared"]

[actor.a]
name = "A"
fallback = { cost_of_going_on = 0 }
weights = { land = 1 }
values = { land = { held = 0.5, returned = 0.4 } }

[track.talks]
name = "Talks"
agenda = ["land"]
seats = { a = "party" }

[track.elsewhere]
name = "Elsewhere"
agenda = ["water"]
seats = { a = "party" }

[lever.war]
name = "War"
edits = ["actor.a.cost_of_going_on += 0.2"]
excludes = ["peacekeepers"]

[lever.peacekeepers]
name = "Peacekeepers elsewhere"
edits = ["track.elsewhere.status = planned"]
"#;

/// A lever in use rules out those it excludes, also at tables where it has no effect of its own.
#[test]
fn a_lever_in_use_elsewhere_still_excludes() {
    let mut case = read(&format!("{LAND}{EXCLUDED}"));
    let opening = |case: &Case| unlock(case, TALKS, Deals::Mandate).expect("an answer").minimal.len();
    assert_eq!(opening(&case), 1);
    case.levers[1].on = true;
    assert_eq!(opening(&case), 0);
}

/// Weights "are normalised to sum to 1": an actor whose last weight an edit takes away has no worth any more, which is not consent.
#[test]
fn consent_cannot_be_edited_away() {
    let mut case = read(&format!("{LAND}{EXCLUDED}"));
    let edit = winset_case::read_edit("actor.a.weights.land = 0", &case);
    if let Ok(edit) = edit {
        case.apply(&[edit]);
        let settled = settle(&case, TALKS, Deals::Mandate);
        assert!(settled.is_err() || settled.is_ok_and(|settlement| !settlement.players.is_empty()), "nobody is asked");
    }
}

/// "So the principal's red lines always bind": where nothing could weigh them the case is refused, rather than read without them.
#[test]
fn a_principals_red_lines_are_never_ignored() {
    let text = format!(
        r#"{LAND}
        [actor.council]
        name = "Council"
        [[actor.council.red_line]]
        id = "no-return"
        when = "land = returned"

        [actor.delegation]
        name = "Delegation"
        principal = "council"
        fallback = {{ cost_of_going_on = 0.1 }}
        weights = {{ land = 1 }}
        values = {{ land = {{ held = 0.4, returned = 0.6 }} }}

        [track.talks]
        name = "Talks"
        agenda = ["land"]
        seats = {{ delegation = "party" }}
        "#
    );
    let refused_or_bound =
        winset_case::read(&text).case.is_none_or(|case| acceptable_count(&case, TALKS, Deals::Mandate) == Ok(0));
    assert!(refused_or_bound);
}
