//! Readings: what a reading changes, and that it changes nothing else.

use winset_case::*;

const WHOLE: &str = include_str!("every-construct.toml");

fn good(text: &str) -> Case {
    let reading = read(text);
    reading.case.unwrap_or_else(|| panic!("{:#?}", reading.diagnostics))
}

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

/// The whole case and its one reading.
fn both() -> (Case, Case) {
    let case = good(WHOLE);
    let reading = case.readings[0].case.clone();
    (case, reading)
}

#[test]
fn a_reading_has_a_name_and_evidence() {
    let (case, _) = both();
    let reading = &case.readings[0];
    assert_eq!((reading.id.as_str(), reading.name.as_str()), ("valley-press", "As the valley's newspapers have it"));
    assert_eq!(reading.evidence.basis, Some(Basis::Stated));
    assert!(reading.case.readings.is_empty());
}

#[test]
fn a_reading_changes_numbers_conditions_words_lists_and_seats() {
    let (case, press) = both();
    let (upper, other) = (&case.actors[0], &press.actors[0]);
    assert_eq!(other.name, "The uplanders");
    let Some(Fallback::Worth(fallback)) = &other.fallback else { panic!("{:?}", other.fallback) };
    assert_eq!(fallback.distribution, Distribution::Uniform { low: decimal("0.2"), high: decimal("0.4") });
    assert_eq!(other.weights[0].as_ref().unwrap().value, decimal("4"));
    assert_eq!(other.weights[1], upper.weights[1], "a weight it does not name");
    assert_eq!(other.values[0][0].value, decimal("0.6"));
    assert_eq!(other.values[0][1..], upper.values[0][1..]);
    assert_eq!(other.red_lines[0].price.as_ref().unwrap().value, decimal("0.05"));
    assert_eq!(other.ends, None, "taken away");
    assert_eq!(other.red_lines[0].when.text, "market = joint");
    assert_eq!(other.red_lines[1].when, upper.red_lines[1].when);
    assert_eq!(other.linkages[0].bonus.value, decimal("0.2"));
    assert_eq!(other.linkages[0].when, upper.linkages[0].when);
    assert!(matches!(press.actors[2].fallback, Some(Fallback::Worth(_))), "in place of a cost of going on");
    assert_eq!(press.ties[0].leverage().unwrap().value, decimal("0.1"));
    let plain = &press.tracks[0];
    assert_eq!((plain.mandate.is_none(), plain.agenda.as_slice()), (true, &[IssueId(0)][..]));
    let seats: Vec<&str> = plain.seats.iter().map(|seat| press.actors[seat.actor.0].id.as_str()).collect();
    assert_eq!(seats, ["upper-envoys", "lower", "broker", "patron"]);
    assert_eq!(press.frameworks[0].reading, BenchmarkReading::Nominal);
    assert_eq!(press.frameworks[0].benchmarks[1].nominal.text, "changed(market)");
    assert_eq!(press.frameworks[0].benchmarks[1].strict.text, "market != two");
    assert_eq!(press.issues[0].today, 1);
    assert_eq!(press.defines[1].condition.text, "settled");
    assert!(press.levers[2].available);
    assert_eq!(press.levers[2].intensity.value, decimal("3"));
    assert_eq!(press.packages[1].content, [(IssueId(0), 2)]);
}

#[test]
fn every_id_means_the_same_under_every_reading() {
    let (case, press) = both();
    let ids = |case: &Case| -> Vec<String> {
        let issues = case.issues.iter().flat_map(|issue| std::iter::once(&issue.id).chain(&issue.options));
        let actors = case.actors.iter().flat_map(|actor| {
            let lines = actor.red_lines.iter().map(|line| &line.id);
            std::iter::once(&actor.id).chain(lines).chain(actor.linkages.iter().map(|linkage| &linkage.id))
        });
        let frameworks = case.frameworks.iter().flat_map(|framework| {
            std::iter::once(&framework.id).chain(framework.benchmarks.iter().map(|benchmark| &benchmark.id))
        });
        let others = case.ties.iter().map(|tie| &tie.id).chain(case.tracks.iter().map(|track| &track.id));
        let named = case.defines.iter().map(|define| &define.id).chain(case.sources.iter().map(|source| &source.id));
        let levers = case.levers.iter().map(|lever| &lever.id).chain(case.packages.iter().map(|package| &package.id));
        issues.chain(actors).chain(frameworks).chain(others).chain(named).chain(levers).cloned().collect()
    };
    assert_eq!(ids(&case), ids(&press));
}

#[test]
fn evidence_of_a_reading_counts_for_what_it_changes_and_for_nothing_else() {
    let (case, press) = both();
    let (upper, other) = (&case.actors[0], &press.actors[0]);
    assert_eq!(other.evidence, upper.evidence, "that of the actor stays");
    let note = |quantity: &Quantity| quantity.evidence.note.clone();
    assert_eq!(note(&other.values[0][0]).as_deref(), Some("Of the newspapers."), "the nearest table of the reading");
    assert_eq!(note(other.weights[2].as_ref().unwrap()).as_deref(), Some("By hearsay."), "its own");
    assert_eq!(other.linkages[0].bonus.evidence.note.as_deref(), Some("Of the newspapers."));
    assert_eq!(other.linkages[0].evidence, upper.linkages[0].evidence);
    assert_eq!(press.ties[0].leverage().unwrap().evidence.basis, Some(Basis::Data));
    let Some(Fallback::Worth(lower)) = &press.actors[2].fallback else { panic!() };
    assert_eq!(lower.evidence, case.readings[0].evidence, "that of the reading as a whole");
    // A condition without evidence of its own rests on what the line rests on.
    assert_eq!(other.red_lines[0].evidence, upper.red_lines[0].evidence);
}

#[test]
fn a_number_of_a_reading_nobody_vouches_for_is_an_assumption() {
    let text = WHOLE.replace(
        "source = \"interviews\"\nbasis = \"stated\"\n\n[reading.valley-press.define]",
        "[reading.valley-press.define]",
    );
    let case = good(&text);
    let Some(Fallback::Worth(lower)) = &case.readings[0].case.actors[2].fallback else { panic!() };
    assert!(lower.evidence.is_assumption());
    assert!(lower.evidence.sources.is_empty());
}

#[test]
fn a_reading_comes_before_every_other_edit_wherever_it_stands() {
    let mut case = good(WHOLE);
    case.apply(&[read_edit("actor.upper.weights.pass *= 2", &case).unwrap()]);
    case.levers[0].on = true;
    let later = read_edit("reading = valley-press", &case).unwrap();
    let add = read_edit("tie.patronage.leverage += 0.1", &case).unwrap();
    case.apply(&[add, later]);
    assert_eq!(case.reading_in_force().map(|reading| reading.id.as_str()), Some("valley-press"));
    assert_eq!(case.actors[0].weights[0].as_ref().unwrap().value, decimal("8"), "twice the reading's weight");
    assert_eq!(case.ties[0].leverage().unwrap().value, decimal("0.2"), "added to the reading's leverage");
    assert!(case.levers[0].on);
    assert_eq!(case.readings.len(), 1, "other readings can still be taken up");
}

#[test]
fn what_a_reading_says_is_found_in_its_own_lines() {
    let text = WHOLE.replace("values.pass.closed = 0.6", "values.pass.closed = 6");
    let reading = read(&text);
    assert!(reading.case.is_none());
    let [only] = reading.diagnostics.as_slice() else { panic!("{:#?}", reading.diagnostics) };
    assert_eq!((only.code, &text[only.span.clone()]), (Code::OutOfRange, "6"));
}

#[test]
fn what_is_wrong_only_under_a_reading_says_under_which() {
    // A claim adds to a price that the reading takes away.
    let text = WHOLE.replace("price = 0.05\n", "price = \"none\"\n");
    let reading = read(&text);
    assert!(
        reading
            .diagnostics
            .iter()
            .any(|found| found.labels.iter().any(|label| label.message.contains("under the reading"))),
        "{:#?}",
        reading.diagnostics
    );
}

#[test]
fn what_only_a_reading_uses_is_used() {
    let text = WHOLE.replace("[source.interviews]", "[source.gossip]\ntitle = \"Gossip\"\n\n[source.interviews]");
    let unused = |text: &str| read(text).diagnostics.iter().map(|found| found.code).collect::<Vec<_>>();
    assert_eq!(unused(&text), [Code::Unused]);
    assert_eq!(unused(&text.replace("basis = \"data\"\n\n[reading", "source = \"gossip\"\n\n[reading")), []);
}

#[test]
fn a_reading_changes_the_strategic_game() {
    let case = good(&format!(
        "{WHOLE}\n[reading.valley-press.stability]\nsanction_rule = \"single\"\nlever_cost_unit = 0.25\n\n\
         [reading.valley-press.stability.preference.upper]\nweights = {{ truce = 3 }}\n"
    ));
    let press = &case.readings[0].case;
    let unit = |case: &Case| case.game.lever_cost_unit.value;
    assert_eq!((unit(&case), unit(press)), (decimal("1.05"), decimal("0.25")));
    assert_eq!(press.game.lever_cost_unit.evidence.basis, Some(Basis::Stated), "the reading vouches for it");
    assert_eq!((case.game.sanction_rule, press.game.sanction_rule), (AnswerRule::EachOnce, AnswerRule::Single));
    assert_eq!(case.game.infeasible.len(), press.game.infeasible.len());
    // Another way to say what an actor prefers takes the place of the first; the other actor keeps its own.
    assert!(matches!(case.game.preferences[0].order, StateOrder::Statements(_)));
    assert!(matches!(&press.game.preferences[0].order, StateOrder::Weights(weights) if weights.len() == 1));
    assert!(matches!(press.game.preferences[1].order, StateOrder::Weights(_)));
}

#[test]
fn the_strategic_game_can_be_edited() {
    let mut case = good(WHOLE);
    for (edit, there) in
        [("stability.lever_cost_unit *= 0.5", true), ("stability.preference.lower.weights.march += 1", true)]
    {
        let edit = read_edit(edit, &case);
        assert_eq!(edit.is_ok(), there, "{edit:?}");
        case.apply(&edit.into_iter().collect::<Vec<_>>());
    }
    assert_eq!(case.game.lever_cost_unit.value, decimal("0.525"));
    let StateOrder::Weights(weights) = &case.game.preferences[1].order else { panic!() };
    assert_eq!(weights[0].1.value, decimal("-1"));
    for wrong in
        ["stability.lever_cost_unit = much", "stability.preference.upper.weights.march = 1", "stability.rule = single"]
    {
        assert!(read_edit(wrong, &case).is_err(), "{wrong}");
    }
}
