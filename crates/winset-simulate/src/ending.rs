//! How a run ends, and what is kept of it.

use winset_case::{ActorId, Case, FrameworkId};

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// A framework was concluded.
    Settlement(FrameworkId),
    /// In a case without frameworks: a deal ended the conflict of everyone at the table.
    Deal,
    /// One side collapsed.
    Collapse(ActorId),
    /// The horizon came, and what could have ended the process still went on although nothing came of it any more: kept alive by its sponsors.
    Deadlock,
    /// The horizon came, and no track that could have ended the process was left.
    Abandoned,
    /// The horizon came before the process had ended.
    Unfinished,
}

impl Ending {
    /// Its class, in one word.
    pub fn word(self) -> &'static str {
        match self {
            Ending::Settlement(_) => "settlement",
            Ending::Deal => "deal",
            Ending::Collapse(_) => "collapse",
            Ending::Deadlock => "deadlock",
            Ending::Abandoned => "abandoned",
            Ending::Unfinished => "unfinished",
        }
    }

    /// Whom or what it is about: the framework concluded, the actor that collapsed.
    pub fn subject(self, case: &Case) -> Option<&str> {
        match self {
            Ending::Settlement(framework) => Some(&case.frameworks[framework.0].id),
            Ending::Collapse(actor) => Some(&case.actors[actor.0].id),
            _ => None,
        }
    }
}

/// What has become of a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It never could meet in this run.
    Shut,
    /// It meets, and something has come of it lately or still stands.
    Alive,
    /// It meets, nothing has come of it for long, and nothing it agreed stands: it goes on because its sponsors stay, or because nobody ends it.
    Dead,
    /// Its last sponsor left it.
    Left,
    /// It failed outright.
    Failed,
}

impl Fate {
    /// Every fate, in order.
    pub const ALL: [Fate; 5] = [Fate::Shut, Fate::Alive, Fate::Dead, Fate::Left, Fate::Failed];

    /// In one word.
    pub fn word(self) -> &'static str {
        match self {
            Fate::Shut => "shut",
            Fate::Alive => "alive",
            Fate::Dead => "dead",
            Fate::Left => "left",
            Fate::Failed => "failed",
        }
    }
}
