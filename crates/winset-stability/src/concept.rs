//! The concepts of stability, and how far opponents may go to sanction.

use std::fmt;

/// When a state counts as stable for a decision maker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concept {
    /// It cannot improve by a move of its own (Nash 1950). R in the literature.
    Nash,
    /// Every improvement can be answered by the others so that it ends no better than it began (Howard 1971).
    Gmr,
    /// The same, and it cannot escape the answer by a further move of its own (Howard 1971).
    Smr,
    /// Every improvement can be answered so by moves that are improvements for those who make them (Fraser & Hipel 1979).
    Seq,
    /// The same, and it cannot escape the answer (Rêgo & Vieira 2017).
    Sseq,
}

impl Concept {
    /// All five.
    pub const ALL: [Concept; 5] = [Concept::Nash, Concept::Gmr, Concept::Smr, Concept::Seq, Concept::Sseq];

    /// The word for it in files and documents.
    pub fn word(self) -> &'static str {
        match self {
            Concept::Nash => "nash",
            Concept::Gmr => "gmr",
            Concept::Smr => "smr",
            Concept::Seq => "seq",
            Concept::Sseq => "sseq",
        }
    }

    /// The concept of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|concept| concept.word() == word)
    }

    /// Its name in the literature.
    pub fn name(self) -> &'static str {
        match self {
            Concept::Nash => "Nash stability",
            Concept::Gmr => "general metarationality",
            Concept::Smr => "symmetric metarationality",
            Concept::Seq => "sequential stability",
            Concept::Sseq => "symmetric sequential stability",
        }
    }

    /// Whether sanctions have to be improvements for those who make them.
    pub fn is_credible(self) -> bool {
        matches!(self, Concept::Seq | Concept::Sseq)
    }

    /// Whether a sanction counts only if its target cannot escape it.
    pub fn is_symmetric(self) -> bool {
        matches!(self, Concept::Smr | Concept::Sseq)
    }
}

impl fmt::Display for Concept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which sequences of moves opponents may answer with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SanctionRule {
    /// Any sequence in which nobody moves twice in a row (Fang, Hipel & Kilgour 1993): the definition of the literature.
    #[default]
    Legal,
    /// Each opponent at most once: the rule of some programs.
    EachOnce,
    /// One move of one opponent: the rule of older programs.
    Single,
}

impl SanctionRule {
    /// All three.
    pub const ALL: [SanctionRule; 3] = [SanctionRule::Legal, SanctionRule::EachOnce, SanctionRule::Single];

    /// The word for it on the command line and in files.
    pub fn word(self) -> &'static str {
        match self {
            SanctionRule::Legal => "legal",
            SanctionRule::EachOnce => "each-once",
            SanctionRule::Single => "single",
        }
    }

    /// The rule of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.word() == word)
    }
}
