//! Options to compare: as sections of the case file, and as the command line takes them.

use winset_case::*;

const WHOLE: &str = include_str!("every-construct.toml");

fn good(text: &str) -> Case {
    let reading = read(text);
    reading.case.unwrap_or_else(|| panic!("{:#?}", reading.diagnostics))
}

fn case() -> Case {
    good(WHOLE)
}

/// What an option comes to as edits, as the analyst would write them.
fn edits(option: &PolicyOption, case: &Case) -> Vec<String> {
    option.all_edits(case).into_iter().map(|edit| edit.text).collect()
}

/// What is wrong with an option as the command line takes it.
fn wrong(text: &str) -> Diagnostic {
    let mut diagnostics = read_option(text, &case()).expect_err(text);
    assert!(diagnostics.iter().all(|diagnostic| diagnostic.span.end <= text.len()), "{diagnostics:#?}");
    diagnostics.remove(0)
}

#[test]
fn an_option_of_the_file_has_everything_it_says() {
    let case = case();
    let option = &case.options[case.option_id("open-hand").unwrap().0];
    assert_eq!(option.name, "An open hand");
    assert_eq!(option.actor, case.actor_id("lower"));
    assert_eq!(option.evidence.basis, Some(Basis::Inferred));
    assert_eq!(edits(option, &case), ["reading = valley-press", "lever.aid = on", "track.plain.mandate = none"]);
    let applied = option.applied_to(&case);
    assert!(applied.levers[case.lever_id("aid").unwrap().0].on);
    assert_eq!(applied.reading, case.reading_id("valley-press"));
    assert!(applied.tracks[case.track_id("plain").unwrap().0].mandate.is_none());
}

#[test]
fn an_id_alone_is_what_it_names() {
    let case = case();
    let named = read_option("open-hand", &case).unwrap();
    assert_eq!((named.id.as_str(), named.name.as_str()), ("open-hand", "An open hand"));
    let lever = read_option("aid", &case).unwrap();
    assert_eq!((lever.id.as_str(), lever.name.as_str()), ("aid", case.levers[lever.levers[0].0].name.as_str()));
    let reading = read_option("valley-press", &case).unwrap();
    assert_eq!(reading.name, "As the valley's newspapers have it");
    assert_eq!(edits(&read_option("lever aid", &case).unwrap(), &case), edits(&lever, &case));
}

#[test]
fn parts_are_joined_under_a_name() {
    let case = case();
    // Inside quotes and brackets nothing is separated.
    let option = read_option("Carrot, small: lever aid, valley-press; track.plain.seats.lower = [party, convener]; track.plain.mandate = 'pass in {open, shared}'", &case).unwrap();
    assert_eq!((option.id.as_str(), option.name.as_str()), ("", "Carrot, small"));
    assert_eq!(
        edits(&option, &case),
        [
            "reading = valley-press",
            "lever.aid = on",
            "track.plain.seats.lower = [party, convener]",
            "track.plain.mandate = 'pass in {open, shared}'"
        ]
    );
    // A part may be an option of the case, with everything in it.
    let more = read_option("More: open-hand; track.plain.status = closed", &case).unwrap();
    assert_eq!(more.actor, case.actor_id("lower"));
    assert_eq!(edits(&more, &case).len(), 4);
}

#[test]
fn without_a_name_the_text_is_the_name() {
    let option = read_option("track.plain.mandate = none", &case()).unwrap();
    assert_eq!(option.name, "track.plain.mandate = none");
}

#[test]
fn mistakes_are_named_at_their_place() {
    let unknown = wrong("Carrot: aidd");
    assert_eq!((unknown.code, unknown.span.clone()), (Code::UnknownName, 8..12));
    assert!(unknown.help.contains("`aid`"), "{}", unknown.help);
    assert_eq!(wrong("lever valley-press").code, Code::UnknownName);
    assert_eq!(wrong("Carrot: track.plain.mandat = none").code, Code::BadEdit);
    assert_eq!(wrong("Carrot:").code, Code::BadExpression);
    assert_eq!(wrong("").code, Code::BadExpression);
    assert_eq!(wrong("Carrot: aid aid").code, Code::BadExpression);
}

#[test]
fn levers_that_exclude_one_another_are_refused() {
    let mut case = case();
    let (aid, other) = (case.lever_id("aid").unwrap(), LeverId(case.levers.len() - 1));
    assert_ne!(aid, other);
    case.levers[aid.0].excludes = vec![other];
    let text = format!("aid; {}", case.levers[other.0].id);
    assert_eq!(read_option(&text, &case).expect_err("a clash")[0].code, Code::BadOption);
    // A lever in use already counts as well.
    case.levers[other.0].on = true;
    assert_eq!(read_option("aid", &case).expect_err("a clash")[0].code, Code::BadOption);
}

#[test]
fn an_id_that_two_things_share_needs_the_word_before_it() {
    let text = format!("{WHOLE}\n[reading.aid]\nname = \"A reading called like the lever\"\n");
    let case = good(&text);
    let diagnostics = read_option("aid", &case).expect_err("two meanings");
    assert_eq!(diagnostics[0].code, Code::BadOption);
    assert_eq!(diagnostics[0].help, "write `lever aid` or `reading aid`");
    assert!(read_option("lever aid", &case).is_ok());
    assert_eq!(read_option("reading aid", &case).unwrap().name, "A reading called like the lever");
}

#[test]
fn a_tie_is_switched_off_and_on_and_a_package_settles_otherwise() {
    let mut case = case();
    let tie = case.ties.iter().position(|tie| tie.leverage().is_some()).expect("a patron's tie");
    let id = case.ties[tie].id.clone();
    case.apply(&[read_edit(&format!("tie.{id} = off"), &case).unwrap()]);
    assert!(case.ties[tie].leverage().is_none());
    case.apply(&[read_edit(&format!("tie.{id} = on"), &case).unwrap()]);
    assert!(case.ties[tie].leverage().is_some());
    let package = case.packages[0].id.clone();
    let issue = case.issues[0].clone();
    for (index, option) in issue.options.iter().enumerate() {
        let edit = read_edit(&format!("package.{package}.content.{} = '{option}'", issue.id), &case).unwrap();
        case.apply(&[edit]);
        assert_eq!(case.outcome(PackageId(0))[0], index);
    }
    assert!(read_edit(&format!("package.{package}.content.{} = nowhere", issue.id), &case).is_err());
    assert!(read_edit(&format!("package.{package}.name = x"), &case).is_err());
}
