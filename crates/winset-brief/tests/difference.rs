//! Two versions of a case compared by what they mean.

use winset_brief::{Agreement, Difference, FactKind};
use winset_case::{Case, read};

const CASE: &str = r#"
[case]
title = "A river"
as_of = 2024-05-01

[source.survey]
title = "A survey"
reliability = "B"

[issue.dam]
options = ["none", "low", "high"]

[issue.water]
options = ["as-is", "shared"]

[define]
built = "dam != none"

[actor.north]
name = "North"
source = "survey P1"
basis = "inferred"
fallback = { cost_of_going_on = 0.1 }
weights = { dam = 1, water = 2 }
values = { dam = { none = 1, low = 0.5, high = 0 }, water = { as-is = 0.4, shared = 1 } }

[[actor.north.red_line]]
id = "flood"
when = "built and water = as-is"
price = { low = 0.1, mode = 0.2, high = 0.4 }

[actor.south]
name = "South"
fallback = { cost_of_going_on = 0.2 }
weights = { dam = 3, water = 1 }
values = { dam = { none = 0, low = 0.6, high = 1 }, water = { as-is = 1, shared = 0 } }

[tie.kin]
kind = "patron"
from = "south"
to = "north"
leverage = 0.1

[track.talks]
name = "Talks"
agenda = ["dam", "water"]
seats = { north = "party", south = "party" }

[lever.money]
name = "Money"
cost = 2
edits = ["actor.north.cost_of_going_on += 0.2"]

[reading.press]
name = "As the press has it"

[reading.press.actor.south]
fallback = { cost_of_going_on = 0.4 }

[option.as-the-press-has-it]
reading = "press"
levers = ["money"]

[move.build]
actor = "south"
settles = { dam = "high" }

[stability.preference.south]
worth = true

[[claim]]
id = "stuck"
says = "Nothing can be agreed."
check = "empty(talks)"
source = "survey"
"#;

fn case(text: &str) -> Case {
    let reading = read(text);
    reading.case.unwrap_or_else(|| panic!("{:#?}", reading.diagnostics))
}

/// The difference a change of the text makes.
fn difference(changes: &[(&str, &str)]) -> Difference {
    let mut text = CASE.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    Difference::between(case(CASE), case(&text))
}

/// What is said otherwise, as `path: before -> after`.
fn changed(difference: &Difference) -> Vec<String> {
    let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    difference
        .changed
        .iter()
        .map(|change| format!("{}: {} -> {}", change.path, side(&change.before), side(&change.after)))
        .collect()
}

fn paths(things: &[winset_brief::Thing]) -> Vec<&str> {
    things.iter().map(|thing| thing.path.as_str()).collect()
}

fn on(agreements: &[Agreement], kind: FactKind) -> &Agreement {
    agreements.iter().find(|entry| entry.kind == kind).unwrap_or_else(|| panic!("nothing on {kind:?}"))
}

#[test]
fn what_means_the_same_is_the_same() {
    let same = difference(&[
        // Another order, other words, other blanks, another scale of weights, another way to write a number.
        ("built and water = as-is", "water != shared and   not dam = none"),
        ("built = \"dam != none\"", "built = \"dam in {high, low}\""),
        ("weights = { dam = 3, water = 1 }", "weights = { dam = 0.75, water = 0.25 }"),
        ("leverage = 0.1", "leverage = { value = 0.10 }"),
        ("agenda = [\"dam\", \"water\"]", "agenda = [\"water\", \"dam\"]"),
        ("seats = { north = \"party\", south = \"party\" }", "seats = { south = \"party\", north = [\"party\"] }"),
    ]);
    // `not dam = none` is said with another word, and is the one thing here that a comparison of meanings does not see through.
    assert_eq!(
        changed(&same),
        ["actor.north.red_line.flood.when: built and water = as-is -> water != shared and not dam = none"]
    );
    assert!(same.answers.is_empty());
    let same = difference(&[("built and water = as-is", "water in {as-is} and dam in {high, low}")]);
    assert!(same.is_empty(), "{:?}", changed(&same));
}

#[test]
fn numbers_conditions_words_lists_and_evidence() {
    let other = difference(&[
        ("none = 1, low = 0.5, high = 0", "none = 1, low = 0.7, high = 0"),
        ("price = { low = 0.1, mode = 0.2, high = 0.4 }", "price = { low = 0.1, mode = 0.2, high = 0.5 }"),
        ("built = \"dam != none\"", "built = \"dam = high\""),
        ("basis = \"inferred\"", "basis = \"stated\""),
        ("agenda = [\"dam\", \"water\"]", "agenda = [\"dam\"]\nstatus = \"planned\""),
        ("edits = [\"actor.north.cost_of_going_on += 0.2\"]", "edits = [\"actor.north.cost_of_going_on += 0.3\"]"),
    ]);
    assert_eq!(
        changed(&other),
        [
            "define.built.condition: dam != none -> dam = high",
            "actor.north (basis): inferred -> stated",
            "actor.north.values.dam.low: 0.5 -> 0.7",
            "actor.north.red_line.flood.price: 0.2 (0.1 to 0.4) -> 0.2 (0.1 to 0.5)",
            "track.talks.status: open -> planned",
            "track.talks.agenda.water: on it -> -",
            "lever.money.edits: actor.north.cost_of_going_on += 0.2 -> actor.north.cost_of_going_on += 0.3",
        ]
    );
}

#[test]
fn things_are_added_and_removed_as_a_whole() {
    let line = "[[actor.north.red_line]]\nid = \"flood\"\nwhen = \"built and water = as-is\"\nprice = { low = 0.1, mode = 0.2, high = 0.4 }\n";
    let other = difference(&[
        (line, ""),
        ("[tie.kin]\nkind = \"patron\"\nfrom = \"south\"\nto = \"north\"\nleverage = 0.1\n", ""),
        (
            "[track.talks]",
            "[actor.elders]\nname = \"The elders\"\nfallback = 0.1\nweights = { dam = 1 }\nvalues.dam = { none = 0, low = 0, high = 1 }\n\n[[actor.elders.red_line]]\nid = \"none\"\nwhen = \"dam = high\"\n\n[track.talks]",
        ),
    ]);
    assert_eq!(paths(&other.added), ["actor.elders"], "its red line goes with it");
    assert_eq!(paths(&other.removed), ["actor.north.red_line.flood", "tie.kin"]);
    assert!(other.changed.is_empty(), "{:?}", changed(&other));
    let back = Difference::between(case(CASE), case(CASE));
    assert!(back.is_empty());
}

#[test]
fn options_and_moves_are_things_like_any_other() {
    let other = difference(&[
        ("reading = \"press\"\nlevers = [\"money\"]", "levers = [\"money\"]"),
        ("settles = { dam = \"high\" }", "settles = { dam = \"low\" }\nreversible = false"),
        ("[stability.preference.south]\nworth = true", "[stability.preference.south]\nweights = { build = 2 }"),
    ]);
    assert_eq!(
        changed(&other),
        [
            "option.as-the-press-has-it.reading: press -> -",
            "move.build.reversible: true -> false",
            "move.build.settles.dam: high -> low",
            "stability.preference.south.order: worth -> weights: build",
            "stability.preference.south.weights.build: - -> 2",
        ]
    );
}

#[test]
fn readings_say_what_only_they_change() {
    let other =
        difference(&[("cost_of_going_on = 0.4", "cost_of_going_on = 0.3"), ("leverage = 0.1", "leverage = 0.2")]);
    assert_eq!(
        changed(&other),
        ["tie.kin.leverage: 0.1 -> 0.2", "reading.press.actor.south.cost_of_going_on: 0.4 -> 0.3"]
    );
}

#[test]
fn answers_that_come_out_otherwise_are_named() {
    let other = difference(&[
        ("fallback = { cost_of_going_on = 0.1 }", "fallback = { cost_of_going_on = 0.6 }"),
        ("leverage = 0.1", "leverage = 0.9"),
    ]);
    let answers: Vec<&str> = other.answers.iter().map(|change| change.path.as_str()).collect();
    let deals = |answers: &winset_brief::Answers| answers.tracks[0].mandate.acceptable().unwrap();
    assert_ne!(deals(&other.before), deals(&other.after));
    assert!(answers.contains(&"track.talks: deals"), "{answers:?}");
    assert!(answers.contains(&"actor.north: worth where it stops"), "{answers:?}");
}

#[test]
fn two_coders_agree_as_far_as_they_do() {
    let other = difference(&[
        ("weights = { dam = 1, water = 2 }", "weights = { dam = 2, water = 4 }"),
        ("none = 1, low = 0.5, high = 0", "none = 1, low = 0.8, high = 0"),
        ("south = \"party\" }", "south = [\"party\", \"convener\"] }"),
        ("basis = \"inferred\"", ""),
    ]);
    let said = &other.agreement;
    assert_eq!((on(said, FactKind::Weight).compared, on(said, FactKind::Weight).equal), (4, 4), "only shares count");
    let values = on(said, FactKind::Value);
    assert_eq!((values.compared, values.equal, values.one_sided), (10, 9, 0));
    assert!((values.mean_difference.unwrap() - 0.03).abs() < 1e-12);
    // By hand: 20 values of sum 11.3 and squares 9.29, so D_e = 2 (20 * 9.29 - 11.3^2) / (20 * 19) and D_o = 2 * 0.3^2 / 20.
    let expected = 1.0 - (2.0 * 0.09 / 20.0) / (2.0 * (20.0 * squares() - sum() * sum()) / (20.0 * 19.0));
    assert!((values.alpha.unwrap() - expected).abs() < 1e-12, "{} {expected}", values.alpha.unwrap());
    let seats = on(said, FactKind::Seat);
    assert_eq!((seats.compared, seats.equal), (2, 1));
    let basis = on(said, FactKind::Basis);
    assert_eq!((basis.compared, basis.equal, basis.one_sided), (1, 0, 1));
    assert_eq!(on(&other.verdicts, FactKind::Claim).equal, 1);
}

/// The values of both coders in the test above.
fn codes() -> Vec<f64> {
    let first = [1.0, 0.5, 0.0, 0.4, 1.0, 0.0, 0.6, 1.0, 1.0, 0.0];
    let second = [1.0, 0.8, 0.0, 0.4, 1.0, 0.0, 0.6, 1.0, 1.0, 0.0];
    first.into_iter().chain(second).collect()
}

fn sum() -> f64 {
    codes().iter().sum()
}

fn squares() -> f64 {
    codes().iter().map(|code| code * code).sum()
}
