//! What a case says that is more, or less, than rankings: against what an independent program computed for published models.

use serde_json::Value;
use winset_case::{Case, read};
use winset_stability::{
    Analysed, Analysis, CaseRefusal, Concept, Extension, Refusal, SanctionRule, StateSet, compact_model_of_case,
    model_of_case,
};

fn case(text: &str) -> Case {
    let reading = read(text);
    assert!(reading.diagnostics.is_empty(), "{:?}", reading.diagnostics);
    reading.case.unwrap()
}

fn analysed(text: &str) -> Vec<Analysed> {
    let found = model_of_case(&case(text)).unwrap();
    found.beyond.analyses(&found.model, found.rule).unwrap()
}

fn refused(text: &str) -> String {
    model_of_case(&case(text)).unwrap_err().to_string()
}

fn oracle(name: &str) -> Value {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/cases");
    serde_json::from_str(&std::fs::read_to_string(format!("{folder}/{name}.json")).unwrap()).unwrap()
}

fn digits(set: &StateSet) -> String {
    (0..set.universe()).map(|state| if set.contains(state) { '1' } else { '0' }).collect()
}

/// Lake Gisborne with a province nobody knows the preference of (Li, Hamouda, Kilgour & Hipel 2004).
const GISBORNE: &str = r#"
[case]
title = "Lake Gisborne"
as_of = 1999-11-01

[actor.federal]
[actor.provincial]
[actor.support]

[move.prohibit]
actor = "federal"
[move.lift]
actor = "provincial"
[move.appeal]
actor = "support"

[stability.preference.federal]
ranking = ["YNN", "YNY", "YYN", "YYY", "NNN", "NNY", "NYN", "NYY"]

[stability.preference.provincial]
preferred = [["NNN", "NNY"], ["YNN", "YNY"], ["NYN", "NYY"], ["YYN", "YYY"]]

[stability.preference.support]
ranking = ["NYN", "YYN", "NYY", "YYY", "NNY", "YNY", "NNN", "YNN"]
"#;

#[test]
fn a_preference_known_in_part() {
    let known = oracle("gisborne_unknown_preference");
    let found = analysed(GISBORNE);
    assert_eq!(found.len(), 4);
    for each in &found {
        let Analysis::Unknown(extension) = each.analysis else { panic!("{:?}", each.analysis) };
        for concept in &Concept::ALL[..4] {
            let key = format!("{}_{}", concept.word().to_uppercase(), extension.word());
            for (set, name) in each.stable[*concept as usize].iter().zip(["Federal", "Provincial", "Support"]) {
                assert_eq!(known["stability"][&key][name], digits(set), "{key} {name}");
            }
            let equilibria: Vec<usize> = each.equilibria(*concept).iter().map(|state| state + 1).collect();
            assert_eq!(known["equilibria"][&key], serde_json::json!(equilibria), "{key}");
        }
    }
    // A pattern stands for every state that fits: the same in one line.
    let short = GISBORNE.replace(
        r#"[["NNN", "NNY"], ["YNN", "YNY"], ["NYN", "NYY"], ["YYN", "YYY"]]"#,
        r#"[["NNN", "NNY"], ["YNN", "YNY"], ["NYN", "NYY"], ["YYN", "YYY"], ["YYN", "YYY"]]"#,
    );
    let again = analysed(&short);
    assert!(found.iter().zip(&again).all(|(one, other)| one.stable == other.stable));
    let patterns = GISBORNE.replace(r#"[["NNN", "NNY"], "#, r#"[["--N", "--Y"], "#);
    let d = |found: &[Analysed]| found[Extension::D as usize].stable[Concept::Nash as usize][1].count();
    assert_eq!((d(&found), d(&analysed(&patterns))), (8, 8));
}

#[test]
fn what_is_known_in_part_has_to_fit() {
    let two = refused(&GISBORNE.replace(r#"["YYN", "YYY"]]"#, r#"["YYN", "YYY"], ["NNY", "NNN"]]"#));
    assert!(two.contains("says two things of the states 1 and 5"), "{two}");
    let equal = GISBORNE.replace("preferred = [[", "equal = [[\"NNY\", \"NNN\"]]\npreferred = [[");
    assert!(refused(&equal).contains("says two things"), "{}", refused(&equal));
    let attitude = format!("{GISBORNE}[stability.attitude.federal]\ntowards = {{ support = \"positive\" }}\n");
    assert!(refused(&attitude).contains("unknown preference and attitudes are not analysed together"));
    let compact = compact_model_of_case(&case(GISBORNE)).unwrap_err();
    assert_eq!(compact, CaseRefusal::NeedsListing("unknown preference"));
}

/// The sustainable development conflict (Hipel 2001; Hamouda, Kilgour & Hipel 2004, 2006).
const SUSTAINABLE: &str = r#"
[case]
title = "Sustainable development"
as_of = 2004-01-01

[actor.environmentalists]
[actor.developers]

[move.proactive]
actor = "environmentalists"
[move.sustainable]
actor = "developers"

[stability.preference.environmentalists]
ranking = ["YY", "NY", ">>", "YN", "NN"]
[stability.preference.developers]
ranking = ["NY", "YY", ">>", "NN", "YN"]
"#;

/// The states there, in the order of ours.
const LABELS: [usize; 4] = [3, 1, 2, 0];

fn labelled(set: &StateSet) -> String {
    // Ours ascend from NN; theirs are YY, YN, NY, NN.
    LABELS.iter().map(|state| if set.contains(*state) { '1' } else { '0' }).collect()
}

#[test]
fn strength_by_marks_in_rankings_and_statements() {
    let known = oracle("sustainable_development");
    let statements = SUSTAINABLE
        .replace(
            r#"ranking = ["YY", "NY", ">>", "YN", "NN"]"#,
            r#"statements = ["move(sustainable)", ">>", "move(proactive)"]"#,
        )
        .replace(
            r#"ranking = ["NY", "YY", ">>", "NN", "YN"]"#,
            r#"statements = ["move(sustainable)", ">>", "not move(proactive)"]"#,
        );
    for text in [SUSTAINABLE, &statements] {
        let found = analysed(text);
        assert_eq!((found.len(), found[0].analysis), (1, Analysis::Strong));
        let mut compared = 0;
        for (key, expected) in known["computed_three_degree"].as_object().unwrap() {
            let Some(word) = key.strip_prefix("STRONG_") else { continue };
            let concept = Concept::from_word(&word.to_lowercase()).unwrap();
            let names = ["Environmentalists", "Developers"];
            for (set, name) in found[0].stable[concept as usize].iter().zip(names) {
                assert_eq!(expected["stability"][name], labelled(set), "{key} {name}");
                compared += 1;
            }
        }
        assert!(compared >= 6, "{compared}");
    }
}

/// Chicken: who wants the other to be no worse off swerves, and stays there.
const CHICKEN: &str = r#"
[case]
title = "Chicken"
as_of = 2004-01-01

[actor.one]
[actor.other]

[move.swerve]
actor = "one"
[move.turn]
actor = "other"

[stability.preference.one]
ranking = ["NY", "YY", "YN", "NN"]
[stability.preference.other]
ranking = ["YN", "YY", "NY", "NN"]
"#;

#[test]
fn attitudes_change_what_is_an_improvement() {
    let both = |word: &str| {
        let text = format!(
            "{CHICKEN}[stability.attitude.one]\ntowards = {{ other = \"{word}\" }}\n[stability.attitude.other]\ntowards = {{ one = \"{word}\" }}\n"
        );
        let found = analysed(&text);
        assert_eq!(found[0].analysis, Analysis::Relational);
        found[0].equilibria(Concept::Nash).iter().collect::<Vec<_>>()
    };
    // States: NN, YN, NY, YY. Usually only one swerves.
    assert_eq!(both("neutral"), [1, 2]);
    // Nobody goes straight where the other would lose by it: both swerving stays put, too.
    assert_eq!(both("positive"), [1, 2, 3]);
    // From NN a swerve helps the other, so nobody swerves; from YY going straight gains and harms.
    assert_eq!(both("negative"), [0, 1, 2]);
}

#[test]
fn each_acts_on_the_game_it_sees() {
    let rule = SanctionRule::Legal;
    let seen = |view: &str| {
        let found = model_of_case(&case(&format!("{CHICKEN}{view}"))).unwrap();
        let analysed = found.beyond.analyses(&found.model, rule).unwrap();
        assert_eq!(analysed[0].analysis, Analysis::AsSeen);
        let numbers = |concept| analysed[0].equilibria(concept).iter().collect::<Vec<_>>();
        (numbers(Concept::Nash), numbers(Concept::Seq))
    };
    // One does not know that both may go straight: the crash is stable for it, and nobody else.
    let (nash, _) = seen("[stability.view.one]\nunseen = [\"not move(swerve) and not move(turn)\"]\n");
    assert_eq!(nash, [1, 2]);
    let both = "[stability.view.one]\nunseen = [\"not move(swerve) and not move(turn)\"]\n[stability.view.other]\nunseen = [\"not move(swerve) and not move(turn)\"]\n";
    assert_eq!(seen(both).0, [0, 1, 2]);
    // Both hold that the other would rather crash than lose: sequentially, the fear of it keeps both swerving.
    let (nash, sequential) = seen(
        "[stability.view.one.preference.other]\nranking = [\"YN\", \"NN\", \"YY\", \"NY\"]\n[stability.view.other.preference.one]\nranking = [\"NY\", \"NN\", \"YY\", \"YN\"]\n",
    );
    assert_eq!(nash, [1, 2]);
    assert_eq!(sequential, [1, 2, 3]);
    // A ranking of all states fits a view that lacks some; one that leaves out a state that is there does not.
    let short = format!("{CHICKEN}[stability.view.one.preference.other]\nranking = [\"YN\", \"YY\"]\n");
    assert!(refused(&short).starts_with("as one sees it, the ranking of other leaves out"), "{}", refused(&short));
    let nothing = format!("{CHICKEN}[stability.view.one]\nunseen = [\"true\"]\n");
    let refusal = model_of_case(&case(&nothing)).unwrap_err();
    assert_eq!(refusal, CaseRefusal::Seen { by: "one".to_owned(), refusal: Refusal::NoStates });
}
