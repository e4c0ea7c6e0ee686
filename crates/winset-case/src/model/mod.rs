//! The checked model of a case. Everything in it has been validated: ids are indices that exist, numbers are in range.

mod actor;
mod check;
mod condition;
mod decimal;
mod dynamics;
mod event;
mod lever;
mod moves;
mod policy_option;
mod print;
mod quantity;
mod reading;
mod tie;
mod track;
mod voting;

pub use actor::{Actor, ActorKind, Aspiration, Fallback, Linkage, RedLine};
pub use check::{Check, Chosen, Hoped, RunEnd, StabilityConcept, StrategicState, Table, TrackFate, Value};
pub use condition::{BenchmarkReading, Comparison, Condition, Expression};
pub use decimal::{Decimal, DecimalError};
pub use dynamics::{Dynamics, FutureEvent, Parameter, Policy, PolicyWord, RoundLength};
pub use event::{Event, EventKind};
pub use lever::{Channel, Lever};
pub use moves::{ActorAttitudes, AnswerRule, Attitude, Game, GameView, Move, StateOrder, StatePreference};
pub use policy_option::{LeverClash, PolicyOption};
pub(crate) use quantity::words;
pub use quantity::{Basis, BearsOn, Citation, Distribution, Evidence, Likelihood, Quantity, Shape};
pub use reading::CaseReading;

use std::sync::Arc;

use crate::edit::Edit;
pub use tie::{Tie, TieKind, TieWord};
pub use track::{Benchmark, Framework, Role, Seat, Status, Track};
pub use voting::{Bloc, Rule, Voting};

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
    /// Which move: its index in [`Case::moves`].
    MoveId,
    /// Which package: its index in [`Case::packages`].
    PackageId,
    /// Which red line: its index in [`Actor::red_lines`].
    RedLineId,
    /// Which linkage: its index in [`Actor::linkages`].
    LinkageId,
    /// Which option to compare: its index in [`Case::options`].
    OptionId,
    /// Which bloc: its index in [`Voting::blocs`].
    BlocId,
    /// Which reading: its index in [`Case::readings`].
    ReadingId,
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
    /// Whether a track meets only if nobody there refuses to sit with another. Asked by the user, not written in the file.
    pub strict_recognition: bool,
    /// Documents relied on.
    pub sources: Vec<Source>,
    /// What can be settled.
    pub issues: Vec<Issue>,
    /// Named conditions.
    pub defines: Vec<Define>,
    /// Who takes part or matters.
    pub actors: Vec<Actor>,
    /// Who can press whom, who will not sit with whom, who stands behind whom.
    pub ties: Vec<Tie>,
    /// Where deals are made.
    pub tracks: Vec<Track>,
    /// Resolutions to be filled and concluded.
    pub frameworks: Vec<Framework>,
    /// What actors can do to change the case.
    pub levers: Vec<Lever>,
    /// What actors can do or leave in the strategic game.
    pub moves: Vec<Move>,
    /// What else the strategic game consists of.
    pub game: Game,
    /// How the process moves from round to round.
    pub dynamics: Dynamics,
    /// Named outcomes.
    pub packages: Vec<Package>,
    /// What actors consider doing, to be compared.
    pub options: Vec<PolicyOption>,
    /// What the analyst asserts.
    pub claims: Vec<Claim>,
    /// What happened so far, the earliest first.
    pub events: Vec<Event>,
    /// The same case as others see it.
    pub readings: Arc<[CaseReading]>,
    /// The reading in force, if it is not the case's own.
    pub reading: Option<ReadingId>,
    /// The edits applied so far, so that they can be carried over to another reading, or to other numbers.
    pub applied: Vec<Edit>,
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
    /// What it is called within a sentence: its name where the case says nothing else.
    pub in_sentence: String,
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

/// A named outcome.
#[derive(Debug, Clone)]
pub struct Package {
    /// Its id.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// What it is called within a sentence: its name where the case says nothing else.
    pub in_sentence: String,
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
    /// The move with this id.
    move_id: moves -> MoveId,
    /// The package with this id.
    package_id: packages -> PackageId,
    /// The option to compare with this id.
    option_id: options -> OptionId,
    /// The definition with this name.
    define_id: defines -> DefineId,
    /// The reading with this id.
    reading_id: readings -> ReadingId,
}
