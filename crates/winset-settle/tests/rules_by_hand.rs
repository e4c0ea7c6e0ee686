//! Rules and ties on one small table that can be checked by hand: who abstains, on whom a deal is imposed, who refuses to sit, who must carry it.

use winset_case::{ActorId, Case, PackageId, TrackId, read, read_edit};
use winset_settle::{
    Bond, Deals, NoMeeting, Part, Vote, acceptable_count, no_meeting, not_recognised, settle, unlock, vote_on_package,
};

/// Three neighbours and a pass. Opening it is worth 0.5 more than today to A and B, 0.05 less to C and 0.1 less to the herders.
const PASS: &str = r#"
[case]
title = "The pass"
as_of = 2024-01-01

[issue.pass]
options = ["closed", "open"]

[actor.a]
fallback = { cost_of_going_on = 0 }
weights = { pass = 1 }
values = { pass = { closed = 0.2, open = 0.7 } }

[actor.b]
fallback = { cost_of_going_on = 0 }
weights = { pass = 1 }
values = { pass = { closed = 0.2, open = 0.7 } }

[actor.c]
fallback = { cost_of_going_on = 0 }
weights = { pass = 1 }
values = { pass = { closed = 0.5, open = 0.45 } }

[actor.envoys]
principal = "c"

[actor.herders]
fallback = { cost_of_going_on = 0 }
weights = { pass = 1 }
values = { pass = { closed = 0.5, open = 0.4 } }

[package.opening]
content = { pass = "open" }
"#;

const A: ActorId = ActorId(0);
const B: ActorId = ActorId(1);
const C: ActorId = ActorId(2);
const ENVOYS: ActorId = ActorId(3);
const HERDERS: ActorId = ActorId(4);

fn case(more: &str) -> Case {
    let text = format!("{PASS}{more}");
    let reading = read(&text);
    reading.case.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))
}

fn edit(case: &mut Case, text: &str) {
    let edit = read_edit(text, case).expect("an edit");
    case.apply(&[edit]);
}

fn count(case: &Case) -> u64 {
    acceptable_count(case, TrackId(0), Deals::Mandate).unwrap()
}

fn votes(case: &Case) -> Vec<Vote> {
    let vote = vote_on_package(case, PackageId(0), TrackId(0)).unwrap();
    vote.votes.into_iter().map(|(_, vote)| vote).collect()
}

const COUNCIL: &str = r#"
[track.council]
agenda = ["pass"]
rule = "council"
quota = 2
veto = ["c"]
abstains = { c = 0.05 }
seats = { a = "party", b = "party", c = "party" }
"#;

#[test]
fn a_veto_holder_abstains_up_to_its_tolerance_and_no_further() {
    let mut case = case(COUNCIL);
    assert_eq!(votes(&case), [Vote::Yes, Vote::Yes, Vote::Abstains]);
    assert_eq!(count(&case), 1);
    edit(&mut case, "track.council.abstains.c = 0.049999999");
    assert_eq!(votes(&case), [Vote::Yes, Vote::Yes, Vote::No]);
    assert_eq!(count(&case), 0);
}

#[test]
fn no_tolerance_covers_a_line_that_nothing_moves() {
    let line = "[[actor.c.red_line]]\nid = \"no\"\nwhen = \"pass = open\"\n";
    let mut unpriced = case(&format!("{line}{COUNCIL}"));
    edit(&mut unpriced, "track.council.abstains.c = 1000");
    assert_eq!(votes(&unpriced), [Vote::Yes, Vote::Yes, Vote::No]);
    // With a price the line is a matter of amounts: 0.05 and 0.04 are missing.
    let mut priced = case(&format!("{line}price = 0.04\n{COUNCIL}"));
    assert_eq!(votes(&priced)[2], Vote::No);
    edit(&mut priced, "track.council.abstains.c = 0.09");
    assert_eq!(votes(&priced)[2], Vote::Abstains);
}

#[test]
fn an_abstention_gives_no_votes() {
    let mut case = case(COUNCIL);
    edit(&mut case, "track.council.quota = 3");
    assert_eq!(count(&case), 0);
    let blocked = settle(&case, TrackId(0), Deals::Mandate).unwrap().blocked.unwrap();
    // All three must say yes now, so C has to give its fallback: room is not enough.
    let corrections: Vec<String> = blocked.corrections.iter().flatten().map(|part| part.id(&case)).collect();
    assert_eq!(corrections, ["fallback:c"]);
}

#[test]
fn whoever_has_no_veto_vetoes_nothing_and_does_not_abstain() {
    let mut case = case(COUNCIL);
    edit(&mut case, "track.council.veto -= c");
    assert_eq!(votes(&case), [Vote::Yes, Vote::Yes, Vote::No]);
    assert_eq!(count(&case), 1);
}

#[test]
fn a_delegation_abstains_as_its_principal_would() {
    let council = COUNCIL.replace("{ c = 0.05", "{ envoys = 0.05").replace("[\"c\"]", "[\"envoys\"]");
    let case = case(&council.replace(", c = \"party\"", ", envoys = \"party\""));
    assert_eq!(votes(&case), [Vote::Yes, Vote::Yes, Vote::Abstains]);
}

const QUOTA: &str = r#"
[track.talks]
agenda = ["pass"]
rule = "quota"
quota = 2
seats = { a = "party", b = "party", envoys = "party" }
"#;

#[test]
fn a_deal_is_imposed_on_the_outvoted_and_the_absent() {
    let case = case(QUOTA);
    let vote = vote_on_package(&case, PackageId(0), TrackId(0)).unwrap();
    assert!(vote.passes);
    let imposed: Vec<(ActorId, Part)> = vote.imposed.iter().map(|imposed| (imposed.actor, imposed.part)).collect();
    // The envoys vote no for C, whose worth it is that counts; the herders are not asked.
    assert_eq!(imposed, [(C, Part::Outvoted), (HERDERS, Part::NoSeat)]);
    let settlement = settle(&case, TrackId(0), Deals::Mandate).unwrap();
    let point = &settlement.solutions.unwrap().utilitarian.points[0];
    assert_eq!(point.imposed, vote.imposed);
    // The gain of the outvoted counts all the same: the players are all seats that vote.
    assert_eq!(settlement.players, [A, B, ENVOYS]);
}

#[test]
fn nothing_is_imposed_on_whoever_abstains() {
    let vote = vote_on_package(&case(COUNCIL), PackageId(0), TrackId(0)).unwrap();
    assert!(vote.imposed.iter().all(|imposed| imposed.actor == HERDERS));
}

#[test]
fn weights_decide() {
    let mut case = case(&QUOTA.replace("quota = 2", "quota = 2.5\nvotes = { a = 2, b = 0.5 }"));
    assert_eq!(count(&case), 1);
    edit(&mut case, "track.talks.votes.b -= 0.000000001");
    assert_eq!(count(&case), 0);
}

#[test]
fn a_seat_without_votes_is_not_asked() {
    let case = case(&QUOTA.replace("quota = 2", "quota = 2\nvotes = { envoys = 0 }"));
    assert_eq!(settle(&case, TrackId(0), Deals::Mandate).unwrap().players, [A, B]);
    let vote = vote_on_package(&case, PackageId(0), TrackId(0)).unwrap();
    assert_eq!((vote.imposed[0].actor, vote.imposed[0].part), (C, Part::NoVote));
}

const BLOCS: &str = r#"
[track.talks]
agenda = ["pass"]
rule = "sufficient-consensus"
blocs = { all = ["a", "b", "envoys"] }
share = 0.666666667
seats = { a = "party", b = "party", envoys = "party" }
"#;

#[test]
fn a_share_is_reached_exactly() {
    assert_eq!(count(&case(BLOCS)), 0, "two of three are a little less than that");
    assert_eq!(count(&case(&BLOCS.replace("0.666666667", "0.666666666"))), 1);
}

#[test]
fn a_bloc_nobody_sits_for_cannot_consent() {
    let levers = r#"
[lever.invite]
edits = ["track.talks.seats.herders = party"]

[lever.content]
edits = ["actor.herders.fallback = 0"]
"#;
    let herd = BLOCS.replace("\"envoys\"] }", "\"envoys\"], herd = [\"herders\"] }").replace("0.666666667", "0.5");
    let case = case(&format!("{herd}{levers}"));
    assert_eq!(no_meeting(&case, TrackId(0)), Some(NoMeeting::BeyondReach));
    let unlock = unlock(&case, TrackId(0), Deals::Mandate).unwrap();
    let minimal: Vec<Vec<usize>> =
        unlock.minimal.iter().map(|levers| levers.iter().map(|lever| lever.0).collect()).collect();
    assert_eq!(minimal, [[0, 1]]);
}

#[test]
fn a_quota_edited_to_nothing_still_needs_somebody() {
    let mut case = case(&QUOTA.replace("a = \"party\", b = \"party\", ", ""));
    edit(&mut case, "track.talks.quota = 0");
    assert_eq!(count(&case), 0, "the envoys alone refuse");
}

const STRANGERS: &str = r#"
[tie.strangers]
kind = "non-recognition"
from = "c"
to = "a"
"#;

#[test]
fn a_delegation_sits_for_whom_it_speaks() {
    let mut case = case(&format!("{STRANGERS}{QUOTA}"));
    let refusals = not_recognised(&case, TrackId(0));
    assert_eq!(refusals.len(), 1);
    assert_eq!((refusals[0].refusing, refusals[0].seat, refusals[0].refused_seat), (C, ENVOYS, A));
    assert_eq!(count(&case), 1, "reported, and no more");
    case.strict_recognition = true;
    assert_eq!(count(&case), 0);
    let settlement = settle(&case, TrackId(0), Deals::Mandate).unwrap();
    assert_eq!(settlement.not_recognised, refusals);
    let blocked = settlement.blocked.unwrap();
    assert_eq!((blocked.no_meeting, blocked.cause.word()), (Some(NoMeeting::NotRecognised), "exclusion"));
    edit(&mut case, "track.talks.seats.envoys = none");
    assert_eq!(count(&case), 1, "nobody is left who refuses to sit");
}

const PEOPLE: &str = r#"
[tie.people]
kind = "constituency"
from = "b"
to = "herders"
binding = 0.3
"#;

#[test]
fn a_deal_may_be_signable_and_not_durable() {
    let mut case = case(&format!("{PEOPLE}{QUOTA}"));
    let durability = settle(&case, TrackId(0), Deals::Mandate).unwrap().durability.unwrap();
    assert_eq!(durability.behind.len(), 1);
    assert_eq!((durability.behind[0].seat, durability.behind[0].actor), (B, HERDERS));
    assert_eq!(durability.behind[0].bond, Bond::Constituency);
    assert_eq!(durability.durable_count, 0);
    let (margin, unit) = (durability.best[0].0.unwrap(), durability.behind[0].unit);
    assert_eq!(margin * 10, -unit, "0.1 short");
    edit(&mut case, "actor.herders.fallback = 0.4");
    assert_eq!(settle(&case, TrackId(0), Deals::Mandate).unwrap().durability.unwrap().durable_count, 1);
}

#[test]
fn how_firmly_people_are_bound_changes_no_verdict() {
    let loose = case(&format!("{PEOPLE}{QUOTA}"));
    let firm = case(&format!("{}{QUOTA}", PEOPLE.replace("0.3", "1")));
    let answer = |case: &Case| format!("{:?}", settle(case, TrackId(0), Deals::Mandate).unwrap());
    assert_eq!(answer(&loose), answer(&firm));
}

#[test]
fn clients_of_guarantors_stand_behind_a_deal() {
    let patron = "[tie.help]\nkind = \"patron\"\nfrom = \"a\"\nto = \"herders\"\nleverage = 0\n";
    let guarantor = case(&format!("{patron}{}", QUOTA.replace("a = \"party\"", "a = \"guarantor\"")));
    let durability = settle(&guarantor, TrackId(0), Deals::Mandate).unwrap().durability.unwrap();
    assert_eq!((durability.behind[0].bond, durability.durable_count), (Bond::Client, 0));
    let party = case(&format!("{patron}{QUOTA}"));
    assert_eq!(settle(&party, TrackId(0), Deals::Mandate).unwrap().durability, None);
}
