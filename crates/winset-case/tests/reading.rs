//! Reading good cases, and what holds of every reading.

use winset_case::edit::{Change, NumberTarget, Operator};
use winset_case::*;

/// A case with every construct of the format.
const WHOLE: &str = include_str!("every-construct.toml");

/// A small case, with more text after it.
fn small(rest: &str) -> String {
    format!(
        r#"
[case]
title = "Two valleys"
as_of = "2017-12-12"

[issue.a]
name = "A"
options = ["none", "some", "all"]

[issue.b]
name = "B"
options = ["none", "some", "60 percent"]

[actor.upper]
name = "Upper valley"
fallback = 0.4
weights = {{ a = 1 }}
values.a = {{ none = 0, some = 0.5, all = 1 }}

[track.plain]
name = "Talks in the plain"
agenda = ["a", "b"]
seats = {{ upper = "party" }}
{rest}"#
    )
}

fn good(text: &str) -> Case {
    let reading = read(text);
    reading.case.unwrap_or_else(|| panic!("{:#?}", reading.diagnostics))
}

fn codes(text: &str) -> Vec<Code> {
    read(text).diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

/// The meaning of a condition over the issues `a` and `b`.
fn condition(text: &str) -> Expression {
    let case = good(&small(&format!("[define]\nc = '''{text}'''")));
    case.defines[0].condition.expression.clone()
}

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn is(issue: usize, option: usize) -> Expression {
    Expression::OneOf(IssueId(issue), vec![option])
}

fn ids<'c>(ids: impl Iterator<Item = &'c String>) -> Vec<&'c str> {
    ids.map(String::as_str).collect()
}

#[test]
fn a_case_with_every_construct_is_read_without_a_word() {
    let reading = read(WHOLE);
    assert_eq!(reading.diagnostics, []);
    let case = reading.case.unwrap();
    assert_eq!(case.title, "Two valleys");
    assert_eq!(case.as_of, "2017-12-12");
    assert_eq!(case.summary.as_deref(), Some("Two valleys, one pass, and a market\nthat both need."));
    assert_eq!(case.baseline(), [0, 0, 0]);
}

#[test]
fn everything_keeps_the_order_of_the_file() {
    let case = good(WHOLE);
    assert_eq!(ids(case.sources.iter().map(|source| &source.id)), ["survey2017", "interviews"]);
    assert_eq!(ids(case.issues.iter().map(|issue| &issue.id)), ["pass", "market", "price"]);
    assert_eq!(ids(case.defines.iter().map(|define| &define.id)), ["settled", "better", "watched"]);
    let actors = ids(case.actors.iter().map(|actor| &actor.id));
    assert_eq!(actors, ["upper", "upper-envoys", "lower", "patron", "broker", "observers"]);
    assert_eq!(ids(case.levers.iter().map(|lever| &lever.id)), ["guards", "aid", "sanctions", "new-mandate"]);
    let seats: Vec<_> = case.tracks[0].seats.iter().map(|seat| case.actors[seat.actor.0].id.as_str()).collect();
    assert_eq!(seats, ["upper-envoys", "lower", "broker", "observers"]);
    assert_eq!(case.tracks[0].agenda, [IssueId(0), IssueId(1)]);
}

#[test]
fn a_name_is_its_own_within_a_sentence_unless_the_case_says_otherwise() {
    let case = good(WHOLE);
    let upper = &case.actors[0];
    assert_eq!((upper.name.as_str(), upper.in_sentence.as_str()), ("Upper valley", "the upper valley"));
    assert_eq!(case.issues[0].in_sentence, "who holds the pass");
    assert_eq!(case.issues[1].in_sentence, case.issues[1].name);
    assert_eq!(case.tracks[0].in_sentence, "the talks in the plain");
    assert_eq!(case.frameworks[0].in_sentence, "the accord");
    assert_eq!(case.packages[0].in_sentence, "the grand bargain");
}

#[test]
fn sources_and_dates_are_kept_as_written() {
    let case = good(WHOLE);
    assert_eq!(case.sources[0].date.as_deref(), Some("2017-05"));
    assert_eq!(case.sources[0].reliability, Some('B'));
    assert_eq!(case.sources[1].date.as_deref(), Some("2017-11-03"));
}

#[test]
fn numbers_keep_their_distribution_and_evidence() {
    let case = good(WHOLE);
    let upper = &case.actors[0];
    let Some(Fallback::Worth(fallback)) = &upper.fallback else { panic!("{:?}", upper.fallback) };
    assert_eq!(fallback.value, decimal("0.4"));
    assert_eq!(fallback.evidence.credibility, Some(3));
    assert_eq!(fallback.evidence.sources, [Citation { source: SourceId(1), place: String::new() }]);

    let market = upper.weights[1].as_ref().unwrap();
    assert_eq!(market.value, decimal("2"));
    let (low, mode, high) = (decimal("1"), decimal("2"), decimal("4"));
    assert_eq!(market.distribution, Distribution::Triangular { low, mode, high });
    assert_eq!(market.evidence.basis, Some(Basis::Assumption), "the evidence of the table of weights");

    let open = &upper.values[0][2];
    assert_eq!(open.value, decimal("0.25"), "the midpoint of a uniform distribution");
    assert_eq!(open.evidence, upper.evidence, "the evidence of the actor");
    assert_eq!(upper.evidence.likelihood, Some(Likelihood::VeryLikely));
    assert_eq!(upper.evidence.bears_on, Some(BearsOn::Size));
    assert_eq!(upper.evidence.sources[1].place, "II, 7");

    let joint = &upper.values[1][1];
    assert!(matches!(joint.distribution, Distribution::Pert { .. }));
    assert_eq!(joint.evidence.basis, Some(Basis::Data), "its own evidence");
    let price = upper.red_lines[0].price.as_ref().unwrap();
    assert_eq!(price.evidence.likelihood, Some(Likelihood::Likely), "the evidence of the red line");
}

#[test]
fn the_point_value_of_every_shape_is_exact() {
    let case = good(WHOLE);
    let two = &case.actors[0].values[1][0];
    assert_eq!(two.value, decimal("0.05"), "the mean of a beta distribution stretched over its range");
    let [high, low] = case.actors[2].values[2].as_slice() else { panic!() };
    assert_eq!(
        high.distribution.range(),
        (decimal("0"), decimal("1")),
        "a beta distribution is from 0 to 1 by default"
    );
    assert_eq!(high.value, decimal("0.5"));
    assert_eq!(low.value, decimal("1"), "the mean of a normal distribution, held within its ends");
    assert_eq!(low.distribution.range(), (decimal("0.5"), decimal("1")));
}

#[test]
fn actors_have_preferences_as_they_are_written() {
    let case = good(WHOLE);
    let [upper, envoys, lower, patron, broker, _] = &case.actors[..] else { panic!() };
    assert_eq!(envoys.principal, Some(ActorId(0)));
    assert_eq!(envoys.part_of, Some(ActorId(0)));
    assert!(!envoys.has_preferences() && envoys.values.is_empty());
    assert_eq!(broker.kind, Some(ActorKind::Mediator));
    assert_eq!(lower.weights[1], None);
    assert_eq!(lower.values[1], []);
    let lower_price: Vec<_> = lower.values[2].iter().map(|value| value.value).collect();
    assert_eq!(lower_price, [decimal("0.5"), Decimal::ONE], "in the order of the options");
    assert!(matches!(&lower.fallback, Some(Fallback::CostOfGoingOn(cost)) if cost.value == decimal("-0.1")));
    let Some(Fallback::War { win, lose, probability, cost }) = &patron.fallback else { panic!() };
    let war = [win, lose, probability, cost].map(|quantity| quantity.value);
    assert_eq!(war, ["0.9", "0.1", "0.4", "0.05"].map(decimal));
    assert!(cost.evidence.note.is_some());
    assert_eq!(upper.red_lines[1].price, None);
    assert_eq!(upper.linkages[0].bonus.value, decimal("-0.05"));
    assert_eq!(upper.ends.as_ref().unwrap().text, "concluded(accord) or settled");
    assert_eq!(&WHOLE[upper.span.clone()], "upper");
}

#[test]
fn conditions_mean_what_they_say() {
    let case = good(WHOLE);
    let settled = &case.defines[0].condition.expression;
    assert_eq!(*settled, Expression::And(vec![Expression::OneOf(IssueId(0), vec![1, 2]), is(1, 1)]));
    assert_eq!(case.actors[0].red_lines[0].when.expression, is(1, 2));
    let mandate = case.tracks[0].mandate.as_ref().unwrap();
    let parts = mandate.conjuncts();
    assert_eq!(parts.len(), 3);
    assert_eq!(*parts[0], Expression::Or(vec![is(0, 1), is(0, 2)]));
    assert_eq!(*parts[1], Expression::Touched(IssueId(0)));
    let court = Expression::Benchmark(FrameworkId(0), BenchmarkId(1), Some(BenchmarkReading::Strict));
    assert_eq!(*parts[2], Expression::Not(Box::new(court)));
    assert_eq!(case.frameworks[1].benchmarks[0].nominal.expression, Expression::OneOf(IssueId(0), vec![1, 2]));
}

#[test]
fn tracks_frameworks_ties_and_packages_are_linked() {
    let case = good(WHOLE);
    let [plain, town, _] = &case.tracks[..] else { panic!() };
    assert_eq!((plain.rule, plain.status), (Rule::PartiesOnly, Status::Planned));
    assert_eq!(plain.feeds, [TrackId(1)]);
    assert_eq!(plain.seats[1].roles, [Role::Party, Role::Guarantor]);
    assert_eq!(town.concludes, Some(FrameworkId(0)));
    assert_eq!((town.rule, town.status), (Rule::Consensus, Status::Open));
    let accord = &case.frameworks[0];
    assert_eq!(accord.reading, BenchmarkReading::Strict);
    assert_eq!(accord.benchmarks[0].nominal, accord.benchmarks[0].strict);
    assert_ne!(accord.benchmarks[1].nominal, accord.benchmarks[1].strict);
    assert_eq!(accord.benchmarks[0].evidence.note.as_deref(), Some("As adopted."));
    assert_eq!((case.ties[0].from, case.ties[0].to), (ActorId(3), ActorId(2)));
    assert_eq!(case.outcome(PackageId(0)), [2, 1, 1]);
    assert_eq!(case.outcome(PackageId(1)), [1, 0, 0]);
}

#[test]
fn a_track_knows_how_its_votes_are_counted() {
    let case = good(WHOLE);
    let hall = &case.tracks[2];
    let (upper, lower, patron) = (ActorId(0), ActorId(2), ActorId(3));
    assert_eq!(hall.rule, Rule::Council);
    assert_eq!(hall.voting.quota.as_ref().unwrap().value, decimal("3"));
    assert_eq!([upper, lower, patron].map(|actor| hall.voting.weight(actor)), ["1", "2", "0.5"].map(decimal));
    assert_eq!(hall.voting.votes[0].1.evidence.basis, Some(Basis::Data));
    assert_eq!(hall.voting.veto, [patron]);
    assert_eq!([lower, patron].map(|actor| hall.voting.tolerance(actor)), ["0", "0.05"].map(decimal));
    let [valleys, all] = &hall.voting.blocs[..] else { panic!() };
    assert_eq!((valleys.members.as_slice(), valleys.share.value), ([upper, lower].as_slice(), decimal("0.5")));
    assert_eq!((all.id.as_str(), all.share.value), ("all", decimal("0.75")));
    assert_eq!(hall.required().collect::<Vec<_>>(), [upper, lower, patron]);

    let [patronage, herders, strangers] = &case.ties[..] else { panic!() };
    assert!(patronage.presses(lower));
    assert!(matches!(&herders.kind, TieKind::Constituency(Some(binding)) if binding.value == decimal("0.4")));
    assert_eq!((herders.from, herders.to), (lower, patron));
    assert!(matches!(strangers.kind, TieKind::NonRecognition));
}

fn claim_of<'c>(case: &'c Case, id: &str) -> &'c winset_case::Claim {
    case.claims.iter().find(|claim| claim.id == id).expect("a claim of that name")
}

#[test]
fn votes_are_edited_and_asked_about() {
    let mut case = good(WHOLE);
    let claim = claim_of(&case, "votes").clone();
    let Check::And(parts) = &claim.check else { panic!() };
    let (grand, hall) = (PackageId(0), TrackId(2));
    assert_eq!(parts[0], Check::Passes(grand, hall));
    assert_eq!(parts[1], Check::Imposed(ActorId(0), grand, hall));
    let durable = |track, concluding| Value::Durable(Table { track: TrackId(track), concluding });
    assert!(matches!(&parts[2], Check::Compare(value, Comparison::AtLeast, _) if *value == durable(2, false)));
    assert!(matches!(&parts[3], Check::Compare(value, Comparison::Equal, _) if *value == durable(1, true)));

    assert!(claim.with.iter().all(|edit| edit.change.channel() == Some(Channel::Mandate)));
    case.apply(&claim.with);
    let voting = &case.tracks[2].voting;
    assert_eq!(case.tracks[2].rule, Rule::SufficientConsensus);
    assert_eq!(voting.quota.as_ref().unwrap().value, decimal("3.5"));
    assert_eq!(voting.weight(ActorId(0)), decimal("2"), "one where nothing was said, doubled");
    assert_eq!(voting.blocs[0].share.value, decimal("0.25"));
    assert_eq!(voting.veto, [ActorId(3), ActorId(2)]);
    assert_eq!(voting.tolerance(ActorId(2)), decimal("0.1"));
}

#[test]
fn levers_act_through_one_channel_and_exclude_both_ways() {
    let case = good(WHOLE);
    let channels: Vec<_> = case.levers.iter().map(|lever| lever.channel).collect();
    assert_eq!(channels, [Channel::RedLine, Channel::Worth, Channel::Worth, Channel::Mandate]);
    assert_eq!(case.levers[1].excludes, [LeverId(2)]);
    assert_eq!(case.levers[2].excludes, [LeverId(1)]);
    assert_eq!(case.levers[2].requires, [LeverId(0)]);
    assert_eq!(case.levers[2].intensity.value, decimal("2"));
    assert!(!case.levers[2].available && !case.levers[2].on);
    let target = NumberTarget::Value(ActorId(2), IssueId(2), 0);
    assert_eq!(case.levers[2].edits[0].change, Change::Number(target, Operator::Subtract, decimal("0.1")));
    assert_eq!(case.levers[2].edits[0].text, r#"actor.lower.values.price."60 percent"-=0.1"#);
}

#[test]
fn checks_say_what_decides_a_claim() {
    let case = good(WHOLE);
    let table = |track, concluding| Table { track: TrackId(track), concluding };
    let count = |track, concluding| Value::Count(table(track, concluding));
    let number = |text| Value::Number(decimal(text));
    let at_least = Check::Compare(count(1, false), Comparison::AtLeast, number("3"));
    let not_none = Check::Compare(count(1, true), Comparison::NotEqual, number("0"));
    let deals = Check::Not(Box::new(Check::Or(vec![at_least, not_none])));
    assert_eq!(case.claims[0].check, Check::And(vec![Check::Empty(table(0, false)), deals]));
    assert_eq!(case.claims[0].control.len(), 2);

    let Check::Or(blocks) = &case.claims[1].check else { panic!() };
    let constraints = ["fallback:upper", "mandate:plain.3", "mandate:plain.4", "red-line:upper.not-there"];
    assert_eq!(blocks[0], Check::Blocks(table(0, false), constraints.map(str::to_owned).to_vec()), "sorted");
    assert_eq!(blocks[1], Check::Blocks(table(1, true), vec!["benchmark:accord.court".to_owned()]));

    let Check::And(judged) = &case.claims[2].check else { panic!() };
    let (lower, grand) = (ActorId(2), PackageId(0));
    assert_eq!(judged[0], Check::Accepts(lower, grand, TrackId(1)));
    assert_eq!(judged[1], Check::Breaks(ActorId(0), grand, TrackId(1), Some(RedLineId(0))));
    assert_eq!(judged[2], Check::Breaks(ActorId(0), PackageId(1), TrackId(0), None));
    let margin = Value::Margin(ActorId(1), PackageId(1), TrackId(0));
    assert_eq!(judged[3], Check::Compare(margin, Comparison::Less, number("-0.25")));
    assert_eq!(judged[4], Check::Compare(Value::Terms(lower, grand, TrackId(1)), Comparison::AtLeast, number("0.5")));
    let satisfies = |benchmark, reading| Check::Satisfies(grand, FrameworkId(0), benchmark, reading);
    assert_eq!(judged[5], satisfies(None, None));
    assert_eq!(judged[6], satisfies(None, Some(BenchmarkReading::Strict)));
    assert_eq!(judged[7], satisfies(Some(BenchmarkId(1)), Some(BenchmarkReading::Nominal)));

    let Check::And(levers) = &case.claims[3].check else { panic!() };
    assert_eq!(levers[0], Check::NoUnlock(table(0, false)));
    assert_eq!(levers[1], Check::UnlockedBy(table(1, true), vec![LeverId(1), LeverId(0)]));
    let Check::Compare(_, Comparison::Less, Value::With(inner, edits)) = &levers[2] else { panic!() };
    assert_eq!(**inner, count(0, false));
    assert_eq!(edits[0].change, Change::Lever(LeverId(0), true));
    assert_eq!(edits[0].text, "lever.guards = on");

    assert!(matches!(&case.claims[4].check, Check::With(_, edits) if edits[0].change == Change::Today(IssueId(0), 2)));
    let Check::Or(undecidable) = &case.claims[5].check else { panic!() };
    assert!(matches!(undecidable[0], Check::Compare(Value::Share(Expression::And(_), None), Comparison::Greater, _)));
    assert!(matches!(&undecidable[1], Check::Not(inner) if matches!(**inner, Check::Undecidable(_))));

    let Check::Or(played) = &claim_of(&case, "what-stays-put").check else { panic!() };
    let Check::And(stable) = &played[0] else { panic!() };
    let (levers, moves) = (StrategicState::Levers, StrategicState::Moves);
    assert_eq!(stable[0], Check::Stable(levers(Chosen::Today), StabilityConcept::Nash, None));
    let none = Check::Stable(levers(Chosen::Exactly(Vec::new())), StabilityConcept::Gmr, Some(ActorId(0)));
    assert_eq!(stable[1], Check::Not(Box::new(none)));
    let both = moves(Chosen::Exactly(vec![MoveId(0), MoveId(1)]));
    assert_eq!(stable[2], Check::Stable(both, StabilityConcept::Seq, None));
    let Check::And(hoped) = &played[1] else { panic!() };
    let aspires = |over| Value::Aspiration(ActorId(0), over);
    assert_eq!(hoped[1], Check::Compare(aspires(Hoped::Options), Comparison::Equal, aspires(Hoped::Levers)));
    assert_eq!(played[2], Check::Dominant(ActorId(0)));
    assert_eq!(case.actors[0].aspirations.iter().map(|hope| hope.id.as_str()).collect::<Vec<_>>(), ["peace", "market"]);

    let Check::And(across) = &claim_of(&case, "across-tracks").check else { panic!() };
    let Check::Reachable(Expression::And(parts)) = &across[0] else { panic!() };
    assert_eq!(parts[1], Expression::Concluded(FrameworkId(0)));
    assert_eq!(across[1], Check::Delivers(TrackId(1), FrameworkId(0), BenchmarkId(0)));
    assert!(matches!(across[2], Check::Compare(Value::Distance(..), Comparison::AtLeast, _)));
}

#[test]
fn reachable_is_about_states_and_not_about_deals() {
    let text = |check: &str| small(&format!("[[claim]]\nid = \"c\"\nsays = \"C.\"\ncheck = \"{check}\""));
    assert_eq!(codes(&text("reachable(a = some)")), []);
    assert_eq!(codes(&text("reachable(at(plain))")), [Code::NotAllowedHere]);
    assert_eq!(codes(&text("reachable(a = som)")), [Code::UnknownName]);
    assert_eq!(codes(&text("delivers(plain, nothing)")), [Code::UnknownName]);
    assert_eq!(codes(&text("empty(plain.plain)")), [Code::BadCheck]);
}

#[test]
fn edits_change_what_their_path_names() {
    let case = good(WHOLE);
    let changes: Vec<_> = case.claims[4].with.iter().map(|edit| &edit.change).collect();
    assert_eq!(changes.len(), 22);
    let upper = ActorId(0);
    let tenth = decimal("0.1");
    let number = |target, operator, operand| Change::Number(target, operator, operand);
    assert_eq!(*changes[0], number(NumberTarget::Fallback(upper), Operator::Subtract, tenth));
    assert_eq!(*changes[1], number(NumberTarget::CostOfGoingOn(ActorId(2)), Operator::Add, tenth));
    assert_eq!(*changes[4], Change::Unprice(upper, RedLineId(0)));
    assert_eq!(*changes[5], number(NumberTarget::Price(upper, RedLineId(0)), Operator::Add, decimal("0.001")));
    assert!(matches!(changes[6], Change::RedLineWhen(_, _, when) if when.expression == is(2, 1)));
    assert_eq!(*changes[7], Change::Linkage(upper, LinkageId(0), false));
    assert_eq!(*changes[11], Change::Agenda(TrackId(0), IssueId(2), true));
    assert_eq!(*changes[13], Change::Seat(TrackId(1), ActorId(3), vec![]));
    assert_eq!(*changes[14], Change::Seat(TrackId(0), ActorId(3), vec![Role::Party, Role::Guarantor]));
    assert_eq!(*changes[18], Change::Benchmark(FrameworkId(0), BenchmarkId(0), None));
    assert_eq!(*changes[21], Change::Available(LeverId(2), true));
}

#[test]
fn not_binds_tightest_then_and_or_implies_iff() {
    let (a, b) = (is(0, 1), is(1, 1));
    let not = |inner: &Expression| Expression::Not(Box::new(inner.clone()));
    let both = |parts: &[&Expression]| Expression::And(parts.iter().map(|part| (*part).clone()).collect());
    let implies =
        |left: &Expression, right: &Expression| Expression::Implies(Box::new(left.clone()), Box::new(right.clone()));
    assert_eq!(condition("not a = some and b = some"), both(&[&not(&a), &b]));
    assert_eq!(condition("not not a = some"), not(&not(&a)));
    assert_eq!(condition("not (a = some and b = some)"), not(&both(&[&a, &b])));
    assert_eq!(condition("a = some or b = some and a = some"), Expression::Or(vec![a.clone(), both(&[&b, &a])]));
    assert_eq!(condition("a = some implies b = some implies a = some"), implies(&a, &implies(&b, &a)));
    let or = Expression::Or(vec![a.clone(), b.clone()]);
    assert_eq!(condition("a = some or b = some implies a = some"), implies(&or, &a));
    let iff = Expression::Iff(Box::new(implies(&a, &b)), Box::new(b.clone()));
    assert_eq!(condition("a = some implies b = some iff b = some"), iff);
}

#[test]
fn a_group_in_parentheses_stays_one_part() {
    let group = Expression::And(vec![is(0, 1), is(1, 1)]);
    assert_eq!(condition("a = some and b = some and true"), {
        Expression::And(vec![is(0, 1), is(1, 1), Expression::Constant(true)])
    });
    assert_eq!(condition("(a = some and b = some) and true"), {
        Expression::And(vec![group.clone(), Expression::Constant(true)])
    });
    assert_eq!(condition("(a = some and b = some)"), Expression::And(vec![group]), "also if it is all there is");
    assert_eq!(condition("(a = some)"), is(0, 1));
}

#[test]
fn options_are_words_or_texts_in_either_quotes() {
    assert_eq!(condition("b = \"60 percent\""), is(1, 2));
    assert_eq!(condition("b=\"some\""), is(1, 1));
    assert_eq!(condition("b != none"), Expression::OneOf(IssueId(1), vec![1, 2]));
    assert_eq!(condition("b in { \"60 percent\" , none}"), Expression::OneOf(IssueId(1), vec![0, 2]), "ascending");
}

#[test]
fn names_may_stand_before_they_are_declared() {
    let case = good(
        r#"
[[claim]]
id = "first"
says = "There is a deal."
check = "accepts(upper, all, plain)"

[package.all]
name = "All of it"
content = { a = "all" }

[track.plain]
name = "Talks in the plain"
agenda = ["a"]
mandate = "later"
seats = { upper = "party" }

[define]
later = "earlier"
earlier = "a = all"

[actor.upper.weights]
a = 1

[actor.upper.values]
a = { none = 0, all = 1 }

[actor.upper]
name = "Upper valley"
fallback = 0.1

[issue.a]
name = "A"
options = ["none", "all"]

[case]
title = "Backwards"
as_of = 2017-12-12
"#,
    );
    assert_eq!(case.tracks[0].mandate.as_ref().unwrap().expression, Expression::Defined(DefineId(0)));
    assert_eq!(case.actors.len(), 1);
}

#[test]
fn all_mistakes_are_reported_at_once_in_the_order_of_the_file() {
    let text = small(
        r#"
[track.town]
name = "Town"
agenda = ["c"]
mandate = "a = al and"
seats = { uper = "party" }
colour = "red"

[package.all]
name = "All"
content = { a = "al" }
"#,
    );
    let reading = read(&text);
    assert!(reading.case.is_none());
    let found: Vec<_> =
        reading.diagnostics.iter().map(|diagnostic| (diagnostic.code, &text[diagnostic.span.clone()])).collect();
    let expected = [
        (Code::UnknownName, "\"c\""),
        (Code::UnknownName, "al"),
        (Code::BadExpression, "and"),
        (Code::UnknownName, "uper"),
        (Code::UnknownKey, "colour"),
        (Code::UnknownName, "\"al\""),
    ];
    assert_eq!(found, expected);
}

#[test]
fn warnings_do_not_stand_in_the_way_of_a_case() {
    let text = small("[define]\nnever-used = \"a = all\"");
    let reading = read(&text);
    assert!(reading.case.is_some());
    assert_eq!(codes(&text), [Code::Unused]);
}

#[test]
fn a_mistake_is_not_reported_again_where_it_is_felt() {
    // The issue has no options that could be read, the track a mandate that says nothing, the lever a lost mention.
    let text = small(
        r#"
[issue.c]
name = "C"
options = "none, some"

[track.town]
name = "Town"
agenda = ["c"]
mandate = "c = some and lever(guards) and a = evrything"
seats = { upper = "party" }

[lever.guards]
name = "Guards"

[[claim]]
id = "mandate"
says = "The mandate blocks."
check = "blocks(town, mandate:town.2)"

[actor.envoys]
name = "Envoys"
principal = "uper"

[track.hill]
name = "Hill"
agenda = ["c"]
seats = { envoys = "party" }
"#,
    );
    assert_eq!(codes(&text), [Code::WrongType, Code::UnknownName, Code::UnknownName]);
}

#[test]
fn what_a_broken_line_declares_is_not_reported_missing() {
    let text = small("[package.all]\nname = \"All\"\ncontent = { a = \"all\" }\n").replace("[issue.b]", "[issue.b");
    assert_eq!(codes(&text), [Code::Syntax]);
    let text = small("[package.all]\nname = \"All\ncontent = { a = \"al\" }\n");
    assert_eq!(codes(&text), [Code::Syntax, Code::UnknownName], "what can be read is read");
}

#[test]
fn preferences_may_come_from_the_principal() {
    let envoys = |own: &str, principal: &str| {
        small(&format!(
            "[actor.envoys]\nname = \"Envoys\"\nprincipal = \"valley\"\n{own}\n
            [actor.valley]\nname = \"Valley\"\n{principal}\n
            [track.hill]\nname = \"Hill\"\nagenda = [\"a\"]\nseats = {{ envoys = \"party\" }}"
        ))
    };
    let weights = "weights = { a = 1 }\nvalues.a = { none = 0, some = 0, all = 1 }";
    let fallback = "fallback = 0.1";
    let both = format!("{weights}\n{fallback}");
    assert_eq!(codes(&envoys("", &both)), []);
    assert_eq!(codes(&envoys(&both, "")), []);
    assert_eq!(codes(&envoys(fallback, weights)), [Code::MissingPreferences], "the principal has to accept as well");
    let line = "[[actor.valley.red_line]]\nid = \"l\"\nwhen = \"a = all\"";
    assert_eq!(codes(&envoys(&both, line)), [Code::MissingPreferences], "the principal's line has to be weighed");
    assert_eq!(codes(&envoys(weights, fallback)), []);
    assert_eq!(codes(&envoys(&both, &both)), []);
    assert_eq!(codes(&envoys(&both, weights)), [Code::MissingPreferences], "the principal has to accept as well");
    assert_eq!(codes(&envoys("", weights)), [Code::MissingPreferences]);
    assert_eq!(codes(&envoys(fallback, "")), [Code::MissingPreferences]);
}

#[test]
fn edits_that_make_consent_needed_need_preferences() {
    let text = |edit: &str| {
        small(&format!(
            "[actor.guest]\nname = \"Guest\"\n
            [track.hill]\nname = \"Hill\"\nagenda = [\"a\"]\nrule = \"parties-only\"
            seats = {{ upper = \"party\", guest = \"guarantor\" }}\n
            [[claim]]\nid = \"c\"\nsays = \"C.\"\ncheck = \"empty(hill)\"\nwith = [\"{edit}\"]"
        ))
    };
    assert_eq!(codes(&text("track.plain.seats.guest = observer")), []);
    assert_eq!(codes(&text("track.plain.seats.guest = party")), [Code::MissingPreferences]);
    assert_eq!(codes(&text("track.plain.seats.guest = guarantor")), [Code::MissingPreferences]);
    assert_eq!(codes(&text("track.hill.seats.guest = [guarantor, observer]")), []);
    assert_eq!(codes(&text("track.hill.rule = consensus")), [Code::MissingPreferences]);
}

#[test]
fn an_edit_of_the_command_line_is_checked_against_the_case() {
    let case = good(WHOLE);
    let edit = read_edit(" actor.upper.fallback -= 0.1 ", &case).unwrap();
    assert_eq!(edit.text, "actor.upper.fallback -= 0.1");
    let target = NumberTarget::Fallback(ActorId(0));
    assert_eq!(edit.change, Change::Number(target, Operator::Subtract, decimal("0.1")));
    let edit = read_edit("lever.guards=on", &case).unwrap();
    assert_eq!(edit.change, Change::Lever(LeverId(0), true));
    let edit = read_edit("track.town.mandate = \"better and at(town)\"", &case).unwrap();
    assert!(matches!(edit.change, Change::Mandate(TrackId(1), Some(mandate)) if mandate.conjuncts().len() == 2));

    let text = "actor.uper.fallback -= 0.1";
    let diagnostics = read_edit(text, &case).unwrap_err();
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(&text[diagnostics[0].span.clone()], "uper");
    assert_eq!(diagnostics[0].help, "did you mean `upper`?");

    let refused = |text: &str| read_edit(text, &case).unwrap_err()[0].code;
    assert_eq!(refused(""), Code::BadExpression);
    assert_eq!(refused("actor.upper.fallback"), Code::BadExpression);
    assert_eq!(refused("actor.upper.ends = \"watched\""), Code::NotAllowedHere);
    assert_eq!(refused("track.town.seats.broker = party"), Code::MissingPreferences);
    assert_eq!(refused("lever.guards = on; lever.aid = on"), Code::BadExpression);
    assert!(read_edit("actor.upper.ends = \"watched\"", &case).unwrap_err()[0].labels.is_empty());
}

#[test]
fn spans_in_texts_point_at_the_word() {
    for define in [
        "c = \"a = none and b = wrong\"",
        "c = 'a = none and b = wrong'",
        "c = \"\"\"\na = none\n  and b = wrong\"\"\"",
        "c = '''\r\na = none\r\n  and b = wrong'''",
    ] {
        let text = small(&format!("[define]\n{define}"));
        let diagnostics = read(&text).diagnostics;
        assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
        assert_eq!(&text[diagnostics[0].span.clone()], "wrong", "{define}");
    }
    let text = small("[define]\nc = \"\\ta = wrong\"");
    assert_eq!(&text[read(&text).diagnostics[0].span.clone()], "\"\\ta = wrong\"", "escapes hide where the word is");
    let text = small("[lever.l]\nname = \"L\"\nedits = ['track.plain.mandate = \"a = none or b = wrong\"']");
    assert_eq!(&text[read(&text).diagnostics[0].span.clone()], "wrong", "a text in a text");
}

/// Reads whatever it is, and makes sure that the diagnostics point into it.
fn survives(text: &str) {
    for diagnostic in read(text).diagnostics {
        assert!(text.get(diagnostic.span.clone()).is_some(), "{diagnostic:?}");
    }
}

#[test]
fn a_text_cut_off_anywhere_is_read() {
    for at in 0..WHOLE.len() {
        survives(&String::from_utf8_lossy(&WHOLE.as_bytes()[..at]));
    }
}

#[test]
fn a_text_with_any_byte_changed_is_read() {
    // Each position is changed once, each time to something else that means something.
    let replacements = b"\"'[]{}()=.,\n# a0-\\";
    for at in 0..WHOLE.len() {
        let mut changed = WHOLE.as_bytes().to_vec();
        changed[at] = replacements[at % replacements.len()];
        survives(&String::from_utf8_lossy(&changed));
    }
}

#[test]
fn no_edit_however_broken_makes_the_reader_panic() {
    let case = good(WHOLE);
    for edit in case.claims.iter().flat_map(|claim| &claim.with) {
        for at in 0..edit.text.len() {
            let _ = read_edit(&edit.text[..at], &case);
            let _ = read_edit(&format!("{}({}", &edit.text[..at], &edit.text[at..]), &case);
        }
    }
}

#[test]
fn nesting_without_end_is_refused() {
    let deep = 100_000;
    for text in [
        "(".repeat(deep),
        "not ".repeat(deep),
        "a = none implies ".repeat(deep),
        "a = none iff ".repeat(deep),
        format!("{}true{}", "(".repeat(deep), ")".repeat(deep)),
    ] {
        let found = codes(&small(&format!("[define]\nc = \"{text}\"")));
        assert_eq!(found, [Code::TooLarge]);
        let check = small(&format!("[[claim]]\nid = \"c\"\nsays = \"C.\"\ncheck = \"{text}\""));
        assert!(read(&check).case.is_none());
    }
    let wide = "a = none and ".repeat(deep) + "true";
    assert_eq!(codes(&small(&format!("[define]\nc = \"{wide}\""))), [Code::Unused], "wide is not deep");
    let nested = format!("x = {}1{}", "[".repeat(deep), "]".repeat(deep));
    assert!(read(&small(&nested)).case.is_none());
}

#[test]
fn named_conditions_that_lead_on_without_end_are_refused() {
    let chain: Vec<_> = (0..500).map(|at| format!("c{at} = \"c{}\"\n", at + 1)).collect();
    let found = codes(&small(&format!("[define]\n{}c500 = \"a = none\"", chain.concat())));
    assert_eq!(found, [Code::TooLarge]);
}

#[test]
fn files_that_are_too_large_are_refused() {
    assert_eq!(codes(&" ".repeat((16 << 20) + 1)), [Code::TooLarge]);
    let actors: Vec<_> = (0..1001).map(|at| format!("[actor.a{at}]\nname = \"A\"\n")).collect();
    assert_eq!(codes(&small(&actors.concat())), [Code::TooLarge]);
}
