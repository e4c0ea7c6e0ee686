//! Ties behind the table: who can press whom, who will not sit with whom, and who must carry out what another signs.

use super::{ActorId, Evidence, Quantity, words};

words! {
    /// What sort of tie.
    TieWord {
        /// A patron's leverage over a client.
        Patron = "patron",
        /// The first will not sit with the second.
        NonRecognition = "non-recognition",
        /// The people who must carry out what a delegation signs.
        Constituency = "constituency",
    }
}

/// A relation between two actors (the model, section 1).
#[derive(Debug, Clone)]
pub struct Tie {
    /// Its id.
    pub id: String,
    /// Where it starts: the patron, the one who refuses to sit, the delegation.
    pub from: ActorId,
    /// Where it leads: the client, the one refused, the constituency.
    pub to: ActorId,
    /// What it carries.
    pub kind: TieKind,
    /// Whether it holds; edits may switch it off.
    pub on: bool,
    /// What it rests on.
    pub evidence: Evidence,
}

/// What a tie carries.
#[derive(Debug, Clone)]
pub enum TieKind {
    /// How far the patron can lower what the client demands.
    Patron(Quantity),
    /// The first will not sit with the second.
    NonRecognition,
    /// How far the delegation's signature commits the constituency, from 0 to 1; it enters no settlement verdict.
    Constituency(Option<Quantity>),
}

impl Tie {
    /// The leverage of a patron over its client, while the tie holds; nothing for other ties.
    pub fn leverage(&self) -> Option<&Quantity> {
        match &self.kind {
            TieKind::Patron(leverage) if self.on => Some(leverage),
            _ => None,
        }
    }

    /// Whether it is a patron's over this client, switched off or not.
    pub fn presses(&self, client: ActorId) -> bool {
        self.to == client && matches!(self.kind, TieKind::Patron(_))
    }

    /// The number it carries, if it carries one.
    pub fn quantity(&self) -> Option<&Quantity> {
        match &self.kind {
            TieKind::Patron(number) | TieKind::Constituency(Some(number)) => Some(number),
            TieKind::NonRecognition | TieKind::Constituency(None) => None,
        }
    }
}
