//! The random words of a run, by purpose, entity and round.
//!
//! Each purpose and entity has a name, and each name a row of words, one for every round. A row is made only when a run asks for it, 64 rounds at a time.
//! So it costs nothing to leave out what a run does not need, and nothing moves when it is left out.

use winset_case::Case;
use winset_chance::{BATCH, Name, Rolls};

use crate::parameters::Chance;

/// What a random word is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A round of the battlefield, by actor.
    Battle,
    /// Whether an adversary's gain is an actor's loss, by actor.
    Adversary,
    /// Whether an event happens, by event (round 1).
    Event,
    /// Whether a track meets, by track.
    Meeting,
    /// Who proposes, by track.
    Proposer,
    /// How wrong others are about what an actor demands, by actor.
    Belief,
    /// How a judge answers a proposal, by track and actor.
    Response,
    /// Whether an agreement breaks, by the first issue it settled.
    Break,
    /// Who asks for the endorsement, by track.
    Asker,
    /// How a judge answers a call for endorsement, by track and actor.
    Endorsement,
    /// Whether a track fails, by track.
    Failure,
    /// What makes all tracks fail together, the same for all; and whether it does.
    CommonFailure,
    /// Whether an actor collapses, by actor.
    Collapse,
}

/// Where the rows of each purpose begin.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    actors: usize,
    tracks: usize,
    issues: usize,
    names: Vec<Name>,
    starts: [usize; 13],
}

impl Layout {
    pub(crate) fn of(case: &Case) -> Self {
        let (actors, tracks, issues) = (case.actors.len(), case.tracks.len(), case.issues.len());
        let actor = |at: usize| case.actors[at].id.as_str();
        let track = |at: usize| case.tracks[at].id.as_str();
        let mut names = Vec::new();
        let mut starts = [0; 13];
        let mut row = |purpose: Purpose, texts: Vec<String>| {
            starts[purpose as usize] = names.len();
            names.extend(texts.iter().map(|text| Name::new(text)));
        };
        let by_actor =
            |what: &str| (0..actors).map(|at| format!("simulation {what} {}", actor(at))).collect::<Vec<_>>();
        let by_track =
            |what: &str| (0..tracks).map(|at| format!("simulation {what} {}", track(at))).collect::<Vec<_>>();
        let by_both = |what: &str| {
            let pairs = (0..tracks).flat_map(|at| (0..actors).map(move |who| (at, who)));
            pairs.map(|(at, who)| format!("simulation {what} {} {}", track(at), actor(who))).collect::<Vec<_>>()
        };
        row(Purpose::Battle, by_actor("battle"));
        row(Purpose::Adversary, by_actor("adversary"));
        row(
            Purpose::Event,
            case.dynamics.events.iter().map(|event| format!("simulation event {}", event.id)).collect(),
        );
        row(Purpose::Meeting, by_track("meeting"));
        row(Purpose::Proposer, by_track("proposer"));
        row(Purpose::Belief, by_actor("belief"));
        row(Purpose::Response, by_both("response"));
        row(Purpose::Break, case.issues.iter().map(|issue| format!("simulation break {}", issue.id)).collect());
        row(Purpose::Asker, by_track("asker"));
        row(Purpose::Endorsement, by_both("endorsement"));
        row(Purpose::Failure, by_track("failure"));
        row(Purpose::CommonFailure, vec!["simulation failure".to_owned(), "simulation failure together".to_owned()]);
        row(Purpose::Collapse, by_actor("collapse"));
        Layout { actors, tracks, issues, names, starts }
    }

    /// The row of a purpose and one entity.
    fn row(&self, purpose: Purpose, entity: usize) -> usize {
        debug_assert!(match purpose {
            Purpose::Meeting | Purpose::Proposer | Purpose::Asker | Purpose::Failure => entity < self.tracks,
            Purpose::Break => entity < self.issues,
            Purpose::Response | Purpose::Endorsement => entity < self.tracks * self.actors,
            _ => true,
        });
        self.starts[purpose as usize] + entity
    }

    /// The entity of a track and an actor.
    pub(crate) fn pair(&self, track: usize, actor: usize) -> usize {
        track * self.actors + actor
    }
}

/// The rows of one run after the other.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    rolls: Rolls,
    run: u64,
    /// Per row: the run and batch its words are of.
    made: Vec<(u64, u32)>,
    rows: Vec<[u32; BATCH]>,
}

impl Words {
    pub(crate) fn new(layout: &Layout, seed: u64) -> Self {
        let rows = layout.names.len();
        Words { rolls: Rolls::new(seed), run: 0, made: vec![(0, u32::MAX); rows], rows: vec![[0; BATCH]; rows] }
    }

    pub(crate) fn turn_to(&mut self, run: u64) {
        self.run = run;
        self.rolls.turn_to(run);
    }

    pub(crate) fn run(&self) -> u64 {
        self.run
    }

    /// The word of a purpose and entity in a round, counted from 0.
    pub(crate) fn of(&mut self, layout: &Layout, purpose: Purpose, entity: usize, round: u32) -> u32 {
        self.row(layout, purpose, entity, round / BATCH as u32)[round as usize % BATCH]
    }

    /// In which rounds of a batch something happens: the first at the lowest bit.
    pub(crate) fn happens(
        &mut self,
        layout: &Layout,
        purpose: Purpose,
        entity: usize,
        batch: u32,
        chance: Chance,
    ) -> u64 {
        if chance.is_never() { 0 } else { chance.happens_in(self.row(layout, purpose, entity, batch)) }
    }

    /// The words of a purpose and entity in a batch of rounds.
    fn row(&mut self, layout: &Layout, purpose: Purpose, entity: usize, batch: u32) -> &[u32; BATCH] {
        let row = layout.row(purpose, entity);
        if self.made[row] != (self.run, batch) {
            self.rolls.words(layout.names[row], batch, &mut self.rows[row]);
            self.made[row] = (self.run, batch);
        }
        &self.rows[row]
    }
}
