//! The strategic game of a case file as a graph model.

use winset_case::{Case, read};
use winset_stability::{CaseModel, Concept, Paths, SanctionRule, Step, model_of_case, stability};

const HEAD: &str = r#"
[case]
title = "A well"
as_of = 2024-05-01

[issue.well]
options = ["shared", "fenced"]

[actor.north]
fallback = 0.1
weights = { well = 1 }
values.well = { shared = 0.5, fenced = 1 }

[actor.south]
name = "South"

[track.talks]
agenda = ["well"]
seats = {}

[move.fence]
actor = "north"
settles = { well = "fenced" }

[move.cut]
actor = "south"
name = "cut the fence"

[move.sue]
actor = "north"
reversible = false
today = true
"#;

fn case(game: &str) -> Case {
    let reading = read(&format!("{HEAD}{game}"));
    assert!(reading.diagnostics.is_empty(), "{:?}", reading.diagnostics);
    reading.case.unwrap()
}

fn model(game: &str) -> CaseModel {
    model_of_case(&case(game)).unwrap()
}

#[test]
fn moves_stand_together_by_who_holds_them() {
    let found = model(
        "[stability.preference.north]\nworth = true\n[stability.preference.south]\nweights = { fence = -1, cut = 0.5 }\n",
    );
    assert_eq!(found.model.decision_makers(), ["north", "South"]);
    let names: Vec<&str> = found.model.options().iter().map(|option| option.name.as_str()).collect();
    assert_eq!(names, ["fence", "sue", "cut the fence"]);
    // Today only `sue` is taken: the second option.
    assert_eq!(found.today, Some(0b010));
    // North judges by worth: the states with the fence are worth 1, the others 0.5.
    assert_eq!(found.model.ranking(0), [vec![1, 3, 5, 7], vec![0, 2, 4, 6]]);
    assert_eq!(found.model.ranking(1), [vec![4, 6], vec![0, 2], vec![5, 7], vec![1, 3]]);
    assert_eq!(found.model.moves(0).unwrap()[0b010], [0b011], "a suit is not taken back");
}

#[test]
fn statements_conditions_and_words_between_them() {
    let found = model(
        r#"
[stability]
infeasible = ["move(cut) and not move(fence)"]
sanction_rule = "single"
[stability.preference.north]
statements = ["move(sue) if move(cut)", "move(fence) iff not move(cut)"]
[stability.preference.south]
ranking = ["N-N", "YY-", "YNN", ["N-Y", "YNY"]]
"#,
    );
    assert_eq!(found.rule, SanctionRule::Single);
    let patterns: Vec<String> = (0..6).map(|state| found.model.states().pattern(state)).collect();
    assert_eq!(patterns, ["NNN", "YNN", "NYN", "YYN", "YNY", "YYY"]);
    assert_eq!(found.model.ranking(0), [vec![1, 3], vec![0, 2, 5], vec![4]]);
    // The ranking names moves in the order of the file: fence, cut, sue.
    assert_eq!(found.model.ranking(1), [vec![0], vec![4, 5], vec![1], vec![2, 3]]);
}

#[test]
fn what_cannot_be_a_model_says_why() {
    let refusal = |game: &str| model_of_case(&case(game)).unwrap_err().to_string();
    let south = "[stability.preference.south]\nweights = { cut = 1 }\n";
    let never = format!("[stability]\ninfeasible = [\"true\"]\n[stability.preference.north]\nworth = true\n{south}");
    assert_eq!(refusal(&never), "the infeasible conditions leave no state");
    let none = read(
        "[case]\ntitle = \"Nothing\"\nas_of = 2024-05-01\n[issue.a]\noptions = [\"b\", \"c\"]\n[track.t]\nagenda = [\"a\"]\nseats = {}\n",
    );
    let refusal = model_of_case(&none.case.unwrap()).unwrap_err().to_string();
    assert_eq!(refusal, "the case has no moves; declare what actors can do or leave as [move.ID]");
}

/// The nine states of the Elmira dispute, and what is printed about them (Hipel, Fang, Kilgour & Haight 1993; Kilgour, Hipel, Fang & Peng 2001): the equilibria
/// are the abandoned plant, the delayed appeal with insisting local governments, and the modified order accepted, with insisting.
#[test]
fn elmira() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/elmira-1991/case.toml");
    let case = read(&std::fs::read_to_string(path).unwrap()).case.expect("it is well formed");
    let found = model_of_case(&case).unwrap();
    let result = stability(&found.model, found.rule).unwrap();
    let patterns = |concept| -> Vec<String> {
        result.equilibria(concept).iter().map(|state| found.model.states().pattern(state)).collect()
    };
    assert_eq!(found.model.states().len(), 9);
    assert_eq!(patterns(Concept::Nash), ["-NNY-", "NYNNY", "YNYNY"]);
    assert_eq!(patterns(Concept::Seq), ["-NNY-", "NYNNY", "YNYNY"]);
}

/// Ways from the status quo of the Elmira dispute. As printed, one improvement, of the local governments, leads to the delayed appeal with insisting, and none
/// leads on to the modified order accepted (Kilgour, Hipel, Fang & Peng 2001). What cannot be undone leads nowhere back.
#[test]
fn ways_from_the_status_quo_of_elmira() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/elmira-1991/case.toml");
    let case = read(&std::fs::read_to_string(path).unwrap()).case.expect("it is well formed");
    let found = model_of_case(&case).unwrap();
    let (model, states) = (&found.model, found.model.states());
    let number = |pattern: &str| (0..states.len()).find(|state| states.pattern(*state) == pattern).unwrap();
    let today = found.today.unwrap();
    assert_eq!(today, number("NYNNN"));
    let improvements = Paths::from(model, today, true).unwrap();
    let reached: Vec<usize> = (0..states.len()).filter(|state| improvements.distance(*state).is_some()).collect();
    assert_eq!(reached, [today, number("NYNNY")]);
    assert_eq!(improvements.to(number("NYNNY")), Some(vec![Step { mover: 2, to: number("NYNNY") }]));
    // By moves, the modified order accepted with insisting takes one move of each, in any order.
    let moves = Paths::from(model, today, false).unwrap();
    let accepted = number("YNYNY");
    assert_eq!((moves.distance(accepted), moves.last_movers(accepted)), (Some(3), vec![0, 1, 2]));
    // The order once modified, the appeal once given up and the plant once abandoned stay so.
    let open = |from: usize| -> Vec<String> {
        let moves = Paths::from(model, from, false).unwrap();
        (0..states.len()).filter(|to| moves.distance(*to).is_some()).map(|to| states.pattern(to)).collect()
    };
    assert_eq!(open(number("-NNY-")), ["-NNY-"]);
    assert_eq!(open(number("YNYNY")), ["YNYNN", "-NNY-", "YNYNY"]);
    assert_eq!(open(number("NNYNN")), ["NNYNN", "YNYNN", "-NNY-", "NNYNY", "YNYNY"]);
}
