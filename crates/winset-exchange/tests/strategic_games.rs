//! Games in Gambit's `.nfg` files: against the oracle of all two by two games, a checker written from the definition, and what is said about bad files.

use proptest::prelude::*;
use serde_json::Value;
use winset_exchange::{InputFile, NfgImport, import_nfg};
use winset_stability::{Concept, Model, SanctionRule, stability};

fn import(text: &str) -> NfgImport {
    import_nfg(&InputFile { name: "game.nfg".to_owned(), bytes: text.as_bytes().to_vec() })
}

fn imported(text: &str) -> Model {
    let import = import(text);
    assert!(import.findings.is_empty(), "{:?}\n{text}", import.findings);
    import.model.expect("no errors")
}

/// The 78 strict ordinal games of two by two (Rapoport & Guyer 1966), under all five concepts.
#[test]
fn all_two_by_two_games() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../winset-stability/tests/data/cases");
    let text = std::fs::read_to_string(format!("{folder}/rapoport_guyer_78.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let games = file["games"].as_array().unwrap();
    assert_eq!(games.len(), 78);
    for game in games {
        // There row by row, here column by column.
        const ORDER: [usize; 4] = [0, 2, 1, 3];
        let payoffs = ORDER.map(|state| format!("{} {}", game["payoffs_row"][state], game["payoffs_column"][state]));
        let model = imported(&format!("NFG 1 R \"\" {{ \"Row\" \"Column\" }} {{ 2 2 }} {}", payoffs.join(" ")));
        let result = stability(&model, SanctionRule::Legal).unwrap();
        for concept in Concept::ALL {
            let known = &game["stability"][concept.word().to_uppercase()];
            for (player, name) in ["Row", "Column"].into_iter().enumerate() {
                let set = result.stable(concept, player);
                let mut found = [' '; 4];
                (0..4).for_each(|at| found[ORDER[at]] = if set.contains(at) { '1' } else { '0' });
                let found: String = found.iter().collect();
                assert_eq!(Some(found.as_str()), known[name].as_str(), "{concept} {name} {}", game["albrecht_name"]);
            }
        }
    }
}

/// Pure equilibria as Gambit finds them, in random games and in games that Winset wrote.
#[test]
fn pure_equilibria_of_gambit() {
    let file: Value = serde_json::from_str(include_str!("data/gambit_pure_equilibria.json")).unwrap();
    let (games, written) = (file["games"].as_array().unwrap(), file["written"].as_array().unwrap());
    assert_eq!((games.len(), written.len()), (60, 4));
    let numbers = |list: &Value| -> Vec<usize> {
        list.as_array().unwrap().iter().map(|number| number.as_u64().unwrap() as usize).collect()
    };
    for game in games.iter().chain(written) {
        let text = game["nfg"].as_str().unwrap();
        let counts = numbers(&game["counts"]);
        // The first player's strategies change fastest from state to state.
        let state = |chosen: &Value| {
            let strategies = numbers(chosen).into_iter().zip(&counts);
            strategies.fold((0, 1), |(state, stride), (at, count)| (state + (at - 1) * stride, stride * count)).0
        };
        let mut known: Vec<usize> = game["pure_equilibria"].as_array().unwrap().iter().map(state).collect();
        known.sort_unstable();
        let found = stability(&imported(text), SanctionRule::Legal).unwrap().equilibria(Concept::Nash);
        assert_eq!(found.iter().collect::<Vec<_>>(), known, "{text}");
    }
}

/// A game: how many strategies each has, and the payoffs, a list per combination.
fn game() -> impl Strategy<Value = (Vec<usize>, Vec<Vec<i64>>)> {
    prop::collection::vec(1..5_usize, 1..5).prop_flat_map(|counts| {
        let (players, combinations) = (counts.len(), counts.iter().product::<usize>());
        (Just(counts), prop::collection::vec(prop::collection::vec(-3..4_i64, players), combinations))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Pure Nash equilibria by trying every strategy, in both forms of the file.
    #[test]
    fn pure_equilibria((counts, payoffs) in game()) {
        let words = |numbers: &[i64]| numbers.iter().map(|number| format!("{number}/4")).collect::<Vec<_>>().join(", ");
        let names: Vec<String> = (0..counts.len()).map(|player| format!("\"P{player}\"")).collect();
        let heading = format!("NFG 1 R \"random\" {{ {} }}\n", names.join(" "));
        let numbers: Vec<String> = counts.iter().map(ToString::to_string).collect();
        let listed: Vec<String> = payoffs.iter().map(|payoffs| words(payoffs)).collect();
        let with_payoffs = format!("{heading} {{ {} }} \"a comment\"\n{}", numbers.join(" "), listed.join("\n"));
        let strategies: Vec<String> =
            counts.iter().map(|count| format!("{{ {} }}", (0..*count).map(|at| format!("\"s{at}\"")).collect::<Vec<_>>().join(" "))).collect();
        let outcomes: Vec<String> = payoffs.iter().map(|payoffs| format!("{{ \"\" {} }}", words(payoffs))).collect();
        let order: Vec<String> = (1..=payoffs.len()).map(|outcome| outcome.to_string()).collect();
        let with_outcomes = format!("{heading} {{ {} }} \"\" {{ {} }} {}", strategies.join(" "), outcomes.join("\n"), order.join(" "));
        for text in [with_payoffs, with_outcomes] {
            let model = imported(&text);
            prop_assert_eq!(model.states().len(), payoffs.len());
            let result = stability(&model, SanctionRule::Legal).unwrap();
            for player in 0..counts.len() {
                let stride: usize = counts[..player].iter().product();
                for (state, own) in payoffs.iter().enumerate() {
                    let strategy = state / stride % counts[player];
                    let best = (0..counts[player]).all(|other| {
                        payoffs[state - strategy * stride + other * stride][player] <= own[player]
                    });
                    prop_assert_eq!(result.stable(Concept::Nash, player).contains(state), best, "{} of {}", state, player);
                }
            }
        }
    }
}

#[test]
fn numbers_are_compared_exactly() {
    // A third is more than 0.3333333333333333, and 0 is what an outcome without a number means.
    let model = imported(
        "NFG 1 D \"\" { \"Only\" } { { \"a\" \"b\" \"c\" \"d\" } } { { \"x\" 1/3 } { \"y\" 0.3333333333333333 } { \"z\" -1e-3 } } 1 2 3 0",
    );
    assert_eq!(model.ranks(0), [3, 2, 0, 1]);
    let names: Vec<&str> = model.options().iter().map(|option| option.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c", "d"]);
}

#[test]
fn what_is_wrong_is_named_where_it_stands() {
    let examples = [
        ("empty", ""),
        ("extensive-form", "EFG 2 R \"\" { \"A\" }"),
        ("another-version", "NFG 2 R \"\" { \"A\" } { 1 } 0"),
        ("open-quote", "NFG 1 R \"the title"),
        ("no-title", "NFG 1 R { \"A\" }"),
        ("no-players", "NFG 1 R \"\" { } { }"),
        ("player-without-quotes", "NFG 1 R \"\" { A } { 1 } 0"),
        ("strategies-for-one", "NFG 1 R \"\" { \"A\" \"B\" } { 2 } 1 1 1 1"),
        ("no-strategy", "NFG 1 R \"\" { \"A\" } { 0 }"),
        ("strategies-in-words", "NFG 1 R \"\" { \"A\" } { two } 1 2"),
        ("too-many-strategies", "NFG 1 R \"\" { \"A\" \"B\" } { 40 40 } 1"),
        ("strategies-without-end", "NFG 1 R \"\" { \"A\" } { 99999999999999999999 }"),
        (
            "too-many-combinations",
            "NFG 1 R \"\" { \"A\" \"B\" \"C\" \"D\" \"E\" \"F\" \"G\" \"H\" } { 7 7 7 7 7 7 7 7 } 1",
        ),
        ("payoff-missing", "NFG 1 R \"\" { \"A\" \"B\" } { 2 1 }\n1 2\n3"),
        ("payoff-too-much", "NFG 1 R \"\" { \"A\" \"B\" } { 2 1 }\n1 2\n3 4 5"),
        ("payoff-in-words", "NFG 1 R \"\" { \"A\" } { 2 }\n1 much"),
        ("payoff-by-zero", "NFG 1 R \"\" { \"A\" } { 2 }\n1 1/0"),
        ("outcome-with-too-much", "NFG 1 R \"\" { \"A\" } { { \"a\" } } { { \"x\" 1 2 } } 1"),
        ("outcome-without-name", "NFG 1 R \"\" { \"A\" } { { \"a\" } } { { 1 } } 1"),
        ("outcome-unknown", "NFG 1 R \"\" { \"A\" } { { \"a\" } } { { \"x\" 1 } } 2"),
        ("no-outcome-braces", "NFG 1 R \"\" { \"A\" } { { \"a\" } } { \"x\" 1 } 1"),
        ("unclosed-strategies", "NFG 1 R \"\" { \"A\" } { 2"),
    ];
    let mut text = String::new();
    for (name, file) in examples {
        let import = import(file);
        assert!(import.model.is_none(), "{name}");
        for finding in &import.findings {
            let place = finding.place.as_ref().map_or_else(String::new, |(file, span)| {
                let source = &import.files[*file];
                format!(" {:?} `{}`", source.line_and_column(span.start), &source.text[span.clone()])
            });
            let (code, message, help) = (finding.code.as_str(), &finding.message, &finding.help);
            text.push_str(&format!("{name}: {code}{place}: {message}\n    help: {help}\n"));
        }
        assert_eq!(import.findings.len(), 1, "{name}");
    }
    let bytes = InputFile { name: "game.nfg".to_owned(), bytes: vec![0, 1, 2] };
    assert!(import_nfg(&bytes).model.is_none());
    insta::assert_snapshot!("strategic_games", text);
}

/// A file cut off anywhere, or with any one character changed, is read or refused, and nothing else happens.
#[test]
fn no_file_does_harm() {
    let file = "NFG 1 R \"g\u{e9}\" { \"A\" \"B\" } { { \"a\" \"b\" } { \"c\" } } \"\" { { \"x\" 1/2, -3 } { \"y\" 2 1e2 } } 1 2";
    assert!(import(file).model.is_some());
    for (at, old) in file.char_indices() {
        import(&file[..at]);
        for new in ["", "{", "}", "\"", "\\", "9", "/", "-", "e", "\u{e9}", "\u{0}"] {
            let changed = format!("{}{new}{}", &file[..at], &file[at + old.len_utf8()..]);
            let import = import(&changed);
            assert_eq!(import.model.is_none(), !import.findings.is_empty(), "{changed}");
        }
    }
}
