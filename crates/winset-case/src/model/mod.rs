//! The checked model of a case. Everything in it has been validated: ids are indices that exist, numbers are in range.

mod check;
mod condition;
mod decimal;
mod print;
mod quantity;

pub use check::{Check, Table, Value};
pub use condition::{BenchmarkReading, Comparison, Condition, Expression};
pub use decimal::{Decimal, DecimalError};
pub(crate) use quantity::words;
pub use quantity::{Basis, BearsOn, Citation, Distribution, Evidence, Likelihood, Quantity};

use crate::diagnostic::Span;
use crate::edit::Edit;

macro_rules! ids {
    ($($(#[doc = $doc:literal])* $name:ident,)*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    )*};
}

ids! {
    /// Which source: its index in [`Case::sources`].
    SourceId,
    /// Which issue: its index in [`Case::issues`].
    IssueId,
    /// Which definition: its index in [`Case::defines`].
    DefineId,
    /// Which actor: its index in [`Case::actors`].
    ActorId,
    /// Which tie: its index in [`Case::ties`].
    TieId,
    /// Which track: its index in [`Case::tracks`].
    TrackId,
    /// Which framework: its index in [`Case::frameworks`].
    FrameworkId,
    /// Which benchmark: its index in [`Framework::benchmarks`].
    BenchmarkId,
    /// Which lever: its index in [`Case::levers`].
    LeverId,
    /// Which package: its index in [`Case::packages`].
    PackageId,
    /// Which red line: its index in [`Actor::red_lines`].
    RedLineId,
    /// Which linkage: its index in [`Actor::linkages`].
    LinkageId,
}

/// An outcome (package): the index of one option for every issue, in the order of [`Case::issues`].
pub type Outcome = Vec<usize>;

/// One peace process as one analyst sees it on one date.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its title.
    pub title: String,
    /// The date it describes, as `2017-12-12`; nothing after it belongs in the case.
    pub as_of: String,
    /// A sentence or two for the head of the brief.
    pub summary: Option<String>,
    /// Whether there is no status quo, only agreement or none (`today = "no-agreement"`): the baseline then lies outside the outcomes.
    pub no_agreement_today: bool,
    /// Documents relied on.
    pub sources: Vec<Source>,
    /// What can be settled.
    pub issues: Vec<Issue>,
    /// Named conditions.
    pub defines: Vec<Define>,
    /// Who takes part or matters.
    pub actors: Vec<Actor>,
    /// Who can press whom.
    pub ties: Vec<Tie>,
    /// Where deals are made.
    pub tracks: Vec<Track>,
    /// Resolutions to be filled and concluded.
    pub frameworks: Vec<Framework>,
    /// What actors can do to change the case.
    pub levers: Vec<Lever>,
    /// Named outcomes.
    pub packages: Vec<Package>,
    /// What the analyst asserts.
    pub claims: Vec<Claim>,
}

/// A document the analyst relies on.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// When, as written.
    pub date: Option<String>,
    /// Where to find it.
    pub url: Option<String>,
    /// Admiralty grade of the source, `A` to `F`.
    pub reliability: Option<char>,
    /// A note.
    pub note: Option<String>,
}

/// Something that can be settled.
#[derive(Debug, Clone)]
pub struct Issue {
    /// Its id.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// Its options, at least two.
    pub options: Vec<String>,
    /// The option that stands today. Meaningless where [`Case::no_agreement_today`].
    pub today: usize,
    /// What it rests on.
    pub evidence: Evidence,
}

/// A named condition.
#[derive(Debug, Clone)]
pub struct Define {
    /// Its name.
    pub id: String,
    /// What it stands for.
    pub condition: Condition,
}

words! {
    /// What sort of actor.
    ActorKind {
        /// A state.
        State = "state",
        /// A government as a party to the conflict.
        Government = "government",
        /// An armed group.
        ArmedGroup = "armed-group",
        /// A delegation that speaks for others.
        Delegation = "delegation",
        /// People who must carry out what is signed for them.
        Constituency = "constituency",
        /// A mediator.
        Mediator = "mediator",
        /// A donor.
        Donor = "donor",
        /// Civil society.
        CivilSociety = "civil-society",
        /// An international or other organisation.
        Organisation = "organisation",
        /// A faction of another actor.
        Faction = "faction",
        /// A local community.
        Community = "community",
        /// One person.
        Person = "person",
    }
}

/// Who takes part or matters.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Its id.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// What sort of actor.
    pub kind: Option<ActorKind>,
    /// The actor it is an arm or member of; shown, not computed with.
    pub part_of: Option<ActorId>,
    /// The actor it speaks for.
    pub principal: Option<ActorId>,
    /// What no agreement is worth to it.
    pub fallback: Option<Fallback>,
    /// The condition that ends its conflict; `None` for the default.
    pub ends: Option<Condition>,
    /// Its weight per issue; empty if it has no preferences of its own, else one entry per issue.
    pub weights: Vec<Option<Quantity>>,
    /// Its value per issue and option, from 0 to 1; as long as `weights`, and an empty list where the issue has no weight and no values.
    pub values: Vec<Vec<Quantity>>,
    /// What it refuses.
    pub red_lines: Vec<RedLine>,
    /// What is worth more, or less, under a condition.
    pub linkages: Vec<Linkage>,
    /// What it rests on.
    pub evidence: Evidence,
    /// Where it is declared.
    pub span: Span,
}

impl Actor {
    /// Whether it has preferences of its own.
    pub fn has_preferences(&self) -> bool {
        self.weights.iter().flatten().any(|weight| weight.value > Decimal::ZERO)
    }
}

/// The reservation value: what no agreement is worth to an actor (model, section 1).
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "one per actor; a box would only get in the way")]
pub enum Fallback {
    /// Given directly, in the unit of worth.
    Worth(Quantity),
    /// The worth of today less the cost of going on.
    CostOfGoingOn(Quantity),
    /// A war lottery: p·win + (1−p)·lose − cost (Fearon 1995; Powell 2006).
    War {
        /// Worth of winning.
        win: Quantity,
        /// Worth of losing.
        lose: Quantity,
        /// Probability of winning.
        probability: Quantity,
        /// What fighting costs.
        cost: Quantity,
    },
}

/// A condition an actor refuses.
#[derive(Debug, Clone)]
pub struct RedLine {
    /// Its id, unique within the actor.
    pub id: String,
    /// What it refuses.
    pub when: Condition,
    /// What breaking it costs in worth; `None`: no price moves it.
    pub price: Option<Quantity>,
    /// Whether it stands; edits may drop it.
    pub on: bool,
    /// What it rests on.
    pub evidence: Evidence,
}

/// Worth earned while a condition holds.
#[derive(Debug, Clone)]
pub struct Linkage {
    /// Its id, unique within the actor.
    pub id: String,
    /// When it is earned.
    pub when: Condition,
    /// How much, any sign.
    pub bonus: Quantity,
    /// Whether it stands; edits may drop it.
    pub on: bool,
    /// What it rests on.
    pub evidence: Evidence,
}

/// A patron's leverage over a client.
#[derive(Debug, Clone)]
pub struct Tie {
    /// Its id.
    pub id: String,
    /// The patron.
    pub patron: ActorId,
    /// The client.
    pub client: ActorId,
    /// How far the patron can lower what the client demands.
    pub leverage: Quantity,
    /// What it rests on.
    pub evidence: Evidence,
}

words! {
    /// What a seat is for.
    Role {
        /// A party to the deal.
        Party = "party",
        /// A guarantor of the deal.
        Guarantor = "guarantor",
        /// Convenes the track.
        Convener = "convener",
        /// Watches.
        Observer = "observer",
    }
}

words! {
    /// Who must say yes.
    Rule {
        /// Every party and guarantor.
        Consensus = "consensus",
        /// Every party.
        PartiesOnly = "parties-only",
    }
}

words! {
    /// Whether a track meets.
    Status {
        /// It meets.
        Open = "open",
        /// It is announced; analysed as if it met.
        Planned = "planned",
        /// It makes no deals.
        Closed = "closed",
    }
}

/// A seat at a track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Who sits there.
    pub actor: ActorId,
    /// As what, at least one.
    pub roles: Vec<Role>,
}

/// A venue where deals are made.
#[derive(Debug, Clone)]
pub struct Track {
    /// Its id.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// The issues it can decide, ascending.
    pub agenda: Vec<IssueId>,
    /// What every deal made there must meet.
    pub mandate: Option<Condition>,
    /// Who must say yes.
    pub rule: Rule,
    /// Whether it meets.
    pub status: Status,
    /// The framework it can conclude.
    pub concludes: Option<FrameworkId>,
    /// Where its results go; shown.
    pub feeds: Vec<TrackId>,
    /// Who sits there, in the order of the file.
    pub seats: Vec<Seat>,
    /// What it rests on.
    pub evidence: Evidence,
}

impl Track {
    /// Whether the rule needs the consent of this seat.
    pub fn needs(&self, seat: &Seat) -> bool {
        seat.roles.iter().any(|role| match self.rule {
            Rule::Consensus => matches!(role, Role::Party | Role::Guarantor),
            Rule::PartiesOnly => matches!(role, Role::Party),
        })
    }

    /// The actors whose consent the rule needs, in the order of the file.
    pub fn required(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.seats.iter().filter(|seat| self.needs(seat)).map(|seat| seat.actor)
    }
}

/// A resolution with benchmarks to be filled.
#[derive(Debug, Clone)]
pub struct Framework {
    /// Its id.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// The reading under which it concludes.
    pub reading: BenchmarkReading,
    /// Its benchmarks.
    pub benchmarks: Vec<Benchmark>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// One benchmark of a framework.
#[derive(Debug, Clone)]
pub struct Benchmark {
    /// Its id, unique within the framework.
    pub id: String,
    /// Filled at all.
    pub nominal: Condition,
    /// Filled with given content; the same as `nominal` where it is not disputed.
    pub strict: Condition,
    /// Whether it stands; edits may drop it.
    pub on: bool,
    /// What it rests on.
    pub evidence: Evidence,
}

impl Benchmark {
    /// The condition under a reading.
    pub fn under(&self, reading: BenchmarkReading) -> &Condition {
        match reading {
            BenchmarkReading::Nominal => &self.nominal,
            BenchmarkReading::Strict => &self.strict,
        }
    }
}

words! {
    /// Through what a lever acts (model, section 1).
    Channel {
        /// Weights, values and linkages.
        Worth = "worth",
        /// Fallbacks.
        Fallback = "fallback",
        /// The cost of going on, and what ends it.
        CostOfGoingOn = "cost-of-going-on",
        /// Ties.
        Leverage = "leverage",
        /// Seats.
        Seat = "seat",
        /// Agendas.
        Agenda = "agenda",
        /// Mandates, rules, benchmarks and readings.
        Mandate = "mandate",
        /// Tracks opened or closed.
        Track = "track",
        /// Red lines and their prices.
        RedLine = "red-line",
    }
}

/// Something an actor can do that changes the case.
#[derive(Debug, Clone)]
pub struct Lever {
    /// Its id.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// Who can use it.
    pub owner: Option<ActorId>,
    /// What using it costs, for comparing levers.
    pub cost: Quantity,
    /// Whether it can be used at all.
    pub available: bool,
    /// Whether it is in use.
    pub on: bool,
    /// Levers that must be in use with it.
    pub requires: Vec<LeverId>,
    /// Levers that may not be in use with it.
    pub excludes: Vec<LeverId>,
    /// Multiplies what its `+=` and `-=` edits add.
    pub intensity: Quantity,
    /// What it changes.
    pub edits: Vec<Edit>,
    /// Through what it acts.
    pub channel: Channel,
    /// What it rests on.
    pub evidence: Evidence,
}

/// A named outcome.
#[derive(Debug, Clone)]
pub struct Package {
    /// Its id.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// The option it settles, per issue it names; the others stay as today.
    pub content: Vec<(IssueId, usize)>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// What an analyst asserts, with the check that decides it.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// The sentence.
    pub says: String,
    /// The check as written.
    pub check_text: String,
    /// The check.
    pub check: Check,
    /// Edits under which it is checked.
    pub with: Vec<Edit>,
    /// Edits, on top of `with`, under which it must fail; empty for none.
    pub control: Vec<Edit>,
    /// What it rests on.
    pub evidence: Evidence,
}

impl Case {
    /// What stands today, one option for every issue.
    pub fn baseline(&self) -> Outcome {
        self.issues.iter().map(|issue| issue.today).collect()
    }

    /// The whole outcome a package means: what it names, and today's options for the rest.
    pub fn outcome(&self, package: PackageId) -> Outcome {
        let mut outcome = self.baseline();
        for &(issue, option) in &self.packages[package.0].content {
            outcome[issue.0] = option;
        }
        outcome
    }

    /// The number of outcomes, or `None` if it does not fit.
    pub fn outcome_count(&self) -> Option<u128> {
        self.issues.iter().try_fold(1_u128, |count, issue| count.checked_mul(issue.options.len() as u128))
    }
}

macro_rules! lookup {
    ($($(#[doc = $doc:literal])* $function:ident: $list:ident -> $id:ident,)*) => {
        impl Case {$(
            $(#[doc = $doc])*
            pub fn $function(&self, id: &str) -> Option<$id> {
                self.$list.iter().position(|entry| entry.id == id).map($id)
            }
        )*}
    };
}

lookup! {
    /// The source with this id.
    source_id: sources -> SourceId,
    /// The issue with this id.
    issue_id: issues -> IssueId,
    /// The actor with this id.
    actor_id: actors -> ActorId,
    /// The tie with this id.
    tie_id: ties -> TieId,
    /// The track with this id.
    track_id: tracks -> TrackId,
    /// The framework with this id.
    framework_id: frameworks -> FrameworkId,
    /// The lever with this id.
    lever_id: levers -> LeverId,
    /// The package with this id.
    package_id: packages -> PackageId,
    /// The definition with this name.
    define_id: defines -> DefineId,
}
