//! The sections, in the order of the reference.

use super::{Bounds, Form, Key, Section, Table, Value, key};
use crate::model::{
    ActorKind, AnswerRule, Attitude, Basis, BearsOn, BenchmarkReading, Channel, EventKind, Likelihood, PolicyWord,
    Role, RoundLength, Rule, Shape, Status, TieWord,
};

/// Every section of a case file.
pub const SECTIONS: &[Section] = &[
    once(&CASE),
    by_id(&SOURCE, false),
    by_id(&ISSUE, true),
    Section { form: Form::Names, table: &DEFINE, in_readings: true },
    by_id(&ACTOR, true),
    by_id(&TIE, true),
    by_id(&TRACK, true),
    by_id(&FRAMEWORK, true),
    by_id(&LEVER, true),
    by_id(&MOVE, true),
    Section { form: Form::Once, table: &STABILITY, in_readings: true },
    Section { form: Form::Once, table: &SIMULATION, in_readings: true },
    by_id(&PACKAGE, true),
    by_id(&OPTION, false),
    list(&CLAIM),
    list(&EVENT),
    once(&RECORD),
    once(&MATRIX),
    by_id(&READING, false),
];

const fn once(table: &'static Table) -> Section {
    Section { form: Form::Once, table, in_readings: false }
}

const fn by_id(table: &'static Table, in_readings: bool) -> Section {
    Section { form: Form::ById, table, in_readings }
}

const fn list(table: &'static Table) -> Section {
    Section { form: Form::List, table, in_readings: false }
}

/// The keys of evidence, which may stand on every table that takes numbers or conditions.
pub const EVIDENCE: &[Key] = &[
    key("source", Value::OneOrMore, "a declared source and a place in it: `\"heller2017 P17\"`; a list for several"),
    key(
        "basis",
        Value::Word(Basis::WORDS),
        "`stated`, `inferred`, `data`, `analogy` or `assumption`. A number with no basis, its own or its table's, counts as an assumption",
    ),
    key("credibility", Value::Grade(1, 6), "`1` to `6`, the Admiralty grade of the information"),
    key(
        "likelihood",
        Value::Word(Likelihood::WORDS),
        "an ICD 203 word: `almost no chance`, `very unlikely`, `unlikely`, `roughly even`, `likely`, `very likely`, `almost certain`",
    ),
    key("asserted_by", Value::Words, "an actor, or any text naming who says so"),
    key("bears_on", Value::Word(BearsOn::WORDS), "`existence`, `sign` or `size`"),
    key("note", Value::Words, "one or more sentences, in your own words"),
];

/// The keys of a number written as a table: those that hold numbers first, then its shape.
pub const NUMBER: Table = table(
    "number",
    "A number with its range or its evidence.",
    &[
        key("value", Value::Plain(Bounds::Any), "a point value"),
        key("low", Value::Plain(Bounds::Any), "the smallest it can be"),
        key("mode", Value::Plain(Bounds::Any), "the most likely: its point value"),
        key("high", Value::Plain(Bounds::Any), "the largest it can be"),
        key("mean", Value::Plain(Bounds::Any), "the middle of a normal distribution cut off at `low` and `high`"),
        key("sd", Value::Plain(Bounds::Positive), "its standard deviation, above 0"),
        key("alpha", Value::Plain(Bounds::Positive), "the first parameter of a beta distribution, above 0"),
        key("beta", Value::Plain(Bounds::Positive), "the second"),
        key(
            "shape",
            Value::Word(Shape::WORDS),
            "`pert`, `normal`, `truncated-normal` or `beta`, where it does not follow from the other keys",
        ),
    ],
);

pub(crate) const CASE: Table = plain(
    "case",
    "What the case is.",
    &[
        key("title", Value::Words, "").needed(),
        key("as_of", Value::Day, "the day it describes; nothing after it belongs in the case").needed(),
        key("summary", Value::Words, "a sentence or two, printed at the head of the brief"),
        key(
            "today",
            Value::Word(&["no-agreement"]),
            "`\"no-agreement\"` when there is no status quo, only agreement or none: every package is then a change, and none is worth the actor's fallback. Leave out otherwise: today is one option of every issue",
        ),
        key(
            "files",
            Value::Texts,
            "further files of the case, as `[\"actors.toml\", \"claims.toml\"]`: see [below](#several-files)",
        ),
    ],
);

pub(crate) const SOURCE: Table = plain(
    "source",
    "A document the case relies on.",
    &[
        key("title", Value::Words, "").needed(),
        key("author", Value::Words, "who wrote it"),
        key("date", Value::RoughDate, "`\"2017\"`, `\"2017-12\"` or `\"2017-12-12\"`"),
        key("url", Value::Words, "where to find it"),
        key(
            "reliability",
            Value::Word(&["A", "B", "C", "D", "E", "F"]),
            "`A` to `F`, the Admiralty grade of the source",
        ),
        key("note", Value::Words, "one or more sentences, in your own words"),
    ],
);

const NAME: Key = key("name", Value::Words, "what people read");

const IN_SENTENCE: Key = key(
    "in_sentence",
    Value::Words,
    "the name within a sentence, with its article and small letters: `\"the Syrian government\"`. Sentences say `refuses` and `is` of it, so let it be one: `\"the rest of the Security Council\"`. Left out: the name",
);

pub(crate) const ISSUE: Table = table(
    "issue",
    "Something that can be settled.",
    &[
        NAME,
        IN_SENTENCE,
        key("options", Value::Texts, "two or more different texts, up to 64").needed(),
        key(
            "today",
            Value::Expression,
            "the option that stands today; the first when left out. Not with `today = \"no-agreement\"` in `[case]`",
        ),
    ],
);

pub(crate) const DEFINE: Table =
    plain("define", "Named conditions, usable wherever a condition stands, as their bare name.", &[]);

pub(crate) const ACTOR: Table = table("actor", "Someone who takes part or matters.", &[
        NAME,
        IN_SENTENCE,
        key(
            "kind",
            Value::Word(ActorKind::WORDS),
            "`state`, `government`, `armed-group`, `delegation`, `constituency`, `mediator`, `donor`, `civil-society`, `organisation`, `faction`, `community`, `person`",
        ),
        key("part_of", Value::Name("actor"), "the actor this one is an arm or member of; shown, not computed with"),
        key(
            "principal",
            Value::Name("actor"),
            "the actor this one speaks for. Without weights of its own a delegation takes its principal's; with them it accepts only what both accept. Its principal's red lines always bind it",
        ),
        key(
            "fallback",
            Value::Either(&[Value::Number(Bounds::Any), Value::Table(&COST_OF_GOING_ON), Value::Table(&WAR)]),
            "what no agreement is worth to it (its reservation value), in the same unit as its worth: see below",
        ),
        key(
            "ends",
            Value::Expression,
            "the condition that ends its conflict, over the outcome and `concluded(...)`; what going on costs it is at stake only in the deal that first meets this. By default: the framework concludes; without a framework: the first deal",
        )
        .removable(),
        key(
            "aspirations",
            Value::Each(&Value::Expression, false),
            "a table id = condition: what it hopes for beyond its fallback, over the outcome and `concluded(...)`. They enter no worth; checks ask how many are met",
        ),
        key(
            "weights",
            Value::Each(&Value::Number(Bounds::NotNegative), true),
            "a table issue = number ≥ 0. They are normalised to sum to 1. An issue left out weighs nothing",
        ),
        key(
            "out_of",
            Value::Plain(Bounds::Positive),
            "how many points make a worth of 1: weights and bonuses are then points, and not normalised. For imported cases",
        ),
        key(
            "values",
            Value::Each(&Value::Each(&Value::Number(Bounds::Value), true), true),
            "a table per issue, option = number from 0 to 1. Every option of an issue with a weight needs one",
        ),
        key(
            "red_line",
            Value::Tables(&RED_LINE),
            "an array of tables: `id`, `when` (the condition it refuses), `price` (leave out: no price moves it)",
        ),
        key(
            "linkage",
            Value::Tables(&LINKAGE),
            "an array of tables: `id`, `when`, `bonus` (any sign): worth earned while the condition holds",
        ),
    ]);

/// A fallback given by what going on costs.
pub(crate) const COST_OF_GOING_ON: Table = table(
    "fallback",
    "The worth of today, less what going on costs.",
    &[key("cost_of_going_on", Value::Number(Bounds::Any), "what going on costs it (negative: it expects to gain)")
        .needed()],
);

/// A fallback given as a war lottery.
pub(crate) const WAR: Table =
    table("fallback", "A war lottery.", &[key("war", Value::Table(&LOTTERY), "p·win + (1−p)·lose − cost").needed()]);

/// The lottery itself.
pub(crate) const LOTTERY: Table = table(
    "war",
    "A war lottery: p·win + (1−p)·lose − cost.",
    &[
        key("win", Value::Number(Bounds::Any), "what winning is worth").needed(),
        key("lose", Value::Number(Bounds::Any), "what losing is worth").needed(),
        key("probability", Value::Number(Bounds::Probability), "how likely it is to win, from 0 to 1").needed(),
        key("cost", Value::Number(Bounds::NotNegative), "what fighting costs").needed(),
    ],
);

const ID: Key = key("id", Value::Expression, "its id").needed();

/// A red line of an actor.
pub(crate) const RED_LINE: Table = table(
    "red_line",
    "A condition the actor refuses.",
    &[
        ID,
        key("when", Value::Expression, "the condition it refuses").needed(),
        key(
            "price",
            Value::Number(Bounds::NotNegative),
            "what breaking it costs, in worth; leave out: no price moves it",
        )
        .removable(),
    ],
);

/// A linkage of an actor.
pub(crate) const LINKAGE: Table = table(
    "linkage",
    "Worth earned while a condition holds.",
    &[
        ID,
        key("when", Value::Expression, "the condition").needed(),
        key("bonus", Value::Number(Bounds::Any), "how much, any sign").needed(),
    ],
);

const FROM: Key =
    key("from", Value::Name("actor"), "where it starts: the patron, who refuses to sit, the delegation").needed();
const TO: Key = key("to", Value::Name("actor"), "where it leads: the client, whom it refuses, the people").needed();

const LEVERAGE: Key = key(
    "leverage",
    Value::Number(Bounds::NotNegative),
    "how far the patron can lower what the client demands, for a deal the patron itself accepts and gains by",
)
.needed();
const BINDING: Key = key(
    "binding",
    Value::Number(Bounds::Probability),
    "how far the signature commits them, from 0 to 1; part of no verdict of `settle`",
);

pub(crate) const TIE: Table = Table {
    variants: &[&PATRON, &NON_RECOGNITION, &CONSTITUENCY],
    ..table(
        "tie",
        "Who can press whom, who will not sit with whom, and who must carry what another signs.",
        &[
            key("kind", Value::Word(TieWord::WORDS), "`patron`, `non-recognition` or `constituency`").needed(),
            FROM,
            TO,
            LEVERAGE,
            BINDING,
        ],
    )
};

/// A patron's tie.
pub(crate) const PATRON: Table = table(
    "tie",
    "A patron's leverage over a client.",
    &[
        key("kind", Value::Word(&[TieWord::Patron.word()]), "a patron's leverage over a client").needed(),
        FROM,
        TO,
        LEVERAGE,
    ],
);

/// A refusal to sit.
pub(crate) const NON_RECOGNITION: Table = table(
    "tie",
    "The first will not sit with the second.",
    &[
        key("kind", Value::Word(&[TieWord::NonRecognition.word()]), "the first will not sit with the second").needed(),
        FROM,
        TO,
    ],
);

/// A delegation's people.
pub(crate) const CONSTITUENCY: Table = table(
    "tie",
    "The people who must carry what a delegation signs.",
    &[
        key("kind", Value::Word(&[TieWord::Constituency.word()]), "the people who must carry what a delegation signs")
            .needed(),
        FROM,
        TO,
        BINDING,
    ],
);

pub(crate) const TRACK: Table = table(
    "track",
    "Where deals are made.",
    &[
        NAME,
        IN_SENTENCE,
        key("agenda", Value::Names("issue"), "the issues it can decide").needed(),
        key(
            "mandate",
            Value::Expression,
            "a condition every deal made there must meet. Each top-level conjunct is one constraint, `mandate:TRACK.1`, `mandate:TRACK.2`, …",
        )
        .removable(),
        key(
            "rule",
            Value::Word(Rule::WORDS),
            "`\"consensus\"` (default): every party and guarantor must say yes; `\"parties-only\"`: every party; or one of the rules that count votes, below",
        ),
        QUOTA,
        VOTES,
        BLOCS,
        SHARE,
        VETO,
        ABSTAINS,
        key(
            "status",
            Value::Word(Status::WORDS),
            "`\"open\"` (default); `\"planned\"`: analysed as if it met, and shown as planned; `\"closed\"`: makes no deals",
        ),
        key("concludes", Value::Name("framework"), "the framework it can conclude"),
        key("feeds", Value::Names("track"), "the tracks its results go to; shown"),
        key(
            "seats",
            Value::Each(&Value::WordOrMore(Role::WORDS), false),
            "a table actor = role, or a list of roles: `party`, `guarantor`, `convener`, `observer`",
        )
        .needed(),
    ],
);

const QUOTA: Key =
    key("quota", Value::Number(Bounds::Positive), "how many votes a deal needs, for the rules `quota` and `council`");
const VOTES: Key = key(
    "votes",
    Value::Each(&Value::Number(Bounds::NotNegative), true),
    "a table actor = number ≥ 0; one vote where nothing else is said",
);
const BLOCS: Key =
    key("blocs", Value::Each(&Value::Names("actor"), false), "a table id = list of actors, for `sufficient-consensus`");
const SHARE: Key = key(
    "share",
    Value::Either(&[Value::Number(Bounds::Probability), Value::Each(&Value::Number(Bounds::Probability), true)]),
    "above 0 and at most 1: how much of a bloc must say yes, one number for all or a table bloc = number",
);
const VETO: Key = key("veto", Value::Names("actor"), "who can veto, for `council`");
const ABSTAINS: Key = key(
    "abstains",
    Value::Each(&Value::Number(Bounds::NotNegative), true),
    "a table actor = number ≥ 0: how far a veto holder may miss and still abstain",
);

pub(crate) const FRAMEWORK: Table = table(
    "framework",
    "A resolution with benchmarks to be filled.",
    &[
        NAME,
        IN_SENTENCE,
        key(
            "reading",
            Value::Word(BenchmarkReading::WORDS),
            "`\"nominal\"` (default) or `\"strict\"`: the reading under which it concludes",
        ),
        key(
            "benchmarks",
            Value::Each(&Value::Either(&[Value::Expression, Value::Table(&BENCHMARK)]), false),
            "at least one: a table id = condition, or id = `{ nominal = \"…\", strict = \"…\" }` with evidence where the reading is disputed",
        )
        .needed(),
    ],
);

/// A benchmark whose reading is disputed.
pub(crate) const BENCHMARK: Table = table(
    "benchmark",
    "A benchmark under both readings.",
    &[
        key("nominal", Value::Expression, "the condition under which it is filled at all").needed(),
        key("strict", Value::Expression, "the condition under which it is filled with given content").needed(),
    ],
);

pub(crate) const LEVER: Table = table(
    "lever",
    "What an actor can do to change the case.",
    &[
        NAME,
        key("owner", Value::Name("actor"), "the actor that can use it"),
        key("cost", Value::Number(Bounds::NotNegative), "a number, 0 by default: for comparing levers"),
        key("available", Value::Flag, "`true` (default) or `false`: unavailable levers are in no combination"),
        key("requires", Value::Names("lever"), "the levers without which it cannot be used"),
        key("excludes", Value::Names("lever"), "the levers with which it cannot be used"),
        key(
            "intensity",
            Value::Number(Bounds::NotNegative),
            "a number ≥ 0, 1 by default: multiplies what its `+=` and `-=` edits add",
        ),
        key(
            "edits",
            Value::Texts,
            "what it changes in the case: a list of edits, below. A lever may also act by standing in a condition, `lever(ID)`",
        ),
        key(
            "channel",
            Value::Word(Channel::WORDS),
            "optional, and checked: `worth`, `fallback`, `cost-of-going-on`, `leverage`, `seat`, `agenda`, `mandate`, `track`, `red-line`. A lever acts through one channel",
        ),
    ],
);

pub(crate) const MOVE: Table = table(
    "move",
    "What an actor can do or leave, in the strategic game.",
    &[
        NAME,
        key("actor", Value::Name("actor"), "who holds it").needed(),
        key("reversible", Value::Flag, "`true` (default); `false`: once taken it is never given up"),
        key("resumable", Value::Flag, "`true` (default); `false`: once given up it is never taken again"),
        key("today", Value::Flag, "`true` if it is taken today; `false` (default)"),
        key(
            "settles",
            Value::Each(&Value::Expression, false),
            "a table issue = option: what stands where the move is taken, for actors who judge states by their worth",
        ),
    ],
);

pub(crate) const STABILITY: Table = plain(
    "stability",
    "What else the strategic game consists of.",
    &[
        key(
            "lever_cost_unit",
            Value::Number(Bounds::NotNegative),
            "what one unit of lever cost is worth to the owner who pays it, in its own worth; `1` if left out. [Only the game over levers](../methods/strategy-game.md#what-a-lever-costs) uses it",
        ),
        key("infeasible", Value::Texts, "a list of conditions: a choice of moves one of them holds for is no state"),
        key(
            "indistinguishable",
            Value::Texts,
            "a list of conditions: all states one of them holds for are one, for each condition",
        ),
        key(
            "sanction_rule",
            Value::Word(AnswerRule::WORDS),
            "`\"legal\"` (default), `\"each-once\"` or `\"single\"`: [how opponents may answer](../methods/stability.md#when-a-state-is-stable)",
        ),
        key(
            "preference",
            Value::Each(&Value::Table(&STATE_PREFERENCE), false),
            "a table actor = what it prefers among the states; every actor that holds a move needs one, as `[stability.preference.ACTOR]`",
        ),
        key(
            "attitude",
            Value::Each(&Value::Table(&ATTITUDE), false),
            "a table actor = its [attitudes](../methods/stability.md#more-and-less-than-rankings) towards others, as `[stability.attitude.ACTOR]`",
        ),
        key(
            "view",
            Value::Each(&Value::Table(&VIEW), false),
            "a table actor = how it [sees the game](../methods/stability.md#more-and-less-than-rankings), where it sees it otherwise, as `[stability.view.ACTOR]`",
        ),
    ],
);

/// What one actor does to help or harm others.
pub(crate) const ATTITUDE: Table = table(
    "attitude",
    "What an actor does to help others, to harm them, or regardless of them.",
    &[key(
        "towards",
        Value::Each(&Value::Word(Attitude::WORDS), false),
        "a table actor = `\"positive\"`, `\"neutral\"` or `\"negative\"`; towards itself it is positive and towards others neutral where nothing is said",
    )
    .needed()],
);

/// How one actor sees the game.
pub(crate) const VIEW: Table = table(
    "view",
    "How an actor sees the strategic game, where it sees it otherwise.",
    &[
        key("unseen", Value::Texts, "a list of conditions: it knows of no state that one of them holds for"),
        key(
            "preference",
            Value::Each(&Value::Table(&STATE_PREFERENCE), false),
            "a table actor = what it thinks that actor prefers, itself included; where nothing is said, what the game says",
        ),
    ],
);

/// What one actor prefers among the states of the strategic game.
pub(crate) const STATE_PREFERENCE: Table = table(
    "preference",
    "What an actor prefers among the states: one of these keys.",
    &[
        key(
            "ranking",
            Value::Groups,
            "the states, best first; tied ones in a list within the list. A state is a text with a letter for each move in the order of the file: `Y` taken, `N` not, `-` either, which names every state that fits. `\">>\"` between two places: what stands before it is much better than what stands behind it",
        ),
        key(
            "statements",
            Value::Texts,
            "a list of conditions, the most important first: the first on which two states differ decides, and the one where it holds is better. `\">>\"` once: what a statement before it tells apart is much better or much worse",
        ),
        key(
            "weights",
            Value::Each(&Value::Number(Bounds::Any), false),
            "a table move = number: a state is worth the sum of the weights of the moves taken",
        ),
        key(
            "worth",
            Value::Flag,
            "`true`: a state is worth what the package is worth to the actor in which the moves taken settle what they settle, and everything else stands as today",
        ),
        key(
            "preferred",
            Value::Groups,
            "what is known of a preference that is not known as a whole: pairs of states, as in a ranking, the first preferred to the second. Of other pairs nothing is known, and nothing is concluded from two pairs",
        ),
        key("equal", Value::Groups, "with `preferred`: pairs of states that are equally good"),
    ],
);

pub(crate) const SIMULATION: Table = table(
    "simulation",
    "How the process moves from round to round. Everything may be left out; what is, has a [default](../methods/simulation.md#numbers-and-defaults).",
    &[
        key(
            "round_length",
            Value::Word(RoundLength::WORDS),
            "`\"week\"`, `\"month\"` (default), `\"quarter\"` or `\"year\"`",
        ),
        key("horizon", Value::Grade(1, 1200), "how many rounds a run has: 60 by default"),
        key("patience", Value::Grade(1, 1200), "how many rounds without a deal make a track dead: 12 by default"),
        key(
            "noise_of_responses",
            Value::Number(Bounds::NotNegative),
            "how loosely seats answer, in worth: the scale of a logistic distribution; 0.02 by default, 0 for none",
        ),
        key(
            "noise_of_beliefs",
            Value::Number(Bounds::NotNegative),
            "how wrong proposers are about what others demand, in worth: a standard deviation; 0.05 by default, 0 for full information",
        ),
        key(
            "bound",
            Value::Number(Bounds::NotNegative),
            "the most by which battlefield and fatigue move a fallback either way, in worth; 0.25 by default",
        ),
        key(
            "distrust",
            Value::Number(Bounds::NotNegative),
            "what a broken agreement adds to what its makers demand of every later one, in worth; 0.05 by default",
        ),
        key(
            "recovery",
            Value::Number(Bounds::Probability),
            "the share of distrust that is forgotten in a round; 0.1 by default",
        ),
        key(
            "wear",
            Value::Number(Bounds::Probability),
            "how much an agreement's health falls in a round in which somebody who made it would not make it again; 0.1 by default",
        ),
        key(
            "correlation_of_failures",
            Value::Number(Bounds::Probability),
            "the share of rounds in which what makes one track fail makes every track fail; 0 by default",
        ),
        key(
            "actor",
            Value::Each(&Value::Table(&SIMULATED_ACTOR), false),
            "a table actor = how its fortunes move, as `[simulation.actor.ID]`",
        ),
        key(
            "tie",
            Value::Each(&Value::Table(&SIMULATED_TIE), false),
            "a table tie = what a patron does for its client, as `[simulation.tie.ID]`",
        ),
        key(
            "track",
            Value::Each(&Value::Table(&SIMULATED_TRACK), false),
            "a table track = how often it meets and what holds, as `[simulation.track.ID]`",
        ),
        key(
            "lever",
            Value::Each(&Value::Table(&SIMULATED_LEVER), false),
            "a table lever = when it is used, as `[simulation.lever.ID]`",
        ),
        key(
            "event",
            Value::Each(&Value::Table(&FUTURE_EVENT), false),
            "what is to happen after the day of the case, as `[simulation.event.ID]`",
        ),
    ],
);

/// How an actor's fortunes move.
pub(crate) const SIMULATED_ACTOR: Table = table(
    "simulation.actor",
    "How an actor's fortunes move from round to round.",
    &[
        key(
            "shock",
            Value::Number(Bounds::NotNegative),
            "how far a round of the battlefield moves its fallback, in worth: up or down by this much; by default 0.02 for a `government` or an `armed-group`, 0 for others",
        ),
        key(
            "drift",
            Value::Number(Bounds::Any),
            "how far it moves it on average, in worth per round, within the shock; 0 by default",
        ),
        key(
            "fatigue",
            Value::Number(Bounds::Any),
            "how much its cost of going on grows in a round, in worth; 0 by default",
        ),
        key("against", Value::Name("actor"), "the adversary whose gain is its loss"),
        key(
            "correlation",
            Value::Number(Bounds::Probability),
            "in what share of rounds that is so; 0.5 by default where there is an adversary",
        ),
        key(
            "collapse",
            Value::Number(Bounds::Probability),
            "the probability per round that it collapses, where nobody supports it and it stands as today; 0 by default",
        ),
    ],
);

/// What a patron does for its client.
pub(crate) const SIMULATED_TIE: Table = table(
    "simulation.tie",
    "What a patron does for its client.",
    &[key(
        "support",
        Value::Number(Bounds::Probability),
        "how much of the danger of collapse the patron takes off its client, from 0 to 1; 0 by default",
    )],
);

/// How a track goes from round to round.
pub(crate) const SIMULATED_TRACK: Table = table(
    "simulation.track",
    "How a track goes from round to round.",
    &[
        key("meets", Value::Number(Bounds::Probability), "the probability that it meets in a round; 0.5 by default"),
        key(
            "fails",
            Value::Number(Bounds::Probability),
            "the probability per round that it fails outright, for good; 0 by default",
        ),
        key(
            "hazard",
            Value::Number(Bounds::Probability),
            "the probability per round that an agreement made there breaks, where nobody enforces it, those behind the seats would carry it, and it is in good health; 0.02 by default",
        ),
        key(
            "enforcement",
            Value::Number(Bounds::Probability),
            "how much of that its guarantors prevent, from 0 to 1; by default 0.5 with a guarantor, 0 without",
        ),
        key(
            "proposes",
            Value::Each(&Value::Number(Bounds::NotNegative), false),
            "a table actor = how often it makes the proposal, relative to the others; 1 by default for each that votes",
        ),
        key(
            "sponsors",
            Value::Each(&Value::Table(&SPONSOR), false),
            "a table actor = what leaving and staying mean to it; a track of which no sponsor is named stays open by itself",
        ),
    ],
);

/// Who keeps a track alive.
pub(crate) const SPONSOR: Table = table(
    "simulation.track.sponsors",
    "One who keeps a track alive as long as leaving costs it more than staying.",
    &[
        key("leaving", Value::Number(Bounds::NotNegative), "what leaving would cost it, in worth; 0 by default"),
        key(
            "staying",
            Value::Number(Bounds::Any),
            "what staying with a dead track costs it, less what it brings, in worth; 0 by default",
        ),
    ],
);

/// When a lever is used.
pub(crate) const SIMULATED_LEVER: Table = table(
    "simulation.lever",
    "When a lever is used.",
    &[
        key(
            "policy",
            Value::Word(PolicyWord::WORDS),
            "`\"never\"` (default), `\"always\"`, `\"when\"`: in rounds that begin where `when` holds, `\"best-response\"`: in rounds that promise its owner more with it",
        ),
        key("when", Value::Expression, "the condition, over where the process stands"),
        key(
            "effort",
            Value::Number(Bounds::NotNegative),
            "what using it for a round costs its owner, in worth, for `best-response`; 0 by default",
        ),
    ],
);

/// Something that is to happen.
pub(crate) const FUTURE_EVENT: Table = table(
    "simulation.event",
    "Something that is to happen after the day of the case, in every run or in some.",
    &[
        key("date", Value::Day, "the day; after `as_of`").needed(),
        key("text", Value::Words, "what happens").needed(),
        key("edits", Value::Texts, "what it changes from then on: a list of edits").needed(),
        key("chance", Value::Number(Bounds::Probability), "the probability that it happens; 1 by default"),
    ],
);

pub(crate) const PACKAGE: Table = table(
    "package",
    "A named outcome.",
    &[
        NAME,
        IN_SENTENCE,
        key(
            "content",
            Value::Each(&Value::Expression, false),
            "a table issue = option (an issue left out stays as today; with `today = \"no-agreement\"` none may be left out)",
        ),
    ],
);

pub(crate) const OPTION: Table = table(
    "option",
    "What an actor considers doing, as a whole, to be compared.",
    &[
        NAME,
        key("actor", Value::Name("actor"), "who considers it"),
        key("levers", Value::Names("lever"), "the levers it puts in use"),
        key("edits", Value::Texts, "what else it changes: a list of edits, below"),
        key("reading", Value::Name("reading"), "the reading under which it is looked at"),
    ],
);

pub(crate) const CLAIM: Table = table(
    "claim",
    "What an analyst asserts, with the check that decides it.",
    &[
        ID,
        key("says", Value::Words, "the sentence").needed(),
        key("check", Value::Expression, "the check that decides it").needed(),
        key("with", Value::Texts, "a list of edits under which the claim is checked"),
        key(
            "control",
            Value::Texts,
            "a list of edits, on top of `with`, under which the claim must fail: its negative control",
        ),
    ],
);

pub(crate) const EVENT: Table = table(
    "event",
    "Something that happened in the process.",
    &[
        key("date", Value::Day, "the day it happened or began; not after `as_of`").needed(),
        key("end", Value::Day, "its last day, where it lasted. A round without one is still going on"),
        key(
            "track",
            Value::Name("track"),
            "the track it belongs to; left out or `\"none\"` for one that is not in the case",
        ),
        key(
            "kind",
            Value::WordOrMore(EventKind::WORDS),
            "one or a list: `round`, `agreement`, `breakdown`, `walk-out`, `new-track`, `seats`",
        )
        .needed(),
        key("text", Value::Words, "what happened").needed(),
        key("result", Value::Words, "what came of it"),
    ],
);

pub(crate) const RECORD: Table = table(
    "record",
    "A record of events kept in a sheet.",
    &[
        key("file", Value::Words, "the sheet, from the case's folder down").needed(),
        key("columns", Value::Table(&COLUMNS), "what the columns are called there"),
        key("tracks", Value::Each(&Value::Name("track"), false), "a track, or `none`, for what the sheet says"),
        key(
            "kinds",
            Value::Each(&Value::WordOrMore(EventKind::WORDS), false),
            "a kind, or a list, for what the sheet says",
        ),
    ],
);

/// The columns of a record.
pub(crate) const COLUMNS: Table = plain(
    "columns",
    "What the columns of a record are called.",
    &[
        key("date", Value::Words, "the column of the day it happened or began"),
        key("end", Value::Words, "the column of its last day"),
        key("track", Value::Words, "the column of its track"),
        key("kind", Value::Words, "the column of its kind"),
        key("text", Value::Words, "the column of what happened"),
        key("result", Value::Words, "the column of what came of it"),
        key("note", Value::Words, "the column of notes"),
    ],
);

pub(crate) const MATRIX: Table = table(
    "matrix",
    "Weights and values kept in sheets.",
    &[
        key("weights", Value::Words, "a sheet with issues down and actors across, or the other way round"),
        key("values", Value::Words, "a sheet with the columns `issue`, `option`, and one for each actor"),
    ],
);

pub(crate) const READING: Table =
    table("reading", "The same case as someone else sees it: below it only what this reading changes.", &[NAME]);

const fn table(name: &'static str, says: &'static str, keys: &'static [Key]) -> Table {
    Table { name, says, keys, evidence: true, variants: &[] }
}

/// A table without evidence.
const fn plain(name: &'static str, says: &'static str, keys: &'static [Key]) -> Table {
    Table { name, says, keys, evidence: false, variants: &[] }
}
