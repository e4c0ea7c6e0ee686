//! Which numbers the answers hang on, against the answers of the case written with the other number.

use std::collections::BTreeSet;

use winset_brief::{Answer, decide_all, influences, numbers, sources_never_cited};
use winset_case::{Case, read};
use winset_settle::{Deals, winset_is_empty};

/// A case whose two tracks hang on some of its numbers.
const CASE: &str = r#"
[case]
title = "A fence"
as_of = 2024-05-01

[source.survey]
title = "A survey"

[source.rumour]
title = "A rumour"

[issue.fence]
options = ["broken", "mended"]

[issue.gate]
options = ["shut", "open"]

[actor.north]
fallback = { cost_of_going_on = { low = -0.2, mode = 0.1, high = 0.3, source = "survey P1", basis = "stated" } }
weights = { fence = { low = 1, mode = 2, high = 4 }, gate = { low = 0, high = 0.1 } }
values.fence = { broken = { low = 0.2, high = 0.9 }, mended = 0.5 }
values.gate = { shut = 0.5, open = { low = 0.4, mode = 0.5, high = 0.6 } }

[[actor.north.red_line]]
id = "gate"
when = "gate = open"
price = { low = 0, mode = 0.2, high = 0.5 }

[actor.south]
fallback = { cost_of_going_on = { low = 0, mode = 0.1, high = 0.4 } }
weights = { fence = 1, gate = 1 }
values.fence = { broken = 0.5, mended = { low = 0.1, mode = 0.45, high = 0.8 } }
values.gate = { shut = 0.3, open = { low = 0, mode = 0.6, high = 1 } }

[actor.patron]
fallback = 0.1
weights = { fence = 1, gate = 1 }
values.fence = { broken = 0.2, mended = { low = 0, mode = 0.5, high = 1 } }
values.gate = { shut = 0.3, open = 0.6 }

[actor.hawk]
fallback = 0.9
weights = { fence = 1 }
values.fence = { broken = 0.8, mended = 0.1 }

[tie.patronage]
kind = "patron"
from = "patron"
to = "north"
leverage = { low = 0, mode = 0.1, high = 0.5 }

[track.talks]
agenda = ["fence"]
seats = { north = "party", south = "party" }

[track.gate-talks]
agenda = ["fence", "gate"]
mandate = "gate = open"
seats = { north = "party", south = "party" }

[track.closed]
agenda = ["fence"]
status = "closed"
seats = { north = "party" }

[track.council]
agenda = ["fence"]
seats = { north = "party", south = "party", patron = "party" }
rule = "council"
quota = { low = 1, mode = 4, high = 5 }
votes = { north = { low = 0, mode = 1, high = 3 }, south = 1, patron = 2 }
veto = ["north"]
abstains = { north = { low = 0, mode = 0.05, high = 0.5 } }

[track.blocs]
agenda = ["fence"]
seats = { north = "party", south = "party", hawk = "party" }
rule = "sufficient-consensus"
blocs = { all = ["north", "south", "hawk"] }
share = { all = { low = 0.3, mode = 0.6, high = 1 } }

[lever.money]
edits = ["actor.north.cost_of_going_on += 0.1"]
intensity = { low = 0, mode = 1, high = 5 }
cost = { low = 0, high = 2 }

[package.mend]
content = { fence = "mended" }

[[claim]]
id = "talks"
says = "The talks can settle it."
check = "not empty(talks)"

[[claim]]
id = "south-alone"
says = "Without the north there is a deal on the gate."
check = "not empty(gate-talks)"
with = ["track.gate-talks.seats.north = none"]

[[claim]]
id = "money"
says = "Money alone opens nothing."
check = "no_unlock(gate-talks) and margin(north, mend, talks) < margin(north, mend, talks with [lever.money = on])"

[[claim]]
id = "both"
says = "Deals can lead to a mended fence and an open gate."
check = "reachable(fence = mended and gate = open)"

[[claim]]
id = "other"
says = "As others have it, the talks can settle it."
check = "not empty(talks)"
with = ["reading = other"]

[reading.other.actor.south]
values.fence.mended = 0.7
"#;

fn case(text: &str) -> Case {
    let reading = read(text);
    reading.case.unwrap_or_else(|| panic!("{:#?}", reading.diagnostics))
}

/// Every answer of a case.
fn answers(case: &Case) -> Vec<(Answer, Option<bool>)> {
    let tracks = ["talks", "gate-talks", "council", "blocs"].map(|id| case.track_id(id).unwrap());
    let deals = tracks.map(|track| {
        (Answer::Deal(track, Deals::Mandate), Some(!winset_is_empty(case, track, Deals::Mandate).unwrap()))
    });
    let claims = decide_all(case).into_iter().map(|result| {
        let holds = match result.status {
            winset_brief::Status::Holds => Some(true),
            winset_brief::Status::Fails => Some(false),
            winset_brief::Status::Undecided => None,
        };
        (Answer::Claim(result.claim), holds)
    });
    deals.into_iter().chain(claims).collect()
}

#[test]
fn flips_are_what_the_case_says_with_the_other_number() {
    let now = case(CASE);
    let before = answers(&now);
    let found = influences(&now, 2);
    let mut expected = BTreeSet::new();
    let mut moved = 0;
    for number in numbers(&now) {
        let quantity = number.of(&now);
        let (low, high) = quantity.distribution.range();
        moved += usize::from(low < high);
        for end in [low, high].into_iter().filter(|end| *end != quantity.value) {
            let mut changed = now.clone();
            // The same move, made on the case itself.
            set(&mut changed, &number.path(&now), end);
            for ((answer, then), (_, was)) in answers(&changed).into_iter().zip(&before) {
                if then != *was {
                    expected.insert((number.path(&now), end, answer, then));
                }
            }
        }
    }
    assert_eq!(found.moved, moved);
    assert_eq!(found.left_out, []);
    let flips: BTreeSet<_> = found
        .found
        .iter()
        .flat_map(|influence| {
            influence.flips.iter().map(|flip| (influence.number.path(&now), flip.at, flip.answer, flip.becomes))
        })
        .collect();
    assert_eq!(flips, expected);
    assert!(flips.len() >= 5, "{flips:#?}");
    // Every sort of number changes something, counts of votes and walks among them.
    for path in ["track.council.quota", "track.council.votes.north", "track.blocs.share.all"] {
        assert!(flips.iter().any(|(number, ..)| number == path), "{path}: {flips:#?}");
    }
    let walk = now.claims.iter().position(|claim| claim.id == "both").unwrap();
    assert!(flips.iter().any(|(_, _, answer, _)| *answer == Answer::Claim(walk)), "{flips:#?}");
}

/// Writes another number into the case, by the path an edit names it with.
fn set(case: &mut Case, path: &str, value: winset_case::Decimal) {
    if path == "lever.money.cost" {
        // No edit changes what a lever costs, and no answer hangs on it.
        return;
    }
    // Edits are carried over to a reading, and a number of the case is not: the case's own number alone is moved.
    let applied = case.applied.clone();
    let edit = winset_case::read_edit(&format!("{path} = {value}"), case).unwrap();
    case.apply(&[edit]);
    case.applied = applied;
}

#[test]
fn those_that_change_most_come_first() {
    let counts: Vec<usize> = influences(&case(CASE), 1)
        .found
        .iter()
        .map(|influence| influence.flips.iter().map(|flip| flip.answer).collect::<BTreeSet<_>>().len())
        .collect();
    assert!(counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
}

#[test]
fn a_case_without_ranges_hangs_on_no_range() {
    let text = include_str!("../../../crates/winset/templates/starter.toml");
    let starter = case(text);
    let ranged = numbers(&starter).into_iter().filter(|number| {
        let (low, high) = number.of(&starter).distribution.range();
        low < high
    });
    assert_eq!(influences(&starter, 1).moved, ranged.count());
}

#[test]
fn sources_nothing_cites_are_named() {
    assert_eq!(sources_never_cited(&case(CASE)), ["rumour"]);
    let cited = CASE
        .replace("[reading.other.actor.south]", "[reading.other]\nsource = \"rumour\"\n\n[reading.other.actor.south]");
    assert_eq!(sources_never_cited(&case(&cited)), Vec::<&str>::new());
}
